"""What the chips of the Score and of a contest offer: numbers of what the page shows, and one event or term at a time."""

from pytestqt.qtbot import QtBot

from polyvocal.domain.passages import Aspect
from polyvocal.domain.records import Event, Person, Term
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.compare_contest import ContestPage
from polyvocal.gui.views.score_page import ScorePage
from polyvocal.services.commands.setting import add_event, add_term
from tests.gui.conftest import settle


def shown(qtbot: QtBot, page: ScorePage | ContestPage) -> None:
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    qtbot.waitExposed(page)
    settle(qtbot, page.sitting)


def offered(qtbot: QtBot, page: ScorePage | ContestPage, aspect: Aspect) -> dict[str, int]:
    """The values that the small window offers, with the number beside each."""
    page.choosing.choose_values(aspect)
    settle(qtbot, page.sitting)
    found = {one.name: one.passages for one in page.choosing.values.model.shown if one.passages is not None}
    page.choosing.values.hide()
    return found


def test_score_shows_one_event_at_a_time_also_by_its_chip(qtbot: QtBot, sitting: Sitting) -> None:
    add_event(sitting.bus.file, title="Another day")
    page = ScorePage(sitting)
    shown(qtbot, page)
    assert sum(offered(qtbot, page, Aspect.CODER).values()) == 7
    assert offered(qtbot, page, Aspect.EVENT)["Launch"] == 7
    (other,) = sitting.bus.read(lambda view: view.find(Event, title="Another day"))
    page.choosing.values.chosen.emit(Aspect.EVENT, frozenset({other.id}))
    settle(qtbot, sitting)
    assert page.events.currentText() == "Another day"
    assert not page.query.asked()
    assert sum(offered(qtbot, page, Aspect.CODER).values()) == 0
    page.choosing.values.chosen.emit(Aspect.EVENT, frozenset())
    settle(qtbot, sitting)
    assert page.events.currentText() == "Another day"  # there is one always


def test_contest_counts_only_what_a_stance_is_taken_in_and_shows_one_term_or_all(
    qtbot: QtBot, sitting: Sitting
) -> None:
    add_term(sitting.bus.file, name="Unheard")
    page = ContestPage(sitting)
    shown(qtbot, page)
    assert page.contest is not None
    assert sum(offered(qtbot, page, Aspect.CODER).values()) == page.contest.total
    assert offered(qtbot, page, Aspect.TERM)["Unheard"] == 0
    (unheard,) = sitting.bus.read(lambda view: view.find(Term, name="Unheard"))
    page.choosing.values.chosen.emit(Aspect.TERM, frozenset({unheard.id}))
    settle(qtbot, sitting)
    assert page.term.currentText() == "Unheard"
    page.choosing.values.chosen.emit(Aspect.TERM, frozenset())
    settle(qtbot, sitting)
    assert page.asked.term is None
    (oda,) = sitting.bus.read(lambda view: view.find(Person, name="Oda"))
    page.choosing.values.chosen.emit(Aspect.CODER, frozenset({oda.id}))
    settle(qtbot, sitting)
    assert sum(offered(qtbot, page, Aspect.CODE).values()) == page.contest.total
