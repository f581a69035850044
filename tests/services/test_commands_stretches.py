"""Saying of parts of a text that they are about another session or phase."""

import pytest

from polyvocal.domain.errors import UserError
from polyvocal.domain.records import Session, Source, SourceVersion, Stretch
from polyvocal.domain.words import Phase
from polyvocal.services.choice import choose
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.memos import add_memo
from polyvocal.services.commands.passage import Passage
from polyvocal.services.commands.removal import remove
from polyvocal.services.commands.setting import add_event, add_session
from polyvocal.services.commands.sources import correct_source
from polyvocal.services.commands.stretches import Cut, Relation, add_stretch, cut_at, cut_into_stretches
from polyvocal.services.queries.occasions import occasions
from polyvocal.services.queries.passages import coded_passages
from polyvocal.services.queries.stretches import StretchHere, list_stretches, stretches_here
from polyvocal.store.file import ProjectFile
from tests.conftest import TEXTS

NOTE = "Plenary, Wren"
LENGTH = len(TEXTS[NOTE])


def here(file: ProjectFile) -> tuple[StretchHere, ...]:
    with file.view() as view:
        (source,) = view.find(Source, title=NOTE)
        return stretches_here(view, source.id)


def version_of(file: ProjectFile) -> SourceVersion:
    with file.view() as view:
        (source,) = view.find(Source, title=NOTE)
        return view.find(SourceVersion, source=source.id)[-1]


def told(file: ProjectFile) -> list[tuple[tuple[int, int] | None, str, bool]]:
    """(place, label, whether it is a stretch) of the parts of Wren's plenary."""
    return [(one.place, one.label, one.id is not None) for one in here(file)]


def about(session: str | None = None, phase: Phase | None = None, event: str | None = None) -> Relation:
    return Relation(event, session, phase)


def test_stretch_is_of_the_event_of_its_source_and_the_rest_keeps_the_default(small_project: ProjectFile) -> None:
    add_stretch(small_project, Passage(NOTE, 0, 20), about("Corridor", Phase.BEFORE))
    assert told(small_project) == [((0, 20), "Corridor, before", True), ((20, LENGTH), "Plenary, during", False)]
    with small_project.view() as view:
        (row,) = list_stretches(view)
    assert (row.source_title, row.start, row.end, row.event, row.session, row.phase, row.gone) == (
        NOTE, 0, 20, "Launch", "Corridor", "before", False,
    )  # fmt: skip


def test_stretches_of_one_event_do_not_overlap_but_those_of_two_may(small_project: ProjectFile) -> None:
    add_event(small_project, title="Harvest")
    add_stretch(small_project, Passage(NOTE, 10, 20), about("Corridor"))
    with pytest.raises(UserError, match=r"overlaps the stretch from 10 to 20 \('Corridor', during, \d+\)"):
        add_stretch(small_project, Passage(NOTE, 19, 30), about(phase=Phase.AFTER))
    add_stretch(small_project, Passage(NOTE, 20, 30), about(phase=Phase.AFTER))
    add_stretch(small_project, Passage(NOTE, 5, 25), about(phase=Phase.BEFORE, event="Harvest"))
    assert [one.label for one in here(small_project) if one.id] == ["before", "Corridor, during", "after"]


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (4, 4), (9, 3), (0, LENGTH + 1)])
def test_span_that_is_not_in_the_text_is_refused(small_project: ProjectFile, start: int, end: int) -> None:
    with pytest.raises(UserError, match="there is no passage from"):
        add_stretch(small_project, Passage(NOTE, start, end), about("Corridor"))


def test_session_of_another_event_is_refused(small_project: ProjectFile) -> None:
    add_event(small_project, title="Harvest")
    add_session(small_project, title="Bells", event="Harvest")
    with small_project.view() as view:
        (bells,) = view.find(Session, title="Bells")
    with pytest.raises(UserError, match="is not of the event 'Launch'"):
        add_stretch(small_project, Passage(NOTE, 0, 9), about(str(bells.id)))
    with pytest.raises(UserError, match="about something"):
        add_stretch(small_project, Passage(NOTE, 0, 9), about())


