"""From the parts of a Word document to its text and to what is told of the rest."""

from lxml.etree import _Element

from polyvocal.domain.errors import UserError
from polyvocal.domain.structure import PieceKind
from polyvocal.exchange.readers.lines import Lines
from polyvocal.exchange.readers.package import DamagedPart
from polyvocal.exchange.readers.reading import Reading
from polyvocal.exchange.readers.tally import Tally
from polyvocal.exchange.readers.word.names import attribute, name_of, within
from polyvocal.exchange.readers.word.numbering import numbering
from polyvocal.exchange.readers.word.package import WordPackage
from polyvocal.exchange.readers.word.pictures import Pictures
from polyvocal.exchange.readers.word.story import Context, Story
from polyvocal.exchange.readers.word.styles import Styles
from polyvocal.exchange.readers.wording import MarginNote, Shape, Wording, beside, joined


def read_word(content: bytes, name: str) -> Reading:
    """Read a .docx as text: a paragraph a line, headings after a blank line, list items with their labels, table rows
    with " | " between cells, footnotes at the end; beside it structure, comments and pictures.

    Raises UserError: locked, damaged, no Word document, larger than the limits.
    """
    package = WordPackage(content, name)
    try:
        root = package.xml(package.main_part())
    except DamagedPart as fault:
        raise UserError(
            f"{name} is damaged: {fault}. Open it in Word or LibreOffice, which may be able to repair it, and save it "
            "again."
        ) from None
    if name_of(root) != "w:document":
        raise UserError(f"{name} is no Word document: its main part is a {name_of(root).rpartition(':')[2]}.")
    try:
        return _Document(package).read(root)
    except RecursionError:
        raise UserError(f"{name} was not read: its tables or text boxes lie in one another too deep.") from None


class _Document:
    def __init__(self, package: WordPackage) -> None:
        self._package = package
        self._tally = Tally()
        self._parts: dict[str, list[str]] = {}
        self._targets: dict[str, str] = {}
        try:
            for one in package.relationships(package.main_part()):
                self._parts.setdefault(one.kind, []).append(one.target)
                self._targets[one.id] = one.target
        except DamagedPart as fault:
            self._tally.count("broken part", detail=str(fault))

    def read(self, root: _Element) -> Reading:
        pictures = Pictures(self._package, self._targets, self._tally)
        context = Context(Styles(self._part("styles")), numbering(self._part("numbering")), self._tally, pictures)
        lines = Lines()
        for body in root:
            if name_of(body) == "w:body":
                Story(context).blocks(body, lines)
        whole = joined("\n\n", [part for part in (lines.whole(), self._notes(context)) if part.length])
        whole.add("\n")
        comments = self._comments(context)
        self._tally.count("comment", len(comments))
        self._tell_what_is_beside()
        return Reading(
            whole.text, notes=self._tally.notes(), beside=beside(whole, comments), properties=self._properties()
        )

    def _part(self, kind: str) -> _Element | None:
        targets = self._parts.get(kind)
        return self._read(targets[0]) if targets else None

    def _read(self, part: str) -> _Element | None:
        try:
            return self._package.xml(part)
        except DamagedPart as fault:
            self._tally.count("broken part", detail=str(fault))
            return None

    def _notes(self, context: Context) -> Wording:
        """The texts of the notes in the order of their marks. A note may hold the mark of another, read after it."""
        texts = {
            (kind, attribute(one, "w:id")): one
            for kind in ("footnote", "endnote")
            if (part := self._part(f"{kind}s")) is not None
            for one in part
            if attribute(one, "w:type") in (None, "normal")
        }
        written = []
        for number, (kind, identity) in enumerate(context.marks, 1):
            element = texts.pop((kind, identity), None)
            if element is None:
                self._tally.count("note without text")
                continue
            self._tally.count(kind)
            lines = Lines()
            Story(context).blocks(element, lines)
            note = Wording(f"[{number}] ")
            note.add(lines.whole().stripped())
            note.hang(Shape(PieceKind.NOTE, number), since=0)
            written.append(note)
        left_out = sum(_has_text(one) for one in texts.values())
        self._tally.count("note on left-out text", left_out)
        return joined("\n", written)

    def _comments(self, context: Context) -> dict[str, MarginNote]:
        """What the comments say, by their ids. One in which nothing is written is none."""
        part = self._part("comments")
        found: dict[str, MarginNote] = {}
        for one in part if part is not None else ():
            if name_of(one) != "w:comment":
                continue
            lines = Lines()
            Story(context).blocks(one, lines)
            text = lines.whole().text.strip()
            if text:
                author, written_at = attribute(one, "w:author"), attribute(one, "w:date")
                found[attribute(one, "w:id") or ""] = MarginNote(text, author or None, written_at or None)
        return found

    def _properties(self) -> dict[str, str]:
        """What the document says of itself: title, creator, created and so on."""
        try:
            for one in self._package.relationships(""):
                if one.kind == "core-properties":
                    root = self._package.xml(one.target)
                    said = ((name_of(each).casefold(), (each.text or "").strip()) for each in root)
                    return {name: words for name, words in said if words}
        except DamagedPart:
            pass  # nothing that anybody wrote
        return {}

    def _tell_what_is_beside(self) -> None:
        for target in sorted({*self._parts.get("header", ()), *self._parts.get("footer", ())}):
            root = self._read(target)
            self._tally.count("header or footer", int(root is not None and _has_text(root)))


def _has_text(root: _Element) -> bool:
    """Whether there is more than a page number."""
    text = "".join(one.text or "" for one in within(root, "w:t"))
    return not text.isspace() and not text.strip().isdecimal() and bool(text)
