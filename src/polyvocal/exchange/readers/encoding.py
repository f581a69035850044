"""Telling the encoding of a text that is not plain UTF-8: by its byte-order mark, else by its statistics."""

import codecs
import re

from polyvocal.domain.errors import UserError
from polyvocal.domain.text import shown
from polyvocal.exchange.readers.reading import Reading
from polyvocal.services.commands.incoming import Note, ToldBy

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),  # before UTF-16, whose mark begins alike
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_NO_ENCODINGS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7"})
"""Codecs of Python that no text file is written in."""

_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1a\x1b"))
_MOST_CONTROLS = 0.005

_WESTERN = re.compile("[\\x00-\\x7f\xa0¡¢£§¨©«¬®°²´·º»¼½¾¿À-ÏÑ-ÖØ-ÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüÿŠšŽžŒœŸ‘’‚“”„–—…•€™]+")
"""What people write in Western Europe, of what Windows-1252 has. Left out are the places where Turkish, Polish,
Czech or Romanian have their letters in the encodings of their own."""
_UNLIKELY = re.compile("[a-zà-ÿ][À-ÞŠŒŽŸ][a-zà-ÿ]|\\w[‚„]")
_SPARSE, _SPARSE_IF_SHORT = 0.12, 0.25
"""The most letters beyond ASCII in a Western text; of one of few bytes there is little for statistics to go by."""
_SHORT = 200


def decode(content: bytes, name: str) -> Reading:
    """Read text that is not plain UTF-8; where the encoding was guessed, a note says so.

    Raises UserError: not what its byte-order mark says, no text at all, an encoding that cannot be told.
    """
    for mark, encoding, called in _MARKS:
        if content.startswith(mark):
            try:
                return Reading(_without_nul(content.decode(encoding), name), encoding, encoding_by=ToldBy.MARK)
            except UnicodeDecodeError as fault:
                raise UserError(
                    f"{name} begins with the mark of {called}, but byte {fault.start:,} is not {called}. Open it in a "
                    "text editor, see what is wrong there, and save it again as UTF-8."
                ) from None
    if b"\0" in content:
        return _unmarked_utf16(content, name)
    controls = len(content) - len(content.translate(None, _CONTROLS))
    if controls > _MOST_CONTROLS * len(content):
        raise _no_text(name)
    encoding = "windows-1252" if _is_western(content) else _detected(content, name)
    return _guessed(content.decode(encoding), encoding)


OFFERED = (
    "utf-8",
    "utf-16",
    "windows-1252",
    "iso-8859-15",
    "mac-roman",
    "cp850",
    "windows-1250",
    "iso-8859-2",
    "windows-1251",
    "koi8-r",
    "mac-cyrillic",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
    "cp874",
    "gb18030",
    "big5",
    "shift-jis",
    "euc-jp",
    "cp949",
)
"""The encodings that people meet, to choose from; `decode_as` takes the others that Python has, too."""


def decode_as(content: bytes, name: str, encoding: str) -> Reading:
    """Read text in the encoding that a person names.

    Raises UserError: no such encoding, bytes that it has no characters for, no text at all.
    """
    try:
        known = codecs.lookup(encoding)
    except LookupError:
        known = None
    if known is None or not getattr(known, "_is_text_encoding", False) or known.name in _NO_ENCODINGS:
        offered = ", ".join(OFFERED)
        raise UserError(f"there is no encoding {shown(encoding)}. Among those there are: {offered}.")
    named = "utf-8-sig" if known.name == "utf-8" and content.startswith(codecs.BOM_UTF8) else _usual_name(known.name)
    try:
        text = _without_nul(content.decode(named), name)
    except UnicodeDecodeError as fault:
        raise UserError(
            f"{name} is not written in {named}: byte {fault.start:,} is none of its characters. Name another encoding."
        ) from None
    note = Note("encoding", 1, f"read as {named}, which was named for it")
    return Reading(text, named, (note,), encoding_by=ToldBy.PERSON)


def _guessed(text: str, encoding: str) -> Reading:
    note = Note(
        "encoding",
        1,
        f"read as {encoding} by its statistics: check accents, quotation marks and dashes; if they are wrong, name "
        "its encoding, or save the file as UTF-8 and import it again",
    )
    return Reading(text, encoding, (note,), encoding_by=ToldBy.STATISTICS)


def _unmarked_utf16(content: bytes, name: str) -> Reading:
    """In UTF-16 most second bytes of a text are NUL, or most first ones, but never both."""
    pairs = len(content) // 2
    first, second = content[::2].count(0), content[1::2].count(0)
    for encoding, many, few in (("utf-16-le", second, first), ("utf-16-be", first, second)):
        if many > pairs / 3 and few < pairs / 100:
            try:
                return _guessed(_without_nul(content.decode(encoding), name), encoding)
            except UnicodeDecodeError:
                break
    raise _no_text(name)


def _without_nul(text: str, name: str) -> str:
    if "\0" in text:
        raise _no_text(name)
    return text


def _no_text(name: str) -> UserError:
    return UserError(
        f"{name} is no text file: it holds NULs or other control characters, as pictures and programs do. "
        "Save what you mean as UTF-8 text."
    )


def _is_western(content: bytes) -> bool:
    """Whether it can well be a text in a Western language with an accent or a curly quote now and then.

    That is asked before the statistics are, since of a few accented letters they make Polish, Arabic or Chinese.
    """
    high = len(content) - len(content.translate(None, bytes(range(0x80, 0x100))))
    if high > (_SPARSE if len(content) > _SHORT else _SPARSE_IF_SHORT) * len(content) and high > 1:
        return False
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return bool(_WESTERN.fullmatch(text)) and not _UNLIKELY.search(text)


def _detected(content: bytes, name: str) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(content, cp_exclusion=["utf_7", "utf_16", "utf_16_le", "utf_16_be", "utf_32"]).best()
    if best is None:
        raise UserError(
            f"{name}: its encoding cannot be told (it is not UTF-8, and no other one makes a text of it). "
            "Name its encoding, or save it as UTF-8 text in the program that wrote it."
        )
    return _usual_name(best.encoding)


def _usual_name(encoding: str) -> str:
    name = codecs.lookup(encoding).name.replace("_", "-")
    return re.sub("^iso8859-", "iso-8859-", re.sub("^cp125", "windows-125", name))