def test_stretch_follows_its_words_and_one_without_words_comes_last(small_project: ProjectFile) -> None:
    add_stretch(small_project, Passage(NOTE, 6, 17), about("Corridor"))
    add_stretch(small_project, Passage(NOTE, 0, 5), about(phase=Phase.BEFORE))
    seen = version_of(small_project)
    correct_source(small_project, source=NOTE, edits=[(0, 6, "")])
    assert told(small_project)[0] == ((0, 11), "Corridor, during", True)
    assert told(small_project)[-1] == (None, "before", True)
    add_stretch(small_project, Passage(NOTE, 18, 24, seen.id), about(phase=Phase.AFTER))
    assert told(small_project)[2] == ((12, 18), "after", True)
    with pytest.raises(UserError, match="corrected away"):
        add_stretch(small_project, Passage(NOTE, 1, 4, seen.id), about(phase=Phase.AFTER))


def test_text_is_cut_as_one_operation_and_cut_anew(small_project: ProjectFile) -> None:
    cuts = [Cut(10, "Corridor"), Cut(0, None, Phase.BEFORE), Cut(30), Cut(40, "Plenary", Phase.AFTER)]
    cut_into_stretches(small_project, source=NOTE, cuts=cuts)
    assert told(small_project) == [
        ((0, 10), "before", True),
        ((10, 30), "Corridor, during", True),
        ((30, 40), "Plenary, during", False),
        ((40, LENGTH), "Plenary, after", True),
    ]
    cut_into_stretches(small_project, source=NOTE, cuts=[Cut(5, "Corridor")])
    assert told(small_project) == [((0, 5), "Plenary, during", False), ((5, LENGTH), "Corridor, during", True)]
    small_project.undo()
    assert len(told(small_project)) == 4
    cut_into_stretches(small_project, source=NOTE, cuts=[], event="Launch")
    assert told(small_project) == []


@pytest.mark.parametrize("cuts", [[Cut(0, "Corridor"), Cut(0, "Plenary")], [Cut(LENGTH, "Corridor")], [Cut(-1, "X")]])
def test_cut_outside_the_text_or_twice_at_a_place_changes_nothing(small_project: ProjectFile, cuts: list[Cut]) -> None:
    with pytest.raises(UserError, match="cannot be cut at"):
        cut_into_stretches(small_project, source=NOTE, cuts=cuts)
    assert told(small_project) == []


def test_cut_at_a_place_ends_the_stretch_there_and_goes_on_to_where_it_ended(small_project: ProjectFile) -> None:
    add_stretch(small_project, Passage(NOTE, 10, 30), about("Corridor"))
    cut_at(small_project, source=NOTE, at=20, relation=about(phase=Phase.AFTER))
    assert told(small_project)[1:3] == [((10, 20), "Corridor, during", True), ((20, 30), "after", True)]
    cut_at(small_project, source=NOTE, at=4, relation=about(phase=Phase.BEFORE))
    cut_at(small_project, source=NOTE, at=30, relation=about("Corridor", Phase.DURING))
    cut_at(small_project, source=NOTE, at=10, relation=about("Plenary"))
    assert told(small_project) == [
        ((0, 4), "Plenary, during", False),
        ((4, 10), "before", True),
        ((10, 20), "Plenary, during", True),
        ((20, 30), "after", True),
        ((30, LENGTH), "Corridor, during", True),
    ]


def test_stretch_is_changed_in_words_and_removed(small_project: ProjectFile) -> None:
    add_stretch(small_project, Passage(NOTE, 0, 20), about("Corridor", Phase.BEFORE))
    with small_project.view() as view:
        reference = str(view.all(Stretch)[0].id)
    change(small_project, "stretch", reference, {"session": "Plenary", "phase": ""})
    assert told(small_project)[0] == ((0, 20), "Plenary", True)
    add_event(small_project, title="Harvest")
    change(small_project, "stretch", reference, {"event": "Harvest", "phase": "after"})
    assert next((one.event, one.session, one.phase) for one in here(small_project)) == ("Harvest", None, "after")
    for wrong in ({"event": ""}, {"phase": "soon"}, {"start": "30"}):
        with pytest.raises(UserError):
            change(small_project, "stretch", reference, wrong)
    remove(small_project, "stretch", reference)
    assert told(small_project) == []


