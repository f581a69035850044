"""Moments of an event as they are chosen from, as columns, and with the divergences of their words."""

import pytest

from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import MomentId
from polyvocal.domain.moments import Moment, MomentAnchor
from polyvocal.domain.words import Alignment, DivergenceKind, DivergenceStanding, ReadingState, SourceKind, Standing
from polyvocal.services.commands.divergences import add_divergence, settle_divergences
from polyvocal.services.commands.moments import add_anchors, add_moment, remove_anchors
from polyvocal.services.commands.passage import Passage
from polyvocal.services.commands.people import add_person
from polyvocal.services.commands.setting import add_event
from polyvocal.services.queries.moment_columns import MomentInColumns, moment_in_columns
from polyvocal.services.queries.moment_divergences import divergences_of_moment
from polyvocal.services.queries.moments_of_event import ListedMoment, MomentsOfEvent, moments_of_event
from polyvocal.store.file import ProjectFile
from tests.conftest import TEXTS
from tests.services.test_commands_moments import ILSE, WREN, words
from tests.services.test_moments import DAY_NOTE, day_note, mark_times, take_in

__all__ = ["day_note"]


def listed(project: ProjectFile) -> MomentsOfEvent:
    with project.view() as view:
        return moments_of_event(view, None)


def moment(project: ProjectFile, title: str) -> ListedMoment:
    return next(one for one in listed(project).moments if one.place.title == title)


def columns(project: ProjectFile, title: str) -> MomentInColumns:
    with project.view() as view:
        return moment_in_columns(view, moment(project, title).moment)


def test_sessions_without_a_moment_are_listed_as_unsaved_ones(small_project: ProjectFile) -> None:
    found = listed(small_project)
    assert [(one.place.title, one.is_saved, one.moment.id) for one in found.moments] == [
        ("Plenary", False, 0),
        ("Corridor", False, 0),
    ]
    assert [one.parallel for one in found.moments] == [("Corridor",), ("Plenary",)]
    add_moment(small_project, session="Plenary")
    add_moment(small_project, session="Plenary", starts="10:30")
    assert sum(one.moment.session is not None and not one.is_saved for one in listed(small_project).moments) == 1


def test_event_with_most_moments_is_chosen_where_none_is_named(small_project: ProjectFile) -> None:
    add_event(small_project, title="Another", starts="2023-05-14")
    found = listed(small_project)
    assert [one.title for one in found.events] == ["Another", "Launch"]
    assert found.event is not None
    assert found.event.title == "Launch"
    add_moment(small_project, title="A", event="Another")
    assert listed(small_project).event == found.events[0]


def test_as_many_are_said_to_have_written_as_have_accounts(day_note: ProjectFile) -> None:
    add_moment(day_note, title="All day", event="Launch", starts="2024-05-14")
    add_moment(day_note, title="Pay", event="Launch", starts="10:20", ends="10:50")
    add_moment(day_note, title="Night", event="Launch", starts="2024-05-15 01:00", ends="2024-05-15 02:00")
    take_in(day_note, "Signs, Tam", "10:20 —\n\n10:50 — —\n", observer="Tam")
    mark_times(day_note, "Signs, Tam", "10:20 —\n\n10:50 — —\n", "10:20", "10:50")
    for one in listed(day_note).moments:
        found = columns(day_note, one.place.title)
        assert one.observers == len({name for column in found.columns for name in column.names}), one.place.title


def test_column_says_who_wrote_how_much_and_who_has_read_it(small_project: ProjectFile) -> None:
    found = columns(small_project, "Plenary")
    wren, ilse = found.columns
    assert (wren.names, wren.standing, wren.positions) == (("Wren",), Standing.ETHNOGRAPHER, ("Table 2",))
    assert (ilse.names, ilse.positions) == (("Ilse",), ())
    (account,) = wren.accounts
    assert (account.words, account.of_words) == (48, 48)
    assert account.aligned == (Alignment.SESSION,)
    assert account.is_certain
    assert [(one.coder, one.state) for one in ilse.accounts[0].read_by] == [("Oda", ReadingState.READ_TO_HERE)]
    assert [one.name for one in found.without] == ["Bashir"]


