"""The times in the text that is read: those that are marked, and those that are found and offered."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem
from PySide6.QtWidgets import QHeaderView, QTreeView, QWidget

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.ids import SourceId, SourceVersionId, TimeMarkId
from polyvocal.domain.records import Source, SourceVersion, TimeMark
from polyvocal.domain.spans import Span
from polyvocal.domain.time_marks import FoundClock
from polyvocal.domain.versions import current
from polyvocal.domain.words import MarkKind
from polyvocal.gui import labels
from polyvocal.gui.button import Button
from polyvocal.gui.dialogs.time_mark import TimeMarkDialog
from polyvocal.gui.parts import in_column, in_row
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.here import HerePanel, Selected
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.removal import remove
from polyvocal.services.commands.time_marks import TimeDraft, add_time_marks
from polyvocal.services.queries.offered_times import OfferedTime, offered_times
from polyvocal.services.queries.time_marks import MarkedTime, times_of
from polyvocal.store.file import ProjectFile
from polyvocal.store.view import View

_LEAD, _REST = 24, 40
"""So many characters are shown before a time and after it."""


class Line(NamedTuple):
    """One line of the list: a mark, or a time that is offered."""

    place: Span | None
    marked: MarkedTime | None
    offered: OfferedTime | None

    @property
    def id(self) -> TimeMarkId | None:
        """Of the mark."""
        return self.marked.mark.id if self.marked is not None else None


class Listed(NamedTuple):
    """What there is to list of a source: its current version and text, and the times in that."""

    source: SourceId
    version: SourceVersionId
    text: str
    lines: list[Line]


class TimesPanel(HerePanel[Listed | None, Line]):
    """Space ticks an offered time, F2 corrects one, Delete takes its mark away."""

    CONCERNED = frozenset({"time_mark", "source_version", "source", "occasion", "session", "event"})

    def __init__(self, sitting: Sitting, selected: Selected, parent: QWidget | None = None) -> None:
        rows = QTreeView()
        super().__init__(sitting, selected, self.tr("Times in this text"), parent, rows=rows)
        self._shown: Listed | None = None
        self._ticks: dict[int, bool] = {}
        self.model.setHorizontalHeaderLabels([self.tr("When"), self.tr("In the text"), self.tr("What it is")])
        rows.setRootIsDecorated(False)
        rows.setUniformRowHeights(True)
        rows.setAllColumnsShowFocus(True)
        rows.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        rows.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.model.itemChanged.connect(lambda _item: self._on_chosen())
        self._key(Qt.Key.Key_Delete, self.remove_mark)
        self._key(Qt.Key.Key_F2, self.correct)
        self.take = Button("")
        self.mark = Button(self.tr("Mark the selected…"))
        self.mark.setToolTip(self.tr("Say which time the words mean that are selected in the text"))
        self.edit = Button(self.tr("Correct…"))
        self.refuse = Button(self.tr("No time"))
        self.refuse.setToolTip(self.tr("What stands there is no time: it is not offered again"))
        self.delete = Button(self.tr("Remove"))
        self.delete.setToolTip(self.tr("Takes the mark away: what stands there is offered again"))
        for button, slot in (
            (self.take, self.take_ticked),
            (self.mark, self.mark_selected),
            (self.edit, self.correct),
            (self.refuse, self.refuse_current),
            (self.delete, self.remove_mark),
        ):
            button.clicked.connect(slot)
        self.move_button = self._make_move("time-mark")
        buttons = in_row(self.take, self.mark, self.edit, self.move_button, self.refuse, self.delete, None)
        self._lay_out((in_column(buttons, self.told, self._listed()), 1))

    # --- what is shown -------------------------------------------------------------------------------------------

    def _look(self, view: View, source: SourceId) -> Listed | None:
        return look(view, source)

    def _show(self, looked: Listed | None) -> None:
        self._keep_ticks(looked)
        self._shown = looked
        self._list(
            looked.lines if looked is not None else [],
            self.tr("No time is found in this text.\n\nSelect words that say one, and mark them.")
            if looked is not None
            else self.tr("Open a source to see the times in its text."),
        )

    def _keep_ticks(self, listed: Listed | None) -> None:
        """Remember what was ticked and what not, as long as the same version of a source is listed."""
        if listed is None or self._shown is None or listed.version != self._shown.version:
            self._ticks = {}
            return
        self._ticks |= {
            one.offered.found.start: self._is_ticked(row) for row, one in enumerate(self.entries) if one.offered
        }

    def _is_ticked(self, row: int) -> bool:
        return self.model.item(row).checkState() is Qt.CheckState.Checked

    def _items(self, one: Line) -> Sequence[QStandardItem]:
        when, what = self._told_of(one)
        items = [QStandardItem(words) for words in (when, self._around(one), what)]
        if one.offered is not None:
            items[0].setCheckable(True)
            ticked = self._ticks.get(one.offered.found.start, one.offered.is_likely)
            items[0].setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        for item in items:
            item.setToolTip(item.text())
        items[0].setAccessibleText(", ".join(item.text() for item in items))
        return items

    def _told_of(self, one: Line) -> tuple[str, str]:
        """When it was, and what it is: a mark, an offer, a doubt, a contradiction."""
        if one.offered is not None:
            found = one.offered.found
            return self._when(found, one.offered.at), self._offer(one.offered)
        assert one.marked is not None
        mark = one.marked.mark
        return "–" if mark.kind is MarkKind.NONE else self._when(mark, one.marked.at), self._state(one.marked)

    def _when(self, said: TimeMark | FoundClock, at: datetime | None) -> str:
        clock = said.clock or ""
        if at is not None:
            placed = labels.session_time(at.isoformat(), None)
            clock = f"{clock} ({placed})" if said.kind is MarkKind.ELAPSED else placed
        return f"{clock}–{said.until}" if said.until else clock

    def _state(self, one: MarkedTime) -> str:
        if one.place is None:
            return self.tr("its words were corrected away")
        if one.mark.kind is MarkKind.NONE:
            return self.tr("no time")
        if not one.counts:
            return self.tr("out of order: %s") % one.trouble
        return self.tr("marked") + (f": {one.trouble}" if one.trouble else "")

    def _offer(self, one: OfferedTime) -> str:
        if one.found.doubt is not None:
            return self.tr("doubtful: %s") % one.found.doubt
        what = self.tr("offered") if one.found.strong else self.tr("offered, perhaps only spoken of")
        return f"{what}: {one.trouble}" if one.trouble else what

    def _around(self, one: Line) -> str:
        return words_around(self._shown.text, one.place) if one.place is not None and self._shown is not None else ""

    # --- what can be done ----------------------------------------------------------------------------------------

    @property
    def ticked(self) -> list[FoundClock]:
        """The offered times that are ticked."""
        return [one.offered.found for row, one in enumerate(self.entries) if one.offered and self._is_ticked(row)]

    def _on_chosen(self) -> None:
        may, one = self._may, self.current
        count = len(self.ticked)
        self.take.setText(labels.take_ticked(count))
        self._tell("")
        self.take.setEnabled(may and count > 0)
        self.mark.setEnabled(may)
        self.edit.setEnabled(may and one is not None and one.place is not None)
        is_time = one is not None and (one.marked is None or one.marked.mark.kind is not MarkKind.NONE)
        self.refuse.setEnabled(may and is_time and one is not None and one.place is not None)
        for button in (self.move_button, self.delete):
            button.setEnabled(may and one is not None and one.marked is not None)

    def _add(self, drafts: list[TimeDraft]) -> None:
        listed = self._shown
        if listed is not None and drafts:
            identity, seen = str(listed.source), listed.version
            self._act(lambda file: add_time_marks(file, source=identity, marks=drafts, seen=seen))

    def take_ticked(self) -> None:
        """Mark the times that are ticked, as one step."""
        self._add([TimeDraft.of(one) for one in self.ticked])

    def mark_selected(self) -> None:
        """Ask which time the selected words say."""
        source = self._source
        span = self._need_selected() if self._may else None
        if source is None or span is None:
            return
        self._ask(Listed(source.source.id, source.version.id, source.text, []), span, None)

    def correct(self) -> None:
        """Correct the chosen time; one that is only offered is marked by it."""
        one, listed = self.current, self._shown
        if listed is not None and one is not None and one.place is not None and self._may:
            self._ask(listed, one.place, one)

    def _ask(self, listed: Listed, span: Span, one: Line | None) -> None:
        dialog = TimeMarkDialog(
            self._sitting,
            words=listed.text[span.start : span.end],
            mark=one.marked.mark if one is not None and one.marked is not None else None,
            source=str(listed.source),
            span=span,
            seen=listed.version,
            parent=self,
        )
        if one is not None and one.offered is not None:
            dialog.fill_in(one.offered.found)
        dialog.open()

    def refuse_current(self) -> None:
        """Note that what is chosen is no time."""
        one = self.current
        if one is not None and one.marked is not None:
            self._act(partial(_dismiss, str(one.marked.id)))
        elif one is not None and one.offered is not None:
            self._add([TimeDraft(one.offered.found.start, one.offered.found.end, None)])

    def remove_mark(self) -> None:
        """Take the chosen mark away; what stands there is offered again."""
        one = self.current
        if one is not None and one.marked is not None:
            self._act(partial(remove, kind_word="time-mark", reference=str(one.marked.id)))


def look(view: View, source: SourceId) -> Listed | None:
    """Marks and offered times in the order of the text, marks without words last; None if the source is gone."""
    if view.get(Source, source) is None:
        return None
    version = current(view.find(SourceVersion, source=source))
    times = times_of(view, source)
    placed = [Line(one.place, one, None) for one in times.marked if one.place is not None]
    offered = offered_times(view, source, times)
    placed += [Line(Span(one.found.start, one.found.end), None, one) for one in offered]
    gone = [Line(None, one, None) for one in times.marked if one.place is None]
    lines = [*sorted(placed, key=lambda one: one.place or Span(0, 0)), *gone]
    return Listed(source, version.id, view.text(version.text_hash), lines)


def words_around(text: str, span: Span) -> str:
    """The words of a span, set apart, with those before and after them on the line; cut words are left out."""
    start, end = span
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    last = len(text) if last < 0 else last
    before, after = text[first:start], text[end:last]
    if len(before) > _LEAD:
        before = "…" + before[-_LEAD:].partition(" ")[2]
    if len(after) > _REST:
        after = after[:_REST].rpartition(" ")[0] + "…"
    return " ".join(f"{before}‹{text[start:end]}›{after}".split())


def _dismiss(mark: str, file: ProjectFile) -> ChangeSet:
    return change(file, "time-mark", mark, {"kind": MarkKind.NONE.value})
