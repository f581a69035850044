"""The journal: what every operation found before it changed it, kept by triggers that nothing gets past.

Before-images. For each record table T there is a table `before_T_N`, N being the number of the schema that gave T its
columns. It has those columns, and (op, id) as its key: the first state of a row that an operation found. A row whose
columns are all empty says that there was no such row. A row that an operation makes with an id of its own needs no
image, since its id lies in the operation's range: it was not there before.

So the state after an operation is the image of the next operation that touched the row, or the row itself.

Digests. Each operation keeps salted SHA-256 digests of the states that it left: one for every row of a table with
people's words in it, so that one row's words and salt can be erased, and one for up to 4,096 rows of any other table.
The hash of an operation covers its header and its digests, and the hash of the replica's operation before it. A
digest is over the salt, a line that names the kind and its columns, and a JSON array of rows: each an array of its
values, or of its id alone where the row was gone.
"""

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple

from polyvocal.domain.changes import LISTED, Changed, ChangeSet
from polyvocal.store.schema import DIGEST, INSERT_ONLY, OPERATION, RECORD_OF_KIND, words_of

CHUNK = 4096
NO_OPERATION = "no operation is open"

# only in a damaged file are there bytes where a text should be: they give another digest instead of a fault
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=bytes.hex)
_JSON_SORTED = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=bytes.hex)
_Rows = tuple[bool, sqlite3.Cursor]


@dataclass(frozen=True, slots=True)
class Operation:
    """The header of one operation, as its table has it. Ids from `id` to `last_id` were made in it."""

    n: int
    id: int
    replica: int
    sequence: int
    lamport: int
    person: int | None
    kind: str
    about: int | None
    at: int
    schema: int
    last_id: int
    tally: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest over the states that an operation left of rows `first_id` to `last_id`; salt None: erased."""

    kind: str
    first_id: int
    last_id: int
    salt: bytes | None
    digest: bytes


class Chunk(NamedTuple):
    """Some rows of one kind as an operation left them: canonical bytes, and which ids came, changed and went."""

    kind: str
    first_id: int
    last_id: int
    content: bytes
    created: list[int]
    updated: list[int]
    removed: list[int]


def quoted(name: str) -> str:
    """A name of a table or column as SQL takes it, whatever word it is."""
    return f'"{name}"'


def live_columns(connection: sqlite3.Connection, kind: str) -> list[tuple[str, str]]:
    """(name, type) of a table's columns as the file has them now."""
    return [(row[1], row[2]) for row in connection.execute(f"PRAGMA table_info({quoted(kind)})")]


def image_tables(connection: sqlite3.Connection, kind: str) -> list[tuple[int, str]]:
    """(schema number, name) of the tables that hold a kind's before-images, oldest first."""
    prefix = f"before_{kind}_"
    names = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND substr(name, 1, ?) = ?", (len(prefix), prefix)
    )
    found = [(int(name[len(prefix) :]), name) for (name,) in names if name[len(prefix) :].isdecimal()]
    return sorted(found)


# --- making the tables and triggers ------------------------------------------------------------------------------


def drop_triggers(connection: sqlite3.Connection) -> None:
    """Before a migration, which may not be journalled."""
    for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {quoted(name)}")


def install(connection: sqlite3.Connection, schema: int) -> None:
    """Make the image tables for what this schema number changed, and every trigger."""
    for kind in RECORD_OF_KIND:
        columns = live_columns(connection, kind)
        images = image_tables(connection, kind)
        if columns and (not images or live_columns(connection, images[-1][1])[1:] != columns):
            _make_images(connection, kind, columns, schema)
    for statement in trigger_statements(connection).values():
        connection.execute(statement)


def trigger_statements(connection: sqlite3.Connection) -> dict[str, str]:
    """The triggers that a file with these tables must have: name and statement."""
    statements: dict[str, str] = {}
    images = {kind: image_tables(connection, kind) for kind in RECORD_OF_KIND}
    for table in (*INSERT_ONLY, *(name for tables in images.values() for _, name in tables)):
        for verb in ("UPDATE", "DELETE"):
            name = f"{table}__no_{verb.lower()}"
            statements[name] = (
                f"CREATE TRIGGER {name} BEFORE {verb} ON {quoted(table)} "
                "BEGIN SELECT RAISE(ABORT, 'history is never rewritten'); END"
            )
    for kind, tables in images.items():
        if tables:
            for head, body in _triggers_of(kind, live_columns(connection, kind), tables[-1][1]).items():
                statements[head.split()[0]] = f"CREATE TRIGGER {head} BEGIN {body} END"
    return statements


