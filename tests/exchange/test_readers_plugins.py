"""Readers that an installed package brings by an entry point."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import pytest

from polyvocal.domain.errors import UserError
from polyvocal.exchange.readers import read_source, readable_endings, registry
from polyvocal.exchange.readers.reading import Reading
from polyvocal.exchange.readers.registry import Format


def read_backwards(content: bytes, _name: str) -> Reading:
    """The reader of a format of our own: text from its end to its beginning."""
    return Reading(content.decode()[::-1])


@dataclass(frozen=True)
class Point:
    """An entry point as importlib.metadata gives it, so far as it is used."""

    name: str
    brings: object

    def load(self) -> object:
        if isinstance(self.brings, Exception):
            raise self.brings
        return self.brings


@pytest.fixture(autouse=True)
def plugins(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    ours = Format("backwards", (".rev", ".TXT"), f"{__name__}:read_backwards", 100)
    points = {
        registry.PLUGINS: [
            Point("mirrors", ours),
            Point("broken", ImportError("no such library")),
            Point("strange", "not a format"),
        ]
    }
    monkeypatch.setattr(metadata, "entry_points", lambda group: points[group])
    registry._brought.cache_clear()
    yield
    registry._brought.cache_clear()


def test_file_is_read_by_the_reader_of_a_plugin(tmp_path: Path) -> None:
    path = tmp_path / "note.rev"
    path.write_text("niaR")
    assert read_source(path).text == "Rain"
    assert ".rev" in readable_endings()


def test_ending_of_the_program_cannot_be_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "note.TXT"
    path.write_text("Rain")
    assert read_source(path).text == "Rain"


def test_limit_of_a_plugin_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "note.rev"
    path.write_text("a" * 101)
    with pytest.raises(UserError, match="larger than"):
        read_source(path)


def test_plugin_that_cannot_be_loaded_is_named_where_its_reader_may_be_missed(tmp_path: Path) -> None:
    path = tmp_path / "note.xyz"
    path.write_text("Rain")
    with pytest.raises(UserError, match=r"could not be loaded: broken, strange"):
        read_source(path)
