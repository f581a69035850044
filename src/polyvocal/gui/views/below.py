"""The lists below the text: what is coded at the cursor, passages, and all else that has a place in the text."""

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from polyvocal.domain.spans import Span
from polyvocal.gui.parts import scrolled
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.surface.gutter import SignKind
from polyvocal.services.queries.reading import SourceToRead

if TYPE_CHECKING:  # what the panels are made of is imported when the first is shown
    from polyvocal.gui.views.here import HerePanel, Selected


class _Later(NamedTuple):
    """A panel that is made when it is first shown; what it is made of is imported then. A `sign` may lead to it."""

    sign: SignKind | None
    name: str
    module: str
    maker: str


_PANELS: Sequence[_Later] = (
    _Later(SignKind.TIME, "Times", "polyvocal.gui.views.times_here", "TimesPanel"),
    _Later(SignKind.STRETCH, "Stretches", "polyvocal.gui.views.stretches_here", "StretchesPanel"),
    _Later(None, "Layers", "polyvocal.gui.views.layers_here", "LayersPanel"),
    _Later(SignKind.MEMO, "Memos", "polyvocal.gui.views.memos_here", "MemosPanel"),
    _Later(SignKind.PICTURE, "Pictures", "polyvocal.gui.views.pictures_here", "PicturesPanel"),
)


class Below(QTabWidget):
    """Shows one list at a time; those that are not shown ask for nothing."""

    place_meant = Signal(int, int)
    """A list wants the text to go to [start, end)."""
    lit = Signal(object)
    """Spans that are to be seen in the text while the list that means them is shown."""

    def __init__(self, sitting: Sitting, selected: "Selected", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sitting, self._selected = sitting, selected
        self._source: SourceToRead | None = None
        self._made: dict[int, HerePanel[Any, Any]] = {}
        self._waiting: dict[int, _Later] = {}
        self._tabs: dict[SignKind | None, int] = {}
        self._shown: dict[int, SourceToRead | None] = {}
        self.setAccessibleName(self.tr("Lists below the text"))
        self.tabBar().setAccessibleName(self.tr("Lists below the text"))
        self.currentChanged.connect(self._on_current_changed)

    def add_panels(self) -> None:
        """Add the lists that are made later, behind those that are there."""
        for one in _PANELS:
            place = QWidget()
            place.setObjectName("panel")
            column = QVBoxLayout(place)
            column.setContentsMargins(0, 0, 0, 0)
            self._tabs[one.sign] = index = self.addTab(place, self.tr(one.name))
            self._waiting[index] = one

    def show_source(self, source: SourceToRead | None) -> None:
        """Let the lists be about another source, or the same as it is now."""
        self._source = source
        self._on_current_changed(self.currentIndex())

    def open(self, sign: SignKind) -> None:
        """Open the list to which a sign in the gutter leads."""
        self.setCurrentIndex(self._tabs[sign])

    def panel(self, index: int) -> "HerePanel[Any, Any]":
        """The list on a tab, made if it was not yet."""
        if index in self._waiting:
            self._make(index, self._waiting.pop(index))
        return self._made[index]

    def _make(self, index: int, later: _Later) -> None:
        panel = getattr(import_module(later.module), later.maker)(self._sitting, self._selected)
        panel.place_meant.connect(self.place_meant)
        panel.lit.connect(lambda spans: self._on_lit(index, spans))
        place = self.widget(index)
        layout = place.layout() if place is not None else None
        assert layout is not None
        layout.addWidget(scrolled(panel))
        self._made[index] = panel

    def _on_lit(self, index: int, spans: list[Span]) -> None:
        if index == self.currentIndex():
            self.lit.emit(spans)

    def _on_current_changed(self, index: int) -> None:
        if index in self._waiting:
            self._make(index, self._waiting.pop(index))
        panel = self._made.get(index)
        self.lit.emit(panel.lit_spans() if panel is not None else [])
        if panel is not None and (index not in self._shown or self._shown[index] is not self._source):
            self._shown[index] = self._source
            panel.show_source(self._source)
