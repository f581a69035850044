"""The Compare view: pages that are made when they are first shown."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pytestqt.qtbot import QtBot

from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.compare import CompareView
from polyvocal.services.analysis.score import MomentMeant
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


def test_stretch_of_the_score_is_seen_side_by_side(qtbot: QtBot, sitting: Sitting) -> None:
    view = CompareView(sitting)
    qtbot.addWidget(view)
    view.resize(1300, 800)
    view.show()
    view.show_page("score")
    settle(qtbot, sitting)
    page = view.page("score")
    event = page.score.event
    at = datetime(2024, 5, 14, 10, 0, tzinfo=ZoneInfo("Europe/London"))
    page.moment_wanted.emit(MomentMeant(event, None, at, at + timedelta(minutes=20)))
    settle(qtbot, sitting)
    assert view.page_in_front == "moments"
    moment = view.moments.moment
    assert moment is not None
    assert (moment.asked.id, moment.asked.event) == (0, event)
    assert view.moments.title.text() == "Tue 14 May 2024, 10:00–10:20"
    assert view.moments.list.starts.text() == "2024-05-14 10:00"
    (session,) = (one for one in page.score.sessions if one.title == "Plenary")
    page.moment_wanted.emit(MomentMeant(event, session, session.starts, session.ends))
    settle(qtbot, sitting)
    assert view.moments.title.text() == "Plenary"
    assert view.moments.list.tree.currentIndex().data() == "Plenary"
