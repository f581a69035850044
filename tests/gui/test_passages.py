"""The list of passages: what is in it, that it is read as it is looked at, and where its rows lead."""

from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from polyvocal.domain.ids import CodeId
from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.records import Code, Person, Source
from polyvocal.gui.sitting import PassagesMeant, Place, Sitting
from polyvocal.gui.views import passages, passages_model
from polyvocal.gui.views.passages import AccountsMeant, PassagesPanel
from polyvocal.gui.views.passages_delegate import PassageDelegate
from polyvocal.gui.views.passages_model import PASSAGE
from polyvocal.services.commands.codings import CodingDraft, add_codings
from polyvocal.services.commands.removal import remove
from polyvocal.services.commands.sources import correct_source
from polyvocal.services.queries.passage_pages import read_passages
from polyvocal.services.queries.passages import EVERYTHING
from tests.gui.conftest import settle

TEXT, SPOKEN = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def panel(qtbot: QtBot, sitting: Sitting) -> PassagesPanel:
    """The panel on the small project, with nothing asked for."""
    panel = PassagesPanel(sitting)
    qtbot.addWidget(panel)
    panel.resize(900, 500)
    panel.show()
    return panel


def ask(qtbot: QtBot, panel: PassagesPanel, chosen: PassageFilter = EVERYTHING, note: str = "") -> None:
    """Ask for passages, and wait until what is on the screen was read."""
    panel.show_passages(PassagesMeant("Asked for", chosen, note))
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


def rows(panel: PassagesPanel, parent: QModelIndex = QModelIndex()) -> list[str]:
    """The texts of the rows, those under a head indented."""
    found = []
    for row in range(panel.model.rowCount(parent)):
        index = panel.model.index(row, 0, parent)
        found.append(index.data(TEXT))
        found += [f"  {one}" for one in rows(panel, index)]
    return found


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
    shown = panel.model.index(0, 0, panel.model.index(0, 0)).data(PASSAGE)
    assert shown.before.endswith("I think, ")
    assert shown.after.startswith(" \U0001f682")


