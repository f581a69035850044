"""The table of codes by observers with the ids behind its rows and columns, so that its cells are doors."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from polyvocal.domain.ids import PersonId, SourceId
from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.records import Code
from polyvocal.services.analysis.axes import axis
from polyvocal.services.analysis.compare import Comparison, Measure, told
from polyvocal.services.analysis.dimensions import CODES, OBSERVERS, Along, Dimension
from polyvocal.services.analysis.holdings import Holdings
from polyvocal.services.analysis.ledger import Ledger
from polyvocal.services.analysis.matrix import Asked, matrix
from polyvocal.services.analysis.question import ask
from polyvocal.services.queries.passages import EVERYTHING
from polyvocal.store.view import View

_NO_SOURCE = frozenset({SourceId(0)})


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A row: a code, how deep in the tree it is, and its name with those above it."""

    code: Code
    depth: int
    path: str


@dataclass(frozen=True, slots=True)
class CodesByObservers:
    """A comparison of codes by observers; `codes` are its rows and `observers` its columns.

    `coders` is whoever has coded or is a coder, whatever the filter, by name. `accounts` has the sources that count of
    those observers who have others too (jottings from which a note was written).
    """

    comparison: Comparison
    chosen: PassageFilter
    codes: tuple[CodeLine, ...]
    observers: tuple[PersonId, ...]
    coders: tuple[tuple[PersonId, str], ...]
    accounts: Mapping[PersonId, frozenset[SourceId]]

    def behind(self, row: int, column: int) -> PassageFilter:
        """The filter that means just the passages which a cell counts."""
        observer = self.observers[column]
        chosen = replace(self.chosen, codes=frozenset({self.codes[row].code.id}), observers=frozenset({observer}))
        if observer in self.accounts:
            chosen = replace(chosen, sources=self.accounts[observer] or _NO_SOURCE)
        return chosen


def codes_by_observers(ledger: Ledger, view: View, measure: Measure, chosen: PassageFilter) -> CodesByObservers:
    """Cross all codes with all observers, under a filter. Its numbers are those of `compare`."""

    def work(held: Holdings) -> CodesByObservers:
        setting = held.setting
        table = matrix(held, Asked(CODES, OBSERVERS, measure, chosen))
        coders = axis(Along(Dimension.CODER), ask(held, EVERYTHING))
        return CodesByObservers(
            comparison=told(table),
            chosen=chosen,
            codes=tuple(
                CodeLine(setting.codes[one], depth, path)
                for one, depth, path in zip(table.rows.keys, table.rows.depths, table.rows.paths, strict=True)
            ),
            observers=tuple(map(PersonId, table.columns.keys)),
            coders=tuple(zip(map(PersonId, coders.keys), coders.names, strict=True)),
            accounts=_accounts(held, chosen),
        )

    return ledger.with_holdings(view, work)


def _accounts(held: Holdings, chosen: PassageFilter) -> dict[PersonId, frozenset[SourceId]]:
    found: dict[PersonId, set[SourceId]] = {author.id: set() for info in held.jottings for author in info.authors}
    if found:
        for account in held.accounts(chosen).each:
            for author in account.authors:
                if author.id in found:
                    found[author.id].add(account.info.source.id)
    return {observer: frozenset(sources) for observer, sources in found.items()}
