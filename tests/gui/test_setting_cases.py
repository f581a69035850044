"""Cases in the Setting view: the sheet, edited by key, its attributes, and what is shown where there is none."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from polyvocal.domain.words import AttributeType
from polyvocal.gui.dialogs.attribute import AttributeDialog
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.steps import named_step
from polyvocal.gui.views.setting import SettingView
from polyvocal.gui.views.setting_cases import CasesSection
from polyvocal.services.commands.attributes import Cell, add_attribute, set_values
from polyvocal.services.queries.attributes import list_attributes, list_values
from polyvocal.services.queries.project import next_steps
from tests.gui.conftest import settle
from tests.gui.setting_steps import editor, fill, finish, form, press, save, setting_view, undo

TEXT, NUMBER, DATE, YES_NO = AttributeType


@pytest.fixture
def view(qtbot: QtBot, sitting: Sitting) -> SettingView:
    """The sheet of the people of the small study on the screen, with an attribute of each type and some values."""
    for name, kind in (("Age", NUMBER), ("Joined", DATE), ("Paid", YES_NO), ("Site", TEXT)):
        add_attribute(sitting.bus.file, name=name, type=kind, unit="years" if kind is NUMBER else None)
    cells = [Cell("Wren", "Age", "41"), Cell("Ilse", "Age", "9"), Cell("Wren", "Site", "North")]
    set_values(sitting.bus.file, kind="people", cells=cells)
    return setting_view(qtbot, sitting, "cases")[0]


@pytest.fixture
def cases(view: SettingView) -> CasesSection:
    """The section, in a view that lives as long as the test."""
    section = view.show_section("cases")
    assert isinstance(section, CasesSection)
    return section


def known(sitting: Sitting) -> dict[tuple[str, str], str]:
    """The values of the store by case and attribute."""
    return {(one.case, one.attribute): one.value for one in sitting.bus.read(list_values)}


def at(cases: CasesSection, case: str, attribute: str) -> QModelIndex:
    """Where a value is shown."""
    row = next(row for row, one in enumerate(cases.model.cases) if one.name == case)
    column = next(column for column, one in enumerate(cases.model.attributes) if one.name == attribute)
    return cases.model.index(row, column)


def edit(qtbot: QtBot, sitting: Sitting, cases: CasesSection, index: QModelIndex, words: str) -> QLineEdit:
    """Type into a cell, as a person does: the first letter begins."""
    cases.table.setFocus()
    cases.table.setCurrentIndex(index)
    qtbot.keyClicks(cases.table, words[0])
    line = editor(cases.table, QLineEdit)
    qtbot.keyClicks(line, words[1:])
    finish(qtbot, sitting, line)
    return line


def test_cases_are_rows_and_attributes_columns(cases: CasesSection) -> None:
    model = cases.model
    assert [one.name for one in model.cases] == ["Bashir", "Ilse", "Oda", "Wren"]
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(4)]
    assert heads == ["Age (years)", "Joined", "Paid", "Site"]
    spoken = at(cases, "Wren", "Age").data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Wren, Age (years): 41"
    assert at(cases, "Oda", "Age").data(Qt.ItemDataRole.AccessibleTextRole) == "Oda, Age (years): not known"
    assert cases.table.accessibleName()


@pytest.mark.parametrize(
    ("attribute", "typed", "kept"),
    [("Age", "40.0", "40"), ("Joined", "2024-05-14", "2024-05-14"), ("Site", "South", "South")],
)
def test_typing_begins_to_edit_and_enter_writes(
    qtbot: QtBot, sitting: Sitting, cases: CasesSection, attribute: str, typed: str, kept: str
) -> None:
    edit(qtbot, sitting, cases, at(cases, "Oda", attribute), typed)
    assert known(sitting)["Oda", attribute] == kept
    step, _ = sitting.bus.read(lambda view: next_steps(view, sitting.bus.file.person))
    assert step is not None
    assert named_step(step) == "set a value of ‘Oda’"
    undo(qtbot, sitting)
    assert ("Oda", attribute) not in known(sitting)
    assert at(cases, "Oda", attribute).data() == ""


def test_what_does_not_fit_is_told_and_the_editor_stays(qtbot: QtBot, sitting: Sitting, cases: CasesSection) -> None:
    line = edit(qtbot, sitting, cases, at(cases, "Wren", "Age"), "soon")
    assert line.isVisible()
    assert "no number" in cases.note.text()
    assert cases.note.isVisible()
    assert known(sitting)["Wren", "Age"] == "41"
    fill(qtbot, line, "42")
    assert not cases.note.isVisible()
    finish(qtbot, sitting, line)
    assert known(sitting)["Wren", "Age"] == "42"


def test_what_does_not_fit_is_told_when_the_keys_go_elsewhere(
    qtbot: QtBot, sitting: Sitting, cases: CasesSection
) -> None:
    line = edit(qtbot, sitting, cases, at(cases, "Wren", "Age"), "soon")
    cases.filter.setFocus()
    qtbot.waitUntil(lambda: not line.isVisible())
    assert "“soon” was not taken" in cases.note.text()
    assert known(sitting)["Wren", "Age"] == "41"


def test_words_are_completed_from_what_others_have(qtbot: QtBot, sitting: Sitting, cases: CasesSection) -> None:
    cases.table.setCurrentIndex(at(cases, "Ilse", "Site"))
    press(qtbot, cases.table, Qt.Key.Key_Return)
    completer = editor(cases.table, QLineEdit).completer()
    assert completer is not None
    completer.setCompletionPrefix("nor")
    assert completer.currentCompletion() == "North"


def test_yes_or_no_is_answered_by_a_key_or_chosen(qtbot: QtBot, sitting: Sitting, cases: CasesSection) -> None:
    cases.table.setCurrentIndex(at(cases, "Oda", "Paid"))
    qtbot.keyClicks(cases.table, "n")
    settle(qtbot, sitting)
    assert known(sitting)["Oda", "Paid"] == "no"
    press(qtbot, cases.table, Qt.Key.Key_F2)
    box = editor(cases.table, QComboBox)
    assert [box.itemText(row) for row in range(box.count())] == ["", "yes", "no"]
    box.setCurrentText("yes")
    box.activated.emit(1)
    settle(qtbot, sitting)
    assert known(sitting)["Oda", "Paid"] == "yes"


def test_delete_clears_all_that_is_selected_in_one_step(qtbot: QtBot, sitting: Sitting, cases: CasesSection) -> None:
    before = known(sitting)
    cases.table.selectAll()
    press(qtbot, cases.table, Qt.Key.Key_Delete)
    settle(qtbot, sitting)
    assert known(sitting) == {}
    undo(qtbot, sitting)
    assert known(sitting) == before


def test_sheet_is_sorted_by_size_and_what_is_not_known_comes_last(
    qtbot: QtBot, sitting: Sitting, cases: CasesSection
) -> None:
    def names() -> list[str]:
        return [one.name for one in cases.model.cases]

    age = at(cases, "Wren", "Age").column()
    head = cases.table.horizontalHeader()
    head.sectionClicked.emit(age)
    assert names() == ["Ilse", "Wren", "Bashir", "Oda"]
    head.sectionClicked.emit(age)
    assert names() == ["Wren", "Ilse", "Bashir", "Oda"]
    assert cases.order.currentText() == "Sorted by Age, last first"
    head.sectionClicked.emit(age)
    assert names() == ["Bashir", "Ilse", "Oda", "Wren"]
    press(qtbot, cases.order, Qt.Key.Key_Down)
    assert names() == ["Ilse", "Wren", "Bashir", "Oda"]
    settle(qtbot, sitting)


def test_filter_finds_cases_by_name_and_by_value(qtbot: QtBot, cases: CasesSection) -> None:
    qtbot.keyClicks(cases.filter, "nor")
    assert [one.name for one in cases.model.cases] == ["Wren"]
    fill(qtbot, cases.filter, "ba")
    assert [one.name for one in cases.model.cases] == ["Bashir"]


def test_kind_of_case_is_chosen_and_shows_what_is_used_elsewhere_on_demand(
    qtbot: QtBot, sitting: Sitting, cases: CasesSection
) -> None:
    set_values(sitting.bus.file, kind="group", cells=[Cell("Lay panel", "Paid", "no")])
    cases.show_kind("groups")
    settle(qtbot, sitting)
    assert [one.name for one in cases.model.attributes] == ["Joined", "Paid"]
    cases.all.setChecked(True)
    assert [one.name for one in cases.model.attributes] == ["Age", "Joined", "Paid", "Site"]
    edit(qtbot, sitting, cases, at(cases, "Ward 4", "Age"), "12")
    assert known(sitting)["Ward 4", "Age"] == "12"


def test_attribute_is_added_by_key_and_pointed_to(qtbot: QtBot, sitting: Sitting, cases: CasesSection) -> None:
    press(qtbot, cases.table, Qt.Key.Key_Insert)
    dialog = form(qtbot, sitting, cases, AttributeDialog)
    fill(qtbot, dialog.name, "Beds")
    dialog.type.setCurrentIndex(dialog.type.findData("number"))
    fill(qtbot, dialog.unit, "beds")
    save(qtbot, sitting, dialog)
    assert cases.current is not None
    assert (cases.current.name, cases.current.unit) == ("Beds", "beds")


def test_taken_name_is_told_in_the_form(qtbot: QtBot, sitting: Sitting, cases: CasesSection) -> None:
    press(qtbot, cases.table, Qt.Key.Key_Insert)
    dialog = form(qtbot, sitting, cases, AttributeDialog)
    fill(qtbot, dialog.name, "PAID")
    save(qtbot, sitting, dialog)
    assert dialog.isVisible()
    assert "already" in dialog.fault.text()


def test_type_that_does_not_fit_is_told_with_the_values(qtbot: QtBot, sitting: Sitting, cases: CasesSection) -> None:
    cases.table.setCurrentIndex(at(cases, "Wren", "Site"))
    cases.change.click()
    dialog = form(qtbot, sitting, cases, AttributeDialog)
    dialog.type.setCurrentIndex(dialog.type.findData("date"))
    save(qtbot, sitting, dialog)
    assert "'Wren': 'North'" in dialog.fault.text()
    fill(qtbot, dialog.name, "Ward")
    dialog.type.setCurrentIndex(dialog.type.findData("text"))
    save(qtbot, sitting, dialog)
    assert [one.name for one in sitting.bus.read(list_attributes)] == ["Age", "Joined", "Paid", "Ward"]


def test_attribute_is_removed_with_its_values_after_asking(qtbot: QtBot, sitting: Sitting, cases: CasesSection) -> None:
    cases.table.setCurrentIndex(at(cases, "Wren", "Age"))
    cases.drop.click()
    settle(qtbot, sitting)
    (box,) = [one for one in cases.findChildren(QMessageBox) if one.isVisible()]
    assert "2 values go" in box.text()
    box.accept()
    settle(qtbot, sitting)
    assert [one.name for one in cases.model.attributes] == ["Joined", "Paid", "Site"]
    undo(qtbot, sitting)
    assert known(sitting)["Wren", "Age"] == "41"


def test_sheet_is_exported(qtbot: QtBot, sitting: Sitting, cases: CasesSection, tmp_path: Path) -> None:
    with qtbot.waitSignal(cases.exported):
        cases.export(tmp_path / "people.csv")
    assert (tmp_path / "people.csv").read_text("utf-8-sig").splitlines()[:2] == [
        '"person","Age (years)","Joined","Paid","Site"',
        '"Bashir","","","",""',
    ]


def test_empty_state_says_what_to_do(qtbot: QtBot, empty_sitting: Sitting) -> None:
    view, section = setting_view(qtbot, empty_sitting, "cases")
    assert section.empty.title.text() == "No people yet"
    assert section.main_part() is section.empty.step
    section.empty.step.click()
    settle(qtbot, empty_sitting)
    assert view.section == "people"


def test_first_attribute_is_asked_for(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "cases")
    assert section.empty.title.text() == "No attributes yet"
    section.empty.step.click()
    assert form(qtbot, sitting, section, AttributeDialog).isVisible()


def test_nothing_is_edited_where_the_project_is_only_read(qtbot: QtBot, reading_sitting: Sitting) -> None:
    _, section = setting_view(qtbot, reading_sitting, "cases")
    buttons: list[Any] = [section.new, section.change, section.drop, section.take_in]
    assert not any(one.isEnabled() for one in buttons)
    assert section.give_out.isEnabled()
