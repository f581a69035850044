"""Tells what a running program shows to screen readers (AT-SPI): what is there, and where the letters of a text are.

    python3 -m tests.gui.at_spi_eye

It answers each line of its input, a question in JSON, by a line of JSON. It needs the system's Python with its python3-gi, and the
session bus of the program; nothing of Polyvocal.
The question {"name": N, "role": R, "letters": [...]} is answered by {"focused", "chosen", "words", "caret", "selected", "letters"} of
the first thing that is shown under that name in that role: whether the keys go to it, whether it is the chosen one of a list, the
first 200 characters of its text, the offset of the cursor, the ends of the selection or null, and the rectangle
[x, y, width, height] on the screen of each letter that is asked for. The answer is null where there is no such thing. Offsets count as
the program that shows the text does, which is in UTF-16.
"""

import json
import sys
from typing import Any

from gi.repository import GLib  # type: ignore[import-not-found,import-untyped,unused-ignore]

from tests.gui.at_spi_reader import ACCESSIBLE, SHOWING, Tree, bus_of_accessibility

TEXT = "org.a11y.atspi.Text"
FOCUSED, SELECTED = 12, 23
"""The numbers of states (AtspiStateType)."""
ON_SCREEN = 0
"""The rectangles of letters are counted from the corner of the screen (AtspiCoordType)."""


class Eye(Tree):
    """Looks for one thing at a time."""

    def find(self, at: tuple[str, str], name: str, role: str) -> tuple[tuple[str, str], int] | None:
        """Where a thing is that is shown, and its states as bits; or None."""
        for child in self.call(at, ACCESSIBLE, "GetChildren"):
            one = (child[0], child[1])
            low, high = self.call(one, ACCESSIBLE, "GetState")
            states = low | high << 32
            if not states >> SHOWING & 1:
                continue
            if self.name(one).startswith(name) and self.call(one, ACCESSIBLE, "GetRoleName") == role:
                return one, states
            deeper = self.find(one, name, role)
            if deeper is not None:
                return deeper
        return None

    def see(self, asked: dict[str, Any]) -> dict[str, Any] | None:
        """What is to be seen of the thing that is asked for."""
        for program in self.programs():
            for window in self.call(program, ACCESSIBLE, "GetChildren"):
                found = self.find((window[0], window[1]), asked["name"], asked["role"])
                if found is not None:
                    return self._told(*found, asked.get("letters", ()))
        return None

    def _told(self, at: tuple[str, str], states: int, letters: list[int]) -> dict[str, Any]:
        told: dict[str, Any] = {"focused": bool(states >> FOCUSED & 1), "chosen": bool(states >> SELECTED & 1)}
        try:
            told["words"] = self.call(at, TEXT, "GetText", GLib.Variant("(ii)", (0, 200)))
            told["caret"] = self.property(at, "CaretOffset", TEXT)
            count = self.call(at, TEXT, "GetNSelections")
            told["selected"] = self.answer(at, TEXT, "GetSelection", GLib.Variant("(i)", (0,))) if count else None
        except GLib.Error:
            return told
        ask = [GLib.Variant("(iu)", (one, ON_SCREEN)) for one in letters]
        told["letters"] = [self.answer(at, TEXT, "GetCharacterExtents", one) for one in ask]
        return told


def main() -> None:
    """Answer until the input ends."""
    eye = Eye(bus_of_accessibility())
    for line in sys.stdin:
        try:
            answer = eye.see(json.loads(line))
        except GLib.Error:  # it is being made, or going, just now
            answer = None
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
