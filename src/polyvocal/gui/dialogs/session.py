"""Entering a session of an event, and correcting one."""

from PySide6.QtWidgets import QWidget

from polyvocal.domain.errors import UserError
from polyvocal.gui.dialogs.event import shown_moment
from polyvocal.gui.dialogs.form import MOMENT_HINT, Command, FormDialog, choice, line, moment_of, optional, value_of
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.setting import add_session
from polyvocal.services.queries.setting_entries import EventEntry, Names, SessionEntry


class SessionDialog(FormDialog):
    """Asks for a session: a new one of an event, or one that is there."""

    def __init__(
        self,
        sitting: Sitting,
        names: Names,
        entry: SessionEntry | None = None,
        *,
        event: EventEntry | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title = self.tr("Edit the session") if entry else self.tr("New session")
        super().__init__(sitting, title, ok=self.tr("Save") if entry else self.tr("Add the session"), parent=parent)
        self._entry = entry
        session = entry.session if entry else None
        of = session.event if session else event.id if event else None
        self.title = line(session.title if session else "")
        self.row(self.tr("Title"), self.title)
        self.event_box = choice([(str(identity), called) for identity, called in names.events], str(of or ""))
        self.row(self.tr("Event"), self.event_box)
        self.place = line(session.place if session else "", self.tr("a room, a table, a corridor"))
        self.row(self.tr("Place"), self.place)
        start = shown_moment(session.starts) if session else _day_of(event)
        self.starts = line(start)
        self.row(self.tr("Starts"), self.starts)
        self.ends = line(shown_moment(session.ends if session else None))
        self.row(self.tr("Ends"), self.ends, MOMENT_HINT)
        scheduled = [("yes", self.tr("scheduled")), ("no", self.tr("not scheduled"))]
        self.scheduled = choice(scheduled, "yes" if session is None or session.scheduled else "no")
        self.row(
            self.tr("In the programme"),
            self.scheduled,
            self.tr("Corridors, meals and journeys are sessions too, if something happened there."),
        )

    def command(self) -> Command:
        """Add the session, or change what differs."""
        if not optional(self.title):
            raise UserError(self.tr("The session needs a title."))
        title, event, place = value_of(self.title), value_of(self.event_box), value_of(self.place)
        starts, ends, scheduled = moment_of(self.starts), moment_of(self.ends), value_of(self.scheduled)
        if self._entry is None:
            return lambda file: add_session(
                file,
                title=title,
                event=event,
                place=place or None,
                starts=starts,
                ends=ends,
                scheduled=scheduled == "yes",
            )
        fields = {
            "title": title,
            "place": place,
            "starts": starts or "",
            "ends": ends or "",
            "scheduled": scheduled,
        }
        if event != str(self._entry.session.event):
            fields["event"] = event
        identity = str(self._entry.id)
        return lambda file: change(file, "session", identity, fields)


def _day_of(event: EventEntry | None) -> str:
    """Where a new session is likely to be: when the last one ended, else on the day on which the event begins."""
    if event is None:
        return ""
    ends = [one.session.ends for one in event.sessions if one.session.ends]
    return shown_moment(max(ends)) if ends else (event.event.starts or "")[:10]
