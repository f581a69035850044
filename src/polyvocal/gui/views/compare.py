"""The Compare view: what different observers saw, laid out in several ways, a page each."""

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from polyvocal.domain.ids import DivergenceId, MomentId
from polyvocal.domain.moments import Moment
from polyvocal.gui.sitting import Place, Sitting
from polyvocal.gui.views.compare_left import PagesLeft, kept_as
from polyvocal.services.queries.moment_divergences import WhereItIs, where_divergence_is

if TYPE_CHECKING:  # what the pages are made of is imported when each is first shown
    from polyvocal.gui.views.compare_matrix import MatrixPage
    from polyvocal.gui.views.moments_page import MomentsPage
    from polyvocal.services.analysis.score import MomentMeant


class _Later(NamedTuple):
    """A page that is made when it is first shown; what it is made of is imported then."""

    key: str
    name: str
    tip: str
    module: str
    maker: str


_PAGES: Sequence[_Later] = (
    _Later(
        "matrix",
        "Matrix",
        "What coders read in whose accounts, and any rows by any columns; what an empty cell means",
        "polyvocal.gui.views.compare_matrix",
        "MatrixPage",
    ),
    _Later(
        "score",
        "Score",
        "One event in time, a staff an observer: what was written of which moment",
        "polyvocal.gui.views.score_page",
        "ScorePage",
    ),
    _Later(
        "moments",
        "Moments",
        "One stretch of an event as several observers wrote it, side by side, and where their accounts differ",
        "polyvocal.gui.views.moments_page",
        "MomentsPage",
    ),
    _Later(
        "contest",
        "Contest",
        "Who generates, affirms and contests a term of collaboration, from before to after",
        "polyvocal.gui.views.compare_contest",
        "ContestPage",
    ),
)
"""The pages in their order. Each is made with (sitting) and has: `exported`, `can_export_changed`, `can_export`,
`ask_export()`, `panes`, `asked_anew`, `kept` and `take_up()`, as MatrixPage has."""


