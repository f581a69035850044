"""The window: opening and closing, its views, files that are written."""

import shutil
from functools import partial
from pathlib import Path

import pytest
from docx import Document
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from polyvocal.domain.records import Code
from polyvocal.gui.dialogs.fault import FaultDialog
from polyvocal.gui.dialogs.import_files import ImportDialog
from polyvocal.gui.dialogs.keys import KeysDialog
from polyvocal.gui.dialogs.leaving import Leaving
from polyvocal.gui.dialogs.new_fieldnote import NewFieldnoteDialog
from polyvocal.gui.dialogs.save_correction import SaveCorrectionDialog
from polyvocal.gui.dialogs.template import TemplateDialog
from polyvocal.gui.settings import RECENT, THEME, Settings
from polyvocal.gui.theme import DARK, Theme
from polyvocal.gui.views import correcting
from polyvocal.gui.window import Window
from polyvocal.services.commands.codebook import add_code
from polyvocal.store.check import check_file
from polyvocal.store.file import open_project
from tests.gui.window_steps import Opened, be, on_screen, opened, wait, window

__all__ = ["opened", "window"]


# --- opening and closing ---------------------------------------------------------------------------------------------


def test_start_page_is_first_and_comes_back_after_closing(window: Window, opened: Opened, small_path: Path) -> None:
    assert window.frame.stack.currentWidget() is window.start
    opened(small_path)
    assert window.frame.stack.currentWidget() is not window.start
    assert "Nine tables" in window.windowTitle()
    window.menus.close.trigger()
    assert window.frame.stack.currentWidget() is window.start
    assert not small_path.with_name(small_path.name + "-wal").exists()
    assert check_file(small_path).problems == ()


def test_menus_fit_a_small_screen_and_what_is_of_a_project_goes_with_it(
    window: Window, opened: Opened, small_path: Path, theme: Theme
) -> None:
    def shown() -> dict[str, QMenu]:
        bar = window.menuBar()
        return {one.text(): one.menu() for one in bar.actions() if one.isVisible()}  # type: ignore[misc]

    assert list(shown()) == ["&Project", "&Edit", "&View", "&Help"]
    opened(small_path)
    theme.set_text_size(18)
    assert list(shown()) == ["&Project", "&Edit", "&Coding", "&View", "&Help"]
    for name, menu in shown().items():
        rows = [one for one in menu.actions() if not one.isSeparator()]
        assert len(rows) <= 24, name
        assert menu.sizeHint().height() <= 1000, name
    assert window.project is not None
    assert window.project.read.acts.stance in shown()["&Coding"].actions()
    window.menus.close.trigger()
    assert list(shown()) == ["&Project", "&Edit", "&View", "&Help"]


def test_nothing_is_taken_in_where_no_project_is_open(window: Window, opened: Opened, small_path: Path) -> None:
    taking_in = (window.menus.fieldnote, window.menus.take_in, window.menus.take_in_folder)
    assert not any(one.isEnabled() for one in taking_in)
    opened(small_path)
    assert all(one.isEnabled() for one in taking_in)


def test_project_that_was_opened_is_among_the_recent_ones(
    window: Window, opened: Opened, small_path: Path, settings: Settings
) -> None:
    opened(small_path)
    assert settings[RECENT] == [str(small_path)]


@pytest.mark.parametrize("content", [b"", b"nonsense " * 50, b"SQLite format 3\0" + b"\0" * 200])
def test_what_is_no_project_is_refused_and_the_open_one_stays(
    qtbot: QtBot, window: Window, opened: Opened, small_path: Path, tmp_path: Path, content: bytes
) -> None:
    project = opened(small_path)
    other = tmp_path / "other.polyvocal"
    other.write_bytes(content)
    window.open_path(other)
    fault = on_screen(qtbot, FaultDialog)
    assert isinstance(fault, FaultDialog)
    assert "other.polyvocal is not a Polyvocal project" in fault.words.text()
    fault.reject()
    assert window.project is project
    assert other.read_bytes() == content


