"""The list of passages: what is in it, that it is read as it is looked at, and where its rows lead."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from polyvocal.domain.ids import CodeId
from polyvocal.domain.passages import Aspect, PassageFilter
from polyvocal.domain.records import Code, Person, Source
from polyvocal.gui.sitting import PassagesMeant, Place, Sitting
from polyvocal.gui.views import passages, passages_asked, passages_model
from polyvocal.gui.views.passages import AccountsMeant, PassagesPanel
from polyvocal.gui.views.passages_arrange import ORDERS
from polyvocal.gui.views.passages_asked import Asked
from polyvocal.gui.views.passages_delegate import PassageDelegate
from polyvocal.gui.views.passages_model import PASSAGE
from polyvocal.services.commands.codings import CodingDraft, add_codings
from polyvocal.services.commands.removal import remove
from polyvocal.services.commands.sources import correct_source
from polyvocal.services.queries.passage_list import GROUPINGS, Order
from polyvocal.services.queries.passage_pages import read_passages
from polyvocal.services.queries.passages import EVERYTHING
from tests.gui.conftest import settle

TEXT, SPOKEN = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def panel(qtbot: QtBot, sitting: Sitting) -> PassagesPanel:
    """The panel on the small project, with nothing asked for, ordered by titles."""
    panel = PassagesPanel(sitting)
    panel.restore(Asked(order=Order.SOURCES))
    qtbot.addWidget(panel)
    panel.resize(900, 500)
    panel.show()
    return panel


def ask(qtbot: QtBot, panel: PassagesPanel, chosen: PassageFilter = EVERYTHING) -> None:
    """Ask for passages, and wait until what is on the screen was read."""
    panel.show_passages(PassagesMeant("Asked for", chosen))
    wait(qtbot, panel)


def wait(qtbot: QtBot, panel: PassagesPanel) -> None:
    settle(qtbot, panel.sitting)
    panel.table.grab()  # what is painted is read
    qtbot.waitUntil(lambda: not panel._settling.isActive() and not panel._reading and not panel._queue)
    settle(qtbot, panel.sitting)


def coded(sitting: Sitting, name: str) -> PassageFilter:
    """What is coded with a code."""
    with sitting.bus.file.view() as view:
        (code,) = view.find(Code, name=name)
    return PassageFilter(codes=frozenset({code.id}))


def rows(panel: PassagesPanel) -> list[str]:
    """The texts of the rows, those under a head indented."""
    model = panel.model
    indent = "  " if model.group_by is not None else ""
    return [
        model.index(row).data(TEXT) if model.is_head(row) else indent + model.index(row).data(TEXT)
        for row in range(model.rowCount())
    ]


def chips(panel: PassagesPanel) -> list[str]:
    """What is asked for, as the chips say it."""
    return [one.words.text() for one in panel.filters.chips]


def arranged(qtbot: QtBot, panel: PassagesPanel, group_by: Aspect | None, order: Order = Order.SOURCES) -> None:
    """Choose groups and order in the menu."""
    menu = panel.arrange.menu()
    assert menu is not None
    for words in (panel.arrange.named(group_by), ORDERS[order]):
        (action,) = [one for one in menu.actions() if one.text() == words]
        action.trigger()
    wait(qtbot, panel)


def act(qtbot: QtBot, panel: PassagesPanel, command: Any) -> None:
    panel.sitting.bus.act(command)
    settle(qtbot, panel.sitting)
    wait(qtbot, panel)


# --- what is in it -----------------------------------------------------------------------------------------------


def test_passages_stand_under_their_sources_with_text_from_the_store(
    qtbot: QtBot, sitting: Sitting, panel: PassagesPanel
) -> None:
    ask(qtbot, panel, coded(sitting, "Protest"))
    assert panel.filters.count.text() == "4 passages"
    assert rows(panel) == [
        "On the train",
        "  a protest with good manners",
        "Plenary, Wren",
        "  “Who is paid to be here?” asks a woman of the lay panel.",
        "  asks a woman of the lay panel. Nobody answers",
        "  applause \U0001f468\u200d\U0001f469\u200d\U0001f467",
    ]
    shown = panel.model.index(1).data(PASSAGE)
    assert shown.before.endswith("I think, ")
    assert shown.after.startswith(" \U0001f682")


def test_list_without_groups_has_passages_only(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    ask(qtbot, panel, coded(sitting, "Protest"))
    arranged(qtbot, panel, None)
    assert len(rows(panel)) == 4
    assert rows(panel)[0] == "a protest with good manners"
    arranged(qtbot, panel, Aspect.SOURCE)
    assert len(rows(panel)) == 6


def test_row_is_told_to_a_screen_reader_whole(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    ask(qtbot, panel, coded(sitting, "Who decides"))
    assert panel.model.index(0).data(SPOKEN) == "Plenary, Ilse, Ilse (research team), 1 passage"
    assert panel.model.index(1).data(SPOKEN) == (
        "ouvre la se\u0301ance a\u0300 dix heures. code Who decides. coded by Oda. written by Ilse. during. Plenary. "
        "in Plenary, Ilse"
    )


def test_nothing_asked_for_says_what_to_do(panel: PassagesPanel) -> None:
    assert "Choose a code, a cell of a table, or a filter" in panel.empty.words.text()
    assert panel.stack.currentWidget() is panel.empty


def test_nothing_found_says_so(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    ask(qtbot, panel, coded(sitting, "Sense-making"))
    assert panel.filters.count.text() == "0 passages"
    assert panel.empty.words.text() == "No passages. Nothing is coded like this yet: Code: Sense-making."
    (every,) = panel.empty.buttons
    assert every.text() == "No filters: 7 passages"
    qtbot.mouseClick(every, Qt.MouseButton.LeftButton)
    wait(qtbot, panel)
    assert panel.filters.count.text() == "7 passages"


def test_clear_takes_everything_away(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    ask(qtbot, panel, coded(sitting, "Protest"))
    panel.clear()
    assert rows(panel) == []
    assert panel.filters.count.text() == ""
    act(qtbot, panel, lambda file: remove(file, "code", "Sense-making"))
    assert rows(panel) == []


def test_answer_to_an_earlier_question_is_not_shown(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    panel.show_passages(PassagesMeant("First", coded(sitting, "Protest")))
    panel.show_passages(PassagesMeant("Second", coded(sitting, "Who decides")))
    wait(qtbot, panel)
    assert (chips(panel), panel.filters.count.text()) == (["Code: Who decides"], "1 passage")


def test_project_that_may_only_be_read_is_listed(qtbot: QtBot, reading_sitting: Sitting) -> None:
    panel = PassagesPanel(reading_sitting)
    qtbot.addWidget(panel)
    panel.show()
    ask(qtbot, panel)
    assert panel.filters.count.text() == "7 passages"


def test_empty_project_has_no_passages(qtbot: QtBot, empty_sitting: Sitting) -> None:
    panel = PassagesPanel(empty_sitting)
    qtbot.addWidget(panel)
    panel.show()
    ask(qtbot, panel)
    assert panel.filters.count.text() == "0 passages"


# --- doors -------------------------------------------------------------------------------------------------------


def test_enter_asks_for_the_place(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    ask(qtbot, panel, coded(sitting, "Who decides"))
    assert panel.filters.count.text() == "1 passage"
    assert panel.table.currentIndex().data(TEXT) == "ouvre la se\u0301ance a\u0300 dix heures"
    panel.table.setFocus()
    shown = panel.table.currentIndex().data(PASSAGE).passage
    with qtbot.waitSignal(sitting.place_wanted) as asked:
        qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert asked.args == [Place(shown.source, shown.start, shown.end, shown.id)]


def test_double_click_asks_for_the_place_and_on_a_head_for_the_source(
    qtbot: QtBot, sitting: Sitting, panel: PassagesPanel
) -> None:
    ask(qtbot, panel, coded(sitting, "Protest"))
    for index, has_place in ((panel.model.index(1), True), (panel.model.index(0), False)):
        place = panel.table.visualRect(index).center()
        with qtbot.waitSignal(sitting.place_wanted) as asked:
            qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
            qtbot.mouseDClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert (asked.args[0].start is not None) is has_place


def test_passage_whose_words_are_gone_leads_to_its_source(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    ask(qtbot, panel, coded(sitting, "Who decides"))
    text = "La modératrice ouvre la se\u0301ance a\u0300 dix heures."
    act(qtbot, panel, lambda file: correct_source(file, source="Plenary, Ilse", edits=[(0, len(text) + 1, "")]))
    index = panel.model.index(1)
    assert index.data(TEXT) == "ouvre la se\u0301ance a\u0300 dix heures"
    assert "corrected away" in index.data(Qt.ItemDataRole.ToolTipRole)
    panel.table.setCurrentIndex(index)
    with qtbot.waitSignal(sitting.place_wanted) as asked:
        qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    (place,) = asked.args
    assert (place.start, place.end) == (None, None)
    assert place.coding is not None


def test_escape_and_the_cross_say_that_the_person_is_done(qtbot: QtBot, panel: PassagesPanel) -> None:
    panel.arrange.setFocus()
    with qtbot.waitSignal(panel.left):
        qtbot.keyClick(panel.arrange, Qt.Key.Key_Escape)
    with qtbot.waitSignal(panel.left):
        qtbot.mouseClick(panel.close_button, Qt.MouseButton.LeftButton)


def test_groups_are_closed_and_opened_by_keys(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    ask(qtbot, panel, coded(sitting, "Protest"))
    panel.table.setFocus()
    panel.table.point_to(3)
    qtbot.keyClick(panel.table, Qt.Key.Key_Left)
    assert panel.table.currentIndex().row() == 2
    qtbot.keyClick(panel.table, Qt.Key.Key_Left)
    assert rows(panel) == ["On the train", "  a protest with good manners", "Plenary, Wren"]
    assert panel.model.index(2).data(SPOKEN) == "Plenary, Wren, Wren (ethnographer), 3 passages, folded"
    qtbot.keyClick(panel.table, Qt.Key.Key_Right)
    assert len(rows(panel)) == 6
    qtbot.keyClick(panel.table, Qt.Key.Key_BracketLeft)
    assert rows(panel) == ["On the train", "Plenary, Wren"]
    assert panel.table.currentIndex().row() == 1
    qtbot.keyClick(panel.table, Qt.Key.Key_BracketRight)
    assert len(rows(panel)) == 6
    place = panel.table.visualRect(panel.model.index(0))
    qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place.topLeft() + QPoint(8, 8))
    assert len(rows(panel)) == 5


# --- accounts ----------------------------------------------------------------------------------------------------


def test_accounts_say_how_far_they_were_read_and_lead_to_them(
    qtbot: QtBot, sitting: Sitting, panel: PassagesPanel
) -> None:
    with sitting.bus.file.view() as view:
        (wren,) = view.find(Person, name="Wren")
        (train,) = view.find(Source, title="On the train")
    panel.show_accounts(AccountsMeant("Sense-making · Wren", "Not all of it has been read.", wren.id, EVERYTHING))
    panel.focus_list()
    wait(qtbot, panel)
    assert panel.title.text() == "Sense-making · Wren"
    assert panel.account_list.hasFocus()
    said = [panel.accounts.index(row).data(SPOKEN) for row in range(2)]
    assert said == [
        "On the train, 15 words · not read by any coder yet",
        "Plenary, Wren, 48 words · read to the end by Oda · read to the end by Wren",
    ]
    with qtbot.waitSignal(sitting.place_wanted) as asked:
        qtbot.keyClick(panel.account_list, Qt.Key.Key_Return)
    assert asked.args == [Place(train.id)]


def test_observer_without_accounts_is_told_of(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    with sitting.bus.file.view() as view:
        (oda,) = view.find(Person, name="Oda")
    panel.show_accounts(AccountsMeant("Protest · Oda", "Oda was there and wrote no account.", oda.id, EVERYTHING))
    panel.focus_list()
    wait(qtbot, panel)
    assert (panel.empty.words.text(), panel.note.text()) == ("No accounts.", "Oda was there and wrote no account.")
    assert panel.close_button.hasFocus()


# --- following what is done --------------------------------------------------------------------------------------


def test_passage_that_is_removed_and_put_back_is_followed_and_the_place_stays(
    qtbot: QtBot, sitting: Sitting, panel: PassagesPanel
) -> None:
    ask(qtbot, panel, coded(sitting, "Protest"))
    panel.table.point_to(4)
    panel.model.fold(0, folded=True)
    shown = panel.model.passage_at(2)
    assert shown is not None
    act(qtbot, panel, lambda file: remove(file, "coding", str(shown.passage.id)))
    assert panel.filters.count.text() == "3 passages"
    assert panel.table.currentIndex().data(TEXT) == "asks a woman of the lay panel. Nobody answers"
    assert rows(panel)[:2] == ["On the train", "Plenary, Wren"]
    act(qtbot, panel, lambda file: file.undo())
    assert panel.filters.count.text() == "4 passages"
    assert panel.table.currentIndex().data(TEXT) == "asks a woman of the lay panel. Nobody answers"


def test_panel_that_is_not_seen_follows_when_it_is_seen_again(
    qtbot: QtBot, sitting: Sitting, panel: PassagesPanel
) -> None:
    ask(qtbot, panel, coded(sitting, "Protest"))
    panel.hide()
    sitting.bus.act(lambda file: file.undo())
    with sitting.bus.file.view() as view:
        (wren,) = view.find(Source, title="Plenary, Wren")
        (code,) = view.find(Code, name="Protest")
        (oda,) = view.find(Person, name="Oda")
    draft = CodingDraft(wren.id, 0, 5, code.id, oda.id)
    sitting.bus.act(lambda file: add_codings(file, [draft]))
    settle(qtbot, sitting)
    assert panel.filters.count.text() == "4 passages"
    panel.show()
    wait(qtbot, panel)
    assert panel.filters.count.text() == "5 passages"


# --- many --------------------------------------------------------------------------------------------------------


@pytest.fixture
def many(sitting: Sitting) -> int:
    """4,000 more passages on two sources."""
    with sitting.bus.file.view() as view:
        sources = {one.title: one.id for one in view.all(Source)}
        (code,) = view.find(Code, name="Sense-making")
        (oda,) = view.find(Person, name="Oda")
    drafts = [
        CodingDraft(sources[title], number % 20, number % 20 + 9, code.id, oda.id)
        for number in range(2_000)
        for title in ("Plenary, Wren", "On the train")
    ]
    add_codings(sitting.bus.file, drafts)
    return int(code.id)


def test_long_list_is_read_as_it_is_looked_at(
    qtbot: QtBot, sitting: Sitting, panel: PassagesPanel, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    real = read_passages

    def counted(view: Any, codings: Any) -> Any:
        read.extend(codings)
        return real(view, codings)

    for module in (passages, passages_asked):
        monkeypatch.setattr(module, "read_passages", counted)
    ask(qtbot, panel, PassageFilter(codes=frozenset({CodeId(many)})))
    assert panel.filters.count.text() == "4,000 passages"
    first = len(read)
    assert 0 < first <= 120
    panel.table.scrollToBottom()
    wait(qtbot, panel)
    assert first < len(read) == len(set(read)) <= 240
    assert panel.model.passage_at(panel.model.rowCount() - 1) is not None


def test_passages_that_are_far_away_are_let_go_and_read_again(
    qtbot: QtBot, sitting: Sitting, panel: PassagesPanel, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passages_model, "KEPT", 60)
    ask(qtbot, panel, PassageFilter(codes=frozenset({CodeId(many)})))
    assert panel.model.passage_at(1) is not None
    for place in (2_000, 3_000, 4_001):
        panel.table.scrollTo(panel.model.index(place))
        wait(qtbot, panel)
    assert panel.model.passage_at(1) is None
    panel.table.scrollToTop()
    wait(qtbot, panel)
    assert panel.model.passage_at(1) is not None


def test_fault_while_reading_is_told_once_and_the_rows_are_read_later(
    qtbot: QtBot, sitting: Sitting, panel: PassagesPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults: list[Exception] = []
    sitting.bus.failed.connect(faults.append)
    with monkeypatch.context() as patch:
        patch.setattr(passages_asked, "FIRST", 0)
        patch.setattr(passages, "read_passages", fail)
        ask(qtbot, panel, coded(sitting, "Protest"))
    assert [str(one) for one in faults] == ["the disk is gone"]
    assert rows(panel)[1] == "  …"
    panel.refresh()
    wait(qtbot, panel)
    assert rows(panel)[1] == "  a protest with good manners"


def fail(*_arguments: object) -> None:
    raise OSError("the disk is gone")


# --- how it looks ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("group_by", [None, *GROUPINGS])
def test_model_is_sound(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel, group_by: Aspect | None) -> None:
    tester = QAbstractItemModelTester(panel.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    ask(qtbot, panel)
    arranged(qtbot, panel, group_by)
    for row in reversed(panel.model.heads()):
        panel.model.fold(row, folded=True)
    if group_by is not None:
        panel.model.fold(0, folded=False)
    assert tester.model() is panel.model


@pytest.mark.parametrize(("width", "lines"), [(1200, 2), (320, 3)])
def test_narrow_list_shows_more_lines_of_a_passage(
    qtbot: QtBot, sitting: Sitting, panel: PassagesPanel, width: int, lines: int
) -> None:
    panel.resize(width, 500)
    ask(qtbot, panel, coded(sitting, "Protest"))
    first = panel.model.index(1)
    height = panel.table.visualRect(first).height()
    line = panel.table.fontMetrics().lineSpacing()
    assert height >= line * (lines + 1) - 4
    assert isinstance(panel.table.itemDelegate(), PassageDelegate)
    panel.grab()  # emoji, accents and right-to-left words are painted without a warning


def test_every_row_has_its_height_when_another_list_is_shown(
    qtbot: QtBot, sitting: Sitting, panel: PassagesPanel
) -> None:
    def heights() -> list[tuple[bool, int]]:
        return [(panel.model.is_head(row), panel.table.rowHeight(row)) for row in range(panel.model.rowCount())]

    table, option = panel.table, panel.table._option()
    right = {True: table._delegate.head_height(option), False: table._delegate.height(option)}
    for query in (PassageFilter(), coded(sitting, "Sense-making"), PassageFilter(), coded(sitting, "Protest")):
        ask(qtbot, panel, query)
        assert heights() == [(head, right[head]) for head, _ in heights()]
    panel.acts.fold.trigger()
    panel.acts.unfold.trigger()
    assert heights() == [(head, right[head]) for head, _ in heights()]
