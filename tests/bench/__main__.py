"""Runs the benchmarks that the arguments name (all without): import, codings, one, info, list, check, compare.

Sizes can be made smaller with --sources and --codings. Every figure is printed as a ratio to its baseline of the same
run, with what it should reach, and the exponent by which it grows from a hundredth of the size to the whole.
"""

import argparse
import json
import math
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil

from polyvocal.domain.records import Coding
from polyvocal.exchange.readers import read_source
from polyvocal.services.commands.codings import CodingDraft, add_coding, add_codings
from polyvocal.services.commands.sources import About, import_sources
from polyvocal.services.analysis.compare import compare
from polyvocal.store.connect import Mode, connect
from polyvocal.store.file import ProjectFile, create_project, open_project
from polyvocal.store.journal import drop_triggers
from polyvocal.store.schema import columns_of
from tests.bench.synthetic import OBSERVERS, add_people, drafts, write_texts

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
            ours.append(timed(lambda: import_one(paths, project)))
        if size == sources:
            raw = timed(lambda: raw_import(paths, folder / "raw.db"))
    say(
        f"import of {sources:,} .txt files, indexed",
        f"{ours[-1] / raw:.2f}x of raw ({ours[-1]:.1f} s to {raw:.1f} s)",
        "at most 3x",
    )
    say("  growth of import", f"exponent {exponent(sizes, ours):.2f}", "at most 1.1")


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


