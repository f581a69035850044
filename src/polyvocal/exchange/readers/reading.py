"""What a reader gives back."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from polyvocal.services.commands.incoming import Beside, Note, ToldBy


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a file as it was read: not normalised yet, without a byte-order mark; and what stands beside it.

    `encoding` is a codec by whose name Python decodes the file's bytes to this text, and `encoding_by`
    says by what it was told; None where the file is not text.
    `properties` are what the file says of itself, by names such as "title", "creator", "created", "modified", "subject"
    and "keywords"; times in ISO 8601.
    """

    text: str = field(repr=False)
    encoding: str | None = None
    notes: tuple[Note, ...] = ()
    beside: Beside = field(default=Beside(), repr=False)
    properties: Mapping[str, str] = field(default_factory=dict, repr=False)
    encoding_by: ToldBy | None = None
