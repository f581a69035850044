"""The labels of list items: Word keeps how a list counts, and leaves the counting to the reader.

After ECMA-376 part 1, 17.9: an item names a list (w:num) and a level; the list follows a pattern (w:abstractNum), and
lists of one pattern count on together unless one says where it starts again.
"""

import re
from dataclasses import dataclass

from lxml.etree import _Element

from polyvocal.exchange.readers.labels import BULLET, doubled_letters, roman
from polyvocal.exchange.readers.word.names import attribute, child, is_on, name_of, number

_PLACEHOLDER = re.compile("%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    restart: int | None
    legal: bool


@dataclass(frozen=True, slots=True)
class _List:
    pattern: int
    levels: dict[int, _Level]
    starts: dict[int, int]


class Numbering:
    """Counts the items of a document's lists; ask for each item once, in the order of the text."""

    def __init__(self, root: _Element | None) -> None:
        self._lists: dict[int, _List] = {}
        self._counts: dict[tuple[int, int], int] = {}
        self._begun: set[tuple[int, int]] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: _Element) -> None:
        patterns: dict[int, _Element] = {}
        by_style: dict[str, int] = {}
        for element in root:
            identity = number(element, "w:abstractNumId")
            if name_of(element) == "w:abstractNum" and identity is not None:
                patterns[identity] = element
                style = child(element, "w:styleLink")
                if style is not None:
                    by_style[attribute(style, "w:val") or ""] = identity
        for element in root:
            identity, pattern = number(element, "w:numId"), number(child(element, "w:abstractNumId"))
            if name_of(element) != "w:num" or identity is None or pattern not in patterns:
                continue
            link = child(patterns[pattern], "w:numStyleLink")
            if link is not None:
                pattern = by_style.get(attribute(link, "w:val") or "", pattern)
            levels, starts = _levels(patterns[pattern]), {}
            for change in element:
                level = number(change, "w:ilvl")
                if name_of(change) != "w:lvlOverride" or level is None:
                    continue
                start, other = number(child(change, "w:startOverride")), child(change, "w:lvl")
                if other is not None:
                    levels[level] = _level(other)
                if start is not None:
                    starts[level] = start
            self._lists[identity] = _List(pattern, levels, starts)

    def label(self, list_id: int, level: int) -> str | None:
        """The next item's label: "2.", "(b)", "-" for a bullet, "" for none; None where the list is not described."""
        of = self._lists.get(list_id)
        if of is None or level not in of.levels:
            return None
        self._count(list_id, of, level)
        shown = of.levels[level]
        if shown.form == "bullet":
            return BULLET

        def counted(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            known = of.levels.get(at)
            form = "decimal" if shown.legal or known is None else known.form
            return _written(self._counts.get((of.pattern, at), known.start if known else 1), form)

        return _PLACEHOLDER.sub(counted, shown.text).strip()

    def _count(self, list_id: int, of: _List, level: int) -> None:
        at = (of.pattern, level)
        if level in of.starts and (list_id, level) not in self._begun:
            self._counts[at] = of.starts[level]
        elif at in self._counts:
            self._counts[at] += 1
        else:
            self._counts[at] = of.levels[level].start
        self._begun.add((list_id, level))
        for deeper, known in of.levels.items():
            if deeper > level and (known.restart is None or level < known.restart):
                self._counts.pop((of.pattern, deeper), None)


def _levels(pattern: _Element) -> dict[int, _Level]:
    return {
        identity: _level(element)
        for element in pattern
        if name_of(element) == "w:lvl" and (identity := number(element, "w:ilvl")) is not None
    }


def _level(element: _Element) -> _Level:
    form, text = child(element, "w:numFmt"), child(element, "w:lvlText")
    start = number(child(element, "w:start"))
    return _Level(
        0 if start is None else start,
        (attribute(form, "w:val") if form is not None else None) or "decimal",
        (attribute(text, "w:val") if text is not None else None) or "",
        number(child(element, "w:lvlRestart")),
        is_on(child(element, "w:isLgl")),
    )


def _written(count: int, form: str) -> str:
    """A count as Word writes it; the forms that are not known here as plain numbers."""
    if form == "none":
        return ""
    if form == "decimalZero":
        return f"{count:02}"
    if form in ("lowerLetter", "upperLetter"):
        return doubled_letters(count) if form == "lowerLetter" else doubled_letters(count).upper()
    if form in ("lowerRoman", "upperRoman"):
        return roman(count) if form == "lowerRoman" else roman(count).upper()
    return str(count)
