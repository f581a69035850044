"""Steps that tests of the import window take: open it on files, say something of them, take them in, look."""

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from polyvocal.domain.words import SourceKind
from polyvocal.exchange.about.columns import Use
from polyvocal.exchange.about.found import Key
from polyvocal.gui.dialogs.import_columns import Column
from polyvocal.gui.dialogs.import_files import ImportDialog
from polyvocal.gui.dialogs.import_how import HowDialog
from polyvocal.gui.dialogs.import_result import ImportedDialog
from polyvocal.gui.dialogs.import_words import COLUMN_USES, told_of
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.sources import ImportResult
from polyvocal.services.queries.listing import list_sources
from polyvocal.services.queries.rows import SourceRow
from tests.gui.conftest import settle


class Opened(Protocol):
    """Opens the window on files and folders, and waits until they are read and the project was asked about them.

    `at` is the sitting at which it is opened: that of the small project, unless it is said.
    """

    def __call__(self, *paths: Path, at: Sitting | None = None) -> ImportDialog: ...


def open_on(qtbot: QtBot, sitting: Sitting, window: QWidget, *paths: Path) -> ImportDialog:
    """Open it, and wait until all is read."""
    dialog = ImportDialog(sitting, paths, window)
    dialog.open()
    have_read(qtbot, sitting, dialog)
    return dialog


def have_read(qtbot: QtBot, sitting: Sitting, dialog: ImportDialog) -> None:
    """Wait until all is read, and the project was asked about it."""
    qtbot.waitUntil(lambda: dialog._reading is None, timeout=20_000)
    settle(qtbot, sitting)


def written(path: Path, words: str | bytes) -> Path:
    """A file with some words in it, in folders that are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(words.encode() if isinstance(words, str) else words)
    return path


# --- what it shows ---------------------------------------------------------------------------------------------------


def at(dialog: ImportDialog, name: str) -> int:
    """The row of a file, or of a row of a table, by its name."""
    return [row.name for row in dialog.model.rows].index(name)


def cell(dialog: ImportDialog, name: str, column: Column, role: int = Qt.ItemDataRole.DisplayRole) -> object:
    """What a cell of the row of a file shows."""
    return dialog.model.index(at(dialog, name), column).data(role)


def tells(dialog: ImportDialog) -> list[str]:
    """What there is to look at in each row."""
    return [told_of(row) for row in dialog.model.rows]


# --- what is done ----------------------------------------------------------------------------------------------------


def put(dialog: ImportDialog, row: int, column: Column, words: str) -> None:
    """Type into a cell."""
    assert dialog.model.setData(dialog.model.index(row, column), words)


def clear(dialog: ImportDialog, row: int) -> None:
    """Clear the box of a row."""
    index = dialog.model.index(row, Column.FILE)
    assert dialog.model.setData(index, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)


def select(dialog: ImportDialog, column: Column, *rows: int) -> None:
    """Select rows in a column; the first is the current one."""
    chooser = dialog.table.selectionModel()
    chooser.clear()
    dialog.table.setCurrentIndex(dialog.model.index(rows[0], column))
    for row in rows:
        chooser.select(dialog.model.index(row, column), QItemSelectionModel.SelectionFlag.Select)


def choose_kind(dialog: ImportDialog, kind: SourceKind) -> None:
    """Say what all of them are."""
    dialog.fields.kind.setCurrentIndex(dialog.fields.kind.findData(str(kind)))


def ask_how(qtbot: QtBot, dialog: ImportDialog, name: str) -> HowDialog:
    """Ask by the keyboard how a file is read, and wait until that is shown."""
    dialog.activateWindow()
    dialog.table.setFocus()
    qtbot.waitUntil(dialog.table.hasFocus)
    dialog.table.setCurrentIndex(dialog.model.index(at(dialog, name), Column.TITLE))
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    (how,) = [one for one in dialog.findChildren(HowDialog) if one.isVisible()]
    settle(qtbot, dialog.sitting)
    return how


def choose_encoding(qtbot: QtBot, how: HowDialog, encoding: str) -> None:
    """Choose an encoding, and wait until the text is shown in it."""
    place = how.encoding.findData(encoding)
    assert place >= 0
    how.encoding.setCurrentIndex(place)
    how.encoding.activated.emit(place)
    settle(qtbot, how._sitting)


def choose_use(how: HowDialog, column: int, use: Key | Use) -> None:
    """Choose what a column says, as a person does."""
    box = how.uses.cellWidget(column, 1)
    assert isinstance(box, QComboBox)
    place = list(COLUMN_USES).index(use)
    box.setCurrentIndex(place)
    box.activated.emit(place)


def read_so(qtbot: QtBot, dialog: ImportDialog, how: HowDialog) -> None:
    """Have the file read so, and wait until it is."""
    assert how.ok.isEnabled()
    how.accept()
    have_read(qtbot, dialog.sitting, dialog)


# --- what comes of it ------------------------------------------------------------------------------------------------


def imported(qtbot: QtBot, dialog: ImportDialog) -> tuple[ImportResult, str]:
    """What it gives, and the page on which it then tells of it."""
    window = dialog.parentWidget()
    assert window is not None
    with qtbot.waitSignal(dialog.finished_with, timeout=20_000) as signal:
        dialog.accept()
    assert signal.args is not None
    (page,) = window.findChildren(ImportedDialog)
    assert page.isVisible()
    return signal.args[0], page.page.toPlainText()


def sources(sitting: Sitting) -> dict[str, SourceRow]:
    """The sources of the project, by their titles."""
    with sitting.bus.file.view() as view:
        return {row.title: row for row in list_sources(view)}
