"""Entering a person, and correcting one: roles, standing, groups, statements of positionality."""

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from polyvocal.domain.errors import UserError
from polyvocal.domain.words import RoleName, Standing
from polyvocal.gui import labels
from polyvocal.gui.dialogs.form import Command, FormDialog, NamesField, choice, line, lines, optional, value_of
from polyvocal.gui.dialogs.person_statements import StatementsField
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.positionality import correct_person, enter_person
from polyvocal.services.queries.setting_entries import Names, PersonEntry


class RolesField(QWidget):
    """What a person is in the project: any number of roles."""

    changed = Signal()

    def __init__(self, held: Collection[RoleName], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        self.boxes: dict[RoleName, QCheckBox] = {}
        for role, shown in labels.ROLES.items():
            box = QCheckBox(shown)
            box.setChecked(role in held)
            box.toggled.connect(self.changed)
            row.addWidget(box)
            self.boxes[role] = box
        row.addStretch(1)
        self.setFocusProxy(self.boxes[RoleName.OBSERVER])

    @property
    def roles(self) -> tuple[RoleName, ...]:
        """Those that are chosen."""
        return tuple(role for role, box in self.boxes.items() if box.isChecked())


class PersonDialog(FormDialog):
    """Asks for a person: a new one, or one that is there."""

    def __init__(
        self, sitting: Sitting, names: Names, entry: PersonEntry | None = None, *, parent: QWidget | None = None
    ) -> None:
        title = self.tr("Edit the person") if entry else self.tr("New person")
        super().__init__(sitting, title, ok=self.tr("Save") if entry else self.tr("Add the person"), parent=parent)
        self._entry = entry
        person = entry.person if entry else None
        groups = [name for _, name in entry.groups] if entry else []
        self.name = line(person.name if person else "")
        self.row(self.tr("Name"), self.name, self.tr("A pseudonym, as the person is called throughout the project."))
        self.roles = RolesField(entry.roles if entry else ())
        self.row(self.tr("Roles"), self.roles)
        self.standing = choice(
            [("", self.tr("none")), *((str(one), shown) for one, shown in labels.STANDINGS.items())],
            person.standing if person else "",
        )
        self.row(self.tr("Standing"), self.standing, self.tr("From where an observer writes."))
        self.groups = NamesField(names.groups, groups)
        self.row(self.tr("Groups"), self.groups, self.tr("New names make new groups."))
        self.description = lines(person.description if person else "", rows=3)
        self.row(self.tr("Description"), self.description)
        self.statements = StatementsField(entry.statements if entry else ())
        self.row(self.tr("Positionality"), self.statements)
        self.standing.currentIndexChanged.connect(self._on_standing_changed)
        self.roles.changed.connect(self._on_roles_changed)
        self._on_roles_changed()

    def _on_standing_changed(self) -> None:
        if value_of(self.standing):
            self.roles.boxes[RoleName.OBSERVER].setChecked(True)

    def _on_roles_changed(self) -> None:
        """Only observers state their positionality; what was stated is shown as long as it is kept."""
        wanted = RoleName.OBSERVER in self.roles.roles or bool(self.statements.held)
        self.form.setRowVisible(self.statements, wanted)
        if wanted and self.isVisible():
            self.resize(self.size().expandedTo(self.sizeHint()))

    def _typed(self) -> list[str]:
        return [*super()._typed(), *self.roles.roles, self.statements.held]

    def command(self) -> Command:
        """Add the person, or change what differs."""
        if not optional(self.name):
            raise UserError(self.tr("The person needs a name."))
        standing = value_of(self.standing)
        name, description = value_of(self.name), optional(self.description)
        groups, roles, statements = self.groups.names, self.roles.roles, self.statements.drafts
        entry = self._entry
        if entry is None:
            return lambda file: enter_person(
                file,
                name=name,
                roles=roles,
                standing=Standing(standing) if standing else None,
                description=description,
                groups=groups,
                statements=statements,
            )
        fields = {"name": name, "standing": standing, "description": description or ""}
        if roles != entry.roles:
            fields["role"] = "; ".join(roles)
        if groups != tuple(one for _, one in entry.groups):
            fields["group"] = "; ".join(groups)
        dropped = self.statements.dropped
        identity = str(entry.id)
        return lambda file: correct_person(file, identity, fields, statements=statements, dropped=dropped)
