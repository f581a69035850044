"""Layers: marking which spans of a text are description, quoted speech, paraphrase, aside, commentary, reflection.

Spans of different layers may overlap and nest: speech is quoted within a description. Spans of one layer do not: what
is marked over a span of the same layer becomes one span with it, since a character cannot be an aside twice; to refuse
it would only make people measure. Spans that merely touch stay two: two quotations, one after the other.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.ids import PersonId, SourceVersionId
from polyvocal.domain.records import Layer, Memo, SourceVersion
from polyvocal.domain.spans import Span
from polyvocal.domain.versions import led
from polyvocal.domain.words import LayerName
from polyvocal.services.commands.passage import Text, text_of
from polyvocal.services.commands.removal import remove_free
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
    """Unmark some spans, as one operation. UserError where one is not there, or where a memo is about one."""

    def work(unit: Unit) -> None:
        remove_free(unit, *(resolve(unit, kind_named("layer"), reference) for reference in references))

    return file.write("remove layers", work)


def set_layer(unit: Unit, marked: Layer, layer: LayerName) -> None:
    """Make a marked span another layer, within an operation that is open."""
    if marked.layer is layer:
        return
    version = unit.need(SourceVersion, marked.version)
    text = text_of(unit, str(version.source))
    changed = unit.change(marked, layer=layer)
    for place, _ in led(text.versions, [marked]):
        cover(unit, text, changed, place)


def _mark(unit: Unit, text: Text, span: Span, layer: LayerName) -> None:
    """Mark a span: the first of the same layer that it overlaps grows over it."""
    met = _met(unit, text, span, layer)
    if met:
        place, first = met[0]
        cover(unit, text, first, _around(span, place))
        return
    unit.add(
        Layer(
            id=unit.new_id(),
            version=text.version.id,
            start=span.start,
            end=span.end,
            layer=layer,
            marked_by=PersonId(unit.person) if unit.person is not None else None,
        )
    )


def cover(unit: Unit, text: Text, marked: Layer, span: Span) -> Layer:
    """Let a marked span lie at another one, as one with those of its layer that it overlaps there.

    Memos about those are about it then.
    """
    met = [(place, one) for place, one in _met(unit, text, span, marked.layer) if one.id != marked.id]
    for _, one in met:
        for memo in unit.find(Memo, about=one.id):
            unit.change(memo, about=marked.id)
        unit.remove(one)
    whole = _around(span, *(place for place, _ in met))
    if [place for place, _ in led(text.versions, [marked])] == [whole]:
        return marked
    return unit.change(marked, version=text.version.id, start=whole.start, end=whole.end)


def _met(unit: Unit, text: Text, span: Span, layer: LayerName) -> list[tuple[Span, Layer]]:
    """The spans that are marked as a layer and overlap one, with where they are now."""
    there = (one for version in text.versions for one in unit.find(Layer, version=version.id, layer=layer))
    return [(place, one) for place, one in led(text.versions, there) if place.overlaps(span)]


def _around(*spans: Span) -> Span:
    return Span(min(one.start for one in spans), max(one.end for one in spans))
