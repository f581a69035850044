"""Reading a project: one moment of the file, seen through one connection."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TypeVar

from sqlalchemy import Connection, Select, bindparam, func, select
from sqlalchemy.dialects.sqlite import dialect

from polyvocal.domain.errors import BugError
from polyvocal.domain.record import Record
from polyvocal.store.blind import see_only
from polyvocal.store.connect import raw
from polyvocal.store.journal import Journal
from polyvocal.store.schema import ORIGINAL, RECORD_OF_KIND, TABLES, TEXT, columns_of, from_row, kind_of

R = TypeVar("R", bound=Record)
T = TypeVar("T")

_BATCH = 500


class View:
    """Reads records, texts and rows. Everything it gives is frozen and outlives it."""

    def __init__(self, sql: Connection) -> None:
        self.sql = sql
        self.raw: sqlite3.Connection = raw(sql)
        self.journal = Journal(self.raw)
        self.blind_for: int | None = None
        """The coder whose codings are the only ones that are seen; None where all are."""

    def be_blind_for(self, coder: int | None) -> None:
        """See, of what was coded, only what one coder coded; or all again. Not within a moment of the file."""
        if coder != self.blind_for:
            see_only(self.raw, coder)
            self.blind_for = coder

    def all(self, cls: type[R]) -> list[R]:
        """Every record of a kind, in the order of their ids."""
        return self.find(cls)

    def find(self, cls: type[R], **equal: object) -> list[R]:
        """The records whose fields equal the given values (None: empty), in the order of their ids."""
        empty = frozenset(name for name, value in equal.items() if value is None)
        values = tuple(value for value in equal.values() if value is not None)
        return [from_row(cls, row) for row in self.raw.execute(_finding(cls, tuple(equal), empty), values)]

    def get(self, cls: type[R], identity: int) -> R | None:
        """The record with an id, or None."""
        found = self.find(cls, id=identity)
        return found[0] if found else None

    def need(self, cls: type[R], identity: int) -> R:
        """The record with an id that is known to be there; BugError if it is not."""
        found = self.get(cls, identity)
        if found is None:
            raise BugError(f"there is no {kind_of(cls)} {identity}")
        return found

    def among(self, cls: type[R], column: str, values: Iterable[int | str]) -> list[R]:
        """The records whose column holds one of the values, in no particular order."""
        table = TABLES[cls]
        return [
            from_row(cls, row)
            for batch in batches(list(values))
            for row in self.sql.execute(select(table).where(table.c[column].in_(batch)))
        ]

    def count(self, cls: type[Record], **equal: object) -> int:
        """How many records of a kind there are whose fields equal the given values."""
        counted = _where(cls, equal).with_only_columns(func.count(), maintain_column_froms=True)
        return self.sql.execute(counted).scalar_one()

    def size(self) -> int:
        """The size of the file in bytes, as SQLite counts its pages."""
        (pages,), (size,) = (self.raw.execute(f"PRAGMA {one}").fetchone() for one in ("page_count", "page_size"))
        return int(pages) * int(size)

    def words(self) -> int:
        """The words of all current texts: of the versions that no other was made from."""
        (words,) = self.raw.execute(
            "SELECT coalesce(sum(words), 0) FROM source_version AS v "
            "WHERE NOT EXISTS (SELECT 1 FROM source_version AS c WHERE c.parent = v.id)"
        ).fetchone()
        return int(words)

    def operations(self) -> int:
        """How many operations the history has."""
        return int(self.raw.execute("SELECT count(*) FROM operation").fetchone()[0])

    def kind_of(self, identity: int) -> str | None:
        """The kind of the thing that bears an id, or None."""
        for kind, cls in RECORD_OF_KIND.items():
            column = TABLES[cls].c.id
            if self.sql.execute(select(column).where(column == identity)).first():
                return kind
        return None

    def text(self, text_hash: str) -> str:
        """The text with a hash."""
        body = self.sql.execute(select(TEXT.c.body).where(TEXT.c.hash == text_hash)).scalar()
        if body is None:
            raise BugError(f"the text {text_hash} is not in the file: run `polyvocal check`")
        return str(body)

    def original(self, original_hash: str) -> bytes:
        """The bytes of an imported file: kept as they were, or as its text where that is the same to the byte."""
        body = self.sql.execute(select(ORIGINAL.c.body).where(ORIGINAL.c.hash == original_hash)).scalar()
        return self.text(original_hash).encode() if body is None else bytes(body)


@cache
def _finding(cls: type, names: tuple[str, ...], empty: frozenset[str]) -> str:
    """The statement of `find` for the driver: nothing is asked more often, and SQLAlchemy's share was two thirds."""
    equal: dict[str, object] = {name: None if name in empty else bindparam(name) for name in names}
    return str(_where(cls, equal).order_by(TABLES[cls].c.id).compile(dialect=dialect()))


def _where(cls: type, equal: dict[str, object]) -> Select[tuple[object, ...]]:
    table = TABLES[cls]
    unknown = equal.keys() - set(columns_of(cls))
    if unknown:
        raise BugError(f"{cls.__name__} has no {', '.join(sorted(unknown))}")
    return select(table).where(*(table.c[name] == value for name, value in equal.items()))


def batches(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Values, so many at once as a statement may have parameters for."""
    for at in range(0, len(values), _BATCH):
        yield values[at : at + _BATCH]
