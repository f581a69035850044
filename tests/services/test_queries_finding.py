"""What can be gone to by its name: everything that bears one, and who of the people observes and codes."""

from polyvocal.domain.ids import DivergenceId
from polyvocal.domain.moments import Divergence
from polyvocal.domain.records import Person, Session
from polyvocal.domain.words import CodeKind, DivergenceKind, Standing
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.divergences import add_divergence
from polyvocal.services.commands.moments import add_moment
from polyvocal.services.commands.passage import Passage
from polyvocal.services.queries.finding import coders_in, findable
from polyvocal.services.queries.moment_divergences import where_divergence_is
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


def _diverge(project: ProjectFile, *sources: str, moment: str | None = None) -> None:
    passages = [Passage(one, 0, 4) for one in sources]
    add_divergence(project, kind=DivergenceKind.MEANING, passages=passages, moment=moment)


def test_moments_and_divergences_say_where_they_are(small_project: ProjectFile) -> None:
    add_moment(small_project, title="The question", session="Plenary")
    add_moment(small_project, event="Launch", starts="2024-05-14 10:00")
    _diverge(small_project, "Plenary, Wren", "Plenary, Ilse", moment="The question")
    with small_project.view() as view:
        found = findable(view)
    assert [(one.title, one.event, one.session) for one in found.moments] == [
        ("The question", "Launch", "Plenary"),
        ("Launch, from 2024-05-14 10:00", "Launch", None),
    ]
    (one,) = found.divergences
    assert (one.title, one.standing, one.moment) == ("of meaning", "open", found.moments[0])


def test_divergence_of_no_moment_is_read_in_the_session_of_its_passages(small_project: ProjectFile) -> None:
    add_moment(small_project, title="The question", session="Plenary")
    _diverge(small_project, "Plenary, Wren", "Plenary, Ilse", "On the train")
    _diverge(small_project, "Plenary, Wren", "Plenary, Ilse", moment="The question")
    with small_project.view() as view:
        first, second = (where_divergence_is(view, one.id) for one in view.all(Divergence))
        plenary = view.find(Session, title="Plenary")[0].id
    assert first is not None
    assert second is not None
    assert first.moment is not None
    assert second.moment is not None
    assert (first.moment.id, first.moment.session) == (0, plenary)
    assert second.moment.title == "The question"


def test_divergence_that_is_gone_is_nowhere(small_project: ProjectFile) -> None:
    with small_project.view() as view:
        assert where_divergence_is(view, DivergenceId(1)) is None
