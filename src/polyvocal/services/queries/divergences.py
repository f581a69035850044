"""Divergences with the passages that differ, where these are now."""

from functools import cache
from typing import NamedTuple

from polyvocal.domain.ids import DivergenceId, MomentId, PersonId, SourceId
from polyvocal.domain.moments import Divergence, DivergencePassage, Moment
from polyvocal.domain.records import Event, Person, SourceVersion
from polyvocal.domain.versions import led
from polyvocal.domain.words import DivergenceKind, DivergenceStanding
from polyvocal.services.queries.called import divergence_called, moment_called
from polyvocal.services.queries.setting import SourceInfo, setting_around
from polyvocal.store.view import View


class DivergenceFilter(NamedTuple):
    """Which divergences are meant: those that satisfy every set that is not empty. None orders or weighs them."""

    standings: frozenset[DivergenceStanding] = frozenset()
    kinds: frozenset[DivergenceKind] = frozenset()
    moments: frozenset[MomentId] = frozenset()
    sources: frozenset[SourceId] = frozenset()

    def holds(self, one: "DivergenceRow") -> bool:
        """Whether a divergence is meant."""
        return (
            (not self.standings or one.standing in self.standings)
            and (not self.kinds or one.kind in self.kinds)
            and (not self.moments or one.moment_id in self.moments)
            and (not self.sources or any(passage.source in self.sources for passage in one.passages))
        )


class DivergentPassage(NamedTuple):
    """A passage of one of the accounts, [start, end) of the current version; of the one where it was made if `gone`."""

    id: int
    source: SourceId
    source_title: str
    observers: tuple[str, ...]
    start: int
    end: int
    gone: bool
    text: str


class DivergenceRow(NamedTuple):
    """A divergence: what it is of, how it is explained, what became of it; its passages by observer, then by place."""

    id: DivergenceId
    title: str
    kind: DivergenceKind
    moment: str | None
    moment_id: MomentId | None
    event: str | None
    explanation: str | None
    because: str | None
    standing: DivergenceStanding
    recorded_by: str | None
    recorded_at: int
    settled_by: str | None
    settled_at: int | None
    passages: tuple[DivergentPassage, ...]

    @property
    def observers(self) -> tuple[str, ...]:
        """Whose accounts differ, each once."""
        return tuple(dict.fromkeys(name for one in self.passages for name in one.observers))

    @property
    def accounts(self) -> tuple[str, ...]:
        """The sources that differ, each once."""
        return tuple(dict.fromkeys(one.source_title for one in self.passages))


ALL = DivergenceFilter()


def list_divergences(view: View, wanted: DivergenceFilter = ALL) -> list[DivergenceRow]:
    """The divergences that are meant, in the order in which they were recorded."""
    passages = _passages(view)
    names: dict[PersonId | None, str] = {one.id: one.name for one in view.all(Person)}
    rows = []
    for one in sorted(view.all(Divergence), key=lambda one: (one.recorded_at, one.id)):
        moment = view.need(Moment, one.moment) if one.moment is not None else None
        rows.append(
            DivergenceRow(
                one.id,
                divergence_called(one),
                one.kind,
                moment_called(view, moment) if moment is not None else None,
                one.moment,
                view.need(Event, moment.event).title if moment is not None else None,
                one.explanation,
                one.because,
                one.standing,
                names.get(one.recorded_by),
                one.recorded_at,
                names.get(one.settled_by),
                one.settled_at,
                tuple(passages.get(one.id, ())),
            )
        )
    return [row for row in rows if wanted.holds(row)]


def _passages(view: View) -> dict[DivergenceId, list[DivergentPassage]]:
    infos = _infos(view)
    of_source: dict[SourceId, list[DivergencePassage]] = {}
    for one in view.all(DivergencePassage):
        of_source.setdefault(infos[one.version].source.id, []).append(one)
    text = cache(view.text)
    found: dict[DivergenceId, list[DivergentPassage]] = {}
    for mine in of_source.values():
        info = infos[mine[0].version]
        places = {one.id: place for place, one in led(info.versions, mine)}
        for one in mine:
            place = places.get(one.id)
            version, (start, end) = info.shown(one, place)
            words = text(version.text_hash)[start:end]
            names = tuple(author.name for author in info.authors)
            found.setdefault(one.divergence, []).append(
                DivergentPassage(one.id, info.source.id, info.source.title, names, start, end, place is None, words)
            )
    for passages in found.values():
        passages.sort(key=lambda one: (one.observers, one.source_title, one.source, one.start, one.id))
    return found


def _infos(view: View) -> dict[int, SourceInfo]:
    """What is known of the sources that differ, by version."""
    versions = {one.version for one in view.all(DivergencePassage)}
    sources = {one.source for one in view.among(SourceVersion, "id", versions)}
    return {version.id: info for info in setting_around(view, sources).sources for version in info.versions}
