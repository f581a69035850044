"""People and groups are entered, corrected and removed in the Setting view."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from polyvocal.domain.errors import UserError
from polyvocal.domain.records import Positionality, Source
from polyvocal.domain.words import RoleName
from polyvocal.gui.dialogs.group import GroupDialog
from polyvocal.gui.dialogs.person import PersonDialog
from polyvocal.gui.sitting import Place, Sitting
from polyvocal.gui.views.setting_section import Door
from polyvocal.services.commands.positionality import StatementDraft, correct_person
from polyvocal.services.queries.listing import list_groups
from polyvocal.services.queries.project import history
from tests.gui.conftest import settle
from tests.gui.setting_steps import fill, form, names_shown, people, point_to, press, save, setting_view, undo


def test_people_are_listed_with_what_matters(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "people")
    assert names_shown(section) == ["Bashir", "Ilse", "Oda", "Wren"]
    wren = section.model.index(3, 0)
    row = [section.model.data(wren.siblingAtColumn(column)) for column in range(6)]
    assert row == ["Wren", "observer, coder", "ethnographer", "", "2", ""]


def test_person_is_added_by_keys_with_roles_and_new_group(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "people")
    press(qtbot, section.tree, Qt.Key.Key_Insert)
    dialog = form(qtbot, sitting, section, PersonDialog)
    fill(qtbot, dialog.name, "Maren")
    qtbot.keyClick(dialog.roles.boxes[RoleName.CODER], Qt.Key.Key_Space)
    fill(qtbot, dialog.groups, "Lay panel; Porters")
    fill(qtbot, dialog.description, "Sits at the back")
    qtbot.keyPress(dialog.name, Qt.Key.Key_Return)
    settle(qtbot, sitting)
    maren = people(sitting)["Maren"]
    assert (maren.roles, maren.groups, maren.description) == (("coder",), ("Lay panel", "Porters"), "Sits at the back")
    assert section.current.person.name == "Maren"
    undo(qtbot, sitting)
    assert "Maren" not in people(sitting)
    assert names_shown(section) == ["Bashir", "Ilse", "Oda", "Wren"]


def test_ctrl_n_adds_from_the_filter_too(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "people")
    press(qtbot, section.filter, Qt.Key.Key_N, with_key=Qt.KeyboardModifier.ControlModifier)
    assert form(qtbot, sitting, section, PersonDialog).isVisible()


def test_standing_makes_an_observer_who_may_state_a_position(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "people")
    section.add()
    dialog = form(qtbot, sitting, section, PersonDialog)
    assert not dialog.statements.isVisible()
    fill(qtbot, dialog.name, "Gwil")
    qtbot.keyClicks(dialog.standing, "lay")
    assert dialog.roles.boxes[RoleName.OBSERVER].isChecked()
    assert dialog.statements.isVisible()
    qtbot.mouseClick(dialog.statements.new, Qt.MouseButton.LeftButton)
    fill(qtbot, dialog.statements.dated, "2024-05-01")
    fill(qtbot, dialog.statements.statement, "I have been a patient on this ward.")
    save(qtbot, sitting, dialog)
    gwil = people(sitting)["Gwil"]
    assert (gwil.standing, gwil.roles) == ("lay-panel", ("observer",))
    (stated,) = sitting.bus.read(lambda view: view.find(Positionality, person=gwil.id))
    assert (stated.dated, stated.statement) == ("2024-05-01", "I have been a patient on this ward.")
    undo(qtbot, sitting)
    assert not sitting.bus.read(lambda view: view.all(Positionality))


def test_person_is_corrected_in_one_step(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "people")
    point_to(section, "Bashir")
    press(qtbot, section.tree, Qt.Key.Key_Return)
    dialog = form(qtbot, sitting, section, PersonDialog)
    fill(qtbot, dialog.name, "Basheer")
    qtbot.keyClick(dialog.roles.boxes[RoleName.REVIEWER], Qt.Key.Key_Space)
    fill(qtbot, dialog.groups, "Ward 4")
    save(qtbot, sitting, dialog)
    found = people(sitting)["Basheer"]
    assert set(found.roles) == {"observer", "participant", "reviewer"}
    assert (found.groups, found.standing) == (("Ward 4",), "lay-panel")
    assert section.current.person.name == "Basheer"
    undo(qtbot, sitting)
    assert people(sitting)["Bashir"].groups == ("Lay panel",)


def test_form_that_changes_nothing_leaves_no_trace(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "people")
    operations = len(list(sitting.bus.read(lambda view: list(history(view)))))
    for name in ("Bashir", "Wren", "Oda"):
        point_to(section, name)
        section.edit()
        save(qtbot, sitting, form(qtbot, sitting, section, PersonDialog))
    assert len(sitting.bus.read(lambda view: list(history(view)))) == operations


def test_statements_are_added_changed_and_taken_away_together(qtbot: QtBot, sitting: Sitting) -> None:
    drafts = [StatementDraft("2023-01-01", "A nurse."), StatementDraft("2024-01-01", "A visitor.")]
    wren = str(people(sitting)["Wren"].id)
    sitting.bus.act(lambda file: correct_person(file, wren, {}, statements=drafts))
    _, section = setting_view(qtbot, sitting, "people")
    point_to(section, "Wren")
    assert "A visitor." in section.details.toPlainText()
    section.edit()
    dialog = form(qtbot, sitting, section, PersonDialog)
    field = dialog.statements
    assert field.dated.text() == "2024-01-01"
    fill(qtbot, field.statement, "A guest.")
    field.list.setCurrentRow(0)
    qtbot.mouseClick(field.drop, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(field.new, Qt.MouseButton.LeftButton)
    fill(qtbot, field.dated, "2024-06-01 10:00")
    fill(qtbot, field.statement, "Tired.")
    assert dialog.is_filled_in
    save(qtbot, sitting, dialog)

    def stated() -> list[tuple[str, str]]:
        return [(one.dated, one.statement) for one in sitting.bus.read(lambda view: view.all(Positionality))]

    assert stated() == [("2024-01-01", "A guest."), ("2024-06-01T10:00", "Tired.")]
    undo(qtbot, sitting)
    assert stated() == [("2023-01-01", "A nurse."), ("2024-01-01", "A visitor.")]


@pytest.mark.parametrize(
    ("dated", "statement", "told"),
    [("yesterday", "Here.", "2024-05-14"), ("2024-05-01", "  ", "empty"), ("", "Here.", "no date")],
)
def test_statement_that_cannot_be_is_told_in_the_form(
    qtbot: QtBot, sitting: Sitting, dated: str, statement: str, told: str
) -> None:
    _, section = setting_view(qtbot, sitting, "people")
    point_to(section, "Wren")
    section.edit()
    dialog = form(qtbot, sitting, section, PersonDialog)
    qtbot.mouseClick(dialog.statements.new, Qt.MouseButton.LeftButton)
    fill(qtbot, dialog.statements.dated, dated)
    fill(qtbot, dialog.statements.statement, statement)
    save(qtbot, sitting, dialog)
    assert dialog.isVisible()
    assert told in dialog.fault.text()
    assert not sitting.bus.read(lambda view: view.all(Positionality))


def test_name_that_is_missing_or_taken_is_told_in_the_form(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "people")
    section.add()
    dialog = form(qtbot, sitting, section, PersonDialog)
    save(qtbot, sitting, dialog)
    assert "needs a name" in dialog.fault.text()
    fill(qtbot, dialog.name, "oda")
    save(qtbot, sitting, dialog)
    assert "already" in dialog.fault.text()
    assert dialog.isVisible()
    assert len(people(sitting)) == 4


def test_person_with_accounts_stays_and_what_needs_them_is_told(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "people")
    point_to(section, "Wren")
    with qtbot.waitSignal(sitting.bus.failed) as told:
        press(qtbot, section.tree, Qt.Key.Key_Delete)
    settle(qtbot, sitting)
    assert isinstance(told.args[0], UserError)
    assert "authorships" in str(told.args[0])
    assert "Wren" in people(sitting)


def test_person_without_ties_goes_without_asking_and_comes_back_by_undo(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "people")
    section.add()
    dialog = form(qtbot, sitting, section, PersonDialog)
    fill(qtbot, dialog.name, "Passer-by")
    qtbot.keyClick(dialog.roles.boxes[RoleName.PARTICIPANT], Qt.Key.Key_Space)
    save(qtbot, sitting, dialog)
    press(qtbot, section.tree, Qt.Key.Key_Delete)
    settle(qtbot, sitting)
    assert "Passer-by" not in people(sitting)
    assert section.current.person.name == "Wren"  # took its place
    undo(qtbot, sitting)
    assert people(sitting)["Passer-by"].roles == ("participant",)


def test_what_goes_with_a_person_is_asked_of_first(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "people")
    section.add()
    dialog = form(qtbot, sitting, section, PersonDialog)
    fill(qtbot, dialog.name, "Petra")
    fill(qtbot, dialog.groups, "Lay panel; Ward 4")
    save(qtbot, sitting, dialog)
    press(qtbot, section.tree, Qt.Key.Key_Delete)
    settle(qtbot, sitting)
    (box,) = section.findChildren(QMessageBox)
    assert "2 memberships of groups" in box.text()
    qtbot.mouseClick(box.button(QMessageBox.StandardButton.Cancel), Qt.MouseButton.LeftButton)
    settle(qtbot, sitting)
    assert "Petra" in people(sitting)
    press(qtbot, section.tree, Qt.Key.Key_Delete)
    settle(qtbot, sitting)
    box = next(one for one in section.findChildren(QMessageBox) if one.isVisible())
    qtbot.mouseClick(box.defaultButton(), Qt.MouseButton.LeftButton)
    settle(qtbot, sitting)
    assert "Petra" not in people(sitting)
    undo(qtbot, sitting)
    assert set(people(sitting)["Petra"].groups) == {"Lay panel", "Ward 4"}


def test_account_in_the_details_opens_it(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "people")
    point_to(section, "Wren")
    titles = {one.id: one.title for one in sitting.bus.read(lambda view: view.all(Source))}
    places = [one for one in section.details.targets if isinstance(one, Place)]
    assert [titles[one.source] for one in places] == ["On the train", "Plenary, Wren"]
    with qtbot.waitSignal(sitting.place_wanted) as wanted:
        press(qtbot, section.details, Qt.Key.Key_Tab)
        press(qtbot, section.details, Qt.Key.Key_Return)
    assert wanted.args == [places[0]]


def test_group_in_the_details_is_shown_in_its_section(qtbot: QtBot, sitting: Sitting) -> None:
    view, section = setting_view(qtbot, sitting, "people")
    point_to(section, "Bashir")
    (door,) = [one for one in section.details.targets if isinstance(one, Door) and one.section == "groups"]
    section.details.opened.emit(door)
    settle(qtbot, sitting)
    assert view.section == "groups"
    assert view.show_section("groups").current.group.name == "Lay panel"  # type: ignore[attr-defined]


def test_filter_narrows_and_esc_shows_everything_again(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "people")
    qtbot.keyClicks(section.filter, "LAY panel")
    assert names_shown(section) == ["Bashir"]
    assert section.current.person.name == "Bashir"
    fill(qtbot, section.filter, "nobody")
    assert names_shown(section) == []
    assert "Esc" in section.details.toPlainText()
    section.filter.setFocus()
    press(qtbot, section.filter, Qt.Key.Key_Escape)
    assert len(names_shown(section)) == 4
    press(qtbot, section.filter, Qt.Key.Key_Down)
    assert section.tree.hasFocus()


def test_people_are_sorted_by_a_column_and_keep_the_one_pointed_to(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "people")
    point_to(section, "Oda")
    section.tree.header().setSortIndicator(4, Qt.SortOrder.DescendingOrder)
    assert names_shown(section)[0] == "Wren"
    assert section.current.person.name == "Oda"
    assert section.model.headerData(4, Qt.Orientation.Horizontal).endswith("↓")


def test_head_of_a_column_sorts_by_click_both_ways_and_not_at_all(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "people")
    head = section.tree.header()
    at = QPoint(head.sectionViewportPosition(0) + 10, head.height() // 2)
    orders = []
    for _turn in range(3):
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)
        orders.append(names_shown(section)[0])
    assert orders == ["Bashir", "Wren", "Bashir"]


def test_menu_offers_all_that_can_be_done_and_sorting(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "people")
    section.tree.menu_wanted.emit(section.mapToGlobal(QPoint(40, 40)))
    (menu,) = [one for one in section.findChildren(QMenu) if one.parent() is section]
    assert [one.text() for one in menu.actions() if one.text()] == ["Add person…", "Edit…", "Remove", "Sort by"]
    by = next(one.menu() for one in menu.actions() if one.text() == "Sort by")
    assert isinstance(by, QMenu)
    by.actions()[4].trigger()
    by.actions()[4].trigger()
    assert names_shown(section)[0] == "Wren"
    menu.close()


def test_empty_project_offers_the_first_person(qtbot: QtBot, empty_sitting: Sitting) -> None:
    _, section = setting_view(qtbot, empty_sitting, "people")
    assert section.empty.isVisible()
    assert not section.tree.isVisible()
    qtbot.mouseClick(section.empty.step, Qt.MouseButton.LeftButton)
    dialog = form(qtbot, empty_sitting, section, PersonDialog)
    fill(qtbot, dialog.name, "Wren")
    save(qtbot, empty_sitting, dialog)
    assert section.tree.isVisible()
    assert section.current.person.name == "Wren"
    press(qtbot, section.tree, Qt.Key.Key_Delete)
    settle(qtbot, empty_sitting)
    assert section.empty.isVisible()


def test_nothing_can_be_changed_where_the_project_is_read_only(qtbot: QtBot, reading_sitting: Sitting) -> None:
    _, section = setting_view(qtbot, reading_sitting, "people")
    for button in section.buttons:
        assert not button.isEnabled()
        assert "reading only" in button.toolTip()
    for key in (Qt.Key.Key_Insert, Qt.Key.Key_Return, Qt.Key.Key_Delete):
        press(qtbot, section.tree, key)
    settle(qtbot, reading_sitting)
    assert not section.findChildren(PersonDialog)
    assert len(people(reading_sitting)) == 4


def test_group_is_added_with_members_and_a_place(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "groups")
    assert names_shown(section) == ["Lay panel", "Ward 4", "Ward teams"]
    press(qtbot, section.tree, Qt.Key.Key_Insert)
    dialog = form(qtbot, sitting, section, GroupDialog)
    fill(qtbot, dialog.name, "Ward 9")
    fill(qtbot, dialog.within, "Ward teams")
    fill(qtbot, dialog.members, "Bashir; Idris")
    save(qtbot, sitting, dialog)
    ward = {one.name: one for one in sitting.bus.read(list_groups)}["Ward 9"]
    assert (ward.within, set(ward.members)) == (("Ward teams",), {"Bashir", "Idris"})
    undo(qtbot, sitting)
    assert "Idris" not in people(sitting)


def test_group_is_corrected_and_never_put_within_itself(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "groups")
    point_to(section, "Ward teams")
    section.edit()
    dialog = form(qtbot, sitting, section, GroupDialog)
    fill(qtbot, dialog.within, "Ward 4")
    save(qtbot, sitting, dialog)
    assert "within itself" in dialog.fault.text()
    fill(qtbot, dialog.within, "")
    fill(qtbot, dialog.members, "Ilse")
    save(qtbot, sitting, dialog)
    teams = {one.name: one for one in sitting.bus.read(list_groups)}["Ward teams"]
    assert teams.members == ("Ilse",)
    assert section.model.data(section.model.index_of(teams.id).siblingAtColumn(2)) == "1: Ilse"


def test_group_that_takes_a_stance_stays(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "groups")
    point_to(section, "Lay panel")
    with qtbot.waitSignal(sitting.bus.failed) as told:
        press(qtbot, section.tree, Qt.Key.Key_Delete)
    assert "stance" in str(told.args[0])
