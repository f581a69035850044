"""The preview of a table of values: problems first, decided before anything is written."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from polyvocal.domain.words import AttributeType
from polyvocal.gui.dialogs.import_values import ImportValuesDialog
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.attributes import add_attribute
from polyvocal.services.queries.attributes import list_attributes, list_values
from tests.exchange.workbooks import saved
from tests.gui.conftest import settle

CSV = "person;Age;Band;Junk\nWren;41;7;x\nIlse;soon;8;\nRobin;3;6;\n"


def opened(qtbot: QtBot, sitting: Sitting, window: QWidget, path: Path, kind: str = "people") -> ImportValuesDialog:
    """The preview of a file, after it was read."""
    dialog = ImportValuesDialog(sitting, path, kind, parent=window)
    dialog.open()
    settle(qtbot, sitting)
    return dialog


def choose(qtbot: QtBot, sitting: Sitting, box: QComboBox, value: str) -> None:
    """Choose as a person does."""
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())
    settle(qtbot, sitting)


@pytest.fixture
def table(tmp_path: Path, sitting: Sitting) -> Path:
    """A table with a case that is not there, and a value that does not fit an attribute that is."""
    add_attribute(sitting.bus.file, name="Age", type=AttributeType.NUMBER)
    path = tmp_path / "people.csv"
    path.write_text(CSV, "utf-8")
    return path


def problems(dialog: ImportValuesDialog) -> list[tuple[str, ...]]:
    """What is listed as in the way."""
    cells = dialog.problems
    return [
        tuple(cells.item(row, column).text() for column in range(2))  # type: ignore[union-attr]
        for row in range(cells.rowCount())
        if cells.isVisible()
    ]


def test_nothing_can_be_imported_before_all_is_decided(
    qtbot: QtBot, sitting: Sitting, window: QWidget, table: Path
) -> None:
    dialog = opened(qtbot, sitting, window, table)
    assert "semicolons" in dialog.told.text()
    assert problems(dialog) == [("3", "Age"), ("4", "")]
    assert not dialog.ok.isEnabled()
    assert dialog.focusWidget() is dialog.unknown
    choose(qtbot, sitting, dialog.unknown, "make")
    assert problems(dialog) == [("3", "Age")]
    assert not dialog.ok.isEnabled()
    choose(qtbot, sitting, dialog.misfits, "leave-out")
    assert dialog.ok.isEnabled()
    assert dialog.summary.text() == "Values: 6 new, 0 changed, 0 as they are. Added are attributes: 2, people: 1."
    dialog.columns.item(2, 0).setCheckState(Qt.CheckState.Unchecked)  # type: ignore[union-attr]
    settle(qtbot, sitting)
    assert dialog.ok.text() == "Import 5 values"
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    settle(qtbot, sitting)
    assert [(one.case, one.attribute, one.value) for one in sitting.bus.read(list_values)] == [
        ("Ilse", "Band", "8"),
        ("Robin", "Age", "3"),
        ("Robin", "Band", "6"),
        ("Wren", "Age", "41"),
        ("Wren", "Band", "7"),
    ]
    sitting.bus.act(lambda file: file.undo())
    settle(qtbot, sitting)
    assert sitting.bus.read(list_values) == []


def test_type_of_a_new_attribute_is_proposed_and_changed(
    qtbot: QtBot, sitting: Sitting, window: QWidget, table: Path
) -> None:
    dialog = opened(qtbot, sitting, window, table)
    assert dialog.columns.cellWidget(0, 2) is None  # it is there already
    band = dialog.columns.cellWidget(1, 2)
    assert isinstance(band, QComboBox)
    assert band.currentData() == "number"
    assert band.accessibleName() == "Type of Band"
    choose(qtbot, sitting, band, "text")
    choose(qtbot, sitting, dialog.unknown, "leave-out")
    choose(qtbot, sitting, dialog.misfits, "leave-out")
    dialog.accept()
    settle(qtbot, sitting)
    assert {one.name: one.type for one in sitting.bus.read(list_attributes)}["Band"] == "text"


def test_type_that_values_do_not_fit_is_shown_at_once(
    qtbot: QtBot, sitting: Sitting, window: QWidget, table: Path
) -> None:
    dialog = opened(qtbot, sitting, window, table)
    band = dialog.columns.cellWidget(1, 2)
    assert isinstance(band, QComboBox)
    choose(qtbot, sitting, band, "date")
    assert problems(dialog) == [("2", "Band"), ("3", "Age"), ("3", "Band"), ("4", "")]
    assert dialog.columns.item(1, 4).text() == "2"  # type: ignore[union-attr]


def test_sources_are_not_made(qtbot: QtBot, sitting: Sitting, window: QWidget, tmp_path: Path) -> None:
    path = tmp_path / "sources.csv"
    path.write_text("source,Pages\nNo such note,3\n", "utf-8")
    dialog = opened(qtbot, sitting, window, path, "sources")
    assert [dialog.unknown.itemData(row) for row in range(dialog.unknown.count())] == ["ask", "leave-out"]


def test_sheet_of_a_workbook_is_chosen(qtbot: QtBot, sitting: Sitting, window: QWidget, tmp_path: Path) -> None:
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "Wards"
    first.append(["ward", "Beds"])
    people = book.create_sheet("People")
    people.append(["person", "Years"])
    people.append(["Wren", 4])
    path = tmp_path / "cases.xlsx"
    path.write_bytes(saved(book))
    dialog = opened(qtbot, sitting, window, path)
    assert [dialog.sheets.itemText(row) for row in range(dialog.sheets.count())] == ["Wards", "People"]
    choose(qtbot, sitting, dialog.sheets, "People")
    assert dialog.ok.text() == "Import 1 value"


def test_file_that_cannot_be_read_is_told(qtbot: QtBot, sitting: Sitting, window: QWidget, tmp_path: Path) -> None:
    path = tmp_path / "cases.xlsx"
    path.write_bytes(b"no workbook")
    dialog = opened(qtbot, sitting, window, path)
    assert "no Excel workbook" in dialog.fault.text()
    assert not dialog.ok.isEnabled()
    dialog.reject()
