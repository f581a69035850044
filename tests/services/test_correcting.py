"""What was corrected at the window becomes a version; what was added later is dated; what is lost is listed."""

import pytest

from polyvocal.domain.editlog import EditLog, Gesture
from polyvocal.domain.editmap import EditMap
from polyvocal.domain.errors import BugError, UserError
from polyvocal.domain.records import Addition, Reading, SourceVersion
from polyvocal.domain.words import ReadingState
from polyvocal.services.commands.correcting import Corrected, Later, save_correction
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.memos import add_memo
from polyvocal.services.commands.passage import Passage
from polyvocal.services.commands.reading import set_reading
from polyvocal.services.commands.removal import remove
from polyvocal.services.commands.sources import correct_source
from polyvocal.services.queries.additions import AdditionRow, list_additions
from polyvocal.services.queries.anchored import lost_passages
from polyvocal.services.queries.beside import additions_here
from polyvocal.services.queries.reading import source_to_read
from polyvocal.services.queries.versions import compare_versions, list_versions
from polyvocal.services.references import kind_named, resolve
from polyvocal.store.check import check_file
from polyvocal.store.file import ProjectFile
from tests.conftest import TEXTS

WREN = "Plenary, Wren"
TEXT = TEXTS[WREN]


def versions_of(project: ProjectFile) -> list[SourceVersion]:
    """The versions of the source, oldest first."""
    with project.view() as view:
        found = view.find(SourceVersion, source=resolve(view, kind_named("source"), WREN).id)
    return sorted(found, key=lambda one: one.created_at)


def corrected(project: ProjectFile, *edits: tuple[str, str]) -> Corrected:
    """What comes of putting other words in the place of words, one after another, in the newest version."""
    newest = versions_of(project)[-1]
    with project.view() as view:
        log = EditLog(view.text(newest.text_hash))
    for words, other in edits:
        start = log.text.index(words)
        log.replace(Gesture.TYPED, start, start + len(words), other)
        log.end_run()
    return Corrected(newest.id, log.text, log.edits())


def added(project: ProjectFile, words: str, *, at: int | None = None) -> Corrected:
    """What comes of putting words in at a place, or at the end."""
    newest = versions_of(project)[-1]
    with project.view() as view:
        log = EditLog(view.text(newest.text_hash))
    place = len(log.text) if at is None else at
    log.replace(Gesture.TYPED, place, place, words)
    return Corrected(newest.id, log.text, log.edits())


def test_correction_in_several_stages_is_kept_with_who_and_why(small_project: ProjectFile) -> None:
    text = corrected(
        small_project, ("Nobody", "Nobody much"), (f"{TEXT[TEXT.index('Nobody') - 1]}No", " Some"), ("10:05", "10:06")
    )
    assert len(text.edits.stages) == 2
    save_correction(small_project, source=WREN, corrected=text, by="Oda", reason="The clock")
    with small_project.view() as view:
        source = resolve(view, kind_named("source"), WREN).id
        read = source_to_read(view, source, None)
        first, second = list_versions(view, source)
    assert read is not None
    assert read.text == text.text
    assert (second.corrected_by, second.reason, second.parent, second.current) == ("Oda", "The clock", first.id, True)
    assert (second.places, second.number, first.number) == (2, 2, 1)
    assert check_file(small_project.path).problems == ()


def test_correction_of_a_version_that_somebody_corrected_meanwhile_is_refused(small_project: ProjectFile) -> None:
    text = corrected(small_project, ("Nobody", "No one"))
    correct_source(small_project, source=WREN, edits=[(0, 5, "10:06")])
    with pytest.raises(UserError, match="meanwhile"):
        save_correction(small_project, source=WREN, corrected=text)
    assert len(versions_of(small_project)) == 2


@pytest.mark.parametrize(
    "edits", [EditMap(), EditMap.of([(0, 1, 3)]), EditMap.of([(5, 6, 1)]), EditMap.of([(9_999, 9_999, 2)])]
)
def test_map_that_does_not_lead_to_the_text_is_refused(small_project: ProjectFile, edits: EditMap) -> None:
    text = corrected(small_project, ("Nobody", "No one"))
    with pytest.raises(BugError):
        save_correction(small_project, source=WREN, corrected=Corrected(text.seen, text.text, edits))


def test_correction_that_leaves_nothing_is_refused(small_project: ProjectFile) -> None:
    with pytest.raises(UserError, match="leave nothing"):
        save_correction(small_project, source=WREN, corrected=corrected(small_project, (TEXT, " \n")))


def test_later_addition_is_dated_and_by_its_observer(small_project: ProjectFile) -> None:
    text = added(small_project, "\n\nA week later she rang me up.\n")
    changes = save_correction(small_project, source=WREN, corrected=text, by="Oda", later=Later("Wren", "2024-06-03"))
    assert changes.kind == "add to source"
    with small_project.view() as view:
        (addition,) = view.all(Addition)
        source = resolve(view, kind_named("source"), WREN).id
        (here,) = additions_here(view, source)
        row = list_versions(view, source)[-1]
    assert text.text[here.start : here.end] == "A week later she rang me up."
    assert (here.observer, here.dated, here.id) == ("Wren", "2024-06-03", addition.id)
    assert (row.additions, row.observer, row.dated, row.removed) == (1, "Wren", "2024-06-03", 0)


