"""Times since a recording began, as they stand in transcripts: "[00:01:02]", "(12:30)", "0:00:05 Anna"."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from polyvocal.domain.clock_forms import TO


class Elapsed(NamedTuple):
    """A time, or from one to another, at [start, end) of a text, in code points.

    `clock` and `until` are as in a TimeMark of the kind ELAPSED; a strong one begins a line.
    """

    start: int
    end: int
    clock: str
    until: str | None
    strong: bool


_TIME = r"\d{1,2}:[0-5]\d:[0-5]\d"
_FULL = re.compile(
    rf"(?<![\w:.])(?P<open>[\[(]?)(?P<time>{_TIME})(?P<part>[.,]\d{{1,3}})?(?![\d:])"
    rf"(?:{TO}(?P<until>{_TIME}(?:[.,]\d{{1,3}})?)(?![\d:]))?",
    re.IGNORECASE,
)
_SHORT = re.compile(r"(?<=[\[(])(?P<minutes>\d{1,3}):(?P<seconds>[0-5]\d)(?=[\])])")
_LEAD = re.compile(r"[\s>*_\[(]*")
_HOURS = 24


def elapsed_times(text: str) -> list[Elapsed]:
    """The times since a recording began, in the order of the text.

    Those with seconds are, in brackets or with parts of a second, or all of them where the first is in the first hour
    of the day: so transcripts begin. Those in brackets without hours are minutes and seconds where one of them has too
    many minutes to be a time of day.
    """
    full = list(_FULL.finditer(text))
    from_nothing = bool(full) and int(full[0]["time"].partition(":")[0]) == 0
    short = list(_SHORT.finditer(text))
    in_minutes = any(int(one["minutes"]) >= _HOURS for one in short)
    found = [*_with_hours(text, full, all_of_them=from_nothing), *(_without_hours(text, short) if in_minutes else ())]
    return sorted(found)


def _with_hours(text: str, full: list[re.Match[str]], *, all_of_them: bool) -> Iterator[Elapsed]:
    for one in full:
        if all_of_them or one["open"] or one["part"]:
            clock = (one["time"] + (one["part"] or "")).replace(",", ".")
            until = one["until"].replace(",", ".") if one["until"] else None
            if until is not None and seconds_of(until) <= seconds_of(clock):
                until = None
            yield Elapsed(one.start("time"), one.end(), clock, until, _begins(text, one.start("time")))


def _without_hours(text: str, short: list[re.Match[str]]) -> Iterator[Elapsed]:
    for one in short:
        hours, minutes = divmod(int(one["minutes"]), 60)
        clock = f"{hours}:{minutes:02}:{one['seconds']}"
        yield Elapsed(*one.span(), clock, None, _begins(text, one.start()))


def _begins(text: str, at: int) -> bool:
    return _LEAD.fullmatch(text, text.rfind("\n", 0, at) + 1, at) is not None


def seconds_of(elapsed: str) -> float:
    """The seconds of a time since a recording began: "1:02:03.5"."""
    hours, minutes, seconds = elapsed.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)
