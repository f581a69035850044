"""Several coders at one window: one click changes who codes, and who codes blind sees nothing of the others anywhere."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QAction
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.records import Coding
from polyvocal.domain.words import CodeKind, StanceName
from polyvocal.gui.dialogs.who import WhoDialog
from polyvocal.gui.opening import OpenedProject
from polyvocal.gui.settings import BLIND, Settings
from polyvocal.gui.sitting import PassagesMeant, Place
from polyvocal.gui.surface.text import TextSurface
from polyvocal.gui.views.delegate import COUNT, SUBTITLE
from polyvocal.gui.views.passages_export import export as export_passages
from polyvocal.gui.views.setting_section import Section
from polyvocal.gui.views.setting_terms import TermsSection
from polyvocal.gui.who_switch import WhoSwitch
from polyvocal.gui.window import Window
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.codings import StanceDraft, add_coding, add_stance
from polyvocal.services.commands.memos import add_memo
from polyvocal.services.commands.people import add_person
from polyvocal.services.queries.reading import SourceToRead
from polyvocal.store.file import Mode, open_project
from tests.gui.conftest import be, open_in, settle, source_named

THEIRS = "Only theirs"
"""A code that only the other coder used."""
SECRET = "Only the other one wrote this"


@pytest.fixture
def project(qtbot: QtBot, main_window: Window, main_project: OpenedProject) -> OpenedProject:
    """The small project with Oda at it; Wren used one code more, in the text that is shown."""
    bus = main_project.sitting.bus
    bus.act(lambda file: add_code(file, name=THEIRS, kind=CodeKind.CODE))
    bus.act(lambda file: add_coding(file, source="Plenary, Wren", start=0, end=5, code=THEIRS, coder="Wren"))
    settle(qtbot, main_project.sitting)
    show_plenary(qtbot, main_project)
    return main_project


@pytest.fixture
def sure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is asked whether to see the others' codings again is sure."""
    monkeypatch.setattr(WhoSwitch, "_is_sure", lambda _self: True)


