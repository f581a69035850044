"""A project is found as it was left, and the last one is opened again at the next start; nothing of that can be in the way."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from polyvocal.domain.ids import CodeId, SourceId
from polyvocal.domain.passages import NO_CODINGS, CodingsShown, PassageFilter, PassageQuery
from polyvocal.domain.records import Coding, SourceVersion
from polyvocal.domain.words import LayerName
from polyvocal.gui.app import open_window
from polyvocal.gui.opening import OpenedProject
from polyvocal.gui.session import Left
from polyvocal.gui.settings import LEFT, OPEN, RECENT, RESUME, Settings
from polyvocal.gui.sitting import Place
from polyvocal.gui.theme import Theme
from polyvocal.gui.views.passages_asked import Asked
from polyvocal.gui.window import Window
from polyvocal.services.commands.removal import remove
from polyvocal.services.commands.sources import correct_source
from polyvocal.store.file import Mode, open_project
from tests.gui.conftest import open_in, settle, source_named

Started = Callable[..., Window]


@pytest.fixture
def started(qtbot: QtBot, theme: Theme) -> Started:
    """Starts the program's window as from the command line."""

    def start(path: Path | None = None) -> Window:
        window = open_window(path)
        qtbot.addWidget(window, before_close_func=lambda one: one.close_project())
        return window

    return start


def show(qtbot: QtBot, project: OpenedProject, title: str, at: int | None = None) -> None:
    project.read.open_place(Place(source_named(project.sitting, title).source.id, at))
    settle(qtbot, project.sitting)


def branch_of(project: OpenedProject, title: str) -> QModelIndex:
    """A branch of the occasions."""
    model = project.read.occasions.model
    return next(model.index_of(node) for node in model.nodes() if model.index_of(node).data() == title)


def title_of(project: OpenedProject) -> str | None:
    return project.read.source.source.title if project.read.source is not None else None


def take_away(path: Path, source: SourceId) -> None:
    """Remove a source, with its codings, from a project that is closed."""
    with open_project(path, Mode.WRITE) as file:
        with file.view() as view:
            versions = [one.id for one in view.find(SourceVersion, source=source)]
            codings = [one.id for one in view.among(Coding, "version", versions)]
        for one in codings:
            remove(file, "coding", str(one))
        remove(file, "source", str(source))


# --- a project as it was left ----------------------------------------------------------------------------------------


def test_text_place_list_and_folded_branches_are_as_they_were_left(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject
) -> None:
    path, read = main_project.path, main_project.read
    show(qtbot, main_project, "Corridor, Bashir", 60)
    read.below.setCurrentIndex(3)
    settle(qtbot, main_project.sitting)
    branch = read.codebook.tree.model().index(0, 0)
    read.codebook.tree.collapse(branch)
    read.occasions.tree.collapse(branch_of(main_project, "After"))
    main_window.close_project()
    again = open_in(qtbot, main_window, path).read
    assert again.source is not None
    assert again.source.source.title == "Corridor, Bashir"
    assert again.surface.offset == 60
    assert again.occasions.current_source() == again.source.source.id
    assert again.below.currentIndex() == 3
    assert not again.codebook.tree.isExpanded(again.codebook.tree.model().index(0, 0))
    project = main_window.project
    assert project is not None
    assert not again.occasions.tree.isExpanded(branch_of(project, "After"))
    assert again.occasions.tree.isExpanded(branch_of(project, "During"))


def test_second_text_and_which_codings_and_passages_are_shown_are_as_they_were_left(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject
) -> None:
    path, read, sitting = main_project.path, main_project.read, main_project.sitting
    show(qtbot, main_project, "Corridor, Bashir", 60)
    code = read.codebook.codes[0]
    shown = CodingsShown(codes=frozenset({CodeId(code.id)}), layers=frozenset({LayerName.ASIDE}))
    read.main.codings.show_only(shown)
    read.turn_beside()
    settle(qtbot, sitting)
    show(qtbot, main_project, "On the train", 40)
    assert read.beside is not None
    read.beside.codings.turn_off()
    read.passages.restore(Asked(PassageQuery(PassageFilter(codes=frozenset({CodeId(code.id)}))), None))
    settle(qtbot, sitting)
    main_window.close_project()
    again = open_in(qtbot, main_window, path).read
    assert again.main.source is not None
    assert (again.main.source.source.title, again.main.surface.offset) == ("Corridor, Bashir", 60)
    assert again.main.codings.shown == shown
    assert again.main.codings.text().startswith("Only")
    assert again.beside is not None
    assert again.beside.source is not None
    assert (again.beside.source.source.title, again.beside.surface.offset) == ("On the train", 40)
    assert again.beside.codings.shown == NO_CODINGS
    assert again.active is again.main
    assert again.passages.asked == read.passages.asked


def test_second_text_that_is_gone_meanwhile_is_left_out(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject
) -> None:
    path = main_project.path
    show(qtbot, main_project, "Corridor, Bashir")
    main_project.read.turn_beside()
    settle(qtbot, main_project.sitting)
    show(qtbot, main_project, "On the train")
    identity = source_named(main_project.sitting, "On the train").source.id
    main_window.close_project()
    take_away(path, identity)
    again = open_in(qtbot, main_window, path)
    assert title_of(again) == "Corridor, Bashir"
    assert again.read.beside is None


