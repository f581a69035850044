"""The codes that are pinned to the keys 1 to 9, on this machine, for each project."""

from PySide6.QtCore import QObject, Signal

from polyvocal.domain.records import Project
from polyvocal.gui.bus import Bus
from polyvocal.gui.settings import PINNED, Settings

NUMBERS = range(1, 10)
"""The numbers that a code can be pinned to."""


class PinnedCodes(QObject):
    """Which code a number stands for. A code has one number at most, a number one code."""

    changed = Signal()

    def __init__(self, bus: Bus, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._project = bus.read(lambda view: view.all(Project)[0].uuid)
        self._codes: dict[int, int] = {}
        for line in self._settings[PINNED]:
            project, _, rest = line.partition(":")
            number, _, code = rest.partition("=")
            if project == self._project and number.isdigit() and code.isdigit():
                self._codes[int(number)] = int(code)

    def code(self, number: int) -> int | None:
        """The id of the code that a number stands for, or None."""
        return self._codes.get(number)

    @property
    def numbers(self) -> dict[int, int]:
        """The number of each code that is pinned."""
        return {code: number for number, code in self._codes.items()}

    def number(self, code: int) -> int | None:
        """The number that a code is pinned to, or None."""
        return self.numbers.get(code)

    def turn(self, number: int, code: int) -> bool:
        """Pin a code to a number, in place of what was there; or take it off, where it is. Whether it is pinned now."""
        pinned = self._codes.get(number) != code
        self._codes = {one: held for one, held in self._codes.items() if held != code and one != number}
        if pinned:
            self._codes[number] = code
        others = [line for line in self._settings[PINNED] if not line.startswith(f"{self._project}:")]
        self._settings[PINNED] = others + [f"{self._project}:{one}={held}" for one, held in sorted(self._codes.items())]
        self.changed.emit()
        return pinned
