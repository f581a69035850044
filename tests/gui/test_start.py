"""The first page offers how to begin, and the projects that were open; one that is gone is said to be."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from pytestqt.qtbot import QtBot

from polyvocal.gui.settings import RECENT, RECENT_KEPT, Settings
from polyvocal.gui.theme import Theme
from polyvocal.gui.views.delegate import COUNT, SUBTITLE
from polyvocal.gui.views.start import Stand, StartPage, stand_of

Opened = Callable[..., StartPage]


@pytest.fixture
def opened(qtbot: QtBot, settings: Settings, theme: Theme) -> Opened:
    """Shows the page with recent projects, and waits until it knows how they stand."""

    def show(*paths: Path) -> StartPage:
        settings[RECENT] = [str(path) for path in paths]
        page = StartPage(settings, theme)
        qtbot.addWidget(page)
        page.resize(1000, 700)
        page.show()
        qtbot.waitUntil(lambda: all(str(path) in page.model.stands for path in paths))
        return page

    return show


def asked(page: StartPage) -> list[object]:
    """What the page will have asked for, as it comes."""
    got: list[object] = []
    page.open_wanted.connect(got.append)
    page.new_wanted.connect(lambda: got.append("new"))
    page.open_dialog_wanted.connect(lambda: got.append("open"))
    page.sample_wanted.connect(lambda: got.append("sample"))
    return got


def dropped(page: StartPage, *urls: QUrl) -> None:
    data = QMimeData()
    data.setUrls(list(urls))
    rest = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(50, 50), *rest)
    page.dragEnterEvent(enter)
    if enter.isAccepted():
        page.dropEvent(QDropEvent(QPointF(50, 50), *rest))


# --- how to begin ----------------------------------------------------------------------------------------------------


def test_person_who_opens_it_first_finds_the_sample_under_the_keys(qtbot: QtBot, opened: Opened) -> None:
    page = opened()
    got = asked(page)
    assert not page.recent.isVisible()
    assert page.focusWidget() is page.sample
    qtbot.keyClick(page.sample, Qt.Key.Key_Return)
    qtbot.keyClick(page.sample, Qt.Key.Key_Tab)
    assert page.focusWidget() is page.new
    qtbot.keyClick(page.new, Qt.Key.Key_Space)
    qtbot.keyClick(page.new, Qt.Key.Key_Tab)
    qtbot.keyClick(page.open, Qt.Key.Key_Enter)
    qtbot.mouseClick(page.sample, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert got == ["sample", "new", "open", "sample"]


def test_choice_has_a_name_and_says_what_comes_of_it(opened: Opened) -> None:
    page = opened()
    for choice in (page.sample, page.new, page.open):
        assert choice.accessibleName()
        assert choice.accessibleDescription().endswith(".")
        assert choice.height() >= choice.heightForWidth(choice.width())


# --- recent projects -------------------------------------------------------------------------------------------------


def test_recent_project_is_shown_with_its_folder_and_opened_by_keys(
    qtbot: QtBot, opened: Opened, small_path: Path, project_path: Path
) -> None:
    page = opened(small_path, project_path)
    got = asked(page)
    index = page.model.index(0)
    assert (index.data(), index.data(SUBTITLE)) == ("small", str(small_path))
    assert index.data(COUNT).startswith("today")
    assert page.focusWidget() is page.list
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert got == [project_path]


def test_double_click_opens_once(qtbot: QtBot, opened: Opened, small_path: Path) -> None:
    page = opened(small_path)
    got = asked(page)
    where = page.list.visualRect(page.model.index(0)).center()
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.mouseDClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert got == [small_path]
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert got == [small_path, small_path]


def test_missing_project_is_said_to_be_and_can_be_taken_out(
    qtbot: QtBot, opened: Opened, small_path: Path, tmp_path: Path, settings: Settings
) -> None:
    gone = tmp_path / "gone" / "Ward stories.polyvocal"
    page = opened(gone, small_path)
    got = asked(page)
    assert page.model.index(0).data(COUNT) == "missing"
    assert page.model.index(0).data(Qt.ItemDataRole.ForegroundRole) is not None
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert got == []
    assert page.notice.isVisible()
    assert page.notice_words.text().startswith("Ward stories.polyvocal is not where it was")
    qtbot.mouseClick(page.notice_button, Qt.MouseButton.LeftButton)
    assert not page.notice.isVisible()
    assert settings[RECENT] == [str(small_path)]
    assert page.current == str(small_path)


def test_project_is_taken_out_of_the_list_and_stays_on_the_disk(
    qtbot: QtBot, opened: Opened, small_path: Path, settings: Settings
) -> None:
    page = opened(small_path)
    before = small_path.read_bytes()
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    assert settings[RECENT] == []
    assert small_path.read_bytes() == before
    assert not page.recent.isVisible()
    assert page.focusWidget() is page.sample


def test_page_looks_anew_when_it_is_shown_again(
    qtbot: QtBot, opened: Opened, small_path: Path, project_path: Path, settings: Settings
) -> None:
    page = opened(small_path)
    page.hide()
    settings.remember_project(project_path)
    small_path.unlink()
    page.show()
    qtbot.waitUntil(lambda: page.model.is_missing(str(small_path)))
    assert page.model.paths == [str(project_path), str(small_path)]


def test_list_keeps_the_latest_ones(opened: Opened, settings: Settings, tmp_path: Path) -> None:
    for number in range(RECENT_KEPT + 5):
        settings.remember_project(tmp_path / f"{number}.polyvocal")
    page = opened(*(Path(path) for path in settings[RECENT]))
    assert len(page.model.paths) == RECENT_KEPT


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "", "..", "nonsense/../\U0001f399"])
def test_path_that_is_none_does_no_harm(name: str, tmp_path: Path) -> None:
    assert isinstance(stand_of(str(tmp_path / "there") + name), Stand)


def test_project_below_a_file_is_missing(small_path: Path) -> None:
    assert stand_of(str(small_path / "x.polyvocal")).missing == "missing"


def test_page_can_be_closed_while_it_looks(qtbot: QtBot, settings: Settings, theme: Theme, small_path: Path) -> None:
    settings[RECENT] = [str(small_path)]
    page = StartPage(settings, theme)
    page.show()
    with qtbot.waitSignal(page.destroyed):
        page.deleteLater()


# --- dropping --------------------------------------------------------------------------------------------------------


def test_project_that_is_dropped_is_opened(opened: Opened, small_path: Path) -> None:
    page = opened()
    got = asked(page)
    dropped(page, QUrl.fromLocalFile("notes.docx"), QUrl.fromLocalFile(str(small_path)))
    assert got == [small_path]
    assert page.styleSheet() == ""


def test_other_file_that_is_dropped_is_told_what_to_do_first(opened: Opened, tmp_path: Path) -> None:
    page = opened()
    got = asked(page)
    dropped(page, QUrl.fromLocalFile(str(tmp_path / "notes.docx")))
    assert got == []
    assert page.notice_words.text().startswith("notes.docx is not a project.")
    assert not page.notice_button.isVisible()


def test_address_that_is_dropped_is_not_taken(opened: Opened) -> None:
    page = opened()
    got = asked(page)
    dropped(page, QUrl("https://example.org/x.polyvocal"))
    assert got == []
    assert not page.notice.isVisible()


def test_page_follows_the_theme_and_fits_a_small_window(opened: Opened, theme: Theme, small_path: Path) -> None:
    page = opened(small_path)
    page.resize(900, 600)
    theme.choose("dark")
    assert not page.grab().isNull()
    assert page.minimumSizeHint().width() <= 900
