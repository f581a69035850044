"""Who codes at this computer: somebody who is in the project, or somebody new."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QListView, QWidget

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import PersonId
from polyvocal.domain.text import clean_name
from polyvocal.domain.words import RoleName
from polyvocal.gui import labels
from polyvocal.gui.dialogs.form import Command, FormDialog, line
from polyvocal.gui.settings import CODER
from polyvocal.gui.sitting import Me, Sitting
from polyvocal.gui.views.delegate import SUBTITLE, RowDelegate
from polyvocal.services.commands.people import add_person
from polyvocal.services.queries.finding import coders_in
from polyvocal.services.queries.listing import list_coders, list_people
from polyvocal.services.references import folded
from polyvocal.store.view import View

CONCERNED = frozenset({"person", "role", "coding"})
"""The kinds of record of which a change may change who is offered."""


class Candidate(NamedTuple):
    """Somebody who may code here. `id` is None for a name that nobody in the project bears yet."""

    id: PersonId | None
    name: str
    coder: bool = False
    codings: int | None = None
    """None where that is not to be told: to who codes blind, of the others"""
    roles: tuple[str, ...] = ()
    standing: str | None = None


def candidates_in(view: View) -> tuple[Candidate, ...]:
    """Read everybody in the project: coders first, then other people, both in the order of names."""
    counts = {one.id: one.codings for one in list_coders(view) if view.blind_for in (None, one.id)}
    coders = coders_in(view)
    coding = {one.id for one in coders}
    return (
        *(Candidate(one.id, one.name, coder=True, codings=counts.get(one.id), standing=one.standing) for one in coders),
        *(
            Candidate(PersonId(one.id), one.name, roles=one.roles, standing=one.standing)
            for one in list_people(view)
            if one.id not in coding
        ),
    )


class CandidatesModel(QAbstractListModel):
    """Those of the candidates who bear what is typed, and at the end the typed name where nobody bears it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._everybody: tuple[Candidate, ...] = ()
        self._typed = ""
        self.rows: Sequence[Candidate] = ()

    def show(self, everybody: tuple[Candidate, ...] | None = None, typed: str | None = None) -> None:
        """Show other candidates, or what another name leaves of them."""
        self._everybody = self._everybody if everybody is None else everybody
        self._typed = self._typed if typed is None else typed
        wanted = folded(self._typed)
        self.beginResetModel()
        rows = [one for one in self._everybody if wanted in folded(one.name)]
        if wanted and not any(folded(one.name) == wanted for one in rows):
            rows.append(Candidate(None, " ".join(self._typed.split())))
        self.rows = rows
        self.endResetModel()

    def meant(self) -> int:
        """The row that is most likely meant: who bears just that name, or one that begins so; else the new one."""
        wanted = folded(self._typed)
        names = [f" {folded(one.name)}" for one in self.rows if one.id is not None]
        for likely in (f" {wanted}" == name for name in names), (f" {wanted}" in name for name in names):
            if (row := next((row for row, fits in enumerate(likely) if fits), None)) is not None:
                return row
        return len(self.rows) - 1

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        one = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.tr("Add “%s” as a coder") % one.name if one.id is None else one.name
        if role == SUBTITLE:
            return self._said_of(one)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{index.data()}, {self._said_of(one)}"
        return None

    def _said_of(self, one: Candidate) -> str:
        if one.id is None:
            return self.tr("new in this project")
        standing = labels.standing(one.standing)
        if one.coder:
            count = labels.codings(one.codings) if one.codings is not None else ""
            words = [self.tr("coder"), count, self.tr("also writes as %s") % standing if standing else ""]
        else:
            words = [*one.roles, standing] if one.roles or standing else [self.tr("has not coded yet")]
        return " · ".join(word for word in words if word)


