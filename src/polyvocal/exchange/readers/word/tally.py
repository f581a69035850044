"""What of a document comes over in another form, or does not: counted while it is read, and told."""

from collections import Counter

from polyvocal.services.commands.incoming import Note

_KEPT = "the original file, which is kept with the source, has"
_TOLD = {
    "footnote": "stands at the end of the text as [n], with [n] where its mark was",
    "endnote": "stands at the end of the text as [n], with [n] where its mark was",
    "note without text": "a footnote or endnote mark whose text is not in the file; its [n] was left in place",
    "note on left-out text": f"its mark is in deleted or hidden text or nowhere, so it is left out; {_KEPT} it",
    "comment": f"comments are not carried over yet; {_KEPT} them",
    "insertion": "text inserted with tracked changes is taken in as any other",
    "deletion": f"text deleted with tracked changes is left out; {_KEPT} it",
    "moved text": "text moved with tracked changes stands only where it was moved to",
    "hidden text": f"text that is formatted as hidden is left out; {_KEPT} it",
    "text box": "its text stands on lines of its own after the paragraph that it belongs to",
    "picture": f"pictures are not carried over yet; {_KEPT} them",
    "chart": f"charts are not carried over; {_KEPT} them",
    "diagram": f"the text in diagrams (SmartArt) is not carried over yet; {_KEPT} it",
    "embedded object": f"objects of other programs are not carried over; {_KEPT} them",
    "equation": "its characters stand in a row, without raised and lowered ones and fraction bars",
    "header or footer": f"text at the edge of every page is not carried over; {_KEPT} it",
    "symbol": "a character of a symbol font that has no known Unicode stands as \ufffd",
    "linked document": "a document linked or embedded whole into this one is not read: import it by itself",
    "link": "the words of links are kept, the addresses behind them are not",
    "broken part": "could not be read, and what it holds is missing here",
}
"""In the order in which they are told."""


class Tally:
    """Counts by the words of `_TOLD`."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._details: dict[str, list[str]] = {}

    def count(self, what: str, how_many: int = 1, *, detail: str | None = None) -> None:
        """Count something; a detail is told before what is said of all of its kind."""
        self._counts[what] += how_many
        if detail is not None:
            self._details.setdefault(what, []).append(detail)

    def notes(self) -> tuple[Note, ...]:
        """A note for each kind of thing that there was."""
        return tuple(
            Note(what, self._counts[what], "; ".join((*self._details.get(what, ()), told)))
            for what, told in _TOLD.items()
            if self._counts[what]
        )
