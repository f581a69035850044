"""What comparisons read of a project, held in memory between them, and brought up to date from the journal."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.records import Presence, Project, Reading, Role, SourceVersion
from polyvocal.domain.text import count_words
from polyvocal.services.analysis.accounts import Account, Readings, accounts_meant, reading_columns
from polyvocal.services.analysis.columns import HeldCodings
from polyvocal.services.analysis.sweep import Ints
from polyvocal.services.analysis.whereabouts import Whereabouts
from polyvocal.services.queries.held import HeldRecords
from polyvocal.services.queries.setting import KINDS, load_setting
from polyvocal.store.schema import kind_of
from polyvocal.store.touched import operations_seen, touched_since
from polyvocal.store.view import View

_CODING = "coding"
_FILTERS_KEPT = 8
_CORRECTED_AT_ONCE = 500
"""The codings of so many sources are read again by source; past that, all codings are."""


class Holdings:
    """A project as comparisons need it, as it was after operation number `seen`. Not to be used by two threads at once.

    It is true only with a view of that same moment: `bring_up_to_date` makes it so, for a view that is not older.
    """

    def __init__(self, view: View) -> None:
        self.seen = operations_seen(view)
        self._records = HeldRecords(view, (*KINDS, Presence, Project, Reading, Role))
        self._words: dict[tuple[str, int], int] = {}
        self._derive_setting()
        self._derive_readings()
        self.codings = HeldCodings(view, self.setting)

    # --- keeping up --------------------------------------------------------------------------------------------------

    def bring_up_to_date(self, view: View) -> None:
        """Take over what was done since. Nothing is read where nothing was."""
        now = operations_seen(view)
        if now == self.seen:
            return
        kinds = {kind_of(cls): cls for cls in self._records.kinds}
        touched = touched_since(view, self.seen, (*kinds, _CODING))
        versions = touched.get(kind_of(SourceVersion), ())
        corrected = self._sources_of(versions)
        for kind, ids in touched.items():
            if kind != _CODING:
                self._records.renew(view, kinds[kind], ids)
        corrected |= self._sources_of(versions)
        if touched.keys() & {kind_of(cls) for cls in (*KINDS, Presence)}:
            self._derive_setting()
        if kind_of(Reading) in touched:
            self._derive_readings()
        codings = touched.get(_CODING, ())
        if codings is None or versions is None or len(corrected) > _CORRECTED_AT_ONCE:
            self.codings = HeldCodings(view, self.setting)
        else:
            if corrected or kind_of(SourceVersion) in touched:
                self.codings.take_over(self.setting)
            if codings or corrected:
                self.codings.bring_up_to_date(view, codings, corrected)
        self.seen = now

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
        self._accounts: dict[PassageFilter, tuple[Account, ...]] = {}

    def _derive_readings(self) -> None:
        self._read = reading_columns(self._records.all(Reading))

    # --- what is asked -----------------------------------------------------------------------------------------------

    @property
    def project(self) -> Project:
        """The project itself."""
        (project,) = self._records.all(Project)
        return project

    def roles(self) -> list[Role]:
        """Who is what in the project."""
        return self._records.all(Role)

    def accounts(self, chosen: PassageFilter) -> tuple[Account, ...]:
        """The accounts that a filter leaves; kept for the filters that were asked for last."""
        key = replace(
            chosen,
            codes=frozenset(),
            coders=frozenset(),
            concerns=frozenset(),
            actors=frozenset(),
            stances=frozenset(),
            terms=frozenset(),
            layers=frozenset(),
        )
        found = self._accounts.pop(key, None)
        if found is None:
            found = accounts_meant(self.setting, key)
        self._accounts[key] = found
        if len(self._accounts) > _FILTERS_KEPT:
            del self._accounts[next(iter(self._accounts))]
        return found

    def readings(self, chosen: PassageFilter) -> Readings:
        """How far the coders whom a filter asks for have read the accounts that it leaves."""
        return Readings(self._read, self.accounts(chosen), chosen.coders)

    def words_read(self, view: View, accounts: Sequence[Account], readings: Readings) -> Ints:
        """The words of each account up to where anybody has read."""
        to, _ = readings.by_anybody
        words = np.array([account.version.words for account in accounts], np.int64)
        length = np.array([account.version.length for account in accounts], np.int64)
        words[to == 0] = 0
        for number in np.flatnonzero((to > 0) & (to < length)).tolist():
            words[number] = self._words_to(view, accounts[number].version.text_hash, int(to[number]))
        return words

    def _words_to(self, view: View, text_hash: str, to: int) -> int:
        key = text_hash, to
        if key not in self._words:
            self._words[key] = count_words(view.text(text_hash)[:to])
        return self._words[key]