class CompareView(QWidget):
    """Shows one page at a time; those that are not shown ask for nothing."""

    exported = Signal(object)
    """The path of a file that was saved."""
    can_export_changed = Signal(bool)
    """Whether the page that is shown has something to export."""
    page_shown = Signal(str)
    """The key of the page that came to the front."""

    chosen_anew = Signal()
    """Another page is in front, or one has chosen something else."""

    def __init__(self, sitting: Sitting, parent: QWidget | None = None, *, kept: str = "") -> None:
        """`kept` is how the pages were left, as `kept` gave it before."""
        super().__init__(parent)
        self._left = PagesLeft(kept)
        self.setObjectName("panel")
        self._sitting = sitting
        self._made: dict[str, Any] = {}
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.tr("Ways to compare"))
        self.tabs.tabBar().setAccessibleName(self.tr("Ways to compare"))
        self.tabs.setTabBarAutoHide(True)
        for page in _PAGES:
            place = QWidget()
            place.setObjectName("panel")
            column = QVBoxLayout(place)
            column.setContentsMargins(0, 0, 0, 0)
            self.tabs.setTabToolTip(self.tabs.addTab(place, self.tr(page.name)), self.tr(page.tip))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs)
        keys = [one.key for one in _PAGES]
        front = keys.index(self._left.in_front) if self._left.in_front in keys else 0
        self.tabs.setCurrentIndex(front)
        self.tabs.currentChanged.connect(self._on_current_changed)
        self._on_current_changed(front)

    @property
    def matrix(self) -> "MatrixPage":
        """The page of tables."""
        return cast("MatrixPage", self.page("matrix"))

    @property
    def kept(self) -> str:
        """Which page is in front and what each has chosen, to be taken up at the next start."""
        pages = self._left.pages | {key: page.kept for key, page in self._made.items()}
        return kept_as(page=self.page_in_front, pages=pages)

    @property
    def moments(self) -> "MomentsPage":
        """The page of moments."""
        return cast("MomentsPage", self.page("moments"))

    @property
    def page_in_front(self) -> str:
        """The key of the page that is shown."""
        return _PAGES[self.tabs.currentIndex()].key

    def page(self, key: str) -> Any:
        """A page by its key, made if it was not yet."""
        if key not in self._made:
            number, later = next((number, one) for number, one in enumerate(_PAGES) if one.key == key)
            page = getattr(import_module(later.module), later.maker)(self._sitting)
            if key in self._left.pages:
                page.take_up(self._left.pages[key])
            page.asked_anew.connect(self.chosen_anew)
            place = self.tabs.widget(number)
            layout = place.layout() if place is not None else None
            assert layout is not None
            layout.addWidget(page)
            page.exported.connect(self.exported)
            page.can_export_changed.connect(lambda _can: self._on_can_export_changed(key))
            if key == "score":
                page.moment_wanted.connect(self._on_moment_wanted)
            self._made[key] = page
        return self._made[key]

    def show_page(self, key: str) -> None:
        """Bring a page to the front."""
        self.tabs.setCurrentIndex([one.key for one in _PAGES].index(key))

    def open_moment(self, identity: MomentId) -> None:
        """Show a moment that is saved, of whatever event, as columns."""
        moment = self._sitting.bus.read(lambda view: view.get(Moment, identity))
        if moment is not None:
            self.show_page("moments")
            self.moments.point_to(moment)

    def open_divergence(self, identity: DivergenceId) -> None:
        """Show a divergence in its moment, else in the session that it is about; else its first passage in Read."""
        self._sitting.bus.ask(
            self, lambda view: where_divergence_is(view, identity), self._show_divergence, about="divergence"
        )

    def _show_divergence(self, where: WhereItIs | None) -> None:
        if where is None:
            return
        if where.moment is not None:
            self.show_page("moments")
            self.moments.open_divergence(where.moment, where.row.id)
        else:
            first = where.row.passages[0]
            self._sitting.place_wanted.emit(Place(first.source, None if first.gone else first.start, first.end))

    def _on_moment_wanted(self, meant: "MomentMeant") -> None:
        """Show a stretch of the score side by side, without saving it as a moment."""
        session = meant.session.id if meant.session is not None else None
        starts, ends = (
            at.isoformat() if at is not None and session is None else None for at in (meant.starts, meant.ends)
        )
        self.show_page("moments")
        self.moments.point_to(Moment(id=MomentId(0), event=meant.event, session=session, starts=starts, ends=ends))

    def _on_current_changed(self, number: int) -> None:
        page = self.page(_PAGES[number].key)
        if self.isVisible() and not self.tabs.tabBar().hasFocus():
            page.setFocus(Qt.FocusReason.OtherFocusReason)  # who goes from page to page goes on there
        self.page_shown.emit(_PAGES[number].key)
        self.chosen_anew.emit()
        self.can_export_changed.emit(page.can_export)

    def _on_can_export_changed(self, key: str) -> None:
        if key == self.page_in_front:
            self.can_export_changed.emit(self.can_export)

    # --- what the window asks of a view ----------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard belongs to the page that is shown."""
        super().focusInEvent(event)
        self.page(self.page_in_front).setFocus(event.reason())

    @property
    def panes(self) -> list[QWidget]:
        """The parts that are in sight and between which a key goes round."""
        panes: list[QWidget] = self.page(self.page_in_front).panes
        return [self.tabs.tabBar(), *panes] if self.tabs.tabBar().isVisible() else panes

    @property
    def can_export(self) -> bool:
        """Whether the page that is shown has something to export, as far as is known."""
        can: bool = self.page(self.page_in_front).can_export
        return can

    def ask_export(self) -> None:
        """Ask for a file, and save what the page that is shown shows."""
        self.page(self.page_in_front).ask_export()
