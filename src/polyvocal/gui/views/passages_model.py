"""The passages of a list as Qt asks for them: one below the other, with heads of groups, read where they are seen."""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Collection, Mapping
from itertools import accumulate
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from polyvocal.domain.ids import CodingId
from polyvocal.domain.passages import Aspect
from polyvocal.domain.words import Phase
from polyvocal.gui import labels
from polyvocal.services.queries.passage_list import PassageGroup, PassagesListed
from polyvocal.services.queries.passage_pages import PassageShown

Index = QModelIndex | QPersistentModelIndex

PASSAGE = Qt.ItemDataRole.UserRole + 40
"""A PassageShown; None where it is not read yet, and on the head of a group."""
GROUP = Qt.ItemDataRole.UserRole + 41
"""The Head of a group; None on a passage."""
UNFOLDED = Qt.ItemDataRole.UserRole + 42
"""The PassageShown with its paragraphs, where they are shown."""

KEPT = 5_000
"""About so many passages are kept in memory."""
AROUND = 24
"""So many passages after one that is wanted are read with it."""

NOTHING = PassagesListed((), 0)


class Head(NamedTuple):
    """A group: what it is called, more of it, how many passages it has, and whether they are folded away."""

    name: str
    detail: str
    passages: int
    folded: bool


class PassagesModel(QAbstractListModel):
    """Which passages there are is known from the start; what they say is asked for as it is shown."""

    wanted = Signal(object)
    """Ids of codings that are to be read, in a list. `take_over` brings them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.listed = NOTHING
        self.group_by: Aspect | None = None
        self.folded: set[int | str | None] = set()
        """The keys of the groups whose passages are not shown."""
        self._starts: list[int] = []
        """The row at which each group begins: with its head, where there are groups."""
        self._count = 0
        self._pages: OrderedDict[CodingId, PassageShown] = OrderedDict()
        self._unfolded: dict[CodingId, PassageShown] = {}
        self._stale: set[CodingId] = set()
        self._asked: set[CodingId] = set()

    def show(self, listed: PassagesListed, group_by: Aspect | None) -> None:
        """Show a list. What was read before is shown until it was read anew."""
        self._drop_rows()
        self.beginResetModel()
        if group_by is not self.group_by:
            self.folded.clear()
        self.listed, self.group_by = listed, group_by
        self._lay_out()
        self._stale = set(self._pages)
        self._asked.clear()
        self._unfolded.clear()
        self.endResetModel()

    def forget(self) -> None:
        """Show nothing, and keep nothing of what was read."""
        self._pages.clear()
        self.show(NOTHING, self.group_by)

    def _drop_rows(self) -> None:
        """Have no rows for a moment: else Qt gives what comes in their place the heights that they were given."""
        self.beginResetModel()
        self._starts, self._count = [], 0
        self.endResetModel()

    def _lay_out(self) -> None:
        """Find out in which row each group begins."""
        ends = list(accumulate(map(self._rows_of_group, self.listed.groups), initial=0))
        self._starts, self._count = ends[:-1], ends[-1]

    @property
    def _heads(self) -> int:
        """How many rows a head takes."""
        return 0 if self.group_by is None else 1

    def _rows_of_group(self, group: PassageGroup) -> int:
        return self._heads + (0 if self._is_folded(group) else len(group.codings))

    def _is_folded(self, group: PassageGroup) -> bool:
        return self.group_by is not None and group.key in self.folded

    def _place(self, row: int) -> tuple[int, int]:
        """(group, place in it) of a row; the place is -1 for a head."""
        group = bisect_right(self._starts, row) - 1
        return group, row - self._starts[group] - self._heads

    # --- what is where ---------------------------------------------------------------------------------------------

    def is_head(self, row: int) -> bool:
        """Whether a row is the head of a group."""
        return self._place(row)[1] < 0

    def group_of(self, row: int) -> PassageGroup:
        """The group in which a row is."""
        return self.listed.groups[self._place(row)[0]]

    def coding_at(self, row: int) -> CodingId | None:
        """The coding of a row; None on a head, and where there is no such row."""
        if not 0 <= row < self._count:
            return None
        group, place = self._place(row)
        return None if place < 0 else self.listed.groups[group].codings[place]

    def head_of(self, row: int) -> int:
        """The row of the head of the group in which a row is; where there are no groups, that row."""
        return row if self.group_by is None else self._starts[self._place(row)[0]]

    def heads(self) -> list[int]:
        """The rows of all heads."""
        return [] if self.group_by is None else self._starts

    def next_passage(self, row: int, by: int) -> int:
        """The row of the next passage after a row, or before it (-1), also of a folded group, which is unfolded.

        -1 where there is none.
        """
        row += by
        while 0 <= row < self._count and self.is_head(row):
            if self.group_of(row).key in self.folded:
                self.fold(row, folded=False)
                row += len(self.group_of(row).codings) + 1 if by < 0 else 0
            row += by
        return row if 0 <= row < self._count else -1

    def rows_of(self, codings: Collection[CodingId]) -> list[int]:
        """Where codings are shown; those in folded groups are not, those in several groups are in each."""
        return [
            start + self._heads + place
            for start, group in zip(self._starts, self.listed.groups, strict=True)
            if not self._is_folded(group)
            for place, coding in enumerate(group.codings)
            if coding in codings
        ]

    def passage_at(self, row: int) -> PassageShown | None:
        """The passage of a row, if it is one and was read."""
        coding = self.coding_at(row)
        return self._pages.get(coding) if coding is not None else None

    # --- folding ---------------------------------------------------------------------------------------------------

    def fold(self, row: int, *, folded: bool) -> None:
        """Fold the group in which a row is, or unfold it."""
        head = self.head_of(row)
        group = self.group_of(head)
        if self.group_by is None or folded == self._is_folded(group):
            return
        count = len(group.codings)
        if folded:
            self.beginRemoveRows(QModelIndex(), head + 1, head + count)
            self.folded.add(group.key)
            self._lay_out()
            self.endRemoveRows()
        else:
            self.beginInsertRows(QModelIndex(), head + 1, head + count)
            self.folded.discard(group.key)
            self._lay_out()
            self.endInsertRows()
        self._tell(head)

    def fold_all(self, *, folded: bool) -> None:
        """Fold all groups, or unfold them."""
        self._drop_rows()
        self.beginResetModel()
        self.folded = {group.key for group in self.listed.groups} if folded else set()
        self._lay_out()
        self.endResetModel()

    def unfold_paragraph(self, shown: PassageShown) -> None:
        """Show a passage with its paragraphs."""
        self._unfolded[shown.passage.id] = shown
        self._tell_of(shown.passage.id)

    def fold_paragraph(self, coding: CodingId) -> None:
        """Show a passage with little around it again."""
        if self._unfolded.pop(coding, None) is not None:
            self._tell_of(coding)

    def is_unfolded(self, coding: CodingId) -> bool:
        """Whether a passage is shown with its paragraphs."""
        return coding in self._unfolded

    def _tell(self, row: int) -> None:
        self.dataChanged.emit(self.index(row), self.index(row))

    def _tell_of(self, coding: CodingId) -> None:
        for row in self.rows_of({coding}):
            self._tell(row)

    # --- reading ---------------------------------------------------------------------------------------------------

    def take_over(self, pages: Mapping[CodingId, PassageShown], asked: Collection[CodingId]) -> None:
        """Show passages that were read."""
        self._asked.difference_update(asked)
        self._stale.difference_update(asked)
        for one in asked:
            self._pages.pop(one, None)
        self._pages.update(pages)
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)
        if self._count:
            self.dataChanged.emit(self.index(0), self.index(self._count - 1))

    def forget_asked(self, asked: Collection[CodingId]) -> None:
        """Some that were wanted will not be read: they are wanted again when they are looked at."""
        self._asked.difference_update(asked)

    def _want(self, row: int) -> None:
        if not self._is_wanted(self.coding_at(row)):
            return
        following = (self.coding_at(at) for at in range(row, min(row + AROUND, self._count)))
        ids = [one for one in following if one is not None and self._is_wanted(one)]
        self._asked.update(ids)
        self.wanted.emit(ids)

    def _is_wanted(self, coding: CodingId | None) -> bool:
        there = coding in self._pages and coding not in self._stale
        return coding is not None and not there and coding not in self._asked

    # --- as Qt asks ------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = index.row()
        if self.is_head(row):
            return self._head(row, role)
        if role in (PASSAGE, Qt.ItemDataRole.DisplayRole):
            self._want(row)
        shown = self.passage_at(row)
        if shown is not None:
            return self._passage(shown, role)
        return "…" if role == Qt.ItemDataRole.DisplayRole else None

    def _passage(self, shown: PassageShown, role: int) -> Any:
        if role == PASSAGE:
            return shown
        if role == UNFOLDED:
            return self._unfolded.get(shown.passage.id)
        if role == Qt.ItemDataRole.DisplayRole:
            return shown.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join((shown.text, *self._about(shown), self.tr("in %s") % shown.passage.source_title))
        if role == Qt.ItemDataRole.ToolTipRole and shown.passage.gone:
            return self.tr("These words were corrected away. The passage is shown as it was when it was coded.")
        return None

    def _head(self, row: int, role: int) -> Any:
        group = self.group_of(row)
        head = Head(self.name_of(group), _writers(group), len(group.codings), self._is_folded(group))
        if role == GROUP:
            return head
        if role == Qt.ItemDataRole.DisplayRole:
            return head.name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            folded = self.tr("folded") if head.folded and role == Qt.ItemDataRole.AccessibleTextRole else ""
            return ", ".join(part for part in (head.name, head.detail, labels.passages(head.passages), folded) if part)
        return None

    def name_of(self, group: PassageGroup) -> str:
        """What a group is called in the window."""
        assert self.group_by is not None
        if group.key is None:
            return self.tr("No %s") % labels.ASPECTS[self.group_by].lower()
        return labels.capitalised(labels.value_of(self.group_by, group.key, group.name))

    def _about(self, shown: PassageShown) -> list[str]:
        """Code, coder, observer, occasion and stances of a passage, in words."""
        one = shown.passage
        parts = [self.tr("code %s") % one.code, self.tr("coded by %s") % one.coder]
        if one.observers:
            parts.append(self.tr("written by %s") % ", ".join(one.observers))
        return [*parts, *occasion(shown), *said_more(shown)]


def _writers(group: PassageGroup) -> str:
    """Who wrote the source of a group, and from which standing."""
    names = ", ".join(group.observers)
    return f"{names} ({labels.standing(group.standing)})" if names and group.standing else names


def occasion(shown: PassageShown) -> list[str]:
    """The phase and the session of a passage, as far as they are known."""
    one = shown.passage
    phases = [labels.PHASES[Phase(phase)].lower() for phase in one.phase.split("; ")] if one.phase else []
    return [part for part in (", ".join(phases), one.session) if part]


def said_more(shown: PassageShown) -> list[str]:
    """The stances in a passage, and whom it is about."""
    one = shown.passage
    said = [f"{stance.actor} {stance.stance} “{stance.term}”" for stance in one.stances]
    return [*said, *((f"concerns {', '.join(one.concerns)}",) if one.concerns else ())]
