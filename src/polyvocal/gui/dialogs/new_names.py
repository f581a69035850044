"""What becomes of names that are typed: a beginning stands for the one name that it fits; what is new is said."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLineEdit

from polyvocal.gui.dialogs.form import Form, NameBox, NamesField
from polyvocal.gui.parts import muted
from polyvocal.services.references import folded


def only_meant(typed: str, names: Iterable[str]) -> str | None:
    """The one name that begins as typed, or has a word that does; None where that fits none, several, or all of one."""
    wanted = folded(typed)
    held = {folded(name): name for name in names}
    if not wanted or wanted in held:
        return None
    fitting = [name for one, name in held.items() if one.startswith(wanted) or f" {wanted}" in one]
    return fitting[0] if len(fitting) == 1 else None


class NewNames(QObject):
    """Stands below a field of names: takes a name for its beginning when the field is left, and says what is new.

    Whoever does want the beginning as a name of its own types it once more: then it stays.
    """

    def __init__(self, form: Form, field: NameBox | NamesField, new: Callable[[Sequence[str]], str]) -> None:
        super().__init__(form)
        self._form, self._field, self._new = form, field, new
        self._about = field.accessibleDescription()
        self._taken: set[str] = set()
        self.label = muted()
        self.label.setAlignment(Qt.AlignmentFlag.AlignTop)
        form.form.addRow("", self.label)
        form.form.setRowVisible(self.label, False)
        line = field.lineEdit() if isinstance(field, NameBox) else field
        assert isinstance(line, QLineEdit)
        self._line = line
        line.textChanged.connect(self._on_changed)
        line.editingFinished.connect(self.take)
        self._on_changed()

    @property
    def _typed(self) -> tuple[str, ...]:
        if isinstance(self._field, NamesField):
            return self._field.names
        return (self._field.name,) if self._field.name else ()

    def _meant(self, typed: str) -> str | None:
        return None if folded(typed) in self._taken else only_meant(typed, self._field.offered)

    def take(self) -> None:
        """Put the names into the field whose beginnings were typed."""
        meant = {typed: self._meant(typed) for typed in self._typed}
        if not any(meant.values()):
            return
        self._taken |= {folded(typed) for typed, name in meant.items() if name}
        self._line.setText("; ".join(dict.fromkeys(name or typed for typed, name in meant.items())))

    def _on_changed(self) -> None:
        known = {folded(name) for name in self._field.offered}
        meant = [name for typed in self._typed if (name := self._meant(typed))]
        new = [typed for typed in self._typed if folded(typed) not in known and not self._meant(typed)]
        told = [self.tr("Taken as ‘%s’.") % name for name in meant]
        words = " ".join([*told, *([self._new(new)] if new else [])])
        if words == self.label.text():
            return
        self.label.setText(words)
        self._field.setAccessibleDescription(" ".join(part for part in (words, self._about) if part))
        self._form.form.setRowVisible(self.label, bool(words))
        if self._form.isVisible():
            self._form.make_room()
