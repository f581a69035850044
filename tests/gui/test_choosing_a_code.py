"""Which codes are offered where one codes: the last used first, in both texts and the next day; what is retired."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from polyvocal.domain.records import Code
from polyvocal.domain.spans import Span
from polyvocal.gui import finder
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.chooser import CodeChooser
from polyvocal.gui.views.delegate import SUBTITLE
from polyvocal.gui.views.read import ReadView
from polyvocal.services.commands.code_changes import retire_code
from tests.gui.conftest import be, settle
from tests.gui.read_steps import PLENARY, select, shown
from tests.gui.test_coding_by_hand import code_named, coded
from tests.gui.test_read import read

__all__ = ["read"]


def offered(chooser: CodeChooser) -> list[str]:
    return [str(chooser.model.index(row, 0).data()) for row in range(chooser.model.rowCount())]


def ask(qtbot: QtBot, read: ReadView, words: str) -> CodeChooser:
    """Ask with which code some words are to be coded."""
    select(read, words)
    qtbot.keyClick(read.surface, Qt.Key.Key_Return)
    return read.coding.chooser


def test_code_that_was_used_in_one_text_comes_first_in_the_other(
    qtbot: QtBot, read: ReadView, sitting: Sitting
) -> None:
    select(read, "I clap too")
    read.coding.code_selection(code_named(sitting, "Sense-making"))
    settle(qtbot, sitting)
    read.acts.beside.trigger()
    settle(qtbot, sitting)
    assert read.surface is not read.main.surface
    assert offered(ask(qtbot, read, "Nine tables"))[0] == "Sense-making"
    read.coding.chooser.hide()
    read.acts.again.trigger()
    settle(qtbot, sitting)
    assert ("Nine tables", "Sense-making", "Oda") in coded(sitting)


def test_who_has_not_coded_yet_is_told_so_where_the_last_code_is_wanted(
    qtbot: QtBot, read: ReadView, sitting: Sitting
) -> None:
    faults: list[Exception] = []
    sitting.bus.failed.connect(faults.append)
    be(sitting, "Bashir")
    settle(qtbot, sitting)
    select(read, "Nine tables")
    read.acts.again.trigger()
    assert "no code yet" in str(faults[0])


def test_codes_that_the_coder_used_last_come_first_the_next_day(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    for words, code in (("I clap too", "Protest"), ("then applause", "Sense-making")):
        select(read, words)
        read.coding.code_selection(code_named(sitting, code))
        settle(qtbot, sitting)
    fresh = Sitting(sitting.bus, sitting.theme, sitting.settings)
    be(fresh, "Oda")
    view = shown(qtbot, fresh, PLENARY)
    assert offered(ask(qtbot, view, "Nine tables"))[:2] == ["Sense-making", "Protest"]
    view.coding.chooser.hide()
    be(fresh, "Wren")  # who used Protest alone
    settle(qtbot, fresh)
    assert offered(ask(qtbot, view, "Nine tables"))[0] == "Protest"
    view.coding.chooser.hide()


def test_retired_code_is_not_offered_and_its_name_says_why_none_is_made(
    qtbot: QtBot, read: ReadView, sitting: Sitting
) -> None:
    faults: list[Exception] = []
    sitting.bus.failed.connect(faults.append)
    sitting.bus.act(lambda file: retire_code(file, "Protest"))
    settle(qtbot, sitting)
    chooser = ask(qtbot, read, "Nine tables")
    assert "Protest" not in offered(chooser)
    qtbot.keyClicks(chooser.line, "protest")
    assert offered(chooser) == ["Protest (retired)"]
    assert "Codebook" in str(chooser.model.index(0, 0).data(SUBTITLE))
    qtbot.keyClick(chooser.line, Qt.Key.Key_Return)
    settle(qtbot, sitting)
    assert "'Protest' is retired: take it back into use first" in str(faults[0])
    assert not [one for one in coded(sitting) if one[0] == "Nine tables"]


@pytest.mark.parametrize(
    "words", ["病棟の会議は二時間続いた。" * 9, "e\u0301" * 90, "\U0001f469\u200d\u2695\ufe0f" * 30]
)
def test_words_in_vivo_that_have_no_spaces_are_cut_between_characters(
    qtbot: QtBot, read: ReadView, sitting: Sitting, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read.surface, "_text", words + read.surface.text[len(words) :])
    read.surface.select(Span(0, len(words)))
    read.acts.in_vivo.trigger()
    settle(qtbot, sitting)
    (made,) = [one for one in sitting.bus.read(lambda view: view.all(Code)) if one.name.endswith("…")]
    assert len(made.name) <= 61
    whole = {"病": "", "e": "\u0301", "\U0001f469": "\ufe0f"}[words[0]]
    assert made.name[:-1].endswith(whole)
    assert words.startswith(made.name[:-1])


def test_row_that_enter_would_take_is_said_while_one_types_and_goes_through_the_list(
    qtbot: QtBot, read: ReadView, sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(finder, "announce", lambda _widget, words: said.append(words))
    chooser = ask(qtbot, read, "Nine tables")
    first, second = offered(chooser)[:2]
    assert said == [first]
    qtbot.keyClick(chooser.line, Qt.Key.Key_Down)
    assert said == [first, second]
    qtbot.keyClicks(chooser.line, "zz")
    assert said[-1] == "Create “zz”"
    chooser.hide()
    read.surface.step(forward=True)
    read.acts.other_code.trigger()  # where none can be made
    qtbot.keyClicks(chooser.line, "zz")
    assert chooser.nothing.isVisible()
    assert said[-1] == chooser.nothing.text()
    chooser.hide()
