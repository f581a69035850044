"""The first steps on the sample, beside the window: each is checked off when it was done, in whatever order."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from polyvocal.domain.changes import ChangeSet
from polyvocal.gui.announcing import announce
from polyvocal.gui.button import Button
from polyvocal.gui.parts import in_column, in_row, muted, scrolled
from polyvocal.gui.rows_layout import in_rows
from polyvocal.gui.settings import GUIDE_DONE

if TYPE_CHECKING:
    from polyvocal.gui.opening import OpenedProject
    from polyvocal.gui.window import Window


class Step(NamedTuple):
    """A step; each %s in its words stands for the key of one of the `keys`, names of actions."""

    name: str
    title: str
    words: str
    keys: tuple[str, ...] = ()


STEPS = (
    Step(
        "select",
        "Select a few words",
        "Drag over them in the text, or hold Shift and use the arrows. %s takes the word at the cursor, then its "
        "sentence, then its paragraph.",
        ("read.expand",),
    ),
    Step(
        "code",
        "Code them",
        "Type the beginning of a code's name, such as “with” for Withholding, and press Enter. The first time you are "
        "asked who codes: take Ines Varga, or type a name of your own.",
    ),
    Step(
        "stance",
        "Say who takes which stance",
        "%s on the coding that you just made: which group or person generates, affirms or contests which term of "
        "collaboration.",
        ("read.stance",),
    ),
    Step(
        "compare",
        "Lay the observers side by side",
        "Compare, in the bar above, shows which codes were read in whose accounts. Enter on a number opens the "
        "passages behind it; an empty cell says why it is empty.",
    ),
    Step("undo", "Take a step back", "%s undoes what you did last, and the menu says what. It works tomorrow, too.",
         ("edit.undo",)),
)  # fmt: skip


class StepRow(QWidget):
    """One step: whether it was done, and, while it is the next, how it is done."""

    def __init__(self, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.step = step
        self.mark, self.title, self.words = QLabel(), QLabel(self.tr(step.title)), muted()
        self.title.setWordWrap(True)
        self.words.setContentsMargins(26, 0, 0, 4)
        self.mark.setFixedWidth(20)
        column = in_column(in_row(self.mark, (self.title, 1)), self.words, spacing=4)
        column.setContentsMargins(0, 0, 0, 0)
        self.setLayout(column)

    def show_state(self, *, done: bool, current: bool) -> None:
        """Show where the person is."""
        self.mark.setText("✓" if done else "▸" if current else "○")
        self.mark.setAccessibleName(self.tr("done") if done else self.tr("next") if current else self.tr("to do"))
        self.title.setStyleSheet("font-weight: 600;" if current else "")
        self.words.setVisible(current)


class Guide(QFrame):
    """Follows what is done in the window; it can be left, and taken up again where it was left."""

    left = Signal()
    """The person is done with it, for now or for good."""

    def __init__(self, window: "Window") -> None:
        super().__init__()
        self._window = window
        self.setObjectName("beside")
        self.rows = [StepRow(step) for step in STEPS]
        self.told = muted()
        self.skip, self.close_button = Button(self.tr("Skip this step")), Button(self.tr("Leave"))
        self.new = Button(self.tr("New project…"))
        self.skip.clicked.connect(self._on_skip)
        self.close_button.clicked.connect(self.left)
        self.new.clicked.connect(window.menus.new.trigger)
        self._lay_out()
        self._fit()
        window.installEventFilter(self)
        for row in self.rows:
            window.all_actions.follow(row, self._saying(row), *row.step.keys)
        window.frame.stack.currentChanged.connect(self._on_view_changed)
        self._followed: OpenedProject | None = None
        self._show()

    def _lay_out(self) -> None:
        title = QLabel(self.tr("First steps"))
        title.setProperty("heading", True)
        page = QWidget()
        page.setObjectName("ground")
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 14, 12, 14)
        column.setSpacing(12)
        for part in (title, *self.rows, self.told):
            column.addWidget(part)
        buttons = in_rows(self.skip, self.new, self.close_button)
        column.addWidget(buttons)
        column.addStretch(1)
        scroll = scrolled(page)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        self.setAccessibleName(self.tr("First steps"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Narrow in a narrow window: the work has most of the room, and the window fits the screen."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange):
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        letter = self.fontMetrics().averageCharWidth()
        self.setFixedWidth(max(letter * 22, min(letter * 40, self._window.width() // 4)))

    def _saying(self, row: StepRow) -> Callable[[], None]:
        actions = self._window.all_actions
        return lambda: row.words.setText(actions.with_keys(self.tr(row.step.words), *row.step.keys))

    # --- what was done -------------------------------------------------------------------------------------------

    def heed(self, project: "OpenedProject") -> None:
        """Follow what is done in a project."""
        if project is self._followed:
            return
        self._followed = project
        surface = project.read.surface
        surface.moved.connect(lambda: self.check_off("select") if surface.selected else None)
        project.sitting.bus.changed.connect(self._on_changed)

    def _on_changed(self, changes: ChangeSet) -> None:
        if changes.kind == "undo":
            self.check_off("undo")
        elif changes.created("coding"):
            self.check_off("code")
        elif changes.created("stance"):
            self.check_off("stance")

    def _on_view_changed(self) -> None:
        project, front = self._window.project, self._window.frame.stack.currentWidget()
        if project is None or front is project.read or front not in project.views:
            return
        from polyvocal.gui.views.compare import CompareView

        if isinstance(front, CompareView):
            self.check_off("compare")

    def check_off(self, name: str) -> None:
        """Note that a step was done."""
        done = self._window.settings[GUIDE_DONE]
        if self.isVisible() and name not in done:
            self._window.settings[GUIDE_DONE] = [*done, name]
            self._show()
            current = self.current
            announce(self, self.tr("Done. Next: %s") % current.title if current is not None else self.told.text())

    @property
    def current(self) -> Step | None:
        """The step that is next; None where all were done."""
        done = self._window.settings[GUIDE_DONE]
        return next((step for step in STEPS if step.name not in done), None)

    def _on_skip(self) -> None:
        if self.current is not None:
            self.check_off(self.current.name)

    def begin_anew(self) -> None:
        """All steps are to be done again."""
        self._window.settings[GUIDE_DONE] = []
        self._show()

    def _show(self) -> None:
        current, done = self.current, self._window.settings[GUIDE_DONE]
        for row in self.rows:
            row.show_state(done=row.step.name in done, current=row.step is current)
        self.told.setText(
            self.tr("%d of %d. Try what you like: the sample is a copy.")
            % (len(STEPS) - self._left_to_do(), len(STEPS))
            if current is not None
            else self.tr("That is most of the work. Begin a study of your own, or go on in the sample.")
        )
        self.skip.setVisible(current is not None)
        self.new.setVisible(current is None)
        self.close_button.setText(self.tr("Leave") if current is not None else self.tr("Close"))

    def _left_to_do(self) -> int:
        return sum(step.name not in self._window.settings[GUIDE_DONE] for step in STEPS)