def bench_codings(folder: Path, sources: int, codings: int) -> Path:
    """The big project, made; the figures of adding, undoing and doing again."""
    paths = write_texts(folder / "texts", sources)
    template = folder / "template.polyvocal"
    with create_project(template, title="big", approach=None) as project:
        import_all(paths, project)
        made = add_people(project)
    sizes = [codings // 100, codings // 10, codings]
    times: dict[str, list[float]] = {"adding": [], "undo": [], "redo": []}
    big = folder / "big.polyvocal"
    todo: list[CodingDraft] = []
    share_made = share_turned = 0.0
    for size in sizes:
        big.unlink(missing_ok=True)
        shutil.copy(template, big)
        with open_project(big, Mode.WRITE) as project:
            todo = drafts(project, made, size)
            before = pages(big)
            times["adding"].append(timed(lambda: add_codings(project, todo)))
        share_made = share_of_journal(big, before)
        with open_project(big, Mode.WRITE) as project:
            times["undo"].append(timed(project.undo))
            times["redo"].append(timed(project.redo))
        share_turned = share_of_journal(big, before)
    raw = raw_codings(template, folder / "raw.db", raw_rows(template, todo))
    do = times["adding"][-1]
    say(f"{codings:,} codings in one command", f"{do / raw:.2f}x of raw ({do:.1f} s to {raw:.1f} s)", "at most 2x")
    say("journal's share for inserted codings", f"{share_made:.1%} of table and indexes", "at most 20 %")
    say("journal's share after do, undo, redo", f"{share_turned:.0%} of table and indexes", "at most 130 %")
    for name in ("undo", "redo"):
        say(
            f"{name} of that operation",
            f"{times[name][-1] / do:.2f}x of doing it ({times[name][-1]:.1f} s)",
            "at most 0.8x",
        )
    for name, seconds in times.items():
        say(f"  growth of {name}", f"exponent {exponent(sizes, seconds):.2f}", "at most 1.1")
    return big


def raw_rows(template: Path, todo: list[CodingDraft]) -> list[tuple[int, ...]]:
    """The same codings as rows with ready ids."""
    with closing(connect(template, Mode.READ)) as connection:
        versions = dict(connection.execute("SELECT source, id FROM source_version"))
        (first,) = connection.execute("SELECT max(last_id) + 1000 FROM operation").fetchone()
    return [
        (first + number, versions[one.source], one.start, one.end, one.code, one.coder, 0)
        for number, one in enumerate(todo)
    ]


def bench_one(big: Path, folder: Path) -> None:
    """One coding at a time, each durable."""
    rounds = 300
    with open_project(big, Mode.WRITE) as project:
        with project.view() as view:
            source, length, code, coder = view.raw.execute(
                "SELECT v.source, v.length, (SELECT id FROM code LIMIT 1), (SELECT id FROM person LIMIT 1) "
                "FROM source_version AS v LIMIT 1"
            ).fetchone()

        def one(number: int) -> Callable[[], object]:
            return lambda: add_coding(
                project, source=str(source), start=number, end=length, code=str(code), coder=str(coder)
            )

        ours = sorted(timed(one(number)) for number in range(rounds))
    target = folder / "raw-one.db"
    shutil.copy(big, target)
    with closing(connect(target, Mode.WRITE)) as connection:
        drop_triggers(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        (version,) = connection.execute("SELECT id FROM source_version LIMIT 1").fetchone()

        def raw_one(number: int) -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO coding VALUES (?, ?, 0, 9, ?, ?, 0)", (number + 1, version, code, coder))
            connection.execute("COMMIT")

        raw = sorted(timed(lambda number=number: raw_one(number)) for number in range(rounds))  # type: ignore[misc]
    target.unlink()
    p95 = int(rounds * 0.95)
    say(
        "one coding added, durable, p95",
        f"raw + {(ours[p95] - raw[p95]) * 1000:.2f} ms ({ours[p95] * 1000:.2f} to {raw[p95] * 1000:.2f} ms)",
        "at most raw + 2 ms",
    )


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


def bench_info(big: Path) -> None:
    pairs = [
        (command("-m", "polyvocal", "info", str(big), "--json")[0], command("-c", "import sqlalchemy.orm")[0])
        for _ in range(7)
    ]
    ratio = statistics.median(ours / base for ours, base in pairs)
    say(
        "info --json on the big project",
        f"{ratio:.2f}x of importing sqlalchemy.orm ({statistics.median(ours for ours, _ in pairs) * 1000:.0f} ms)",
        "at most 2x",
    )


def bench_list(big: Path) -> None:
    with open_project(big) as project, project.view() as view:
        count = view.count(Coding)
    seconds, written, peak = command("-m", "polyvocal", "list", str(big), "codings", "--json")
    with open_project(big) as project, project.view() as view:
        base = timed(lambda: sum(1 for _ in view.raw.execute("SELECT * FROM coding")))
    say(
        "list codings --json",
        f"{count / seconds:,.0f} a second, {peak / 1e6:.0f} MB, {written / 1e6:.0f} MB of JSON "
        f"({seconds / base:.0f}x of reading the bare rows)",
        "50,000 a second, under 300 MB",
    )


def bench_check(big: Path) -> None:
    seconds, _, peak = command("-m", "polyvocal", "check", str(big))
    with closing(sqlite3.connect(big)) as connection:
        base = timed(lambda: connection.execute("PRAGMA integrity_check").fetchall())
    say(
        "check",
        f"{seconds / base:.1f}x of SQLite's integrity_check ({seconds:.1f} s, {peak / 1e6:.0f} MB)",
        "no figure asked",
    )


def bench_compare(big: Path) -> None:
    with open_project(big) as project, project.view() as view:
        seconds = timed(lambda: compare(view))
        base = timed(lambda: sum(1 for _ in view.raw.execute("SELECT * FROM coding")))
    say(
        "compare, code by observer, cold",
        f"{seconds / base:.1f}x of reading the bare rows ({seconds:.1f} s)",
        "no figure asked",
    )


def main() -> None:
    """Run what the arguments name."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="import, codings, one, info, list, check, compare; all without")
    parser.add_argument("--sources", type=int, default=10_000)
    parser.add_argument("--codings", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true", help="the figures once more as JSON")
    options = parser.parse_args()
    wanted = set(options.names or ("import", "codings", "one", "info", "list", "check", "compare"))
    with scratch("bench") as folder:
        if "import" in wanted:
            bench_import(folder, options.sources)
        if wanted - {"import"}:
            big = bench_codings(folder, options.sources, options.codings)
            for name, bench in (
                ("info", bench_info),
                ("list", bench_list),
                ("check", bench_check),
                ("compare", bench_compare),
            ):
                if name in wanted:
                    bench(big)
            if "one" in wanted:
                bench_one(big, folder)
    if options.json:
        print(json.dumps(ROWS, indent=2))


if __name__ == "__main__":
    main()
