"""What can be gone to by its name: everything that bears one, and who of the people observes and codes."""

from polyvocal.domain.records import Person
from polyvocal.domain.words import CodeKind, Standing
from polyvocal.services.commands.corrections import change
from polyvocal.services.queries.finding import coders_in, findable
from polyvocal.store.file import ProjectFile


def test_sources_come_by_title_with_who_wrote_them(small_project: ProjectFile) -> None:
    with small_project.view() as view:
        found = findable(view).sources
    assert [(one.title, one.observers) for one in found] == [
        ("Corridor, Bashir", ("Bashir",)),
        ("On the train", ("Wren",)),
        ("Plenary, Ilse", ("Ilse",)),
        ("Plenary, Wren", ("Wren",)),
    ]


def test_codes_come_in_the_order_of_their_tree_also_retired_ones(small_project: ProjectFile) -> None:
    change(small_project, "code", "Sense-making", {"retired": "yes"})
    with small_project.view() as view:
        found = findable(view).codes
    assert [(one.name, one.path, one.kind, one.retired) for one in found] == [
        ("Collaboration", "Collaboration", CodeKind.CATEGORY, False),
        ("Who decides", "Collaboration / Who decides", CodeKind.CODE, False),
        ("Whose time", "Collaboration / Whose time", CodeKind.CODE, False),
        ("Protest", "Protest", CodeKind.CODE, False),
        ("Sense-making", "Sense-making", CodeKind.CODE, True),
    ]


def test_people_say_whether_they_observe_and_code(small_project: ProjectFile) -> None:
    with small_project.view() as view:
        found = {one.name: one for one in findable(view).people}
    assert {name: (one.observer, one.coder) for name, one in found.items()} == {
        "Bashir": (True, False),
        "Ilse": (True, False),
        "Oda": (False, True),
        "Wren": (True, True),
    }
    assert found["Wren"].standing is Standing.ETHNOGRAPHER


def test_coders_are_known_also_to_who_codes_blind(small_project: ProjectFile) -> None:
    with small_project.view() as view:
        (oda,) = view.find(Person, name="Oda")
        everybody = coders_in(view)
    small_project.blind_for = oda.id
    with small_project.view() as view:
        assert coders_in(view) == everybody
    assert [one.name for one in everybody] == ["Oda", "Wren"]
