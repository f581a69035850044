"""Entering an attribute of cases, and correcting one."""

from PySide6.QtWidgets import QWidget

from polyvocal.domain.errors import UserError
from polyvocal.domain.records import Attribute
from polyvocal.domain.words import AttributeType
from polyvocal.gui import labels
from polyvocal.gui.dialogs.form import Command, FormDialog, choice, line, optional, value_of
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.attributes import add_attribute
from polyvocal.services.commands.corrections import change


class AttributeDialog(FormDialog):
    """Asks for an attribute: a new one, or one that is there, whose values then have to fit."""

    def __init__(self, sitting: Sitting, attribute: Attribute | None = None, *, parent: QWidget | None = None) -> None:
        title = self.tr("Edit the attribute") if attribute else self.tr("New attribute")
        super().__init__(
            sitting, title, ok=self.tr("Save") if attribute else self.tr("Add the attribute"), parent=parent
        )
        self._attribute = attribute
        self.name = line(attribute.name if attribute else "", self.tr("years on the panel"))
        self.row(self.tr("Name"), self.name, self.tr("People, groups, sources, sessions and events may all have it."))
        self.type = choice(
            [(str(kind), words) for kind, words in labels.ATTRIBUTE_TYPES.items()],
            attribute.type if attribute else AttributeType.TEXT,
        )
        hint = self.tr("Every value that is there has to fit the new type.") if attribute else ""
        self.row(self.tr("Type"), self.type, hint)
        self.unit = line(attribute.unit if attribute else "", self.tr("years, beds, metres"))
        self.row(self.tr("Unit"), self.unit)
        self.type.currentIndexChanged.connect(self._on_type_changed)
        self._on_type_changed()

    def _on_type_changed(self) -> None:
        self.form.setRowVisible(self.unit, value_of(self.type) == AttributeType.NUMBER)

    def command(self) -> Command:
        """Add the attribute, or change what differs."""
        name, kind = optional(self.name), AttributeType(value_of(self.type))
        if name is None:
            raise UserError(self.tr("The attribute needs a name."))
        unit = optional(self.unit) if kind is AttributeType.NUMBER else None
        if self._attribute is None:
            return lambda file: add_attribute(file, name=name, type=kind, unit=unit)
        identity = str(self._attribute.id)
        fields = {"name": name, "type": str(kind), "unit": unit or ""}
        return lambda file: change(file, "attribute", identity, fields)