def _make_images(connection: sqlite3.Connection, kind: str, columns: list[tuple[str, str]], schema: int) -> None:
    table = f"before_{kind}_{schema}"
    rest = ", ".join(f"{quoted(name)} {sort}" for name, sort in columns[1:])
    connection.execute(
        f"CREATE TABLE {quoted(table)} (op INTEGER NOT NULL, id INTEGER NOT NULL, {rest}, "
        "PRIMARY KEY (op, id)) STRICT, WITHOUT ROWID"
    )
    connection.execute(f"CREATE INDEX {quoted(f'ix_{table}_id')} ON {quoted(table)} (id, op)")


def _triggers_of(kind: str, columns: list[tuple[str, str]], images: str) -> dict[str, str]:
    """What a kind's triggers are called and when they act, and what they do."""
    names = [quoted(name) for name, _ in columns]
    operation = f"coalesce((SELECT n FROM open_operation), RAISE(ABORT, '{NO_OPERATION}'))"

    def outside(which: str) -> str:
        return f"NOT EXISTS (SELECT 1 FROM open_operation WHERE {which}.id BETWEEN first_id AND limit_id)"

    def image(which: str, columns: list[str]) -> str:
        return (
            f"INSERT INTO {quoted(images)} (op, {', '.join(columns)}) "
            f"VALUES ({operation}, {', '.join(f'{which}.{name}' for name in columns)}) ON CONFLICT DO NOTHING;"
        )

    there = {name for name, _ in columns}
    words = [name for name in words_of(RECORD_OF_KIND[kind]) if name in there]
    body, filled = indexed_words("NEW", words)
    index = f"INSERT INTO word_index (rowid, kind, body) SELECT NEW.id, '{kind}', {body} WHERE {filled};"
    unindex = "DELETE FROM word_index WHERE rowid = OLD.id;"
    triggers = {
        f"{kind}__inserted AFTER INSERT ON {quoted(kind)} WHEN {outside('NEW')}": image("NEW", ["id"]),
        f"{kind}__updated AFTER UPDATE ON {quoted(kind)} WHEN {outside('OLD')}": image("OLD", names),
        f"{kind}__deleted AFTER DELETE ON {quoted(kind)} WHEN {outside('OLD')}": image("OLD", names),
        f"{kind}__kept_id BEFORE UPDATE OF id ON {quoted(kind)} WHEN NEW.id <> OLD.id": (
            "SELECT RAISE(ABORT, 'an id never changes');"
        ),
    }
    if words:
        triggers |= {
            f"{kind}__words_in AFTER INSERT ON {quoted(kind)} WHEN {filled}": index,
            f"{kind}__words_changed AFTER UPDATE OF {', '.join(map(quoted, words))} ON {quoted(kind)}": unindex + index,
            f"{kind}__words_out AFTER DELETE ON {quoted(kind)}": unindex,
        }
    return triggers


def indexed_words(table: str, words: Sequence[str]) -> tuple[str, str]:
    """What the index for search keeps of a row, and when it keeps anything: two expressions over a table's name."""
    body = " || char(10) || ".join(f"coalesce({table}.{quoted(name)}, '')" for name in words)
    filled = " OR ".join(f"{table}.{quoted(name)} IS NOT NULL" for name in words)
    return body, filled


# --- reading states ----------------------------------------------------------------------------------------------


