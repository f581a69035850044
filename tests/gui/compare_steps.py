"""Steps that tests of the Compare view take: show it, read its cells, have something done."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from polyvocal.domain.passages import Aspect
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.compare_matrix import MatrixPage
from tests.gui.conftest import settle

ROWS, COLUMNS = Qt.Orientation.Vertical, Qt.Orientation.Horizontal


@pytest.fixture
def view(qtbot: QtBot, sitting: Sitting) -> MatrixPage:
    """The view on the small project, counted."""
    return shown(qtbot, sitting)


def shown(qtbot: QtBot, sitting: Sitting) -> MatrixPage:
    view = MatrixPage(sitting)
    qtbot.addWidget(view)
    view.resize(1200, 800)
    view.show()
    settle(qtbot, sitting)
    return view


def at(view: MatrixPage, code: str, observer: str) -> Any:
    """The cell of a code and an observer, by their names."""
    index = view.model.index_of((code, observer))
    assert index.isValid()
    return index


def words(view: MatrixPage) -> dict[tuple[str, str], str]:
    """What every cell says, without totals."""
    model = view.model
    return {
        (model.name(row, ROWS), model.name(column, COLUMNS)): model.cell(row, column).words
        for row in range(model.rowCount())
        for column in range(model.columnCount())
        if None not in model.place(row, column)
    }


def act(qtbot: QtBot, view: MatrixPage, command: Any) -> None:
    """Have something done as another view would, and wait until this one has followed."""
    sitting = view.sitting
    sitting.bus.act(command)
    settle(qtbot, sitting)
    qtbot.waitUntil(lambda: not view.counting and not view.passages._settling.isActive())
    settle(qtbot, sitting)


def choose(qtbot: QtBot, sitting: Sitting, field: Any, text: str) -> None:
    """Choose an item of a field by the keyboard: typing the beginning of its words."""
    field.box.setFocus()
    qtbot.keyClicks(field.box, text)
    settle(qtbot, sitting)


def only(qtbot: QtBot, view: MatrixPage, aspect: Aspect, *values: Any) -> None:
    """Choose values by which passages are filtered, as the small window does."""
    view.choosing.values.chosen.emit(aspect, frozenset(values))
    settle(qtbot, view.sitting)
