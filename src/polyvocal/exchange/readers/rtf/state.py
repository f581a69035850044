"""What a group of a rich text file is set to: it begins with what the group around it has, and ends with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from polyvocal.exchange.readers.rtf.destinations import Destination


class Change(NamedTuple):
    """A tracked change, or hidden text: what is told of it, by which reviser (a number in the table of them) and when
    (a packed DTTM)."""

    what: str
    who: int | None = None
    when: int | None = None


class Paragraph(NamedTuple):
    """The properties of a paragraph that matter: what \\pard resets."""

    style: int = 0
    outline: int | None = None
    list_id: int = 0
    level: int = 0
    depth: int = 0

    @property
    def level_shown(self) -> int:
        """How deep a list item lies, from 0; a number beyond what the format has is none that anybody wrote."""
        return min(max(self.level, 0), _DEEPEST)


_DEEPEST = 8
PLAIN_PARAGRAPH = Paragraph()


class State:
    """The state of one group. `into` is where its text goes; `opened` are the destinations that began in this group."""

    __slots__ = (
        "bold", "fonts", "hidden", "inserted", "into", "italic", "opened", "paragraph", "removed", "right_to_left",
        "skip_after_unicode",
    )  # fmt: skip

    def __init__(self, into: Destination) -> None:
        self.into = into
        self.opened: tuple[Destination, ...] = ()
        self.paragraph = PLAIN_PARAGRAPH
        self.skip_after_unicode = 1
        self.right_to_left = False
        self.plain()

    def plain(self) -> None:
        """Back to the default formatting of characters (\\plain)."""
        self.bold = self.italic = self.hidden = False
        self.removed: Change | None = None
        self.inserted: Change | None = None
        self.fonts: tuple[int | None, int | None] = (None, None)

    def inner(self) -> State:
        """The state in which a group within this one begins."""
        new = State.__new__(State)
        new.into = self.into
        new.opened = ()
        new.paragraph = self.paragraph
        new.skip_after_unicode = self.skip_after_unicode
        new.right_to_left = self.right_to_left
        new.bold = self.bold
        new.italic = self.italic
        new.hidden = self.hidden
        new.removed = self.removed
        new.inserted = self.inserted
        new.fonts = self.fonts
        return new

    def set_font(self, number: int) -> None:
        """Set the font of the direction of writing that is on (\\f, or \\af in text from right to left)."""
        left, right = self.fonts
        self.fonts = (left, number) if self.right_to_left else (number, right)

    @property
    def font(self) -> int | None:
        """The number of the font in which the text is, None for the document's own."""
        left, right = self.fonts
        return right if self.right_to_left and right is not None else left

    @property
    def left_out(self) -> Change | None:
        """Why text here is not carried over; None where it is."""
        return self.removed or (_HIDDEN if self.hidden else None)


_HIDDEN = Change("hidden text")