@pytest.fixture
def said_at_the_foot(main_window: Window, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What stands at the foot of the window, as it comes."""
    words: list[str] = []
    show = main_window.frame.done.setText

    def hear(text: str) -> None:
        words.append(text)
        show(text)

    monkeypatch.setattr(main_window.frame.done, "setText", hear)
    return words


def show_plenary(qtbot: QtBot, project: OpenedProject) -> None:
    project.read.open_place(Place(source_named(project.sitting, "Plenary, Wren").source.id))
    settle(qtbot, project.sitting)


def go_blind(qtbot: QtBot, window: Window, project: OpenedProject) -> None:
    window.menus.blind.trigger()
    settle(qtbot, project.sitting)


def choices(window: Window) -> dict[str, QAction]:
    """What the menu at the foot offers."""
    window.who_switch.menu.aboutToShow.emit()
    return {one.text(): one for one in window.who_switch.menu.actions() if one.text()}


def heard_and_seen(widget: QWidget) -> Iterator[str]:
    """Every word that a widget and what is in it show, tell as a tooltip, or tell a screen reader."""
    for one in (widget, *widget.findChildren(QWidget)):
        yield from (one.toolTip(), one.accessibleName(), one.accessibleDescription())
        if isinstance(one, QLabel | QAbstractButton):
            yield one.text()
        if isinstance(one, QAbstractItemView) and one.model() is not None:
            yield from _in_model(one.model(), QModelIndex(), deep=isinstance(one, QTreeView))


def _in_model(model: QAbstractItemModel, parent: QModelIndex, *, deep: bool) -> Iterator[str]:
    roles = (
        Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole, SUBTITLE, COUNT,
    )  # fmt: skip
    for row in range(model.rowCount(parent)):
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)):
            index = model.index(row, column, parent)
            yield from (str(held) for role in roles if (held := index.data(role)) is not None)
        if deep:
            yield from _in_model(model, model.index(row, 0, parent), deep=True)


def behind_a_cell(project: OpenedProject, code: str) -> float | None:
    """How many passages the table counts of Wren's accounts."""
    table = project.compare.matrix.model.table
    assert table is not None
    return table.number(table.rows.names.index(code), table.columns.names.index("Wren"))


# --- who codes -------------------------------------------------------------------------------------------------------


def test_coders_of_the_project_are_one_click_away(qtbot: QtBot, main_window: Window, project: OpenedProject) -> None:
    offered = choices(main_window)
    assert list(offered) == ["Oda", "Wren", "Somebody else…", "Code blind"]
    assert offered["Oda"].isChecked()
    offered["Wren"].trigger()
    settle(qtbot, project.sitting)
    assert main_window.frame.who.text() == "Coder: Wren"
    assert project.sitting.me is not None
    assert project.sitting.me.name == "Wren"


def test_somebody_else_is_asked_for(main_window: Window, project: OpenedProject) -> None:
    choices(main_window)["Somebody else…"].trigger()
    assert any(one.isVisible() for one in main_window.findChildren(WhoDialog))


# --- blind -----------------------------------------------------------------------------------------------------------


def test_window_says_all_the_time_that_one_codes_blind(
    qtbot: QtBot, main_window: Window, project: OpenedProject
) -> None:
    badge = main_window.frame.badge
    assert not badge.isVisible()
    go_blind(qtbot, main_window, project)
    for view in (project.setting, project.read, project.compare):
        main_window.show_view(view)
        assert badge.isVisible()
    assert badge.text() == "Coding blind: what others coded is hidden"
    assert main_window.menus.blind.isChecked()


def test_text_is_never_shown_with_the_others_codings_at_the_start(
    qtbot: QtBot, main_window: Window, project: OpenedProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_blind(qtbot, main_window, project)
    path = project.path
    main_window.close_project()
    shown: list[int] = []
    show = TextSurface.show_source

    def noting(surface: TextSurface, source: SourceToRead | None) -> None:
        shown.append(len(source.codings) if source is not None else 0)
        show(surface, source)

    monkeypatch.setattr(TextSurface, "show_source", noting)
    again = open_in(qtbot, main_window, path)
    assert again.read.source is not None
    assert again.read.source.source.title == "Plenary, Wren"
    assert shown == [2]


def test_text_shows_own_codings_only(qtbot: QtBot, main_window: Window, project: OpenedProject) -> None:
    surface = project.read.surface
    assert len(surface.index) == 5
    go_blind(qtbot, main_window, project)
    assert len(surface.index) == 2
    assert {surface.index.get(one.id).coder for one in surface.index.overlapping(0, 10_000)} == {  # type: ignore[union-attr]
        project.sitting.me.id  # type: ignore[union-attr]
    }
    assert surface.index.at(2) == []


def test_chosen_coding_of_somebody_else_is_let_go_of(qtbot: QtBot, main_window: Window, project: OpenedProject) -> None:
    surface, card = project.read.surface, project.read.here.details
    (theirs,) = surface.index.at(2)
    surface.choose(theirs.id)
    settle(qtbot, project.sitting)
    assert card.title.text() == THEIRS
    go_blind(qtbot, main_window, project)
    assert card.title.text() == "No coding chosen"
    assert surface.chosen is None


def test_counts_passages_and_table_are_of_own_codings(
    qtbot: QtBot, main_window: Window, project: OpenedProject
) -> None:
    read = project.read
    main_window.show_view(project.compare)
    settle(qtbot, project.sitting)
    assert behind_a_cell(project, THEIRS) == 1
    assert behind_a_cell(project, "Protest") == 4
    go_blind(qtbot, main_window, project)
    qtbot.waitUntil(lambda: not project.compare.matrix.counting)
    settle(qtbot, project.sitting)
    assert behind_a_cell(project, THEIRS) == 0
    assert behind_a_cell(project, "Protest") == 1
    main_window.show_view(read)
    read.list_passages(PassagesMeant("All", PassageFilter()))
    settle(qtbot, project.sitting)
    assert read.passages.model.listed.total == 4
    counts = {one.name: one.codings for one in read.codebook.codes}
    assert counts == {
        "Collaboration": 0, "Who decides": 1, "Whose time": 2, "Protest": 1, "Sense-making": 0, THEIRS: 0,
    }  # fmt: skip


def test_passages_of_others_are_gone_before_the_list_is_read_again(
    main_window: Window, project: OpenedProject, qtbot: QtBot
) -> None:
    project.read.list_passages(PassagesMeant("All", PassageFilter()))
    settle(qtbot, project.sitting)
    assert project.read.passages.model.listed.total == 8
    main_window.menus.blind.trigger()
    assert project.read.passages.model.listed.total == 0


def generated(terms: Section) -> list[str]:
    """How often each term that only the others know of is said to be generated."""
    assert isinstance(terms, TermsSection)
    model = terms.model
    rows = (row for row in range(model.rowCount()) if model.index(row, 0).data() == "Only their term")
    return [str(model.index(row, 2).data() or "") for row in rows]


def numbers_of_codings(window: Window) -> set[str]:
    """What any part of the window tells that only the others' codings, stances and memos make so."""
    return {
        one
        for one in heard_and_seen(window)
        if any(words in one for words in (SECRET, "coded by Wren", f"{THEIRS}, coded", f"{THEIRS}, code, 1"))
        or one in ("8 codings", "Codings: 5", "Protest, code, 5 codings")
    }


def test_what_others_coded_is_gone_at_once_from_every_view_also_from_those_behind(
    qtbot: QtBot, main_window: Window, project: OpenedProject
) -> None:
    """No question is answered between: what is painted meanwhile is what the views have forgotten."""
    read, codebook, memos = project.read, project.codebook, project.memos
    theirs = str(read.surface.index.at(2)[0].id)
    generates = StanceDraft("Ward 4", StanceName.GENERATES, "Only their term")
    project.sitting.bus.act(lambda file: add_stance(file, coding=theirs, stance=generates))
    project.sitting.bus.act(
        lambda file: add_memo(file, title=SECRET, text=SECRET, about=("coding", theirs), author="Wren")
    )
    settle(qtbot, project.sitting)
    for view in (project.setting, project.compare, codebook, memos, read):
        main_window.show_view(view)
        settle(qtbot, project.sitting)
    main_window.show_view(project.setting)
    terms = project.setting.show_section("terms")
    settle(qtbot, project.sitting)
    main_window.show_view(read)
    read.turn_beside()
    settle(qtbot, project.sitting)
    read.surface.choose(int(theirs))
    read.below.setCurrentWidget(read.here)
    settle(qtbot, project.sitting)
    assert generated(terms) == ["1"]
    assert len(numbers_of_codings(main_window)) == 4
    main_window.menus.blind.trigger()
    assert numbers_of_codings(main_window) == set()
    me = project.sitting.me
    assert me is not None
    assert read.beside is not None
    for pane in (read.main, read.beside):
        assert {mark.coder for mark in pane.surface.index} == {me.id}
    assert read.here.details.title.text() == "No coding chosen"
    assert {one.codings for one in (*read.codebook.codes, *codebook.list.codes)} == {0}
    assert project.compare.matrix.model.table is None
    assert project.compare.matrix.stack.currentWidget() is project.compare.matrix.message
    assert not any(" coded" in one for one in heard_and_seen(read.occasions))
    assert memos.model.all == ()
    assert generated(terms) == []
    for view in (project.setting, project.compare, codebook, memos, read):
        main_window.show_view(view)
        settle(qtbot, project.sitting)
    assert numbers_of_codings(main_window) == set()
    assert generated(terms) == [""]
    assert {one.name: one.codings for one in codebook.list.codes}["Whose time"] == 2


def test_nothing_in_the_window_tells_that_somebody_else_coded(
    qtbot: QtBot, main_window: Window, project: OpenedProject
) -> None:
    for view in (project.setting, project.compare, project.read):
        main_window.show_view(view)
        settle(qtbot, project.sitting)
    for section in project.setting.sections:
        project.setting.show_section(section)
        settle(qtbot, project.sitting)
    project.read.list_passages(PassagesMeant("All", PassageFilter()))
    project.read.surface.go_to(2)
    settle(qtbot, project.sitting)

    def telling() -> set[str]:
        return {one for one in heard_and_seen(main_window) if "coded by Wren" in one or f"{THEIRS}, coded" in one}

    assert telling()
    go_blind(qtbot, main_window, project)
    qtbot.waitUntil(lambda: not project.compare.matrix.counting)
    settle(qtbot, project.sitting)
    assert telling() == set()
    assert "Wren" not in main_window.menus.undo.text()
    assert THEIRS not in main_window.menus.undo.text()


def test_answer_that_was_under_way_is_not_delivered(qtbot: QtBot, main_window: Window, project: OpenedProject) -> None:
    got: list[int] = []
    project.sitting.bus.ask(main_window, lambda view: view.count(Coding), got.append, about="all")
    main_window.menus.blind.trigger()
    settle(qtbot, project.sitting)
    assert got == []
    project.sitting.bus.ask(main_window, lambda view: view.count(Coding), got.append, about="all")
    settle(qtbot, project.sitting)
    assert got == [4]


def test_who_codes_is_asked_without_telling_how_much_the_others_coded(
    qtbot: QtBot, main_window: Window, project: OpenedProject
) -> None:
    go_blind(qtbot, main_window, project)
    main_window.ask_who()
    settle(qtbot, project.sitting)
    dialog = next(one for one in main_window.findChildren(WhoDialog) if one.isVisible())
    said = {one.name: dialog.model.index(row).data(SUBTITLE) for row, one in enumerate(dialog.model.rows)}
    assert said["Oda"] == "coder · 4 codings"
    assert said["Wren"] == "coder · also writes as ethnographer"


# --- ending it, and coming back --------------------------------------------------------------------------------------


def test_ending_it_is_asked_first(
    qtbot: QtBot, main_window: Window, project: OpenedProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_blind(qtbot, main_window, project)
    monkeypatch.setattr(WhoSwitch, "_is_sure", lambda _self: False)
    main_window.frame.badge.click()
    assert project.sitting.blind
    assert main_window.menus.blind.isChecked()
    monkeypatch.setattr(WhoSwitch, "_is_sure", lambda _self: True)
    main_window.frame.badge.click()
    settle(qtbot, project.sitting)
    assert not project.sitting.blind
    assert not main_window.frame.badge.isVisible()
    assert len(project.read.surface.index) == 5


def test_it_is_of_one_coder_and_stays_until_it_is_ended(
    qtbot: QtBot, main_window: Window, project: OpenedProject
) -> None:
    go_blind(qtbot, main_window, project)
    be(project.sitting, "Wren")
    settle(qtbot, project.sitting)
    assert not main_window.frame.badge.isVisible()
    assert len(project.read.surface.index) == 5
    be(project.sitting, "Oda")
    settle(qtbot, project.sitting)
    assert main_window.frame.badge.isVisible()
    assert len(project.read.surface.index) == 2
    assert len(Settings()[BLIND]) == 1
    path = project.path
    main_window.close_project()
    again = open_in(qtbot, main_window, path)
    assert again.sitting.blind
    show_plenary(qtbot, again)
    assert len(again.read.surface.index) == 2


def test_somebody_else_in_another_project_does_not_end_it(
    qtbot: QtBot, main_window: Window, project: OpenedProject, project_path: Path
) -> None:
    go_blind(qtbot, main_window, project)
    path = project.path
    other = open_in(qtbot, main_window, project_path)
    other.sitting.bus.act(lambda file: add_person(file, name="Nia"))
    settle(qtbot, other.sitting)
    be(other.sitting, "Nia")
    again = open_in(qtbot, main_window, path)
    assert again.sitting.me is not None
    assert again.sitting.me.name == "Oda"
    assert again.sitting.blind
    assert main_window.frame.badge.isVisible()


def test_coding_and_undo_go_on_as_before(qtbot: QtBot, main_window: Window, project: OpenedProject) -> None:
    go_blind(qtbot, main_window, project)
    bus, me = project.sitting.bus, project.sitting.me
    assert me is not None
    bus.act(lambda file: add_coding(file, source="Plenary, Wren", start=6, end=9, code="Protest", coder=str(me.id)))
    settle(qtbot, project.sitting)
    assert len(project.read.surface.index) == 3
    main_window.menus.undo.trigger()
    settle(qtbot, project.sitting)
    assert len(project.read.surface.index) == 2


def test_export_that_is_made_blind_says_so(
    qtbot: QtBot, main_window: Window, project: OpenedProject, sure: None
) -> None:
    go_blind(qtbot, main_window, project)
    target = project.path.with_name("codebook.csv")
    project.export_codebook(main_window, target, main_window.on_exported)
    qtbot.waitUntil(lambda: main_window.frame.done.text().startswith("Written"))
    assert main_window.frame.done.text() == f"Written, with your codings only: {target}"


@pytest.mark.parametrize(
    ("what", "ending"),
    [
        ("passages", ".docx"),
        ("passages", ".md"),
        ("memos", ".docx"),
        ("memos", ".md"),
        ("comparison", ".docx"),
        ("comparison", ".csv"),
    ],
)
def test_file_that_is_made_blind_has_own_codings_only_and_says_so_itself(
    qtbot: QtBot, main_window: Window, project: OpenedProject, what: str, ending: str
) -> None:
    (theirs,) = (str(mark.id) for mark in project.read.surface.index.at(2))
    project.sitting.bus.act(
        lambda file: add_memo(file, title=SECRET, text=SECRET, about=("coding", theirs), author="Wren")
    )
    settle(qtbot, project.sitting)
    go_blind(qtbot, main_window, project)
    panel, memos, compare = project.read.passages, project.memos, project.compare
    for view in (compare, memos, project.read):
        main_window.show_view(view)
        settle(qtbot, project.sitting)
    project.read.list_passages(PassagesMeant("All", PassageFilter()))
    settle(qtbot, project.sitting)
    target = project.path.with_name(f"{what}{ending}")
    exports: dict[str, tuple[Any, Callable[[], None]]] = {
        "passages": (panel.exported, lambda: export_passages(panel, target)),
        "memos": (memos.exported, lambda: memos.export(target)),
        "comparison": (compare.exported, lambda: compare.matrix.export(target)),
    }
    done, export = exports[what]
    with qtbot.waitSignal(done):
        export()
    words = words_in(target)
    assert SECRET not in words
    assert "coded by Wren" not in words
    if what != "comparison":
        assert THEIRS not in words
    assert ("coding blind: Oda" if what == "passages" else "only what Oda coded is in it") in words


def words_in(path: Path) -> str:
    """The words of a file that was exported, also of one that is zipped."""
    if path.suffix in (".docx", ".xlsx"):
        with ZipFile(path) as packed:
            return " ".join(packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml"))
    return path.read_text(encoding="utf-8")


def test_codes_of_others_are_not_said_at_the_cursor_while_blind(
    qtbot: QtBot, main_window: Window, project: OpenedProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def hear(event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            said.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    surface = project.read.surface
    surface.go_to(surface.offsets.size - 1)
    said.clear()
    surface.go_to(2)
    assert THEIRS in " ".join(said)
    go_blind(qtbot, main_window, project)
    surface.go_to(surface.offsets.size - 1)
    said.clear()
    surface.go_to(2)
    assert THEIRS not in " ".join(said)


def test_what_another_program_codes_is_not_seen_nor_told_while_blind(
    qtbot: QtBot, small_path: Path, main_window: Window, said_at_the_foot: list[str]
) -> None:
    with open_project(small_path, Mode.WRITE) as other:
        project = open_in(qtbot, main_window, small_path)
        assert not project.sitting.bus.may_write
        be(project.sitting, "Oda")
        settle(qtbot, project.sitting)
        show_plenary(qtbot, project)
        project.sitting.set_blind(blind=True)
        settle(qtbot, project.sitting)
        before = {mark.id for mark in project.read.surface.index}
        add_code(other, name=THEIRS, kind=CodeKind.CODE)
        add_coding(other, source="Plenary, Wren", start=0, end=5, code=THEIRS, coder="Wren")
        add_memo(other, title=SECRET, text=SECRET, author="Wren", about=("code", THEIRS))
        qtbot.waitUntil(lambda: any(one.name == THEIRS for one in project.read.codebook.codes), timeout=10_000)
        settle(qtbot, project.sitting)
        assert {mark.id for mark in project.read.surface.index} == before
        assert {one.name: one.codings for one in project.read.codebook.codes}[THEIRS] == 0
        assert not any("coding" in one or "Wren" in one for one in said_at_the_foot)
