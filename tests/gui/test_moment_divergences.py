"""Divergences below the columns: recorded on selected words, listed without rank, settled, and written on sheets."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from polyvocal.domain.errors import UserError
from polyvocal.domain.moments import Divergence, DivergencePassage
from polyvocal.domain.records import Memo
from polyvocal.domain.words import DivergenceKind, DivergenceStanding, Explanation
from polyvocal.gui.dialogs.divergence import DivergenceDialog
from polyvocal.gui.dialogs.memo import MemoDialog
from polyvocal.gui.sitting import Place
from polyvocal.gui.views.delegate import COUNT, SUBTITLE
from polyvocal.gui.views.moments_page import MomentsPage
from polyvocal.services.commands.divergences import add_divergence, settle_divergences
from polyvocal.services.commands.moments import add_moment
from polyvocal.services.commands.passage import Passage
from polyvocal.services.commands.removal import remove
from tests.conftest import TEXTS
from tests.gui.moments_steps import (
    AUCUNE,
    PAID,
    act,
    choose,
    column,
    dialog,
    key,
    page,
    select,
    settle_page,
)

__all__ = ["page"]

WREN, ILSE = "Plenary, Wren", "Plenary, Ilse"


def passage(source: str, words: str) -> Passage:
    start = TEXTS[source].index(words)
    return Passage(source, start, start + len(words))


@pytest.fixture
def recorded(qtbot: QtBot, page: MomentsPage) -> MomentsPage:
    """A moment with a divergence of attention, by Wren and Ilse, that is open."""
    act(qtbot, page, lambda file: add_moment(file, title="M", session="Plenary"))
    act(
        qtbot,
        page,
        lambda file: add_divergence(
            file,
            kind=DivergenceKind.ATTENTION,
            title="A question or none",
            moment="M",
            explanation=Explanation.VANTAGE,
            because="Ilse stood at the front.",
            memo="Ask both.",
            passages=[passage(WREN, PAID), passage(ILSE, AUCUNE)],
            by="Oda",
        ),
    )
    page.divergences.list.setCurrentRow(0)
    settle_page(qtbot, page)
    return page


def divergences(page: MomentsPage) -> list[Divergence]:
    return page.sitting.bus.read(lambda view: view.all(Divergence))


def lit(page: MomentsPage, name: str) -> list[str]:
    surface = column(page, name).surface
    assert surface is not None
    return [surface.text[one.start : one.end] for one in surface.lights.lit]


# --- recording -------------------------------------------------------------------------------------------------------


def test_divergence_is_recorded_of_words_selected_in_two_columns(qtbot: QtBot, page: MomentsPage) -> None:
    act(qtbot, page, lambda file: add_moment(file, title="M", session="Plenary"))
    select(page, "Wren", PAID)
    select(page, "Ilse", AUCUNE)
    page.acts.diverge.trigger()
    made = dialog(qtbot, DivergenceDialog)
    assert [made.kind.itemText(n).split(":")[0] for n in range(3)] == ["Occurrence", "Attention", "Meaning"]
    assert [made.between.item(n).text() for n in range(2)] == [f"Wren: {PAID}", f"Ilse: {AUCUNE}"]
    assert made.moment.currentText().endswith("M")
    made.kind.setCurrentIndex(1)
    made.title.setText("A question or none")
    made.explanation.setCurrentIndex(1)
    made.because.setPlainText("Ilse stood at the front.")
    made.memo.setPlainText("Ask both.")
    made.accept()
    settle_page(qtbot, page)
    (one,) = divergences(page)
    assert (one.kind, one.title, one.explanation) == (
        DivergenceKind.ATTENTION,
        "A question or none",
        Explanation.VANTAGE,
    )
    assert one.standing is DivergenceStanding.OPEN
    assert page.sitting.me is not None
    assert one.recorded_by == page.sitting.me.id
    (memo,) = page.sitting.bus.read(lambda view: view.find(Memo, about=one.id))
    assert memo.text == "Ask both."
    assert page.columns.selected == []
    assert page.divergences.current is not None  # what was recorded is what one looks at
    assert page.divergences.current.row.id == one.id
    assert (lit(page, "Wren"), lit(page, "Ilse")) == ([PAID], [AUCUNE])


def test_words_of_one_account_are_no_divergence(page: MomentsPage) -> None:
    faults: list[Exception] = []
    page.sitting.bus.failed.connect(faults.append)
    select(page, "Wren", PAID)
    page.acts.diverge.trigger()
    (fault,) = faults
    assert isinstance(fault, UserError)
    assert "in two columns or more" in str(fault)


def test_divergence_of_what_is_no_saved_moment_is_of_none_in_particular(qtbot: QtBot, page: MomentsPage) -> None:
    select(page, "Wren", PAID)
    select(page, "Ilse", AUCUNE)
    page.acts.diverge.trigger()
    made = dialog(qtbot, DivergenceDialog)
    made.because.setPlainText("It was loud.")
    made.explanation.setCurrentIndex(2)
    made.accept()
    settle_page(qtbot, page)
    (one,) = divergences(page)
    assert (one.moment, one.explanation) == (None, Explanation.ROLE)  # of a session that is no saved moment
    assert page.divergences.list.count() == 1


def test_words_are_added_to_the_chosen_divergence(qtbot: QtBot, recorded: MomentsPage) -> None:
    select(recorded, "Wren", "I clap too")
    key(qtbot, recorded, recorded.acts.add_words)
    found = recorded.sitting.bus.read(lambda view: view.all(DivergencePassage))
    assert len(found) == 3
    assert lit(recorded, "Wren") == [PAID, "I clap too"]


# --- what is listed --------------------------------------------------------------------------------------------------


def test_divergence_is_listed_with_what_became_of_it(recorded: MomentsPage) -> None:
    listed = recorded.divergences.list
    assert listed.item(0).text() == "A question or none"
    assert listed.item(0).data(COUNT) == "open"
    assert listed.item(0).data(SUBTITLE) == "of attention · Ilse, Wren"
    said = recorded.divergences.told.text().splitlines()
    assert said[0] == "Put down to vantage: Ilse stood at the front."
    assert said[1].startswith("Recorded by Oda, ")
    assert said[2] == "Oda: Ask both."
    passages = recorded.divergences.passages
    assert [passages.item(n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(2)] == [
        f"Ilse: {AUCUNE}",
        f"Wren: {PAID}",
    ]
    assert recorded.below.tabText(0) == "Divergences (1)"


def test_divergence_of_words_that_another_moment_shares_is_listed_with_whose_it_is(
    qtbot: QtBot, recorded: MomentsPage
) -> None:
    act(qtbot, recorded, lambda file: add_moment(file, title="The whole", session="Plenary", starts="10:00"))
    act(qtbot, recorded, lambda file: add_moment(file, title="Other", session="Corridor"))
    choose(qtbot, recorded, "Other")
    assert recorded.divergences.list.count() == 0
    assert "Select words in two columns or more, and record with F9" in recorded.divergences.none.text()
    recorded.list.starts.setText("2024-05-14")
    recorded.list.look.click()
    settle_page(qtbot, recorded)
    assert recorded.divergences.list.item(0).data(SUBTITLE).endswith("recorded of M")


def test_divergences_are_filtered_by_what_became_of_them(qtbot: QtBot, recorded: MomentsPage) -> None:
    panel = recorded.divergences
    panel.filter.setCurrentIndex(3)
    assert panel.list.count() == 0
    assert panel.none.text() == "No divergence that is kept."
    assert lit(recorded, "Wren") == []
    panel.filter.setCurrentIndex(1)
    assert panel.list.count() == 1


def test_passages_are_doors_to_their_column_and_to_read(qtbot: QtBot, recorded: MomentsPage) -> None:
    wanted: list[Place] = []
    recorded.sitting.place_wanted.connect(wanted.append)
    recorded.divergences.list.itemActivated.emit(recorded.divergences.list.item(0))
    passages = recorded.divergences.passages
    assert passages.currentRow() == 0
    passages.itemActivated.emit(passages.item(1))
    (place,) = wanted
    start = TEXTS[WREN].index(PAID)
    assert (place.start, place.end) == (start, start + len(PAID))


# --- what becomes of it ----------------------------------------------------------------------------------------------


def test_divergence_is_settled_kept_and_opened_again_by_keys(qtbot: QtBot, recorded: MomentsPage) -> None:
    panel = recorded.divergences
    panel.list.setFocus()
    qtbot.keyClick(panel.list, Qt.Key.Key_D)
    settle_page(qtbot, recorded)
    (one,) = divergences(recorded)
    assert recorded.sitting.me is not None
    assert (one.standing, one.settled_by) == (DivergenceStanding.DISCUSSED, recorded.sitting.me.id)
    assert "; discussed by Oda, " in panel.told.text()
    assert not panel.discussed.isVisible()
    panel.kept.click()
    settle_page(qtbot, recorded)
    assert divergences(recorded)[0].standing is DivergenceStanding.KEPT
    panel.open.click()
    settle_page(qtbot, recorded)
    assert divergences(recorded)[0].settled_by is None
    act(qtbot, recorded, lambda file: file.undo())
    assert panel.list.item(0).data(COUNT) == "kept"


def test_divergence_is_edited_removed_and_brought_back(qtbot: QtBot, recorded: MomentsPage) -> None:
    recorded.divergences.edit.click()
    made = dialog(qtbot, DivergenceDialog)
    assert made.title.text() == "A question or none"
    assert not made.memo.isVisible()
    made.title.setText("Who asked")
    made.kind.setCurrentIndex(0)
    made.accept()
    settle_page(qtbot, recorded)
    (one,) = divergences(recorded)
    assert (one.title, one.kind) == ("Who asked", DivergenceKind.OCCURRENCE)
    recorded.divergences.delete.click()
    settle_page(qtbot, recorded)
    (box,) = recorded.divergences.findChildren(QMessageBox)
    assert "‘Who asked’" in box.text()
    assert "1 memo" in box.text()
    box.reject()
    settle_page(qtbot, recorded)
    assert len(divergences(recorded)) == 1
    recorded.divergences.delete.click()
    settle_page(qtbot, recorded)
    next(one for one in recorded.divergences.findChildren(QMessageBox) if one.isVisible()).defaultButton().click()
    settle_page(qtbot, recorded)
    assert divergences(recorded) == []
    assert lit(recorded, "Wren") == []
    act(qtbot, recorded, lambda file: file.undo())
    assert recorded.divergences.list.count() == 1
    assert len(recorded.sitting.bus.read(lambda view: view.find(Memo, about=one.id))) == 1


def test_divergence_without_a_memo_is_removed_without_asking(qtbot: QtBot, recorded: MomentsPage) -> None:
    (memo,) = recorded.sitting.bus.read(lambda view: view.find(Memo, about=divergences(recorded)[0].id))
    act(qtbot, recorded, lambda file: remove(file, "memo", str(memo.id)))
    recorded.divergences.delete.click()
    settle_page(qtbot, recorded)
    assert divergences(recorded) == []


def test_memo_about_a_divergence_is_written_and_shown(qtbot: QtBot, recorded: MomentsPage) -> None:
    recorded.divergences.memo.click()
    made = dialog(qtbot, MemoDialog)
    made.text.setPlainText("Wren says so too.")
    made.accept()
    settle_page(qtbot, recorded)
    assert "Oda: Wren says so too." in recorded.divergences.told.text()


def test_page_that_is_not_shown_asks_for_nothing_and_follows_once_it_is(qtbot: QtBot, recorded: MomentsPage) -> None:
    recorded.hide()
    recorded.sitting.bus.act(
        lambda file: settle_divergences(file, ["A question or none"], DivergenceStanding.KEPT, by="Oda")
    )
    settle_page(qtbot, recorded)
    assert recorded.divergences.list.item(0).data(COUNT) == "open"
    recorded.show()
    settle_page(qtbot, recorded)
    assert recorded.divergences.list.item(0).data(COUNT) == "kept"


# --- sheets for the data session -------------------------------------------------------------------------------------


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The file that is chosen wherever one is asked for."""
    path = tmp_path / "sheet.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    return path


