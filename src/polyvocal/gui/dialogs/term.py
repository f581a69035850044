"""Entering a term of collaboration, and correcting one."""

from PySide6.QtWidgets import QWidget

from polyvocal.domain.errors import UserError
from polyvocal.gui.dialogs.form import Command, FormDialog, line, lines, optional, value_of
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.setting import add_term
from polyvocal.services.queries.setting_entries import TermEntry


class TermDialog(FormDialog):
    """Asks for a term: a new one, or one that is there."""

    def __init__(self, sitting: Sitting, entry: TermEntry | None = None, *, parent: QWidget | None = None) -> None:
        title = self.tr("Edit the term of collaboration") if entry else self.tr("New term of collaboration")
        super().__init__(sitting, title, ok=self.tr("Save") if entry else self.tr("Add the term"), parent=parent)
        self._entry = entry
        self.name = line(entry.term.name if entry else "", self.tr("whose time is paid"))
        self.row(self.tr("Term"), self.name, self.tr("A condition on which people work together, in a few words."))
        self.definition = lines(entry.term.definition if entry else "", rows=5)
        self.row(self.tr("Definition"), self.definition)

    def command(self) -> Command:
        """Add the term, or change what differs."""
        if not optional(self.name):
            raise UserError(self.tr("The term needs a name."))
        name, definition = value_of(self.name), optional(self.definition)
        if self._entry is None:
            return lambda file: add_term(file, name=name, definition=definition)
        fields = {"name": name, "definition": definition or ""}
        identity = str(self._entry.id)
        return lambda file: change(file, "term", identity, fields)
