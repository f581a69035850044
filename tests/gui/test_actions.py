"""Every action of the window: its keys mean one thing at each place, and are kept as a person changes them."""

from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from polyvocal.gui.actions import Actions
from polyvocal.gui.acts import Act
from polyvocal.gui.settings import KEYS, Settings
from polyvocal.gui.window import Window
from tests.gui.window_steps import Opened, opened, window

__all__ = ["opened", "window"]


def test_keys_mean_one_thing_at_each_place(window: Window, opened: Opened, small_path: Path) -> None:
    project = opened(small_path)
    for number in range(len(project.view_names)):
        window.show_number(number)
    for page in range(project.compare.tabs.count()):
        project.compare.tabs.setCurrentIndex(page)
    actions = list(window.all_actions)
    # an act of the list of passages is there once for each list
    assert len({(one.act.name, id(one.place)) for one in actions}) == len(actions) > 60
    twice = {
        (keys, one.act.name, other.name)
        for one in actions
        for keys in one.keys
        if (other := window.all_actions.who_has(keys, one.act)) is not None
    }
    assert twice == set()


def test_changed_keys_are_kept_and_taken_back(qtbot: QtBot, settings: Settings) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    done: list[str] = []
    act = Act("read.code", "Reading", "Code", ("Ctrl+Return", "Ctrl+="))
    made = Actions(settings).add(act, lambda: done.append("coded"), owner=place)
    made.trigger()
    assert done == ["coded"]
    actions = Actions(settings)
    again = actions.add(act, lambda: None, owner=place)
    actions.set_keys(act, ("Ctrl+=", "F9"))
    assert [one.toString() for one in again.shortcuts()] == ["Ctrl+=", "F9"]
    later = Actions(settings).add(act, lambda: None, owner=place)
    assert [one.toString() for one in later.shortcuts()] == ["Ctrl+=", "F9"]
    actions.set_keys(act, ())
    assert Actions(settings).add(act, lambda: None, owner=place).shortcuts() == []
    actions.set_keys(act, act.keys)
    assert settings[KEYS] == []


def test_action_that_is_gone_is_forgotten(qtbot: QtBot, settings: Settings) -> None:
    actions, place = Actions(settings), QWidget()
    actions.add(Act("one", "", "One"), lambda: None, owner=place)
    assert [one.act.name for one in actions] == ["one"]
    place.deleteLater()
    qtbot.waitUntil(lambda: not list(actions))


def test_only_what_can_be_done_now_is_offered(qtbot: QtBot, settings: Settings) -> None:
    actions, window = Actions(settings), QWidget()
    qtbot.addWidget(window)
    inside = QWidget(window)
    actions.add(Act("everywhere", "", "Everywhere"), lambda: None, owner=window)
    actions.add(Act("inside", "", "Inside"), lambda: None, owner=window, place=inside)
    actions.add(Act("off", "", "Off"), lambda: None, owner=window).setEnabled(False)
    assert [one.act.name for one in actions.possible()] == ["everywhere"]
    window.show()
    assert [one.act.name for one in actions.possible()] == ["everywhere", "inside"]
