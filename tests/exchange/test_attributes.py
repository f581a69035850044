"""A table of cases by attributes: what it would write, and that what was exported can be imported again."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polyvocal.domain.attributes import canonical_value
from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import AttributeId
from polyvocal.domain.records import Attribute
from polyvocal.domain.words import AttributeType
from polyvocal.exchange.attributes import Choice, Misfits, Plan, Trouble, Unknown, plan_import, told
from polyvocal.exchange.readers.table import read_table
from polyvocal.exchange.writers.attributes import export_attributes
from polyvocal.services.commands.attributes import Cell, add_attribute, import_values, set_values
from polyvocal.services.commands.setting import add_session
from polyvocal.services.queries.attributes import Case, Sheet, list_attributes, list_values, read_sheet
from polyvocal.store.file import ProjectFile

TEXT, NUMBER, DATE, YES_NO = AttributeType


def planned(project: ProjectFile, content: str, choice: Choice | None = None, *, kind: str = "people") -> Plan:
    """What a .csv would do."""
    with project.view() as view:
        sheet = read_sheet(view, kind)
    return plan_import(read_table(content.encode(), "cases.csv"), sheet, choice)


def lines(plan: Plan) -> list[str]:
    """The problems in words."""
    return [told(one) for one in plan.problems]


def test_types_are_proposed_from_the_values(small_project: ProjectFile) -> None:
    plan = planned(small_project, "person,Age (years),Joined,Paid,Site\nWren,41.0,2024-05-14,yes,North\nIlse,9,,no,\n")
    assert [(one.name, one.type, one.unit, one.values) for one in plan.columns] == [
        ("Age", NUMBER, "years", 2),
        ("Joined", DATE, None, 1),
        ("Paid", YES_NO, None, 2),
        ("Site", TEXT, None, 1),
    ]
    assert (plan.cases, plan.fresh, plan.changed, plan.same) == (2, 6, 0, 0)
    import_values(small_project, plan.decided())
    with small_project.view() as view:
        assert [(one.name, one.type, one.unit) for one in list_attributes(view)] == [
            ("Age", "number", "years"),
            ("Joined", "date", None),
            ("Paid", "yes-no", None),
            ("Site", "text", None),
        ]


def test_attributes_that_are_there_keep_their_type_and_unchanged_values_are_not_written(
    small_project: ProjectFile,
) -> None:
    add_attribute(small_project, name="Age", type=NUMBER, unit="years")
    set_values(small_project, kind="people", cells=[Cell("Wren", "Age", "41"), Cell("Ilse", "Age", "9")])
    plan = planned(small_project, "person,AGE\nWren,41.0\nIlse,10\nBashir,\n")
    assert (plan.fresh, plan.changed, plan.same, len(plan.draft.cells)) == (0, 1, 1, 1)
    assert planned(small_project, "person,age (years)\nWren,soon\n").columns[0].misfits == 1


def test_unknown_cases_are_listed_and_made_or_left_out_only_where_that_is_said(small_project: ProjectFile) -> None:
    content = "person,Age\nWren,41\nRobin,3\n robin ,3\n"
    plan = planned(small_project, content)
    assert lines(plan) == ["row 3: there is no person 'Robin'", "row 4: there is no person 'robin'"]
    with pytest.raises(UserError, match=r"nothing was written.*\n  row 3: there is no person 'Robin'"):
        plan.decided()
    left = planned(small_project, content, Choice(unknown=Unknown.LEAVE_OUT))
    assert (left.decided().new_cases, left.fresh) == ((), 1)
    made = planned(small_project, content, Choice(unknown=Unknown.MAKE))
    assert (made.decided().new_cases, made.fresh) == (("Robin",), 2)
    import_values(small_project, made.decided())
    assert planned(small_project, content).same == 3 - 1


def test_sources_are_never_made_of_a_name(small_project: ProjectFile) -> None:
    plan = planned(small_project, "source,Pages\nNo such note,3\n", Choice(unknown=Unknown.MAKE), kind="sources")
    assert plan.draft.new_cases == ()
    assert [one.trouble for one in plan.open] == [Trouble.UNKNOWN]


def test_what_does_not_fit_is_listed_with_row_and_column(small_project: ProjectFile) -> None:
    add_attribute(small_project, name="Age", type=NUMBER)
    content = "person,Age,Site\nWren,soon,North\n,4,\nWren,,South\n12345678901234,1,\n"
    plan = planned(small_project, content, Choice(unknown=Unknown.MAKE))
    assert [line.split(": ", 1)[0] for line in lines(plan)] == ["row 2, Age", "row 3", "row 4, Site", "row 5"]
    assert "row 2 says 'North'" in lines(plan)[2]
    assert {one.trouble for one in plan.open} == {Trouble.MISFIT}
    rest = planned(small_project, content, Choice(unknown=Unknown.LEAVE_OUT, misfits=Misfits.LEAVE_OUT))
    assert [cell.value for cell in rest.decided().cells] == ["North"]


def test_columns_are_left_out_and_given_another_type(small_project: ProjectFile) -> None:
    choice = Choice(types={1: TEXT}, without=frozenset({2}))
    plan = planned(small_project, "person,Band,Junk\nWren,7.0,x\n", choice)
    assert [(one.name, one.type, one.left_out) for one in plan.columns] == [("Band", TEXT, False), ("Junk", TEXT, True)]
    assert [cell.value for cell in plan.decided().cells] == ["7.0"]


def test_session_of_a_title_that_several_bear_is_named_with_its_event(small_project: ProjectFile) -> None:
    add_session(small_project, title="Plenary", event="Another event")
    plan = planned(small_project, "session,Noise\nPlenary,3\nLaunch / Plenary,4\n", kind="sessions")
    assert lines(plan) == ["row 2: 'Plenary' may be any of Another event / Plenary, Launch / Plenary: write which"]
    assert plan.fresh == 1


def test_table_of_one_column_is_refused(small_project: ProjectFile) -> None:
    with pytest.raises(UserError, match="one column only"):
        planned(small_project, "person\nWren\n")


# --- the round trip -------------------------------------------------------------------------------------------------

_WORDS = st.text(max_size=40) | st.sampled_from(
    ["=cmd|' /C calc'!A0", "'=x", "''@x", "+1", "-2", "３", "_x0041_", "_x005F_x", "a\tb", "1.0", "TRUE", "'", '"', ";"]
)
_GIVEN = {
    TEXT: _WORDS,
    NUMBER: st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20).map(str),
    DATE: st.dates().map(str) | st.datetimes().map(str),
    YES_NO: st.sampled_from(["yes", "no"]),
}


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Cases of any names with values of any kind, as a project could hold them."""
    titles = draw(st.lists(_WORDS, min_size=1, max_size=4, unique_by=lambda one: one.casefold()))
    names = [f"{' '.join(title.split())}{at}" for at, title in enumerate(titles) if canonical(TEXT, f"{title}0")]
    cases = tuple(Case(10**15 + at, name, name) for at, name in enumerate(names))
    attributes = tuple(
        Attribute(id=AttributeId(at), name=f"{name}{at}", type=kind, unit=unit if kind is NUMBER else None)
        for at, (name, kind, unit) in enumerate(
            draw(
                st.lists(
                    st.tuples(
                        st.sampled_from(["Age", "=Age", "Age (years)"]),
                        st.sampled_from(AttributeType),
                        st.sampled_from([None, "years", "=1"]),
                    ),
                    min_size=1,
                    max_size=4,
                )
            )
        )
    )
    values = {}
    for case in cases:
        for one in attributes:
            value = canonical(one.type, draw(_GIVEN[one.type]))
            if value is not None:
                values[case.id, int(one.id)] = value
    every = frozenset(one.id for one in attributes)
    return Sheet("people", cases, attributes, values, used=every, elsewhere=frozenset())


