"""Days and times as people write them, to ISO 8601, where they can be read in one way only.

Two ways to read a day are a doubt, with both: 5/6/2024 is in June or in May. With dots (5.6.2024) the day comes first,
as it does wherever dots are used.
"""

import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from polyvocal.domain.hours import when_said
from polyvocal.exchange.about.keywords import MONTHS, WEEKDAYS
from polyvocal.services.references import folded

_LONGEST = 100
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([-/.]?)(\d\d)\2(\d\d)(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d\d)(?!\d)")
_DAY_MONTH = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?\s*(?:of\s+|de\s+)?(?P<month>[^\W\d_]{3,})\.?,?"
    r"\s*(?:de\s+)?(?P<year>\d{4})(?!\d)",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    r"(?P<month>[^\W\d_]{3,})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})(?!\d)", re.I
)
_CLOCK = re.compile(
    r"(?<![\d:.])(?P<hour>\d{1,2})(?:\s?[:.h]\s?(?P<minute>\d\d)(?::\d\d)?)?(?:\s?h)?\s*"
    r"(?P<half>[ap]\.?\s?m\b\.?)?\s*(?:uhr\b|h\b|uur\b)?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\s*(?:[-–—]|\bto\b|\buntil\b|\btill\b|\bbis\b|\bà\b|\ba\b|\bhasta\b|\btot\b|\baté\b|\balle\b)\s*", re.I
)
_OFFSET = re.compile(r"(?:Z|[+-]\d\d:?\d\d)$")
_AROUND = re.compile(
    r"^(?:[\s,;.@(]|\b(?:at|on|um|am|le|el|op|om|em|il|alle|à)\b)+|(?:[\s,;.)]|\b(?:on|le|el|op|em|il|del|den)\b)+$",
    re.I,
)


class Told(NamedTuple):
    """What words say of a time: a day, when it began and when it ended ("HH:MM"); and what else a part could mean."""

    day: str | None = None
    begins: str | None = None
    ends: str | None = None
    readings: tuple[str, ...] = ()


NOTHING = Told()


def read_time(words: str) -> Told:
    """The day and the clock times in words that say nothing else.

    Nothing but `readings` is given where they could mean several things, and nothing at all where they are no time.
    """
    words = words.strip()
    if len(words) > _LONGEST:
        return NOTHING
    whole = _iso(words)
    if whole is not None:
        return whole
    written = find_day(words)
    if written is None:
        rest, day = words, None
    elif len(written.days) > 1:
        return Told(readings=written.days)
    else:
        (day,) = written.days
        rest = _without_weekday(f"{words[: written.start]} {words[written.end :]}", day)
    rest = _AROUND.sub("", rest)
    if not rest:
        return Told(day) if day else NOTHING
    clocks = _clocks(rest)
    if clocks is None:
        return NOTHING
    return clocks if clocks.readings else clocks._replace(day=day)


class WrittenDay(NamedTuple):
    """A day that stands at [start, end) in words: the days that it may be, as ISO 8601."""

    start: int
    end: int
    days: tuple[str, ...]


def find_day(words: str) -> WrittenDay | None:
    """The first day that stands in words; of the ways to write one, the surest."""
    for pattern, reader in (
        (_YEAR_FIRST, _year_first),
        (_DAY_MONTH, _named),
        (_MONTH_DAY, _named),
        (_NUMBERS, _numbers),
    ):
        for match in pattern.finditer(words):
            days = reader(match)
            if days:
                return WrittenDay(match.start(), match.end(), tuple(days))
    return None


def _iso(words: str) -> Told | None:
    """A day and a time as ISO 8601 has them, also with an offset, which is kept.

    Behind a space 10:45-11:20 is two times.
    """
    if "T" not in words.upper() and "-" in words[10:]:
        return None
    try:
        when = datetime.fromisoformat(words)
    except ValueError:
        return None
    if len(words) <= 10 or words.isdecimal() or when_said(words) is None:
        return None
    offset = _OFFSET.search(words)
    return Told(when.date().isoformat(), when.strftime("%H:%M") + (offset.group() if offset else ""))


def _year_first(match: re.Match[str]) -> list[str]:
    return _days((int(match[1]), int(match[3]), int(match[4])))


def _named(match: re.Match[str]) -> list[str]:
    month = MONTHS.get(folded(match["month"]))
    return _days((int(match["year"]), month, int(match["day"]))) if month else []


def _numbers(match: re.Match[str]) -> list[str]:
    first, mark, second, last = int(match[1]), match[2], int(match[3]), match[4]
    if len(last) == 2:
        return list(
            dict.fromkeys([*_days((2000 + int(last), second, first)), *_days((2000 + first, second, int(last)))])
        )
    if mark == ".":
        return _days((int(last), second, first))
    return _days((int(last), second, first), (int(last), first, second))


def _days(*candidates: tuple[int, int, int]) -> list[str]:
    """Those that are days of the calendar, each once."""
    found = []
    for year, month, day in candidates:
        try:
            told = date(year, month, day).isoformat()
        except ValueError:
            continue
        if when_said(told) is not None:
            found.append(told)
    return list(dict.fromkeys(found))


def _without_weekday(words: str, day: str) -> str:
    """The words without the name of the weekday, if it is that of the day."""
    weekday = date.fromisoformat(day).weekday()
    return " ".join(one for one in words.split() if WEEKDAYS.get(folded(one.strip(",.()"))) != weekday)


def _clocks(words: str) -> Told | None:
    parts = [part for part in _BETWEEN.split(words.strip()) if part]
    if not 1 <= len(parts) <= 2:
        return None
    matches = [match for part in parts if (match := _CLOCK.fullmatch(part.strip()))]
    if len(matches) < len(parts):
        return None
    halves = [match["half"] for match in matches]
    if len(halves) == 2 and halves[1] and not halves[0] and _may_share(matches[0], matches[1]):
        halves[0] = halves[1]
    clocks = [_clock(match, half, alone=len(parts) == 1) for match, half in zip(matches, halves, strict=True)]
    if any(not one for one in clocks):
        return None
    if any(len(one) > 1 for one in clocks):
        later = [one[-1] for one in clocks]
        return Told(readings=("–".join(one[0] for one in clocks), "–".join(later)))
    return Told(None, clocks[0][0], clocks[1][0] if len(clocks) == 2 else None)


def _may_share(first: re.Match[str], second: re.Match[str]) -> bool:
    """Whether "2-4pm" is meant: the first is not later in its half of the day than the second."""
    return int(first["hour"]) % 12 <= int(second["hour"]) % 12


def _clock(match: re.Match[str], half: str | None, *, alone: bool) -> list[str]:
    """The clock times that it may mean: an hour from 1 to 6 that says neither am nor pm may be either."""
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if alone and match["minute"] is None and not half and match.group().strip().isdecimal():
        return []  # a number alone is no time
    if half:
        if not 1 <= hour <= 12:
            return []
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    if hour > 23 or minute > 59:
        return []
    told = time(hour, minute).isoformat("minutes")
    either = not half and 1 <= hour <= 6 and len(match["hour"]) == 1
    return [told, time(hour + 12, minute).isoformat("minutes")] if either else [told]


def joined(day: str, clock: str | None, *, after: str | None = None) -> str:
    """A day and a clock time as one; on the day after it where that would lie before the clock time `after`."""
    if clock is None:
        return day
    if after is not None and clock[:5] < after[:5]:
        day = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    return f"{day}T{clock}"
