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


def test_another_page_is_made_when_it_comes_to_the_front(qtbot: QtBot, sitting: Sitting) -> None:
    view = CompareView(sitting)
    qtbot.addWidget(view)
    view.resize(1200, 800)
    view.show()
    settle(qtbot, sitting)
    with qtbot.waitSignal(view.page_shown) as shown:
        view.show_page("score")
    assert shown.args == ["score"]
    score = view.page("score")
    qtbot.waitUntil(lambda: score.score is not None)
    assert view.can_export is score.can_export is True
    assert view.panes[1:] == [score.events, score.canvas]
    view.setFocus()
    assert score.canvas.hasFocus()
