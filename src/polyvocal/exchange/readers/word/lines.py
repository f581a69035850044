"""The text of a document as it grows, line by line."""


class Lines:
    """Paragraphs in their order. One whose end was deleted, or a drop cap, runs on into the next."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._running = ""

    def add(self, text: str, *, label: str = "") -> None:
        """A paragraph, behind what ran on into it."""
        self._lines.append(label + self._running + text)
        self._running = ""

    def add_heading(self, text: str, *, label: str = "") -> None:
        """A heading: with a blank line before it."""
        if self._lines and self._lines[-1].strip():
            self._lines.append("")
        self.add(text, label=label)

    def run_on(self, text: str) -> None:
        """What stands at the beginning of the next paragraph."""
        self._running += text

    def end(self) -> list[str]:
        """All lines (a paragraph with line breaks is one of them, with the breaks in it)."""
        if self._running:
            self.add("")
        return self._lines

    def text(self) -> str:
        """All of it, without blank lines at its ends."""
        return "\n".join(self.end()).strip("\n")
