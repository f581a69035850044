"""The keys 1 to 9 of codes: shown in the tree wherever it stands, and given and taken in the menu of a code."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from polyvocal.domain.records import Code
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.code_list import CodeList
from polyvocal.gui.views.codebook_view import CodebookView
from polyvocal.gui.views.delegate import KEY
from polyvocal.gui.views.pin_menu import add_pin_menu
from polyvocal.gui.views.read import ReadView
from polyvocal.services.commands.codings import add_coding
from tests.gui.codebook_view_steps import point
from tests.gui.codebook_view_steps import view as view  # noqa: PLC0414 - a fixture
from tests.gui.conftest import settle


def code_named(sitting: Sitting, name: str) -> int:
    return sitting.bus.read(lambda view: view.find(Code, name=name)[0].id)


def told(codes: CodeList, code: int, role: int) -> object:
    node = codes.model.node_of(code)
    assert node is not None
    return codes.model.index_of(node).data(role)


def pins(codes: CodeList, sitting: Sitting) -> dict[str, QAction]:
    """What the menu of the chosen code offers of keys."""
    assert codes.current is not None
    menu = QMenu(codes)
    found = add_pin_menu(menu, sitting.pinned, codes.current, codes.codes)
    return {one.text(): one for one in found.actions() if one.text()}


def test_key_of_a_code_is_seen_told_and_spoken_in_both_trees_at_once(
    qtbot: QtBot, sitting: Sitting, view: CodebookView
) -> None:
    read = ReadView(sitting)
    qtbot.addWidget(read)
    settle(qtbot, sitting)
    protest = code_named(sitting, "Protest")
    trees = (view.list, read.codebook.list)
    for codes in trees:
        assert told(codes, protest, KEY) is None
    sitting.pinned.turn(4, protest)
    for codes in trees:
        assert told(codes, protest, KEY) == 4
        assert "key 4" in str(told(codes, protest, Qt.ItemDataRole.AccessibleTextRole))
        assert "4 codes the selected words with it." in str(told(codes, protest, Qt.ItemDataRole.ToolTipRole))
    sitting.pinned.turn(4, protest)
    for codes in trees:
        assert told(codes, protest, KEY) is None


def test_menu_says_what_each_key_stands_for_and_pins_and_takes_off(
    qtbot: QtBot, sitting: Sitting, view: CodebookView
) -> None:
    sitting.pinned.turn(2, code_named(sitting, "Sense-making"))
    point(qtbot, view, "Protest")
    offered = pins(view.list, sitting)
    assert list(offered)[:3] == ["&1", "&2  Sense-making", "&3"]
    assert not any(one.isChecked() for one in offered.values())
    offered["&3"].trigger()
    assert sitting.pinned.number(code_named(sitting, "Protest")) == 3
    again = pins(view.list, sitting)
    assert again["&3  Protest"].isChecked()
    again["&2  Sense-making"].trigger()  # in place of what was there
    assert sitting.pinned.numbers == {code_named(sitting, "Protest"): 2}
    pins(view.list, sitting)["Take off key 2"].trigger()
    assert sitting.pinned.numbers == {}


def test_code_is_pinned_by_keys_in_the_codebook_view(qtbot: QtBot, sitting: Sitting, view: CodebookView) -> None:
    point(qtbot, view, "Protest")
    view.tree.setFocus()
    qtbot.keyClick(view.tree, Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    assert sitting.pinned.number(code_named(sitting, "Protest")) == 5


def test_menu_beside_the_text_has_the_keys_too(qtbot: QtBot, sitting: Sitting) -> None:
    read = ReadView(sitting)
    qtbot.addWidget(read)
    settle(qtbot, sitting)
    read.codebook.point_to(code_named(sitting, "Protest"))
    menu = read.codebook.menu()
    assert [one.text() for one in menu.actions() if one.text()] == [
        "Code the selected words", "New code…", "Edit…", "Remove", "Pin to a key",
    ]  # fmt: skip
    assert all(one.isEnabled() for one in menu.actions())
    menu.deleteLater()


@pytest.mark.parametrize(("codings", "said"), [(0, "0 codings"), (1, "1 coding")])
def test_one_coding_is_said_to_be_one(
    qtbot: QtBot, sitting: Sitting, view: CodebookView, codings: int, said: str
) -> None:
    before = code_named(sitting, "Sense-making")
    for _ in range(codings):
        sitting.bus.act(
            lambda file: add_coding(file, source="On the train", start=0, end=4, code="Sense-making", coder="Oda")
        )
    settle(qtbot, sitting)
    assert told(view.list, before, Qt.ItemDataRole.AccessibleTextRole) == f"Sense-making, code, {said}"
