"""Time marks: taking the times that are found in a text, marking and correcting others, refusing what is none."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import PersonId, SourceVersionId
from polyvocal.domain.records import TimeMark
from polyvocal.domain.spans import Span
from polyvocal.domain.text import shown
from polyvocal.domain.versions import led
from polyvocal.domain.words import MarkKind
from polyvocal.services.commands.passage import Text, text_of
from polyvocal.store.file import ProjectFile
from polyvocal.store.unit import Unit

_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?")
_ELAPSED = re.compile(r"\d{1,3}:[0-5]\d:[0-5]\d(?:\.\d{1,3})?")


class TimeDraft(NamedTuple):
    """A time that [start, end) says, as in a TimeMark; without a clock it is none, and is not offered again."""

    start: int
    end: int
    clock: str | None
    until: str | None = None
    day: str | None = None
    kind: MarkKind = MarkKind.CLOCK


def add_time_marks(
    file: ProjectFile, *, source: str, marks: Sequence[TimeDraft], seen: SourceVersionId | None = None
) -> ChangeSet:
    """Mark times in the current text of a source, or in that which was seen, as one operation.

    Raises UserError for what is no time, and for a span that is not in the text or overlaps another time mark.
    """

    def work(unit: Unit) -> None:
        text = text_of(unit, source)
        taken = _places(unit, text)
        for mark in marks:
            fields = checked(mark)
            span = text.now(Span(mark.start, mark.end), seen)
            for other in taken:
                if span.overlaps(other):
                    raise UserError(
                        f"{span.start} to {span.end} of {shown(text.source.title)} overlaps the time mark from "
                        f"{other.start} to {other.end}: change or remove that one, or give other ends"
                    )
            taken.append(span)
            unit.add(
                TimeMark(
                    id=unit.new_id(),
                    version=text.version.id,
                    start=span.start,
                    end=span.end,
                    marked_by=PersonId(unit.person) if unit.person is not None else None,
                    **fields,
                )
            )

    return file.write("mark times", work)


def _places(unit: Unit, text: Text) -> list[Span]:
    marks = unit.among(TimeMark, "version", [one.id for one in text.versions])
    return [place for place, _ in led(text.versions, marks)]


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
    for said in (draft.clock, draft.until):
        if said is not None and not form.fullmatch(said):
            raise UserError(f"{shown(said)} is no time of this kind: write it as {example}")
    if draft.day is not None:
        try:
            date.fromisoformat(draft.day)
        except ValueError:
            raise UserError(f"{shown(draft.day)} is no day: write it as 2024-05-14") from None
    return {"kind": draft.kind, "clock": draft.clock, "until": draft.until or None, "day": draft.day or None}
