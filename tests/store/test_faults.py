"""What is no project, what is damaged, and what the machine refuses: told plainly, with the file as it was."""

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from polyvocal.domain.errors import EnvironmentFault, PolyvocalError, UserError
from polyvocal.domain.ids import PersonId
from polyvocal.domain.records import RECORDS, Memo, Person
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.codings import add_codings
from polyvocal.services.commands.memos import add_memo
from polyvocal.store.backup import copy_file, free_name
from polyvocal.store.check import check_file
from polyvocal.store.file import Mode, ProjectFile, create_project, open_project
from polyvocal.store.schema import HEAD
from polyvocal.store.unit import Unit
from tests.store.acts import contents, prose
from tests.store.children import (
    hold_a_foreign_lock,
    needs_somebody_else,
    some_drafts,
    talk,
    write_as_somebody_else,
)

SECRET = "the nurse wept in the linen room"
ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def spoken(fault: BaseException | None) -> str:
    """All that a log or a report of an exception would show."""
    said = ""
    while fault is not None:
        said += f"{fault!s} {fault!r} {getattr(fault, '__notes__', '')}"
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    return said


def refusal(path: Path, mode: Mode = Mode.READ) -> str:
    """What opening a file says that must be refused, and must leave everything in its folder as it was."""
    before = {one.name: one.read_bytes() for one in path.parent.glob("*") if one.is_file()}
    with pytest.raises(PolyvocalError) as refused:
        open_project(path, mode)
    assert {one.name: one.read_bytes() for one in path.parent.glob("*") if one.is_file()} == before
    return str(refused.value)


# --- not a project ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", [Mode.READ, Mode.WRITE])
@pytest.mark.parametrize("content", [b"", b"Notes of the second day\n", b"SQLite format 3\0", b"\0" * 4096])
def test_file_that_is_no_database_is_refused(tmp_path: Path, content: bytes, mode: Mode) -> None:
    path = tmp_path / "notes.polyvocal"
    path.write_bytes(content)
    assert "notes.polyvocal is not a Polyvocal project" in refusal(path, mode)


@pytest.mark.parametrize("mode", [Mode.READ, Mode.WRITE])
def test_database_of_another_program_is_refused(tmp_path: Path, mode: Mode) -> None:
    path = tmp_path / "other.polyvocal"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE person (id INTEGER PRIMARY KEY)")
    assert "the database of another program" in refusal(path, mode)


@pytest.mark.parametrize("mode", [Mode.READ, Mode.WRITE])
def test_folder_and_missing_file_are_refused(tmp_path: Path, mode: Mode) -> None:
    assert "is a folder" in refusal(tmp_path, mode)
    assert "there is no file" in refusal(tmp_path / "nothing.polyvocal", mode)


@pytest.mark.parametrize("mode", [Mode.READ, Mode.WRITE])
def test_newer_schema_is_refused(bare: Path, mode: Mode) -> None:
    with closing(sqlite3.connect(bare)) as connection:
        connection.execute(f"PRAGMA user_version = {HEAD + 1}")
    assert "a newer Polyvocal" in refusal(bare, mode)


def test_project_is_not_made_over_a_file_that_is_there(bare: Path) -> None:
    before = bare.read_bytes()
    with pytest.raises(UserError, match="exists already"):
        create_project(bare, title="Another", approach=None)
    assert bare.read_bytes() == before


def test_project_in_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no folder"):
        create_project(tmp_path / "nowhere" / "voices.polyvocal", title="Voices", approach=None)


@pytest.mark.parametrize(
    "name", ["\u738b\u82b3 \u7b14\u8bb0", "a?b#c%20d", 'it\'s "quoted"', "-rf", "caf\u00e9 cafe\u0301"]
)
def test_project_may_have_any_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.polyvocal"
    with create_project(path, title=name, approach=None) as project:
        add_code(project, name="a")
    assert check_file(path).problems == ()
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == [path.name]


