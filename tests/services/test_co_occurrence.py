"""Codes that come together, against a plain comparison of every two passages; and counted by hand."""

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyvocal.domain.ids import CodeId
from polyvocal.domain.moments import Moment, MomentAnchor
from polyvocal.domain.records import Code, Coding, Event, Session, SourceVersion
from polyvocal.services.analysis.co_occurrence import CoOccurrence, Nearness, Readers, Together, coming_together
from polyvocal.services.analysis.dimensions import Along, Dimension
from polyvocal.services.analysis.ledger import Ledger
from polyvocal.services.choice import choose
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.moments import add_anchors, add_moment
from polyvocal.services.commands.passage import Passage
from polyvocal.services.commands.setting import add_event, add_session
from polyvocal.services.queries.moments import places_of_moments
from polyvocal.services.queries.setting import load_setting
from polyvocal.store.file import ProjectFile
from polyvocal.store.unit import Unit
from polyvocal.store.view import View
from tests.services.compare_oracle import Oracle
from tests.services.compare_projects import random_file, random_filter
from tests.services.compare_studies import code, write


def paragraphs(oracle: Oracle, coding: Coding) -> set[tuple[int, int]]:
    """The paragraphs that a coding touches: a new one begins after a line end, unless it is white space alone."""
    span, source = oracle.place(coding), oracle.source_of(coding)
    if span is None:
        return set()
    text = oracle.view.text(oracle.current[source.id].text_hash)
    starts = [at for at in range(len(text)) if at == 0 or text[at - 1] == "\n"]
    starts = [at for at in starts if text[at:].split("\n")[0].strip()][1:]
    return {(int(source.id), sum(start <= at for start in starts)) for at in range(*span)}


def meet(oracle: Oracle, asked: Together, one: Coding, other: Coding) -> bool:
    """Whether two passages come together."""
    if asked.readers is Readers.SAME and one.coder != other.coder:
        return False
    if asked.near is Nearness.OVERLAP:
        return bool(oracle.characters([one]) & oracle.characters([other]))
    return any(
        source == source_2 and abs(at - at_2) <= asked.paragraphs
        for source, at in paragraphs(oracle, one)
        for source_2, at_2 in paragraphs(oracle, other)
    )


def passages_of(oracle: Oracle) -> list[Coding]:
    """The codings, of which one stands for all that are one passage where codes are folded."""
    found: dict[Any, Coding] = {}
    nth: dict[Any, int] = {}
    for one in sorted(oracle.codings(), key=lambda one: one.id):
        span = oracle.place(one)
        place = (oracle.source_of(one).id, span, one.coder, oracle.row_of(one.code))
        nth[place, one.code] = nth.get((place, one.code), 0) + 1
        found.setdefault((place, nth[place, one.code]) if span else one.id, one)
    return list(found.values())


GATHERED = (Nearness.SESSION, Nearness.MOMENT)


def gatherings(oracle: Oracle, asked: Together, passages: list[Coding]) -> list[list[Coding]]:
    """Those of some passages that are in each session, or in each moment of the events that are asked for.

    What lies in a moment is told by `places_of_moments`, which has tests of its own.
    """
    if asked.near is Nearness.SESSION:
        keys = oracle.keys("session")
        return [[one for one in passages if oracle.is_in(one, session=session)] for session in keys]
    places = places_of_moments(oracle.view, load_setting(oracle.view))
    found = []
    for moment in oracle.all(Moment):
        if moment.event in (oracle.chosen.events or {moment.event}):
            inside = {
                (source, at)
                for source, of in places[moment.id].items()
                for one in of
                for at in range(one.start, one.end)
            }
            found.append([one for one in passages if oracle.characters([one]) & inside])
    return found


def expected(oracle: Oracle, asked: Together) -> dict[tuple[int, int], int]:
    """The number of each two codes, by their ids."""
    codes = sorted(oracle.keys("code"))
    numbers = {(one, other): 0 for one in codes for other in codes}
    passages = passages_of(oracle)
    if asked.near in GATHERED:
        for there in gatherings(oracle, asked, passages):
            by = {one.coder for one in there} if asked.readers is Readers.SAME else {None}
            of = [{oracle.row_of(one.code) for one in there if coder in (None, one.coder)} for coder in by]
            for pair in numbers:
                numbers[pair] += any(set(pair) <= found for found in of)
        return numbers
    for one, other in combinations(passages, 2):
        if meet(oracle, asked, one, other):
            pair = oracle.row_of(one.code), oracle.row_of(other.code)
            numbers[pair] += 1
            if pair[0] != pair[1]:
                numbers[pair[::-1]] += 1
    return numbers


