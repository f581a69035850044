"""The versions of a source: what each changed, and two of them side by side."""

from dataclasses import dataclass, field
from typing import NamedTuple

from polyvocal.domain.editmap import EditMap, Kept
from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import SourceId, SourceVersionId
from polyvocal.domain.records import Addition, Person, Source, SourceVersion
from polyvocal.domain.text import shown
from polyvocal.domain.versions import current, map_between
from polyvocal.services.references import is_id
from polyvocal.store.view import View


class VersionRow(NamedTuple):
    """A version of a source, the first being number 1.

    `places` is at how many places it differs from the one before, `removed` and `inserted` by how many code points.
    `additions` counts the stretches that an observer added with it later, `observer` at the time `dated`.
    """

    id: SourceVersionId
    source: SourceId
    source_title: str
    number: int
    parent: SourceVersionId | None
    current: bool
    created_at: int
    corrected_by: str | None
    reason: str | None
    words: int
    length: int
    places: int
    removed: int
    inserted: int
    additions: int
    observer: str | None
    dated: str | None


def list_versions(view: View, source: SourceId) -> list[VersionRow]:
    """The versions of a source, oldest first."""
    title = view.need(Source, source).title
    versions = sorted(view.find(SourceVersion, source=source), key=lambda one: (one.created_at, one.id))
    lengths = {one.id: one.length for one in versions}
    newest = current(versions)
    rows = []
    for number, one in enumerate(versions, 1):
        kept = EditMap.decode(one.edits).kept(lengths[one.parent]) if one.parent is not None else ()
        left = sum(piece.length for piece in kept) if one.parent is not None else one.length
        additions = view.find(Addition, version=one.id)
        observer = additions[0].person if additions else None
        rows.append(
            VersionRow(
                one.id,
                source,
                title,
                number,
                one.parent,
                one.id == newest.id,
                one.created_at,
                view.need(Person, one.corrected_by).name if one.corrected_by is not None else None,
                one.reason,
                one.words,
                one.length,
                len(differences(kept, lengths[one.parent], one.length)) if one.parent is not None else 0,
                lengths[one.parent] - left if one.parent is not None else 0,
                one.length - left,
                len(additions),
                view.need(Person, observer).name if observer is not None else None,
                additions[0].dated if additions else None,
            )
        )
    return rows


class Difference(NamedTuple):
    """At one place [old_start, old_end) of one text stands [new_start, new_end) of the other; either may be empty."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def differences(kept: tuple[Kept, ...], old_length: int, new_length: int) -> list[Difference]:
    """What lies between the pieces that two texts have in common, in order."""
    found, old, new = [], 0, 0
    for one in (*kept, Kept(old_length, new_length, 0)):
        if old < one.old or new < one.new:
            found.append(Difference(old, one.old, new, one.new))
        old, new = one.old + one.length, one.new + one.length
    return found


@dataclass(frozen=True, slots=True)
class TwoVersions:
    """Two versions of a source, with what they have in common, as the edits tell that led from one to the other."""

    older: str = field(repr=False)
    newer: str = field(repr=False)
    kept: tuple[Kept, ...]

    @property
    def differences(self) -> list[Difference]:
        """Where they differ."""
        return differences(self.kept, len(self.older), len(self.newer))


def compare_versions(view: View, older: SourceVersionId, newer: SourceVersionId) -> TwoVersions:
    """Read two versions of one source. UserError where they are of different sources."""
    one, other = view.need(SourceVersion, older), view.need(SourceVersion, newer)
    if one.source != other.source:
        raise UserError("the two versions are of different sources: only versions of one text are compared")
    path = map_between(view.find(SourceVersion, source=one.source), older, newer)
    return TwoVersions(view.text(one.text_hash), view.text(other.text_hash), path.kept(one.length))


def version_text(view: View, version: SourceVersionId) -> str:
    """The text of a version."""
    return view.text(view.need(SourceVersion, version).text_hash)


def need_version(view: View, reference: str) -> SourceVersion:
    """The version with an id. UserError where there is none."""
    found = view.get(SourceVersion, int(reference)) if is_id(reference) else None
    if found is None:
        raise UserError(
            f"there is no version with the id {shown(reference)}. See `polyvocal list PROJECT versions --source REF`."
        )
    return found
