"""The head of a text: lines such as "Observer: Ines", or the rows of a table such as "Observer | Ines".

The rule. Only the beginning of a text is looked at: after headings, and after one line of at most twelve words in
which no colon stands, if there is one. From there a head is a run of lines, up to the first blank line, each with a
label and words, set apart by a colon (": ", or the words on the lines below a label) or by " | " in a table. It is a
head only if at least two different labels in it are known (`keywords.LABELS`), or one that can mean nothing else
(`_CLEAR`) which stands alone before a blank line. A label that stands there twice makes it a dialogue, and words that
end in "?" or "!" or are very long make it no head either. Labels that are not known stay in the text, where they are.
Hints of the fieldnote template, which nobody wrote, belong to the head; boxes to tick go on from the line above them.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from polyvocal.domain.spans import Span
from polyvocal.domain.structure import PieceKind, Structure
from polyvocal.exchange.about.found import Claim, Key, Origin
from polyvocal.exchange.about.keywords import LABELS, LONGEST_LABEL, plain
from polyvocal.exchange.about.template_words import has_boxes, is_guidance, without_hints

_CLEAR = frozenset({Key.OBSERVER, Key.EVENT, Key.WRITTEN_AT})
_LOOKED_AT = 16_384
_LONGEST = {Key.PRESENT: 4_000, Key.POSITION: 400, Key.EVENT: 400}
_LONGEST_WORDS = 160
_TITLE_WORDS = 12
_ROW_GOES_ON = "    "
_CELLS = " | "
_HEADING = re.compile(r"#{1,6}\s")
_MARKUP = re.compile(r"\*\*|__")
_BULLET = re.compile(r"^[-*•]\s+")


class HeadRow(NamedTuple):
    """A label with its words, and where the two stand: [start, end), with the line end behind them."""

    key: Key | None
    label: str
    words: str
    span: Span

    def going_on(self, words: str, span: Span) -> "HeadRow":
        """The row with more words, from the line below."""
        both = "\n".join(filter(None, (self.words, words)))
        return self._replace(words=both, span=Span(self.span.start, span.end))


class Head(NamedTuple):
    """What the head says, in which rows."""

    rows: tuple[HeadRow, ...] = ()

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Those rows that say something."""
        return tuple(Claim(row.key, row.words, Origin.HEAD) for row in self.rows if row.key and row.words)


def read_head(text: str, structure: Structure, *, start: int = 0) -> Head:
    """The head of a text from code point `start` on, by the rule above; without rows where it has none."""
    begins = _beginning(text, structure, start)
    table = next((one for one in structure if one.kind is PieceKind.TABLE and one.start == begins), None)
    if table is not None and table.end - table.start <= _LOOKED_AT:
        rows = list(_table_rows(text, Span(table.start, table.end)))
        after = True
    else:
        rows, after = _lines(text, begins)
    known = [row for row in rows if row.key is not None]
    if not _is_head(known, alone=after and len(known) == len(rows)):
        return Head()
    return Head(tuple(known))


def _is_head(known: list[HeadRow], *, alone: bool) -> bool:
    keys = {row.key for row in known}
    once = [row.key for row in known if row.key is not Key.PRESENT]  # who was present may be said in several rows
    if len(set(once)) < len(once):
        return False
    if any(row.words.endswith(("?", "!")) or len(row.words) > _longest(row.key) for row in known):
        return False
    return len(keys) >= 2 or (alone and bool(keys & _CLEAR))


def _longest(key: Key | None) -> int:
    return _LONGEST.get(key, _LONGEST_WORDS) if key is not None else _LONGEST_WORDS


def _beginning(text: str, structure: Structure, start: int) -> int:
    """Where a head would begin: behind headings, and behind a short line that may be a title."""
    headings = {one.start: one.end for one in structure if one.kind is PieceKind.HEADING}
    tables = {one.start for one in structure if one.kind is PieceKind.TABLE}
    at, has_title = start, False
    while at < min(len(text), start + _LOOKED_AT):
        end = _line_end(text, at, len(text))
        line = text[at:end]
        is_heading = at in headings or _HEADING.match(line) or is_guidance(line)
        may_be_title = not has_title and ":" not in line and at not in tables and len(line.split()) <= _TITLE_WORDS
        if line.strip() and not is_heading and not may_be_title:
            return at
        if line.strip() and not is_heading:
            if _label(line) is not None:  # "Observer", with the name on the line below, is said in tables only
                return at
            has_title = True
        at = end + 1
    return min(at, len(text))


def _label(words: str) -> Key | None:
    return LABELS.get(plain(words)) if len(words) <= LONGEST_LABEL + 8 else None


def _lines(text: str, begins: int) -> tuple[list[HeadRow], bool]:
    """The lines of the run that have a label, and whether a blank line or the end of the text comes after them."""
    rows: list[HeadRow] = []
    at = begins
    while at < len(text):
        end = _line_end(text, at, len(text))
        line = _BULLET.sub("", _MARKUP.sub("", text[at:end]).strip())
        span = Span(at, min(end + 1, len(text)))
        if not line:
            return rows, True
        label, colon, words = line.partition(":")
        if rows and (not without_hints(line) or (rows[-1].key is Key.PRESENT and has_boxes(line))):
            rows[-1] = rows[-1].going_on(without_hints(line), span)
        elif colon and len(label) <= LONGEST_LABEL + 8 and (words[:1].isspace() or not words or _label(label)):
            label = without_hints(label.replace("(", "").replace(")", ""))
            rows.append(HeadRow(_label(label), label.strip(), without_hints(words), span))
        else:
            return rows, False
        at = end + 1
    return rows, True


def _table_rows(text: str, table: Span) -> Iterator[HeadRow]:
    """The rows of a table. A row goes on in lines that are indented; a bar at their beginning begins a new cell."""
    at = table.start
    while at < table.end:
        end = _line_end(text, at, table.end)
        cells = [[part] for part in text[at:end].split(_CELLS)]
        if cells[-1][0].endswith(" |"):  # an empty cell behind
            cells[-1][0] = cells[-1][0][:-2]
            cells.append([])
        while end + 1 < table.end and text.startswith(_ROW_GOES_ON, end + 1):
            begun, end = end + 1, _line_end(text, end + 1, table.end)
            line = text[begun:end].removeprefix(_ROW_GOES_ON)
            if line.startswith("| "):
                cells.append([])
                line = line[2:]
            if line.strip() != "|":
                cells[-1].append(line)
        label = " ".join(without_hints("\n".join(cells[0])).split())
        words = without_hints("\n".join(line.strip() for cell in cells[1:] for line in cell if line.strip()))
        yield HeadRow(_label(label) if len(cells) > 1 else None, label, words, Span(at, min(end + 1, len(text))))
        at = end + 1


def _line_end(text: str, at: int, limit: int) -> int:
    end = text.find("\n", at, limit)
    return limit if end < 0 else end
