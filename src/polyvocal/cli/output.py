"""How answers are written: one JSON document, or text that a person reads."""

import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from polyvocal.domain.errors import UserError

_IDS = {
    "id", "source", "version", "coding", "operation", "code_id", "parent", "note", "about", "person",
    "constituent_group", "moment_id",
}  # fmt: skip
"""Keys whose whole numbers are ids: written as text, since 63 bits lose digits in spreadsheets and JavaScript."""

_COUNTS = {"created", "changed", "removed"}

_WIDEST = 60


def iso(microseconds: int) -> str:
    """A time that the program noted, as ISO 8601 with offset."""
    return datetime.fromtimestamp(microseconds / 1_000_000, UTC).isoformat(timespec="seconds")


def plain(value: Any, key: str = "") -> Any:
    """A frozen result as what JSON knows: names in snake_case, ids as text, times in ISO 8601 with offset."""
    if value is None or isinstance(value, bool | str | float):
        return value
    if isinstance(value, int):
        return str(value) if key in _IDS else iso(value) if key.endswith("_at") or key == "at" else value
    if isinstance(value, dict):  # under `created` and its like, kinds are counted: no ids
        return {str(name): plain(one, "" if key in _COUNTS else str(name)) for name, one in value.items()}
    names = [field.name for field in fields(value)] if is_dataclass(value) else getattr(value, "_fields", None)
    if names is not None:
        return {name: plain(getattr(value, name), name) for name in names}
    return [plain(one, key) for one in value]


def write_json(value: Any) -> None:
    """One JSON document on standard output."""
    json.dump(plain(value), sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def encoded(value: Any) -> str:
    """A frozen result as JSON on one line."""
    return json.dumps(plain(value), ensure_ascii=False)


def stream_json(lines: Iterable[str]) -> None:
    """A JSON array on standard output, written as its items, each a line of JSON, come."""
    write = sys.stdout.write
    write("[")
    lead = "\n"
    for line in lines:
        write(lead + line)
        lead = ",\n"
    write("\n]\n")


def say(*lines: str) -> None:
    """Words for the person: on standard error."""
    for line in lines:
        sys.stderr.write(f"{line}\n")


def width_of(text: str) -> int:
    """How many columns a text takes in a terminal."""
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text
    )


def _cell(value: Any, key: str) -> str:
    shown = plain(value, key)
    if shown is None:
        return ""
    if isinstance(shown, bool):
        return "yes" if shown else "no"
    if isinstance(shown, list):
        shown = ", ".join(_item(one) for one in shown)
    text = " ".join(str(shown).split())
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


def _item(value: Any) -> str:
    return " ".join(str(one) for one in value.values() if one is not None) if isinstance(value, dict) else str(value)


def table(rows: Sequence[Any], columns: Sequence[str]) -> Iterator[str]:
    """Lines of an aligned table: of each row the named fields."""
    heads = [column.replace("_", " ") for column in columns]
    cells = [[_cell(getattr(row, column), column) for column in columns] for row in rows]
    numeric = [all(isinstance(getattr(row, column), int) for row in rows) for column in columns]
    widths = [max(map(width_of, column)) for column in zip(heads, *cells, strict=True)]
    for line in (heads, ["-" * width for width in widths], *cells):
        padded = (
            " " * (width - width_of(text)) + text
            if right and line is not heads
            else text + " " * (width - width_of(text))
            for text, width, right in zip(line, widths, numeric, strict=True)
        )
        yield "  ".join(padded).rstrip()


def write_table(rows: Sequence[Any], columns: Sequence[str], empty: str) -> None:
    """A table on standard output, or, where there is nothing, a word for the person that there is nothing."""
    if not rows:
        say(empty)
        return
    for line in table(rows, columns):
        sys.stdout.write(f"{line}\n")


def write_whole(thing: dict[str, Any]) -> None:
    """One thing on standard output, a field a line; long text below its name."""
    for key, value in plain(thing).items():
        if value is None or value in ([], ""):
            continue
        if isinstance(value, list):
            sys.stdout.write(f"{key.replace('_', ' ')}:\n")
            for one in value:
                sys.stdout.write(f"  - {_item(one)}\n")
        elif isinstance(value, str) and ("\n" in value or len(value) > _WIDEST * 2):
            sys.stdout.write(f"{key.replace('_', ' ')}:\n{value}\n")
        else:
            sys.stdout.write(
                f"{key.replace('_', ' ')}: {'yes' if value is True else 'no' if value is False else value}\n"
            )


def refuse_to_replace(target: Path, project: Path, *, force: bool) -> None:
    """Raise UserError where writing to a file would take one away, above all the project itself."""
    if str(target) == "-" or not target.exists():
        return
    if project.exists() and target.samefile(project):
        raise UserError(f"{target} is the project itself: choose another name")
    if not force and target.is_file() and target.stat().st_size:
        raise UserError(f"{target} exists already: choose another name, or say --force to replace it")
