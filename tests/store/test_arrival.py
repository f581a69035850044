"""A new file takes its name only where nothing bears it; a project is one file, by whatever name it is opened."""

import os
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from polyvocal.domain.errors import PolyvocalError, UserError
from polyvocal.domain.records import Code, Project
from polyvocal.services.commands.codebook import add_code
from polyvocal.store.backup import copy_file
from polyvocal.store.check import check_file
from polyvocal.store.connect import Mode
from polyvocal.store.file import create_project, open_project


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("side", ["-wal", "-shm", "-journal"])
def test_name_with_side_files_of_another_project_is_not_taken(full: Path, tmp_path: Path, side: str) -> None:
    target = tmp_path / "new.polyvocal"
    target.with_name(target.name + side).write_bytes(b"what another program had not yet put in its place")
    with pytest.raises(UserError, match="another project"):
        create_project(target, title="New", approach=None)
    with pytest.raises(UserError, match="another project"):
        copy_file(full, target)
    assert not target.exists()


def test_project_that_came_meanwhile_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "new.polyvocal"
    from polyvocal.store import migrate

    make = migrate.migrate_new

    def slowly(path: Path) -> None:
        make(path)
        monkeypatch.setattr(migrate, "migrate_new", make)
        create_project(target, title="First", approach=None).close()

    monkeypatch.setattr(migrate, "migrate_new", slowly)
    with pytest.raises(UserError, match="exists already"):
        create_project(target, title="Second", approach=None)
    with open_project(target) as project, project.view() as view:
        assert [one.title for one in view.all(Project)] == ["First"]
    assert names_in(tmp_path) == ["new.polyvocal"]


def test_several_that_make_one_project_make_it_once(tmp_path: Path) -> None:
    target = tmp_path / "new.polyvocal"
    made, refused = [], []

    def make(title: str) -> None:
        try:
            create_project(target, title=title, approach=None).close()
            made.append(title)
        except PolyvocalError:
            refused.append(title)

    threads = [threading.Thread(target=make, args=(f"number {number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made
    with open_project(target) as project, project.view() as view:
        (about,) = view.all(Project)
    assert about.title in made
    assert len(made) + len(refused) == 4
    assert names_in(tmp_path) == ["new.polyvocal"]


def test_file_with_several_names_is_read_and_not_written(full: Path, tmp_path: Path) -> None:
    os.link(full, tmp_path / "other.polyvocal")
    with open_project(full) as project, project.view() as view:
        assert view.count(Code)
    with pytest.raises(UserError, match="several names"):
        open_project(full, Mode.ONCE)


def test_project_opened_by_a_link_is_locked_for_all(full: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.polyvocal"
    link.symlink_to(full)
    with open_project(link, Mode.WRITE):
        assert (full.with_name(full.name + ".lock")).exists()
        with pytest.raises(PolyvocalError, match="is being written by"):
            open_project(full, Mode.ONCE)


def test_project_stays_the_same_when_the_program_changes_its_folder(
    full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "elsewhere" / full.name
    other.parent.mkdir()
    shutil.copy(full, other)
    before = other.read_bytes()
    monkeypatch.chdir(full.parent)
    with open_project(Path(full.name), Mode.WRITE) as project:
        monkeypatch.chdir(other.parent)
        add_code(project, name="made in the first folder")
        with project.view() as view:
            assert view.find(Code, name="made in the first folder")
    assert other.read_bytes() == before
    assert names_in(full.parent) == [full.name]


def test_ids_do_not_meet_when_project_and_register_are_put_back_together(
    full: Path, tmp_path: Path, isolated_state: Path
) -> None:
    with open_project(full, Mode.WRITE) as project:
        add_code(project, name="before the copy")
    isolated_state.mkdir(exist_ok=True)
    shutil.copytree(full.parent, tmp_path / "kept")
    shutil.copytree(isolated_state, tmp_path / "kept state")
    with open_project(full, Mode.WRITE) as project:
        sent = add_code(project, name="sent to a colleague").created("code")
    shutil.rmtree(full.parent)
    shutil.rmtree(isolated_state)
    shutil.copytree(tmp_path / "kept", full.parent)
    shutil.copytree(tmp_path / "kept state", isolated_state)
    with open_project(full, Mode.WRITE) as project:
        assert add_code(project, name="after putting back").created("code") != sent


def test_refused_command_leaves_the_file_the_same_to_the_byte(full: Path) -> None:
    before = full.read_bytes()
    with open_project(full, Mode.ONCE) as project, pytest.raises(UserError):
        add_code(project, name="orphan", parent="no such code")
    assert full.read_bytes() == before
    assert names_in(full.parent) == [full.name]


def test_second_row_about_the_project_is_found(full: Path) -> None:
    with closing(sqlite3.connect(full)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("INSERT INTO project SELECT id + 1, uuid, title, approach, created_at FROM project")
        connection.commit()
    assert "project" in {problem.check for problem in check_file(full).problems}
