"""What a reader gives back."""

from dataclasses import dataclass, field

from polyvocal.services.commands.incoming import Note


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a file as it was read: not normalised yet, without a byte-order mark.

    `encoding` is a codec by whose name Python decodes the file's bytes to this text; None where the file is not text.
    """

    text: str = field(repr=False)
    encoding: str | None = None
    notes: tuple[Note, ...] = ()
