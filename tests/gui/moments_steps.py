"""Steps that tests of the page of moments take: show it, choose a moment, select words in a column."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from polyvocal.domain.moments import Moment
from polyvocal.domain.spans import Span
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.moment_column import MomentColumn
from polyvocal.gui.views.moment_head import called
from polyvocal.gui.views.moments_page import MomentsPage
from tests.gui.conftest import settle

PAID = "“Who is paid to be here?”"
AUCUNE = "Trois orateurs, aucune question du panel."


@pytest.fixture
def page(qtbot: QtBot, sitting: Sitting) -> MomentsPage:
    """The page on the small project: no moment is saved, its two sessions are looked at as moments."""
    return shown(qtbot, sitting)


def shown(qtbot: QtBot, sitting: Sitting) -> MomentsPage:
    page = MomentsPage(sitting)
    qtbot.addWidget(page)
    page.resize(1300, 800)
    page.show()
    settle_page(qtbot, page)
    return page


def settle_page(qtbot: QtBot, page: MomentsPage) -> None:
    """Wait until the page has followed all that was done, and every column that is seen is there."""
    settle(qtbot, page.sitting)
    qtbot.waitUntil(lambda: not page._settling.isActive() and not page.columns._looking.isActive())
    settle(qtbot, page.sitting)
    qtbot.waitUntil(lambda: all(one.is_ready for one in page.columns.shown() if one.pane is not None))


def act(qtbot: QtBot, page: MomentsPage, command: Any) -> None:
    """Have something done as another view would, and wait until this one has followed."""
    page.sitting.bus.act(command)
    settle_page(qtbot, page)


def choose(qtbot: QtBot, page: MomentsPage, title: str) -> None:
    """Choose a moment of the list by its title."""
    (one,) = (one for one in page.list.model.moments if one.place.title == title)
    page.list.tree.setCurrentIndex(page.list.model.index_of_moment(one.moment))
    settle_page(qtbot, page)


def titles(page: MomentsPage) -> list[str]:
    """What is listed, heads and all, in order."""
    return [str(page.list.model.index_of(node).data()) for node in page.list.model.nodes()]


def names(page: MomentsPage) -> list[str]:
    """Whose columns are shown, in order."""
    return [called(one.column) for one in page.columns.shown()]


def column(page: MomentsPage, name: str) -> MomentColumn:
    """The column of somebody, with its text."""
    (found,) = (one for one in page.columns.all_columns() if called(one.column) == name)
    return found


def select(page: MomentsPage, name: str, words: str) -> Span:
    """Select words in somebody's column, as the hand would: the keys go there."""
    surface = column(page, name).surface
    assert surface is not None
    surface.setFocus()
    start = surface.text.index(words)
    surface.select(Span(start, start + len(words)))
    return Span(start, start + len(words))


def key(qtbot: QtBot, page: MomentsPage, action: Any) -> None:
    """Do what a key does."""
    action.trigger()
    settle_page(qtbot, page)


def dialog(qtbot: QtBot, kind: type[QDialog]) -> Any:
    """The dialog of a kind that is on the screen."""

    def there() -> list[QDialog]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]

    qtbot.waitUntil(lambda: bool(there()))
    return there()[0]


def moments(page: MomentsPage) -> list[Moment]:
    """What is saved."""
    return page.sitting.bus.read(lambda view: view.all(Moment))


ENTER = Qt.Key.Key_Return
