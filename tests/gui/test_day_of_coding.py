"""Two hundred passages coded in the window by keys alone, from opening a source to undoing and closing."""

from itertools import cycle, islice
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from polyvocal.domain.records import Coding
from polyvocal.exchange.sample import write_sample
from polyvocal.gui.window import Window
from tests.gui.window_steps import Opened, be, opened, wait, window

__all__ = ["opened", "window"]

PASSAGES = 200
NAMES = ("Withholding", "Polite assent", "Keeping time", "Room and seating", "Paid and unpaid", "Props and papers")
CONTROL = Qt.KeyboardModifier.ControlModifier


class NoMouse(QObject):
    """Notes whether a mouse was used."""

    used = False

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        self.used = self.used or isinstance(event, QMouseEvent)
        return False


def test_two_hundred_passages_are_coded_without_a_mouse(
    qtbot: QtBot, window: Window, opened: Opened, tmp_path: Path
) -> None:
    path = tmp_path / "sample.polyvocal"
    write_sample(path)
    project = opened(path)
    be(project, "Ines Varga")
    read = project.read
    before = project.sitting.bus.read(lambda view: view.count(Coding))
    mouse = NoMouse()
    QApplication.instance().installEventFilter(mouse)  # type: ignore[union-attr]
    window.activateWindow()
    read.surface.setFocus()
    QTest.keyClick(read.surface, Qt.Key.Key_Home, CONTROL)
    for name in islice(cycle(NAMES), PASSAGES):
        for _ in range(4):
            QTest.keyClick(read.surface, Qt.Key.Key_Right, CONTROL)
        while read.surface.selected is None:  # past the end of a line too
            QTest.keyClick(read.surface, Qt.Key.Key_Right, CONTROL | Qt.KeyboardModifier.ShiftModifier)
        chooser = read.coding.chooser
        QTest.keyClicks(read.surface, name[0])
        assert chooser.isVisible(), read.surface.selection
        QTest.keyClicks(chooser.line, name[1:6])
        QTest.keyClick(chooser.line, Qt.Key.Key_Return)
    wait(qtbot, project)
    assert project.sitting.bus.read(lambda view: view.count(Coding)) == before + PASSAGES
    window.menus.undo.trigger()
    wait(qtbot, project)
    qtbot.waitUntil(lambda: project.sitting.bus.read(lambda view: view.count(Coding)) == before + PASSAGES - 1)
    QApplication.instance().removeEventFilter(mouse)  # type: ignore[union-attr]
    assert not mouse.used
