"""Writing a code of the codebook, and correcting it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from polyvocal.domain.codetree import PATH_MARK
from polyvocal.domain.errors import UserError
from polyvocal.domain.palette import least_used
from polyvocal.domain.words import CodeKind
from polyvocal.gui import labels
from polyvocal.gui.dialogs.colour import ColourField
from polyvocal.gui.dialogs.form import Command, FormDialog, choice, line, lines, optional, value_of
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.codebook import add_code, checked_colour
from polyvocal.services.commands.corrections import change
from polyvocal.services.queries.rows import CodeRow


class CodeDialog(FormDialog):
    """Asks for the fields of a code: a new one, or one that is there."""

    def __init__(
        self,
        sitting: Sitting,
        codes: Sequence[CodeRow],
        *,
        parent: QWidget | None = None,
        code: CodeRow | None = None,
        below: CodeRow | None = None,
    ) -> None:
        title = "Edit the code" if code else "New code"
        super().__init__(sitting, title, ok="Save" if code else "Add the code", parent=parent)
        self._code = code
        self.name = line(code.name if code else "")
        self.row(self.tr("Name"), self.name)
        above = [("", self.tr("(at the top)"))] + [
            (str(one.id), "    " * one.depth + one.name)
            for one in codes
            if code is None or (one.id != code.id and not one.path.startswith(code.path + PATH_MARK))
        ]
        held = code.parent if code else below.id if below else None
        self.above = choice(above, str(held) if held else "")
        self.row(self.tr("Below"), self.above)
        self.kind = choice(
            [(str(kind), name) for kind, name in labels.CODE_KINDS.items()], code.kind if code else "code"
        )
        self.row(
            self.tr("Kind"),
            self.kind,
            self.tr("A code tags passages, a category groups codes, a theme is a claim built from them."),
        )
        self.definition = lines(code.definition if code else "", rows=3)
        self.row(self.tr("Definition"), self.definition)
        self.use_when = lines(code.use_when if code else "", rows=2)
        self.row(self.tr("Use when"), self.use_when)
        self.not_when = lines(code.not_when if code else "", rows=2)
        self.row(self.tr("Do not use when"), self.not_when)
        self.example = lines(code.example if code else "", rows=2)
        self.row(self.tr("Example"), self.example)
        self.colour = ColourField(code.colour if code else least_used(one.colour for one in codes))
        self.row(self.tr("Colour"), self.colour)
        self._watched[-1] = self.colour.line
        self.resize(640, self.sizeHint().height())

    def command(self) -> Command:
        """Add the code, or change the fields that differ."""
        if not optional(self.name):
            raise UserError(self.tr("The code needs a name."))
        name, parent = value_of(self.name), value_of(self.above)
        kind, colour = CodeKind(value_of(self.kind)), checked_colour(value_of(self.colour.line))
        texts = {field: value_of(getattr(self, field)) for field in ("definition", "use_when", "not_when", "example")}
        if self._code is None:
            return lambda file: add_code(file, name=name, parent=parent or None, kind=kind, colour=colour, **texts)
        fields = {"name": name, "parent": parent, "kind": str(kind), "colour": colour, **texts}
        identity = str(self._code.id)
        return lambda file: change(file, "code", identity, fields)
