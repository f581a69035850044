"""The sections of a fieldnote template that was filled in: each is a kind of writing."""

from typing import NamedTuple

from polyvocal.domain.spans import Span
from polyvocal.domain.structure import PieceKind, Structure
from polyvocal.exchange.about.template_words import SECTIONS, TITLE, TemplateSection, bare, is_guidance
from polyvocal.services.commands.incoming import FoundLayer
from polyvocal.services.references import folded

_BY_HEADING = {folded(one.heading): one for one in SECTIONS}
_FEWEST = 2
"""Of the template's headings so many must be there for a text to be taken for one that was filled in."""


class Sections(NamedTuple):
    """What kind of writing is where, and the template's own words: guidance, and headings with nothing below."""

    layers: tuple[FoundLayer, ...] = ()
    guidance: tuple[Span, ...] = ()


class _Line(NamedTuple):
    start: int
    end: int
    """with its line end"""
    words: str


def read_sections(text: str, structure: Structure, *, start: int = 0) -> Sections:
    """The sections behind code point `start`; only guidance where the text does not have the template's headings."""
    headings = {one.start for one in structure if one.kind is PieceKind.HEADING}
    lines = _lines(text)
    begins = [
        (number, section)
        for number, line in enumerate(lines)
        if line.start >= start and (section := _section(lines, number, headings)) is not None
    ]
    if len({section.heading for _, section in begins}) < _FEWEST:
        sentences = (line for line in lines if is_guidance(line.words) and bare(line.words) != TITLE)
        return Sections(guidance=tuple(Span(line.start, line.end) for line in sentences))
    guidance = [Span(line.start, line.end) for line in lines[: begins[0][0]] if is_guidance(line.words)]
    layers = []
    ends = [*(number for number, _ in begins[1:]), len(lines)]
    for (number, section), end in zip(begins, ends, strict=True):
        written = []
        for line in lines[number + 1 : end]:
            at = line.words.find(section.guidance)
            if at < 0:
                written.append(Span(line.start, line.end))
                continue
            cut = Span(line.start + at, line.start + at + len(section.guidance))
            is_all = not bare(line.words.replace(section.guidance, ""))
            guidance.append(Span(line.start, line.end) if is_all else cut)
            if not is_all:
                written.append(Span(line.start, line.end))
        filled = [one for one in written if text[one.start : one.end].strip()]
        if filled:
            whole = text[filled[0].start : filled[-1].end]
            layers.append(FoundLayer(filled[0].start, filled[0].start + len(whole.rstrip()), section.layer))
        else:
            guidance.append(Span(lines[number].start, lines[number].end))
    return Sections(tuple(layers), tuple(guidance))


def _section(lines: list[_Line], number: int, headings: set[int]) -> TemplateSection | None:
    """The section that a line begins: a heading, or, where the styles are gone, a line above the section's guidance."""
    line = lines[number]
    section = _BY_HEADING.get(folded(bare(line.words)))
    if section is None or line.start in headings or line.words.startswith("#"):
        return section
    below = next((other.words for other in lines[number + 1 :] if other.words.strip()), "")
    return section if section.guidance in below else None


def _lines(text: str) -> list[_Line]:
    lines, at = [], 0
    for line in text.split("\n"):
        end = min(at + len(line) + 1, len(text))
        lines.append(_Line(at, end, line))
        at = end
    return lines