def test_later_addition_follows_its_words_through_corrections(small_project: ProjectFile) -> None:
    save_correction(
        small_project, source=WREN, corrected=added(small_project, "\nShe rang."), later=Later("Wren", "2024-06-03")
    )
    save_correction(small_project, source=WREN, corrected=corrected(small_project, ("10:05", "At five past ten")))
    with small_project.view() as view:
        source = resolve(view, kind_named("source"), WREN).id
        (here,) = additions_here(view, source)
        read = source_to_read(view, source, None)
    assert read is not None
    assert read.text[here.start : here.end] == "She rang."


def test_who_had_read_to_the_end_has_not_read_what_was_added_there(small_project: ProjectFile) -> None:
    set_reading(small_project, source=WREN, coder="Oda", read_to=None)
    save_correction(
        small_project, source=WREN, corrected=added(small_project, "\nShe rang."), later=Later("Wren", "2024-06-03")
    )
    with small_project.view() as view:
        source = resolve(view, kind_named("source"), WREN).id
        oda = resolve(view, kind_named("person"), "Oda").id
        (reading,) = view.find(Reading, source=source, coder=oda)
    assert (reading.state, reading.read_to) == (ReadingState.READ_TO_HERE, len(TEXT) + 1)


def test_addition_that_takes_words_away_is_refused(small_project: ProjectFile) -> None:
    with pytest.raises(UserError, match="only adds, but here 6 characters"):
        save_correction(
            small_project,
            source=WREN,
            corrected=corrected(small_project, ("Nobody", "No one")),
            later=Later("Wren", "2024-06-03"),
        )


@pytest.mark.parametrize(
    ("later", "words"),
    [
        (Later("Oda", "2024-06-03"), "did not write"),
        (Later("Wren", "June"), "the day of the addition"),
        (Later("Wren", " "), "is dated"),
    ],
)
def test_addition_by_nobody_who_wrote_it_or_without_a_day_is_refused(
    small_project: ProjectFile, later: Later, words: str
) -> None:
    with pytest.raises(UserError, match=words):
        save_correction(small_project, source=WREN, corrected=added(small_project, "\nX"), later=later)
    assert len(versions_of(small_project)) == 1


def listed(project: ProjectFile) -> list[AdditionRow]:
    with project.view() as view:
        return list_additions(view)


def test_later_addition_gets_another_day_and_observer_and_is_taken_for_none(small_project: ProjectFile) -> None:
    text = added(small_project, "\nShe rang.")
    save_correction(small_project, source=WREN, corrected=text, later=Later("Wren", "2024-06-03"))
    (row,) = listed(small_project)
    change(small_project, "addition", str(row.id), {"dated": "2024-07-01"})
    for words, told in (
        ({"dated": "June"}, "the day of the addition"),
        ({"dated": ""}, "is dated"),
        ({"observer": "Oda"}, "did not write"),
        ({"observer": ""}, "by one observer"),
        ({"start": "1"}, "of an addition there is no 'start'"),
    ):
        with pytest.raises(UserError, match=told):
            change(small_project, "addition", str(row.id), words)
    change(small_project, "source", WREN, {"observer": "Wren; Oda"})
    change(small_project, "addition", str(row.id), {"observer": "Oda"})
    (row,) = listed(small_project)
    assert (row.observer, row.dated, row.text, row.gone) == ("Oda", "2024-07-01", "She rang.", False)
    remove(small_project, "addition", str(row.id))
    assert listed(small_project) == []
    small_project.undo()
    assert listed(small_project) == [row]


def test_later_addition_whose_words_are_gone_is_listed_with_them(small_project: ProjectFile) -> None:
    text = added(small_project, "\nShe rang.")
    save_correction(small_project, source=WREN, corrected=text, later=Later("Wren", "2024-06-03"))
    save_correction(small_project, source=WREN, corrected=corrected(small_project, ("She rang.", "")))
    (row,) = listed(small_project)
    assert (row.text, row.gone) == ("She rang.", True)


def test_passages_whose_words_are_gone_are_listed_with_their_old_words(small_project: ProjectFile) -> None:
    clap = TEXT.index("applause")
    add_memo(small_project, text="Who?", title="Clapping", author="Oda", passage=Passage(WREN, clap, clap + 8))
    save_correction(small_project, source=WREN, corrected=corrected(small_project, (TEXT[: TEXT.index("I clap")], "")))
    with small_project.view() as view:
        source = resolve(view, kind_named("source"), WREN).id
        lost = lost_passages(view, source)
        read = source_to_read(view, source, None)
    assert read is not None
    assert len([one for one in lost if one.kind == "coding"]) == read.gone - 1 == 4
    (memo,) = [one for one in lost if one.kind == "memo"]
    assert (memo.name, memo.person, memo.words, memo.version, memo.memo) == ("Clapping", "Oda", "applause", 1, "Who?")


def test_versions_side_by_side_differ_where_the_edits_were(small_project: ProjectFile) -> None:
    save_correction(small_project, source=WREN, corrected=corrected(small_project, ("Nobody", "No one")))
    save_correction(small_project, source=WREN, corrected=corrected(small_project, ("10:05", "")))
    first, _, third = versions_of(small_project)
    with small_project.view() as view:
        there = compare_versions(view, first.id, third.id)
        back = compare_versions(view, third.id, first.id)
    words = [(there.older[a:b], there.newer[c:d]) for a, b, c, d in there.differences]
    assert words == [("10:05", ""), ("Nobody", "No one")]
    assert [(one.new_start, one.new_end) for one in back.differences] == [
        (one.old_start, one.old_end) for one in there.differences
    ]


def test_versions_of_two_sources_are_not_compared(small_project: ProjectFile) -> None:
    with small_project.view() as view:
        versions = view.all(SourceVersion)
        with pytest.raises(UserError, match="different sources"):
            compare_versions(view, versions[0].id, versions[1].id)
