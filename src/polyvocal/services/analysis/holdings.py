"""What comparisons read of a project, held in memory between them, and brought up to date from the journal."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, Protocol, TypeVar

import numpy as np

from polyvocal.domain.ids import EventId
from polyvocal.domain.moments import Moment, MomentAnchor
from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.records import (
    Attribute,
    AttributeValue,
    Concern,
    Layer,
    Presence,
    Project,
    Reading,
    Role,
    SourceVersion,
    Stance,
    TimeMark,
)
from polyvocal.domain.spans import Span, union
from polyvocal.domain.text import count_words
from polyvocal.domain.words import LayerName
from polyvocal.services.analysis.accounts import Accounts, Readings, accounts_meant, accounts_of, reading_columns
from polyvocal.services.analysis.attached import Attached
from polyvocal.services.analysis.attachments import Attachments
from polyvocal.services.analysis.columns import Codings, HeldCodings
from polyvocal.services.analysis.dimensions import Axis
from polyvocal.services.analysis.paragraphs import Paragraphs
from polyvocal.services.analysis.sweep import Bools, Ints
from polyvocal.services.analysis.whereabouts import Whereabouts
from polyvocal.services.queries.cases import CaseValues, without_attributes
from polyvocal.services.queries.held import HeldRecords
from polyvocal.services.queries.layers import layered
from polyvocal.services.queries.moments import places_of_moments
from polyvocal.services.queries.setting import KINDS, load_setting
from polyvocal.store.codings import coding_rows
from polyvocal.store.schema import kind_of
from polyvocal.store.touched import operations_seen, touched_since
from polyvocal.store.view import View

_CODING = "coding"
_KEPT = 8
_CORRECTED_AT_ONCE = 500
"""The codings of so many sources are read again by source; past that, all codings are."""
_LINES_AT_ONCE = 2_000
"""Where the codings of more sources changed, what was added up is added up anew."""

T = TypeVar("T")


class Additive(Protocol):
    """What is added up over codings on whole lines, which can be taken away again."""

    def add(self, codings: Codings, sign: int = 1) -> None: ...

    @property
    def wanted(self) -> Bools: ...

    @property
    def coders(self) -> Collection[int]: ...


A = TypeVar("A", bound=Additive)


class MomentOnLines(NamedTuple):
    """The event of a moment, and what lies in it for certain: (line, start, end), no two of which share a character."""

    event: EventId
    spans: tuple[tuple[int, int, int], ...]


class Holdings:
    """A project as comparisons need it, as it was after operation number `seen`. Not to be used by two threads at once.

    It is true only with a view of that same moment, which it must be given by `bring_up_to_date`.
    """

    def __init__(self, view: View) -> None:
        self.seen = operations_seen(view)
        self.view = view
        self._records = HeldRecords(view, (*KINDS, Presence, Project, Reading, Role))
        self._words: dict[tuple[str, int], int] = {}
        self._late: dict[str, Any] = {}
        self._followed: OrderedDict[Hashable, Any] = OrderedDict()
        self._tallies: OrderedDict[Hashable, Additive] = OrderedDict()
        self._derive_setting()
        self._derive_readings()
        self.codings = HeldCodings(view, self.setting)
        self._attachments = Attachments()

    # --- keeping up --------------------------------------------------------------------------------------------------

    def bring_up_to_date(self, view: View) -> None:
        """Take over what was done since, for a view that is not older. Nothing is read where nothing was."""
        self.view = view
        now = operations_seen(view)
        if now == self.seen:
            return
        kinds = {kind_of(cls): cls for cls in self._records.kinds}
        touched = touched_since(view, self.seen, (*kinds, _CODING, *_CODED, *_LATE))
        versions = touched.get(kind_of(SourceVersion), ())
        corrected = self._sources_of(versions)
        for kind, ids in touched.items():
            if kind in kinds:
                self._records.renew(view, kinds[kind], ids)
        corrected |= self._sources_of(versions)
        if touched.keys() & _SETTING:
            self._derive_setting()
            self.codings.take_over(self.setting)
        if touched.keys() & _SETTING or touched.keys() & set(_LATE):
            self._late.clear()
            self._tallies.clear()
        if kind_of(Reading) in touched:
            self._derive_readings()
        codings = touched.get(_CODING, ())
        if codings is None or versions is None or len(corrected) > _CORRECTED_AT_ONCE:
            self.codings = HeldCodings(view, self.setting)
            self._attachments = Attachments()
            self._tallies.clear()
        elif codings or corrected or touched.keys() & set(_CODED):
            self._renew_codings(codings, corrected, touched)
        self.seen = now

    def _renew_codings(
        self, codings: Sequence[int], corrected: set[int], touched: dict[str, tuple[int, ...] | None]
    ) -> None:
        """Read codings again, and what is attached to some; what was added up is mended where they are."""
        rows = coding_rows(self.view, codings, self.codings.versions_of(corrected))
        concerns, stances = (touched.get(kind, ()) for kind in _CODED)
        if concerns is None or stances is None:
            self._attachments = Attachments()
            self._tallies.clear()
            self.codings.renew(codings, rows, corrected)
            return
        news = self._attachments.news(self.view, concerns, stances)
        lines = self.codings.changed_lines({*codings, *news.codings}, rows, corrected)
        if len(lines) > _LINES_AT_ONCE:
            self._tallies.clear()
        self._add(-1, lines)
        self.codings.renew(codings, rows, corrected)
        self._attachments.take_over(news)
        self._add(1, lines)

    def _add(self, sign: int, lines: Ints) -> None:
        for one in self._tallies.values():
            one.add(self.codings.on_lines(lines, one.wanted, one.coders), sign)

    def _sources_of(self, versions: Sequence[int] | None) -> set[int]:
        found = (self._records.get(SourceVersion, one) for one in versions or ())
        return {one.source for one in found if one is not None}

    def _derive_setting(self) -> None:
        self.setting = load_setting(self._records)
        self.jottings = tuple(info for info in self.setting.sources if not info.counts)
        """The sources that are no accounts of their own."""
        self.authors = {author.id for info in self.setting.sources if info.counts for author in info.authors}
        """Whoever has written an account."""
        self.whereabouts = Whereabouts(self.setting, self._records.all(Presence))
        self._accounts: OrderedDict[PassageFilter, Accounts] = OrderedDict()
        self._readings: OrderedDict[PassageFilter, tuple[Readings, Ints]] = OrderedDict()
        self._followed.clear()

    def _derive_readings(self) -> None:
        self._read = reading_columns(self._records.all(Reading))
        self._readings.clear()
        self._followed.clear()
        for key in [key for key, one in self._tallies.items() if getattr(one, "reads", False)]:
            del self._tallies[key]

    def forget_sums(self) -> None:
        """Let go of what was added up."""
        self._tallies.clear()

    # --- what is asked -----------------------------------------------------------------------------------------------

    def tally(self, key: Hashable, make: Callable[[], A], *, is_true: Callable[[A], bool]) -> A:
        """What was added up under a key, as it is now; made anew where that is not true any more, or it is new."""
        found: Any = self._tallies.pop(key, None)
        if found is None or not is_true(found):
            found = make()
            for codings in self.codings.stretches(found.wanted, found.coders):
                found.add(codings)
        kept: A = _keep(self._tallies, key, found)
        return kept

    @property
    def project(self) -> Project:
        """The project itself."""
        (project,) = self._records.all(Project)
        return project

    def roles(self) -> list[Role]:
        """Who is what in the project."""
        return self._records.all(Role)

    def by_ids(self, asked: PassageFilter) -> PassageFilter:
        """A filter that means the same by ids alone."""
        return without_attributes(self._records, asked, self.case_values) if asked.attributes else asked

    def accounts(self, chosen: PassageFilter) -> Accounts:
        """The accounts that a filter leaves; kept for the filters that were asked for last."""
        key = _of_accounts(chosen)
        found = self._accounts.pop(key, None) or accounts_of(accounts_meant(self.setting, key))
        return _keep(self._accounts, key, found)

    def readings(self, chosen: PassageFilter) -> Readings:
        """How far the coders whom a filter asks for have read the accounts that it leaves."""
        return self._reading(chosen)[0]

    def words_read(self, chosen: PassageFilter) -> Ints:
        """The words of each account that a filter leaves up to where any of the coders whom it asks for has read."""
        return self._reading(chosen)[1]

    def _reading(self, chosen: PassageFilter) -> tuple[Readings, Ints]:
        key = replace(_of_accounts(chosen), coders=chosen.coders)
        found = self._readings.pop(key, None)
        if found is None:
            accounts = self.accounts(chosen)
            readings = Readings(self._read, accounts, chosen.coders)
            found = readings, self._words_to(accounts, readings.by_anybody[0])
        return _keep(self._readings, key, found)

    def read_by_each(self, chosen: PassageFilter, coders: Axis) -> tuple[Ints, Bools]:
        """(words read, whether to the end) of each account that a filter leaves, by place of an axis of coders."""
        accounts = self.accounts(chosen)
        to, done = self.readings(chosen).by_each(coders.places_of, len(coders))
        return np.array([self._words_to(accounts, of_coder) for of_coder in to], np.int64).reshape(to.shape), done

    def until_read(self, key: Hashable, make: Callable[[], T]) -> T:
        """What follows from the setting and from what was read: kept under a key until either changes."""
        found = self._followed.pop(key, None) or make()
        return _keep(self._followed, key, found)

    def _words_to(self, accounts: Accounts, to: Ints) -> Ints:
        words = np.where(to > 0, accounts.words, 0)
        for number in np.flatnonzero((to > 0) & (to < accounts.lengths)).tolist():
            key = accounts.each[number].version.text_hash, int(to[number])
            if key not in self._words:
                self._words[key] = count_words(self.view.text(key[0])[: key[1]])
            words[number] = self._words[key]
        return words

    # --- what is read when it is first asked for ---------------------------------------------------------------------

    @property
    def groups(self) -> Attached:
        """The groups that codings concern."""
        return self._attachments.groups(self.view)

    @property
    def participants(self) -> Attached:
        """The persons whom codings concern."""
        return self._attachments.participants(self.view)

    @property
    def stances(self) -> Attached:
        """The stances on codings: actor, the number of the stance's name, term."""
        return self._attachments.stances(self.view)

    @property
    def stances_are_read(self) -> bool:
        """Whether any question has asked for stances."""
        return self._attachments.stances_are_read

    def names_of_stances(self) -> list[tuple[int, str]]:
        """(number, name) of the stances that are taken: the three of the field first, then by name."""
        return self._attachments.names_of_stances(self.view)

    def places_of_stances(self, names: Collection[str]) -> frozenset[int]:
        """The numbers of some stances; -1 stands for one that nobody takes."""
        numbers = {name: number for number, name in self.names_of_stances()}
        return frozenset(numbers.get(name, -1) for name in names)

    @property
    def case_values(self) -> CaseValues:
        """The attributes, and what is known of which case."""
        return self._once("values", lambda: CaseValues(self.view))

    def layer_spans(self, layers: Iterable[LayerName]) -> dict[int, list[tuple[int, Span]]]:
        """Where some layers are, as lines and spans, by the place of each among all layers."""
        every: dict[LayerName, list[tuple[int, Span]]] = self._once("layers", self._read_layers)
        return {place: every[one] for place, one in enumerate(LayerName) if one in set(layers)}

    def _read_layers(self) -> dict[LayerName, list[tuple[int, Span]]]:
        lines = {source: line for line, source in enumerate(self.codings.sources)}
        found = {}
        for layer in LayerName:
            of = layered(self.view, self.setting.sources, [layer])
            found[layer] = [(lines[source], span) for source, spans in of.items() for span in spans]
        return found

    def moments_on_lines(self) -> tuple[MomentOnLines, ...]:
        """The moments of the project, with what lies in each for certain."""
        return self._once("moments", self._read_moments)

    def _read_moments(self) -> tuple[MomentOnLines, ...]:
        lines = {source: line for line, source in enumerate(self.codings.sources)}
        events = {one.id: one.event for one in self.view.all(Moment)}
        return tuple(
            MomentOnLines(
                events[moment],
                tuple(
                    (lines[source], *span)
                    for source, places in of.items()
                    for span in union((place.start, place.end) for place in places)
                ),
            )
            for moment, of in places_of_moments(self.view, self.setting).items()
        )

    def paragraphs(self) -> Paragraphs:
        """Where the paragraphs of the current texts begin."""
        return self._once("paragraphs", lambda: Paragraphs(self.view, self.codings, self.setting.sources))

    def _once(self, what: str, read: Callable[[], T]) -> T:
        if what not in self._late:
            self._late[what] = read()
        found: T = self._late[what]
        return found


_LATE = tuple(kind_of(cls) for cls in (Attribute, AttributeValue, Layer, Moment, MomentAnchor, TimeMark))
_CODED = (kind_of(Concern), kind_of(Stance))
_SETTING = {kind_of(cls) for cls in (*KINDS, Presence, Project, Role)}


def _of_accounts(chosen: PassageFilter) -> PassageFilter:
    """What of a filter decides which accounts it leaves."""
    return PassageFilter(
        observers=chosen.observers,
        standings=chosen.standings,
        sources=chosen.sources,
        events=chosen.events,
        sessions=chosen.sessions,
        phases=chosen.phases,
        kinds=chosen.kinds,
    )


def _keep(kept: OrderedDict[Any, Any], key: Hashable, found: T) -> T:
    """Keep what was found, and no more than a few of those that were asked for last."""
    kept[key] = found
    if len(kept) > _KEPT:
        kept.popitem(last=False)
    return found
