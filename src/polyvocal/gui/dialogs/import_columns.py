"""The columns of the import table: what each is called, how wide it is, and which field of a file it shows."""

from collections.abc import Mapping
from enum import IntEnum

from PySide6.QtCore import QCoreApplication

from polyvocal.exchange.about.found import Field
from polyvocal.gui import labels
from polyvocal.gui.dialogs.import_rows import FIELDNOTE, TIMES


class Column(IntEnum):
    """What stands in a column."""

    FILE = 0
    TELLS = 1
    READ_AS = 2
    TITLE = 3
    OBSERVERS = 4
    EVENT = 5
    SESSION = 6
    PHASE = 7
    OBSERVED_FROM = 8
    OBSERVED_TO = 9
    POSITION = 10
    PRESENT = 11
    STANDING = 12
    WRITTEN_AT = 13
    KIND = 14
    NOTE = 15


FIELDS: dict[Column, Field] = {column: Field[column.name] for column in Column if column > Column.READ_AS}
"""All that can be said of a file has its column."""

VOCABULARIES: dict[Field, Mapping[str, str]] = {
    Field.KIND: {str(one): words for one, words in labels.KINDS.items()},
    Field.STANDING: {str(one): words for one, words in labels.STANDINGS.items()},
    Field.PHASE: {str(one): words for one, words in labels.PHASES.items()},
}
LISTS = frozenset({Field.OBSERVERS, Field.PRESENT})
"""The fields of which there may be several values."""

WIDTHS = {
    Column.FILE: 30,
    Column.TELLS: 35,
    Column.READ_AS: 25,
    Column.TITLE: 21,
    Column.OBSERVERS: 18,
    Column.EVENT: 18,
    Column.SESSION: 16,
    Column.PHASE: 9,
    Column.OBSERVED_FROM: 17,
    Column.OBSERVED_TO: 17,
    Column.POSITION: 18,
    Column.PRESENT: 24,
    Column.STANDING: 15,
    Column.WRITTEN_AT: 17,
    Column.KIND: 14,
    Column.NOTE: 20,
}
"""In characters of average width."""


def heads() -> tuple[str, ...]:
    """What the columns are called, in their order."""
    return (
        _tr("File"),
        _tr("What to look at"),
        _tr("Read as"),
        _tr("Title"),
        _tr("Observers"),
        _tr("Event"),
        _tr("Session"),
        _tr("Phase"),
        _tr("Observed from"),
        _tr("Observed to"),
        _tr("Position"),
        _tr("Who was present"),
        _tr("Standing"),
        _tr("Written at"),
        _tr("Kind"),
        _tr("Written up as"),
    )


def column_of(what: Field) -> Column:
    """The column of a field."""
    return next(column for column, field in FIELDS.items() if field is what)


def in_words(what: Field, value: str) -> str:
    """A value as a person reads it."""
    if what in VOCABULARIES:
        return VOCABULARIES[what].get(value, value)
    return value.replace("T", " ", 1) if what in TIMES else value


def unsaid(what: Field) -> str:
    """What holds of a field of which nobody says anything."""
    return in_words(what, FIELDNOTE) if what is Field.KIND else ""


def _tr(words: str) -> str:
    return QCoreApplication.translate("Column", words)
