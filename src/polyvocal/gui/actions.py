"""What can be done in the window: each action with its name, its words and its keys, which a person can change."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from polyvocal.gui.settings import KEYS, Settings


class Act(NamedTuple):
    """What is said of an action once: `name` never changes, since changed keys are kept under it."""

    name: str
    section: str
    """The heading under which it is listed."""
    text: str
    keys: tuple[str, ...] = ()
    """The keys that it has until a person chooses others."""


class Action(NamedTuple):
    """An action that is there now; `place` is the part of the window in which its keys work, None everywhere."""

    act: Act
    done: QAction
    place: QWidget | None

    @property
    def keys(self) -> tuple[str, ...]:
        """Its keys as they are now."""
        return tuple(one.toString() for one in self.done.shortcuts())

    @property
    def shown_keys(self) -> tuple[str, ...]:
        """Its keys as this system writes them."""
        return tuple(one.toString(QKeySequence.SequenceFormat.NativeText) for one in self.done.shortcuts())


class _Explained(NamedTuple):
    """A widget whose tooltip names the keys of an action."""

    widget: QWidget
    name: str
    words: str


class Actions(QObject):
    """Every action of the window, in the order in which they were made. One that is gone is forgotten."""

    changed = Signal()
    """Some action has other keys."""

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._actions: list[Action] = []
        self._explained: list[_Explained] = []

    def add(self, act: Act, slot: Callable[[], object], *, owner: QWidget, place: QWidget | None = None) -> QAction:
        """Make an action that lives as long as `owner`, and whose keys work in `place` and what is in it."""
        made = QAction(act.text, owner)
        made.setShortcuts([QKeySequence(one) for one in self._chosen().get(act.name, act.keys)])
        if place is not None:
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.triggered.connect(lambda _checked=False: slot())
        (place or owner).addAction(made)
        self._actions.append(Action(act, made, place))
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

    def set_keys(self, act: Act, keys: tuple[str, ...]) -> None:
        """Give an action other keys, now and at the next start."""
        chosen = self._chosen()
        chosen.pop(act.name, None)
        if keys != act.keys:
            chosen[act.name] = keys
        self._settings[KEYS] = [f"{name}={' or '.join(one)}" for name, one in chosen.items()]
        for action in self:
            if action.act.name == act.name:
                action.done.setShortcuts([QKeySequence(one) for one in keys])
        self._explain()
        self.changed.emit()

    def explain(self, widget: QWidget, name: str, words: str) -> None:
        """Let the tooltip of a widget be some words and the keys of an action, also when these are changed."""
        self._explained.append(_Explained(widget, name, words))
        self._explain()

    def _explain(self) -> None:
        self._explained = [one for one in self._explained if shiboken6.isValid(one.widget)]
        keys = {one.act.name: one.shown_keys for one in self}
        for one in self._explained:
            of_it = ", ".join(keys.get(one.name, ()))
            one.widget.setToolTip(f"{one.words} ({of_it})" if of_it else one.words)

    def who_has(self, keys: str, act: Act) -> Act | None:
        """Another action that would be meant by the same keys at the same place, or None."""
        places = [one.place for one in self if one.act.name == act.name]
        for other in self:
            if other.act.name != act.name and keys in other.keys and any(_meet(other.place, one) for one in places):
                return other.act
        return None


def _meet(one: QWidget | None, other: QWidget | None) -> bool:
    """Whether there is a place where the keys of both work."""
    return one is None or other is None or one is other or one.isAncestorOf(other) or other.isAncestorOf(one)
