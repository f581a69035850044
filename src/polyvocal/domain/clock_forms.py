"""How people write the time of day: "20:58", "10.45am", "10h45", "1045 hrs", "half past ten", "noon".

Only forms are known here. Whether a number of a form that has other meanings too is a time where it stands, and which
half of the day it means, is told in `time_marks`.
"""

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple


class Half(Enum):
    """How much a time says of its half of the day."""

    EITHER = "3:10"
    SPOKEN = "ten past three"
    SAID = "3.10pm"
    TO_24 = "15:10"


class Look(Enum):
    """What else a time could be by its form."""

    SURE = "10.45am"
    COLON = "10:45"
    POINT = "10.45"
    COUNT = "ten to four"
    NOON = "noon"


class Hour(NamedTuple):
    """A time as it is written; `half` says whether its hour is one of 24."""

    hour: int
    minute: int
    second: int | None = None
    half: Half = Half.SAID

    @property
    def minutes(self) -> int:
        """Minutes since midnight."""
        return self.hour * 60 + self.minute


class Written(NamedTuple):
    """A time that stands at [start, end) of a text, in code points; of "2-3pm" also the hour at its beginning."""

    start: int
    end: int
    hour: Hour
    look: Look
    first: Hour | None = None


TO = r"\s?(?:-|\u2013|\u2014|-->|to|until|till)\s?"
"""What stands between the two times of a range."""

_HOUR_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: number for number, word in enumerate(_HOUR_WORDS, 1)}
_MINUTES = {"quarter": 15, "twenty": 20, "twenty-five": 25, "twenty five": 25, "half": 30}
_WITHOUT_THE_WORD = {"5", "10", "20", "25", "five", "ten", "quarter", "twenty", "twenty-five", "twenty five", "half"}
"""What is minutes even where nobody says so: "ten past three", but not "three past ten"."""

_AM = r"(?:[ap]\.\s?m\.?|[ap]m\b)(?![a-z])"
_PART = r"in the morning|in the afternoon|in the evening|at night"
_BEFORE = r"(?:(?<=\d-\d\dT)|(?<=\bc\.)|(?<=\bca\.)|(?<![^\W_])(?<!\d,)(?<![:./\u00a3$\u20ac#+\u00a7]))"
"""No part of a longer number, of a word or of a price; but "2024-05-14T10:45" and "c.10:45"."""
_NUMERIC = re.compile(
    _BEFORE + r"(?:(?P<h>[01]?\d|2[0-4])(?P<mark>[:.])(?P<m>[0-5]\d)(?::(?P<s>[0-5]\d))?(?!\d|[:.,]\d)"
    rf"(?:\s?(?P<half>{_AM}|{_PART}|noon\b)|(?P<hrs>\s?(?:hrs|h|Uhr)\b(?! of)))?"
    rf"|(?:(?P<bare>1[0-2]|[1-9]){TO})?(?P<alone>1[0-2]|0?[1-9])(?:[:.](?P<lastm>[0-5]\d))?\s?(?P<only>{_AM})"
    r"|(?P<fh>[01]?\d|2[0-3])\s?[hHu]\s?(?P<fm>[0-5]\d)(?![\dA-Za-z])"
    r"|(?P<mil>(?:[01]\d|2[0-3])[0-5]\d)(?=\s?(?:-|\u2013)\s?\d{4}\s?(?:hrs|hours|h)\b)"
    r"|(?P<military>(?:[01]\d|2[0-3])[0-5]\d)\s?(?:hrs|hours|h)\b)",
    re.IGNORECASE,
)
_HOURS = "|".join(_NUMBERS)
_COUNTS = "|".join(sorted((*_MINUTES, *_NUMBERS), key=len, reverse=True))
_IN_WORDS = re.compile(
    rf"(?<![\w-])(?<!and )(?:(?:(?P<minutes>{_COUNTS}|a quarter|\d{{1,2}})(?P<minute>[ -]minutes?)?[ -]"
    rf"(?P<way>past|to|before|after) (?P<hour>(?:{_HOURS})(?!\w)|1[0-2]|[1-9])(?!\d|[:.]\d|-)"
    rf"|(?P<oclock>{_HOURS}|1[0-2]|[1-9]) ?o.clock\b)(?:\s?(?P<half>{_AM}|{_PART}))?"
    rf"|(?P<plain>{_HOURS}|1[0-2]|[1-9]) (?P<part>{_PART})\b)",
    re.IGNORECASE,
)
_NOON = re.compile(r"(?<![\w-])(?:(?:12|twelve) )?(?P<what>noon|midday|midnight)\b", re.IGNORECASE)