def expected_behind(oracle: Oracle, asked: Together, one: int, other: int) -> set[int]:
    """The passages, by the first of their codings, that come together to what a cell says."""
    passages = [coding for coding in passages_of(oracle) if oracle.row_of(coding.code) in (one, other)]
    if asked.near not in GATHERED:
        return {
            coding.id
            for pair in combinations(passages, 2)
            if {oracle.row_of(coding.code) for coding in pair} == {one, other} and meet(oracle, asked, *pair)
            for coding in pair
        }
    found = set()
    for there in gatherings(oracle, asked, passages):
        for coding in there:
            beside = [by for by in there if asked.readers is Readers.ANY or by.coder == coding.coder]
            if {oracle.row_of(by.code) for by in beside} == {one, other}:
                found.add(int(coding.id))
    return found


def told(oracle: Oracle, found: CoOccurrence) -> dict[tuple[str, str], int]:
    names = found.codes.names
    return {
        (one, other): int(found.numbers[row, column])
        for row, one in enumerate(names)
        for column, other in enumerate(names)
    }


@settings(max_examples=150)
@given(st.data())
def test_codes_come_together_as_often_as_a_plain_count_says(template_project: Path, data: st.DataObject) -> None:
    with random_file(template_project, data.draw) as file:
        near = data.draw(st.sampled_from(Nearness))
        if near is Nearness.MOMENT:
            add_any_moments(data.draw, file)
        with file.view() as view:
            check_together(data.draw, view, near)


def add_any_moments(draw: Any, file: ProjectFile) -> None:
    """Moments of whole sessions, of whole events, or of what is marked by hand in some versions of texts."""
    with file.view() as view:
        events, sessions, versions = view.all(Event), view.all(Session), view.all(SourceVersion)
    made = [draw(st.sampled_from([*events, *sessions])) for _ in range(draw(st.integers(1, 4)))] if events else []
    anchors = [
        (
            draw(st.integers(0, len(made) - 1)),
            version,
            sorted(draw(st.sets(st.integers(0, version.length), min_size=2, max_size=2))),
        )
        for version in (draw(st.lists(st.sampled_from(versions), max_size=4)) if made and versions else [])
    ]

    def work(unit: Unit) -> None:
        ids = [unit.new_id() for _ in made]
        for identity, one in zip(ids, made, strict=True):
            event, session = (one.event, one.id) if isinstance(one, Session) else (one.id, None)
            unit.add(Moment(id=identity, event=event, session=session))
        for number, version, (start, end) in anchors:
            unit.add(MomentAnchor(id=unit.new_id(), moment=ids[number], version=version.id, start=start, end=end))

    if made:
        file.write("make moments up", work)


def check_together(draw: Any, view: View, near: Nearness) -> None:
    """Compare with what a plain count says."""
    chosen = random_filter(draw, view)
    ids = [one.id for one in view.all(Code)] or [CodeId(0)]
    folded = frozenset(draw(st.sets(st.sampled_from(ids))))
    oracle = Oracle(view, chosen, folded)
    asked = Together(
        near,
        draw(st.integers(0, 2)),
        draw(st.sampled_from(Readers)),
        Along(Dimension.CODE, folded=folded),
        chosen,
    )
    found = Ledger().co_occurrence(view, asked)
    numbers = {
        (oracle.name("code", one), oracle.name("code", other)): number
        for (one, other), number in expected(oracle, asked).items()
    }
    assert told(oracle, found) == numbers
    of_code = {oracle.name("code", key): 0 for key in oracle.keys("code")}
    for one in passages_of(oracle):
        of_code[oracle.name("code", oracle.row_of(one.code))] += 1
    assert dict(zip(found.codes.names, found.passages.tolist(), strict=True)) == of_code
    if codes := sorted(oracle.keys("code")):
        pair = draw(st.tuples(st.sampled_from(codes), st.sampled_from(codes)))
        ids_behind = Ledger().with_holdings(view, lambda held: coming_together(held, asked, *map(CodeId, pair)))
        passages = {coding.id for coding in passages_of(oracle)}
        assert ids_behind & passages == expected_behind(oracle, asked, *pair)
        assert bool(ids_behind) == bool(numbers[oracle.name("code", pair[0]), oracle.name("code", pair[1])])


# --- counted by hand -----------------------------------------------------------------------------------------------


@pytest.fixture
def study(project: ProjectFile) -> ProjectFile:
    """Two notes about one session, by two observers, with three codes."""
    add_event(project, title="Launch")
    add_session(project, title="Plenary", event="Launch")
    for name in ("Protest", "Time", "Trust"):
        add_code(project, name=name)
    for observer in ("Ines", "Kim"):
        write(project, observer, observer, session="Plenary", tens=3)
    return project


def together(file: ProjectFile, asked: Together) -> dict[tuple[str, str], int]:
    with file.view() as view:
        found = Ledger().co_occurrence(view, asked)
        return {pair: number for pair, number in told(Oracle(view, asked.chosen), found).items() if number}


def test_pairs_of_passages_are_counted_and_touching_ones_are_none(study: ProjectFile) -> None:
    code(study, "Ines", 0, 6)
    code(study, "Ines", 4, 10)
    code(study, "Ines", 5, 8, "Time")
    code(study, "Ines", 10, 12, "Trust")
    assert together(study, Together()) == {
        ("Protest", "Protest"): 1,
        ("Protest", "Time"): 2,
        ("Time", "Protest"): 2,
    }


