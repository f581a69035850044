"""What the values of an attribute may be, and the one form in which each is kept."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from polyvocal.domain.errors import UserError
from polyvocal.domain.records import Attribute
from polyvocal.domain.text import shown
from polyvocal.domain.words import AttributeType

MAX_VALUE = 10_000
"""The longest value in code points."""

YES, NO = "yes", "no"
_YES_NO = {"yes": YES, "y": YES, "true": YES, "1": YES, "no": NO, "n": NO, "false": NO, "0": NO}
_WORDS_FOR_YES_NO = ("yes", "no", "true", "false")

_MOST_PLACES = 40
_NUMBER = re.compile("[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)(e[+-]?[0-9]{1,3})?", re.IGNORECASE)
_GROUPED = re.compile("[+-]?[0-9]{1,3}(,[0-9]{3})+")
_WITH_UNIT = re.compile(r"(.*\S) \(([^()]+)\)")
_UNKEPT = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no table holds: control characters, and half a character."""


def canonical_value(kind: AttributeType, text: str) -> str:
    """The form in which a value is kept: a number with a point ("2.5"), a date in ISO 8601, yes or no, or the words.

    A number has no more than 40 places, no zeros that say nothing, and no marks between thousands; a date may have a
    time of day and an offset. Around words white space goes, and every line end is LF. Raises UserError for what is
    none of the type, and for what is empty; what it says begins with the value.
    """
    words = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not words:
        raise UserError("a value is not empty: clear it, if nothing is known")
    if len(words) > MAX_VALUE:
        raise UserError(f"{shown(words)} has {len(words):,} characters, at most {MAX_VALUE:,}: write a memo instead")
    found = _READERS[kind](words)
    if found is None:
        raise UserError(f"{shown(words)} {_EXPECTED[kind]}")
    return found


def proposed_type(values: Iterable[str]) -> AttributeType:
    """The narrowest type that all values fit: yes-no, number, date, else text; text where there is none."""
    values = [value for value in values if value.strip()]
    if not values:
        return AttributeType.TEXT
    if all(value.strip().casefold() in _WORDS_FOR_YES_NO for value in values):
        return AttributeType.YES_NO
    for kind in (AttributeType.NUMBER, AttributeType.DATE):
        if all(_READERS[kind](value.strip()) is not None for value in values):
            return kind
    return AttributeType.TEXT


def title_of(attribute: Attribute) -> str:
    """How an attribute heads a column: with its unit behind it in brackets, "age (years)"."""
    return attribute.name if attribute.unit is None else f"{attribute.name} ({attribute.unit})"


def divided_title(title: str, kind: AttributeType) -> tuple[str, str | None]:
    """The name and the unit in the head of a column; only numbers have a unit."""
    with_unit = _WITH_UNIT.fullmatch(title) if kind is AttributeType.NUMBER else None
    return (with_unit[1], with_unit[2]) if with_unit else (title, None)


def sort_key(kind: AttributeType, value: str) -> tuple[float, str]:
    """By what values of one type are put in order: numbers by size, all else by its letters."""
    return (float(value), "") if kind is AttributeType.NUMBER else (0.0, value.casefold())


def _text(words: str) -> str | None:
    return None if _UNKEPT.search(words) else words


def _number(words: str) -> str | None:
    words = words.replace("\u2212", "-")
    if _GROUPED.fullmatch(words) or not _NUMBER.fullmatch(words):
        return None
    try:
        number = Decimal(words)
    except InvalidOperation:
        return None
    if number == 0:
        return "0"
    if abs(number.adjusted()) >= _MOST_PLACES or len(number.as_tuple().digits) > _MOST_PLACES:
        return None
    plain = f"{number:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _date(words: str) -> str | None:
    for reader in (date.fromisoformat, datetime.fromisoformat):
        try:
            when = reader(words)
        except ValueError:
            continue
        if isinstance(when, datetime) and when.second == when.microsecond == 0:
            return when.isoformat(timespec="minutes")
        return when.isoformat()
    return None


def _yes_no(words: str) -> str | None:
    return _YES_NO.get(words.casefold())


_READERS: dict[AttributeType, Callable[[str], str | None]] = {
    AttributeType.TEXT: _text,
    AttributeType.NUMBER: _number,
    AttributeType.DATE: _date,
    AttributeType.YES_NO: _yes_no,
}

_EXPECTED = {
    AttributeType.TEXT: "holds a control character: write it without",
    AttributeType.NUMBER: f"is no number: write it as 1250 or 2.5, with a point, of at most {_MOST_PLACES} places",
    AttributeType.DATE: "is no date: write it as 2024-05-14 or 2024-05-14 10:45",
    AttributeType.YES_NO: "is not yes or no",
}
"""What is said after a value that is none of a type."""
