"""What can be done in the Read view, with its keys; the window puts some of it into its menus."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from polyvocal.gui.actions import Act

if TYPE_CHECKING:
    from polyvocal.gui.views.read import ReadView


class ReadActions:
    """Each action is an attribute; the view says what they do."""

    def __init__(self, view: "ReadView") -> None:
        self._view, self._bus = view, view.sitting.bus
        surface, coding, card = view.surface, view.coding, view.here.details
        tr, tour = view.tr, view.sitting.tour
        reading = tr("Reading and coding")

        def action(name: str, text: str, slot: Callable[[], object], *keys: str, place: QWidget = view) -> QAction:
            return view.sitting.actions.add(Act(f"read.{name}", reading, text, keys), slot, owner=view, place=place)

        self.code = action("code", tr("Code the selected words…"), coding.choose_code, "Ctrl+Return")
        self.expand = action("expand", tr("Select word, sentence, paragraph"), surface.expand, "Ctrl+E", place=surface)
        self.next = action("next", tr("Next coding"), lambda: surface.step(forward=True), "Alt+Down")
        self.previous = action("previous", tr("Previous coding"), lambda: surface.step(forward=False), "Alt+Up")
        self.remove = action("remove", tr("Remove the chosen coding"), card.remove_coding, "Delete", place=surface)
        self.stance = action("stance", tr("Add a stance to the chosen coding…"), card.add_stance, "Ctrl+T")
        self.read = action("read", tr("I have read to here"), lambda: coding.note_reading(surface.offset), "Ctrl+R")
        self.read_all = action(
            "read-all", tr("I have read to the end"), lambda: coding.note_reading(None), "Ctrl+Shift+R"
        )
        self.next_listed = action("next-listed", tr("Next passage of the list"), lambda: tour.step(1), "F4")
        self.previous_listed = action(
            "previous-listed", tr("Previous passage of the list"), lambda: tour.step(-1), "Shift+F4"
        )
        self.none = action("none", tr("No coding chosen"), lambda: surface.choose(None), "Escape", place=surface)
        self.versions = action("versions", tr("Versions of the text…"), view.show_versions, "Ctrl+F2")
        self.correct = action("correct", tr("Correct the text…"), view.drafts.correct, "Shift+F2")
        self._while_reading = (
            self.code, self.expand, self.next, self.previous, self.remove, self.stance, self.read, self.read_all,
        )  # fmt: skip
        if not self._bus.may_write:
            self.correct.setText(tr("Correct the text… (the project is open for reading only)"))
        self.enable(reading=True)

    def enable(self, *, reading: bool) -> None:
        """Let be done what can be done while one reads, or, while one corrects, nothing."""
        for one in self._while_reading:
            one.setEnabled(reading)
        self.correct.setEnabled(reading and self._bus.may_write)

    def show_menu(self, point: QPoint) -> None:
        """Show at a point of the screen what can be done with what is selected and chosen."""
        view, surface, may = self._view, self._view.surface, self._bus.may_write
        menu = QMenu(view)
        self.code.setEnabled(may and surface.selected is not None)
        for one in (self.remove, self.stance):
            one.setEnabled(may and surface.chosen is not None)
        menu.addActions([self.code, self.expand])
        menu.addAction(view.tr("Copy"), surface.copy).setEnabled(surface.textCursor().hasSelection())
        for part in ([self.stance, self.remove], [self.read, self.read_all], [self.correct, self.versions]):
            menu.addSeparator()
            menu.addActions(part)
        menu.aboutToHide.connect(lambda: self.enable(reading=True))  # keys find out themselves that there is nothing
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(point)
