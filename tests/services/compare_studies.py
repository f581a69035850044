"""Small studies for tables that are counted by hand: short texts of the same words, and few of everything."""

from collections.abc import Sequence

from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.text import normalise
from polyvocal.domain.words import Doing, Phase, RoleName, SourceKind
from polyvocal.services.analysis.compare import Comparison, Dimension, Measure, compare
from polyvocal.services.choice import choose
from polyvocal.services.commands.codings import add_coding
from polyvocal.services.commands.incoming import About, Incoming
from polyvocal.services.commands.people import add_person
from polyvocal.services.commands.setting import add_presence
from polyvocal.services.commands.sources import import_sources
from polyvocal.store.file import ProjectFile

TEN = "word three "
"""Ten characters and a space; a text of n of them has 2n words and 11n characters."""


def write(
    file: ProjectFile,
    title: str,
    *observers: str,
    session: str | None = None,
    event: str | None = "Launch",
    phase: Phase | None = Phase.DURING,
    tens: int = 2,
    kind: SourceKind = SourceKind.FIELDNOTE,
    note: str | None = None,
) -> None:
    """Take in a text of `tens` times two words that is like no other."""
    text, edits = normalise(TEN * tens + title)
    about = About(kind, observers=observers, event=event, session=session, phase=phase if event else None, note=note)
    import_sources(file, [Incoming(title, text, edits)], about)


def code(file: ProjectFile, source: str, start: int, end: int, what: str = "Protest", coder: str = "Oda") -> None:
    """Code a passage."""
    add_coding(file, source=source, start=start, end=end, code=what, coder=coder)


def observer(file: ProjectFile, name: str, **doing: Doing) -> None:
    """Enter an observer who may have written nothing, and what the observer did in sessions, by their titles."""
    add_person(file, name=name, roles=(RoleName.OBSERVER,))
    for session, what in doing.items():
        add_presence(file, person=name, session=session, doing=what)


def compared(
    file: ProjectFile,
    rows: Dimension = Dimension.CODE,
    columns: Dimension = Dimension.OBSERVER,
    measure: Measure = Measure.PASSAGES,
    **chosen: str | Sequence[str],
) -> Comparison:
    """A comparison with the filter that words mean."""
    with file.view() as view:
        asked = choose(view, chosen) if chosen else PassageFilter()
        return compare(view, rows, columns, measure, asked)


def line(comparison: Comparison, row: str) -> dict[str, str]:
    """The states of a row by the names of the columns."""
    at = comparison.rows.index(row)
    return dict(zip(comparison.columns, comparison.states[at], strict=True))


def numbers(comparison: Comparison) -> dict[tuple[str, str], int | float | None]:
    """The numbers that are not 0, by the names of row and column."""
    return {
        (row, column): number
        for row, cells in zip(comparison.rows, comparison.cells, strict=True)
        for column, number in zip(comparison.columns, cells, strict=True)
        if number != 0
    }
