"""A draft is kept beside the study: the history knows nothing of it, and it goes with what is saved of it."""

from dataclasses import replace
from pathlib import Path

import pytest

from polyvocal.domain.draft_content import encode_fields, encode_steps
from polyvocal.domain.drafts import Draft
from polyvocal.domain.editlog import EditLog, Gesture
from polyvocal.domain.errors import BugError, UserError
from polyvocal.domain.ids import AnyId, DraftId
from polyvocal.domain.records import Person, Source, SourceVersion
from polyvocal.domain.spans import Span
from polyvocal.domain.text import normalise
from polyvocal.domain.versions import current
from polyvocal.services.commands.correcting import Corrected, Overtaken, save_correction
from polyvocal.services.commands.drafts import discard_draft, keep_draft
from polyvocal.services.commands.incoming import About, Incoming
from polyvocal.services.commands.removal import remove
from polyvocal.services.commands.sources import correct_source, import_all
from polyvocal.services.queries.draft_contents import correction_to_continue, draft_to_read
from polyvocal.services.queries.drafts import DraftRow, DraftState, list_drafts
from polyvocal.services.queries.project import project_info
from polyvocal.store.backup import copy_file
from polyvocal.store.check import check_file
from polyvocal.store.file import Mode, ProjectFile, open_project
from tests.conftest import TEXTS
from tests.services.test_commands_correct_source import passages

WREN = "Plenary, Wren"
TRAIN = "On the train"
TEXT = TEXTS[WREN]


def log_of(*edits: tuple[str, str], text: str = TEXT) -> EditLog:
    """A log in which other words were put in the place of words, one after another."""
    log = EditLog(text)
    for words, other in edits:
        start = log.text.index(words)
        log.replace(Gesture.TYPED, start, start + len(words), other)
        log.end_run()
    return log


def correction(project: ProjectFile, log: EditLog, *, title: str = WREN, by: str = "Oda", identity: int = 7) -> Draft:
    """A draft of a correction of the current version, by somebody."""
    with project.view() as view:
        (source,) = view.find(Source, title=title)
        version = current(view.find(SourceVersion, source=source.id))
        (person,) = view.find(Person, name=by)
    return Draft(
        id=DraftId(identity),
        person=AnyId(person.id),
        source=AnyId(source.id),
        version=AnyId(version.id),
        text_hash=version.text_hash,
        title=title,
        content=encode_steps(log.steps, log.undone),
        kept_at=1_700_000_000_000_000 + identity,
    )


def fieldnote(text: str = "Tea, then talk.", identity: int = 9) -> Draft:
    return Draft(
        id=DraftId(identity), title="Day 2", content=encode_fields({"title": "Day 2", "text": text}), kept_at=identity
    )


def drafts(project: ProjectFile) -> list[DraftRow]:
    with project.view() as view:
        return list_drafts(view)


def save(project: ProjectFile, draft: Draft, log: EditLog) -> None:
    corrected = Corrected(draft.version, log.text, log.edits())  # type: ignore[arg-type]
    save_correction(project, source=str(draft.source), corrected=corrected, draft=draft.id)


def test_draft_is_no_operation_and_what_was_kept_last_is_kept(small_project: ProjectFile) -> None:
    with small_project.view() as view:
        before = view.journal.latest()
    keep_draft(small_project, correction(small_project, log_of(("Nobody", "No one"))))
    keep_draft(small_project, correction(small_project, log_of(("Nobody", "No one"), ("10:05", "10:06"))))
    with small_project.view() as view:
        assert view.journal.latest() == before
        read = draft_to_read(view, DraftId(7))
    (row,) = drafts(small_project)
    assert (row.by, row.title, row.state, row.kept_at) == ("Oda", WREN, DraftState.OPEN, 1_700_000_000_000_007)
    assert read is not None
    assert read.text == TEXT.replace("Nobody", "No one").replace("10:05", "10:06")
    assert [read.text[one.new_start : one.new_end] for one in read.texts.differences] == ["10:06", "No one"]
    assert small_project.write("nothing", lambda _: None).kinds == {}
    assert len(drafts(small_project)) == 1


def test_draft_is_still_there_in_the_next_sitting_and_in_copies(small_path: Path, tmp_path: Path) -> None:
    with open_project(small_path, Mode.WRITE) as project:
        keep_draft(project, correction(project, log_of(("Nobody", "No one"))))
        expected = drafts(project)
        project.save_copy(tmp_path / "while open.polyvocal")
    copy_file(small_path, tmp_path / "closed.polyvocal")
    for path in (small_path, tmp_path / "while open.polyvocal", tmp_path / "closed.polyvocal"):
        with open_project(path) as project:
            assert drafts(project) == expected
        assert check_file(path).problems == ()
        assert check_file(path).drafts == 1


def test_saving_lets_the_draft_go_in_the_same_operation(small_project: ProjectFile) -> None:
    log = log_of(("Nobody", "No one"))
    draft, other = correction(small_project, log), fieldnote()
    keep_draft(small_project, draft)
    keep_draft(small_project, other)
    save(small_project, draft, log)
    assert [one.id for one in drafts(small_project)] == [other.id]
    small_project.undo()
    assert [one.id for one in drafts(small_project)] == [other.id]


