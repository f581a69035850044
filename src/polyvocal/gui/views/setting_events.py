"""The events with their sessions, and the series that they form."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from polyvocal.gui import labels
from polyvocal.gui.dialogs.event import EventDialog, SeriesDialog
from polyvocal.gui.dialogs.form import FormDialog
from polyvocal.gui.dialogs.session import SessionDialog
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.setting_details import Details, Fact, Facts
from polyvocal.gui.views.setting_list import ListSection
from polyvocal.gui.views.setting_model import Column, EntriesModel
from polyvocal.gui.views.setting_people import account_fact, attendance_words
from polyvocal.gui.views.setting_section import Door, EmptyState
from polyvocal.services.queries.setting_entries import (
    EventEntry,
    Names,
    SeriesEntry,
    SessionEntry,
    event_entries,
    names_to_choose,
)

Row = SeriesEntry | EventEntry | SessionEntry


class EventsSection(ListSection):
    """Series, events and sessions as a tree."""

    query = staticmethod(event_entries)
    makes = ("session", "event")
    concerned = frozenset(
        {
            "series",
            "event",
            "session",
            "presence",
            "person",
            "source",
            "source_version",
            "authorship",
            "occasion",
            "stretch",
        }
    )

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        columns = (
            Column(self.tr("Title"), title_of, letters=64, least=32),
            Column(self.tr("When"), _shortly_when, _start, letters=30, least=22),
            Column(self.tr("Place"), _place, letters=18, least=8),
            Column(self.tr("Scheduled"), self._is_scheduled, letters=8),
            Column(self.tr("Present"), _there, _how_many_there, letters=16, least=10),
            Column(self.tr("Accounts"), _accounts, _how_many_accounts, numeric=True, letters=8),
        )
        super().__init__(
            sitting,
            self.tr("Events and sessions"),
            self.tr(
                "The gatherings, each with a place and a time, and their sessions, scheduled or not: a plenary, a "
                "table, the corridor, a meal, the journey. Sessions may run in parallel."
            ),
            columns=columns,
            model=EntriesModel(columns, parts_of, lambda one: not isinstance(one, SessionEntry)),
            empty=EmptyState(
                self.tr("No events yet"),
                self.tr(
                    "An account is placed before, during or after an event, so enter the gathering that was observed "
                    "first, then its sessions. Events that belong together form a series."
                ),
                self.tr("Add event…"),
            ),
            find=self.tr("Find an event or a session"),
            parent=parent,
        )
        self.model.setParent(self)
        self.tree.setRootIsDecorated(True)

    def _make_buttons(self) -> None:
        super()._make_buttons()
        self.new.clicked.disconnect(self.add)
        self.new.clicked.connect(self.add_event)
        self.new_session = QPushButton(self.tr("Add session…"))
        self.new_session.clicked.connect(self.add_session)
        self.buttons.insert(1, self.new_session)

    def new_words(self) -> str:
        """What the button says."""
        return self.tr("Add event…")

    def _is_scheduled(self, one: Row) -> str:
        if not isinstance(one, SessionEntry):
            return ""
        return self.tr("yes") if one.session.scheduled else self.tr("no")

    def _scheduled(self, one: Row) -> str:
        if not isinstance(one, SessionEntry):
            return ""
        return self.tr("scheduled") if one.session.scheduled else self.tr("not scheduled")

    def kind_word(self, entry: Row) -> str:
        """What a row of the tree is."""
        return {SeriesEntry: "series", EventEntry: "event", SessionEntry: "session"}[type(entry)]

    def name_of(self, entry: Row) -> str:
        """The title of a row."""
        return title_of(entry)

    # --- what is done --------------------------------------------------------------------------------------------

    def show_possible(self, entry: Row | None) -> None:
        """A session needs an event to be part of."""
        super().show_possible(entry)
        keys = self.tr("Insert or Ctrl+N, where an event or a session is chosen")
        self.guard(self.new, self.tr("Shift+Insert, or Insert where there is no event yet"))
        any_event = any(isinstance(one, EventEntry) for one in self.model.entries())
        why_not = self.tr("A session is part of an event: add the event first.")
        self.guard(self.new_session, keys, possible=any_event, why_not=why_not)

    def add(self) -> None:
        """Open the form for a session of the event that is pointed to; for an event where none is."""
        if isinstance(self.current, EventEntry | SessionEntry):
            self.add_session()
        else:
            self.add_event()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Shift+Insert is for an event, wherever one stands in the tree."""
        if event.key() == Qt.Key.Key_Insert and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self.add_event()
        else:
            super().keyPressEvent(event)

    def add_event(self) -> None:
        """Open the form for an event, in the series that is pointed to."""
        series = self.current.series.title if isinstance(self.current, SeriesEntry) else None
        if isinstance(self.current, EventEntry):
            series = self.current.series
        self._ask_and_open(lambda names: EventDialog(self.sitting, names, None, series=series, parent=self))

    def add_session(self) -> None:
        """Open the form for a session of the event that is pointed to, or of the first."""
        event = self._event_meant()
        if event is not None:
            self._ask_and_open(lambda names: SessionDialog(self.sitting, names, None, event=event, parent=self))

    def _event_meant(self) -> EventEntry | None:
        current = self.current
        events = [one for one in self.model.entries() if isinstance(one, EventEntry)]
        if isinstance(current, SessionEntry):
            return next((one for one in events if one.id == current.session.event), None)
        if isinstance(current, EventEntry):
            return current
        held = current.events if isinstance(current, SeriesEntry) else ()
        return next(iter((*held, *events)), None)

    def form(self, entry: Row | None, names: Names) -> FormDialog:
        """The form of a row of the tree; an event's for what is new."""
        if isinstance(entry, SeriesEntry):
            return SeriesDialog(self.sitting, entry, parent=self)
        if isinstance(entry, SessionEntry):
            return SessionDialog(self.sitting, names, entry, parent=self)
        return EventDialog(self.sitting, names, entry, parent=self)

    # --- what is known of a row ----------------------------------------------------------------------------------

    def details_of(self, entry: Row) -> Details:
        """The row, with ways to who was there and to the accounts."""
        if isinstance(entry, SeriesEntry):
            events = [Fact(one.event.title, _when(one), Door("events", one.id)) for one in entry.events]
            none = [Fact(self.tr("No event is in it."))]
            return Details(entry.series.title, self.tr("a series"), facts=[Facts(self.tr("Events"), events or none)])
        if isinstance(entry, EventEntry):
            return self._details_of_event(entry)
        return self._details_of_session(entry)

    def _details_of_event(self, entry: EventEntry) -> Details:
        event = entry.event
        about = [part for part in (_when(entry), event.place, event.zone) if part]
        if entry.series:
            about.append(self.tr("in the series %s") % entry.series)
        sessions = [Fact(one.session.title, _shortly_when(one), Door("events", one.id)) for one in entry.sessions]
        grid = Fact(self.tr("Who was where"), self.tr("as a grid"), Door("presence", entry.id))
        none = Fact(self.tr("None yet. Add session… enters the first."))
        facts = [Facts(self.tr("Sessions"), [*sessions, grid] if sessions else [none], _number(len(sessions)))]
        return Details(event.title, " · ".join(about), facts=[*facts, *self._accounts(entry.accounts)])

    def _details_of_session(self, entry: SessionEntry) -> Details:
        session = entry.session
        about = [part for part in (_when(entry), session.place, self._scheduled(entry)) if part]
        there = [Fact(one.name, attendance_words(one), Door("people", one.person)) for one in entry.there]
        absent = [Fact(one.name, opens=Door("people", one.person)) for one in entry.absent]
        none = Fact(self.tr("Not known yet."))
        grid = Fact(self.tr("Note it in the grid"), opens=Door("presence", session.event))
        facts = [Facts(self.tr("Who was there"), [*(there or [none]), grid], _number(len(there)))]
        if absent:
            facts.append(Facts(self.tr("Known to have been absent"), absent, _number(len(absent))))
        return Details(session.title, " · ".join(about), facts=[*facts, *self._accounts(entry.accounts)])

    def _accounts(self, accounts: Sequence[Any]) -> list[Facts]:
        lines = [account_fact(one, observers=True) for one in accounts]
        return [Facts(self.tr("Accounts and other sources"), lines, _number(len(lines)))] if lines else []

    def _ask_and_open(self, make: Any) -> None:
        if self.sitting.bus.may_write:
            self.sitting.bus.ask(self, names_to_choose, lambda names: self.open(make(names)), about="form")


