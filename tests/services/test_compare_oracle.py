"""`compare` against an oracle that works everything out the slow way, on random small projects."""

from dataclasses import fields, replace
from itertools import permutations, product
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from polyvocal.domain.ids import CodeId
from polyvocal.domain.passages import CaseOf, PassageQuery
from polyvocal.domain.records import Attribute, Code
from polyvocal.domain.words import CellState, LayerName, Phase, SourceKind, StanceName, Standing
from polyvocal.services.analysis.compare import Along, Comparison, Dimension, Measure, compare
from polyvocal.services.analysis.dimensions import along_attribute
from polyvocal.services.analysis.holdings import Holdings
from polyvocal.services.analysis.matrix import Asked, Place, matrix
from polyvocal.services.analysis.measures import SHARES
from polyvocal.services.queries.passage_list import passages_at
from polyvocal.services.queries.passages import EVERYTHING, coded_passages
from polyvocal.store.file import open_project
from polyvocal.store.view import View
from tests.services.compare_oracle import Oracle, called, cell
from tests.services.compare_projects import cut_project, random_filter, random_project

PAIRS = sorted(permutations(Dimension, 2))


def told(comparison: Comparison) -> dict[tuple[str, str], tuple[Any, str]]:
    """(number, state) by the names of row and column."""
    return {
        (row, column): (number, state)
        for row, numbers, states in zip(comparison.rows, comparison.cells, comparison.states, strict=True)
        for column, number, state in zip(comparison.columns, numbers, states, strict=True)
    }


def expected(
    oracle: Oracle, rows: Along | Dimension, columns: Along | Dimension, measure: Measure
) -> dict[tuple[str, str], tuple[Any, str]]:
    """The same by the oracle."""
    return {
        (oracle.name(called(rows), row), oracle.name(called(columns), column)): (
            oracle.measure(measure, **cell(rows, row, columns, column)),
            oracle.state(**cell(rows, row, columns, column)),
        )
        for row in oracle.keys(called(rows))
        for column in oracle.keys(called(columns))
    }


def any_axis(draw: Any, view: View) -> Along:
    """A dimension, an attribute of a case, or the code tree with some codes folded."""
    folded = draw(st.sets(st.sampled_from([one.id for one in view.all(Code)] or [CodeId(0)])))
    axes = [*map(Along, Dimension), Along(Dimension.CODE, folded=frozenset(folded))]
    axes += [along_attribute(of, one.id) for of in CaseOf for one in view.all(Attribute)]
    found: Along = draw(st.sampled_from(axes))
    return found


@settings(max_examples=150)
@given(st.data())
def test_attributes_and_folded_codes_are_what_a_plain_count_says(template_project: Path, data: st.DataObject) -> None:
    with random_project(template_project, data.draw) as view:
        chosen = random_filter(data.draw, view)
        for _ in range(4):
            rows, columns = any_axis(data.draw, view), any_axis(data.draw, view)
            if replace(rows, folded=frozenset()) == replace(columns, folded=frozenset()):
                continue
            oracle = Oracle(view, chosen, rows.folded | columns.folded)
            measure = data.draw(st.sampled_from(Measure))
            comparison = compare(view, rows, columns, measure, chosen)
            assert told(comparison) == expected(oracle, rows, columns, measure)


@settings(max_examples=120)
@given(st.data())
def test_each_number_is_a_door_to_the_passages_that_it_counts(template_project: Path, data: st.DataObject) -> None:
    with random_project(template_project, data.draw) as view:
        chosen = random_filter(data.draw, view)
        rows, columns = any_axis(data.draw, view), any_axis(data.draw, view)
        if replace(rows, folded=frozenset()) == replace(columns, folded=frozenset()):
            return
        oracle = Oracle(view, chosen, rows.folded | columns.folded)
        table = matrix(Holdings(view), Asked(rows, columns, Measure.PASSAGES, chosen))
        keys = {
            (oracle.name(called(rows), row), oracle.name(called(columns), column)): (row, column)
            for row in oracle.keys(called(rows))
            for column in oracle.keys(called(columns))
        }
        for (at, row), (to, column) in product(enumerate(table.rows.names), enumerate(table.columns.names)):
            counted = oracle.passages(**cell(rows, keys[row, column][0], columns, keys[row, column][1]))
            assert {one.id for one in coded_passages(view, table.behind(at, to))} == {one.id for one in counted}


