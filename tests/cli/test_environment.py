"""Files, folders, disks and other programs that are in the way: told by name, and the project as it was."""

import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from polyvocal.store.file import Mode, open_project
from polyvocal.store.schema import HEAD
from tests.cli.somebody_else import run_as_somebody_else
from tests.cli.terminal import Terminal, content_of, names_in
from tests.store.children import needs_somebody_else

READING = (("info",), ("list", "codings"), ("show", "code", "Protest"), ("search", "panel"), ("history",), ("check",))
_WHOLE = 100 * 4096
WRITING = (("add", "code", "New"), ("undo",), ("change", "code", "Protest", "--set", "name=X"), ("remove", "memo", "x"))


def on(path: Path, words: tuple[str, ...]) -> list[object]:
    """A command on a project."""
    command, *rest = words
    return [command, path, *rest]


# --- what is no project ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", READING + WRITING, ids=" ".join)
def test_missing_project_is_told_and_not_made(terminal: Terminal, tmp_path: Path, words: tuple[str, ...]) -> None:
    said = terminal.run(*on(tmp_path / "none.polyvocal", words))
    assert (said.status, said.out) == (1, "")
    assert "there is no file" in said.err
    assert "polyvocal new" in said.err
    assert names_in(tmp_path) == []


@pytest.mark.parametrize("words", READING + WRITING, ids=" ".join)
@pytest.mark.parametrize("content", [b"", b"A fieldnote.\n", b"PK\x03\x04" + b"\0" * 200, b"SQLite format 3\0"])
def test_file_that_is_no_project_is_refused(
    terminal: Terminal, tmp_path: Path, words: tuple[str, ...], content: bytes
) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes(content)
    assert "note.txt is not a Polyvocal project" in terminal.refused(path, *on(path, words))


@pytest.mark.parametrize("words", READING + WRITING, ids=" ".join)
def test_database_of_another_program_is_refused(terminal: Terminal, tmp_path: Path, words: tuple[str, ...]) -> None:
    path = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE code (id)")
    told = terminal.refused(path, *on(path, words))
    assert "the database of another program" in told


def test_folder_is_refused(terminal: Terminal, project_path: Path) -> None:
    assert "is a folder" in terminal.refused(project_path, "info", project_path.parent)


@pytest.mark.parametrize("words", READING + WRITING, ids=" ".join)
def test_newer_schema_is_refused_with_what_to_do(terminal: Terminal, small_path: Path, words: tuple[str, ...]) -> None:
    with closing(sqlite3.connect(small_path)) as connection:
        connection.execute(f"PRAGMA user_version = {HEAD + 7}")
    told = terminal.refused(small_path, *on(small_path, words))
    assert "newer Polyvocal" in told
    assert str(HEAD + 7) in told
    assert "Install the newer version" in told


# --- damage ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def damaged_path(small_path: Path) -> Path:
    """The small project with zeros for all but its first hundred pages."""
    content = bytearray(small_path.read_bytes())
    content[_WHOLE:] = bytes(len(content) - _WHOLE)
    small_path.write_bytes(content)
    return small_path


@pytest.mark.parametrize("words", [*READING[:5], *WRITING[:3]], ids=" ".join)
def test_damaged_project_is_told_and_left_alone(terminal: Terminal, damaged_path: Path, words: tuple[str, ...]) -> None:
    told = terminal.refused(damaged_path, *on(damaged_path, words))
    assert "is damaged" in told
    assert "backup" in told


def test_check_says_what_is_wrong_and_ends_with_1(terminal: Terminal, small_path: Path) -> None:
    content = bytearray(small_path.read_bytes())
    page = content.index(b"microphone") // 4096 * 4096
    content[page : page + 4096] = bytes(4096)
    small_path.write_bytes(content)
    before = small_path.read_bytes()
    said = terminal.run("check", small_path)
    assert said.status == 1
    assert said.out
    assert "latest backup" in said.err
    assert small_path.read_bytes() == before
    told = json.loads(terminal.run("check", small_path, "--json").out)
    assert told["whole"] is False
    assert told["problems"]


def test_text_that_was_altered_by_hand_is_found_and_not_quoted(terminal: Terminal, small_path: Path) -> None:
    with closing(sqlite3.connect(small_path, isolation_level=None)) as connection:
        triggers = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("UPDATE text SET body = replace(body, 'Nine tables', 'Ten table s')")
    said = terminal.run("check", small_path)
    assert said.status == 1
    assert "microphone" not in said.out + said.err


# --- rights and room -------------------------------------------------------------------------------------------------


@pytest.fixture
def locked_folder(small_path: Path) -> Iterator[Path]:
    """The small project in a folder of which one may only read."""
    folder = Path(tempfile.mkdtemp())
    path = Path(shutil.copy(small_path, folder / "small.polyvocal"))
    path.chmod(0o444)
    folder.chmod(0o555)
    yield path
    folder.chmod(0o755)
    shutil.rmtree(folder)


@needs_somebody_else
def test_project_in_a_read_only_folder_is_read(locked_folder: Path) -> None:
    before = locked_folder.read_bytes()
    for words in READING:
        said = run_as_somebody_else(locked_folder, on(locked_folder, words))
        assert said.status == 0, said.err
    assert names_in(locked_folder.parent) == [locked_folder.name]
    assert locked_folder.read_bytes() == before


