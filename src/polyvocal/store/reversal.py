"""Undo and redo: an operation like any other, which puts back what an earlier one found."""

import json
import sqlite3
from collections.abc import Collection, Iterator

from polyvocal.domain.errors import UserError
from polyvocal.domain.text import counted
from polyvocal.store.journal import Journal, Operation, live_columns, quoted
from polyvocal.store.schema import RECORD_OF_KIND

UNDO, REDO = "undo", "redo"
BEGINNING = "new project"
"""The operation that makes the project itself: without it there is no project, so it is never undone."""


class Reversal:
    """Finds what can be undone and redone on one connection, and does it in the operation that is open."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._journal = Journal(connection)

    def undoable(self, person: int | None) -> Operation | None:
        """The newest operation that stands; of one person if one is given."""
        return next(self.undoables(person), None)

    def undoables(self, person: int | None) -> Iterator[Operation]:
        """The operations that undoing, one after another, turns; of one person if one is given."""
        for operation in self._newest_first(person):
            if operation.kind not in (UNDO, REDO, BEGINNING):
                last = self.last_about(operation)
                if last is None or last.kind == REDO:
                    yield operation

    def redoable(self, person: int | None) -> Operation | None:
        """The operation that was undone last, if nothing new was done since."""
        return next(self.redoables(person), None)

    def redoables(self, person: int | None) -> Iterator[Operation]:
        """The operations that redoing, one after another, turns; of one person if one is given."""
        for turn in self._newest_first(None):  # whoever turned it: it counts whose operation was turned
            about = turn if turn.about is None else self._by_id(turn.about)
            if person is not None and about.person != person:
                continue
            if turn.kind not in (UNDO, REDO):
                return
            if turn.kind == UNDO:
                last = self.last_about(about)
                if last is not None and last.n == turn.n:
                    yield about

    def last_about(self, operation: Operation) -> Operation | None:
        """The last undo or redo of an operation, or None if it just stands."""
        row = self._connection.execute(
            "SELECT * FROM operation WHERE about = ? ORDER BY n DESC LIMIT 1", (operation.id,)
        ).fetchone()
        return Operation(*row) if row else None

    def reverse(self, operation: Operation) -> None:
        """Put back, in the open operation, what `operation` found. For a redo, give the undo.

        Raises UserError, naming what stands in the way, if a row that it left was changed since. Foreign keys are
        checked when the transaction ends (`explain` then says what depends on what).
        """
        kinds = self._journal.kinds_touched(operation.n, operation.id, operation.last_id)
        for kind in kinds:
            self._refuse_if_changed_since(operation, kind)
        self._connection.execute("PRAGMA defer_foreign_keys = ON")
        for kind in reversed(kinds):
            self._put_back(operation, kind)
        for kind in kinds:
            self._refuse_if_memos_hang(operation, kind)

    def explain(self, uncounted: Collection[str] = ()) -> str:
        """What depends on rows that undoing took away, in words ("3 codings (code)"): for the refusal.

        Of `uncounted` kinds it is not said how many.
        """
        found = []
        for kind in RECORD_OF_KIND:
            for column, target in self._references(kind):
                (count,) = self._connection.execute(
                    f"SELECT count(*) FROM {quoted(kind)} AS c WHERE c.{quoted(column)} IS NOT NULL "
                    f"AND NOT EXISTS (SELECT 1 FROM {quoted(target)} AS p WHERE p.id = c.{quoted(column)})"
                ).fetchone()
                if count:
                    found.append(f"{f'{kind}s' if kind in uncounted else counted(count, kind)} ({column})")
        return ", ".join(found)

    def _newest_first(self, person: int | None) -> Iterator[Operation]:
        n = (1 << 63) - 1
        while row := self._connection.execute(
            "SELECT * FROM operation WHERE n < ?1 AND (?2 IS NULL OR person = ?2) ORDER BY n DESC LIMIT 1", (n, person)
        ).fetchone():
            operation = Operation(*row)
            n = operation.n
            yield operation

    def _by_id(self, identity: int | None) -> Operation:
        return Operation(*self._connection.execute("SELECT * FROM operation WHERE id = ?", (identity,)).fetchone())

    def _references(self, kind: str) -> list[tuple[str, str]]:
        return [(row[3], row[2]) for row in self._connection.execute(f"PRAGMA foreign_key_list({quoted(kind)})")]

    def _refuse_if_changed_since(self, operation: Operation, kind: str) -> None:
        if self._journal.last_to_touch(operation.n, kind):
            return
        columns = tuple(name for name, _ in live_columns(self._connection, kind))
        images = self._journal.images(kind, columns)
        same = " AND ".join(f"a.{quoted(name)} IS t.{quoted(name)}" for name in columns)
        own, others = f"BETWEEN {operation.id} AND {operation.last_id}", f"op = {operation.n}"
        row = self._connection.execute(
            f"SELECT count(*), max(later) FROM ("
            f"SELECT id, min(op) AS first, max(op) AS later FROM ({images}) "
            f"WHERE op > ? AND (id {own} OR id IN (SELECT id FROM ({images}) WHERE {others})) GROUP BY id) AS l "
            f"JOIN ({images}) AS a ON a.id = l.id AND a.op = l.first LEFT JOIN {quoted(kind)} AS t ON t.id = l.id "
            f"WHERE CASE WHEN a.there THEN t.id IS NULL OR NOT ({same}) ELSE t.id IS NOT NULL END",
            (operation.n,),
        ).fetchone()
        if row[0]:
            later = self._journal.operation(row[1])
            raise UserError(
                f"this cannot be undone: {counted(row[0], kind)} that it left changed since, last by "
                f"operation {later.id if later else row[1]}"
                f"{f' ({later.kind})' if later else ''}. Undo that one first, or make the change by hand."
            )

    def _refuse_if_memos_hang(self, operation: Operation, kind: str) -> None:
        """A memo can be about anything, so no foreign key guards it."""
        (count,) = self._connection.execute(
            f"SELECT count(*) FROM memo WHERE about_kind = ? AND (about BETWEEN ? AND ? OR about IN "
            f"(SELECT id FROM ({self._journal.images(kind, ())}) WHERE op = ? AND NOT there)) "
            f"AND NOT EXISTS (SELECT 1 FROM {quoted(kind)} AS t WHERE t.id = about)",
            (kind, operation.id, operation.last_id, operation.n),
        ).fetchone()
        if count:
            raise UserError(
                f"this cannot be undone: {counted(count, 'memo')} about the {kind.replace('_', ' ')} would be left "
                "without it. Remove the memo first, or undo what was done since."
            )

    def _put_back(self, operation: Operation, kind: str) -> None:
        table = quoted(kind)
        columns = tuple(name for name, _ in live_columns(self._connection, kind))
        known = set(self._journal.columns_at(kind, operation.schema))
        kept = tuple(name for name in columns if name in known)
        images = self._journal.images(kind, kept)
        listed, rest = ", ".join(map(quoted, kept)), ", ".join(map(quoted, kept[1:]))
        created, updated, removed = json.loads(operation.tally).get(kind, (0, 0, 0))
        run = self._connection.execute
        if created:
            run(f"DELETE FROM {table} WHERE id BETWEEN ? AND ?", (operation.id, operation.last_id))
            run(
                f"DELETE FROM {table} WHERE id IN (SELECT id FROM ({images}) WHERE op = ? AND NOT there)",
                (operation.n,),
            )
        if updated and rest:
            run(
                f"UPDATE {table} SET ({rest}) = (SELECT {rest} FROM ({images}) AS i WHERE i.op = ?1 "
                f"AND i.id = {table}.id) WHERE id IN (SELECT id FROM ({images}) WHERE op = ?1 AND there)",
                (operation.n,),
            )
        if removed:
            back = f"INSERT INTO {table} ({listed}) SELECT {listed} FROM ({images}) AS i WHERE i.op = ? AND i.there"
            if updated:  # only then can the row be there; asking of a table that is written to is slow
                back += f" AND NOT EXISTS (SELECT 1 FROM {table} AS t WHERE t.id = i.id)"
            run(f"{back} ORDER BY i.id", (operation.n,))