def test_file_that_is_not_there_is_told(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    window.open_path(tmp_path / "nowhere.polyvocal")
    fault = on_screen(qtbot, FaultDialog)
    assert isinstance(fault, FaultDialog)
    assert "there is no file" in fault.words.text().lower()
    fault.reject()
    assert window.frame.stack.currentWidget() is window.start


def test_another_project_takes_the_place_of_the_open_one(
    qtbot: QtBot, window: Window, opened: Opened, small_path: Path, template_project: Path, tmp_path: Path
) -> None:
    opened(small_path)
    other = opened(Path(shutil.copyfile(template_project, tmp_path / "other.polyvocal")))
    assert window.project is other
    assert len(window.frame.view_buttons) == 5
    assert other.read.occasions.empty.isVisible()


def test_project_that_is_dropped_is_opened_and_other_files_are_taken_in(
    qtbot: QtBot, window: Window, opened: Opened, small_path: Path, tmp_path: Path
) -> None:
    def drop(path: Path) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        window.dropEvent(
            QDropEvent(
                QPointF(50, 50),
                Qt.DropAction.CopyAction,
                data,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
            )
        )

    drop(small_path)
    qtbot.waitUntil(lambda: window.project is not None)
    assert window.project is not None
    wait(qtbot, window.project)
    note = tmp_path / "note.txt"
    note.write_text("A note.", "utf-8")
    drop(note)
    on_screen(qtbot, ImportDialog).done(0)


# --- views -----------------------------------------------------------------------------------------------------------


def test_views_are_changed_by_keys(qtbot: QtBot, window: Window, opened: Opened, small_path: Path) -> None:
    project = opened(small_path)
    for number, view in ((1, project.setting), (3, project.codebook), (4, project.compare), (2, project.read)):
        next(one for one in window.menus.views if one.shortcut().toString() == f"Ctrl+{number}").trigger()
        assert window.frame.stack.currentWidget() is view
        assert [button.isChecked() for button in window.frame.view_buttons].index(True) == number - 1
        wait(qtbot, project)


def test_f6_goes_round_the_parts_of_the_read_view(
    qtbot: QtBot, window: Window, opened: Opened, small_path: Path
) -> None:
    project = opened(small_path)
    window.activateWindow()
    project.read.surface.setFocus()
    parts = []
    for _ in range(4):
        window.menus.next_part.trigger()
        parts.append(QApplication.focusWidget())
    assert set(parts) == {one for one in project.read.panes if one.isVisible()} or len(set(parts)) >= 3


def test_keys_are_listed(qtbot: QtBot, window: Window) -> None:
    window.menus.keys.trigger()
    on_screen(qtbot, KeysDialog).reject()


def test_theme_is_changed_and_remembered(window: Window, theme: Theme, settings: Settings) -> None:
    theme.choose("dark")
    assert theme.is_dark
    assert Settings()[THEME] == "dark"
    assert window.palette().window().color().name() == DARK.panel


# --- new accounts ----------------------------------------------------------------------------------------------------


def test_new_fieldnote_is_opened_by_keys(qtbot: QtBot, window: Window, opened: Opened, small_path: Path) -> None:
    opened(small_path)
    window.menus.fieldnote.trigger()
    on_screen(qtbot, NewFieldnoteDialog).done(0)


# --- files that are written ------------------------------------------------------------------------------------------


def test_codebook_goes_to_word_off_the_windows_thread(
    qtbot: QtBot, window: Window, opened: Opened, small_path: Path, tmp_path: Path
) -> None:
    project = opened(small_path)
    target = tmp_path / "codebook.docx"
    project.export_codebook(window, target, window.on_exported)
    qtbot.waitUntil(lambda: window.frame.done.text().startswith("Written"))
    words = "\n".join(paragraph.text for paragraph in Document(str(target)).paragraphs)
    assert "Who decides" in words


def test_fieldnote_template_goes_to_word_for_an_event_and_an_observer(
    qtbot: QtBot, window: Window, opened: Opened, small_path: Path, tmp_path: Path
) -> None:
    opened(small_path)
    window.menus.template.trigger()
    form = on_screen(qtbot, TemplateDialog)
    assert isinstance(form, TemplateDialog)
    assert form.event_field.currentText() == "Launch"
    form.observer.setEditText("Nobody")
    form.write(tmp_path / "fieldnote.docx")
    qtbot.waitUntil(form.fault.isVisible)
    assert "Nobody" in form.fault.text()
    form.observer.setEditText("Wren")
    form.write(tmp_path / "fieldnote.docx")
    qtbot.waitUntil(lambda: window.frame.done.text().startswith("Written"))
    cells = [cell.text for table in Document(str(tmp_path / "fieldnote.docx")).tables for cell in table._cells]
    assert {"Wren", "Launch"} <= set(cells)


def test_export_to_an_unknown_format_is_told(
    qtbot: QtBot, window: Window, opened: Opened, small_path: Path, tmp_path: Path
) -> None:
    project = opened(small_path)
    project.export_codebook(window, tmp_path / "codebook.pdf", window.on_exported)
    fault = on_screen(qtbot, FaultDialog)
    assert isinstance(fault, FaultDialog)
    assert "there is no format for .pdf" in fault.words.text()
    fault.reject()
    assert not (tmp_path / "codebook.pdf").exists()


def test_copy_is_saved(qtbot: QtBot, window: Window, opened: Opened, small_path: Path, tmp_path: Path) -> None:
    project = opened(small_path)
    copy = tmp_path / "copy.polyvocal"
    project.save_copy(window, copy, window.on_exported)
    qtbot.waitUntil(lambda: window.frame.done.text().startswith("Written"))
    assert check_file(copy).problems == ()


# --- what a tester broke ---------------------------------------------------------------------------------------------


def test_project_that_is_open_already_stays_as_it_is(
    qtbot: QtBot, window: Window, opened: Opened, small_path: Path
) -> None:
    project = opened(small_path)
    window.open_path(small_path.parent / "." / small_path.name)
    qtbot.wait(50)
    assert window.project is project
    assert project.sitting.bus.may_write


def test_project_is_one_file_when_it_is_closed_while_a_copy_is_made(
    qtbot: QtBot, window: Window, opened: Opened, small_path: Path, tmp_path: Path
) -> None:
    project = opened(small_path)
    project.sitting.bus.act(partial(add_code, name="The last one"))
    project.save_copy(window, tmp_path / "copy.polyvocal", window.on_exported)
    window.close_project()
    assert not small_path.with_name(small_path.name + "-wal").exists()
    with open_project(Path(shutil.copyfile(small_path, tmp_path / "other.polyvocal"))) as file, file.view() as view:
        assert "The last one" in [code.name for code in view.all(Code)]


def test_form_that_is_filled_in_keeps_the_window_and_the_project_open(
    qtbot: QtBot, window: Window, opened: Opened, small_path: Path, project_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = opened(small_path)
    window.new_fieldnote()
    dialog = on_screen(qtbot, NewFieldnoteDialog)
    assert isinstance(dialog, NewFieldnoteDialog)
    qtbot.keyClicks(dialog.title, "A note")
    monkeypatch.setattr(NewFieldnoteDialog, "_may_discard", lambda _dialog: False)
    window.close()
    assert window.isVisible()
    window.open_path(project_path)
    qtbot.wait(300)
    assert window.project is project
    assert dialog.isVisible()
    monkeypatch.setattr(NewFieldnoteDialog, "_may_discard", lambda _dialog: True)
    window.close()
    assert window.project is None


def test_closing_while_a_text_is_corrected_asks_first(
    qtbot: QtBot, window: Window, opened: Opened, small_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = opened(small_path)
    be(project, "Oda")
    answers = [Leaving.STAY] * 3 + [Leaving.DISCARD]
    monkeypatch.setattr(correcting, "ask_leaving", lambda *_, **__: answers.pop(0))
    project.read.drafts.correct()
    wait(qtbot, project)
    assert not window.menus.undo.isEnabled()
    qtbot.keyClicks(project.read.correcting.editor, "x")
    window.show_number(3)
    assert window.frame.stack.currentWidget() is project.read
    assert window.frame.view_buttons[1].isChecked()
    window.menus.close.trigger()
    assert not window.close()
    assert window.project is project
    window.menus.close.trigger()
    assert window.project is None
    assert not answers


def test_view_is_changed_once_the_correction_is_saved(
    qtbot: QtBot, window: Window, opened: Opened, small_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = opened(small_path)
    be(project, "Oda")
    monkeypatch.setattr(correcting, "ask_leaving", lambda *_, **__: Leaving.SAVE)
    project.read.drafts.correct()
    qtbot.keyClicks(project.read.correcting.editor, "x")
    window.show_number(3)
    on_screen(qtbot, SaveCorrectionDialog).accept()
    qtbot.waitUntil(lambda: window.frame.stack.currentWidget() is project.compare)
    wait(qtbot, project)
    assert not project.read.correcting.is_open
