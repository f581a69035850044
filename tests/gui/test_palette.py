"""The command palette: what can be done and what bears a name, found by a few letters, the last used first."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from polyvocal.domain.words import DivergenceKind
from polyvocal.gui.opening import OpenedProject
from polyvocal.gui.palette import Palette
from polyvocal.gui.settings import USED, Settings
from polyvocal.gui.views.delegate import COUNT, MARK, SUBTITLE
from polyvocal.gui.window import Window
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.divergences import add_divergence
from polyvocal.services.commands.moments import add_moment
from polyvocal.services.commands.passage import Passage
from tests.gui.conftest import settle


def opened(window: Window) -> Palette:
    """The palette, open; names may still be on their way."""
    window.menus.palette.trigger()
    palette = window.shell.palette
    assert palette is not None
    assert palette.isVisible()
    return palette


def names(palette: Palette) -> list[str]:
    return [str(palette.model.index(row).data()) for row in range(palette.model.rowCount())]


def take(qtbot: QtBot, palette: Palette, typed: str) -> None:
    """Type, Enter."""
    palette.line.clear()
    qtbot.keyClicks(palette.line, typed)
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not palette.isVisible())
    QApplication.processEvents()


def test_actions_are_there_at_once_and_names_follow(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject
) -> None:
    palette = opened(main_window)
    assert "Next coding" in names(palette)
    assert "Plenary, Wren" not in names(palette)
    settle(qtbot, main_project.sitting)
    assert {"Next coding", "Plenary, Wren", "Whose time", "Wren", "Oda"} <= set(names(palette))


def test_action_is_shown_with_its_section_and_keys(main_window: Window, main_project: OpenedProject) -> None:
    palette = opened(main_window)
    row = names(palette).index("Next coding")
    index = palette.model.index(row)
    assert index.data(SUBTITLE) == "Reading"
    assert index.data(COUNT) == "Alt+Down"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Next coding, Reading, Alt+Down"


def test_only_what_can_be_done_now_is_offered(main_window: Window) -> None:
    found = names(opened(main_window))
    assert "Open a project…" in found
    assert "Close the project" not in found
    assert "Next coding" not in found


def test_action_is_done_and_comes_first_the_next_time(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject, settings: Settings
) -> None:
    take(qtbot, opened(main_window), "compa")
    assert main_window.frame.stack.currentWidget() is main_project.compare
    palette = opened(main_window)
    assert names(palette)[0] == "Compare"
    assert [key.rpartition(".")[0] for key in Settings()[USED]] == ["do view"]


def test_source_is_opened(qtbot: QtBot, main_window: Window, main_project: OpenedProject) -> None:
    main_project.read.occasions.filter.setFocus()
    palette = opened(main_window)
    settle(qtbot, main_project.sitting)
    take(qtbot, palette, "train")
    settle(qtbot, main_project.sitting)
    assert main_project.read.source is not None
    assert main_project.read.source.source.title == "On the train"
    qtbot.waitUntil(main_project.read.surface.hasFocus)
    assert names(opened(main_window))[0] == "On the train"


def test_code_is_shown_in_the_codebook(qtbot: QtBot, main_window: Window, main_project: OpenedProject) -> None:
    palette = opened(main_window)
    settle(qtbot, main_project.sitting)
    palette.line.setText("whose")
    assert palette.model.index(0).data(SUBTITLE) == "Code · Collaboration / Whose time"
    assert palette.model.index(0).data(MARK) is not None
    main_window.show_view(main_project.compare)
    palette.take(0)
    qtbot.waitUntil(lambda: main_window.frame.stack.currentWidget() is main_project.read)
    assert main_project.read.codebook.current is not None
    assert main_project.read.codebook.current.name == "Whose time"


def test_observer_lists_what_was_coded_of_their_accounts(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject
) -> None:
    palette = opened(main_window)
    settle(qtbot, main_project.sitting)
    take(qtbot, palette, "wren")
    settle(qtbot, main_project.sitting)
    passages = main_project.read.passages
    assert passages.isVisible()
    assert [one.words.text() for one in passages.filters.chips] == ["Observer: Wren"]
    assert {one.name for one in passages.model.listed.groups} <= {"Plenary, Wren", "On the train"}
    assert passages.model.listed.total > 0


def test_moment_and_divergence_are_found_by_title_session_and_event_and_opened(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject
) -> None:
    bus = main_project.sitting.bus
    bus.act(lambda file: add_moment(file, title="The question", session="Plenary"))
    passages = [Passage("Plenary, Wren", 0, 4), Passage("Plenary, Ilse", 0, 4)]
    bus.act(lambda file: add_divergence(file, kind=DivergenceKind.MEANING, title="A joke", passages=passages))
    settle(qtbot, main_project.sitting)
    palette = opened(main_window)
    settle(qtbot, main_project.sitting)
    for typed in ("question", "question plen", "question plenary laun"):
        palette.line.setText(typed)
        assert names(palette)[0] == "The question"
    assert palette.model.index(0).data(SUBTITLE) == "Moment · Plenary · Launch"
    palette.hide()
    take(qtbot, opened(main_window), "question plen")
    page = main_project.compare.moments
    settle(qtbot, main_project.sitting)
    qtbot.waitUntil(lambda: page.moment is not None and page.moment.place.title == "The question")
    assert main_window.frame.stack.currentWidget() is main_project.compare
    take(qtbot, opened(main_window), "a joke")
    qtbot.waitUntil(lambda: page.divergences.row is not None)  # of no moment: in the session of its passages
    assert page.divergences.row is not None
    assert page.divergences.row.title == "A joke"
    assert page.divergences.isVisible()


def test_person_who_observes_nothing_is_shown_in_the_setting(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject
) -> None:
    palette = opened(main_window)
    settle(qtbot, main_project.sitting)
    take(qtbot, palette, "oda")
    settle(qtbot, main_project.sitting)
    assert main_window.frame.stack.currentWidget() is main_project.setting
    assert main_project.setting.section == "people"


def test_new_code_is_found_without_opening_the_project_anew(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject
) -> None:
    opened(main_window).hide()
    settle(qtbot, main_project.sitting)
    main_project.sitting.bus.act(lambda file: add_code(file, name="Withholding"))
    settle(qtbot, main_project.sitting)
    palette = opened(main_window)
    settle(qtbot, main_project.sitting)
    palette.line.setText("withh")
    assert names(palette)[:2] == ["Withholding", "Undo: add the code ‘Withholding’"]


def test_row_that_was_gone_to_stays_when_names_arrive(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject
) -> None:
    palette = opened(main_window)
    for _ in range(3):
        qtbot.keyClick(palette.line, Qt.Key.Key_Down)
    settle(qtbot, main_project.sitting)
    assert palette.list.currentIndex().row() == 3


def test_nothing_found_is_taken_for_nothing(qtbot: QtBot, main_window: Window, main_project: OpenedProject) -> None:
    palette = opened(main_window)
    palette.line.setText("qqqqqq")
    assert names(palette) == []
    assert palette.nothing.isVisible()
    assert not palette.list.isVisible()
    assert "bears such a name" in palette.nothing.text()
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert palette.isVisible()
    palette.line.setText("undo")
    assert palette.list.isVisible()
    assert not palette.nothing.isVisible()


def test_escape_leaves_it(qtbot: QtBot, main_window: Window, main_project: OpenedProject) -> None:
    palette = opened(main_window)
    QApplication.sendEvent(palette, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier))
    assert not palette.isVisible()


def test_project_that_was_closed_leaves_no_names_behind(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject
) -> None:
    palette = opened(main_window)
    settle(qtbot, main_project.sitting)
    palette.hide()
    main_window.close_project()
    assert "Plenary, Wren" not in names(opened(main_window))


def test_enter_before_the_names_are_read_waits_for_them(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject
) -> None:
    palette = opened(main_window)
    palette.line.setText("train")
    assert not palette.names
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    settle(qtbot, main_project.sitting)
    qtbot.waitUntil(lambda: not palette.isVisible())
    settle(qtbot, main_project.sitting)
    assert main_project.read.source is not None
    assert main_project.read.source.source.title == "On the train"


def test_escape_closes_the_line_of_finding_though_a_coding_is_chosen(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject
) -> None:
    read = main_project.read
    read.surface.setFocus()
    read.surface.step(forward=True)
    chosen = read.surface.chosen
    read.acts.find.trigger()
    bar = read.active.finding
    qtbot.waitUntil(bar.wanted.hasFocus)
    qtbot.keyClick(bar.wanted, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert read.surface.hasFocus()
    assert read.surface.chosen == chosen
