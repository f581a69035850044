"""Who codes whom, and what was read in one's accounts alone: against plain counts, and counted by hand."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyvocal.domain.text import count_words
from polyvocal.domain.words import CellState, Standing
from polyvocal.services.analysis.ledger import Ledger
from polyvocal.services.analysis.only_here import ALONG, Whose
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.people import add_person
from polyvocal.services.commands.reading import set_reading
from polyvocal.services.queries.passages import coded_passages
from polyvocal.store.file import ProjectFile
from tests.services.compare_oracle import Oracle, called
from tests.services.compare_projects import random_filter, random_project
from tests.services.compare_studies import code, write


@settings(max_examples=80)
@given(st.data())
def test_passages_words_and_accounts_of_each_coder_are_what_a_plain_count_says(
    template_project: Path, data: st.DataObject
) -> None:
    with random_project(template_project, data.draw) as view:
        chosen = random_filter(data.draw, view)
        oracle = Oracle(view, chosen)
        found = Ledger().who_codes_whom(view, chosen, totals=True)
        names = {oracle.name("observer", one): one for one in oracle.people}
        assert {names[one] for one in found.observers.names} == oracle.keys("observer")
        assert {names[one] for one in found.coders.names} == oracle.keys("coder")
        for row, observer in enumerate(names[one] for one in found.observers.names):
            accounts = oracle.accounts_in(observer=observer)
            for column, coder in enumerate(names[one] for one in found.coders.names):
                words = done = 0
                for source in accounts:
                    text = view.text(oracle.current[source.id].text_hash)
                    words += count_words(text[: oracle.read_to(source, {coder})])
                    done += any(one.state == "done" for one in oracle.readings(source, {coder}))
                passages = oracle.passages(observer=observer, coder=coder)
                assert found.matrix.number(row, column) == len(passages)
                assert (found.words_read[row, column], found.accounts_done[row, column]) == (words, done)
                assert found.own[row, column] == (observer == coder)
                assert {one.id for one in coded_passages(view, found.matrix.behind(row, column))} == {
                    one.id for one in passages
                }


@settings(max_examples=60)
@given(st.data())
def test_totals_of_who_codes_whom_are_what_a_plain_count_says(template_project: Path, data: st.DataObject) -> None:
    with random_project(template_project, data.draw) as view:
        chosen = random_filter(data.draw, view)
        oracle = Oracle(view, chosen)
        found = Ledger().who_codes_whom(view, chosen, totals=True)
        assert found.in_all is not None
        names = {oracle.name("observer", one): one for one in oracle.people}
        observers = [{names[one]} for one in found.observers.names]
        coders = [{names[one]} for one in found.coders.names]
        everybody = set[int]().union(*observers), set[int]().union(*coders)
        for at, (wrote, read_by) in (
            *((("rows", row), (one, everybody[1])) for row, one in enumerate(observers)),
            *((("columns", column), (everybody[0], one)) for column, one in enumerate(coders)),
            (("whole", 0), everybody),
        ):
            mine = {source.id: source for one in wrote for source in oracle.accounts_in(observer=one)}.values()
            texts = [
                view.text(oracle.current[source.id].text_hash)[: oracle.read_to(source, read_by)] for source in mine
            ]
            done = [source for source in mine if any(one.state == "done" for one in oracle.readings(source, read_by))]
            assert getattr(found.in_all.words_read, at[0])[at[1]] == sum(map(count_words, texts))
            assert getattr(found.in_all.accounts_done, at[0])[at[1]] == len(done)
            if at[0] == "whole":
                assert found.in_all.words == sum(oracle.current[source.id].words for source in mine)
                assert found.in_all.accounts == len(mine)


@settings(max_examples=120)
@given(st.data())
def test_what_is_only_here_is_what_a_plain_count_says(template_project: Path, data: st.DataObject) -> None:
    with random_project(template_project, data.draw) as view:
        chosen = random_filter(data.draw, view)
        whose = data.draw(st.sampled_from(Whose))
        oracle, dimension = Oracle(view, chosen), called(ALONG[whose])
        expected = {}
        for key in oracle.keys("code"):
            there = {at: oracle.passages(code=key, **{dimension: at}) for at in oracle.keys(dimension)}
            here = [at for at, passages in there.items() if passages]
            if len(here) == 1:
                others = {}
                for at in oracle.keys(dimension) - {here[0]}:
                    accounts = oracle.accounts_in(**{dimension: at})
                    state = oracle.state(code=key, **{dimension: at})
                    if whose is Whose.STANDING:
                        done = [
                            any(o.state == "done" for o in oracle.readings(s, set(oracle.people))) for s in accounts
                        ]
                        state = "" if not accounts else "read, not so coded" if all(done) else "written, not yet read"
                    others[oracle.name(dimension, at)] = (
                        state,
                        len(accounts),
                        sum(oracle.current[one.id].words for one in accounts),
                        sum(map(oracle.words_read, accounts)),
                    )
                passages = there[here[0]]
                expected[oracle.name("code", key), oracle.name(dimension, here[0])] = (
                    {one.id for one in passages},
                    sorted(oracle.name("coder", one) for one in {one.coder for one in passages}),
                    others,
                )
        listed = Ledger().only_here(view, whose, chosen)
        found = {
            (one.code, one.where): (
                {passage.id for passage in coded_passages(view, listed.behind(one))},
                sorted(one.coders),
                {o.name: (o.state or "", o.accounts, o.words, o.words_read) for o in one.others},
            )
            for one in listed.found
        }
        assert found == expected
        assert {(one.code, one.where): one.passages for one in listed.found} == {
            pair: len(passages) for pair, (passages, _, _) in expected.items()
        }


# --- counted by hand -----------------------------------------------------------------------------------------------


@pytest.fixture
def study(project: ProjectFile) -> ProjectFile:
    """Three observers of two standings; Oda and Ines code."""
    add_code(project, name="Protest")
    add_code(project, name="Time")
    for name, standing in (("Ines", Standing.ETHNOGRAPHER), ("Kim", Standing.LAY_PANEL), ("Lea", Standing.LAY_PANEL)):
        add_person(project, name=name, standing=standing)
        write(project, f"Note of {name}", name, event=None, tens=2)
    code(project, "Note of Ines", 0, 6, coder="Ines")
    code(project, "Note of Ines", 2, 6, coder="Oda")
    code(project, "Note of Kim", 0, 6, "Time", coder="Oda")
    code(project, "Note of Ines", 0, 9, "Time", coder="Oda")
    set_reading(project, source="Note of Kim", coder="Oda", read_to=None)
    return project


def test_own_notes_are_marked_and_what_each_coder_read_is_told(study: ProjectFile) -> None:
    with study.view() as view:
        found = Ledger().who_codes_whom(view)
    rows, columns = found.observers.names, found.coders.names
    assert (rows, columns) == (("Ines", "Kim", "Lea"), ("Ines", "Oda"))
    assert found.matrix.numbers.tolist() == [[1, 2], [0, 1], [0, 0]]
    assert found.own.tolist() == [[True, False], [False, False], [False, False]]
    assert found.accounts_done.tolist() == [[0, 0], [0, 1], [0, 0]]
    assert found.words_read.tolist() == [[0, 0], [0, 7], [0, 0]]
    assert found.matrix.heads[0].self_coded == pytest.approx(1 / 3)


def test_code_that_is_only_here_says_of_the_others_whether_they_were_read(study: ProjectFile) -> None:
    with study.view() as view:
        (protest,) = Ledger().only_here(view, Whose.OBSERVER).found
        by_standing = Ledger().only_here(view, Whose.STANDING)
    assert (protest.code, protest.where, protest.passages, protest.coders) == ("Protest", "Ines", 2, ("Ines", "Oda"))
    assert [one.name for one in protest.others_in(CellState.READ_NOT_SO_CODED)] == ["Kim"]
    assert [one.name for one in protest.others_in(CellState.WRITTEN_NOT_YET_READ)] == ["Lea"]
    (of_standing,) = by_standing.found
    assert [(one.name, one.state, one.words, one.words_read) for one in of_standing.others] == [
        ("research-team", None, 0, 0),
        ("lay-panel", CellState.WRITTEN_NOT_YET_READ, 14, 7),
        ("other", None, 0, 0),
    ]
    assert "does not mean that it is missing there" in by_standing.caption
