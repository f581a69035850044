"""A contest in words: what is said to who listens, written on cards, and put above lists."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from polyvocal.domain.words import Phase
from polyvocal.gui import labels
from polyvocal.gui.views.contest_layout import Spot
from polyvocal.store.codings import StanceLink

if TYPE_CHECKING:
    from polyvocal.services.analysis.contest import Contest, Mark


class ContestWords:
    """Tells a contest."""

    def __init__(self, contest: "Contest") -> None:
        self._contest = contest

    def taken(self, link: StanceLink) -> str:
        """A stance as a sentence: "Del contests ‘Whose time is paid’, toward the researchers"."""
        names = self._contest.names
        toward = f", toward {names[link.toward]}" if link.toward is not None else ""
        return f"{names[link.actor]} {link.stance} “{names[link.term]}”{toward}"

    def sentences(self, mark: "Mark") -> str:
        """All that is done in a passage."""
        return "; ".join(map(self.taken, mark.taken))

    def source(self, mark: "Mark") -> str:
        """In whose account it stands, and after which time that is marked in it."""
        observers = ", ".join(self._contest.observers[mark.source])
        parts = [self._contest.sources[mark.source], f"written by {observers}" if observers else ""]
        if mark.earliest is not None:
            parts.append(f"after {mark.earliest:%H:%M}")
        return " · ".join(one for one in parts if one)

    def coded(self, mark: "Mark") -> str:
        """As what it was coded, and by whom."""
        return f"{self._contest.codes[mark.code]} · coded by {self._contest.people[mark.coder]}"

    def column(self, number: int) -> str:
        """A session and its phase; the event where there are several."""
        column = self._contest.columns[number]
        if column.key.event is None:
            return "about no event"
        phase = labels.PHASES[column.key.phase].lower() if column.key.phase is not None else "phase not said"
        parts = [column.name or "no session", phase]
        if len({one.key.event for one in self._contest.columns}) > 1:
            parts.append(column.event)
        return ", ".join(parts)

    def counts(self, marks: Iterable["Mark"]) -> str:
        """How many codings there are of each stance: "3 contests, 1 affirms"."""
        told = zip(self._contest.stances, self._contest.counts(marks), strict=True)
        return ", ".join(f"{labels.number(count)} {stance}" for stance, count in told if count)

    def title(self, spot: Spot) -> str:
        """What the marks behind a name or a cell have in common."""
        parts = [self._contest.title, self._rows(spot), self._columns(spot)]
        return " · ".join(one for one in parts if one)

    def spot(self, spot: Spot) -> str:
        """What is pointed to, as it is said."""
        if spot.mark is not None:
            assert spot.columns is not None
            where = self.column(spot.columns[0])
            return f"{self.sentences(spot.mark)}. {where}. {self.coded(spot.mark)}. {self.source(spot.mark)}"
        what = ", ".join(one for one in (self._rows(spot), self._columns(spot)) if one)
        counts = self.counts(self._contest.marks(spot.rows, spot.columns))
        return f"{what}: {counts or 'no stance coded'}"

    def _rows(self, spot: Spot) -> str:
        if spot.rows is None:
            return ""
        rows = [self._contest.rows[one] for one in spot.rows]
        if len(rows) == 1:
            return f"{rows[0].name} ({rows[0].band})" if rows[0].band and not rows[0].is_group else rows[0].name
        return rows[0].band

    def _columns(self, spot: Spot) -> str:
        if spot.columns is None:
            return ""
        if len(spot.columns) == 1:
            return self.column(spot.columns[0])
        first = self._contest.columns[spot.columns[0]]
        several = len({one.key.event for one in self._contest.columns}) > 1
        return f"{phase_name(first.key.phase)}, {first.event}" if several else phase_name(first.key.phase)


def phase_name(phase: Phase | None) -> str:
    """A phase, or that none is said."""
    return labels.PHASES[phase] if phase is not None else "Phase not said"
