"""Every command's --help, and every example in it, in their order, on the sample project."""

import json
import shlex
from pathlib import Path

import pytest

from polyvocal.cli.examples import EXAMPLES, MORE
from tests.cli.terminal import Terminal

NOTE = "Nobody said much on the train home, and I did not ask.\n\n# After the event\n\n“It was long,” one said.\n"

QUIET = {"sample", "new", "change", "remove", "extend", "merge", "merge code", "move", "recode"}
"""These print no data: they make no thing that has an id."""


@pytest.mark.parametrize("command", EXAMPLES)
def test_help_shows_an_example(terminal: Terminal, command: str) -> None:
    first, *kind = command.split()
    said = terminal(first, *(("sample.polyvocal", *kind) if kind else ()), "--help")
    assert said.err == ""
    assert said.out.startswith("usage: polyvocal ")
    assert f"example:\n  {EXAMPLES[command]}\n" in said.out


def test_help_has_every_command_and_each_has_an_example(terminal: Terminal) -> None:
    listed = {
        line.split()[0] for line in terminal("--help").out.splitlines() if line.startswith("    ") and line[4] != " "
    }
    assert {"import", "compare", "undo", "backup"} < listed
    assert listed == {command for command in EXAMPLES if " " not in command}


def test_examples_work_in_order_on_the_sample(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("note.txt").write_text(NOTE, "utf-8")
    Path("people.csv").write_text("person,years on the panel,lives nearby\nWren,4,yes\nRobin,1,no\n", "utf-8")
    made = {"CODING": "", "OTHER": ""}
    toured: list[Path] = []
    Path("codes.csv").write_text("code,parent,definition\nsilence,,\nkeeping still,silence,Not moving.\n", "utf-8")
    for command, example in EXAMPLES.items():
        if command == "add codings":
            line = {"source": "note", "start": 0, "end": 6, "code": "keeping quiet", "coder": "Maren Holt"}
            Path("codings.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
        program, *words = [made.get(word, word) for word in shlex.split(example)]
        assert program == "polyvocal"
        said = terminal(*words)
        if command in ("add coding", "split"):
            made["CODING" if command == "add coding" else "OTHER"] = said.out.strip()
        assert (said.out == "") is (command in QUIET), command
        if command == "tour":
            toured = [Path(name) for name in said.out.splitlines()]
    assert toured
    assert all(path.exists() for path in toured)
    for example in (one for more in MORE.values() for one in more):
        program, *words = shlex.split(example)
        assert program == "polyvocal"
        assert terminal(*words).out
    assert Path("codebook.docx").stat().st_size > 10_000
    assert terminal("check", "copy.polyvocal").err == ""


def test_examples_of_the_sample_name_what_is_in_it(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that is misspelt would be made, and the example would show that."""
    monkeypatch.chdir(tmp_path)
    Path("note.txt").write_text(NOTE, "utf-8")
    coding = ""
    for command in (
        "sample",
        "import",
        "add code",
        "add coding",
        "add stance",
        "add person",
        "add memo",
        "add reading",
    ):
        said = terminal(*(coding if word == "CODING" else word for word in shlex.split(EXAMPLES[command])[1:]))
        coding = said.out.strip() if command == "add coding" else coding
        assert "made the" not in said.err
