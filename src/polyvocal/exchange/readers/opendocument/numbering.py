"""The labels of list items and of numbered headings: a document keeps how a list counts, and leaves the counting to
the reader.

After OpenDocument 1.3 part 3, 5.3 and 19.880: a list has a style, which has a form for each level. Lists within lists
count for themselves, and begin again behind the next item of the list around them. A list may go on where another
one ended.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from lxml.etree import _Element

from polyvocal.exchange.readers.labels import BULLET, letters, roman
from polyvocal.exchange.readers.opendocument.names import attribute, name_of, number

_LEVEL_KINDS = {
    "text:list-level-style-number": "number",
    "text:outline-level-style": "number",
    "text:list-level-style-bullet": "bullet",
    "text:list-level-style-image": "bullet",
}
_PLACEHOLDER = re.compile("%([0-9]{1,2})%")
OUTLINE = "Outline"
"""The style by which headings count, whatever a file calls it."""


@dataclass(frozen=True, slots=True)
class _Level:
    is_bullet: bool
    form: str
    prefix: str
    suffix: str
    shown: int
    start: int
    pattern: str | None


class Place(NamedTuple):
    """Where an item is: which list counts it, by which style, how deep (1 is outermost)."""

    list_id: int
    style: str
    level: int


class Numbering:
    """Counts the items of a document's lists; ask for each item once, in the order of the text."""

    def __init__(self, groups: Iterable[_Element]) -> None:
        self._styles: dict[str, dict[int, _Level]] = {}
        for group in groups:
            for style in group:
                kind = name_of(style)
                if kind in ("text:list-style", "text:outline-style"):
                    name = OUTLINE if kind == "text:outline-style" else attribute(style, "style:name") or ""
                    self._styles[name] = {
                        number(level, "text:level") or 1: _level(level)
                        for level in style
                        if name_of(level) in _LEVEL_KINDS
                    }
        self._headings = Place(0, OUTLINE, 1)
        self._counts: dict[int, dict[int, int]] = {0: {}}
        self._by_id: dict[str, int] = {}
        self._last: dict[str, int] = {OUTLINE: 0}

    def enter(self, element: _Element, around: Place | None) -> Place:
        """The place of the items of a text:list that lies within an item of another list, or in none."""
        style = attribute(element, "text:style-name") or (around.style if around is not None else "")
        if around is not None and around.style == style:
            list_id = around.list_id
        elif (before := self._by_id.get(attribute(element, "text:continue-list") or "")) is not None:
            list_id = before
        elif style in self._last and (attribute(element, "text:continue-numbering") == "true" or style == OUTLINE):
            list_id = self._last[style]
        else:
            list_id = len(self._counts)
            self._counts[list_id] = {}
        self._last[style] = list_id
        identity = attribute(element, "xml:id")
        if identity is not None:
            self._by_id[identity] = list_id
        return Place(list_id, style, around.level + 1 if around is not None else 1)

    def heading(self, level: int, start: int | None) -> str:
        """The label of the next heading that is in no list; mostly there is none."""
        return self.label(self._headings._replace(level=level), start) if OUTLINE in self._styles else ""

    def label(self, place: Place, start: int | None) -> str:
        """The next item's label: "2.", "b)", "-" for a bullet, "" for none; counted from `start` where that is given.

        Where there was no item yet on a level around this one, one counts nevertheless, as in LibreOffice.
        """
        levels, counts = self._styles.get(place.style, {}), self._counts[place.list_id]
        own = levels.get(place.level)
        if start is not None:
            counts[place.level] = start
        elif place.level in counts:
            counts[place.level] += 1
        else:
            counts[place.level] = own.start if own is not None else 1
        for around in range(1, place.level):
            counts.setdefault(around, levels[around].start if around in levels else 1)
        for deeper in [level for level in counts if level > place.level]:
            del counts[deeper]
        if own is None or own.is_bullet:
            return BULLET if place.style != OUTLINE else ""

        def counted(level: int) -> str:
            return _written(counts[level], levels[level].form) if level in counts and level in levels else ""

        if own.pattern is not None and own.form:
            return _PLACEHOLDER.sub(lambda match: counted(int(match.group(1))), own.pattern).strip()
        shown = (counted(level) for level in range(max(1, place.level - own.shown + 1), place.level + 1))
        middle = ".".join(one for one in shown if one) if own.form else ""
        return f"{own.prefix}{middle}{own.suffix}".strip()


def _level(element: _Element) -> _Level:
    start, shown = number(element, "text:start-value"), number(element, "text:display-levels")
    return _Level(
        _LEVEL_KINDS[name_of(element)] == "bullet",
        attribute(element, "style:num-format") or "",
        attribute(element, "style:num-prefix") or "",
        attribute(element, "style:num-suffix") or "",
        1 if shown is None else shown,
        1 if start is None else start,
        attribute(element, "style:num-list-format") or attribute(element, "loext:num-list-format"),
    )


def _written(count: int, form: str) -> str:
    """A count in a form; in plain numbers where the form is not known here."""
    if form in ("a", "A"):
        return letters(count) if form == "a" else letters(count).upper()
    if form in ("i", "I"):
        return roman(count) if form == "i" else roman(count).upper()
    return str(count) if form else ""
