"""Finding the times that people write into their notes: "20:58. They turn", "10.45am", "10:45-11:20", "half past ten".

A time is found where its form leaves no doubt, or where its place does: "10.45" is a time at the beginning of a line
and after "at", and a number elsewhere. Which half of the day is meant, where nobody says so, is told by the other
times of the text or else by daylight, and is then a doubt that goes with it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from polyvocal.domain.clock_forms import TO, Half, Hour, Look, Written, written_times
from polyvocal.domain.days_said import MONTH, WEEKDAY, Days, DaysOf, date_of
from polyvocal.domain.elapsed import elapsed_times
from polyvocal.domain.spans import touches, union
from polyvocal.domain.words import MarkKind


@dataclass(frozen=True, slots=True)
class FoundClock:
    """A time that stands in a text at [start, end), in code points.

    `clock` and `until` are as in a TimeMark; `day` is said by the text. A strong one begins a line or a sentence, or
    stands in a heading; the others may be spoken of and not lived. `doubt` is a sentence for the person, where the half
    of the day is not sure.
    """

    start: int
    end: int
    kind: MarkKind
    clock: str
    until: str | None = None
    day: date | None = None
    strong: bool = False
    doubt: str | None = None


_TO = re.compile(TO, re.IGNORECASE)
_LEAD = r"[\s>*_#|<\-\u2022\[(\"'\u201c\u2018]*"
"""What may stand before the first word of a line or a sentence."""
_BEGUN = rf"(?:^|[.!?\u2026][\"'\u201d\u2019)\]]*\s+){_LEAD}"
_BEGINNING = re.compile(_BEGUN + "$")
_APPROACH = re.compile(
    r"(?:\b(?:(?:just|shortly|a little|soon) (?:before|after|past|gone)|(?:in|back|out|off|here|up) at|at"
    r"|by|around|about|circa|approx\.?|approximately|from|till|until|since|after|before|gone|begins?|began"
    r"|start(?:s|ed)?|ends?|ended|closed?|stopped|finished|resumed"
    r"|(?:start |end )?time:?|klokken|kl\.|um|gegen|vers)|\bca?\.|\bca|~):?\s*$",
    re.IGNORECASE,
)
"""What makes a time of the number after it, and does not keep it from beginning a sentence."""
_EXPECTED = re.compile(
    r"\b(?:(?:it|that)(?: is| was|['\u2019]s)|(?:clock|watch|phone|telephone) (?:was|is|at)|show(?:s|ed|ing)"
    r"|(?:morning|afternoon|evening|tonight|today|yesterday|tomorrow),?)\s*$",
    re.IGNORECASE,
)
"""What makes a time of the number after it in a sentence that is on its way."""
_DATED = re.compile(
    rf"{_BEGUN}(?:{WEEKDAY}\b\.?,?\s*)?"
    rf"(?:\d\d?(?:st|nd|rd|th)?\.? {MONTH}\.?(?:,? \d{{4}})?|{MONTH}\.? \d\d?(?:st|nd|rd|th)?(?:,? \d{{4}})?"
    r"|\d{4}-\d\d-\d\d|\d\d?([/.])\d\d?\1(?:\d\d){1,2})?[,:T]?\s*$"
)
"""What may stand before a time at the beginning of a line: a weekday, a date."""
_HEAD_LINE = re.compile(r"\s*#+\s.*")
_TITLE_BEFORE = re.compile(r"[^.!?:]{1,60}[(\[,\u2013\u2014-]\s*")
_TITLE_AFTER = re.compile(r"[\s)\]*_]*")
_LETTER_HEAD = re.compile(r"\s*(?:date|sent|written|typed|printed|received|on)\b", re.IGNORECASE)
_NO_TIME_BEFORE = re.compile(
    r"(?:\b(?:ratio|scored?|won|lost|odds|verse|chapter|section|sect?\.|para\.?|figure|fig\.|table|tab\.|version|v\.?"
    r"|release|line|lines|col\.|ports?|item|page|pp?\.|no\.?|number|room|scale|grade|band|costs?|paid|price|worth|rated"
    r"|average|mean|mixed|diluted|dilution|in|duration|took|takes?|lasted|lasts|lasting|a time|temp|psalms?|ps\.|isaiah"
    r"|genesis|gen\.|exodus|romans|corinthians|cor\.|hebrews)"
    r"|[\u00a3$\u20ac])\s*(?:of\s+|was\s+|is\s+|:\s*)?$",
    re.IGNORECASE,
)
_VERSE_BEFORE = re.compile(
    r"\b(?:matt(?:hew)?|mark|luke|john|acts|daniel|james|peter|ruth|joel|amos|titus)\s*$", re.IGNORECASE
)
"""Books that are people, too: of an hour before daylight the book is meant."""
_VERSES_AFTER = re.compile(r"[-\u2013]\d{1,3}(?![:.\d])")
_NO_TIME_AFTER = re.compile(
    r"\s?(?:%|\u00b0|[\u00a3$\u20ac]|(?:GBP|EUR|USD|pounds?|quid|euros?|dollars?|pence|p\b|per\b|percent|times|points?|millions?"
    r"|thousand|km|kg|mg|ml|cm|mm|miles?|met(?:er|re)s?|m\b|litres?|hours?|hrs?|minutes?|mins?|seconds?|secs?|years?"
    r"|weeks?|days?|patients?|beds?|people|pages?|each|apiece|a head|on average|scale|ratio|majority)\b)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\s*(?:$|[.,;:!?)\]\"\u201d\u2019\n\u2013\u2014|]|-\s|(?:and|but|when|by|on|at|or|as|before|after|the|he|she|they|we"
    r"|it|I|with|until|till|now|already|this|that|today|tomorrow|yesterday|sharp)\b)"
)
"""What may follow "ten to four" where a time is meant, and not from ten to four of something."""
_FROM = re.compile(r"\b(?:from|between)\s*$", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:about|around)\s*$", re.IGNORECASE)
_TOUCH = re.compile(r"\s*(?:$|[.,;:!?)\n\u2013\u2014]|-\s)")
_LONG, _NEAR = 120, 40
"""So many characters before a time on its line, and just before it, are asked what it is."""
_DAY_FROM, _DAY_TO = 7, 19
"""The hours of daylight, by which a half of the day is told where nothing else tells it."""
_SURE_FROM, _SURE_TO = 8, 12
"""Hours that nobody means of the night who writes them in order, in digits."""


class _Told(NamedTuple):
    """A time where it stands, the time, and where it is a range the time at its end."""

    start: int
    end: int
    strong: bool
    first: Hour
    last: Hour | None = None


def found_times(text: str, among: Days | None = None) -> list[FoundClock]:
    """The times in a text, in its order; none overlaps another.

    `among` are the days on which what it tells may have been: days that the text says in part are told by them.
    """
    elapsed = elapsed_times(text)
    gone = union((one.start, one.end) for one in elapsed)
    written = [one for one in written_times(text) if not touches(gone, one.start, one.end)]
    told = list(_joined(text, written))
    clocks = _with_days(text, list(_halves_told(told)), among)
    since = [
        FoundClock(one.start, one.end, MarkKind.ELAPSED, one.clock, one.until, strong=one.strong) for one in elapsed
    ]
    return sorted([*since, *clocks], key=lambda one: one.start)


# --- where they stand ------------------------------------------------------------------------------------------------


def _joined(text: str, written: Sequence[Written]) -> Iterator[_Told]:
    """What is a time where it stands; two with "to" between them are one range."""
    used, with_points = 0, False
    for at, one in enumerate(written):
        if at < used:
            continue
        last = written[at + 1] if at + 1 < len(written) else None
        if last is not None and (last.first is not None or not _TO.fullmatch(text, one.end, last.start)):
            last = None
        end = last.end if last is not None else one.end
        line, strong = _line_before(text, one.start)[-_NEAR:], _strength(text, one.start, end)
        if not _is_time(text, one, line, end, strong=strong):
            used = at + 2 if last is not None and _NO_TIME_AFTER.match(text, end) else used
            continue
        if one.look is Look.POINT and one.hour.hour < _DAY_FROM and last is None and not _APPROACH.search(line):
            strong = strong and (with_points or _TOUCH.match(text, one.end) is not None)  # not "1.10 Introduction"
        with_points = with_points or (strong and one.look is Look.POINT)
        if one.first is not None:
            yield _Told(one.start, one.end, strong, one.first, one.hour)
        else:
            used = at + 2 if last is not None else used
            yield _Told(one.start, end, strong, one.hour, last.hour if last is not None else None)


def _is_time(text: str, one: Written, line: str, end: int, *, strong: bool) -> bool:
    """Whether what has the form of a time is one where it stands; `end` is that of the range that it may begin."""
    if one.look is Look.SURE:
        return True
    near, ranges = _APPROACH.search(line) is not None, end > one.end
    if one.look is Look.NOON:
        return near or ranges or (strong and _TOUCH.match(text, end) is not None)
    if one.look is Look.COUNT:
        return _is_no_count(text, one, line, strong=strong)
    early = one.hour.hour < _DAY_FROM
    verse = early and (_VERSE_BEFORE.search(line) or _VERSES_AFTER.match(text, one.end))
    if verse or _NO_TIME_BEFORE.search(line) or _NO_TIME_AFTER.match(text, end):
        return False
    expected = one.look is Look.COLON or strong or near or _EXPECTED.search(line) is not None
    return expected or (ranges and not early)


def _is_no_count(text: str, one: Written, line: str, *, strong: bool) -> bool:
    """Whether "ten to four" is a time, and not ten to four of something; and "two in the morning", not two of it."""
    if _FROM.search(line) or _NO_TIME_AFTER.match(text, one.end):
        return False
    if _APPROACH.search(line) and not _ABOUT.search(line):
        return True
    if one.hour.half is Half.SAID:
        return strong and _TOUCH.match(text, one.end) is not None
    told = strong or _ABOUT.search(line) or _EXPECTED.search(line) or line.endswith(" to ")
    return bool(told) and (_TOUCH if strong else _GOES_ON).match(text, one.end) is not None


def _line_before(text: str, at: int) -> str:
    first = max(at - _LONG, 0)
    return text[max(text.rfind("\n", first, at) + 1, first) : at]


def _strength(text: str, start: int, end: int) -> bool:
    """Whether a time begins a line or a sentence, but for "at", a weekday or a date before it, or is in a heading."""
    line = _line_before(text, start)
    approach = _APPROACH.search(line, max(len(line) - _NEAR, 0))
    without = line[: approach.start()] if approach is not None else line
    nearer = max(len(without) - 2 * _NEAR, 0)
    if _BEGINNING.search(without, nearer) or _DATED.search(without, nearer) or _HEAD_LINE.fullmatch(line):
        return True
    rest = text[end : end + 5].partition("\n")[0]
    return (
        _TITLE_BEFORE.fullmatch(line) is not None
        and _TITLE_AFTER.fullmatch(rest) is not None
        and _LETTER_HEAD.match(line) is None
    )


def _with_days(text: str, found: Sequence[FoundClock], among: Days | None) -> list[FoundClock]:
    """The times with the days that the text says of them, beside them or at the head of what they begin."""
    days, dated = DaysOf(text), list(found)
    for at, one in enumerate(dated):
        said = days.beside(one.start, one.end)
        if said is not None:
            dated[at] = replace(one, day=date_of(said, among))
    starts = [one.start for one in dated]
    for said in days.headings(starts):
        day = date_of(said, among)
        for at in range(bisect_right(starts, said.start), len(dated)):
            if day is None or dated[at].day is not None:
                break
            dated[at] = replace(dated[at], day=day)
            if dated[at].strong:  # it takes along what follows
                break
    return dated


# --- which half of the day -------------------------------------------------------------------------------------------


def _halves_told(told: Sequence[_Told]) -> Iterator[FoundClock]:
    """Give each time its half of the day.

    Who writes 14:30 or 09:15 somewhere, and am or pm nowhere, counts to 24 throughout. Else the half is that in
    daylight, if it is not before the last sure time, and otherwise the one that is nearest to that; a doubt says so.
    """
    halves = {one.half for each in told for one in (each.first, each.last) if one is not None}
    counts_to_24 = Half.TO_24 in halves and Half.SAID not in halves
    before: Hour | None = None
    for one, following in pairwise([*told, None]):
        assert one is not None
        sure = one.strong and following is not None and following.first.half in (Half.SAID, Half.TO_24)
        after = following.first if following is not None and sure else None
        begin, doubt = _half_of(one.first, before, after, counts_to_24=counts_to_24)
        if one.last is not None and one.last.half in (Half.SAID, Half.TO_24) and doubt is not None:
            begin, doubt = _up_to(one.first, one.last), None
        end = _half_of(one.last, begin, None, counts_to_24=counts_to_24)[0] if one.last is not None else None
        if one.strong and doubt is None:
            before = begin
        yield from _as_found(one, begin, end, doubt)


def _as_found(one: _Told, begin: Hour, end: Hour | None, doubt: str | None) -> Iterator[FoundClock]:
    if end is not None and not 0 < (end.minutes - begin.minutes) % _DAY < _HALF_A_DAY:
        doubt = f"From {_shown(begin)} to {_shown(end)} goes back: only the first of the two is offered."
        end = None
    until = _shown(end) if end is not None else None
    yield FoundClock(one.start, one.end, MarkKind.CLOCK, _shown(begin), until, None, one.strong, doubt)


_HALF_A_DAY, _DAY = 12 * 60, 24 * 60


def _half_of(one: Hour, before: Hour | None, after: Hour | None, *, counts_to_24: bool) -> tuple[Hour, str | None]:
    """A time with its half of the day, told by the last sure time before it, or by a sure one right after it."""
    as_written = one._replace(hour=one.hour % 24)
    if one.half in (Half.SAID, Half.TO_24):
        return as_written, None
    options = [one._replace(hour=one.hour % 12 + more) for more in (0, 12)]
    if one.half is Half.EITHER and counts_to_24 and _follows(as_written, before, options):
        return as_written, None
    by_day = next(each for each in options if _DAY_FROM <= each.hour < _DAY_TO)
    if before is not None:
        chosen = by_day if by_day.minutes >= before.minutes else _nearest(options, before)
    elif after is not None:
        chosen = max([each for each in options if each.minutes <= after.minutes] or [by_day])
    else:
        chosen = by_day
    in_order = chosen is by_day and (before is None or chosen.minutes >= before.minutes)
    if one.half is Half.EITHER and in_order and _SURE_FROM <= chosen.hour <= _SURE_TO:
        return chosen, None
    other = next(each for each in options if each is not chosen)
    return chosen, f"{_shown(chosen)} or {_shown(other)}? The text does not say which half of the day."


def _follows(as_written: Hour, before: Hour | None, options: Sequence[Hour]) -> bool:
    """Whether a time of who counts to 24 can be as it is written, by the last sure time before it."""
    by_day = as_written.hour >= _DAY_FROM
    if before is None:
        return by_day
    if as_written.minutes >= before.minutes:
        return by_day or before.hour < _DAY_FROM
    return by_day and _nearest(options, before).hour == as_written.hour


def _nearest(options: Sequence[Hour], to: Hour) -> Hour:
    return min(options, key=lambda one: min((one.minutes - to.minutes) % _DAY, (to.minutes - one.minutes) % _DAY))


def _up_to(one: Hour, last: Hour) -> Hour:
    """The beginning of a range of which only the end says its half: the nearest one before that end."""
    options = [one._replace(hour=one.hour % 12 + more) for more in (0, 12)]
    return min(options, key=lambda each: (last.minutes - each.minutes - 1) % _DAY)


def _shown(one: Hour) -> str:
    return f"{one.hour:02}:{one.minute:02}" + (f":{one.second:02}" if one.second is not None else "")
