"""A source as it is read: its codings stand where their words are now."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polyvocal.domain.ids import CodingId
from polyvocal.domain.records import Coding, Person, Source
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.removal import remove
from polyvocal.services.commands.sources import correct_source
from polyvocal.services.queries.passages import coded_passages
from polyvocal.services.queries.reading import SourceToRead, coding_details, placed_codings, source_to_read
from polyvocal.store.file import ProjectFile

PLENARY = "Plenary, Wren"


def read(file: ProjectFile, title: str, reader: str | None = None) -> SourceToRead:
    """A source as a coder reads it."""
    with file.view() as view:
        (source,) = view.find(Source, title=title)
        person = view.find(Person, name=reader)[0].id if reader else None
        found = source_to_read(view, source.id, person)
    assert found is not None
    return found


def test_head_says_who_wrote_it_and_about_what(small_project: ProjectFile) -> None:
    found = read(small_project, PLENARY, "Oda")
    assert (found.observers, found.standing) == (("Wren",), "ethnographer")
    assert [tuple(getattr(one, name) for name in ("event", "session", "phase")) for one in found.occasions] == [
        ("Launch", "Plenary", "during")
    ]
    assert found.read_to == found.version.length


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(st.floats(0, 0.99), st.integers(0, 60), st.sampled_from(["x", "new words"]))
def test_codings_cover_what_the_passages_say_after_any_correction(
    small_project: ProjectFile, where: float, length: int, words: str
) -> None:
    before = read(small_project, PLENARY)
    start = int(before.version.length * where)
    end = min(start + length, before.version.length)
    correct_source(small_project, source=PLENARY, edits=[(start, end, words)])
    found = read(small_project, PLENARY)
    with small_project.view() as view:
        passages = [one for one in coded_passages(view) if one.source_title == PLENARY]
        placed = placed_codings(view, found.source.id, [one.id for one in passages])
    assert {(one.id, one.start, one.end) for one in found.codings} == {
        (one.id, one.start, one.end) for one in passages if not one.gone
    }
    assert found.gone == sum(one.gone for one in passages)
    assert sorted(placed.values()) == sorted(found.codings)
    assert list(found.codings) == sorted(found.codings, key=lambda one: (one.start, -one.end, one.id))


def test_codings_of_another_source_are_not_placed_on_this_one(small_project: ProjectFile) -> None:
    with small_project.view() as view:
        (train,) = view.find(Source, title="On the train")
        assert placed_codings(view, train.id, [one.id for one in view.all(Coding)]).keys() == {
            one.id for one in coded_passages(view) if one.source_title == "On the train"
        }


def test_source_that_is_gone_is_none(small_project: ProjectFile) -> None:
    with small_project.view() as view:
        assert source_to_read(view, 12345, None) is None  # type: ignore[arg-type]
        assert coding_details(view, CodingId(12345)) is None


def test_details_name_stances_and_whom_a_coding_is_about(small_project: ProjectFile) -> None:
    with small_project.view() as view:
        passage = next(one for one in coded_passages(view) if one.stances and one.coder == "Oda")
        details = coding_details(view, passage.id)
    assert details is not None
    assert tuple(one.stance for one in details.stances) == passage.stances
    assert details.concerns == passage.concerns
    assert details.coder == "Oda"


def test_details_follow_what_is_changed(small_project: ProjectFile) -> None:
    with small_project.view() as view:
        passage = next(one for one in coded_passages(view) if one.concerns)
    change(small_project, "coding", str(passage.id), {"concerns": "Ward 4; Wren"})
    with small_project.view() as view:
        details = coding_details(view, passage.id)
        assert details is not None
        assert set(details.concerns) == {"Ward 4", "Wren"}
    small_project.undo()
    with small_project.view() as view:
        details = coding_details(view, passage.id)
        assert details is not None
        assert details.concerns == passage.concerns
    remove(small_project, "coding", str(passage.id))
    with small_project.view() as view:
        assert coding_details(view, passage.id) is None
