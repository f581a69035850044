"""Exports are replaced whole or left as they were, and refusals say what to do."""

import errno
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from polyvocal.domain.errors import EnvironmentFault, UserError
from polyvocal.domain.passages import CodedPassage
from polyvocal.exchange.writers import export_codebook, export_comparison, export_excerpts
from tests.exchange.codebook_fixtures import empty_report, rich_report
from tests.exchange.comparison_fixtures import by_observer, passage

Export = Callable[[Path], None]


def excerpts(path: Path) -> None:
    export_excerpts([passage(1)], path, title="Waiting", group_by=None, filters={})


EXPORTS: dict[str, tuple[Export, tuple[str, ...]]] = {
    "codebook": (lambda path: export_codebook(rich_report(), path), (".docx", ".xlsx", ".csv", ".md", ".html")),
    "excerpts": (excerpts, (".csv", ".md", ".docx")),
    "comparison": (lambda path: export_comparison(by_observer(), path), (".csv", ".md", ".docx", ".xlsx", ".html")),
}
EACH = [
    pytest.param(export, ending, id=f"{what}{ending}")
    for what, (export, endings) in EXPORTS.items()
    for ending in endings
]


@pytest.mark.parametrize(("export", "ending"), EACH)
def test_export_replaces_what_was_there_whole(export: Export, ending: str, tmp_path: Path) -> None:
    target = tmp_path / f"Ergebnis 结果{ending.upper()}"
    target.write_bytes(b"old")
    export(target)
    assert target.read_bytes() != b"old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(("export", "ending"), EACH)
def test_export_leaves_the_old_file_when_the_disk_is_full(
    export: Export, ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / f"codes{ending}"
    target.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(EnvironmentFault, match=r"codes\..*No space left") as fault:
        export(target)
    assert str(tmp_path) in str(fault.value)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_failure_while_passages_are_read_leaves_nothing_behind(tmp_path: Path) -> None:
    def breaking() -> Iterator[CodedPassage]:
        yield passage(1)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        export_excerpts(breaking(), tmp_path / "all.csv", title="All", group_by=None, filters={})
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("what", EXPORTS)
@pytest.mark.parametrize("name", ["result.pdf", "result"])
def test_other_ending_is_refused_naming_those_that_work(what: str, name: str, tmp_path: Path) -> None:
    export, endings = EXPORTS[what]
    with pytest.raises(UserError, match="result") as refusal:
        export(tmp_path / name)
    assert all(ending in str(refusal.value) for ending in endings)
    assert not list(tmp_path.iterdir())


def test_missing_folder_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="nowhere"):
        export_codebook(empty_report(), tmp_path / "nowhere" / "codes.csv")


def test_folder_with_the_name_of_the_target_is_refused(tmp_path: Path) -> None:
    (tmp_path / "codes.csv").mkdir()
    with pytest.raises(UserError, match="is a folder"):
        export_codebook(empty_report(), tmp_path / "codes.csv")


def test_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    real = tmp_path / "real.csv"
    real.write_bytes(b"old")
    link = tmp_path / "link.csv"
    try:
        link.symlink_to(real)
    except OSError:
        pytest.skip("links may not be made here")
    export_codebook(empty_report(), link)
    assert link.is_symlink()
    assert real.read_bytes() != b"old"


@pytest.mark.parametrize("what", EXPORTS)
def test_dash_writes_markdown_to_stdout(what: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    EXPORTS[what][0](Path("-"))
    assert capsysbinary.readouterr().out.decode().startswith("# ")


def test_importing_the_writers_imports_nothing_heavy() -> None:
    code = "import sys, polyvocal.exchange.writers; print(sorted({'docx', 'openpyxl', 'numpy', 'sqlalchemy'} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
