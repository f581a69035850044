"""A project file that is taken away while it is open: nothing is written where nobody would find it again."""

from pathlib import Path

import pytest

from polyvocal.domain.errors import EnvironmentFault, UserError
from polyvocal.domain.records import Code
from polyvocal.services.commands.codebook import add_code
from polyvocal.store.check import check_file
from polyvocal.store.file import Mode, ProjectFile, open_project


def codes_in(path: Path) -> list[str]:
    """The names of the codes in a closed file."""
    with open_project(path) as file, file.view() as view:
        return [code.name for code in view.all(Code)]


def taken_away(path: Path) -> None:
    path.unlink()


def moved(path: Path) -> None:
    path.rename(path.with_name("moved.polyvocal"))


def replaced(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(path.read_bytes())
    other.replace(path)


@pytest.mark.parametrize("happening", [taken_away, moved, replaced])
def test_nothing_is_written_once_the_file_is_another(project: ProjectFile, happening: object) -> None:
    add_code(project, name="before")
    assert callable(happening)
    happening(project.path)
    with pytest.raises(EnvironmentFault, match="not where it was"):
        add_code(project, name="after")
    with project.view() as view:
        assert "after" not in (names := [code.name for code in view.all(Code)])
        assert "before" in names


@pytest.mark.parametrize("happening", [taken_away, moved])
def test_copy_of_what_was_saved_can_be_made_when_the_file_is_gone(
    project: ProjectFile, tmp_path: Path, happening: object
) -> None:
    add_code(project, name="before")
    assert callable(happening)
    happening(project.path)
    copy = tmp_path / "copy.polyvocal"
    project.save_copy(copy)
    assert "before" in codes_in(copy)
    assert check_file(copy).problems == ()


def test_copy_is_made_while_the_project_is_open_and_never_over_another_file(
    small_project: ProjectFile, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.polyvocal"
    small_project.save_copy(copy)
    assert codes_in(copy) == ["Collaboration", "Who decides", "Whose time", "Protest", "Sense-making"]
    with pytest.raises(UserError, match="exists already"):
        small_project.save_copy(copy)


def test_file_that_was_moved_holds_everything_after_closing(project_path: Path) -> None:
    with open_project(project_path, Mode.WRITE) as file:
        add_code(file, name="before")
        moved(project_path)
    assert "before" in codes_in(project_path.with_name("moved.polyvocal"))


def test_file_that_is_put_back_is_written_again(project: ProjectFile) -> None:
    moved(project.path)
    with pytest.raises(EnvironmentFault):
        add_code(project, name="not yet")
    project.path.with_name("moved.polyvocal").rename(project.path)
    add_code(project, name="back")
    with project.view() as view:
        assert "back" in [code.name for code in view.all(Code)]


def test_file_that_is_overwritten_in_place_is_not_written_to(
    project: ProjectFile, project_path: Path, tmp_path: Path
) -> None:
    older = tmp_path / "older.polyvocal"
    project.save_copy(older)
    for number in range(40):  # enough for SQLite to put some of it into the file itself
        add_code(project, name=f"code {number}", definition="x" * 100_000)
    with project.path.open("r+b") as file:
        file.write(older.read_bytes())
        file.truncate()
    with pytest.raises(EnvironmentFault, match="overwritten by another program"):
        add_code(project, name="after")


def test_many_acts_do_not_look_like_another_programs(project: ProjectFile) -> None:
    for number in range(40):
        add_code(project, name=f"code {number}", definition="x" * 100_000)
    project.undo()
    project.redo()
    with project.view() as view:
        assert view.count(Code) >= 40
