"""What the panels below the text are made of: a list of what has a place in the text, and what is done with it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar, Generic, Protocol, TypeVar

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QListView, QVBoxLayout, QWidget

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.ids import SourceId
from polyvocal.domain.spans import Span
from polyvocal.gui.button import Button
from polyvocal.gui.parts import Part, in_column, in_row, muted, yielding
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.delegate import SLANTED, SUBTITLE, RowDelegate
from polyvocal.services.commands.ends import move_ends
from polyvocal.services.queries.reading import SourceToRead
from polyvocal.store.file import ProjectFile
from polyvocal.store.view import View

Selected = Callable[[], Span | None]
"""Gives the span that is selected in the text, in code points of the version that is shown."""


class Placed(Protocol):
    """What has a place in the text, unless its words were corrected away; `id` is None where it is not in the project
    yet."""

    @property
    def id(self) -> int | None:
        """Of its record."""

    @property
    def place(self) -> Span | None:
        """Half-open, in code points of the current version."""


Looked = TypeVar("Looked")
Entry = TypeVar("Entry", bound=Placed)


class HerePanel(QWidget, Generic[Looked, Entry]):
    """A list about the source that is read; Return on a row goes to its place in the text.

    A panel says what it looks up (`_look`) and shows it (`_show`), with one row an entry (`_items`), and follows what
    is chosen (`_on_chosen`).
    """

    place_meant = Signal(int, int)
    """(start, end) in code points: the text shall go there."""
    lit = Signal(object)
    """The spans that are to be seen in the text while this panel is the one that is shown."""

    CONCERNED: ClassVar[frozenset[str]] = frozenset()
    """The kinds of record of which a change may change what is listed."""

    def __init__(
        self,
        sitting: Sitting,
        selected: Selected,
        name: str,
        parent: QWidget | None = None,
        *,
        rows: QAbstractItemView | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._sitting, self._selected = sitting, selected
        self._source: SourceToRead | None = None
        self.entries: Sequence[Entry] = ()
        self.model = QStandardItemModel(self)
        self.list = rows or QListView()
        self.list.setModel(self.model)
        yielding(self.list)
        if rows is None:
            self.list.setItemDelegate(RowDelegate(self.list))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setFrameShape(QAbstractItemView.Shape.NoFrame)
        self.list.setAccessibleName(name)
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self.list.activated.connect(self.go_to_place)
        self.none, self.told = muted(), muted()
        self.none.setAlignment(Qt.AlignmentFlag.AlignTop)
        sitting.bus.changed.connect(self._on_changed)

    # --- building ------------------------------------------------------------------------------------------------

    def _lay_out(self, *parts: Part) -> None:
        """Put parts side by side; then the panel is ready."""
        row = in_row(*parts, spacing=12)
        row.setContentsMargins(10, 8, 10, 8)
        self.setLayout(row)
        self._show(None)

    def _listed(self) -> QVBoxLayout:
        """The list, or what is said in its place."""
        return in_column(self.none, (self.list, 1))

    def _key(self, key: Qt.Key, slot: Callable[[], object]) -> None:
        """Let a key in the list do something."""
        shortcut = QShortcut(QKeySequence(key), self.list, context=Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(slot)

    # --- what is shown -------------------------------------------------------------------------------------------

    def show_source(self, source: SourceToRead | None) -> None:
        """Be about another source, or about the same as it is now."""
        self._source = source
        if source is None:
            self._show(None)
            return
        identity = source.source.id

        def show(looked: Looked) -> None:
            if self._source is not None and self._source.source.id == identity:
                self._show(looked)

        self._sitting.bus.ask(self, lambda view: self._look(view, identity), show, about="source")

    def _on_changed(self, changes: ChangeSet) -> None:
        if self._source is not None and self.CONCERNED & changes.kinds.keys():
            self.show_source(self._source)

    def lit_spans(self) -> list[Span]:
        """The spans that are to be seen in the text while the panel is shown."""
        return []

    @property
    def current(self) -> Entry | None:
        """The chosen one."""
        row = self.list.currentIndex().row()
        return self.entries[row] if 0 <= row < len(self.entries) else None

    @property
    def _may(self) -> bool:
        """Whether anything can be done here."""
        return self._source is not None and self._sitting.bus.may_write

    def _list(self, entries: Sequence[Entry], nothing: str) -> None:
        """List these, with the same one chosen as before, else the one in its row; without any, say `nothing`."""
        row, before = max(self.list.currentIndex().row(), 0), self.current
        self.entries = ()  # the list asks for them while it is filled
        self.model.setRowCount(0)
        for one in entries:
            self.model.appendRow(self._items(one))
        if before in entries:
            row = entries.index(before)
        self.list.setCurrentIndex(self.model.index(min(row, len(entries) - 1), 0))
        self.entries = entries
        self.list.setVisible(bool(entries))
        self.none.setVisible(not entries)
        self.none.setText(nothing)
        self._on_chosen()

    def _on_current_changed(self, *_indexes: QModelIndex) -> None:
        if self.entries:
            self._on_chosen()

    # --- what can be done ----------------------------------------------------------------------------------------

    def go_to_place(self) -> None:
        """Go to the place of the chosen one in the text."""
        if self.current is not None and self.current.place is not None:
            self.place_meant.emit(*self.current.place)

    def _act(self, command: Callable[[ProjectFile], object]) -> None:
        """Do it; if it cannot be, the panel shows again what there is."""

        def failed(fault: Exception) -> None:
            self.show_source(self._source)
            self._sitting.bus.failed.emit(fault)

        if self._may:
            self._sitting.act(command, failed=failed, owner=self)

    def _need_selected(self) -> Span | None:
        """The span that is selected in the text; that there is none is told."""
        span = self._selected()
        if span is None:
            words = self.tr("No words are selected in the text: select some first, by mouse or with %s.")
            self._tell(self._sitting.actions.with_keys(words, "read.expand"))
        return span

    def _tell(self, words: str) -> None:
        """Say something; nothing takes no room."""
        self.told.setText(words)
        self.told.setVisible(bool(words))

    def _make_move(self, kind_word: str) -> Button:
        """The button that moves the chosen one to the words that are selected in the text."""
        button = Button(self.tr("Move to the selected"))
        button.setToolTip(self.tr("The chosen one is then about the words that are selected in the text"))
        button.clicked.connect(lambda _checked=False: self._move_to_selected(kind_word))
        return button

    def _move_to_selected(self, kind_word: str) -> None:
        one, source = self.current, self._source
        if one is None or one.id is None or source is None or not self._may:
            return
        span = self._need_selected()
        if span is not None:
            self._act(partial(move_ends, kind_word=kind_word, reference=str(one.id), span=span, seen=source.version.id))

    # --- what a panel says of itself -----------------------------------------------------------------------------

    def _look(self, view: View, source: SourceId) -> Looked:
        """Look up what there is to show of a source; not on the window's thread."""
        raise NotImplementedError

    def _show(self, looked: Looked | None) -> None:
        """Show it; None where no source is open."""
        raise NotImplementedError

    def _items(self, one: Entry) -> Sequence[QStandardItem]:
        """The row of an entry, a cell a column."""
        raise NotImplementedError

    def _on_chosen(self) -> None:
        """Follow what is chosen now, or that nothing is."""
        raise NotImplementedError


def row_of(title: str, subtitle: str, *, slanted: bool = False) -> tuple[QStandardItem]:
    """A row of two lines."""
    item = QStandardItem(title)
    item.setData(subtitle, SUBTITLE)
    item.setData(slanted, SLANTED)
    item.setAccessibleText(f"{title}, {subtitle}")
    return (item,)
