"""From the tokens of a rich text file to its text and to what is told of the rest.

Groups are kept on a stack, and never read by recursion. What is not known is treated as the format demands: a group
that begins with \\* is skipped, any other control word passed over.
"""

from __future__ import annotations

from polyvocal.domain.errors import UserError
from polyvocal.exchange.readers.counting import Counting
from polyvocal.exchange.readers.limits import RTF_DEPTH
from polyvocal.exchange.readers.reading import Reading
from polyvocal.exchange.readers.rtf.charsets import DOCUMENT, codec_of_page
from polyvocal.exchange.readers.rtf.formatting import CHARACTERS, FORMATTING, SIGNS
from polyvocal.exchange.readers.rtf.groups import OPENING, PASSED_THROUGH, SKIPPED, Sharing
from polyvocal.exchange.readers.rtf.heads import Font, Lists
from polyvocal.exchange.readers.rtf.pictures import Picture
from polyvocal.exchange.readers.rtf.state import State
from polyvocal.exchange.readers.rtf.story import Allowance, Context, Story
from polyvocal.exchange.readers.rtf.tokens import Tokens
from polyvocal.exchange.readers.symbols import UNKNOWN, in_unicode
from polyvocal.exchange.readers.wording import beside, joined

_BEGINNING = b"{\\rtf"
_WHITE = b" \t\r\n\0"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_WRITES_LABELS = (b"\\listtext", b"\\pntext")
_LITERAL = (b"\\", b"{", b"}")
"""Behind a backslash these are text; in a code page of two bytes a character may be the second one."""
_NO_FONT = Font()
_CONTROLS = bytes(set(range(0x20)) - set(b"\t"))
_HIGH, _LOW, _PLANES = range(0xD800, 0xDC00), range(0xDC00, 0xE000), 0x110000
_CUT_OFF = "the end of the file is missing, and what stood there"
_BEHIND = "something stands behind the end of the document, and was not read"


def read_rtf(content: bytes, name: str) -> Reading:
    """Read an .rtf as text: a paragraph a line, headings after a blank line, list items with their labels, table rows
    with " | " between cells, footnotes at the end; beside it structure, comments and pictures.

    Raises UserError: no rich text, groups that lie in one another too deep, larger than the limits.
    """
    content = content.removeprefix(_BYTE_ORDER_MARK).lstrip(_WHITE)
    if not content.startswith(_BEGINNING):
        raise UserError(f"{name} is no rich text file, whatever its ending says: {_instead(content)}")
    return _Document(content, name).read()


def _instead(content: bytes) -> str:
    if content.startswith(b"PK\x03\x04"):
        return "it is a zip package, perhaps a Word document. Give it back its ending (.docx)."
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return (
            "it is an old Office document, or one that is locked with a password. Open it in Word or LibreOffice and "
            "save it as .docx without a password."
        )
    return "it does not begin as one. If it is plain text, let its name end in .txt; else save it again as .rtf."


