"""The Setting view: the people, groups, events, sessions, presence and terms of a project, entered by hand."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from polyvocal.domain.changes import ChangeSet
from polyvocal.gui import labels
from polyvocal.gui.acts import NEXT_SECTION, PREVIOUS_SECTION
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.delegate import COUNT, RowDelegate
from polyvocal.gui.views.setting_cases import CasesSection
from polyvocal.gui.views.setting_events import EventsSection
from polyvocal.gui.views.setting_people import GroupsSection, PeopleSection
from polyvocal.gui.views.setting_presence import PresenceSection
from polyvocal.gui.views.setting_project import ProjectSection
from polyvocal.gui.views.setting_section import Door, Section
from polyvocal.gui.views.setting_terms import TermsSection
from polyvocal.services.queries.setting_entries import Counts, setting_counts

COUNTED = frozenset({"person", "constituent_group", "event", "session", "term"})


class SettingView(QWidget):
    """The sections at the left, one of them at the right. A section is made when it is first shown."""

    passages_wanted = Signal(object)
    """A PassagesMeant: the window lists the coded passages behind a number."""
    exported = Signal(object)
    """The path of a file that was written."""
    section_shown = Signal(str)

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._sitting = sitting
        self._makers: dict[str, tuple[str, Callable[[Sitting], Section]]] = {
            "project": (self.tr("Project"), ProjectSection),
            "people": (self.tr("People"), PeopleSection),
            "groups": (self.tr("Groups"), GroupsSection),
            "events": (self.tr("Events and sessions"), EventsSection),
            "presence": (self.tr("Presence"), PresenceSection),
            "terms": (self.tr("Terms of collaboration"), TermsSection),
            "cases": (self.tr("Cases"), CasesSection),
        }
        self._sections: dict[str, Section] = {}
        self._counts_known = False
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Sections of the setting"))
        self.list.setItemDelegate(RowDelegate(self.list))
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fill()
        self.stack = QStackedWidget()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 12, 0, 12)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(self.stack, 1)
        self.list.currentRowChanged.connect(self._on_row_changed)
        sitting.actions.add(NEXT_SECTION, lambda: self._step(1), owner=self, place=self)
        sitting.actions.add(PREVIOUS_SECTION, lambda: self._step(-1), owner=self, place=self)
        sitting.bus.changed.connect(self._on_changed)
        self.setFocusProxy(self.list)

    def _fill(self) -> None:
        metrics = self.list.fontMetrics()
        widest = 0
        for name, (title, _) in self._makers.items():
            item = QListWidgetItem(title)
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setSizeHint(QSize(0, metrics.height() + 14))
            self.list.addItem(item)
            count = "  99 · 9,999" if name == "events" else "  9,999"
            widest = max(widest, metrics.horizontalAdvance(title + count))
        self.list.setFixedWidth(widest + 26)

    # --- which section is shown ----------------------------------------------------------------------------------

    @property
    def sections(self) -> tuple[str, ...]:
        """The names of the sections, in their order."""
        return tuple(self._makers)

    @property
    def section(self) -> str:
        """The name of the section that is shown."""
        return self.sections[max(self.list.currentRow(), 0)]

    def show_section(self, name: str) -> Section:
        """Show a section: project, people, groups, events, presence, terms or cases."""
        self.list.setCurrentRow(self.sections.index(name))
        return self._made(name)

    def _made(self, name: str) -> Section:
        if name not in self._sections:
            section = self._makers[name][1](self._sitting)
            section.door_opened.connect(self.open_door)
            section.passages_wanted.connect(self.passages_wanted)
            section.exported.connect(self.exported)
            self._sections[name] = section
            self.stack.addWidget(section)
        return self._sections[name]

    def _on_row_changed(self, row: int) -> None:
        name = self.sections[row]
        self.stack.setCurrentWidget(self._made(name))
        self.section_shown.emit(name)

    def _step(self, step: int) -> None:
        at = (self.list.currentRow() + step) % len(self._makers)
        self.show_section(self.sections[at]).focus_first()

    def open_door(self, door: Door) -> None:
        """Show a section, and in it a thing, or the form for a new one."""
        section = self.show_section(door.section)
        section.focus_first()
        if door.thing is not None:
            section.point_to(door.thing)
        if door.new:
            section.add()

    # --- counts --------------------------------------------------------------------------------------------------

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        if self.list.currentRow() < 0:
            self.show_section("project")
        if not self._counts_known:
            self._ask_counts()

    def _on_changed(self, changes: ChangeSet) -> None:
        if COUNTED & changes.kinds.keys():
            self._counts_known = False
            if self.isVisible():
                self._ask_counts()

    def _ask_counts(self) -> None:
        self._counts_known = True
        self._sitting.bus.ask(self, setting_counts, self._show_counts, about="counts")

    def _show_counts(self, counts: Counts) -> None:
        shown = {"people": counts.people, "groups": counts.groups, "terms": counts.terms}
        numbers = {name: labels.number(count) for name, count in shown.items()}
        events, sessions = labels.number(counts.events), labels.number(counts.sessions)
        numbers["events"] = f"{events} · {sessions}"
        spoken = numbers | {"events": self.tr("%s and %s") % (events, sessions)}
        for row, (name, (title, _)) in enumerate(self._makers.items()):
            item = self.list.item(row)
            item.setData(COUNT, numbers.get(name, ""))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}: {spoken[name]}" if name in spoken else title)
