"""The moments of an event as a list with a head for each day, and one over what was at the same time in several
sessions; those whose time is not known come last."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from polyvocal.domain.moments import Moment
from polyvocal.gui import labels
from polyvocal.gui.views.delegate import COUNT, HEAD, MARK, SLANTED, SUBTITLE, TALLY, Lanes
from polyvocal.gui.views.moments_lanes import Run, runs_of
from polyvocal.gui.views.tree import Index, Node, TreeModel
from polyvocal.services.queries.moments import MomentInOrder
from polyvocal.services.queries.moments_of_event import ListedMoment

_BESIDE = "∥"
"""Stands at the time of a moment while which others ran that are not listed; the tooltip names them, and the ear."""
_ROWS = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


class MomentsModel(TreeModel):
    """Heads are days, or None for what has no time; below them the moments. One column."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.moments: tuple[ListedMoment, ...] = ()
        self._lanes: dict[int, Lanes] = {}
        """What is drawn beside a moment, by the row that is listed."""
        self._of_moment: dict[int, Callable[[ListedMoment], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda one: one.place.title,
            MARK: lambda one: self._lanes.get(id(one)),
            SUBTITLE: lambda one: one.place.why or " · ".join(self._when_and_where(one)),
            COUNT: lambda one: self.tr("%s open") % labels.number(one.open) if one.open else None,
            TALLY: lambda one: self.tr("%s wrote") % labels.number(one.observers),
            SLANTED: lambda one: not one.is_saved,
            **dict.fromkeys(_ROWS, lambda one: "\n".join(self._in_words(one))),
        }

    def show(self, moments: Iterable[ListedMoment]) -> None:
        """Show moments, which are in their order."""
        self.moments = tuple(moments)
        self._lanes = {}
        root = Node(None)
        heads: dict[date | None, Node] = {}
        runs = {run.first: run for run in runs_of(self.moments)}
        above: Node | None = None
        for at, one in enumerate(self.moments):
            day = one.place.day
            if day not in heads:
                heads[day] = Node(day, root)
            if at in runs:
                above = Node(runs[at], heads[day])
                self._lanes |= {id(self.moments[at + row]): lanes for row, lanes in enumerate(runs[at].lanes)}
            elif id(one) not in self._lanes:
                above = heads[day]
            Node(one, above)
        self.replace(root)

    def moment(self, index: Index) -> ListedMoment | None:
        """The moment in a row; None for the head of a day."""
        what = self.node(index).what
        return what if isinstance(what, ListedMoment) else None

    def index_of_moment(self, moment: Moment) -> QModelIndex:
        """Where a moment stands: one that is saved by its id, another by its session; nowhere, if it is not listed."""
        for node in self.nodes():
            if isinstance(node.what, ListedMoment) and same(node.what.moment, moment):
                return self.index_of(node)
        return QModelIndex()

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled if self.moment(index) is None else super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        what = self.node(index).what
        if isinstance(what, ListedMoment):
            return self._moment(what, role)
        if isinstance(what, Run):
            return self._run(what, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return labels.moment(what.isoformat()) if what is not None else self.tr("No time is known")
        return True if role == HEAD else None

    def _run(self, run: Run, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.tr("At the same time")
        if role == COUNT:
            return f"{run.begins:%H:%M}–{run.ends:%H:%M}"
        if role in _ROWS:
            titles = dict.fromkeys(one.place.session for one in self.moments[run.first : run.last])
            return self.tr("At the same time: %s") % ", ".join(one for one in titles if one is not None)
        return None

    def _moment(self, one: ListedMoment, role: int) -> Any:
        told = self._of_moment.get(role)
        return told(one) if told is not None else None

    def _when_and_where(self, one: ListedMoment) -> Iterator[str]:
        place = one.place
        beside = one.parallel and id(one) not in self._lanes  # else it is drawn
        yield f"{clock_of(place)} {_BESIDE}" if beside else clock_of(place)
        if place.session is not None and place.session != place.title:
            yield place.session

    def _in_words(self, one: ListedMoment) -> Iterator[str]:
        yield one.place.title
        if one.place.why is None:
            yield " · ".join(self._when_and_where(one)).replace(f" {_BESIDE}", "")
        else:
            yield self.tr("Its time is not known: %s") % one.place.why
        if one.parallel:
            yield self.tr("At the same time: %s") % ", ".join(one.parallel)
        if one.observers:
            yield self.tr("%s wrote of it") % labels.observers(one.observers)
        else:
            yield self.tr("No observer is known to have written of it")
        if one.divergences:
            yield self.tr("%s, %s open") % (labels.divergences(one.divergences), labels.number(one.open))
        if not one.is_saved:
            yield self.tr("A session, looked at as a moment; it is not saved as one")


def same(one: Moment, other: Moment) -> bool:
    """Whether two records are the same moment, as it is saved or as it is asked."""
    if one.id or other.id:
        return one.id == other.id
    return (one.event, one.session, one.starts, one.ends) == (other.event, other.session, other.starts, other.ends)


def is_stretch(moment: Moment) -> bool:
    """Whether it is no more than a stretch of time, which no list has."""
    return not moment.id and moment.session is None and moment.starts is not None


def clock_of(place: MomentInOrder) -> str:
    """From when to when a moment was, on its day; both days, where it was on two."""
    begins, ends = place.begins, place.ends
    if begins is None:
        return ""
    if ends is None or ends == begins:
        return f"{begins:%H:%M}"
    if ends.date() != begins.date():
        return labels.from_to(begins.isoformat(), ends.isoformat())
    return f"{begins:%H:%M}–{ends:%H:%M}"