def test_same_coder_is_held_constant_where_that_is_asked(study: ProjectFile) -> None:
    code(study, "Ines", 0, 6, coder="Oda")
    code(study, "Ines", 0, 6, "Time", coder="Pim")
    assert together(study, Together()) == {("Protest", "Time"): 1, ("Time", "Protest"): 1}
    assert together(study, Together(readers=Readers.SAME)) == {}


def test_accounts_of_two_observers_come_together_in_a_session_and_nowhere_else(study: ProjectFile) -> None:
    code(study, "Ines", 0, 6)
    code(study, "Kim", 0, 6, "Time")
    assert together(study, Together()) == {}
    assert together(study, Together(Nearness.SESSION)) == {
        ("Protest", "Protest"): 1,
        ("Protest", "Time"): 1,
        ("Time", "Protest"): 1,
        ("Time", "Time"): 1,
    }


def test_moment_gathers_what_lies_in_it_for_certain_whoever_wrote_it(study: ProjectFile) -> None:
    code(study, "Ines", 0, 6)
    code(study, "Kim", 0, 6, "Time")
    code(study, "Kim", 12, 18, "Trust")
    ledger, asked = Ledger(), Together(Nearness.MOMENT)
    with study.view() as view:
        assert not ledger.co_occurrence(view, asked).numbers.any()
    add_moment(study, title="The vote", session="Plenary")
    with study.view() as view:
        by_session = ledger.co_occurrence(view, asked).numbers.tolist()
    assert by_session == [[1, 1, 1], [1, 1, 1], [1, 1, 1]]
    add_anchors(study, moment="The vote", passages=[Passage("Kim", 0, 8)])
    with study.view() as view:
        found = ledger.co_occurrence(view, asked)
    assert found.numbers.tolist() == [[1, 1, 0], [1, 1, 0], [0, 0, 0]]
    assert "moments in which passages of both codes lie for certain" in found.caption
    assert "There is 1 moment, of Launch." in found.caption
    assert found.places == 1


def test_moments_are_those_of_the_events_that_are_asked_for(study: ProjectFile) -> None:
    code(study, "Ines", 0, 6)
    add_event(study, title="Other day")
    add_moment(study, title="The vote", session="Plenary")
    add_moment(study, title="Elsewhere", event="Other day")
    with study.view() as view:
        whole, other = (
            Ledger().co_occurrence(view, Together(Nearness.MOMENT, chosen=choose(view, asked)))
            for asked in ({}, {"event": "Other day"})
        )
    assert "There are 2 moments, of Launch, Other day." in whole.caption
    assert (whole.places, other.places) == (2, 1)
    assert not other.numbers.any()


def test_caption_says_what_was_counted_and_by_whom(study: ProjectFile) -> None:
    code(study, "Ines", 0, 6)
    with study.view() as view:
        chosen = choose(view, {"coder": "Oda"})
        found = Ledger().co_occurrence(view, Together(Nearness.PARAGRAPHS, 2, chosen=chosen))
    assert "in the same paragraph or at most 2 paragraphs apart, coded by whomever" in found.caption
    assert "coded by Oda." in found.caption
    assert "Only coder: Oda." in found.caption


def behind(file: ProjectFile, asked: Together, one: str, other: str) -> set[tuple[str, int]]:
    """(code, start) of each passage behind a cell."""
    with file.view() as view:
        codes = {code.name: code.id for code in view.all(Code)}
        names = {number: name for name, number in codes.items()}
        found = Ledger().with_holdings(view, lambda held: coming_together(held, asked, codes[one], codes[other]))
        return {(names[coding.code], coding.start) for coding in view.among(Coding, "id", found)}


def test_number_is_a_door_to_the_passages_that_come_together_and_to_no_others(study: ProjectFile) -> None:
    code(study, "Ines", 0, 6)
    code(study, "Ines", 4, 8, "Time")
    code(study, "Ines", 5, 7)
    code(study, "Ines", 20, 24)
    code(study, "Kim", 0, 6, "Time")
    assert behind(study, Together(), "Protest", "Time") == {("Protest", 0), ("Protest", 5), ("Time", 4)}
    assert behind(study, Together(), "Protest", "Protest") == {("Protest", 0), ("Protest", 5)}
    assert behind(study, Together(), "Time", "Time") == set()
    assert behind(study, Together(), "Protest", "Trust") == set()
    assert len(behind(study, Together(Nearness.SESSION), "Protest", "Time")) == 5


def test_whatever_comes_together_does_so_both_ways(small_project: ProjectFile) -> None:
    with small_project.view() as view:
        for near in Nearness:
            found = Ledger().co_occurrence(view, Together(near, 1))
            assert found.numbers.any() or near is Nearness.MOMENT
            assert (found.numbers == found.numbers.T).all()
