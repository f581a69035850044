"""How quick the filter of the Codebook view is under the hand.

Measured in a process of its own: `python -m tests.bench.codebook PROJECT`.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.bench.window import QUIET, Row, middle_and_high

CODES, BELOW = 500, 9
"""So many codes, in families: one, and so many below it."""
WORDS = ("protest", "assent", "silence", "humour", "time", "reward", "story", "number", "ward", "table")
TYPED = ("p", "pr", "pro", "prot", "t", "ta", "tab", "tabl", "s", "st", "story 4", "ward", "zz", "")


def write_codebook(folder: Path) -> Path:
    """A project with 500 codes."""
    from polyvocal.services.commands.code_import import CodeDraft, import_codes
    from polyvocal.store.file import create_project

    names = [f"{WORDS[number % len(WORDS)]} {number} of {WORDS[number * 7 % len(WORDS)]}" for number in range(CODES)]
    drafts = [
        CodeDraft(name, number - number % (BELOW + 1) if number % (BELOW + 1) else None)
        for number, name in enumerate(names)
    ]
    path = folder / "codebook.polyvocal"
    with create_project(path, title="Codebook", approach=None) as file:
        import_codes(file, drafts)
    return path


def codebook_rows(project: Path, where: str, environ: Mapping[str, str]) -> Iterator[Row]:
    """The figures of that project on one of the `screens`, as (what, measured, reach)."""
    command = [sys.executable, "-m", "tests.bench.codebook", str(project)]
    run = subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=600, env={**os.environ, **environ})
    middle, high = middle_and_high(json.loads(run.stdout))
    what = f"{where}filter a codebook of {CODES} codes, a keystroke to painted"
    yield what, f"{middle:.1f} ms, p95 {high:.1f}", "at most 16 ms"


def _measure(project: Path) -> list[float]:
    from PySide6.QtWidgets import QApplication

    from polyvocal.gui.app import application
    from polyvocal.gui.bus import Bus
    from polyvocal.gui.settings import Settings
    from polyvocal.gui.sitting import Sitting
    from polyvocal.gui.theme import Theme
    from polyvocal.gui.views.codebook_view import CodebookView
    from polyvocal.store.file import Mode, open_project

    os.environ.update(QUIET)
    application()
    settings = Settings(project.with_suffix(".ini"))
    with open_project(project, Mode.WRITE) as file:
        bus = Bus(file)
        view = CodebookView(Sitting(bus, Theme(settings), settings))
        view.resize(1440, 900)
        view.show()
        while bus.open_questions or len(view.list.codes) < CODES:
            QApplication.processEvents()
        pressed = []
        for _ in range(4):
            for typed in TYPED:
                began = time.perf_counter()
                view.list.filter.setText(typed)
                view.tree.viewport().repaint()
                pressed.append(time.perf_counter() - began)
                while bus.open_questions:
                    QApplication.processEvents()
        view.hide()
        bus.close()
    return pressed


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_measure(Path(sys.argv[1]))))
