"""Which version of a source is the current one, and where a place of one version is in another."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from polyvocal.domain.editmap import EditMap
from polyvocal.domain.errors import BugError
from polyvocal.domain.ids import SourceVersionId
from polyvocal.domain.records import SourceVersion
from polyvocal.domain.spans import Span
from polyvocal.domain.structure import Structure, decode, follow


class Marked(Protocol):
    """A record about a span of a version."""

    @property
    def version(self) -> SourceVersionId: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


M = TypeVar("M", bound=Marked)


def heads(versions: Iterable[SourceVersion]) -> list[SourceVersion]:
    """The versions that no other was made from, newest first; more than one where corrections were made apart."""
    versions = list(versions)
    parents = {version.parent for version in versions}
    ends = [version for version in versions if version.id not in parents]
    return sorted(ends, key=lambda version: (version.created_at, version.id), reverse=True)


def current(versions: Sequence[SourceVersion]) -> SourceVersion:
    """The version that is shown: the newest head."""
    return versions[0] if len(versions) == 1 else heads(versions)[0]


def map_between(versions: Iterable[SourceVersion], older: SourceVersionId, newer: SourceVersionId) -> EditMap:
    """The map from one version's text to another's, by way of the last version that both stem from."""
    by_id = {version.id: version for version in versions}

    def ancestry(at: SourceVersionId | None) -> list[SourceVersion]:
        line: list[SourceVersion] = []
        while at is not None:
            version = by_id.get(at)
            if version is None or version in line:
                raise BugError("the versions of a source do not form a tree: run `polyvocal check`")
            line.append(version)
            at = version.parent
        return line

    up, down = ancestry(older), ancestry(newer)
    shared = {version.id for version in up} & {version.id for version in down}
    if not shared:
        raise BugError("two versions of a source have no common ancestor: run `polyvocal check`")
    path = EditMap()
    for version in up:
        if version.id in shared:
            break
        path = path.then(EditMap.decode(version.edits).inverse())
    for version in reversed([version for version in down if version.id not in shared]):
        path = path.then(EditMap.decode(version.edits))
    return path


def structure_of(versions: Iterable[SourceVersion], version: SourceVersion) -> Structure:
    """The structure of a version: that of the nearest version before it that has one, led through the corrections."""
    by_id = {one.id: one for one in versions}
    at: SourceVersion | None = version
    while at is not None and at.structure is None:
        at = by_id.get(at.parent) if at.parent is not None else None
    if at is None:
        return ()
    return follow(decode(at.structure), map_between(by_id.values(), at.id, version.id))


def led(versions: Sequence[SourceVersion], marked: Iterable[M]) -> Iterator[tuple[Span, M]]:
    """Where spans are in the current version, in code points; those of which nothing is left are not among them."""
    newest = current(versions).id
    maps: dict[SourceVersionId, EditMap] = {newest: EditMap()}
    for one in marked:
        path = maps.get(one.version)
        if path is None:
            path = maps[one.version] = map_between(versions, one.version, newest)
        place = path.place(Span(one.start, one.end))
        if place is not None:
            yield place, one
