"""Steps that tests of the Setting view take: show a section, open a form by key, fill it in, save it."""

from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from polyvocal.gui.dialogs.form import FormDialog
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.setting import SettingView
from polyvocal.services.queries.listing import list_people
from polyvocal.services.queries.rows import PersonRow
from tests.gui.conftest import settle

F = TypeVar("F", bound=FormDialog)
W = TypeVar("W", bound=QWidget)


def setting_view(qtbot: QtBot, sitting: Sitting, section: str) -> tuple[SettingView, Any]:
    """The view on the screen, with a section of it that was read."""
    view = SettingView(sitting)
    qtbot.addWidget(view)
    view.resize(1200, 720)
    view.show()
    shown = view.show_section(section)
    settle(qtbot, sitting)
    return view, shown


def press(qtbot: QtBot, widget: QWidget, key: Qt.Key, *, with_key: Qt.KeyboardModifier | None = None) -> None:
    """Press a key."""
    qtbot.keyClick(widget, key, with_key or Qt.KeyboardModifier.NoModifier)


def form(qtbot: QtBot, sitting: Sitting, owner: QWidget, cls: type[F]) -> F:
    """The form that was opened just now."""
    settle(qtbot, sitting)
    (found,) = [one for one in owner.findChildren(cls) if one.isVisible()]
    return found


def editor(table: QAbstractItemView, cls: type[W]) -> W:
    """The field in which a cell of a table is edited just now."""
    (found,) = [one for one in table.viewport().findChildren(cls) if one.isVisible()]
    return found


def finish(qtbot: QtBot, sitting: Sitting, line: QWidget) -> None:
    """Press Enter in the field of a cell, which Qt heeds a moment later; where it does not fit, the field stays."""
    qtbot.keyClick(line, Qt.Key.Key_Return)
    QApplication.processEvents()
    settle(qtbot, sitting)


def fill(qtbot: QtBot, field: QWidget, words: str) -> None:
    """Type words in place of what a field holds."""
    target = getattr(field, "lineEdit", lambda: field)() or field
    if isinstance(target, QLineEdit):
        target.selectAll()
    else:
        qtbot.keyClick(target, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(target, Qt.Key.Key_Delete)
    qtbot.keyClicks(target, words)


def save(qtbot: QtBot, sitting: Sitting, dialog: FormDialog) -> None:
    """Press the button that keeps what was filled in, and wait for what comes of it."""
    qtbot.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    settle(qtbot, sitting)


def people(sitting: Sitting) -> dict[str, PersonRow]:
    """The people of the store by name."""
    return {one.name: one for one in sitting.bus.read(list_people)}


def undo(qtbot: QtBot, sitting: Sitting) -> None:
    """Undo the last step, as the window does."""
    sitting.bus.act(lambda file: file.undo())
    settle(qtbot, sitting)


def names_shown(section: Any) -> list[str]:
    """What the first column shows, from the top."""
    return [section.model.columns[0].text(one) for one in section.model.entries()]


def point_to(section: Any, name: str) -> None:
    """Point to the row that bears a name."""
    (entry,) = [one for one in section.model.entries() if section.model.columns[0].text(one) == name]
    section.tree.setCurrentIndex(section.model.index_of(entry.id))
