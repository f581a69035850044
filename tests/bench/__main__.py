"""Runs the benchmarks that the arguments name (all without): import, reading (documents), hand (coding in the window),
correct (correcting in the window), score (moving over it and zooming), codings, one, info, list, check, compare, window (starting it), palette.

Sizes can be made smaller with --sources and --codings. Every figure is printed as a ratio to its baseline of the same
run, with what it should reach, and the exponent by which it grows from a hundredth of the size to the whole.
"""

import argparse
import json
import math
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import psutil

from polyvocal.domain.records import Coding
from polyvocal.exchange.readers import read_source
from polyvocal.exchange.sample import write_sample
from polyvocal.services.commands.codings import CodingDraft, add_coding, add_codings
from polyvocal.services.commands.incoming import About
from polyvocal.services.commands.sources import import_sources
from polyvocal.store.connect import Mode, connect
from polyvocal.store.file import ProjectFile, create_project, open_project
from polyvocal.store.journal import drop_triggers
from polyvocal.store.schema import columns_of
from tests.bench.codebook import codebook_rows, write_codebook
from tests.bench.correcting import correcting_rows
from tests.bench.hand import Reach, hand_rows
from tests.bench.listing import listing_rows, write_listed
from tests.bench.palette import palette_rows
from tests.bench.reading import reading_rows
from tests.bench.score import score_rows
from tests.bench.screens import screens
from tests.bench.synthetic import OBSERVERS, add_people, drafts, write_long_source, write_texts
from tests.bench.window import Row, window_rows

ROOT = Path(__file__).resolve().parents[2]
ROWS: list[tuple[str, str, str]] = []


def say(name: str, measured: str, reach: str) -> None:
    """Note one figure, and print it at once."""
    ROWS.append((name, measured, reach))
    print(f"{name:58} {measured:46} {reach}", flush=True)


def timed(work: Callable[[], object]) -> float:
    """Wall seconds of a piece of work."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@contextmanager
def scratch(name: str) -> Iterator[Path]:
    """A folder that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix=f"polyvocal-{name}-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def exponent(sizes: list[int], seconds: list[float]) -> float:
    """The slope of log(time) over log(size), by least squares."""
    xs, ys = [math.log(one) for one in sizes], [math.log(one) for one in seconds]
    mean_x, mean_y = statistics.mean(xs), statistics.mean(ys)
    return sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / sum((x - mean_x) ** 2 for x in xs)


def say_growth(name: str, sizes: list[int], seconds: list[float]) -> None:
    """Note by which power of the size a figure grows."""
    say(f"  growth of {name}", f"exponent {exponent(sizes, seconds):.2f}", "at most 1.1")


# --- import ------------------------------------------------------------------------------------------------------


