"""From a PDF to its text and to what is told of the rest."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument, PdfiumError, PdfPage

from polyvocal.domain.errors import UserError
from polyvocal.domain.structure import PieceKind
from polyvocal.exchange.readers.limits import PDF_CHARACTERS, PDF_PAGE_CHARACTERS, PDF_PAGES
from polyvocal.exchange.readers.lines import Lines
from polyvocal.exchange.readers.pdf.edges import without_edges
from polyvocal.exchange.readers.pdf.layout import Box, Line, Word, lines_of
from polyvocal.exchange.readers.pdf.page import Mark, Turned, further_quarters, iso_time, marks_of, words_of
from polyvocal.exchange.readers.pdf.paragraphs import Paragraph, Rejoined, paragraphs_of
from polyvocal.exchange.readers.pdf.pictures import Pictures, Placed
from polyvocal.exchange.readers.reading import Reading
from polyvocal.exchange.readers.symbols import UNKNOWN
from polyvocal.exchange.readers.tally import Tally
from polyvocal.exchange.readers.wording import (
    CommentBegins,
    CommentEnds,
    MarginNote,
    PictureStands,
    Shape,
    Wording,
    beside,
)
from polyvocal.services.commands.incoming import FoundPicture

_PROPERTIES = {
    "Title": "title",
    "Author": "creator",
    "Subject": "subject",
    "Keywords": "keywords",
    "CreationDate": "created",
    "ModDate": "modified",
}
_TIMES = ("created", "modified")
_NUMBERING = re.compile(r"^[\W\d_]+|[\W_]+$")


def read_pdf_here(content: bytes, name: str, *, told: Callable[[int], None] = lambda _words: None) -> Reading:
    """Read the text layer of a PDF: a paragraph a line, columns one after the other, headings after a blank line, a
    tab between what stands apart in a row; without what stands at the edges of most pages. Beside it structure,
    comments and pictures.

    It is not for threads, and may take any time and memory: `apart.read_pdf` keeps watch over it, and is told after
    each page how many words it had. Raises UserError: locked, damaged, without text, larger than the limits.
    """
    try:
        paper = PdfDocument(content)
    except PdfiumError:
        raise _cannot_be_opened(name) from None
    try:
        tally = Tally()
        return _Document(paper, name, tally, Pictures(tally, content)).read(told)
    finally:
        paper.close()


def _cannot_be_opened(name: str) -> UserError:
    match pdfium.FPDF_GetLastError():
        case pdfium.FPDF_ERR_PASSWORD:
            return UserError(f"{name} is locked with a password: save it without one, or print it into a new PDF.")
        case pdfium.FPDF_ERR_SECURITY:
            return UserError(f"{name} is locked in a way that is not known: print it into a new PDF.")
    return UserError(
        f"{name} is no PDF, or is damaged. Open it in the program that shows it, and print it into a new PDF; or get "
        "it once more from where it came."
    )


class _Document:
    def __init__(self, paper: PdfDocument, name: str, tally: Tally, pictures: Pictures) -> None:
        self._paper, self._name = paper, name
        self._tally, self._pictures = tally, pictures
        self._notes: dict[str, MarginNote] = {}
        self._characters = self._broken = 0

    def read(self, told: Callable[[int], None]) -> Reading:
        count = len(self._paper)
        if count > PDF_PAGES:
            raise UserError(f"{self._name} has {count:,} pages; at most {PDF_PAGES:,} are read of a PDF: divide it.")
        pages: list[list[Line]] = []
        for number in range(count):
            pages.append(self._page(number))
            told(sum(line.words for line in pages[-1]))
        if self._broken == count:
            raise UserError(f"{self._name} is damaged: none of its {count:,} pages can be read. Get it once more.")
        if not any(pages):
            raise UserError(
                f"{self._name} holds no text: its {count:,} page{'s' if count != 1 else ''} may be pictures of paper. "
                "Let a program for text recognition (OCR) add a text layer, or open it in one that types what it sees, "
                "and import that."
            )
        lines, edges = without_edges(pages)
        self._tally.count("page without text", sum(not page for page in pages))
        for words in edges:
            self._tally.count("running head or foot", detail=f"“{words}”")
        paragraphs = paragraphs_of(lines)
        self._mark_outline(paragraphs)
        return self._reading(paragraphs, Rejoined(lines))

    def _page(self, number: int) -> list[Line]:
        """The lines of a page, with its comments and pictures hanging on them."""
        try:
            page = self._paper[number]
        except PdfiumError:
            self._broken += 1
            self._tally.count("broken part", detail=f"page {number + 1:,}")
            return []
        try:
            return self._lines(page, number)
        finally:
            page.close()

    def _lines(self, page: PdfPage, number: int) -> list[Line]:
        turned = Turned(page)
        text_page = page.get_textpage()
        count = text_page.count_chars()
        self._characters += max(count, 0)
        if count > PDF_PAGE_CHARACTERS or self._characters > PDF_CHARACTERS:
            raise UserError(
                f"{self._name} was not read: it has more than {PDF_CHARACTERS:,} characters, or more than "
                f"{PDF_PAGE_CHARACTERS:,} on one page, the most that is read of a PDF."
            )
        words = words_of(text_page, turned)
        if further := further_quarters(words):
            turned = Turned(page, further=further)
            words = words_of(text_page, turned)
        marks, entries = marks_of(page, turned)
        words = self._with_marks(words, marks)
        lines = lines_of(words)
        self._tally.count("symbol", sum(line.text.count(UNKNOWN) for line in lines))
        for entry in entries:
            self._tally.count("form entry")
            lines.append(_entry_line(f"{entry.name}: {entry.value}" if entry.name else entry.value, lines))
        for picture in self._pictures.of(page, turned):
            if lines:
                _hang(picture, lines)
        for line in lines:
            line.page = number
        return lines

    def _with_marks(self, words: list[Word], marks: Iterable[Mark]) -> list[Word]:
        for mark in marks:
            if not mark.text:
                self._tally.count("mark without words", int(mark.covers))
                continue
            if not words or not mark.boxes:
                continue
            self._tally.count("comment")
            key = str(len(self._notes))
            self._notes[key] = MarginNote(mark.text, mark.author or None, mark.written_at or None)
            covered = [at for at, word in enumerate(words) if mark.covers and _covers(mark.boxes, word.box)]
            first, last = (covered[0], covered[-1]) if covered else (_nearest(mark.boxes[0], words),) * 2
            words[first] = words[first]._replace(begins=(*words[first].begins, CommentBegins(key)))
            words[last] = words[last]._replace(ends=(*words[last].ends, CommentEnds(key)))
        return words

    def _mark_outline(self, paragraphs: Sequence[Paragraph]) -> None:
        """Headings that the outline (the bookmarks) names, on the pages that it leads to."""
        if not pdfium.FPDFBookmark_GetFirstChild(self._paper, None):
            return
        by_place: dict[tuple[int, str], Paragraph] = {}
        for one in paragraphs:
            by_place.setdefault((one.lines[0].page, _compared(one.text)), one)
        try:
            for bookmark in self._paper.get_toc(max_depth=9):
                leads_to = bookmark.get_dest()
                page = leads_to.get_index() if leads_to is not None else None
                found = by_place.get((page, _compared(bookmark.get_title()))) if page is not None else None
                if found is not None:
                    found.heading, found.item = bookmark.level + 1, 0
        except (PdfiumError, RecursionError, UnicodeDecodeError):
            return  # a damaged outline names nothing

    def _reading(self, paragraphs: Sequence[Paragraph], rejoined: Rejoined) -> Reading:
        text = Lines()
        _mark_pages(paragraphs)
        for paragraph in paragraphs:
            shape = None
            if paragraph.heading:
                shape = Shape(PieceKind.HEADING, paragraph.heading)
                self._tally.count("heading")
            elif paragraph.item:
                shape = Shape(PieceKind.LIST_ITEM, paragraph.item)
                self._tally.count("list item")
            text.add(rejoined.text(paragraph), shape=shape)
        whole = text.whole()
        _let_pages_reach(whole)
        whole.add("\n")
        for word in dict.fromkeys(rejoined.words):
            self._tally.count("word divided at a line's end", rejoined.words.count(word), detail=word)
        return Reading(
            whole.text,
            notes=self._tally.notes(),
            beside=beside(whole, self._notes),
            properties=self._properties(),
        )

    def _properties(self) -> dict[str, str]:
        said = self._paper.get_metadata_dict(skip_empty=True)
        found = {ours: said[theirs].strip("\0 ") for theirs, ours in _PROPERTIES.items() if theirs in said}
        found.update({time: iso_time(found[time]) for time in _TIMES if time in found})
        return {name: words for name, words in found.items() if words}


def _mark_pages(paragraphs: Sequence[Paragraph]) -> None:
    """Hang its number on the first line of each page, where there are several."""
    lines = [line for paragraph in paragraphs for line in paragraph.lines]
    for last, line in pairwise([None, *lines]):
        if line is not None and lines[0].page != lines[-1].page and (last is None or line.page != last.page):
            line.wording.hang(Shape(PieceKind.PAGE, line.page + 1), since=0)


def _let_pages_reach(whole: Wording) -> None:
    """Let each page reach to where the next one begins."""
    pages = [one for one in whole.hung if isinstance(one.what, Shape) and one.what.kind is PieceKind.PAGE]
    ends = [*(one.start for one in pages[1:]), whole.length]
    for page, end in zip(pages, ends, strict=False):
        page.end = page.start + len(whole.text[page.start : end].rstrip())


def _compared(text: str) -> str:
    """A heading as it is compared with the outline's: without its number, without case and spaces."""
    return "".join(_NUMBERING.sub("", text).casefold().split())


