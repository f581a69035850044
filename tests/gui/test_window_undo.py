"""Undo by name in the window, and who codes there."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from polyvocal.domain.records import Person
from polyvocal.domain.spans import Span
from polyvocal.gui.dialogs.fault import FaultDialog
from polyvocal.gui.dialogs.who import WhoDialog
from polyvocal.gui.settings import CODER, Settings
from polyvocal.gui.steps import named_step
from polyvocal.gui.window import Window
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.people import add_person
from polyvocal.services.commands.removal import remove
from polyvocal.services.commands.sources import correct_source
from polyvocal.services.queries.passages import coded_passages
from polyvocal.services.queries.project import Step
from tests.gui.window_steps import Opened, be, code_words, codings, on_screen, opened, show_plenary, wait, window

__all__ = ["opened", "window"]


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


# --- what a tester broke ---------------------------------------------------------------------------------------------


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
        window.turns.undo()
    qtbot.waitUntil(lambda: codings(project) == before + 1)
    wait(qtbot, project)
    qtbot.waitUntil(lambda: window.frame.done.text() == "Undone: code ‘Sense-making’")
    for _ in range(9):
        window.turns.redo()
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
