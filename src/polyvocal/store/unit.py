"""The one door for changes: a transaction with an operation open in it."""

import hashlib
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from itertools import chain, groupby, islice
from typing import Any, TypeVar

from sqlalchemy import delete, update
from sqlalchemy.dialects.sqlite import insert

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.errors import BugError, UserError
from polyvocal.domain.ids import first_id, last_id
from polyvocal.domain.record import Record
from polyvocal.store.journal import Operation, quoted
from polyvocal.store.reversal import REDO, UNDO, Reversal
from polyvocal.store.schema import HEAD, ORIGINAL, TABLES, TEXT, columns_of, kind_of, to_row
from polyvocal.store.view import View, batches

R = TypeVar("R", bound=Record)

_ROWS_AT_ONCE = 100
_KEEP_TEXT = insert(TEXT).on_conflict_do_nothing()
_KEEP_ORIGINAL = insert(ORIGINAL).on_conflict_do_nothing()


class Unit(View):
    """Changes rows within one operation. Made by the project file only, on the writer's thread.

    What is read through it includes what it has changed already.
    """

    replica: int
    person: int | None
    _next_id: int
    _highest: int = 0

    def begin(self, replica: int, person: int | None) -> None:
        """Open the transaction and the operation; `person` does it."""
        self.person = person
        self.sql.exec_driver_sql("BEGIN IMMEDIATE")
        self.replica = replica
        self._latest = self.journal.latest()
        self._previous = self.journal.latest_of(replica)
        self._n = self._latest.n + 1 if self._latest else 1
        self._id = self._next_id = self._previous.last_id + 1 if self._previous else first_id(replica)
        self.new_id()
        self.raw.execute("INSERT INTO open_operation VALUES (?, ?, ?)", (self._n, self._id, last_id(replica)))

    def begin_aside(self) -> None:
        """Open the transaction without an operation: the triggers then refuse whatever the journal follows."""
        self.sql.exec_driver_sql("BEGIN IMMEDIATE")

    def commit_aside(self) -> None:
        """End such a transaction."""
        self.sql.commit()

    def commit(self, kind: str, about: Operation | None = None) -> ChangeSet:
        """Write the operation's header and end the transaction. An operation that changed nothing leaves no trace."""
        before = self._previous or self._latest
        header = Operation(
            n=self._n,
            id=self._id,
            replica=self.replica,
            sequence=self._previous.sequence + 1 if self._previous else 1,
            lamport=self._lamport(),
            person=self.person,
            kind=kind,
            about=about.id if about else None,
            at=now(),
            schema=HEAD,
            last_id=self._next_id - 1,
            tally="",
            previous=before.hash if before else "",
            hash="",
        )
        changes = self.journal.seal(header, restored=about if kind == REDO else None)
        if changes.kinds:
            self.raw.execute("DELETE FROM open_operation")
            self.sql.commit()
        else:
            self.rollback()
        return changes

    def rollback(self) -> None:
        """End the transaction as if nothing had been done."""
        self.sql.rollback()
        self.raw.rollback()  # SQLAlchemy takes a commit that failed for the end of it, SQLite does not

    def _lamport(self) -> int:
        if not self._highest:  # read once: nobody else writes while this program does
            (highest,) = self.raw.execute("SELECT max(lamport) FROM operation").fetchone()
            self._highest = highest or 0
        self._highest += 1
        return self._highest

    # --- changing ------------------------------------------------------------------------------------------------

    def new_id(self) -> Any:
        """An id that nothing bears or ever bore."""
        identity = self._next_id
        if identity > last_id(self.replica):
            raise BugError("this copy has used up its ids")
        self._next_id += 1
        return identity

    def new_ids(self, count: int) -> range:
        """A run of new ids."""
        first = self._next_id
        if first + count - 1 > last_id(self.replica):
            raise BugError("this copy has used up its ids")
        self._next_id += count
        return range(first, first + count)

    def add(self, *records: Record) -> None:
        """Insert records, parents before children."""
        for cls, alike in groupby(records, type):
            self.add_rows(cls, map(to_row(cls), alike))

    def add_rows(self, cls: type[Record], rows: Iterable[tuple[Any, ...]]) -> None:
        """Insert rows that have a value for each column of a record's table, in order: the way for very many."""
        columns = columns_of(cls)
        head = f"INSERT INTO {quoted(kind_of(cls))} ({', '.join(map(quoted, columns))}) VALUES "
        one = f"({', '.join('?' * len(columns))})"
        many = head + ", ".join([one] * _ROWS_AT_ONCE)
        rows = iter(rows)
        execute = self.raw.execute
        while batch := list(islice(rows, _ROWS_AT_ONCE)):
            # several rows to a statement: a trigger's cost is then paid once a statement, not once a row
            sql = many if len(batch) == _ROWS_AT_ONCE else head + ", ".join([one] * len(batch))
            execute(sql, tuple(chain.from_iterable(batch)))

    def change(self, record: R, **fields: object) -> R:
        """Change fields of a record, and give it as it is now. Nothing is written where nothing differs."""
        changed = {name: value for name, value in fields.items() if getattr(record, name) != value}
        if not changed:
            return record
        table = TABLES[type(record)]
        self.sql.execute(update(table).where(table.c.id == record.id).values(changed))
        return replace(record, **changed)

    def change_all(self, cls: type[Record], ids: Iterable[int], **fields: object) -> None:
        """Set fields of many records of a kind to the same: the way for very many."""
        table = TABLES[cls]
        for batch in batches(list(ids)):
            self.sql.execute(update(table).where(table.c.id.in_(batch)).values(fields))

    def change_each(self, cls: type[Record], field: str, values: Mapping[int, object]) -> None:
        """Set a field of many records of a kind, each to its own value, by their ids."""
        statement = f"UPDATE {quoted(kind_of(cls))} SET {quoted(field)} = ? WHERE id = ?"
        self.raw.executemany(statement, ((value, identity) for identity, value in values.items()))

    def remove(self, *records: Record) -> None:
        """Delete records. What points to them must be removed or changed in the same operation."""
        for record in records:
            table = TABLES[type(record)]
            self.sql.execute(delete(table).where(table.c.id == record.id))

    def remove_all(self, cls: type[Record], ids: Iterable[int]) -> None:
        """Delete many records of a kind by their ids."""
        table = TABLES[cls]
        for batch in batches(list(ids)):
            self.sql.execute(delete(table).where(table.c.id.in_(batch)))

    def add_text(self, text: str) -> str:
        """Keep a text, indexed for search, and give its hash; a text that is there already is not kept twice."""
        text_hash = hash_text(text)
        if self.sql.execute(_KEEP_TEXT, {"hash": text_hash, "body": text}).rowcount:
            # not by a trigger: FTS5 writes out what it has gathered before each statement that has triggers
            self.raw.execute("INSERT INTO text_index (rowid, body) VALUES (last_insert_rowid(), ?)", (text,))
        return text_hash

    def add_original(self, content: bytes, text_hash: str) -> str:
        """Keep the bytes of an imported file and give their hash; not kept where they are the text itself."""
        content_hash = hash_bytes(content)
        if content_hash != text_hash:
            self.sql.execute(_KEEP_ORIGINAL, {"hash": content_hash, "body": content})
        return content_hash

    # --- undo and redo -------------------------------------------------------------------------------------------

    def reverse(self, person: int | None, direction: str) -> Operation:
        """Undo or redo, and give the operation that it is about. UserError if there is none."""
        reversal = Reversal(self.raw)
        about = reversal.undoable(person) if direction == UNDO else reversal.redoable(person)
        if about is None:
            raise UserError(f"there is nothing to {direction}")
        reversal.reverse(reversal.last_about(about) or about)
        return about

    def why_not(self, uncounted: Collection[str]) -> str:
        """What stands in the way of an undo that the foreign keys refused; of some kinds without how many."""
        return Reversal(self.raw).explain(uncounted)


def hash_text(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal."""
    return hash_bytes(text.encode())


def hash_bytes(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def now() -> int:
    """Microseconds since 1970 in UTC."""
    return time.time_ns() // 1000


__all__ = ["REDO", "UNDO", "Unit", "hash_bytes", "hash_text", "now"]