@settings(max_examples=100)
@given(st.data())
def test_totals_are_what_a_plain_count_of_all_their_cells_says(template_project: Path, data: st.DataObject) -> None:
    making = data.draw(st.sampled_from([random_project, cut_project]))
    with making(template_project, data.draw) as view:
        chosen = random_filter(data.draw, view)
        rows, columns = any_axis(data.draw, view), any_axis(data.draw, view)
        if replace(rows, folded=frozenset()) == replace(columns, folded=frozenset()):
            return
        oracle = Oracle(view, chosen, rows.folded | columns.folded)
        measure = data.draw(st.sampled_from(Measure))
        table = matrix(Holdings(view), Asked(rows, columns, measure, chosen, totals=True))
        by_name = [{oracle.name(called(one), key): key for key in oracle.keys(called(one))} for one in (rows, columns)]
        if not all(by_name):
            return
        cells = [cell(rows, row, columns, column) for row, column in product(*(one.values() for one in by_name))]
        places: list[list[Place]] = [[*range(len(table.rows)), None], [*range(len(table.columns)), None]]
        for row, column in product(*places):
            if row is not None and column is not None:
                continue
            keys = [
                {*named.values()} if place is None else {named[axis.names[place]]}
                for named, axis, place in zip(by_name, (table.rows, table.columns), (row, column), strict=True)
            ]
            mine = [one for one in cells if all(key in of for key, of in zip(one.values(), keys, strict=True))]
            of_itself = {Measure.SHARE_OF_ROW: row, Measure.SHARE_OF_COLUMN: column}.get(measure) is not None
            assert table.number(row, column) == oracle.total(measure, mine, mine if of_itself else cells)
            found = oracle.in_any(mine)
            assert (table.state(row, column) is CellState.CODED) == bool(found)
            assert {one.id for one in coded_passages(view, table.behind(row, column))} == {one.id for one in found}


@settings(max_examples=120)
@given(st.data())
def test_every_cell_and_state_is_what_a_plain_count_says(template_project: Path, data: st.DataObject) -> None:
    with random_project(template_project, data.draw) as view:
        chosen = random_filter(data.draw, view)
        oracle = Oracle(view, chosen)
        for rows, columns in data.draw(st.lists(st.sampled_from(PAIRS), min_size=6, max_size=6)):
            measure = data.draw(st.sampled_from(Measure))
            comparison = compare(view, rows, columns, measure, chosen)
            assert told(comparison) == expected(oracle, rows, columns, measure)
            assert len(set(comparison.rows)) == len(oracle.keys(rows))
            assert len(set(comparison.columns)) == len(oracle.keys(columns))


@settings(max_examples=120)
@given(st.data())
def test_passages_chosen_by_their_place_are_what_a_plain_count_says(
    template_project: Path, data: st.DataObject
) -> None:
    with cut_project(template_project, data.draw) as view:
        by = data.draw(st.sampled_from(["layers", "events", "sessions", "phases", None]))
        chosen = random_filter(data.draw, view, by=(by,)) if by else EVERYTHING
        listed = list(coded_passages(view, chosen))
        assert len(passages_at(view, PassageQuery(chosen))) == len(listed) == len(Oracle(view, chosen).codings())
        oracle = Oracle(view, chosen)
        place = data.draw(st.sampled_from([Dimension.PHASE, Dimension.SESSION, Dimension.EVENT]))
        for rows, columns in ((Dimension.CODE, place), (Dimension.CODE, Dimension.SOURCE)):
            comparison = compare(view, rows, columns, Measure.PASSAGES, chosen)
            assert told(comparison) == expected(oracle, rows, columns, Measure.PASSAGES)


