"""What stands below a table: what its numbers are, over which accounts, coded by whom, and what is not in it."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from polyvocal.domain.passages import OF_A_LAYER
from polyvocal.domain.text import counted
from polyvocal.services.analysis.dimensions import FAMILY, STANDINGS, Axis, Dimension, Family
from polyvocal.services.analysis.measures import Counted, Measure
from polyvocal.services.analysis.question import Question
from polyvocal.services.analysis.sweep import Ints
from polyvocal.services.analysis.table import Table, accounts_at
from polyvocal.services.queries.passages import asks_for_relation, source_is_meant

_MEASURED = {
    Measure.PASSAGES: "Cells count passages: each coding is one, also where it overlaps another.",
    Measure.SOURCES: "Cells count sources with at least one such passage.",
    Measure.CHARACTERS: "Cells count the characters that lie in at least one such passage, each once.",
    Measure.SHARE: "Cells give the characters that lie in at least one such passage as a share of the characters "
    "read in the accounts of that row and column (to where a coder has read, and what a coder has coded).",
}
_OBSERVERS = "Observers wrote different texts, of different lengths: the numbers lie side by side and do not rank."


def caption(table: Table, measure: Measure, number: Counted, words_read: Ints) -> str:
    """The caption as sentences. `words_read` are those of each account."""
    return " ".join(_sentences(table, measure, number, words_read))


def _sentences(table: Table, measure: Measure, number: Counted, words_read: Ints) -> Iterator[str]:
    question, dimensions = table.question, table.axes
    yield f"{table.rows.dimension.capitalize()} by {table.columns.dimension}. {_MEASURED[measure]}"
    if measure is Measure.SHARE and Dimension.CODER in dimensions:
        yield "Read is what the coder of the cell has read."
    yield _accounts(table, number, words_read)
    if Dimension.STANDING in dimensions:
        yield _standings(table, dimensions[Dimension.STANDING], words_read)
    if Dimension.CODE in dimensions:
        yield "A code stands for just itself, without the codes below it."
    filters = question.setting.filter_words(question.chosen)
    if filters:
        yield filters_in_words(filters)
    yield from _places(table)
    yield from _not_counted(table, number)
    if {Dimension.OBSERVER, Dimension.STANDING} & dimensions.keys():
        yield _OBSERVERS
    yield project_and_time(question)


def filters_in_words(filters: Mapping[str, list[str]]) -> str:
    """What a filter leaves, as a sentence."""
    return "Only " + "; ".join(f"{name}: {', '.join(values)}" for name, values in filters.items()) + "."


def jottings_left_out(question: Question) -> str:
    """That jottings are not counted twice, where there are any; else nothing."""
    jottings = sum(source_is_meant(info, question.chosen) for info in question.held.jottings)
    return f"Not counted twice: jottings from which a note was written ({jottings:,})." if jottings else ""


def project_and_time(question: Question) -> str:
    """Of which project it is, and when it was counted; the end of every caption."""
    return f"Project {question.held.project.title!r}, {datetime.now(UTC).astimezone():%Y-%m-%d %H:%M %z}."


def _accounts(table: Table, number: Counted, words_read: Ints) -> str:
    question = table.question
    words = sum(account.version.words for account in question.accounts)
    coders = sorted((question.people[one] for one in number.coders), key=str.casefold)
    return (
        f"Over {counted(len(question.accounts), 'source')} of {counted(words, 'word')}, {int(words_read.sum()):,} of "
        f"them read; {'coded by ' + ', '.join(coders) if coders else 'nothing is coded'}."
    )


def _standings(table: Table, standings: Axis, words_read: Ints) -> str:
    """How unequal the accounts of the standings are; for observers the heads say it."""
    accounts, whereabouts = table.question.accounts, table.question.held.whereabouts
    scope = whereabouts.scope_of_heads(table.question.chosen)
    of: list[list[int]] = [[] for _ in standings.keys]
    for number, place in zip(*accounts_at(table, standings), strict=True):
        of[place].append(number)
    told = []
    for key, name, mine in zip(standings.keys, standings.names, of, strict=True):
        people = {one.id for at in mine for one in accounts[at].authors if one.standing is STANDINGS[key]}
        words = sum(accounts[at].version.words for at in mine)
        told.append(
            f"{name}: {counted(len(mine), 'account')}, {counted(words, 'word')}, "
            f"{int(words_read[mine].sum()):,} read, "
            f"{counted(whereabouts.sessions_attended(people, scope), 'session')} attended"
        )
    return "; ".join(told).capitalize() + "."


def _places(table: Table) -> Iterator[str]:
    """How passages came to their sessions, phases and layers, where the table asks for those."""
    question = table.question
    cut = sum(bool(account.info.runs) for account in question.accounts)
    if cut and (asks_for_relation(question.chosen) or any(FAMILY[one] is Family.OCCASION for one in table.axes)):
        yield (
            f"{counted(cut, 'text')} cut into stretches: a passage counts in each session and phase that it touches, "
            "as a whole; accounts, words and what was read are those of the whole text, in each that any part of it is "
            "about."
        )
    if question.chosen.layers:
        yield OF_A_LAYER


def _not_counted(table: Table, number: Counted) -> Iterator[str]:
    question = table.question
    jottings = jottings_left_out(question)
    if jottings:
        yield jottings
    left_out = number.meant - number.shown
    if left_out:
        yield f"Not in the table: coded passages that belong to no row or no column ({left_out:,})."
    if number.gone:
        yield f"Counted, but covering no characters: passages whose words were corrected away ({number.gone:,})."
