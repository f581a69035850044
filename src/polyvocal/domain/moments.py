"""Moments, and where accounts of them differ: the records that a team makes of several accounts side by side.

As all records, they are listed in `domain.records`.
"""

from polyvocal.domain.ids import (
    DivergenceId,
    DivergencePassageId,
    EventId,
    MomentAnchorId,
    MomentId,
    PersonId,
    SessionId,
    SourceVersionId,
)
from polyvocal.domain.record import Plain, Words, record
from polyvocal.domain.words import DivergenceKind, DivergenceStanding, Explanation


@record
class Moment:
    """A stretch of an event of which observers wrote: a session, a time window (of it), or what anchors mark.

    `starts` and `ends` are times in the event's zone, as those of a session are; a window without an end goes to the
    end of the session or event, or is open. Where the moment stands among the others of its event is derived.
    """

    id: MomentId
    event: EventId
    title: Words | None = None
    session: SessionId | None = None
    starts: Plain | None = None
    ends: Plain | None = None


@record
class MomentAnchor:
    """An account of a moment, marked by hand: of its source only what is so marked is taken to be of the moment."""

    id: MomentAnchorId
    moment: MomentId
    version: SourceVersionId
    start: int
    end: int
    marked_by: PersonId | None = None


@record
class Divergence:
    """A recorded difference between accounts, as a rule of a moment. It is kept, and never scored.

    `because` says more of the explanation. `recorded_by` noted it; `settled_by` said last that it was discussed or is
    kept, and nobody has while it is open.
    """

    id: DivergenceId
    kind: DivergenceKind
    title: Words | None = None
    moment: MomentId | None = None
    explanation: Explanation | None = None
    because: Words | None = None
    standing: DivergenceStanding = DivergenceStanding.OPEN
    recorded_by: PersonId | None = None
    recorded_at: int
    settled_by: PersonId | None = None
    settled_at: int | None = None


@record
class DivergencePassage:
    """A passage of one of the accounts that differ; a divergence has passages of two sources at least."""

    id: DivergencePassageId
    divergence: DivergenceId
    version: SourceVersionId
    start: int
    end: int
