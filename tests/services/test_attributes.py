"""Cases and their attributes: commands and what is asked of them, on a file."""

import pytest

from polyvocal.domain.editmap import EditMap
from polyvocal.domain.errors import UserError
from polyvocal.domain.records import AttributeValue, Person
from polyvocal.domain.words import AttributeType, SourceKind
from polyvocal.services.commands.attributes import (
    AttributeDraft,
    Cell,
    ValuesDraft,
    add_attribute,
    import_values,
    set_value,
    set_values,
)
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.incoming import About, Incoming
from polyvocal.services.commands.people import add_group, add_person
from polyvocal.services.commands.removal import remove, what_goes_with
from polyvocal.services.commands.setting import add_event, add_session
from polyvocal.services.commands.sources import import_sources
from polyvocal.services.queries.attributes import (
    distinct_values,
    list_attributes,
    list_values,
    read_sheet,
    values_of,
)
from polyvocal.store.file import ProjectFile


def known(project: ProjectFile) -> list[tuple[str, str, str]]:
    """Case, attribute and value of all that is known."""
    with project.view() as view:
        return [(one.case, one.attribute, one.value) for one in list_values(view)]


@pytest.fixture
def cases(small_project: ProjectFile) -> ProjectFile:
    """The small study with three attributes, and values of people and a group."""
    add_attribute(small_project, name="Age", type=AttributeType.NUMBER, unit="years")
    add_attribute(small_project, name="Band", type=AttributeType.TEXT)
    add_attribute(small_project, name="Paid", type=AttributeType.YES_NO)
    set_values(
        small_project,
        kind="people",
        cells=[Cell("Wren", "Age", "41.0"), Cell("Ilse", "age", "9"), Cell("Wren", "Paid", "TRUE")],
    )
    set_value(small_project, kind="group", case="Lay panel", attribute="Paid", value="no")
    return small_project


def test_values_are_kept_in_one_form_and_listed_by_kind_and_name(cases: ProjectFile) -> None:
    assert known(cases) == [
        ("Ilse", "Age", "9"),
        ("Wren", "Age", "41"),
        ("Wren", "Paid", "yes"),
        ("Lay panel", "Paid", "no"),
    ]


def test_sheet_has_every_case_of_the_kind_and_says_where_attributes_are_used(cases: ProjectFile) -> None:
    with cases.view() as view:
        sheet = read_sheet(view, "group")
        assert [case.name for case in sheet.cases] == ["Lay panel", "Ward 4", "Ward teams"]
        names = {one.id: one.name for one in sheet.attributes}
        assert list(names.values()) == ["Age", "Band", "Paid"]
        assert {names[one] for one in sheet.used} == {"Paid"}
        assert {names[one] for one in sheet.elsewhere} == {"Age"}
        assert list(sheet.values.values()) == ["no"]


def test_values_of_one_case_and_of_one_attribute(cases: ProjectFile) -> None:
    with cases.view() as view:
        (wren,) = view.find(Person, name="Wren")
        assert [(one.attribute.name, one.value) for one in values_of(view, wren.id)] == [("Age", "41"), ("Paid", "yes")]
        (age, _, paid) = list_attributes(view)
        assert [tuple(one) for one in distinct_values(view, age.id)] == [("9", 1), ("41", 1)]  # type: ignore[arg-type]
        assert (paid.values, paid.of) == (2, ("people", "groups"))


def test_value_is_changed_and_cleared(cases: ProjectFile) -> None:
    assert set_value(cases, kind="person", case="Wren", attribute="Age", value="41").kinds == {}
    set_value(cases, kind="person", case="Wren", attribute="Age", value="42")
    set_value(cases, kind="person", case="Wren", attribute="Paid", value=" ")
    set_value(cases, kind="person", case="Ilse", attribute="Paid", value=None)
    assert known(cases) == [("Ilse", "Age", "9"), ("Wren", "Age", "42"), ("Lay panel", "Paid", "no")]


def test_nothing_is_written_where_one_of_several_values_does_not_fit(cases: ProjectFile) -> None:
    before = known(cases)
    with pytest.raises(UserError, match="Age of Ilse: 'soon' is no number"):
        set_values(cases, kind="person", cells=[Cell("Wren", "Age", "1"), Cell("Ilse", "Age", "soon")])
    assert known(cases) == before


@pytest.mark.parametrize("kind", ["code", "memo", "value"])
def test_what_cannot_be_a_case_is_refused(cases: ProjectFile, kind: str) -> None:
    with pytest.raises(UserError, match="cases are people, groups, sources, events, sessions"):
        set_value(cases, kind=kind, case="Protest", attribute="Age", value="1")


