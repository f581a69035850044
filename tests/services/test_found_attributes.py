"""Columns of a table that are to be attributes become those of the sources that come of its rows."""

import pytest

from polyvocal.domain.attributes import title_of
from polyvocal.domain.editmap import EditMap
from polyvocal.domain.errors import UserError
from polyvocal.domain.records import Attribute, ImportNote, Source
from polyvocal.domain.words import AttributeType
from polyvocal.services.commands.attributes import add_attribute, set_value
from polyvocal.services.commands.found_attributes import UNKEPT
from polyvocal.services.commands.incoming import About, Incoming, Renewal
from polyvocal.services.commands.sources import ImportResult, import_all
from polyvocal.services.queries.attributes import read_sheet
from polyvocal.store.file import ProjectFile

BY = About(observers=("Ines",))


def row(number: int, *attributes: tuple[str, str]) -> Incoming:
    return Incoming(f"row {number}", f"Rain {number}.\n", EditMap(), row=number, attributes=attributes)


def taken(project: ProjectFile, *rows: Incoming) -> ImportResult:
    return import_all(project, [(one, BY) for one in rows])


def values(project: ProjectFile) -> dict[tuple[str, str], str]:
    """What is known of the sources, by their titles and those of the attributes."""
    with project.view() as view:
        sheet = read_sheet(view, "source")
    names = {case.id: case.name for case in sheet.cases}
    titles = {attribute.id: title_of(attribute) for attribute in sheet.attributes}
    return {(names[case], titles[attribute]): value for (case, attribute), value in sheet.values.items()}  # type: ignore[index]


def told(project: ProjectFile) -> list[str]:
    with project.view() as view:
        return [note.detail for note in view.all(ImportNote) if note.what == UNKEPT]


def test_new_attribute_is_of_the_narrowest_type_that_all_rows_fit(project: ProjectFile) -> None:
    taken(
        project,
        row(2, ("Mood", "grey"), ("age (years)", "41.0"), ("Paid", "YES")),
        row(3, ("Mood", "7"), ("age (years)", "9")),
    )
    assert values(project) == {
        ("row 2", "Mood"): "grey",
        ("row 3", "Mood"): "7",
        ("row 2", "age (years)"): "41",
        ("row 3", "age (years)"): "9",
        ("row 2", "Paid"): "yes",
    }
    with project.view() as view:
        types = {one.name: one.type for one in view.all(Attribute)}
    assert types == {"Mood": AttributeType.TEXT, "age": AttributeType.NUMBER, "Paid": AttributeType.YES_NO}


def test_attribute_that_is_there_is_used_and_what_does_not_fit_it_is_told(project: ProjectFile) -> None:
    add_attribute(project, name="age", type=AttributeType.NUMBER, unit="years")
    taken(project, row(2, ("AGE", "41")), row(3, ("age (years)", "about five")))
    assert values(project) == {("row 2", "age (years)"): "41"}
    (why,) = told(project)
    assert "about five" in why


def test_columns_of_one_name_that_differ_are_told(project: ProjectFile) -> None:
    taken(project, row(2, ("Mood", "grey"), ("mood", "blue")))
    assert values(project) == {("row 2", "Mood"): "grey"}
    (why,) = told(project)
    assert "blue" in why


def test_newer_state_of_a_row_says_what_its_source_is_now(project: ProjectFile) -> None:
    ((_, source),) = taken(project, row(2, ("Mood", "grey"))).sources
    set_value(project, kind="source", case=str(source), attribute="Mood", value="blue")
    newer = Incoming("row 2", "Rain and more rain.\n", EditMap(), row=2, attributes=(("Mood", "bright"),))
    import_all(project, [(newer, Renewal(str(source)))])
    assert values(project) == {("row 2", "Mood"): "bright"}


def test_column_whose_name_no_attribute_can_have_is_refused_and_nothing_comes_in(project: ProjectFile) -> None:
    with pytest.raises(UserError, match="cannot be an attribute"):
        taken(project, row(2, ("x" * 501, "grey")))
    with project.view() as view:
        assert view.all(Source) == []


def test_attributes_go_with_the_import_when_it_is_undone(project: ProjectFile) -> None:
    taken(project, row(2, ("Mood", "grey")))
    project.undo()
    with project.view() as view:
        assert view.all(Attribute) == []