def canonical(kind: AttributeType, text: str) -> str | None:
    """The kept form, or None where the text is refused."""
    try:
        return canonical_value(kind, text)
    except UserError:
        return None


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sheet=sheets())
def test_values_of_any_text_come_back_unchanged(tmp_path: Path, ending: str, sheet: Sheet) -> None:
    path = tmp_path / f"people{ending}"
    export_attributes(sheet, path)
    table = read_table(path.read_bytes(), path.name)
    if len(table.header) < 2 or not sheet.cases:
        return
    again = plan_import(table, sheet)
    assert again.problems == ()
    assert (again.same, again.fresh, again.changed) == (len(sheet.values), 0, 0)
    empty = Sheet("people", sheet.cases, sheet.attributes, {}, sheet.used, sheet.elsewhere)
    written = {(int(one.case), int(one.attribute)): one.value for one in plan_import(table, empty).decided().cells}
    assert written == sheet.values


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_export_of_one_project_fills_another(small_project: ProjectFile, tmp_path: Path, ending: str) -> None:
    add_attribute(small_project, name="Age", type=NUMBER, unit="years")
    add_attribute(small_project, name="Formula", type=TEXT)
    cells = [Cell("Wren", "Age", "41.5"), Cell("Ilse", "Formula", "=1+1"), Cell("Bashir", "Age", "1" * 30)]
    set_values(small_project, kind="people", cells=cells)
    with small_project.view() as view:
        before, sheet = [one[2:] for one in list_values(view)], read_sheet(view, "people")
        export_attributes(sheet, tmp_path / f"people{ending}")
    for _ in range(3):
        small_project.undo(None)
    with small_project.view() as view:
        assert not list_values(view)
        table = read_table((tmp_path / f"people{ending}").read_bytes(), f"people{ending}")
        plan = plan_import(table, read_sheet(view, "people"))
    import_values(small_project, plan.decided())
    with small_project.view() as view:
        assert [one[2:3] + one[4:] for one in list_values(view)] == [one[:1] + one[2:] for one in before]
        assert [(one.name, one.unit) for one in list_attributes(view)] == [("Age", "years"), ("Formula", None)]


def test_exported_text_is_no_formula(small_project: ProjectFile, tmp_path: Path) -> None:
    add_attribute(small_project, name="=Age", type=TEXT)
    set_values(small_project, kind="people", cells=[Cell("Wren", "=Age", "@SUM(A1)")])
    with small_project.view() as view:
        export_attributes(read_sheet(view, "people"), tmp_path / "people.csv")
    content = (tmp_path / "people.csv").read_text("utf-8-sig")
    assert '"\'=Age"' in content
    assert '"\'@SUM(A1)"' in content
