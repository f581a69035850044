"""Work that takes long is told of, can be cancelled, and never makes the window wait."""

from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QWidget
from pytestqt.qtbot import QtBot

from polyvocal.domain.errors import EnvironmentFault, UserError
from polyvocal.domain.records import Code
from polyvocal.gui.bus import OURS, Cancelled, Job
from polyvocal.gui.dialogs import progress as module
from polyvocal.gui.dialogs.fault import FaultDialog, tell
from polyvocal.gui.dialogs.progress import run_act, run_job
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.codebook import add_code
from polyvocal.store.file import ProjectFile
from polyvocal.store.unit import Unit
from tests.gui.conftest import settle


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes long is shown as soon as it begins."""
    monkeypatch.setattr(module, "APPEARS_AFTER", 0)


def told_boxes(window: QWidget) -> list[FaultDialog]:
    return window.findChildren(FaultDialog)


def test_value_comes_back_and_nothing_is_shown_of_quick_work(qtbot: QtBot, window: QWidget) -> None:
    got: list[object] = []
    progress = run_job(window, "Adding up", lambda _job: 6 * 7, got.append)
    shown: list[int] = []
    progress.finished.connect(shown.append)
    qtbot.waitUntil(lambda: bool(got))
    assert got == [42]
    assert QApplication.activeModalWidget() is None
    assert shown == []


def test_long_work_shows_what_it_does_and_goes_away(qtbot: QtBot, window: QWidget, at_once: None) -> None:
    go_on = Event()
    got: list[object] = []

    def work(job: Job) -> str:
        job.report(2, 12, "Reading 3 of 12: " + "note " * 40 + ".txt")
        go_on.wait(10)
        return "done"

    progress = run_job(window, "Reading files", work, got.append)
    qtbot.waitUntil(lambda: progress.isVisible() and progress.bar.maximum() == 12)
    assert progress.bar.value() == 2
    assert progress.what.text().startswith("Reading 3 of 12")
    assert progress.what.text().endswith(".txt")
    assert progress.what.fontMetrics().horizontalAdvance(progress.what.text()) <= progress.what.width()
    assert "note note" in progress.bar.accessibleDescription()
    go_on.set()
    qtbot.waitUntil(lambda: bool(got))
    assert QApplication.activeModalWidget() is None


@pytest.mark.parametrize("how", ["escape", "button", "close"])
def test_cancel_reaches_the_work_and_passes_in_silence(qtbot: QtBot, window: QWidget, at_once: None, how: str) -> None:
    ended = Event()

    def work(job: Job) -> None:
        try:
            while True:
                job.check()
                ended.wait(0.005)
        finally:
            ended.set()

    got: list[object] = []
    progress = run_job(window, "For ever", work, got.append)
    qtbot.waitUntil(progress.isVisible)
    if how == "escape":
        qtbot.keyClick(progress, Qt.Key.Key_Escape)
    elif how == "button":
        qtbot.mouseClick(progress.buttons.button(QDialogButtonBox.StandardButton.Cancel), Qt.MouseButton.LeftButton)
    else:
        progress.close()
    assert progress.what.text() == "Cancelling…"
    qtbot.waitUntil(lambda: ended.is_set() and QApplication.activeModalWidget() is None)
    assert got == []
    assert told_boxes(window) == []


def test_fault_is_told_over_the_window_unless_it_is_taken(qtbot: QtBot, window: QWidget) -> None:
    def work(_job: Job) -> None:
        raise EnvironmentFault("the disk is full: make room.")

    run_job(window, "Writing", work, lambda _value: None)
    qtbot.waitUntil(lambda: len(told_boxes(window)) == 1)
    (box,) = told_boxes(window)
    assert box.words.text() == "The disk is full: make room."
    assert not box.report.isVisible()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    taken: list[Exception] = []
    run_job(window, "Writing", work, lambda _value: None, taken.append)
    qtbot.waitUntil(lambda: bool(taken))
    assert isinstance(taken[0], EnvironmentFault)


def test_work_is_cancelled_when_its_window_goes(qtbot: QtBot, at_once: None) -> None:
    window = QWidget()
    stopped = Event()
    got: list[object] = []

    def work(job: Job) -> None:
        while not job.cancelled:
            stopped.wait(0.005)
        stopped.set()

    progress = run_job(window, "For ever", work, got.append, got.append)
    qtbot.waitUntil(progress.isVisible)
    window.deleteLater()
    qtbot.waitUntil(stopped.is_set)
    assert got == []


def test_progress_can_be_used_where_its_window_is_disabled(qtbot: QtBot, window: QWidget, at_once: None) -> None:
    go_on = Event()
    got: list[object] = []
    window.setEnabled(False)
    progress = run_job(window, "Waiting", lambda _job: go_on.wait(10), got.append)
    qtbot.waitUntil(progress.isVisible)
    assert progress.cancel.isEnabled()
    go_on.set()
    qtbot.waitUntil(lambda: bool(got))


# --- acts ------------------------------------------------------------------------------------------------------------


def codes(sitting: Sitting) -> set[str]:
    with sitting.bus.file.view() as view:
        return {code.name for code in view.all(Code)}


def test_act_is_committed_and_told(qtbot: QtBot, sitting: Sitting, window: QWidget) -> None:
    got: list[object] = []
    with qtbot.waitSignal(sitting.bus.changed):
        run_act(window, sitting.bus, "Adding", lambda file, _job: add_code(file, name="Laughter"), then=got.append)
    settle(qtbot, sitting)
    assert len(got) == 1
    assert "Laughter" in codes(sitting)


def test_act_that_is_cancelled_half_way_leaves_everything(
    qtbot: QtBot, sitting: Sitting, window: QWidget, at_once: None
) -> None:
    before, inside = codes(sitting), Event()
    failed: list[Exception] = []

    def command(file: ProjectFile, job: Job) -> object:
        def work(unit: Unit) -> None:
            unit.add(Code(id=unit.new_id(), name="Half", colour="#000000", position=9))
            inside.set()
            while True:
                job.check()

        return file.write("add code", work)

    progress = run_act(window, sitting.bus, "Adding", command, then=lambda _value: None, failed=failed.append)
    qtbot.waitUntil(lambda: progress.isVisible() and inside.is_set())
    qtbot.keyClick(progress, Qt.Key.Key_Escape)
    settle(qtbot, sitting)
    assert [type(one) for one in failed] == [Cancelled]
    assert codes(sitting) == before


def test_act_on_a_project_for_reading_is_refused_over_the_window(
    qtbot: QtBot, reading_sitting: Sitting, window: QWidget
) -> None:
    run_act(window, reading_sitting.bus, "Adding", lambda file, _job: file, then=lambda _value: None)
    assert "open for reading only" in told_boxes(window)[0].words.text()


# --- telling ---------------------------------------------------------------------------------------------------------


def test_fault_of_the_program_comes_with_lines_that_can_be_copied(qtbot: QtBot, window: QWidget) -> None:
    with pytest.raises(AttributeError) as caught:
        add_code(None, name="secret words of a note")  # type: ignore[arg-type]
    box = tell(window, caught.value)
    assert box.isVisible()
    assert box.words.text() == OURS
    assert "AttributeError" in box.report.toPlainText()
    assert "codebook.py" in box.report.toPlainText()
    assert "secret" not in box.report.toPlainText()
    qtbot.mouseClick(box.copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == box.report.toPlainText()
    box.close()
    qtbot.waitUntil(lambda: told_boxes(window) == [])


def test_fault_of_the_person_is_told_plainly_and_as_plain_text(qtbot: QtBot, window: QWidget) -> None:
    box = tell(window, UserError("there is no <b>code</b> called 'x'."))
    assert box.words.text() == "There is no <b>code</b> called 'x'."
    assert box.words.textFormat() is Qt.TextFormat.PlainText
    assert not box.copy.isVisible()
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: told_boxes(window) == [])
