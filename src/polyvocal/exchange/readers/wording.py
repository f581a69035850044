"""Words with what hangs on them: a text that grows at its end, and the things that have a place in it.

Readers build a text of these, piece by piece and from the inside out (runs, paragraphs, cells, tables); what hangs on
the words moves along with them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from polyvocal.domain.structure import WHOLE_LINES, Piece, PieceKind, in_order
from polyvocal.domain.words import MarkKind
from polyvocal.services.commands.incoming import Beside, Comment, FoundPicture, FoundTime


class Shape(NamedTuple):
    """A piece of structure without its place."""

    kind: PieceKind
    level: int = 0


class CommentBegins(NamedTuple):
    """A comment's passage begins here."""

    key: str


class CommentEnds(NamedTuple):
    """A comment's passage ends here, or, where it never began, it is about what stands just before."""

    key: str


class PictureStands(NamedTuple):
    """A picture stands here; `at` of it is not looked at."""

    picture: FoundPicture


class TimeStands(NamedTuple):
    """A time, as in a TimeMark."""

    kind: MarkKind
    clock: str
    until: str | None = None


Hanging: TypeAlias = Shape | CommentBegins | CommentEnds | PictureStands | TimeStands


@dataclass(slots=True)
class Hung:
    """Something that hangs on [start, end) of some words; on a point where the two are the same."""

    start: int
    end: int
    what: Hanging


class Wording:
    """Words, and what hangs on them, in code points from their beginning."""

    __slots__ = ("_parts", "hung", "length")

    def __init__(self, text: str = "") -> None:
        self._parts = [text] if text else []
        self.length = len(text)
        self.hung: list[Hung] = []

    @property
    def text(self) -> str:
        """The words alone."""
        if len(self._parts) > 1:
            self._parts = ["".join(self._parts)]
        return self._parts[0] if self._parts else ""

    def add(self, more: "str | Wording") -> None:
        """Put more at the end."""
        if isinstance(more, Wording):
            self.hung += [Hung(one.start + self.length, one.end + self.length, one.what) for one in more.hung]
            more = more.text
        if more:
            self._parts.append(more)
            self.length += len(more)

    def hang(self, what: Hanging, *, since: int | None = None) -> None:
        """Hang something on all that was added since the words were of a length; on the point here without it."""
        self.hung.append(Hung(self.length if since is None else since, self.length, what))

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to read; a picture may stand there nevertheless."""
        return not self.text.strip()

    def stripped(self, characters: str | None = None) -> "Wording":
        """The words without white space (or without some characters) at their ends; what hung there hangs nearby."""
        text = self.text
        start = len(text) - len(text.lstrip(characters))
        return self.cut(start, max(start, len(text.rstrip(characters))))

    def cut(self, start: int, end: int) -> "Wording":
        """The words of [start, end), with all that hangs on them or beside them; nothing that hangs gets lost."""
        part = Wording(self.text[start:end])
        for one in self.hung:
            part.hung.append(
                Hung(min(max(one.start, start), end) - start, min(max(one.end, start), end) - start, one.what)
            )
        return part

    def without_lines_of_its_own(self) -> "Wording":
        """The words without the shapes that are whole lines: what is within a row of a table is none."""
        self.hung = [one for one in self.hung if not (isinstance(one.what, Shape) and one.what.kind in WHOLE_LINES)]
        return self

    def with_line_ends(self, end: str) -> "Wording":
        """The words with something else in place of each line end."""
        text = self.text
        if "\n" not in text:
            return self
        more = len(end) - 1
        changed = Wording(text.replace("\n", end))
        for one in self.hung:
            start, stop = (at + more * text.count("\n", 0, at) for at in (one.start, one.end))
            changed.hung.append(Hung(start, stop, one.what))
        return changed


def joined(between: str, wordings: Iterable[Wording]) -> Wording:
    """Several wordings in a row, with the same between each two."""
    whole = Wording()
    for number, one in enumerate(wordings):
        if number:
            whole.add(between)
        whole.add(one)
    return whole


class MarginNote(NamedTuple):
    """What a comment says, whoever wrote it and when (ISO 8601); its place is told by what hangs on the words."""

    text: str
    author: str | None = None
    written_at: str | None = None


def beside(wording: Wording, comments: dict[str, MarginNote]) -> Beside:
    """What stands beside the words: structure, comments by their keys, pictures, times.

    A comment that has no passage is about the character before the point where it hangs, or the first one. One that
    hangs nowhere is about the first character.
    """
    begins: dict[str, int] = {}
    ends: dict[str, int] = {}
    pieces: list[Piece] = []
    pictures: list[FoundPicture] = []
    times: list[FoundTime] = []
    for one in wording.hung:
        if isinstance(one.what, Shape):
            pieces.append(Piece(one.what.kind, one.start, one.end, one.what.level))
        elif isinstance(one.what, PictureStands):
            found = one.what.picture
            pictures.append(FoundPicture(one.start, found.content, found.media_type, found.name, found.description))
        elif isinstance(one.what, TimeStands):
            times.append(FoundTime(one.start, one.end, *one.what))
        elif isinstance(one.what, CommentBegins):
            begins.setdefault(one.what.key, one.start)
        else:
            ends[one.what.key] = one.start
    return Beside(
        in_order(pieces),
        tuple(_comments(comments, begins, ends, wording.length)),
        tuple(sorted(pictures, key=lambda one: one.at)),
        times=tuple(times),
    )


def _comments(
    comments: dict[str, MarginNote], begins: dict[str, int], ends: dict[str, int], length: int
) -> Iterator[Comment]:
    for key, note in comments.items():
        end = ends.get(key, begins.get(key, 0))
        start = begins.get(key, end)
        if start >= end:
            start = max(min(end, length) - 1, 0)
            end = start + 1
        yield Comment(start, end, note.text, note.author, note.written_at)
