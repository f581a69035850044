"""The occasions tree: what stands under what, and how far it was read."""

from polyvocal.domain.editmap import EditMap
from polyvocal.domain.records import Person
from polyvocal.domain.words import Phase, ReadingState, SourceKind
from polyvocal.services.commands.incoming import About, Incoming
from polyvocal.services.commands.setting import add_event, add_session
from polyvocal.services.commands.sources import import_sources
from polyvocal.services.queries.occasions import Branch, Level, SourceLeaf, occasions
from polyvocal.store.codings import counts_of_codings
from polyvocal.store.file import ProjectFile
from tests.conftest import code_words


def tree(file: ProjectFile, reader: str | None = None) -> tuple[Branch, ...]:
    """The tree as a coder sees it."""
    with file.view() as view:
        person = view.find(Person, name=reader)[0].id if reader else None
        return occasions(view, person, counts_of_codings(view, "version"))


def outline(branches: tuple[Branch, ...]) -> list[object]:
    """The titles, nested."""
    return [(branch.title, outline(branch.branches) + [leaf.title for leaf in branch.sources]) for branch in branches]


def leaves(branches: tuple[Branch, ...]) -> list[SourceLeaf]:
    """All sources, from the top."""
    return [leaf for branch in branches for leaf in (*leaves(branch.branches), *branch.sources)]


def test_sources_stand_under_series_event_phase_and_session(small_project: ProjectFile) -> None:
    assert outline(tree(small_project)) == [
        (
            "Learning community",
            [
                (
                    "Launch",
                    [
                        (
                            "during",
                            [("Plenary", ["Plenary, Wren", "Plenary, Ilse"]), ("Corridor", ["Corridor, Bashir"])],
                        ),
                        ("after", ["On the train"]),
                    ],
                )
            ],
        )
    ]


def test_reading_is_that_of_the_coder_who_asks(small_project: ProjectFile) -> None:
    def states(reader: str | None) -> dict[str, ReadingState]:
        return {leaf.title: leaf.state for leaf in leaves(tree(small_project, reader))}

    assert states("Oda") == {
        "Plenary, Wren": ReadingState.DONE,
        "Plenary, Ilse": ReadingState.READ_TO_HERE,
        "Corridor, Bashir": ReadingState.UNREAD,
        "On the train": ReadingState.UNREAD,
    }
    assert set(states(None).values()) == {ReadingState.UNREAD}
    ilse = next(leaf for leaf in leaves(tree(small_project, "Oda")) if leaf.title == "Plenary, Ilse")
    assert 0 < ilse.read_share < 1


def test_codings_of_all_versions_are_counted(small_project: ProjectFile) -> None:
    assert {leaf.title: leaf.codings for leaf in leaves(tree(small_project))}["Plenary, Wren"] == 4
    code_words(small_project, "Plenary, Ilse", "le café", code="Protest", coder="Oda")
    assert {leaf.title: leaf.codings for leaf in leaves(tree(small_project))}["Plenary, Ilse"] == 2


def test_session_of_which_nobody_wrote_stands_where_its_time_says(small_project: ProjectFile) -> None:
    add_session(
        small_project,
        title="Train there",
        event="Launch",
        starts="2024-05-14T08:00+01:00",
        ends="2024-05-14T09:30+01:00",
    )
    add_session(small_project, title="Supper", event="Launch", starts="2024-05-14T19:00+01:00")
    add_session(small_project, title="Some time", event="Launch")
    (series,) = tree(small_project)
    phases = {phase.title: [session.title for session in phase.branches] for phase in series.branches[0].branches}
    assert phases == {"before": ["Train there"], "during": ["Plenary", "Corridor", "Some time"], "after": ["Supper"]}


def test_event_without_sources_and_source_without_event_are_there(small_project: ProjectFile) -> None:
    add_event(small_project, title="Next time", starts="2024-09-24")
    import_sources(small_project, [Incoming("Leaflet", "text", EditMap())], About(SourceKind.PAPER))
    branches = tree(small_project)
    assert [branch.title for branch in branches] == ["Learning community", "Next time", ""]
    assert branches[-1].level is Level.REST
    assert [leaf.title for leaf in branches[-1].sources] == ["Leaflet"]


def test_source_of_no_phase_stands_under_its_event(small_project: ProjectFile) -> None:
    import_sources(
        small_project, [Incoming("Poster", "text", EditMap())], About(SourceKind.PAPER, event="Launch", phase=None)
    )
    (series,) = tree(small_project)
    assert [leaf.title for leaf in series.branches[0].sources] == ["Poster"]


def test_jottings_stand_after_the_note_that_was_written_from_them(small_project: ProjectFile) -> None:
    import_sources(
        small_project,
        [Incoming("A first scrawl", "text", EditMap())],
        About(
            SourceKind.JOTTINGS,
            observers=("Wren",),
            event="Launch",
            session="Plenary",
            phase=Phase.DURING,
            note="Plenary, Wren",
        ),
    )
    (series,) = tree(small_project)
    plenary = series.branches[0].branches[0].branches[0]
    assert [leaf.title for leaf in plenary.sources] == ["Plenary, Wren", "A first scrawl", "Plenary, Ilse"]
