"""Presence is noted in a grid: by key, by button, in the small form, for one cell or many."""

from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from polyvocal.domain.words import Doing, Standing
from polyvocal.gui.dialogs.event import EventDialog
from polyvocal.gui.dialogs.presence import PresenceDialog
from polyvocal.gui.dialogs.session import SessionDialog
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.delegate import SUBTITLE
from polyvocal.gui.views.setting_grid import PresenceModel
from polyvocal.gui.views.setting_section import Door
from polyvocal.services.commands.people import add_person
from polyvocal.services.commands.setting import add_event, add_session
from polyvocal.services.queries.listing import list_events, list_presence
from polyvocal.services.queries.project import history
from tests.gui.conftest import settle
from tests.gui.setting_steps import fill, form, press, save, setting_view, undo


def noted(sitting: Sitting) -> dict[tuple[str, str], tuple[str, str | None]]:
    """What the store holds of presence."""
    return {(one.person, one.session): (one.doing, one.place) for one in sitting.bus.read(list_presence)}


def at(section: Any, person: str, session: str) -> QModelIndex:
    """The cell of a person and a session."""
    model: PresenceModel = section.model
    rows = [model.headerData(row, Qt.Orientation.Vertical) for row in range(model.rowCount())]
    columns = [one.title for one in model.grid.sessions]
    return model.index(rows.index(person), columns.index(session))


def choose(section: Any, *cells: tuple[str, str]) -> None:
    """Select cells; the last one is the current one."""
    selection = section.table.selectionModel()
    selection.clear()
    for person, session in cells:
        selection.setCurrentIndex(at(section, person, session), QItemSelectionModel.SelectionFlag.Select)


def test_people_stand_by_standing_and_sessions_by_time(qtbot: QtBot, sitting: Sitting) -> None:
    sitting.bus.act(lambda file: add_person(file, name="Zoe", standing=Standing.ETHNOGRAPHER))
    _, section = setting_view(qtbot, sitting, "presence")
    model: PresenceModel = section.model
    rows = [model.headerData(row, Qt.Orientation.Vertical) for row in range(model.rowCount())]
    assert rows == [
        "Observers: ethnographer", "Wren", "Zoe", "Observers: research team", "Ilse", "Observers: lay panel", "Bashir",
        "Others", "Oda",
    ]  # fmt: skip
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsEnabled
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(2)]
    assert heads == ["Plenary", "Corridor"]


def test_cell_says_what_was_done_and_where(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "presence")
    cell = at(section, "Wren", "Plenary")
    assert (cell.data(), cell.data(SUBTITLE)) == ("observing", "Table 2")
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "Wren, Plenary: observing, Table 2"
    assert at(section, "Oda", "Plenary").data(Qt.ItemDataRole.AccessibleTextRole) == "Oda, Plenary: not known"


def test_heads_count_who_was_there_and_tell_parallel_sessions(qtbot: QtBot, sitting: Sitting) -> None:
    sitting.bus.act(lambda file: add_session(file, title="Lunch", event="Launch", starts="2024-05-14T12:00+01:00"))
    _, section = setting_view(qtbot, sitting, "presence")
    plenary, corridor, lunch = section.model.heads
    assert plenary.there == "2 there"
    assert plenary.words.endswith("1 observing, 1 facilitating, 2 not known")
    assert plenary.session.parallel == corridor.session.parallel is not None
    assert lunch.session.parallel is None
    told = section.model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
    assert "in parallel" in told
    assert "not scheduled" in told


def test_keys_note_what_somebody_did_and_keep_where(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "presence")
    choose(section, ("Wren", "Plenary"))
    for key, doing, place in (
        (Qt.Key.Key_F, "facilitating", "Table 2"),
        (Qt.Key.Key_T, "taking-part", "Table 2"),
        (Qt.Key.Key_O, "observing", "Table 2"),
        (Qt.Key.Key_A, "absent", None),
    ):
        press(qtbot, section.table, key)
        settle(qtbot, sitting)
        assert noted(sitting)["Wren", "Plenary"] == (doing, place)
    assert at(section, "Wren", "Plenary").data() == "absent"
    press(qtbot, section.table, Qt.Key.Key_Delete)
    settle(qtbot, sitting)
    assert ("Wren", "Plenary") not in noted(sitting)
    assert at(section, "Wren", "Plenary").data() == ""
    undo(qtbot, sitting)
    assert noted(sitting)["Wren", "Plenary"] == ("absent", None)
    assert at(section, "Wren", "Plenary").data() == "absent"


