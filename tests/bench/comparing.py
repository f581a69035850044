"""Prints, as JSON, what tables of codes by observers of the project that is named take in a program that runs already.

Run on its own, so that the first one is cold: what is imported and read for it is part of its time.
"""

import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.records import Code, Coding, Person, Source
from polyvocal.services.commands.codings import add_coding
from polyvocal.store.file import Mode, open_project

ROUNDS = 20


def main() -> None:
    """Ask once; then by another measure, by another coder, and after a coding was added, each so many times."""
    with open_project(Path(sys.argv[1]), Mode.WRITE) as project:
        with project.view() as view:
            coders = [one.id for one in view.all(Person) if view.count(Coding, coder=one.id)]
            codes, (source, *_) = view.all(Code), view.all(Source)
        start = time.perf_counter()
        from polyvocal.services.analysis.compare import Dimension, Measure
        from polyvocal.services.analysis.ledger import Ledger

        ledger = Ledger()

        def ask(measure: Measure = Measure.PASSAGES, chosen: PassageFilter = PassageFilter()) -> None:  # noqa: B008
            with project.view() as view:
                ledger.compare(view, Dimension.CODE, Dimension.OBSERVER, measure, chosen)

        def rounds(before: Callable[[int], object], work: Callable[[int], None]) -> list[float]:
            found = []
            for number in range(ROUNDS):
                before(number)
                began = time.perf_counter()
                work(number)
                found.append(time.perf_counter() - began)
            return sorted(found)

        def code(number: int) -> None:
            place = {"source": str(source.id), "start": number, "end": number + 9}
            add_coding(project, **place, code=str(codes[0].id), coder=str(coders[0]))  # type: ignore[arg-type]

        measures = tuple(Measure)
        ask()
        cold = time.perf_counter() - start
        warm = {
            "another measure": rounds(lambda _: None, lambda number: ask(measures[number % len(measures)])),
            "another coder's": rounds(
                lambda _: None,
                lambda number: ask(chosen=PassageFilter(coders=frozenset({coders[number % len(coders)]}))),
            ),
            "the same after a coding was added": rounds(code, lambda _: ask()),
            "shares after a coding was added": rounds(lambda n: code(n + ROUNDS), lambda _: ask(Measure.SHARE)),
        }
        for _ in range(2 * ROUNDS):
            project.undo()
    peak = _peak()
    print(json.dumps({"cold": cold, "warm": warm, "peak": peak}))


def _peak() -> int:
    """The most memory that was used, in bytes; where the system does not tell, what is used now.

    (What `getrusage` says of a process that another one started is at least what that one used.)
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return int(psutil.Process().memory_info().rss)
    (kilobytes,) = re.findall(r"VmHWM:\s+(\d+)", status.read_text("ascii"))
    return int(kilobytes) * 1024


if __name__ == "__main__":
    main()
