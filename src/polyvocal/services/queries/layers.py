"""Layers: which spans of a text are description, quoted speech, an aside ...; where they are now."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from polyvocal.domain.ids import LayerId, SourceId
from polyvocal.domain.records import Layer, Person, Source, SourceVersion
from polyvocal.domain.spans import Span, union
from polyvocal.domain.versions import current, led
from polyvocal.domain.words import LayerName
from polyvocal.services.queries.setting import SourceInfo
from polyvocal.store.view import View


def layered(view: View, sources: Iterable[SourceInfo], layers: Collection[LayerName]) -> dict[SourceId, list[Span]]:
    """Which spans of the current texts are of any of some layers: sorted, apart; of sources that have any."""
    of: dict[int, list[Layer]] = {}
    for one in view.among(Layer, "layer", layers):
        of.setdefault(one.version, []).append(one)
    found = {}
    for info in sources:
        mine = [one for version in info.versions for one in of.get(version.id, ())]
        joined = union(span for span, _ in led(info.versions, mine)) if mine else []
        if joined:
            found[info.source.id] = joined
    return found


class LayerHere(NamedTuple):
    """A marked span of a source: half-open in code points of the current version; None where no words are left."""

    id: LayerId
    place: Span | None
    layer: LayerName
    marked_by: str | None


def layers_here(view: View, source: SourceId) -> tuple[LayerHere, ...]:
    """The marked spans of a source, in the order of its text; those of which no words are left come last."""
    versions = view.find(SourceVersion, source=source)
    marks = view.among(Layer, "version", [one.id for one in versions])
    places = {one.id: place for place, one in led(versions, marks)}
    found = [LayerHere(one.id, places.get(one.id), one.layer, _name(view, one)) for one in marks]
    return tuple(sorted(found, key=lambda one: _in_order(one.place, one.id)))


def layer_spans(view: View, source: SourceId) -> list[tuple[int, int, LayerName]]:
    """(start, end, layer) of the marked spans of a source in its current text, in order: for what paints them."""
    return [(*one.place, one.layer) for one in layers_here(view, source) if one.place is not None]


def _in_order(place: Span | None, identity: int) -> tuple[bool, int, int, int]:
    return (True, 0, 0, identity) if place is None else (False, place.start, -place.end, identity)


def _name(view: View, one: Layer) -> str | None:
    return view.need(Person, one.marked_by).name if one.marked_by is not None else None


class LayerRow(NamedTuple):
    """A marked span, as it is listed: half-open in code points of the current version; `gone` if no words are left."""

    id: int
    source: int
    source_title: str
    start: int
    end: int
    gone: bool
    layer: str
    text: str
    marked_by: str | None


def list_layers(view: View) -> list[LayerRow]:
    """Every marked span, by source and place, with its words."""
    rows = []
    for source in sorted(view.all(Source), key=lambda one: (one.title.casefold(), one.id)):
        found = layers_here(view, source.id)
        if not found:
            continue
        text = view.text(current(view.find(SourceVersion, source=source.id)).text_hash)
        for one in found:
            start, end = one.place or (0, 0)
            rows.append(
                LayerRow(
                    one.id,
                    source.id,
                    source.title,
                    start,
                    end,
                    one.place is None,
                    one.layer,
                    text[start:end],
                    one.marked_by,
                )
            )
    return rows
