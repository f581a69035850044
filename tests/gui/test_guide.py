"""The first steps on the sample: shown to who has nothing yet, checked off as they are done, left and taken up again."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from polyvocal.domain.records import Coding, SourceVersion
from polyvocal.domain.spans import Span
from polyvocal.domain.words import StanceName
from polyvocal.gui.guide import STEPS, Guide
from polyvocal.gui.opening import OpenedProject
from polyvocal.gui.settings import GUIDE, GUIDE_DONE, RECENT, Settings
from polyvocal.gui.shell import SAMPLE
from polyvocal.gui.sitting import Place
from polyvocal.gui.theme import Theme
from polyvocal.gui.window import Window
from polyvocal.services.commands.codings import StanceDraft, add_coding, add_stance
from tests.gui.conftest import be, open_in, settle


@pytest.fixture
def sample(small_path: Path) -> Path:
    """A small project under the name of the sample."""
    return Path(shutil.copyfile(small_path, small_path.with_name(SAMPLE)))


def guided(qtbot: QtBot, window: Window, sample: Path) -> tuple[Guide, OpenedProject]:
    """Open the sample for the first time."""
    with qtbot.waitSignal(window.opened):
        project = open_in(qtbot, window, sample)
    guide = window.shell.guide
    assert guide is not None
    assert guide.isVisible()
    return guide, project


def marks(guide: Guide) -> str:
    return "".join(row.mark.text() for row in guide.rows)


def test_who_opens_the_sample_first_is_shown_the_first_step_beside_the_window(
    qtbot: QtBot, main_window: Window, sample: Path
) -> None:
    guide, project = guided(qtbot, main_window, sample)
    assert marks(guide) == "▸○○○○"
    assert guide.rows[0].words.text().startswith("Drag over them in the text")
    assert "Ctrl+E takes the word" in guide.rows[0].words.text()
    assert guide.isAncestorOf(guide.skip)
    assert project.read.surface.isVisible()
    assert not guide.isWindow()


def test_steps_are_checked_off_by_doing_them(qtbot: QtBot, main_window: Window, sample: Path) -> None:
    guide, project = guided(qtbot, main_window, sample)
    be(project.sitting, "Oda")
    settle(qtbot, project.sitting)
    surface, chooser = project.read.surface, project.read.coding.chooser
    surface.select(Span(0, 5))
    assert marks(guide) == "✓▸○○○"
    qtbot.keyClick(surface, Qt.Key.Key_Return)
    qtbot.keyClicks(chooser.line, "protest")
    qtbot.keyClick(chooser.line, Qt.Key.Key_Return)
    settle(qtbot, project.sitting)
    assert marks(guide) == "✓✓▸○○"
    coding = surface.chosen
    draft = StanceDraft("Lay panel", StanceName.AFFIRMS, "Whose time is paid")
    project.sitting.bus.act(lambda file: add_stance(file, coding=str(coding), stance=draft))
    settle(qtbot, project.sitting)
    assert marks(guide) == "✓✓✓▸○"
    main_window.show_view(project.compare)
    settle(qtbot, project.sitting)
    assert marks(guide) == "✓✓✓✓▸"
    main_window.menus.undo.trigger()
    settle(qtbot, project.sitting)
    assert marks(guide) == "✓✓✓✓✓"
    assert guide.new.isVisible()
    assert not guide.skip.isVisible()


def test_step_that_was_done_before_its_turn_stays_done(qtbot: QtBot, main_window: Window, sample: Path) -> None:
    guide, project = guided(qtbot, main_window, sample)
    project.sitting.bus.act(
        lambda file: add_coding(file, source="On the train", start=0, end=4, code="Protest", coder="Oda")
    )
    settle(qtbot, project.sitting)
    assert marks(guide) == "▸✓○○○"
    guide.skip.click()
    assert marks(guide) == "✓✓▸○○"


def test_guide_that_was_left_comes_back_when_it_is_asked_for_where_it_was(
    qtbot: QtBot, main_window: Window, sample: Path
) -> None:
    guide, _ = guided(qtbot, main_window, sample)
    guide.skip.click()
    guide.close_button.click()
    assert not guide.isVisible()
    main_window.close_project()
    with qtbot.waitSignal(main_window.opened):
        open_in(qtbot, main_window, sample)
    assert not guide.isVisible()
    main_window.menus.guide.trigger()
    assert guide.isVisible()
    assert marks(guide) == "✓▸○○○"


def test_guide_goes_on_at_the_next_start_where_it_was_not_left(qtbot: QtBot, main_window: Window, sample: Path) -> None:
    guide, _ = guided(qtbot, main_window, sample)
    guide.skip.click()
    main_window.close_project()
    assert not guide.isVisible()
    with qtbot.waitSignal(main_window.opened):
        open_in(qtbot, main_window, sample)
    assert guide.isVisible()
    assert Settings()[GUIDE_DONE] == ["select"]


def test_guide_begins_anew_once_all_was_done(qtbot: QtBot, main_window: Window, sample: Path) -> None:
    guide, _ = guided(qtbot, main_window, sample)
    for _ in STEPS:
        guide.skip.click()
    guide.close_button.click()
    main_window.menus.guide.trigger()
    assert marks(guide) == "▸○○○○"


def test_guide_asks_for_the_sample_where_another_project_is_open(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject
) -> None:
    with qtbot.waitSignal(main_window.sample_wanted):
        main_window.menus.guide.trigger()


def test_who_has_projects_already_is_shown_nothing(
    qtbot: QtBot, main_window: Window, settings: Settings, sample: Path, small_path: Path
) -> None:
    settings[RECENT] = [str(small_path)]
    with qtbot.waitSignal(main_window.opened):
        open_in(qtbot, main_window, sample)
    assert main_window.shell.guide is None
    assert settings[GUIDE] == ""


def test_nothing_is_shown_on_a_project_of_ones_own(qtbot: QtBot, main_window: Window, small_path: Path) -> None:
    with qtbot.waitSignal(main_window.opened):
        open_in(qtbot, main_window, small_path)
    assert main_window.shell.guide is None


@pytest.mark.parametrize("size", [12, 18, 24])
def test_window_with_the_guide_fits_a_small_screen_whatever_the_size_of_letters(
    qtbot: QtBot, main_window: Window, sample: Path, theme: Theme, size: int
) -> None:
    theme.set_text_size(size)
    guide, project = guided(qtbot, main_window, sample)
    be(project.sitting, "Oda")
    (first, *_) = project.sitting.bus.read(lambda view: view.all(Coding))
    version = project.sitting.bus.read(lambda view: view.need(SourceVersion, first.version))
    project.read.open_place(Place(version.source, first.start, first.end, first.id))
    settle(qtbot, project.sitting)
    assert main_window.minimumSizeHint().width() <= 1240
    main_window.resize(1240, 760)
    qtbot.waitUntil(lambda: main_window.width() == 1240)
    qtbot.waitUntil(lambda: guide.width() <= 1240 // 3)
    read = project.read
    for part, whole in (
        (guide.skip, guide),
        (guide.close_button, guide),
        (read.codebook.remove, read.codebook),
        (read.head.codings, read.head),
    ):
        across = part.mapTo(whole, part.rect().bottomRight()).x()
        assert across < whole.width()
