"""The Compare view: what it shows, and to everybody."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from polyvocal.domain.words import CellState, CodeKind, Standing
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.compare_matrix import MatrixPage
from polyvocal.gui.views.compare_model import CELL
from polyvocal.gui.views.with_foot import with_day
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.codings import add_coding
from polyvocal.services.commands.people import add_person
from polyvocal.services.commands.reading import set_reading
from polyvocal.services.commands.removal import remove
from tests.gui.compare_steps import COLUMNS, ROWS, act, at, shown, view, words
from tests.gui.conftest import settle

__all__ = ["view"]


# --- what is shown ---------------------------------------------------------------------------------------------------


def test_cells_say_counts_or_states_in_words_and_never_nought(view: MatrixPage) -> None:
    said = words(view)
    assert said["Protest", "Wren"] == "4"
    assert said["Who decides", "Wren"] == "written, not yet read"
    assert said["Whose time", "Bashir"] == "1"
    assert said["Sense-making", "Ilse"] == "written, not yet read"
    assert "0" not in said.values()
    assert not any("silent" in one for one in said.values())


def test_rows_are_codes_in_the_order_of_the_tree_and_columns_observers_by_standing(view: MatrixPage) -> None:
    model = view.model
    assert [model.name(row, ROWS) for row in range(5)] == [
        "Collaboration",
        "Who decides",
        "Whose time",
        "Protest",
        "Sense-making",
    ]
    assert [model.name(column, COLUMNS) for column in range(3)] == ["Wren", "Ilse", "Bashir"]
    assert view.table.heads.laid.groups == [(0, 0), (1, 1), (2, 2)]


def test_table_is_not_counted_before_it_is_seen(qtbot: QtBot, sitting: Sitting) -> None:
    view = MatrixPage(sitting)
    qtbot.addWidget(view)
    settle(qtbot, sitting)
    assert view.model.table is None
    assert view.stack.currentWidget() is view.message
    assert view.message.text() == "Counting passages…"
    view.show()
    settle(qtbot, sitting)
    assert view.model.table is not None
    assert view.stack.currentWidget() is not view.message


def test_empty_project_says_what_to_do(qtbot: QtBot, empty_sitting: Sitting) -> None:
    view = shown(qtbot, empty_sitting)
    assert view.stack.currentWidget() is view.message
    assert "Nothing to compare yet" in view.message.text()
    assert not view.filters.export.isEnabled()
    assert not view.can_export
    told: list[bool] = []
    view.can_export_changed.connect(told.append)
    act(qtbot, view, lambda file: add_code(file, name="Protest"))
    assert "Nobody is known as an observer yet" in view.message.text()
    act(qtbot, view, lambda file: add_person(file, name="Wren", standing=Standing.ETHNOGRAPHER))
    assert view.stack.currentWidget() is not view.message
    assert view.filters.export.isEnabled()
    assert view.can_export
    act(qtbot, view, lambda file: remove(file, "code", "Protest"))
    assert "There are no codes yet" in view.message.text()
    assert told == [True, False]


def test_project_that_may_only_be_read_is_compared_and_exported(
    qtbot: QtBot, reading_sitting: Sitting, tmp_path: Path
) -> None:
    view = shown(qtbot, reading_sitting)
    assert words(view)["Protest", "Wren"] == "4"
    with qtbot.waitSignal(view.exported):
        view.export(tmp_path / "table.md")
    assert "Protest" in (tmp_path / "table.md").read_text("utf-8")


def test_legend_tells_the_states_that_occur_and_the_caption_can_be_copied(view: MatrixPage) -> None:
    assert view.foot.legend.states == (CellState.WRITTEN_NOT_YET_READ,)
    assert view.foot.caption.text().startswith("Code by observer. Cells count passages")
    assert view.foot.caption.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


def test_legend_follows_the_states(qtbot: QtBot, sitting: Sitting, view: MatrixPage) -> None:
    for source in ("Plenary, Ilse", "On the train"):
        act(qtbot, view, lambda file, source=source: set_reading(file, source=source, coder="Oda", read_to=None))
    assert view.foot.legend.states == (CellState.READ_NOT_SO_CODED, CellState.WRITTEN_NOT_YET_READ)
    assert words(view)["Sense-making", "Wren"] == "read, not so coded"


def test_category_without_codings_of_its_own_is_a_heading(qtbot: QtBot, sitting: Sitting, view: MatrixPage) -> None:
    cell, role = at(view, "Collaboration", "Wren"), Qt.ItemDataRole.AccessibleTextRole
    told = "Collaboration: a category, which groups the codes below it"
    assert view.model.is_heading(cell.row())
    assert cell.data() == ""
    assert cell.data(CELL) is None
    assert cell.data(role) == told
    assert view.model.headerData(cell.row(), Qt.Orientation.Vertical, role) == told
    view.table.setFocus()
    view.table.point_to(cell)
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    settle(qtbot, sitting)
    assert view.passages.isHidden()
    assert not view.model.is_heading(at(view, "Who decides", "Wren").row())


def test_states_of_headings_are_not_in_the_legend_but_in_what_is_copied(qtbot: QtBot, empty_sitting: Sitting) -> None:
    view = shown(qtbot, empty_sitting)
    act(qtbot, view, lambda file: add_code(file, name="Collaboration", kind=CodeKind.CATEGORY))
    act(qtbot, view, lambda file: add_person(file, name="Wren", standing=Standing.ETHNOGRAPHER))
    assert view.foot.legend.states == ()
    view.table.copy()
    assert QApplication.clipboard().text() == (
        "Code\tWren\tTotal\nCollaboration\tnot known\tnot known\nTotal\tnot known\tnot known\n"
    )


def test_category_that_is_coded_itself_counts_like_a_code(qtbot: QtBot, view: MatrixPage) -> None:
    act(
        qtbot,
        view,
        lambda file: add_coding(file, source="Corridor, Bashir", start=0, end=5, code="Collaboration", coder="Oda"),
    )
    row = at(view, "Collaboration", "Wren").row()
    assert not view.model.is_heading(row)
    assert at(view, "Collaboration", "Bashir").data() == "1"
    assert at(view, "Collaboration", "Wren").data() == "written, not yet read"


def test_time_in_the_caption_is_written_as_everywhere_in_the_window(view: MatrixPage) -> None:
    assert re.search(r", \w{3} \d+ \w{3,4} \d{4}, \d\d:\d\d\.$", view.foot.caption.text())
    assert with_day("Project 'X', 2026-11-25 04:18 +0000.") == "Project 'X', Wed 25 Nov 2026, 04:18."
    assert with_day("Only source: of 2026-11-25 04:18 +0000. Word.") == "Only source: of 2026-11-25 04:18 +0000. Word."


def test_painting_before_anything_was_counted_asks_for_no_negative_height(qtbot: QtBot, sitting: Sitting) -> None:
    view = MatrixPage(sitting)
    qtbot.addWidget(view)
    view.grab()
    assert view.foot.maximumHeight() == 0


# --- for everybody ---------------------------------------------------------------------------------------------------


def test_cells_and_heads_are_told_to_a_screen_reader(view: MatrixPage) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    assert at(view, "Protest", "Wren").data(role) == "Protest, Wren: coded, 4 passages"
    assert at(view, "Who decides", "Bashir").data(role) == (
        "Collaboration / Who decides, Bashir: written, not yet read"
    )
    head = view.model.headerData(0, Qt.Orientation.Horizontal, role)
    for part in ("Wren", "Standing: ethnographer", "Accounts: 2", "Sessions attended: 1", "Coded by: Oda, Wren"):
        assert part in head
    assert "Self-coded: 60 %" in head
    assert view.model.headerData(1, Qt.Orientation.Vertical, role) == "Collaboration / Who decides"


def test_every_control_has_a_name_and_tab_leaves_the_table(qtbot: QtBot, view: MatrixPage) -> None:
    filters = view.filters
    for field in (
        filters.way.box, filters.coder.box, filters.rows.box, filters.swap, filters.measure.box, filters.look.box,
        filters.paragraphs, filters.order, view.table, view.list, view.passages.table,
    ):  # fmt: skip
        assert field.accessibleName()
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_Tab)
    assert not view.table.hasFocus()


def test_heads_stay_in_sight_and_nothing_in_them_is_clipped(view: MatrixPage) -> None:
    view.resize(700, 500)
    heads = view.table.heads
    laid = heads.laid
    assert heads.height() >= laid.height
    assert laid.coder_top > laid.figure_top > laid.name_top > 0
    view.table.horizontalScrollBar().setValue(200)
    corner = view.table._corner
    assert corner is not None
    assert corner.geometry().width() == view.table.row_heads.width()
    assert corner.geometry().height() == heads.height()


@pytest.mark.parametrize("which", ["light", "dark"])
def test_view_is_painted_in_both_themes(view: MatrixPage, which: str) -> None:
    view.sitting.theme.choose(which)
    image = view.table.grab().toImage()
    colours = view.sitting.theme.colours
    assert image.pixelColor(5, 5).name() == colours.raised
    heads = view.table.heads
    beside = heads.grab().toImage()
    assert heads.length() < heads.width()
    assert {beside.pixelColor(heads.width() - 4, y).name() for y in (4, heads.height() // 2)} == {colours.ground}
