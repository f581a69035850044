"""The score against an oracle that works everything out the slow way, on random small projects."""

from dataclasses import replace
from math import inf
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from polyvocal.domain.passages import Aspect
from polyvocal.domain.records import Event
from polyvocal.domain.spans import Span
from polyvocal.domain.timeline import seconds_at
from polyvocal.services.analysis.score import Score, score
from polyvocal.services.analysis.score_plan import PassageMark
from polyvocal.services.queries.passages import EVERYTHING
from polyvocal.store.view import View
from tests.services.compare_oracle import Oracle
from tests.services.compare_projects import random_filter
from tests.services.score_oracle import Expected, expected_place
from tests.services.score_projects import timed_project

Key = tuple[int | None, int, int, int]
"""A staff, a source and a span."""


def shown(score: Score) -> dict[Key, PassageMark]:
    """The passages on the staves."""
    found: dict[Key, PassageMark] = {
        (staff.observer, mark.source, mark.start, mark.end): mark for staff in score.staves for mark in staff.marks
    }
    assert len(found) == sum(len(staff.marks) for staff in score.staves)
    return found


def meant(oracle: Oracle) -> dict[tuple[int, Span | None], list[Any]]:
    """The codings that a filter means, by source and span."""
    found: dict[tuple[int, Span | None], list[Any]] = {}
    for one in oracle.codings():
        found.setdefault((oracle.source_of(one).id, oracle.place(one)), []).append(one)
    return found


def bounds(mark: PassageMark) -> Expected:
    """What bounds a passage, as the oracle says it."""
    told = mark.told
    return Expected(
        str(told.placing),
        seconds_at(told.earliest) if told.earliest is not None else -inf,
        seconds_at(told.latest) if told.latest is not None else inf,
        bool(told.doubts),
    )


def drawn_score(view: View, data: st.DataObject) -> tuple[Score, Oracle, Oracle, Event]:
    """A score under a random filter, and the oracles of the filter and of all that coders in question coded."""
    events = view.all(Event)
    assume(events)
    event = data.draw(st.sampled_from(events))
    some = random_filter(data.draw, view) if data.draw(st.sampled_from([False, False, True])) else EVERYTHING
    chosen = replace(some, events=frozenset({event.id}))
    everything = chosen
    for aspect in (Aspect.CODE, Aspect.CONCERNS, Aspect.ACTOR, Aspect.STANCE, Aspect.TERM, Aspect.LAYER):
        everything = everything.but(aspect)
    return score(view, event.id, chosen), Oracle(view, chosen), Oracle(view, everything), event


@settings(max_examples=100)
@given(st.data())
def test_every_passage_stands_where_a_plain_reading_of_the_rule_puts_it(
    template_project: Path, data: st.DataObject
) -> None:
    with timed_project(template_project, data.draw) as view:
        made, oracle, everything, event = drawn_score(view, data)
        marks = shown(made)
        expected: dict[Key, Any] = {}
        gone = 0
        every = meant(everything)
        for (source, span), codings in meant(oracle).items():
            (account,) = [one for one in oracle.everything if one.id == source]
            if span is None:
                gone += 1
                continue
            for author in [one["observer"] for one in oracle.authors(account)] or [None]:
                expected[author, source, *span] = (
                    {one.id for one in codings},
                    {one.code for one in codings},
                    {one.code for one in every[source, span]},
                    {one.coder for one in every[source, span]},
                    expected_place(oracle, account, span, event),
                )
        assert {
            key: (set(mark.codings), set(mark.meant), set(mark.codes), set(mark.coders), bounds(mark))
            for key, mark in marks.items()
        } == expected
        assert sum(not one.placed for one in made.doubts) <= gone
        assert sum(one.passages for one in made.doubts if not one.placed) == gone


@settings(max_examples=40)
@given(st.data())
def test_passages_follow_one_another_in_the_order_of_time_and_of_their_text(
    template_project: Path, data: st.DataObject
) -> None:
    with timed_project(template_project, data.draw) as view:
        made, *_ = drawn_score(view, data)
        for staff in made.staves:
            assert [mark.at for mark in staff.marks] == sorted(mark.at for mark in staff.marks)
            for mark in staff.marks:
                assert made.left <= mark.left <= mark.at <= mark.right <= made.right
                told = mark.told
                if told.earliest is not None:
                    assert made.axis.moment(mark.left) == pytest.approx(seconds_at(told.earliest), abs=0.01, rel=0)
                if told.latest is not None:
                    assert made.axis.moment(mark.right) == pytest.approx(seconds_at(told.latest), abs=0.01, rel=0)
            for one in staff.marks:
                for other in staff.marks:
                    alike = (one.source, one.left, one.right, one.told.placing) == (
                        other.source, other.left, other.right, other.told.placing,
                    )  # fmt: skip
                    if alike and one.start < other.start:
                        assert one.at <= other.at


@settings(max_examples=40)
@given(st.data())
def test_states_are_those_of_the_cells_of_observers_and_sessions(template_project: Path, data: st.DataObject) -> None:
    with timed_project(template_project, data.draw) as view:
        made, oracle, *_ = drawn_score(view, data)
        for staff in made.staves:
            if staff.observer is None:
                assert (staff.sessions, staff.phases) == ({}, {})
                continue
            for session, state in staff.sessions.items():
                assert state == oracle.state(observer=staff.observer, session=session)
            for phase, state in staff.phases.items():
                assert state == oracle.state(observer=staff.observer, phase=str(phase))
        told = {one.name for one in made.staves} | set(made.nobody)
        assert {oracle.name("observer", one) for one in oracle.keys("observer")} <= told
