"""The Memos view: found, read, written and saved where they are left; links; new ones; taken out."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from polyvocal.domain.memos import WholeMemo
from polyvocal.domain.records import Code, Coding, Memo, Person, Session, Source
from polyvocal.domain.words import AttributeType, DivergenceKind, MemoKind
from polyvocal.gui.dialogs.memo import MemoDialog
from polyvocal.gui.dialogs.new_memo import NewMemoDialog
from polyvocal.gui.sitting import Place, Sitting
from polyvocal.gui.views import memo_editor
from polyvocal.gui.views.codes_here import CodingCard
from polyvocal.gui.views.memos import MemosView
from polyvocal.gui.views.memos_model import HEADS
from polyvocal.gui.window import Window
from polyvocal.services.commands.attributes import add_attribute
from polyvocal.services.commands.codings import add_coding
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.divergences import add_divergence
from polyvocal.services.commands.memos import add_memo
from polyvocal.services.commands.moments import add_moment
from polyvocal.services.commands.passage import Passage
from polyvocal.store.file import open_project
from tests.gui.conftest import settle
from tests.gui.window_steps import Opened, opened, window

__all__ = ["opened", "window"]

NOTE = "Plenary, Wren"


@pytest.fixture
def view(qtbot: QtBot, sitting: Sitting) -> MemosView:
    add = sitting.bus.file
    add_memo(add, text="Whose mics?", author="Wren", passage=Passage(NOTE, 6, 17))
    add_memo(add, text="Ask her.", title="To do", kind=MemoKind.METHOD, about=("person", "Wren"))
    return shown(qtbot, sitting)


def shown(qtbot: QtBot, sitting: Sitting) -> MemosView:
    made = MemosView(sitting)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    settle(qtbot, sitting)
    return made


def titles(view: MemosView) -> list[str]:
    return [view.model.index(row, 0).data() for row in range(view.model.rowCount())]


def choose(view: MemosView, title: str) -> WholeMemo:
    view.table.setCurrentIndex(view.model.index(titles(view).index(title), 0))
    memo = view.current
    assert memo is not None
    return memo


def type_into(field: QWidget, words: str) -> None:
    field.setFocus()
    QTest.keyClicks(field, words)


def memo(sitting: Sitting, identity: int) -> Memo:
    return sitting.bus.read(lambda view: view.need(Memo, identity))


def operations(sitting: Sitting) -> int:
    return sitting.bus.read(lambda view: view.operations())


# --- the list --------------------------------------------------------------------------------------------------------


def test_every_memo_is_listed_with_kind_subject_author_and_date_the_newest_first(view: MemosView) -> None:
    assert titles(view) == ["To do", "Whose mics?", "I wrote this tired \U0001f634.", "On applause"]
    cells = [view.model.index(1, column).data() for column in range(len(HEADS))]
    assert cells[:4] == ["Whose mics?", "In-process memo", f"passage of {NOTE}: Nine tables", "Wren"]
    assert view.model.index(3, 2).data() == "code: Protest"
    assert view.model.index(2, 2).data() == ""
    choose(view, "Whose mics?")
    assert view.editor.about.text() == f"About passage of {NOTE}: Nine tables"
    assert view.editor.passage.text() == f"“Nine tables”, {NOTE}"


def test_memos_are_filtered_by_kind_author_subject_and_words(view: MemosView) -> None:
    for box, words, expected in (
        (view.kind, "Method memo", ["To do"]),
        (view.author, "Wren", ["Whose mics?", "I wrote this tired \U0001f634."]),
        (view.about, "About passages", ["Whose mics?"]),
        (view.about, "About nothing in particular", ["I wrote this tired \U0001f634."]),
    ):
        box.setCurrentText(words)
        assert titles(view) == expected
        box.setCurrentIndex(0)
    view.words.setText("nine MICS")
    assert titles(view) == ["Whose mics?"]
    view.words.setText("weather")
    assert titles(view) == []
    assert view.none.isVisible()
    assert not view.out.isEnabled()
    assert not view.editor.isEnabled()


@pytest.mark.parametrize(
    ("column", "first"),
    [(0, "I wrote this tired \U0001f634."), (1, "On applause"), (2, "On applause"), (4, "On applause")],
)
def test_memos_are_sorted_by_a_column(view: MemosView, column: int, first: str) -> None:
    chosen = choose(view, "To do")
    view.table.sortByColumn(column, Qt.SortOrder.AscendingOrder)
    assert titles(view)[0] == first
    assert view.current == chosen


def test_project_without_memos_says_what_to_do(qtbot: QtBot, empty_sitting: Sitting) -> None:
    view = shown(qtbot, empty_sitting)
    assert "New memo" in view.none.text()
    assert view.none.isVisible()
    assert view.new.isEnabled()


def test_memos_that_are_written_elsewhere_come_and_the_chosen_one_stays(
    qtbot: QtBot, sitting: Sitting, view: MemosView
) -> None:
    chosen = choose(view, "Whose mics?")
    sitting.bus.act(lambda file: add_memo(file, text="New here", author="Oda"))
    settle(qtbot, sitting)
    assert titles(view)[0] == "New here"
    assert view.current is not None
    assert view.current.id == chosen.id
    assert view.author.findText("Oda") > 0


# --- reading and writing ---------------------------------------------------------------------------------------------


def test_what_is_typed_is_saved_once_after_a_pause(
    qtbot: QtBot, sitting: Sitting, view: MemosView, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen, before = choose(view, "Whose mics?"), operations(sitting)
    view.editor._pause.setInterval(50)
    type_into(view.editor.text, "Mine? ")
    assert view.editor.state.text() == "Not saved yet"
    qtbot.waitUntil(lambda: view.editor.state.text() == "Saved")
    settle(qtbot, sitting)
    assert memo(sitting, chosen.id).text == "Mine? Whose mics?"
    assert operations(sitting) == before + 1
    assert view.editor.text.textCursor().position() == len("Mine? ")
    assert memo_editor.PAUSE >= 1000


def test_what_is_typed_is_saved_where_another_memo_is_chosen(qtbot: QtBot, sitting: Sitting, view: MemosView) -> None:
    chosen = choose(view, "To do")
    view.editor.text.insertPlainText("\u6211 \U0001f642 ")  # as an input method does
    type_into(view.editor.title, "!")
    choose(view, "On applause")
    settle(qtbot, sitting)
    saved = memo(sitting, chosen.id)
    assert (saved.text, saved.title) == ("\u6211 \U0001f642 Ask her.", "To do!")
    assert view.editor.text.toPlainText() == "Applause may be a way of contesting."
    assert memo(sitting, view.model.listed[titles(view).index("On applause")].id).title == "On applause"


def test_title_and_kind_are_changed_and_undone(qtbot: QtBot, sitting: Sitting, view: MemosView) -> None:
    chosen = choose(view, "To do")
    view.editor.kind.setCurrentIndex(view.editor.kind.findData("reflexive"))
    view.editor.kind.activated.emit(view.editor.kind.currentIndex())
    settle(qtbot, sitting)
    assert memo(sitting, chosen.id).kind is MemoKind.REFLEXIVE
    view.editor.title.clear()
    type_into(view.editor.title, "Done")
    view.table.setFocus()
    settle(qtbot, sitting)
    assert "Done" in titles(view)
    for _ in range(2):
        sitting.bus.act(lambda file: file.undo(file.person))
    settle(qtbot, sitting)
    assert "To do" in titles(view)
    assert view.editor.title.text() == "To do"
    assert view.editor.kind.currentData() == "method"


def test_what_is_typed_is_saved_where_the_view_is_left(qtbot: QtBot, sitting: Sitting, view: MemosView) -> None:
    chosen = choose(view, "To do")
    type_into(view.editor.text, "1. ")
    view.hide()
    settle(qtbot, sitting)
    assert memo(sitting, chosen.id).text == "1. Ask her."


def test_empty_memo_is_not_saved_and_what_was_done_to_it_is_there_when_it_is_chosen_again(
    qtbot: QtBot, sitting: Sitting, view: MemosView
) -> None:
    chosen = choose(view, "To do")
    view.editor.text.clear()
    type_into(view.editor.title, "X")
    view.editor.save()
    assert "An empty memo is not saved" in view.editor.state.text()
    choose(view, "On applause")
    settle(qtbot, sitting)
    assert memo(sitting, chosen.id).text == "Ask her."
    choose(view, "To do")
    assert view.editor.text.toPlainText() == ""
    assert view.editor.title.text() == "To doX"


def test_what_cannot_be_saved_stays_and_says_why(qtbot: QtBot, sitting: Sitting, view: MemosView) -> None:
    faults: list[Exception] = []
    sitting.bus.failed.connect(faults.append)
    chosen = choose(view, "To do")
    sitting.bus.file.write("gone", lambda unit: unit.remove(unit.need(Memo, chosen.id)))
    type_into(view.editor.text, "1. ")
    view.editor.save()
    settle(qtbot, sitting)
    assert len(faults) == 1
    assert view.editor.state.text().startswith("Not saved: There is no memo")
    assert view.editor.text.toPlainText() == "1. Ask her."
    assert view.editor.is_typed


def test_change_from_elsewhere_does_not_take_what_is_being_typed(
    qtbot: QtBot, sitting: Sitting, view: MemosView
) -> None:
    chosen = choose(view, "To do")
    type_into(view.editor.text, "Mine. ")
    sitting.bus.act(lambda file: change(file, "memo", str(chosen.id), {"title": "Theirs"}))
    settle(qtbot, sitting)
    assert view.editor.text.toPlainText() == "Mine. Ask her."
    view.editor.save()
    settle(qtbot, sitting)
    saved = memo(sitting, chosen.id)
    assert (saved.title, saved.text) == ("Theirs", "Mine. Ask her.")


def test_memos_are_only_read_where_the_project_is(qtbot: QtBot, reading_sitting: Sitting) -> None:
    view = shown(qtbot, reading_sitting)
    choose(view, "On applause")
    assert view.editor.text.isReadOnly()
    assert not any(one.isEnabled() for one in (view.new, view.drop, view.editor.kind))
    assert view.out.isEnabled()


# --- links -----------------------------------------------------------------------------------------------------------


def test_link_leads_to_the_passage_the_coding_the_source(qtbot: QtBot, sitting: Sitting, view: MemosView) -> None:
    made = add_coding(sitting.bus.file, source=NOTE, start=0, end=5, code="Protest", coder="Oda", memo="On it")
    add_memo(sitting.bus.file, text="On all of it", about=("source", NOTE))
    view.refresh()
    settle(qtbot, sitting)
    (source,) = sitting.bus.read(lambda v: v.find(Source, title=NOTE))
    meant: list[Place] = []
    sitting.place_wanted.connect(meant.append)
    for title in ("Whose mics?", "On it", "On all of it"):
        choose(view, title)
        view.editor.about.click()
    coding = made.created("coding")[0]
    assert meant == [Place(source.id, 6, 17), Place(source.id, 0, 5, coding), Place(source.id)]  # type: ignore[arg-type]


def test_link_leads_to_the_codebook_and_to_the_setting(qtbot: QtBot, sitting: Sitting, view: MemosView) -> None:
    meant: list[Any] = []
    sitting.entry_wanted.connect(meant.append)
    choose(view, "On applause")
    QTest.keyClick(view.table, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    choose(view, "To do")
    view.go.click()
    (code,) = sitting.bus.read(lambda v: v.find(Code, name="Protest"))
    (wren,) = sitting.bus.read(lambda v: v.find(Person, name="Wren"))
    assert meant == [("code", code.id), ("people", wren.id)]
    choose(view, "I wrote this tired \U0001f634.")
    assert not view.go.isEnabled()
    assert not view.editor.about.isEnabled()


def test_link_leads_to_the_session_of_a_moment_and_to_the_first_passage_of_a_divergence(
    qtbot: QtBot, sitting: Sitting, view: MemosView
) -> None:
    file = sitting.bus.file
    add_moment(file, title="The bell", session="Plenary")
    passages = [Passage(NOTE, 6, 17), Passage("Corridor, Bashir", 0, 5)]
    add_divergence(file, kind=DivergenceKind.ATTENTION, title="Who heard it", passages=passages)
    add_attribute(file, name="Paid", type=AttributeType.TEXT)
    for title, kind, name in (
        ("On the bell", "moment", "The bell"),
        ("On who heard", "divergence", "Who heard it"),
        ("On pay", "attribute", "Paid"),
    ):
        add_memo(file, text="Why?", title=title, about=(kind, name))
    view.refresh()
    settle(qtbot, sitting)
    meant: list[Any] = []
    sitting.entry_wanted.connect(meant.append)
    sitting.place_wanted.connect(meant.append)
    for title in ("On the bell", "On who heard"):
        choose(view, title)
        assert view.go.isEnabled()
        view.editor.about.click()
    (session,) = sitting.bus.read(lambda v: v.find(Session, title="Plenary"))
    (source,) = sitting.bus.read(lambda v: v.find(Source, title=NOTE))
    assert meant == [("events", session.id), Place(source.id, 6, 17)]
    choose(view, "On pay")
    assert not view.go.isEnabled()
    assert not view.editor.about.isEnabled()


def test_links_open_the_view_in_which_the_thing_is(
    qtbot: QtBot, window: Window, opened: Opened, small_path: Path
) -> None:
    with open_project(small_path, mode=_once()) as file:
        add_memo(file, text="Ask her.", title="To do", about=("person", "Ilse"))
        add_memo(file, text="Whose mics?", passage=Passage(NOTE, 6, 17))
    project = opened(small_path)
    window.show_number(4)
    settle(qtbot, project.sitting)
    view = project.memos
    assert window.frame.stack.currentWidget() is view
    choose(view, "To do")
    view.show_about()
    settle(qtbot, project.sitting)
    assert window.frame.stack.currentWidget() is project.setting
    assert project.setting.section == "people"
    window.show_number(4)
    choose(view, "On applause")
    view.show_about()
    settle(qtbot, project.sitting)
    assert window.frame.stack.currentWidget() is project.read
    window.show_number(4)
    choose(view, "Whose mics?")
    view.show_about()
    settle(qtbot, project.sitting)
    assert window.frame.stack.currentWidget() is project.read
    assert project.read.surface.offset == 6


def _once() -> Any:
    from polyvocal.store.file import Mode

    return Mode.ONCE


def test_what_is_typed_is_saved_where_the_project_is_closed(
    qtbot: QtBot, window: Window, opened: Opened, small_path: Path
) -> None:
    project = opened(small_path)
    window.show_number(4)
    settle(qtbot, project.sitting)
    choose(project.memos, "On applause")
    type_into(project.memos.editor.text, "Late: ")
    window.close_project()
    with open_project(small_path) as file, file.view() as read:
        assert "Late: Applause may be a way of contesting." in {one.text for one in read.all(Memo)}


# --- new, removed, exported ------------------------------------------------------------------------------------------


def asked(qtbot: QtBot, sitting: Sitting, view: MemosView) -> NewMemoDialog:
    view.new.click()
    settle(qtbot, sitting)
    dialog = view.findChild(NewMemoDialog)
    assert dialog is not None
    return dialog


@pytest.mark.parametrize(
    ("kind", "name", "about"),
    [("", "", ""), ("code", "collaboration / who decides", "code: Collaboration / Who decides"),
     ("event", "Launch", "event: Launch"), ("session", "Plenary (Launch)", "session: Plenary")],
)  # fmt: skip
def test_new_memo_is_about_what_was_chosen_and_is_shown(
    qtbot: QtBot, sitting: Sitting, view: MemosView, kind: str, name: str, about: str
) -> None:
    view.words.setText("applause")
    dialog = asked(qtbot, sitting, view)
    QTest.keyClicks(dialog.text, "Something new")
    dialog.kind.setCurrentIndex(dialog.kind.findData("integrative"))
    if kind:
        dialog.about_kind.setCurrentIndex(dialog.about_kind.findData(kind))
        dialog.about_name.setEditText(name)
    dialog.accept()
    settle(qtbot, sitting)
    current = view.current
    assert current is not None
    assert (current.text, current.kind, current.author) == ("Something new", MemoKind.INTEGRATIVE, "Oda")
    assert view.model.index(titles(view).index("Something new"), 2).data() == about


@pytest.mark.parametrize(("name", "why"), [("", "Say which code"), ("Weather", "There is no code called 'Weather'")])
def test_new_memo_about_nothing_that_there_is_says_so(
    qtbot: QtBot, sitting: Sitting, view: MemosView, name: str, why: str
) -> None:
    dialog = asked(qtbot, sitting, view)
    QTest.keyClicks(dialog.text, "x")
    dialog.about_kind.setCurrentIndex(dialog.about_kind.findData("code"))
    dialog.about_name.setEditText(name)
    dialog.accept()
    assert why in dialog.fault.text()
    assert dialog.isVisible()


def test_memo_about_a_coding_is_written_from_its_card(qtbot: QtBot, sitting: Sitting) -> None:
    (coding, *_) = sitting.bus.read(lambda view: view.all(Coding))
    card = CodingCard(sitting)
    qtbot.addWidget(card)
    card.show()
    card.show_coding(coding.id)
    settle(qtbot, sitting)
    card.note.click()
    dialog = card.findChild(MemoDialog)
    assert dialog is not None
    QTest.keyClicks(dialog.text, "Why so?")
    dialog.accept()
    settle(qtbot, sitting)
    (made,) = sitting.bus.read(lambda view: view.find(Memo, about=coding.id))
    assert (made.text, made.about_kind) == ("Why so?", "coding")


def test_chosen_memo_is_removed_and_comes_back(qtbot: QtBot, sitting: Sitting, view: MemosView) -> None:
    choose(view, "To do")
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_Delete)
    settle(qtbot, sitting)
    assert "To do" not in titles(view)
    sitting.bus.act(lambda file: file.undo(file.person))
    settle(qtbot, sitting)
    assert "To do" in titles(view)


def test_listed_memos_are_exported_in_their_order_as_they_are_typed(
    qtbot: QtBot, sitting: Sitting, view: MemosView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "memos.md"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(path), ""))
    view.author.setCurrentText("Wren")
    choose(view, "Whose mics?")
    type_into(view.editor.text, "Now: ")
    with qtbot.waitSignal(view.exported):
        view.out.click()
    said = path.read_text("utf-8")
    assert said.startswith("# Nine tables\n\nOnly author: Wren.\n")
    assert said.index("Now: Whose mics?") < said.index("I wrote this tired")
    assert "applause" not in said


# --- keyboard, names, looks ------------------------------------------------------------------------------------------


def test_keyboard_alone_finds_reads_and_writes_a_memo(qtbot: QtBot, sitting: Sitting, view: MemosView) -> None:
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is view.words
    QTest.keyClicks(view.words, "mics")
    for _ in range(20):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is view.table:
            break
    assert QApplication.focusWidget() is view.table
    assert view.current is not None
    identity = view.current.id
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is view.editor.text
    QTest.keyClicks(view.editor.text, "A ")
    QTest.keyClick(view.editor.text, Qt.Key.Key_Backtab)
    settle(qtbot, sitting)
    assert memo(sitting, identity).text == "A Whose mics?"


def test_each_part_has_a_name_for_a_screen_reader(view: MemosView) -> None:
    choose(view, "To do")
    editor = view.editor
    for part in (
        view.table, view.words, view.kind, view.about, view.author, editor.title, editor.kind, editor.text, editor.about,
    ):  # fmt: skip
        assert part.accessibleName()
    assert editor.about.accessibleName() == "About person: Wren: show it"
    said = view.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("To do, Method memo, person: Wren")
