"""The window: opening and closing, undo by name, who codes, and what happens when the file or the disk gives way."""

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from docx import Document
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from polyvocal.domain.errors import UserError
from polyvocal.domain.records import Code, Coding, Person, Source
from polyvocal.domain.spans import Span
from polyvocal.gui.bus import told
from polyvocal.gui.dialogs.fault import FaultDialog
from polyvocal.gui.dialogs.import_files import ImportDialog
from polyvocal.gui.dialogs.keys import KeysDialog
from polyvocal.gui.dialogs.new_fieldnote import NewFieldnoteDialog
from polyvocal.gui.dialogs.save_correction import SaveCorrectionDialog
from polyvocal.gui.dialogs.who import WhoDialog
from polyvocal.gui.opening import OpenedProject
from polyvocal.gui.settings import CODER, RECENT, THEME, Settings
from polyvocal.gui.sitting import Me, Place
from polyvocal.gui.steps import named_step
from polyvocal.gui.theme import DARK, Theme
from polyvocal.gui.window import Window
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.people import add_person
from polyvocal.services.commands.removal import remove
from polyvocal.services.commands.sources import correct_source
from polyvocal.services.queries.passages import coded_passages
from polyvocal.services.queries.project import Step
from polyvocal.store.check import check_file
from polyvocal.store.file import Mode, open_project
from tests.conftest import TEXTS

Opened = Callable[[Path], OpenedProject]


@pytest.fixture
def window(qtbot: QtBot, settings: Settings, theme: Theme) -> Iterator[Window]:
    """The window with its start page, on the screen."""
    made = Window(settings, theme)
    qtbot.addWidget(made, before_close_func=lambda one: one.close_project())
    made.show()
    yield made
    made.close_project()


@pytest.fixture
def opened(qtbot: QtBot, window: Window) -> Opened:
    """Opens a project in the window, and waits until it is there."""

    def go(path: Path) -> OpenedProject:
        before = window.project
        window.open_path(path)
        qtbot.waitUntil(lambda: window.project is not None and window.project is not before)
        project = window.project
        assert project is not None
        wait(qtbot, project)
        return project

    return go


def wait(qtbot: QtBot, project: OpenedProject) -> None:
    """Until every act is done and every question answered."""
    bus = project.sitting.bus
    qtbot.waitUntil(lambda: bus.under_way == 0 and bus.open_questions == 0)


def on_screen(qtbot: QtBot, kind: type[QDialog]) -> QDialog:
    """The dialog of a kind that is on the screen."""

    def found() -> list[QDialog]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]

    qtbot.waitUntil(lambda: bool(found()))
    return found()[-1]


def be(project: OpenedProject, name: str) -> None:
    """Let somebody of the project be the coder."""
    (person,) = project.sitting.bus.read(lambda view: view.find(Person, name=name))
    project.sitting.choose_coder(Me(person.id, person.name))


def code_words(qtbot: QtBot, project: OpenedProject, words: str, code: str) -> None:
    """Select words of the source that is shown, type a code's name, Enter."""
    surface, chooser = project.read.surface, project.read.coding.chooser
    start = surface.text.index(words)
    surface.select(Span(start, start + len(words)))
    qtbot.keyClick(surface, Qt.Key.Key_Return)
    qtbot.keyClicks(chooser.line, code)
    qtbot.keyClick(chooser.line, Qt.Key.Key_Return)
    wait(qtbot, project)


def show_plenary(qtbot: QtBot, window: Window, project: OpenedProject) -> None:
    """Show Wren's account of the plenary."""
    (source,) = project.sitting.bus.read(lambda view: view.find(Source, title="Plenary, Wren"))
    window.open_place(Place(source.id))
    wait(qtbot, project)


def codings(project: OpenedProject) -> int:
    """How many codings there are."""
    return project.sitting.bus.read(lambda view: view.count(Coding))


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
    assert len(window.frame.view_buttons) == 3
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
    for number, view in ((1, project.setting), (3, project.compare), (2, project.read)):
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


