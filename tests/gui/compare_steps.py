"""Steps that tests of the Compare view take: show it, read its cells, have something done."""

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.compare_matrix import MatrixPage
from tests.gui.conftest import settle


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
    model = view.model
    rows = [row for row in range(model.rowCount()) if model.code(row).code.name == code]
    columns = [column for column in range(model.columnCount()) if model.head(column).observer == observer]
    return model.index(rows[0], columns[0])


def words(view: MatrixPage) -> dict[tuple[str, str], str]:
    """What every cell says."""
    model = view.model
    return {
        (model.code(row).code.name, model.head(column).observer): model.cell(row, column).words
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    }


def act(qtbot: QtBot, view: MatrixPage, command: Any) -> None:
    """Have something done as another view would, and wait until this one has followed."""
    sitting = view._sitting
    sitting.bus.act(command)
    settle(qtbot, sitting)
    qtbot.waitUntil(lambda: not view._settling.isActive() and not view.passages._settling.isActive())
    settle(qtbot, sitting)


def choose(qtbot: QtBot, sitting: Sitting, field: Any, text: str) -> None:
    """Choose an item by the keyboard: typing the beginning of its words."""
    field.setFocus()
    qtbot.keyClicks(field, text)
    settle(qtbot, sitting)
