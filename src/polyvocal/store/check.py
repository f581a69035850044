"""Is the file whole, is its history unbroken; and if not, what is wrong, and where."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from polyvocal.domain.codetree import circles
from polyvocal.domain.draft_content import decode_fields, decode_steps
from polyvocal.domain.drafts import Draft
from polyvocal.domain.editlog import EditLog
from polyvocal.domain.editmap import EditMap
from polyvocal.domain.errors import BugError
from polyvocal.domain.records import Code, Project, SourceVersion
from polyvocal.domain.text import counted
from polyvocal.store.connect import Mode, connect, engine_for
from polyvocal.store.faults import told_plainly
from polyvocal.store.file import check_header
from polyvocal.store.journal import (
    Chunk,
    Operation,
    digest_of,
    hash_of,
    image_tables,
    indexed_words,
    quoted,
    trigger_statements,
)
from polyvocal.store.schema import HEAD, RECORD_OF_KIND, columns_of, words_of
from polyvocal.store.unit import hash_bytes, hash_text
from polyvocal.store.view import View


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: which check found it, and what and where it is. No fieldnote text is in it."""

    check: str
    what: str


@dataclass(frozen=True, slots=True)
class Health:
    """What `check_file` found.

    `erased` states were erased on purpose; their digests still hold the chain together. `unchecked` says what could
    not be looked at, and why. `drafts` counts what somebody was writing and has not saved.
    """

    problems: tuple[Problem, ...]
    operations: int
    erased: int
    unchecked: tuple[str, ...] = ()
    drafts: int = 0


def check_file(path: Path) -> Health:
    """Check a project file of this program's schema without changing it.

    The file itself, foreign keys, the hashes of texts and originals, lengths and offsets, the indexes for search, the
    triggers, every state that every operation left, and the chain of the operations. Raises UserError where the file
    cannot be opened as a project at all.
    """
    with told_plainly(path):
        return _health(path)


def _health(path: Path) -> Health:
    number = check_header(path)
    if number != HEAD:
        return Health((Problem("schema", f"it has schema {number}: open it once to bring it to {HEAD}"),), 0, 0)
    sql = engine_for(path, Mode.READ).connect()
    try:
        view = View(sql)
        view.raw.execute("BEGIN")  # one moment, whatever is being written meanwhile
        problems: list[Problem] = []
        for check in (
            _file,
            _project,
            _references,
            _texts,
            _offsets,
            _versions,
            _codes,
            _search,
            _triggers,
            _ids,
            _strays,
            _drafts,
        ):
            try:
                problems += (Problem(check.__name__.strip("_"), what) for what in check(view))
            except Exception as fault:  # noqa: BLE001 - a damaged row may raise anything; its words may quote the row
                problems.append(Problem(check.__name__.strip("_"), f"it cannot be read ({type(fault).__name__})"))
        try:
            operations, erased, broken = _history(view)
        except Exception as fault:  # noqa: BLE001 - a damaged row may raise anything; its words may quote the row
            operations, erased, broken = 0, 0, [f"it cannot be read ({type(fault).__name__})"]
        problems += (Problem("history", what) for what in broken)
        (drafts,) = view.raw.execute("SELECT count(*) FROM draft").fetchone()
    finally:
        sql.close()
    found, unchecked = _indexes(path)
    problems += (Problem("search", what) for what in found)
    return Health(tuple(problems), operations, erased, unchecked, drafts)


def _file(view: View) -> Iterator[str]:
    for (answer,) in view.raw.execute("PRAGMA integrity_check(20)"):
        if answer != "ok":
            yield str(answer)
    if view.raw.execute("SELECT EXISTS (SELECT 1 FROM open_operation)").fetchone()[0]:
        yield "an operation was left open"


def _references(view: View) -> Iterator[str]:
    for table, row, parent, _ in view.raw.execute("PRAGMA foreign_key_check"):
        yield f"{table} {row} points to a {parent} that is not there"


