"""What a list of passages is asked for: chips, values with their numbers, words, groups; kept and found again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from polyvocal.domain.ids import CodeId
from polyvocal.domain.passages import Aspect, PassageFilter, PassageQuery
from polyvocal.domain.records import Code
from polyvocal.domain.words import Phase
from polyvocal.gui import finder
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.passages import PassagesPanel
from polyvocal.gui.views.passages_asked import Asked
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.codings import add_coding
from polyvocal.services.queries.passage_list import Order
from tests.gui.conftest import settle
from tests.gui.test_passages import TEXT, arranged, ask, chips, coded, panel, rows, wait

__all__ = ["panel"]


def choose(qtbot: QtBot, panel: PassagesPanel, aspect: str, *values: str) -> None:
    """Choose values by keys alone, from the list."""
    panel.table.setFocus()
    qtbot.keyClick(panel.table, Qt.Key.Key_F)
    chooser = panel.values
    assert chooser.isVisible()
    qtbot.keyClicks(chooser.line, aspect)
    qtbot.keyClick(chooser.line, Qt.Key.Key_Return)
    settle(qtbot, panel.sitting)
    for value in values:
        chooser.line.selectAll()
        qtbot.keyClicks(chooser.line, value)
        qtbot.keyClick(chooser.line, Qt.Key.Key_Return)
    qtbot.keyClick(chooser.line, Qt.Key.Key_Escape)
    assert not chooser.isVisible()
    wait(qtbot, panel)


def offered(panel: PassagesPanel) -> dict[str, str]:
    """What the chooser offers, with the number beside each."""
    return {one.name: str(one.passages) for one in panel.values.model.shown}


def test_filters_are_combined_by_keys_alone(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    ask(qtbot, panel)
    choose(qtbot, panel, "code", "protest")
    assert (chips(panel), panel.filters.count.text()) == (["Code: Protest"], "4 passages")
    choose(qtbot, panel, "coder", "oda")
    assert (chips(panel), panel.filters.count.text()) == (["Code: Protest", "Coder: Oda"], "1 passage")
    choose(qtbot, panel, "coder", "wren")
    assert chips(panel) == ["Code: Protest", "Coder: Oda, Wren"]
    choose(qtbot, panel, "coder", "oda", "wren")
    assert chips(panel) == ["Code: Protest"]


def test_numbers_beside_values_follow_the_other_filters(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    ask(qtbot, panel, coded(sitting, "Protest"))
    panel.choosing.choose_values(Aspect.CODER)
    settle(qtbot, sitting)
    assert offered(panel) == {"Oda": "1", "Wren": "3"}
    panel.values.hide()
    panel.choosing.choose_values(Aspect.CODE)
    settle(qtbot, sitting)
    assert sum(int(number) for number in offered(panel).values()) == 7
    assert panel.values.model.data(panel.values.model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    ticked = [one.name for one in panel.values.model.shown if one.value in panel.values.model.ticked]
    assert ticked == ["Protest"]
    panel.values.hide()


def test_values_are_said_as_one_goes_through_them_and_whether_they_are_chosen(
    qtbot: QtBot, sitting: Sitting, panel: PassagesPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(finder, "announce", lambda _widget, words: said.append(words))
    ask(qtbot, panel)
    panel.choosing.choose_values(Aspect.CODER)
    settle(qtbot, sitting)
    qtbot.keyClick(panel.values.line, Qt.Key.Key_Down)
    qtbot.keyClick(panel.values.line, Qt.Key.Key_Return)
    assert [words.split(",")[:2] for words in said] == [
        ["Oda", " 4 passages"],
        ["Wren", " 3 passages"],
        ["Wren", " chosen"],
    ]
    qtbot.keyClicks(panel.values.line, "qqq")
    assert panel.values.nothing.isVisible()
    assert said[-1] == panel.values.nothing.text()
    panel.values.hide()


@pytest.mark.parametrize("aspect", list(Aspect))
def test_every_aspect_can_be_chosen_and_taken_away_again(
    qtbot: QtBot, sitting: Sitting, panel: PassagesPanel, aspect: Aspect
) -> None:
    ask(qtbot, panel)
    panel.choosing.choose_values(aspect)
    settle(qtbot, sitting)
    shown = panel.values.model.shown
    if not shown:
        panel.values.hide()
        pytest.skip("the small project has none of these")
    number = shown[0].passages
    qtbot.keyClick(panel.values.line, Qt.Key.Key_Return)
    panel.values.hide()
    wait(qtbot, panel)
    (chip,) = panel.filters.chips
    assert chip.aspect is aspect
    assert panel.filters.count.text().split()[0] == str(number)
    qtbot.mouseClick(chip.cross, Qt.MouseButton.LeftButton)
    wait(qtbot, panel)
    assert (panel.filters.chips, panel.filters.count.text()) == ([], "7 passages")


def test_chip_is_removed_by_delete_and_opened_by_enter(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    ask(qtbot, panel, coded(sitting, "Protest"))
    (chip,) = panel.filters.chips
    qtbot.keyClick(chip.words, Qt.Key.Key_Space)
    assert panel.values.isVisible()
    assert panel.values.aspect is Aspect.CODE
    panel.values.hide()
    settle(qtbot, sitting)
    qtbot.keyClick(chip.words, Qt.Key.Key_Delete)
    wait(qtbot, panel)
    assert panel.filters.count.text() == "7 passages"


def test_codes_below_are_meant_too_where_that_is_ticked(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    add_code(sitting.bus.file, name="Sit-in", parent="Protest")
    add_coding(sitting.bus.file, source="On the train", start=0, end=3, code="Sit-in", coder="Oda")
    ask(qtbot, panel, coded(sitting, "Protest"))
    assert panel.filters.count.text() == "4 passages"
    panel.choosing.choose_values(Aspect.CODE)
    settle(qtbot, sitting)
    assert panel.values.below.isVisible()
    panel.values.below.click()
    panel.values.hide()
    wait(qtbot, panel)
    assert (chips(panel), panel.filters.count.text()) == (["Code: Protest and below"], "5 passages")


def test_heading_of_the_codebook_offers_the_codes_below(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    ask(qtbot, panel, coded(sitting, "Collaboration"))
    first = panel.empty.buttons[0]
    assert first.text().startswith("With the codes below: ")
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    wait(qtbot, panel)
    assert chips(panel) == ["Code: Collaboration and below"]
    assert panel.filters.count.text() == first.text().removeprefix("With the codes below: ")


def test_words_in_the_passage_are_typed_after_a_slash(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    ask(qtbot, panel)
    panel.table.setFocus()
    qtbot.keyClick(panel.table, Qt.Key.Key_Slash)
    assert panel.words.hasFocus()
    qtbot.keyClicks(panel.words, "LAY panel")
    qtbot.waitUntil(lambda: not panel._typing.isActive())
    wait(qtbot, panel)
    assert rows(panel) == [
        "Plenary, Wren",
        *2 * ["  “Who is paid to be here?” asks a woman of the lay panel."],  # it has two codes
        "  asks a woman of the lay panel. Nobody answers",
    ]
    qtbot.keyClick(panel.words, Qt.Key.Key_Return)
    assert panel.table.hasFocus()
    panel.words.setFocus()
    with qtbot.assertNotEmitted(panel.left):
        qtbot.keyClick(panel.words, Qt.Key.Key_Escape)
    assert panel.table.hasFocus()
    with qtbot.waitSignal(panel.left):
        qtbot.keyClick(panel.table, Qt.Key.Key_Escape)


def test_empty_list_offers_to_leave_out_the_filter_that_makes_it_empty(
    qtbot: QtBot, sitting: Sitting, panel: PassagesPanel
) -> None:
    ask(qtbot, panel, coded(sitting, "Who decides").but(Aspect.PHASE, [Phase.AFTER]))
    assert panel.filters.count.text() == "0 passages"
    assert panel.empty.words.text() == "No passages satisfy all of these filters. Leave one out:"
    said = [one.text() for one in panel.empty.buttons]
    assert "Without phase: 1 passage" in said
    assert said[-1] == "No filters: 7 passages"
    without_phase = next(one for one in panel.empty.buttons if "phase" in one.text())
    qtbot.mouseClick(without_phase, Qt.MouseButton.LeftButton)
    wait(qtbot, panel)
    assert (chips(panel), panel.filters.count.text()) == (["Code: Who decides"], "1 passage")


def test_words_that_no_passage_has_are_told(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    ask(qtbot, panel)
    panel.words.setText("zebra")
    qtbot.waitUntil(lambda: not panel._typing.isActive())
    wait(qtbot, panel)
    assert panel.empty.words.text() == "No coded passage has these words: zebra."
    (every,) = panel.empty.buttons
    qtbot.mouseClick(every, Qt.MouseButton.LeftButton)
    wait(qtbot, panel)
    assert (panel.words.text(), panel.filters.count.text()) == ("", "7 passages")


def test_x_takes_all_filters_away(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    ask(qtbot, panel, coded(sitting, "Protest"))
    panel.table.setFocus()
    qtbot.keyClick(panel.table, Qt.Key.Key_X)
    wait(qtbot, panel)
    assert (chips(panel), panel.filters.count.text()) == ([], "7 passages")


def test_groups_stand_in_their_own_order_with_numbers(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    ask(qtbot, panel)
    arranged(qtbot, panel, Aspect.CODER)
    heads = [panel.model.index(row) for row in panel.model.heads()]
    assert [one.data(TEXT) for one in heads] == ["Oda", "Wren"]
    arranged(qtbot, panel, Aspect.STANCE)
    heads = [panel.model.index(row) for row in panel.model.heads()]
    assert heads[-1].data(TEXT) == "No stance"
    assert panel.arrange.text() == "By stance ▾"


def test_codebook_changes_the_code_and_leaves_other_filters(
    qtbot: QtBot, sitting: Sitting, panel: PassagesPanel
) -> None:
    with sitting.bus.file.view() as view:
        (protest,), (who,) = view.find(Code, name="Protest"), view.find(Code, name="Who decides")
    panel.follow(protest.id, by_hand=False)
    wait(qtbot, panel)
    assert chips(panel) == ["Code: Protest"]
    panel.follow(who.id, by_hand=False)
    wait(qtbot, panel)
    assert chips(panel) == ["Code: Who decides"]
    choose(qtbot, panel, "coder", "oda")
    panel.follow(protest.id, by_hand=False)  # the codebook came to it, nobody chose it
    wait(qtbot, panel)
    assert chips(panel) == ["Code: Who decides", "Coder: Oda"]
    panel.follow(protest.id, by_hand=True)
    wait(qtbot, panel)
    assert chips(panel) == ["Code: Protest", "Coder: Oda"]


def test_what_was_asked_is_kept_but_for_the_words(sitting: Sitting) -> None:
    asked = Asked(PassageQuery(coded(sitting, "Protest"), below=True, words="secret"), Aspect.CODER, Order.NEWEST)
    assert "secret" not in asked.to_json()
    assert Asked.from_json(asked.to_json()) == Asked(
        PassageQuery(asked.query.chosen, below=True), Aspect.CODER, Order.NEWEST
    )


@pytest.mark.parametrize("text", ["", "no json", "[1]", '{"filter": {"colour": [1]}}', '{"filter": {"phase": ["x"]}}'])
def test_what_cannot_be_read_of_it_is_as_at_first(text: str) -> None:
    assert Asked.from_json(text) == Asked()


def test_value_that_is_gone_leaves_an_empty_list_that_can_be_left(
    qtbot: QtBot, sitting: Sitting, panel: PassagesPanel
) -> None:
    ask(qtbot, panel, PassageFilter(codes=frozenset({CodeId(12345)})))
    assert chips(panel) == ["Code: (removed)"]
    assert panel.filters.count.text() == "0 passages"


def test_every_control_can_be_reached_by_tab_and_has_a_name(
    qtbot: QtBot, sitting: Sitting, panel: PassagesPanel
) -> None:
    ask(qtbot, panel, coded(sitting, "Protest"))
    (chip,) = panel.filters.chips
    for one in (chip.words, chip.cross, panel.words, panel.arrange, panel.more, panel.close_button, panel.table):
        assert one.accessibleName()
    wanted = [chip.words, chip.cross, panel.filters.add, panel.words, panel.arrange, panel.more, panel.table]
    chip.words.setFocus()
    passed = [panel.focusWidget()]
    for _ in range(9):
        QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Tab)
        passed.append(panel.focusWidget())
    assert [one for one in passed if one in wanted][: len(wanted)] == wanted
    assert isinstance(panel.filters.add, QToolButton)


def test_another_list_begins_at_its_first_passage(qtbot: QtBot, sitting: Sitting, panel: PassagesPanel) -> None:
    codes = {one.id: one.name for one in sitting.bus.read(lambda view: view.all(Code))}
    others = PassageFilter(codes=frozenset(one for one, name in codes.items() if name != "Protest"))
    ask(qtbot, panel, coded(sitting, "Protest"))
    panel.table.point_to(4)
    ask(qtbot, panel, others)
    assert len(rows(panel)) > 4
    assert panel.table.currentIndex().row() == 1
    assert panel.table.verticalScrollBar().value() == 0
    panel.table.point_to(panel.model.rowCount() - 1)
    pointed = panel.table.pointed
    assert pointed is not None
    ask(qtbot, panel)
    assert panel.table.pointed == pointed  # it is there too
