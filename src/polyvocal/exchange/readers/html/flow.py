"""The words of a page as a browser lays them out: white space collapsed, paragraphs apart, spaces kept where asked."""

import re
from dataclasses import dataclass, field, replace

from polyvocal.domain.structure import PieceKind
from polyvocal.exchange.readers.labels import INDENT
from polyvocal.exchange.readers.lines import Lines
from polyvocal.exchange.readers.tally import Tally
from polyvocal.exchange.readers.wording import Hanging, Shape, Wording

_SPACES = re.compile("[ \t\r\n\f]+")
_LINE_END = re.compile("\r\n?")


@dataclass(frozen=True, slots=True)
class Manner:
    """How words stand that are written now."""

    emphasis: frozenset[PieceKind] = frozenset()
    heading: int = 0
    is_quote: bool = False
    keeps_spaces: bool = False
    depth: int = 0
    """Of how many lists they are in."""


@dataclass(slots=True)
class Flow:
    """Lines that grow by words, and what is known of the paragraph that is being written."""

    lines: Lines
    tally: Tally
    manner: Manner = field(default_factory=Manner)
    label: str | None = None
    """The label of the list item whose first paragraph is yet to come."""
    _words: Wording = field(default_factory=Wording)
    _space: bool = False
    _breaks: int = 0
    _is_begun: bool = False

    def read(self, text: str | None) -> None:
        """Characters as they stand in the file."""
        if not text:
            return
        if self.manner.keeps_spaces:
            self.write(_LINE_END.sub("\n", text))
            return
        shown = _SPACES.sub(" ", text)
        if shown.startswith(" "):
            self._space = True
        inner = shown.strip(" ")
        if inner:
            self.write(inner)
            self._space = shown.endswith(" ")

    def write(self, shown: str) -> None:
        """Characters as they are shown, behind the space or the line breaks that came before."""
        words = self._words
        if self._breaks:
            words.add("\n" * self._breaks if words.length else "")
        elif self._space and words.length and not self.manner.keeps_spaces:
            words.add(" ")
        self._space, self._breaks, self._is_begun = False, 0, True
        before = words.length
        words.add(shown)
        for kind in sorted(self.manner.emphasis):
            words.hang(Shape(kind), since=before)

    def break_line(self) -> None:
        """A line ends; at the end of a paragraph that is not seen."""
        self._breaks += 1
        self._is_begun = True

    def hang(self, what: Hanging) -> None:
        """Hang something on this point."""
        self._words.hang(what)

    @property
    def words(self) -> Wording:
        """The words of the paragraph as far as they have come."""
        return self._words

    def end_paragraph(self) -> None:
        """What comes next stands in a paragraph of its own; one without words is none, unless a line break is in it."""
        manner = self.manner
        words = self._words if manner.keeps_spaces else self._words.stripped(" ")
        if manner.keeps_spaces:
            words = words.stripped("\n")
        was_begun = self._is_begun
        self._words, self._space, self._breaks, self._is_begun = Wording(), False, 0, False
        if words.is_blank:
            if words.hung:
                self.lines.run_on(words.cut(0, 0))
            elif was_begun:
                self.lines.add("")
            return
        if manner.heading:
            self.tally.count("heading")
            label = f"{self.label} " if self.label else ""
            self.lines.add(words, label=label, shape=Shape(PieceKind.HEADING, manner.heading))
        elif self.label:
            self.tally.count("list item")
            label = f"{INDENT * (manner.depth - 1)}{self.label} "
            self.lines.add(words, label=label, shape=Shape(PieceKind.LIST_ITEM, manner.depth))
        elif manner.is_quote:
            self.tally.count("quote")
            self.lines.add(words, shape=Shape(PieceKind.QUOTE))
        else:
            self.lines.add(words)
        self.label = None

    def changed(self, **changes: object) -> Manner:
        """The manner in which words stand now, changed in some respect."""
        return replace(self.manner, **changes)  # type: ignore[arg-type]
