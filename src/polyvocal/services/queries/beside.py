"""What stands beside a text, at its current places: memos about passages, pictures that were in the file."""

from dataclasses import dataclass, field
from typing import NamedTuple

from polyvocal.domain.editmap import EditMap
from polyvocal.domain.ids import AdditionId, MemoId, PictureId, SourceId, SourceVersionId
from polyvocal.domain.records import Addition, Memo, Person, Picture, SourceVersion
from polyvocal.domain.spans import Span
from polyvocal.domain.versions import current, map_between
from polyvocal.store.view import View


@dataclass(frozen=True, slots=True)
class MemoHere:
    """A memo about a source or about a passage of it.

    `place` is half-open in code points of the current version: None where it is about the whole source, and where
    nothing of its passage is left; `words` are those of the passage as it was when the memo was written.
    """

    memo: Memo = field(repr=False)
    author: str | None
    place: Span | None
    words: str = field(repr=False)

    @property
    def id(self) -> MemoId:
        return self.memo.id


class PictureHere(NamedTuple):
    """A picture before the code point `at` of the current version; `content` is the hash of its bytes."""

    id: PictureId
    at: int
    content: str
    media_type: str
    name: str | None
    description: str | None

    @property
    def place(self) -> Span:
        """Where it stands: a place between two code points."""
        return Span(self.at, self.at)


class Added(NamedTuple):
    """A later addition at its place in the current version, [start, end) in code points."""

    id: AdditionId
    start: int
    end: int
    observer: str | None
    dated: str


class _Places:
    """Where the places of a source's versions are in its current one."""

    def __init__(self, view: View, source: SourceId) -> None:
        self._view = view
        self.versions = view.find(SourceVersion, source=source)
        self._newest = current(self.versions)
        self._maps: dict[SourceVersionId, EditMap] = {}

    def map_from(self, version: SourceVersionId) -> EditMap:
        if version not in self._maps:
            self._maps[version] = map_between(self.versions, version, self._newest.id)
        return self._maps[version]

    def text_of(self, version: SourceVersionId) -> str:
        return self._view.text(next(one for one in self.versions if one.id == version).text_hash)


def memos_here(view: View, source: SourceId) -> list[MemoHere]:
    """The memos about a source and its passages: of the whole first, then in the order of the text, the lost last."""
    places = _Places(view, source)
    found = [MemoHere(one, _name(view, one), None, "") for one in view.find(Memo, about=source)]
    for version in places.versions:
        memos = view.find(Memo, version=version.id)
        text = places.text_of(version.id) if memos else ""
        for one in memos:
            start, end = one.start or 0, one.end or 0
            place = places.map_from(version.id).place(Span(start, end))
            found.append(MemoHere(one, _name(view, one), place, text[start:end]))
    return sorted(found, key=_order)


def _name(view: View, memo: Memo) -> str | None:
    return view.need(Person, memo.author).name if memo.author is not None else None


def _order(one: MemoHere) -> tuple[int, int, int]:
    if one.place is not None:
        return 1, one.place.start, one.id
    return (0 if one.memo.version is None else 2), 0, one.id


def pictures_here(view: View, source: SourceId) -> list[PictureHere]:
    """The pictures of a source in the order of its text."""
    places = _Places(view, source)
    found = []
    for version in places.versions:
        for one in view.find(Picture, version=version.id):
            at = places.map_from(version.id).point(one.at)
            found.append(PictureHere(one.id, at, one.content, one.media_type, one.name, one.description))
    return sorted(found, key=lambda one: (one.at, one.id))


def additions_here(view: View, source: SourceId) -> list[Added]:
    """What was added to a source later, as far as it is left, in the order of its text."""
    places = _Places(view, source)
    found = []
    for version in places.versions:
        for one in view.find(Addition, version=version.id):
            place = places.map_from(version.id).place(Span(one.start, one.end))
            if place is not None:
                who = view.need(Person, one.person).name if one.person is not None else None
                found.append(Added(one.id, place.start, place.end, who, one.dated))
    return sorted(found, key=lambda one: (one.start, one.id))
