"""Correcting a source makes a version, and moves no coding."""

import pytest

from polyvocal.domain.editmap import apply_edits
from polyvocal.domain.errors import UserError
from polyvocal.domain.passages import CodedPassage
from polyvocal.domain.records import Coding, Source, SourceVersion
from polyvocal.domain.words import ReadingState
from polyvocal.services.commands.codings import add_coding
from polyvocal.services.commands.reading import set_reading
from polyvocal.services.commands.sources import correct_source
from polyvocal.services.queries.listing import list_sources
from polyvocal.services.queries.passages import coded_passages
from polyvocal.store.check import check_file
from polyvocal.store.file import ProjectFile
from polyvocal.store.unit import Unit, now
from tests.conftest import TEXTS

WREN = "Plenary, Wren"
TEXT = TEXTS[WREN]


def passages(project: ProjectFile, source: str = WREN) -> list[CodedPassage]:
    """What is coded in a source."""
    with project.view() as view:
        return [one for one in coded_passages(view) if one.source_title == source]


def codings(project: ProjectFile) -> list[Coding]:
    """Every coding as it was made."""
    with project.view() as view:
        return view.all(Coding)


def edit(words: str, other: str, text: str = TEXT) -> tuple[int, int, str]:
    """The edit that puts other words in the place of words."""
    start = text.index(words)
    return start, start + len(words), other


def test_codings_stay_where_they_were_made(small_project: ProjectFile) -> None:
    made = codings(small_project)
    correct_source(small_project, source=WREN, edits=[(0, 5, "Ten past ten 🎙️:"), edit("Nobody", "No one")])
    correct_source(small_project, source=WREN, edits=[(0, 3, "")])
    assert codings(small_project) == made


def test_places_are_derived_with_emoji_before_them(small_project: ProjectFile) -> None:
    before = {one.id: one for one in passages(small_project)}
    correct_source(small_project, source=WREN, edits=[edit("10:05 ", "🚂🚂"), edit("🎙️", "")])
    for one in passages(small_project):
        assert one.text == before[one.id].text
        assert one.start == before[one.id].start - 6
        assert one.version != before[one.id].version
        assert not one.gone


def test_words_corrected_within_a_passage_are_part_of_it(small_project: ProjectFile) -> None:
    correct_source(small_project, source=WREN, edits=[edit("paid", "paid at all")])
    protest = next(one for one in passages(small_project) if one.coder == "Oda" and one.code == "Protest")
    assert protest.text == "“Who is paid at all to be here?” asks a woman of the lay panel."


def test_passage_whose_words_are_gone_keeps_its_old_text(small_project: ProjectFile) -> None:
    (clap,) = (one for one in passages(small_project) if one.text.startswith("applause"))
    correct_source(small_project, source=WREN, edits=[edit(f" then {clap.text} from the ward tables.", "")])
    (gone,) = (one for one in passages(small_project) if one.gone)
    assert gone[:1] + gone[3:7] == clap[:1] + clap[3:7]
    assert sum(one.gone for one in passages(small_project)) == 1


def test_passage_that_comes_back_with_undo_is_not_gone(small_project: ProjectFile) -> None:
    before = passages(small_project)
    correct_source(small_project, source=WREN, edits=[(0, TEXT.index("I clap"), "")])
    assert all(one.gone for one in passages(small_project))
    small_project.undo()
    assert passages(small_project) == before
    small_project.redo()
    assert all(one.gone for one in passages(small_project))


