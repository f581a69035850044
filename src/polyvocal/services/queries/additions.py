"""Later additions of all sources, as they are listed."""

from typing import NamedTuple

from polyvocal.domain.records import Addition, Source, SourceVersion
from polyvocal.domain.versions import current
from polyvocal.services.queries.anchored import anchored
from polyvocal.services.queries.versions import version_text
from polyvocal.store.view import View


class AdditionRow(NamedTuple):
    """A later addition, as it is listed: half-open in code points of the current version.

    Where no words of it are left, `gone` is true, and place and text are those of the version that it came with.
    """

    id: int
    source: int
    source_title: str
    start: int
    end: int
    gone: bool
    observer: str | None
    dated: str
    text: str


def list_additions(view: View) -> list[AdditionRow]:
    """Every later addition, by source and in the order in which they were made."""
    rows = []
    for source in sorted(view.all(Source), key=lambda one: (one.title.casefold(), one.id)):
        for one in anchored(view, source.id, (Addition,)):
            newest = current(view.find(SourceVersion, source=source.id)).id
            version, (start, end) = (newest, one.place) if one.place else (one.version, (one.start, one.end))
            words = version_text(view, version)[start:end]
            rows.append(
                AdditionRow(one.id, source.id, source.title, start, end, one.place is None, one.person, one.name, words)
            )
    return rows
