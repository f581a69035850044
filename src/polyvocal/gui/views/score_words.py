"""A score in words: what is said of a passage, of a stretch of time, and by what passages are placed."""

from datetime import datetime
from typing import TYPE_CHECKING

from polyvocal.domain.score import TIMED, Placing
from polyvocal.gui import labels

if TYPE_CHECKING:
    from polyvocal.services.analysis.score import Score
    from polyvocal.services.analysis.score_plan import PassageMark, SessionOnScore

PLACINGS = {
    Placing.AT_TIME: "a time stands in it",
    Placing.BETWEEN: "between two times, in the order of its text",
    Placing.IN_SESSION: "by its session: no time is told",
    Placing.OBSERVED: "while its account was observed: no time is told",
    Placing.BY_PHASE: "by its phase: no time is told",
    Placing.UNTIMED: "no time is told",
}
"""How it is told when a passage was."""


class ScoreWords:
    """Says of a score what is seen of it."""

    def __init__(self, score: "Score") -> None:
        self._score = score

    def when(self, mark: "PassageMark") -> str:
        """When a passage was, and how that is told."""
        told = mark.told
        if told.placing not in TIMED:
            phase = f"{labels.PHASES[told.phase]} the event; " if told.phase is not None else ""
            return labels.capitalised(f"{phase.lower()}{PLACINGS[told.placing]}")
        return f"{hours(told.earliest, told.latest)}: {PLACINGS[told.placing]}"

    def codes(self, mark: "PassageMark") -> str:
        """The names of all codes of a passage."""
        return ", ".join(self._score.codes[code].name for code in mark.codes)

    def coders(self, mark: "PassageMark") -> str:
        """Who coded it."""
        return ", ".join(self._score.people[coder] for coder in mark.coders)

    def sessions(self, mark: "PassageMark") -> str:
        """Which sessions it is about."""
        titles = self._score.session_titles
        return ", ".join(titles[one] for one in mark.sessions)

    def passage(self, mark: "PassageMark", staff: int) -> str:
        """All of it in a sentence, but for its words."""
        observer = self._score.staves[staff].name or "no observer"
        marks = self._score.staves[staff].marks
        number = f"mark {marks.index(mark) + 1} of {len(marks)}"
        doubt = f"; in doubt: {' '.join(mark.told.doubts)}" if mark.told.doubts else ""
        return (
            f"{observer}, {self._score.titles[mark.source]}, {number}; {self.when(mark)}; {self.codes(mark)}; "
            f"coded by {self.coders(mark)}{doubt}"
        )

    def session(self, session: "SessionOnScore") -> str:
        """A session in full: title, place, hours."""
        place = f"\n{session.place}" if session.place else ""
        scheduled = "" if session.scheduled else "\nnot scheduled"
        return f"{session.title}{place}\n{session_hours(session.starts, session.ends)}{scheduled}"

    def stretch(self, stretch: tuple[float, float]) -> str:
        """What a stretch of the axis is called: a session or a part beside the axis where it is just that."""
        meant = self._score.moment(*stretch)
        if meant.starts is None:
            return f"{labels.PHASES[meant.phase]} the event" if meant.phase is not None else "No time told"
        when = hours(meant.starts, meant.ends)
        return f"{meant.session.title}, {when}" if meant.session is not None else when


def hours(earliest: datetime | None, latest: datetime | None) -> str:
    """From when to when: "Tue 14 May 2024, 10:45–11:20"; "after ..." and "before ..." where one end is not known."""
    if earliest is None or latest is None:
        known = labels.moment(_text(earliest or latest))
        return f"before {known}" if earliest is None else f"after {known}"
    if earliest == latest:
        return labels.moment(_text(earliest))
    return labels.from_to(_text(earliest), _text(latest))


def session_hours(starts: datetime, ends: datetime) -> str:
    """When a session was, without the year: "Tue 14 May, 10:00–12:15"."""
    return labels.session_time(_text(starts), _text(ends))


def _text(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%dT%H:%M}" if moment is not None else ""