def title_of(one: Row) -> str:
    """The title of a row."""
    if isinstance(one, SeriesEntry):
        return one.series.title
    return one.event.title if isinstance(one, EventEntry) else one.session.title


def parts_of(one: Row) -> Sequence[Row]:
    """The events of a series, the sessions of an event."""
    if isinstance(one, SeriesEntry):
        return one.events
    return one.sessions if isinstance(one, EventEntry) else ()


def _span(one: Row) -> tuple[str | None, str | None]:
    if isinstance(one, SeriesEntry):
        return (_span(one.events[0])[0], None) if one.events else (None, None)
    what = one.event if isinstance(one, EventEntry) else one.session
    return what.starts, what.ends


def _when(one: Row) -> str:
    return "" if isinstance(one, SeriesEntry) else labels.from_to(*_span(one))


def _shortly_when(one: Row) -> str:
    """When it was; of a session within one day without the year, which stands with the event."""
    starts, ends = _span(one)
    if not isinstance(one, SessionEntry) or not starts or len(starts) <= 10 or (ends or starts)[:10] != starts[:10]:
        return _when(one)
    day = QDate.fromString(starts[:10], Qt.DateFormat.ISODate)
    until = f"–{labels.clock(ends)}" if ends and len(ends) > 10 else ""
    return f"{QLocale().toString(day, 'ddd d MMM')}, {labels.clock(starts)}{until}"


def _start(one: Row) -> tuple[str, str]:
    starts, ends = _span(one)
    return starts or "~", ends or "~"


def _place(one: Row) -> str:
    if isinstance(one, SeriesEntry):
        return ""
    return (one.event.place if isinstance(one, EventEntry) else one.session.place) or ""


def _there(one: Row) -> str:
    if not isinstance(one, SessionEntry) or not one.there:
        return ""
    return f"{labels.number(len(one.there))}: {', '.join(who.name for who in one.there)}"


def _how_many_there(one: Row) -> int:
    return len(one.there) if isinstance(one, SessionEntry) else 0


def _how_many_accounts(one: Row) -> int:
    return 0 if isinstance(one, SeriesEntry) else sum(account.counted for account in one.accounts)


def _accounts(one: Row) -> str:
    return _number(_how_many_accounts(one))


def _number(count: int) -> str:
    return labels.number(count) if count else ""