class WhoDialog(FormDialog):
    """Asks who codes here. Choosing somebody changes nothing in the project; a new name becomes a coder in it.

    When it is accepted, the sitting knows its coder.
    """

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(
            sitting,
            "Who codes at this computer?",
            ok="Go on as this person",
            intro="A coder applies codes and writes memos, an observer wrote an account: the two are kept apart, also "
            "where one person is both, and the history says who did what.",
            parent=parent,
        )
        self.finished.connect(self.deleteLater)
        self.name = line(placeholder=self.tr("find a name, or type a new one"))
        self.name.setClearButtonEnabled(True)
        self.row(self.tr("Coder"), self.name)
        self._watched.clear()  # a name to look for is no loss
        self.model = CandidatesModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(RowDelegate(self.list))
        self.list.setAccessibleName(self.tr("People of the project"))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setUniformItemSizes(True)
        self.list.setMinimumHeight(self.fontMetrics().lineSpacing() * 15)
        self.form.addRow("", self.list)
        self.empty = QLabel(self.tr("Nobody is in this project yet. Type the name, or a pseudonym, of who codes here."))
        self.empty.setProperty("muted", True)
        self.empty.setWordWrap(True)
        self.form.addRow("", self.empty)
        self.form.setRowVisible(self.empty, False)
        self.name.textChanged.connect(self._on_typed)
        self.name.installEventFilter(self)
        self.list.activated.connect(self.accept)
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        sitting.bus.changed.connect(self._on_changed)
        self._on_current_changed()
        self.name.setFocus()
        self._load()

    # --- who there is --------------------------------------------------------------------------------------------

    def _load(self) -> None:
        self.sitting.bus.ask(self, candidates_in, self._on_loaded, about="candidates")

    def _on_changed(self, changes: ChangeSet) -> None:
        if CONCERNED & changes.kinds.keys():
            self._load()

    def _on_loaded(self, everybody: tuple[Candidate, ...]) -> None:
        held = self.chosen
        self.model.show(everybody=everybody)
        self.form.setRowVisible(self.empty, not everybody and not self.name.text().strip())
        names = [folded(one.name) for one in self.model.rows]
        wanted = (
            [held.name] if held else [self.sitting.me.name if self.sitting.me else "", self.sitting.settings[CODER]]
        )
        row = next((names.index(folded(name)) for name in wanted if folded(name) in names), 0)
        self._choose(row)

    def _on_typed(self, typed: str) -> None:
        self.model.show(typed=typed)
        self.form.setRowVisible(self.empty, not self.model.rows)
        self._choose(self.model.meant())

    def _choose(self, row: int) -> None:
        self.list.setCurrentIndex(self.model.index(row))
        self._on_current_changed()

    @property
    def chosen(self) -> Candidate | None:
        """Who is chosen in the list."""
        row = self.list.currentIndex().row()
        return self.model.rows[row] if 0 <= row < len(self.model.rows) else None

    def _on_current_changed(self) -> None:
        chosen = self.chosen
        may = chosen is not None and (chosen.id is not None or self.sitting.bus.may_write)
        self.ok.setEnabled(may)
        self.ok.setText(
            self.tr("Go on as this person") if chosen is None else self.tr("Go on as %s") % _short(chosen.name)
        )
        self.ok.setToolTip(
            self.tr("The project is open for reading only, so nobody can be added.") if chosen and not may else ""
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down in the name go through the list."""
        keys = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        if watched is self.name and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            row, last = self.list.currentIndex().row(), len(self.model.rows) - 1
            if event.key() in keys and last >= 0:
                step = {keys[0]: -1, keys[1]: 1, keys[2]: -8, keys[3]: 8}[Qt.Key(event.key())]
                self._choose(max(0, min(last, row + step)))
                return True
        return super().eventFilter(watched, event)

    # --- what comes of it ----------------------------------------------------------------------------------------

    def accept(self) -> None:
        """Go on as who is chosen; somebody new is added first."""
        chosen = self.chosen
        if chosen is None or not self.ok.isEnabled():
            return
        if chosen.id is None:
            super().accept()
        else:
            self.sitting.choose_coder(Me(chosen.id, chosen.name))
            self.done(self.DialogCode.Accepted)

    def command(self) -> Command:
        """Add the person whose name was typed, as a coder."""
        if self.chosen is None:
            raise UserError(self.tr("Type a name, or choose one."))
        name = self._new_name = clean_name(self.chosen.name, self.tr("coder"))
        return lambda file: add_person(file, name=name, roles=(RoleName.CODER,))

    def _on_done(self, result: object) -> None:
        assert isinstance(result, ChangeSet)
        (identity,) = result.created("person")
        self.sitting.choose_coder(Me(PersonId(identity), self._new_name))
        super()._on_done(result)


def _short(name: str) -> str:
    return name if len(name) <= 24 else name[:23] + "…"
