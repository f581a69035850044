"""A paragraph of an OpenDocument text as it is read."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from polyvocal.domain.structure import PieceKind
from polyvocal.exchange.readers.opendocument.styles import Format
from polyvocal.exchange.readers.wording import Shape, Wording

_SPACES = re.compile("[ \t\r\n]+")


class Paragraph:
    """Its words, and the text boxes that hang on it.

    White space in the file is one space, or none at the beginning and behind another (part 3, 6.1.2); what is meant to
    be more stands there as an element.
    """

    def __init__(self, emphasis: frozenset[PieceKind] = frozenset()) -> None:
        self.words = Wording()
        self.boxes: list[Wording] = []
        self._emphasis = emphasis
        self._is_after_space = True

    def read(self, text: str | None) -> None:
        """Characters as they stand in the file."""
        if not text:
            return
        shown = _SPACES.sub(" ", text)
        if self._is_after_space and shown.startswith(" "):
            shown = shown[1:]
        if shown:
            self.write(shown)
            self._is_after_space = shown.endswith(" ")

    def write(self, shown: str) -> None:
        """Characters as they are shown."""
        before = self.words.length
        self.words.add(shown)
        for kind in sorted(self._emphasis):
            self.words.hang(Shape(kind), since=before)
        self._is_after_space = False

    @contextmanager
    def formatted(self, form: Format) -> Iterator[None]:
        """Within, characters are emphasised as a format says it."""
        around = self._emphasis
        self._emphasis = (around - form.plain) | form.emphasis
        yield
        self._emphasis = around
