"""What a text itself says of its layers: proposed only, and taken by `mark_layers`."""

from polyvocal.domain.ids import SourceId
from polyvocal.domain.layers import LayerProposal, proposed_layers
from polyvocal.domain.records import Layer, SourceVersion
from polyvocal.domain.spans import touches, union
from polyvocal.domain.versions import current, led, structure_of
from polyvocal.domain.words import LayerName
from polyvocal.store.view import View


def layer_proposals(view: View, source: SourceId) -> tuple[LayerProposal, ...]:
    """What the text of a source itself says of its layers, but for what is marked so already, even in part."""
    versions = view.find(SourceVersion, source=source)
    newest = current(versions)
    marked: dict[LayerName, list[tuple[int, int]]] = {}
    for place, one in led(versions, view.among(Layer, "version", [version.id for version in versions])):
        marked.setdefault(one.layer, []).append(place)
    joined = {layer: union(spans) for layer, spans in marked.items()}
    return tuple(
        one
        for one in proposed_layers(view.text(newest.text_hash), structure_of(versions, newest))
        if not touches(joined.get(one.layer, ()), one.start, one.end)
    )