def test_changed_event_must_not_make_stretches_overlap(small_project: ProjectFile) -> None:
    add_event(small_project, title="Harvest")
    add_stretch(small_project, Passage(NOTE, 0, 20), about("Corridor"))
    add_stretch(small_project, Passage(NOTE, 5, 9), about(event="Harvest"))
    with small_project.view() as view:
        one, other = view.all(Stretch)
    with pytest.raises(UserError, match="overlaps the stretch"):
        change(small_project, "stretch", str(one.id), {"event": "Harvest"})
    with pytest.raises(UserError, match="overlaps the stretch"):
        change(small_project, "session", "Corridor", {"event": "Harvest"})
    remove(small_project, "stretch", str(other.id))
    change(small_project, "session", "Corridor", {"event": "Harvest"})
    assert here(small_project)[0].event == "Harvest"


def test_session_with_a_stretch_is_needed_and_a_source_goes_with_its_stretches(small_project: ProjectFile) -> None:
    add_session(small_project, title="Lunch", event="Launch")
    add_stretch(small_project, Passage("On the train", 0, 9), about("Lunch"))
    with pytest.raises(UserError, match="still needed by 1 stretch"):
        remove(small_project, "session", "Lunch")
    with small_project.view() as view:
        (reference,) = [str(one.id) for one in view.all(Stretch)]
        ids = [one.id for one in coded_passages(view, choose(view, {"source": "On the train"}))]
    for coding in ids:
        remove(small_project, "coding", str(coding))
    remove(small_project, "source", "On the train")
    with small_project.view() as view:
        assert view.count(Stretch) == 0
    small_project.undo()
    remove(small_project, "stretch", reference)
    remove(small_project, "session", "Lunch")


def test_note_stands_in_the_tree_under_each_session_of_its_parts(small_project: ProjectFile) -> None:
    cut_into_stretches(small_project, source=NOTE, cuts=[Cut(0, "Corridor", Phase.DURING), Cut(9, None, Phase.AFTER)])
    with small_project.view() as view:
        (series,) = occasions(view, None, {})
    (event,) = series.branches
    stands = [
        (phase.title, session.title, leaf.title)
        for phase in event.branches
        for session in phase.branches
        for leaf in session.sources
    ]
    assert [(session, leaf) for _, session, leaf in stands if leaf == NOTE] == [("Corridor", NOTE)]
    assert any(leaf.title == NOTE for phase in event.branches for leaf in phase.sources)


def test_phase_that_is_not_said_is_that_of_the_session(small_project: ProjectFile) -> None:
    add_session(
        small_project, title="Journey", event="Launch", starts="2024-05-14T08:00+01:00", ends="2024-05-14T09:00+01:00"
    )
    add_stretch(small_project, Passage(NOTE, 0, 9), about("Journey"))
    add_stretch(small_project, Passage(NOTE, 9, 12), about("Journey", Phase.AFTER))
    assert [one.label for one in here(small_project) if one.id] == ["Journey, before", "Journey, after"]


def test_stretch_that_a_memo_is_about_is_not_cut_anew(small_project: ProjectFile) -> None:
    made = add_stretch(small_project, Passage(NOTE, 5, 20), about(phase=Phase.BEFORE)).created("stretch")[0]
    add_memo(small_project, text="hm", about=("stretch", str(made)))
    with pytest.raises(UserError, match="still needed by 1 memo"):
        cut_into_stretches(small_project, source=NOTE, cuts=[Cut(0, None, Phase.AFTER)])
    with pytest.raises(UserError, match="still needed by 1 memo"):
        cut_at(small_project, source=NOTE, at=5, relation=about(phase=Phase.AFTER))
