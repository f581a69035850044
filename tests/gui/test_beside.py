"""Memos about the text and pictures of its file, listed below it."""

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from polyvocal.domain.editmap import EditMap
from polyvocal.domain.records import Memo, Source
from polyvocal.domain.spans import Span
from polyvocal.gui.dialogs.memo import MemoDialog
from polyvocal.gui.settings import PARAGRAPH_NUMBERS
from polyvocal.gui.sitting import Place, Sitting
from polyvocal.gui.views.memos_here import MemosPanel
from polyvocal.gui.views.pictures_here import PicturesPanel
from polyvocal.gui.views.read import ReadView
from polyvocal.services.commands.incoming import About, Beside, Comment, FoundPicture, Incoming
from polyvocal.services.commands.memos import add_memo
from polyvocal.services.commands.passage import Passage
from polyvocal.services.commands.sources import import_sources
from polyvocal.services.queries.reading import SourceToRead
from tests.exchange.test_readers_word_beside import picture
from tests.gui.conftest import read_view, settle, shown_about, source_named

TEXT = "Nobody sits at table 4.\nRain.\n"


@pytest.fixture
def source(sitting: Sitting) -> SourceToRead:
    beside = Beside(
        comments=(Comment(7, 11, "Says who?", "PI", "2024-05-20T10:00:00Z"),),
        pictures=(
            FoundPicture(24, picture(200), "image/png", "wall", "the chart"),
            FoundPicture(24, b"\x01\0\0\0nothing", "image/emf"),
        ),
    )
    import_sources(
        sitting.bus.file, [Incoming("with both", TEXT, EditMap(), beside=beside)], About(observers=("Ines",))
    )
    return source_named(sitting, "with both")


@pytest.fixture
def memos(qtbot: QtBot, sitting: Sitting, source: SourceToRead) -> MemosPanel:
    return shown_about(qtbot, sitting, MemosPanel(sitting, lambda: Span(15, 22)), source)


def test_comment_of_the_file_is_listed_and_leads_to_its_passage(qtbot: QtBot, memos: MemosPanel) -> None:
    assert memos.model.item(0).text() == "Comment of 2024-05-20"
    assert memos.words.toPlainText() == "Says who?"
    assert "PI" in memos.told.text()
    with qtbot.waitSignal(memos.place_meant) as meant:
        qtbot.keyClick(memos.list, Qt.Key.Key_Return)
    assert meant.args == [7, 11]


def test_memo_is_written_about_the_selected_words(qtbot: QtBot, memos: MemosPanel, sitting: Sitting) -> None:
    memos.new.click()
    (dialog,) = memos.findChildren(MemoDialog)
    assert "table 4" in dialog.findChildren(type(memos.none))[0].text()
    qtbot.keyClicks(dialog.text, "who was there?")
    dialog.accept()
    settle(qtbot, sitting)
    assert [one.words for one in memos.entries] == ["sits", "table 4"]
    (memo,) = sitting.bus.read(lambda view: view.find(Memo, text="who was there?"))
    assert (memo.start, memo.end) == (15, 22)
    assert sitting.me is not None
    assert memo.author == sitting.me.id


def test_memo_is_edited_by_f2(qtbot: QtBot, memos: MemosPanel, sitting: Sitting) -> None:
    memos.list.setFocus()
    qtbot.keyClick(memos.list, Qt.Key.Key_F2)
    (dialog,) = memos.findChildren(MemoDialog)
    dialog.text.setPlainText("Ines does.")
    dialog.accept()
    settle(qtbot, sitting)
    assert memos.words.toPlainText() == "Ines does."


def test_memo_is_removed_by_delete(qtbot: QtBot, memos: MemosPanel, sitting: Sitting) -> None:
    memos.list.setFocus()
    qtbot.keyClick(memos.list, Qt.Key.Key_Delete)
    settle(qtbot, sitting)
    assert memos.entries == []
    assert memos.none.isVisibleTo(memos)
    assert "New memo" in memos.none.text()


def test_memo_moves_to_the_selected_words(qtbot: QtBot, memos: MemosPanel, sitting: Sitting) -> None:
    memos.move_button.click()
    settle(qtbot, sitting)
    assert [one.words for one in memos.entries] == ["table 4"]


