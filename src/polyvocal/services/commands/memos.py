"""Memos."""

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import AnyId, PersonId, SourceVersionId
from polyvocal.domain.record import Record
from polyvocal.domain.records import Memo
from polyvocal.domain.spans import Span
from polyvocal.domain.text import clean_name, normalise
from polyvocal.domain.words import MemoKind, RoleName
from polyvocal.services.commands.passage import Passage, text_of
from polyvocal.services.commands.people import ensure_person
from polyvocal.services.references import kind_named, resolve
from polyvocal.store.file import ProjectFile
from polyvocal.store.schema import kind_of
from polyvocal.store.unit import Unit, now


def add_memo(
    file: ProjectFile,
    *,
    text: str,
    kind: MemoKind = MemoKind.IN_PROCESS,
    title: str | None = None,
    author: str | None = None,
    about: tuple[str, str] | None = None,
    passage: Passage | None = None,
) -> ChangeSet:
    """Write a memo; `about` is (kind, reference) of what it is attached to; with neither it is a free one.

    Raises UserError for an empty one, and where what it is about is not there.
    """

    def work(unit: Unit) -> None:
        target = resolve(unit, kind_named(about[0]), about[1]) if about else None
        who = ensure_person(unit, author, RoleName.CODER) if author is not None else None
        if who is not None and unit.person is None:
            unit.person = who.id
        new_memo(unit, text=text, kind=kind, title=title, author=who.id if who else None, about=target, passage=passage)

    return file.write("add memo", work)


def new_memo(
    unit: Unit,
    *,
    text: str,
    author: PersonId | None,
    kind: MemoKind = MemoKind.IN_PROCESS,
    title: str | None = None,
    about: Record | None = None,
    passage: Passage | None = None,
) -> None:
    """A memo, within an operation that is open, as `add_memo` writes one."""
    if not text.strip():
        raise UserError("the memo is empty: write what it is to say")
    unit.add(
        Memo(
            id=unit.new_id(),
            kind=kind,
            title=clean_name(title, "memo") if title else None,
            text=normalise(text)[0],
            author=author,
            about=AnyId(about.id) if about else None,
            about_kind=kind_of(type(about)) if about else None,
            version=_version_of(unit, passage) if passage else None,
            start=passage.start if passage else None,
            end=passage.end if passage else None,
            created_at=now(),
        )
    )


def _version_of(unit: Unit, passage: Passage) -> SourceVersionId:
    """The version that was seen: a memo is kept also where its words were corrected away meanwhile."""
    return text_of(unit, passage.source).seen_as(passage.seen, Span(passage.start, passage.end)).id
