"""Killed at any moment: nothing committed is lost, nothing half is left, and no repair is needed."""

import random
import shutil
import sqlite3
import struct
import time
from contextlib import closing
from pathlib import Path

import pytest

from polyvocal.domain.records import Coding
from polyvocal.services.commands.codings import add_codings
from polyvocal.store.check import check_file
from polyvocal.store.connect import Mode, connect
from polyvocal.store.file import check_header, open_project
from polyvocal.store.journal import Journal, Operation
from polyvocal.store.migrate import migrate_new
from polyvocal.store.schema import HEAD, RECORD_OF_KIND
from polyvocal.store.unit import Unit
from tests.store.acts import Rows, contents
from tests.store.children import FORKS, add_codings_for_ever, bring_up_to_date, migrate_slowly, some_drafts, start, talk

KILLS_WHILE_CODING = 90
KILLS_WHILE_MIGRATING = 50

needs_kill = pytest.mark.skipif(not FORKS, reason="SIGKILL is of POSIX")


@pytest.fixture
def moments() -> random.Random:
    """Another run each time; a failed test shows the number to put here to have the same run again."""
    seed = time.time_ns()
    print("seed of the moments:", seed)
    return random.Random(seed)


def there(path: Path) -> dict[int, int]:
    """How many codings each operation in the file made that added codings; none of them is half there."""
    with open_project(path) as project, project.view() as view:
        assert project.warnings == []
        return {
            operation.id: sum(len(chunk.created) for chunk in view.journal.chunks(operation) if chunk.kind == "coding")
            for operation in view.journal.operations()
            if operation.kind == "add codings"
        }


def assert_whole(path: Path, committed: dict[int, int], before: int) -> None:
    """The file holds each committed operation with its codings, and at most one that was not told any more."""
    found = there(path)
    assert committed.items() <= found.items()
    assert len(found) <= len(committed) + 1
    assert set(found.values()) <= {1, 250}
    with open_project(path) as project, project.view() as view:
        assert view.count(Coding) == before + sum(found.values())
    assert check_file(path).problems == ()


def told(log: Path) -> dict[int, int]:
    lines = log.read_text().splitlines() if log.exists() else []
    return {int(operation): int(count) for operation, count in map(str.split, lines)}


def wait_until_more(log: Path, known: dict[int, int]) -> None:
    """Wait until an operation is told that was not known; fail where none comes."""
    until = time.monotonic() + 60
    while not told(log).keys() - known.keys():
        assert time.monotonic() < until
        time.sleep(0.001)


@needs_kill
def test_killed_while_coding_loses_nothing_and_needs_no_repair(
    full: Path, tmp_path: Path, moments: random.Random
) -> None:
    template = full.read_bytes()
    with open_project(full) as project, project.view() as view:
        before = view.count(Coding)
    log = tmp_path / "told"
    lived, committed = 0, dict[int, int]()
    for number in range(KILLS_WHILE_CODING):
        if number % 6 == 0:  # five times the next one goes on with what the killed one left
            for path in full.parent.iterdir():
                path.unlink()
            full.write_bytes(template)
            log.unlink(missing_ok=True)
            committed = {}
        child = start(add_codings_for_ever, full, log)
        if number % 2:  # every other one gets so far as to commit, however slow the machine is
            wait_until_more(log, committed)
        time.sleep(moments.uniform(0.0, 0.12))
        child.kill()
        child.join()
        lived += bool(told(log).keys() - committed.keys())
        committed |= told(log)
        assert_whole(full, committed, before)
        committed = there(full)
    assert lived >= KILLS_WHILE_CODING / 2, "every other child got so far as to commit"


def test_file_cut_off_within_its_write_ahead_log_opens_at_a_commit(
    full: Path, tmp_path: Path, moments: random.Random
) -> None:
    image = tmp_path / "image" / "voices.polyvocal"
    image.parent.mkdir()
    with open_project(full, Mode.WRITE) as project:
        with project.view() as view:
            before = view.count(Coding)
        one, many = some_drafts(project, 1), some_drafts(project, 250)
        committed = [
            (changes.operation, changes.kinds["coding"].created, _wal(full).stat().st_size)
            for changes in (add_codings(project, drafts) for drafts in (one, one, many, one, many, one, one))
        ]
        main, log = full.read_bytes(), _wal(full).read_bytes()
    assert committed[-1][2] == len(log)
    for cut in [0, 1, 31, 32, *(size for _, _, size in committed), *moments.sample(range(len(log)), 40)]:
        shutil.rmtree(image.parent)
        image.parent.mkdir()
        image.write_bytes(main)
        _wal(image).write_bytes(log[:cut])
        assert_whole(image, {one: count for one, count, size in committed if size <= cut}, before)
        with open_project(image, Mode.WRITE) as project:
            assert project.write("go on", lambda _: None).kinds == {}
        assert [path.name for path in image.parent.iterdir()] == [image.name]


