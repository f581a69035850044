"""Codes as indented text: one a line, those below it further in; after a colon, a dash or a tab what it means."""

import re
from collections.abc import Iterator

from polyvocal.exchange.codebook.entries import Entry, Found, parts_of, with_paths
from polyvocal.exchange.codebook.headings import FIELD_OF, TEXTS, plain

_BULLET = re.compile(r"(?:[-*+•◦▪–—·]|\(?[0-9]{1,3}[.)]|\(?[a-z][.)])[ \t]+(?=\S)", re.IGNORECASE)
_NUMBER = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,3})*)\.?[ \t]+(?=\S)")
_DASHES = re.compile(r"-{2,}(?=[^-\s])")
_MEANS = re.compile(r"\t+|:[ \t]+|[ \t]+[–—][ \t]+")
_LABEL = re.compile(r"([^:]{2,40}):(?:[ \t]+|$)")
_TAB = 4
_QUALCODER = ">>"


def read_outline(text: str, path_mark: str | None = None) -> Found:
    """Read indented text. With a `path_mark` a line may hold a whole path ("category>>code").

    Below a code, a line such as "Use when: ..." says something of it. Numbers as "1.2.1" tell how deep a code lies
    where nothing is indented, and so do dashes before a name ("--code").
    """
    lines = [
        (number, line)
        for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1)
        if line.strip()
    ]
    by_number = not any(line[0].isspace() for _, line in lines) and any(
        "." in found[1] for _, line in lines if (found := _NUMBER.match(line))
    )
    if path_mark is None and any(_QUALCODER in line for _, line in lines):
        path_mark = _QUALCODER
    read = tuple(_entries(lines, by_number=by_number))
    if path_mark:
        return Found(_by_paths(read, path_mark), f"lines with paths, set apart by {path_mark.strip()}")
    return Found(read, "indented text")


def _entries(lines: list[tuple[int, str]], *, by_number: bool) -> Iterator[Entry]:
    indents: list[int] = []
    entry: Entry | None = None
    for number, line in lines:
        indent, rest = _parted(line)
        label = _LABEL.match(rest)
        field = FIELD_OF.get(plain(label[1])) if label is not None else None
        if entry is not None and label is not None and field in TEXTS:
            said = entry.fields.get(field, "")
            words = rest[label.end() :].strip()
            entry = Entry(
                entry.where, entry.name, entry.depth, {**entry.fields, field: f"{said}\n{words}" if said else words}
            )
            continue
        if entry is not None:
            yield entry
        if by_number and (found := _NUMBER.match(rest)):
            depth, rest = found[1].count("."), rest[found.end() :]
        else:
            while indents and indents[-1] > indent:
                indents.pop()
            if not indents or indents[-1] < indent:
                indents.append(indent)
            depth = len(indents) - 1
            rest = _BULLET.sub("", rest, count=1) if _BULLET.match(rest) else rest
        name, means = _told(rest)
        entry = Entry(number, name, depth, {"definition": means} if means else {})
    if entry is not None:
        yield entry


def _parted(line: str) -> tuple[int, str]:
    """How far in a line begins, and what stands there."""
    rest = line.lstrip()
    indent = len(line[: len(line) - len(rest)].expandtabs(_TAB))
    dashes = _DASHES.match(rest)
    return (indent + dashes.end(), rest[dashes.end() :].rstrip()) if dashes else (indent, rest.rstrip())


def _told(words: str) -> tuple[str, str]:
    """The name, and what it means."""
    found = _MEANS.search(words)
    if found is None or not words[: found.start()].strip():
        return words.strip().removesuffix(":"), ""
    return words[: found.start()].strip(), words[found.end() :].strip()


def _by_paths(entries: tuple[Entry, ...], mark: str) -> tuple[Entry, ...]:
    return with_paths([(one.where, parts_of(one.name, mark), one.fields, "") for one in entries])
