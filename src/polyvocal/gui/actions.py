"""What can be done in the window: each action with its name, its words and its keys, which a person can change."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from polyvocal.gui.acts import CORRECTING, LATE, OF_THE_TEXT, OWN_WINDOW, READING, SECTIONS, Act, as_here
from polyvocal.gui.settings import KEYS, Settings


class Action(NamedTuple):
    """An action that is there now; `place` is the part of the window in which its keys work, None everywhere."""

    act: Act
    done: QAction
    place: QWidget | None

    @property
    def keys(self) -> tuple[str, ...]:
        """Its keys as they are now."""
        return tuple(one.toString() for one in self.done.shortcuts())


class _Follower(NamedTuple):
    """What tells of the keys of some actions, until its owner is gone."""

    owner: QObject
    say: Callable[[], object]
    names: tuple[str, ...]


class Actions(QObject):
    """Every action of the window, in the order in which they were made. One that is gone is forgotten."""

    changed = Signal()
    """Some action has other keys."""

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._actions: list[Action] = []
        self._followers: list[_Follower] = []

    def add(self, act: Act, slot: Callable[[], object], *, owner: QWidget, place: QWidget | None = None) -> QAction:
        """Make an action that lives as long as `owner`, and whose keys work in `place` and what is in it."""
        act = as_here(act)
        made = QAction(act.text, owner)
        made.setShortcuts([QKeySequence(one) for one in self.keys_of(act)])
        if place is not None:
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.triggered.connect(lambda _checked=False: slot())
        (place or owner).addAction(made)
        self._actions.append(Action(act, made, place))
        self._tell_of(act.name)
        return made

    def __iter__(self) -> Iterator[Action]:
        """Those that are there."""
        self._actions = [one for one in self._actions if shiboken6.isValid(one.done)]
        return iter(self._actions)

    def possible(self) -> Iterator[Action]:
        """Those that can be done now: they are enabled, and the part of the window that they are for is seen."""
        return (one for one in self if one.done.isEnabled() and (one.place is None or one.place.isVisible()))

    # --- keys ----------------------------------------------------------------------------------------------------

    def _chosen(self) -> dict[str, tuple[str, ...]]:
        """The keys that a person chose, by the name of the action."""
        pairs = (line.partition("=") for line in self._settings[KEYS])
        return {name: tuple(keys.split(" or ")) if keys else () for name, _, keys in pairs}

    def known(self) -> list[Act]:
        """All that can be done, also where its part of the window is not made yet; section by section."""
        acts = {one.act.name: one.act for one in self} | {one.name: as_here(one) for one in LATE}
        return sorted(acts.values(), key=lambda one: SECTIONS.index(one.section))

    def keys_of(self, act: Act) -> tuple[str, ...]:
        """The keys of an act as they are now."""
        return self._chosen().get(act.name, act.keys)

    def _key(self, name: str) -> str:
        act = next((one for one in self.known() if one.name == name), None)
        if act is None:
            return ""
        keys = self.keys_of(act)
        return shown_keys(keys)[0] if keys else f"“{act.text}”"

    def set_keys(self, act: Act, keys: tuple[str, ...]) -> None:
        """Give an action other keys, now and at the next start."""
        self._keep(self._chosen() | {act.name: keys})

    def take_keys(self, keys: str, before: Act, act: Act, *, adds: bool) -> None:
        """Let keys mean an act that meant another one before; beside the keys that it has, or instead of them."""
        left = tuple(one for one in self.keys_of(before) if one != keys)
        held = self.keys_of(act) if adds else ()
        self._keep(self._chosen() | {before.name: left, act.name: (*held, keys)})

    def set_all_to_default(self) -> None:
        """Give every action the keys that it had at first."""
        self._keep({})

    def _keep(self, chosen: dict[str, tuple[str, ...]]) -> None:
        known = {one.name: one for one in self.known()}
        chosen = {name: keys for name, keys in chosen.items() if name not in known or keys != known[name].keys}
        self._settings[KEYS] = [f"{name}={' or '.join(one)}" for name, one in chosen.items()]
        for action in self:
            keys = chosen.get(action.act.name, action.act.keys)
            if keys != action.keys:
                action.done.setShortcuts([QKeySequence(one) for one in keys])
        self._tell_of(None)
        self.changed.emit()

    def who_has(self, keys: str, act: Act) -> Act | None:
        """Another act that would be meant by the same keys at the same place, or None."""
        places: dict[str, list[QWidget | None]] = {}
        for one in self:
            places.setdefault(one.act.name, []).append(one.place)
        here = places.get(act.name)
        for other in self.known():
            if other.name == act.name or keys not in self.keys_of(other):
                continue
            there = places.get(other.name)
            if _are_apart(act, other):
                continue
            if here is None or there is None:  # not made yet: it is told by the section
                everywhere = None in (here or ()) or None in (there or ())
                meet = everywhere or _view_of(other) == _view_of(act)
            else:
                meet = any(_meet(one, another) for one in here for another in there)
            if meet:
                return other
        return None

    # --- what is told of keys ------------------------------------------------------------------------------------

    def follow(self, owner: QObject, say: Callable[[], object], *names: str) -> None:
        """Do what tells of the keys of some actions: now, when these are made, and whenever keys were changed."""
        self._followers.append(_Follower(owner, say, names))
        say()

    def _tell_of(self, name: str | None) -> None:
        self._followers = [one for one in self._followers if shiboken6.isValid(one.owner)]
        for one in self._followers:
            if name is None or name in one.names:
                one.say()

    def with_keys(self, words: str, *names: str) -> str:
        """Words in which each %s stands for the first key of an action, or for its name in the menu."""
        return words % tuple(map(self._key, names))

    def explain(self, widget: QWidget, name: str, words: str) -> None:
        """Let the tooltip of a widget be some words and the keys of an action, as they are at the time."""

        def say() -> None:
            keys = next((shown_keys(one.keys) for one in self if one.act.name == name), ())
            widget.setToolTip(f"{words} ({', '.join(keys)})" if keys else words)

        self.follow(widget, say, name)


def _are_apart(act: Act, other: Act) -> bool:
    """No keys of a window reach another one; and while a text is corrected, nothing else is done in its view."""
    sections = {act.section, other.section}
    return len(sections) == 2 and bool(sections & OWN_WINDOW or (CORRECTING in sections and sections & OF_THE_TEXT))


def _view_of(act: Act) -> str:
    """What tells in which view an act is done."""
    return READING if act.section in OF_THE_TEXT else act.section


def shown_keys(keys: Iterable[str]) -> tuple[str, ...]:
    """Keys as this system writes them, and as they are written on most keyboards."""
    return tuple(map(_shown, keys))


_ON_KEYBOARDS = {"Return": "Enter", "Del": "Delete", "Ins": "Insert"}


def _shown(keys: str) -> str:
    *held, last = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText).rpartition("+")
    return "".join((*held, _ON_KEYBOARDS.get(last, last)))


def _meet(one: QWidget | None, other: QWidget | None) -> bool:
    """Whether there is a place where the keys of both work."""
    return one is None or other is None or one is other or one.isAncestorOf(other) or other.isAncestorOf(one)
