"""Measures of the Score of an event with 20 staves and 20,000 passages: making it, and each frame while one moves."""

import os
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from polyvocal.domain.editmap import EditMap
from polyvocal.domain.records import Event, Occasion, Session, Source, SourceVersion, TimeMark
from polyvocal.domain.words import MarkKind, Phase
from polyvocal.services.commands.codings import CodingDraft, add_codings
from polyvocal.services.commands.incoming import About, Incoming
from polyvocal.services.commands.sources import import_sources
from polyvocal.store.file import Mode, ProjectFile, create_project, open_project
from polyvocal.store.unit import Unit
from tests.bench.synthetic import OBSERVERS, add_people
from tests.bench.window import QUIET, Row, middle_and_high

DAYS, HOURS, MARKS = 2, 9, 27
"""Each observer writes an account of each of so many days, with so many times in it."""
PASSAGES = 20_000
WORDS = 6_000
FRAMES = 60


def score_rows(folder: Path) -> Iterator[Row]:
    """The figures, as (what, measured, reach)."""
    path = folder / "score.polyvocal"
    with create_project(path, title="score", approach=None) as project:
        _write_event(project)
    yield _making(path)
    yield from _frames(path)


def _write_event(project: ProjectFile) -> None:
    """20 observers of two days, 1,000 passages each, every third with two codes."""
    made = add_people(project)
    chance = random.Random(3)
    body = " ".join(f"word{chance.randrange(900)}" for _ in range(WORDS))
    for observer in range(OBSERVERS):
        notes = [Incoming(f"Day {day}, {observer:02}", body + f" {observer} {day}", EditMap()) for day in range(DAYS)]
        import_sources(
            project, notes, About(observers=(f"Coder {observer:02}",), event="gathering", phase=Phase.DURING)
        )

    def work(unit: Unit) -> None:
        (event,) = unit.find(Event)
        unit.change(event, zone="Europe/London", starts="2024-05-14T09:00+01:00", ends="2024-05-15T18:00+01:00")
        for day in range(DAYS):
            for number in range(HOURS):
                starts, ends = (f"2024-05-{14 + day}T{9 + number + more:02}:00+01:00" for more in (0, 1))
                title = f"Session {day}.{number}"
                unit.add(Session(id=unit.new_id(), event=event.id, title=title, starts=starts, ends=ends))
        for source in unit.all(Source):
            day = int(source.title[4])
            unit.change(source, observed_from=f"2024-05-{14 + day}T09:00+01:00")
            (version,) = unit.find(SourceVersion, source=source.id)
            for number in range(MARKS):
                minutes = 9 * 60 + number * HOURS * 60 // MARKS
                start = version.length * number // MARKS
                clock = f"{minutes // 60:02}:{minutes % 60:02}"
                unit.add(
                    TimeMark(
                        id=unit.new_id(),
                        version=version.id,
                        start=start,
                        end=start + 5,
                        kind=MarkKind.CLOCK,
                        clock=clock,
                    )
                )
        assert unit.all(Occasion)

    project.write("an event", work)
    with project.view() as view:
        versions = view.all(SourceVersion)
    each = PASSAGES // len(versions)
    found = []
    for version in versions:
        for number in range(each):
            start = (version.length - 400) * number // each + chance.randrange(20)
            end = start + chance.randrange(20, 300)
            codes = chance.sample(made.codes, 2 if number % 3 == 0 else 1)
            found += [CodingDraft(version.source, start, end, one, chance.choice(made.people)) for one in codes]
    add_codings(project, found)


def _making(path: Path) -> Row:
    from polyvocal.services.analysis.score import score

    with open_project(path, Mode.READ) as project, project.view() as view:
        (event,) = view.find(Event)
        began = time.perf_counter()
        made = score(view, event.id)
        seconds = time.perf_counter() - began
    return (f"a score of {len(made.staves)} staves, {made.passages:,} passages", f"{seconds:.2f} s", "at most 1.2 s")


def _frames(path: Path) -> Iterator[Row]:
    """Painting in a window of 1440 by 900: all of it, moving along, looking nearer, from far to near."""
    from PySide6.QtWidgets import QApplication

    from polyvocal.gui.app import application
    from polyvocal.gui.bus import Bus
    from polyvocal.gui.settings import Settings
    from polyvocal.gui.sitting import Sitting
    from polyvocal.gui.theme import Theme
    from polyvocal.gui.views.score_page import ScorePage

    os.environ.update(QUIET, QT_QPA_PLATFORM="offscreen")
    application()
    settings = Settings(path.with_suffix(".ini"))
    with open_project(path, Mode.READ) as project:
        bus = Bus(project)
        page = ScorePage(Sitting(bus, Theme(settings), settings))
        page.resize(1440, 1900)  # high enough for all twenty staves
        page.show()
        while page.score is None or bus.open_questions:
            QApplication.processEvents()
            time.sleep(0.005)
        canvas = page.canvas

        def frames(move: Callable[[int], object]) -> list[float]:
            found = []
            for number in range(FRAMES):
                began = time.perf_counter()
                move(number)
                canvas.viewport().repaint()
                found.append(time.perf_counter() - began)
            return found

        def pan(_number: int) -> None:
            canvas.horizontalScrollBar().setValue(canvas.horizontalScrollBar().value() + 37)

        yield _row("a frame of all of it", frames(lambda _: None))
        yield _row("  a frame while zooming in", frames(lambda _: canvas.zoom(1.08)))
        for factor in (2, 4, 10, 30):
            canvas.fit()
            canvas.zoom(factor)
            yield _row(f"  a frame while moving along, {factor} times as near", frames(pan))
        page.close()
        bus.close()


def _row(what: str, seconds: list[float]) -> Row:
    middle, high = middle_and_high(seconds)
    return what, f"{middle:.1f} ms, p95 {high:.1f}", "p95 at most 16 ms"
