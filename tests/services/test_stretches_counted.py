"""What stretches and layers do to the numbers, the states and the captions of tables, and to lists of codings."""

from dataclasses import replace

import pytest

from polyvocal.domain.passages import PassageQuery
from polyvocal.domain.records import Source
from polyvocal.domain.words import Doing, LayerName, Phase
from polyvocal.services.analysis.compare import Dimension, Measure
from polyvocal.services.choice import choose
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.layers import LayerDraft, mark_layers
from polyvocal.services.commands.passage import Passage
from polyvocal.services.commands.removal import remove
from polyvocal.services.commands.setting import add_event, add_session
from polyvocal.services.commands.sources import correct_source
from polyvocal.services.commands.stretches import Relation, add_stretch
from polyvocal.services.queries.listing import list_events, list_sessions, list_sources
from polyvocal.services.queries.passage_list import passages_at
from polyvocal.services.queries.passages import coded_passages
from polyvocal.services.queries.setting import load_setting
from polyvocal.services.queries.stretches import list_stretches
from polyvocal.store.file import ProjectFile
from tests.services.compare_studies import code, compared, line, numbers, observer, write

CODE, SESSION, PHASE, OBSERVER = Dimension.CODE, Dimension.SESSION, Dimension.PHASE, Dimension.OBSERVER


@pytest.fixture
def study(project: ProjectFile) -> ProjectFile:
    """Ines wrote on the train, through the plenary and lunch; codings at 0-10, on the border 50-60, and at 70-80."""
    add_event(project, title="Launch")
    for title in ("Plenary", "Lunch", "Dinner"):
        add_session(project, title=title, event="Launch")
    add_code(project, name="Protest")
    write(project, "Note", "Ines", session="Plenary", tens=10)
    write(project, "Other", "Kim", session="Plenary", tens=10)
    for start in (0, 50, 70):
        code(project, "Note", start, start + 10)
    code(project, "Other", 0, 10)
    add_stretch(project, Passage("Note", 0, 20), Relation(None, None, Phase.BEFORE))
    add_stretch(project, Passage("Note", 55, 65), Relation(None, "Lunch", Phase.DURING))
    return project


def test_passage_on_a_border_counts_in_both_sessions_and_the_caption_says_so(study: ProjectFile) -> None:
    table = compared(study, SESSION, CODE)
    assert numbers(table) == {("Plenary", "Protest"): 3, ("Lunch", "Protest"): 1}
    assert "1 text cut into stretches: a passage counts in each session and phase that it touches" in table.caption
    assert "belong to no row or no column (1)" in table.caption  # on the train, in no session
    assert numbers(compared(study, PHASE, CODE)) == {("before", "Protest"): 1, ("during", "Protest"): 3}


def test_caption_is_silent_where_sessions_and_phases_are_not_asked_for(study: ProjectFile) -> None:
    assert "cut into stretches" not in compared(study).caption
    assert "cut into stretches" in compared(study, phase="during").caption
    assert "cut into stretches" not in compared(study, SESSION, CODE, source="Other").caption


def test_filter_means_the_passages_that_the_cell_counts(study: ProjectFile) -> None:
    for words, expected in (
        ({"session": "Lunch"}, [50]),
        ({"session": "Plenary"}, [0, 50, 70]),
        ({"phase": "before"}, [0]),
        ({"phase": "during"}, [0, 50, 70]),
        ({"session": "Lunch", "phase": "before"}, []),
        ({"session": "Dinner"}, []),
    ):
        with study.view() as view:
            chosen = choose(view, words)
            found = list(coded_passages(view, chosen))
            assert sorted(one.start for one in found) == expected
            assert len(passages_at(view, PassageQuery(chosen))) == len(expected)
        assert sum(map(sum, compared(study, **words).cells)) == len(expected)  # type: ignore[arg-type]


def test_listed_coding_says_its_own_sessions_and_phases(study: ProjectFile) -> None:
    with study.view() as view:
        note = [one for one in coded_passages(view) if one.source_title == "Note"]
        titles = {one.title: one for one in list_sources(view)}
        assert [(one.event, one.session, one.phase) for one in note] == [
            ("Launch", None, "before"),
            ("Launch", "Plenary; Lunch", "during"),
            ("Launch", "Plenary", "during"),
        ]
        assert titles["Note"].session == "Plenary; Lunch"
        assert [(one.title, one.sources) for one in list_sessions(view)] == [
            ("Plenary", 2),
            ("Lunch", 1),
            ("Dinner", 0),
        ]
        assert [one.sources for one in list_events(view)] == [2]