def written(qtbot: QtBot, page: MomentsPage, path: Path) -> str:
    qtbot.waitUntil(path.exists)
    settle_page(qtbot, page)
    with ZipFile(path) as package:
        return package.read("word/document.xml").decode()


def test_moment_is_written_as_a_sheet_without_hidden_columns(qtbot: QtBot, page: MomentsPage, chosen: Path) -> None:
    with qtbot.waitSignal(page.exported):
        page.ask_export()
    words = written(qtbot, page, chosen)
    assert "Who is paid to be here" in words
    assert "aucune question du panel" in words
    chosen.unlink()
    select(page, "Wren", PAID)
    page.columns.hide_active()
    with qtbot.waitSignal(page.exported):
        page.ask_export()
    words = written(qtbot, page, chosen)
    assert "Who is paid to be here" not in words


def test_selected_words_and_a_divergence_are_written_as_sheets(
    qtbot: QtBot, recorded: MomentsPage, chosen: Path
) -> None:
    with qtbot.waitSignal(recorded.exported):
        recorded.acts.sheets[2].trigger()
    words = written(qtbot, recorded, chosen)
    assert "A question or none" in words
    assert "Trois orateurs" in words
    chosen.unlink()
    select(recorded, "Wren", "I clap too")
    with qtbot.waitSignal(recorded.exported):
        recorded.acts.sheets[1].trigger()
    words = written(qtbot, recorded, chosen)
    assert "I clap too" in words
    assert "Trois orateurs" not in words


def test_sheet_of_nothing_says_what_to_do(page: MomentsPage) -> None:
    faults: list[Exception] = []
    page.sitting.bus.failed.connect(faults.append)
    for action in page.acts.sheets[1:]:
        action.trigger()
    assert [str(one).split(":")[0] for one in faults] == [
        "Select words first",
        "Choose a divergence in the list below the columns first.",
    ]
