"""What there is, as a terminal shows it: the history, one thing whole, the comparison."""

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal


def test_history_is_newest_first(terminal: Terminal, small_path: Path) -> None:
    terminal("add", small_path, "term", "Who speaks", "--as", "Oda")
    terminal("undo", small_path)
    lines = terminal("history", small_path, "--limit", 2).out.splitlines()
    assert len(lines) == 2
    assert "  undo: add the term 'Who speaks': removed 1 term" in lines[0]
    assert "  add the term 'Who speaks' " in lines[1]
    assert "by Oda (undone): made 1 term" in lines[1]
    whole = terminal.json("history", small_path)
    assert [one["kind"] for one in whole[:3]] == ["undo", "add term", "add memo"]
    assert whole[-1]["kind"] == "new project"
    assert len(whole) == terminal.json("info", small_path)["operations"]


@pytest.mark.parametrize(
    ("kind", "reference", "words"),
    [
        ("source", "Plenary, Wren", ["observers:", "Wren", "phase: during", "Nine tables, one microphone", "Oda done"]),
        ("code", "Protest", ["not when: Somebody is merely bored", "codings: 4", "memos:", "Applause may be"]),
        ("person", "Bashir", ["observer", "participant", "standing: lay-panel", "Lay panel"]),
        ("observer", "Wren", ["accounts: 2", "standing: ethnographer"]),
        ("coder", "Oda", ["codings: 4", "sources read: 1"]),
        ("group", "Ward 4", ["within:", "Ward teams"]),
        ("event", "Launch", ["zone: Europe/London", "series: Learning community"]),
        ("session", "Corridor", ["scheduled: no", "event: Launch"]),
        ("series", "Learning community", ["Launch"]),
        ("term", "Whose time is paid", ["stances: 2"]),
        ("memo", "On applause", ["about name: Protest", "author: Oda"]),
        ("project", "Nine tables", ["approach: reflexive"]),
    ],
)
def test_thing_is_shown_whole(
    terminal: Terminal, small_path: Path, kind: str, reference: str, words: list[str]
) -> None:
    said = terminal("show", small_path, kind, reference)
    for word in words:
        assert word in said.out


def test_comparison_is_read_in_a_terminal(terminal: Terminal, small_path: Path) -> None:
    said = terminal("compare", small_path)
    for word in ("Wren", "Ilse", "Bashir", "Protest", "Oda"):
        assert word in said.out