def test_damaged_databases_of_other_programs_are_refused(shared_data: Path, tmp_path: Path) -> None:
    files = sorted((shared_data / "hostile").glob("*/sqlite-*"))
    assert files
    for number, file in enumerate(files):
        path = tmp_path / f"{number}.polyvocal"
        shutil.copyfile(file, path)
        assert "is not a Polyvocal project" in refusal(path)
        assert "is not a Polyvocal project" in refusal(path, Mode.WRITE)


# --- damaged ---------------------------------------------------------------------------------------------------------


def use(path: Path) -> None:
    """Do what a person would do with a file; whatever is wrong with it must be told plainly."""
    told = []
    for mode in (Mode.READ, Mode.ONCE):
        try:
            with open_project(path, mode) as project, project.view() as view:
                for cls in RECORDS:
                    view.all(cls)
                for operation in view.journal.operations():
                    view.journal.digests(operation.n)
        except PolyvocalError as fault:
            told.append(fault)
    with suppress(PolyvocalError):
        assert isinstance(check_file(path).problems, tuple)
    assert SECRET not in "".join(map(spoken, told))


@pytest.fixture
def spoilt(full: Path) -> bytes:
    with open_project(full, Mode.WRITE) as project:
        for number in range(30):
            add_memo(project, text=f"{SECRET} {number} " + prose(random.Random(number), 50))
    return full.read_bytes()


