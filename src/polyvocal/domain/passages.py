"""What a reader asks for, and what a report shows: coded passages."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, NamedTuple

from polyvocal.domain.ids import (
    AttributeId,
    CodeId,
    CodingId,
    ConstituentGroupId,
    EventId,
    PersonId,
    SessionId,
    SourceId,
    SourceVersionId,
    TermId,
)
from polyvocal.domain.text import folded_text
from polyvocal.domain.words import LayerName, Phase, SourceKind, Standing

OF_A_LAYER = "A passage is of a layer where it shares a character with a span that is marked as such."
"""What captions say where a layer is asked for."""


class Aspect(StrEnum):
    """By what passages are chosen, grouped and counted: what a filter calls it where it is told in words."""

    CODE = "code"
    OBSERVER = "observer"
    STANDING = "standing"
    CODER = "coder"
    SOURCE = "source"
    KIND = "kind"
    EVENT = "event"
    SESSION = "session"
    PHASE = "phase"
    CONCERNS = "concerns"
    GROUP = "group"
    PARTICIPANT = "participant"
    ACTOR = "by"
    STANCE = "stance"
    TERM = "term"
    LAYER = "layer"


FIELDS: dict[Aspect, str] = {
    Aspect.CODE: "codes",
    Aspect.OBSERVER: "observers",
    Aspect.STANDING: "standings",
    Aspect.CODER: "coders",
    Aspect.SOURCE: "sources",
    Aspect.KIND: "kinds",
    Aspect.EVENT: "events",
    Aspect.SESSION: "sessions",
    Aspect.PHASE: "phases",
    Aspect.CONCERNS: "concerns",
    Aspect.GROUP: "groups",
    Aspect.PARTICIPANT: "participants",
    Aspect.ACTOR: "actors",
    Aspect.STANCE: "stances",
    Aspect.TERM: "terms",
    Aspect.LAYER: "layers",
}
"""In which field of a PassageFilter an aspect is."""


class CaseOf(StrEnum):
    """Which case of a passage an attribute is read of: who wrote, who coded, whom it concerns, or where it stands."""

    OBSERVER = "observer"
    CODER = "coder"
    PARTICIPANT = "participant"
    GROUP = "group"
    SOURCE = "source"
    EVENT = "event"
    SESSION = "session"


class AttributeAsked(NamedTuple):
    """A value that an attribute must have of a case of the passage; NO_VALUE where none may be recorded."""

    of: CaseOf
    attribute: AttributeId
    value: str


NO_VALUE = "not known"
"""What stands for a value that is not recorded; one that is recorded in these words means the same."""


@dataclass(frozen=True, slots=True)
class PassageFilter:
    """Which codings are meant: those that satisfy every set that is not empty.

    "Coded by B, written by A, about the lay panel, after the event" is
    `PassageFilter(coders={B}, observers={A}, concerns={lay panel}, phases={AFTER})`. `concerns` and `actors` hold ids
    of groups and persons, and `groups` and `participants` are asked for besides; `codes` means just these
    codes, not those below them. Event, session and phase are of one and the same relation of the passage
    (`domain.stretches`). A passage is of a layer where it shares a code point with a span of that layer. Values of
    `attributes` of one attribute of one case are alternatives; the case is the one of which all else is asked: an
    observer of the standing that is asked for.
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
    kinds: frozenset[SourceKind] = frozenset()
    groups: frozenset[ConstituentGroupId] = frozenset()
    participants: frozenset[PersonId] = frozenset()
    attributes: frozenset[AttributeAsked] = frozenset()

    def of(self, aspect: Aspect) -> frozenset[Any]:
        """What is asked for of an aspect; nothing where any will do."""
        found: frozenset[Any] = getattr(self, FIELDS[aspect])
        return found

    def but(self, aspect: Aspect, values: Iterable[Any] = ()) -> "PassageFilter":
        """The same filter, but with other values of an aspect, or with none."""
        return replace(self, **{FIELDS[aspect]: frozenset(values)})


@dataclass(frozen=True, slots=True)
class PassageQuery:
    """What is asked of a list: a filter, whether its codes mean those below them too, and words in the passage.

    A passage has the words if each of them, set apart by spaces, is somewhere in it; case and accents do not matter.
    With `among`, only these codings are meant, such as those of a stretch of time that somebody selected.
    """

    chosen: PassageFilter = PassageFilter()
    below: bool = False
    words: str = ""
    among: frozenset[CodingId] | None = None

    @property
    def wanted(self) -> tuple[str, ...]:
        """The words, as they are looked for."""
        return tuple(folded_text(self.words).split())

    def asked(self) -> tuple[Aspect, ...]:
        """By which aspects it chooses."""
        return tuple(one for one in Aspect if self.chosen.of(one))

    def without(self, aspect: Aspect | None) -> "PassageQuery":
        """The same, whatever an aspect is; without the words where that is None."""
        if aspect is None:
            return replace(self, words="")
        return replace(self, chosen=self.chosen.but(aspect))


def says(text: str, wanted: Iterable[str]) -> bool:
    """Whether words, as `PassageQuery.wanted` gives them, are all in a text."""
    held = folded_text(text)
    return all(word in held for word in wanted)


class Naming(StrEnum):
    """Whom a citation names."""

    OBSERVER = "observer"
    """Who wrote."""
    CODER = "coder"
    """Who wrote, and who coded it as what."""


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