def test_empty_memo_is_not_added_and_the_dialog_says_so(
    qtbot: QtBot, memos: MemosPanel, sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QMessageBox, "question", lambda *_args, **_more: QMessageBox.StandardButton.Discard)
    memos.new.click()
    (dialog,) = memos.findChildren(MemoDialog)
    dialog.accept()
    assert "empty" in dialog.fault.text()
    settle(qtbot, sitting)
    assert len(memos.entries) == 1


def test_picture_is_shown_with_what_is_said_of_it(qtbot: QtBot, sitting: Sitting, source: SourceToRead) -> None:
    panel = shown_about(qtbot, sitting, PicturesPanel(sitting, lambda: None), source)
    assert panel.model.item(0).text() == "wall"
    assert panel.shown.pixmap().toImage().pixelColor(0, 0).red() == 200
    assert panel.shown.accessibleDescription() == "the chart"
    qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    settle(qtbot, sitting)
    assert "image/emf" in panel.shown.text(), "what cannot be shown is said, and can be saved"
    with qtbot.waitSignal(panel.place_meant) as meant:
        panel.go.click()
    assert meant.args == [24, 24]


def test_picture_is_saved_as_it_was_in_the_file(
    qtbot: QtBot, sitting: Sitting, source: SourceToRead, tmp_path_factory: pytest.TempPathFactory
) -> None:
    panel = shown_about(qtbot, sitting, PicturesPanel(sitting, lambda: None), source)
    path = tmp_path_factory.mktemp("pictures") / "wall.png"
    panel.save_to(str(path))
    assert path.read_bytes() == picture(200)


# --- the gutter -----------------------------------------------------------------------------------------------------


@pytest.fixture
def read(qtbot: QtBot, sitting: Sitting, source: SourceToRead) -> ReadView:
    sitting.settings[PARAGRAPH_NUMBERS] = False  # they take room of their own
    return read_view(qtbot, sitting, source.source.id)


def ink(widget: QWidget, area: QRect) -> int:
    """How many points of an area differ from the ground."""
    shown = widget.grab(area).toImage()
    ground = shown.pixel(0, 0)
    return sum(shown.pixel(x, y) != ground for x in range(shown.width()) for y in range(shown.height()))


def test_memos_and_pictures_have_a_sign_beside_their_lines(read: ReadView) -> None:
    gutter, surface = read.surface.gutter, read.surface
    for offset, wanted in ((7, True), (24, True)):
        top, bottom = surface.height_of(offset)
        assert bool(ink(gutter, QRect(0, round(top), gutter.width(), round(bottom - top)))) is wanted
    assert surface.viewport().geometry().left() >= gutter.width() > 0


def test_sign_is_told_and_opens_its_list(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    gutter = read.surface.gutter
    top, bottom = read.surface.height_of(7)
    point = QPoint(8, round((top + bottom) / 2))
    assert gutter._tip_at(QPointF(point)) == "PI: Says who?"
    qtbot.mouseClick(gutter, Qt.MouseButton.LeftButton, pos=point)
    settle(qtbot, sitting)
    panel = read.below.panel(read.below.currentIndex())
    assert isinstance(panel, MemosPanel)
    assert panel.words.toPlainText() == "Says who?"


def test_gutter_takes_no_room_beside_a_text_without_any(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    with sitting.bus.file.view() as view:
        other = view.find(Source, title="Plenary, Wren")[0].id
    read.open_place(Place(other))
    settle(qtbot, sitting)
    assert read.surface.gutter.width() == 0
    assert read.surface.viewportMargins().left() == 0
    sitting.settings[PARAGRAPH_NUMBERS] = True
    assert read.surface.viewportMargins().left() == read.surface.gutter.width() > 0
    sitting.settings[PARAGRAPH_NUMBERS] = False
    assert read.surface.gutter.width() == 0


def test_sign_comes_with_a_memo_and_goes_with_it(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    with sitting.bus.file.view() as view:
        other = view.find(Source, title="Plenary, Wren")[0].id
    read.open_place(Place(other))
    settle(qtbot, sitting)
    sitting.bus.act(lambda file: add_memo(file, text="?", passage=Passage(str(other), 0, 3)))
    settle(qtbot, sitting)
    assert read.surface.gutter.width() > 0
    sitting.bus.act(lambda file: file.undo(None))
    settle(qtbot, sitting)
    assert read.surface.gutter.width() == 0
