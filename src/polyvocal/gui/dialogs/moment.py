"""Entering a moment of an event, and correcting one."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from polyvocal.domain.errors import UserError
from polyvocal.domain.moments import Moment
from polyvocal.domain.records import Event, Session
from polyvocal.gui.dialogs.event import shown_moment
from polyvocal.gui.dialogs.form import MOMENT_HINT, Command, FormDialog, choice, line, moment_of, optional
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.moments import add_moment
from polyvocal.services.commands.passage import Passage


class MomentDialog(FormDialog):
    """Asks where a moment of an event is; `begun` is what is known already, saved or not.

    `passages` become its anchors.
    """

    def __init__(
        self,
        sitting: Sitting,
        event: Event,
        sessions: Sequence[Session],
        *,
        begun: Moment | None = None,
        passages: Sequence[Passage] = (),
        parent: QWidget | None = None,
    ) -> None:
        edits = begun is not None and begun.id != 0
        intro = self.tr("A stretch of %s, of which observers wrote: a session, a time window, or both.") % event.title
        if passages:
            intro += self.tr(" The words that are selected are marked as what their accounts say of it.")
        super().__init__(
            sitting,
            self.tr("Edit the moment") if edits else self.tr("New moment"),
            ok=self.tr("Save") if edits else self.tr("Add the moment"),
            intro=intro,
            parent=parent,
        )
        self.finished.connect(self.deleteLater)
        self._event, self._edited, self._passages = event, begun if edits else None, passages
        self.title = line(begun.title if begun else "", self.tr("named by its session and time, if left empty"))
        self.row(self.tr("Title"), self.title)
        of = str(begun.session) if begun is not None and begun.session is not None else ""
        self.session = choice(
            [("", self.tr("no session in particular")), *((str(one.id), one.title) for one in sessions)], of
        )
        self.row(self.tr("Session"), self.session)
        self.starts, self.ends = (
            line(shown_moment(one)) for one in ((begun.starts, begun.ends) if begun else ("", ""))
        )
        self.row(self.tr("From"), self.starts)
        self.row(self.tr("To"), self.ends, self.tr("10:45 on the day of the session, or %s.") % MOMENT_HINT)

    def command(self) -> Command:
        """Add the moment, or change what differs. UserError where it is nothing that can be told from the event."""
        title, session = optional(self.title), optional(self.session)
        starts, ends = moment_of(self.starts), moment_of(self.ends)
        if not (title or session or starts):
            raise UserError(self.tr("Say of which session it is, or from when, or give it a title."))
        if self._edited is None:
            event, passages = str(self._event.id), self._passages
            return lambda file: add_moment(
                file, title=title, event=event, session=session, starts=starts, ends=ends, passages=passages
            )
        identity = str(self._edited.id)
        fields = {"title": title or "", "session": session or "", "starts": starts or "", "ends": ends or ""}
        return lambda file: change(file, "moment", identity, fields)