def test_torn_frame_in_the_write_ahead_log_opens_at_the_commit_before(
    full: Path, tmp_path: Path, moments: random.Random
) -> None:
    image = tmp_path / "image" / "voices.polyvocal"
    image.parent.mkdir()
    with open_project(full, Mode.WRITE) as project:
        with project.view() as view:
            before = view.count(Coding)
        one = some_drafts(project, 1)
        committed = [(add_codings(project, one).operation, _wal(full).stat().st_size) for _ in range(6)]
        main, log = full.read_bytes(), _wal(full).read_bytes()
    for _ in range(20):
        at = moments.randrange(32, len(log))
        torn = bytearray(log)
        torn[at] ^= 1 << moments.randrange(8)
        image.write_bytes(main)
        _wal(image).write_bytes(torn)
        _wal(image).with_name(image.name + "-shm").unlink(missing_ok=True)
        with open_project(image) as project, project.view() as view:
            codings = view.count(Coding)
        assert codings == before + len(there(image))
        assert {one for one, size in committed if size <= at} <= there(image).keys()
        assert check_file(image).problems == ()


def _wal(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


@pytest.mark.parametrize("mode", list(Mode))
def test_every_connection_is_durable_and_guards_references(tmp_path: Path, bare: Path, mode: Mode) -> None:
    path = tmp_path / "fresh.polyvocal" if mode is Mode.CREATE else bare
    with closing(connect(path, mode)) as connection:
        settings = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("synchronous", "fullfsync", "foreign_keys", "temp_store", "recursive_triggers")
        }
    assert settings == {"synchronous": 2, "fullfsync": 1, "foreign_keys": 1, "temp_store": 2, "recursive_triggers": 1}


def test_connection_that_writes_is_durable_while_it_works(bare: Path) -> None:
    seen: list[object] = []

    def work(unit: Unit) -> None:
        names = ("synchronous", "journal_mode", "foreign_keys")
        seen.extend(unit.raw.execute(f"PRAGMA {name}").fetchone()[0] for name in names)

    with open_project(bare, Mode.WRITE) as project:
        project.write("look", work)
    assert seen == [2, "wal", 1]


# --- migrations ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of schema 1 with some thousands of rows, made by two operations, the second of which changed codes."""
    path = tmp_path_factory.mktemp("older") / "voices.polyvocal"
    migrate_new(path, 1)
    with closing(connect(path, Mode.WRITE)) as connection:
        journal = Journal(connection)
        previous = None
        for n, statements in enumerate((_FILL, _CHANGE), 1):
            first = 1 << 40 | n << 20
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO open_operation VALUES (?, ?, ?)", (n, first, first | 0xFFFFF))
            for statement in statements:
                connection.execute(statement, {"first": first})
            journal.seal(_header(n, first, previous))
            connection.execute("DELETE FROM open_operation")
            connection.execute("COMMIT")
            previous = journal.latest()
    return path


def _header(n: int, first: int, previous: Operation | None) -> Operation:
    return Operation(
        n=n,
        id=first,
        replica=first >> 32,
        sequence=n,
        lamport=n,
        person=None,
        kind="fill",
        about=None,
        at=0,
        schema=1,
        last_id=first | 0xFFFFF,
        tally="",
        previous=previous.hash if previous else "",
        hash="",
    )


_NUMBERS = "WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {}) "
_FILL = (
    "INSERT INTO project VALUES (:first + 1, 'u', 'Voices', NULL, 0)",
    "INSERT INTO person VALUES (:first + 2, 'Ada', NULL, NULL)",
    "INSERT INTO source (id, title, kind, imported_at) VALUES (:first + 3, 'note', 'paper', 0)",
    "INSERT INTO text (hash, body) VALUES ('50d858e0985ecc7f60418aaf0cc5ab587f42c2570a884095a9e8ccacd0f6545c', 'example')",
    "INSERT INTO text_index (rowid, body) SELECT n, body FROM text",
    (
        "INSERT INTO source_version (id, source, text_hash, length, words, created_at) "
        "SELECT :first + 4, :first + 3, hash, 7, 1, 0 FROM text"
    ),
    "INSERT INTO code (id, name, kind, colour, position) "
    + _NUMBERS.format(200)
    + "SELECT :first + 100 + n, 'code ' || n, 'code', '#0072b2', n FROM number",
    'INSERT INTO coding (id, version, start, "end", code, coder, created_at) '
    + _NUMBERS.format(5000)
    + "SELECT :first + 1000 + n, :first + 4, n % 6, 7, :first + 101 + n % 200, :first + 2, 0 FROM number",
)
_CHANGE = (
    "UPDATE code SET definition = 'as in the first meeting' WHERE position % 2 = 0",
    "DELETE FROM coding WHERE id % 3 = 0",
)


