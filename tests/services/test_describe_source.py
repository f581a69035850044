"""Correcting all that is said of a source, in one operation."""

from dataclasses import replace

import pytest

from polyvocal.domain.errors import UserError
from polyvocal.domain.records import Source
from polyvocal.domain.words import AttributeType, Phase, SourceKind, Standing
from polyvocal.services.commands.attributes import add_attribute
from polyvocal.services.commands.describe_source import Description, OnOccasion, WrittenBy, describe_source
from polyvocal.services.queries.listing import list_people, list_sources
from polyvocal.services.queries.project import next_steps
from polyvocal.services.queries.source_described import SourceDescribed, source_described
from polyvocal.store.file import ProjectFile

TRAIN = Description(
    title="On the train",
    kind=SourceKind.FIELDNOTE,
    written_by=(WrittenBy("Wren"),),
    occasions=(OnOccasion("Launch", None, Phase.AFTER),),
)
"""What is said of it in the small study."""


def described(project: ProjectFile, title: str) -> SourceDescribed:
    """What is said of a source by now."""
    with project.view() as view:
        (source,) = view.find(Source, title=title)
        found = source_described(view, source.id)
    assert found is not None
    return found


def test_saying_what_is_so_already_changes_nothing(small_project: ProjectFile) -> None:
    assert describe_source(small_project, source="On the train", description=TRAIN).kinds == {}


def test_all_of_it_is_corrected_at_once_and_undone_at_once(small_project: ProjectFile) -> None:
    add_attribute(small_project, name="Pages", type=AttributeType.NUMBER)
    before = described(small_project, "On the train")
    new = Description(
        title="Going home",
        kind=SourceKind.FIELDNOTE,
        written_by=(WrittenBy("wren", "window seat"), WrittenBy("Robin")),
        standing=Standing.OTHER,
        occasions=(OnOccasion("Launch", "Corridor", Phase.AFTER), OnOccasion("Second day", None, Phase.BEFORE)),
        observed_from="2024-05-14 18:00",
        observed_to="2024-05-14 19:00",
        written_at="2024-05-15",
        values=(("Pages", "2.0"),),
    )
    describe_source(small_project, source="On the train", description=new)
    found = described(small_project, "Going home")
    assert [tuple(one) for one in found.authors] == [("Robin", None), ("Wren", "window seat")]
    assert [tuple(one) for one in found.occasions] == [
        ("Launch", "Corridor", Phase.AFTER),
        ("Second day", None, Phase.BEFORE),
    ]
    assert (found.source.observed_from, found.source.written_at) == ("2024-05-14T18:00", "2024-05-15")
    assert [one.value for one in found.attributes] == ["2"]
    with small_project.view() as view:
        assert {one.name: one.standing for one in list_people(view) if one.name in ("Wren", "Robin")} == {
            "Wren": Standing.ETHNOGRAPHER,
            "Robin": Standing.OTHER,
        }
        step, _ = next_steps(view, None)
        assert step is not None
        assert (step.kind, step.name) == ("change source", "Going home")
    small_project.undo(None)
    assert described(small_project, "On the train") == before


def test_jottings_are_linked_to_the_note_and_to_no_other_jottings(small_project: ProjectFile) -> None:
    jottings = replace(TRAIN, kind=SourceKind.JOTTINGS, note="Plenary, Wren")
    describe_source(small_project, source="On the train", description=jottings)
    assert described(small_project, "On the train").note == "Plenary, Wren"
    assert described(small_project, "Plenary, Wren").written_from == ("On the train",)
    with pytest.raises(UserError, match="name the note"):
        describe_source(
            small_project, source="Plenary, Ilse", description=replace(jottings, title="x", note="On the train")
        )
    describe_source(small_project, source="On the train", description=TRAIN)
    assert described(small_project, "On the train").note is None


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        (replace(TRAIN, written_by=()), "has an observer"),
        (replace(TRAIN, written_by=(WrittenBy("Wren"), WrittenBy("wren"))), "named twice"),
        (replace(TRAIN, occasions=(OnOccasion("Launch"), OnOccasion("launch"))), "named twice"),
        (replace(TRAIN, observed_from="2024-05-14", observed_to="2024-05-13"), "before it starts"),
        (replace(TRAIN, written_at="soon"), "written at"),
        (replace(TRAIN, title=" "), "needs a name"),
        (replace(TRAIN, values=(("Pages", "1"),)), "no attribute"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_changed(
    small_project: ProjectFile, wrong: Description, word: str
) -> None:
    with small_project.view() as view:
        before = list_sources(view)
    with pytest.raises(UserError, match=word):
        describe_source(small_project, source="On the train", description=wrong)
    with small_project.view() as view:
        assert list_sources(view) == before
