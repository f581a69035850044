"""The files that are to be taken in, as a table: what stands in their way, and who, when and where, cell by cell."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont

from polyvocal.exchange.about.found import Field, Values
from polyvocal.exchange.about.rows import Manner
from polyvocal.exchange.about.settling import KnownNames
from polyvocal.exchange.about.times import joined, read_time
from polyvocal.exchange.readers.given import GivenFile
from polyvocal.gui.dialogs.form import names_in
from polyvocal.gui.dialogs.import_columns import FIELDS, LISTS, Column, heads, in_words, unsaid
from polyvocal.gui.dialogs.import_reading import Outcome
from polyvocal.gui.dialogs.import_rows import JOTTINGS, TIMES, Answers, Becomes, Row, is_likely, spread
from polyvocal.gui.dialogs.import_words import how_told, read_as, told_of
from polyvocal.gui.theme import Theme
from polyvocal.services.queries.names import Names
from polyvocal.services.references import folded

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


_NAMED = frozenset({Field.OBSERVERS, Field.EVENT, Field.SESSION})


class ImportModel(QAbstractTableModel):
    """The rows as Qt asks for them. What a person changes in them is kept in them."""

    edited = Signal()
    """A box or a cell was changed."""
    opened_again = Signal()
    """Files are to be read anew."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows: list[Row] = []
        self.common: Mapping[Field, Values] = {}
        self.known: KnownNames | None = None
        self._heads = heads()
        self._steps: list[list[tuple[Row, dict[Field, Values], bool, Becomes]]] = []
        """How the rows were that each step changed, the last step last."""

    # --- what changes --------------------------------------------------------------------------------------------

    def add(self, files: Iterable[GivenFile]) -> None:
        """Add files that are not in the table yet."""
        known = {row.given.identity for row in self.rows}
        fresh = [one for key, one in {given.identity: given for given in files}.items() if key not in known]
        if fresh:
            first = len(self.rows)
            self.beginInsertRows(_NOWHERE, first, first + len(fresh) - 1)
            self.rows += [Row(given, arrival, common=self.common) for arrival, given in enumerate(fresh, first)]
            self.endInsertRows()

    def take(self, outcomes: Mapping[str, Outcome]) -> None:
        """Keep what came of reading. A table in which there are several accounts becomes as many rows."""
        more: list[Row] = []
        fewer: set[int] = set()
        for key, rows in self._by_file().items():
            if key in outcomes and rows[0].outcome is None:
                now = spread(rows, outcomes[key])
                more += now[len(rows) :]
                fewer |= {id(row) for row in rows[len(now) :]}
        if fewer:
            self.beginResetModel()
            self.rows = [row for row in self.rows if id(row) not in fewer]
            self.endResetModel()
        if more:
            first = len(self.rows)
            self.beginInsertRows(_NOWHERE, first, first + len(more) - 1)
            self.rows += more
            self.endInsertRows()
        self.show_common(self.common)

    def _by_file(self) -> dict[str, list[Row]]:
        """The rows of each file, in the order of the file."""
        by_file: dict[str, list[Row]] = {}
        for row in sorted(self.rows, key=lambda one: one.part):
            by_file.setdefault(row.given.identity, []).append(row)
        return by_file

    def read_anew(self, rows: Iterable[Row], manner: Callable[[Row], Manner]) -> None:
        """Have the files of rows read in another manner."""
        self._steps.clear()  # their rows may be others by then
        wanted = {row.given.identity: manner(row) for row in rows}
        for row in self.rows:
            if row.given.identity in wanted:
                row.manner, row.outcome = wanted[row.given.identity], None
        self.repaint()
        if wanted:
            self.opened_again.emit()

    def take_answers(self, answers: Answers) -> None:
        """Keep what the project makes of the rows, the problems first. Files that are alike are found out here."""
        self.known = answers.known
        first: dict[str, Row] = {}
        for row in sorted(self.rows, key=lambda row: (row.arrival, row.part)):
            answer = answers.rows.get(row.key)
            if answer is None or row.incoming is None:
                continue
            row.found, row.same_as = answer.found, answer.same_as
            if (row.earlier and row.earlier.source) != (answer.earlier and answer.earlier.source):
                row.becomes = Becomes.VERSION if is_likely(answer.earlier) else Becomes.SEPARATE
            row.earlier = answer.earlier
            before = first.setdefault(row.incoming.text, row)
            row.twin = before if before is not row else None
        self._put_problems_first()

    def _put_problems_first(self) -> None:
        ranked = sorted(self.rows, key=lambda row: (row.rank, row.arrival, row.part))
        if ranked == self.rows:
            self.repaint()
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        places = {id(row): number for number, row in enumerate(ranked)}
        after = [self.index(places[id(self.rows[one.row()])], one.column()) for one in before]
        self.rows = ranked
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def choose(self, rows: Iterable[Row], chosen: bool) -> None:  # noqa: FBT001 - the state of a box
        """Tick or clear the boxes of rows."""

        def choose(row: Row) -> None:
            row.chosen = chosen

        self._change(rows, choose)

    def show_common(self, common: Mapping[Field, Values]) -> None:
        """Show what is said of all in the cells of which nothing is said one by one."""
        self.common = common
        for row in self.rows:
            row.common = common
        self._put_problems_first()

    def put(self, rows: Sequence[Row], what: Field, values: Values) -> None:
        """Say something of several rows."""
        self._change(rows, lambda row: _type(row, what, values))

    def decide(self, rows: Sequence[Row], becomes: Becomes) -> None:
        """Say what becomes of texts that seem to be changed states of sources."""

        def decide(row: Row) -> None:
            row.becomes = becomes

        self._change((row for row in rows if row.earlier is not None), decide)

    def _change(self, rows: Iterable[Row], change: Callable[[Row], None]) -> None:
        """Change rows in one step."""
        rows = list(rows)
        self._steps.append([(row, dict(row.typed), row.chosen, row.becomes) for row in rows])
        for row in rows:
            change(row)
        self.repaint()
        self.edited.emit()

    def undo(self) -> None:
        """Take back what was typed or chosen last."""
        for row, typed, chosen, becomes in self._steps.pop() if self._steps else ():
            row.typed, row.chosen, row.becomes = typed, chosen, becomes
        self.repaint()
        self.edited.emit()

    def repaint(self) -> None:
        """Have all rows shown anew."""
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(Column) - 1))

    # --- what Qt asks --------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        row, column = self.rows[index.row()], Column(index.column())
        if column is Column.FILE:
            found |= Qt.ItemFlag.ItemIsUserCheckable
        if column in FIELDS or (column is Column.TELLS and row.earlier is not None and not row.is_doubled):
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], Column(index.column())
        asked = self._ASKED.get(role)
        if asked is not None:
            return asked(self, row, column)
        if role == Qt.ItemDataRole.CheckStateRole and column is Column.FILE:
            return Qt.CheckState.Checked if row.chosen else Qt.CheckState.Unchecked
        return None

    def shown(self, row: Row, column: Column) -> str:
        """What a cell says."""
        if column not in FIELDS:
            return self._shown_of_file(row, column)
        if column is Column.TITLE:
            return row.title
        what = FIELDS[column]
        if row.renews is not None or row.incoming is None:
            return ""
        values = row.whole.get(what, ())
        if not values:
            return self._missing(row, what)
        words = "; ".join(in_words(what, one) for one in values)
        return f"{words} ({self.tr('new')})" if self.is_new(row, what) else words

    def _shown_of_file(self, row: Row, column: Column) -> str:
        if column is Column.FILE:
            return f"{row.name}  ·  {row.given.folder}" if row.given.folder else row.name
        if column is Column.TELLS:
            return told_of(row)
        return read_as(row.given, row.incoming) if row.incoming is not None else ""

    def _missing(self, row: Row, what: Field) -> str:
        if what is Field.OBSERVERS and row.lacks_observer:
            return self.tr("not said yet")
        return unsaid(what)

    def is_new(self, row: Row, what: Field) -> bool:
        """Whether a cell holds a name that the project does not have yet."""
        if self.known is None or what not in _NAMED:
            return False
        values = row.whole
        names: Mapping[str, str] = self.known.people if what is Field.OBSERVERS else self.known.events
        if what is Field.SESSION:
            event = values.get(Field.EVENT, ())
            names = self.known.sessions.get(folded(event[0]), {}) if event else self.known.all_sessions
        return any(folded(one) not in names for one in values.get(what, ()))

    def origins_of(self, row: Row) -> str:
        """Where what is said of a file stood."""
        by_origin: dict[str, list[str]] = {}
        for column, what in FIELDS.items():
            origin = row.origin(what)
            if origin and row.values(what):
                by_origin.setdefault(origin, []).append(self._heads[column].lower())
        return "; ".join(f"{', '.join(names)}: {origin}" for origin, names in by_origin.items())

    def _tip(self, row: Row, column: Column) -> str:
        words = str(row.given.path or row.given.shown) if column is Column.FILE else self.shown(row, column)
        if column is Column.READ_AS and row.incoming is not None:
            return how_told(row.given, row.incoming.encoding, row.incoming.encoding_by)
        if column not in FIELDS or row.incoming is None:
            return words
        what = FIELDS[column]
        asked = [doubt.sentence for doubt in row.doubts if doubt.field is what]
        origin = row.origin(what)
        if origin:
            asked.append(self.tr("From the %s.") % origin)
        elif not row.values(what) and self.common.get(what):
            asked.append(self.tr("Said below of all of them."))
        if self.is_new(row, what):
            asked.append(self.tr("New here: it is added to the project."))
        return "\n".join([words, *asked]).strip()

    def _edited(self, row: Row, column: Column) -> str:
        if column is Column.TELLS:
            return row.becomes.name
        if column in (Column.TITLE, Column.FILE, Column.READ_AS):
            return self.shown(row, column)
        return "; ".join(row.values(FIELDS[column]))

    def _font(self, row: Row, column: Column) -> QFont | None:
        """What is new stands in italics, too."""
        if column not in FIELDS or row.renews is not None or not self.is_new(row, FIELDS[column]):
            return None
        font = QFont()
        font.setItalic(True)
        return font

    def _colour(self, row: Row, column: Column) -> QColor | None:
        colours = self._theme.colours
        if not row.chosen:
            return QColor(colours.muted)
        if column not in FIELDS:
            return self._colour_of_file(row, column)
        what = FIELDS[column]
        asked = any(doubt.field is what for doubt in row.doubts) and what is not Field.TITLE
        if asked or (what is Field.OBSERVERS and row.lacks_observer):
            return QColor(colours.warning)
        return None if what is Field.TITLE or (row.values(what) and what is not Field.KIND) else QColor(colours.muted)

    def _colour_of_file(self, row: Row, column: Column) -> QColor | None:
        colours = self._theme.colours
        if column is Column.FILE:
            return None
        if column is Column.TELLS and row.stands_in_the_way and row.outcome is not None:
            return QColor(colours.danger)
        is_told = row.is_doubled or row.is_asking or row.earlier is not None
        is_asking = is_told if column is Column.TELLS else row.is_guessed
        return QColor(colours.warning if is_asking else colours.muted)

    _ASKED: ClassVar[dict[int, Callable[["ImportModel", Row, Column], Any]]] = {
        Qt.ItemDataRole.DisplayRole: shown,
        Qt.ItemDataRole.ToolTipRole: _tip,
        Qt.ItemDataRole.EditRole: _edited,
        Qt.ItemDataRole.ForegroundRole: _colour,
        Qt.ItemDataRole.FontRole: _font,
    }

    # --- what is typed -------------------------------------------------------------------------------------------

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row, column = self.rows[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.CheckStateRole:
            self.choose([row], Qt.CheckState(value) is Qt.CheckState.Checked)
        elif role == Qt.ItemDataRole.EditRole and column is Column.TELLS:
            self.decide([row], Becomes[str(value)])
        elif role == Qt.ItemDataRole.EditRole and column in FIELDS:
            what = FIELDS[column]
            values = self.values_typed(row, what, str(value))
            if values == (row.values(what) if what is not Field.TITLE else (row.title,)):
                return False  # an editor was opened and closed
            self.put([row], what, values)
        else:
            return False
        return True

    def values_typed(self, row: Row, what: Field, words: str) -> Values:
        """What words that were typed into a cell mean. A time as people write it becomes one of ISO 8601."""
        words = words.strip()
        if what in LISTS:
            return names_in(words)
        if what in TIMES and words:
            told = read_time(words)
            day = told.day or self._day_of(row)
            if not told.readings and (told.day or told.begins) and day:
                return (joined(day, told.begins),)
        return (words,) if words else ()

    def _day_of(self, row: Row) -> str | None:
        """The day of a time that was typed without one: that of the others in the row, or of the session or event."""
        for what in TIMES:
            for one in row.values(what):
                if read_time(one).day:
                    return read_time(one).day
        values = row.whole
        event, session = (next(iter(values.get(what, ())), None) for what in (Field.EVENT, Field.SESSION))
        return self.known.day_of(event, session) if self.known is not None else None

    def names_for(self, row: Row, what: Field) -> tuple[str, ...]:
        """The names of the project that a cell may hold."""
        names = self.known.names if self.known is not None else Names()
        if what is Field.OBSERVERS:
            return tuple(name for name, _ in names.people)
        if what is Field.PRESENT:
            return (*(name for name, _ in names.people), *names.groups)
        if what is Field.NOTE:
            return names.notes
        if what is Field.EVENT:
            return names.events
        event = row.whole.get(Field.EVENT, ())
        of = folded(event[0]) if event else None
        return tuple(dict.fromkeys(title for whose, title in names.sessions if of is None or folded(whose) == of))


def _type(row: Row, what: Field, values: Values) -> None:
    """Say something of a row. Texts that were written up as a note are jottings, unless somebody said what they are."""
    row.typed[what] = values
    if what is Field.NOTE and values:
        row.typed.setdefault(Field.KIND, (JOTTINGS,))
