"""The labels of list items where a file keeps how a list counts, and leaves the counting to its reader.

Lists of one pattern count on together unless one says where it starts again. After ECMA-376 part 1, 17.9, whose rules
are Word's own and so those of RTF, too.
"""

import re
from dataclasses import dataclass

from polyvocal.exchange.readers.labels import BULLET, doubled_letters, roman

_PLACEHOLDER = re.compile("%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. `form` is a number format as Word calls it; `text` is what is written, with %1 for the count
    of the outermost level; `restart` is the level after which the count begins anew, None for "any outer one"."""

    start: int
    form: str
    text: str
    restart: int | None = None
    legal: bool = False


@dataclass(frozen=True, slots=True)
class CountedList:
    """A list: the pattern by which it counts, its levels by depth from 0, and where it starts apart from those."""

    pattern: int
    levels: dict[int, Level]
    starts: dict[int, int]


class Counting:
    """Counts the items of a document's lists; ask for each item once, in the order of the text."""

    def __init__(self, lists: dict[int, CountedList]) -> None:
        self._lists = lists
        self._counts: dict[tuple[int, int], int] = {}
        self._begun: set[tuple[int, int]] = set()

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

    def _count(self, list_id: int, of: CountedList, level: int) -> None:
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
