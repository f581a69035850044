"""The main path by real keys and a real mouse, through a restart: what each does is read from the project file.

The program is started as a person starts it, on a display of its own; nothing of it is reached but by its keys, its mouse
and what it shows to a screen reader.
"""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from polyvocal.domain.records import Source
from polyvocal.exchange.sample import write_sample
from polyvocal.services.queries.passages import coded_passages
from polyvocal.services.queries.reading import source_to_read
from polyvocal.store.file import open_project
from tests.gui.real_screen import PATIENCE, TEXT, Screen, missing, own_screen, wait

TITLE, CODER = "My two days, Delphine", "Ines Varga"
WINDOW, WHO = "Listening Wards.* Polyvocal", "Who codes at this computer.*"
Coded = set[tuple[str, int, int]]
"""Codes with the offsets of what was coded, half-open."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The sample project."""
    write_sample(tmp_path / "sample.polyvocal")
    return tmp_path / "sample.polyvocal"


@pytest.fixture
def screen() -> Iterator[Screen]:
    """A display of the test's own, with hands and an eye."""
    with own_screen() as made:
        yield made


def coded(path: Path) -> Coded:
    """What the coder coded of the source, as the file has it."""
    with open_project(path) as file, file.view() as view:
        passages = [one for one in coded_passages(view) if (one.source_title, one.coder) == (TITLE, CODER)]
    return {(one.code, one.start, one.end) for one in passages}


def words_of(path: Path) -> str:
    """The text of the source."""
    with open_project(path) as file, file.view() as view:
        (source,) = view.find(Source, title=TITLE)
        read = source_to_read(view, source.id, None)
    assert read is not None
    return read.text


class Person:
    """Somebody who works on the source, and knows what the file is to say of it."""

    def __init__(self, screen: Screen, path: Path) -> None:
        self._screen, self._path = screen, path
        self.text = words_of(path)
        self.before = coded(path)

    def place(self, code: str, words: str) -> tuple[str, int, int]:
        """The words, coded so."""
        start = self.text.index(words)
        return code, start, start + len(words)

    def finds(self, *expected: tuple[str, int, int]) -> None:
        """The file has what it had at first, and just this more."""
        wanted = self.before | set(expected)
        wait(lambda: coded(self._path) == wanted, lambda: f"{wanted - self.before}, not {coded(self._path)}")

    def opens_the_source(self) -> None:
        """By the command palette; its rows come when they are read, and Enter takes none before."""
        self.comes_back()
        self._screen.wait_for(*TEXT, focused=True)
        self._screen.wait_for("Withholding", "tree item")
        self._screen.press("ctrl+shift+p")
        wait(self._screen.has_popup, lambda: "the palette")
        self._screen.type(TITLE)

        def is_taken() -> bool:
            self._screen.press("Return")
            return not self._screen.has_popup()

        wait(is_taken, lambda: "a source in the palette")
        self.comes_back()
        self.sees_the_source()

    def comes_back(self) -> None:
        """To the window itself."""
        self._screen.focus(WINDOW)

    def sees_the_source(self) -> None:
        """It is there."""
        self._screen.wait_for(*TEXT, words=self.text[:200])

    def goes_to(self, offset: int) -> None:
        """To the beginning of a word, word by word."""
        self._screen.press("ctrl+Home", *["ctrl+Right"] * len(self.text[:offset].split()))
        self._screen.wait_for(*TEXT, caret=offset)

    def selects_by_keys(self, words: str) -> None:
        """Word by word."""
        first = self.text.index(words)
        self.goes_to(first)
        self._screen.press(*["ctrl+shift+Right"] * len(words.split()))
        self._screen.wait_for(*TEXT, selected=[first, first + len(words) + 1])

    def selects_by_mouse(self, words: str) -> None:
        """From the first letter to the last."""
        first = self.text.index(words)
        left, top, _, bottom = self._screen.letter(first)
        *_, right, end = self._screen.letter(first + len(words) - 1)
        self._screen.drag((left + 1, (top + bottom) // 2), (right, end - (bottom - top) // 2))
        self._screen.wait_for(*TEXT, selected=[first, first + len(words)])

    def codes_as(self, typed: str) -> None:
        """What is selected, by the beginning of the name of a code."""
        self._screen.type(typed[0])
        wait(self._screen.has_popup, lambda: "the list of codes")
        self._screen.type(typed[1:])
        self._screen.press("Return")
        wait(lambda: not self._screen.has_popup(), lambda: "the list of codes to go")

    def says_who_codes(self) -> None:
        """Which is asked once."""
        self._screen.focus(WHO)
        self._screen.type(CODER)
        self._screen.wait_for(f"Go on as {CODER}", "push button")
        self._screen.press("Return")
        wait(lambda: not self._screen.windows(WHO), lambda: "the question to go")
        self.comes_back()

    def chooses(self, words: str) -> None:
        """The coding that is on some words, by a click on them."""
        left, top, right, bottom = self._screen.letter(self.text.index(words))
        self._screen.click(((left + right) // 2, (top + bottom) // 2))
        self._screen.wait_for("The chosen coding", "filler")

    def quits(self, program: "subprocess.Popen[bytes]") -> None:
        """And the program ends without a complaint."""
        self._screen.press("ctrl+q")
        assert program.wait(PATIENCE) == 0

    def pulls_the_end(self, old: str, new: str) -> None:
        """Of the chosen coding, by its handle, from the end of some words to the end of others."""
        *_, x, y = self._screen.letter(self.text.index(old) + len(old) - 1)
        _, top, right, bottom = self._screen.letter(self.text.index(new) + len(new) - 1)
        self._screen.drag((x, y + 1), (right - 1, (top + bottom) // 2))


def test_coded_by_keys_and_mouse_undone_and_after_a_restart_done_again(screen: Screen, path: Path) -> None:
    person = Person(screen, path)
    with screen.program(path) as program:
        person.opens_the_source()
        person.selects_by_keys("You asked me to put down")
        person.codes_as("withh")
        person.says_who_codes()
        first = person.place("Withholding", "You asked me to put down")
        person.finds(first)
        person.selects_by_keys("put down what I saw")
        person.codes_as("humour")
        second = person.place("Humour as cover", "put down what I saw")
        person.finds(first, second)
        person.selects_by_mouse("me to put down what")
        person.codes_as("polite")
        third = person.place("Polite assent", "me to put down what")
        person.finds(first, second, third)
        person.chooses("asked")
        screen.press("alt+shift+Right")
        longer = person.place("Withholding", "You asked me to put down what")
        person.finds(longer, second, third)
        person.pulls_the_end("You asked me to put down what", "what was said")
        longest = person.place("Withholding", "You asked me to put down what I saw and what was said")
        person.finds(longest, second, third)
        screen.press("ctrl+z")
        person.finds(longer, second, third)
        person.quits(program)
    person.finds(longer, second, third)
    with screen.program(path) as program:
        person.comes_back()
        person.sees_the_source()
        screen.press("ctrl+shift+z")
        person.finds(longest, second, third)
        for left in ((longer, second, third), (first, second, third), (first, second), (first,), ()):
            screen.press("ctrl+z")
            person.finds(*left)
        screen.press("ctrl+shift+z")
        person.finds(first)
        person.quits(program)


if reason := missing("Xvfb", "dbus-daemon", "xdotool"):
    pytestmark = pytest.mark.skip(reason=reason)
