"""Real project files for the tests of the store: copied from one that was made once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from polyvocal.store.file import Mode, ProjectFile, create_project, open_project
from tests.store.acts import fill


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `bare.polyvocal`, which holds a title, and `full.polyvocal`, of which every table has rows."""
    folder = tmp_path_factory.mktemp("templates")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POLYVOCAL_STATE", str(folder / "state"))
        create_project(folder / "bare.polyvocal", title="Voices", approach=None).close()
        shutil.copy(folder / "bare.polyvocal", folder / "full.polyvocal")
        with open_project(folder / "full.polyvocal", Mode.WRITE) as project:
            fill(project)
    return folder


@pytest.fixture
def bare(templates: Path, tmp_path: Path) -> Path:
    """The path of a project that holds nothing but its title, alone in its folder."""
    return _copied(templates / "bare.polyvocal", tmp_path)


@pytest.fixture
def full(templates: Path, tmp_path: Path) -> Path:
    """The path of a project of which every table has rows, alone in its folder."""
    return _copied(templates / "full.polyvocal", tmp_path)


def _copied(template: Path, tmp_path: Path) -> Path:
    path = tmp_path / "study" / "voices.polyvocal"
    path.parent.mkdir()
    shutil.copy(template, path)
    return path


@pytest.fixture
def project(full: Path) -> Iterator[ProjectFile]:
    """A project of which every table has rows, open for writing."""
    with open_project(full, Mode.WRITE) as opened:
        yield opened
