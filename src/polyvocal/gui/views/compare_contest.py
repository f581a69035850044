"""A page of the Compare view: who generates, affirms and contests a term of collaboration, from before to after."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.ids import TermId
from polyvocal.domain.passages import Aspect, PassageFilter
from polyvocal.gui import acts, labels
from polyvocal.gui.announcing import announce
from polyvocal.gui.sitting import Place, Sitting
from polyvocal.gui.views.contest_asked import ROWS, Asked, ContestShown, contest_for, term_words
from polyvocal.gui.views.contest_canvas import ContestCanvas
from polyvocal.gui.views.contest_card import ContestCard
from polyvocal.gui.views.contest_export import ask_export, picture
from polyvocal.gui.views.contest_layout import Spot
from polyvocal.gui.views.contest_marks import StanceLegend
from polyvocal.gui.views.contest_words import ContestWords
from polyvocal.gui.views.filter_choosing import FilterChoosing, Single
from polyvocal.gui.views.passages import PassagesPanel
from polyvocal.gui.views.passages_filters import FilterBar
from polyvocal.gui.views.with_foot import WithFoot
from polyvocal.store.view import View

if TYPE_CHECKING:
    from polyvocal.gui.views.picture_export import Picture
    from polyvocal.services.analysis.contest import Contest

CONCERNED = frozenset(
    {
        "coding", "code", "stance", "term", "constituent_group", "membership", "nesting", "person", "source",
        "source_version", "authorship", "occasion", "reading", "session", "event", "project", "stretch", "layer",
        "time_mark", "concern",
    }
)  # fmt: skip
"""The kinds of record of which a change may change the strip."""

SETTLES_AFTER = 150
"""Milliseconds after a change until the strip is made again: several changes are taken as one."""
HOVERS = 180
"""Milliseconds over a mark until it is read."""


class ContestPage(QWidget):
    """The term, the filters, the strip, its legend and caption, and below them the passages behind a number."""

    shown = Signal()
    """The latest strip is shown."""
    exported = Signal(object)
    """The path of a file that was saved."""
    can_export_changed = Signal(bool)
    """Whether there is a strip to export."""
    asked_anew = Signal()
    """Another term, other rows, or other passages are asked for."""

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.sitting = sitting
        self.asked = Asked()
        self.contest: Contest | None = None
        self._terms: list[TermId | None] = []
        self._stale = True
        self._build()
        self._settling, self._hovering = QTimer(self), QTimer(self)
        for timer, wait, then in ((self._settling, SETTLES_AFTER, self.refresh), (self._hovering, HOVERS, self._hover)):
            timer.setSingleShot(True)
            timer.setInterval(wait)
            timer.timeout.connect(then)
        self._connect()
        self._tell_export()

    # --- building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.term, self.rows = QComboBox(), QComboBox()
        self.rows.addItems([self.tr(words) for _, words in ROWS])
        self.copy, self.export = QPushButton(self.tr("Cop&y")), QPushButton(self.tr("E&xport…"))
        self.export.setToolTip(self.tr("Save the picture (SVG, PDF, PNG) or the table behind it (Word, Excel, CSV …)"))
        self.filters = FilterBar(())
        self.choosing = FilterChoosing(
            self.sitting,
            self.filters,
            lambda: self.asked.query,
            owner=self,
            single=Single(Aspect.TERM, self._term_shown, self.show_term),
            within=self._with_stances,
        )
        self.canvas = ContestCanvas(self.sitting.theme)
        self.card = ContestCard(self.sitting, self.canvas.viewport())
        self.legend = StanceLegend(self.sitting.theme)
        self.footed = WithFoot(self.canvas, self.legend, lines=7)
        self.caption = self.footed.caption
        self.message = QLabel(self.tr("Looking for stances…"))
        self.message.setProperty("muted", True)
        self.message.setWordWrap(True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setMargin(20)
        self.message.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.passages = PassagesPanel(self.sitting)
        self.passages.hide()
        self.stack = QStackedWidget()
        for page in (self.message, self.footed):
            self.stack.addWidget(page)
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.stack)
        self.split.addWidget(self.passages)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._head())
        column.addWidget(self.split, 1)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(16, 10, 16, 0)
        row.setSpacing(8)
        for words, field, hint, letters in (
            (self.tr("&Term"), self.term, self.tr("The term of collaboration, and how often each stance is coded"), 52),
            (self.tr("&Rows"), self.rows, self.tr("A row for each person and group, for each group, or each term"), 22),
        ):
            label = QLabel(words)
            label.setBuddy(field)
            field.setAccessibleName(words.replace("&", ""))
            field.setAccessibleDescription(hint)
            field.setToolTip(hint)
            field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            field.setMaximumWidth(field.fontMetrics().averageCharWidth() * letters)
            label.setFixedHeight(field.sizeHint().height())
            row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
        beside = QVBoxLayout()  # its first row stands as high as the fields do
        beside.setContentsMargins(8, (self.term.sizeHint().height() - self.filters.add.sizeHint().height()) // 2, 0, 0)
        beside.addWidget(self.filters)
        row.addLayout(beside, 1)
        for button in (self.copy, self.export):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _connect(self) -> None:
        canvas, actions = self.canvas, self.sitting.actions
        self.sitting.bus.changed.connect(self._on_changed)
        self.sitting.blind_changed.connect(self._on_blind_changed)
        self.term.activated.connect(lambda number: self._ask(term=self._terms[number]))
        self.rows.activated.connect(lambda number: self._ask(rows=ROWS[number][0]))
        self.choosing.asked.connect(lambda query: self._ask(query=query))
        canvas.opened.connect(self.open)
        canvas.listed.connect(self.list_behind)
        canvas.pointed.connect(self._on_pointed)
        for bar in (canvas.horizontalScrollBar(), canvas.verticalScrollBar()):
            bar.valueChanged.connect(lambda _value: self.card.dismiss())
        self.passages.left.connect(self._on_passages_left)
        self.passages.exported.connect(self.exported)
        self.copy.clicked.connect(self.copy_picture)
        self.export.clicked.connect(self.ask_export)
        actions.add(acts.COPY_STRIP, self.copy_picture, owner=canvas, place=canvas)
        actions.explain(self.copy, acts.COPY_STRIP.name, self.tr("Copy the picture"))

    # --- where the keyboard is -------------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard belongs to the strip; until it is there, to the words that stand in its place."""
        super().focusInEvent(event)
        (self.canvas if self.stack.currentIndex() else self.message).setFocus(event.reason())

    @property
    def panes(self) -> list[QWidget]:
        """The parts that are in sight and between which a key goes round: the term, the strip, the passages."""
        return [one for one in (self.term, self.canvas, self.passages) if one.isVisibleTo(self)]

    # --- what is asked for -----------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _on_changed(self, changes: ChangeSet) -> None:
        if CONCERNED & changes.kinds.keys():
            self._stale = True
            if self.isVisible() and not self._settling.isActive():
                self._settling.start()

    def _on_blind_changed(self) -> None:
        """Nothing that is not to be seen stays for a moment."""
        self.card.dismiss()
        self.contest = None
        self.term.clear()
        self._say(self.tr("Looking for stances…"))
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _ask(self, **asked: Any) -> None:
        self.asked = self.asked._replace(**asked)
        self.refresh()
        self.asked_anew.emit()

    @property
    def kept(self) -> str:
        """What is asked for, to be taken up at the next start."""
        return self.asked.to_json()

    def take_up(self, kept: str) -> None:
        """Ask for what was kept, before the page is first shown; of a term that is gone, for another."""
        self.asked = Asked.from_json(kept)

    def show_term(self, term: TermId | None) -> None:
        """Show the stances on a term, or on all."""
        self._ask(term=term)

    def refresh(self) -> None:
        """Look again, off the window's thread."""
        self._stale = False
        asked = self.asked

        def read(view: View) -> ContestShown:
            return contest_for(self.sitting.ledger.of(view), view, asked)

        self.sitting.bus.ask(self, read, self._show, about="contest", failed=self._on_failed)

    def _on_failed(self, fault: Exception) -> None:
        self._stale = True
        if self.contest is None:
            self._say(self.tr("The stances could not be read. Open this page again to try once more."))
        self.sitting.bus.failed.emit(fault)

    # --- what is shown ---------------------------------------------------------------------------------------------

    def _show(self, found: ContestShown) -> None:
        if found.asked != self.asked:
            return
        contest = self.contest = found.contest
        self._offer_terms(contest)
        self.rows.setCurrentIndex([one for one, _ in ROWS].index(contest.kind))
        self.filters.show_query(found.asked.query, found.names)
        self.filters.count.setText(
            self.tr("1 passage") if contest.total == 1 else self.tr("%s passages") % labels.number(contest.total)
        )
        self.card.dismiss()
        missing = self._missing(contest)
        if missing:
            self._say(missing)
        else:
            waiting = self.message.hasFocus()
            self.stack.setCurrentIndex(1)
            self.canvas.show_contest(contest)
            self.legend.show_contest(contest)
            self.footed.show_caption(contest.caption)
            if waiting:
                self.canvas.setFocus()
            self._tell_export()
        self.shown.emit()

    def _offer_terms(self, contest: "Contest") -> None:
        chosen = next(iter(contest.chosen.terms), None)
        self._terms = [None, *(TermId(one.id) for one in contest.terms)]
        self.term.clear()
        self.term.addItem(self.tr("all terms"))
        for number, line in enumerate(contest.terms, start=1):
            self.term.addItem(term_words(contest, line))
            told = zip(contest.stances, line.counts, strict=True)
            heard = f"{line.name}: {', '.join(f'{labels.number(count)} {name}' for name, count in told)}"
            for role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
                self.term.setItemData(number, heard, role)
        self.term.setCurrentIndex(self._terms.index(chosen))
        self.term.setEnabled(bool(contest.terms))

    def _say(self, words: str) -> None:
        had_focus = self.canvas.hasFocus()
        self.message.setText(words)
        self.stack.setCurrentIndex(0)
        if had_focus:
            self.message.setFocus()
        self._tell_export()

    def _missing(self, contest: "Contest") -> str:
        """What to do where there is nothing to show; nothing where there is."""
        if contest.rows:
            return ""
        if not contest.terms:
            return self.tr(
                "There are no terms of collaboration yet.\n\nA term is a condition on which people work together: who "
                "decides, whose time is paid. Enter one in the Setting view, under Terms; or name a new one when you "
                "record a stance."
            )
        if self.asked.query.asked():
            return self.tr(
                "No stance on this is coded under these filters.\n\nTake a filter away, or choose another term."
            )
        return self.sitting.actions.with_keys(
            self.tr(
                "No stance on this is coded yet.\n\nIn the Read view, code a passage, choose the coding, and press %s: "
                "say who generates, affirms or contests which term."
            ),
            acts.STANCE.name,
        )

    # --- filters ---------------------------------------------------------------------------------------------------

    def _term_shown(self) -> TermId | None:
        return next(iter(self.contest.chosen.terms), None) if self.contest is not None else None

    def _with_stances(self, chosen: PassageFilter) -> PassageFilter:
        """Only what any stance is taken in."""
        if self.contest is None or chosen.stances or chosen.terms or chosen.actors:
            return chosen
        return chosen.but(Aspect.STANCE, self.contest.stances)

    # --- doors -----------------------------------------------------------------------------------------------------

    def open(self, spot: Spot) -> None:
        """Open the passage of a mark in its text, or list what is behind a name or a cell."""
        self.card.dismiss()
        mark = spot.mark
        if mark is None:
            self.list_behind(spot)
        elif mark.start < mark.end:
            self.sitting.place_wanted.emit(Place(mark.source, mark.start, mark.end, mark.coding))
        else:
            self.sitting.place_wanted.emit(Place(mark.source, coding=mark.coding))

    def list_behind(self, spot: Spot) -> None:
        """List the passages of some rows and columns: those of the cell, where a mark is meant."""
        contest = self.contest
        if contest is None:
            return
        self.card.dismiss()
        codings = {mark.coding for mark in contest.marks(spot.rows, spot.columns)}
        if not codings:
            announce(self.canvas, self.tr("No stance is coded here."))
            return
        self.passages.show_codings(ContestWords(contest).title(spot), codings)
        if self.passages.isHidden():
            self.passages.show()
            height = self.split.height()
            self.split.setSizes([height * 3 // 5, height * 2 // 5])
        self.passages.focus_list()

    def _on_passages_left(self) -> None:
        self.passages.hide()
        self.canvas.setFocus()

    def _on_pointed(self, spot: Spot | None) -> None:
        """The mouse is over a mark, or one is to be read at once (by the space bar)."""
        self._hovering.stop()
        if spot is None:
            self.card.dismiss()
        elif spot is self.canvas.spot(self.canvas.under):
            self._hovering.start()
        elif self.canvas.current is not None:
            self._read(spot, self.canvas.point(self.canvas.current), aloud=True)

    def _hover(self) -> None:
        spot = self.canvas.spot(self.canvas.under)
        if spot is not None and self.canvas.under is not None:
            self._read(spot, self.canvas.point(self.canvas.under), aloud=False)

    def _read(self, spot: Spot, at: QPoint, *, aloud: bool) -> None:
        if spot.mark is not None and self.contest is not None:
            self.card.show_mark(self.contest, spot.mark, at, aloud=aloud)

    # --- taking it elsewhere ---------------------------------------------------------------------------------------

    @property
    def can_export(self) -> bool:
        """Whether there is a strip to export."""
        return self.contest is not None and self.stack.currentIndex() == 1

    def _tell_export(self) -> None:
        for button in (self.copy, self.export):
            button.setEnabled(self.can_export)
        self.can_export_changed.emit(self.can_export)

    def picture(self) -> "Picture | None":
        """The whole strip with its title, legend and caption; None where there is none."""
        if self.contest is None:
            return None
        return picture(self.contest, self.canvas.font(), self.canvas.viewport().width())

    def copy_picture(self) -> None:
        """Copy the whole strip as a picture."""
        from polyvocal.gui.views.picture_export import copy_picture

        made = self.picture()
        if made is not None and self.can_export:
            copy_picture(made)
            announce(self.canvas, self.tr("The picture is copied."))

    def ask_export(self) -> None:
        """Ask for a file, and save the picture or the table in it."""
        ask_export(self)
