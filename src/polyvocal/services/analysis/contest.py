"""Who generates, affirms and contests a term of collaboration, from before to after, one mark a passage.

A mark is a coding on a row: it shows all that the row's actors do, in that passage, to the terms in question. The same
words coded by two coders, or as two codes, are two codings and so two marks, each as read by its coder; what several
actors of a row do in one coding is one mark. So the marks of a cell that bear a stance are as many as `compare` counts.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from polyvocal.domain.ids import CodeId, CodingId, PersonId, SourceId, SourceVersionId
from polyvocal.domain.passages import Aspect, PassageFilter
from polyvocal.domain.records import SourceVersion, TimeMark
from polyvocal.domain.spans import Span
from polyvocal.domain.timeline import Frame, PlacedMark, bracket, seconds_at
from polyvocal.services.analysis.accounts import Account
from polyvocal.services.analysis.contest_axes import (
    NO_RELATION,
    Column,
    ColumnKey,
    Groups,
    Row,
    Rows,
    columns_of,
    groups_of,
    key_of,
    rows_of,
)
from polyvocal.services.analysis.contest_caption import Told, caption
from polyvocal.services.analysis.dimensions import Along, Dimension
from polyvocal.services.analysis.holdings import Holdings
from polyvocal.services.analysis.ledger import Ledger
from polyvocal.services.analysis.question import Question, ask, told_apart
from polyvocal.services.analysis.table import laid_out, parts
from polyvocal.services.queries.passages import EVERYTHING, relations_meant
from polyvocal.services.queries.time_marks import times_of
from polyvocal.store.codings import StanceLink, names_of_stances, stances_among
from polyvocal.store.view import View


class Mark(NamedTuple):
    """A coding on a row: the stances that the row's actors take in it, in the order of `Contest.stances`.

    `start` and `end` are half-open code points of the source's current version, `version`; 0 and 0 where no words of
    the passage are left. `earliest` is the last moment that the text tells before the passage, if it tells any.
    """

    coding: CodingId
    taken: tuple[StanceLink, ...]
    code: CodeId
    coder: PersonId
    source: SourceId
    version: SourceVersionId
    start: int
    end: int
    earliest: datetime | None

    @property
    def stances(self) -> tuple[str, ...]:
        """What is done in it, each once."""
        return tuple(dict.fromkeys(one.stance for one in self.taken))


class TermLine(NamedTuple):
    """A term, and how many codings there are of each of the stances on it, under the filter but for its terms."""

    id: int
    name: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Contest:
    """Rows by columns, and the marks in each cell that has any, in their order.

    `stances` are the three of the field and what else a project says, as far as the filter leaves them; `signs` says
    by which sign each is known, whatever the filter: its place among all that the project says. `names` has
    those of actors and terms, `people`, `codes` and `sources` those that marks refer to. `coders` are whoever could be
    held constant.
    """

    kind: Rows
    stances: tuple[str, ...]
    signs: Mapping[str, int]
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    cells: Mapping[tuple[int, int], tuple[Mark, ...]]
    terms: tuple[TermLine, ...]
    names: Mapping[int, str]
    people: Mapping[int, str]
    codes: Mapping[int, str]
    sources: Mapping[int, str]
    observers: Mapping[int, tuple[str, ...]]
    coders: tuple[tuple[PersonId, str], ...]
    chosen: PassageFilter
    filters: dict[str, list[str]]
    title: str
    caption: str

    def marks(self, rows: Iterable[int] | None = None, columns: Iterable[int] | None = None) -> Iterator[Mark]:
        """The marks in some rows and columns, or in all; one that stands in several cells comes several times."""
        down = None if rows is None else set(rows)
        across = None if columns is None else set(columns)
        for (row, column), marks in self.cells.items():
            if (down is None or row in down) and (across is None or column in across):
                yield from marks

    def counts(self, marks: Iterable[Mark]) -> tuple[int, ...]:
        """How many codings bear each of the stances; a coding counts once, wherever it stands."""
        found: dict[str, set[int]] = {one: set() for one in self.stances}
        for mark in marks:
            for stance in mark.stances:
                found[stance].add(mark.coding)
        return tuple(len(found[one]) for one in self.stances)

    @cached_property
    def total(self) -> int:
        """How many codings there are."""
        return len({mark.coding for mark in self.marks()})


def contest(view: View, chosen: PassageFilter = EVERYTHING, rows: Rows = Rows.ACTORS) -> Contest:
    """Lay out the stances that a filter means. Jottings from which a note was written are left out, as in `compare`."""
    return contest_in(Holdings(view), view, chosen, rows)


def contest_by(ledger: Ledger, view: View, chosen: PassageFilter, rows: Rows) -> Contest:
    """The same, from what a ledger keeps between questions."""
    return ledger.with_holdings(view, lambda held: contest_in(held, view, chosen, rows))


def contest_in(held: Holdings, view: View, chosen: PassageFilter, rows: Rows) -> Contest:
    """The same, from what is held of the project."""
    question = ask(held, chosen.but(Aspect.TERM))
    setting = held.setting
    names: dict[int, str] = told_apart(
        {one.id: one.name for of in (setting.groups, setting.people, setting.terms) for one in of.values()}
    )
    signs = {one: number for number, one in enumerate(names_of_stances(view))}
    stances = tuple(one for one in signs if not chosen.stances or one in chosen.stances)
    coded = {one.coding: one for one in _coded(question)}
    taken: dict[int, list[StanceLink]] = {}
    for link in stances_among(view, coded):
        if link.stance in stances and (not chosen.actors or link.actor in chosen.actors):
            taken.setdefault(link.coding, []).append(link)
    of_terms = {
        coding: [one for one in links if not chosen.terms or one.term in chosen.terms]
        for coding, links in taken.items()
    }
    shown = [one for one in coded.values() if of_terms.get(one.coding)]
    groups = groups_of(view, setting)
    lines = rows_of(rows, names, [one for links in of_terms.values() for one in links], groups)
    columns = _columns(question, coded.values())
    told = Told(
        question=question,
        terms=tuple(sorted((names[one] for one in chosen.terms), key=str.casefold)),
        kind=rows,
        filters=setting.filter_words(chosen.but(Aspect.TERM)),
        by_coder=Counter(question.people[one.coder] for one in shown),
        in_several=_in_several(names, {one for row in lines for one in row.actors}, groups),
        in_several_columns=sum(len(one.columns) > 1 for one in shown),
        untold_sessions=_untold(question, columns),
        other_events=len({one.event for each in question.accounts.each for one in each.relations} - _events(columns)),
        gone=sum(one.start == one.end for one in shown),
    )
    return Contest(
        kind=rows,
        stances=stances,
        signs=signs,
        rows=lines,
        columns=columns,
        cells=_cells(_in_order(question, shown), of_terms, stances, lines, columns),
        terms=_terms(names, setting.terms, taken, stances),
        names=names,
        people=question.people,
        codes={one.code: setting.code_path(one.code) for one in shown},
        sources={one.account.info.source.id: one.account.info.source.title for one in shown},
        observers={
            one.account.info.source.id: tuple(question.people[author.id] for author in one.account.info.authors)
            for one in shown
        },
        coders=_coders(question),
        chosen=chosen,
        filters=setting.filter_words(chosen),
        title=told.title,
        caption=caption(told),
    )


def words_of(view: View, found: Contest) -> dict[CodingId, str]:
    """The words of every passage of a contest; none of one whose words were corrected away."""
    marks = {mark.coding: mark for mark in found.marks()}
    hashes = {one.id: one.text_hash for one in view.among(SourceVersion, "id", {one.version for one in marks.values()})}
    by_version = sorted(marks.values(), key=lambda one: one.version)
    words: dict[CodingId, str] = {}
    for version, of in groupby(by_version, key=lambda one: one.version):
        text = view.text(hashes[version])
        words.update((mark.coding, text[mark.start : mark.end]) for mark in of)
    return words


class _Coded(NamedTuple):
    """A coding with stances, at its place in the current version of its source, and where it stands."""

    coding: CodingId
    account: Account
    start: int
    end: int
    code: CodeId
    coder: PersonId
    columns: tuple[ColumnKey, ...]


def _coded(question: Question) -> Iterator[_Coded]:
    """The codings that the filter means and in which anybody takes a stance."""
    table = laid_out(question, Along(Dimension.ACTOR), Along(Dimension.TERM))
    known: dict[tuple[int, ...], tuple[ColumnKey, ...]] = {}
    for part in parts(table):
        codings, which = part.codings, part.entries.owners()
        for identity, line, start, end, code, coder in zip(
            codings.identity[which].tolist(),
            table.joining.account_of_line[codings.line[which]].tolist(),
            codings.start[which].tolist(),
            codings.end[which].tolist(),
            codings.code.keys[codings.code.at[which]].tolist(),
            codings.coder.keys[codings.coder.at[which]].tolist(),
            strict=True,
        ):
            account = question.accounts.each[line]
            relations = relations_meant(account.info.relations_of(start, end), question.chosen)
            key = tuple(one.id for one in relations)
            if key not in known:
                known[key] = tuple(dict.fromkeys(map(key_of, relations))) or (NO_RELATION,)
            yield _Coded(CodingId(identity), account, start, end, CodeId(code), PersonId(coder), known[key])


def _columns(question: Question, coded: Iterable[_Coded]) -> tuple[Column, ...]:
    """Wherever a mark stands, and, of the events where one does, wherever an account is about.

    The codings are those on any term: one term has as many columns as another.
    """
    keys = {key for one in coded for key in one.columns}
    events = {one.event for one in keys}
    told = {key_of(one) for account in question.accounts.each for one in account.relations}
    return columns_of(question.setting, keys | {one for one in told if one.event in events})


def _in_order(question: Question, shown: list[_Coded]) -> list[tuple[_Coded, datetime | None]]:
    """Codings by the last moment that their text tells before them; then those of texts that tell none.

    These stand by when their source was observed or written, as far as a person said so, then by its title. Within a
    text, and between texts at the same moment, by the order of the text. No time is ever made up.
    """
    told = _times(question.held.view, {one.account.version.id for one in shown})
    placed = []
    for one in shown:
        source = one.account.info.source
        marks, frame = told.get(source.id, _NO_TIMES)
        earliest = None
        if one.start < one.end and any(each.mark.start <= one.start for each in marks):
            earliest = bracket(marks, Span(one.start, one.end), frame).earliest
        of_text = (source.observed_from or source.written_at or "~", source.title.casefold(), source.id)
        moment = seconds_at(earliest) if earliest is not None else 0.0
        key = (earliest is None, moment, of_text, one.start, -one.end, one.coding)
        placed.append((key, one, earliest))
    return [(one, earliest) for _, one, earliest in sorted(placed, key=lambda each: each[0])]


_Times = tuple[tuple[PlacedMark, ...], Frame]
_NO_TIMES: _Times = ((), Frame())


def _times(view: View, versions: set[SourceVersionId]) -> dict[SourceId, _Times]:
    """The times of those of some sources, by their current versions, in which any are marked."""
    sources = {one.source for one in view.among(SourceVersion, "id", versions)}
    of_source = {one.id: one.source for one in view.among(SourceVersion, "source", sources)}
    marked = {of_source[one.version] for one in view.among(TimeMark, "version", of_source)}
    return {source: (times.placed, times.frame) for source in sorted(marked) for times in [times_of(view, source)]}


def _cells(
    ordered: Iterable[tuple[_Coded, datetime | None]],
    taken: Mapping[int, list[StanceLink]],
    stances: tuple[str, ...],
    rows: tuple[Row, ...],
    columns: tuple[Column, ...],
) -> dict[tuple[int, int], tuple[Mark, ...]]:
    place = {column.key: number for number, column in enumerate(columns)}
    rows_for: dict[tuple[int, int], list[int]] = {}
    cells: dict[tuple[int, int], list[Mark]] = {}
    for one, earliest in ordered:
        of_row: dict[int, list[StanceLink]] = {}
        for link in sorted(taken[one.coding], key=lambda link: stances.index(link.stance)):
            both = link.actor, link.term
            if both not in rows_for:
                rows_for[both] = [number for number, row in enumerate(rows) if row.holds(link)]
            for row in rows_for[both]:
                of_row.setdefault(row, []).append(link)
        info, version = one.account.info, one.account.version
        for row, links in of_row.items():
            mark = Mark(
                one.coding, tuple(links), one.code, one.coder, info.source.id, version.id, one.start, one.end, earliest
            )
            for key in one.columns:
                cells.setdefault((row, place[key]), []).append(mark)
    return {key: tuple(cells[key]) for key in sorted(cells)}


def _terms(
    names: Mapping[int, str],
    terms: Iterable[int],
    taken: Mapping[int, list[StanceLink]],
    stances: tuple[str, ...],
) -> tuple[TermLine, ...]:
    found: dict[tuple[int, str], int] = {}
    for links in taken.values():
        for both in {(link.term, link.stance) for link in links}:
            found[both] = found.get(both, 0) + 1
    ordered = sorted(terms, key=lambda one: (names[one].casefold(), one))
    return tuple(TermLine(one, names[one], tuple(found.get((one, stance), 0) for stance in stances)) for one in ordered)


def _coders(question: Question) -> tuple[tuple[PersonId, str], ...]:
    """Whoever has coded anything, by name."""
    ids = [PersonId(one) for one in question.held.codings.coders()]
    named = [(one, question.people[one]) for one in ids]
    return tuple(sorted(named, key=lambda one: (one[1].casefold(), one[0])))


def _in_several(names: Mapping[int, str], acting: Iterable[int], groups: Groups) -> tuple[str, ...]:
    """Those who act and belong to several groups."""
    return tuple(sorted((names[one] for one in acting if len(groups.of(one)) > 1), key=str.casefold))


def _untold(question: Question, columns: Iterable[Column]) -> int:
    """How many sessions of the events that are shown no account is about."""
    events, told, asked = _events(columns), {one.key.session for one in columns}, question.chosen.sessions
    return sum(
        one.event in events and one.id not in told and (not asked or one.id in asked)
        for one in question.setting.sessions.values()
    )


def _events(columns: Iterable[Column]) -> set[int | None]:
    return {one.key.event for one in columns}
