"""What a reader asks for, and what a report shows: coded passages."""

from dataclasses import dataclass
from typing import NamedTuple

from polyvocal.domain.ids import CodeId, CodingId, EventId, PersonId, SessionId, SourceId, SourceVersionId, TermId
from polyvocal.domain.words import LayerName, Phase, Standing

OF_A_LAYER = "A passage is of a layer where it shares a character with a span that is marked as such."
"""What captions say where a layer is asked for."""


@dataclass(frozen=True, slots=True)
class PassageFilter:
    """Which codings are meant: those that satisfy every set that is not empty.

    "Coded by B, written by A, about the lay panel, after the event" is
    `PassageFilter(coders={B}, observers={A}, concerns={lay panel}, phases={AFTER})`. `concerns` and `actors` hold ids
    of groups and persons; `codes` means just these codes, not those below them. Event, session and phase are of one
    and the same relation of the passage (`domain.stretches`). A passage is of a layer where it shares a code point with
    a span of that layer.
    """

    codes: frozenset[CodeId] = frozenset()
    observers: frozenset[PersonId] = frozenset()
    standings: frozenset[Standing] = frozenset()
    coders: frozenset[PersonId] = frozenset()
    sources: frozenset[SourceId] = frozenset()
    events: frozenset[EventId] = frozenset()
    sessions: frozenset[SessionId] = frozenset()
    phases: frozenset[Phase] = frozenset()
    concerns: frozenset[int] = frozenset()
    actors: frozenset[int] = frozenset()
    stances: frozenset[str] = frozenset()
    terms: frozenset[TermId] = frozenset()
    layers: frozenset[LayerName] = frozenset()


class StanceRow(NamedTuple):
    """A stance as it is shown: names, and whom it is taken toward, if anybody."""

    actor: str
    stance: str
    term: str
    toward: str | None


class CodingsShown(NamedTuple):
    """Which codings of a text are shown while it is read: all of them, unless something is named."""

    codes: frozenset[CodeId] | None = None
    coders: frozenset[PersonId] | None = None
    stances: frozenset[str] = frozenset()
    """Those on which a stance of any of these kinds is taken."""
    layers: frozenset[LayerName] = frozenset()
    """Those that share a character with writing of any of these kinds."""

    @property
    def all(self) -> bool:
        """Whether none is left out."""
        return self == CodingsShown()


NO_CODINGS = CodingsShown(codes=frozenset())


class CodedPassage(NamedTuple):
    """A coding with everything that a report says of it. Offsets are half-open code points of `version`.

    That is the source's current version; where none of the passage's words are left in it, `gone` is true, and
    version, offsets and text are those of the version in which the coding was made.
    """

    id: CodingId
    source: SourceId
    source_title: str
    version: SourceVersionId
    start: int
    end: int
    text: str
    gone: bool
    code: str
    code_id: CodeId
    code_path: str
    coder: str
    observers: tuple[str, ...]
    standing: str | None
    event: str | None
    session: str | None
    phase: str | None
    concerns: tuple[str, ...]
    stances: tuple[StanceRow, ...]
    created_at: int
