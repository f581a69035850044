"""Choosing a moment: the event, its moments and sessions in their order, or any stretch of time from one clock to
another."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QLineEdit, QMenu, QTreeView, QWidget

from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import EventId, MomentId, SessionId
from polyvocal.domain.moments import Moment
from polyvocal.domain.records import Event
from polyvocal.gui.acts import EDIT_MOMENT, NEW_MOMENT, OPEN_ONLY, REMOVE_MOMENT
from polyvocal.gui.announcing import announce
from polyvocal.gui.button import Button
from polyvocal.gui.parts import in_column, in_row, muted
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.compare_left import held_in, id_in, kept_as, text_in
from polyvocal.gui.views.delegate import RowDelegate
from polyvocal.gui.views.moments_model import MomentsModel, is_stretch, same
from polyvocal.services.commands.setting import refuse_backwards
from polyvocal.services.commands.windows import refuse_over_midnight, time_said
from polyvocal.services.queries.moments_of_event import ListedMoment, MomentsOfEvent, moments_of_event

_IDS, _TIMES = ("id", "event", "session"), ("starts", "ends")
"""What is kept of the moment that is shown, saved or not."""


class MomentsList(QWidget):
    """Follows what becomes of the moments of the event that is chosen."""

    chosen = Signal(object)
    """A Moment, saved or not, that is to be shown; None where there is none."""
    loaded = Signal()
    """The list is read; what is shown may have changed."""
    chosen_anew = Signal()
    """Another moment is shown, or only those with open divergences are listed, or all."""
    edit_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._sitting = sitting
        self.found = MomentsOfEvent((), None, (), ())
        self.is_loaded = False
        self._event: EventId | None = None
        self._shown: Moment | None = None
        self._left: Moment | None = None
        """What was shown when the project was left, until the list is read."""
        self.model = MomentsModel(self)
        self.events = QComboBox()
        self.events.setAccessibleName(self.tr("Event"))
        self.events.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.events.setMinimumContentsLength(12)
        self.events.currentIndexChanged.connect(self._on_event_chosen)
        self.open_only = QCheckBox(self.tr("With &open divergences only"))
        self.open_only.toggled.connect(self._on_filter)
        self.chosen.connect(lambda _moment: self.chosen_anew.emit())
        self.tree = QTreeView()
        self.tree.setModel(self.model)
        self.tree.setHeaderHidden(True)
        self.tree.setItemDelegate(RowDelegate(self.tree))
        self.tree.setIndentation(0)
        self.tree.setRootIsDecorated(False)
        self.tree.setItemsExpandable(False)
        self.tree.setAccessibleName(self.tr("Moments in their order"))
        self.tree.setFrameShape(QFrame.Shape.NoFrame)
        self.tree.selectionModel().currentChanged.connect(lambda now, _before: self._on_current(now))
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._show_menu)
        self.empty = muted()
        self.new, self.edit, self.remove = (
            Button(self.tr("New…")),
            Button(self.tr("Edit…")),
            Button(self.tr("Remove")),
        )
        self.starts, self.ends = QLineEdit(), QLineEdit()
        self.look = Button(self.tr("Look"))
        self._build()

    def _build(self) -> None:
        for field, name in ((self.starts, self.tr("From")), (self.ends, self.tr("To"))):
            field.setAccessibleName(name)
            field.setPlaceholderText(name.lower())
            field.setToolTip(self.tr("10:45 on the day of the moment that is chosen, or 2024-05-14 10:45"))
            field.returnPressed.connect(self.look_at_window)
            field.setMinimumWidth(field.fontMetrics().horizontalAdvance("m") * 5)
        self.look.clicked.connect(self.look_at_window)
        self.look.setToolTip(self.tr("See what everybody wrote of this stretch of time, without saving it as a moment"))
        title = muted(self.tr("Any stretch of time"))
        column = in_column(
            self.events,
            self.open_only,
            self.empty,
            (self.tree, 1),
            in_row(self.new, self.edit, self.remove, None),
            title,
            in_row((self.starts, 1), (self.ends, 1), self.look),
            spacing=8,
        )
        column.setContentsMargins(10, 10, 10, 10)
        self.setLayout(column)
        self.setFocusProxy(self.tree)
        for button in (self.edit, self.remove):
            button.setEnabled(False)
        self.empty.hide()

    def make_actions(self, new: Callable[[], object]) -> list[QAction]:
        """Let what can be done with moments be done from here; `new` makes one."""
        actions = self._sitting.actions
        made = [
            actions.add(EDIT_MOMENT, self.edit_wanted.emit, owner=self, place=self.tree),
            actions.add(REMOVE_MOMENT, self.remove_wanted.emit, owner=self, place=self.tree),
        ]
        self.new.clicked.connect(lambda _checked=False: new())
        self.edit.clicked.connect(lambda _checked=False: self.edit_wanted.emit())
        self.remove.clicked.connect(lambda _checked=False: self.remove_wanted.emit())
        actions.explain(
            self.new, NEW_MOMENT.name, self.tr("Enter a session, a time window or selected words as a moment")
        )
        actions.explain(self.edit, EDIT_MOMENT.name, self.tr("Another title, session or time"))
        actions.explain(self.remove, REMOVE_MOMENT.name, self.tr("Remove the moment with what is marked of it"))
        actions.explain(self.open_only, OPEN_ONLY.name, self.tr("Only moments of which a divergence is open"))
        return made

    # --- how it is left ------------------------------------------------------------------------------------------

    @property
    def kept(self) -> str:
        """The moment that is shown, and which are listed."""
        one = self._shown or self._left
        held = {} if one is None else {name: getattr(one, name) for name in (*_IDS, *_TIMES)}
        return kept_as(open_only=self.open_only.isChecked(), **held)

    def take_up(self, kept: str) -> None:
        """List what was listed, and show what was shown, once that is read."""
        held = held_in(kept)
        with QSignalBlocker(self.open_only):
            self.open_only.setChecked(held.get("open_only") is True)
        moment, event, session = (id_in(held, name) for name in _IDS)
        if event is not None:
            self._event = EventId(event)
            self._left = Moment(
                id=MomentId(moment or 0),
                event=self._event,
                session=None if session is None else SessionId(session),
                **{name: text_in(held, name) or None for name in _TIMES},
            )

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the moments anew."""
        event = self._event
        self._sitting.bus.ask(self, lambda view: moments_of_event(view, event), self._show, about="moments")

    def _show(self, found: MomentsOfEvent) -> None:
        self.found, self.is_loaded = found, True
        self._event = found.event.id if found.event is not None else None
        blocker = QSignalBlocker(self.events)
        self.events.clear()
        self.events.addItems([one.title for one in found.events])
        if found.event is not None:
            self.events.setCurrentIndex([one.id for one in found.events].index(found.event.id))
        self.events.setVisible(bool(found.events))
        blocker.unblock()
        self._fill()
        self.loaded.emit()

    def _on_filter(self) -> None:
        self._fill()
        self.chosen_anew.emit()

    def _fill(self) -> None:
        """List what is wanted, and point to what is shown; where nothing is shown yet, to the first."""
        listed = [one for one in self.found.moments if one.open or not self.open_only.isChecked()]
        top, shown = self.tree.verticalScrollBar().value(), self._shown
        was_at = self._row_of(shown)
        with QSignalBlocker(self.tree.selectionModel()):
            self.model.show(listed)
            self.tree.expandAll()
            if shown is not None:
                self.tree.setCurrentIndex(self.model.index_of_moment(shown))
        self.tree.verticalScrollBar().setValue(top)
        if was_at is None:
            self.tree.scrollTo(self.tree.currentIndex())
        self.empty.setText(self._missing())
        self.empty.setVisible(not listed)
        if shown is None or not self._is_of_event(shown):
            self._choose_first()
        elif (shown.id or shown.session) and self.listed(shown) is None:
            self._choose_in_place_of(shown, was_at)
        self._enable()

    def _is_of_event(self, moment: Moment) -> bool:
        return self.found.event is not None and moment.event == self.found.event.id

    def _missing(self) -> str:
        if self.found.event is None:
            return ""
        if self.open_only.isChecked():
            return self.tr("No divergence of this event is open.")
        return self.tr("No moment and no session yet. Enter one with New…, or a session in the Setting view.")

    def _row_of(self, moment: Moment | None) -> int | None:
        """The place of a moment among those that are listed."""
        listed = enumerate(self.model.moments)
        return next((n for n, one in listed if moment is not None and same(one.moment, moment)), None)

    def _choose_in_place_of(self, gone: Moment, row: int | None) -> None:
        """Show the same session, saved or not any more; else what stands now in the row where the one stood that is
        gone."""
        listed = [one.moment for one in self.model.moments]
        whole = (one for one in listed if gone.session is not None and gone.starts is None and one.starts is None)
        same_session = next((one for one in whole if one.session == gone.session), None)
        if same_session is not None:
            self.point_to(same_session)
        elif row is None or not listed:
            self._choose_first()
        else:
            self.point_to(listed[min(row, len(listed) - 1)])

    def _choose_first(self) -> None:
        """Show what was shown when the project was left; if that is not there, the first saved moment that more than
        one observer wrote of, else the first of all."""
        left, all_listed = self._left, self.model.moments
        row = self._row_of(left)
        if row is not None or (left is not None and is_stretch(left) and self._is_of_event(left)):
            self.point_to(left if row is None else all_listed[row].moment)
            return
        better = next((one for one in all_listed if one.is_saved and one.observers > 1), None)
        first = better or next((one for one in all_listed if one.observers > 1), all_listed[0] if all_listed else None)
        self.point_to(first.moment if first is not None else None)

    # --- which is chosen -----------------------------------------------------------------------------------------

    @property
    def shown(self) -> Moment | None:
        """The moment that is shown, saved or not."""
        return self._shown

    def listed(self, moment: Moment | None) -> ListedMoment | None:
        """What the list knows of a moment; None of a stretch of time that is no row of it."""
        return next((one for one in self.found.moments if moment is not None and same(one.moment, moment)), None)

    def point_to(self, moment: Moment | None) -> None:
        """Show a moment, and point to it where it is listed; one of another event, once that is read."""
        self._shown, self._left = moment, None
        if moment is not None and not moment.id and moment.starts is not None:
            for field, at in ((self.starts, moment.starts), (self.ends, moment.ends)):
                field.setText((at or "")[:16].replace("T", " "))
        with QSignalBlocker(self.tree.selectionModel()):
            index = self.model.index_of_moment(moment) if moment is not None else QModelIndex()
            self.tree.setCurrentIndex(index)
        if index.isValid():
            self.tree.scrollTo(index)
        self.tree.viewport().update()
        self._enable()
        self.chosen.emit(moment)
        if moment is not None and moment.event != self._event:
            self._event = moment.event
            self.refresh()

    def step(self, by: int) -> None:
        """Show the next moment of the list, or the one before."""
        listed = self.model.moments
        if not listed:
            return
        at = self._row_of(self._shown)
        then = at + by if at is not None else 0 if by > 0 else len(listed) - 1
        if 0 <= then < len(listed):
            self.point_to(listed[then].moment)
            announce(self.tree, listed[then].place.title)

    def _on_current(self, index: QModelIndex) -> None:
        one = self.model.moment(index)
        if one is not None and (self._shown is None or not same(one.moment, self._shown)):
            self._shown = one.moment
            self._enable()
            self.chosen.emit(one.moment)

    def _on_event_chosen(self, number: int) -> None:
        self._event = self.found.events[number].id
        self._shown = None
        self.refresh()

    def _enable(self) -> None:
        may, saved = self._sitting.bus.may_write, bool(self._shown is not None and self._shown.id)
        self.new.setEnabled(may and self.found.event is not None)
        self.edit.setEnabled(may and self._shown is not None)
        self.edit.setText(self.tr("Edit…") if saved or self._shown is None else self.tr("Save…"))
        self.remove.setEnabled(may and saved)

    def _show_menu(self, at: QPoint) -> None:
        if self._shown is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for button, signal in ((self.edit, self.edit_wanted), (self.remove, self.remove_wanted)):
            menu.addAction(button.text(), signal.emit).setEnabled(button.isEnabled())
        menu.popup(self.tree.viewport().mapToGlobal(at))

    # --- any stretch of time -------------------------------------------------------------------------------------

    def look_at_window(self) -> None:
        """Show a stretch of time that nobody saved: between two clocks of the event."""
        event = self.found.event
        if event is None:
            return
        if not self.starts.text().strip():
            self.starts.setFocus()
            announce(self.starts, self.tr("From when is the stretch to go?"))
            return
        day = self._day(event)
        try:
            starts = time_said(self.starts.text(), self.tr("the start of the stretch"), day)
            ends = time_said(self.ends.text(), self.tr("its end"), day) if self.ends.text().strip() else None
            refuse_over_midnight(starts, ends, self.ends.text())
            refuse_backwards(starts, ends, self.tr("stretch of time"))
        except UserError as fault:
            self._sitting.bus.failed.emit(fault)
            return
        self.point_to(Moment(id=MomentId(0), event=event.id, starts=starts, ends=ends))

    def _day(self, event: Event) -> str | None:
        """The day of the moment that is chosen, else the first of the event."""
        one = self.listed(self._shown)
        if one is not None and one.place.day is not None:
            return one.place.day.isoformat()
        return event.starts[:10] if event.starts else None