def test_name_is_borne_by_one_attribute_only(cases: ProjectFile) -> None:
    with pytest.raises(UserError, match="there is an attribute called 'AGE' already"):
        add_attribute(cases, name="AGE", type=AttributeType.TEXT)
    with pytest.raises(UserError, match="an attribute called 'paid'"):
        change(cases, "attribute", "Band", {"name": "paid"})
    change(cases, "attribute", "Age", {"name": "age"})


def test_only_numbers_have_a_unit(cases: ProjectFile) -> None:
    with pytest.raises(UserError, match="only numbers have a unit"):
        add_attribute(cases, name="Site", type=AttributeType.TEXT, unit="beds")
    with pytest.raises(UserError, match="only numbers have a unit"):
        change(cases, "attribute", "Age", {"type": "text"})
    change(cases, "attribute", "Age", {"type": "text", "unit": ""})


def test_type_is_changed_with_the_form_of_the_values(cases: ProjectFile) -> None:
    set_value(cases, kind="person", case="Wren", attribute="Band", value="7.0")
    change(cases, "attribute", "Band", {"type": "number"})
    assert ("Wren", "Band", "7") in known(cases)


def test_type_that_some_values_do_not_fit_is_refused_with_the_list_of_these(cases: ProjectFile) -> None:
    before = known(cases)
    with pytest.raises(UserError, match=r"2 of its 2 values do not fit: 'Wren': '41'; 'Ilse': '9'"):
        change(cases, "attribute", "Age", {"type": "date", "unit": ""})
    assert known(cases) == before


def test_value_is_changed_by_its_id_within_its_type(cases: ProjectFile) -> None:
    with cases.view() as view:
        value = next(one.id for one in view.all(AttributeValue) if one.value == "41")
    change(cases, "value", str(value), {"value": "43.0"})
    assert ("Wren", "Age", "43") in known(cases)
    with pytest.raises(UserError, match="no number"):
        change(cases, "value", str(value), {"value": "many"})
    with pytest.raises(UserError, match="clear it"):
        change(cases, "value", str(value), {"value": ""})


def test_attribute_goes_with_its_values_and_comes_back_with_them(cases: ProjectFile) -> None:
    before = known(cases)
    with cases.view() as view:
        assert what_goes_with(view, "attribute", "Paid") == {"attribute_value": 2}
    remove(cases, "attribute", "Paid")
    assert known(cases) == [("Ilse", "Age", "9"), ("Wren", "Age", "41")]
    cases.undo(None)
    assert known(cases) == before


@pytest.mark.parametrize(
    ("kind", "case"),
    [("person", "Robin"), ("group", "Kin"), ("source", "A paper"), ("session", "Tea"), ("event", "X")],
)
def test_case_goes_with_its_values_and_comes_back_with_them(small_project: ProjectFile, kind: str, case: str) -> None:
    add_person(small_project, name="Robin")
    add_group(small_project, name="Kin")
    import_sources(small_project, [Incoming("A paper", "Words.", EditMap())], About(kind=SourceKind.PAPER))
    add_event(small_project, title="X")
    add_session(small_project, title="Tea", event="Launch")
    add_attribute(small_project, name="Noise", type=AttributeType.NUMBER)
    set_value(small_project, kind=kind, case=case, attribute="Noise", value="3")
    before = known(small_project)
    remove(small_project, kind, case)
    assert known(small_project) == []
    small_project.undo(None)
    assert known(small_project) == before == [(case, "Noise", "3")]


def test_sessions_of_one_title_are_told_apart_by_their_events(small_project: ProjectFile) -> None:
    add_session(small_project, title="plenary", event="Another event")
    with small_project.view() as view:
        names = [case.name for case in read_sheet(view, "session").cases]
    assert names == ["Another event / plenary", "Corridor", "Launch / Plenary"]


def test_import_is_one_operation_that_makes_attributes_and_people(cases: ProjectFile) -> None:
    before = known(cases)
    draft = ValuesDraft(
        "people",
        (AttributeDraft("Site", AttributeType.TEXT),),
        ("Robin",),
        (Cell("Robin", "Site", "North"), Cell("Robin", "Age", "30")),
    )
    changes = import_values(cases, draft)
    assert {kind: one.created for kind, one in changes.kinds.items()} == {
        "attribute": 1,
        "person": 1,
        "attribute_value": 2,
    }
    cases.undo(None)
    assert known(cases) == before


def test_import_does_not_make_what_needs_more_than_a_name(cases: ProjectFile) -> None:
    with pytest.raises(UserError, match="sources are not made"):
        import_values(cases, ValuesDraft("source", new_cases=("A note",)))
