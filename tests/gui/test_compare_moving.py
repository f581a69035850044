"""Moving in the Compare view, opening what is behind a cell, following what is done elsewhere."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from polyvocal.domain.records import Code, Source
from polyvocal.domain.words import CellState, Standing
from polyvocal.gui.sitting import Place, Sitting
from polyvocal.gui.views.compare_behind import meaning
from polyvocal.gui.views.compare_matrix import MatrixPage
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.codings import add_coding
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.memos import add_memo
from polyvocal.services.commands.people import add_person
from tests.gui.compare_steps import COLUMNS, act, at, choose, shown, view, words
from tests.gui.conftest import settle

__all__ = ["view"]


# --- moving, opening -------------------------------------------------------------------------------------------------


def test_arrows_move_and_enter_opens_the_passages(qtbot: QtBot, sitting: Sitting, view: MatrixPage) -> None:
    view.table.point_to(at(view, "Whose time", "Wren"))
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    assert view.table.currentIndex() == at(view, "Protest", "Wren")
    assert view.passages.isHidden()
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    settle(qtbot, sitting)
    assert view.passages.isVisible()
    assert [one.words.text() for one in view.passages.filters.chips] == ["Code: Protest", "Observer: Wren"]
    assert view.passages.filters.count.text() == "4 passages"
    assert view.passages.table.hasFocus()
    qtbot.keyClick(view.passages.table, Qt.Key.Key_Escape)
    assert view.passages.isHidden()
    assert view.table.hasFocus()


def test_double_click_opens_the_passages_that_the_filter_leaves(
    qtbot: QtBot, sitting: Sitting, view: MatrixPage
) -> None:
    choose(qtbot, sitting, view.filters.coder, "Oda")
    place = view.table.visualRect(at(view, "Protest", "Wren")).center()
    qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle(qtbot, sitting)
    assert view.passages.filters.count.text() == "1 passage"
    chips = [one.words.text() for one in view.passages.filters.chips]
    assert chips == ["Code: Protest", "Observer: Wren", "Coder: Oda"]


def test_cell_without_passages_says_what_that_means_and_opens_the_accounts(
    qtbot: QtBot, sitting: Sitting, view: MatrixPage
) -> None:
    view.table.setFocus()
    view.table.point_to(at(view, "Sense-making", "Ilse"))
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    settle(qtbot, sitting)
    panel = view.passages
    assert panel.title.text() == "Sense-making · Ilse"
    assert panel.note.text() == (
        "Ilse wrote, and no coder who counts here has read all of it yet: of “Sense-making” nothing can be said so far."
    )
    assert panel.accounts.rows[0].title == "Plenary, Ilse"
    with qtbot.waitSignal(sitting.place_wanted) as asked:
        qtbot.keyClick(panel.account_list, Qt.Key.Key_Return)
    with sitting.bus.file.view() as reader:
        (source,) = reader.find(Source, title="Plenary, Ilse")
    assert asked.args == [Place(source.id)]


@pytest.mark.parametrize("state", [state for state in CellState if state is not CellState.CODED])
def test_every_state_has_a_sentence_on_the_observer(state: CellState) -> None:
    said = meaning(state, "Wren", "Protest")
    assert "Wren" in said
    assert said.endswith(".")
    assert "silent" not in said


def test_first_passages_are_opened_on_demand(qtbot: QtBot, sitting: Sitting, view: MatrixPage) -> None:
    view.open_first_passages()
    settle(qtbot, sitting)
    chips = [one.words for one in view.passages.filters.chips]
    assert [one.text() for one in chips] == ["Code: Who decides", "Observer: Ilse"]
    assert chips[0].toolTip() == "Code: Collaboration / Who decides"
    assert view.table.currentIndex() == at(view, "Who decides", "Ilse")


def test_double_click_on_a_code_asks_for_it(qtbot: QtBot, sitting: Sitting, view: MatrixPage) -> None:
    heads = view.table.row_heads
    place = QPoint(30, heads.sectionViewportPosition(3) + 8)
    with sitting.bus.file.view() as reader:
        (code,) = reader.find(Code, name="Protest")
    with qtbot.waitSignal(sitting.code_wanted) as asked:
        qtbot.mouseDClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked.args == [code.id]


# --- following what is done ------------------------------------------------------------------------------------------


def test_coding_that_is_added_and_undone_is_counted_and_the_marks_stay(
    qtbot: QtBot, sitting: Sitting, view: MatrixPage
) -> None:
    view.table.point_to(at(view, "Protest", "Bashir"))
    act(
        qtbot,
        view,
        lambda file: add_coding(file, source="Corridor, Bashir", start=0, end=5, code="Protest", coder="Oda"),
    )
    assert words(view)["Protest", "Bashir"] == "1"
    assert view.table.selectedIndexes() == [at(view, "Protest", "Bashir")]
    act(qtbot, view, lambda file: file.undo())
    assert words(view)["Protest", "Bashir"] == "written, not yet read"


def test_new_row_and_column_leave_what_is_pointed_to(qtbot: QtBot, sitting: Sitting, view: MatrixPage) -> None:
    view.table.point_to(at(view, "Protest", "Bashir"))
    act(qtbot, view, lambda file: add_code(file, name="Applause", parent="Collaboration"))
    act(qtbot, view, lambda file: add_person(file, name="Ada", standing=Standing.ETHNOGRAPHER))
    assert view.model.columnCount() == 5  # with totals
    assert view.table.currentIndex() == at(view, "Protest", "Bashir")
    assert view.table.selectedIndexes() == [at(view, "Protest", "Bashir")]


def test_view_that_is_not_seen_counts_when_it_is_seen_again(qtbot: QtBot, sitting: Sitting, view: MatrixPage) -> None:
    view.hide()
    act(qtbot, view, lambda file: change(file, "person", "Wren", {"name": "Robin"}))
    assert view.model.name(0, COLUMNS) == "Wren"
    view.show()
    settle(qtbot, sitting)
    assert view.model.name(0, COLUMNS) == "Robin"


def test_change_that_does_not_concern_the_table_is_not_counted(
    qtbot: QtBot, sitting: Sitting, view: MatrixPage
) -> None:
    counted: list[bool] = []
    view.counted.connect(lambda: counted.append(True))
    act(qtbot, view, lambda file: add_memo(file, text="Who pays?"))
    assert not counted


def test_fault_while_counting_is_told_and_the_view_can_be_opened_again(
    qtbot: QtBot, sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    from polyvocal.services.analysis import ledger

    faults: list[Exception] = []
    sitting.bus.failed.connect(faults.append)
    with monkeypatch.context() as patch:
        patch.setattr(ledger, "Holdings", fail)
        view = shown(qtbot, sitting)
    assert [str(one) for one in faults] == ["the disk is gone"]
    assert "could not be counted" in view.message.text()
    view.hide()
    view.show()
    settle(qtbot, sitting)
    assert words(view)["Protest", "Wren"] == "4"


def fail(_view: object) -> None:
    raise OSError("the disk is gone")
