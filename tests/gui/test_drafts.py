"""What is corrected or typed is kept in the project until it is saved or discarded, whatever happens meanwhile."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from polyvocal.domain.drafts import Draft
from polyvocal.domain.records import SourceVersion
from polyvocal.domain.spans import Span
from polyvocal.gui import drafts as keeping
from polyvocal.gui.dialogs.drafts import DraftsDialog
from polyvocal.gui.dialogs.leaving import Leaving
from polyvocal.gui.dialogs.new_fieldnote import NewFieldnoteDialog
from polyvocal.gui.settings import CODER, Settings
from polyvocal.gui.sitting import Place, Sitting
from polyvocal.gui.theme import Theme
from polyvocal.gui.views.read import ReadView
from polyvocal.gui.window import Window
from polyvocal.services.commands.drafts import keep_draft
from polyvocal.services.commands.sources import correct_source
from polyvocal.services.queries.drafts import list_drafts
from polyvocal.store.check import check_file
from polyvocal.store.file import Mode, ProjectFile, open_project
from tests.conftest import ROOT, TEXTS
from tests.gui.conftest import settle, sitting_on
from tests.gui.drafts_steps import DISCARD, be, begun, keep, kept
from tests.gui.read_steps import PLENARY, passages, shown, source_named
from tests.gui.test_correcting import act, answer, correct, dialog, leave, put, save
from tests.gui.test_read import read
from tests.gui.window_steps import Opened, opened, wait, window
from tests.services.test_drafts import fieldnote

__all__ = ["opened", "read", "window"]


@pytest.fixture
def left(qtbot: QtBot, small_project: ProjectFile, sitting: Sitting) -> ReadView:
    """The Read view on a text of which Oda left a correction unsaved."""
    begun(small_project)
    return shown(qtbot, sitting, PLENARY)


# --- killed ----------------------------------------------------------------------------------------------------------


def kill(project: Path, what: str) -> None:
    """Let a program type into its window, and be killed."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.gui.killed", str(project), what],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert (run.returncode, run.stdout.split()) == (-9, ["kept"]), run.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")
def test_correction_of_a_killed_program_is_continued_and_saved_and_codings_cover_what_they_must(
    qtbot: QtBot, small_path: Path, opened: Opened, settings: Settings
) -> None:
    kill(small_path, "correction")
    settings[CODER] = "Oda"
    project = opened(small_path)
    sitting, read = project.sitting, project.read
    before = {one.id: one.text for one in passages(sitting)}
    read.open_place(Place(source_named(sitting, PLENARY).id))
    wait(qtbot, project)
    assert "today" in read.drafts.words.text()
    assert "by Oda was not saved" in read.drafts.words.text()
    read.drafts.go_on.click()
    wait(qtbot, project)
    editor = read.correcting.editor
    assert editor.log.text == TEXTS[PLENARY].replace("paid to be", "paid at all to be").replace(
        "a woman", "one"
    ).replace("10:05 ", "")
    assert not read.drafts.isVisible()
    put(editor, "lay panel", "whole lay panel")
    save(qtbot, sitting, read).accept()
    wait(qtbot, project)
    assert not read.correcting.is_open
    for one in passages(sitting):
        expected = before[one.id].replace("paid to be", "paid at all to be").replace("a woman", "one")
        assert one.text == expected.replace("lay panel", "whole lay panel")
    assert kept(sitting) == []
    project.sitting.bus.close()
    assert check_file(small_path).problems == ()


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")
def test_fieldnote_of_a_killed_program_is_told_of_continued_and_added(
    qtbot: QtBot, window: Window, small_path: Path, opened: Opened, settings: Settings
) -> None:
    kill(small_path, "fieldnote")
    settings[CODER] = "Oda"
    project = opened(small_path)
    qtbot.waitUntil(window.frame.notice.isVisible)
    assert "“Day 2”" in window.frame.notice_words.text()
    window.frame.notice_button.click()
    wait(qtbot, project)
    listed = dialog(DraftsDialog)
    assert isinstance(listed, DraftsDialog)
    assert listed.panes.newer.toPlainText() == "Tea, then talk."
    assert "Observers: Wren" in listed.about.text()
    assert listed.go_on.isDefault()
    listed.go_on.click()
    assert not window.frame.notice.isVisible()
    wait(qtbot, project)
    form = dialog(NewFieldnoteDialog)
    assert isinstance(form, NewFieldnoteDialog)
    assert (form.title.text(), form.fields.observers.text(), form.fields.event_box.name) == ("Day 2", "Wren", "Launch")
    form.accept()
    wait(qtbot, project)
    assert source_named(project.sitting, "Day 2").title == "Day 2"
    assert kept(project.sitting) == []
    assert not window.frame.notice.isVisible()


