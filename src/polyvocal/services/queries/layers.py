"""Layers: which spans of a text are description, quoted speech, an aside ...; where they are now."""

from collections.abc import Collection, Iterable

from polyvocal.domain.ids import SourceId
from polyvocal.domain.records import Layer
from polyvocal.domain.spans import Span, union
from polyvocal.domain.versions import led
from polyvocal.domain.words import LayerName
from polyvocal.services.queries.setting import SourceInfo
from polyvocal.store.view import View


def layered(view: View, sources: Iterable[SourceInfo], layers: Collection[LayerName]) -> dict[SourceId, list[Span]]:
    """Which spans of the current texts are of any of some layers: sorted, apart; of sources that have any."""
    of: dict[int, list[Layer]] = {}
    sources = tuple(sources)
    for one in view.among(Layer, "version", [version.id for info in sources for version in info.versions]):
        if one.layer in layers:
            of.setdefault(one.version, []).append(one)
    found = {}
    for info in sources:
        mine = [one for version in info.versions for one in of.get(version.id, ())]
        joined = union(span for span, _ in led(info.versions, mine)) if mine else []
        if joined:
            found[info.source.id] = joined
    return found
