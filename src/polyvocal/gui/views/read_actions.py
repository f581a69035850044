"""What can be done in the Read view, with its keys; the window puts some of it into its menus."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from polyvocal.gui.acts import PINS, READING, STANCE
from polyvocal.gui.views.coding_actions import CodingActions

if TYPE_CHECKING:
    from polyvocal.gui.views.read import ReadView


class ReadActions(CodingActions):
    """Each action is an attribute; the view says what they do."""

    def __init__(self, view: "ReadView") -> None:
        super().__init__(view, view)
        self._view, self._bus = view, view.sitting.bus
        self._make_for_selection()
        pinning = view.tr("Pin the code to key %s, or take it off")
        self.pins = [
            self._action(PINS, f"pin-{n}", pinning % n, partial(view.pin, n), f"Alt+{n}") for n in range(1, 10)
        ]
        self._make_for_chosen(view.here.details, view.unchoose)
        self._make_for_steps()
        self._make_for_way(view)
        self._while_reading = [one for one in self._made if one not in (self.versions, self.correct)]
        explain = view.sitting.actions.explain
        explain(view.head.here, "read.read", view.tr("Note that you have read up to the cursor"))
        explain(view.head.done, "read.read-all", view.tr("Note that you have read all of it"))
        explain(
            view.here.details.add, STANCE.name, view.tr("Who generates, affirms or contests which term; S in the list")
        )
        explain(view.here.details.delete, "read.remove", view.tr("Remove the chosen coding"))
        if not self._bus.may_write:
            self.correct.setText(view.tr("Correct the text… (the project is open for reading only)"))
        self.enable(reading=True)

    def _make_for_way(self, view: "ReadView") -> None:
        """Finding one's way, and what is done with the text as a whole."""
        action, tr, tour = partial(self._action, READING), view.tr, view.sitting.tour
        self.next_listed = action("next-listed", tr("Next passage of the list"), lambda: tour.step(1), "F4")
        self.previous_listed = action(
            "previous-listed", tr("Previous passage of the list"), lambda: tour.step(-1), "Shift+F4"
        )
        self.find = action("find", tr("Find in the text…"), lambda: view.active.finding.open(), "Ctrl+F")
        self.find_next = action("find-next", tr("Next place found"), lambda: view.active.finding.go(forward=True), "F3")
        self.find_previous = action(
            "find-previous", tr("Previous place found"), lambda: view.active.finding.go(forward=False), "Shift+F3"
        )
        self.read = action(
            "read", tr("I have read to here"), lambda: view.coding.note_reading(view.surface.offset), "Ctrl+R"
        )
        self.read_all = action(
            "read-all", tr("I have read to the end"), lambda: view.coding.note_reading(None), "Ctrl+Shift+R"
        )
        self.next_source = action("next-source", tr("Next source to read"), view.open_next, "Ctrl+PgDown")
        self.which = action("which", tr("Which codings are shown…"), lambda: view.active.codings.showMenu(), "Ctrl+L")
        self.bare = action(
            "bare", tr("Text alone, or all codings"), lambda: view.active.codings.turn_off(), "Ctrl+Shift+L"
        )
        self.beside = action("beside", tr("Second text beside, or close it"), view.turn_beside, "Ctrl+\\")
        self.versions = action("versions", tr("Versions of the text…"), view.show_versions, "Ctrl+F2")
        self.correct = action("correct", tr("Correct the text…"), view.correct, "Shift+F2")

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
        for one in self.on_chosen:
            one.setEnabled(may and surface.chosen is not None)
        menu.addActions([self.code, self.in_vivo, self.again, self.expand, self.keep])
        menu.addAction(view.tr("Copy"), surface.copy).setEnabled(surface.textCursor().hasSelection())
        for part in (self.on_chosen, [self.read, self.read_all], [self.correct, self.versions]):
            menu.addSeparator()
            menu.addActions(part)
            if part is self.on_chosen:
                ends = menu.addMenu(view.tr("Move an end of the chosen coding"))
                ends.addActions(self.ends)
                ends.setEnabled(may and surface.chosen is not None)
        menu.aboutToHide.connect(lambda: self.enable(reading=True))  # keys find out themselves that there is nothing
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(point)
