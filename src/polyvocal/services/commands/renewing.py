"""A file that was changed outside the program and is imported again: a new version of the source that it was."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from polyvocal.domain.comparing import differences
from polyvocal.domain.editmap import EditMap, apply_edits
from polyvocal.domain.ids import SourceId
from polyvocal.domain.records import Code, Coding, ImportNote, Memo, Picture, Reading, Source, SourceVersion
from polyvocal.domain.spans import Span
from polyvocal.domain.structure import encode
from polyvocal.domain.text import count_words, shown
from polyvocal.domain.versions import current, map_between
from polyvocal.domain.words import Fate
from polyvocal.services.commands.incoming import Beside, Incoming, Note, Renewal
from polyvocal.services.commands.reading import read_after
from polyvocal.services.references import kind_named, resolve
from polyvocal.store.unit import Unit, hash_bytes, now

REASON = "file imported again"


@dataclass(frozen=True, slots=True)
class LostPassage:
    """A passage of which no word is left in the new version: what was made of it (a code's name, "memo"), its words."""

    made: str
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Renewed:
    """A new version of a source: how many of its passages were led along, and those whose words are gone."""

    incoming: Incoming
    source: SourceId
    title: str
    version: SourceVersion
    followed: int
    lost: tuple[LostPassage, ...]


def renew(unit: Unit, one: Incoming, renewal: Renewal) -> Renewed:
    """Make the text a new version of a source; its passages are matched by comparing. UserError for no such source."""
    source: Source = resolve(unit, kind_named("source"), renewal.source)
    versions = unit.find(SourceVersion, source=source.id)
    parent = current(versions)
    old = unit.text(parent.text_hash)
    _, edits = apply_edits(old, differences(old, one.text))
    version = SourceVersion(
        id=unit.new_id(),
        source=source.id,
        parent=parent.id,
        text_hash=unit.add_text(one.text),
        length=len(one.text),
        words=count_words(one.text),
        edits=edits.encode(),
        structure=encode(one.beside.structure),
        reason=REASON,
        created_at=now(),
    )
    unit.add(version)
    if one.content is not None:
        unit.change(
            source,
            original=unit.add_original(one.content, version.text_hash),
            encoding=one.encoding,
        )
    for reading in unit.find(Reading, source=source.id):
        unit.change(reading, **read_after(reading, edits, len(one.text)))
    followed, lost = _passages(unit, versions, parent, edits)
    return Renewed(one, source.id, source.title, version, followed, tuple(lost))


def new_beside(unit: Unit, beside: Beside, source: SourceId) -> Beside:
    """Of what stands beside a text only what a source does not have yet: a comment of other words, another picture."""
    versions = [one.id for one in unit.find(SourceVersion, source=source)]
    words = {memo.text for memo in unit.among(Memo, "version", versions)}
    pictures = {picture.content for picture in unit.among(Picture, "version", versions)}
    return Beside(
        comments=tuple(one for one in beside.comments if one.text not in words),
        pictures=tuple(one for one in beside.pictures if hash_bytes(one.content) not in pictures),
    )


def notes_of(unit: Unit, renewed: Renewed) -> Iterator[ImportNote]:
    """What the new version's import has to say that is not kept with the source yet."""
    there = {(one.what, one.how_many, one.detail) for one in unit.find(ImportNote, source=renewed.source)}
    notes = list(renewed.incoming.notes)
    if renewed.lost:
        words = "; ".join(f"{one.made}: {shown(one.words)}" for one in renewed.lost)
        notes.append(Note("passage whose words are gone", len(renewed.lost), words, Fate.LEFT_OUT))
    for one in notes:
        if (one.what, one.how_many, one.detail) not in there:
            yield ImportNote(
                id=unit.new_id(),
                source=renewed.source,
                fate=one.fate,
                what=one.what,
                how_many=one.how_many,
                detail=one.detail,
            )


def _passages(
    unit: Unit, versions: list[SourceVersion], parent: SourceVersion, edits: EditMap
) -> tuple[int, list[LostPassage]]:
    """How many codings and memos still have words, and those that had some in the parent and have none now."""
    followed, lost = 0, []
    for version in versions:
        to_parent = map_between(versions, version.id, parent.id)
        text = None
        made: list[tuple[str, int, int]] = [
            (unit.need(Code, one.code).name, one.start, one.end) for one in unit.find(Coding, version=version.id)
        ]
        made += [
            ("memo", one.start, one.end)
            for one in unit.find(Memo, version=version.id)
            if one.start is not None and one.end is not None
        ]
        for what, start, end in made:
            before = to_parent.place(Span(start, end))
            if before is None:
                continue
            if edits.place(before) is not None:
                followed += 1
                continue
            text = unit.text(version.text_hash) if text is None else text
            lost.append(LostPassage(what, text[start:end]))
    return followed, lost