def test_course_goes_through_the_times_that_are_marked(day_note: ProjectFile) -> None:
    add_moment(day_note, title="Morning", event="Launch", starts="2024-05-14 09:50", ends="2024-05-14 11:40")
    (mine,) = (one for one in columns(day_note, "Morning").columns if one.names == ("Sorrel",))
    course = mine.accounts[0].course
    assert course.share(DAY_NOTE.index("10:10")) == pytest.approx(20 / 110)
    assert course.share(DAY_NOTE.index("10:30")) == pytest.approx(40 / 110)


def test_text_without_an_observer_is_the_last_column(small_project: ProjectFile) -> None:
    add_person(small_project, name="Tam")
    take_in(small_project, "Ours", "We wrote.\n", observer="Tam", session="Plenary")
    assert [one.names for one in columns(small_project, "Plenary").columns] == [("Wren",), ("Ilse",), ("Tam",)]
    take_in(
        small_project,
        "Nobody's",
        "It was written.\n",
        observer=None,
        session="Plenary",
        kind=SourceKind.PAPER,
    )
    assert columns(small_project, "Plenary").columns[-1].names == ()


def test_anchors_are_taken_away_together_or_not_at_all(small_project: ProjectFile) -> None:
    add_moment(small_project, title="M", session="Plenary")
    for source, said in ((WREN, "Nobody answers"), (ILSE, "le café refroidit")):
        add_anchors(small_project, moment="M", passages=[words(source, said)])
    with small_project.view() as view:
        anchors = [str(one.id) for one in view.all(MomentAnchor)]
    with pytest.raises(UserError):
        remove_anchors(small_project, [*anchors, "1"])
    with small_project.view() as view:
        assert len(view.all(MomentAnchor)) == 2
    remove_anchors(small_project, anchors)
    small_project.undo()
    with small_project.view() as view:
        assert len(view.all(MomentAnchor)) == 2


def test_divergences_of_a_moment_are_its_own_and_those_of_its_words(small_project: ProjectFile) -> None:
    add_moment(small_project, title="M", session="Plenary")
    passages = [words(WREN, "Nobody answers"), words(ILSE, "le café refroidit")]
    add_divergence(small_project, kind=DivergenceKind.MEANING, title="Own", moment="M", passages=passages)
    add_divergence(small_project, kind=DivergenceKind.MEANING, title="Of words", passages=passages)
    other = [Passage("Corridor, Bashir", 0, len(TEXTS["Corridor, Bashir"])), Passage("On the train", 0, 4)]
    add_divergence(small_project, kind=DivergenceKind.MEANING, title="Elsewhere", passages=other)
    found = columns(small_project, "M")
    with small_project.view() as view:
        here = divergences_of_moment(view, found.asked.id, found.words)
        assert [(one.row.title, one.of_this) for one in here] == [("Own", True), ("Of words", False)]
        assert [one.row.title for one in divergences_of_moment(view, MomentId(0), found.words)] == ["Own", "Of words"]
    assert (moment(small_project, "M").divergences, moment(small_project, "M").open) == (1, 1)
    settle_divergences(small_project, ["Own"], DivergenceStanding.KEPT)
    assert (moment(small_project, "M").divergences, moment(small_project, "M").open) == (1, 0)


def test_any_stretch_of_time_can_be_read_as_columns(day_note: ProjectFile) -> None:
    event = listed(day_note).event
    assert event is not None
    asked = Moment(id=MomentId(0), event=event.id, starts="2024-05-14T10:10", ends="2024-05-14T10:30")
    with day_note.view() as view:
        found = moment_in_columns(view, asked)
    (mine,) = (one for one in found.columns if one.names == ("Sorrel",))
    assert [one.text for one in mine.accounts[0].account.passages] == ["10:10 The chair opens.\n"]
