"""The grid of presence: people down, sessions across, and the keys that note what somebody did."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from polyvocal.domain.ids import PersonId, SessionId
from polyvocal.domain.words import Doing
from polyvocal.gui import labels
from polyvocal.gui.theme import Theme
from polyvocal.gui.views.delegate import SUBTITLE
from polyvocal.gui.views.setting_grid_head import SessionHead, SessionsHeader
from polyvocal.gui.views.setting_marks import DOING, KEYS, PresenceDelegate, small_font
from polyvocal.services.queries.presence import Noted, PersonLine, PresenceGrid, SessionColumn
from polyvocal.services.references import folded

Index = QModelIndex | QPersistentModelIndex

NOTHING = PresenceGrid((), None, (), (), {})


class Cell(NamedTuple):
    """A person in a session."""

    person: PersonId
    session: SessionId


class PresenceModel(QAbstractTableModel):
    """The grid as Qt asks for it; between the people stand rows that say of which standing those below are."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.grid = NOTHING
        self._wanted = ""
        self._lines: list[PersonLine | str] = []
        self._rows: dict[PersonId, int] = {}
        self._columns: dict[SessionId, int] = {}
        self.heads: list[SessionHead] = []
        self._bold = QFont()
        self._bold.setWeight(QFont.Weight.DemiBold)

    def show(self, grid: PresenceGrid, wanted: str) -> bool:
        """Show a grid, or those of its people whose names bear the wanted words; says whether its shape is new."""
        before = self._shape()
        lines = self._lines_of(grid, folded(wanted))
        self.grid, self._wanted = grid, wanted
        if before == (lines, grid.sessions):
            self.heads = self._heads_of(grid)
            if lines and grid.sessions:
                self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, len(grid.sessions) - 1))
                self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(grid.sessions) - 1)
            return False
        self.beginResetModel()
        self._lines, self._sessions, self.heads = lines, grid.sessions, self._heads_of(grid)
        self._rows = {line.id: row for row, line in enumerate(lines) if isinstance(line, PersonLine)}
        self._columns = {one.id: column for column, one in enumerate(grid.sessions)}
        self.endResetModel()
        return True

    _sessions: tuple[SessionColumn, ...] = ()

    def _shape(self) -> tuple[object, object]:
        return self._lines, self._sessions

    def _lines_of(self, grid: PresenceGrid, wanted: str) -> list[PersonLine | str]:
        lines: list[PersonLine | str] = []
        for person in grid.people:
            if all(word in folded(person.name) for word in wanted.split()):
                head = self._head_of(person)
                if head not in lines[-1:] and head != self._head_above(lines):
                    lines.append(head)
                lines.append(person)
        return lines

    def _head_above(self, lines: list[PersonLine | str]) -> str | None:
        return self._head_of(lines[-1]) if lines and isinstance(lines[-1], PersonLine) else None

    def _head_of(self, person: PersonLine) -> str:
        if not person.observer:
            return self.tr("Others")
        known = labels.standing(person.standing)
        return self.tr("Observers: %s") % known if known else self.tr("Observers")

    def _heads_of(self, grid: PresenceGrid) -> list[SessionHead]:
        tallies: dict[SessionId, Counter[Doing]] = {}
        places: dict[SessionId, str] = {}
        for (_, session), noted in grid.cells.items():
            tallies.setdefault(session, Counter())[noted.doing] += 1
            places[session] = max(places.get(session, ""), noted.place or "", key=len)
        heads = []
        for one in grid.sessions:
            tally = tallies.get(one.id, Counter())
            there = sum(count for doing, count in tally.items() if doing is not Doing.ABSENT)
            words = self._words_of(one, tally, len(grid.people))
            heads.append(SessionHead(one, self.tr("%s there") % labels.number(there), words, places.get(one.id, "")))
        return heads

    def _words_of(self, one: SessionColumn, tally: Counter[Doing], people: int) -> str:
        parts = [f"{labels.number(tally[doing])} {labels.DOINGS[doing]}" for doing in Doing if tally[doing]]
        unknown = people - sum(tally.values())
        parts += [self.tr("%s not known") % labels.number(unknown)] if unknown else []
        words = (
            one.title,
            labels.from_to(one.starts, one.ends),
            one.place,
            "" if one.scheduled else self.tr("not scheduled"),
            "" if one.parallel is None else self.tr("in parallel with others"),
            ", ".join(parts),
        )
        return "\n".join(part for part in words if part)

    # --- finding one's way ---------------------------------------------------------------------------------------

    def line(self, row: int) -> PersonLine | str | None:
        """A row: a person, or the head of those below."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def cell(self, index: Index) -> Cell | None:
        """The person and the session of an index; None in the row of a head."""
        line = self.line(index.row())
        if not isinstance(line, PersonLine) or not 0 <= index.column() < len(self.grid.sessions):
            return None
        return Cell(line.id, self.grid.sessions[index.column()].id)

    def cells(self, rows: Iterable[int], columns: Sequence[int]) -> Iterator[Cell]:
        """The people and sessions of some rows and columns; nothing for rows of heads."""
        sessions = [self.grid.sessions[column].id for column in columns]
        for row in rows:
            line = self._lines[row]
            if isinstance(line, PersonLine):
                for session in sessions:
                    yield Cell(line.id, session)

    def index_of(self, cell: Cell) -> QModelIndex:
        """The index of a person in a session; an invalid one where that is not shown."""
        row, column = self._rows.get(cell.person, -1), self._columns.get(cell.session, -1)
        return self.index(row, column) if row >= 0 and column >= 0 else QModelIndex()

    def noted(self, cell: Cell) -> Noted | None:
        """What is noted of a person in a session."""
        return self.grid.cells.get((cell.person, cell.session))

    def rows_with_places(self) -> set[int]:
        """The rows in which it is noted of somebody where they were."""
        placed = {person for (person, _), noted in self.grid.cells.items() if noted.place}
        return {self._rows[one] for one in placed if one in self._rows}

    # --- as Qt asks ----------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.grid.sessions)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.cell(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self.cell(index)
        if cell is None:
            return None
        noted = self.noted(cell)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.words(cell)
        if role == Qt.ItemDataRole.DisplayRole:
            return labels.DOINGS[noted.doing] if noted else ""
        return {DOING: noted.doing, SUBTITLE: noted.place}.get(role) if noted else None

    def words(self, cell: Cell) -> str:
        """What is known of a person in a session, as a sentence would have it."""
        line = self._lines[self._rows[cell.person]]
        person = line.name if isinstance(line, PersonLine) else line
        session = self._sessions[self._columns[cell.session]].title
        noted = self.noted(cell)
        doing = labels.DOINGS[noted.doing] if noted else self.tr("not known")
        where = f", {noted.place}" if noted and noted.place else ""
        return f"{person}, {session}: {doing}{where}"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return (
            self._session_head(section, role) if orientation is Qt.Orientation.Horizontal else self._name(section, role)
        )

    def _session_head(self, column: int, role: int) -> str | None:
        head = self.heads[column] if 0 <= column < len(self.heads) else None
        if head is not None and role == Qt.ItemDataRole.DisplayRole:
            return head.session.title
        if head is not None and role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return head.words
        return None

    def _name(self, row: int, role: int) -> Any:
        line = self.line(row)
        if role == Qt.ItemDataRole.DisplayRole and line is not None:
            return line.name if isinstance(line, PersonLine) else line
        if role == Qt.ItemDataRole.FontRole and isinstance(line, str):
            return self._bold
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(line, PersonLine):
            standing = labels.standing(line.standing)
            return f"{line.name}, {standing}" if standing else line.name
        return None


class PresenceTable(QTableView):
    """The grid on the screen. O, F, T, A note; Delete makes it not known; Enter opens the form."""

    doing_given = Signal(object)
    """A Doing for the cells that are selected; None: not known."""
    form_wanted = Signal()
    menu_wanted = Signal(object)

    def __init__(self, theme: Theme, model: PresenceModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._presence = model
        self._placed: set[int] = set()
        self.setModel(model)
        self.setItemDelegate(PresenceDelegate(theme, self))
        self.heads = SessionsHeader(theme, model, self)
        self.setHorizontalHeader(self.heads)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(True)
        self.setWordWrap(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu_requested)
        self.doubleClicked.connect(self._on_double_clicked)
        names = self.verticalHeader()
        names.setTextElideMode(Qt.TextElideMode.ElideRight)
        names.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        names.setHighlightSections(True)
        self.heads.setHighlightSections(True)

    def fit_rows(self) -> None:
        """Give each row a line of text, and those in which there are places a second one."""
        one = self.fontMetrics().height() + 11
        names = self.verticalHeader()
        if names.defaultSectionSize() != one:
            names.setMinimumSectionSize(one)
            names.setDefaultSectionSize(one)
        two = one + QFontMetrics(small_font(self.font())).height()
        placed = self._presence.rows_with_places()
        for row in placed:
            self.setRowHeight(row, two)
        for row in self._placed - placed:
            self.setRowHeight(row, one)
        self._placed = placed

    def fit_columns(self) -> None:
        """Give the columns, and that of the names, the widths that their words ask for."""
        model, metrics, names = self._presence, self.fontMetrics(), self.verticalHeader()
        letter = metrics.averageCharWidth()
        heads = (str(model.headerData(row, Qt.Orientation.Vertical)) for row in range(min(model.rowCount(), 500)))
        width = max((metrics.horizontalAdvance(words) for words in heads), default=0)
        names.setFixedWidth(min(max(width + 24, letter * 14), letter * 32))
        for column in range(model.columnCount()):
            self.setColumnWidth(column, self.heads.width_of(column))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modified = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if modified == Qt.KeyboardModifier.NoModifier:
            for doing, letter in KEYS.items():
                if event.text().upper() == letter:
                    self.doing_given.emit(doing)
                    return
            if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                self.doing_given.emit(None)
                return
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.form_wanted.emit()
                return
        super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Letters note, and search nothing."""

    def _on_double_clicked(self, _index: QModelIndex) -> None:
        self.form_wanted.emit()

    def _on_menu_requested(self, at: QPoint) -> None:
        self.menu_wanted.emit(self.viewport().mapToGlobal(at))
