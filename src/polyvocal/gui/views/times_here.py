"""The times in the text that is read: those that are marked, and those that are found and offered."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QTreeView, QVBoxLayout, QWidget

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.spans import Span
from polyvocal.domain.time_marks import FoundClock
from polyvocal.domain.words import MarkKind
from polyvocal.gui import labels
from polyvocal.gui.button import Button
from polyvocal.gui.dialogs.time_mark import TimeMarkDialog
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.below import Selected
from polyvocal.services.commands.corrections import change, remove
from polyvocal.services.commands.time_marks import TimeDraft, add_time_marks
from polyvocal.services.queries.reading import SourceToRead
from polyvocal.services.queries.time_marks import MarkedTime, Times, times_of
from polyvocal.store.file import ProjectFile

_ABOUT = frozenset({"time_mark", "source_version", "source", "occasion", "session", "event"})
_AROUND = 40
"""So many characters are shown before and after a time."""


class Line(NamedTuple):
    """One line of the list: a mark, or a time that is offered."""

    place: Span | None
    marked: MarkedTime | None
    offered: FoundClock | None


class TimesPanel(QWidget):
    """Space ticks an offered time, Return goes to its place, F2 corrects a time, Delete takes its mark away."""

    place_meant = Signal(int, int)

    def __init__(self, sitting: Sitting, selected: Selected, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._sitting, self._selected = sitting, selected
        self._source: SourceToRead | None = None
        self.lines: list[Line] = []
        self.model = QStandardItemModel(0, 3, self)
        self.list = QTreeView()
        self.list.setModel(self.model)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAllColumnsShowFocus(True)
        self.list.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.list.setFrameShape(QTreeView.Shape.NoFrame)
        self.list.setAccessibleName(self.tr("Times in this text"))
        self.list.installEventFilter(self)
        self.list.activated.connect(self.go_to_place)
        self.list.selectionModel().currentChanged.connect(self._enable)
        self.model.itemChanged.connect(self._enable)
        self.none = QLabel()
        self.none.setProperty("muted", True)
        self.none.setWordWrap(True)
        self.take = Button("")
        self.mark = Button(self.tr("Mark the selected words…"))
        self.edit = Button(self.tr("Correct…"))
        self.refuse = Button(self.tr("No time"))
        self.refuse.setToolTip(self.tr("What stands there is no time: it is not offered again"))
        self.delete = Button(self.tr("Remove the mark"))
        for button, slot in (
            (self.take, self.take_ticked),
            (self.mark, self.mark_selected),
            (self.edit, self.correct),
            (self.refuse, self.refuse_current),
            (self.delete, self.remove_mark),
        ):
            button.clicked.connect(slot)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        for button in (self.take, self.mark, self.edit, self.refuse, self.delete):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        column.addLayout(buttons)
        column.addWidget(self.none)
        column.addWidget(self.list, 1)
        sitting.bus.changed.connect(self._on_changed)
        self._show(None)

    # --- what is shown -------------------------------------------------------------------------------------------

    def show_source(self, source: SourceToRead | None) -> None:
        """List the times of a source."""
        self._source = source
        if source is None:
            self._show(None)
        else:
            identity = source.source.id
            self._sitting.bus.ask(self, lambda view: times_of(view, identity), self._show, about="times")

    def _on_changed(self, changes: ChangeSet) -> None:
        if self._source is not None and _ABOUT & changes.kinds.keys():
            self.show_source(self._source)

    def _show(self, times: Times | None) -> None:
        row = max(self.list.currentIndex().row(), 0)
        self.model.clear()
        self.lines = list(_lines(times)) if times is not None else []
        self.model.setHorizontalHeaderLabels([self.tr("When"), self.tr("In the text"), self.tr("What it is")])
        head = self.list.header()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        for one in self.lines:
            self.model.appendRow(self._items(one))
        self.list.setVisible(bool(self.lines))
        self.none.setVisible(not self.lines)
        self.none.setText(
            self.tr("No time is found in this text. Select words that say one, and mark them.")
            if self._source is not None
            else self.tr("Open a source to see the times in its text.")
        )
        self.list.setCurrentIndex(self.model.index(min(row, len(self.lines) - 1), 0))
        self._enable()

    def _items(self, one: Line) -> list[QStandardItem]:
        when, what = self._told_of(one)
        items = [QStandardItem(words) for words in (when, self._around(one), what)]
        if one.offered is not None:
            items[0].setCheckable(True)
            ticked = one.offered.strong and one.offered.doubt is None
            items[0].setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        trouble = one.marked.trouble if one.marked is not None else one.offered.doubt if one.offered else None
        for item in items:
            item.setToolTip(trouble or "")
        items[0].setAccessibleText(", ".join(item.text() for item in items))
        return items

    def _told_of(self, one: Line) -> tuple[str, str]:
        if one.marked is not None:
            return self._when(one.marked), self._state(one.marked)
        return self._offer(one.offered)

    def _when(self, one: MarkedTime) -> str:
        mark = one.mark
        if mark.kind is MarkKind.NONE:
            return "–"
        said = mark.clock or ""
        if one.at is not None:
            said = labels.moment(one.at.isoformat())
            if mark.kind is MarkKind.ELAPSED:
                said = f"{mark.clock} ({said})"
        return f"{said}–{mark.until}" if mark.until else said

    def _state(self, one: MarkedTime) -> str:
        if one.place is None:
            return self.tr("its words were corrected away")
        if one.mark.kind is MarkKind.NONE:
            return self.tr("no time")
        if not one.counts:
            return self.tr("out of order: %s") % one.trouble
        return self.tr("marked") + (f": {one.trouble}" if one.trouble else "")

    def _offer(self, one: FoundClock | None) -> tuple[str, str]:
        assert one is not None
        said = f"{one.clock}–{one.until}" if one.until else one.clock
        if one.doubt is not None:
            return said, self.tr("doubtful: %s") % one.doubt
        return said, self.tr("offered") if one.strong else self.tr("offered: perhaps only spoken of")

    def _around(self, one: Line) -> str:
        if one.place is None or self._source is None:
            return ""
        text, (start, end) = self._source.text, one.place
        before, after = text[max(start - _AROUND, 0) : start], text[end : end + _AROUND]
        before = before.rpartition("\n")[2]
        return " ".join(f"{before}[{text[start:end]}]{after.partition(chr(10))[0]}".split())

    # --- what can be done ----------------------------------------------------------------------------------------

    @property
    def current(self) -> Line | None:
        """The chosen line."""
        row = self.list.currentIndex().row()
        return self.lines[row] if 0 <= row < len(self.lines) else None

    @property
    def ticked(self) -> list[FoundClock]:
        """The offered times that are ticked."""
        return [
            one.offered
            for one, row in zip(self.lines, range(self.model.rowCount()), strict=False)
            if one.offered is not None and self.model.item(row).checkState() is Qt.CheckState.Checked
        ]

    def _enable(self, *_what: object) -> None:
        may, one = self._sitting.bus.may_write and self._source is not None, self.current
        count = len(self.ticked)
        self.take.setText(self.tr("Take 1 time") if count == 1 else self.tr("Take %s times") % labels.number(count))
        self.take.setEnabled(may and count > 0)
        self.mark.setEnabled(may)
        self.edit.setEnabled(may and one is not None and one.place is not None)
        is_time = one is not None and (one.marked is None or one.marked.mark.kind is not MarkKind.NONE)
        self.refuse.setEnabled(may and is_time and one is not None and one.place is not None)
        self.delete.setEnabled(may and one is not None and one.marked is not None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """F2 corrects, Delete removes."""
        if watched is self.list and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            act = {Qt.Key.Key_Delete: self.remove_mark, Qt.Key.Key_F2: self.correct}.get(Qt.Key(event.key()))
            if act is not None:
                act()
                return True
        return super().eventFilter(watched, event)

    def _act(self, command: Callable[[ProjectFile], ChangeSet]) -> None:
        if self._sitting.bus.may_write:
            self._sitting.bus.act(command, owner=self)

    def _add(self, drafts: list[TimeDraft]) -> None:
        source = self._source
        if source is not None and drafts:
            identity, seen = str(source.source.id), source.version.id
            self._act(lambda file: add_time_marks(file, source=identity, marks=drafts, seen=seen))

    def take_ticked(self) -> None:
        """Mark the times that are ticked, as one step."""
        self._add([_draft(one) for one in self.ticked])

    def mark_selected(self) -> None:
        """Ask which time the selected words say."""
        span, source = self._selected(), self._source
        if source is None or not self._sitting.bus.may_write:
            return
        if span is None:
            self.none.setText(self.tr("Select the words that say a time first: in the text, by mouse or with Ctrl+E."))
            self.none.show()
            return
        self._ask(span, None)

    def correct(self) -> None:
        """Correct the chosen time; one that is only offered is marked by it."""
        one = self.current
        if one is not None and one.place is not None and self._sitting.bus.may_write:
            self._ask(one.place, one)

    def _ask(self, span: Span, one: Line | None) -> None:
        source = self._source
        assert source is not None
        dialog = TimeMarkDialog(
            self._sitting,
            words=source.text[span.start : span.end],
            mark=one.marked.mark if one is not None and one.marked is not None else None,
            source=str(source.source.id),
            span=span,
            seen=source.version.id,
            parent=self,
        )
        if one is not None and one.offered is not None:
            dialog.clock.setText(one.offered.clock)
            dialog.until.setText(one.offered.until or "")
        dialog.open()

    def refuse_current(self) -> None:
        """Note that what is chosen is no time."""
        one = self.current
        if one is not None and one.marked is not None:
            self._act(partial(_dismiss, str(one.marked.id)))
        elif one is not None and one.offered is not None:
            self._add([TimeDraft(one.offered.start, one.offered.end, None)])

    def remove_mark(self) -> None:
        """Take the chosen mark away; what stands there is offered again."""
        one = self.current
        if one is not None and one.marked is not None:
            self._act(partial(remove, kind_word="time-mark", reference=str(one.marked.id)))

    def go_to_place(self) -> None:
        """Go to the chosen time in the text."""
        if self.current is not None and self.current.place is not None:
            self.place_meant.emit(*self.current.place)


def _lines(times: Times) -> Iterator[Line]:
    """Marks and offered times in the order of the text; the marks without words last."""
    placed: list[Line] = [Line(one.place, one, None) for one in times.marked if one.place is not None]
    placed += [Line(Span(one.start, one.end), None, one) for one in times.offered]
    yield from sorted(placed, key=lambda one: one.place or Span(0, 0))
    yield from (Line(None, one, None) for one in times.marked if one.place is None)


def _draft(one: FoundClock) -> TimeDraft:
    return TimeDraft(one.start, one.end, one.clock, one.until, one.day.isoformat() if one.day else None, one.kind)


def _dismiss(mark: str, file: ProjectFile) -> ChangeSet:
    return change(file, "time-mark", mark, {"kind": MarkKind.NONE.value})
