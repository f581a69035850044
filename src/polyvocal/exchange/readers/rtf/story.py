"""Builds the lines of one story of a rich text file (its body, a note, a comment, a text box) as its text goes by.

A paragraph is what stands before \\par, and is in a table as deep as its \\itap says; \\cell and \\row end a cell and a
row of that. There are no tables as such: one lasts as long as paragraphs are in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from polyvocal.domain.errors import UserError
from polyvocal.domain.structure import PieceKind
from polyvocal.exchange.readers.counting import Counting
from polyvocal.exchange.readers.labels import BULLET, INDENT
from polyvocal.exchange.readers.limits import RTF_PARAGRAPHS, RTF_STORIES, RTF_TEXT, in_mib
from polyvocal.exchange.readers.lines import Lines
from polyvocal.exchange.readers.rtf.destinations import Destination, unpacked
from polyvocal.exchange.readers.rtf.heads import BODY_TEXT, Font, Lists, Style, form_of
from polyvocal.exchange.readers.rtf.pictures import Room
from polyvocal.exchange.readers.rtf.state import Change, Paragraph, State
from polyvocal.exchange.readers.table_lines import Cell, add_table, cell_of
from polyvocal.exchange.readers.tally import Tally, deleted
from polyvocal.exchange.readers.wording import Hanging, MarginNote, PictureStands, Shape, Wording, joined

if TYPE_CHECKING:
    from polyvocal.services.commands.incoming import FoundPicture

_STRONG, _EMPHASIS = Shape(PieceKind.STRONG), Shape(PieceKind.EMPHASIS)
_DEEPEST_TABLE = 32
"""Cells that lie deeper are read as if they lay here."""


@dataclass(slots=True)
class Allowance:
    """How much more is read of a file. Raises UserError, with the limit, where that is used up."""

    name: str
    paragraphs: int = RTF_PARAGRAPHS
    stories: int = RTF_STORIES
    text: int = RTF_TEXT

    def take_paragraph(self) -> None:
        """One more paragraph, cell or row."""
        self.paragraphs -= 1
        if self.paragraphs < 0:
            raise self._used_up(f"{RTF_PARAGRAPHS:,} paragraphs and cells")

    def take_story(self) -> None:
        """One more story."""
        self.stories -= 1
        if self.stories < 0:
            raise self._used_up(f"{RTF_STORIES:,} notes, comments and text boxes")

    def take_text(self, size: int) -> None:
        """So many bytes of text more."""
        self.text -= size
        if self.text < 0:
            raise self._used_up(f"{in_mib(RTF_TEXT)} of text")

    def _used_up(self, limit: str) -> UserError:
        return UserError(f"{self.name} was not read: it has more than {limit}. Divide it into several documents.")


@dataclass(slots=True)
class Context:
    """What all stories of a document share. `counting` is None where the file itself writes the labels of its lists."""

    allowance: Allowance
    tally: Tally = field(default_factory=Tally)
    fonts: dict[int, Font] = field(default_factory=dict)
    styles: dict[int, Style] = field(default_factory=dict)
    lists: Lists = field(default_factory=Lists)
    counting: Counting | None = None
    revisers: list[str] = field(default_factory=list)
    notes: dict[int, Wording] = field(default_factory=dict)
    marks: int = 0
    comments: dict[str, MarginNote] = field(default_factory=dict)
    room: Room = field(default_factory=Room)

    def aside(self) -> Context:
        """The same for what is read, but not carried over: nothing of it is counted."""
        return replace(self, tally=Tally(), notes={}, comments={})


class _OpenTable:
    """A table that is being read: what was said of the columns of its row, the cells before, the lines of this one."""

    def __init__(self) -> None:
        self._rows: list[list[Cell]] = []
        self._cells: list[Cell] = []
        self.lines = Lines()

    def end_cell(self) -> None:
        self._cells.append(cell_of(self.lines))
        self.lines = Lines()

    def end_row(self, columns: list[_Column]) -> None:
        if rest := cell_of(self.lines):  # a row that ends without the end of its last cell
            self._cells.append(rest)
        plain = [_Column()] * (len(self._cells) - len(columns))
        cells = zip(self._cells, columns + plain, strict=False)
        self._rows.append([[] if column.goes_on_from_above else cell for cell, column in cells if not column.merged])
        self._cells, self.lines = [], Lines()

    def end(self, into: Lines, tally: Tally) -> None:
        self.end_row([])
        add_table(self._rows, into, tally)


@dataclass(slots=True)
class _Column:
    merged: bool = False
    goes_on_from_above: bool = False


class Story(Destination):
    """Reads one story."""

    def __init__(self, context: Context) -> None:
        context.allowance.take_story()
        self.context = context
        self._tally = context.tally
        self._lines = Lines()
        self._tables: list[_OpenTable] = []
        self._columns: list[_Column] = []
        self._columns_around: list[_Column] = []
        self._column = _Column()
        self._left_out: Change | None = None
        self._left_out_words: list[str] = []
        self._inserted: Change | None = None
        self._begin_paragraph()

    def _begin_paragraph(self) -> None:
        self._words = Wording()
        self._label: str | None = None
        self._boxes: list[Wording] = []

    # --- within a paragraph --------------------------------------------------------------------------------------

    def text(self, text: str, state: State) -> None:
        """Words, unless they were deleted or are hidden."""
        change = state.left_out
        if change != self._left_out:
            self._tell_left_out()
            self._left_out = change
        if change is not None:
            self._left_out_words.append(text)
            return
        if state.inserted != self._inserted:
            self._inserted = state.inserted
            self._tally.count("insertion", int(state.inserted is not None))
        before = self._words.length
        self._words.add(text)
        if state.bold or state.italic:
            style = self.context.styles.get(state.paragraph.style)
            if state.bold and not (style and style.bold):
                self._words.hang(_STRONG, since=before)
            if state.italic and not (style and style.italic):
                self._words.hang(_EMPHASIS, since=before)

    def _tell_left_out(self) -> None:
        """Count the words that were left out, now that there is an end to them."""
        change, words = self._left_out, "".join(self._left_out_words)
        self._left_out, self._left_out_words = None, []
        if change is None or not words.strip():
            return
        detail = None
        if change.what == "deletion":
            names = self.context.revisers
            who = names[change.who] if change.who is not None and 0 <= change.who < len(names) else None
            detail = deleted(words, who, unpacked(change.when))
        self._tally.count(change.what, detail=detail)

    def hang(self, what: Hanging) -> None:
        """Something hangs on the point here."""
        self._words.hang(what)

    def picture(self, found: FoundPicture | None, state: State) -> None:
        """A picture that stands here; None for one that cannot be kept."""
        if state.left_out is not None:
            return
        if found is not None:
            self.hang(PictureStands(found))
        self._tally.count("picture elsewhere" if found is None else "picture")

    def label(self, text: str) -> None:
        """What the file itself writes before the words of a list item."""
        self._label = text

    def mark(self) -> int:
        """The mark of the next note; its number."""
        self.context.marks += 1
        before = self._words.length
        self._words.add(f"[{self.context.marks}]")
        self._words.hang(Shape(PieceKind.NOTE_MARK, self.context.marks), since=before)
        return self.context.marks

    def box(self, lines: list[Wording]) -> None:
        """A text box that hangs on this paragraph."""
        boxed = joined("\n", lines)
        if not boxed.is_blank or boxed.hung:
            self._tally.count("text box")
            boxed.hang(Shape(PieceKind.TEXT_BOX), since=0)
            self._boxes.append(boxed)

    # --- paragraphs ----------------------------------------------------------------------------------------------

    def word(self, name: bytes, number: int | None, state: State) -> None:
        """What ends a paragraph, a cell or a row, or says how the next row's cells are merged."""
        end = _ENDS.get(name)
        if end is not None:
            end(self, state)

    def end_paragraph(self, state: State) -> None:
        """\\par: what was gathered is a paragraph."""
        self._reach(state.paragraph.depth)
        self._add_paragraph(state)

    def end_section(self, state: State) -> None:
        """\\sect: it ends the paragraph, too, if there is one."""
        if not self._is_at_the_beginning:
            self.end_paragraph(state)

    def break_page(self, state: State) -> None:
        """\\page, \\column: within a paragraph the page ends where a line does."""
        if self._words.length:
            self.text("\n", state)

    @property
    def _is_at_the_beginning(self) -> bool:
        """Whether the paragraph here has nothing in it."""
        return not (self._words.length or self._words.hung or self._boxes or self._left_out_words)

    @property
    def _here(self) -> Lines:
        return self._tables[-1].lines if self._tables else self._lines

    def _add_paragraph(self, state: State) -> None:
        self._tell_left_out()
        self.context.allowance.take_paragraph()
        self._inserted = None
        words, lines = self._words, self._here
        if state.removed is not None:
            lines.run_on(words)
        else:
            form, label = form_of(state.paragraph, self.context.styles), self._label_of(state.paragraph)
            label = f"{label} " if label and not words.is_blank else ""
            if form.outline is not None and 0 <= form.outline < BODY_TEXT and not words.is_blank:
                self._tally.count("heading")
                lines.add(words, label=label, shape=Shape(PieceKind.HEADING, form.outline + 1))
            elif words.length or words.hung or not self._boxes:
                shape = self._shape(form, label, state.paragraph.level_shown, words)
                lines.add(words, label=INDENT * state.paragraph.level_shown + label if label else "", shape=shape)
        for box in self._boxes:
            lines.add(box)
        self._begin_paragraph()

    def _shape(self, form: Style, label: str, level: int, words: Wording) -> Shape | None:
        if label:
            self._tally.count("list item")
            return Shape(PieceKind.LIST_ITEM, level + 1)
        if form.is_quote and not words.is_blank:
            self._tally.count("quote")
            return Shape(PieceKind.QUOTE)
        return None

    def _label_of(self, paragraph: Paragraph) -> str:
        """The label of an item: as the file writes it, bullets all alike, or, where it writes none at all, counted."""
        level = paragraph.level_shown
        if self._label is not None:
            label = " ".join(self._label.split())
            is_bullet = self.context.lists.is_bullet(paragraph.list_id, level)
            return BULLET if label and (is_bullet or not any(one.isalnum() for one in label)) else label
        if self.context.counting is None or not paragraph.list_id or self._words.is_blank:
            return ""
        return self.context.counting.label(paragraph.list_id, level) or ""

    # --- tables --------------------------------------------------------------------------------------------------

    def _reach(self, depth: int) -> None:
        """Be in as many tables as this: those that are left end, those that are entered begin."""
        depth = min(max(depth, 0), _DEEPEST_TABLE)
        while len(self._tables) > depth:
            table = self._tables.pop()
            table.end(self._here, self._tally)
        while len(self._tables) < depth:
            self._tables.append(_OpenTable())

    def end_cell(self, state: State) -> None:
        """\\cell."""
        self._end_cell_at(1, state)

    def end_nested_cell(self, state: State) -> None:
        """\\nestcell: of a table within a cell."""
        self._end_cell_at(max(state.paragraph.depth, 2), state)

    def _end_cell_at(self, depth: int, state: State) -> None:
        self._reach(depth)
        if not self._is_at_the_beginning:
            self._add_paragraph(state)
        self._begin_paragraph()
        self.context.allowance.take_paragraph()
        self._tables[-1].end_cell()

    def end_row(self, state: State) -> None:
        """\\row."""
        self._end_row_at(1, state)

    def end_nested_row(self, state: State) -> None:
        """\\nestrow. What was said of the row around holds again."""
        self._end_row_at(max(state.paragraph.depth, 2), state)
        self._columns = self._columns_around

    def begin_nested_row(self, state: State) -> None:
        """\\nesttableprops: what follows is not about the row around."""
        self._columns_around = self._columns

    def _end_row_at(self, depth: int, state: State) -> None:
        self._reach(depth)
        if not self._is_at_the_beginning:
            self._add_paragraph(state)
        self.context.allowance.take_paragraph()
        self._tables[-1].end_row(self._columns)

    def begin_row(self, state: State) -> None:
        """\\trowd: nothing is said of the row yet."""
        self._columns, self._column = [], _Column()

    def merge(self, state: State) -> None:
        """\\clmrg: the next column is merged with the one before."""
        self._column.merged = True

    def merge_with_above(self, state: State) -> None:
        """\\clvmrg: the next column goes on from the row above."""
        self._column.goes_on_from_above = True

    def end_column(self, state: State) -> None:
        """\\cellx: all is said of a column."""
        self._columns.append(self._column)
        self._column = _Column()

    # --- the end -------------------------------------------------------------------------------------------------

    def finished(self, state: State) -> Lines:
        """All lines; a last paragraph needs no \\par."""
        if self._is_at_the_beginning:
            self._tell_left_out()
            self._reach(0)
        else:
            self.end_paragraph(state)
            self._reach(0)
        return self._lines


_ENDS: dict[bytes, Callable[[Story, State], None]] = {
    b"par": Story.end_paragraph,
    b"sect": Story.end_section,
    b"page": Story.break_page,
    b"column": Story.break_page,
    b"cell": Story.end_cell,
    b"nestcell": Story.end_nested_cell,
    b"row": Story.end_row,
    b"nestrow": Story.end_nested_row,
    b"nesttableprops": Story.begin_nested_row,
    b"trowd": Story.begin_row,
    b"clmrg": Story.merge,
    b"clvmrg": Story.merge_with_above,
    b"cellx": Story.end_column,
}
