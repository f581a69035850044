"""Drafts: what somebody is writing and has not saved, kept in the project lest a power cut takes it.

A draft is no fact of the study. No operation makes it, nothing depends on it, and no export carries it; it goes when
what was written is saved or discarded. So it is not among the records that the journal follows, and points to nothing
that would then have to stay: what it names may be gone.
"""

from polyvocal.domain.ids import AnyId, DraftId
from polyvocal.domain.record import Plain, Words, record


@record
class Draft:
    """What `person` was writing at `kept_at`: a correction of a version, or a source that is not in the project yet.

    Of a correction `content` are the steps that led from the text of `text_hash` to what it is by now, and `title` is
    the source's; of a source that is being typed it is what the fields of its form hold.
    """

    id: DraftId
    person: AnyId | None = None
    source: AnyId | None = None
    version: AnyId | None = None
    text_hash: Plain | None = None
    title: Words
    content: Words
    kept_at: int
