"""A fieldnote that is being typed is kept in the project until it is added or given up."""

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from polyvocal.gui.dialogs.leaving import Leaving
from polyvocal.gui.dialogs.new_fieldnote import NewFieldnoteDialog
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.drafts import keep_draft
from polyvocal.store.file import ProjectFile
from tests.conftest import TEXTS
from tests.gui.conftest import settle
from tests.gui.drafts_steps import DISCARD, be, kept
from tests.gui.read_steps import PLENARY
from tests.gui.test_correcting import answer, leave
from tests.services.test_drafts import fieldnote


def new_note(qtbot: QtBot, sitting: Sitting, over: QWidget) -> NewFieldnoteDialog:
    form = NewFieldnoteDialog(sitting, over)
    form.open()
    settle(qtbot, sitting)
    return form


@pytest.mark.parametrize(
    "text",
    ["no\u00a0break\u202fspaces and a soft\u00adhyphen", "line\u2028separator, tab\tand\n\nlines\n", "👨\u200d👩 病房"],
)
def test_fieldnote_that_was_begun_is_offered_and_taken_up_to_the_letter(
    qtbot: QtBot, sitting: Sitting, window_over: QWidget, text: str
) -> None:
    form = new_note(qtbot, sitting, window_over)
    assert not form.drafts.isVisible()
    values = {"title": "Day 2", "observers": "Wren; Nia", "position": "by the door", "observed_from": "2024-05-14"}
    for name, value in values.items():
        form._fields()[name].setText(value)  # type: ignore[attr-defined]
    form.fields.kind.setCurrentIndex(1)
    form.fields.event_box.setEditText("Launch")
    form.fields.session_box.setEditText("Corridor")
    form.fields.phase.setCurrentIndex(2)
    form.text.insertPlainText(text)
    held = form._typed()
    qtbot.waitUntil(lambda: form.keeper.is_safe)
    form.keeper.end()  # as if the program had ended
    form.hide()
    again = new_note(qtbot, sitting, window_over)
    assert again.drafts.words.text().startswith("A new text “Day 2” from today")
    again.drafts.go_on.click()
    settle(qtbot, sitting)
    assert again._typed() == held
    assert not again.drafts.isVisible()
    again.text.insertPlainText("More. ")
    qtbot.waitUntil(lambda: again.keeper.is_safe)
    assert len(kept(sitting)) == 1
    with qtbot.waitSignal(again.finished_with):
        again.accept()
    settle(qtbot, sitting)
    assert kept(sitting) == []


@pytest.fixture
def window_over(qtbot: QtBot) -> QWidget:
    """A window to open dialogs over."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    return made


def test_fieldnote_that_is_given_up_leaves_no_draft(
    qtbot: QtBot, sitting: Sitting, window_over: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answer(monkeypatch, DISCARD)
    form = new_note(qtbot, sitting, window_over)
    form.text.insertPlainText("Tea.")
    qtbot.waitUntil(lambda: form.keeper.is_safe)
    assert len(kept(sitting)) == 1
    assert form.kept.text() == "kept as a draft"
    form.reject()
    settle(qtbot, sitting)
    assert asked
    assert kept(sitting) == []


def test_fieldnote_that_is_left_as_a_draft_is_kept_to_the_last_letter(
    qtbot: QtBot, sitting: Sitting, window_over: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave(monkeypatch, Leaving.KEEP)
    form = new_note(qtbot, sitting, window_over)
    form.text.insertPlainText("Tea, then talk.")
    form.reject()
    assert not form.isVisible()
    settle(qtbot, sitting)
    (row,) = kept(sitting)
    again = new_note(qtbot, sitting, window_over)
    again.take_up(row)
    settle(qtbot, sitting)
    assert again.text.toPlainText() == "Tea, then talk."
    answer(monkeypatch, DISCARD)
    again.reject()


def test_fieldnote_that_cannot_be_kept_is_not_left_as_a_draft(
    qtbot: QtBot,
    small_path: Path,
    sitting: Sitting,
    window_over: QWidget,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    leave(monkeypatch, Leaving.KEEP)
    form = new_note(qtbot, sitting, window_over)
    away = small_path.rename(tmp_path / "away.polyvocal")
    form.text.insertPlainText("Tea.")
    with qtbot.waitSignal(sitting.bus.failed):
        form.reject()
    assert form.isVisible()
    away.rename(small_path)
    form.reject()
    assert not form.isVisible()


def test_fieldnote_that_cannot_be_kept_says_so(
    qtbot: QtBot, small_path: Path, sitting: Sitting, window_over: QWidget, tmp_path: Path
) -> None:
    form = new_note(qtbot, sitting, window_over)
    away = small_path.rename(tmp_path / "away.polyvocal")
    form.text.insertPlainText("Tea.")
    qtbot.waitUntil(lambda: form.kept.text() == "not kept as a draft")
    assert "not where it was" in form.kept.toolTip()
    away.rename(small_path)
    form.text.insertPlainText("More.")
    qtbot.waitUntil(lambda: form.kept.text() == "kept as a draft")


def test_fieldnote_that_is_there_already_stays_a_draft(qtbot: QtBot, sitting: Sitting, window_over: QWidget) -> None:
    form = new_note(qtbot, sitting, window_over)
    form.title.setText("Again")
    form.fields.observers.setText("Wren")
    form.text.insertPlainText(TEXTS[PLENARY])
    form.accept()
    qtbot.waitUntil(form.fault.isVisible)
    qtbot.waitUntil(lambda: form.keeper.is_safe)
    assert len(kept(sitting)) == 1


def test_fieldnote_of_somebody_else_is_not_offered(
    qtbot: QtBot, sitting: Sitting, window_over: QWidget, small_project: ProjectFile
) -> None:
    form = new_note(qtbot, sitting, window_over)
    form.text.insertPlainText("Tea.")
    qtbot.waitUntil(lambda: form.keeper.is_safe)
    form.keeper.end()
    form.hide()
    be(qtbot, sitting, "Wren")
    assert not new_note(qtbot, sitting, window_over).drafts.isVisible()
    be(qtbot, sitting, "Oda")
    assert new_note(qtbot, sitting, window_over).drafts.isVisible()


def test_offer_goes_once_something_else_is_typed(
    qtbot: QtBot, sitting: Sitting, window_over: QWidget, small_project: ProjectFile
) -> None:
    keep_draft(small_project, fieldnote())
    form = new_note(qtbot, sitting, window_over)
    assert form.drafts.isVisible()
    QTest.keyClicks(form.title, "Other")
    assert not form.drafts.isVisible()
    qtbot.waitUntil(lambda: form.keeper.is_safe)
    assert len(kept(sitting)) == 2
