"""What can be done in the Read view, with its keys; the window puts some of it into its menus."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from polyvocal.domain.around import Piece
from polyvocal.gui.acts import CHOSEN, CODING, PINS, READING, STANCE, Act
from polyvocal.gui.surface.ends import End

if TYPE_CHECKING:
    from polyvocal.gui.views.read import ReadView

_FURTHER = ("PgDown", "PgUp", "End", "Home")
"""The keys for steps longer than a word: the end later and earlier, the beginning later and earlier."""


class ReadActions:
    """Each action is an attribute; the view says what they do."""

    def __init__(self, view: "ReadView") -> None:
        self._view, self._bus = view, view.sitting.bus
        self._made: list[QAction] = []
        self._make_for_selection(view)
        self._make_for_chosen(view)
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

    def _action(
        self,
        section: str,
        name: str,
        text: str,
        slot: Callable[[], object],
        *keys: str,
        place: QWidget | None = None,
    ) -> QAction:
        view = self._view
        act = Act(f"read.{name}", section, text, keys)
        self._made.append(view.sitting.actions.add(act, slot, owner=view, place=place or view))
        return self._made[-1]

    def _make_for_selection(self, view: "ReadView") -> None:
        """Coding what is selected."""
        action, texts, tr = partial(self._action, CODING), view.texts, view.tr
        self.code = action("code", tr("Code the selected words…"), lambda: view.coding.choose_code(), "Ctrl+Return")
        self.in_vivo = action("in-vivo", tr("Code in vivo"), lambda: view.coding.code_in_vivo(), "Ctrl+I", place=texts)
        self.again = action(
            "again", tr("Code with the last code again"), lambda: view.coding.code_again(), "Ctrl+Shift+Return"
        )
        self.expand = action(
            "expand", tr("Select word, sentence, paragraph"), lambda: view.surface.expand(), "Ctrl+E", place=texts
        )
        self.keep = action(
            "keep", tr("Keep this selection, and select more"), lambda: view.surface.keep_selection(), "Ctrl+K"
        )
        pinning = tr("Pin the code to key %s, or take it off")
        self.pins = [
            self._action(PINS, f"pin-{n}", pinning % n, partial(view.pin, n), f"Alt+{n}") for n in range(1, 10)
        ]

    def _make_for_chosen(self, view: "ReadView") -> None:
        """What is done with the chosen coding."""
        action, card, texts, tr = partial(self._action, CHOSEN), view.here.details, view.texts, view.tr
        self.stance = view.sitting.actions.add(STANCE, card.add_stance, owner=view, place=view)
        self._made.append(self.stance)
        self.concerns = action("concerns", tr("Whom the chosen coding concerns…"), card.change_concerns, "Ctrl+Shift+T")
        self.memo = action("memo", tr("Memo about the chosen coding…"), card.write_memo, "Ctrl+M")
        self.other_code = action(
            "other-code",
            tr("Give the chosen coding another code…"),
            lambda: view.coding.choose_other_code(),
            "F2",
            place=texts,
        )
        self.further_code = action(
            "further-code",
            tr("Code the chosen passage also with…"),
            lambda: view.coding.choose_further_code(),
            "Ctrl+D",
        )
        self.merge = action("merge", tr("Merge the chosen coding"), lambda: view.coding.chosen.merge(), "Ctrl+J")
        self.split = action(
            "split", tr("Split the chosen coding at the cursor"), lambda: view.coding.chosen.split(), "Ctrl+Shift+J"
        )
        self.ends = [
            action(
                f"{end}-{way}{which}",
                words % piece,
                partial(self._nudge, end, by, forward=way == "later"),
                f"{held}+{keys[place]}",
            )
            for by, which, piece, held, keys in (
                (Piece.WORD, "", tr("a word"), "Alt+Shift", ("Right", "Left", "Down", "Up")),
                (Piece.SENTENCE, "-sentence", tr("a sentence"), "Alt+Shift", _FURTHER),
                (Piece.PARAGRAPH, "-paragraph", tr("a paragraph"), "Ctrl+Alt+Shift", _FURTHER),
            )
            for place, (end, way, words) in enumerate(
                (
                    (End.END, "later", tr("End the chosen coding %s later")),
                    (End.END, "earlier", tr("End the chosen coding %s earlier")),
                    (End.START, "later", tr("Begin the chosen coding %s later")),
                    (End.START, "earlier", tr("Begin the chosen coding %s earlier")),
                )
            )
        ]
        self.remove = action("remove", tr("Remove the chosen coding"), card.remove_coding, "Delete", place=texts)
        self.none = action("none", tr("Let go of the chosen coding"), view.unchoose, "Escape", place=texts)
        self.on_chosen = (
            self.stance, self.concerns, self.memo, self.other_code, self.further_code, self.merge, self.split,
            self.remove,
        )  # fmt: skip
        """What is done with the chosen coding."""

    def _make_for_way(self, view: "ReadView") -> None:
        """Finding one's way, and what is done with the text as a whole."""
        action, tr, tour = partial(self._action, READING), view.tr, view.sitting.tour
        self.next = action("next", tr("Next coding"), lambda: view.surface.step(forward=True), "Alt+Down")
        self.previous = action("previous", tr("Previous coding"), lambda: view.surface.step(forward=False), "Alt+Up")
        self.same_next = action(
            "same-next",
            tr("Next coding with the same code"),
            partial(view.step_same, forward=True),
            "Alt+PgDown",
        )
        self.same_previous = action(
            "same-previous",
            tr("Previous coding with the same code"),
            partial(view.step_same, forward=False),
            "Alt+PgUp",
        )
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

    def _nudge(self, end: End, piece: Piece, *, forward: bool) -> None:
        self._view.surface.ends.nudge(end, piece, forward=forward)

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
