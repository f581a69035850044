"""How far a coder has read."""

from typing import Any

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.editmap import EditMap
from polyvocal.domain.errors import UserError
from polyvocal.domain.records import Reading, Source, SourceVersion
from polyvocal.domain.spans import Span
from polyvocal.domain.text import shown
from polyvocal.domain.versions import current
from polyvocal.domain.words import ReadingState, RoleName
from polyvocal.services.commands.people import ensure_person
from polyvocal.services.references import kind_named, resolve
from polyvocal.store.file import ProjectFile
from polyvocal.store.unit import Unit


def set_reading(file: ProjectFile, *, source: str, coder: str, read_to: int | None) -> ChangeSet:
    """Note how far a coder has read a source: to `read_to` code points of its current version, None for all of it.

    Raises UserError for a place that is not in the text.
    """

    def work(unit: Unit) -> None:
        where: Source = resolve(unit, kind_named("source"), source)
        length = current(unit.find(SourceVersion, source=where.id)).length
        to = length if read_to is None else read_to
        if not 0 <= to <= length:
            raise UserError(f"the text of {shown(where.title)} has {length:,} code points: it cannot be read to {to:,}")
        state = ReadingState.DONE if to == length else ReadingState.READ_TO_HERE if to else ReadingState.UNREAD
        who = ensure_person(unit, coder, RoleName.CODER)
        unit.person = who.id if unit.person is None else unit.person
        before = unit.find(Reading, coder=who.id, source=where.id)
        if before:
            unit.change(before[0], state=state, read_to=to)
        else:
            unit.add(Reading(id=unit.new_id(), coder=who.id, source=where.id, state=state, read_to=to))

    return file.write("add reading", work)


def read_after(reading: Reading, edits: EditMap, length: int) -> dict[str, Any]:
    """How far somebody has read after a correction; who has read all, has."""
    if reading.state is ReadingState.DONE:
        return {"read_to": length}
    place = edits.place(Span(0, reading.read_to)) if reading.read_to else None
    if place is None:
        return {"read_to": 0, "state": ReadingState.UNREAD}
    return {"read_to": place.end, "state": ReadingState.DONE if place.end == length else ReadingState.READ_TO_HERE}
