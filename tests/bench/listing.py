"""How quick 1,000 sources with 100,000 codings are at hand: the Read view, and the passages of a code with 20,000.

Measured in a process of its own: `python -m tests.bench.listing PROJECT`. From asking to the first screen painted.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.synthetic import add_people, drafts, write_texts
from tests.bench.window import QUIET, middle_and_high

SOURCES, CODINGS, OF_ONE_CODE = 1_000, 80_000, 20_000
ROUNDS, FRAMES = 15, 100

if TYPE_CHECKING:
    from polyvocal.gui.bus import Bus
    from polyvocal.gui.sitting import Sitting

READ_VIEW = "1,000 sources, 100,000 codings: Read view, read anew to painted"
REACHES = {"first screen": "at most 50 ms", "scroll frame": "p95 at most 10 ms", READ_VIEW: "at most 100 ms"}

Row = tuple[str, str, str]


def write_listed(folder: Path) -> Path:
    """1,000 sources of 1,000 words with 100,000 codings, of which 20,000 and some are with one code."""
    from polyvocal.exchange.readers import read_source
    from polyvocal.services.commands.codings import add_codings
    from polyvocal.services.commands.incoming import About
    from polyvocal.services.commands.sources import import_sources
    from polyvocal.store.file import create_project

    paths = write_texts(folder / "listed", SOURCES)
    path = folder / "listed.polyvocal"
    with create_project(path, title="listed", approach=None) as project:
        about = About(observers=("Coder 00",), event="gathering")
        import_sources(project, [read_source(one) for one in paths], about)
        made = add_people(project)
        add_codings(project, drafts(project, made, CODINGS))
        one_code = [replace(one, code=made.codes[0]) for one in drafts(project, made, OF_ONE_CODE)]
        add_codings(project, one_code)
    return path


def listing_rows(project: Path, where: str, environ: Mapping[str, str]) -> Iterator[Row]:
    """The figures of that project on one of the `screens`, as (what, measured, reach)."""
    command = [sys.executable, "-m", "tests.bench.listing", str(project)]
    run = subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=600, env={**os.environ, **environ})
    told: dict[str, list[float]] = json.loads(run.stdout)
    for name, seconds in told.items():
        middle, high = middle_and_high(seconds)
        reach = REACHES.get(name, "(for information)")
        of = "" if name == READ_VIEW else "passages of a code with 20,000: "
        yield f"{where}{of}{name}", f"{middle:.1f} ms, p95 {high:.1f}", reach


def _measure(project: Path) -> dict[str, list[float]]:
    from PySide6.QtWidgets import QApplication

    from polyvocal.domain.passages import Aspect, PassageFilter
    from polyvocal.domain.records import Code
    from polyvocal.gui.app import application
    from polyvocal.gui.bus import Bus
    from polyvocal.gui.settings import Settings
    from polyvocal.gui.sitting import PassagesMeant, Sitting
    from polyvocal.gui.theme import Theme
    from polyvocal.gui.views.passages import PassagesPanel
    from polyvocal.store.file import Mode, open_project

    os.environ.update(QUIET)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application()
    settings = Settings(project.with_suffix(".ini"))
    told: dict[str, list[float]] = {}
    with open_project(project, Mode.WRITE) as file:
        bus = Bus(file)
        panel = PassagesPanel(Sitting(bus, Theme(settings), settings))
        panel.resize(1000, 320)
        panel.show()
        with file.view() as view:
            large, small = (view.find(Code, name=name)[0].id for name in ("code 000", "code 001"))

        def until(done: Callable[[], bool]) -> None:
            while not done():
                QApplication.processEvents()
                time.sleep(0.0002)

        def painted() -> bool:
            row = panel.table.rowAt(40)
            return bus.open_questions == 0 and panel.model.passage_at(row) is not None

        def shown(code: int, count: Callable[[int], bool]) -> float:
            began = time.perf_counter()
            panel.show_passages(PassagesMeant("", PassageFilter(codes=frozenset({code}))))  # type: ignore[arg-type]
            until(lambda: count(panel.model.listed.total))
            panel.table.viewport().repaint()
            until(painted)
            panel.table.viewport().repaint()
            return time.perf_counter() - began

        def rounds(name: str) -> None:
            told[name] = []
            for _ in range(ROUNDS):
                shown(small, lambda total: 0 < total < OF_ONE_CODE)
                told[name].append(shown(large, lambda total: total >= OF_ONE_CODE))

        rounds("first screen")
        bar = panel.table.verticalScrollBar()
        frames = []
        for number in range(FRAMES):
            began = time.perf_counter()
            bar.setValue(bar.maximum() // 3 + 40 * number)
            panel.table.viewport().repaint()
            frames.append(time.perf_counter() - began)
            QApplication.processEvents()
        told["scroll frame"] = frames
        for aspect in (Aspect.OBSERVER, Aspect.CODER):
            panel.asked = replace(panel.asked, group_by=aspect)
            rounds(f"first screen, by {aspect}")
        panel.hide()
        until(lambda: bus.open_questions == 0)
        told[READ_VIEW] = _read_view(panel.sitting, bus, until)
        bus.close()
    return told


def _read_view(sitting: "Sitting", bus: "Bus", until: Callable[[Callable[[], bool]], None]) -> list[float]:
    """Read occasions, codebook and a source anew: the seconds until all of it was painted."""
    from polyvocal.domain.ids import SourceId
    from polyvocal.gui.sitting import Place
    from polyvocal.gui.views.read import ReadView
    from polyvocal.services.queries.listing import list_sources

    read = ReadView(sitting)
    read.resize(1440, 900)
    read.show()
    until(lambda: read.source is not None and bus.open_questions == 0)
    listed = bus.read(list_sources)
    taken = []

    def there(wanted: SourceId) -> bool:
        return read.source is not None and read.source.source.id == wanted and bus.open_questions == 0

    for number in range(ROUNDS):
        identity = SourceId(listed[(number + 1) * len(listed) // (ROUNDS + 2)].id)
        began = time.perf_counter()
        read.occasions.refresh()
        read.codebook.list.refresh()
        read.open_place(Place(identity))
        until(partial(there, identity))
        read.repaint()
        taken.append(time.perf_counter() - began)
    read.close()
    return taken


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_measure(Path(sys.argv[1]))))
