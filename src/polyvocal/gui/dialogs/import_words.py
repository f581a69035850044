"""The words for how files are read: encodings, by what they were told, and what the columns of a table say."""

import re
from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from polyvocal.exchange.about.columns import Use
from polyvocal.exchange.about.found import Key
from polyvocal.exchange.about.rows import TextUnknown
from polyvocal.exchange.readers.given import GivenFile
from polyvocal.exchange.readers.registry import format_for
from polyvocal.exchange.readers.table import TABLE_ENDINGS
from polyvocal.gui import labels
from polyvocal.gui.dialogs.import_rows import Row
from polyvocal.services.commands.incoming import Incoming, ToldBy

ENCODINGS = {
    "utf-8": ("Unicode", "UTF-8"),
    "utf-8-sig": ("Unicode", "UTF-8"),
    "utf-16": ("Unicode, two bytes", "UTF-16"),
    "utf-16-le": ("Unicode, two bytes", "UTF-16 LE"),
    "utf-16-be": ("Unicode, two bytes", "UTF-16 BE"),
    "utf-32": ("Unicode, four bytes", "UTF-32"),
    "windows-1252": ("Western European", "Windows-1252"),
    "iso-8859-15": ("Western European, with the euro", "ISO 8859-15"),
    "mac-roman": ("Western European, old Macs", "Mac Roman"),
    "cp850": ("Western European, DOS", "code page 850"),
    "windows-1250": ("Central European", "Windows-1250"),
    "iso-8859-2": ("Central European, Unix", "ISO 8859-2"),
    "windows-1251": ("Cyrillic", "Windows-1251"),
    "koi8-r": ("Cyrillic, Unix", "KOI8-R"),
    "mac-cyrillic": ("Cyrillic, old Macs", "Mac Cyrillic"),
    "windows-1253": ("Greek", "Windows-1253"),
    "windows-1254": ("Turkish", "Windows-1254"),
    "windows-1255": ("Hebrew", "Windows-1255"),
    "windows-1256": ("Arabic", "Windows-1256"),
    "windows-1257": ("Baltic", "Windows-1257"),
    "windows-1258": ("Vietnamese", "Windows-1258"),
    "cp874": ("Thai", "Windows-874"),
    "gb18030": ("Chinese, simplified", "GB 18030"),
    "big5": ("Chinese, traditional", "Big5"),
    "shift-jis": ("Japanese", "Shift JIS"),
    "euc-jp": ("Japanese, Unix", "EUC-JP"),
    "cp949": ("Korean", "Windows-949"),
}
"""By what Python calls them: what is written in them, and their short names."""

TOLD_BY = {
    ToldBy.MARK: "by its mark",
    ToldBy.DECLARATION: "declared",
    ToldBy.VALIDITY: "",
    ToldBy.STATISTICS: "guessed",
    ToldBy.PERSON: "chosen",
}
COLUMN_USES: dict[Key | Use, str] = {
    Use.TEXT: "Text",
    Use.ATTRIBUTE: "Attribute of the source",
    Use.UNUSED: "not used",
    Key.TITLE: "Title",
    Key.OBSERVER: "Observer",
    Key.STANDING: "Standing",
    Key.POSITION: "Position",
    Key.EVENT: "Event",
    Key.SESSION: "Session",
    Key.PHASE: "Phase",
    Key.DATE: "Date",
    Key.TIME: "Time",
    Key.OBSERVED_FROM: "Observed from",
    Key.OBSERVED_TO: "Observed to",
    Key.WRITTEN_AT: "Written at",
    Key.KIND: "Kind",
    Key.PRESENT: "Who was present",
    Key.NOTE: "Written up as",
}

TOLD_WHOLE = {
    ToldBy.MARK: "The mark at its beginning says so.",
    ToldBy.DECLARATION: "The file itself declares it.",
    ToldBy.VALIDITY: "All of its bytes fit.",
    ToldBy.STATISTICS: "That is a guess: look whether letters, quotation marks and dashes are right.",
    ToldBy.PERSON: "You chose it.",
}


def encoding(name: str) -> str:
    """An encoding by what is written in it, and its short name."""
    written, short = _named(name)
    return f"{written} ({short})" if written else short


def read_as(given: GivenFile, incoming: Incoming) -> str:
    """As what a file was read, in a few words: its encoding and by what that was told, or else its format."""
    if incoming.encoding is None:
        return labels.capitalised(_format_of(given))
    _, name = _named(incoming.encoding)
    by = TOLD_BY[incoming.encoding_by] if incoming.encoding_by is not None else ""
    words = f"{name}, {by}" if by else name
    return _tr("Table, %s") % words if given.ending in TABLE_ENDINGS else words


def how_told(given: GivenFile, name: str | None, by: ToldBy | None) -> str:
    """The same in sentences; `name` is that of the encoding."""
    if name is None:
        return _tr("Read as: %s.") % _format_of(given)
    why = f" {TOLD_WHOLE[by]}" if by is not None else ""
    return _tr("Read as %s.") % encoding(name) + why


def told_of(row: Row) -> str:
    """What there is to say of a file: why it cannot be read, what is in doubt, that it is known, or its length."""
    if row.outcome is None:
        return _tr("not read yet")
    if row.incoming is None:
        is_open = isinstance(row.outcome.fault, TextUnknown)
        return _tr("Nothing says which of its columns is the text: choose it (Alt+Enter).") if is_open else row.reason
    if row.same_as is not None:
        return _tr("In the project already, as “%s”: it is not doubled.") % row.same_as
    if row.is_doubled and row.twin is not None:
        return _tr("The same text as %s: it is taken in once.") % row.twin.name
    asked = list(_asked_of(row))
    if asked:
        return " ".join(asked)
    words = row.words
    told_first = _tr("1 word") if words == 1 else _tr("%s words") % labels.number(words)
    notes = [f"{note.what}: {labels.number(note.how_many)}" for note in row.incoming.notes if note.what != "encoding"]
    return " · ".join([told_first, *notes])


def _asked_of(row: Row) -> Iterator[str]:
    """What there is to look at in what is to be taken in."""
    yield from (doubt.sentence for doubt in row.doubts)
    if row.is_guessed:
        yield _tr("Its encoding is guessed: look whether its letters are right (Alt+Enter).")
    if row.renews is not None:
        yield _tr("A changed state of “%s”: becomes a new version of it.") % row.renews.title
    elif row.earlier is not None:
        yield _tr("Like “%s”, but taken in as a source of its own.") % row.earlier.title


def _named(name: str) -> tuple[str, str]:
    """What is written in an encoding, where that is known, and its short name."""
    other = re.sub("^iso-", "ISO ", re.sub("^windows-", "Windows-", re.sub("^cp(?=[0-9])", "code page ", name)))
    return ENCODINGS.get(name, ("", other))


def _format_of(given: GivenFile) -> str:
    return _tr("workbook") if given.ending in TABLE_ENDINGS else format_for(given.ending, given.shown).name


def _tr(words: str) -> str:
    return QCoreApplication.translate("Import", words)
