"""The list of moments: what is in it, in which order, how moments are entered, looked at without saving, and removed."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.errors import UserError
from polyvocal.domain.moments import Moment
from polyvocal.domain.words import CellState, DivergenceKind
from polyvocal.gui.dialogs.moment import MomentDialog
from polyvocal.gui.settings import Settings
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.theme import Theme
from polyvocal.gui.views.delegate import COUNT, MARK, SLANTED, SUBTITLE, TALLY, Lanes
from polyvocal.gui.views.moments_page import MomentsPage
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.divergences import add_divergence
from polyvocal.services.commands.moments import add_moment
from polyvocal.services.commands.passage import Passage
from polyvocal.services.commands.removal import remove
from polyvocal.services.commands.setting import add_event
from polyvocal.store.file import ProjectFile
from tests.gui.conftest import settle
from tests.gui.moments_steps import act, choose, dialog, key, moments, names, page, settle_page, shown, titles

__all__ = ["page"]

SAME_TIME = "At the same time"


def row(page: MomentsPage, title: str, role: int = Qt.ItemDataRole.AccessibleTextRole) -> object:
    (one,) = (one for one in page.list.model.moments if one.place.title == title)
    return page.list.model.index_of_moment(one.moment).data(role)


def test_sessions_are_listed_as_moments_by_day_with_how_many_wrote(page: MomentsPage) -> None:
    assert titles(page) == ["Tue 14 May 2024", SAME_TIME, "Plenary", "Corridor"]
    assert row(page, "Plenary", SUBTITLE) == "10:00–11:30"
    assert row(page, "Plenary", TALLY) == "2 wrote"
    assert row(page, "Plenary", SLANTED) is True
    assert row(page, "Plenary") == (
        "Plenary\n10:00–11:30\nAt the same time: Corridor\n2 observers wrote of it\n"
        "A session, looked at as a moment; it is not saved as one"
    )


def test_first_moment_that_several_wrote_of_is_shown_at_once(page: MomentsPage) -> None:
    assert page.title.text() == "Plenary"
    assert "not saved as a moment" in page.when.text()
    assert "2 observers wrote of it; without an account: Bashir (elsewhere)" in page.when.text()
    assert names(page) == ["Wren", "Ilse"]


def test_saved_moments_stand_in_order_and_one_without_time_last_with_why(qtbot: QtBot, page: MomentsPage) -> None:
    act(qtbot, page, lambda file: add_moment(file, title="A look", event="Launch"))
    act(
        qtbot,
        page,
        lambda file: add_moment(file, title="The question", session="Plenary", starts="10:30", ends="10:40"),
    )
    assert titles(page) == [
        "Tue 14 May 2024", SAME_TIME, "Plenary", "Corridor", "The question", "No time is known", "A look",
    ]  # fmt: skip
    assert row(page, "A look", SUBTITLE) == "Nothing is marked of it yet."
    assert row(page, "The question", SUBTITLE) == "10:30–10:40 · Plenary"
    assert not row(page, "The question", SLANTED)


def test_what_is_at_the_same_time_stands_beside_each_other_below_a_head(qtbot: QtBot, page: MomentsPage) -> None:
    act(qtbot, page, lambda file: change(file, "session", "Corridor", {"ends": "2024-05-14T11:00"}))
    lanes = [row(page, title, MARK) for title in ("Plenary", "Corridor")]
    assert [[one.here for one in each.lanes] for each in lanes if isinstance(each, Lanes)] == [
        [True, False],
        [False, True],
    ]
    (head,) = (one for one in page.list.model.nodes() if page.list.model.index_of(one).data() == SAME_TIME)
    index = page.list.model.index_of(head)
    assert index.data(COUNT) == "10:00–11:30"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "At the same time: Plenary, Corridor"
    assert not index.flags() & Qt.ItemFlag.ItemIsSelectable


def test_parallel_moment_whose_others_are_not_listed_says_so(qtbot: QtBot, page: MomentsPage) -> None:
    act(qtbot, page, lambda file: add_moment(file, title="M", session="Plenary"))
    both = [Passage("Plenary, Wren", 0, 4), Passage("Plenary, Ilse", 0, 4)]
    act(
        qtbot,
        page,
        lambda file: add_divergence(file, kind=DivergenceKind.ATTENTION, passages=both, moment="M"),
    )
    page.list.open_only.setChecked(True)
    assert titles(page) == ["Tue 14 May 2024", "M"]
    assert row(page, "M", SUBTITLE) == "10:00–11:30 ∥ · Plenary"


def test_moment_that_is_pointed_to_before_the_list_is_read_is_in_sight_then(qtbot: QtBot, sitting: Sitting) -> None:
    def add(file: ProjectFile) -> ChangeSet:
        return [add_moment(file, title=f"M{number:02}", session="Plenary") for number in range(40)][-1]

    sitting.bus.act(add)
    settle(qtbot, sitting)
    (last,) = sitting.bus.read(lambda view: view.find(Moment, title="M39"))
    page = MomentsPage(sitting)
    qtbot.addWidget(page)
    page.resize(1000, 500)
    page.point_to(last)
    page.show()
    settle_page(qtbot, page)
    tree = page.list.tree
    place = tree.visualRect(page.list.model.index_of_moment(last))
    assert tree.viewport().rect().intersects(place)
    page.show_moment(last)
    act(qtbot, page, lambda file: add_moment(file, title="Another", session="Corridor"))
    top = tree.verticalScrollBar().value()
    tree.verticalScrollBar().setValue(0)
    act(qtbot, page, lambda file: add_moment(file, title="A third", session="Corridor"))
    assert tree.verticalScrollBar().value() == 0 < top, "what is added elsewhere moves nothing"


def test_where_a_removed_moment_stood_its_session_is_shown_or_the_next(qtbot: QtBot, page: MomentsPage) -> None:
    act(qtbot, page, lambda file: add_moment(file, session="Corridor"))
    act(qtbot, page, lambda file: add_moment(file, title="A", session="Plenary", starts="10:40"))
    act(qtbot, page, lambda file: add_moment(file, title="B", session="Plenary", starts="10:50"))
    choose(qtbot, page, "A")
    act(qtbot, page, lambda file: remove(file, "moment", "A"))
    assert page.title.text() == "B"
    choose(qtbot, page, "Corridor")
    act(qtbot, page, lambda file: remove(file, "moment", "Corridor"))
    assert page.title.text() == "Corridor"
    assert "not saved as a moment" in page.when.text()


def test_session_that_is_saved_as_a_moment_is_listed_once(qtbot: QtBot, page: MomentsPage) -> None:
    act(qtbot, page, lambda file: add_moment(file, session="Plenary"))
    assert titles(page) == ["Tue 14 May 2024", SAME_TIME, "Corridor", "Plenary"]
    assert not row(page, "Plenary", SLANTED)


def test_moment_is_entered_in_the_dialog_and_shown(qtbot: QtBot, page: MomentsPage) -> None:
    page.acts.new.trigger()
    made = dialog(qtbot, MomentDialog)
    made.title.setText("Who is paid")
    made.session.setCurrentIndex(1)
    made.starts.setText("10:20")
    made.ends.setText("10:30")
    made.accept()
    settle_page(qtbot, page)
    (moment,) = moments(page)
    assert (moment.title, moment.starts, moment.ends) == ("Who is paid", "2024-05-14T10:20", "2024-05-14T10:30")
    assert page.list.shown is not None
    assert page.list.shown.id == moment.id
    assert page.title.text() == "Who is paid"


def test_moment_that_says_nothing_is_refused_in_the_dialog(qtbot: QtBot, page: MomentsPage) -> None:
    page.acts.new.trigger()
    made = dialog(qtbot, MomentDialog)
    made.accept()
    assert "Say of which session it is" in made.fault.text()
    assert made.isVisible()
    made.done(0)


def test_session_is_saved_as_a_moment_by_editing_it(qtbot: QtBot, page: MomentsPage) -> None:
    assert page.list.edit.text() == "Save…"
    page.acts.edit_moment()
    made = dialog(qtbot, MomentDialog)
    assert made.session.currentText() == "Plenary"
    made.accept()
    settle_page(qtbot, page)
    (moment,) = moments(page)
    assert page.list.shown is not None
    assert page.list.shown.id == moment.id
    assert page.list.edit.text() == "Edit…"


def test_moment_is_renamed_and_its_window_changed(qtbot: QtBot, page: MomentsPage) -> None:
    act(qtbot, page, lambda file: add_moment(file, title="M", session="Plenary", starts="10:30", ends="10:40"))
    choose(qtbot, page, "M")
    page.acts.edit_moment()
    made = dialog(qtbot, MomentDialog)
    assert (made.starts.text(), made.ends.text()) == ("2024-05-14 10:30", "2024-05-14 10:40")
    made.title.setText("Later")
    made.ends.setText("11:00")
    made.accept()
    settle_page(qtbot, page)
    (moment,) = moments(page)
    assert (moment.title, moment.ends) == ("Later", "2024-05-14T11:00")
    assert page.title.text() == "Later"
    assert "10:30–11:00" in page.when.text()


def test_removed_moment_gives_way_to_another_and_comes_back(qtbot: QtBot, page: MomentsPage) -> None:
    act(qtbot, page, lambda file: add_moment(file, title="M", session="Plenary"))
    choose(qtbot, page, "M")
    page.acts.remove_moment()
    settle_page(qtbot, page)
    assert moments(page) == []
    assert page.title.text() == "Plenary"
    assert not page.list.remove.isEnabled()
    act(qtbot, page, lambda file: file.undo())
    assert "M" in titles(page)


def test_any_stretch_of_time_is_looked_at_without_saving(qtbot: QtBot, page: MomentsPage) -> None:
    page.list.starts.setText("10:00")
    page.list.ends.setText("10:30")
    qtbot.keyClick(page.list.ends, Qt.Key.Key_Return)
    settle_page(qtbot, page)
    assert page.moment is not None
    assert (page.moment.asked.id, page.moment.asked.starts) == (0, "2024-05-14T10:00")
    assert page.title.text() == "Tue 14 May 2024, 10:00–10:30"
    assert page.when.text().startswith("Launch · not saved as a moment\n")
    assert moments(page) == []
    assert not page.list.tree.currentIndex().isValid()


def test_stretch_that_is_no_time_is_told(qtbot: QtBot, page: MomentsPage) -> None:
    faults: list[Exception] = []
    page.sitting.bus.failed.connect(faults.append)
    page.list.starts.setText("at noon")
    page.list.look.click()
    assert isinstance(faults[0], UserError)
    page.list.starts.setText("11:00")
    page.list.ends.setText("10:00")
    page.list.look.click()
    assert "before it starts" in str(faults[1])
    page.list.starts.clear()
    page.list.look.click()
    assert page.list.starts.hasFocus()
    settle(qtbot, page.sitting)


def test_only_moments_with_open_divergences_are_listed_if_wanted(qtbot: QtBot, page: MomentsPage) -> None:
    act(qtbot, page, lambda file: add_moment(file, title="M", session="Plenary"))
    act(
        qtbot,
        page,
        lambda file: add_divergence(
            file,
            kind=DivergenceKind.MEANING,
            title="D",
            moment="M",
            passages=[Passage("Plenary, Wren", 0, 5), Passage("Plenary, Ilse", 0, 5)],
        ),
    )
    assert row(page, "M", COUNT) == "1 open"
    key(qtbot, page, page.acts.open_only)
    assert titles(page) == ["Tue 14 May 2024", "M"]
    assert page.title.text() == "M"  # the session that was shown is this moment now
    faults: list[Exception] = []
    page.sitting.bus.failed.connect(faults.append)
    act(qtbot, page, lambda file: change(file, "divergence", "D", {"standing": "kept"}))
    assert faults == []
    assert titles(page) == []
    assert page.list.empty.text() == "No divergence of this event is open."


def test_moments_are_gone_through_by_keys(qtbot: QtBot, page: MomentsPage) -> None:
    key(qtbot, page, page.acts.next_moment)
    assert page.title.text() == "Corridor"
    assert names(page) == ["Bashir"]
    key(qtbot, page, page.acts.next_moment)
    assert page.title.text() == "Corridor"
    key(qtbot, page, page.acts.previous_moment)
    assert page.title.text() == "Plenary"


def test_another_event_is_chosen(qtbot: QtBot, page: MomentsPage) -> None:
    act(qtbot, page, lambda file: add_event(file, title="Review", starts="2024-06-14"))
    page.list.events.setCurrentIndex(1)
    settle_page(qtbot, page)
    assert titles(page) == []
    assert page.moment is None
    assert "No moment and no session of this event yet" in page.message.text()
    assert not page.can_export


def test_project_without_an_event_says_what_to_do(
    qtbot: QtBot, empty_sitting: Sitting, theme: Theme, settings: Settings
) -> None:
    page = shown(qtbot, empty_sitting)
    assert "Enter the event and its sessions in the Setting view" in page.message.text()
    assert not page.acts.new.isEnabled()
    assert not page.acts.code.isEnabled()


def test_moment_without_an_account_says_why_and_what_to_do(qtbot: QtBot, page: MomentsPage) -> None:
    act(
        qtbot,
        page,
        lambda file: add_moment(
            file, title="Night", event="Launch", starts="2024-05-15 02:00", ends="2024-05-15 03:00"
        ),
    )
    choose(qtbot, page, "Night")
    assert "These may hold something of it: On the train." in page.message.text()
    act(qtbot, page, lambda file: add_event(file, title="Review"))
    act(qtbot, page, lambda file: add_moment(file, title="Night of the review", event="Review"))
    page.list.events.setCurrentIndex(1)
    settle_page(qtbot, page)
    assert "No account of this moment" in page.message.text()
    assert page.message.isVisible()


def test_observers_without_an_account_have_a_state_and_are_never_silent(qtbot: QtBot, page: MomentsPage) -> None:
    assert page.moment is not None
    (bashir,) = page.moment.without
    assert bashir.state is CellState.ELSEWHERE
    listed = page.columns.without.list
    assert [listed.item(n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(listed.count())] == [
        "Bashir: elsewhere"
    ]
    choose(qtbot, page, "Corridor")
    assert {listed.item(n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(listed.count())} == {
        "Wren: elsewhere",
        "Ilse: elsewhere",
    }
