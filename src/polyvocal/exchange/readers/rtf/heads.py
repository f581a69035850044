"""The tables at the head of a rich text file: fonts, styles, lists, people who revised it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple

from polyvocal.exchange.readers.counting import CountedList, Level
from polyvocal.exchange.readers.named_styles import is_quote, outline_of
from polyvocal.exchange.readers.rtf.charsets import SYMBOLS, codec_of_charset, codec_of_page
from polyvocal.exchange.readers.rtf.destinations import Destination
from polyvocal.exchange.readers.rtf.state import Paragraph, State

_DEFAULT_CHARSET = 1


class Font(NamedTuple):
    """A font: its name, the codec of text in it (None for the document's), and whether it is one of symbols."""

    name: str = ""
    codec: str | None = None
    is_symbols: bool = False


class Style(NamedTuple):
    """What a paragraph style says. `outline` is 0 for the highest heading, 9 for body text, None for "as `base`"."""

    outline: int | None = None
    is_quote: bool = False
    base: int | None = None
    bold: bool = False
    italic: bool = False


BODY_TEXT = 9
_LONGEST_NAME = 1000
_NO_STYLE = Style()
_MOST_BASES = 16
"""Styles that are based on themselves end here."""


def _longer(name: str, more: str) -> str:
    """A name with what comes after it, as long as that may still be a name."""
    return name + more if len(name) < _LONGEST_NAME else name


class FontTable(Destination):
    """\\fonttbl, with a group for each font or without."""

    def __init__(self, fonts: dict[int, Font]) -> None:
        self._fonts = fonts
        self._number = -1
        self._font = Font()

    def word(self, name: bytes, number: int | None, state: State) -> None:
        """A font's character set or code page."""
        self._turn_to(state.font or 0)
        if name == b"fcharset" and number not in (None, _DEFAULT_CHARSET):
            self._font = self._font._replace(codec=codec_of_charset(number or 0), is_symbols=number == SYMBOLS)
        elif name == b"cpg" and number is not None:
            self._font = self._font._replace(codec=codec_of_page(number))
        self._fonts[self._number] = self._font

    def text(self, text: str, state: State) -> None:
        """The name, up to the semicolon after which the next font may begin."""
        self._turn_to(state.font or 0)
        self._font = self._font._replace(name=_longer(self._font.name, text.partition(";")[0]).strip())
        self._fonts[self._number] = self._font

    def _turn_to(self, number: int) -> None:
        if number != self._number:
            self._number, self._font = number, Font()


class Stylesheet(Destination):
    """\\stylesheet: a group for each style, which ends with its name. The state of the group says how it looks."""

    def __init__(self, styles: dict[int, Style]) -> None:
        self._styles = styles
        self._name = ""
        self._base: int | None = None

    def word(self, name: bytes, number: int | None, state: State) -> None:
        """The style that this one is based on."""
        if name == b"sbasedon":
            self._base = number

    def text(self, text: str, state: State) -> None:
        """The name of a style, up to its semicolon."""
        name, semicolon, _ = text.partition(";")
        self._name = _longer(self._name, name)
        if not semicolon:
            return
        called, base = self._name.strip(), self._base
        self._name, self._base = "", None
        outline = state.paragraph.outline
        self._styles[state.paragraph.style] = Style(
            outline_of(called) if outline is None else outline, is_quote(called), base, state.bold, state.italic
        )


class Revisers(Destination):
    """\\*\\revtbl: the names of those who tracked changes, in the order of their numbers."""

    def __init__(self, names: list[str]) -> None:
        self._names = names
        self._name = ""

    def text(self, text: str, state: State) -> None:
        """Names, each up to its semicolon."""
        *whole, rest = text.split(";")
        for name in whole:
            self._names.append(_longer(self._name, name).strip())
            self._name = ""
        self._name = _longer(self._name, rest)


_FORMS = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 22: "decimalZero",
    23: "bullet", 255: "none",
}  # fmt: skip
"""The \\levelnfc that are told apart, by Word's names for them; the others count as decimal."""
_NEVER = 0
_LEVELS = 9


