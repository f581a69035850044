"""Passages found and read page by page are those of the filter, and those that a cell of the table counts."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.records import Code, Person, Source
from polyvocal.domain.words import Phase, ReadingState, SourceKind
from polyvocal.services.analysis.codes_by_observers import codes_by_observers
from polyvocal.services.analysis.compare import Measure
from polyvocal.services.analysis.ledger import Ledger
from polyvocal.services.choice import choose
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.codings import add_coding
from polyvocal.services.commands.people import add_person
from polyvocal.services.commands.reading import set_reading
from polyvocal.services.commands.setting import add_event
from polyvocal.services.commands.sources import correct_source
from polyvocal.services.queries.accounts import AccountRow, ReadBy, accounts_of
from polyvocal.services.queries.passage_pages import PassageShown, find_passages, read_passages
from polyvocal.services.queries.passages import EVERYTHING, coded_passages
from polyvocal.store.file import ProjectFile
from tests.services.compare_projects import random_filter, random_project
from tests.services.compare_studies import code, write


def all_read(file: ProjectFile, **words: str) -> list[PassageShown]:
    """Every passage that words mean, as the pages give them."""
    with file.view() as view:
        chosen = choose(view, words)
        found = find_passages(view, chosen)
        pages = read_passages(view, chosen, [one.id for one in found.sources])
        return [shown for one in found.sources for shown in pages[one.id]]


@settings(max_examples=80)
@given(st.data())
def test_pages_have_every_passage_of_a_filter_once(template_project: Path, data: st.DataObject) -> None:
    with random_project(template_project, data.draw) as view:
        chosen = random_filter(data.draw, view)
        expected = {one.id: one for one in coded_passages(view, chosen)}
        found = find_passages(view, chosen)
        assert found.total == len(expected)
        titles = [info.title for info in found.sources]
        assert titles == sorted(titles, key=str.casefold)
        for source in found.sources:
            page = read_passages(view, chosen, [source.id])[source.id]
            assert len(page) == source.passages
            for shown in page:
                assert shown.passage == expected.pop(shown.passage.id)
                assert source.observers == shown.passage.observers
                assert source.standing == shown.passage.standing
        assert not expected


@settings(max_examples=60)
@given(st.data())
def test_cell_means_just_the_passages_that_it_counts(template_project: Path, data: st.DataObject) -> None:
    with random_project(template_project, data.draw) as view:
        chosen = random_filter(data.draw, view)
        table = codes_by_observers(Ledger(), view, Measure.PASSAGES, chosen)
        assert len(table.codes) == len(table.comparison.rows)
        assert len(table.observers) == len(table.comparison.columns)
        for row, cells in enumerate(table.comparison.cells):
            for column, number in enumerate(cells):
                assert find_passages(view, table.behind(row, column)).total == number


def test_rows_are_the_codes_in_the_order_of_the_tree_and_coders_are_all_there_are(small_project: ProjectFile) -> None:
    with small_project.view() as view:
        (oda,) = view.find(Person, name="Oda")
        table = codes_by_observers(Ledger(), view, Measure.SOURCES, PassageFilter(coders=frozenset({oda.id})))
        assert [(one.depth, one.code.name) for one in table.codes] == [
            (0, "Collaboration"),
            (1, "Who decides"),
            (1, "Whose time"),
            (0, "Protest"),
            (0, "Sense-making"),
        ]
        assert table.codes[1].path == "Collaboration / Who decides"
        assert [name for _, name in table.coders] == ["Oda", "Wren"]
        assert table.comparison.columns == ("Wren", "Ilse", "Bashir")
        assert table.comparison.measure is Measure.SOURCES


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
        table = codes_by_observers(Ledger(), view, Measure.PASSAGES, EVERYTHING)
        ines, kim = (table.behind(0, column) for column in range(2))
        assert find_passages(view, ines).total == table.comparison.cells[0][0] == 1
        assert table.comparison.cells == ((1, 0),)
        assert find_passages(view, kim).total == 0


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
        found = find_passages(view, PassageFilter(codes=frozenset({protest.id})))
        assert [(one.title, one.passages) for one in found.sources] == [("Note 0", 1), ("Note 1", 2), ("Note 2", 3)]
        assert found.total == 6
