"""Random small projects whose texts tell times: see `timed_project`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from polyvocal.domain.records import (
    Authorship,
    Code,
    Coding,
    Event,
    Occasion,
    Person,
    Session,
    Source,
    SourceVersion,
    Stretch,
    TimeMark,
)
from polyvocal.domain.words import MarkKind, SourceKind, Standing
from polyvocal.store.view import View
from tests.services.compare_projects import (
    Made,
    add_correction,
    add_version,
    make_any,
    random_file,
    some_relation,
    span_in,
)

CLOCKS = ("08:30", "09:30", "10:15", "11:45", "13:00", "23:50", "00:20")
MOMENTS = ("2024-05-14", "2024-05-14T09:15", "2024-05-14T10:00+03:00", "2024-05-15T11:30", "2024-05-13T22:00")


@contextmanager
def timed_project(template: Path, draw: Any) -> Iterator[View]:
    """A project of `random_file`, with events in a zone or none, observed sources, and time marks anywhere.

    Marks come in order and out of it, across midnight, with days and without, as ranges, as times of a recording, and
    of versions that were corrected since.
    """
    with random_file(template, draw, _make_timed) as file, file.view() as view:
        yield view


def _make_timed(draw: Any, first_id: int) -> Made:
    made = make_any(draw, first_id) if draw(st.sampled_from([False, False, True])) else _make_event(draw, first_id)
    zone = made.maybe(["Europe/London"])
    made.records[Event] = [replace(one, zone=zone, **_hours(made)) for one in made.of(Event)]
    made.records[Source] = [replace(one, **_observed(made)) for one in made.of(Source)]
    for version in made.of(SourceVersion):
        for _ in range(made.draw(st.sampled_from([0, 0, 1, 2, 3]))):
            start = made.number(0, version.length - 1)
            made.add(
                TimeMark, version=version.id, start=start, end=made.number(start + 1, version.length), **_clock(made)
            )
    return made


def _make_event(draw: Any, first_id: int) -> Made:
    """One event of three sessions, and one or two accounts of it with much that is coded in them."""
    made = Made(draw, first_id)
    people = [made.add(Person, name=name, standing=Standing.ETHNOGRAPHER) for name in ("Bea", "Jo")]
    codes = [made.add(Code, name=name, colour="#0072b2", position=at) for at, name in enumerate(("Protest", "Time"))]
    event = made.add(Event, title="Launch")
    for title, starts, ends in (("Plenary", 9, 10), ("Corridor", 9, 11), ("Dinner", 23, 23)):
        times = {"starts": f"2024-05-14T{starts:02}:00", "ends": f"2024-05-14T{ends:02}:30"}
        made.add(
            Session, event=event.id, title=title, **(times if made.draw(st.sampled_from([True, True, False])) else {})
        )
    for number in range(made.number(1, 2)):
        source = made.add(Source, title=f"Note {number}", kind=SourceKind.FIELDNOTE, imported_at=0)
        text = "ab" * made.number(4, 8)
        version = add_version(made, source, text, None, None)
        if made.draw(st.sampled_from([False, False, True])):
            version = add_correction(made, source, text, version)[1]
        for person in made.some(Person, 2):
            made.add(Authorship, source=source.id, person=person.id)
        made.add(Occasion, source=source.id, **some_relation(made))
        for _ in range(made.number(0, 2)):
            made.add(Stretch, **span_in(made, version), **some_relation(made))
        for _ in range(made.number(3, 6)):
            coder = made.draw(st.sampled_from(people))
            made.add(
                Coding,
                **span_in(made, version),
                code=made.draw(st.sampled_from(codes)).id,
                coder=coder.id,
                created_at=0,
            )
    return made


def _hours(made: Made) -> dict[str, Any]:
    starts = made.maybe(["2024-05-14", "2024-05-14T09:00"])
    return {"starts": starts, "ends": starts and made.draw(st.sampled_from(["2024-05-14T12:00", "2024-05-15"]))}


def _observed(made: Made) -> dict[str, Any]:
    first, last = sorted((made.maybe(MOMENTS), made.maybe(MOMENTS)), key=lambda one: one or "")
    return {"observed_from": first, "observed_to": last if first is not None else None}


def _clock(made: Made) -> dict[str, Any]:
    kind = made.draw(st.sampled_from([MarkKind.CLOCK] * 4 + [MarkKind.ELAPSED, MarkKind.NONE]))
    if kind is MarkKind.NONE:
        return {"kind": kind}
    if kind is MarkKind.ELAPSED:
        return {"kind": kind, "clock": made.draw(st.sampled_from(["0:00:10", "0:40:00"]))}
    return {
        "kind": kind,
        "clock": made.draw(st.sampled_from(CLOCKS)),
        "until": made.draw(st.sampled_from([None, None, "12:10"])),
        "day": made.draw(st.sampled_from([None, None, None, "2024-05-15"])),
    }
