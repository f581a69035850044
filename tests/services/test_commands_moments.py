"""Moments and their anchors: entered, changed, removed, led through corrections; what cannot be is refused."""

from typing import Any

import pytest

from polyvocal.domain.errors import UserError
from polyvocal.domain.moments import Moment, MomentAnchor
from polyvocal.domain.records import Memo, Session
from polyvocal.domain.spans import Span
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.ends import move_ends
from polyvocal.services.commands.memos import add_memo
from polyvocal.services.commands.moments import add_anchors, add_moment
from polyvocal.services.commands.passage import Passage
from polyvocal.services.commands.removal import remove
from polyvocal.services.commands.setting import add_event, add_session
from polyvocal.services.commands.sources import correct_source
from polyvocal.services.queries.moment_lists import list_anchors, list_moments
from polyvocal.services.queries.passages import coded_passages
from polyvocal.services.queries.project import history
from polyvocal.services.queries.search import find_words
from polyvocal.services.queries.steps import step_in_words
from polyvocal.store.file import ProjectFile
from tests.conftest import TEXTS

WREN, ILSE = "Plenary, Wren", "Plenary, Ilse"


def moments(project: ProjectFile) -> list[Moment]:
    with project.view() as view:
        return view.all(Moment)


def words(source: str, wanted: str) -> Passage:
    start = TEXTS[source].index(wanted)
    return Passage(source, start, start + len(wanted))


def test_session_is_a_moment_of_its_event(small_project: ProjectFile) -> None:
    add_moment(small_project, session="Plenary")
    (made,) = moments(small_project)
    with small_project.view() as view:
        (plenary,) = view.find(Session, title="Plenary")
        (row,) = list_moments(view)
    assert (made.event, made.session, made.title) == (plenary.event, plenary.id, None)
    assert (row.title, row.event, row.begins) == ("Plenary", "Launch", "2024-05-14T10:00:00+01:00")


def test_clock_without_a_day_is_on_that_of_the_session(small_project: ProjectFile) -> None:
    add_moment(small_project, title="The question", session="Plenary", starts="10:20", ends="10:35")
    (made,) = moments(small_project)
    assert (made.starts, made.ends) == ("2024-05-14T10:20", "2024-05-14T10:35")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("20240514T1045", "2024-05-14T10:45"),
        ("2024-W20-2", "2024-05-14"),
        ("2024-05-14 10:45+02:00", "2024-05-14T10:45+02:00"),
        ("20240514T104530Z", "2024-05-14T10:45:30+00:00"),
    ],
)
def test_time_in_any_form_of_iso_8601_is_kept_in_one(small_project: ProjectFile, given: str, kept: str) -> None:
    add_moment(small_project, session="Plenary", starts=given)
    assert moments(small_project)[0].starts == kept


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "needs a title"),
        ({"session": "Plenary", "starts": "9999-12-31"}, "in the year 9999: write a year from 1000 to 2999"),
        ({"session": "Plenary", "starts": "0001-01-01 00:00"}, "in the year 1: write a year from"),
        (
            {"session": "Plenary", "starts": "22:10", "ends": "00:20"},
            "after midnight, write its day .* 2024-05-15 00:20",
        ),
        ({"event": "Launch", "starts": "2024-03-31 01:30"}, "the clocks were put forward"),
        ({"event": "Launch", "starts": "2024-10-27 01:30"}, "which by its offset, 2024-10-27T01:30.01:00 or 2024"),
        (
            {"session": "Plenary", "starts": "2023-05-14 10:00"},
            "on 2023-05-14, and the session 'Plenary' was on 2024-05-14",
        ),
        ({"event": "Elsewhere", "starts": "2024-05-14 10:00+01:00", "ends": "2024-05-14 11:00"}, "an offset"),
        ({"title": " ", "starts": None}, "name that is not empty"),
        ({"ends": "10:30"}, "from when"),
        ({"starts": "10:30", "ends": "10:20"}, "before it starts"),
        ({"starts": "half past"}, "write it as"),
        ({"starts": "25:00"}, "start of the moment"),
        ({"event": "Launch", "session": "Plenary", "starts": "2024-13-01"}, "write it as"),
    ],
)
def test_moment_that_could_not_be_found_in_the_event_is_refused(
    small_project: ProjectFile, fields: dict[str, Any], told: str
) -> None:
    with pytest.raises(UserError, match=told):
        add_moment(small_project, **fields)
    assert moments(small_project) == []


def test_clock_without_a_day_is_refused_where_the_event_is_on_two(small_project: ProjectFile) -> None:
    add_event(small_project, title="Two days", starts="2024-05-14", ends="2024-05-15")
    with pytest.raises(UserError, match="not known on which day"):
        add_moment(small_project, event="Two days", starts="10:30")
    with pytest.raises(UserError, match="of which"):
        add_moment(small_project, starts="2024-05-14T10:30")


def test_fields_of_a_moment_are_changed_and_it_never_becomes_nothing(small_project: ProjectFile) -> None:
    add_moment(small_project, session="Plenary", starts="10:20")
    (made,) = moments(small_project)
    change(small_project, "moment", str(made.id), {"title": "The question", "ends": "10:35", "session": ""})
    (made,) = moments(small_project)
    assert (made.title, made.session, made.starts, made.ends) == (
        "The question", None, "2024-05-14T10:20", "2024-05-14T10:35",
    )  # fmt: skip
    change(small_project, "moment", "The question", {"starts": "", "ends": ""})
    with pytest.raises(UserError, match="needs a title"):
        change(small_project, "moment", "The question", {"title": ""})
    with pytest.raises(UserError, match="of an event"):
        change(small_project, "moment", "The question", {"event": ""})


