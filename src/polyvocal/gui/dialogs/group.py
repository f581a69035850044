"""Entering a constituent group, and correcting one: what it lies within, who belongs to it."""

from PySide6.QtWidgets import QWidget

from polyvocal.domain.errors import UserError
from polyvocal.gui.dialogs.form import Command, FormDialog, NamesField, line, lines, optional, value_of
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.people import add_group
from polyvocal.services.queries.setting_entries import GroupEntry, Names


class GroupDialog(FormDialog):
    """Asks for a group: a new one, or one that is there."""

    def __init__(
        self, sitting: Sitting, names: Names, entry: GroupEntry | None = None, *, parent: QWidget | None = None
    ) -> None:
        title = self.tr("Edit the group") if entry else self.tr("New group")
        super().__init__(sitting, title, ok=self.tr("Save") if entry else self.tr("Add the group"), parent=parent)
        self._entry = entry
        self._within = tuple(name for _, name in entry.within) if entry else ()
        self._members = tuple(name for _, name in entry.members) if entry else ()
        self.name = line(entry.group.name if entry else "")
        self.row(self.tr("Name"), self.name)
        others = [name for name in names.groups if entry is None or name != entry.group.name]
        self.within = NamesField(others, self._within)
        self.row(
            self.tr("Within"),
            self.within,
            self.tr("New names make new groups."),
        )
        self.members = NamesField(names.people, self._members)
        self.row(self.tr("Members"), self.members, self.tr("New names make new people."))
        self.description = lines(entry.group.description if entry else "", rows=3)
        self.row(self.tr("Description"), self.description)

    def command(self) -> Command:
        """Add the group, or change what differs."""
        if not optional(self.name):
            raise UserError(self.tr("The group needs a name."))
        name, description = value_of(self.name), optional(self.description)
        within, members = self.within.names, self.members.names
        if self._entry is None:
            return lambda file: add_group(file, name=name, description=description, within=within, members=members)
        fields = {"name": name, "description": description or ""}
        if within != self._within:
            fields["within"] = "; ".join(within)
        if members != self._members:
            fields["member"] = "; ".join(members)
        identity = str(self._entry.id)
        return lambda file: change(file, "group", identity, fields)
