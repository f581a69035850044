"""Choosing a code by typing: what was used last comes first, and a name that nothing bears can be made."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt
from PySide6.QtWidgets import QWidget

from polyvocal.domain.words import CodeKind
from polyvocal.gui.finder import Finder
from polyvocal.gui.matching import match
from polyvocal.gui.recent_codes import RecentCodes
from polyvocal.gui.surface.look import Looks
from polyvocal.gui.views.delegate import MARK, SUBTITLE, Chip
from polyvocal.services.queries.rows import CodeRow
from polyvocal.services.references import folded

Index = QModelIndex | QPersistentModelIndex


class ChoiceModel(QAbstractListModel):
    """The codes that answer to what was typed, and in the last row the code that could be made."""

    def __init__(self, looks: Looks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self._rows: list[CodeRow] = []
        self.new = ""

    def show(self, rows: list[CodeRow], new: str) -> None:
        """Show some codes, and a name to make one of; no name, no such row."""
        self.beginResetModel()
        self._rows, self.new = rows, new
        self.endResetModel()

    def code_at(self, row: int) -> CodeRow | None:
        """The code of a row; None for the one that could be made."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, _parent: Index = QModelIndex()) -> int:
        return len(self._rows) + bool(self.new)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        code = self.code_at(index.row())
        if code is None:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.tr("Create “%s”") % self.new
            return self.tr("a new code; its definition can be written later") if role == SUBTITLE else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.tr("%s (retired)") % code.name if code.retired else code.name
        if role == SUBTITLE:
            retired = self.tr("it can be taken back into use in the Codebook view")
            return retired if code.retired else " ".join((code.definition or code.path).split())
        if role == MARK:
            return Chip(self._looks.mark(code.id), hollow=code.kind != CodeKind.CODE)
        return None


class CodeChooser(Finder):
    """Finds a code over the text. Esc leaves without choosing."""

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        self.model = ChoiceModel(looks)
        super().__init__(
            self.model,
            parent,
            asked="Name of a code",
            found="Codes",
            nothing="No code in use bears such a name.",
            hint="↑ ↓ choose · Enter code · Esc leave",
        )
        self._codes: Sequence[CodeRow] = ()
        self._recent: RecentCodes | None = None
        self._may_make = True
        self._then: Callable[[int | str], None] = lambda _code: None

    def open_at(
        self,
        point: QPoint,
        codes: Sequence[CodeRow],
        recent: RecentCodes,
        then: Callable[[int | str], None],
        *,
        typed: str = "",
        may_make: bool = True,
    ) -> None:
        """Open below a point of the screen; those that are `recent` come first, and what is chosen is one of them.

        `then` is given the id of the code that is chosen, or, where one may be made, the name of one that is not there.
        """
        self._then, self._may_make = then, may_make
        self._codes = codes
        self._recent = recent
        metrics = self.fontMetrics()
        self.resize(metrics.horizontalAdvance("m") * 26, metrics.height() * 19)
        self.appear(point, typed)

    def answer(self, typed: str) -> None:
        """The codes that answer, what was used last first; and last the code that could be made."""
        typed = " ".join(typed.split())
        recent = {code: place for place, code in enumerate(self._recent.codes if self._recent else ())}
        found = []
        for number, code in enumerate(self._codes):
            score = match(typed, code.name) if not code.retired else None
            if score is not None:
                grade = int(score) if typed else 0
                found.append((grade, recent.get(code.id, len(recent)), score, number, code))
        found.sort(key=lambda one: one[:4])
        rows = [one[-1] for one in found]
        there = [code for code in self._codes if folded(code.name) == folded(typed)]
        if all(code.retired for code in there):
            rows += there[:1]  # says why no other code of its name is made
        self.model.show(rows, "" if there or not self._may_make else typed)
        self.point_to(0)

    def take(self, row: int) -> None:
        """Code with what is in the row."""
        code = self.model.code_at(row)
        if code is None and not self.model.new:
            return
        if code is not None and self._recent is not None and not code.retired:
            self._recent.use(code.id)
        self._then(code.id if code else self.model.new)  # first, so that it is done while the window repaints
        self.hide()
