"""The sample project, built once, for every test that reads it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from polyvocal.domain.passages import CodedPassage
from polyvocal.exchange.sample import sample_folder, write_sample
from polyvocal.exchange.sample_script import Script, read_script
from polyvocal.services.queries.passages import coded_passages
from polyvocal.store.file import open_project
from polyvocal.store.view import View
from tests.conftest import state_in


@pytest.fixture(scope="session")
def sample_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample project, built once; it is for reading."""
    path = tmp_path_factory.mktemp("sample") / "sample.polyvocal"
    with state_in(tmp_path_factory):
        write_sample(path)
    return path


@pytest.fixture
def view(sample_path: Path) -> Iterator[View]:
    """One moment of the sample project."""
    with open_project(sample_path) as opened, opened.view() as moment:
        yield moment


@pytest.fixture(scope="session")
def passages(sample_path: Path) -> list[CodedPassage]:
    """Every coding, in the order in which they were made."""
    with open_project(sample_path) as opened, opened.view() as view:
        return sorted(coded_passages(view), key=lambda one: one.id)


@pytest.fixture(scope="session")
def script() -> Script:
    """The script, read and checked."""
    return read_script(sample_folder())


@pytest.fixture(scope="session")
def texts(script: Script) -> dict[str, str]:
    """The accounts by title."""
    return {title: one.text for title, one in script.incoming.items()}
