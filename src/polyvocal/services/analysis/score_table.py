"""The table behind a score: one row a passage and observer, in time, with its words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import NamedTuple

from polyvocal.domain.ids import CodingId, SourceId
from polyvocal.domain.records import SourceVersion
from polyvocal.domain.versions import current
from polyvocal.services.analysis.score import Score, Staff
from polyvocal.services.analysis.score_plan import PassageMark
from polyvocal.store.view import View


class ScoreRow(NamedTuple):
    """A passage on a staff. `earliest` and `latest` bound it, by the event's clocks, None where nothing does.

    `codes` are all of its codes, `codings` those that the filter means; half-open in code points of the current text.
    """

    observer: str | None
    standing: str | None
    earliest: datetime | None
    latest: datetime | None
    placing: str
    phase: str | None
    sessions: tuple[str, ...]
    source: SourceId
    source_title: str
    start: int
    end: int
    text: str
    codes: tuple[str, ...]
    coders: tuple[str, ...]
    doubts: tuple[str, ...]
    codings: tuple[CodingId, ...]


class StateRow(NamedTuple):
    """What is known of an observer in a session, or in a phase of the event."""

    observer: str
    standing: str | None
    where: str
    state: str


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """The rows of a score, staff by staff, and what is known of the observers; `doubts` say (source, why, passages)."""

    score: Score
    rows: tuple[ScoreRow, ...]
    states: tuple[StateRow, ...]


def passages_table(view: View, score: Score) -> ScoreTable:
    """The table behind a score that was made with the same view."""

    @cache
    def text_of(source: SourceId) -> str:
        return view.text(current(view.find(SourceVersion, source=source)).text_hash)

    titles = score.session_titles

    def row(staff: Staff, mark: PassageMark) -> ScoreRow:
        told = mark.told
        return ScoreRow(
            staff.name or None,
            staff.standing,
            told.earliest,
            told.latest,
            str(told.placing),
            str(told.phase) if told.phase is not None else None,
            tuple(titles[one] for one in mark.sessions),
            mark.source,
            score.titles[mark.source],
            mark.start,
            mark.end,
            text_of(mark.source)[mark.start : mark.end],
            tuple(score.codes[code].path for code in mark.codes),
            tuple(score.people[coder] for coder in mark.coders),
            told.doubts,
            mark.codings,
        )

    rows = tuple(row(staff, mark) for staff in score.staves for mark in staff.marks)
    return ScoreTable(score, rows, tuple(_states(score)))


def _states(score: Score) -> Iterator[StateRow]:
    titles = score.session_titles
    for staff in score.staves:
        for session, state in staff.sessions.items():
            yield StateRow(staff.name, staff.standing, titles[session], str(state))
        for phase, state in staff.phases.items():
            yield StateRow(staff.name, staff.standing, f"{phase} the event", str(state))
