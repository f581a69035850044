"""Marking a time in a text, and correcting one."""

from PySide6.QtWidgets import QComboBox, QWidget

from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import SourceVersionId
from polyvocal.domain.records import TimeMark
from polyvocal.domain.spans import Span
from polyvocal.domain.text import shown
from polyvocal.domain.time_marks import FoundClock
from polyvocal.domain.words import MarkKind
from polyvocal.gui import labels
from polyvocal.gui.dialogs.form import Command, FormDialog, line, optional
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.time_marks import TimeDraft, add_time_marks, checked


class TimeMarkDialog(FormDialog):
    """Asks what time some words say."""

    def __init__(
        self,
        sitting: Sitting,
        *,
        words: str,
        mark: TimeMark | None = None,
        source: str = "",
        span: Span | None = None,
        seen: SourceVersionId | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title = self.tr("Correct the time") if mark else self.tr("Mark a time")
        intro = self.tr("What the words %s say") % shown(" ".join(words.split()))
        ok = self.tr("Save") if mark else self.tr("Mark the time")
        super().__init__(sitting, title, ok=ok, intro=intro, parent=parent)
        self.finished.connect(self.deleteLater)
        self._mark, self._source, self._span, self._seen = mark, source, span, seen
        self.kind = QComboBox()
        for kind in (MarkKind.CLOCK, MarkKind.ELAPSED):
            self.kind.addItem(labels.MARK_KINDS[kind], kind.value)
        self.kind.setCurrentIndex(int(mark is not None and mark.kind is MarkKind.ELAPSED))
        self.row(self.tr("Kind"), self.kind)
        self.clock = line(mark.clock or "" if mark else "", "10:45")
        self.row(self.tr("Time"), self.clock, self.tr("In the event's time zone; since a recording began: 1:02:03."))
        self.until = line(mark.until or "" if mark else "", "11:20")
        self.row(self.tr("Until"), self.until, self.tr("Where the words name a range."))
        self.day = line(mark.day or "" if mark else "", "2024-05-14")
        self.row(self.tr("Day"), self.day, self.tr("Only where it does not follow from the text before it."))
        self.clock.setFocus()

    def fill_in(self, found: FoundClock) -> None:
        """Begin with a time that was found."""
        self.kind.setCurrentIndex(self.kind.findData(found.kind.value))
        self.clock.setText(found.clock)
        self.until.setText(found.until or "")
        self.day.setText(found.day.isoformat() if found.day is not None else "")

    def command(self) -> Command:
        """Mark the time, or change what differs."""
        clock, kind = optional(self.clock), MarkKind(self.kind.currentData())
        if clock is None:
            raise UserError(self.tr("Say which time the words mean, or cancel."))
        start, end = self._span or (0, 1)
        draft = TimeDraft(start, end, clock, optional(self.until), optional(self.day), kind)
        checked(draft)
        if self._mark is None:
            source, seen = self._source, self._seen
            return lambda file: add_time_marks(file, source=source, marks=[draft], seen=seen)
        identity = str(self._mark.id)
        fields = {"kind": kind.value, "clock": clock, "until": draft.until or "", "day": draft.day or ""}
        return lambda file: change(file, "time-mark", identity, fields)
