"""From lines to paragraphs, and to what of them is a heading or an item of a list."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from statistics import median, quantiles

from polyvocal.exchange.readers.pdf.layout import Line
from polyvocal.exchange.readers.wording import Wording

_INDENT, _ROOM = 0.6, 0.3
"""By the size of the font: from where on a line is indented, and how wide the space is before a word in it."""
_FEW_LINES, _LONGEST, _SHORT_LINE, _NARROWEST = 3, 0.85, 40, 20
"""How many lines alone do not tell how long lines are, else which share of them ends within it; how many characters a
line has after which nobody had to begin a new one, and how many at least in a narrow column."""
_SPACING = 1.17
"""By how much lines of a paragraph may be farther apart than lines mostly are."""
_OTHER_SIZE, _LARGER = 1.12, 1.18
"""By how much letters are larger that are no longer of the same paragraph, and by how much those of a heading."""
_HEADING_LINES, _HEADING_WORDS = 3, 25
_MOST_LEVELS = 6
_BULLET = re.compile("[•●○◦▪▫■□‣⁃∙·➢➔✓✗–—*o-]$")
_SURE_BULLET = re.compile("[•●○◦▪▫■□‣⁃∙➢✓✗]$")
"""Those with which no sentence and no speech begins."""
_NUMBER = re.compile(r"\(?(?:[0-9]{1,3}|[a-z]|[ivxlc]{1,6})[.)]$")
_SENTENCE_END = re.compile("[.!?:;。！？؟۔…][\"'”’»)\\]]*$")
_HYPHENS = "-\u2010\u00ad"
_WORD = re.compile(r"\w[\w'’]*")
_COMPOUND = re.compile(r"(?=\b(\w+-\w+))")
_BEFORE = re.compile(rf"(\w+)[{_HYPHENS}]$")
_SHORTEST_PART = 2


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together. `heading` and `item` are its level (from 1) as a heading or a list item, else 0."""

    lines: list[Line]
    heading: int = 0
    item: int = 0

    @property
    def first(self) -> str:
        """Its first word."""
        return self.lines[0].text.partition(" ")[0].partition("\t")[0]

    @property
    def text(self) -> str:
        """Its words as they stand in the lines."""
        return " ".join(line.text for line in self.lines)

    @property
    def size(self) -> float:
        """The size of its font."""
        return median(line.size for line in self.lines)


def paragraphs_of(lines: Sequence[Line]) -> list[Paragraph]:
    """The paragraphs of all pages. One may run on over the end of a column or a page."""
    groups = list(_groups(lines))
    found: list[Paragraph] = []
    edge = 0.0
    for group, next_edge in zip(groups, _edges(groups), strict=True):
        more = list(_within(group, next_edge))
        if found and _runs_on(found[-1].lines[-1], group[0], edge):
            found[-1].lines += more.pop(0).lines
        found += more
        edge = next_edge
    _find_items(found)
    _find_headings(found)
    return found


