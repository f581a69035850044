"""Finding the times that people write into their notes: "20:58. They turn", "10.45am", "10:45-11:20", "half past ten".

A time is found where its form leaves no doubt, or where its place does: "10.45" is a time at the beginning of a line
and after "at", and a number elsewhere. Which half of the day is meant, where nobody says so, is told by the other
times of the text or else by daylight, and is then a doubt that goes with it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import NamedTuple

from polyvocal.domain.words import MarkKind


@dataclass(frozen=True, slots=True)
class FoundClock:
    """A time that stands in a text at [start, end), in code points.

    `clock` and `until` are as in a TimeMark. A strong one begins a line or a sentence; the others may be spoken of and
    not lived. `doubt` is a sentence for the person, where the half of the day is not sure.
    """

    start: int
    end: int
    kind: MarkKind
    clock: str
    until: str | None = None
    day: date | None = None
    strong: bool = False
    doubt: str | None = None


class _Form(Enum):
    """How much a time says of its half of the day."""

    EITHER = "3:10"
    SPOKEN = "ten past three"
    SAID = "3.10pm"
    TO_24 = "15:10"


class _Hour(NamedTuple):
    """A time as it is written."""

    hour: int
    minute: int
    second: int | None = None
    form: _Form = _Form.SAID


_HOUR_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: number for number, word in enumerate(_HOUR_WORDS, 1)}
_MINUTES = {"five": 5, "ten": 10, "quarter": 15, "a quarter": 15, "twenty": 20, "twenty-five": 25, "half": 30}
_IN_FIVES = ("5", "10", "20", "25")
"""Digits that are minutes even where nobody says so: "10 to 4", but "3 to 6" is none."""

_HALF = r"(?P<half{n}>(?<![a-z])[ap]\.?\s?m\b\.?|in the morning|in the afternoon|in the evening|at night)"
_DIGITS = r"(?P<h{n}>[01]?\d|2[0-4])(?:(?P<mark{n}>[:.])(?P<m{n}>[0-5]\d)(?::(?P<s{n}>[0-5]\d))?)"
_ATOM = (
    rf"(?:{_DIGITS}(?!\d|[:.,]\d)(?:\s?{_HALF})?"  # 20:58, 10.45am
    r"|(?P<alone{n}>1[0-2]|0?[1-9])(?:\s?" + _HALF.replace("half{n}", "only{n}") + r")"  # 10am
    r"|(?P<hh{n}>[01]?\d|2[0-3])\s?[hH]\s?(?P<hm{n}>[0-5]\d)(?![\dA-Za-z])"  # 10h45
    r"|(?P<military{n}>(?:[01]\d|2[0-3])[0-5]\d)\s?(?:hrs|hours|h)\b)"  # 1045 hrs
)
_TO = r"\s?(?:-|\u2013|\u2014|to|until|till)\s?"
_NUMERIC = re.compile(
    r"(?<![\w:.,/\u00a3$\u20ac#+])(?:" + _ATOM.format(n=1) + rf"(?:{_TO}" + _ATOM.format(n=2) + r")?"
    rf"|(?P<bare>1[0-2]|[1-9]){_TO}(?P<last>1[0-2]|[1-9])(?::(?P<lastm>[0-5]\d))?\s?(?P<lasthalf>[ap]\.?m\b\.?))",
    re.IGNORECASE,
)
"""One time, or two with "to" between them; in the last line "2-3pm"."""
_ELAPSED = re.compile(r"(?<![\w:.])(?P<open>[\[(]?)(?P<time>\d{1,2}:[0-5]\d:[0-5]\d)(?P<part>[.,]\d{1,3})?(?![\d:])")
_HOURS = "|".join(_NUMBERS)
_IN_WORDS = re.compile(
    rf"(?<![\w-])(?:(?P<minutes>{'|'.join(sorted(_MINUTES, key=len, reverse=True))}|\d{{1,2}})(?P<minute> minutes?)? "
    rf"(?P<way>past|to|before|after) (?P<hour>{_HOURS}|1[0-2]|[1-9])(?!\d|[:.]\d|-)"
    rf"|(?P<oclock>{_HOURS}|1[0-2]|[1-9])\b o.clock)(?:\s?{_HALF.format(n=1)})?",
    re.IGNORECASE,
)
_NOON = re.compile(
    r"\b(?:(?P<at>at|by|around|about|until|till|before|after|from) )?(?P<what>noon|midday|midnight)\b", re.IGNORECASE
)
_APPROACH = re.compile(
    r"(?:\b(?:(?:just|shortly|a little) (?:before|after|past)|at|by|around|about|circa|approx\.?|approximately|from"
    r"|till|until|since|after|before|time:?)|\bca?\.|~)\s*$",
    re.IGNORECASE,
)
_BEGINNING = re.compile(r"(?:^|[.!?\u2026][\"'\u201d\u2019)\]]*\s+|[\"\u201c\u2018]$)[\s>*#\-\u2022\[(]*$")
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_DATED = re.compile(
    rf"(?:^|[.!?]\s+)[\s>*#\-]*(?:{_WEEKDAY},?\s*)?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?\.? [A-Za-z]+\.?(?: \d{4})?|\d{4}-\d\d-\d\d)?,?\s*$",
    re.IGNORECASE,
)
"""What may stand before a time at the beginning of a line: a weekday, a date."""
_NO_TIME_BEFORE = re.compile(
    r"(?:\b(?:ratio|scored?|odds|verse|chapter|section|sect?\.|figure|fig\.|table|tab\.|version|v\.?|psalms?|matthew|mark|luke|john"
    r"|acts|romans|genesis|exodus|isaiah|item|page|pp?\.|no\.|number|room|scale|grade|band|costs?|paid|price|worth|rated"
    r"|average|mean)|[\u00a3$\u20ac])\s*(?:of\s+|was\s+|is\s+|:\s*)?$",
    re.IGNORECASE,
)
_NO_TIME_AFTER = re.compile(
    r"\s?(?:%|\u00b0|(?:pounds?|quid|euros?|dollars?|pence|per\b|percent|times|points?|millions?|thousand|km|kg|mg|ml|cm|mm|miles?"
    r"|met(?:er|re)s?|m\b|litres?|hours?|hrs?|minutes?|mins?|seconds?|secs?|years?|weeks?|days?|patients?|beds?|people|pages?)\b)",
    re.IGNORECASE,
)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
_SPOKEN = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?\.? ([A-Za-z]{3,9})\.?|([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?),? (\d{4})"
)
_DAY_FROM, _DAY_TO = 7, 19
"""The hours of daylight, by which a half of the day is told where nothing else tells it."""


_Written = tuple[FoundClock, _Hour, _Hour | None]
"""Where a time stands, the time, and where it is a range the time at its end."""


def found_times(text: str) -> list[FoundClock]:
    """The times in a text, in its order; none overlaps another: of two the one that begins first, or is longer."""
    elapsed = list(_elapsed(text))
    kept: list[_Written] = []
    for one in sorted([*_numeric(text), *_in_words(text)], key=lambda each: (each[0].start, -each[0].end)):
        start, end = one[0].start, one[0].end
        if (not kept or kept[-1][0].end <= start) and not any(
            each.start < end and start < each.end for each in elapsed
        ):
            kept.append(one)
    return sorted([*elapsed, *_halves_told(kept)], key=lambda each: each.start)


# --- how times are written -------------------------------------------------------------------------------------------


def _elapsed(text: str) -> Iterator[FoundClock]:
    """Times since a recording began: with hours, minutes and seconds, in brackets or with parts of a second."""
    for match in _ELAPSED.finditer(text):
        if match["open"] or match["part"]:
            clock = match["time"] + (match["part"] or "").replace(",", ".")
            strong = not _line_before(text, match.start()).strip()
            end = match.end("part") if match["part"] else match.end("time")
            yield FoundClock(match.start("time"), end, MarkKind.ELAPSED, clock, strong=strong)


def _numeric(text: str) -> Iterator[_Written]:
    for match in _NUMERIC.finditer(text):
        before, strong = _line_before(text, match.start()), _strength(text, match.start())
        if _NO_TIME_BEFORE.search(before):
            continue
        last: _Hour | None
        if match["bare"]:
            last = _of_half(int(match["last"]), int(match["lastm"] or 0), match["lasthalf"])
            first = _before(int(match["bare"]), 0, last)
        else:
            first, last = _atom(match, 1), _atom(match, 2) if _group(match, 2) else None
            if (first.hour, first.minute) > (24, 0) or not _is_time(text, match, before, strong=strong):
                continue
            if first.form is _Form.EITHER and last is not None and last.form is _Form.SAID:
                first = _before(first.hour, first.minute, last)
            if match["mark1"] == "." and first.form is _Form.EITHER and first.hour < _DAY_FROM:
                strong = False  # as likely the number of a section
        yield _told(text, match, strong=strong), first, last


def _is_time(text: str, match: re.Match[str], before: str, *, strong: bool) -> bool:
    """Whether a number of this form is a time where it stands: one with a point is only where a time is expected."""
    if match["mark1"] is None or any(match[f"{name}{n}"] for name in ("half", "only") for n in (1, 2)):
        return True
    if _NO_TIME_AFTER.match(text, match.end()):
        return False
    if match["mark1"] == ":":
        return True
    return strong or _APPROACH.search(before) is not None or (match["mark2"] == "." and int(match["h1"]) >= _DAY_FROM)


def _group(match: re.Match[str], n: int) -> str | None:
    return next((match[f"{name}{n}"] for name in ("h", "alone", "hh", "military") if match[f"{name}{n}"]), None)


def _atom(match: re.Match[str], n: int) -> _Hour:
    if match[f"military{n}"]:
        digits = match[f"military{n}"]
        return _Hour(int(digits[:2]), int(digits[2:]), form=_Form.TO_24)
    if match[f"hh{n}"]:
        return _Hour(int(match[f"hh{n}"]), int(match[f"hm{n}"]), form=_Form.TO_24)
    if match[f"alone{n}"]:
        return _of_half(int(match[f"alone{n}"]), 0, match[f"only{n}"])
    hour, minute = int(match[f"h{n}"]), int(match[f"m{n}"])
    second = int(match[f"s{n}"]) if match[f"s{n}"] else None
    if match[f"half{n}"] and 1 <= hour <= 12:
        return _of_half(hour, minute, match[f"half{n}"])._replace(second=second)
    in_24 = not 1 <= hour <= 12 or match[f"h{n}"].startswith("0")
    return _Hour(hour, minute, second, _Form.TO_24 if in_24 else _Form.EITHER)


def _of_half(hour: int, minute: int, half: str) -> _Hour:
    word = half.casefold()
    later = word.startswith("p") or "afternoon" in word or "evening" in word or ("night" in word and hour >= 6)
    return _Hour(hour % 12 + (12 if later else 0), minute)


def _before(hour: int, minute: int, last: _Hour) -> _Hour:
    """The beginning of a range of which only the end says its half of the day: the nearest one before that end."""
    options = [_Hour(hour % 12 + more, minute) for more in (0, 12)]
    earlier = [one for one in options if (one.hour, one.minute) < (last.hour, last.minute)]
    return max(earlier or options)


def _in_words(text: str) -> Iterator[_Written]:
    for match in _IN_WORDS.finditer(text):
        said = (match["hour"] or match["oclock"]).casefold()
        hour = _NUMBERS.get(said) or int(said)
        minute = 0
        if match["way"]:
            number = match["minutes"].casefold()
            minute = _MINUTES.get(number, 0) or (int(number) if match["minute"] or number in _IN_FIVES else 0)
            if not 0 < minute < 60:
                continue
            if match["way"].casefold() in ("to", "before"):
                hour, minute = (hour - 2) % 12 + 1, 60 - minute
        when = _of_half(hour, minute, match["half1"]) if match["half1"] else _Hour(hour, minute, form=_Form.SPOKEN)
        yield _told(text, match, strong=_strength(text, match.start())), when, None
    for match in _NOON.finditer(text):
        place = _strength(text, match.start("what"))
        if match["at"] or place:
            hour = 0 if match["what"].casefold() == "midnight" else 12
            yield _told(text, match, "what", strong=place), _Hour(hour, 0), None


def _told(text: str, match: re.Match[str], part: str | int = 0, *, strong: bool) -> FoundClock:
    """A time whose clock is not told yet, where a match or a part of it stands."""
    start, end = match.span(part)
    return FoundClock(start, end, MarkKind.CLOCK, "", day=_day_before(_line_before(text, start)), strong=strong)


# --- where they stand ------------------------------------------------------------------------------------------------


def _line_before(text: str, at: int) -> str:
    return text[max(text.rfind("\n", 0, at) + 1, at - 120) : at]


def _strength(text: str, at: int) -> bool:
    """Whether a time begins a line or a sentence, but for "at", "around", a weekday or a date before it."""
    before = _line_before(text, at)
    without = _APPROACH.sub("", before)
    return _BEGINNING.search(without) is not None or _DATED.search(without) is not None


def _day_before(before: str) -> date | None:
    """The date with its year that stands before a time on its line."""
    found = [
        *((match.end(), match) for match in _ISO.finditer(before)),
        *((match.end(), match) for match in _SPOKEN.finditer(before)),
    ]
    if not found:
        return None
    _, match = max(found, key=lambda one: one[0])
    parts = match.groups()
    if len(parts) == 3:
        year, month, day = map(int, parts)
    else:
        name = (parts[1] or parts[2]).casefold()[:3]
        year, month, day = int(parts[4]), _MONTHS.get(name, 0), int(parts[0] or parts[3])
    try:
        return date(year, month, day)
    except ValueError:
        return None


# --- which half of the day -------------------------------------------------------------------------------------------


def _halves_told(found: Sequence[_Written]) -> Iterator[FoundClock]:
    """Give each time its half of the day.

    Who writes 14:30 or 09:15 somewhere, and am or pm nowhere, counts to 24 throughout. Else the half is the next one
    after the time before it, if that is in daylight, and a doubt says so.
    """
    forms = {one.form for _, first, last in found for one in (first, last) if one is not None}
    counts_to_24 = _Form.TO_24 in forms and _Form.SAID not in forms
    before: _Hour | None = None
    for one, first, last in found:
        begin, doubt = _half_of(first, before, counts_to_24=counts_to_24)
        end = _half_of(last, begin, counts_to_24=counts_to_24)[0] if last is not None else None
        before = end or begin
        yield replace(one, clock=_shown(begin), until=_shown(end) if end else None, doubt=doubt)


def _half_of(one: _Hour, before: _Hour | None, *, counts_to_24: bool) -> tuple[_Hour, str | None]:
    fits = before is None or one[:2] >= before[:2] or one.hour >= 10
    if one.form in (_Form.SAID, _Form.TO_24) or (one.form is _Form.EITHER and counts_to_24 and fits):
        return one._replace(hour=one.hour % 24), None
    options = [one._replace(hour=one.hour % 12 + more) for more in (0, 12)]
    by_day = [each for each in options if _DAY_FROM <= each.hour < _DAY_TO]
    later = [each for each in by_day if before is None or each[:2] >= before[:2]]
    chosen = (later or by_day)[0]
    if later and 8 <= chosen.hour <= 12:
        return chosen, None
    other = next(each for each in options if each is not chosen)
    return chosen, f"{_shown(chosen)} or {_shown(other)}? The text does not say which half of the day."


def _shown(one: _Hour) -> str:
    return f"{one.hour:02}:{one.minute:02}" + (f":{one.second:02}" if one.second is not None else "")
