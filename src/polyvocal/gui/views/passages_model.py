"""The passages of a list as Qt asks for them: grouped by source or flat, and read only where they are looked at."""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Collection, Mapping
from itertools import accumulate
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from polyvocal.domain.ids import SourceId
from polyvocal.domain.words import Phase
from polyvocal.gui import labels
from polyvocal.services.queries.passage_pages import PassagesFound, PassageShown, SourceWithPassages

Index = QModelIndex | QPersistentModelIndex

PASSAGE = Qt.ItemDataRole.UserRole + 40
"""A PassageShown; None where it is not read yet, and on the head of a group."""
GROUP = Qt.ItemDataRole.UserRole + 41
"""The SourceWithPassages of a head of a group; None on a passage."""

STEP = 5_000
"""So many rows of the flat list are there at first, and so many more each time its end comes near."""
KEPT = 20_000
"""About so many passages are kept in memory."""
AROUND = 12
"""So many sources after one that is wanted are read with it."""


class PassagesModel(QAbstractItemModel):
    """Where the passages are is known from the start; what they say is asked for as it is shown. One column."""

    wanted = Signal(object)
    """Ids of sources whose passages are to be read, in a list. `take_over` brings them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.found = PassagesFound((), 0)
        self.grouped = True
        self._ends: list[int] = []
        self._there = 0
        self._pages: OrderedDict[SourceId, tuple[PassageShown, ...]] = OrderedDict()
        self._asked: set[SourceId] = set()

    def show(self, found: PassagesFound, *, grouped: bool) -> None:
        """Show what was found, with nothing read yet."""
        self.beginResetModel()
        self.found, self.grouped = found, grouped
        self._ends = list(accumulate(one.passages for one in found.sources))
        self._there = min(STEP, found.total)
        self._pages.clear()
        self._asked.clear()
        self.endResetModel()

    # --- what is where ---------------------------------------------------------------------------------------------

    def place_of(self, index: Index) -> tuple[int, int | None]:
        """(source, passage) of a row, by their places among the sources and in the source; no passage on a head."""
        if self.grouped:
            return (index.row(), None) if not index.internalId() else (index.internalId() - 1, index.row())
        source = bisect_right(self._ends, index.row())
        return source, index.row() - (self._ends[source - 1] if source else 0)

    def source_of(self, index: Index) -> SourceWithPassages:
        """The source of a row."""
        return self.found.sources[self.place_of(index)[0]]

    def passage_of(self, index: Index) -> PassageShown | None:
        """The passage of a row, if it is one and was read."""
        if not index.isValid():
            return None
        source, place = self.place_of(index)
        page = self._pages.get(self.found.sources[source].id)
        return page[place] if place is not None and page is not None and place < len(page) else None

    def index_at(self, source: int, place: int | None) -> QModelIndex:
        """The row of a passage (or of the head of a source), by its places. Rows of a long flat list are made."""
        if self.grouped:
            return self.createIndex(source, 0, 0) if place is None else self.createIndex(place, 0, source + 1)
        row = (self._ends[source - 1] if source else 0) + (place or 0)
        while row >= self._there < self.found.total:
            self.fetchMore()
        return self.createIndex(row, 0, 0)

    # --- reading ---------------------------------------------------------------------------------------------------

    def take_over(self, pages: Mapping[SourceId, tuple[PassageShown, ...]], asked: Collection[SourceId]) -> None:
        """Show passages that were read."""
        self._asked.difference_update(asked)
        self._pages.update({one: pages.get(one, ()) for one in asked})
        kept = sum(map(len, self._pages.values()))
        while kept > KEPT and len(self._pages) > len(pages):
            kept -= len(self._pages.popitem(last=False)[1])
        for number, one in enumerate(self.found.sources):
            if one.id in pages:
                self._tell_read(number)

    def _tell_read(self, source: int) -> None:
        count = self.found.sources[source].passages
        first, parent = (0, source + 1) if self.grouped else (self._ends[source] - count, 0)
        last = first + count - 1 if self.grouped else min(self._ends[source], self._there) - 1
        if first <= last:
            self.dataChanged.emit(self.createIndex(first, 0, parent), self.createIndex(last, 0, parent))

    def forget_asked(self, asked: Collection[SourceId]) -> None:
        """Some sources that were wanted will not be read: they are wanted again when they are looked at."""
        self._asked.difference_update(asked)

    def _want(self, source: int) -> None:
        following = self.found.sources[source : source + AROUND]
        if following[0].id in self._asked or following[0].id in self._pages:
            return
        ids = [one.id for one in following if one.id not in self._pages and one.id not in self._asked]
        self._asked.update(ids)
        self.wanted.emit(ids)

    # --- as Qt asks ------------------------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        if column or not 0 <= row < self.rowCount(parent):
            return QModelIndex()
        return self.createIndex(row, 0, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        if not self.grouped or not index.isValid() or not index.internalId():
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        if not self.grouped:
            return 0 if parent.isValid() else self._there
        if not parent.isValid():
            return len(self.found.sources)
        return 0 if parent.internalId() else self.found.sources[parent.row()].passages

    def columnCount(self, _parent: Index = QModelIndex()) -> int:
        return 1

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:
        return self.rowCount(parent) > 0

    def canFetchMore(self, parent: Index = QModelIndex()) -> bool:
        return not self.grouped and not parent.isValid() and self._there < self.found.total

    def fetchMore(self, _parent: Index = QModelIndex()) -> None:
        until = min(self._there + STEP, self.found.total)
        if until > self._there:
            self.beginInsertRows(QModelIndex(), self._there, until - 1)
            self._there = until
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        source, place = self.place_of(index)
        if place is None:
            return self._head(self.found.sources[source], role)
        shown = self.passage_of(index)
        if shown is not None:
            return self._passage(shown, role)
        if role in (PASSAGE, Qt.ItemDataRole.DisplayRole):
            self._want(source)
        return "…" if role == Qt.ItemDataRole.DisplayRole else None

    def _passage(self, shown: PassageShown, role: int) -> Any:
        if role == PASSAGE:
            return shown
        if role == Qt.ItemDataRole.DisplayRole:
            return shown.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join((shown.text, *self._about(shown), self.tr("in %s") % shown.passage.source_title))
        if role == Qt.ItemDataRole.ToolTipRole and shown.passage.gone:
            return self.tr("These words were corrected away. The passage is shown as it was when it was coded.")
        return None

    def _head(self, source: SourceWithPassages, role: int) -> Any:
        if role == GROUP:
            return source
        if role == Qt.ItemDataRole.DisplayRole:
            return source.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            parts = (source.title, writers(source), count_of_passages(source.passages))
            return ", ".join(part for part in parts if part)
        return None

    def _about(self, shown: PassageShown) -> list[str]:
        """Code, coder, observer and occasion of a passage, in words."""
        one = shown.passage
        parts = [self.tr("code %s") % one.code, self.tr("coded by %s") % one.coder]
        if one.observers:
            parts.append(self.tr("written by %s") % ", ".join(one.observers))
        return [*parts, *occasion(shown)]


def occasion(shown: PassageShown) -> list[str]:
    """The phase and the session of a passage, as far as they are known."""
    one = shown.passage
    phases = [labels.PHASES[Phase(phase)].lower() for phase in one.phase.split("; ")] if one.phase else []
    return [part for part in (", ".join(phases), one.session) if part]


def count_of_passages(number: int) -> str:
    """A number of passages in words."""
    return f"{labels.number(number)} {'passage' if number == 1 else 'passages'}"


def writers(source: SourceWithPassages) -> str:
    """Who wrote a source, and from which standing."""
    names = ", ".join(source.observers)
    return f"{names} ({labels.standing(source.standing)})" if names and source.standing else names
