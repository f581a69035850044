"""Entering an event, and correcting one; renaming a series."""

from PySide6.QtCore import QTimeZone
from PySide6.QtWidgets import QWidget

from polyvocal.domain.errors import UserError
from polyvocal.gui.dialogs.form import (
    MOMENT_HINT,
    Command,
    FormDialog,
    NameBox,
    line,
    moment_of,
    optional,
    value_of,
)
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.setting import add_event
from polyvocal.services.queries.setting_entries import EventEntry, Names, SeriesEntry


class EventDialog(FormDialog):
    """Asks for an event: a new one, perhaps in a series, or one that is there."""

    def __init__(
        self,
        sitting: Sitting,
        names: Names,
        entry: EventEntry | None = None,
        *,
        series: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title = self.tr("Edit the event") if entry else self.tr("New event")
        super().__init__(sitting, title, ok=self.tr("Save") if entry else self.tr("Add the event"), parent=parent)
        self._entry = entry
        event = entry.event if entry else None
        self.title = line(event.title if event else "")
        self.row(self.tr("Title"), self.title)
        self.series = NameBox(names.series, entry.series if entry else series)
        self.row(self.tr("Series"), self.series, self.tr("Events that belong together. A new name makes a new series."))
        self.place = line(event.place if event else "")
        self.row(self.tr("Place"), self.place)
        self.zone = NameBox(names.zones, event.zone if event else _likely_zone(names), placeholder="Europe/London")
        self.row(self.tr("Time zone"), self.zone)
        self.starts = line(shown_moment(event.starts if event else None))
        self.row(self.tr("Starts"), self.starts)
        self.ends = line(shown_moment(event.ends if event else None))
        self.row(self.tr("Ends"), self.ends, MOMENT_HINT)

    def command(self) -> Command:
        """Add the event, or change what differs."""
        if not optional(self.title):
            raise UserError(self.tr("The event needs a title."))
        title, series, place, zone = value_of(self.title), self.series.name, value_of(self.place), self.zone.name
        starts, ends = moment_of(self.starts), moment_of(self.ends)
        if self._entry is None:
            return lambda file: add_event(
                file,
                title=title,
                series=series or None,
                place=place or None,
                zone=zone or None,
                starts=starts,
                ends=ends,
            )
        fields = {"title": title, "place": place, "zone": zone, "starts": starts or "", "ends": ends or ""}
        if series != (self._entry.series or ""):
            fields["series"] = series
        identity = str(self._entry.id)
        return lambda file: change(file, "event", identity, fields)


class SeriesDialog(FormDialog):
    """Asks how a series is to be called."""

    def __init__(self, sitting: Sitting, entry: SeriesEntry, *, parent: QWidget | None = None) -> None:
        super().__init__(sitting, self.tr("Edit the series"), ok=self.tr("Save"), parent=parent)
        self._entry = entry
        self.title = line(entry.series.title)
        self.row(self.tr("Title"), self.title, self.tr("Events join and leave a series in the form of the event."))

    def command(self) -> Command:
        """Change the title."""
        fields = {"title": value_of(self.title)}
        if not fields["title"]:
            raise UserError(self.tr("The series needs a title."))
        identity = str(self._entry.id)
        return lambda file: change(file, "series", identity, fields)


def shown_moment(text: str | None) -> str:
    """A moment as it is kept, in the way in which it is typed."""
    return (text or "").replace("T", " ", 1)


def _likely_zone(names: Names) -> str:
    """The zone of the latest event; where there is none, that of the machine."""
    here = bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace")
    return names.zone or (here if here in names.zones else "")