def test_several_cells_are_noted_as_one_step(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "presence")
    before = noted(sitting)
    operations = len(sitting.bus.read(lambda view: list(history(view))))
    choose(section, ("Oda", "Plenary"), ("Oda", "Corridor"), ("Wren", "Plenary"), ("Bashir", "Corridor"))
    press(qtbot, section.table, Qt.Key.Key_T)
    settle(qtbot, sitting)
    after = noted(sitting)
    assert after["Oda", "Plenary"] == after["Oda", "Corridor"] == ("taking-part", None)
    assert after["Wren", "Plenary"] == ("taking-part", "Table 2")
    assert len(sitting.bus.read(lambda view: list(history(view)))) == operations + 1
    assert len(section.chosen) == 4  # what was selected stays so
    undo(qtbot, sitting)
    assert noted(sitting) == before


def test_whole_column_is_noted_from_its_head(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "presence")
    section.table.selectColumn(1)
    press(qtbot, section.table, Qt.Key.Key_A)
    settle(qtbot, sitting)
    assert [doing for (_, session), (doing, _) in noted(sitting).items() if session == "Corridor"] == ["absent"] * 4


def test_form_asks_what_and_where(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "presence")
    choose(section, ("Bashir", "Plenary"))
    press(qtbot, section.table, Qt.Key.Key_Return)
    dialog = form(qtbot, sitting, section, PresenceDialog)
    fill(qtbot, dialog.place, "Table 7")
    save(qtbot, sitting, dialog)
    assert "does not say" in dialog.fault.text()
    qtbot.keyClicks(dialog.doing, "obs")
    save(qtbot, sitting, dialog)
    assert noted(sitting)["Bashir", "Plenary"] == ("observing", "Table 7")
    choose(section, ("Bashir", "Plenary"))
    section.open_form()
    dialog = form(qtbot, sitting, section, PresenceDialog)
    assert dialog.place.text() == "Table 7"
    fill(qtbot, dialog.place, "")
    save(qtbot, sitting, dialog)
    assert noted(sitting)["Bashir", "Plenary"] == ("observing", None)


def test_form_for_several_cells_wants_one_answer_and_leaves_places_alone(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "presence")
    choose(section, ("Wren", "Plenary"), ("Ilse", "Plenary"), ("Oda", "Plenary"))
    section.open_form()
    dialog = form(qtbot, sitting, section, PresenceDialog)
    save(qtbot, sitting, dialog)
    assert "Choose what all of them did" in dialog.fault.text()
    qtbot.keyClicks(dialog.doing, "tak")
    save(qtbot, sitting, dialog)
    assert noted(sitting)["Wren", "Plenary"] == ("taking-part", "Table 2")
    assert noted(sitting)["Oda", "Plenary"] == ("taking-part", None)
    choose(section, ("Wren", "Plenary"), ("Oda", "Plenary"))
    section.open_form()
    dialog = form(qtbot, sitting, section, PresenceDialog)
    assert dialog.doing.currentText() == "taking part"
    fill(qtbot, dialog.place, "Balcony")
    save(qtbot, sitting, dialog)
    assert noted(sitting)["Wren", "Plenary"] == noted(sitting)["Oda", "Plenary"] == ("taking-part", "Balcony")


def test_absent_person_has_no_place_in_the_form(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "presence")
    choose(section, ("Wren", "Plenary"))
    section.open_form()
    dialog = form(qtbot, sitting, section, PresenceDialog)
    qtbot.keyClicks(dialog.doing, "abs")
    assert not dialog.place.isEnabled()
    save(qtbot, sitting, dialog)
    assert noted(sitting)["Wren", "Plenary"] == ("absent", None)


def test_buttons_note_and_hand_the_keys_back_to_the_grid(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "presence")
    choose(section, ("Oda", "Corridor"))
    qtbot.mouseClick(section.buttons[Doing.FACILITATING], Qt.MouseButton.LeftButton)
    settle(qtbot, sitting)
    assert noted(sitting)["Oda", "Corridor"] == ("facilitating", None)
    assert section.table.hasFocus()
    qtbot.mouseClick(section.unknown, Qt.MouseButton.LeftButton)
    settle(qtbot, sitting)
    assert ("Oda", "Corridor") not in noted(sitting)


