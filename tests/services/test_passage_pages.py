"""Passages found and read page by page are those of the filter, and those that a cell of the table counts."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import CodingId
from polyvocal.domain.passages import Aspect, PassageFilter, PassageQuery
from polyvocal.domain.records import Code, Coding, Person, Source
from polyvocal.domain.words import Phase, ReadingState, SourceKind, StanceName
from polyvocal.exchange.writers.excerpts_words import grouped
from polyvocal.services.analysis.holdings import Holdings
from polyvocal.services.analysis.matrix import Asked, matrix
from polyvocal.services.choice import choose
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.codings import StanceDraft, add_coding, add_stance
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.people import add_person
from polyvocal.services.commands.reading import set_reading
from polyvocal.services.commands.setting import add_event
from polyvocal.services.commands.sources import correct_source
from polyvocal.services.queries.accounts import AccountRow, ReadBy, accounts_of
from polyvocal.services.queries.passage_list import GROUPINGS, Order, count_values, list_passages, listed_passages
from polyvocal.services.queries.passage_pages import PassageShown, read_passages, unfolded
from polyvocal.services.queries.passages import EVERYTHING, coded_passages
from polyvocal.store.file import ProjectFile
from polyvocal.store.view import View
from tests.services.compare_projects import random_filter, random_project
from tests.services.compare_studies import code, write


def all_read(file: ProjectFile, **words: str) -> list[PassageShown]:
    """Every passage that words mean, by source and place, as the pages give them."""
    with file.view() as view:
        found = passages_of(view, choose(view, words))
        read = read_passages(view, found)
        return [read[one] for one in found]


def passages_of(view: View, chosen: PassageFilter, **how: Any) -> list[CodingId]:
    """The codings of a list, as it has them one after another."""
    listed = list_passages(view, PassageQuery(chosen), **how)
    return [one for group in listed.groups for one in group.codings]


def number_of(view: View, chosen: PassageFilter) -> int:
    """How many passages a list of a filter has."""
    return list_passages(view, PassageQuery(chosen)).total


@settings(max_examples=120)
@given(st.data())
def test_list_has_every_passage_of_a_filter_once(template_project: Path, data: st.DataObject) -> None:
    with random_project(template_project, data.draw) as view:
        chosen = random_filter(data.draw, view)
        expected = {one.id: one for one in coded_passages(view, chosen)}
        order = data.draw(st.sampled_from(Order))
        found = passages_of(view, chosen, order=order)
        assert len(found) == len(set(found)) == len(expected) == number_of(view, chosen)
        read = read_passages(view, found)
        assert {one: shown.passage for one, shown in read.items()} == expected
        if order is Order.SOURCES:
            assert [read[one].passage.source_title for one in found] == [one.source_title for one in expected.values()]


@settings(max_examples=80)
@given(st.data())
def test_groups_are_those_of_an_export(template_project: Path, data: st.DataObject) -> None:
    with random_project(template_project, data.draw) as view:
        chosen = random_filter(data.draw, view)
        by = data.draw(st.sampled_from([one for one in GROUPINGS if one is not Aspect.SOURCE]))
        listed = list_passages(view, PassageQuery(chosen), group_by=by)
        exported = grouped(coded_passages(view, chosen), by)
        expected = sorted(sorted(one.id for one in members) for _, members in exported)
        if by in (Aspect.OBSERVER, Aspect.CODER, Aspect.SESSION, Aspect.CODE):  # those that share a name are one there
            assert {one for group in listed.groups for one in group.codings} == {x for some in expected for x in some}
        else:
            assert sorted(sorted(group.codings) for group in listed.groups) == expected
        assert listed.total == len({one for some in expected for one in some})


@settings(max_examples=120)
@given(st.data())
def test_number_beside_a_value_is_that_of_the_list_with_just_that_value(
    template_project: Path, data: st.DataObject
) -> None:
    with random_project(template_project, data.draw) as view:
        query = PassageQuery(random_filter(data.draw, view))
        aspect = data.draw(st.sampled_from(Aspect))
        for value, _, number in count_values(view, query, aspect):
            assert number == number_of(view, query.chosen.but(aspect, [value])), aspect


@settings(max_examples=60)
@given(st.data())
def test_cell_means_just_the_passages_that_it_counts(template_project: Path, data: st.DataObject) -> None:
    with random_project(template_project, data.draw) as view:
        chosen = random_filter(data.draw, view)
        table = matrix(Holdings(view), Asked(chosen=chosen))
        for row, cells in enumerate(table.numbers.tolist()):
            for column, number in enumerate(cells):
                assert number_of(view, table.behind(row, column)) == number


@pytest.fixture
def study(project: ProjectFile) -> ProjectFile:
    """An event and a code."""
    add_event(project, title="Launch")
    add_code(project, name="Protest", colour="#123456")
    return project


def test_passage_is_shown_with_what_stands_around_it_in_whole_words(study: ProjectFile) -> None:
    write(study, "Note", "Ines", tens=20)
    code(study, "Note", 110, 120)
    code(study, "Note", 0, 4)
    first, second = all_read(study)
    assert (first.before, first.text) == ("", "word")
    assert first.after.startswith(" three word")
    assert first.after.endswith("word …")
    assert second.before.startswith("… ")
    assert second.before.endswith("three ")
    assert second.text == "word three"
    assert second.colour == "#123456"


def test_white_space_is_folded_and_a_very_long_passage_cut(study: ProjectFile) -> None:
    write(study, "Note", "Ines", tens=100)
    correct_source(study, source="Note", edits=[(4, 5, "\n\n\t")])
    code(study, "Note", 0, 900)
    (shown,) = all_read(study)
    assert shown.text.startswith("word three word")
    assert len(shown.text) < 710
    assert len(shown.passage.text) == 900
    assert shown.after == "…"


def test_passage_whose_words_are_gone_comes_last_with_the_text_that_it_had(study: ProjectFile) -> None:
    write(study, "Note", "Ines", tens=3)
    code(study, "Note", 0, 10)
    code(study, "Note", 22, 26)
    correct_source(study, source="Note", edits=[(0, 11, "")])
    kept, gone = all_read(study, observer="Ines")
    assert (kept.passage.gone, kept.passage.start, kept.text) == (False, 11, "word")
    assert (gone.passage.gone, gone.text, gone.after.split()[0]) == (True, "word three", "word")


def test_jottings_that_are_counted_with_their_note_are_not_behind_a_cell(study: ProjectFile) -> None:
    write(study, "Note", "Ines")
    write(study, "Jotted", "Ines", kind=SourceKind.JOTTINGS, note="Note")
    write(study, "Other jottings", "Kim", kind=SourceKind.JOTTINGS, note="Note")
    for source in ("Note", "Jotted", "Other jottings"):
        code(study, source, 0, 5)
    with study.view() as view:
        table = matrix(Holdings(view), Asked())
        ines, kim = (table.behind(0, column) for column in range(2))
        assert number_of(view, ines) == table.number(0, 0) == 1
        assert table.numbers.tolist() == [[1, 0]]
        assert number_of(view, kim) == 0


# --- accounts ----------------------------------------------------------------------------------------------------


def test_accounts_of_an_observer_say_how_far_each_coder_has_read_them(study: ProjectFile) -> None:
    write(study, "Note", "Ines", tens=4)
    write(study, "Another", "Ines", "Kim", tens=1)
    write(study, "Jotted", "Ines", kind=SourceKind.JOTTINGS, note="Note")
    write(study, "Not hers", "Kim")
    set_reading(study, source="Note", coder="Oda", read_to=12)
    set_reading(study, source="Note", coder="Bea", read_to=None)
    with study.view() as view:
        (ines,) = view.find(Person, name="Ines")
        (oda,) = view.find(Person, name="Oda")
        ids = {one.title: one.id for one in view.all(Source)}
        another, note = accounts_of(view, ines.id, EVERYTHING)
        assert another == AccountRow(ids["Another"], "Another", 3, ())
        assert note.id == ids["Note"]
        assert note.read == (ReadBy("Bea", ReadingState.DONE, 1.0), ReadBy("Oda", ReadingState.READ_TO_HERE, 12 / 48))
        _, by_oda = accounts_of(view, ines.id, PassageFilter(coders=frozenset({oda.id})))
        assert [one.coder for one in by_oda.read] == ["Oda"]
        assert accounts_of(view, ines.id, PassageFilter(phases=frozenset({Phase.AFTER}))) == ()


def test_observer_who_wrote_nothing_has_no_accounts(study: ProjectFile) -> None:
    add_person(study, name="Pat")
    with study.view() as view:
        (pat,) = view.find(Person, name="Pat")
        assert accounts_of(view, pat.id, EVERYTHING) == ()


def test_passages_of_many_sources_are_counted_by_source(study: ProjectFile) -> None:
    for number in range(3):
        write(study, f"Note {number}", "Ines")
        for start in range(number + 1):
            add_coding(study, source=f"Note {number}", start=start, end=9, code="Protest", coder="Oda")
    with study.view() as view:
        (protest,) = view.all(Code)
        query = PassageQuery(PassageFilter(codes=frozenset({protest.id})))
        found = list_passages(view, query, group_by=Aspect.SOURCE)
        assert [(one.name, len(one.codings)) for one in found.groups] == [("Note 0", 1), ("Note 1", 2), ("Note 2", 3)]
        assert found.groups[0].observers == ("Ines",)
        assert found.total == 6


# --- what is asked for -------------------------------------------------------------------------------------------


def texts(file: ProjectFile, query: PassageQuery, **how: Any) -> list[str]:
    """The passages of a list, one after another."""
    with file.view() as view:
        found = [one for group in list_passages(view, query, **how).groups for one in group.codings]
        read = read_passages(view, found)
        assert {one.id for one in listed_passages(view, query)} == set(found)
        return [read[one].passage.text for one in found]


def test_codes_below_are_meant_where_they_are_asked_for(study: ProjectFile) -> None:
    add_code(study, name="Sit-in", parent="Protest")
    add_code(study, name="Chairs", parent="Sit-in")
    write(study, "Note", "Ines")
    code(study, "Note", 0, 4)
    add_coding(study, source="Note", start=5, end=10, code="Chairs", coder="Oda")
    with study.view() as view:
        chosen = PassageFilter(codes=frozenset({view.find(Code, name="Protest")[0].id}))
    assert len(texts(study, PassageQuery(chosen))) == 1
    assert len(texts(study, PassageQuery(chosen, below=True))) == 2


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("word", ["word three", "Wor\u0301d thr\u00eae"]),
        ("THREE wor", ["word three", "Wor\u0301d thr\u00eae"]),
        ("w\u00f3rd", ["word three", "Wor\u0301d thr\u00eae"]),
        ("four", []),
        ("  ", ["word three", "Wor\u0301d thr\u00eae"]),
    ],
)
def test_words_are_found_in_a_passage_without_regard_to_case_and_accents(
    study: ProjectFile, words: str, found: list[str]
) -> None:
    write(study, "Note", "Ines")
    correct_source(study, source="Note", edits=[(0, 0, "Wor\u0301d thr\u00eae ")])
    code(study, "Note", 12, 22)
    code(study, "Note", 0, 11)
    assert sorted(texts(study, PassageQuery(words=words))) == sorted(found)


def test_passages_of_one_kind_of_source_are_chosen(study: ProjectFile) -> None:
    write(study, "Note", "Ines")
    write(study, "Jotted", "Ines", kind=SourceKind.JOTTINGS)
    code(study, "Note", 0, 4)
    code(study, "Jotted", 0, 10)
    assert texts(study, PassageQuery(PassageFilter(kinds=frozenset({SourceKind.JOTTINGS})))) == ["word three"]


def test_orders_are_by_event_title_time_and_length(study: ProjectFile) -> None:
    add_event(study, title="Earlier", starts="2024-01-01")
    change(study, "event", "Launch", {"starts": "2024-02-01"})
    write(study, "A", "Ines")
    write(study, "B", "Ines")
    change(study, "source", "A", {"event": "Launch", "phase": "during"})
    change(study, "source", "B", {"event": "Earlier", "phase": "during"})
    code(study, "A", 0, 10)
    code(study, "B", 5, 10)
    code(study, "A", 0, 4)
    by_order = {order: texts(study, PassageQuery(), order=order) for order in Order}
    assert by_order == {
        Order.EVENTS: ["three", "word three", "word"],
        Order.SOURCES: ["word three", "word", "three"],
        Order.NEWEST: ["word", "three", "word three"],
        Order.LONGEST: ["word three", "three", "word"],
    }


def test_empty_list_says_which_filter_makes_it_empty(study: ProjectFile) -> None:
    write(study, "Note", "Ines")
    code(study, "Note", 0, 4)
    with study.view() as view:
        (protest,) = view.all(Code)
        query = PassageQuery(
            PassageFilter(codes=frozenset({protest.id}), kinds=frozenset({SourceKind.JOTTINGS})), words="word"
        )
        listed = list_passages(view, query)
    assert dict(listed.without) == {Aspect.CODE: 0, Aspect.KIND: 1, None: 0}
    assert (listed.total, listed.all_others) == (0, 1)


def test_paragraph_is_counted_and_shown_whole(study: ProjectFile) -> None:
    write(study, "Note", "Ines", tens=3)
    correct_source(study, source="Note", edits=[(4, 5, "\n\n  \n"), (22, 22, "\n")])
    code(study, "Note", 10, 13)
    (shown,) = all_read(study)
    assert (shown.paragraph, shown.text) == (2, "hre")
    with study.view() as view:
        whole = unfolded(view, shown.passage.id)
        assert whole is not None
        assert (whole.before, whole.text) == ("t", "hre")
        assert not whole.after.endswith("\n")
        assert whole.after.startswith("e word")
        assert unfolded(view, CodingId(1)) is None


def test_stances_of_another_actor_do_not_count(study: ProjectFile) -> None:
    write(study, "Note", "Ines")
    code(study, "Note", 0, 4)
    with study.view() as view:
        (coding,) = view.all(Coding)
    for by, stance, term in (("Lay", StanceName.AFFIRMS, "Time"), ("Ward", StanceName.CONTESTS, "Time")):
        add_stance(study, coding=str(coding.id), stance=StanceDraft(by=by, stance=stance, term=term))
    with study.view() as view:
        chosen = choose(view, {"by": "Lay"})
        counts = {name: number for _, name, number in count_values(view, PassageQuery(chosen), Aspect.STANCE)}
    assert counts == {"generates": 0, "affirms": 1, "contests": 0}


def test_kind_of_source_is_chosen_by_its_word(study: ProjectFile) -> None:
    write(study, "Note", "Ines")
    write(study, "Jotted", "Ines", kind=SourceKind.JOTTINGS)
    code(study, "Note", 0, 4)
    code(study, "Jotted", 0, 10)
    assert [one.text for one in all_read(study, source_kind="jottings")] == ["word three"]
    with study.view() as view, pytest.raises(UserError, match="there is no kind of source 'novel', but fieldnote"):
        choose(view, {"source_kind": "novel"})
