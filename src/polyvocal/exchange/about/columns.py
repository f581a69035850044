"""What the columns of a table are: the text, who, when and where, an attribute, or unused; proposed, then decided.

Proposed by the names of the columns, as labels in files are read; where no name says which the text is, by the length
of what stands in the cells. Attributes are never proposed: a person says which columns are.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TypeAlias

from polyvocal.domain.errors import UserError
from polyvocal.domain.text import shown
from polyvocal.exchange.about.found import Key
from polyvocal.exchange.about.keywords import LABELS, plain
from polyvocal.exchange.readers.table import Table

_TEXTS = (
    "text, account, fieldnote, fieldnotes, field note, field notes, note, notes, observation, observations, "
    "description, what happened, what did you see, answer, response, reflection, reflections, comment, comments, "
    "feldnotiz, notizen, beobachtung, beobachtungen, beschreibung, antwort, texte, notes de terrain, réponse, "
    "texto, notas, respuesta, tekst, antwoord, resposta, testo, risposta"
)
TEXTS = frozenset(plain(word) for word in _TEXTS.split(","))
_LONG = 40
"""From how many characters in most of its cells a column is taken for text."""


class Use(StrEnum):
    """What becomes of a column that says neither who nor when nor where."""

    TEXT = "text"
    ATTRIBUTE = "attribute"
    UNUSED = "unused"


SEVERAL = frozenset({Key.OBSERVER, Key.PRESENT, *Use})
"""What several columns may be."""

Columns: TypeAlias = tuple[Key | Use, ...]
"""What each column of a table is, in their order."""

Deciding: TypeAlias = Callable[[Table], Columns]
"""Says what the columns of a table are."""

_USES: dict[str, Key | Use] = {**{plain(key): key for key in Key}, **{plain(use): use for use in Use}}


def propose_columns(table: Table) -> Columns:
    """What the columns of a table may be. A key stands once, but for observers and those who were present."""
    columns: list[Key | Use] = []
    for header in table.header:
        label = plain(header)
        use = Use.TEXT if label in TEXTS else LABELS.get(label, Use.UNUSED)
        columns.append(Use.UNUSED if use in columns and use not in SEVERAL else use)
    if Use.TEXT not in columns:
        open_ = [at for at, use in enumerate(columns) if use is Use.UNUSED]
        lengths = {at: _usual_length(row.cells[at] for row in table.rows) for at in open_}
        for at in open_:
            if lengths[at] >= _LONG:
                columns[at] = Use.TEXT
    return tuple(columns)


def decide_columns(table: Table, given: Iterable[str]) -> Columns:
    """The proposed columns with what a person says of some: "observer=Name", "text=C" (by name, or by letter).

    Where one says which the text is, or which is about a key, those that were proposed for it are unused. Raises
    UserError: nothing set apart by =, no such column, nothing that a column can be.
    """
    said: dict[int, Key | Use] = {}
    for one in given:
        name, found, header = one.partition("=")
        if not found:
            raise UserError(f"{shown(one)} does not say what a column is: write, for example, observer=Name")
        use = _USES.get(plain(name)) or LABELS.get(plain(name))
        if use is None:
            raise UserError(f"a column cannot be {shown(name)}; it can be {', '.join((*Use, *Key))}")
        said[_place(table, header)] = use
    taken = set(said.values()) - {Use.ATTRIBUTE, Use.UNUSED}
    proposed = (Use.UNUSED if use in taken else use for use in propose_columns(table))
    return tuple(said.get(at, use) for at, use in enumerate(proposed))


def as_decided(columns: Columns) -> Deciding:
    """Says of a table what was decided; of one that has fewer or more columns by now, what is proposed."""
    return lambda table: columns if len(columns) == len(table.header) else propose_columns(table)


def _place(table: Table, name: str) -> int:
    """A column by its name, without regard to case, or by the letter under which a spreadsheet shows it."""
    alike = [at for at, header in enumerate(table.header) if plain(header) == plain(name)]
    if len(alike) == 1:
        return alike[0]
    wanted = name.strip().upper()
    if not alike and wanted in table.letters:
        return table.letters.index(wanted)
    if alike:
        which = ", ".join(table.letters[at] for at in alike)
        raise UserError(f"several columns are called {shown(name)}: name one by its letter ({which})")
    raise UserError(f"there is no column {shown(name)}; there are {', '.join(map(shown, table.header))}")


def _usual_length(cells: Iterable[str]) -> int:
    lengths = sorted(len(cell) for cell in cells if cell.strip())
    return lengths[len(lengths) // 2] if lengths else 0
