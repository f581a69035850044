"""What the program remembers of a person's ways on this machine: one schema, with type, default and meaning.

Kept in `window.ini` in the program's state folder; nothing of a project's content is in it but the paths of the
projects that were open.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar, cast

from PySide6.QtCore import QByteArray, QSettings

from polyvocal.store.register import state_folder

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One setting. `choices` are the values that it can have, where these are few."""

    key: str
    default: T
    meaning: str
    choices: tuple[T, ...] = ()


THEME = Setting("appearance/theme", "system", "light, dark, or as the system is", ("system", "light", "dark"))
TEXT_SIZE = Setting("appearance/text-size", 12, "size of the text that is read, in points", tuple(range(7, 41)))
RECENT: Setting[list[str]] = Setting(
    "projects/recent", [], "the paths of the projects that were open, the latest first"
)
CODER = Setting("projects/coder", "", "the name under which this person coded last, as a first suggestion")
FOLDER = Setting("projects/folder", "", "the folder in which a file was last chosen")
GEOMETRY = Setting("window/geometry", QByteArray(), "where the window stood, and how large it was")
KEYS: Setting[list[str]] = Setting(
    "keys/changed", [], "the actions whose keys a person changed: name=keys, several with ' or ' between them"
)
LISTS: Setting[list[str]] = Setting(
    "projects/lists", [], "by what the passages of each recent project were chosen, grouped and ordered; as JSON"
)
PINNED: Setting[list[str]] = Setting(
    "codes/pinned", [], "the codes that are pinned to the keys 1 to 9: project:number=code"
)
SPLITS = Setting("window/splits", QByteArray(), "how the panels of the Read view were divided")

SETTINGS: tuple[Setting[object], ...] = cast(
    "tuple[Setting[object], ...]", (THEME, TEXT_SIZE, RECENT, CODER, FOLDER, GEOMETRY, KEYS, LISTS, PINNED, SPLITS)
)
"""Every setting there is."""

RECENT_KEPT = 10


class Settings:
    """Reads and keeps settings. One that cannot be read, or holds a value that it cannot have, is at its default."""

    def __init__(self, path: Path | None = None) -> None:
        """Those of the person, or others that are kept in a file of their own."""
        self._store = QSettings(str(path or state_folder() / "window.ini"), QSettings.Format.IniFormat)

    def __getitem__(self, setting: Setting[T]) -> T:
        value = self._store.value(setting.key)
        if value is None:
            return setting.default
        try:
            if isinstance(setting.default, int):
                value = int(cast("str", value))
            elif isinstance(setting.default, list):
                value = [value] if isinstance(value, str) else [str(one) for one in cast("list[object]", value)]
        except (TypeError, ValueError):
            return setting.default
        if not isinstance(value, type(setting.default)) or (setting.choices and value not in setting.choices):
            return setting.default
        return value

    def __setitem__(self, setting: Setting[T], value: T) -> None:
        self._store.setValue(setting.key, value)

    def remember_project(self, path: Path) -> None:
        """Put a project first among the recent ones."""
        others = [one for one in self[RECENT] if one != str(path)]
        self[RECENT] = [str(path), *others][:RECENT_KEPT]

    def forget_project(self, path: str) -> None:
        """Take a project out of the recent ones; the file itself is not touched."""
        self[RECENT] = [one for one in self[RECENT] if one != path]
