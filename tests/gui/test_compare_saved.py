"""Comparisons are saved, opened beside their snapshots, and spoken against by counter-examples."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from polyvocal.domain.comparisons import Comparison, CounterExample, Snapshot
from polyvocal.domain.passages import Aspect
from polyvocal.domain.records import Memo, Person
from polyvocal.domain.words import Phase
from polyvocal.gui.dialogs.comparison import CounterExampleDialog, SaveComparisonDialog
from polyvocal.gui.dialogs.memo import MemoDialog
from polyvocal.gui.sitting import Me, Place, Sitting
from polyvocal.gui.views.compare_asked import CODES, Asked, Side, Way
from polyvocal.gui.views.compare_kept import asked_of, saved_of
from polyvocal.gui.views.compare_matrix import MatrixPage
from polyvocal.services.commands.codings import add_coding
from polyvocal.services.commands.corrections import change
from tests.gui.compare_steps import COLUMNS, ROWS, act, at, only, view, words
from tests.gui.conftest import settle

__all__ = ["view"]


@pytest.fixture(autouse=True)
def coder(sitting: Sitting) -> None:
    with sitting.bus.file.view() as reader:
        (oda,) = reader.find(Person, name="Oda")
    sitting.choose_coder(Me(oda.id, oda.name))


def in_front(kind: type[QDialog]) -> QDialog:
    (dialog,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
    return dialog


def save(qtbot: QtBot, view: MatrixPage, title: str) -> None:
    """Save what the table asks for, by keys."""
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    dialog = in_front(SaveComparisonDialog)
    assert isinstance(dialog, SaveComparisonDialog)
    dialog.title.setText(title)
    with qtbot.waitSignal(dialog.finished_with):
        dialog.accept()
    settle(qtbot, view.sitting)
    view.activateWindow()


def test_comparison_is_saved_with_a_snapshot_and_listed(qtbot: QtBot, sitting: Sitting, view: MatrixPage) -> None:
    only(qtbot, view, Aspect.PHASE, Phase.DURING)
    save(qtbot, view, "Functions by observer")
    panel = view.saved
    assert [panel.list.item(row).text().split("\n")[0] for row in range(panel.list.count())] == [
        "Functions by observer"
    ]
    assert "1 snapshot" in panel.list.item(0).text()
    assert panel.details.isVisibleTo(panel)
    assert panel.told.text() == "Nothing differs from then."
    with sitting.bus.file.view() as reader:
        (saved,), (snapshot,) = reader.all(Comparison), reader.all(Snapshot)
    assert (saved.title, snapshot.comparison) == ("Functions by observer", saved.id)
    assert "Cells count passages" in snapshot.caption


def test_same_title_is_refused_in_the_dialog(qtbot: QtBot, view: MatrixPage) -> None:
    save(qtbot, view, "One")
    view.saved.ask_title()
    dialog = in_front(SaveComparisonDialog)
    assert isinstance(dialog, SaveComparisonDialog)
    assert (dialog.title.text(), dialog.title.selectedText()) == ("Code by observer", "Code by observer")
    dialog.title.clear()
    dialog.accept()
    assert "Give the comparison a title" in dialog.fault.text()
    dialog.title.setText("One")
    dialog.accept()
    settle(qtbot, view.sitting)
    assert "choose another title" in dialog.fault.text()
    dialog.title.setText("Code by observer")
    dialog.reject()


def test_what_differs_from_a_snapshot_is_marked(qtbot: QtBot, sitting: Sitting, view: MatrixPage) -> None:
    save(qtbot, view, "One")
    act(
        qtbot,
        view,
        lambda file: add_coding(file, source="Corridor, Bashir", start=0, end=5, code="Protest", coder="Oda"),
    )
    changed = at(view, "Protest", "Bashir")
    assert view.model.cell(changed.row(), changed.column()).was == "was 0"
    assert changed.data(Qt.ItemDataRole.AccessibleTextRole) == "Protest, Bashir: coded, 1 passage, was 0"
    assert view.saved.told.text() == "1 cell differs from then, and is marked."
    assert [place for place in words(view) if view.model.cell(*_place(view, place)).was] == [("Protest", "Bashir")]
    view.grab()
    view.saved.take()
    settle(qtbot, sitting)
    assert view.saved.beside.box.count() == 3
    view.saved.beside.chosen.emit(None)
    settle(qtbot, sitting)
    assert not view.model.cell(changed.row(), changed.column()).was


def _place(view: MatrixPage, names: tuple[str, str]) -> tuple[int, int]:
    index = view.model.index_of(names)
    return index.row(), index.column()


def test_saved_comparison_is_opened_as_it_was_asked_and_closed_by_asking_otherwise(
    qtbot: QtBot, sitting: Sitting, view: MatrixPage
) -> None:
    view.ask(replace(view.asked, columns=Side("phase"), measure="sources"))
    settle(qtbot, sitting)
    save(qtbot, view, "Phases")
    view.ask(Asked())
    settle(qtbot, sitting)
    panel = view.saved
    assert panel.open is None
    assert panel.details.isHidden()
    panel.list.setFocus()
    panel.list.setCurrentRow(0)
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    settle(qtbot, sitting)
    assert (view.asked.columns, view.asked.measure) == (Side("phase"), "sources")
    assert [view.model.name(column, COLUMNS) for column in range(3)] == ["before", "during", "after"]
    assert panel.open is not None
    assert not panel.details.isHidden()


@pytest.mark.parametrize(
    "asked",
    [
        Asked(),
        Asked(rows=Side("observer", 7), columns=CODES, folded=frozenset({3}), measure="share"),
        Asked(way=Way.WHOM, counting="words-read"),
        Asked(way=Way.ONLY, whose="standing", folded=frozenset({4, 5})),
        Asked(way=Way.TOGETHER, near="paragraphs", paragraphs=3, readers="same"),
    ],
)
def test_what_is_asked_comes_back_from_a_project_as_it_was_saved(sitting: Sitting, asked: Asked) -> None:
    with sitting.bus.file.view() as reader:
        assert asked_of(saved_of(reader, asked)) == asked


@pytest.mark.parametrize("way", [Way.WHOM, Way.ONLY, Way.TOGETHER])
def test_every_way_is_saved_and_its_snapshot_says_the_same(qtbot: QtBot, view: MatrixPage, way: Way) -> None:
    view.ask(replace(view.asked, way=way))
    settle(qtbot, view.sitting)
    view.saved.ask_title()
    dialog = in_front(SaveComparisonDialog)
    assert isinstance(dialog, SaveComparisonDialog)
    dialog.title.setText("One")
    with qtbot.waitSignal(dialog.finished_with):
        dialog.accept()
    settle(qtbot, view.sitting)
    assert view.saved.told.text() == "Nothing differs from then."


def test_passages_are_marked_as_counter_examples_with_a_reason_shown_opened_and_unmarked(
    qtbot: QtBot, sitting: Sitting, view: MatrixPage
) -> None:
    save(qtbot, view, "One")
    view.table.point_to(at(view, "Protest", "Wren"))
    view.open_cell(view.table.currentIndex())
    settle(qtbot, sitting)
    qtbot.keyClick(view.passages.table, Qt.Key.Key_X, Qt.KeyboardModifier.ShiftModifier)
    dialog = in_front(CounterExampleDialog)
    assert isinstance(dialog, CounterExampleDialog)
    dialog.why.setPlainText("Here they laughed")
    with qtbot.waitSignal(dialog.finished_with):
        dialog.accept()
    settle(qtbot, sitting)
    panel = view.saved
    assert panel.examples.count() == 1
    assert "Here they laughed" in panel.examples.item(0).text()
    with qtbot.waitSignal(sitting.place_wanted) as asked:
        panel.examples.setFocus()
        qtbot.keyClick(panel.examples, Qt.Key.Key_Return)
        settle(qtbot, sitting)
    assert isinstance(asked.args[0], Place)
    panel.unmark_example()
    settle(qtbot, sitting)
    assert panel.examples.count() == 0
    act(qtbot, view, lambda file: file.undo())
    settle(qtbot, sitting)
    assert panel.examples.count() == 1
    with sitting.bus.file.view() as reader:
        assert len(reader.all(CounterExample)) == 1


def test_counter_example_without_an_open_comparison_says_what_to_do(
    qtbot: QtBot, sitting: Sitting, view: MatrixPage
) -> None:
    view.open_first_passages()
    settle(qtbot, sitting)
    told: list[str] = []
    sitting.told.connect(told.append)
    qtbot.keyClick(view.passages.table, Qt.Key.Key_X, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].startswith("Open a saved comparison first")


def test_memo_is_written_about_the_comparison_and_removing_it_can_be_undone(
    qtbot: QtBot, sitting: Sitting, view: MatrixPage
) -> None:
    save(qtbot, view, "One")
    view.saved.write_memo()
    dialog = in_front(MemoDialog)
    assert isinstance(dialog, MemoDialog)
    dialog.text.setPlainText("Look again in spring")
    with qtbot.waitSignal(dialog.finished_with):
        dialog.accept()
    settle(qtbot, sitting)
    with sitting.bus.file.view() as reader:
        assert [one.about_kind for one in reader.all(Memo) if "spring" in one.text] == ["comparison"]
    act(qtbot, view, lambda file: file.undo())
    view.saved.remove_open()
    settle(qtbot, sitting)
    assert view.saved.list.count() == 0
    assert view.saved.nothing.isVisibleTo(view.saved)
    act(qtbot, view, lambda file: file.undo())
    settle(qtbot, sitting)
    assert view.saved.list.count() == 1


def test_panel_is_shown_and_left_by_keys(qtbot: QtBot, sitting: Sitting, view: MatrixPage) -> None:
    view.table.setFocus()
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(view.table, Qt.Key.Key_S, modifiers)
    settle(qtbot, sitting)
    assert view.saved.isVisible()
    assert view.panes[-1] is view.saved
    assert "None yet" in view.saved.nothing.text()
    qtbot.mouseClick(view.saved.close_button, Qt.MouseButton.LeftButton)
    assert view.saved.isHidden()
    assert not view.filters.saved.isChecked()


def test_who_codes_blind_sees_no_saved_comparison(qtbot: QtBot, sitting: Sitting, view: MatrixPage) -> None:
    save(qtbot, view, "One")
    sitting.set_blind(blind=True)
    assert view.saved.list.count() == 0
    settle(qtbot, sitting)
    assert view.saved.list.count() == 0
    sitting.set_blind(blind=False)
    settle(qtbot, sitting)
    assert view.saved.list.count() == 1


def test_person_with_another_name_is_the_same_in_a_snapshot(qtbot: QtBot, sitting: Sitting, view: MatrixPage) -> None:
    save(qtbot, view, "One")
    act(qtbot, view, lambda file: change(file, "person", "Wren", {"name": "Robin"}))
    assert view.model.name(0, COLUMNS) == "Robin"
    assert view.model.name(3, ROWS) == "Protest"
    assert view.saved.told.text() == "Nothing differs from then."
