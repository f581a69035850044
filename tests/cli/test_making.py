"""New projects, and memos from standard input."""

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal, shown


def test_memo_is_read_from_standard_input(terminal: Terminal, small_path: Path) -> None:
    made = terminal("add", small_path, "memo", "-", stdin="Ticho.\r\n🚂\n".encode()).out.strip()
    assert shown(terminal, small_path, "memo", made)["text"] == "Ticho.\n🚂\n"


def test_new_project_is_empty_and_undeclared(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "a.polyvocal"
    said = terminal("new", path, "--title", "Ward rounds")
    assert (said.out, said.err) == ("", f"made {path}\n")
    info = terminal.json("info", path)
    assert (info["title"], info["approach"], info["operations"]) == ("Ward rounds", "undeclared", 1)


@pytest.mark.parametrize("approach", ["reflexive", "codebook", "coding-reliability"])
def test_new_project_declares_its_approach(terminal: Terminal, tmp_path: Path, approach: str) -> None:
    terminal("new", tmp_path / "a.polyvocal", "--title", "T", "--approach", approach)
    assert terminal.json("info", tmp_path / "a.polyvocal")["approach"] == approach