def test_account_of_a_stretch_is_an_account_of_its_session(study: ProjectFile) -> None:
    observer(study, "Ulla", Lunch=Doing.OBSERVING)
    remove(study, "coding", str(_coding_at(study, 50)))
    table = compared(study, SESSION, OBSERVER)
    assert line(table, "Lunch") == {
        "Ines": "written, not yet read",
        "Kim": "not known",
        "Ulla": "present, nothing written",
    }
    assert line(table, "Plenary")["Ines"] == "coded"
    assert (
        table.heads[0].words == compared(study, session="Lunch").heads[0].words
    )  # whole accounts, as the caption says


def _coding_at(file: ProjectFile, start: int) -> int:
    with file.view() as view:
        (found,) = [one.id for one in coded_passages(view) if one.start == start and one.source_title == "Note"]
    return found


def test_session_of_a_source_counts_no_more_once_stretches_cover_all_of_it(study: ProjectFile) -> None:
    with study.view() as view:
        length = next(info.current.length for info in load_setting(view).sources if info.source.title == "Note")
    add_stretch(study, Passage("Note", 20, 55), Relation(None, "Lunch", Phase.DURING))
    add_stretch(study, Passage("Note", 65, length), Relation(None, None, Phase.AFTER))
    assert numbers(compared(study, SESSION, OBSERVER)) == {("Plenary", "Kim"): 1, ("Lunch", "Ines"): 1}
    with study.view() as view:
        assert {one.title: one.session for one in list_sources(view)} == {"Note": "Lunch", "Other": "Plenary"}


def test_share_of_a_session_is_of_the_whole_accounts(study: ProjectFile) -> None:
    share = numbers(compared(study, SESSION, CODE, Measure.SHARE))
    assert share["Lunch", "Protest"] == 10 / 30  # ten of the thirty characters that anybody has read, by coding them


def test_layer_leaves_the_passages_that_touch_it_and_the_caption_says_so(study: ProjectFile) -> None:
    mark_layers(study, source="Note", drafts=[LayerDraft(59, 71, LayerName.REFLECTION)])
    table = compared(study, SESSION, CODE, layer="reflection")
    assert numbers(table) == {("Plenary", "Protest"): 2, ("Lunch", "Protest"): 1}
    assert "Only layer: reflection." in table.caption
    assert "A passage is of a layer where it shares a character" in table.caption
    assert sum(map(sum, compared(study, layer="aside").cells)) == 0  # type: ignore[arg-type]


def test_gone_passage_has_the_occasions_that_the_text_has(study: ProjectFile) -> None:
    with study.view() as view:
        (info,) = [one for one in load_setting(view).sources if one.source.title == "Note"]
        assert {one.session for one in info.relations_of(0, 0)} == {info.occasions[0].session}
        assert replace(info, runs=()).relations_of(0, 0) == info.occasions
        assert view.count(Source) == 2


def test_source_whose_stretches_were_corrected_away_is_what_it_is_as_a_whole(study: ProjectFile) -> None:
    remove(study, "stretch", str(_stretch_of(study, "Lunch")))
    correct_source(study, source="Note", edits=[(0, 20, "")])
    with study.view() as view:
        chosen = choose(view, {"phase": "before"})
        assert list(coded_passages(view, chosen)) == []
        assert len(passages_at(view, PassageQuery(chosen))) == 0
    assert "cut into stretches" not in compared(study, SESSION, CODE).caption


def _stretch_of(file: ProjectFile, session: str) -> int:
    with file.view() as view:
        (found,) = [one.id for one in list_stretches(view) if one.session == session]
    return found


def test_passage_without_words_is_counted_and_listed_by_what_the_whole_text_is_about(study: ProjectFile) -> None:
    correct_source(study, source="Note", edits=[(0, 10, "")])
    for phase, starts in (("before", []), ("during", [0, 40, 60])):
        with study.view() as view:
            chosen = choose(view, {"phase": phase, "source": "Note"})
            assert sorted(one.start for one in coded_passages(view, chosen)) == starts
            assert len(passages_at(view, PassageQuery(chosen))) == len(starts)
