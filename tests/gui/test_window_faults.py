"""The window when the file or the disk gives way, another program writes, or the program itself is at fault."""

from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from polyvocal.domain.errors import UserError
from polyvocal.domain.records import Code, Coding
from polyvocal.gui.bus import told
from polyvocal.gui.dialogs.fault import FaultDialog
from polyvocal.gui.window import Window
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.queries.passages import coded_passages
from polyvocal.store.check import check_file
from polyvocal.store.file import Mode, open_project
from tests.conftest import TEXTS
from tests.gui.window_steps import Opened, be, code_words, codings, on_screen, opened, show_plenary, window

__all__ = ["opened", "window"]


# --- faults ----------------------------------------------------------------------------------------------------------


def test_file_that_is_taken_away_is_told_and_a_copy_can_be_saved(
    qtbot: QtBot, window: Window, opened: Opened, small_path: Path, tmp_path: Path
) -> None:
    project = opened(small_path)
    be(project, "Oda")
    show_plenary(qtbot, window, project)
    small_path.unlink()
    before = codings(project)
    code_words(qtbot, project, "then applause", "Sense")
    fault = on_screen(qtbot, FaultDialog)
    assert isinstance(fault, FaultDialog)
    assert "not where it was" in fault.words.text()
    fault.reject()
    assert codings(project) == before
    project.look_at_file()
    qtbot.waitUntil(window.frame.notice.isVisible)
    assert window.frame.notice_button.text() == "Save a copy…"
    copy = tmp_path / "rescued.polyvocal"
    project.save_copy(window, copy, window.on_exported)
    qtbot.waitUntil(lambda: window.frame.done.text().startswith("Written"))
    with open_project(copy) as file, file.view() as view:
        assert view.count(Coding) == before


def test_full_disk_is_told_and_what_is_shown_is_what_is_saved(
    qtbot: QtBot, window: Window, opened: Opened, small_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = opened(small_path)
    be(project, "Oda")
    show_plenary(qtbot, window, project)
    unit = project.sitting.bus.file._unit
    assert unit is not None
    (pages,) = unit.raw.execute("PRAGMA page_count").fetchone()
    unit.raw.execute(f"PRAGMA max_page_count = {pages}")  # as if there were no room for another page
    marks = len(project.read.surface.index)
    text = "x" * 200_000
    project.sitting.bus.act(lambda file: add_code(file, name="large", definition=text))
    fault = on_screen(qtbot, FaultDialog)
    assert isinstance(fault, FaultDialog)
    assert "disk" in fault.words.text()
    assert "full" in fault.words.text()
    fault.reject()
    unit.raw.execute("PRAGMA max_page_count = 1000000")
    assert len(project.read.surface.index) == marks
    code_words(qtbot, project, "then applause", "Sense")
    assert len(project.read.surface.index) == marks + 1


def test_second_window_may_read_is_told_who_writes_and_sees_what_is_saved(
    qtbot: QtBot, window: Window, opened: Opened, small_path: Path
) -> None:
    with open_project(small_path, Mode.WRITE) as writer:
        project = opened(small_path)
        assert window.frame.notice.isVisible()
        assert "is being written by" in window.frame.notice_words.text()
        assert not window.menus.fieldnote.isEnabled()
        assert window.frame.saved.text() == "For reading only"
        add_code(writer, name="Made elsewhere")
        qtbot.waitUntil(lambda: "Made elsewhere" in [code.name for code in project.read.codebook.codes], timeout=10_000)
    window.frame.notice_button.click()
    qtbot.waitUntil(lambda: window.project is not project and window.project is not None)
    assert window.project is not None
    assert window.project.sitting.bus.may_write
    assert not window.frame.notice.isVisible()


def test_fault_of_ours_is_told_without_anybodys_words(
    qtbot: QtBot, window: Window, opened: Opened, small_path: Path
) -> None:
    project = opened(small_path)

    def broken(_file: object) -> None:
        raise ValueError(TEXTS["On the train"])

    project.sitting.bus.act(broken)
    fault = on_screen(qtbot, FaultDialog)
    assert isinstance(fault, FaultDialog)
    told = fault.words.text() + fault.report.toPlainText()
    assert "ValueError" in told
    assert "applause" not in told
    fault.reject()


def test_acts_that_wait_are_done_before_the_window_closes(
    qtbot: QtBot, window: Window, opened: Opened, small_path: Path
) -> None:
    project = opened(small_path)
    for number in range(20):
        project.sitting.bus.act(partial(add_code, name=f"code {number}"))
    window.close()
    with open_project(small_path) as file, file.view() as view:
        assert sum(code.name.startswith("code ") for code in view.all(Code)) == 20


def test_everything_coded_is_in_the_file_that_is_left(
    qtbot: QtBot, window: Window, opened: Opened, small_path: Path
) -> None:
    project = opened(small_path)
    be(project, "Oda")
    show_plenary(qtbot, window, project)
    code_words(qtbot, project, "then applause", "Sense")
    window.close()
    with open_project(small_path) as file, file.view() as view:
        assert "then applause" in [one.text for one in coded_passages(view)]
    assert check_file(small_path).problems == ()


# --- what a tester broke ---------------------------------------------------------------------------------------------


def test_act_after_the_project_was_closed_is_told_and_loses_nothing(
    window: Window, opened: Opened, small_path: Path
) -> None:
    project = opened(small_path)
    bus = project.sitting.bus
    window.close_project()
    faults: list[Exception] = []
    bus.act(partial(add_code, name="Too late"), failed=faults.append)
    assert "closed meanwhile" in str(faults[0])


def test_notice_goes_when_the_file_is_back(
    qtbot: QtBot, window: Window, opened: Opened, small_path: Path, tmp_path: Path
) -> None:
    project = opened(small_path)
    away = small_path.rename(tmp_path / "away.polyvocal")
    project.look_at_file()
    qtbot.waitUntil(window.frame.notice.isVisible)
    away.rename(small_path)
    project.look_at_file()
    qtbot.waitUntil(lambda: not window.frame.notice.isVisible())


def test_fault_in_the_window_speaks_of_no_commands_and_ids() -> None:
    words, _ = told(UserError("there is no code called 'x'. See `polyvocal list PROJECT codes`."))
    assert words == "There is no code called 'x'."
    words, _ = told(UserError("Oda has coded 4 to 9 with 'x' already (5246608933556060190): nothing was added"))
    assert words == "Oda has coded 4 to 9 with 'x' already: nothing was added"
