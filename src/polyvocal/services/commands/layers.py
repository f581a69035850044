"""Layers: marking which spans of a text are description, quoted speech, paraphrase, aside, commentary, reflection.

Spans of different layers may overlap and nest: speech is quoted within a description. Spans of one layer do not: what
is marked over a span of the same layer becomes one span with it, since a character cannot be an aside twice; to refuse
it would only make people measure. Spans that merely touch stay two: two quotations, one after the other.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.ids import LayerId, PersonId, SourceVersionId
from polyvocal.domain.records import Layer, SourceVersion
from polyvocal.domain.spans import Span
from polyvocal.domain.versions import led
from polyvocal.domain.words import LayerName
from polyvocal.services.commands.passage import Text, text_of
from polyvocal.services.references import kind_named, resolve
from polyvocal.store.file import ProjectFile
from polyvocal.store.unit import Unit


class LayerDraft(NamedTuple):
    """A span to be marked: half-open, in code points."""

    start: int
    end: int
    layer: LayerName


def mark_layers(
    file: ProjectFile, *, source: str, drafts: Sequence[LayerDraft], seen: SourceVersionId | None = None
) -> ChangeSet:
    """Mark spans of a source as layers, as one operation. Spans are of the version `seen`, else of the current one.

    What is marked so already is not marked again. Raises UserError for a span that is not in the text.
    """

    def work(unit: Unit) -> None:
        text = text_of(unit, source)
        for start, end, layer in drafts:
            _mark(unit, text, text.now(Span(start, end), seen), layer)

    return file.write("mark layers", work)


def change_layers(file: ProjectFile, references: Iterable[str], layer: LayerName) -> ChangeSet:
    """Say of some marked spans that they are another layer, as one operation. UserError where one is not there."""

    def work(unit: Unit) -> None:
        for reference in references:
            set_layer(unit, resolve(unit, kind_named("layer"), reference), layer)

    return file.write("change layers", work)


def remove_layers(file: ProjectFile, references: Iterable[str]) -> ChangeSet:
    """Unmark some spans, as one operation. UserError where one is not there."""

    def work(unit: Unit) -> None:
        unit.remove(*(resolve(unit, kind_named("layer"), reference) for reference in references))

    return file.write("remove layers", work)


def set_layer(unit: Unit, marked: Layer, layer: LayerName) -> None:
    """Make a marked span another layer, within an operation that is open."""
    if marked.layer is layer:
        return
    version = unit.need(SourceVersion, marked.version)
    text = text_of(unit, str(version.source))
    places = [place for place, _ in led(text.versions, [marked])]
    unit.change(marked, layer=layer)
    for place in places:
        _mark(unit, text, place, layer)


def _mark(unit: Unit, text: Text, span: Span, layer: LayerName) -> None:
    """Mark a span, as one with those of the same layer that it overlaps."""
    place, met = joined(unit, text, span, layer)
    if len(met) == 1 and next(led(text.versions, met))[0] == place:
        return
    unit.remove(*met)
    unit.add(
        Layer(
            id=unit.new_id(),
            version=text.version.id,
            start=place.start,
            end=place.end,
            layer=layer,
            marked_by=PersonId(unit.person) if unit.person is not None else None,
        )
    )


def joined(
    unit: Unit, text: Text, span: Span, layer: LayerName, but: LayerId | None = None
) -> tuple[Span, list[Layer]]:
    """A span with all marked ones of a layer that it overlaps, as one; and those. The one with the id `but` is no part
    of it."""
    there = (one for version in text.versions for one in unit.find(Layer, version=version.id, layer=layer))
    met = [(place, one) for place, one in led(text.versions, there) if place.overlaps(span) and one.id != but]
    whole = [span, *(place for place, _ in met)]
    return Span(min(one.start for one in whole), max(one.end for one in whole)), [one for _, one in met]
