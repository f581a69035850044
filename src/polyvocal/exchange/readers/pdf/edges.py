"""Running heads and feet, and page numbers: what stands at the edge of most pages."""

import re
from collections import Counter
from collections.abc import Sequence

from polyvocal.exchange.readers.pdf.layout import Line

_FEWEST_PAGES = 3
_SHARE = 0.4
"""Left and right pages may have heads of their own, and the first page of a chapter none."""
_UPPER, _LOWER = (0, 1), (-1, -2)
_FEWEST_LINES = 4
_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile("[ivxlc]+", re.IGNORECASE)


def without_edges(pages: Sequence[Sequence[Line]]) -> tuple[list[Line], list[str]]:
    """The lines that belong to the text, in their order, and the words of the others, each once.

    A line is one of the others if most pages (or every other page) have the same at that edge, whatever its number;
    and so the next line, where the one outside of it was. Pages of a few lines have no edges of their own.
    """
    by_height = [sorted(page, key=lambda line: -line.box.top) for page in pages]
    full = [page for page in by_height if len(page) >= _FEWEST_LINES]
    fewest = max(_FEWEST_PAGES, len(full) * _SHARE)
    counts = Counter(key for page in full for key in {_alike(page[at].text) for at in (*_UPPER, *_LOWER)})
    left_out: dict[int, str] = {}
    for page in by_height:
        for edge in (_UPPER, _LOWER):
            for at in edge:
                if not -len(page) <= at < len(page) or counts[_alike(page[at].text)] < fewest:
                    break
                left_out[id(page[at])] = page[at].text
    words = {_alike(text): text for text in reversed(left_out.values())}
    return [line for page in pages for line in page if id(line) not in left_out], list(words.values())[::-1]


def _alike(text: str) -> str:
    """What is the same on every page: without numbers."""
    if _ROMAN.fullmatch(text):
        return "#"
    return " ".join(_DIGITS.sub("#", text.casefold()).split())