def _texts(view: View) -> Iterator[str]:
    for text_hash, body in view.raw.execute("SELECT hash, body FROM text"):
        if hash_text(body) != text_hash:
            yield f"the text {text_hash} is not the one that was imported"
    for content_hash, content in view.raw.execute("SELECT hash, body FROM original"):
        if hash_bytes(content) != content_hash:
            yield f"the original {content_hash} is not the one that was imported"
    # what was undone may be done again, so the images count, too
    for version, text_hash in view.raw.execute(
        f"SELECT id, hash FROM ({_ever(view, 'source_version', 'text_hash')}) WHERE hash NOT IN (SELECT hash FROM text)"
    ):
        yield f"version {version} has no text ({text_hash})"
    for source, content_hash in view.raw.execute(
        f"SELECT id, hash FROM ({_ever(view, 'source', 'original')}) "
        "WHERE hash NOT IN (SELECT hash FROM original) AND hash NOT IN (SELECT hash FROM text)"
    ):
        yield f"source {source} has lost its original ({content_hash})"
    for picture, content_hash in view.raw.execute(
        f"SELECT id, hash FROM ({_ever(view, 'picture', 'content')}) WHERE hash NOT IN (SELECT hash FROM original)"
    ):
        yield f"picture {picture} has lost its bytes ({content_hash})"


def _ever(view: View, kind: str, column: str) -> str:
    """A subquery: (id, hash) of every state of the rows of a kind, past and present."""
    images = view.journal.images(kind, (column,))
    return f"SELECT id, {column} AS hash FROM {kind} UNION SELECT id, {column} FROM ({images})"


def _offsets(view: View) -> Iterator[str]:
    for version, said, length in view.raw.execute(
        "SELECT v.id, v.length, length(t.body) FROM source_version AS v JOIN text AS t ON t.hash = v.text_hash "
        "WHERE v.length <> length(t.body)"
    ):
        yield f"version {version} says that it has {said} code points and has {length}"
    for kind in (kind for kind, cls in RECORD_OF_KIND.items() if {"version", "start", "end"} <= {*columns_of(cls)}):
        for identity, start, end, length in view.raw.execute(
            f'SELECT c.id, c.start, c."end", v.length FROM {kind} AS c JOIN source_version AS v ON v.id = c.version '
            'WHERE c.start < 0 OR c.start >= c."end" OR c."end" > v.length'
        ):
            yield f"{kind} {identity} is at {start}-{end} of a text of {length} code points"


def _project(view: View) -> Iterator[str]:
    count = view.count(Project)
    if count != 1:
        yield f"there are {count} rows about the project instead of one"


def _versions(view: View) -> Iterator[str]:
    versions = {version.id: version for version in view.all(SourceVersion)}
    with_version = {version.source for version in versions.values()}
    for (source,) in view.raw.execute("SELECT id FROM source"):
        if source not in with_version:
            yield f"source {source} has no version"
    for version in versions.values():
        parent = versions.get(version.parent) if version.parent is not None else None
        if parent is not None and EditMap.decode(version.edits).length_after(parent.length) != version.length:
            yield f"the edit map of version {version.id} does not lead to its text"


def _codes(view: View) -> Iterator[str]:
    for code in circles(view.all(Code)):
        yield f"code {code} lies below itself"


def _search(view: View) -> Iterator[str]:
    """Every text is in the index, and the words that the index keeps are those of the rows."""
    (missing,) = view.raw.execute(
        "SELECT count(*) FROM text WHERE n NOT IN (SELECT id FROM text_index_docsize)"
    ).fetchone()
    if missing:
        yield f"the index for search lacks {counted(missing, 'text')}"
    expected = 0
    for kind, cls in RECORD_OF_KIND.items():
        words = words_of(cls)
        if not words:
            continue
        body, filled = indexed_words("t", words)
        # (what was erased has no words, and need not be in the index)
        expected += view.raw.execute(f"SELECT count(*) FROM {quoted(kind)} AS t WHERE {filled}").fetchone()[0]
        for (identity,) in view.raw.execute(
            f"SELECT t.id FROM {quoted(kind)} AS t LEFT JOIN word_index_content AS i ON i.id = t.id "
            f"WHERE ({filled}) AND trim({body}, char(10)) <> '' AND (i.c0 IS NOT ? OR i.c1 IS NOT {body}) LIMIT 20",
            (kind,),
        ):
            yield f"the index for search does not have the words of {kind} {identity}"
    (kept,) = view.raw.execute("SELECT count(*) FROM word_index_content").fetchone()
    if kept > expected:
        yield f"the index for search has {kept - expected} entries too many"


