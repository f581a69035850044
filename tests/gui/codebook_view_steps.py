"""What tests of the Codebook view do: show it, point to a code, find a dialog over it."""

from typing import Any

import pytest
from PySide6.QtWidgets import (
    QAbstractItemView,
)
from pytestqt.qtbot import QtBot

from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.codebook_view import CodebookView
from tests.gui.conftest import settle
from tests.services.codebook_steps import code_named

START = ["Collaboration", "Collaboration / Who decides", "Collaboration / Whose time", "Protest", "Sense-making"]
Position = QAbstractItemView.DropIndicatorPosition


def shown(view: CodebookView) -> list[str]:
    """The names in the tree."""
    return [node.what.name for node in view.model.nodes()]


def view_on(qtbot: QtBot, sitting: Sitting) -> CodebookView:
    view = CodebookView(sitting)
    qtbot.addWidget(view)
    view.resize(1300, 800)
    view.show()
    view.activateWindow()
    settle(qtbot, sitting)
    return view


@pytest.fixture
def view(qtbot: QtBot, sitting: Sitting) -> CodebookView:
    """The view on the small project, by Oda."""
    return view_on(qtbot, sitting)


def point(qtbot: QtBot, view: CodebookView, name: str) -> None:
    """Point to a code, and wait until it is told of."""
    view.point_to(code_named(view._sitting.bus.file, name).id)
    settle(qtbot, view._sitting)


def dialog_on(view: CodebookView, cls: type[Any]) -> Any:
    (dialog,) = (one for one in view.findChildren(cls) if one.isVisible())
    return dialog
