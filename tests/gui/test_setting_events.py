"""Events, sessions and series are entered, corrected and removed in the Setting view."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from polyvocal.gui.dialogs.event import EventDialog, SeriesDialog
from polyvocal.gui.dialogs.form import value_of
from polyvocal.gui.dialogs.session import SessionDialog
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.setting_section import Door
from polyvocal.services.commands.setting import add_event, add_session
from polyvocal.services.queries.listing import list_events, list_series, list_sessions, list_sources
from polyvocal.services.queries.rows import EventRow, SessionRow
from tests.gui.conftest import settle
from tests.gui.setting_steps import fill, form, names_shown, point_to, press, save, setting_view, undo


def events(sitting: Sitting) -> dict[str, EventRow]:
    """The events of the store by title."""
    return {one.title: one for one in sitting.bus.read(list_events)}


def sessions(sitting: Sitting) -> dict[str, SessionRow]:
    """The sessions of the store by title."""
    return {one.title: one for one in sitting.bus.read(list_sessions)}


def test_series_events_and_sessions_stand_as_a_tree(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "events")
    model = section.model
    assert names_shown(section) == ["Learning community", "Launch", "Plenary", "Corridor"]
    launch = model.index(0, 0, model.index(0, 0))
    corridor = model.index(1, 0, launch)
    row = [model.data(corridor.siblingAtColumn(column)) for column in range(6)]
    assert row == ["Corridor", "Tue 14 May, 10:00–11:30", "", "no", "1: Bashir", "1"]
    assert section.tree.isExpanded(launch)


def test_event_is_added_with_a_new_series(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "events")
    press(qtbot, section.tree, Qt.Key.Key_Insert, with_key=Qt.KeyboardModifier.ShiftModifier)
    dialog = form(qtbot, sitting, section, EventDialog)
    assert dialog.zone.name == "Europe/London"  # as the latest event
    fill(qtbot, dialog.title, "Steering group")
    dialog.series.setEditText("Steering")
    fill(qtbot, dialog.place, "Trust offices")
    fill(qtbot, dialog.starts, "2024-06-03 14:00")
    fill(qtbot, dialog.ends, "2024-06-03 15:30")
    save(qtbot, sitting, dialog)
    made = events(sitting)["Steering group"]
    assert (made.series, made.place, made.starts) == ("Steering", "Trust offices", "2024-06-03T14:00")
    assert section.current.event.title == "Steering group"
    undo(qtbot, sitting)
    assert [one.title for one in sitting.bus.read(list_series)] == ["Learning community"]


def test_session_is_added_to_the_event_that_is_pointed_to(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "events")
    point_to(section, "Corridor")
    press(qtbot, section.tree, Qt.Key.Key_Insert)
    dialog = form(qtbot, sitting, section, SessionDialog)
    assert dialog.event_box.currentText() == "Launch"
    assert value_of(dialog.starts) == "2024-05-14 11:30+01:00"  # when the last one ended
    fill(qtbot, dialog.title, "Lunch")
    fill(qtbot, dialog.starts, "2024-05-14 12:30")
    fill(qtbot, dialog.ends, "2024-05-14 13:15")
    qtbot.keyClicks(dialog.scheduled, "not")
    save(qtbot, sitting, dialog)
    lunch = sessions(sitting)["Lunch"]
    assert (lunch.event, lunch.starts, lunch.scheduled) == ("Launch", "2024-05-14T12:30", False)
    assert section.current.session.title == "Lunch"
    undo(qtbot, sitting)
    assert "Lunch" not in sessions(sitting)


@pytest.mark.parametrize(
    ("starts", "ends", "told"),
    [("ten o'clock", "", "2024-05-14"), ("2024-05-14 12:00", "2024-05-14 11:00", "before it starts")],
)
def test_session_with_impossible_times_is_told_in_the_form(
    qtbot: QtBot, sitting: Sitting, starts: str, ends: str, told: str
) -> None:
    _, section = setting_view(qtbot, sitting, "events")
    section.add_session()
    dialog = form(qtbot, sitting, section, SessionDialog)
    fill(qtbot, dialog.title, "Lunch")
    fill(qtbot, dialog.starts, starts)
    fill(qtbot, dialog.ends, ends)
    save(qtbot, sitting, dialog)
    assert told in dialog.fault.text()
    assert value_of(dialog.starts) == starts
    assert "Lunch" not in sessions(sitting)


def test_time_zone_that_is_none_is_told_in_the_form(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "events")
    point_to(section, "Launch")
    section.edit()
    dialog = form(qtbot, sitting, section, EventDialog)
    dialog.zone.setEditText("London")
    save(qtbot, sitting, dialog)
    assert "no time zone" in dialog.fault.text()
    assert events(sitting)["Launch"].zone == "Europe/London"


def test_event_is_corrected_and_leaves_its_series(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "events")
    point_to(section, "Launch")
    press(qtbot, section.tree, Qt.Key.Key_Return)
    dialog = form(qtbot, sitting, section, EventDialog)
    assert value_of(dialog.starts) == "2024-05-14 10:00+01:00"
    fill(qtbot, dialog.title, "Launch day")
    dialog.series.setEditText("")
    save(qtbot, sitting, dialog)
    made = events(sitting)["Launch day"]
    assert (made.series, made.starts) == (None, "2024-05-14T10:00+01:00")
    assert names_shown(section) == ["Launch day", "Plenary", "Corridor", "Learning community"]
    point_to(section, "Learning community")
    press(qtbot, section.tree, Qt.Key.Key_Delete)
    settle(qtbot, sitting)
    assert not sitting.bus.read(list_series)


def test_series_is_renamed(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "events")
    point_to(section, "Learning community")
    section.edit()
    dialog = form(qtbot, sitting, section, SeriesDialog)
    fill(qtbot, dialog.title, "")
    save(qtbot, sitting, dialog)
    assert "needs a title" in dialog.fault.text()
    fill(qtbot, dialog.title, "Meetings")
    save(qtbot, sitting, dialog)
    assert events(sitting)["Launch"].series == "Meetings"


def test_session_moves_to_another_event_with_its_sources(qtbot: QtBot, sitting: Sitting) -> None:
    sitting.bus.act(lambda file: add_event(file, title="Second day", starts="2024-05-15"))
    _, section = setting_view(qtbot, sitting, "events")
    point_to(section, "Corridor")
    section.edit()
    dialog = form(qtbot, sitting, section, SessionDialog)
    qtbot.keyClicks(dialog.event_box, "Second")
    save(qtbot, sitting, dialog)
    assert sessions(sitting)["Corridor"].event == "Second day"
    source = next(one for one in sitting.bus.read(list_sources) if one.title == "Corridor, Bashir")
    assert (source.event, source.session) == ("Second day", "Corridor")
    assert section.current.session.title == "Corridor"
    undo(qtbot, sitting)
    assert sessions(sitting)["Corridor"].event == "Launch"


def test_event_with_sessions_stays_and_an_empty_session_goes(qtbot: QtBot, sitting: Sitting) -> None:
    sitting.bus.act(lambda file: add_session(file, title="Lunch", event="Launch"))
    _, section = setting_view(qtbot, sitting, "events")
    point_to(section, "Launch")
    with qtbot.waitSignal(sitting.bus.failed) as told:
        press(qtbot, section.tree, Qt.Key.Key_Delete)
    assert "3 sessions" in str(told.args[0])
    point_to(section, "Lunch")
    press(qtbot, section.tree, Qt.Key.Key_Delete)
    settle(qtbot, sitting)
    assert "Lunch" not in sessions(sitting)
    undo(qtbot, sitting)
    assert "Lunch" in sessions(sitting)


def test_session_is_found_with_its_event(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "events")
    qtbot.keyClicks(section.filter, "bashir")
    assert names_shown(section) == ["Learning community", "Launch", "Corridor"]


def test_branch_that_was_folded_stays_so_after_a_change(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "events")
    model = section.model
    section.tree.collapse(model.index(0, 0, model.index(0, 0)))
    sitting.bus.act(lambda file: add_event(file, title="Later"))
    settle(qtbot, sitting)
    assert "Later" in names_shown(section)
    assert not section.tree.isExpanded(model.index(0, 0, model.index(0, 0)))


def test_details_of_a_session_lead_to_the_grid(qtbot: QtBot, sitting: Sitting) -> None:
    view, section = setting_view(qtbot, sitting, "events")
    point_to(section, "Plenary")
    assert "observing, Table 2" in section.details.toPlainText()
    launch = events(sitting)["Launch"].id
    assert Door("presence", launch) in section.details.targets
    section.details.opened.emit(Door("presence", launch))
    settle(qtbot, sitting)
    assert view.section == "presence"


def test_empty_project_offers_the_first_event(qtbot: QtBot, empty_sitting: Sitting) -> None:
    _, section = setting_view(qtbot, empty_sitting, "events")
    assert section.empty.isVisible()
    press(qtbot, section, Qt.Key.Key_Insert)
    dialog = form(qtbot, empty_sitting, section, EventDialog)
    save(qtbot, empty_sitting, dialog)
    assert "needs a title" in dialog.fault.text()
    fill(qtbot, dialog.title, "Launch")
    save(qtbot, empty_sitting, dialog)
    assert section.tree.isVisible()
    assert section.new_session.isEnabled()


def test_nothing_can_be_changed_where_the_project_is_read_only(qtbot: QtBot, reading_sitting: Sitting) -> None:
    _, section = setting_view(qtbot, reading_sitting, "events")
    for button in section.buttons:
        assert not button.isEnabled()
        assert "reading only" in button.toolTip()
    for key in (Qt.Key.Key_Insert, Qt.Key.Key_Return, Qt.Key.Key_Delete):
        press(qtbot, section.tree, key)
    settle(qtbot, reading_sitting)
    assert not section.findChildren(EventDialog)
    assert len(sessions(reading_sitting)) == 2
