"""The command `score`: the passages of one event in time."""

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal


def test_score_lists_passages_by_staff_with_when_each_was(terminal: Terminal, small_path: Path) -> None:
    terminal("add", small_path, "time-mark", "--source", "Plenary, Wren", "--start", 0, "--end", 5, "--clock", "10:05")
    said = terminal("score", small_path, "Launch")
    head, _rule, first, *rest = said.out.splitlines()
    assert head.split() == ["observer", "when", "passage", "codes"]
    assert first.startswith("Wren      from 2024-05-14 10:05 to 11:30 (between two times)  “Who is paid to be here?”")
    assert len(rest) == 5
    assert "5 in its session" not in said.err
    assert "Passages of “Launch” in time, one staff an observer." in said.err


def test_score_speaks_json_with_ids_as_text_and_times_with_offset(terminal: Terminal, small_path: Path) -> None:
    told = terminal.json("score", small_path, "Launch", "--code", "Whose time")
    assert told["event"] == "Launch"
    assert told["zone"] == "Europe/London"
    assert told["filters"] == {"code": ["Collaboration / Whose time"]}
    first = told["passages"][0]
    assert first["observer"] == "Wren"
    assert first["placing"] == "in its session"
    assert first["earliest"] == "2024-05-14T10:00+01:00"
    assert first["codes"] == ["Collaboration / Whose time", "Protest"]
    assert first["text"] == "“Who is paid to be here?” asks a woman of the lay panel."
    assert isinstance(first["source"], str)
    assert [isinstance(one, str) for one in first["codings"]] == [True]
    assert {"observer": "Ilse", "standing": "research-team", "where": "Corridor", "state": "elsewhere"} in told[
        "states"
    ]
    assert told["doubts"] == []


@pytest.mark.parametrize("ending", ["csv", "md", "docx", "xlsx", "html"])
def test_score_is_written_and_replaced_only_when_that_is_said(
    terminal: Terminal, small_path: Path, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"score.{ending}"
    said = terminal("score", small_path, "Launch", "--out", path)
    assert said.out == ""
    assert path.stat().st_size > 500
    assert terminal.run("score", small_path, "Launch", "--out", path).status == 1
    assert terminal.run("score", small_path, "Launch", "--out", path, "--force").status == 0


def test_event_that_is_not_there_is_named_with_those_that_are_near(terminal: Terminal, small_path: Path) -> None:
    said = terminal.run("score", small_path, "Lunch")
    assert said.status == 1
    assert "there is no event called 'Lunch'; is it 'Launch'?" in said.err


def test_event_is_not_also_a_filter(terminal: Terminal, small_path: Path) -> None:
    said = terminal.run("score", small_path, "Launch", "--event", "Launch")
    assert said.status == 1
    assert "a score is of one event" in said.err


def test_event_of_which_nothing_is_coded_says_so(terminal: Terminal, small_path: Path) -> None:
    said = terminal("score", small_path, "Launch", "--code", "Sense-making")
    assert said.out == ""
    assert "nothing of Launch is coded so" in said.err
