"""What stands below a table: what its numbers are, over which accounts, coded by whom, and what is not in it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime

import numpy as np

from polyvocal.domain.passages import NO_VALUE, OF_A_LAYER
from polyvocal.domain.text import counted
from polyvocal.services.analysis.dimensions import Along, Axis, Dimension, Family
from polyvocal.services.analysis.measures import Counted, Measure, Totals
from polyvocal.services.analysis.question import Question
from polyvocal.services.analysis.table import Table, accounts_at
from polyvocal.services.queries.passages import asks_for_relation, source_is_meant

_PASSAGES = "each coding is one, also where it overlaps another"
_OF_SEVERAL = "what belongs to several {0}s counts in each, so that the shares of a {1} may add up to more than 100%"
_MEASURED = {
    Measure.PASSAGES: f"Cells count passages: {_PASSAGES}.",
    Measure.SOURCES: "Cells count sources with at least one such passage.",
    Measure.CHARACTERS: "Cells count the characters that lie in at least one such passage, each once.",
    Measure.SHARE: "Cells give the characters that lie in at least one such passage as a share of the characters "
    "read in the accounts of that row and column (to where a coder has read, and what a coder has coded).",
    Measure.SHARE_OF_ROW: f"Cells give passages ({_PASSAGES}) as a share of the different passages that their row has "
    f"in this table; {_OF_SEVERAL.format('column', 'row')}.",
    Measure.SHARE_OF_COLUMN: f"Cells give passages ({_PASSAGES}) as a share of the different passages that their "
    f"column has in this table; {_OF_SEVERAL.format('row', 'column')}.",
}
JUST_ITSELF = "A code stands for just itself, without the codes below it."
FOLDED = (
    "A code that is folded stands for itself and all below it; a span that one coder coded with several of them is one "
    "passage of it."
)
OBSERVERS_DIFFER = (
    "Observers wrote different texts, of different lengths: the numbers lie side by side and do not rank."
)


def capitalised(words: str) -> str:
    """The words with a capital at their beginning."""
    return words[:1].upper() + words[1:]


_TOTALS = {
    Measure.SHARE: "Totals are shares of what was read in all of a row or column, no sums or means of their cells.",
    Measure.SHARE_OF_ROW: "The total of a row is all its passages, that of a column its share of all in this table.",
    Measure.SHARE_OF_COLUMN: "The total of a column is all its passages, that of a row its share of all in this table.",
}
_ONCE = {Measure.SOURCES: "source", Measure.CHARACTERS: "character"}


def told_of_totals(measure: Measure, totals: Totals) -> str:
    """What totals are."""
    if measure in _TOTALS:
        return _TOTALS[measure]
    what = _ONCE.get(measure, "passage")
    apart = "" if totals.add_up else ", also where it lies in several cells, so that these may add up to more"
    return f"Totals count each {what} once{apart}."


def caption(table: Table, measure: Measure, number: Counted) -> str:
    """The caption of a table as sentences."""
    return " ".join(_sentences(table, measure, number))


def _sentences(table: Table, measure: Measure, number: Counted) -> Iterator[str]:
    dimensions = {one.dimension for one in table.axes}
    yield f"{capitalised(table.rows.title)} by {table.columns.title}. {_MEASURED[measure]}"
    if measure is Measure.SHARE and Dimension.CODER in dimensions:
        yield "Read is what the coder of the cell has read."
    if number.totals is not None:
        yield told_of_totals(measure, number.totals)
    yield from counted_over(table, number)


def counted_over(table: Table, number: Counted) -> Iterator[str]:
    """Over which accounts, coded by whom, with which filters, what is left out, in which project, when: sentences."""
    question, axes = table.question, table.axes
    yield over_accounts(question, number.coders)
    if table.headed is not None:
        yield from _without_observer(table, table.headed)
    yield from _values(axes)
    yield from of_filter(question)
    yield from of_places(question, {one.family for one in axes})
    yield from not_counted_twice(question)
    left_out = number.meant - number.shown
    if left_out:
        yield f"Not in the table: coded passages that belong to no row or no column ({left_out:,})."
    if number.gone:
        yield f"Counted, but covering no characters: passages whose words were corrected away ({number.gone:,})."
    if table.headed is not None:
        yield OBSERVERS_DIFFER
    yield project_and_time(question)


def over_accounts(question: Question, coders: Iterable[int]) -> str:
    """Over how many sources, how much of them was read, and who coded."""
    accounts, read = question.accounts, question.held.words_read(question.chosen)
    names = sorted((question.people[one] for one in coders), key=str.casefold)
    return (
        f"Over {counted(len(accounts), 'source')} of {counted(int(accounts.words.sum()), 'word')}, {int(read.sum()):,} "
        f"of them read; {'coded by ' + ', '.join(names) if names else 'nothing is coded'}."
    )


def _without_observer(table: Table, headed: Axis) -> Iterator[str]:
    """How many of the sources nobody wrote of whom the table tells."""
    accounts = table.question.accounts
    alone = np.ones(len(accounts), np.bool_)
    alone[accounts_at(table, headed)[0]] = False
    if alone.any():
        of = "standing" if headed.along == Along(Dimension.STANDING) else "observer"
        words = counted(int(accounts.words[alone].sum()), "word")
        many = int(alone.sum())
        yield f"{many:,} of the sources ({words}) {'has' if many == 1 else 'have'} no {of}."


def _values(axes: Collection[Axis]) -> Iterator[str]:
    """What the places on axes stand for, where that is not plain."""
    for one in axes:
        if one.along == Along(Dimension.CODE):
            yield JUST_ITSELF
        elif one.dimension is Dimension.CODE:
            yield FOLDED
        elif one.along.attribute is not None and NO_VALUE in one.names:
            yield f"{capitalised(NO_VALUE)}: no value is recorded for the {one.dimension}."


def of_filter(question: Question) -> Iterator[str]:
    """What was asked for."""
    filters = question.filter_words()
    if filters:
        yield filters_in_words(filters)


def filters_in_words(filters: Mapping[str, list[str]]) -> str:
    """What a filter leaves, as a sentence."""
    return "Only " + "; ".join(f"{name}: {', '.join(values)}" for name, values in filters.items()) + "."


def of_places(question: Question, families: Collection[Family]) -> Iterator[str]:
    """How passages came to their sessions, phases and layers, where a table asks for those."""
    cut = question.accounts.cut
    if cut and (asks_for_relation(question.chosen) or Family.OCCASION in families):
        yield (
            f"{counted(cut, 'text')} cut into stretches: a passage counts in each session and phase that it touches, "
            "as a whole; accounts, words and what was read are those of the whole text, in each that any part of it is "
            "about."
        )
    if question.chosen.layers or Family.LAYER in families:
        yield OF_A_LAYER


def not_counted_twice(question: Question) -> Iterator[str]:
    """Which sources are no accounts."""
    if jottings := jottings_left_out(question):
        yield jottings


def jottings_left_out(question: Question) -> str:
    """That jottings are not counted twice, where there are any; else nothing."""
    jottings = sum(source_is_meant(info, question.chosen) for info in question.held.jottings)
    return f"Not counted twice: jottings from which a note was written ({jottings:,})." if jottings else ""


def project_and_time(question: Question) -> str:
    """Of which project, and when."""
    return f"Project {question.held.project.title!r}, {datetime.now(UTC).astimezone():%Y-%m-%d %H:%M %z}."
