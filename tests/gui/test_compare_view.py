"""The Compare view: pages that are made when they are first shown."""

from pytestqt.qtbot import QtBot

from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.compare import CompareView
from tests.gui.conftest import settle


def test_keyboard_and_export_belong_to_the_page_that_is_shown(qtbot: QtBot, sitting: Sitting) -> None:
    view = CompareView(sitting)
    qtbot.addWidget(view)
    view.resize(1200, 800)
    view.show()
    settle(qtbot, sitting)
    assert view.page_in_front == "matrix"
    assert view.can_export is view.matrix.can_export is True
    bar, *panes = view.panes
    assert bar is view.tabs.tabBar()
    assert all(view.matrix.isAncestorOf(pane) for pane in panes)
    view.setFocus()
    assert view.matrix.isAncestorOf(view.focusWidget())