def test_height_of_the_lists_is_kept_when_the_window_changes_and_at_the_next_start(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject
) -> None:
    path, read = main_project.path, main_project.read
    handle = read.upright.handle(1)
    handle.moveSplitter(read.upright.height() - 333)
    below = read.upright.sizes()[1]
    main_window.resize(main_window.width(), main_window.height() + 57)
    settle(qtbot, main_project.sitting)
    assert read.upright.sizes()[1] == below
    main_window.close_project()
    again = open_in(qtbot, main_window, path).read
    qtbot.waitUntil(lambda: again.upright.sizes()[1] == below)
    main_window.resize(main_window.width(), main_window.height() - 57)
    assert again.upright.sizes()[1] == below


def test_view_and_its_section_are_in_front_again(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject
) -> None:
    path = main_project.path
    main_window.show_view(main_project.setting)
    main_project.setting.show_section("terms")
    settle(qtbot, main_project.sitting)
    main_window.close_project()
    again = open_in(qtbot, main_window, path)
    assert main_window.frame.stack.currentWidget() is again.setting
    assert again.setting.section == "terms"


def test_source_that_is_gone_meanwhile_gives_way_to_the_first(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject
) -> None:
    path = main_project.path
    first = title_of(main_project)
    show(qtbot, main_project, "On the train")
    identity = source_named(main_project.sitting, "On the train").source.id
    main_window.close_project()
    take_away(path, identity)
    assert title_of(open_in(qtbot, main_window, path)) == first


def test_place_beyond_the_end_of_a_text_that_was_shortened_is_its_end(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject
) -> None:
    path = main_project.path
    show(qtbot, main_project, "On the train", 80)
    text = source_named(main_project.sitting, "On the train").text
    main_window.close_project()
    with open_project(path, Mode.WRITE) as file:
        correct_source(file, source="On the train", edits=[(10, len(text), "")])
    again = open_in(qtbot, main_window, path)
    assert title_of(again) == "On the train"
    assert again.read.surface.offset <= 10


@pytest.mark.parametrize(
    "held",
    ["", "nonsense", "[]", "null", '{"view": "x"}', '{"view": 77, "below": 99, "source": 1, "upright": "zz"}',
     '{"folded_codes": 3}', '{"folded_occasions": [["a"]]}', '{"source": {}}', '{"new": 1}'],
)  # fmt: skip
def test_what_was_kept_and_cannot_be_read_opens_the_project_as_at_first(
    qtbot: QtBot, main_window: Window, settings: Settings, small_path: Path, held: str
) -> None:
    settings[RECENT] = [str(small_path)]
    settings[LEFT] = ["{", json.dumps({"path": str(small_path), "title": "T", "at": "", "left": held})]
    project = open_in(qtbot, main_window, small_path)
    assert main_window.frame.stack.currentWidget() is project.read
    assert title_of(project) is not None


def test_how_it_was_left_is_read_as_it_was_written() -> None:
    left = Left(0, 5, 7, 3, "{}", 8, 4, "[]", "{}", 2, "00ff", "terms", ((1, 2), (3,)), (4, 5))
    assert Left.from_json(left.to_json()) == left


def test_of_projects_that_are_not_recent_any_more_nothing_is_kept(
    main_window: Window, main_project: OpenedProject, settings: Settings
) -> None:
    path = main_project.path
    main_window.close_project()
    assert settings.title(str(path)) == "Nine tables"
    assert settings.opened_at(str(path))
    settings.forget_project(str(path))
    assert settings[LEFT] == []


# --- the next start --------------------------------------------------------------------------------------------------


def test_project_that_was_open_at_the_end_is_opened_at_the_next_start(
    qtbot: QtBot, started: Started, small_path: Path
) -> None:
    first = started(small_path)
    qtbot.waitUntil(lambda: first.project is not None)
    first.close()
    again = started()
    qtbot.waitUntil(lambda: again.project is not None)
    assert again.project is not None
    assert again.project.path == small_path


@pytest.mark.parametrize("why", ["closed", "unwanted", "missing"])
def test_start_page_is_shown_where_there_is_nothing_to_go_on_with(
    qtbot: QtBot, started: Started, small_path: Path, why: str
) -> None:
    first = started(small_path)
    qtbot.waitUntil(lambda: first.project is not None)
    if why == "closed":
        first.menus.close.trigger()
    first.close()
    if why == "unwanted":
        Settings()[RESUME] = False
    if why == "missing":
        small_path.unlink()
    again = started()
    qtbot.wait(200)
    assert again.project is None
    assert again.frame.stack.currentWidget() is again.start


def test_project_of_the_command_line_goes_before_the_last_one(
    qtbot: QtBot, started: Started, small_path: Path, project_path: Path
) -> None:
    Settings()[OPEN] = str(small_path)
    window = started(project_path)
    qtbot.waitUntil(lambda: window.project is not None)
    assert window.project is not None
    assert window.project.path == project_path


def test_project_that_ends_the_program_at_its_opening_is_not_opened_again_and_again(
    started: Started, small_path: Path
) -> None:
    Settings()[OPEN] = str(small_path)
    started()  # and ends before the project is there
    assert Settings()[OPEN] == ""


# --- the start page --------------------------------------------------------------------------------------------------


def test_start_page_shows_the_title_and_where_the_file_lies(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = main_project.path
    monkeypatch.setattr(Path, "home", lambda: path.parent)
    main_window.close_project()
    model = main_window.start.model
    qtbot.waitUntil(lambda: str(path) in model.stands)
    said = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Nine tables, today ")
    assert said.endswith(", ~/small.polyvocal")
