"""Changing the title and the approach of a project."""

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from polyvocal.domain.errors import UserError
from polyvocal.domain.records import Project
from polyvocal.domain.words import Approach
from polyvocal.gui import labels
from polyvocal.gui.dialogs.form import Command, FormDialog, line, value_of
from polyvocal.gui.parts import muted
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.corrections import change

UNDECLARED = "Not declared"

MEANING: dict[Approach | None, str] = {
    None: "It is treated as reflexive until you say otherwise: comparisons are shown, and no coefficient.",
    Approach.REFLEXIVE: (
        "A code is a reading of the text, and a difference between two readers is something to think with. "
        "Comparisons are shown side by side, and no coefficient."
    ),
    Approach.CODEBOOK: (
        "Coders share a codebook and talk their differences over. Comparisons are shown; a coefficient of agreement "
        "only where you ask for it."
    ),
    Approach.CODING_RELIABILITY: (
        "Coders are to code alike, and how far they do is reported: coefficients of agreement between coders of the "
        "same text may be shown."
    ),
}
"""What each approach means for numbers. Between observers there is no coefficient under any of them."""

OBSERVERS = "Between observers there is never a coefficient: their accounts are different texts."


class ApproachField(QWidget):
    """The approaches, each with what it means."""

    def __init__(self, approach: Approach | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[Approach | None, QRadioButton] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for one, meaning in MEANING.items():
            button = QRadioButton(labels.APPROACHES[one] if one else self.tr(UNDECLARED))
            button.setAccessibleDescription(self.tr(meaning))
            button.setChecked(one == approach)
            self._group.addButton(button)
            self.buttons[one] = button
            words = muted(self.tr(meaning))
            words.setContentsMargins(self.fontMetrics().averageCharWidth() * 4, 0, 0, 6)
            column.addWidget(button)
            column.addWidget(words)
        self.setFocusProxy(self.buttons[approach])

    @property
    def approach(self) -> Approach | None:
        """The one that is chosen."""
        return next((one for one, button in self.buttons.items() if button.isChecked()), None)


class ProjectDialog(FormDialog):
    """Asks how the project is called, and how it understands coding."""

    def __init__(self, sitting: Sitting, project: Project, *, parent: QWidget | None = None) -> None:
        super().__init__(sitting, self.tr("The project"), ok=self.tr("Save"), parent=parent)
        self._project = project
        self.title = line(project.title)
        self.row(self.tr("Title"), self.title)
        self.approach = ApproachField(project.approach)
        self.row(self.tr("Approach"), self.approach, self.tr(OBSERVERS))
        width = self.fontMetrics().averageCharWidth() * 92
        layout = self.layout()
        assert layout is not None
        self.resize(width, layout.totalHeightForWidth(width))

    def _typed(self) -> list[str]:
        return [*super()._typed(), str(self.approach.approach)]

    def command(self) -> Command:
        """Change what differs."""
        title, approach = value_of(self.title), self.approach.approach
        if not title:
            raise UserError(self.tr("The project needs a title."))
        identity = str(self._project.id)
        fields = {"title": title, "approach": approach or ""}
        return lambda file: change(file, "project", identity, fields)
