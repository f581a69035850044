"""One column of a moment: an observer's account, scrolled to the words of the moment, read and coded as in Read."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from polyvocal.domain.spans import Span
from polyvocal.gui.parts import in_column
from polyvocal.gui.sitting import Place, Sitting
from polyvocal.gui.surface.block_seen import Edge
from polyvocal.gui.surface.text import TextSurface
from polyvocal.gui.views.codebook import CodebookPanel
from polyvocal.gui.views.moment_head import MomentHead, called
from polyvocal.gui.views.source_pane import SourcePane
from polyvocal.services.commands.passage import Passage
from polyvocal.services.queries.moment_columns import AccountInColumn, Column

_LETTERS = 21
"""How wide a column is at least, in widths of an m of the text."""


class MomentColumn(QWidget):
    """The head is there at once; the text is made when it is first seen."""

    entered = Signal()
    """The keys come here now."""
    ready = Signal()
    """Its text is shown, with what of it is of the moment."""
    moved = Signal()
    """The cursor or the selection of its text is at another place, or other codings are there."""
    letter_left = Signal(str)
    """A letter was typed that is none of coding's."""

    def __init__(
        self, sitting: Sitting, codebook: CodebookPanel, column: Column, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._sitting, self._codebook = sitting, codebook
        self.column = column
        self._which = 0
        self._begins_group = True
        self._lit: list[Span] = []
        self._shown: int | None = None
        """The source that is on the screen, with the words of the moment lit."""
        self.pane: SourcePane | None = None
        self.head = MomentHead()
        self.head.account_chosen.connect(self._on_account_chosen)
        self._lines = in_column(self.head, spacing=0)
        self._lines.setContentsMargins(1, 0, 0, 0)
        self._room = QWidget()
        self._room.setObjectName("ground")
        self._lines.addWidget(self._room, 1)
        frame = QFrame()
        frame.setObjectName("beside")
        frame.setLayout(self._lines)
        self._outer = in_column(frame, spacing=0)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self._outer)
        self._on_theme_changed()
        sitting.theme.changed.connect(self._on_theme_changed)

    def _on_theme_changed(self) -> None:
        """Letters that grow want wider columns."""
        letter = self.fontMetrics().horizontalAdvance("m")
        self.setMinimumWidth(
            round(letter * _LETTERS * self._sitting.theme.text_size / max(self.font().pointSizeF(), 1))
        )

    # --- what is shown -------------------------------------------------------------------------------------------

    @property
    def account(self) -> AccountInColumn:
        """The account that is shown, of those of the observer."""
        return self.column.accounts[self._which]

    @property
    def surface(self) -> TextSurface | None:
        """The text; None until it was seen."""
        return self.pane.surface if self.pane is not None else None

    @property
    def is_ready(self) -> bool:
        """Whether the account is on the screen, as it is asked for."""
        return self.pane is not None and self._shown == self.account.source

    def show_column(self, column: Column) -> None:
        """Show a column anew: the same observers, perhaps of another moment."""
        source = self.account.source
        self.column = column
        self._which = next((n for n, one in enumerate(column.accounts) if one.source == source), 0)
        self._show_account()

    def stand(self, *, begins_group: bool, apart: int) -> None:
        """Stand so many pixels apart from the column before; bear the name of the standing, or leave it to that."""
        self._begins_group = begins_group
        self._outer.setContentsMargins(apart, 0, 0, 0)
        self.head.show_column(self.column, self._which, begins_group=begins_group)

    def _on_account_chosen(self, which: int) -> None:
        self._which = which
        self._show_account()

    def show_source(self, source: int) -> bool:
        """Show one of the observer's accounts; whether there is such a one."""
        for number, one in enumerate(self.column.accounts):
            if one.source == source:
                if number != self._which:
                    self._on_account_chosen(number)
                return True
        return False

    def _show_account(self) -> None:
        self.head.show_column(self.column, self._which, begins_group=self._begins_group)
        if self.pane is not None:
            self._open()

    def make(self) -> None:
        """Make the text, now that it is seen."""
        if self.pane is not None:
            return
        self.pane = pane = SourcePane(self._sitting, self._codebook)
        pane.head.hide()
        pane.surface.be_narrow()
        pane.shown.connect(self._on_shown)
        pane.entered.connect(self.entered)
        pane.surface.moved.connect(self.moved)
        pane.surface.coding_chosen.connect(lambda _coding: self.moved.emit())
        pane.coding.followed.connect(self.moved)
        pane.coding.letter_left.connect(self.letter_left)
        self._lines.replaceWidget(self._room, pane)
        self._room.deleteLater()
        self._lines.setStretchFactor(pane, 1)
        self._open()

    def _open(self) -> None:
        assert self.pane is not None
        account = self.account
        name = self.tr("What %s wrote: %s") % (called(self.column), account.account.title)
        self.pane.surface.setAccessibleName(name)
        if self.pane.source is not None and self.pane.source.source.id == account.source:
            self._on_shown()
        else:
            self._shown = None
            self.pane.open_place(Place(account.source))

    def _on_shown(self) -> None:
        """The text is there: let the words of the moment stand out."""
        assert self.pane is not None
        source, account = self.pane.source, self.account
        if source is None or source.source.id != account.source or source.version.id != account.account.version:
            return  # it was corrected meanwhile: the page reads the moment again
        surface = self.pane.surface
        surface.show_part([Edge(Span(one.start, one.end), one.certain) for one in account.account.passages])
        surface.light(self._lit)
        self._shown = account.source
        self.ready.emit()

    def light(self, spans: dict[int, list[Span]]) -> None:
        """Light up the passages of a divergence, by source."""
        self._lit = spans.get(self.account.source, [])
        if self.is_ready and self.surface is not None:  # else they are lit once their text is there
            self.surface.light(self._lit)

    # --- what is selected ----------------------------------------------------------------------------------------

    @property
    def selected(self) -> list[Passage]:
        """The selected words, as passages of the version that is seen."""
        pane = self.pane
        if pane is None or pane.source is None:
            return []
        source, seen = str(pane.source.source.id), pane.source.version.id
        return [Passage(source, one.start, one.end, seen) for one in pane.surface.selections]

    def put_cursor(self, offset: int) -> None:
        """Let what is done by keys begin at an offset."""
        if self.surface is not None:
            cursor = self.surface.textCursor()
            cursor.setPosition(self.surface.offsets.position(offset))
            self.surface.setTextCursor(cursor)

    def let_go(self) -> None:
        """Let nothing be selected."""
        if self.surface is not None:
            self.surface.keep_no_selections()
            cursor = self.surface.textCursor()
            cursor.clearSelection()
            self.surface.setTextCursor(cursor)