@needs_somebody_else
@pytest.mark.parametrize("words", WRITING, ids=" ".join)
def test_project_in_a_read_only_folder_is_not_written(locked_folder: Path, words: tuple[str, ...]) -> None:
    before = locked_folder.read_bytes()
    said = run_as_somebody_else(locked_folder, on(locked_folder, words))
    assert (said.status, said.out) == (3, "")
    assert "small.polyvocal cannot be written" in said.err
    assert "Copy the project to a folder of your own" in said.err
    assert names_in(locked_folder.parent) == [locked_folder.name]
    assert locked_folder.read_bytes() == before


@needs_somebody_else
@pytest.mark.parametrize(
    "words",
    [
        ("new", "{}/new.polyvocal", "--title", "T"),
        ("sample", "{}/sample.polyvocal"),
        ("export", "{}/small.polyvocal", "codebook", "{}/codebook.csv"),
        ("backup", "{}/small.polyvocal", "{}/copy.polyvocal"),
        ("compare", "{}/small.polyvocal", "--out", "{}/comparison.csv"),
        ("tour", "{}/tour"),
    ],
    ids=lambda words: words[0],
)
def test_nothing_is_made_in_a_read_only_folder(locked_folder: Path, words: tuple[str, ...]) -> None:
    given = [word.format(locked_folder.parent) for word in words]
    said = run_as_somebody_else(locked_folder, given)
    assert (said.status, said.out) == (3, "")
    assert "fault of the program" not in said.err
    assert names_in(locked_folder.parent) == [locked_folder.name]


@needs_somebody_else
def test_file_that_may_not_be_read_is_a_fault_of_the_machine(locked_folder: Path) -> None:
    locked_folder.chmod(0o000)
    said = run_as_somebody_else(locked_folder, ["info", locked_folder])
    assert (said.status, said.out) == (3, "")
    assert "cannot be read: Permission denied" in said.err


@needs_somebody_else
def test_source_that_may_not_be_read_is_a_fault_of_the_machine(locked_folder: Path) -> None:
    note = locked_folder.with_name("note.txt")
    locked_folder.parent.chmod(0o777)
    locked_folder.chmod(0o666)
    for command in (("import", locked_folder, note, "--observer", "Wren"), ("add", locked_folder, "codings", note)):
        note.write_text("Here.", "utf-8")
        note.chmod(0o000)
        before = content_of(locked_folder)
        said = run_as_somebody_else(locked_folder, command)
        assert (said.status, said.out) == (3, "")
        assert f"{note} cannot be read: Permission denied" in said.err
        assert content_of(locked_folder) == before


def test_full_disk_is_told_and_changes_nothing(
    terminal: Terminal, small_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from polyvocal.store import connect as connecting

    def cramped(path: Path, options: str, plain=connecting._open):  # type: ignore[no-untyped-def]
        connection = plain(path, options)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 1}")
        return connection

    (tmp_path / "long.txt").write_text("Long and wide, and never at an end. " * 20_000, "utf-8")
    before = content_of(small_path)
    monkeypatch.setattr(connecting, "_open", cramped)
    said = terminal.run("import", small_path, tmp_path / "long.txt", "--observer", "Wren")
    assert (said.status, said.out) == (3, "")
    assert "the disk of small.polyvocal is full: nothing was changed. Make room" in said.err
    assert content_of(small_path) == before
    assert names_in(tmp_path) == ["long.txt", "small.polyvocal"]


# --- others ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", WRITING, ids=" ".join)
def test_project_that_another_program_writes_is_refused_with_who(
    terminal: Terminal, small_path: Path, words: tuple[str, ...]
) -> None:
    with open_project(small_path, Mode.WRITE):
        told = terminal.refused(small_path, *on(small_path, words), status=3)
    assert "small.polyvocal is being written by " in told
    assert f"(process {os.getpid()})" in told
    assert "You can read it" in told


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_project_that_another_program_writes_is_read(
    terminal: Terminal, small_path: Path, words: tuple[str, ...]
) -> None:
    plain = terminal(*on(small_path, words)).out
    with open_project(small_path, Mode.WRITE):
        assert terminal(*on(small_path, words)).out == plain


@pytest.mark.parametrize("folder", ["Dropbox", "OneDrive - University", "Nextcloud"])
def test_project_in_a_synced_folder_is_warned_of_and_works(terminal: Terminal, tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir()
    path = tmp_path / folder / "study.polyvocal"
    service = folder.split(" -", maxsplit=1)[0]
    for words in (
        ("new", path, "--title", "T"),
        ("add", path, "code", "One"),
        ("change", path, "code", "One", "--set", "name=Two"),
        ("undo", path),
        ("redo", path),
    ):
        said = terminal(*words)
        assert said.err.count(f"study.polyvocal lies in {service}") == 1
        assert "study.polyvocal lies in" not in said.out
    told = terminal.json("add", path, "code", "Three")
    assert [service in warning for warning in told["warnings"]] == [True]
    assert [service in warning for warning in terminal.json("undo", path)["warnings"]] == [True]
    assert names_in(path.parent) == ["study.polyvocal"]


def test_project_and_files_may_lie_anywhere(terminal: Terminal, tmp_path: Path) -> None:
    folder = tmp_path / "谁 #1 100%?é 👨‍👩‍👧"
    folder.mkdir()
    path = folder / "étude ?x=1#y.polyvocal"
    terminal("new", path, "--title", "T")
    (folder / "ملاحظة.txt").write_text("Here.", "utf-8")
    made = terminal.made("import", path, folder / "ملاحظة.txt", "--observer", "Wren")
    assert terminal.json("show", path, "source", "ملاحظة")["id"] == made
    assert names_in(folder) == sorted(["étude ?x=1#y.polyvocal", "ملاحظة.txt"])
