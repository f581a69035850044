"""Running heads and feet, and page numbers: what stands at the edge of most pages."""

import re
from collections import Counter
from collections.abc import Sequence

from polyvocal.exchange.readers.pdf.layout import Line

_FEWEST_PAGES = 3
_SHARE = 0.4
"""Left and right pages may have heads of their own, and the first page of a chapter none."""
_AT_THE_EDGE = 2
_FEWEST_LINES = 4
_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile("[ivxlc]+", re.IGNORECASE)


def without_edges(pages: Sequence[Sequence[Line]]) -> tuple[list[Line], list[str]]:
    """The lines that belong to the text, in their order, and the words of the others, each once.

    A line is one of the others if it is among the two uppermost or lowest, and most pages (or every other page) have
    there the same, whatever its number. Pages of a few lines have no edges of their own.
    """
    found = [_edges(page) for page in pages]
    full = [edges for page, edges in zip(pages, found, strict=True) if len(page) >= _FEWEST_LINES]
    counts = Counter(key for edges in full for key in set(edges.values()))
    often = {key for key, count in counts.items() if count >= max(_FEWEST_PAGES, len(full) * _SHARE)}
    kept: list[Line] = []
    left_out: dict[str, str] = {}
    for page, edges in zip(pages, found, strict=True):
        for at, line in enumerate(page):
            if edges.get(at) in often:
                left_out.setdefault(edges[at], line.text)
            else:
                kept.append(line)
    return kept, list(left_out.values())


def _edges(page: Sequence[Line]) -> dict[int, str]:
    """The lines at the edges, by their places in the page; what they say, with # for numbers."""
    by_height = sorted(range(len(page)), key=lambda at: -page[at].box.top)
    at_edges = {*by_height[:_AT_THE_EDGE], *by_height[-_AT_THE_EDGE:]}
    return {at: _alike(page[at].text) for at in at_edges}


def _alike(text: str) -> str:
    """What is the same on every page: without numbers."""
    if _ROMAN.fullmatch(text):
        return "#"
    return " ".join(_DIGITS.sub("#", text.casefold()).split())
