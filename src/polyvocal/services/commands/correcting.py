"""Making a further version of a source from what somebody corrected in its text, or added to it later."""

from dataclasses import dataclass, field

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.editmap import EditMap, Kept
from polyvocal.domain.errors import BugError, UserError
from polyvocal.domain.ids import DraftId, PersonId, SourceVersionId
from polyvocal.domain.records import Addition, Authorship, Person, Reading, Source, SourceVersion
from polyvocal.domain.spans import Span
from polyvocal.domain.text import clean_text, count_words, normalise, shown
from polyvocal.domain.versions import current
from polyvocal.domain.words import ReadingState, RoleName
from polyvocal.services.commands.drafts import drop_draft
from polyvocal.services.commands.people import ensure_person
from polyvocal.services.commands.reading import read_after
from polyvocal.services.commands.setting import checked_time
from polyvocal.services.references import kind_named, resolve
from polyvocal.store.file import ProjectFile
from polyvocal.store.unit import Unit, now


class Overtaken(UserError):
    """The text has another version than the one that was corrected: the correction cannot be saved as its next one."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """What came of correcting the version that was `seen`: a text, and the map that leads to it."""

    seen: SourceVersionId
    text: str = field(repr=False)
    edits: EditMap


@dataclass(frozen=True, slots=True)
class Later:
    """Who added something to a text later, and when: a day or a time."""

    observer: str
    dated: str


def save_correction(
    file: ProjectFile,
    *,
    source: str,
    corrected: Corrected,
    by: str | None = None,
    reason: str | None = None,
    later: Later | None = None,
    draft: DraftId | None = None,
) -> ChangeSet:
    """Make a version of what was corrected; with `later`, what was put in is kept as an observer's later addition.

    The versions before stay; codings and all else that has a place in them follow through the map. The `draft` in which
    it was kept goes with it. Raises Overtaken where somebody else made a version meanwhile; UserError where nothing
    would be left, and for an addition that also takes words away or is by nobody who wrote the source; BugError where
    the map does not lead to the text.
    """

    def work(unit: Unit) -> None:
        where: Source = resolve(unit, kind_named("source"), source)
        parent = current(unit.find(SourceVersion, source=where.id))
        if parent.id != corrected.seen:
            raise Overtaken(
                f"{shown(where.title)} was corrected elsewhere meanwhile and has another version by now, so nothing "
                "was saved. Look at the newest version, and put into it what you corrected."
            )
        old = unit.text(parent.text_hash)
        kept = _checked(old, corrected)
        added = _stretches_between(kept, corrected.text) if later is not None else []
        if later is not None:
            _refuse_no_addition(kept, old, added)
        version = make_version(unit, where, parent, corrected.text, corrected.edits, by=by, reason=reason)
        drop_draft(unit, draft)
        if version is not None and later is not None:
            who, dated = observer_of(unit, where, later.observer), checked_day(later.dated)
            for start, end in added:
                unit.add(Addition(id=unit.new_id(), version=version.id, start=start, end=end, person=who, dated=dated))
            _unread(unit, where, corrected.text, added[-1])

    return file.write("correct source" if later is None else "add to source", work)


def _checked(old: str, corrected: Corrected) -> tuple[Kept, ...]:
    """What of the old text is left, after making sure that map and text tell the same of it."""
    edits, text = corrected.edits, corrected.text
    length = len(old)
    for stage in edits.stages:
        if stage and stage[-1].end > length:
            raise BugError("a correction lies outside its text")
        length += sum(edit.inserted - (edit.end - edit.start) for edit in stage)
    kept = edits.kept(len(old))
    if length != len(text) or any(
        old[one.old : one.old + one.length] != text[one.new : one.new + one.length] for one in kept
    ):
        raise BugError("the map of a correction does not lead to its text")
    if normalise(text)[0] != text:
        raise BugError("a corrected text has line ends that are not its own")
    return kept


def _stretches_between(kept: tuple[Kept, ...], text: str) -> list[Span]:
    """What of a newer text is none of the older, without the white space at its ends."""
    found, last = [], 0
    for start, end in ((one.new, one.new + one.length) for one in (*kept, Kept(0, len(text), 0))):
        words = text[last:start]
        if words.strip():
            at = last + len(words) - len(words.lstrip())
            found.append(Span(at, at + len(words.strip())))
        last = end
    return found


def _refuse_no_addition(kept: tuple[Kept, ...], old: str, added: list[Span]) -> None:
    away = len(old) - sum(one.length for one in kept)
    if away:
        raise UserError(
            f"a later addition only adds, but here {away:,} characters of the text were taken away or replaced. "
            "Undo that, or save it as a correction."
        )
    if not added:
        raise UserError("nothing was added: there is no later addition to save")


def checked_day(dated: str) -> str:
    """The day or time at which something was added. UserError for what is none."""
    checked = checked_time(dated, "the day of the addition")
    if checked is None:
        raise UserError("a later addition is dated: say when it was written, as 2024-05-14")
    return checked


def observer_of(unit: Unit, source: Source, name: str) -> PersonId:
    """The observer of a source who adds to it later. UserError for somebody else."""
    who = ensure_person(unit, name, RoleName.OBSERVER)
    authors = {one.person: unit.need(Person, one.person).name for one in unit.find(Authorship, source=source.id)}
    if authors and who.id not in authors:
        raise UserError(
            f"{shown(who.name)} did not write {shown(source.title)}: a later addition is by one of its observers "
            f"({', '.join(authors.values())}). What somebody else writes about it is a memo, or a source of its own."
        )
    return who.id


def _unread(unit: Unit, source: Source, text: str, last: Span) -> None:
    """Who had read to the end has not read what was then added behind it."""
    if not text[last.end :].strip():
        for reading in unit.find(Reading, source=source.id, state=ReadingState.DONE):
            unit.change(reading, state=ReadingState.READ_TO_HERE, read_to=last.start)


def make_version(
    unit: Unit,
    source: Source,
    parent: SourceVersion,
    text: str,
    edits: EditMap,
    *,
    by: str | None = None,
    reason: str | None = None,
    structure: str | None = None,
) -> SourceVersion | None:
    """Add the version that a map leads to, and let everybody's reading follow; None where the map changes nothing.

    A `structure` (encoded) is its own; without one it has its parent's, led through the map. Raises UserError where
    nothing would be left of the text.
    """
    if not text.strip():
        raise UserError(
            f"the correction would leave nothing of {shown(source.title)}: remove the source if it is not wanted"
        )
    if not edits.stages:
        return None
    who = ensure_person(unit, by, None) if by else None
    unit.person = who.id if who else unit.person
    version = SourceVersion(
        id=unit.new_id(),
        source=source.id,
        parent=parent.id,
        text_hash=unit.add_text(text),
        length=len(text),
        words=count_words(text),
        edits=edits.encode(),
        structure=structure,
        corrected_by=who.id if who else None,
        reason=clean_text(reason),
        created_at=now(),
    )
    unit.add(version)
    for reading in unit.find(Reading, source=source.id):
        unit.change(reading, **read_after(reading, edits, len(text)))
    return version
