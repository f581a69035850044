"""What tests of the Read view do: open it on a source of the small project, select words, see what is coded."""

from pytestqt.qtbot import QtBot

from polyvocal.domain.passages import CodedPassage
from polyvocal.domain.records import Source
from polyvocal.domain.spans import Span
from polyvocal.gui.sitting import Place, Sitting
from polyvocal.gui.views.read import ReadView
from polyvocal.services.queries.passages import coded_passages
from tests.gui.conftest import settle

PLENARY = "Plenary, Wren"
PAID = "“Who is paid to be here?”"


def shown(qtbot: QtBot, sitting: Sitting, title: str | None) -> ReadView:
    """The Read view on the screen, on a source."""
    view = ReadView(sitting)
    qtbot.addWidget(view)
    sitting.place_wanted.connect(view.open_place)
    view.resize(1300, 800)
    view.show()
    settle(qtbot, sitting)
    if title is not None:
        view.open_place(Place(source_named(sitting, title).id))
        settle(qtbot, sitting)
    return view


def source_named(sitting: Sitting, title: str) -> Source:
    """The source of a title."""
    (source,) = sitting.bus.read(lambda view: view.find(Source, title=title))
    return source


def passages(sitting: Sitting, title: str = PLENARY) -> list[CodedPassage]:
    """What is coded in a source."""
    return sitting.bus.read(lambda view: [one for one in coded_passages(view) if one.source_title == title])


def select(read: ReadView, words: str) -> Span:
    """Select the first place of some words."""
    start = read.surface.text.index(words)
    read.surface.select(Span(start, start + len(words)))
    return Span(start, start + len(words))