@settings(max_examples=80)
@given(st.data())
def test_observers_with_codes_are_what_a_plain_count_says(template_project: Path, data: st.DataObject) -> None:
    with random_project(template_project, data.draw) as view:
        chosen = random_filter(data.draw, view)
        other = data.draw(st.sampled_from([one for one in Dimension if one is not Dimension.OBSERVER]))
        comparison = compare(view, other, Dimension.OBSERVER, Measure.SHARE, chosen)
        oracle = Oracle(view, chosen)
        assert told(comparison) == expected(oracle, other, Dimension.OBSERVER, Measure.SHARE)
        places = [(row, column) for row in oracle.keys(other) for column in oracle.keys("observer")]
        shown = {
            one.id: one
            for row, column in places
            for one in oracle.passages(**cell(other, row, Dimension.OBSERVER, column))
        }
        heads = {head.observer: head for head in comparison.heads}
        assert tuple(heads) == comparison.columns
        for observer in oracle.keys("observer"):
            head = heads[oracle.name("observer", observer)]
            found = {field.name: getattr(head, field.name) for field in fields(head) if field.name != "observer"}
            own = {
                one.id: one
                for row, column in places
                if column == observer
                for one in oracle.passages(**cell(other, row, Dimension.OBSERVER, column))
            }
            assert {**found, "coders": sorted(head.coders)} == oracle.head(observer, list(own.values()))
        missing = len(oracle.codings()) - len(shown)
        assert (f"belong to no row or no column ({missing})" in comparison.caption) == (missing > 0)


@settings(max_examples=40)
@given(st.data())
def test_heads_of_standings_are_what_a_plain_count_says(template_project: Path, data: st.DataObject) -> None:
    with random_project(template_project, data.draw) as view:
        oracle = Oracle(view, random_filter(data.draw, view))
        comparison = compare(view, Dimension.CODE, Dimension.STANDING, Measure.PASSAGES, oracle.chosen)
        assert tuple(head.observer for head in comparison.heads) == comparison.columns
        for head in comparison.heads:
            found = {name: getattr(head, name) for name in ("self_coded", "accounts", "words", "words_read")}
            assert {**found, "coders": sorted(head.coders)} == oracle.head_of_standing(head.observer)


@settings(max_examples=50)
@given(st.data())
def test_table_is_the_same_when_rows_and_columns_are_exchanged(template_project: Path, data: st.DataObject) -> None:
    with random_project(template_project, data.draw) as view:
        chosen = random_filter(data.draw, view)
        rows, columns = data.draw(st.sampled_from(PAIRS))
        measure = data.draw(st.sampled_from(Measure))
        turned = {
            Measure.SHARE_OF_ROW: Measure.SHARE_OF_COLUMN,
            Measure.SHARE_OF_COLUMN: Measure.SHARE_OF_ROW,
        }.get(measure, measure)
        one, other = compare(view, rows, columns, measure, chosen), compare(view, columns, rows, turned, chosen)
        assert told(one) == {(row, column): what for (column, row), what in told(other).items()}
        assert one.heads == other.heads


@settings(max_examples=50)
@given(st.data())
def test_sum_over_codes_is_the_number_of_passages_that_are_listed(template_project: Path, data: st.DataObject) -> None:
    with random_project(template_project, data.draw) as view:
        chosen = random_filter(data.draw, view)
        listed = [
            one for one in coded_passages(view, chosen) if one.source in {s.id for s in Oracle(view, chosen).accounts}
        ]
        by_coder = compare(view, Dimension.CODE, Dimension.CODER, Measure.PASSAGES, chosen)
        assert sum(number or 0 for line in by_coder.cells for number in line) == len(listed)


@settings(max_examples=60)
@given(st.data())
def test_cell_over_observers_is_never_without_a_state_of_the_domain(
    template_project: Path, data: st.DataObject
) -> None:
    with random_project(template_project, data.draw) as view:
        chosen = random_filter(data.draw, view)
        other = data.draw(st.sampled_from([one for one in Dimension if one is not Dimension.OBSERVER]))
        comparison = compare(view, Dimension.OBSERVER, other, Measure.PASSAGES, chosen)
        assert {state for line in comparison.states for state in line} <= set(CellState)


def test_table_of_an_empty_project_has_only_vocabulary(template_project: Path) -> None:
    with open_project(template_project) as file, file.view() as view:
        for (rows, columns), measure in product(PAIRS, Measure):
            comparison = compare(view, rows, columns, measure)
            nothing = None if measure in SHARES else 0
            assert told(comparison) == {
                (row, column): (nothing, "") for row in comparison.rows for column in comparison.columns
            }
            assert {*comparison.rows, *comparison.columns} <= {*Standing, *Phase, *StanceName, *SourceKind, *LayerName}
            assert all((head.accounts, head.coders, head.self_coded) == (0, (), None) for head in comparison.heads)
            assert "Over 0 sources of 0 words, 0 of them read; nothing is coded." in comparison.caption
