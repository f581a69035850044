"""What stands beside and below a table: heads of standings, the room of the foot, what signs mean, no empty columns."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from pytestqt.qtbot import QtBot

from polyvocal.domain.words import CodeKind
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.compare_asked import CODES, Asked, Side, Way
from polyvocal.gui.views.compare_matrix import MatrixPage
from polyvocal.gui.views.compare_picture import picture_of
from polyvocal.services.commands.codebook import add_code
from tests.gui.compare_steps import COLUMNS, ROWS, act, shown
from tests.gui.conftest import settle

STANDINGS = Side("standing")


@pytest.fixture
def view(qtbot: QtBot, sitting: Sitting) -> MatrixPage:
    return shown(qtbot, sitting)


def ask(qtbot: QtBot, view: MatrixPage, asked: Asked) -> None:
    view.ask(asked)
    settle(qtbot, view.sitting)


def test_standings_have_heads_as_observers_have_and_no_band(qtbot: QtBot, view: MatrixPage) -> None:
    ask(qtbot, view, Asked(columns=STANDINGS))
    *heads, total = [view.model.head(column) for column in range(view.model.columnCount())]
    assert total is None
    assert [head.standing for head in heads if head is not None] == [None] * len(heads)
    assert sum(head.accounts for head in heads if head is not None) > 0
    assert (view.table.heads.about_observers, view.table.heads.has_bands) == (True, False)
    assert view.table.heads.laid.groups == []
    told = view.model.headerData(0, COLUMNS, Qt.ItemDataRole.AccessibleTextRole).splitlines()
    assert told[0] == view.model.shown_name(0, COLUMNS)
    assert not any(line.startswith("Standing") for line in told)
    ask(qtbot, view, Asked(rows=STANDINGS, columns=CODES))
    assert view.model.head(0, ROWS) is not None
    assert view.model.head(0, COLUMNS) is None


def test_foot_has_the_room_it_needs_after_states_are_gone(qtbot: QtBot, view: MatrixPage) -> None:
    assert view.foot.legend.states
    ask(qtbot, view, Asked(columns=STANDINGS))
    assert view.foot.legend.states == ()
    assert view.foot.height() == view.foot.needed


def test_high_rows_leave_the_foot_its_room(qtbot: QtBot, view: MatrixPage) -> None:
    view.resize(1200, 600)
    ask(qtbot, view, Asked(way=Way.WHOM))
    assert view.foot.height() == view.foot.needed


def test_dot_in_a_cell_is_explained_where_one_is(qtbot: QtBot, view: MatrixPage) -> None:
    assert view.foot.signs.text() == ""
    ask(qtbot, view, Asked(columns=Side("phase")))
    assert view.foot.signs.text() == "·  no passage is coded so"
    ask(qtbot, view, Asked(way=Way.TOGETHER))
    assert view.foot.signs.text() == "·  never together"


def test_heading_is_no_column_where_codes_meet(qtbot: QtBot, view: MatrixPage) -> None:
    ask(qtbot, view, Asked(way=Way.TOGETHER))
    names = [view.model.name(row, ROWS) for row in range(view.model.rowCount())]
    headings = [name for row, name in enumerate(names) if view.model.is_heading(row)]
    assert headings
    assert [view.model.name(column, COLUMNS) for column in range(view.model.columnCount())] == [
        name for name in names if name not in headings
    ]
    assert not view.model.index_of((names[0], headings[0])).isValid()


def test_no_name_is_cut_in_a_picture(qtbot: QtBot, view: MatrixPage) -> None:
    name = "What was said in the corridor after the minutes had been closed, by those who had not spoken before"
    act(qtbot, view, lambda file: add_code(file, name=name, kind=CodeKind.THEME))
    heads = view.table.row_heads
    bold = QFont(view.table.font())
    bold.setWeight(QFont.Weight.DemiBold)
    assert heads.width() < QFontMetrics(bold).horizontalAdvance(name) < heads.wide
    picture = picture_of(view.table, view.model, title="", caption="")
    assert picture.size.width() == heads.wide + view.table.heads.length()


def test_columns_have_the_width_of_what_they_show_now(qtbot: QtBot, view: MatrixPage) -> None:
    ask(qtbot, view, Asked(columns=STANDINGS))
    ask(qtbot, view, Asked(way=Way.WHOM))
    heads = view.table.heads
    assert heads.sectionSize(0) == heads.defaultSectionSize()
