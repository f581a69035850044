"""Taking in a codebook at the window: pasted or from a file, looked at first."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QTreeWidgetItemIterator, QWidget
from pytestqt.qtbot import QtBot

from polyvocal.gui.dialogs.import_codebook import ImportCodebookDialog
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.codebook_view import CodebookView
from tests.gui.conftest import settle
from tests.services.codebook_steps import code_named, tree

BOOK = "code,parent,definition,colour\nProtest,,Saying no,orange\nClapping,Protest,With hands,\n,,lost,\n"


@pytest.fixture
def dialog(qtbot: QtBot, sitting: Sitting, window: QWidget) -> ImportCodebookDialog:
    """The dialog, over a window."""
    made = ImportCodebookDialog(sitting, window)
    made.open()
    return made


def paste(qtbot: QtBot, dialog: ImportCodebookDialog, text: str) -> None:
    dialog.text.setPlainText(text)
    dialog.read()
    settle(qtbot, dialog.sitting)


def rows(dialog: ImportCodebookDialog) -> list[tuple[str, str]]:
    """The codes as they would be, with what becomes of each."""
    found = []
    walk = QTreeWidgetItemIterator(dialog.tree)
    while (item := walk.value()) is not None:
        found.append((item.text(0), item.text(1)))
        walk += 1
    return found


def test_what_is_pasted_is_shown_as_the_tree_that_it_would_be_problems_first(
    qtbot: QtBot, dialog: ImportCodebookDialog
) -> None:
    paste(qtbot, dialog, BOOK)
    assert rows(dialog) == [("Protest", "differs: definition"), ("Clapping", "new")]
    assert dialog.tree.topLevelItem(0).child(0).text(2) == "With hands"  # type: ignore[union-attr]
    assert dialog.problems.isVisible()
    told = [dialog.problems.item(row, 1).text() for row in range(dialog.problems.rowCount())]  # type: ignore[union-attr]
    assert told == ["'orange' is no colour: left out", "No code is named"]
    assert dialog.ok.text() == "Import 1 code"


def test_typing_is_read_after_a_pause(qtbot: QtBot, dialog: ImportCodebookDialog) -> None:
    qtbot.keyClicks(dialog.text, "Silence: saying nothing")
    assert rows(dialog) == []
    qtbot.waitUntil(lambda: rows(dialog) == [("Silence", "new")])
    dialog.text.clear()
    qtbot.waitUntil(lambda: rows(dialog) == [])
    assert not dialog.ok.isEnabled()


def test_import_keeps_what_is_there_and_adds_the_rest(qtbot: QtBot, dialog: ImportCodebookDialog) -> None:
    paste(qtbot, dialog, BOOK)
    with qtbot.waitSignal(dialog.finished_with):
        dialog.accept()
    settle(qtbot, dialog.sitting)
    file = dialog.sitting.bus.file
    assert "Protest / Clapping" in tree(file)
    assert code_named(file, "Protest").definition is None


def test_what_differs_is_taken_where_that_is_chosen(qtbot: QtBot, dialog: ImportCodebookDialog) -> None:
    paste(qtbot, dialog, BOOK)
    dialog.differing.setCurrentIndex(2)
    dialog.differing.activated.emit(2)
    settle(qtbot, dialog.sitting)
    assert dialog.ok.text() == "Import 2 codes"
    assert "history" in dialog.summary.text()
    with qtbot.waitSignal(dialog.finished_with):
        dialog.accept()
    assert code_named(dialog.sitting.bus.file, "Protest").definition == "Saying no"


def test_names_can_be_said_to_be_paths(qtbot: QtBot, dialog: ImportCodebookDialog) -> None:
    paste(qtbot, dialog, "time.paid\ntime.lent\n")
    assert [name for name, _ in rows(dialog)] == ["time.paid", "time.lent"]
    dialog.path_mark.setCurrentIndex(dialog.path_mark.findData("."))
    dialog.path_mark.activated.emit(0)
    settle(qtbot, dialog.sitting)
    assert [name for name, _ in rows(dialog)] == ["time", "paid", "lent"]


def test_file_is_chosen_and_its_sheet(
    qtbot: QtBot, dialog: ImportCodebookDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = Workbook()
    book.active.append(["Code"])  # type: ignore[union-attr]
    book.active.append(["One"])  # type: ignore[union-attr]
    other = book.create_sheet("Other")
    other.append(["Code"])
    other.append(["Two"])
    path = tmp_path / "codes.xlsx"
    book.save(path)
    monkeypatch.setattr(QFileDialog, "open", lambda asked: asked.fileSelected.emit(str(path)))
    dialog.text.setPlainText("something pasted")
    dialog.choose.click()
    settle(qtbot, dialog.sitting)
    assert dialog.text.toPlainText() == ""
    assert rows(dialog) == [("One", "new")]
    assert dialog.form.isRowVisible(dialog.sheets)
    dialog.sheets.setCurrentIndex(1)
    dialog.sheets.activated.emit(1)
    settle(qtbot, dialog.sitting)
    assert rows(dialog) == [("Two", "new")]
    assert dialog.told.text().startswith("codes.xlsx, read as table")


def test_file_that_cannot_be_read_is_told_in_the_dialog(
    qtbot: QtBot, dialog: ImportCodebookDialog, tmp_path: Path
) -> None:
    path = tmp_path / "codes.pdf"
    path.write_bytes(b"%PDF-")
    dialog.read_file(path)
    settle(qtbot, dialog.sitting)
    assert "no codebook that can be read" in dialog.fault.text()
    assert not dialog.ok.isEnabled()


def test_codebook_that_is_there_already_leaves_nothing_to_import(qtbot: QtBot, dialog: ImportCodebookDialog) -> None:
    paste(qtbot, dialog, "Protest\nSense-making\n")
    assert rows(dialog) == [("Protest", "as it is"), ("Sense-making", "as it is")]
    assert not dialog.ok.isEnabled()


def test_view_opens_the_dialog_and_points_to_the_first_new_code(qtbot: QtBot, sitting: Sitting) -> None:
    view = CodebookView(sitting)
    qtbot.addWidget(view)
    view.resize(1300, 800)
    view.show()
    settle(qtbot, sitting)
    view.tree.setFocus()
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(view.tree, Qt.Key.Key_I, keys)
    (dialog,) = view.findChildren(ImportCodebookDialog)
    paste(qtbot, dialog, "Silence\n  Long silence\n")
    dialog.accept()
    settle(qtbot, sitting)
    assert view.current is not None
    assert view.current.name == "Silence"
