"""The lists of a Word document: an item names a list (w:num) and a level; a list follows a pattern (w:abstractNum)."""

from lxml.etree import _Element

from polyvocal.exchange.readers.counting import CountedList, Counting, Level
from polyvocal.exchange.readers.word.names import attribute, child, is_on, name_of, number


def numbering(root: _Element | None) -> Counting:
    """What counts the items of a document whose numbering part this is; None where it has none."""
    lists: dict[int, CountedList] = {}
    patterns: dict[int, _Element] = {}
    by_style: dict[str, int] = {}
    elements = list(root) if root is not None else []
    for element in elements:
        identity = number(element, "w:abstractNumId")
        if name_of(element) == "w:abstractNum" and identity is not None:
            patterns[identity] = element
            style = child(element, "w:styleLink")
            if style is not None:
                by_style[attribute(style, "w:val") or ""] = identity
    for element in elements:
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
        lists[identity] = CountedList(pattern, levels, starts)
    return Counting(lists)


def _levels(pattern: _Element) -> dict[int, Level]:
    return {
        identity: _level(element)
        for element in pattern
        if name_of(element) == "w:lvl" and (identity := number(element, "w:ilvl")) is not None
    }


def _level(element: _Element) -> Level:
    form, text = child(element, "w:numFmt"), child(element, "w:lvlText")
    start = number(child(element, "w:start"))
    return Level(
        0 if start is None else start,
        (attribute(form, "w:val") if form is not None else None) or "decimal",
        (attribute(text, "w:val") if text is not None else None) or "",
        number(child(element, "w:lvlRestart")),
        is_on(child(element, "w:isLgl")),
    )