def test_flat_list_has_passages_only(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    ask(qtbot, panel, coded(sitting, "Protest"))
    panel.by_source.setFocus()
    qtbot.keyClick(panel.by_source, Qt.Key.Key_Space)
    wait(qtbot, panel)
    assert len(rows(panel)) == 4
    assert rows(panel)[0] == "a protest with good manners"
    qtbot.keyClick(panel.by_source, Qt.Key.Key_Space)
    wait(qtbot, panel)
    assert len(rows(panel)) == 6


def test_row_is_told_to_a_screen_reader_whole(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    ask(qtbot, panel, coded(sitting, "Who decides"))
    head = panel.model.index(0, 0)
    assert head.data(SPOKEN) == "Plenary, Ilse, Ilse (research team), 1 passage"
    assert panel.model.index(0, 0, head).data(SPOKEN) == (
        "ouvre la se\u0301ance a\u0300 dix heures. code Who decides. coded by Oda. written by Ilse. during. Plenary. "
        "in Plenary, Ilse"
    )


def test_nothing_asked_for_says_what_to_do(panel: PassagesPanel) -> None:
    assert "Choose a code, or a cell of a table" in panel.note.text()
    assert panel.stack.currentWidget() is panel.blank


def test_nothing_found_says_so(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    ask(qtbot, panel, coded(sitting, "Sense-making"))
    assert panel.filters.count.text() == "0 passages"
    assert panel.note.text() == "No passages: nothing is coded like this yet."
    assert not panel.by_source.isVisible()


def test_note_of_who_asks_is_shown(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    ask(qtbot, panel, coded(sitting, "Protest"), "Only: coded by Oda.")
    assert panel.note.text() == "Only: coded by Oda."


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
    assert (panel.title.text(), panel.filters.count.text()) == ("Second", "1 passage")


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
    head = panel.model.index(0, 0)
    for index, has_place in ((panel.model.index(0, 0, head), True), (head, False)):
        place = panel.table.visualRect(index).center()
        with qtbot.waitSignal(sitting.place_wanted) as asked:
            qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
            qtbot.mouseDClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert (asked.args[0].start is not None) is has_place


def test_passage_whose_words_are_gone_leads_to_its_source(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    ask(qtbot, panel, coded(sitting, "Who decides"))
    text = "La modératrice ouvre la se\u0301ance a\u0300 dix heures."
    act(qtbot, panel, lambda file: correct_source(file, source="Plenary, Ilse", edits=[(0, len(text) + 1, "")]))
    index = panel.model.index(0, 0, panel.model.index(0, 0))
    assert index.data(TEXT) == "ouvre la se\u0301ance a\u0300 dix heures"
    assert "corrected away" in index.data(Qt.ItemDataRole.ToolTipRole)
    panel.table.setCurrentIndex(index)
    with qtbot.waitSignal(sitting.place_wanted) as asked:
        qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    (place,) = asked.args
    assert (place.start, place.end) == (None, None)
    assert place.coding is not None


def test_escape_and_the_cross_say_that_the_person_is_done(qtbot: QtBot, panel: PassagesPanel) -> None:
    panel.by_source.setFocus()
    with qtbot.waitSignal(panel.left):
        qtbot.keyClick(panel, Qt.Key.Key_Escape)
    with qtbot.waitSignal(panel.left):
        qtbot.mouseClick(panel.close_button, Qt.MouseButton.LeftButton)


def test_groups_are_closed_and_opened_by_keys(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    ask(qtbot, panel, coded(sitting, "Protest"))
    panel.table.setFocus()
    panel.table.setCurrentIndex(panel.model.index(1, 0))
    qtbot.keyClick(panel.table, Qt.Key.Key_Left)
    assert not panel.table.isExpanded(panel.model.index(1, 0))
    qtbot.keyClick(panel.table, Qt.Key.Key_Right)
    assert panel.table.isExpanded(panel.model.index(1, 0))


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
    assert panel.filters.count.text() == "2 accounts"
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
    assert (panel.filters.count.text(), panel.note.text()) == ("no accounts", "Oda was there and wrote no account.")
    assert panel.close_button.hasFocus()


# --- following what is done --------------------------------------------------------------------------------------


def test_passage_that_is_removed_and_put_back_is_followed_and_the_place_stays(
    qtbot: QtBot, sitting: Sitting, panel: PassagesPanel
) -> None:
    ask(qtbot, panel, coded(sitting, "Protest"))
    panel.table.setCurrentIndex(panel.model.index(1, 0, panel.model.index(1, 0)))
    panel.table.collapse(panel.model.index(0, 0))
    shown = panel.model.index(0, 0, panel.model.index(1, 0)).data(PASSAGE).passage
    act(qtbot, panel, lambda file: remove(file, "coding", str(shown.id)))
    assert panel.filters.count.text() == "3 passages"
    assert panel.table.currentIndex().parent().row() == 1
    assert not panel.table.isExpanded(panel.model.index(0, 0))
    act(qtbot, panel, lambda file: file.undo())
    assert panel.filters.count.text() == "4 passages"


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

    def counted(view: Any, chosen: Any, sources: Any) -> Any:
        read.extend(sources)
        return real(view, chosen, sources)

    monkeypatch.setattr(passages, "read_passages", counted)
    monkeypatch.setattr(passages_model, "AROUND", 1)
    ask(qtbot, panel, PassageFilter(codes=frozenset({CodeId(many)})))
    assert panel.filters.count.text() == "4,000 passages"
    assert len(read) == 1
    panel.table.scrollToBottom()
    wait(qtbot, panel)
    assert len(read) == len(set(read)) == 2


def test_flat_list_grows_as_its_end_comes_near(
    qtbot: QtBot, sitting: Sitting, panel: PassagesPanel, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passages_model, "STEP", 1_000)
    panel.by_source.setChecked(False)
    ask(qtbot, panel, PassageFilter(codes=frozenset({CodeId(many)})))
    there = panel.model.rowCount()
    assert there < 4_000
    panel.table.setFocus()
    qtbot.keyClick(panel.table, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: panel.model.rowCount() > there)
    index = panel.model.index_at(1, 1_999)
    assert index.row() == 3_999
    assert panel.model.rowCount() == 4_000
    assert not panel.model.canFetchMore()


def test_passages_that_are_far_away_are_let_go_and_read_again(
    qtbot: QtBot, sitting: Sitting, panel: PassagesPanel, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passages_model, "KEPT", 2_500)
    monkeypatch.setattr(passages_model, "AROUND", 1)
    ask(qtbot, panel, PassageFilter(codes=frozenset({CodeId(many)})))
    first = panel.model.index(0, 0, panel.model.index(0, 0))
    assert panel.model.passage_of(first) is not None
    panel.table.scrollToBottom()
    wait(qtbot, panel)
    assert panel.model.passage_of(first) is None
    panel.table.scrollToTop()
    wait(qtbot, panel)
    assert panel.model.passage_of(first) is not None


def test_fault_while_reading_is_told_once_and_the_rows_are_read_later(
    qtbot: QtBot, sitting: Sitting, panel: PassagesPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults: list[Exception] = []
    sitting.bus.failed.connect(faults.append)
    with monkeypatch.context() as patch:
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


@pytest.mark.parametrize("grouped", [True, False])
def test_model_is_sound(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel, grouped: bool) -> None:
    tester = QAbstractItemModelTester(panel.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    panel.by_source.setChecked(grouped)
    ask(qtbot, panel)
    assert tester.model() is panel.model


@pytest.mark.parametrize(("width", "lines"), [(1200, 2), (320, 3)])
def test_narrow_list_shows_more_lines_of_a_passage(
    qtbot: QtBot, sitting: Sitting, panel: PassagesPanel, width: int, lines: int
) -> None:
    panel.resize(width, 500)
    ask(qtbot, panel, coded(sitting, "Protest"))
    first = panel.model.index(0, 0, panel.model.index(0, 0))
    height = panel.table.visualRect(first).height()
    line = panel.table.fontMetrics().lineSpacing()
    assert height >= line * (lines + 1) - 4
    assert isinstance(panel.table.itemDelegate(), PassageDelegate)
    panel.grab()  # emoji, accents and right-to-left words are painted without a warning