class _Document:
    """Reads one file. Bytes of text are gathered, and decoded when anything else comes."""

    def __init__(self, content: bytes, name: str) -> None:
        self._tokens, self._name = Tokens(content, name), name
        lists = Lists()
        writes_labels = any(word in content for word in _WRITES_LABELS)
        self._context = Context(
            Allowance(name), lists=lists, counting=None if writes_labels else Counting(lists.by_number)
        )
        self._body = Story(self._context)
        self._sharing = Sharing(self._context)
        self._state = self._closed = State(self._body)
        self._around: list[State] = []
        self._bytes = bytearray()
        self._codec = DOCUMENT[b"ansi"]
        self._default_font = 0
        self._to_skip = 0
        self._high_surrogate = 0
        self._starred = False

    def read(self) -> Reading:
        self._read_groups()
        context = self._context
        lines = self._body.finished(self._closed)  # what the whole document was set to at its end
        notes = joined("\n", [context.notes[number] for number in sorted(context.notes)])
        whole = joined("\n\n", [part for part in (lines.whole(), notes) if part.length or part.hung])
        whole.add("\n")
        context.tally.count("comment", len(context.comments))
        return Reading(
            whole.text,
            notes=context.tally.notes(),
            beside=beside(whole, context.comments),
            properties=self._sharing.properties,
        )

    # --- groups --------------------------------------------------------------------------------------------------

    def _read_groups(self) -> None:
        """Read to the end of the first group, which is the document."""
        while True:
            kind, value, number = self._tokens.next()
            if kind in ("text", "byte") or (kind == "sign" and value in _LITERAL):
                self._take_in(value, is_digits=kind == "text")
                continue
            self._decode()
            if kind == "open":
                self._open()
            elif kind == "close":
                self._close()
                if not self._around:
                    if self._tokens.has_more():
                        self._context.tally.count("broken part", detail=_BEHIND)
                    return
            elif kind == "word":
                self._word(value, number)
            elif kind == "sign":
                self._sign(value)
            else:
                self._context.tally.count("broken part", detail=_CUT_OFF)
                while self._around:
                    self._close()
                return

    def _open(self) -> None:
        if len(self._around) >= RTF_DEPTH:
            raise UserError(
                f"{self._name} was not read: its groups lie in one another more than {RTF_DEPTH:,} deep, as no program "
                "writes them. Open it in Word or LibreOffice, and save it again."
            )
        self._around.append(self._state)
        self._state = self._state.inner()
        self._to_skip = 0
        self._starred = False

    def _close(self) -> None:
        for destination in reversed(self._state.opened):
            destination.end(self._state)
        self._closed = self._state
        self._state = self._around.pop()
        self._to_skip = 0

    # --- control words -------------------------------------------------------------------------------------------

    def _word(self, name: bytes, number: int | None) -> None:
        if self._starred:
            self._starred = False
            if not self._begin_destination(name, number):
                self._tokens.skip_group()
        elif (formatting := FORMATTING.get(name)) is not None:
            formatting(self._state, number)
        elif (character := CHARACTERS.get(name)) is not None:
            self._character(character)
        else:
            self._to_skip = max(self._to_skip - 1, 0)  # it stands in for a character, and is obeyed all the same
            self._rarer_word(name, number)

    def _rarer_word(self, name: bytes, number: int | None) -> None:
        if name == b"u":
            self._unicode(number or 0)
        elif name == b"upr":
            self._tokens.skip_inner_group()  # the same in Unicode follows
        elif name == b"bin":
            self._binary(number or 0)
        elif not (self._begin_destination(name, number) or self._about_document(name, number)):
            self._state.into.word(name, number, self._state)

    def _begin_destination(self, name: bytes, number: int | None) -> bool:
        """Go on into a destination, or past it; False where it is not known."""
        if name in SKIPPED:
            self._tokens.skip_group()
            return True
        if name in PASSED_THROUGH:
            self._state.into.word(name, number, self._state)
            return True
        opening = OPENING.get(name)
        if opening is None:
            return False
        destination = opening(self._sharing, self._state)
        if destination is None:
            self._tokens.skip_group()
        elif destination is not self._state.into:
            self._state.into = destination
            self._state.opened = (*self._state.opened, destination)
        return True

    def _about_document(self, name: bytes, number: int | None) -> bool:
        """Take in what is said of the document as a whole."""
        if name in DOCUMENT:
            self._codec = DOCUMENT[name]
        elif name == b"ansicpg":
            self._codec = codec_of_page(number or 0) or self._codec
        elif name == b"deff":
            self._default_font = number or 0
        else:
            return False
        return True

    def _sign(self, sign: bytes) -> None:
        self._starred = sign == b"*"
        if sign in (b"\r", b"\n"):
            self._state.into.word(b"par", None, self._state)
        elif sign in SIGNS:
            self._character(SIGNS[sign])

    def _character(self, character: str) -> None:
        if self._to_skip:
            self._to_skip -= 1
        else:
            self._state.into.text(character, self._state)

    # --- text ----------------------------------------------------------------------------------------------------

    def _take_in(self, content: bytes, *, is_digits: bool = False) -> None:
        """Bytes of text, without those that stand in for a character that was given in Unicode."""
        if self._to_skip:
            skipped = min(self._to_skip, len(content))
            self._to_skip -= skipped
            content = content[skipped:]
        if content and self._high_surrogate:
            self._end_surrogate()
        into = self._state.into
        if not into.takes_hex:
            self._bytes += content
        elif is_digits:
            into.data(content)

    def _decode(self) -> None:
        """Hand on the bytes that were gathered, as text in the code page of the font."""
        if not self._bytes:
            return
        content, self._bytes = bytes(self._bytes), bytearray()
        if not content:
            return
        self._context.allowance.take_text(len(content))
        font, into = self._font, self._state.into
        if not into.takes_controls:
            content = content.translate(None, _CONTROLS)
        if font.is_symbols:
            text = _symbols(content, font.name)
            self._context.tally.count("symbol", text.count(UNKNOWN))
        else:
            text = content.decode(font.codec or self._codec, "replace")
            self._context.tally.count("unreadable character", text.count(UNKNOWN))
        into.text(text, self._state)

    @property
    def _font(self) -> Font:
        number = self._state.font
        return self._context.fonts.get(self._default_font if number is None else number, _NO_FONT)

    def _unicode(self, number: int) -> None:
        """A character by its number: 16 bits with a sign; beyond those, two surrogates in a row."""
        code = number + 0x10000 if number < 0 else number
        if code in _LOW and self._high_surrogate:
            code = 0x10000 + ((self._high_surrogate - _HIGH.start) << 10) + code - _LOW.start
            self._high_surrogate = 0
        self._end_surrogate()
        self._to_skip = self._state.skip_after_unicode
        font, into = self._font, self._state.into
        if code in _HIGH:
            self._high_surrogate = code
        elif code in _LOW or code >= _PLANES:
            self._unreadable()
        elif font.is_symbols and code < 0x100:
            into.text(_symbols(bytes([code]), font.name), self._state)
        elif code >= 0x20 or code == ord("\t"):
            into.text(in_unicode(chr(code), font.name), self._state)

    def _end_surrogate(self) -> None:
        """A first half of a character to which no second one came is none."""
        if self._high_surrogate:
            self._high_surrogate = 0
            self._unreadable()

    def _unreadable(self) -> None:
        self._context.tally.count("unreadable character")
        self._state.into.text(UNKNOWN, self._state)

    def _binary(self, length: int) -> None:
        content = self._tokens.take(length)
        into = self._state.into
        if isinstance(into, Picture):
            into.binary(content)


def _symbols(content: bytes, font: str) -> str:
    """Bytes in a font of symbols. Letters and digits in one that is not known are left as they are."""
    shown = in_unicode("".join(chr(0xF000 + byte) for byte in content), font)
    return "".join(
        (chr(ord(one) - 0xF000) if ord(one) < 0xF080 else UNKNOWN) if "\uf000" <= one <= "\uf0ff" else one
        for one in shown
    )
