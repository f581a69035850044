"""What was made of passages of a source, of every kind: where it is now, and what of it has no words left."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from polyvocal.domain.ids import PersonId, SourceId, SourceVersionId
from polyvocal.domain.moments import Divergence, DivergencePassage, Moment, MomentAnchor
from polyvocal.domain.record import Record
from polyvocal.domain.records import (
    Addition,
    Code,
    Coding,
    Event,
    Layer,
    Memo,
    Person,
    Session,
    SourceVersion,
    Stretch,
    TimeMark,
)
from polyvocal.domain.spans import Span
from polyvocal.domain.versions import led
from polyvocal.domain.words import MarkKind
from polyvocal.services.queries.called import divergence_called, moment_called
from polyvocal.store.schema import kind_of
from polyvocal.store.view import View

BESIDE_CODINGS: tuple[type[Any], ...] = (
    Memo,
    Stretch,
    Layer,
    TimeMark,
    Addition,
    MomentAnchor,
    DivergencePassage,
)
"""The records that have a passage, without the codings."""
ANCHORED: tuple[type[Any], ...] = (Coding, *BESIDE_CODINGS)
"""The records that have a passage."""


class Anchored(NamedTuple):
    """Something that was made of the passage [start, end) of a version, in code points.

    `kind` is that of the record ("time_mark"), `name` what tells it from others of its kind: the code, the title, the
    time, the moment. `person` made it. `place` is where it is in the current version, None where no words of it are
    left.
    """

    id: int
    kind: str
    name: str
    person: str | None
    version: SourceVersionId
    start: int
    end: int
    place: Span | None


def anchored(view: View, source: SourceId, kinds: Sequence[type[Record]] = ANCHORED) -> list[Anchored]:
    """What was made of the passages of a source, by kind, in the order in which it was made."""
    versions = view.find(SourceVersion, source=source)
    called, person = _names(view), cache(lambda identity: view.need(Person, identity).name)
    found = []
    for cls in kinds:
        made: list[Any] = sorted(view.among(cls, "version", [one.id for one in versions]), key=lambda one: one.id)
        places = {one.id: place for place, one in led(versions, made)}
        for one in made:
            who = _maker(view, one)
            found.append(
                Anchored(
                    one.id,
                    kind_of(cls),
                    called[cls](one),
                    person(who) if who is not None else None,
                    one.version,
                    one.start,
                    one.end,
                    places.get(one.id),
                )
            )
    return found


_PERSONS: dict[type, str] = {
    Coding: "coder",
    Memo: "author",
    Stretch: "marked_by",
    Layer: "marked_by",
    TimeMark: "marked_by",
    Addition: "person",
    MomentAnchor: "marked_by",
}
"""In which field of a record it stands who made it."""


def _maker(view: View, one: Any) -> PersonId | None:
    if isinstance(one, DivergencePassage):
        return view.need(Divergence, one.divergence).recorded_by
    who: PersonId | None = getattr(one, _PERSONS[type(one)])
    return who


def _names(view: View) -> dict[type, Any]:
    """How things of each kind are called."""
    code = cache(lambda identity: view.need(Code, identity).name)
    event = cache(lambda identity: view.need(Event, identity).title)
    session = cache(lambda identity: view.need(Session, identity).title if identity is not None else None)
    return {
        Coding: lambda one: code(one.code),
        Memo: lambda one: one.title or f"{one.kind} memo",
        Stretch: lambda one: ", ".join(filter(None, (session(one.session), one.phase))) or event(one.event),
        Layer: lambda one: str(one.layer),
        TimeMark: _time,
        Addition: lambda one: one.dated,
        MomentAnchor: lambda one: moment_called(view, view.need(Moment, one.moment)),
        DivergencePassage: lambda one: divergence_called(view.need(Divergence, one.divergence)),
    }


def _time(mark: TimeMark) -> str:
    if mark.kind is MarkKind.NONE or mark.clock is None:
        return "no time"
    return f"{mark.clock}–{mark.until}" if mark.until else mark.clock


class LostPassage(NamedTuple):
    """A passage of which no words are left in the current version: `words` are those that it had where it was made.

    `kind`, `name` and `person` are as of `Anchored`; `version` is the number of the version in which it was made;
    `memo` is what is written about it.
    """

    id: int
    kind: str
    name: str
    person: str | None
    words: str
    version: int
    memo: str

    @property
    def made(self) -> str:
        """What was made of it, in short: a code's name, "layer (aside)"."""
        return self.name if self.kind == "coding" else f"{self.kind.replace('_', ' ')} ({self.name})"


def lost_passages(view: View, source: SourceId) -> list[LostPassage]:
    """The passages of a source whose words were corrected away, in the order in which they were made."""
    if view.count(SourceVersion, source=source) < 2:
        return []
    return with_words(view, source, (one for one in anchored(view, source) if one.place is None))


def with_words(view: View, source: SourceId, lost: Iterable[Anchored]) -> list[LostPassage]:
    """Some passages of a source that have no words left, with those that they had; in the order of their ids."""
    versions = sorted(view.find(SourceVersion, source=source), key=lambda one: (one.created_at, one.id))
    number = {one.id: place for place, one in enumerate(versions, 1)}
    text = cache(lambda version: view.text(versions[number[version] - 1].text_hash))
    return [
        LostPassage(
            one.id,
            one.kind,
            one.name,
            one.person,
            text(one.version)[one.start : one.end],
            number[one.version],
            _about(view, one),
        )
        for one in sorted(lost, key=lambda one: one.id)
    ]


def _about(view: View, one: Anchored) -> str:
    if one.kind == kind_of(Memo):
        return view.need(Memo, one.id).text
    return "\n".join(memo.text for memo in view.find(Memo, about=one.id))
