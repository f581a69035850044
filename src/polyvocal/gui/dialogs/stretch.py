"""Saying what a part of a text is about."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QWidget

from polyvocal.domain.errors import UserError
from polyvocal.domain.records import Event, Session
from polyvocal.domain.words import Phase
from polyvocal.gui import labels
from polyvocal.gui.dialogs.form import Command, FormDialog, NameBox, choice, optional, value_of
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.stretches import Relation

PHASES = [("", "not said"), *((str(one), labels.PHASES[one].lower()) for one in Phase)]


class StretchDialog(FormDialog):
    """Asks for event, session and phase; `make` says what is done with them."""

    def __init__(
        self,
        sitting: Sitting,
        title: str,
        words: str,
        programmes: Sequence[tuple[Event, Sequence[Session]]],
        make: Callable[[Relation], Command],
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(sitting, title, ok=self.tr("Make the stretch"), intro=words, parent=parent)
        self._make = make
        self._sessions: Mapping[str, Sequence[Session]] = {str(event.id): sessions for event, sessions in programmes}
        self.session = NameBox([], placeholder=self.tr("no session"))
        self.row(self.tr("Session"), self.session)
        self.phase = choice(PHASES)
        self.row(self.tr("Phase"), self.phase)
        self.event_box = choice([(str(event.id), event.title) for event, _ in programmes])
        self.row(self.tr("Event"), self.event_box)
        self.event_box.currentIndexChanged.connect(self._offer)
        self._offer()

    def _offer(self) -> None:
        self.session.offer([one.title for one in self._sessions.get(value_of(self.event_box), ())])

    def command(self) -> Command:
        """What is to be done. UserError where neither session nor phase is said, or there is no event."""
        session, phase, event = optional(self.session), optional(self.phase), optional(self.event_box)
        if event is None:
            raise UserError(self.tr("There is no event yet: enter one in the Setting view first."))
        if session is None and phase is None:
            raise UserError(self.tr("Say of which session it is, or whether before, during or after."))
        return self._make(Relation(event, session, Phase(phase) if phase else None))
