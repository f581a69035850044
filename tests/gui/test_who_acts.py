"""Whatever is done first in the Codebook and Memos views, or with passages: who does it is asked once, and kept."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.records import Person
from polyvocal.gui.dialogs.form import FormDialog
from polyvocal.gui.sitting import PassagesMeant, Sitting
from polyvocal.gui.views.codebook_view import CodebookView
from polyvocal.gui.views.memos import MemosView
from polyvocal.gui.views.read import ReadView
from polyvocal.services.queries.project import HistoryLine, history
from tests.gui.codebook_view_steps import point, view_on
from tests.gui.conftest import be, settle


class Asked:
    """Whoever is asked who codes; answers when told to."""

    def __init__(self, sitting: Sitting) -> None:
        self._sitting = sitting
        self.then: list[Callable[[], None] | None] = []
        sitting.ask_who = self.then.append

    def answer(self) -> None:
        """Oda."""
        be(self._sitting, "Oda")
        (then,) = self.then
        if then is not None:
            then()

    def refuse(self) -> None:
        """Nobody is named."""
        self._sitting.stay_unnamed()


@pytest.fixture
def asked(sitting: Sitting) -> Asked:
    """The small project, at which nobody said yet who codes."""
    sitting.choose_coder(None)
    return Asked(sitting)


def last(sitting: Sitting) -> HistoryLine:
    return sitting.bus.read(lambda view: next(history(view)))


def type_definition(view: CodebookView) -> None:
    view.fields.definition.setPlainText("Another one")
    view.fields.save()


def choose_kind(view: CodebookView) -> None:
    kind: QComboBox = view.fields.kind
    kind.setCurrentIndex(kind.findData("theme"))
    kind.activated.emit(kind.currentIndex())


ACTS: dict[str, tuple[Callable[[CodebookView], Any], str]] = {
    "move": (lambda view: view.tree.move_up(), "move code"),
    "retire": (lambda view: view.retire_action.trigger(), "retire code"),
    "type": (type_definition, "change code"),
    "choose": (choose_kind, "change code"),
}


@pytest.mark.parametrize("name", ACTS)
def test_act_in_the_codebook_is_done_by_who_is_named(qtbot: QtBot, sitting: Sitting, asked: Asked, name: str) -> None:
    act, kind = ACTS[name]
    view = view_on(qtbot, sitting)
    point(qtbot, view, "Protest")
    before = last(sitting).operation
    act(view)
    settle(qtbot, sitting)
    assert len(asked.then) == 1
    assert last(sitting).operation == before, "nothing is done before it is known by whom"
    asked.answer()
    settle(qtbot, sitting)
    assert (last(sitting).kind, last(sitting).person) == (kind, "Oda")
    view.tree.move_down()
    settle(qtbot, sitting)
    assert len(asked.then) == 1


@pytest.mark.parametrize("form", ["new_action", "merge_action", "split_action", "import_action"])
def test_form_of_the_codebook_opens_once_it_is_known_who_fills_it_in(
    qtbot: QtBot, sitting: Sitting, asked: Asked, form: str
) -> None:
    view = view_on(qtbot, sitting)
    point(qtbot, view, "Protest")
    getattr(view, form).trigger()
    assert not view.findChildren(FormDialog)
    asked.answer()
    settle(qtbot, sitting)
    assert any(one.isVisible() for one in view.findChildren(FormDialog))


def test_what_was_typed_is_saved_also_where_nobody_is_named(qtbot: QtBot, sitting: Sitting, asked: Asked) -> None:
    view = view_on(qtbot, sitting)
    point(qtbot, view, "Protest")
    type_definition(view)
    point(qtbot, view, "Sense-making")
    type_definition(view)
    assert len(asked.then) == 1
    asked.refuse()
    settle(qtbot, sitting)
    definitions = {one.name: one.definition for one in view.list.codes}
    assert definitions["Protest"] == definitions["Sense-making"] == "Another one"
    point(qtbot, view, "Whose time")
    type_definition(view)
    settle(qtbot, sitting)
    assert len(asked.then) == 1, "it is asked once"
    assert {one.name: one.definition for one in view.list.codes}["Whose time"] == "Another one"


def test_what_is_done_in_the_memos_view_is_done_by_who_is_named(qtbot: QtBot, sitting: Sitting, asked: Asked) -> None:
    view = MemosView(sitting)
    qtbot.addWidget(view)
    view.show()
    settle(qtbot, sitting)
    view.editor.text.setPlainText("Written anew")
    view.editor.save()
    view.remove()
    settle(qtbot, sitting)
    assert len(asked.then) == 2
    assert last(sitting).kind not in ("change", "remove")
    be(sitting, "Oda")
    for then in asked.then:
        assert then is not None
        then()
    settle(qtbot, sitting)
    lines = sitting.bus.read(lambda view: [one for one, _ in zip(history(view), range(2), strict=False)])
    assert [one.person for one in lines] == ["Oda", "Oda"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_S])
def test_acts_on_passages_ask_who_does_them(qtbot: QtBot, sitting: Sitting, asked: Asked, key: Qt.Key) -> None:
    read = ReadView(sitting)
    qtbot.addWidget(read)
    read.show()
    settle(qtbot, sitting)
    read.list_passages(PassagesMeant("All", PassageFilter()))
    settle(qtbot, sitting)
    before = last(sitting).operation
    read.passages.table.setFocus()
    read.passages.table.setCurrentIndex(read.passages.model.index(1 if read.passages.model.coding_at(0) is None else 0))
    qtbot.keyClick(read.passages.table, key)
    settle(qtbot, sitting)
    assert len(asked.then) == 1
    assert last(sitting).operation == before
    asked.answer()
    settle(qtbot, sitting)
    if key == Qt.Key.Key_Delete:
        assert last(sitting).person == "Oda"
        assert last(sitting).removed["coding"] == 1
    else:
        assert any(one.isVisible() for one in read.window().findChildren(FormDialog))


def test_nothing_typed_is_lost_where_the_project_is_closed_while_it_is_asked(
    qtbot: QtBot, sitting: Sitting, asked: Asked
) -> None:
    view = view_on(qtbot, sitting)
    point(qtbot, view, "Protest")
    type_definition(view)
    sitting.stay_unnamed()  # as the project does when it is closed
    settle(qtbot, sitting)
    assert last(sitting).kind == "change code"
    assert sitting.bus.read(lambda view: view.find(Person, name="Oda"))
