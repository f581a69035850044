"""A memo of any kind, about anything that has a name, or free."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from polyvocal.domain.errors import UserError
from polyvocal.domain.memos import FREE
from polyvocal.domain.text import shown
from polyvocal.gui import labels
from polyvocal.gui.dialogs.form import Command, NameBox, choice, value_of
from polyvocal.gui.dialogs.memo import MemoDialog
from polyvocal.gui.sitting import Sitting
from polyvocal.services.queries.memos import Subject


class NewMemoDialog(MemoDialog):
    """Asks also what the memo is about: the kind of thing first, then which."""

    def __init__(
        self, sitting: Sitting, subjects: Sequence[Subject], *, author: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(sitting, author=author, parent=parent)
        self._subjects = subjects
        kinds = dict.fromkeys(one.kind for one in subjects)
        self.about_kind = choice(
            [(FREE, self.tr("Nothing in particular")), *((one, labels.capitalised(one)) for one in kinds)]
        )
        hint = self.tr(
            "About a passage: select its words in Read, then Memos below the text. About a coding: choose it, Memo…"
        )
        self.row(self.tr("About"), self.about_kind, hint)
        self.about_name = NameBox((), placeholder=self.tr("Type or choose its name"))
        self.row(self.tr("Which one"), self.about_name)
        self.about_kind.currentIndexChanged.connect(self._on_kind)
        self._on_kind()

    def _on_kind(self) -> None:
        kind = value_of(self.about_kind)
        self.about_name.setEditText("")
        self.about_name.offer(one.name for one in self._subjects if one.kind == kind)
        self.about_name.setEnabled(kind != FREE)

    def command(self) -> Command:
        """Add the memo. UserError where nothing bears the name of what it is about."""
        kind, name = value_of(self.about_kind), self.about_name.name
        self._about = None
        if kind != FREE:
            found = [one for one in self._subjects if one.kind == kind and one.name.casefold() == name.casefold()]
            if not found:
                raise UserError(
                    self.tr("There is no %s called %s: choose one from the list.") % (kind, shown(name))
                    if name
                    else self.tr("Say which %s the memo is about, or that it is about nothing in particular.") % kind
                )
            self._about = (kind, str(found[0].id))
        return super().command()