# --- undo and redo ---------------------------------------------------------------------------------------------------


def test_undo_and_redo_say_what_they_would_turn(qtbot: QtBot, window: Window, opened: Opened, small_path: Path) -> None:
    project = opened(small_path)
    be(project, "Oda")
    show_plenary(qtbot, window, project)
    before = codings(project)
    code_words(qtbot, project, "then applause", "Sense")
    assert window.menus.undo.text() == "Undo: code ‘Sense-making’"
    window.menus.undo.trigger()
    wait(qtbot, project)
    assert codings(project) == before
    assert window.menus.redo.text() == "Redo: code ‘Sense-making’"
    assert window.frame.done.text() == "Undone: code ‘Sense-making’"
    window.menus.redo.trigger()
    wait(qtbot, project)
    assert codings(project) == before + 1


def test_undo_goes_on_after_closing(qtbot: QtBot, window: Window, opened: Opened, small_path: Path) -> None:
    project = opened(small_path)
    be(project, "Oda")
    show_plenary(qtbot, window, project)
    before = codings(project)
    code_words(qtbot, project, "then applause", "Sense")
    window.close_project()
    project = opened(small_path)
    assert project.sitting.me is not None
    assert project.sitting.me.name == "Oda"
    window.menus.undo.trigger()
    wait(qtbot, project)
    assert codings(project) == before


def test_undo_is_of_the_coder_who_is_here_only(qtbot: QtBot, window: Window, opened: Opened, small_path: Path) -> None:
    project = opened(small_path)
    be(project, "Oda")
    show_plenary(qtbot, window, project)
    code_words(qtbot, project, "then applause", "Sense")
    be(project, "Ilse")
    wait(qtbot, project)
    assert not window.menus.undo.isEnabled()


def test_step_of_an_unknown_kind_is_called_by_it() -> None:
    assert named_step(Step(1, "add codings", None)) == "code many passages"
    assert named_step(Step(1, "something else", "a name")) == "something else ‘a name’"


# --- who codes -------------------------------------------------------------------------------------------------------


def test_coder_is_asked_at_the_first_coding_and_shown_from_then_on(
    qtbot: QtBot, window: Window, opened: Opened, small_path: Path, settings: Settings
) -> None:
    project = opened(small_path)
    assert window.frame.who.text() == "Who codes here?"
    show_plenary(qtbot, window, project)
    before = codings(project)
    code_words(qtbot, project, "then applause", "Sense")
    dialog = on_screen(qtbot, WhoDialog)
    assert isinstance(dialog, WhoDialog)
    be(project, "Wren")
    dialog.done(QDialog.DialogCode.Accepted)
    qtbot.waitUntil(lambda: codings(project) == before + 1)
    wait(qtbot, project)
    assert window.frame.who.text() == "Coder: Wren"
    assert settings[CODER] == "Wren"


def test_coding_is_not_made_where_the_question_who_codes_is_left(
    qtbot: QtBot, window: Window, opened: Opened, small_path: Path
) -> None:
    project = opened(small_path)
    show_plenary(qtbot, window, project)
    before = codings(project)
    code_words(qtbot, project, "then applause", "Sense")
    on_screen(qtbot, WhoDialog).done(0)
    wait(qtbot, project)
    assert codings(project) == before


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


def test_project_that_is_open_already_stays_as_it_is(
    qtbot: QtBot, window: Window, opened: Opened, small_path: Path
) -> None:
    project = opened(small_path)
    window.open_path(small_path.parent / "." / small_path.name)
    qtbot.wait(50)
    assert window.project is project
    assert project.sitting.bus.may_write


