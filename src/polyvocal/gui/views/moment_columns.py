"""The columns of a moment side by side: grouped by standing, scrolled together, hidden and put in another order."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea, QWidget

from polyvocal.domain.spans import Span
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.codebook import CodebookPanel
from polyvocal.gui.views.moment_column import MomentColumn
from polyvocal.gui.views.moment_head import called
from polyvocal.gui.views.moment_scroll import ScrollTogether
from polyvocal.gui.views.moment_without import WithoutAccount
from polyvocal.services.commands.passage import Passage
from polyvocal.services.queries.moment_columns import Column, MomentInColumns, SelectedWords

Key = tuple[int, ...]

_BETWEEN_GROUPS = 10
"""Pixels between the columns of one standing and those of the next."""


class MomentColumns(QScrollArea):
    """Shows one moment. The text of a column is made when the column is seen; many are scrolled sideways."""

    activated = Signal()
    """The keys went to another column."""
    moved = Signal()
    """The cursor or the selection of the active text is at another place."""
    order_changed = Signal()
    """Columns were hidden, shown, or put in another order."""
    menu_wanted = Signal(QPoint)
    """What can be done with the active column is to be shown at this place of the screen."""
    letter_left = Signal(str)

    def __init__(self, sitting: Sitting, codebook: CodebookPanel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sitting, self._codebook = sitting, codebook
        self._columns: dict[Key, MomentColumn] = {}
        self._order: list[Key] = []
        """The order in which a person put the columns, of all moments."""
        self.hidden: set[Key] = set()
        """Whose columns are hidden, of all moments."""
        self._moment: MomentInColumns | None = None
        self._bringing: set[Key] = set()
        """Those that are still to be brought to where the others are."""
        self._active: Key | None = None
        self._lit: dict[int, list[Span]] = {}
        self.going = ScrollTogether(self)
        self.without = WithoutAccount(sitting)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setObjectName("panel")
        self._row = QHBoxLayout(inner)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.without)
        self.setWidget(inner)
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(0)
        self._looking.timeout.connect(self._make_what_is_seen)
        self.horizontalScrollBar().valueChanged.connect(lambda _value: self._looking.start())

    # --- what is shown -------------------------------------------------------------------------------------------

    def show_moment(self, moment: MomentInColumns | None, *, anew: bool) -> None:
        """Show a moment; `anew` from its first words, else with what is before the eye where it is."""
        self._moment = moment
        columns = moment.columns if moment is not None else ()
        if anew:
            self.going.share = 0.0
            self._lit = {}
        there = {one.key: one for one in columns}
        for key in [key for key in self._columns if key not in there]:
            gone = self._columns.pop(key)
            if gone.surface is not None:
                self.going.leave(gone.surface)
            self._row.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for key, column in there.items():
            if anew:
                self._bringing.add(key)
            if key in self._columns:
                self._columns[key].show_column(column)
            else:
                self._columns[key] = self._made(column)
                self._bringing.add(key)
        if self._active not in there:
            self._active = None
        self.without.show_moment(moment)
        self._arrange()

    def _made(self, column: Column) -> MomentColumn:
        made = MomentColumn(self._sitting, self._codebook, column)
        key = column.key
        made.entered.connect(lambda: self._activate(key))
        made.ready.connect(lambda: self._on_ready(key))
        made.moved.connect(lambda: self._on_moved(key))
        made.letter_left.connect(self.letter_left)
        made.head.menu_wanted.connect(lambda: self._on_menu_wanted(key))
        made.light(self._lit)
        return made

    def _keys(self) -> list[Key]:
        """The keys of all columns in the order in which they stand: as a person put them, the others by standing."""
        natural = [one.key for one in self._moment.columns] if self._moment is not None else []
        put = [key for key in self._order if key in natural]
        at = iter(put)
        return [next(at) if key in put else key for key in natural]

    def _arrange(self) -> None:
        """Put the columns in their order, hide those that are hidden, and head each standing once."""
        last: object = self
        keys = self._keys()
        for number, key in enumerate(keys):
            column = self._columns[key]
            self._row.removeWidget(column)
            self._row.insertWidget(number, column, 1)
            shown = key not in self.hidden
            column.setVisible(shown)
            if shown:
                begins = column.column.standing is not last
                column.stand(begins_group=begins, apart=_BETWEEN_GROUPS if begins and last is not self else 0)
                last = column.column.standing
        for one, other in pairwise(keys):
            QWidget.setTabOrder(self._columns[one], self._columns[other])
        self._looking.start()
        self.order_changed.emit()

    def _make_what_is_seen(self) -> None:
        seen = self.viewport().rect()
        for column in self.shown():
            place = column.rect().translated(column.mapTo(self.viewport(), QPoint(0, 0)))
            if column.isVisible() and place.intersects(seen):
                column.make()
                if column.surface is not None:
                    self.going.catch_up(column.surface)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._looking.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._looking.start()

    def _on_ready(self, key: Key) -> None:
        column = self._columns.get(key)
        if column is None or column.surface is None:
            return
        self.going.add(column.surface, column.account.course)
        if key in self._bringing:
            self._bringing.discard(key)
            column.put_cursor(int(column.account.course.offset(self.going.share)))
            self.going.bring(column.surface)
            self._bring_lit(column)

    # --- which column --------------------------------------------------------------------------------------------

    def shown(self) -> Iterator[MomentColumn]:
        """The columns that are not hidden, in their order."""
        return (self._columns[key] for key in self._keys() if key not in self.hidden)

    def all_columns(self) -> Sequence[MomentColumn]:
        """All columns, in their order."""
        return [self._columns[key] for key in self._keys()]

    @property
    def active(self) -> MomentColumn | None:
        """The column that the keys went to last, else the first."""
        if self._active is not None and self._active in self._columns and self._active not in self.hidden:
            return self._columns[self._active]
        return next(self.shown(), None)

    def _activate(self, key: Key) -> None:
        self._active = key
        column = self._columns.get(key)
        if column is not None:
            self.ensureWidgetVisible(column, 0, 0)
            self.activated.emit()

    def _on_moved(self, key: Key) -> None:
        if self.active is self._columns.get(key):
            self.moved.emit()

    def _on_menu_wanted(self, key: Key) -> None:
        self._active = key
        head = self._columns[key].head.more
        self.menu_wanted.emit(head.mapToGlobal(QPoint(0, head.height())))

    def go_to(self, column: MomentColumn) -> None:
        """Let the keys go to a column."""
        self._active = column.column.key
        self.ensureWidgetVisible(column, 0, 0)
        column.make()
        if column.surface is not None:
            column.surface.setFocus(Qt.FocusReason.OtherFocusReason)
        self._looking.start()

    def step(self, by: int) -> None:
        """Let the keys go to the next column, or the one before; past the last to the first."""
        columns = list(self.shown())
        active = self.active
        if active is not None:
            self.go_to(columns[(columns.index(active) + by) % len(columns)])

    # --- hiding, putting in another order ------------------------------------------------------------------------

    def move_active(self, by: int) -> None:
        """Put the active column a place to the right (1) or left (-1), among those that are shown."""
        active = self.active
        if active is None:
            return
        shown, keys = [one.column.key for one in self.shown()], self._keys()
        at = shown.index(active.column.key)
        if not 0 <= at + by < len(shown):
            return
        one, other = keys.index(shown[at]), keys.index(shown[at + by])
        keys[one], keys[other] = keys[other], keys[one]
        self._order = [*keys, *(key for key in self._order if key not in keys)]
        had = active.surface is not None and active.surface.hasFocus()
        self._arrange()
        if had:
            self.go_to(active)

    def hide_active(self) -> None:
        """Hide the active column, unless it is the only one."""
        active, shown = self.active, list(self.shown())
        if active is not None and len(shown) > 1:
            at = shown.index(active)
            self.show_only(self.hidden | {active.column.key})
            self.go_to([one for one in shown if one is not active][min(at, len(shown) - 2)])

    def show_only(self, hidden: set[Key]) -> None:
        """Hide some columns, and show all others."""
        self.hidden = hidden
        self._arrange()

    def show_all(self) -> None:
        """Show all columns, in their first order."""
        self._order = []
        self.show_only(set())

    def fill_menu(self, menu: QMenu) -> None:
        """Offer each column to be shown or hidden."""
        for column in self.all_columns():
            key = column.column.key
            choice = menu.addAction(called(column.column))
            choice.setCheckable(True)
            choice.setChecked(key not in self.hidden)
            choice.toggled.connect(
                lambda on, key=key: self.show_only(self.hidden - {key} if on else self.hidden | {key})
            )

    # --- scrolling, lighting, selecting --------------------------------------------------------------------------

    def back_to_moment(self) -> None:
        """Bring all texts to the first words of the moment."""
        self.going.begin()

    def light(self, spans: dict[int, list[Span]]) -> None:
        """Light up passages by source; each column shows the account that they are in."""
        self._lit = spans
        for column in self._columns.values():
            for source in spans:
                if column.show_source(source):
                    break
            column.light(spans)

    def bring_lit(self) -> None:
        """Bring the first lit passage of each column before the eye."""
        for column in self._columns.values():
            if column.is_ready:
                self._bring_lit(column)

    def _bring_lit(self, column: MomentColumn) -> None:
        places = self._lit.get(column.account.source)
        if places and column.surface is not None:
            self.going.bring_place(column.surface, places[0].start)

    @property
    def selected(self) -> list[Passage]:
        """The selected words of all columns that are shown, in their order."""
        return [passage for column in self.shown() for passage in column.selected]

    @property
    def said(self) -> list[SelectedWords]:
        """The same words, each with whose they are."""
        return [
            SelectedWords(
                called(column.column),
                column.column.standing,
                column.account.account.title,
                one.start,
                one.end,
                column.surface.text[one.start : one.end],
            )
            for column in self.shown()
            if column.surface is not None
            for one in column.selected
        ]

    def bring(self, source: int, offset: int) -> None:
        """Bring a place of an account before the eye, in the column where it is."""
        for column in self.shown():
            if column.show_source(source):
                self.ensureWidgetVisible(column, 0, 0)
                column.make()
                if column.is_ready and column.surface is not None:
                    self.going.bring_place(column.surface, offset)

    def let_go(self) -> None:
        """Let nothing be selected."""
        for column in self._columns.values():
            column.let_go()