class Journal:
    """Reads the history of the file on one connection, and writes an operation's end."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._images = {kind: image_tables(connection, kind) for kind in RECORD_OF_KIND}
        self._columns = {
            name: tuple(column for column, _ in live_columns(connection, name)[1:])
            for tables in self._images.values()
            for _, name in tables
        }
        self._defaults = {
            kind: {row[1]: row[4] or "NULL" for row in connection.execute(f"PRAGMA table_info({quoted(kind)})")}
            for kind, tables in self._images.items()
            if len(tables) > 1
        }
        self._present = " UNION ALL ".join(
            f"SELECT {place}, 0, count(*), min(id), max(id) FROM {quoted(kind)} WHERE id BETWEEN ?1 AND ?2"
            for place, kind in enumerate(RECORD_OF_KIND)
            if self._images[kind]
        )
        self._imaged = " UNION ALL ".join(
            f"SELECT {place}, EXISTS (SELECT 1 FROM {quoted(name)} WHERE op = ?1) "
            f"OR EXISTS (SELECT 1 FROM {quoted(name)} WHERE id BETWEEN ?2 AND ?3)"
            for place, kind in enumerate(RECORD_OF_KIND)
            for _, name in self._images[kind]
        )
        self._kinds = tuple(RECORD_OF_KIND)

    def columns_at(self, kind: str, schema: int) -> tuple[str, ...]:
        """The columns that a kind had at a schema number: (id, ...); empty where it did not exist yet."""
        names = [name for number, name in self._images[kind] if number <= schema]
        return self._columns[names[-1]] if names else ()

    def operation(self, n: int) -> Operation | None:
        row = self._connection.execute("SELECT * FROM operation WHERE n = ?", (n,)).fetchone()
        return Operation(*row) if row else None

    def operations(self) -> Iterator[Operation]:
        """Every operation, in the order in which this file learnt of them."""
        for row in self._connection.execute("SELECT * FROM operation ORDER BY n"):
            yield Operation(*row)

    def latest(self) -> Operation | None:
        row = self._connection.execute("SELECT * FROM operation ORDER BY n DESC LIMIT 1").fetchone()
        return Operation(*row) if row else None

    def latest_of(self, replica: int) -> Operation | None:
        row = self._connection.execute(
            "SELECT * FROM operation WHERE replica = ? ORDER BY n DESC LIMIT 1", (replica,)
        ).fetchone()
        return Operation(*row) if row else None

    def heads(self) -> dict[int, str]:
        """The hash of each replica's last operation."""
        return dict(
            # SQLite takes the other columns from the row of the maximum
            row[:2]
            for row in self._connection.execute("SELECT replica, hash, max(sequence) FROM operation GROUP BY replica")
        )

    def digests(self, n: int) -> list[Digest]:
        rows = self._connection.execute(
            "SELECT kind, first_id, last_id, salt, digest FROM digest WHERE op = ? ORDER BY kind, first_id", (n,)
        )
        return [Digest(*row) for row in rows]

    def images(self, kind: str, columns: tuple[str, ...]) -> str:
        """A subquery: every image of a kind with (op, id, there, columns...), whatever schema it was made under.

        A column that an older schema did not have holds what the migration gave to every row: its default.
        """
        return " UNION ALL ".join(
            f"SELECT op, id, {_there(self._columns[name])} AS there"
            + "".join(
                f", {quoted(column)}"
                if column in self._columns[name]
                else f", {self._defaults[kind][column]} AS {quoted(column)}"
                for column in columns
                if column != "id"
            )
            + f" FROM {quoted(name)}"
            for _, name in self._images[kind]
        )

    def kinds_touched(self, n: int, first_id: int, last_id: int) -> list[str]:
        """The kinds of which an operation made rows (there still, or found by a later one) or keeps images."""
        made = {row[0] for row in self._connection.execute(self._present, (first_id, last_id)) if row[2]}
        found = {row[0] for row in self._connection.execute(self._imaged, (n, first_id, last_id)) if row[1]}
        return [kind for place, kind in enumerate(self._kinds) if place in made | found]

    # --- the hash chain ------------------------------------------------------------------------------------------

    def last_to_touch(self, n: int, kind: str) -> bool:
        """Whether no later operation changed a row that was there before it."""
        return not any(
            self._connection.execute(f"SELECT EXISTS (SELECT 1 FROM {quoted(name)} WHERE op > ?)", (n,)).fetchone()[0]
            for _, name in self._images[kind]
        )

    def _now(self, operation: Operation, kind: str, columns: tuple[str, ...]) -> Iterator[_Rows]:
        """Nothing touched the kind since: the rows themselves are what the operation left."""
        yield (
            False,
            self._connection.execute(
                f"SELECT 0, t.id, {_listed('t', columns)} FROM {quoted(kind)} AS t "
                "WHERE t.id BETWEEN ? AND ? ORDER BY t.id",
                (operation.id, operation.last_id),
            ),
        )
        yield (
            True,
            self._connection.execute(
                f"SELECT i.there, t.id, i.id, {_listed('t', columns[1:])} FROM ({self.images(kind, ())}) AS i "
                f"LEFT JOIN {quoted(kind)} AS t ON t.id = i.id WHERE i.op = ? ORDER BY i.id",
                (operation.n,),
            ),
        )

    def _then(self, operation: Operation, kind: str, columns: tuple[str, ...]) -> Iterator[_Rows]:
        """What the next operation to touch a row found, or the row itself where none did."""
        images = self.images(kind, columns)
        yield (
            False,
            self._connection.execute(
                f"SELECT 0, t.id, {_listed('t', columns)} FROM {quoted(kind)} AS t WHERE t.id BETWEEN ?1 AND ?2 "
                f"AND NOT EXISTS ({self._same(kind, 't.id')}) UNION ALL "
                f"SELECT 0, i.id, {_listed('i', columns)} FROM ({images}) AS i WHERE i.id BETWEEN ?1 AND ?2 "
                f"AND i.op = (SELECT min(op) FROM ({self._same(kind, 'i.id')})) ORDER BY 2",
                (operation.id, operation.last_id),
            ),
        )
        either = ", ".join(
            f"CASE WHEN n.op IS NULL THEN t.{quoted(name)} ELSE n.{quoted(name)} END" for name in columns[1:]
        )
        yield (
            True,
            self._connection.execute(
                f"SELECT i.there, CASE WHEN n.op IS NULL THEN t.id WHEN n.there THEN n.id END, i.id, {either} "
                f"FROM ({self.images(kind, ())}) AS i "
                f"LEFT JOIN ({images}) AS n ON n.id = i.id "
                f"AND n.op = (SELECT min(op) FROM ({self._same(kind, 'i.id')}) WHERE op > ?1) "
                f"LEFT JOIN {quoted(kind)} AS t ON t.id = i.id WHERE i.op = ?1 ORDER BY i.id",
                (operation.n,),
            ),
        )

    def _same(self, kind: str, identity: str) -> str:
        return " UNION ALL ".join(
            f"SELECT op FROM {quoted(name)} WHERE id = {identity}" for _, name in self._images[kind]
        )

    def chunks(self, operation: Operation) -> Iterator[Chunk]:
        """What an operation left, cut as its digests are. With the header it is the operation's canonical form.

        Kinds in order of their names; of each first the rows with an id of the operation's own, then the others, both
        in order of their ids.
        """
        for kind in sorted(self.kinds_touched(operation.n, operation.id, operation.last_id)):
            columns = self.columns_at(kind, operation.schema)
            if not columns:
                continue
            head = f"{kind}({','.join(columns)})\n"
            size = 1 if words_of(RECORD_OF_KIND[kind]) else CHUNK
            read = self._now if self.last_to_touch(operation.n, kind) else self._then
            for found_before, cursor in read(operation, kind, columns):
                while rows := cursor.fetchmany(size):
                    yield _chunk(kind, head, found_before, rows)

    def seal(self, header: Operation, restored: Operation | None = None) -> ChangeSet:
        """End an operation that has made all its changes: write its digests and its header, and say what changed.

        `tally` and `hash` of the header are filled in. Where nothing changed, nothing is written. `restored` is the
        operation that a redo puts back.
        """
        if restored is not None and self._is_plain_mass(header, restored):
            digests, kinds = self._left_by(restored)
        else:
            digests, kinds = self._left_now(header)
        if kinds:
            tally = {kind: [found.created, found.updated, found.removed] for kind, found in kinds.items()}
            operation = replace(header, tally=json.dumps(tally, sort_keys=True, separators=(",", ":")))
            self._connection.executemany(
                f"INSERT INTO digest (op, kind, first_id, last_id, salt, digest) VALUES ({operation.n}, ?, ?, ?, ?, ?)",
                (_values(digest) for digest in digests),
            )
            digests.sort(key=lambda digest: (digest.kind, digest.first_id))
            sealed = replace(operation, hash=hash_of(operation, digests))
            marks = ", ".join("?" * len(OPERATION.columns))
            self._connection.execute(f"INSERT INTO operation VALUES ({marks})", _values(sealed))
        return ChangeSet(operation=header.id, kind=header.kind, kinds=kinds)

    def _left_now(self, header: Operation) -> tuple[list[Digest], dict[str, Changed]]:
        """Digests over what the open operation has left, and what it changed, both read back from the file."""
        digests: list[Digest] = []
        changes: dict[str, _Sum] = {}
        for chunk in self.chunks(header):
            salt = secrets.token_bytes(16)
            digests.append(Digest(chunk.kind, chunk.first_id, chunk.last_id, salt, digest_of(salt, chunk.content)))
            changes.setdefault(chunk.kind, _Sum()).add(chunk)
        return digests, {kind: total.changed() for kind, total in changes.items() if total.any()}

    def _is_plain_mass(self, header: Operation, restored: Operation) -> bool:
        """Whether an operation only made rows, and so many that a redo should not hash them all over again."""
        tally: dict[str, list[int]] = json.loads(restored.tally)
        only_made = all(updated == removed == 0 for _, updated, removed in tally.values())
        return only_made and sum(made for made, _, _ in tally.values()) > LISTED and restored.schema == header.schema

    def _left_by(self, restored: Operation) -> tuple[list[Digest], dict[str, Changed]]:
        """As `_left_now` where the rows are again as `restored` left them: the digests of that are still true.

        (What a redo puts back is what its undo found, and that refused unless it found what the operation had left.)
        """
        digests = self.digests(restored.n)
        tally: dict[str, list[int]] = json.loads(restored.tally)
        return digests, {
            kind: Changed(created=made, ranges=((min(d.first_id for d in mine), max(d.last_id for d in mine)),))
            for kind, (made, _, _) in tally.items()
            if (mine := [digest for digest in digests if digest.kind == kind])
        }


