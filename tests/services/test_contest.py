"""Who does what to a term: against a plain count on random projects, against `compare`, and a small one by hand."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyvocal.domain.passages import Aspect, PassageFilter
from polyvocal.domain.records import ConstituentGroup, Membership
from polyvocal.domain.words import Phase, RoleName, StanceName
from polyvocal.services.analysis.compare import Dimension, Measure, compare
from polyvocal.services.analysis.contest import Contest, contest, contest_by
from polyvocal.services.analysis.contest_axes import IN_NO_GROUP, Row, Rows
from polyvocal.services.analysis.ledger import Ledger
from polyvocal.services.choice import choose
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.codings import StanceDraft, add_coding, add_stance
from polyvocal.services.commands.people import add_group, add_person
from polyvocal.services.commands.setting import add_event, add_session, add_term
from polyvocal.store.file import ProjectFile
from polyvocal.store.view import View
from tests.services.compare_oracle import Oracle
from tests.services.compare_projects import random_filter, random_project
from tests.services.compare_studies import write

Cells = dict[tuple[Any, Any], Counter[tuple[int, frozenset[str]]]]
"""By row and column: codings with what is done in them."""


def expected(view: View, chosen: PassageFilter, rows: Rows) -> Cells:
    """The cells, worked out the slow way."""
    oracle = Oracle(view, chosen)
    cells: Cells = {}
    for coding in oracle.codings():
        relations = oracle.relations(oracle.source_of(coding), coding)
        places = {(one["event"], one["phase"], one["session"]) for one in relations} or {(None, None, None)}
        done: dict[Any, set[str]] = {}
        for one in oracle.stances(coding):
            for row in rows_for(view, one, rows):
                done.setdefault(row, set()).add(one["stance"])
        for row, stances in done.items():
            for place in places:
                cells.setdefault((row, place), Counter())[coding.id, frozenset(stances)] += 1
    return cells


def rows_for(view: View, stance: dict[str, Any], rows: Rows) -> list[Any]:
    if rows is Rows.TERMS:
        return [stance["term"]]
    actor = stance["actor"]
    groups = {one.id for one in view.all(ConstituentGroup)}
    own = {actor} & groups | {one.constituent_group for one in view.all(Membership) if one.person == actor}
    found = sorted(own) or [None]
    return found if rows is Rows.GROUPS else [(group, actor) for group in found]


def told(found: Contest, view: View, rows: Rows) -> Cells:
    """The cells of a contest, with rows as the oracle knows them."""
    cells: Cells = {}
    for (row, column), marks in found.cells.items():
        held: Counter[tuple[int, frozenset[str]]] = Counter((mark.coding, frozenset(mark.stances)) for mark in marks)
        cells[key_of(found.rows[row], view, rows), tuple(found.columns[column].key)] = held
    return cells


def key_of(row: Row, view: View, rows: Rows) -> Any:
    if rows is Rows.TERMS:
        return next(iter(row.terms))
    groups = view.all(ConstituentGroup)
    shared = Counter(one.name for one in groups)
    assert all(number == 1 for number in shared.values())
    path = row.band if rows is Rows.ACTORS else row.name
    name = path.rsplit(" / ", maxsplit=1)[-1]  # where a person bears the name of a group, names are told apart by ids
    group = next((one.id for one in groups if name in (one.name, f"{one.name} ({one.id})")), None)
    assert group is not None or path == IN_NO_GROUP
    return group if rows is Rows.GROUPS else (group, next(iter(row.actors)))


@settings(max_examples=100)
@given(st.data())
def test_every_cell_holds_the_marks_that_a_plain_count_finds(template_project: Path, data: st.DataObject) -> None:
    rows = data.draw(st.sampled_from(Rows))
    with random_project(template_project, data.draw) as view:
        chosen = random_filter(data.draw, view)
        found = contest(view, chosen, rows)
        assert told(found, view, rows) == expected(view, chosen, rows)
        assert len({(row.band, row.name) for row in found.rows}) == len(found.rows)
        assert len({column.key for column in found.columns}) == len(found.columns)
        assert {row for row, _ in found.cells} == set(range(len(found.rows)))


@settings(max_examples=60)
@given(st.data())
def test_the_counts_of_cells_are_those_of_compare(template_project: Path, data: st.DataObject) -> None:
    with random_project(template_project, data.draw) as view:
        chosen = random_filter(data.draw, view)
        found = contest(view, chosen, data.draw(st.sampled_from(Rows)))
        for (row, column), marks in found.cells.items():
            event, phase, session = found.columns[column].key
            if event is None or phase is None or session is None:
                continue  # a filter cannot ask for what is not said
            of_cell = chosen.but(Aspect.EVENT, {event}).but(Aspect.PHASE, {phase}).but(Aspect.SESSION, {session})
            if found.rows[row].actors:
                of_cell = of_cell.but(Aspect.ACTOR, found.rows[row].actors)
            if found.rows[row].terms:
                of_cell = of_cell.but(Aspect.TERM, found.rows[row].terms)
            table = compare(view, Dimension.STANCE, Dimension.SESSION, Measure.PASSAGES, of_cell)
            assert dict(zip(found.stances, found.counts(marks), strict=True)) == {
                stance: line[0] for stance, line in zip(table.rows, table.cells, strict=True)
            }


@settings(max_examples=40)
@given(st.data())
def test_the_counts_of_terms_are_those_of_compare_whatever_term_is_chosen(
    template_project: Path, data: st.DataObject
) -> None:
    with random_project(template_project, data.draw) as view:
        chosen = random_filter(data.draw, view)
        found = contest(view, chosen)
        table = compare(view, Dimension.TERM, Dimension.STANCE, Measure.PASSAGES, chosen.but(Aspect.TERM))
        assert Counter(one.counts for one in found.terms) == Counter(table.cells)
        if table.rows:
            assert found.stances == table.columns
        assert contest_by(Ledger(), view, chosen, Rows.ACTORS).cells == found.cells


# --- by hand ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def paid(project: ProjectFile) -> ProjectFile:
    """One term, contested before, both at once at one of two parallel tables, and affirmed after."""
    add_group(project, name="Panel")
    add_group(project, name="Wards")
    add_group(project, name="Tarn", within=("Wards",))
    add_person(project, name="Del", groups=("Panel", "Tarn"))
    add_person(project, name="Kit", groups=("Tarn",))
    add_person(project, name="Ada")
    for name, role in (("Oda", RoleName.CODER), ("Ines", RoleName.CODER), ("Bea", RoleName.OBSERVER)):
        add_person(project, name=name, roles=(role,))
    add_code(project, name="Protest")
    add_term(project, name="Whose time is paid")
    add_term(project, name="Who decides")
    add_event(project, title="Launch", zone="Europe/London", starts="2024-05-14T09:00", ends="2024-05-14T16:00")
    for title, starts, ends in (
        ("Measures", "2024-05-14T13:00", "2024-05-14T14:00"),
        ("Stories", "2024-05-14T13:30", "2024-05-14T14:30"),
        ("Plenary", "2024-05-14T10:00", "2024-05-14T12:00"),
        ("Unwatched", "2024-05-14T15:00", "2024-05-14T15:30"),
    ):
        add_session(project, event="Launch", title=title, starts=starts, ends=ends)
    write(project, "mail", "Bea", phase=Phase.BEFORE)
    write(project, "plenary note", "Bea", session="Plenary")
    write(project, "measures note", "Bea", session="Measures")
    write(project, "stories note", "Bea", session="Stories")
    write(project, "debrief", "Bea", phase=Phase.AFTER)
    write(project, "paper", "Bea", event=None)
    taken(project, "mail", 0, ("Del", StanceName.CONTESTS))
    taken(project, "mail", 0, ("Del", StanceName.CONTESTS), coder="Ines")
    taken(project, "measures note", 5, ("Panel", StanceName.GENERATES), ("Ada", StanceName.AFFIRMS))
    taken(project, "stories note", 5, ("Del", StanceName.CONTESTS), ("Del", StanceName.AFFIRMS))
    taken(project, "debrief", 5, ("Kit", StanceName.AFFIRMS), ("Del", StanceName.AFFIRMS))
    taken(project, "paper", 0, ("Ada", StanceName.GENERATES), term="Who decides")
    return project


def taken(
    file: ProjectFile,
    source: str,
    start: int,
    *stances: tuple[str, StanceName],
    term: str = "Whose time is paid",
    coder: str = "Oda",
) -> None:
    """Code five characters, and say what is done in them."""
    changes = add_coding(file, source=source, start=start, end=start + 5, code="Protest", coder=coder)
    (coding,) = changes.created("coding")
    for actor, stance in stances:
        add_stance(file, coding=str(coding), stance=StanceDraft(by=actor, stance=stance, term=term))


def strip(found: Contest) -> dict[tuple[str, str, str], list[str]]:
    """What each cell shows, by group, actor and column."""
    return {
        (found.rows[row].band, found.rows[row].name, found.columns[column].words): ["+".join(m.stances) for m in marks]
        for (row, column), marks in found.cells.items()
    }


def laid(file: ProjectFile, rows: Rows = Rows.ACTORS, **words: str) -> Contest:
    with file.view() as view:
        return contest(view, choose(view, words), rows)


def test_one_term_goes_from_contested_to_affirmed(paid: ProjectFile) -> None:
    found = laid(paid, term="Whose time is paid")
    before, measures, stories, after = (
        "no session, before", "Measures, during", "Stories, during", "no session, after"
    )  # fmt: skip
    of_del = {before: ["contests", "contests"], stories: ["affirms+contests"], after: ["affirms"]}
    assert strip(found) == {
        ("Panel", "Panel", measures): ["generates"],
        **{("Panel", "Del", where): marks for where, marks in of_del.items()},
        **{("Wards / Tarn", "Del", where): marks for where, marks in of_del.items()},
        ("Wards / Tarn", "Kit", after): ["affirms"],
        ("In no group", "Ada", measures): ["affirms"],
    }
    assert [column.words for column in found.columns] == [
        before, "Plenary, during", measures, stories, after, "no event",
    ]  # fmt: skip
    assert [column.parallel for column in found.columns] == [None, None, 0, 0, None, None]
    assert found.counts(found.marks()) == (1, 3, 3)
    assert found.total == 5


def test_rows_may_be_groups_or_terms(paid: ProjectFile) -> None:
    found = laid(paid, Rows.GROUPS, term="Whose time is paid")
    assert "without the groups within it" in found.caption
    of_groups = strip(found)
    assert of_groups["", "Wards / Tarn", "no session, after"] == ["affirms"]
    assert of_groups["", "Panel", "Stories, during"] == ["affirms+contests"]
    of_terms = strip(laid(paid, Rows.TERMS))
    assert of_terms["", "Whose time is paid", "Measures, during"] == ["generates+affirms"]
    assert of_terms["", "Who decides", "no event"] == ["generates"]


def test_a_coder_is_held_constant_and_the_terms_keep_their_numbers(paid: ProjectFile) -> None:
    found = laid(paid, term="Who decides", coder="Oda")
    assert [(one.name, one.counts) for one in found.terms] == [
        ("Who decides", (1, 0, 0)),
        ("Whose time is paid", (1, 3, 2)),
    ]
    assert [name for _, name in found.coders] == ["Ines", "Oda"]


def test_the_caption_tells_what_a_mark_is_who_read_and_what_is_not_shown(paid: ProjectFile) -> None:
    told_of = laid(paid, term="Whose time is paid", stance="contests").caption
    assert told_of.startswith("Stances on “Whose time is paid”, by actor, phase and session.")
    for part in (
        "the same words coded by two people, or as two codes, are two",
        "3 passages, as read by Oda (2), Ines (1).",
        "Over 6 sources of",
        "Only stance: contests.",
        "Who belongs to several groups stands in each: Del.",
        "Not shown: sessions that no account is about (1).",
        "An empty cell says that no such stance was coded",
    ):
        assert part in told_of


def test_stances_of_a_projects_own_come_after_those_of_the_field(paid: ProjectFile) -> None:
    taken(paid, "debrief", 0, ("Ada", "sidesteps"))  # type: ignore[arg-type]
    found = laid(paid, term="Whose time is paid")
    assert found.stances == ("generates", "affirms", "contests", "sidesteps")
    assert found.counts(found.marks()) == (1, 3, 3, 1)


def test_without_stances_there_are_no_rows_and_the_terms_are_told(project: ProjectFile) -> None:
    add_term(project, name="Who decides")
    found = laid(project)
    assert (found.rows, found.cells, found.total) == ((), {}, 0)
    assert [one.counts for one in found.terms] == [(0, 0, 0)]
    assert "No such stance is coded." in found.caption
