"""The project itself: its title, its approach, and what there is of a setting, with the first steps."""

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from polyvocal.gui import labels
from polyvocal.gui.dialogs.project import MEANING, OBSERVERS, UNDECLARED, ProjectDialog
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.setting_section import Door, Section
from polyvocal.services.queries.setting_entries import ProjectEntry, project_entry


class _Line(NamedTuple):
    door: QPushButton
    first: QPushButton


class ProjectSection(Section):
    """How the project is called, how it understands coding, and doors to all that is in the setting."""

    concerned = frozenset({"project", "person", "constituent_group", "event", "session", "presence", "term"})

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(
            sitting,
            self.tr("Project"),
            self.tr("What the study is called, how it understands coding, and what is entered of its setting."),
            parent,
        )
        self.entry: ProjectEntry | None = None
        self.name, self.approach, self.meaning = QLabel(), QLabel(), QLabel()
        self.name.setProperty("title", True)
        self.approach.setProperty("heading", True)
        self.meaning.setProperty("muted", True)
        for label in (self.name, self.approach, self.meaning):
            label.setWordWrap(True)
        self.change = QPushButton(self.tr("Edit title and approach…"))
        self.change.clicked.connect(self.edit)
        self.lines: dict[str, _Line] = {}
        self._lay_out()

    def main_part(self) -> QWidget:
        """The button that changes title and approach."""
        return self.change

    def _lay_out(self) -> None:
        page = QWidget()
        page.setObjectName("panel")
        page.setMaximumWidth(self.fontMetrics().averageCharWidth() * 118)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 8, 8, 8)
        column.setSpacing(8)
        for label in (self.name, self.approach, self.meaning):
            column.addWidget(label)
        row = QHBoxLayout()
        row.addWidget(self.change)
        row.addStretch(1)
        column.addLayout(row)
        column.addSpacing(12)
        head = QLabel(self.tr("The setting"))
        head.setProperty("section", True)
        column.addWidget(head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        for number, (section, words, first) in enumerate(self._steps()):
            self._add_line(grid, number, section, words, first)
        column.addLayout(grid)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setAccessibleName(self.tr("What is in the project"))
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(page)
        self.pages.addWidget(scroll)

    def _steps(self) -> tuple[tuple[str, str, str], ...]:
        return (
            (
                "people",
                self.tr("Observers, coders, participants and reviewers, under pseudonyms."),
                self.tr("Add person…"),
            ),
            ("groups", self.tr("The collectives that they form: ward teams, the lay panel."), self.tr("Add group…")),
            ("events", self.tr("The gatherings, and the sessions that they consist of."), self.tr("Add event…")),
            ("presence", self.tr("Who was in which session, doing what, and where."), ""),
            ("terms", self.tr("The conditions on which people work together."), self.tr("Add term…")),
        )

    def _add_line(self, grid: QGridLayout, number: int, section: str, words: str, first: str) -> None:
        count, step = QPushButton(), QPushButton(first)
        count.setMinimumWidth(self.fontMetrics().averageCharWidth() * 26)
        count.clicked.connect(lambda _checked=False: self.door_opened.emit(Door(section)))
        step.clicked.connect(lambda _checked=False: self.door_opened.emit(Door(section, new=True)))
        what = QLabel(words)
        what.setProperty("muted", True)
        what.setWordWrap(True)
        grid.addWidget(count, number, 0)
        grid.addWidget(what, number, 1)
        grid.addWidget(step, number, 2)
        step.setVisible(bool(first))
        self.lines[section] = _Line(count, step)

    # --- what is shown -------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the project anew."""
        self.sitting.bus.ask(self, project_entry, self._show, about="project")

    def _show(self, entry: ProjectEntry) -> None:
        self.entry = entry
        project, counts = entry.project, entry.counts
        self.name.setText(project.title)
        approach = labels.APPROACHES[project.approach] if project.approach else self.tr(UNDECLARED)
        self.approach.setText(self.tr("Approach: %s") % approach.lower())
        self.meaning.setText(f"{self.tr(MEANING[project.approach])} {self.tr(OBSERVERS)}")
        self.guard(self.change, self.tr("What the project is called, and how it understands coding"))
        many = {
            "people": _counted(counts.people, self.tr("person"), self.tr("people")),
            "groups": _counted(counts.groups, self.tr("group"), self.tr("groups")),
            "events": ", ".join(
                (
                    _counted(counts.events, self.tr("event"), self.tr("events")),
                    _counted(counts.sessions, self.tr("session"), self.tr("sessions")),
                )
            ),
            "presence": self.tr("Presence"),
            "terms": _counted(counts.terms, self.tr("term of collaboration"), self.tr("terms of collaboration")),
        }
        for section, line in self.lines.items():
            line.door.setText(many[section])
            line.door.setAccessibleDescription(self.tr("Shows them"))
            self.guard(line.first, line.first.text().rstrip("…"))
        self.loaded.emit()

    def edit(self) -> None:
        """Open the form for title and approach."""
        if self.entry is not None and self.sitting.bus.may_write:
            dialog = ProjectDialog(self.sitting, self.entry.project, parent=self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()


def _counted(count: int, one: str, several: str) -> str:
    return f"{labels.number(count)} {one if count == 1 else several}"