def test_moment_follows_its_session_into_another_event(small_project: ProjectFile) -> None:
    add_moment(small_project, session="Corridor")
    add_event(small_project, title="Harvest")
    change(small_project, "session", "Corridor", {"event": "Harvest"})
    (made,) = moments(small_project)
    with small_project.view() as view:
        (session,) = view.find(Session, title="Corridor")
    assert made.event == session.event


def test_session_of_another_event_does_not_stay_with_a_moment(small_project: ProjectFile) -> None:
    add_moment(small_project, title="Asking", session="Plenary")
    add_event(small_project, title="Harvest", starts="2024-06-14")
    add_session(small_project, title="Opening", event="Harvest")
    change(small_project, "moment", "Asking", {"event": "Harvest"})
    assert moments(small_project)[0].session is None
    change(small_project, "moment", "Asking", {"session": "Opening"})
    with pytest.raises(UserError, match="session"):
        change(small_project, "moment", "Asking", {"event": "Launch", "session": str(_opening(small_project))})


def _opening(project: ProjectFile) -> int:
    with project.view() as view:
        return view.find(Session, title="Opening")[0].id


def test_anchors_are_marked_moved_and_led_through_corrections(small_project: ProjectFile) -> None:
    paid = words(WREN, "“Who is paid to be here?”")
    add_moment(small_project, title="The question", passages=[paid])
    add_anchors(small_project, moment="The question", passages=[words(ILSE, "aucune question")])
    correct_source(small_project, source=WREN, edits=[(0, 5, "Ten. ")])
    with small_project.view() as view:
        wren, *_ = (one for one in list_anchors(view) if one.source_title == WREN)
    assert (wren.text, wren.gone, wren.observers, wren.moment) == (
        "“Who is paid to be here?”", False, ("Wren",), "The question",
    )  # fmt: skip
    move_ends(small_project, "anchor", str(wren.id), Span(wren.start, wren.start + 4))
    correct_source(small_project, source=WREN, edits=[(wren.start, wren.start + 4, "")])
    with small_project.view() as view:
        assert [(one.text, one.gone) for one in list_anchors(view) if one.id == wren.id] == [("“Who", True)]


def test_anchor_over_another_of_the_same_moment_is_refused(small_project: ProjectFile) -> None:
    paid = words(WREN, "“Who is paid to be here?”")
    add_moment(small_project, title="The question", passages=[paid])
    add_moment(small_project, title="Another", passages=[paid])
    with pytest.raises(UserError, match="overlaps what is marked of the same moment"):
        add_anchors(small_project, moment="The question", passages=[paid._replace(end=paid.end + 3)])
    add_anchors(small_project, moment="The question", passages=[paid._replace(start=paid.end, end=paid.end + 3)])
    with small_project.view() as view:
        first, second = view.find(MomentAnchor, moment=moments(small_project)[0].id)
    with pytest.raises(UserError, match="overlaps what is marked"):
        move_ends(small_project, "anchor", str(second.id), Span(first.start, second.end))


def test_moment_goes_with_its_anchors_unless_something_is_said_of_it(small_project: ProjectFile) -> None:
    add_moment(small_project, title="The question", passages=[words(WREN, "Nobody answers")])
    add_memo(small_project, text="Quiet.", about=("moment", "The question"))
    with pytest.raises(UserError, match="1 memo"):
        remove(small_project, "moment", "The question")
    with small_project.view() as view:
        remove(small_project, "memo", str(next(one.id for one in view.all(Memo) if one.text == "Quiet.")))
    remove(small_project, "moment", "The question")
    assert moments(small_project) == []
    small_project.undo()
    with small_project.view() as view:
        assert (view.count(Moment), view.count(MomentAnchor)) == (1, 1)


def test_session_that_is_a_moment_is_still_needed(small_project: ProjectFile) -> None:
    add_session(small_project, title="Tea", event="Launch")
    add_moment(small_project, session="Tea")
    with pytest.raises(UserError, match="1 moment"):
        remove(small_project, "session", "Tea")


def test_anchors_go_with_their_source(small_project: ProjectFile) -> None:
    add_moment(small_project, title="The question", passages=[words("On the train", "applause")])
    add_moment(small_project, title="Corridor talk", passages=[Passage("Corridor, Bashir", 0, 4)])
    for coding in _codings(small_project, "On the train"):
        remove(small_project, "coding", str(coding))
    remove(small_project, "source", "On the train")
    with small_project.view() as view:
        assert [one.moment for one in list_anchors(view)] == ["Corridor talk"]


def _codings(project: ProjectFile, source: str) -> list[int]:
    with project.view() as view:
        return [one.id for one in coded_passages(view) if one.source_title == source]


def test_moment_is_searched_and_named_in_the_history(small_project: ProjectFile) -> None:
    add_moment(small_project, title="The awkward question", passages=[words(WREN, "Nobody answers")])
    with small_project.view() as view:
        hits = [(one.kind, one.title) for one in find_words(view, "awkward", 10)]
        line = next(history(view))
    assert ("moment", "The awkward question") in hits
    assert step_in_words(line.kind, line.name) == "add the moment ‘The awkward question’"
