"""What of a file came over as it was, in another form, or not at all: counted while it is read, and told.

The words are the same for all formats.
"""

from collections import Counter

from polyvocal.domain.words import Fate
from polyvocal.services.commands.incoming import Note

_SAME, _OTHER, _OUT = Fate.CARRIED_OVER, Fate.OTHERWISE, Fate.LEFT_OUT
_KEPT = "the original file, which is kept with the source, has"
_AT_THE_END = "stands at the end of the text as [n], with [n] where its mark was"
_TOLD: dict[str, tuple[Fate, str]] = {
    "heading": (_SAME, "a line of its own, shown as a heading"),
    "list item": (_SAME, "a line with its mark or number"),
    "table": (_SAME, "a row is a line, with | between its cells"),
    "quote": (_SAME, "shown as a quotation"),
    "comment": (_SAME, "a memo about the passage to which it belongs"),
    "picture": (_SAME, "kept with the source, with its place in the text"),
    "footnote": (_OTHER, _AT_THE_END),
    "endnote": (_OTHER, _AT_THE_END),
    "text box": (_OTHER, "its text stands on lines of its own after the paragraph that it belongs to"),
    "word divided at a line's end": (_OTHER, "its parts were joined without the hyphen"),
    "form entry": (_OTHER, "what is written in a form's fields stands behind the text of its page"),
    "insertion": (_OTHER, "text inserted with tracked changes is taken in as any other"),
    "moved text": (_OTHER, "text moved with tracked changes stands only where it was moved to"),
    "equation": (_OTHER, "its characters stand in a row, without raised and lowered ones and fraction bars"),
    "link": (_OTHER, "the words of links are kept, the addresses behind them are not"),
    "note without text": (
        _OTHER,
        "a note's mark whose text is not in the file; its [n] was left in place",
    ),
    "symbol": (_OTHER, "a character of a font that does not say its Unicode stands as \ufffd"),
    "unreadable character": (_OTHER, "bytes that are no character in the encoding that the file names stand as \ufffd"),
    "words between cues": (_OTHER, "words that stand at no time of their own follow those before them"),
    "overlapping cue": (_OTHER, "begins before the one before it has ended, as where two speak at once"),
    "cue out of order": (_OTHER, "begins earlier than the one before it; it stays where the file has it"),
    "cue that ends too early": (_OTHER, "its end is before its beginning; only the beginning is kept as a time"),
    "deletion": (_OUT, f"text deleted with tracked changes is left out; {_KEPT} it"),
    "hidden text": (_OUT, f"text that is formatted as hidden is left out; {_KEPT} it"),
    "note on left-out text": (_OUT, f"its mark is in deleted or hidden text or nowhere; {_KEPT} it"),
    "header or footer": (_OUT, f"text at the edge of every page is not carried over; {_KEPT} it"),
    "running head or foot": (_OUT, f"what stands at the edge of most pages is not carried over; {_KEPT} it"),
    "mark without words": (_OUT, f"a highlighted or struck out passage about which nothing is written; {_KEPT} it"),
    "picture too many": (_OUT, f"more or larger pictures than are kept; {_KEPT} them"),
    "page without text": (_OUT, "a page with pictures or drawings only: what is written in them was not read"),
    "picture elsewhere": (
        _OUT,
        f"a picture outside of the file, or of an unknown kind, is not kept; {_KEPT} what there is",
    ),
    "chart": (_OUT, f"charts are not carried over; {_KEPT} them"),
    "diagram": (_OUT, f"the text in diagrams is not carried over; {_KEPT} it"),
    "embedded object": (_OUT, f"objects of other programs are not carried over; {_KEPT} them"),
    "form field": (_OUT, f"fields to fill in, and what is filled in there, are not carried over; {_KEPT} them"),
    "linked document": (_OUT, "a document linked or embedded whole into this one is not read: import it by itself"),
    "note in subtitles": (_OUT, f"notes of whoever made the subtitles are left out; {_KEPT} them"),
    "name of a cue": (_OUT, f"by what the file calls its cues is left out, as their numbers are; {_KEPT} it"),
    "cue without words": (_OUT, f"nothing is said there; {_KEPT} its times"),
    "broken part": (_OUT, "could not be read, and what it holds is missing here"),
}
"""What is told of each, in the order in which it is told."""


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
            Note(what, self._counts[what], "; ".join((*self._details.get(what, ()), told)), fate)
            for what, (fate, told) in _TOLD.items()
            if self._counts[what]
        )


def deleted(words: str, who: str | None, when: str | None) -> str:
    """Words that were deleted with tracked changes as they are listed: what, by whom, on which day (of ISO 8601)."""
    by = f" by {who}" if who else ""
    return f"“{words}” deleted{by}{f' on {when[:10]}' if when else ''}"