def _chunk(kind: str, head: str, found_before: bool, rows: list[tuple[Any, ...]]) -> Chunk:  # noqa: FBT001
    """Rows of an operation's own are (0, id, id, ...), others (was there, id if it stays, id, ...)."""
    if not found_before:
        kept = [row[2:] for row in rows]
        return Chunk(kind, kept[0][0], kept[-1][0], _canonical(head, kept), [row[0] for row in kept], [], [])
    created = [row[2] for row in rows if row[1] is not None and not row[0]]
    updated = [row[2] for row in rows if row[1] is not None and row[0]]
    removed = [row[2] for row in rows if row[1] is None and row[0]]
    lines = [row[2:] if row[1] is not None else row[2:3] for row in rows]
    return Chunk(kind, rows[0][2], rows[-1][2], _canonical(head, lines), created, updated, removed)


def _canonical(head: str, rows: Sequence[Sequence[Any]]) -> bytes:
    return (head + _JSON.encode(rows)).encode()


class _Sum:
    """Adds up chunks into what a ChangeSet says of one kind."""

    def __init__(self) -> None:
        self._counts = [0, 0, 0]
        self._ids: list[list[int]] = [[], [], []]
        self._ranges: list[tuple[int, int]] = []

    def add(self, chunk: Chunk) -> None:
        for place, ids in enumerate((chunk.created, chunk.updated, chunk.removed)):
            self._counts[place] += len(ids)
            if sum(self._counts) <= LISTED:
                self._ids[place] += ids
        first, last = chunk.first_id, chunk.last_id
        if self._ranges and self._ranges[-1][1] < first:
            first = self._ranges.pop()[0]
        self._ranges.append((first, last))

    def any(self) -> bool:
        return any(self._counts)

    def changed(self) -> Changed:
        created, updated, removed = self._counts
        if sum(self._counts) > LISTED:
            return Changed(created, updated, removed, ranges=tuple(sorted(self._ranges)))
        ids = [tuple(sorted(one)) for one in self._ids]
        return Changed(created, updated, removed, ids[0], ids[1], ids[2])


