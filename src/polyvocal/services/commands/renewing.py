"""A file that was changed outside the program and is imported again: a new version of the source that it was."""

from collections.abc import Iterator
from dataclasses import dataclass

from polyvocal.domain.comparing import differences
from polyvocal.domain.editmap import apply_edits
from polyvocal.domain.errors import BugError
from polyvocal.domain.ids import SourceId
from polyvocal.domain.records import ImportNote, Memo, Picture, Source, SourceVersion
from polyvocal.domain.structure import encode
from polyvocal.domain.text import shown
from polyvocal.domain.versions import current
from polyvocal.domain.words import Fate
from polyvocal.services.commands.correcting import make_version
from polyvocal.services.commands.incoming import Beside, Incoming, Note, Renewal, import_note
from polyvocal.services.queries.anchored import LostPassage, anchored, with_words
from polyvocal.services.references import kind_named, resolve
from polyvocal.store.unit import Unit, hash_bytes

REASON = "file imported again"


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
    parent = current(unit.find(SourceVersion, source=source.id))
    lost_before = {each.id for each in anchored(unit, source.id) if each.place is None}
    old = unit.text(parent.text_hash)
    _, edits = apply_edits(old, differences(old, one.text))
    version = make_version(unit, source, parent, one.text, edits, reason=REASON, structure=encode(one.beside.structure))
    if version is None:
        raise BugError("a text that is there to the character was to become a new version of itself")
    if one.content is not None:
        unit.change(
            source,
            original=unit.add_original(one.content, version.text_hash),
            encoding=one.encoding,
        )
    after = anchored(unit, source.id)
    lost = with_words(unit, source.id, (each for each in after if each.place is None and each.id not in lost_before))
    followed = sum(each.place is not None for each in after)
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
            yield import_note(unit, renewed.source, one)