def rows_of_older(path: Path, older: Path) -> Rows:
    """All rows, without what newer schemas brought to the tables of the older one."""
    with closing(sqlite3.connect(older)) as connection:
        widths = {kind: len(connection.execute(f'PRAGMA table_info("{kind}")').fetchall()) for kind in RECORD_OF_KIND}
    rows = contents(path)
    told = {kind: [row[:width] for row in rows[kind]] for kind, width in widths.items() if width}
    return {**told, "word_index": rows["word_index"]}


@needs_kill
def test_killed_while_migrating_leaves_the_old_schema_or_the_new_one(
    older: Path, bare: Path, moments: random.Random
) -> None:
    expected = rows_of_older(older, older)
    seen = {1: 0, HEAD: 0}
    for _ in range(KILLS_WHILE_MIGRATING):
        for path in bare.parent.iterdir():
            path.unlink()
        shutil.copy(older, bare)
        child = start(bring_up_to_date, bare)
        child.join(moments.uniform(0.0, 0.4))
        child.kill()
        child.join()
        number = check_header(bare)
        seen[number] += 1
        assert rows_of_older(bare, older) == expected
        with closing(sqlite3.connect(bare)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("SELECT count(*) FROM open_operation").fetchone() == (0,)
        if number == HEAD:
            assert check_file(bare).problems == ()
        for kept in bare.parent.glob("* (schema 1)*.polyvocal"):
            assert check_header(kept) == 1
            assert rows_of_older(kept, older) == expected
    print("killed with the schema at", seen)


@needs_kill
def test_killed_in_the_middle_of_a_migration_leaves_the_old_schema_and_the_next_one_brings_it_up(
    older: Path, bare: Path
) -> None:
    shutil.copy(older, bare)
    child, wire = talk(migrate_slowly, bare)
    assert wire.recv() == "half"
    child.kill()
    child.join()
    assert check_header(bare) == 1
    assert rows_of_older(bare, older) == rows_of_older(older, older)
    with open_project(bare, Mode.WRITE) as project:
        assert len(project.warnings) == 1
    assert check_header(bare) == HEAD
    assert rows_of_older(bare, older) == rows_of_older(older, older)
    assert check_file(bare).problems == ()


def test_file_as_it_was_is_kept_beside_the_migrated_one_and_named(older: Path, bare: Path) -> None:
    warnings: list[str] = []
    for _ in range(2):
        shutil.copy(older, bare)
        with open_project(bare) as project:
            warnings = project.warnings
    kept = sorted(path.name for path in bare.parent.iterdir() if path != bare)
    assert kept == ["voices (schema 1) 2.polyvocal", "voices (schema 1).polyvocal"]
    assert len(warnings) == 1
    assert kept[0] in warnings[0]
    for name in kept:
        assert check_header(bare.with_name(name)) == 1
        assert rows_of_older(bare.with_name(name), older) == rows_of_older(older, older)


def test_operations_of_an_older_schema_can_be_undone_after_the_migration(older: Path, bare: Path) -> None:
    shutil.copy(older, bare)
    with open_project(bare, Mode.WRITE) as project:
        after = contents(bare)
        project.undo()
        assert all(row[4] is None for row in contents(bare)["code"])
        assert len(contents(bare)["coding"]) == 5000
        project.undo()
        assert not any(contents(bare).values())
        project.redo()
        project.redo()
        assert contents(bare) == after
    assert check_file(bare).problems == ()


def test_change_under_the_newer_schema_stands_in_the_way_of_an_undo_of_the_older_one(older: Path, bare: Path) -> None:
    shutil.copy(older, bare)
    with open_project(bare, Mode.WRITE) as project:
        before = contents(bare)
        project.write("retire", _retire)
        project.undo()
        assert contents(bare) == before
        assert project.undo().kinds["code"].updated == 100


def _retire(unit: Unit) -> None:
    unit.raw.execute("UPDATE code SET retired = 1")


def test_header_of_a_file_is_that_of_a_project(bare: Path) -> None:
    head = bare.read_bytes()[:100]
    assert struct.unpack(">I", head[68:72])[0] == 0x506C7976
    assert struct.unpack(">I", head[60:64])[0] == HEAD
