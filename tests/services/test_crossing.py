"""Tables as a window shows them: the codes on their lines, what is behind each of them, what could be chosen."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyvocal.domain.codetree import with_descendants
from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.records import Code, Person
from polyvocal.domain.words import AttributeType, CellState
from polyvocal.services.analysis.co_occurrence import Nearness, Together
from polyvocal.services.analysis.crossing import Counting, Whom, crossing, offered
from polyvocal.services.analysis.dimensions import CODES, OBSERVERS, Along, Dimension
from polyvocal.services.analysis.holdings import Holdings
from polyvocal.services.analysis.matrix import Asked
from polyvocal.services.commands.attributes import add_attribute, set_value
from polyvocal.services.commands.codings import add_coding
from polyvocal.services.queries.passages import coded_passages
from polyvocal.store.file import ProjectFile
from tests.services.compare_projects import random_filter, random_project


def test_rows_are_the_codes_in_the_order_of_the_tree(small_project: ProjectFile) -> None:
    with small_project.view() as view:
        table = crossing(Holdings(view), Asked())
    assert [(one.depth, one.code.name, one.has_below) for one in table.row_codes] == [
        (0, "Collaboration", True),
        (1, "Who decides", False),
        (1, "Whose time", False),
        (0, "Protest", False),
        (0, "Sense-making", False),
    ]
    assert table.row_codes[1].path == "Collaboration / Who decides"
    assert table.column_codes == ()
    assert table.headings == {0}
    assert CellState.CODED in table.found
    assert table.most == 4
    assert not table.is_share


def test_folded_code_stands_for_those_below_it_also_where_only_these_are_asked_for(small_project: ProjectFile) -> None:
    with small_project.view() as view:
        ids = {one.name: one.id for one in view.all(Code)}
        folded = Along(Dimension.CODE, folded=frozenset({ids["Collaboration"]}))
        chosen = PassageFilter(codes=frozenset({ids["Whose time"]}))
        table = crossing(Holdings(view), Asked(rows=folded, chosen=chosen))
        (line,) = table.row_codes
        assert (line.code.name, line.folded, line.has_below) == ("Collaboration", True, True)
        assert table.headings == frozenset()
        whole = crossing(Holdings(view), Asked(rows=folded))
        assert whole.behind_row(0).codes == with_descendants(view.all(Code), ids["Collaboration"])


def test_coders_and_attributes_are_offered_as_far_as_they_are_recorded(small_project: ProjectFile) -> None:
    with small_project.view() as view:
        found = offered(Holdings(view))
    assert [name for _, name in found.coders] == ["Oda", "Wren"]
    assert found.attributes == ()
    add_attribute(small_project, name="Years", type=AttributeType.NUMBER)
    set_value(small_project, kind="person", case="Wren", attribute="Years", value="4")
    with small_project.view() as view:
        found = offered(Holdings(view))
    assert [(along.dimension, title) for along, title in found.attributes] == [
        (Dimension.OBSERVER, "Years of the observer"),
        (Dimension.CODER, "Years of the coder"),
        (Dimension.PARTICIPANT, "Years of the participant"),
    ]


@pytest.mark.parametrize("counting", Counting)
def test_who_codes_whom_marks_what_somebody_wrote_and_coded(small_project: ProjectFile, counting: Counting) -> None:
    with small_project.view() as view:
        table = crossing(Holdings(view), Whom(counting))
    own = {
        (row, column)
        for at, row in enumerate(table.rows.names)
        for number, column in enumerate(table.columns.names)
        if table.is_own(at, number)
    }
    assert own == {("Wren", "Wren")}
    wren = table.rows.names.index("Wren"), table.columns.names.index("Wren")
    assert (
        table.number(*wren) == {"passages": 3, "words-read": 0, "accounts-read": 0}[counting] or counting != "passages"
    )
    assert [head.observer for head in table.heads] == list(table.rows.names)


def test_where_codes_meet_all_passages_of_one_are_behind_its_line(small_project: ProjectFile) -> None:
    add_coding(small_project, source="Plenary, Ilse", start=0, end=9, code="Protest", coder="Oda")
    add_coding(small_project, source="Plenary, Ilse", start=2, end=5, code="Sense-making", coder="Oda")
    with small_project.view() as view:
        table = crossing(Holdings(view), Together(Nearness.OVERLAP))
        place = table.rows.names.index("Protest"), table.columns.names.index("Sense-making")
        assert table.state(*place) is CellState.CODED
        assert {one.code for one in coded_passages(view, table.behind_column(place[1]))} == {"Sense-making"}
        assert table.row_codes == table.column_codes


@given(st.data())
def test_lines_and_cells_mean_just_the_passages_that_they_count(template_project: Path, data: st.DataObject) -> None:
    with random_project(template_project, data.draw) as view:
        chosen = random_filter(data.draw, view)
        table = crossing(Holdings(view), Asked(CODES, OBSERVERS, chosen=chosen))
        for row in range(len(table.rows)):
            cells = [
                {one.id for one in coded_passages(view, table.behind(row, column))}
                for column in range(len(table.columns))
            ]
            assert [len(one) for one in cells] == table.numbers[row].tolist()
            assert set().union(*cells) <= {one.id for one in coded_passages(view, table.behind_row(row))}


def test_highest_number_of_shares_leaves_out_shares_of_nothing(small_project: ProjectFile) -> None:
    from polyvocal.services.analysis.measures import Measure

    with small_project.view() as view:
        (ilse,) = view.find(Person, name="Ilse")
        table = crossing(Holdings(view), Asked(measure=Measure.SHARE_OF_ROW))
        assert table.is_share
        assert 0 < table.most <= 1
        nothing = PassageFilter(observers=frozenset({ilse.id}), coders=frozenset({ilse.id}))
        assert crossing(Holdings(view), Asked(measure=Measure.SHARE, chosen=nothing)).most == 0