@dataclass(slots=True)
class Lists:
    """The lists by their ids, and by the numbers (\\ls) under which paragraphs name them."""

    by_id: dict[int, CountedList] = field(default_factory=dict)
    by_number: dict[int, CountedList] = field(default_factory=dict)

    def is_bullet(self, number: int, level: int) -> bool:
        """Whether items of a level have a bullet."""
        of = self.by_number.get(number)
        return of is not None and level in of.levels and of.levels[level].form == "bullet"


class ListLevels(Destination):
    """What holds levels: a list, or an override of one."""

    def __init__(self, lists: Lists) -> None:
        self.lists = lists
        self.levels: dict[int, Level] = {}
        self.starts: dict[int, int] = {}
        self.id = 0

    def word(self, name: bytes, number: int | None, state: State) -> None:
        """The id of the list."""
        if name == b"listid":
            self.id = number or 0

    def add(self, level: Level) -> None:
        """The next level, from the outermost on."""
        self.levels[len(self.levels)] = level

    def end(self, state: State) -> None:
        """The list is described."""
        self.lists.by_id[self.id] = CountedList(self.id, self.levels, {})


class Override(ListLevels):
    """\\listoverride: under which number paragraphs name a list, and what is different of it then."""

    _level = -1

    def word(self, name: bytes, number: int | None, state: State) -> None:
        """One level after the other."""
        ListLevels.word(self, name, number, state)
        if name == b"lfolevel":
            self._level += 1
        elif name == b"levelstartat" and number is not None:
            self.starts[self._level] = number

    def add(self, level: Level) -> None:
        """Another level in place of the list's own."""
        self.levels[self._level] = level

    def end(self, state: State) -> None:
        """The group's own \\ls is the number."""
        of = self.lists.by_id.get(self.id)
        if of is not None:
            self.lists.by_number[state.paragraph.list_id] = replace(
                of, levels=of.levels | self.levels, starts=self.starts
            )


class ListLevel(Destination):
    """\\listlevel: how one level of a list counts."""

    def __init__(self, of: ListLevels) -> None:
        self._of = of
        self._level = Level(1, "decimal", "")

    def word(self, name: bytes, number: int | None, state: State) -> None:
        """What of it is told."""
        if name in (b"levelnfc", b"levelnfcn"):
            self._level = replace(self._level, form=_FORMS.get(number or 0, "decimal"))
        elif name == b"levelstartat":
            self._level = replace(self._level, start=number or 0)
        elif name == b"levellegal":
            self._level = replace(self._level, legal=number != 0)
        elif name == b"levelnorestart" and number != 0:
            self._level = replace(self._level, restart=_NEVER)

    def described(self, text: str) -> None:
        """\\leveltext: its length, and in it the levels that are counted, as characters of their numbers."""
        shown = text[1 : 1 + ord(text[0])] if text else ""
        placed = (f"%{ord(one) + 1}" if ord(one) < _LEVELS else one for one in shown)
        self._level = replace(self._level, text="".join(placed))

    def end(self, state: State) -> None:
        """The level is described."""
        self._of.add(self._level)


def form_of(paragraph: Paragraph, styles: dict[int, Style]) -> Style:
    """What a paragraph is by its own properties, and where they say nothing, by its style and what that is based on."""
    style = form = styles.get(paragraph.style, _NO_STYLE)
    if paragraph.outline is not None:
        form = form._replace(outline=paragraph.outline)
    for _ in range(_MOST_BASES):
        if style.base is None or style.base not in styles:
            break
        style = styles[style.base]
        form = form._replace(
            outline=style.outline if form.outline is None else form.outline, is_quote=form.is_quote or style.is_quote
        )
    return form
