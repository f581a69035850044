"""The text of a document as it grows, line by line, with its structure."""

from polyvocal.domain.structure import PieceKind
from polyvocal.exchange.readers.wording import Shape, Wording, joined


class Lines:
    """Paragraphs in their order. One whose end was deleted, or a drop cap, runs on into the next."""

    def __init__(self) -> None:
        self._lines: list[Wording] = []
        self._running = Wording()

    def add(self, words: str | Wording, *, label: str = "", shape: Shape | None = None) -> None:
        """A paragraph, behind what ran on into it. Its shape, where it has one, is on the words and on the label."""
        line = Wording(label)
        line.add(self._running)
        line.add(words)
        self._running = Wording()
        if shape is not None:
            if shape.kind is PieceKind.HEADING and self._lines and not self._lines[-1].is_blank:
                self._lines.append(Wording())
            line.hang(shape, since=len(label) - len(label.lstrip()))
        self._lines.append(line)

    def run_on(self, words: str | Wording) -> None:
        """What stands at the beginning of the next paragraph."""
        self._running.add(words)

    def end(self) -> list[Wording]:
        """All lines (a paragraph with line breaks is one of them, with the breaks in it)."""
        if self._running.length or self._running.hung:
            self.add("")
        return self._lines

    def whole(self) -> Wording:
        """All of it, without blank lines at its ends."""
        return joined("\n", self.end()).stripped("\n")