def _indexes(path: Path) -> tuple[list[str], tuple[str, ...]]:
    """What FTS5 says of its own indexes: it checks them in a transaction that is taken back. (Found, unchecked.)"""
    found, unchecked = [], []
    try:
        with closing(connect(path, Mode.WRITE)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            for index in ("text_index", "word_index"):
                try:
                    connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
                except sqlite3.OperationalError:  # it may not be written, which says nothing of its index
                    raise
                except sqlite3.DatabaseError:
                    found.append(f"{index} does not match the words that it is an index of")
            connection.execute("ROLLBACK")
    except sqlite3.OperationalError:
        unchecked.append("the indexes for search, since the file cannot be written just now")
    except sqlite3.DatabaseError:
        found.append("the indexes for search cannot be read")
    return found, tuple(unchecked)


def _triggers(view: View) -> Iterator[str]:
    there = dict(view.raw.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"))
    for name, statement in trigger_statements(view.raw).items():
        if there.pop(name, None) != statement:
            yield f"the trigger {name} is missing or was changed: changes may have escaped the history"
    for name in there:
        yield f"there is a trigger {name} that is none of the program's"


def _ids(view: View) -> Iterator[str]:
    """Every row was made by an operation: its id lies in the range of one."""
    for kind in RECORD_OF_KIND:
        for (identity,) in view.raw.execute(
            f"SELECT id FROM {quoted(kind)} AS t WHERE coalesce("
            "(SELECT last_id FROM operation AS o WHERE o.id <= t.id ORDER BY o.id DESC LIMIT 1), 0) < t.id LIMIT 20"
        ):
            yield f"{kind} {identity} was made by no operation"


def _strays(view: View) -> Iterator[str]:
    """Digests and images belong to an operation: the last one may have been cut off."""
    images = [name for kind in RECORD_OF_KIND for _, name in image_tables(view.raw, kind)]
    for table in ("digest", *images):
        for (n,) in view.raw.execute(
            f"SELECT DISTINCT op FROM {quoted(table)} WHERE op NOT IN (SELECT n FROM operation) LIMIT 20"
        ):
            yield f"{table} is of operation number {n}, which is not there"


def _drafts(view: View) -> Iterator[str]:
    """Each draft can be read, and has the text that it starts from."""
    for draft in view.all(Draft):
        try:
            if draft.text_hash is None:
                decode_fields(draft.content)
            else:
                EditLog(view.text(draft.text_hash)).take_up(*decode_steps(draft.content))
        except BugError:
            yield f"draft {draft.id} cannot be read, or does not fit the text that it starts from"


def _history(view: View) -> tuple[int, int, list[str]]:
    count = erased = 0
    problems: list[str] = []
    previous: dict[int, Operation] = {}
    last: Operation | None = None
    for operation in view.journal.operations():
        count += 1
        name = f"operation {operation.id} ({operation.kind})"
        digests = view.journal.digests(operation.n)
        if hash_of(operation, digests) != operation.hash:
            problems.append(f"{name}: its header or its digests were altered")
        before = previous.get(operation.replica)
        link = before or last
        if operation.previous != (link.hash if link else ""):
            problems.append(f"{name}: the chain is broken before it")
        if operation.sequence != (before.sequence + 1 if before else 1):
            problems.append(f"{name}: an operation before it is missing")
        previous[operation.replica] = last = operation
        by_place = {(digest.kind, digest.first_id): digest for digest in digests}
        for chunk in view.journal.chunks(operation):
            digest = by_place.pop((chunk.kind, chunk.first_id), None)
            where = f"{name}: {chunk.kind} {chunk.first_id}"
            if chunk.last_id != chunk.first_id:
                where += f" to {chunk.last_id}"
            if digest is None:
                problems.append(f"{where}: a row that it did not leave")
            elif digest.salt is None and _is_erased(chunk):
                erased += 1
            elif digest.salt is None:
                problems.append(f"{where}: its salt is gone, and its words are not")
            elif digest_of(digest.salt, chunk.content) != digest.digest:
                problems.append(f"{where}: altered since")
        problems += (
            f"{name}: {digest.kind} {digest.first_id} to {digest.last_id}: what it left is gone"
            for digest in by_place.values()
        )
    return count, erased, problems


def _is_erased(chunk: Chunk) -> bool:
    """Whether the words of the one row of a chunk were taken away, as erasing does: the row itself stays."""
    words = words_of(RECORD_OF_KIND[chunk.kind])
    head, _, rows = chunk.content.decode().partition("\n")
    columns = head[len(chunk.kind) + 1 : -1].split(",")
    (row,) = json.loads(rows) if words else ((),)
    return bool(words) and not any(dict(zip(columns, row, strict=False)).get(name) for name in words)
