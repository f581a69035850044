"""Codes as Markdown: a heading for each, below it what it means. As this program writes it, and as people do."""

import re
from collections.abc import Iterator, Sequence

from polyvocal.exchange.codebook.entries import Entry, Found, left_out
from polyvocal.exchange.codebook.headings import FIELD_OF, TEXTS, plain
from polyvocal.exchange.codebook.values import kind_of

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_ABOUT = re.compile(r"\*(\w+) · (.*)\*$")
_LEVEL = re.compile(r"\blevel (\d+)\b")
_COLOUR = re.compile(r"#[0-9a-f]{6}\b", re.IGNORECASE)
_RETIRED = re.compile(r"\*\*Retired: ")
_BOLD_LABEL = re.compile(r"(?:[-*][ \t]+)?(?:\*\*|__)([^*_]{2,40}?)[.:]?(?:\*\*|__)[.:]?[ \t]*")
_LABEL = re.compile(_BOLD_LABEL.pattern + r"|([^*:\\]{2,30}):[ \t]+")
_MEMO = re.compile(r"\*(?!\*).*\bmemo\b.*\d{4}\*$")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_ITEM = re.compile(r"[ \t]*(?:[-*+•]|[0-9]{1,3}[.)])[ \t]+\S")


def has_headings(text: str) -> bool:
    """Whether a text has headings other than that of the whole."""
    return len([line for line in text.splitlines() if _HEADING.match(line)]) > 1


def read_markdown_codes(text: str) -> Found:
    """Read the headings as codes, each below the one that is less deep; the first is the title if it alone is on top.

    What stands below a heading is its definition, or what a label in bold, or before a colon, says it is. Quotations,
    tables and memos below it tell of its use, and are left out.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    is_own = any(_ABOUT.match(line) for line in lines)
    headings = [(at, len(found[1]), found[2]) for at, line in enumerate(lines) if (found := _HEADING.match(line))]
    if len(headings) > 1 and [level for _, level, _ in headings].count(headings[0][1]) == 1 == headings[0][1]:
        headings = headings[1:]
    top = min((level for _, level, _ in headings), default=1)
    entries, counts = [], {"quotation": 0, "table": 0, "memo": 0}
    ends = [at for at, _, _ in headings[1:]] + [len(lines)]
    for (at, level, name), end in zip(headings, ends, strict=True):
        body = _Body(lines[at + 1 : end], is_own=is_own)
        depth = body.level - 1 if body.level else level - top
        for what, count in body.counts.items():
            counts[what] += count
        entries.append(Entry(at + 1, _bare(name), depth, body.fields))
    notes = [left_out(what, count, "about the use of codes") for what, count in counts.items() if count]
    return Found(tuple(entries), "Markdown, a heading for each code", tuple(notes))


class _Body:
    """What stands below a heading."""

    def __init__(self, lines: Sequence[str], *, is_own: bool) -> None:
        self._label = _BOLD_LABEL if is_own else _LABEL  # of this program's texts none is taken for a label
        self.level = 0
        self.counts = {"quotation": 0, "table": 0, "memo": 0}
        self._said: dict[str, list[str]] = {}
        self.fields: dict[str, str] = {}
        self._read(lines)
        for field, paragraphs in self._said.items():
            if words := "\n\n".join(one for one in paragraphs if one).strip():
                self.fields[field] = words

    def _read(self, lines: Sequence[str]) -> None:
        field: str | None = "definition"
        for paragraph in _paragraphs(lines):
            first = paragraph[0].strip()
            if first.startswith(">"):
                self.counts["quotation"] += 1
            elif first.startswith("|"):
                self.counts["table"] += 1
            elif (about := _ABOUT.match(first)) and kind_of(about[1]) and not self._said:
                self._tell_about(about[1], about[2])
            elif _RETIRED.match(first):
                self.fields["retired"] = "yes"
            elif _MEMO.match(first):
                self.counts["memo"] += 1
                field = None
            else:
                field = self._tell(field, paragraph)

    def _tell_about(self, kind: str, rest: str) -> None:
        self.fields["kind"] = kind
        if found := _LEVEL.search(rest):
            self.level = int(found[1])
        if colour := _COLOUR.search(rest):
            self.fields["colour"] = colour[0]

    def _tell(self, field: str | None, paragraph: list[str]) -> str | None:
        """Take a paragraph as part of a field, or of several, each begun by a label."""
        kept: list[str] = []
        for line in paragraph:
            label = self._label.match(line)
            named = FIELD_OF.get(plain(next(one for one in label.groups() if one))) if label else None
            if label is not None and named in TEXTS:
                self._keep(field, kept)
                field, kept = named, [line[label.end() :]]
            else:
                kept.append(line)
        self._keep(field, kept)
        return field

    def _keep(self, field: str | None, lines: list[str]) -> None:
        if field is not None and any(line.strip() for line in lines):
            self._said.setdefault(field, []).append(_joined(lines))


def _paragraphs(lines: Sequence[str]) -> Iterator[list[str]]:
    kept: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            kept.append(line.strip())
        elif kept:
            yield kept
            kept = []


def _joined(lines: list[str]) -> str:
    """The words of a paragraph: lines go on but after a backslash, and before what begins an item of a list."""
    words = ""
    for at, line in enumerate(lines):
        is_last = at == len(lines) - 1
        breaks = _ends_hard(line) and not is_last
        body = line[:-1] if breaks else line
        if words and not words.endswith("\n"):
            words += "\n" if _ITEM.match(line) else " "
        words += _bare(body.rstrip()) + ("\n" if breaks else "")
    return words


def _ends_hard(line: str) -> bool:
    """Whether a line ends with a backslash that is not written twice."""
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


def _bare(text: str) -> str:
    """Words without the marks and the backslashes of Markdown."""
    return _ESCAPED.sub(r"\1", text).strip()