# --- keeping ---------------------------------------------------------------------------------------------------------


def test_what_is_corrected_is_kept_off_the_windows_thread_and_is_no_step_to_undo(
    qtbot: QtBot, sitting: Sitting, read: ReadView, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []

    def noting(file: ProjectFile, draft: Draft) -> None:
        threads.append(threading.current_thread())
        keep_draft(file, draft)

    monkeypatch.setattr(keeping, "keep_draft", noting)
    before = sitting.bus.read(lambda view: view.operations())
    editor = correct(read)
    put(editor, "10:05", "10:06")
    assert kept(sitting) == []
    keep(qtbot, sitting, read)
    assert read.correcting.bar.state.text().endswith("kept as a draft")
    (row,) = kept(sitting)
    assert (row.by, row.title, row.is_open) == ("Oda", PLENARY, True)
    assert threads
    assert threading.main_thread() not in threads
    assert sitting.bus.read(lambda view: view.operations()) == before


def test_it_is_kept_now_and_then_while_the_hand_does_not_pause(
    qtbot: QtBot, sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, DISCARD)
    monkeypatch.setattr(keeping, "AFTER_A_PAUSE", 60_000)
    monkeypatch.setattr(keeping, "AT_LATEST", 50)
    fresh = shown(qtbot, sitting, PLENARY)
    editor = correct(fresh)
    QTest.keyClicks(editor, "Then ")
    qtbot.waitUntil(lambda: len(kept(sitting)) == 1)
    assert fresh.correcting.keeper._pause.interval() == 60_000
    fresh.correcting.discard()


def test_correction_that_is_undone_to_nothing_or_discarded_leaves_no_draft(
    qtbot: QtBot, sitting: Sitting, read: ReadView, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, DISCARD)
    editor = correct(read)
    put(editor, "10:05", "x")
    keep(qtbot, sitting, read)
    editor.undo()
    qtbot.waitUntil(lambda: kept(sitting) == [])
    put(editor, "Nobody", "No one")
    keep(qtbot, sitting, read)
    read.correcting.discard()
    settle(qtbot, sitting)
    assert kept(sitting) == []
    assert not read.drafts.isVisible()


def test_saving_at_once_leaves_no_draft_behind(qtbot: QtBot, sitting: Sitting, read: ReadView) -> None:
    editor = correct(read)
    put(editor, "10:05", "10:06")
    form = save(qtbot, sitting, read)
    keep(qtbot, sitting, read)
    form.accept()
    read.correcting.keeper.touch()
    read.correcting.keeper.keep()  # as a timer would that ran out just now
    settle(qtbot, sitting)
    settle(qtbot, sitting)
    assert not read.correcting.is_open
    assert kept(sitting) == []


def test_correction_that_comes_to_nothing_is_left_without_a_version_and_without_a_draft(
    qtbot: QtBot, sitting: Sitting, read: ReadView
) -> None:
    editor = correct(read)
    QTest.keyClicks(editor, "x")
    editor.select(Span(30, 30))
    editor.select(Span(0, 1))
    editor.erase()
    assert read.correcting.is_edited
    assert editor.log.text == TEXTS[PLENARY]
    keep(qtbot, sitting, read)
    save(qtbot, sitting, read).accept()
    settle(qtbot, sitting)
    assert not read.correcting.is_open
    assert len(sitting.bus.read(lambda view: view.all(SourceVersion))) == 4
    assert kept(sitting) == []


@pytest.mark.parametrize("is_kept", [False, True])
def test_leaving_keeps_the_draft_as_it_is_just_now_and_goes_on(
    qtbot: QtBot, sitting: Sitting, read: ReadView, monkeypatch: pytest.MonkeyPatch, is_kept: bool
) -> None:
    leave(monkeypatch, Leaving.KEEP)
    put(correct(read), "10:05", "10:06")
    if is_kept:
        keep(qtbot, sitting, read)
    read.open_place(Place(source_named(sitting, "On the train").id))
    qtbot.waitUntil(lambda: not read.correcting.is_open)
    settle(qtbot, sitting)
    assert read.source is not None
    assert read.source.source.title == "On the train"
    (row,) = kept(sitting)
    assert (row.title, row.is_open) == (PLENARY, True)
    read.open_place(Place(source_named(sitting, PLENARY).id))
    settle(qtbot, sitting)
    read.drafts.go_on.click()
    settle(qtbot, sitting)
    assert read.correcting.editor.log.text.startswith("10:06")


def test_one_does_not_leave_what_cannot_be_kept(
    qtbot: QtBot, small_path: Path, sitting: Sitting, read: ReadView, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave(monkeypatch, Leaving.KEEP)
    put(correct(read), "10:05", "10:06")
    away = small_path.rename(small_path.with_name("away.polyvocal"))
    with qtbot.waitSignal(sitting.bus.failed) as failed:
        assert not read.correcting.may_leave(lambda: pytest.fail("it was left"))
    assert "not where it was" in str(failed.args[0])
    assert read.correcting.is_open
    assert read.correcting.unsaved == "Correction not saved, and not kept as a draft"
    away.rename(small_path)
    with qtbot.waitSignal(read.correcting.changed):
        read.correcting.may_leave(lambda: None)
    assert len(kept(sitting)) == 1


def test_window_says_at_its_foot_that_a_correction_is_not_saved(
    qtbot: QtBot, window: Window, small_path: Path, opened: Opened, settings: Settings
) -> None:
    settings[CODER] = "Oda"
    project = opened(small_path)
    foot, read = window.frame.saved, project.read
    assert foot.text() == "Saved"
    editor = correct(read)
    assert foot.text() == "Saved"
    put(editor, editor.log.text[:5], "x")
    assert foot.text() == "Correction not saved"
    qtbot.waitUntil(lambda: foot.text() == "Correction not saved; draft kept")
    editor.undo()
    qtbot.waitUntil(lambda: foot.text() == "Saved")
    editor.redo()
    assert foot.text() == "Correction not saved"
    save(qtbot, project.sitting, read).accept()
    qtbot.waitUntil(lambda: foot.text() == "Saved")
    wait(qtbot, project)
    assert not read.correcting.is_open


def test_closing_the_window_keeps_a_correction_that_was_just_typed(
    qtbot: QtBot,
    window: Window,
    small_path: Path,
    opened: Opened,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings[CODER] = "Oda"
    project = opened(small_path)
    leave(monkeypatch, Leaving.KEEP)
    put(correct(project.read), project.read.correcting.editor.log.text[:5], "x")
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    with open_project(small_path, Mode.READ) as file, file.view() as view:
        assert [row.is_open for row in list_drafts(view)] == [True]


def test_draft_that_cannot_be_kept_is_told_and_tried_again(
    qtbot: QtBot, small_path: Path, sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "AT_LATEST", 50)
    fresh = shown(qtbot, sitting, PLENARY)
    editor = correct(fresh)
    away = small_path.rename(small_path.with_name("away.polyvocal"))
    put(editor, "10:05", "10:06")
    qtbot.waitUntil(lambda: bool(fresh.correcting.keeper.fault))
    assert fresh.correcting.bar.state.text() == "one change, not kept as a draft"
    assert "not where it was" in fresh.correcting.bar.state.toolTip()
    away.rename(small_path)
    qtbot.waitUntil(lambda: fresh.correcting.keeper.is_safe)
    assert fresh.correcting.bar.state.text() == "one change, kept as a draft"
    assert len(kept(sitting)) == 1


# --- taking up -------------------------------------------------------------------------------------------------------


def test_correcting_goes_on_with_what_one_has_begun_and_undo_goes_back_through_it(
    qtbot: QtBot, sitting: Sitting, left: ReadView
) -> None:
    left.acts.correct.trigger()
    settle(qtbot, sitting)
    editor = left.correcting.editor
    assert "No one" in editor.log.text
    assert editor.toPlainText() == editor.log.text.rstrip("\n") + "\n"
    editor.undo()
    assert editor.log.text == TEXTS[PLENARY]
    editor.redo()
    keep(qtbot, sitting, left)
    assert len(kept(sitting)) == 1


def test_what_was_undone_before_a_draft_was_kept_can_be_done_again_after(
    qtbot: QtBot, sitting: Sitting, read: ReadView, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave(monkeypatch, Leaving.KEEP)
    editor = correct(read)
    put(editor, "10:05", "x")
    put(editor, "Nobody", "y")
    whole = editor.log.text
    editor.undo()
    keep(qtbot, sitting, read)
    assert read.correcting.may_leave(lambda: None)
    settle(qtbot, sitting)
    read.drafts.go_on.click()
    settle(qtbot, sitting)
    assert "Nobody" in editor.log.text
    assert read.correcting.bar.redo.isEnabled()
    editor.redo()
    assert editor.log.text == whole


def test_draft_of_somebody_else_is_told_with_the_name_and_can_only_be_read(
    qtbot: QtBot, sitting: Sitting, left: ReadView
) -> None:
    be(qtbot, sitting, "Wren")
    assert "by Oda was not saved. It can be continued when Oda codes here." in left.drafts.words.text()
    assert not left.drafts.go_on.isVisible()
    assert not left.drafts.drop.isVisible()
    left.acts.correct.trigger()
    settle(qtbot, sitting)
    assert left.correcting.editor.log.text == TEXTS[PLENARY]
    put(left.correcting.editor, "10:05", "10:06")
    keep(qtbot, sitting, left)
    assert [one.by for one in kept(sitting)] == ["Wren", "Oda"]


def test_draft_is_discarded_only_after_a_question(
    qtbot: QtBot, sitting: Sitting, left: ReadView, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [QMessageBox.StandardButton.Cancel, DISCARD]
    monkeypatch.setattr(QMessageBox, "question", lambda *_: answers.pop(0))
    left.drafts.drop.click()
    settle(qtbot, sitting)
    assert len(kept(sitting)) == 1
    left.drafts.drop.click()
    settle(qtbot, sitting)
    assert kept(sitting) == []
    assert not left.drafts.isVisible()


def test_draft_of_a_text_that_has_another_version_is_read_and_copied(
    qtbot: QtBot, sitting: Sitting, left: ReadView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    act(qtbot, sitting, lambda file: correct_source(file, source=PLENARY, edits=[(0, 5, "10:06")]))
    settle(qtbot, sitting)
    assert "another version by now" in left.drafts.words.text()
    assert not left.drafts.go_on.isVisible()
    left.drafts.correct()
    assert left.correcting.editor.log.text.startswith("10:06")
    left.correcting.discard()
    (row,) = kept(sitting)
    listed = DraftsDialog(sitting, row.id, left)
    qtbot.addWidget(listed)
    listed.show()
    settle(qtbot, sitting)
    settle(qtbot, sitting)
    assert not listed.go_on.isEnabled()
    listed.copy.click()
    assert QGuiApplication.clipboard().text() == TEXTS[PLENARY].replace("Nobody", "No one")
    out = tmp_path / "kept.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    listed.save.click()
    qtbot.waitUntil(lambda: listed.told.text().startswith("Written"))
    assert out.read_text("utf-8") == TEXTS[PLENARY].replace("Nobody", "No one")
    assert len(kept(sitting)) == 1


def test_window_that_only_reads_tells_of_a_draft_and_writes_nothing(
    qtbot: QtBot, small_path: Path, theme: Theme, settings: Settings
) -> None:
    with open_project(small_path, Mode.WRITE) as project:
        begun(project)
    before = small_path.read_bytes()
    with open_project(small_path, Mode.READ) as file:
        for sitting in sitting_on(file, theme, settings, "Oda"):
            view = shown(qtbot, sitting, PLENARY)
            assert view.drafts.words.text().endswith("by Oda is kept as a draft.")
            assert not view.drafts.go_on.isVisible()
            assert not view.drafts.drop.isVisible()
            view.drafts.take_up(kept(sitting)[0])
            view.drafts.correct()
            settle(qtbot, sitting)
            assert not view.correcting.is_open
    assert small_path.read_bytes() == before


def test_draft_is_continued_from_the_list_wherever_one_is(
    qtbot: QtBot, window: Window, small_path: Path, opened: Opened, settings: Settings
) -> None:
    with open_project(small_path, Mode.WRITE) as file:
        begun(file)
        keep_draft(file, fieldnote())
    settings[CODER] = "Oda"
    project = opened(small_path)
    project.read.open_place(Place(source_named(project.sitting, "On the train").id))
    wait(qtbot, project)
    window.show_number(0)
    window.menus.drafts.trigger()
    wait(qtbot, project)
    listed = dialog(DraftsDialog)
    assert isinstance(listed, DraftsDialog)
    assert [listed.table.item(row, 0).text() for row in range(2)] == [  # type: ignore[union-attr]
        f"A correction of “{PLENARY}”",
        "A new text “Day 2”",
    ]
    listed.go_on.click()
    wait(qtbot, project)
    wait(qtbot, project)
    assert project.read.correcting.is_open
    assert "No one" in project.read.correcting.editor.log.text
    window.menus.drafts.trigger()
    wait(qtbot, project)
    listed = dialog(DraftsDialog)
    assert isinstance(listed, DraftsDialog)
    assert listed.table.item(0, 3).text() == "it is being written now"  # type: ignore[union-attr]
    assert not listed.go_on.isEnabled()
    assert not listed.drop.isEnabled()
    listed.close()


# --- a refused save --------------------------------------------------------------------------------------------------


def test_save_that_is_overtaken_leaves_a_draft_and_says_what_can_be_done(
    qtbot: QtBot, sitting: Sitting, read: ReadView
) -> None:
    editor = correct(read)
    put(editor, "Nobody", "No one")
    act(qtbot, sitting, lambda file: correct_source(file, source=PLENARY, edits=[(0, 0, "At last. ")]))
    form = save(qtbot, sitting, read)
    assert not form.rescue.isVisible()
    form.accept()
    settle(qtbot, sitting)
    assert "another version by now" in form.fault.text()
    assert "kept as a draft" in form.rescue.words.text()
    assert not form.ok.isEnabled()
    form.rescue.copy.click()
    assert "No one" in QGuiApplication.clipboard().text()
    form.rescue.leave.click()
    settle(qtbot, sitting)
    assert not read.correcting.is_open
    assert read.surface.text.startswith("At last. ")
    assert read.drafts.isVisible()
    assert "another version by now" in read.drafts.words.text()
    assert len(kept(sitting)) == 1


def test_save_into_a_file_that_was_moved_offers_the_text_and_works_once_it_is_back(
    qtbot: QtBot, small_path: Path, sitting: Sitting, read: ReadView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = correct(read)
    put(editor, "Nobody", "No one")
    keep(qtbot, sitting, read)
    away = small_path.rename(tmp_path / "away.polyvocal")
    put(editor, "10:05", "10:06")
    form = save(qtbot, sitting, read)
    form.accept()
    settle(qtbot, sitting)
    assert "not where it was" in form.fault.text()
    assert "still in this window; as it was today" in form.rescue.words.text()
    assert not form.rescue.leave.isVisible()
    out = tmp_path / "rescued.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    form.rescue.save.click()
    qtbot.waitUntil(form.rescue.done.isVisible)
    assert out.read_text("utf-8") == editor.log.text
    away.rename(small_path)
    form.accept()
    settle(qtbot, sitting)
    settle(qtbot, sitting)
    assert read.surface.text.startswith("10:06")
    assert kept(sitting) == []


def test_fault_of_the_fields_offers_no_rescue(qtbot: QtBot, sitting: Sitting, read: ReadView) -> None:
    put(correct(read), "10:05", "10:06")
    form = save(qtbot, sitting, read)
    form.kind.setCurrentIndex(1)
    form.accept()
    settle(qtbot, sitting)
    assert form.fault.isVisible()
    assert not form.rescue.isVisible()