def _values(item: Operation | Digest) -> tuple[Any, ...]:
    return tuple(getattr(item, field.name) for field in fields(item))


def digest_of(salt: bytes, content: bytes) -> bytes:
    """SHA-256 over a salt and the canonical bytes of some rows."""
    return hashlib.sha256(salt + content).digest()


def hash_of(operation: Operation, digests: list[Digest]) -> str:
    """The link of the chain: SHA-256 over the header and the digests, which are sorted by (kind, first id).

    `n`, the place of the operation in this file, and `hash` itself are left out: another copy has the same hash.
    """
    header = {
        field.name: getattr(operation, field.name) for field in fields(operation) if field.name not in ("n", "hash")
    }
    listed = [[digest.kind, digest.first_id, digest.last_id, digest.digest.hex()] for digest in digests]
    return hashlib.sha256(_JSON_SORTED.encode([header, listed]).encode()).hexdigest()


def _there(columns: tuple[str, ...]) -> str:
    return "(" + " OR ".join(f"{quoted(name)} IS NOT NULL" for name in columns if name not in ("op", "id")) + ")"


def _listed(table: str, columns: tuple[str, ...]) -> str:
    return ", ".join(f"{table}.{quoted(name)}" for name in columns)


assert DIGEST.columns.keys()[1:] == [field.name for field in fields(Digest)]
assert OPERATION.columns.keys() == [field.name for field in fields(Operation)]