def test_damaged_file_is_refused_or_reported_wherever_it_is_damaged(full: Path, spoilt: bytes) -> None:
    moments = random.Random(8)
    for number in range(60):
        content = bytearray(spoilt)
        if number % 3 == 0:  # some bytes
            for _ in range(40):
                content[moments.randrange(100, len(content))] ^= 1 << moments.randrange(8)
        elif number % 3 == 1:  # a page
            at = moments.randrange(len(content) // 4096) * 4096
            content[max(at, 100) : at + 4096] = bytes(at + 4096 - max(at, 100))
        else:  # the end
            del content[moments.randrange(101, len(content)) :]
        full.write_bytes(content)
        use(full)
        assert full.read_bytes() == content, f"the damaged file was changed ({number})"
        for side in full.parent.iterdir():
            assert side == full, f"{side.name} was left beside the damaged file"


@pytest.mark.parametrize("mode", [Mode.READ, Mode.WRITE])
def test_file_cut_in_half_is_refused(full: Path, mode: Mode) -> None:
    content = full.read_bytes()
    full.write_bytes(content[: len(content) // 2])
    assert "is damaged" in refusal(full, mode)


def test_file_without_its_tables_is_refused(bare: Path) -> None:
    with closing(sqlite3.connect(bare)) as connection:
        connection.execute("DROP TABLE operation")
    assert "is damaged" in refusal(bare)
    assert "is damaged" in refusal(bare, Mode.WRITE)


def test_file_whose_last_operation_was_altered_is_not_written(bare: Path) -> None:
    with closing(sqlite3.connect(bare)) as connection:
        connection.execute("DROP TRIGGER operation__no_update")
        connection.execute("UPDATE operation SET kind = 'other'")
        connection.commit()
    assert "is damaged" in refusal(bare, Mode.WRITE)
    with open_project(bare) as project:
        assert any("does not match its hash" in warning for warning in project.warnings)


def test_words_that_cannot_be_read_are_not_quoted(full: Path, spoilt: bytes) -> None:
    full.write_bytes(spoilt.replace(SECRET.encode(), b"\xff\xfe" + SECRET[2:].encode()))

    with pytest.raises(UserError, match="is damaged") as refused, open_project(full) as project, project.view() as view:
        view.all(Memo)
    assert SECRET[2:] not in spoken(refused.value)
    assert SECRET[2:] not in repr(check_file(full))


# --- the machine -----------------------------------------------------------------------------------------------------


def _limit(project: ProjectFile) -> None:
    def work(unit: Unit) -> None:
        (pages,) = unit.raw.execute("PRAGMA page_count").fetchone()
        unit.raw.execute(f"PRAGMA max_page_count = {pages}")

    project.write("limit", work)


def test_full_disk_changes_nothing_and_is_told(full: Path) -> None:
    before = contents(full)
    with open_project(full, Mode.WRITE) as project:
        drafts = some_drafts(project, 20_000)
        _limit(project)
        for _ in range(2):
            with pytest.raises(EnvironmentFault, match=r"disk .* is full"):
                add_codings(project, drafts)
        assert contents(full) == before
    assert contents(full) == before
    assert check_file(full).problems == ()


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of 2 MB."""
    folder = Path(tempfile.mkdtemp())
    if not ROOT or not sys.platform.startswith("linux"):
        pytest.skip("only the superuser of Linux may mount a small disk")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], check=False).returncode:
        pytest.skip("no disk may be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
        folder.rmdir()


def test_disk_that_really_fills_up_leaves_the_project_as_it_was(small_disk: Path, full: Path) -> None:
    path = small_disk / "voices.polyvocal"
    shutil.copy(full, path)
    before = contents(path)
    with open_project(path, Mode.WRITE) as project:
        drafts = some_drafts(project, 20_000)
        with pytest.raises(EnvironmentFault, match=r"disk .* is full"):
            add_codings(project, drafts)
        assert contents(path) == before
    filling = small_disk / "film"
    with suppress(OSError), filling.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(1024))
    with pytest.raises(EnvironmentFault), open_project(path, Mode.WRITE) as project:
        add_code(project, name="one more", definition="x" * 100_000)
    with pytest.raises(EnvironmentFault):
        copy_file(path, small_disk / "copy.polyvocal")
    assert not (small_disk / "copy.polyvocal").exists()
    assert contents(path) == before
    filling.unlink()
    with open_project(path, Mode.WRITE) as project:
        add_code(project, name="one more", definition="x" * 100_000)
    assert check_file(path).problems == ()
    assert sorted(one.name for one in small_disk.iterdir()) == ["voices.polyvocal"]


def test_file_that_another_program_holds_is_told(full: Path) -> None:
    child, wire = talk(hold_a_foreign_lock, full)
    assert wire.recv() == "locked"
    before = full.read_bytes()
    with pytest.raises(EnvironmentFault, match="in use by another program"):
        open_project(full, Mode.WRITE)
    assert full.read_bytes() == before
    wire.send("let go")
    child.join()
    with open_project(full, Mode.WRITE) as project:
        add_code(project, name="afterwards")


@pytest.mark.parametrize("marker", [".stfolder", ".dropbox"])
def test_synced_folder_is_warned_of_and_rollback_mode_is_used(bare: Path, marker: str) -> None:
    (bare.parent / marker).mkdir()
    with open_project(bare, Mode.WRITE) as project:
        add_code(project, name="a")
        assert ["lies in" in warning for warning in project.warnings] == [True]
        assert bare.read_bytes()[18:20] == b"\1\1"
        add_code(project, name="b")
        assert len(project.warnings) == 1
        assert not bare.with_name(bare.name + "-wal").exists()
    assert check_file(bare).problems == ()


@needs_somebody_else
def test_read_only_folder_is_read_and_not_written(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        path = folder / "voices.polyvocal"
        shutil.copy(full, path)
        path.chmod(0o444)
        folder.chmod(0o555)
        monkeypatch.setenv("POLYVOCAL_STATE", "/nonexistent/state")
        child, wire = talk(write_as_somebody_else, path)
        said = json.loads(wire.recv())
        child.join()
        assert "affirming" in said["codes"]
        assert said["write"].startswith("EnvironmentFault: voices.polyvocal cannot be written")
        assert [one.name for one in folder.iterdir()] == [path.name]
        assert path.read_bytes() == full.read_bytes()
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


@needs_somebody_else
def test_half_written_file_in_a_read_only_folder_is_not_shown_as_whole(full: Path) -> None:
    """A writer in rollback mode was killed: only with its journal is the file what was committed last."""
    folder = Path(tempfile.mkdtemp())
    try:
        path = folder / "voices.polyvocal"
        with closing(sqlite3.connect(full, isolation_level=None)) as connection:
            connection.execute("PRAGMA cache_size = 1")
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("CREATE TABLE half (body)")
            connection.executemany("INSERT INTO half VALUES (?)", [("x" * 3000,)] * 200)
            journal = full.with_name(full.name + "-journal").read_bytes()
            half = full.read_bytes()
            connection.execute("ROLLBACK")
        path.write_bytes(half)
        path.with_name(path.name + "-journal").write_bytes(journal)
        for one in folder.iterdir():
            one.chmod(0o444)
        folder.chmod(0o555)
        child, wire = talk(write_as_somebody_else, path)
        said = json.loads(wire.recv())
        child.join()
        assert "codes" not in said
        assert said["read"].startswith("EnvironmentFault")
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="this system has no Unix permissions")
def test_file_that_may_not_be_read_is_told(full: Path) -> None:
    full.chmod(0)
    me = os.geteuid()
    if me == 0:
        os.seteuid(65534)  # the superuser may read everything
    try:
        with pytest.raises(EnvironmentFault, match="cannot be read"):
            open_project(full)
    finally:
        os.seteuid(me)


# --- copies ------------------------------------------------------------------------------------------------------------


def test_copy_is_whole_while_the_project_is_written(project: ProjectFile, full: Path, tmp_path: Path) -> None:
    add_code(project, name="not yet in the main file")
    copy_file(full, tmp_path / "copy.polyvocal")
    assert contents(tmp_path / "copy.polyvocal") == contents(full)
    assert check_file(tmp_path / "copy.polyvocal").problems == ()
    assert not list(tmp_path.glob("*.part")) + list(tmp_path.glob(".*"))


def test_copy_over_a_file_or_into_nowhere_is_refused(full: Path, bare_content: bytes, tmp_path: Path) -> None:
    there = tmp_path / "there.polyvocal"
    there.write_bytes(bare_content)
    with pytest.raises(UserError, match="exists already"):
        copy_file(full, there)
    assert there.read_bytes() == bare_content
    with pytest.raises(UserError, match="no folder"):
        copy_file(full, tmp_path / "nowhere" / "copy.polyvocal")


@pytest.fixture
def bare_content(templates: Path) -> bytes:
    return (templates / "bare.polyvocal").read_bytes()


def test_free_name_is_one_that_nothing_bears(tmp_path: Path) -> None:
    path = tmp_path / "a.polyvocal"
    assert free_name(path) == path
    path.touch()
    (tmp_path / "a 2.polyvocal").touch()
    assert free_name(path) == tmp_path / "a 3.polyvocal"


# --- log hygiene -------------------------------------------------------------------------------------------------------


def test_refused_rows_are_not_quoted(project: ProjectFile) -> None:
    with project.view() as view:
        taken = view.all(Person)[0].id

    def twice(unit: Unit) -> None:
        unit.add(Person(id=taken, name=SECRET))

    def unknown_standing(unit: Unit) -> None:
        unit.add(Person(id=unit.new_id(), name=SECRET, standing=SECRET))  # type: ignore[arg-type]

    def changed(unit: Unit) -> None:
        unit.change(unit.need(Person, taken), name=SECRET, standing=SECRET)

    def wrong_sort(unit: Unit) -> None:
        unit.change(unit.need(Person, taken), name=SECRET, id=SECRET)

    def no_name(unit: Unit) -> None:
        unit.add(Person(id=PersonId(unit.new_id()), name=None, description=SECRET))  # type: ignore[arg-type]

    for work in (twice, unknown_standing, changed, wrong_sort, no_name):
        with pytest.raises(Exception) as refused:  # noqa: PT011 - of several sorts; only its words matter here
            project.write("fail", work)
        assert SECRET not in spoken(refused.value)
        assert len(spoken(refused.value)) > 20