def test_several_undos_in_a_row_are_each_named_rightly(
    qtbot: QtBot, window: Window, opened: Opened, small_path: Path
) -> None:
    project = opened(small_path)
    be(project, "Oda")
    show_plenary(qtbot, window, project)
    before = codings(project)
    for words in ("then applause", "I clap too", "Nine tables"):
        code_words(qtbot, project, words, "Sense")
    project.sitting.bus.act(partial(add_code, name="The last one"))
    wait(qtbot, project)
    for _ in range(3):
        window.undo()
    qtbot.waitUntil(lambda: codings(project) == before + 1)
    wait(qtbot, project)
    qtbot.waitUntil(lambda: window.frame.done.text() == "Undone: code ‘Sense-making’")
    for _ in range(9):
        window.redo()
    wait(qtbot, project)
    qtbot.waitUntil(lambda: codings(project) == before + 3)
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, FaultDialog) and one.isVisible()]


def test_coder_who_is_removed_codes_no_more_and_nobody_is_made_of_a_number(
    qtbot: QtBot, window: Window, opened: Opened, small_path: Path
) -> None:
    project = opened(small_path)
    project.sitting.bus.act(partial(add_person, name="Passing"))
    wait(qtbot, project)
    be(project, "Passing")
    show_plenary(qtbot, window, project)
    project.sitting.bus.act(lambda file: remove(file, "person", "Passing"))
    wait(qtbot, project)
    assert window.frame.who.text() == "Who codes here?"
    people = project.sitting.bus.read(lambda view: view.count(Person))
    code_words(qtbot, project, "then applause", "Sense")
    on_screen(qtbot, WhoDialog).done(0)
    wait(qtbot, project)
    assert project.sitting.bus.read(lambda view: view.count(Person)) == people


def test_coder_who_is_renamed_is_called_so(qtbot: QtBot, window: Window, opened: Opened, small_path: Path) -> None:
    project = opened(small_path)
    be(project, "Oda")
    project.sitting.bus.act(lambda file: change(file, "person", "Oda", {"name": "Oda Bruun"}))
    wait(qtbot, project)
    assert window.frame.who.text() == "Coder: Oda Bruun"
    assert window.settings[CODER] == "Oda Bruun"


def test_words_that_were_selected_before_a_correction_are_the_ones_coded(
    qtbot: QtBot, window: Window, opened: Opened, small_path: Path
) -> None:
    project = opened(small_path)
    be(project, "Oda")
    show_plenary(qtbot, window, project)
    read = project.read
    start = read.surface.text.index("then applause")
    read.surface.select(Span(start, start + len("then applause")))
    code = next(one.id for one in read.codebook.codes if one.name == "Sense-making")
    project.sitting.bus.act(lambda file: correct_source(file, source="Plenary, Wren", edits=[(0, 0, "At last. ")]))
    read.coding.code_selection(code)
    wait(qtbot, project)
    made = project.sitting.bus.read(lambda view: [one for one in coded_passages(view) if one.code == "Sense-making"])
    assert [one.text for one in made] == ["then applause"]


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


def test_closing_while_a_text_is_corrected_asks_first(
    qtbot: QtBot, window: Window, opened: Opened, small_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = opened(small_path)
    be(project, "Oda")
    answers = [QMessageBox.StandardButton.Cancel] * 3 + [QMessageBox.StandardButton.Discard]
    monkeypatch.setattr(QMessageBox, "question", lambda *_: answers.pop(0))
    project.read.drafts.correct()
    wait(qtbot, project)
    assert not window.menus.undo.isEnabled()
    qtbot.keyClicks(project.read.correcting.editor, "x")
    window.show_number(2)
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
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Save)
    project.read.drafts.correct()
    qtbot.keyClicks(project.read.correcting.editor, "x")
    window.show_number(2)
    on_screen(qtbot, SaveCorrectionDialog).accept()
    qtbot.waitUntil(lambda: window.frame.stack.currentWidget() is project.compare)
    wait(qtbot, project)
    assert not project.read.correcting.is_open