def raw_import(paths: list[Path], target: Path) -> None:
    """The baseline: read the files, insert the texts into one table and index them with FTS5, in one transaction."""
    with closing(connect(target, Mode.CREATE)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE text (n INTEGER PRIMARY KEY, body TEXT) STRICT")
        connection.execute(
            "CREATE VIRTUAL TABLE found USING fts5 (body, content='text', content_rowid='n', "
            "tokenize='unicode61 remove_diacritics 2')"
        )
        connection.execute("BEGIN")
        for number, path in enumerate(paths):
            body = path.read_text("utf-8")
            connection.execute("INSERT INTO text VALUES (?, ?)", (number, body))
            connection.execute("INSERT INTO found (rowid, body) VALUES (?, ?)", (number, body))
        connection.execute("COMMIT")


def import_one(paths: list[Path], project: ProjectFile) -> None:
    """What `polyvocal import` does with all the files: one operation."""
    import_sources(project, [read_source(path) for path in paths], About(observers=("Observer 00",), event="gathering"))


def import_all(paths: list[Path], project: ProjectFile) -> None:
    """The sources of 20 observers: one operation an observer."""
    share = max(1, math.ceil(len(paths) / OBSERVERS))
    for at in range(0, len(paths), share):
        name = f"Observer {at // share:02}"
        read = [read_source(path) for path in paths[at : at + share]]
        import_sources(project, read, About(observers=(name,), event="gathering"))


def bench_import(folder: Path, sources: int) -> None:
    sizes = [sources // 100, sources // 10, sources]
    ours, raw = [], 0.0
    for size in sizes:
        texts = folder / f"texts-{size}"
        paths = write_texts(texts, size)
        with create_project(folder / f"import-{size}.polyvocal", title="import", approach=None) as project:
            ours.append(timed(partial(import_one, paths, project)))
        if size == sources:
            raw = timed(partial(raw_import, paths, folder / "raw.db"))
    say(
        f"import of {sources:,} .txt files, indexed",
        f"{ours[-1] / raw:.2f}x of raw ({ours[-1]:.1f} s to {raw:.1f} s)",
        "at most 3x",
    )
    say_growth("import", sizes, ours)


# --- codings -----------------------------------------------------------------------------------------------------


def raw_codings(project_path: Path, target: Path, rows: list[tuple[int, ...]]) -> float:
    """The baseline: `executemany` into the same table with the same indexes and references, no triggers."""
    shutil.copy(project_path, target)
    with closing(connect(target, Mode.WRITE)) as connection:
        drop_triggers(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        marks = ", ".join("?" * len(columns_of(Coding)))

        def work() -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(f"INSERT INTO coding VALUES ({marks})", rows)
            connection.execute("COMMIT")

        seconds = timed(work)
    target.unlink()
    return seconds


def pages(path: Path) -> dict[str, int]:
    """Bytes of each table and index."""
    with closing(connect(path, Mode.READ)) as connection:
        return dict(connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"))


def share_of_journal(path: Path, before: dict[str, int]) -> float:
    """Bytes of the journal for codings, to those of the coding table and its indexes."""
    now = pages(path)
    journal = sum(size for name, size in now.items() if name.startswith(("before_coding", "ix_before_coding")))
    journal += sum(now.get(name, 0) - before.get(name, 0) for name in ("digest", "operation"))
    return journal / sum(now[name] for name in ("coding", "ix_coding_version", "ix_coding_code", "ix_coding_coder"))


def bench_codings(folder: Path, sources: int, codings: int) -> dict[int, Path]:
    """The big project at three sizes, made; the figures of adding, undoing and doing again."""
    paths = write_texts(folder / "texts", sources)
    template = folder / "template.polyvocal"
    with create_project(template, title="big", approach=None) as project:
        import_all(paths, project)
        made = add_people(project)
    projects = {size: folder / f"big-{size}.polyvocal" for size in (codings // 100, codings // 10, codings)}
    times: dict[str, list[float]] = {"adding": [], "undo": [], "redo": []}
    todo: list[CodingDraft] = []
    share_made = share_turned = 0.0
    for size, path in projects.items():
        shutil.copy(template, path)
        with open_project(path, Mode.WRITE) as project:
            todo = drafts(project, made, size)
            before = pages(path)
            times["adding"].append(timed(partial(add_codings, project, todo)))
        share_made = share_of_journal(path, before)
        with open_project(path, Mode.WRITE) as project:
            times["undo"].append(timed(project.undo))
            times["redo"].append(timed(project.redo))
        share_turned = share_of_journal(path, before)
    raw = raw_codings(template, folder / "raw.db", raw_rows(template, todo))
    do = times["adding"][-1]
    say(f"{codings:,} codings in one command", f"{do / raw:.2f}x of raw ({do:.1f} s to {raw:.1f} s)", "at most 2x")
    say("journal's share for inserted codings", f"{share_made:.1%} of table and indexes", "at most 20 %")
    say("journal's share after do, undo, redo", f"{share_turned:.0%} of table and indexes", "at most 130 %")
    for name in ("undo", "redo"):
        seconds = times[name][-1]
        say(f"{name} of that operation", f"{seconds / do:.2f}x of doing it ({seconds:.1f} s)", "at most 0.8x")
    for name, measured in times.items():
        say_growth(name, list(projects), measured)
    return projects


def raw_rows(template: Path, todo: list[CodingDraft]) -> list[tuple[int, ...]]:
    """The same codings as rows with ready ids."""
    with closing(connect(template, Mode.READ)) as connection:
        versions = dict(connection.execute("SELECT source, id FROM source_version"))
        (first,) = connection.execute("SELECT max(last_id) + 1000 FROM operation").fetchone()
    return [
        (first + number, versions[one.source], one.start, one.end, one.code, one.coder, 0)
        for number, one in enumerate(todo)
    ]


ROUNDS = 300


def one_by_one(path: Path) -> list[float]:
    """Seconds of adding one coding at a time, each durable, sorted."""
    with open_project(path, Mode.WRITE) as project:
        with project.view() as view:
            source, length, code, coder = view.raw.execute(
                "SELECT v.source, v.length, (SELECT id FROM code LIMIT 1), (SELECT id FROM person LIMIT 1) "
                "FROM source_version AS v LIMIT 1"
            ).fetchone()

        def one(number: int) -> None:
            add_coding(project, source=str(source), start=number, end=length, code=str(code), coder=str(coder))

        return sorted(timed(partial(one, number)) for number in range(ROUNDS))


def raw_one_by_one(path: Path, target: Path) -> list[float]:
    """The baseline: a transaction with one row for the same table and indexes."""
    shutil.copy(path, target)
    with closing(connect(target, Mode.WRITE)) as connection:
        drop_triggers(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        version, code, coder = connection.execute("SELECT version, code, coder FROM coding LIMIT 1").fetchone()

        def one(number: int) -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO coding VALUES (?, ?, 0, 9, ?, ?, 0)", (number + 1, version, code, coder))
            connection.execute("COMMIT")

        seconds = sorted(timed(partial(one, number)) for number in range(ROUNDS))
    target.unlink()
    return seconds


def bench_one(projects: dict[int, Path]) -> None:
    """One coding added to the project at each size."""
    raw = raw_one_by_one(list(projects.values())[-1], list(projects.values())[-1].with_name("raw-one.db"))
    ours = [one_by_one(path) for path in projects.values()]
    p95 = int(ROUNDS * 0.95)
    mine, base = ours[-1][p95] * 1000, raw[p95] * 1000
    say(
        "one coding added, durable, p95",
        f"raw + {mine - base:.2f} ms ({mine:.2f} to {base:.2f} ms)",
        "at most raw + 2 ms",
    )
    say_growth("one coding (median)", list(projects), [one[ROUNDS // 2] for one in ours])


# --- whole commands ----------------------------------------------------------------------------------------------


def command(*words: str) -> tuple[float, int, int]:
    """Wall seconds, bytes written and peak memory in bytes of a command."""
    start = time.perf_counter()
    process = psutil.Popen([sys.executable, *words], stdout=subprocess.PIPE)
    peak = written = 0
    assert process.stdout is not None
    while chunk := process.stdout.read(1 << 20):
        written += len(chunk)
        try:
            peak = max(peak, process.memory_info().rss)
        except psutil.Error:
            break
    process.wait()
    return time.perf_counter() - start, written, peak


def bench_info(projects: dict[int, Path]) -> None:
    """`info --json`, against importing SQLAlchemy's ORM."""
    ratios, seconds = [], []
    for path in projects.values():
        pairs = [
            (command("-m", "polyvocal", "info", str(path), "--json")[0], command("-c", "import sqlalchemy.orm")[0])
            for _ in range(7)
        ]
        ratios.append(statistics.median(ours / base for ours, base in pairs))
        seconds.append(statistics.median(ours for ours, _ in pairs))
    say(
        "info --json on the big project",
        f"{ratios[-1]:.2f}x of importing sqlalchemy.orm ({seconds[-1] * 1000:.0f} ms)",
        "at most 2x",
    )
    say_growth("info", list(projects), seconds)


def bare_read(path: Path) -> float:
    """Seconds of reading the bare rows of the codings: the baseline of what lists or counts them."""
    with closing(connect(path, Mode.READ)) as connection:
        return timed(lambda: sum(1 for _ in connection.execute("SELECT * FROM coding")))


def bench_list(projects: dict[int, Path]) -> None:
    """`list codings --json`."""
    runs = {size: command("-m", "polyvocal", "list", str(path), "codings", "--json") for size, path in projects.items()}
    size, (seconds, written, peak) = list(runs.items())[-1]
    base = bare_read(projects[size])
    say(
        "list codings --json",
        f"{size / seconds:,.0f} a second, {peak / 1e6:.0f} MB ({written / 1e6:.0f} MB of JSON; "
        f"{seconds / base:.0f}x of reading the bare rows)",
        "50,000 a second, under 300 MB",
    )
    say_growth("list", list(runs), [run[0] for run in runs.values()])


def bench_check(projects: dict[int, Path]) -> None:
    """`check`, against SQLite's own check of the file alone."""
    seconds = [command("-m", "polyvocal", "check", str(path))[0] for path in projects.values()]
    with closing(connect(list(projects.values())[-1], Mode.READ)) as connection:
        base = timed(lambda: connection.execute("PRAGMA integrity_check").fetchall())
    say("check", f"{seconds[-1] / base:.1f}x of SQLite's integrity_check ({seconds[-1]:.1f} s)", "no figure asked")
    say_growth("check", list(projects), seconds)


def bench_compare(projects: dict[int, Path]) -> None:
    """The tables and the other analyses: the first in a program that runs already, and those after it."""
    runs = {}
    for size, path in projects.items():
        cold = [_comparing(path)["cold"] for _ in range(COLD_ROUNDS - 1)]
        runs[size] = _comparing(path)
        runs[size]["cold"] = statistics.median([*cold, runs[size]["cold"]])
    size, run = list(runs.items())[-1]
    base = bare_read(projects[size])
    say(
        "code by observer, cold (numpy's import included)",
        f"{run['cold']:.2f} s ({run['cold'] / base:.1f}x of reading the bare rows)",
        "at most 1.2 s",
    )
    say_growth("code by observer, cold", list(runs), [one["cold"] for one in runs.values()])
    for name, seconds in run["warm"].items():
        together = name.startswith("co-occurrence")
        say(f"  {name}", _spread(seconds), f"at most {200 if together else 150} ms")
        if run["loaded"][name] > 2 * seconds[-1]:
            say("    the first time", f"{run['loaded'][name] * 1000:.0f} ms", "(reads what it needs)")
        say("    after a coding was added", _spread(run["after"][name]), "at most 20 ms")
        say_growth(name, list(runs), [statistics.median(one["warm"][name]) for one in runs.values()])
    say("  peak memory of that program", f"{run['peak'] / 1e6:.0f} MB", "the whole window under 400 MB")


def _spread(seconds: list[float]) -> str:
    """The median and how long the slowest of twenty takes, of times that are sorted."""
    return f"median {statistics.median(seconds) * 1000:.0f} ms, p95 {seconds[int(len(seconds) * 0.95)] * 1000:.0f} ms"


COLD_ROUNDS = 5


def _comparing(path: Path) -> dict[str, Any]:
    """What `tests.bench.comparing` measures of a project."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.bench.comparing", str(path)], stdout=subprocess.PIPE, check=True, cwd=ROOT
    )
    told: dict[str, Any] = json.loads(run.stdout)
    return told


def bench_window(projects: dict[int, Path]) -> None:
    """Starting the window, on the sample and on the largest project."""
    with scratch("sample") as folder:
        write_sample(folder / "sample.polyvocal")
        for row in window_rows("the sample", folder / "sample.polyvocal", ("at most 0.8 s", "under 130 MB")):
            say(*row)
    size, path = list(projects.items())[-1]
    for row in window_rows(f"{size:,} codings", path, ("at most 1.5 s", "under 400 MB")):
        say(*row)


def bench_palette(projects: dict[int, Path]) -> None:
    """Finding something in the command palette, in the largest project."""
    for row in palette_rows(list(projects.values())[-1], ("at most 50 ms", "at most 50 ms")):
        say(*row)


def bench_hand(folder: Path) -> None:
    """Reading and coding a long account in the window."""
    for words, codings, reach in (
        (100_000, 5_000, Reach(opened=60, frame=10, jump=50, act=25, resized=100, memory=60)),
        (1_000_000, 50_000, Reach(opened=250, frame=16, jump=50, act=30, resized=150, memory=150)),
    ):
        path = folder / f"long {words}.polyvocal"
        with create_project(path, title="long", approach=None) as project:
            write_long_source(project, words=words, codings=codings)
        for where, environ in screens():
            for row in hand_rows(path, f"{where}{words:,} words, {codings:,} codings", reach, environ):
                say(*row)


def bench_codebook(folder: Path) -> None:
    """The filter of a large codebook."""
    path = write_codebook(folder)
    for where, environ in screens():
        for row in codebook_rows(path, where, environ):
            say(*row)


def bench_correct(folder: Path) -> None:
    """Correcting a long account in the window, and, for information, one ten times as long."""
    for words, codings, reach in (
        (100_000, 5_000, ("p95 at most 16 ms", "at most 500 ms")),
        (1_000_000, 50_000, ("(for information)", "(for information)")),
    ):
        path = folder / f"corrected {words}.polyvocal"
        with create_project(path, title="long", approach=None) as project:
            write_long_source(project, words=words, codings=codings)
        for row in correcting_rows(path, f"{words:,} words, {codings:,} codings", reach):
            say(*row)


def bench_listing(folder: Path) -> None:
    """The list of passages of a code with very many."""
    path = write_listed(folder)
    for where, environ in screens():
        for row in listing_rows(path, where, environ):
            say(*row)


def said(rows: Callable[[Path], Iterator[Row]]) -> Callable[[Path], None]:
    """A bench that says what rows are measured in a folder."""

    def bench(folder: Path) -> None:
        for row in rows(folder):
            say(*row)

    return bench


IN_A_FOLDER = {
    "reading": said(reading_rows),
    "hand": bench_hand,
    "codebook": bench_codebook,
    "correct": bench_correct,
    "passages": bench_listing,
    "score": said(score_rows),
}
"""Those that make what they measure."""

BENCHES = {
    "info": bench_info,
    "list": bench_list,
    "check": bench_check,
    "compare": bench_compare,
    "one": bench_one,
    "window": bench_window,
    "palette": bench_palette,
}


def main() -> None:
    """Run what the arguments name."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "names",
        nargs="*",
        help="import, reading, hand, codebook, correct, passages, score, codings, one, info, list, check, compare, window, "
        "palette; all without",
    )
    parser.add_argument("--sources", type=int, default=10_000)
    parser.add_argument("--codings", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true", help="the figures once more as JSON")
    options = parser.parse_args()
    wanted = set(
        options.names or ("import", "reading", "hand", "codebook", "correct", "passages", "score", "codings", *BENCHES)
    )
    with scratch("bench") as folder:
        if "import" in wanted:
            bench_import(folder, options.sources)
        for name, bench in IN_A_FOLDER.items():
            if name in wanted:
                bench(folder)
        if wanted - {"import", *IN_A_FOLDER}:
            projects = bench_codings(folder, options.sources, options.codings)
            for name, of_projects in BENCHES.items():
                if name in wanted:
                    of_projects(projects)
    if options.json:
        print(json.dumps(ROWS, indent=2))


if __name__ == "__main__":
    main()
