"""Time marks: taking the times that are found in a text, marking and correcting others, refusing what is none."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.elapsed import seconds_of
from polyvocal.domain.errors import UserError
from polyvocal.domain.hours import is_day, when_said
from polyvocal.domain.ids import PersonId, SourceVersionId
from polyvocal.domain.records import TimeMark
from polyvocal.domain.spans import Span, touches, union
from polyvocal.domain.text import shown
from polyvocal.domain.time_marks import FoundClock
from polyvocal.domain.versions import led
from polyvocal.domain.words import MarkKind
from polyvocal.services.commands.passage import Text, text_of
from polyvocal.store.file import ProjectFile
from polyvocal.store.unit import Unit

_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?")
_ELAPSED = re.compile(r"\d{1,3}:[0-5]\d:[0-5]\d(?:\.\d{1,3})?")

_DAY, _HALF_A_DAY = timedelta(days=1), timedelta(hours=12)


class TimeDraft(NamedTuple):
    """A time that [start, end) says, as in a TimeMark; without a clock it is none, and is not offered again."""

    start: int
    end: int
    clock: str | None
    until: str | None = None
    day: str | None = None
    kind: MarkKind = MarkKind.CLOCK

    @classmethod
    def of(cls, found: FoundClock) -> "TimeDraft":
        """A time that was found, as it was found."""
        day = found.day.isoformat() if found.day is not None else None
        return cls(found.start, found.end, found.clock, found.until, day, found.kind)


def add_time_marks(
    file: ProjectFile, *, source: str, marks: Sequence[TimeDraft], seen: SourceVersionId | None = None
) -> ChangeSet:
    """Mark times in the current text of a source, or in that which was seen, as one operation.

    Raises UserError for what is no time, and for a span that is not in the text or overlaps another time mark.
    """

    def work(unit: Unit) -> None:
        text = text_of(unit, source)
        by = PersonId(unit.person) if unit.person is not None else None
        fresh = []
        for mark in marks:
            fields = checked(mark)
            start, end = text.now(Span(mark.start, mark.end), seen)
            fresh.append(
                TimeMark(id=unit.new_id(), version=text.version.id, start=start, end=end, marked_by=by, **fields)
            )
        refuse_overlapping(unit, text, [Span(one.start, one.end) for one in fresh])
        unit.add(*fresh)

    return file.write("mark times" if any(one.clock is not None for one in marks) else "refuse times", work)


def refuse_overlapping(unit: Unit, text: Text, fresh: Sequence[Span], but: int | None = None) -> None:
    """Raise UserError where a time mark would share a word with another than the one with the id `but`."""
    marks = unit.among(TimeMark, "version", [one.id for one in text.versions])
    there = [place for place, one in led(text.versions, marks) if one.id != but]
    taken = union(there)
    clash = next(((one, other) for one, other in pairwise(sorted(fresh)) if one.overlaps(other)), None)
    clash = clash or next(
        ((other, one) for one in fresh if touches(taken, *one) for other in there if other.overlaps(one)), None
    )
    if clash is not None:
        other, one = clash
        raise UserError(
            f"{one.start} to {one.end} of {shown(text.source.title)} overlaps the time mark from {other.start} to "
            f"{other.end}: change or remove that one, or give other ends"
        )


def said_by(mark: TimeMark, changes: Mapping[str, Any]) -> dict[str, Any]:
    """What a mark says after some of its fields were changed. UserError for what is no time.

    One that gets the kind NONE says nothing; one that said nothing and gets a clock says that.
    """
    said = TimeDraft(mark.start, mark.end, mark.clock, mark.until, mark.day, mark.kind)._replace(**changes)
    if said.kind is MarkKind.NONE and changes.get("clock"):
        said = said._replace(kind=MarkKind.CLOCK)
    return checked(said)


def checked(draft: TimeDraft) -> dict[str, Any]:
    """What a draft says, as fields of a TimeMark. UserError, naming it, for what is no time or no day."""
    if draft.clock is None or draft.kind is MarkKind.NONE:
        return {"kind": MarkKind.NONE, "clock": None, "until": None, "day": None}
    form, example = (_CLOCK, "10:45") if draft.kind is MarkKind.CLOCK else (_ELAPSED, "1:02:03")
    for said in (draft.clock, draft.until or None):
        if said is not None and not form.fullmatch(said):
            raise UserError(f"{shown(said)} is no time of this kind: write it as {example}")
    _refuse_no_range(draft)
    if draft.day and not (is_day(draft.day) and when_said(draft.day)):
        raise UserError(f"{shown(draft.day)} is no day: write it as 2024-05-14")
    return {"kind": draft.kind, "clock": draft.clock, "until": draft.until or None, "day": draft.day or None}


def _refuse_no_range(draft: TimeDraft) -> None:
    """Raise UserError for an end that is not after its beginning; by less than half a day it may be after midnight."""
    if not draft.until or not draft.clock:
        return
    if draft.kind is MarkKind.ELAPSED:
        after = seconds_of(draft.until) > seconds_of(draft.clock)
    else:
        first, last = (datetime.combine(date.min, time.fromisoformat(one)) for one in (draft.clock, draft.until))
        after = timedelta() < (last - first) % _DAY < _HALF_A_DAY
    if not after:
        raise UserError(
            f"{draft.until} is not after {draft.clock}, nor so within twelve hours, over midnight: change one of them"
        )