def _covers(boxes: Iterable[Box], word: Box) -> bool:
    across, up = (word.left + word.right) / 2, (word.bottom + word.top) / 2
    return any(box.left <= across <= box.right and box.bottom <= up <= box.top for box in boxes)


def _nearest(box: Box, words: Sequence[Word]) -> int:
    """The word that is nearest to a note's sign: it hangs from its upper left corner, as it does where one clicked."""
    across, up = box.left, box.top

    def distance(at: int) -> float:
        word = words[at].box
        beyond = max(word.left - across, 0, across - word.right), max(word.bottom - up, 0, up - word.top)
        return beyond[0] ** 2 + beyond[1] ** 2

    return min(range(len(words)), key=distance)


def _entry_line(text: str, lines: Sequence[Line]) -> Line:
    """A line below the others."""
    last = lines[-1] if lines else Line(Wording(), Box(0, 0, 0, 0), 0, 12, 0, 0, is_rtl=False)
    wording = Wording(" ".join(text.split()))
    return replace(last, wording=wording, box=Box(0, 0, 0, 0), baseline=0, words=len(text.split()), is_rtl=False)


def _hang(picture: Placed, lines: Sequence[Line]) -> None:
    """Hang a picture on the end of the last line that stands above its middle; on the beginning of the page if there
    is none, or if the lines stand on it, as those of a scan do."""
    middle = (picture.box.bottom + picture.box.top) / 2
    stands = PictureStands(FoundPicture(0, picture.content, picture.media_type))
    above = [line for line in lines if line.box.bottom >= middle and line.box.shares_column(picture.box)]
    if above and sum(_covers((picture.box,), line.box) for line in lines) < len(lines) / 2:
        above[-1].wording.hang(stands)
    else:
        lines[0].wording.hang(stands, since=0)