def test_codings_of_two_forks_are_all_shown_in_the_newest(small_project: ProjectFile) -> None:
    """Two people corrected the same version apart, and their copies were merged."""
    with small_project.view() as view:
        (source,) = view.find(Source, title=WREN)
        (first,) = view.find(SourceVersion, source=source.id)
    correct_source(small_project, source=WREN, edits=[edit("10:05", "10:06")], by="Oda", reason="The clock was late")
    start = TEXT.index("I clap too")
    add_coding(small_project, source=WREN, start=start, end=start + 10, code="Sense-making", coder="Oda")
    text, edits = apply_edits(TEXT, [edit("10:05 Nine", "Nine")])

    def fork(unit: Unit) -> None:
        unit.add(
            SourceVersion(
                id=unit.new_id(),
                source=source.id,
                parent=first.id,
                text_hash=unit.add_text(text),
                length=len(text),
                words=20,
                edits=edits.encode(),
                created_at=now() + 1_000_000,
            )
        )

    small_project.write("correct source", fork)
    shown = passages(small_project)
    assert len(shown) == 5
    assert {one.version for one in shown} == {shown[0].version}
    for one in shown:
        assert text[one.start : one.end] == one.text
    (clap,) = (one for one in shown if one.code == "Sense-making")
    assert (clap.text, clap.start) == ("I clap too", start - 6)
    with small_project.view() as view:
        assert next(row for row in list_sources(view) if row.title == WREN).versions == 3


def test_correction_notes_who_and_why(small_project: ProjectFile) -> None:
    correct_source(small_project, source=WREN, edits=[edit("10:05", "10:06")], by="Wren", reason="My watch was slow")
    with small_project.view() as view:
        (version,) = (one for one in view.all(SourceVersion) if one.parent is not None)
    assert version.reason == "My watch was slow"
    assert version.corrected_by is not None
    assert version.parent is not None


def test_how_far_somebody_has_read_follows_the_words(small_project: ProjectFile) -> None:
    text = TEXTS["Plenary, Ilse"]
    read = text[:70]
    correct_source(small_project, source="Plenary, Ilse", edits=[(0, 3, "🎙️ La petite ")])
    with small_project.view() as view:
        row = next(one for one in list_sources(view) if one.title == "Plenary, Ilse")
        (version,) = (one for one in view.all(SourceVersion) if one.parent is not None)
        corrected = view.text(version.text_hash)
    (reading,) = row.readings
    assert corrected[: reading.read_to] == "🎙️ La petite " + read[3:]
    assert reading.state == ReadingState.READ_TO_HERE


def test_who_has_read_all_has_read_all_of_the_correction(small_project: ProjectFile) -> None:
    correct_source(small_project, source=WREN, edits=[edit("I clap too, and notice it late.\n", "")])
    with small_project.view() as view:
        row = next(one for one in list_sources(view) if one.title == WREN)
    assert {(one.state, one.read_to) for one in row.readings} == {(ReadingState.DONE, row.length)}


def test_who_has_read_only_what_is_gone_has_read_nothing(small_project: ProjectFile) -> None:
    set_reading(small_project, source="Plenary, Ilse", coder="Oda", read_to=3)
    correct_source(small_project, source="Plenary, Ilse", edits=[(0, 3, "")])
    with small_project.view() as view:
        (reading,) = next(one for one in list_sources(view) if one.title == "Plenary, Ilse").readings
    assert (reading.state, reading.read_to) == (ReadingState.UNREAD, 0)


def test_corrected_project_is_whole(small_project: ProjectFile) -> None:
    correct_source(small_project, source=WREN, edits=[edit("Nobody answers", "")])
    correct_source(small_project, source=WREN, edits=[(0, 0, "🚪")])
    small_project.close()
    assert check_file(small_project.path).problems == ()


def test_correction_that_corrects_nothing_leaves_no_version(small_project: ProjectFile) -> None:
    changes = correct_source(small_project, source=WREN, edits=[(0, 5, "10:05")])
    assert changes.kinds == {}


@pytest.mark.parametrize(
    "edits",
    [
        [(5, 3, "x")],
        [(-1, 3, "x")],
        [(0, len(TEXT) + 1, "x")],
        [(10, 12, "x"), (0, 3, "y")],
        [(0, 12, "x"), (10, 13, "y")],
        [(0, len(TEXT), " ")],
    ],
)
def test_correction_that_does_not_fit_is_refused_without_the_text(
    small_project: ProjectFile, edits: list[tuple[int, int, str]]
) -> None:
    with pytest.raises(UserError) as refused:
        correct_source(small_project, source=WREN, edits=edits)
    assert "'Plenary, Wren'" in str(refused.value)
    assert "microphone" not in str(refused.value)
    with small_project.view() as view:
        assert len(view.all(SourceVersion)) == 4
