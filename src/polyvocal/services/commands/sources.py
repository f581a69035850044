"""Taking in sources, and correcting them without moving a coding."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import cast

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.editmap import apply_edits
from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import DraftId, PersonId, SourceId
from polyvocal.domain.record import Record
from polyvocal.domain.records import (
    RECORDS,
    Authorship,
    Event,
    Layer,
    Memo,
    Occasion,
    Picture,
    Session,
    Source,
    SourceVersion,
    TimeMark,
)
from polyvocal.domain.structure import encode
from polyvocal.domain.text import clean_name, clean_text, count_words, normalise, shown
from polyvocal.domain.versions import heads
from polyvocal.domain.words import MemoKind, RoleName, SourceKind
from polyvocal.services.commands.attendance import Attendance
from polyvocal.services.commands.correcting import make_version
from polyvocal.services.commands.drafts import drop_draft
from polyvocal.services.commands.found_attributes import FoundAttributes
from polyvocal.services.commands.incoming import About, Beside, Comment, Incoming, Renewal, import_note
from polyvocal.services.commands.people import ensure_person
from polyvocal.services.commands.renewing import Renewed, new_beside, notes_of, renew
from polyvocal.services.commands.setting import ensure_event, ensure_session, refuse_backwards
from polyvocal.services.references import kind_named, resolve
from polyvocal.store.file import ProjectFile
from polyvocal.store.unit import Unit, hash_text, now

_NAMED_FILES = 10
"""So many files are named in a refusal."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did: the changes, the new sources in the order of the files, those that were there already, and
    those of which there is a new version."""

    changes: ChangeSet
    sources: tuple[tuple[Incoming, SourceId], ...]
    known: tuple[tuple[Incoming, str], ...]
    renewed: tuple[Renewed, ...] = ()


def import_sources(file: ProjectFile, incoming: Sequence[Incoming], about: About) -> ImportResult:
    """Take in texts that are all by the same observers and about the same, as `import_all` does."""
    return import_all(file, [(one, about) for one in incoming])


def import_all(
    file: ProjectFile,
    incoming: Sequence[tuple[Incoming, About | Renewal]],
    *,
    before_each: Callable[[int, Incoming], None] | None = None,
    draft: DraftId | None = None,
) -> ImportResult:
    """Take in texts as one operation: all that are not there yet, or, where something is wrong, none.

    A text that is there already (the same to the character) is told, not doubled; so is one that comes twice, but for
    rows of a table by different observers. Observers, event, session and the attributes that texts have are made if not
    there; who was present is noted where a text tells it. A `Renewal` makes a text a new version of a
    source instead. `before_each` is called on the writer's thread with the place of each text among those taken in,
    from 0, and the text; what it raises takes all of it back. The `draft` in which a text was kept goes as it comes in.
    Raises UserError for a fieldnote without an observer, a session or phase without an event, an empty text.
    """
    for one, _ in incoming:
        if not one.text.strip():
            raise UserError(f"{one.file_name or one.title} is empty: there is no text in it to code")
    taken: list[tuple[Incoming, SourceId]] = []
    known: list[tuple[Incoming, str]] = []
    renewed: list[Renewed] = []

    def work(unit: Unit) -> None:
        ties = cache(lambda about: _ties(unit, about))
        attendance = Attendance(unit)
        records: list[Record] = []
        fresh = _not_there_yet(unit, incoming, known)
        _refuse_all(unit, fresh)
        attributes = FoundAttributes(unit, (one for one, _ in fresh))
        for at, (one, about) in enumerate(fresh):
            if before_each is not None:
                before_each(at, one)
            with _naming(one, among=len(fresh)):
                values = attributes.of(one)
                whole = replace(one, notes=(*one.notes, *values.notes))
                if isinstance(about, Renewal):
                    renewal = renew(unit, whole, about)
                    renewed.append(renewal)
                    source = renewal.source
                    records += _beside(unit, new_beside(unit, one.beside, source), renewal.version)
                    records += notes_of(unit, renewal)
                else:
                    tied = ties(about)
                    present, told = attendance.of(about, tied.observers, tied.occasion)
                    whole = replace(whole, notes=(*whole.notes, *told))
                    first, *parts = _records(unit, whole, about, tied)
                    source = cast("Source", first).id
                    taken.append((whole, source))
                    records += (first, *parts, *present)
                attributes.want(source, values)
        unit.add(*sorted(records, key=lambda record: RECORDS.index(type(record))))
        attributes.write()
        drop_draft(unit, draft)

    changes = file.write("import", work)
    return ImportResult(changes, tuple(taken), tuple(known), tuple(renewed))


@contextmanager
def _naming(one: Incoming, *, among: int) -> Iterator[None]:
    """Name the file of which something cannot be kept, where it is one among several."""
    try:
        yield
    except UserError as fault:
        if among == 1:
            raise
        raise UserError(f"nothing was imported. {one.file_name or one.title}: {fault}") from None


def _refuse_all(unit: Unit, fresh: Sequence[tuple[Incoming, About | Renewal]]) -> None:
    """Raise UserError for what cannot be said of a source, naming the files of which it is said where they are many.

    A title that cannot be one is told likewise.
    """
    wrong: dict[str, list[str]] = {}
    for one, about in fresh:
        if isinstance(about, About):
            try:
                clean_name(one.title, "source")
                _refuse(unit, about)
            except UserError as fault:
                wrong.setdefault(str(fault), []).append(one.file_name or one.title)
    if wrong and len(fresh) == 1:
        raise UserError(*wrong)
    if wrong:
        raise UserError(
            "nothing was imported. "
            + " ".join(f"{_listed(names)}: {why.removesuffix('.')}." for why, names in wrong.items())
        )


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED_FILES:,} more" if len(names) > _NAMED_FILES else ""
    return ", ".join(names[:_NAMED_FILES]) + more


def _refuse(unit: Unit, about: About) -> None:
    """Raise UserError for what cannot be said of a source."""
    if about.phase is not None and about.event is None and about.session is None and unit.count(Event) != 1:
        raise UserError(f"{about.phase} what? A phase is a relation to an event: say with --event TITLE to which one")
    if about.kind is SourceKind.FIELDNOTE and not about.observers:
        raise UserError(
            "a fieldnote has an observer: say with --observer NAME who wrote it, or with --kind what else it is "
            f"({', '.join(kind for kind in SourceKind if kind is not SourceKind.FIELDNOTE)})"
        )
    if about.standing is not None and not about.observers:
        raise UserError("--standing says from where an observer writes: say with --observer NAME who that is")
    if clean_text(about.position) is not None and not about.observers:
        raise UserError("--position says where an observer was in the room: say with --observer NAME who that is")
    if about.note is not None and about.kind is not SourceKind.JOTTINGS:
        raise UserError(f"--note is for jottings from which a note was written, not for a {about.kind}")
    refuse_backwards(about.observed_from, about.observed_to, "observing")


@dataclass(frozen=True, slots=True)
class _Ties:
    """What is in the project by now of the names in an About."""

    observers: tuple[PersonId, ...]
    occasion: tuple[Event, Session | None] | None
    note: SourceId | None


def _ties(unit: Unit, about: About) -> _Ties:
    people = (ensure_person(unit, name, RoleName.OBSERVER, about.standing) for name in about.observers)
    return _Ties(
        tuple(dict.fromkeys(who.id for who in people)),
        _occasion(unit, about),
        _note(unit, about.note) if about.note is not None else None,
    )


def _not_there_yet(
    unit: Unit, incoming: Sequence[tuple[Incoming, About | Renewal]], known: list[tuple[Incoming, str]]
) -> list[tuple[Incoming, About | Renewal]]:
    hashes = [hash_text(one.text) for one, _ in incoming]
    titles = {version.text_hash: version.source for version in unit.among(SourceVersion, "text_hash", hashes)}
    seen: dict[tuple[str, tuple[str, ...]], str] = {}
    fresh = []
    for (one, about), text_hash in zip(incoming, hashes, strict=True):
        # the same short answer by somebody else, in another row of a table, is another account
        account = (text_hash, about.observers if one.row is not None and isinstance(about, About) else ())
        if text_hash in titles:
            known.append((one, unit.need(Source, titles[text_hash]).title))
        elif account in seen:
            known.append((one, seen[account]))
        else:
            seen[account] = one.title
            fresh.append((one, about))
    return fresh


def _occasion(unit: Unit, about: About) -> tuple[Event, Session | None] | None:
    if about.event is None and about.session is None and about.phase is None:
        return None
    event = ensure_event(unit, about.event) if about.event is not None else None
    session = ensure_session(unit, about.session, event) if about.session is not None else None
    if event is None and session is not None:
        event = unit.need(Event, session.event)
    if event is None:
        (event,) = unit.all(Event)
    return event, session


def _note(unit: Unit, reference: str) -> SourceId:
    note: Source = resolve(unit, kind_named("source"), reference)
    if note.kind is SourceKind.JOTTINGS:
        raise UserError(f"{shown(note.title)} are jottings themselves: name the note that was written from them")
    return note.id


def _records(unit: Unit, one: Incoming, about: About, ties: _Ties) -> Iterator[Record]:
    """The source, its first version, its ties and what its import has to say. The text is kept at once."""
    at = now()
    text_hash = unit.add_text(one.text)
    source = Source(
        id=unit.new_id(),
        title=clean_name(one.title, "source"),
        kind=about.kind,
        file_name=clean_text(one.file_name),
        original=unit.add_original(one.content, text_hash) if one.content is not None else None,
        encoding=one.encoding,
        written_at=about.written_at,
        observed_from=about.observed_from,
        observed_to=about.observed_to,
        note=ties.note,
        imported_at=at,
    )
    yield source
    version = SourceVersion(
        id=unit.new_id(),
        source=source.id,
        text_hash=text_hash,
        length=len(one.text),
        words=count_words(one.text),
        edits=one.edits.encode(),
        structure=encode(one.beside.structure),
        created_at=at,
    )
    yield version
    yield from _beside(unit, one.beside, version)
    for told in one.notes:
        yield import_note(unit, source.id, told)
    position = clean_text(about.position)
    for who in ties.observers:
        yield Authorship(id=unit.new_id(), source=source.id, person=who, position=position)
    if ties.occasion is not None:
        event, session = ties.occasion
        yield Occasion(
            id=unit.new_id(),
            source=source.id,
            event=event.id,
            session=session.id if session else None,
            phase=about.phase,
        )


def _beside(unit: Unit, beside: Beside, version: SourceVersion) -> Iterator[Record]:
    """What stands beside the text: comments as memos about their passages, pictures, layers, times."""
    authors = cache(lambda name: _author(unit, name))
    for comment in beside.comments:
        yield Memo(
            id=unit.new_id(),
            kind=MemoKind.IN_PROCESS,
            title=_titled(comment),
            text=comment.text,
            author=authors(comment.author),
            version=version.id,
            start=comment.start,
            end=comment.end,
            created_at=version.created_at,
        )
    for picture in beside.pictures:
        yield Picture(
            id=unit.new_id(),
            version=version.id,
            at=picture.at,
            content=unit.add_original(picture.content, ""),
            media_type=picture.media_type,
            name=clean_text(picture.name),
            description=clean_text(picture.description),
        )
    for time in beside.times:
        yield TimeMark(
            id=unit.new_id(),
            version=version.id,
            start=time.start,
            end=time.end,
            kind=time.kind,
            clock=time.clock,
            until=time.until,
        )
    for layer in beside.layers:
        yield Layer(id=unit.new_id(), version=version.id, start=layer.start, end=layer.end, layer=layer.layer)


def _titled(comment: Comment) -> str:
    return f"Comment of {comment.written_at[:10]}" if comment.written_at else "Comment"


def _author(unit: Unit, name: str | None) -> PersonId | None:
    """The person who wrote a comment, made if not there; a file may call people as no project does."""
    try:
        return ensure_person(unit, (name or "").replace(";", ","), None).id
    except UserError:
        return None


def correct_source(
    file: ProjectFile,
    *,
    source: str,
    edits: Iterable[tuple[int, int, str]],
    by: str | None = None,
    reason: str | None = None,
) -> ChangeSet:
    """Make a corrected version of a source: each [start, end) of the current text gives way to other words.

    Edits are in code points of the current version, sorted, and do not overlap. The versions before stay; codings
    keep the version in which they were made and follow their words, and so does how far anybody has read. Raises
    UserError where the edits do not fit the text, or take away all of it.
    """
    edits = list(edits)

    def work(unit: Unit) -> None:
        where: Source = resolve(unit, kind_named("source"), source)
        parent = heads(unit.find(SourceVersion, source=where.id))[0]
        old = unit.text(parent.text_hash)
        last = 0
        for start, end, _ in edits:
            if not last <= start <= end <= len(old):
                raise UserError(
                    f"the correction of {start} to {end} does not fit {shown(where.title)}: corrections are sorted, do "
                    f"not overlap, and lie within its {len(old):,} code points"
                )
            last = end
        text, edit_map = apply_edits(old, [(start, end, normalise(words)[0]) for start, end, words in edits])
        make_version(unit, where, parent, text, edit_map, by=by, reason=reason)

    return file.write("correct source", work)
