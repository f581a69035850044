"""The days that a text says: "Tuesday 14 May 2024", "28 May", "Weds 15th", "14/05/2024".

What a text leaves out is told by the days on which it may be (those of the event, say), and only where just one of
them fits. Numbers that could be day and month either way say no day.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

Days = tuple[date, date]
"""The first and the last day on which what a text tells may have been."""

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes|s)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?"
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)"
)
_YEAR = r"(?:,? (?P<{0}>(?:19|20)\d\d)(?!\d))?"
_SAID = re.compile(
    r"(?<![\w/.-])(?:(?P<iso>(?:19|20)\d\d-\d\d-\d\d)(?!\d)"
    r"|(?P<one>\d\d?)(?P<mark>[/.])(?P<two>\d\d?)(?P=mark)(?P<last>(?:19|20)\d\d)(?!\d)"
    rf"|(?:(?P<weekday>{WEEKDAY})\b\.?,?(?: the)? )?"
    rf"(?:(?P<day>\d\d?)(?:st|nd|rd|th)?\.?(?: of)? (?P<month>{MONTH})\b\.?{_YEAR.format('year')}"
    rf"|(?P<month2>{MONTH})\b\.? (?P<day2>\d\d?)(?:st|nd|rd|th)?(?![\d:.]){_YEAR.format('year2')})"
    rf"|(?P<weekday2>{WEEKDAY})\b\.?,?(?: (?:the )?(?P<day3>\d\d?)(?:st|nd|rd|th)\b)?)"
)
_LONGEST = timedelta(days=60)
"""Over more days than that no weekday says which is meant."""


class SaidDay(NamedTuple):
    """A day that stands at [start, end) of a text, in code points; Monday is 0."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None


def days_said(text: str) -> Iterator[SaidDay]:
    """The days in a text, in its order."""
    for match in _SAID.finditer(text):
        start, end = match.span()
        if match["iso"]:
            yield SaidDay(start, end, *map(int, match["iso"].split("-")))
        elif match["one"]:
            one, two = int(match["one"]), int(match["two"])
            if one > 12 or two > 12 or one == two:  # else nobody can say which of them is the month
                yield SaidDay(start, end, int(match["last"]), min(one, two), max(one, two))
        else:
            weekday, month = match["weekday"] or match["weekday2"], match["month"] or match["month2"]
            year, day = match["year"] or match["year2"], match["day"] or match["day2"] or match["day3"]
            yield SaidDay(
                start,
                end,
                int(year) if year else None,
                _MONTHS.index(month[:3].casefold()) + 1 if month else None,
                int(day) if day else None,
                _WEEKDAYS.index(weekday[:3].casefold()) if weekday else None,
            )


def date_of(said: SaidDay, among: Days | None) -> date | None:
    """The date that is meant, or None where that is not sure.

    A day without its year is the one nearest to the first of the days among which it may be; one without its month is
    sure where just one of these days fits. A weekday that contradicts the date makes it none.
    """
    if said.month is not None and said.day is not None:
        years = [said.year] if said.year else [among[0].year + more for more in (-1, 0, 1)] if among else []
        possible = [one for year in years if (one := _date(year, said.month, said.day)) is not None]
        possible = sorted(possible, key=lambda one: abs(one - among[0]) if among else timedelta())[:1]
    elif among is not None and among[1] - among[0] <= _LONGEST:
        possible = [among[0] + timedelta(days=more) for more in range((among[1] - among[0]).days + 1)]
        possible = [one for one in possible if said.day in (None, one.day)]
    else:
        possible = []
    fitting = [one for one in possible if said.weekday in (None, one.weekday())]
    return fitting[0] if len(fitting) == 1 else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


class DaysOf:
    """The days of a text, by their places."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._said = list(days_said(text))
        self._starts = [one.start for one in self._said]

    def beside(self, start: int, end: int) -> SaidDay | None:
        """The day that goes with the words of [start, end): said before them in their sentence, or right after."""
        at = bisect_left(self._starts, start)
        if at and _GOES_BEFORE.fullmatch(self._text, self._said[at - 1].end, start):
            return self._said[at - 1]
        if at < len(self._said) and _GOES_AFTER.fullmatch(self._text, end, self._said[at].start):
            return self._said[at]
        return None

    def headings(self, times: Sequence[int]) -> Iterator[SaidDay]:
        """The days that stand at the head of what follows: in a heading, or on a line just before one with a time.

        `times` are the places of the times, sorted. A line that has a time itself, or two days, is no such head.
        """
        for at, one in enumerate(self._said):
            line = self._line(one.start)
            if line is None:
                continue
            first, last = line
            near = self._starts[max(at - 1, 0) : at + 2]
            alone = not any(first <= start < last for start in near if start != one.start)
            lead, rest = self._text[first : one.start], self._text[one.end : last]
            short = _NO_REST.fullmatch(rest) if one.day is None else last - first <= _SHORT
            if not (alone and short and _MARKUP.fullmatch(lead)) or _has(times, first, last):
                continue
            blank = _BLANK.match(self._text, last)
            following = self._line(blank.end()) if blank is not None else None
            if "#" in lead or (following is not None and _has(times, *following)):
                yield one

    def _line(self, at: int) -> tuple[int, int] | None:
        """The line around a place, if it is not longer than a heading."""
        first = self._text.rfind("\n", max(at - _LONGEST_HEAD, 0), at) + 1
        end = self._text.find("\n", at, at + _LONGEST_HEAD)
        last = end if end >= 0 else len(self._text)
        return (first, last) if last - first <= _LONGEST_HEAD else None


def _has(places: Sequence[int], first: int, last: int) -> bool:
    return bisect_left(places, first) < bisect_left(places, last)


_LONGEST_HEAD = 200
_SHORT = 60
"""A line of so many characters that begins with a date is a heading."""
_BLANK = re.compile(r"\s*")
_MARKUP = re.compile(r"[\s#>*_\-\u2022\[(]*")
_NO_REST = re.compile(r"[\s#*_\])]*|[\s*_]*[,:\u2013\u2014-].*")
_GOES_BEFORE = re.compile(r"(?:[^.!?\n]{0,60}|[.!?T]\s?)")
_GOES_AFTER = re.compile(r"\s?,?(?: on)?(?: the)?\s")