def written_times(text: str) -> list[Written]:
    """What has the form of a time, in the order of the text.

    Of two that overlap it is the one that begins first, or, where they begin together, the longer one.
    """
    kept: list[Written] = []
    for one in sorted([*_numeric(text), *_in_words(text)], key=lambda each: (each.start, -each.end)):
        if not kept or kept[-1].end <= one.start:
            kept.append(one)
    return kept


def of_half(hour: int, minute: int, half: str, second: int | None = None) -> Hour:
    """A time of which "pm" or "in the evening" says the half of the day; at night, from six on, is before midnight."""
    word = half.casefold()
    later = word.startswith("p") or word in ("in the afternoon", "in the evening", "noon")
    later = later or (word == "at night" and 6 <= hour < 12)
    return Hour(hour % 12 + (12 if later else 0), minute, second)


def _numeric(text: str) -> Iterator[Written]:
    for match in _NUMERIC.finditer(text):
        start, end = match.span()
        if match["military"] or match["mil"]:
            digits = match["military"] or match["mil"]
            yield Written(start, end, Hour(int(digits[:2]), int(digits[2:]), half=Half.TO_24), Look.SURE)
        elif match["fh"]:
            yield Written(start, end, Hour(int(match["fh"]), int(match["fm"]), half=Half.TO_24), Look.SURE)
        elif match["only"]:
            hour = of_half(int(match["alone"]), int(match["lastm"] or 0), match["only"])
            first = _before(int(match["bare"]), hour) if match["bare"] else None
            yield Written(start, end, hour, Look.SURE, first)
        elif (int(match["h"]), int(match["m"])) <= (24, 0):
            yield _of_digits(match)


def _of_digits(match: re.Match[str]) -> Written:
    start, end = match.start(), max(match.end("m"), match.end("s"))
    hour, minute, second = int(match["h"]), int(match["m"]), int(match["s"]) if match["s"] else None
    look = Look.COLON if match["mark"] == ":" else Look.POINT
    if match["half"] and 1 <= hour <= 12:
        return Written(start, match.end(), of_half(hour, minute, match["half"], second), Look.SURE)
    if match["hrs"] and len(match["h"]) == 2:  # "2.30 hrs" is as likely how long something took
        return Written(start, match.end(), Hour(hour, minute, second, Half.TO_24), Look.SURE)
    in_24 = not 1 <= hour <= 12 or match["h"].startswith("0")
    return Written(start, end, Hour(hour, minute, second, Half.TO_24 if in_24 else Half.EITHER), look)


def _before(hour: int, last: Hour) -> Hour:
    """The beginning of a range of which only the end says its half of the day: the nearest one before that end."""
    options = [Hour(hour % 12 + more, 0) for more in (0, 12)]
    return max([one for one in options if one.minutes < last.minutes] or options)


def _in_words(text: str) -> Iterator[Written]:
    for match in _IN_WORDS.finditer(text):
        start, end = match.span()
        said = (match["hour"] or match["oclock"] or match["plain"]).casefold()
        hour, minute = _NUMBERS.get(said) or int(said), 0
        if match["way"]:
            count = match["minutes"].casefold().removeprefix("a ")
            if not match["minute"] and count not in _WITHOUT_THE_WORD:
                continue
            minute = _MINUTES.get(count) or _NUMBERS.get(count) or int(count)
            if not 0 < minute < 60:
                continue
            if match["way"].casefold() in ("to", "before"):
                hour, minute = (hour - 2) % 12 + 1, 60 - minute
        half = match["half"] or match["part"]
        when = of_half(hour, minute, half) if half else Hour(hour, minute, half=Half.SPOKEN)
        counted = (
            (match["way"] or "").casefold() == "to"
            and not match["minute"]
            and "quarter" not in match["minutes"].casefold()
        )
        yield Written(start, end, when, Look.COUNT if match["plain"] or (counted and not half) else Look.SURE)
    for match in _NOON.finditer(text):
        yield Written(*match.span(), Hour(0 if match["what"].casefold() == "midnight" else 12, 0), Look.NOON)
