"""Prints, as JSON, what the analyses of the project that is named take in a program that runs already.

Run on its own, so that the first one is cold: what is imported and read for it is part of its time.
"""

import json
import re
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from polyvocal.domain.records import Code, Coding, Person, Session, Source
from polyvocal.services.commands.codings import add_coding
from polyvocal.store.file import Mode, open_project
from polyvocal.store.view import View
from tests.bench.synthetic import add_sessions

if TYPE_CHECKING:
    from polyvocal.services.analysis.ledger import Ledger

ROUNDS = 10


def main() -> None:
    """Ask once; then each question anew, and again after a coding was added, each so many times."""
    with open_project(Path(sys.argv[1]), Mode.WRITE) as project:
        with project.view() as view:
            has_sessions = bool(view.count(Session))
        if not has_sessions:
            add_sessions(project)
        with project.view() as view:
            coders = [one.id for one in view.all(Person) if view.count(Coding, coder=one.id)]
            codes, (source, *_) = view.all(Code), view.all(Source)
        start = time.perf_counter()
        from polyvocal.services.analysis.ledger import Ledger

        ledger = Ledger()
        with project.view() as view:
            ledger.compare(view)
        cold = time.perf_counter() - start

        def rounds(before: Callable[[], object], work: Callable[[View], object]) -> list[float]:
            found = []
            for _ in range(ROUNDS):
                before()
                began = time.perf_counter()
                with project.view() as view:
                    work(view)
                found.append(time.perf_counter() - began)
            return sorted(found)

        def code() -> None:
            number = next(numbers)  # (shorter than any that is there)
            place = {"source": str(source.id), "start": number, "end": number + 3}
            add_coding(project, **place, code=str(codes[0].id), coder=str(coders[0]))  # type: ignore[arg-type]

        numbers = count()
        warm, after, loaded = {}, {}, {}
        for name, ask in _questions(ledger, codes).items():
            began = time.perf_counter()
            with project.view() as view:
                ask(view)
            loaded[name] = time.perf_counter() - began
            warm[name] = rounds(ledger.forget_sums, ask)
            after[name] = rounds(code, ask)
        for _ in range(next(numbers)):
            project.undo()
    peak = _peak()
    print(json.dumps({"cold": cold, "loaded": loaded, "warm": warm, "after": after, "peak": peak}))


def _questions(ledger: "Ledger", codes: list[Code]) -> "dict[str, Callable[[View], object]]":
    """What is asked: tables with each measure, of several dimensions, with codes folded, and the other analyses."""
    from polyvocal.services.analysis.co_occurrence import Nearness, Readers, Together
    from polyvocal.services.analysis.compare import Along, Dimension, Measure, asked_for
    from polyvocal.services.analysis.only_here import Whose
    from polyvocal.services.queries.passages import EVERYTHING

    folded = Along(Dimension.CODE, folded=frozenset(one.id for one in codes[:10]))
    pairs: dict[str, tuple[Dimension | Along, Dimension]] = {
        "code by coder": (Dimension.CODE, Dimension.CODER),
        "observer by coder": (Dimension.OBSERVER, Dimension.CODER),
        "folded code by phase": (folded, Dimension.PHASE),
        "code by session": (Dimension.CODE, Dimension.SESSION),
        "source by code": (Dimension.SOURCE, Dimension.CODE),
    }
    asked: dict[str, Callable[[View], object]] = {
        f"code by observer, {measure}": partial(ledger.compare, measure=measure, totals=True) for measure in Measure
    }
    for name, (rows, columns) in pairs.items():
        asked[name] = partial(ledger.matrix, asked=asked_for(rows, columns, Measure.PASSAGES, EVERYTHING, totals=True))
    asked["code by coder, characters"] = partial(
        ledger.compare, columns=Dimension.CODER, measure=Measure.CHARACTERS, totals=True
    )
    asked["who codes whom"] = partial(ledger.who_codes_whom, totals=True)
    asked["only here"] = partial(ledger.only_here, whose=Whose.OBSERVER)
    for near, readers in (
        (Nearness.OVERLAP, Readers.ANY),
        (Nearness.OVERLAP, Readers.SAME),
        (Nearness.SESSION, Readers.ANY),
    ):
        asked[f"co-occurrence, {near}, {readers} coder"] = partial(
            ledger.co_occurrence, asked=Together(near, readers=readers)
        )
    asked["co-occurrence, moment"] = partial(ledger.co_occurrence, asked=Together(Nearness.MOMENT))
    asked["co-occurrence, paragraphs"] = partial(ledger.co_occurrence, asked=Together(Nearness.PARAGRAPHS, 1))
    return asked


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