def test_refused_save_leaves_the_draft(small_project: ProjectFile) -> None:
    log = log_of(("Nobody", "No one"))
    draft = correction(small_project, log)
    keep_draft(small_project, draft)
    correct_source(small_project, source=WREN, edits=[(0, 5, "10:06")])
    with pytest.raises(Overtaken):
        save(small_project, draft, log)
    (row,) = drafts(small_project)
    assert (row.state, row.is_open) == (DraftState.OVERTAKEN, False)
    with small_project.view() as view:
        read = draft_to_read(view, draft.id)
        assert correction_to_continue(view, draft.id, []) is None
    assert read is not None
    assert read.text == log.text


def test_draft_of_a_version_that_comes_back_can_be_continued_again(small_project: ProjectFile) -> None:
    correct_source(small_project, source=WREN, edits=[(0, 5, "10:06")])
    keep_draft(small_project, correction(small_project, log_of(("Nobody", "No one"), text="10:06" + TEXT[5:])))
    small_project.undo()
    assert drafts(small_project)[0].state is DraftState.OVERTAKEN
    small_project.redo()
    assert drafts(small_project)[0].is_open


def test_correction_that_is_continued_leads_codings_as_if_nothing_had_happened(small_project: ProjectFile) -> None:
    before = {one.id: one for one in passages(small_project)}
    whole = log_of(("paid to be", "paid at all to be"), ("a woman", "one"), ("10:05 ", ""))
    keep_draft(small_project, correction(small_project, whole))
    spans = [Span(one.start, one.end) for one in before.values()]
    with small_project.view() as view:
        taken = correction_to_continue(view, DraftId(7), spans)
    assert taken is not None
    log = taken.log
    start = log.text.index("lay panel")
    log.replace(Gesture.TYPED, start, start, "whole ")
    expected = [log.followed.place(number) for number in range(len(spans))]
    save(small_project, correction(small_project, log), log)
    after = passages(small_project)
    assert {one.id: Span(one.start, one.end) for one in after} == dict(zip(before, expected, strict=True))
    paid = next(one for one in after if before[one.id].text.startswith("“Who is paid"))
    assert paid.text == "“Who is paid at all to be here?” asks one of the whole lay panel."


def test_draft_outlives_its_source_and_its_person(small_project: ProjectFile) -> None:
    log = log_of(("late", "very late"), text=TEXTS[TRAIN])
    keep_draft(small_project, correction(small_project, log, title=TRAIN))
    ada = small_project.write("add", lambda unit: unit.add(Person(id=unit.new_id(), name="Ada"))).created("person")[0]
    keep_draft(small_project, correction(small_project, log_of(("Nobody", "No one")), by="Ada", identity=8))
    for coding in passages(small_project, TRAIN):
        remove(small_project, "coding", str(coding.id))
    remove(small_project, "source", TRAIN)
    remove(small_project, "person", str(ada))
    by_id = {one.id: one for one in drafts(small_project)}
    assert (by_id[DraftId(7)].state, by_id[DraftId(7)].title) == (DraftState.SOURCE_GONE, TRAIN)
    assert (by_id[DraftId(8)].by, by_id[DraftId(8)].person) == (None, None)
    assert by_id[DraftId(8)].is_of(None)
    with small_project.view() as view:
        read = draft_to_read(view, DraftId(7))
    assert read is not None
    assert read.text == log.text
    assert check_file(small_project.path).problems == ()


def test_new_text_that_comes_in_lets_its_draft_go_and_one_that_is_there_already_does_not(
    small_project: ProjectFile,
) -> None:
    def add(text: str) -> None:
        import_all(small_project, [(Incoming("Day 2", *normalise(text)), About(observers=("Wren",)))], draft=DraftId(9))

    keep_draft(small_project, fieldnote())
    with pytest.raises(UserError):
        import_all(small_project, [(Incoming("Day 2", *normalise("x")), About())], draft=DraftId(9))
    add(TEXT)
    assert len(drafts(small_project)) == 1
    add("Tea, then talk.")
    assert drafts(small_project) == []


def test_draft_that_is_discarded_is_gone_and_discarding_it_twice_is_no_fault(small_project: ProjectFile) -> None:
    keep_draft(small_project, fieldnote())
    discard_draft(small_project, DraftId(9))
    discard_draft(small_project, DraftId(9))
    assert drafts(small_project) == []
    with small_project.view() as view:
        assert draft_to_read(view, DraftId(9)) is None
        assert correction_to_continue(view, DraftId(9), []) is None


def test_drafts_of_a_source_are_listed_the_latest_first(small_project: ProjectFile) -> None:
    keep_draft(small_project, correction(small_project, log_of(("Nobody", "No one")), identity=3))
    keep_draft(small_project, correction(small_project, log_of(("Nobody", "None")), identity=4))
    keep_draft(small_project, fieldnote())
    with small_project.view() as view:
        (source,) = view.find(Source, title=WREN)
        assert [one.id for one in list_drafts(view, source.id)] == [4, 3]
        assert [one.id for one in list_drafts(view)] == [4, 3, 9]
        assert len(project_info(view).drafts) == 3


@pytest.mark.parametrize("content", ["[", '[["TYPED",0,0,[[9999,1,"x"]]]]'])
def test_damaged_draft_is_told_by_the_check_and_without_its_words(small_project: ProjectFile, content: str) -> None:
    draft = correction(small_project, log_of(("Nobody", "SECRET")))
    small_project.set_aside(lambda unit: unit.add(replace(draft, content=content)))
    (problem,) = check_file(small_project.path).problems
    assert (problem.check, problem.what) == (
        "drafts",
        "draft 7 cannot be read, or does not fit the text that it starts from",
    )
    with small_project.view() as view, pytest.raises(BugError) as fault:
        draft_to_read(view, draft.id)
    assert "SECRET" not in str(fault.value)