def test_buttons_wait_for_cells_to_be_chosen(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "presence")
    assert section.unknown.isEnabled()  # the first cell is chosen to begin with
    section.table.clearSelection()
    assert not section.unknown.isEnabled()
    assert "Choose" in section.unknown.toolTip()


def test_event_is_chosen(qtbot: QtBot, sitting: Sitting) -> None:
    sitting.bus.act(lambda file: add_event(file, title="Second meeting", starts="2024-09-17"))
    sitting.bus.act(lambda file: add_session(file, title="Opening", event="Second meeting"))
    _, section = setting_view(qtbot, sitting, "presence")
    assert section.events.currentText() == "Launch"
    section.events.setFocus()
    press(qtbot, section.events, Qt.Key.Key_Down)
    settle(qtbot, sitting)
    assert [one.title for one in section.model.grid.sessions] == ["Opening"]
    choose(section, ("Wren", "Opening"))
    press(qtbot, section.table, Qt.Key.Key_O)
    settle(qtbot, sitting)
    assert noted(sitting)["Wren", "Opening"] == ("observing", None)
    assert section.events.currentText() == "Second meeting"


def test_filter_narrows_the_people_and_keeps_the_cell(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "presence")
    choose(section, ("Ilse", "Corridor"))
    qtbot.keyClicks(section.filter, "il")
    model = section.model
    assert [model.headerData(row, Qt.Orientation.Vertical) for row in range(model.rowCount())] == [
        "Observers: research team",
        "Ilse",
    ]
    assert section.table.currentIndex() == at(section, "Ilse", "Corridor")


def test_empty_project_offers_the_event_then_its_session(qtbot: QtBot, empty_sitting: Sitting) -> None:
    view, section = setting_view(qtbot, empty_sitting, "presence")
    assert section.empty.title.text() == "No events yet"
    qtbot.mouseClick(section.empty.step, Qt.MouseButton.LeftButton)
    events = view.show_section("events")
    dialog = form(qtbot, empty_sitting, events, EventDialog)
    fill(qtbot, dialog.title, "Launch")
    save(qtbot, empty_sitting, dialog)
    view.show_section("presence")
    settle(qtbot, empty_sitting)
    assert section.empty.title.text() == "This event has no sessions yet"
    qtbot.mouseClick(section.empty.step, Qt.MouseButton.LeftButton)
    form(qtbot, empty_sitting, events, SessionDialog).done(0)
    empty_sitting.bus.act(lambda file: add_session(file, title="Plenary", event="Launch"))
    view.show_section("presence")
    settle(qtbot, empty_sitting)
    assert section.empty.title.text() == "No people yet"
    empty_sitting.bus.act(lambda file: add_person(file, name="Wren"))
    settle(qtbot, empty_sitting)
    assert section.table.isVisible()
    assert len(section.chosen) == 1


def test_grid_is_seen_and_not_changed_where_the_project_is_read_only(qtbot: QtBot, reading_sitting: Sitting) -> None:
    _, section = setting_view(qtbot, reading_sitting, "presence")
    before = noted(reading_sitting)
    choose(section, ("Wren", "Plenary"))
    for key in (Qt.Key.Key_O, Qt.Key.Key_A, Qt.Key.Key_Delete, Qt.Key.Key_Return):
        press(qtbot, section.table, key)
    settle(qtbot, reading_sitting)
    assert noted(reading_sitting) == before
    assert not section.findChildren(PresenceDialog)
    assert all("reading only" in button.toolTip() for button in section.buttons.values())


def test_arrows_pass_over_the_rows_of_heads(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "presence")
    table: QTableView = section.table
    table.setFocus()
    choose(section, ("Wren", "Plenary"))
    press(qtbot, table, Qt.Key.Key_Down)
    assert table.currentIndex() == at(section, "Ilse", "Plenary")


def test_grid_paints_in_both_themes(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "presence")
    light = section.grab().toImage()
    sitting.theme.choose("dark")
    assert section.grab().toImage() != light


def test_door_shows_the_grid_of_its_event(qtbot: QtBot, sitting: Sitting) -> None:
    sitting.bus.act(lambda file: add_event(file, title="Second meeting"))
    view, _ = setting_view(qtbot, sitting, "people")
    second = {one.title: one.id for one in sitting.bus.read(list_events)}["Second meeting"]
    view.open_door(Door("presence", second))
    settle(qtbot, sitting)
    assert view.show_section("presence").events.currentText() == "Second meeting"  # type: ignore[attr-defined]
