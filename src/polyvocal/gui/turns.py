"""Undo and redo of the coder who is at the window: which step comes next, and taking one after the other."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from polyvocal.domain.changes import ChangeSet
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.steps import named_step
from polyvocal.services.queries.project import Step, next_steps
from polyvocal.store.file import ProjectFile
from polyvocal.store.view import View


class Turns(QObject):
    """Knows the steps that would be undone and redone. What is asked for while one is under way waits for it."""

    changed = Signal()
    """Other steps would be taken than before."""
    turned = Signal(str)
    """A step was taken; what it was, in words."""
    failed = Signal(object)
    """The fault for which a step was not taken."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._sitting: Sitting | None = None
        self.undone_next: Step | None = None
        """What undo would take back."""
        self.redone_next: Step | None = None
        """What redo would do again."""
        self._waiting: list[Callable[[], None]] = []
        self._turning = False

    def follow(self, sitting: Sitting | None) -> None:
        """Be about another project, or about none."""
        self._sitting = sitting
        self.undone_next = self.redone_next = None
        self._waiting, self._turning = [], False
        if sitting is not None:
            sitting.bus.changed.connect(self.ask)
            sitting.coder_changed.connect(self.ask)
            self.ask()

    def undo(self) -> None:
        """Undo the last step of the coder who is here."""
        if self._turning:  # what comes next is not known yet
            self._waiting.append(self.undo)
            return
        self._turn(self.undone_next, lambda file: file.undo(file.person), self.tr("Undone: %s"))

    def redo(self) -> None:
        """Do again what was undone last."""
        if self._turning:
            self._waiting.append(self.redo)
            return
        self._turn(self.redone_next, lambda file: file.redo(file.person), self.tr("Done again: %s"))

    def _turn(self, step: Step | None, turn: Callable[[ProjectFile], ChangeSet], told: str) -> None:
        if self._sitting is None or step is None:
            return
        self._turning = True
        words = told % named_step(step)
        self._sitting.bus.act(turn, done=lambda _changes: self._later(words), failed=self._on_failed, owner=self)

    def _later(self, words: str) -> None:
        """Say it after what all views say of the change."""
        QTimer.singleShot(0, self, lambda: self.turned.emit(words))

    def _on_failed(self, fault: Exception) -> None:
        self._waiting.clear()
        self.ask()
        self.failed.emit(fault)

    def ask(self) -> None:
        """Read anew what comes next."""
        sitting = self._sitting
        if sitting is None:
            return
        person = sitting.bus.file.person

        def query(view: View) -> tuple[Step | None, Step | None]:
            return next_steps(view, person)

        sitting.bus.ask(self, query, lambda steps: self._on_steps(sitting, steps), about="steps")

    def _on_steps(self, sitting: Sitting, steps: tuple[Step | None, Step | None]) -> None:
        if sitting is not self._sitting:
            return
        self.undone_next, self.redone_next = steps
        self.changed.emit()
        self._turning = False
        if self._waiting:
            self._waiting.pop(0)()
