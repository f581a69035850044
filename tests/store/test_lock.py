"""Two programs on one file: one writes, the other is told who, and reads what was committed."""

import os
import signal
from pathlib import Path

import pytest

from polyvocal.domain.errors import BugError, EnvironmentFault
from polyvocal.domain.records import Code, Coding
from polyvocal.services.commands.codebook import add_code
from polyvocal.store.check import check_file
from polyvocal.store.file import Mode, create_project, open_project
from tests.store.acts import contents
from tests.store.children import FORKS, hold, talk


def names_in(path: Path) -> list[str]:
    return sorted(one.name for one in path.parent.iterdir())


def codes(path: Path) -> set[str]:
    with open_project(path) as project, project.view() as view:
        return {code.name for code in view.all(Code)}


def test_second_writer_is_refused_and_told_who_writes(full: Path) -> None:
    child, wire = talk(hold, full)
    assert wire.recv() == "open"
    before = contents(full)
    with pytest.raises(EnvironmentFault, match=rf"voices.polyvocal is being written by .* \(process {child.pid}\)"):
        open_project(full, Mode.WRITE)
    assert contents(full) == before
    wire.send("close")
    assert wire.recv() == "closed"
    child.join()
    with open_project(full, Mode.WRITE) as project:
        add_code(project, name="my turn")
        other, answer = talk(hold, full)
        assert f"process {os.getpid()}" in answer.recv()
        other.join()


def test_second_writer_in_the_same_program_is_refused(full: Path) -> None:
    with open_project(full, Mode.WRITE), pytest.raises(EnvironmentFault, match="is being written by"):
        open_project(full, Mode.WRITE)


def test_reader_reads_while_another_writes_and_sees_committed_states_only(full: Path) -> None:
    child, wire = talk(hold, full)
    assert wire.recv() == "open"
    wire.send("first")
    assert wire.recv() == "done"
    with open_project(full) as project:
        with project.view() as view:
            before = view.all(Coding)
            assert "first" in {code.name for code in view.all(Code)}
            wire.send("slow")
            assert wire.recv() == "half"
            assert view.all(Coding) == before
            with project.view() as another:
                assert another.all(Coding) == before
            wire.send("go on")
            assert wire.recv() == "done"
            assert view.all(Coding) == before, "a view is one moment"
        with project.view() as view:
            assert [coding.end - 1 for coding in view.all(Coding)] == [coding.end for coding in before]
        wire.send("close")
        assert wire.recv() == "closed"
    child.join()
    assert names_in(full) == [full.name]
    assert check_file(full).problems == ()


def test_two_programs_that_write_in_turn_corrupt_nothing(full: Path) -> None:
    for turn in range(4):
        child, wire = talk(hold, full)
        assert wire.recv() == "open"
        wire.send(f"theirs {turn}")
        assert wire.recv() == "done"
        wire.send("close")
        assert wire.recv() == "closed"
        child.join()
        with open_project(full, Mode.WRITE) as project:
            add_code(project, name=f"ours {turn}")
    assert {f"{whose} {turn}" for whose in ("ours", "theirs") for turn in range(4)} <= codes(full)
    assert check_file(full).problems == ()
    assert names_in(full) == [full.name]


@pytest.mark.skipif(not FORKS, reason="SIGKILL is of POSIX")
def test_lock_ends_with_the_program_that_held_it_however_it_ends(full: Path) -> None:
    child, wire = talk(hold, full)
    assert wire.recv() == "open"
    wire.send("committed")
    assert wire.recv() == "done"
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    child.join()
    with open_project(full, Mode.WRITE) as project:
        add_code(project, name="afterwards")
    assert {"committed", "afterwards"} <= codes(full)
    assert names_in(full) == [full.name]
    assert check_file(full).problems == ()


@pytest.mark.skipif(not FORKS, reason="SIGKILL is of POSIX")
def test_reader_takes_up_what_a_killed_writer_committed_and_leaves_one_file(full: Path) -> None:
    child, wire = talk(hold, full)
    assert wire.recv() == "open"
    wire.send("committed")
    assert wire.recv() == "done"
    child.kill()
    child.join()
    assert "committed" in codes(full)
    assert names_in(full) in ([full.name], [full.name, full.name + ".lock"])


def test_last_close_leaves_one_file_in_rollback_mode(full: Path) -> None:
    with open_project(full, Mode.WRITE) as project:
        add_code(project, name="a")
        assert names_in(full) == [full.name + end for end in ("", "-shm", "-wal", ".lock")]
    assert names_in(full) == [full.name]
    assert full.read_bytes()[18:20] == b"\1\1", "1 is the rollback journal, 2 the write-ahead log"


def test_reader_that_closes_after_the_writer_leaves_one_file(full: Path) -> None:
    reader = open_project(full)
    with reader.view():
        pass
    with open_project(full, Mode.WRITE) as project:
        add_code(project, name="a")
    reader.close()
    assert names_in(full) == [full.name]
    assert "a" in codes(full)


def test_new_project_is_alone_in_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "study" / "voices.polyvocal"
    path.parent.mkdir()
    create_project(path, title="Voices", approach=None).close()
    assert names_in(path) == [path.name]


def test_project_opened_for_reading_is_not_written_and_a_closed_one_not_read(full: Path) -> None:
    before = full.read_bytes()
    with open_project(full) as project:
        with pytest.raises(BugError, match="for reading"):
            add_code(project, name="a")
        with pytest.raises(Exception, match=r"readonly|read-only"), project.view() as view:
            view.raw.execute("UPDATE coding SET start = 0")
    with pytest.raises(BugError, match="closed"), project.view():
        pass
    assert full.read_bytes() == before


def test_operation_within_an_operation_is_refused(full: Path) -> None:
    with open_project(full, Mode.WRITE) as project:
        with pytest.raises(BugError, match="must not start another"):
            project.write("outer", lambda _: add_code(project, name="inner"))  # type: ignore[arg-type]
        add_code(project, name="afterwards")
