"""Copies of a project grow apart, and no id of one is ever made in another."""

import json
import os
import shutil
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import REPLICA_LIMIT, replica_of
from polyvocal.services.commands.codebook import add_code
from polyvocal.store.backup import copy_file
from polyvocal.store.check import check_file
from polyvocal.store.file import Mode, open_project
from polyvocal.store.register import give_back_replica, stand_of, take_replica
from tests.store.acts import ACTS, contents
from tests.store.children import FORKS, hold, talk


def sitting(path: Path, name: str = "") -> int:
    """Open the file, add a code, close it; the number of the replica that made the code."""
    with open_project(path, Mode.WRITE) as project:
        return replica_of(add_code(project, name=name or f"code {os.urandom(4).hex()}").created("code")[0])


def ids(path: Path) -> set[int]:
    """The ids of all rows and of all operations."""
    rows = {row[0] for kind, of in contents(path).items() if kind != "word_index" for row in of}
    with open_project(path) as project, project.view() as view:
        return rows | {operation.id for operation in view.journal.operations()}


def test_copies_that_grow_apart_never_make_the_same_id(full: Path, tmp_path: Path) -> None:
    copies = [full, tmp_path / "a.polyvocal", tmp_path / "b.polyvocal"]
    for copy in copies[1:]:
        shutil.copy(full, copy)
    common, random = ids(full), Random(2)
    sittings = [open_project(copy, Mode.WRITE) for copy in copies]
    for step in range(90):
        which = step % len(copies)
        try:
            random.choice(ACTS)(sittings[which], random)
        except UserError:
            continue
        if random.random() < 0.2:
            sittings[which].close()
            sittings[which] = open_project(copies[which], Mode.WRITE)
    for one in sittings:
        one.close()
    grown = [ids(copy) - common for copy in copies]
    assert all(len(one) > 20 for one in grown)
    assert sum(map(len, grown)) == len(set().union(*grown))
    assert all(check_file(copy).problems == () for copy in copies)


def test_copy_of_a_copy_taken_between_two_sittings_gets_a_number_of_its_own(full: Path, tmp_path: Path) -> None:
    first = sitting(full)
    shutil.copy(full, tmp_path / "copy.polyvocal")
    assert sitting(tmp_path / "copy.polyvocal") != first
    assert sitting(full) == first


def test_file_reopened_goes_on_with_its_number_and_its_counter(full: Path) -> None:
    first = sitting(full)
    assert [sitting(full) for _ in range(3)] == [first] * 3
    with open_project(full) as project, project.view() as view:
        own = [operation for operation in view.journal.operations() if operation.replica == first]
        clock = [operation.lamport for operation in view.journal.operations()]
    assert [operation.sequence for operation in own] == [1, 2, 3, 4]
    assert all(one < other for one, other in pairwise(clock))
    assert all(one.last_id < other.id for one, other in pairwise(own))


def test_sitting_that_writes_nothing_keeps_the_number(full: Path) -> None:
    first = sitting(full)
    open_project(full, Mode.WRITE).close()
    open_project(full).close()
    assert sitting(full) == first


def test_backup_put_back_in_place_gets_a_new_number(full: Path, tmp_path: Path) -> None:
    first = sitting(full)
    copy_file(full, tmp_path / "backup.polyvocal")
    lost = ids(full)
    assert sitting(full) == first
    lost = ids(full) - lost
    shutil.copy(tmp_path / "backup.polyvocal", full)
    assert sitting(full) != first
    assert not ids(full) & lost


@pytest.mark.skipif(not FORKS, reason="SIGKILL is of POSIX")
def test_file_that_a_killed_program_had_open_gets_a_new_number_even_if_put_back(full: Path) -> None:
    first = sitting(full)
    backup = full.read_bytes()
    child, wire = talk(hold, full)
    assert wire.recv() == "open"
    wire.send("by the child")
    assert wire.recv() == "done"
    lost = ids(full)
    child.kill()
    child.join()
    after = sitting(full)
    assert after != first
    for path in full.parent.iterdir():
        path.unlink()
    full.write_bytes(backup)
    lost -= ids(full)
    sitting(full)
    assert lost
    assert not ids(full) & lost


def test_file_that_was_moved_gets_a_new_number(full: Path, tmp_path: Path) -> None:
    first = sitting(full)
    moved = tmp_path / "moved.polyvocal"
    full.rename(moved)
    assert sitting(moved) != first


@pytest.mark.parametrize(
    "register",
    [
        "",
        "{",
        "[]",
        "7",
        "\udcff",
        '{"x": {}, "0": {}, "-3": 4}',
        '{"99999999999999999999": {"file": "MARK", "head": "HEAD"}}',
        '{"7": {"file": "MARK"}, "0": {"file": "MARK", "head": "HEAD"}, "abc": {"file": "MARK", "head": null}}',
        '{"8": "MARK", "9": null, "10": ["file"]}',
    ],
)
def test_register_that_is_lost_or_spoilt_is_harmless(full: Path, isolated_state: Path, register: str) -> None:
    first = sitting(full)
    entry = json.loads((isolated_state / "replicas.json").read_text())[str(first)]
    spoilt = register.replace("MARK", entry["file"]).replace("HEAD", entry["head"])
    (isolated_state / "replicas.json").write_bytes(spoilt.encode("utf-8", "surrogateescape"))
    second = sitting(full)
    assert second != first
    assert 0 < second < REPLICA_LIMIT
    assert sitting(full) == second


def test_register_that_cannot_be_written_is_harmless(
    full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    for folder in (tmp_path / "state", tmp_path / "state" / "deeper"):
        monkeypatch.setenv("POLYVOCAL_STATE", str(folder))
        assert sitting(full) != sitting(full)
    assert check_file(full).problems == ()


def test_number_that_cannot_be_taken_out_of_the_register_is_not_used_again(
    full: Path, isolated_state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = sitting(full)
    backup, register = full.read_bytes(), (isolated_state / "replicas.json").read_text()

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", refuse)
    taken = sitting(full)
    lost = ids(full)
    monkeypatch.undo()
    monkeypatch.setenv("POLYVOCAL_STATE", str(isolated_state))
    assert (isolated_state / "replicas.json").read_text() == register
    assert [one.name for one in isolated_state.iterdir()] == ["replicas.json"]
    full.write_bytes(backup)
    lost -= ids(full)
    sitting(full)
    assert first != taken
    assert not ids(full) & lost


def test_register_tells_no_path_and_does_not_grow_for_ever(full: Path, isolated_state: Path, tmp_path: Path) -> None:
    sitting(full)
    written = (isolated_state / "replicas.json").read_text()
    assert "voices" not in written
    assert str(tmp_path) not in written
    for number in range(1, 700):
        give_back_replica(tmp_path / f"{number}.polyvocal", number, "head")
    assert len(json.loads((isolated_state / "replicas.json").read_text())) <= 501


def test_number_drawn_is_none_that_the_file_knows(full: Path) -> None:
    drawn = take_replica(full, {}, stand_of(full))
    assert 0 < drawn < REPLICA_LIMIT
    assert take_replica(full, {drawn: "head"}, stand_of(full)) != drawn
