"""What the program remembers of a person's ways on this machine: one schema, with type, default and meaning.

Kept in `window.ini` in the program's state folder; nothing of a project's content is in it but the paths of the
projects that were open.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Generic, TypeVar, cast

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from polyvocal.store.register import state_folder

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One setting. `choices` are the values that it can have, where these are few, and `words` how they are called.

    What has a `title` is offered to the person, under its `section`; the rest the program remembers by itself.
    """

    key: str
    default: T
    meaning: str
    choices: tuple[T, ...] = ()
    title: str = ""
    section: str = ""
    words: tuple[str, ...] = ()


LOOKS, READING, STARTING = "How it looks", "Reading and coding", "Starting"

THEME = Setting(
    "appearance/theme",
    "system",
    "Light, dark, or as the system is.",
    ("system", "light", "dark"),
    title="Light and dark",
    section=LOOKS,
    words=("As the system is", "Light", "Dark"),
)
TEXT_SIZE = Setting(
    "appearance/text-size",
    12,
    "Of the text that is read, in points; all other words grow and shrink with it, up to twice their size.",
    tuple(range(7, 41)),
    title="Text size",
    section=LOOKS,
)
READING_FONT = Setting(
    "appearance/reading-font",
    "",
    "Of the text that is read. Letters that it does not have are taken from others.",
    title="Font of the text",
    section=LOOKS,
)
LINE_WIDTH = Setting(
    "reading/line-width",
    44,
    "The longest line of the text, in widths of an m; what is left of the window is for the codings beside it.",
    (32, 44, 60, 0),
    title="Length of lines",
    section=READING,
    words=("Short", "Usual", "Long", "As long as there is room"),
)
PARAGRAPH_NUMBERS = Setting(
    "reading/paragraph-numbers",
    True,
    "Each paragraph of the text has its number at the left, as it is cited.",
    title="Number the paragraphs",
    section=READING,
)
SPEAK = Setting(
    "reading/speak-codes",
    True,
    "A screen reader says which codes lie at the cursor when you come to others.",
    title="Say the codes at the cursor",
    section=READING,
)
RESUME = Setting(
    "start/resume",
    True,
    "The project that was open when the window was closed is opened at the next start. A project is shown where you "
    "left it either way.",
    title="Go on with the last project",
    section=STARTING,
)
RECENT: Setting[list[str]] = Setting(
    "projects/recent", [], "the paths of the projects that were open, the latest first"
)
OPEN = Setting("projects/open", "", "the path of the project that was open when the window was closed")
LEFT: Setting[list[str]] = Setting(
    "projects/left", [], "of each recent project its path, title, when it was open, and how it was left; as JSON"
)
CODER = Setting("projects/coder", "", "the name under which this person coded last, as a first suggestion")
BLIND: Setting[list[str]] = Setting("projects/blind", [], "the ids of the coders who code blind at this machine")
FOLDER = Setting("projects/folder", "", "the folder in which a file was last chosen")
GEOMETRY = Setting("window/geometry", QByteArray(), "where the window stood, and how large it was")
KEYS: Setting[list[str]] = Setting(
    "keys/changed", [], "the actions whose keys a person changed: name=keys, several with ' or ' between them"
)
PINNED: Setting[list[str]] = Setting(
    "codes/pinned", [], "the codes that are pinned to the keys 1 to 9: project:number=code"
)
GUIDE = Setting("guide/state", "", "whether the first steps are shown on the sample", ("", "shown", "left"))
GUIDE_DONE: Setting[list[str]] = Setting("guide/done", [], "the first steps that were done")
USED: Setting[list[str]] = Setting("palette/used", [], "what was taken from the command palette, the last first")
SPLITS = Setting("window/splits", QByteArray(), "how the panels of the Read view were divided")

SETTINGS: tuple[Setting[object], ...] = cast(
    "tuple[Setting[object], ...]",
    (
        THEME,
        TEXT_SIZE,
        READING_FONT,
        LINE_WIDTH,
        PARAGRAPH_NUMBERS,
        SPEAK,
        RESUME,
        RECENT,
        OPEN,
        LEFT,
        CODER,
        BLIND,
        FOLDER,
        GEOMETRY,
        KEYS,
        GUIDE,
        GUIDE_DONE,
        USED,
        PINNED,
        SPLITS,
    ),
)
"""Every setting there is."""

RECENT_KEPT = 10


class Settings(QObject):
    """Reads and keeps settings. One that cannot be read, or holds a value that it cannot have, is at its default."""

    changed = Signal(object)
    """The Setting that has another value now."""

    def __init__(self, path: Path | None = None) -> None:
        """Those of the person, or others that are kept in a file of their own."""
        super().__init__()
        self._store = QSettings(str(path or state_folder() / "window.ini"), QSettings.Format.IniFormat)

    def __getitem__(self, setting: Setting[T]) -> T:
        value = self._store.value(setting.key)
        if value is None:
            return setting.default
        try:
            if isinstance(setting.default, bool):
                value = {"true": True, "false": False}[str(value).lower()]
            elif isinstance(setting.default, int):
                value = int(cast("str", value))
            elif isinstance(setting.default, list):
                value = [value] if isinstance(value, str) else [str(one) for one in cast("list[object]", value)]
        except (KeyError, TypeError, ValueError):
            return setting.default
        if not isinstance(value, type(setting.default)) or (setting.choices and value not in setting.choices):
            return setting.default
        return value

    def __setitem__(self, setting: Setting[T], value: T) -> None:
        self._store.setValue(setting.key, value)
        self.changed.emit(setting)

    # --- the projects that were open -----------------------------------------------------------------------------

    def _kept(self) -> dict[str, dict[str, str]]:
        kept = {}
        for line in self[LEFT]:
            try:
                one = json.loads(line)
                kept[str(one["path"])] = {name: str(one.get(name, "")) for name in ("path", "title", "at", "left")}
            except (ValueError, TypeError, KeyError, AttributeError):
                continue
        return kept

    def left(self, path: Path) -> str:
        """How a project was left, as it was kept; empty where it was not."""
        return self._kept().get(str(path), {}).get("left", "")

    def title(self, path: str) -> str:
        """The title that a project had when it was open last; empty where that is not known."""
        return self._kept().get(path, {}).get("title", "")

    def opened_at(self, path: str) -> str:
        """When a project was open last, as ISO 8601; empty where that is not known."""
        return self._kept().get(path, {}).get("at", "")

    def remember_left(self, path: Path, title: str, left: str) -> None:
        """Keep of a project how it was left; of those that are not among the recent ones, nothing."""
        at = datetime.now().astimezone().isoformat(timespec="seconds")
        kept = self._kept() | {str(path): {"path": str(path), "title": title, "at": at, "left": left}}
        recent = self[RECENT]
        self[LEFT] = [json.dumps(one) for name, one in kept.items() if name in recent]

    def remember_project(self, path: Path) -> None:
        """Put a project first among the recent ones."""
        others = [one for one in self[RECENT] if one != str(path)]
        self[RECENT] = [str(path), *others][:RECENT_KEPT]

    def forget_project(self, path: str) -> None:
        """Take a project out of the recent ones; the file itself is not touched."""
        self[RECENT] = [one for one in self[RECENT] if one != path]
        self[LEFT] = [json.dumps(one) for name, one in self._kept().items() if name != path]