def _groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines below one another in even distances, of one size."""
    usual = _usual_distance(lines)
    group: list[Line] = []
    for line in lines:
        if group and not _is_even(group[-1], line, usual):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _is_below(last: Line, line: Line) -> bool:
    return line.page == last.page and line.baseline < last.baseline and line.box.shares_column(last.box)


def _usual_distance(lines: Sequence[Line]) -> float:
    """How far lines of a paragraph are apart, as a multiple of their size: what the nearer ones are."""
    distances = [
        (last.baseline - line.baseline) / line.size
        for last, line in pairwise(lines)
        if _is_below(last, line) and not _differ(last, line)
    ]
    return quantiles(distances, n=10)[2] if len(distances) > 1 else 1.2


def _differ(one: Line, other: Line) -> bool:
    return max(one.size, other.size) > _OTHER_SIZE * min(one.size, other.size)


def _is_even(last: Line, line: Line, usual: float) -> bool:
    if not _is_below(last, line) or _differ(last, line) or last.is_rtl is not line.is_rtl:
        return False
    return last.baseline - line.baseline <= _SPACING * max(usual, 1) * max(line.size, last.size)


def _edges(groups: Sequence[Sequence[Line]]) -> Iterator[float]:
    """How far the lines of each group may go: as far as most of its longest; of a few lines, as far as others of the
    page that begin where they do. Where all of these are short, each is a line of its own: there is no end to reach.
    """
    by_page: dict[int, list[Line]] = {}
    for group in groups:
        by_page.setdefault(group[0].page, []).extend(group)
    for group in groups:
        first, longest = group[0], max(line.end for line in group)
        if len(group) == _FEW_LINES and all(
            len(last.text) >= _NARROWEST and not _had_room(last, line, longest) for last, line in pairwise(group)
        ):
            yield longest  # all are full: a narrow column
        elif len(group) > _FEW_LINES:
            yield sorted(line.end for line in group)[int(_LONGEST * (len(group) - 1))]
        else:
            alike = [line for line in by_page[first.page] if abs(line.start - first.start) < line.size]
            are_short = all(len(line.text) < _SHORT_LINE for line in alike)
            yield inf if are_short else max(line.end for line in alike)


def _within(group: Sequence[Line], edge: float) -> Iterator[Paragraph]:
    """The paragraphs of a group: one begins where a line is indented, has a mark, or would have had room before."""
    lines: list[Line] = []
    for line in group:
        if lines and _begins(lines, line, edge):
            yield Paragraph(lines)
            lines = []
        lines.append(line)
    yield Paragraph(lines)


def _had_room(last: Line, line: Line, edge: float) -> bool:
    """Whether the first word of a line would have had room in the one before it."""
    return last.end + _ROOM * line.size + line.first_width < edge


def _begins(lines: Sequence[Line], line: Line, edge: float) -> bool:
    last = lines[-1]
    if "\t" in line.text or "\t" in last.text or _had_room(last, line, edge):
        return True
    if _has_mark(line.text):  # a line may begin with a number or a dash by chance
        return _SURE_BULLET.match(line.text[0]) is not None or _SENTENCE_END.search(last.text) is not None
    indent = line.start - last.start
    # after a paragraph's first line an indent of either kind is that of the paragraph
    return len(lines) > 1 and abs(indent) > _INDENT * line.size


def _runs_on(last: Line, line: Line, edge: float) -> bool:
    """Whether a paragraph goes on in the next column or on the next page."""
    if _is_below(last, line) or _differ(last, line) or _has_mark(line.text) or "\t" in last.text + line.text:
        return False
    if last.text.endswith(tuple(_HYPHENS)):
        return True
    if _SENTENCE_END.search(last.text) or _had_room(last, line, edge):
        return False
    return line.text[0].islower() or len(last.text) >= _SHORT_LINE


def _has_mark(text: str) -> bool:
    first, _, rest = text.partition(" ")
    return bool(rest) and (_BULLET.match(first) or _NUMBER.match(first)) is not None


def _kind_of_mark(paragraph: Paragraph) -> str:
    if not _has_mark(paragraph.lines[0].text):
        return ""
    return paragraph.first if _BULLET.match(paragraph.first) else "number"


def _find_items(paragraphs: Sequence[Paragraph]) -> None:
    """A paragraph with a mark is an item where that is surely a bullet, or one of two before or after has the same."""
    kinds = [_kind_of_mark(one) for one in paragraphs]
    starts: list[float] = []
    for at, (one, kind) in enumerate(zip(paragraphs, kinds, strict=True)):
        near = (*kinds[max(0, at - 2) : at], *kinds[at + 1 : at + 3])
        if not kind or not (_SURE_BULLET.match(kind) or kind in near):
            starts = starts if one.lines[0].start > min(starts, default=0) else []
            continue
        start = one.lines[0].start
        starts = [*(each for each in starts if each < start - _INDENT * one.size), start]
        one.item = min(len(starts), 9)


def _find_headings(paragraphs: Sequence[Paragraph]) -> None:
    """A short paragraph in clearly larger letters than most is a heading; the larger, the higher."""
    sizes: Counter[float] = Counter()
    for one in paragraphs:
        for line in one.lines:
            sizes[round(line.size, 1)] += len(line.text)
    if not sizes:
        return
    body = sizes.most_common(1)[0][0]
    headings = [
        one
        for one in paragraphs
        if one.size > _LARGER * body
        and not one.item
        and not one.text.endswith((".", ",", ";"))
        and len(one.lines) <= _HEADING_LINES
        and sum(line.words for line in one.lines) <= _HEADING_WORDS
        and any(letter.isalpha() for letter in one.text)
    ]
    levels: list[float] = []
    for size in sorted({one.size for one in headings}, reverse=True):
        if not levels or size < levels[-1] / 1.05:
            levels.append(size)
    for one in headings:
        one.heading = min(next(at for at, size in enumerate(levels, 1) if one.size >= size / 1.05), _MOST_LEVELS)


class Rejoined:
    """Puts lines together, and counts the words that were divided at a line's end."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.words: list[str] = []
        known: set[str] = set()
        compounds: set[str] = set()
        for line in lines:
            words = _WORD.findall(line.text)
            at_its_end = line.text.endswith(tuple(_HYPHENS))
            known.update(words[:-1] if at_its_end else words)
            if "-" in line.text:
                compounds.update(_COMPOUND.findall(line.text))
        self._known = {word.casefold() for word in known}
        self._compounds = {word.casefold() for word in compounds}

    def text(self, paragraph: Paragraph) -> Wording:
        """The words of a paragraph in one line."""
        whole = Wording()
        for line in paragraph.lines:
            if whole.length:
                whole = self._with(whole, line.wording)
            else:
                whole.add(line.wording)
        return whole

    def _with(self, whole: Wording, more: Wording) -> Wording:
        last, text = whole.text, more.text
        if last[-1] in _HYPHENS:
            before, after = _BEFORE.search(last), _WORD.match(text)
            if before and after and self._is_one(before.group(1), after.group(), last[-1]):
                self.words.append(before.group(1) + after.group())
                whole = whole.cut(0, whole.length - 1)
        elif not (last[-1] in "—/" and last[-2:-1] != " ") and not (_is_unspaced(last[-1]) and _is_unspaced(text[0])):
            whole.add(" ")
        whole.add(more)
        return whole

    def _is_one(self, before: str, after: str, hyphen: str) -> bool:
        """Whether two parts are surely one word: the hyphen is a soft one, or elsewhere it is written without it."""
        if hyphen == "\u00ad":
            return True
        if min(len(before), len(after)) < _SHORTEST_PART or not (before[-1].islower() and after[0].islower()):
            return False
        word, compound = f"{before}{after}".casefold(), f"{before}-{after}".casefold()
        return word in self._known and compound not in self._compounds


def _is_unspaced(letter: str) -> bool:
    """Whether it is of a script that is written without spaces: Chinese, Japanese, Thai, Lao, Khmer, Burmese."""
    return "\u3000" <= letter <= "\u9fff" or "\uf900" <= letter <= "\uffef" or "\u0e00" <= letter <= "\u0eff"
