"""The command line as a test uses it: in this process, or for real in another one."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from polyvocal.cli.main import main


@dataclass(frozen=True, slots=True)
class Said:
    """What a command left: its exit status, and what it wrote to standard output and standard error."""

    status: int
    out: str
    err: str


class Terminal:
    """Runs commands in this process. Called with words, it expects them to work, and gives what they wrote."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    def run(self, *words: object, stdin: bytes = b"") -> Said:
        """Run a command whatever comes of it."""
        self._capsys.readouterr()
        with self._monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="ascii"))
            try:
                status = main([str(word) for word in words])
            except SystemExit as end:  # argparse ends so
                status = end.code if isinstance(end.code, int) else 1
        out, err = self._capsys.readouterr()
        return Said(status, out, err)

    def __call__(self, *words: object, stdin: bytes = b"") -> Said:
        """Run a command that works."""
        said = self.run(*words, stdin=stdin)
        assert said.status == 0, said.err
        return said

    def json(self, *words: object, stdin: bytes = b"") -> Any:
        """The one JSON document that a command writes."""
        at = words.index("--") if "--" in words else len(words)
        return json.loads(self(*words[:at], "--json", *words[at:], stdin=stdin).out)

    def made(self, *words: object) -> str:
        """The one id that a command prints."""
        (identity,) = self(*words).out.split()
        assert identity.isdecimal()
        return identity

    def refused(self, path: Path, *words: object, status: int = 1, stdin: bytes = b"") -> str:
        """What a command says that must fail: nothing on standard output, the project and its folder as they were."""
        before, folder = content_of(path), names_in(path.parent)
        said = self.run(*words, stdin=stdin)
        assert said.status == status, said.err
        assert said.out == ""
        assert content_of(path) == before
        assert names_in(path.parent) == folder
        assert said.err.count("polyvocal: ") == 1 or status == 2
        return said.err


def content_of(path: Path) -> bytes:
    """A project file to the byte, but for the counter by which SQLite tells its own caches that a writer was there."""
    content = path.read_bytes()
    return content[:24] + content[28:92] + content[100:]


def names_in(folder: Path) -> list[str]:
    """What lies in a folder."""
    return sorted(one.name for one in folder.iterdir())


def in_a_process(*words: object, env: Mapping[str, str] | None = None, stdin: bytes = b"") -> Said:
    """Run `python -m polyvocal` for real."""
    answer = subprocess.run(
        [sys.executable, "-m", "polyvocal", *map(str, words)],
        input=stdin,
        capture_output=True,
        env={**os.environ, **(env or {})},
        check=False,
        timeout=120,
    )
    return Said(answer.returncode, answer.stdout.decode(), answer.stderr.decode())


def shown(terminal: Terminal, path: Path, kind: str, reference: str) -> Any:
    """One thing, whole."""
    return terminal.json("show", path, kind, reference)
