"""A divergence is recorded from the list of passages, on those that are marked; they go side by side to Word."""

from pathlib import Path

import docx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from polyvocal.domain.moments import Divergence, DivergencePassage, Moment
from polyvocal.domain.records import Memo, Person
from polyvocal.gui.dialogs.divergence import DivergenceDialog
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.passages import PassagesPanel
from polyvocal.services.commands.moments import add_moment
from tests.gui.conftest import settle
from tests.gui.test_passages import act, ask, coded, panel, rows
from tests.gui.test_passages_acts import every, mark, press

__all__ = ["panel"]


def opened(panel: PassagesPanel) -> DivergenceDialog:
    (dialog,) = panel.window().findChildren(DivergenceDialog)
    return dialog


def choose(dialog: DivergenceDialog, field: str, value: str) -> None:
    box = getattr(dialog, field)
    box.setCurrentIndex(box.findData(value))


def test_marked_passages_of_two_accounts_are_recorded_as_diverging(
    qtbot: QtBot, sitting: Sitting, panel: PassagesPanel
) -> None:
    act(qtbot, panel, lambda file: add_moment(file, title="The question", session="Plenary"))
    ask(qtbot, panel, coded(sitting, "Protest"))
    mark(qtbot, panel, 1, 5)
    press(qtbot, panel, Qt.Key.Key_D)
    dialog = opened(panel)
    assert all(dialog.between.item(at).text().startswith("Wren: ") for at in range(2))
    choose(dialog, "kind", "meaning")
    choose(dialog, "explanation", "time-of-writing")
    choose(dialog, "standing", "kept")
    (moment,) = every(sitting, Moment)
    choose(dialog, "moment", str(moment.id))
    assert dialog.moment.currentText().endswith("The question")
    dialog.title.setText("Applause, later")
    dialog.because.setPlainText("On the train, that night.")
    dialog.memo.setPlainText("Ask her.")
    dialog.accept()
    settle(qtbot, sitting)
    (made,) = every(sitting, Divergence)
    (oda,) = every(sitting, Person, name="Oda")
    assert (made.kind, made.explanation, made.standing, made.moment) == (
        "meaning",
        "time-of-writing",
        "kept",
        moment.id,
    )
    assert (made.title, made.because, made.recorded_by) == ("Applause, later", "On the train, that night.", oda.id)
    assert len(every(sitting, DivergencePassage, divergence=made.id)) == 2
    assert [one.text for one in every(sitting, Memo, about=made.id)] == ["Ask her."]
    act(qtbot, panel, lambda file: file.undo())
    assert every(sitting, Divergence) == []


def test_passages_of_one_account_alone_are_told_in_the_dialog_and_nothing_is_lost(
    qtbot: QtBot, sitting: Sitting, panel: PassagesPanel
) -> None:
    ask(qtbot, panel, coded(sitting, "Protest"))
    mark(qtbot, panel, 1, 2)
    press(qtbot, panel, Qt.Key.Key_D)
    dialog = opened(panel)
    dialog.title.setText("Only one")
    dialog.accept()
    settle(qtbot, sitting)
    assert dialog.isVisible()
    assert "two sources at least" in dialog.fault.text()
    assert dialog.title.text() == "Only one"
    assert every(sitting, Divergence) == []


def test_listed_passages_go_side_by_side_to_word(
    qtbot: QtBot, sitting: Sitting, panel: PassagesPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "sheet"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), "Word (*.docx)"))
    ask(qtbot, panel, coded(sitting, "Protest"))
    assert rows(panel)
    with qtbot.waitSignal(panel.exported):
        panel.acts.side_by_side.trigger()
    document = docx.Document(str(target.with_suffix(".docx")))
    assert [cell.paragraphs[0].text for cell in document.tables[0].rows[0].cells] == ["A · Wren", "Notes"]
    assert "Only code: Protest." in document.paragraphs[1].text
