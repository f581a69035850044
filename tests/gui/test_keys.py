"""Every action's keys are listed and can be changed; what tells of keys follows, and no two actions share them."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTreeWidgetItem, QWidget
from pytestqt.qtbot import QtBot

from polyvocal.gui.actions import Actions
from polyvocal.gui.acts import LATE, VIEW, Act
from polyvocal.gui.dialogs.drafts import DraftsDialog
from polyvocal.gui.dialogs.keys import KeysDialog
from polyvocal.gui.dialogs.versions import VersionsDialog
from polyvocal.gui.key_field import KeyField
from polyvocal.gui.key_list import FIXED, as_markdown
from polyvocal.gui.opening import OpenedProject
from polyvocal.gui.settings import KEYS, Settings
from polyvocal.gui.window import Window

ROOT = Path(__file__).parents[2]
Listed = Callable[[], KeysDialog]
ANY, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def on() -> str:
    """The system as which it starts; tests give another one."""
    return sys.platform


@pytest.fixture
def settings(isolated_state: Path, monkeypatch: pytest.MonkeyPatch, on: str) -> Settings:
    """Settings at their defaults, as they are on a system."""
    monkeypatch.setattr("polyvocal.gui.acts.sys", SimpleNamespace(platform=on))
    return Settings()


@pytest.fixture
def listed(main_window: Window, main_project: OpenedProject) -> Listed:
    """Opens the list of keys in the window, on a project."""

    def show() -> KeysDialog:
        main_window.menus.keys.trigger()
        return next(one for one in main_window.findChildren(KeysDialog) if one.isVisible())

    return show


def shown(item: QTreeWidgetItem) -> tuple[str, str]:
    return item.text(0), item.text(1)


def record(qtbot: QtBot, dialog: KeysDialog, name: str) -> KeyField:
    """Choose an action, and press Change."""
    dialog.list.setCurrentItem(dialog.item_of(name))
    dialog.change.click()
    field = dialog.list.itemWidget(dialog.item_of(name), 1)
    assert isinstance(field, KeyField)
    return field


def action(window: Window, name: str) -> tuple[str, ...]:
    return next(one.keys for one in window.all_actions if one.act.name == name)


# --- the list --------------------------------------------------------------------------------------------------------


def test_everything_that_can_be_done_is_listed_once(listed: Listed, main_window: Window) -> None:
    dialog = listed()
    there = [act.name for item in dialog._items() if (act := dialog.act_of(item)) is not None]
    assert len(there) == len(set(there))
    assert {one.act.name for one in main_window.all_actions} | {one.name for one in LATE} == set(there)
    texts = {item.text(0) for item in dialog._items()}
    assert {one.text for one in FIXED} <= texts


def test_part_of_the_window_that_was_not_made_yet_is_listed(listed: Listed, main_project: OpenedProject) -> None:
    assert len(main_project.views) == 1
    assert shown(listed().item_of("correct.save")) == ("Save the correction as a new version…", "Ctrl+S")


@pytest.mark.parametrize(
    ("typed", "found"), [("stance", "read.stance"), ("ctrl+t", "read.stance"), ("F1", "view.keys")]
)
def test_action_is_found_by_its_name_and_by_its_keys(listed: Listed, typed: str, found: str) -> None:
    dialog = listed()
    dialog.filter.setText(typed)
    seen = [item for item in dialog._items() if not item.isHidden()]
    assert dialog.item_of(found) in seen
    assert len(seen) < 6
    assert dialog.list.currentItem() in seen


# --- other keys ------------------------------------------------------------------------------------------------------


def test_keys_that_are_pressed_are_in_force_at_once_and_at_the_next_start(
    qtbot: QtBot, listed: Listed, main_window: Window, settings: Settings
) -> None:
    dialog = listed()
    qtbot.keyClick(record(qtbot, dialog, "read.next"), Qt.Key.Key_G, CTRL)
    assert action(main_window, "read.next") == ("Ctrl+G",)
    assert shown(dialog.item_of("read.next"))[1] == "Ctrl+G  (changed)"
    assert Settings()[KEYS] == ["read.next=Ctrl+G"]
    other = Actions(Settings())
    made = other.add(Act("read.next", "", "", ("Alt+Down",)), lambda: None, owner=main_window)
    assert [one.toString() for one in made.shortcuts()] == ["Ctrl+G"]
    made.deleteLater()


def test_keys_of_what_is_not_made_yet_can_be_changed(
    qtbot: QtBot, listed: Listed, main_window: Window, main_project: OpenedProject
) -> None:
    dialog = listed()
    qtbot.keyClick(record(qtbot, dialog, "compare.copy"), Qt.Key.Key_F8)
    assert main_project.compare.matrix.filters.copy.toolTip().endswith("(F8)")
    assert action(main_window, "compare.copy") == ("F8",)


def test_keys_of_a_window_that_is_opened_later_are_those_that_were_chosen(
    qtbot: QtBot, listed: Listed, main_window: Window, main_project: OpenedProject
) -> None:
    dialog = listed()
    qtbot.keyClick(record(qtbot, dialog, "versions.next"), Qt.Key.Key_F8)
    qtbot.keyClick(record(qtbot, dialog, "memos.about"), Qt.Key.Key_F9)
    qtbot.keyClick(record(qtbot, dialog, "drafts.save"), Qt.Key.Key_F7)
    dialog.reject()
    main_window.show_view(main_project.memos)
    assert main_project.memos.go.toolTip() == "Show what it is about (F9)"
    main_window.menus.drafts.trigger()
    assert action(main_window, "drafts.save") == ("F7",)
    (drafts,) = main_window.findChildren(DraftsDialog)
    drafts.reject()
    main_window.show_view(main_project.read)
    main_project.read.acts.versions.trigger()
    (versions,) = main_window.findChildren(VersionsDialog)
    assert versions.next.toolTip() == "Next difference (F8)"
    versions.reject()


def test_list_is_copied_to_be_printed_with_the_keys_that_are_in_force(
    qtbot: QtBot, listed: Listed, main_window: Window
) -> None:
    dialog = listed()
    qtbot.keyClick(record(qtbot, dialog, "read.next"), Qt.Key.Key_F7)
    dialog.copy.click()
    copied = QApplication.clipboard().text()
    assert "| F7 | Next coding |" in copied
    assert "## The chosen coding\n" in copied


def test_keys_can_be_added_and_taken_away(qtbot: QtBot, listed: Listed, main_window: Window) -> None:
    dialog = listed()
    dialog.list.setCurrentItem(dialog.item_of("read.next"))
    dialog.add.click()
    field = dialog.list.itemWidget(dialog.item_of("read.next"), 1)
    assert isinstance(field, KeyField)
    qtbot.keyClick(field, Qt.Key.Key_F7)
    assert action(main_window, "read.next") == ("Alt+Down", "F7")
    dialog.remove.click()
    assert action(main_window, "read.next") == ()
    assert shown(dialog.item_of("read.next"))[1] == "none  (changed)"


def test_escape_leaves_the_keys_as_they_were_and_the_list_open(
    qtbot: QtBot, listed: Listed, main_window: Window
) -> None:
    dialog = listed()
    qtbot.keyClick(record(qtbot, dialog, "read.next"), Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.list.itemWidget(dialog.item_of("read.next"), 1) is None
    assert action(main_window, "read.next") == ("Alt+Down",)


@pytest.mark.parametrize(
    ("key", "held", "said"),
    [
        (Qt.Key.Key_J, ANY, "J is for typing."),
        (Qt.Key.Key_J, SHIFT, "Shift+J is for typing."),
        (Qt.Key.Key_Return, ANY, "Return is needed in lists and texts."),
        (Qt.Key.Key_Down, SHIFT, "Shift+Down is needed in lists and texts."),
        (Qt.Key.Key_C, CTRL, "Ctrl+C means the same in every text."),
    ],
)
def test_keys_that_lists_and_texts_need_are_refused_with_the_way_out(
    qtbot: QtBot, listed: Listed, main_window: Window, key: Qt.Key, held: Qt.KeyboardModifier, said: str
) -> None:
    dialog = listed()
    field = record(qtbot, dialog, "read.next")
    qtbot.keyClick(field, key, held)
    assert dialog.told.text().startswith(said)
    qtbot.keyClick(field, Qt.Key.Key_F7)
    assert action(main_window, "read.next") == ("F7",)


def test_shift_alone_waits_for_more(qtbot: QtBot, listed: Listed, main_window: Window) -> None:
    dialog = listed()
    field = record(qtbot, dialog, "read.next")
    qtbot.keyClick(field, Qt.Key.Key_Shift)
    assert field.isVisible()
    assert action(main_window, "read.next") == ("Alt+Down",)


# --- two that would mean the same ------------------------------------------------------------------------------------


def test_conflict_is_told_by_name_and_nothing_is_changed_before_it_is_decided(
    qtbot: QtBot, listed: Listed, main_window: Window
) -> None:
    dialog = listed()
    qtbot.keyClick(record(qtbot, dialog, "read.next"), Qt.Key.Key_R, CTRL)
    assert dialog.conflict.isVisible()
    assert dialog.conflict_words.text() == "Ctrl+R does “I have read to here” already."
    assert action(main_window, "read.next") == ("Alt+Down",)
    dialog.again.click()
    assert not dialog.conflict.isVisible()
    assert isinstance(dialog.list.itemWidget(dialog.item_of("read.next"), 1), KeyField)


def test_keys_are_taken_from_the_other_action(qtbot: QtBot, listed: Listed, main_window: Window) -> None:
    dialog = listed()
    qtbot.keyClick(record(qtbot, dialog, "read.next"), Qt.Key.Key_R, CTRL)
    dialog.take_over.click()
    assert action(main_window, "read.next") == ("Ctrl+R",)
    assert action(main_window, "read.read") == ()
    dialog.list.setCurrentItem(dialog.item_of("read.read"))
    dialog.default.click()
    assert dialog.told.text() == "Ctrl+R does “Next coding” now. Give that one other keys first."
    dialog.all_default.click()
    assert action(main_window, "read.next") == ("Alt+Down",)
    assert action(main_window, "read.read") == ("Ctrl+R",)
    assert Settings()[KEYS] == []


@pytest.mark.parametrize(
    ("name", "keys", "other"),
    [
        ("read.next", "Ctrl+Q", "project.quit"),  # everywhere and in a view
        ("project.quit", "Alt+Down", "read.next"),
        ("read.next", "Delete", "read.remove"),  # in the view, and in the text in it
        ("versions.next", "Ctrl+F", None),  # it is done in a window of its own
        ("versions.next", "Shift+F3", "versions.previous"),
        ("codebook.up", "Ctrl+M", "codebook.merge"),
        ("memos.new", "Alt+Down", None),  # they are of two views
        ("correct.next", "Shift+F3", "correct.previous"),  # neither is made yet
        ("view.keys", "Ctrl+H", "correct.find"),  # one is made, and is everywhere
        ("read.next", "Ctrl+H", None),  # while a text is corrected, nothing else is done there
        ("read.next", "F7", None),
    ],
)
def test_other_action_is_found_where_the_keys_of_both_would_work(
    main_window: Window, main_project: OpenedProject, name: str, keys: str, other: str | None
) -> None:
    actions = main_window.all_actions
    act = next(one for one in actions.known() if one.name == name)
    found = actions.who_has(keys, act)
    assert (found.name if found else None) == other


@pytest.mark.parametrize(
    ("on", "taken"),
    [("linux", ("Ctrl+Shift+U",)), ("darwin", ("Ctrl+H", "Ctrl+Alt+H", "Ctrl+M")), ("win32", ("Alt+F4",))],
)
def test_no_two_actions_and_no_action_and_the_system_have_the_same_keys_at_first(
    main_window: Window, main_project: OpenedProject, on: str, taken: tuple[str, ...]
) -> None:
    actions = main_window.all_actions
    for number in range(len(main_project.view_names)):
        main_project.view(number)
    for act in actions.known():
        assert not set(act.keys) & set(taken), act.name
        for keys in act.keys:
            assert actions.who_has(keys, act) is None, (act.name, keys)


@pytest.mark.skipif(sys.platform == "darwin", reason="docs/KEYS.md names keys as they are named elsewhere")
def test_keys_of_the_documentation_are_the_keys_at_first(main_window: Window, main_project: OpenedProject) -> None:
    written = (ROOT / "docs" / "KEYS.md").read_text("utf-8")
    assert written == as_markdown(main_window.all_actions)


# --- what tells of keys ----------------------------------------------------------------------------------------------


def test_tooltips_and_hints_name_the_keys_that_are_in_force(main_window: Window, main_project: OpenedProject) -> None:
    read, actions = main_project.read, main_window.all_actions
    acts = {one.name: one for one in actions.known()}
    assert read.head.here.toolTip() == "Note that you have read up to the cursor (Ctrl+R)"
    actions.set_keys(acts["read.read"], ("F7",))
    actions.set_keys(acts["read.next"], ("Ctrl+G", "F8"))
    actions.set_keys(acts["read.previous"], ())
    actions.set_keys(acts["project.import"], ("F9",))
    assert read.head.here.toolTip() == "Note that you have read up to the cursor (F7)"
    assert "step through them with Ctrl+G and “Previous coding”" in read.here.details.about.text()
    assert "import files with F9" in read.occasions.empty.text()
    actions.set_keys(acts["read.read"], ())
    assert read.head.here.toolTip() == "Note that you have read up to the cursor"
    assert main_window.frame.view_buttons[0].toolTip() == "Setting (Ctrl+1)"


def test_what_told_of_keys_and_is_gone_is_forgotten(settings: Settings, window: QWidget) -> None:
    actions = Actions(settings)
    act = Act("a.b", VIEW, "B", ("F7",))
    actions.add(act, lambda: None, owner=window)
    button = QWidget(window)
    actions.explain(button, "a.b", "Do it")
    assert button.toolTip() == "Do it (F7)"
    button.deleteLater()
    QApplication.sendPostedEvents(button, 52)  # deferred deletion
    actions.set_keys(act, ("F8",))
    assert actions._followers == []
