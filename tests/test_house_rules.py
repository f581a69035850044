"""Rules of the house that no other tool watches over. Each has a planted violation, to prove that it bites."""

import ast
import importlib.metadata
import importlib.util
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from polyvocal.domain.drafts import Draft
from polyvocal.domain.ids import AnyId
from polyvocal.domain.record import Plain, Words, record, shape_of
from polyvocal.domain.records import RECORDS

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "polyvocal"
MODULES = sorted(PACKAGE.rglob("*.py"))
MIGRATIONS = PACKAGE / "store" / "migrations"
REQUIREMENTS = ("requirements.txt", "requirements-dev.txt")


def told(rule: str, broken: list[str]) -> str:
    """What a failing rule says: the reason, then where."""
    return f"{rule}\n  " + "\n  ".join(broken)


# --- SQL stays in the store ------------------------------------------------------------------------------------------

SQL = re.compile(
    r"\b(?:SELECT\b.+\bFROM|INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE\b.+\bSET|DELETE\s+FROM|WITH\s+\w+.*\bAS\s*\()\b"
    r"|\b(?:CREATE|ALTER|DROP)\s+(?:\w+\s+)?(?:TABLE|INDEX|TRIGGER|VIEW)\b|\b(?:PRAGMA|SAVEPOINT)\s+\w"
    r"|\bBEGIN\s+(?:IMMEDIATE|EXCLUSIVE)\b"
    r"|^\s*(?i:insert\s+into|delete\s+from|create\s+table|pragma\s+\w+|select\s+(?:\*|count\(|\w+(?:,\s*\w+)+)\s+from)\b",
    re.DOTALL,
)


def sql_in(code: str) -> list[int]:
    """The lines on which a string, not being a docstring, reads like a statement of SQL."""
    tree = ast.parse(code)
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [line for line, text in strings_in(tree, prose) if SQL.search(text)]


def strings_in(tree: ast.AST, prose: set[int]) -> Iterator[tuple[int, str]]:
    """Every string with its line; of an f-string the constant parts, with a word for each of the others."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values]
            yield node.lineno, "".join(parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.lineno, node.value


def test_sql_text_is_written_in_the_store_only() -> None:
    outside = [path for path in MODULES if not path.is_relative_to(PACKAGE / "store")]
    broken = [f"{path}:{line}" for path in outside for line in sql_in(path.read_text("utf-8"))]
    assert not broken, told("only the store speaks SQL (ARCHITECTURE: the only room with SQL):", broken)


@pytest.mark.parametrize(
    "planted",
    [
        "x = 'SELECT id FROM coding'",
        "x = f'UPDATE {table} SET name = ?'",
        "x = 'delete from coding'",
        "x = 'select id, name from code'",
        "x = 'INSERT OR REPLACE INTO code VALUES (1)'",
        "x = 'PRAGMA user_version'",
        "def f():\n    'Prose.'\n    return '''\n    CREATE UNIQUE INDEX i ON code (name)'''",
    ],
)
def test_sql_text_is_noticed_when_planted(planted: str) -> None:
    assert sql_in(planted)


@pytest.mark.parametrize(
    "harmless",
    ["x = 'Select a passage from the text'", "x = 'update the code, then set its colour'", "'SELECT id FROM coding'"],
)
def test_prose_is_not_taken_for_sql(harmless: str) -> None:
    assert not sql_in(harmless)


# --- every column says whose words it holds --------------------------------------------------------------------------


def undeclared(cls: type) -> list[str]:
    """The text columns of a record that are declared neither Words nor Plain."""
    return [f"{cls.__name__}.{field.name}" for field in shape_of(cls) if field.type is str and field.content is None]


def test_text_column_is_declared_words_or_plain() -> None:
    broken = [column for cls in (*RECORDS, Draft) for column in undeclared(cls)]
    assert not broken, told("search, log hygiene and erasure derive from Words and Plain; declare:", broken)


def test_undeclared_column_is_noticed_when_planted() -> None:
    @record
    class Careless:
        id: AnyId
        title: str
        remark: str | None = None
        note: Words | None = None
        state: Plain

    assert undeclared(Careless) == ["Careless.title", "Careless.remark"]


# --- how modules are written -----------------------------------------------------------------------------------------


def undocumented(code: str) -> list[str]:
    """What has no docstring and ought to: the module, its public functions and classes."""
    tree = ast.parse(code)
    public = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    return [
        *([] if ast.get_docstring(tree) or not tree.body else ["the module"]),
        *(node.name for node in public if not ast.get_docstring(node)),
    ]


def test_module_and_what_it_offers_has_a_docstring() -> None:
    broken = [
        f"{path}: {name}"
        for path in [*MODULES, ROOT / "dev.py"]
        for name in undocumented(path.read_text("utf-8"))
        if not (path.is_relative_to(MIGRATIONS) and name in ("upgrade", "downgrade"))
    ]
    assert not broken, told("the first line of a docstring says in one sentence what it is for; missing in:", broken)


def test_missing_docstring_is_noticed_when_planted() -> None:
    planted = "import os\ndef do(): ...\nclass Thing: ...\ndef _own(): ...\ndef told():\n    'Said.'\n"
    assert undocumented(planted) == ["the module", "do", "Thing"]


def test_module_reads_in_one_sitting() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in [*MODULES, ROOT / "dev.py"]}
    broken = [f"{path}: {length} lines" for path, length in lengths.items() if length > 500]
    assert not broken, told("past 500 lines, split a module by concept (STYLE: Size):", broken)


def test_module_is_named_after_its_concept() -> None:
    nameless = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "misc"}
    names = {path: path.relative_to(PACKAGE).with_suffix("").parts for path in MODULES}
    broken = [str(path) for path, parts in names.items() if nameless & {w for part in parts for w in part.split("_")}]
    assert not broken, told("name the concept instead (STYLE: Size):", broken)


# --- what may be imported --------------------------------------------------------------------------------------------


def imported_by(code: str) -> set[str]:
    """The top-level packages that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add((node.module or "").split(".")[0])
    return found


def test_set_up_script_needs_the_standard_library_only() -> None:
    assert imported_by((ROOT / "dev.py").read_text("utf-8")) <= sys.stdlib_module_names


def test_domain_needs_the_standard_library_only() -> None:
    for path in (PACKAGE / "domain").rglob("*.py"):
        assert imported_by(path.read_text("utf-8")) <= sys.stdlib_module_names | {"polyvocal"}, path


def test_foreign_import_is_noticed_when_planted() -> None:
    planted = "import os.path\ndef f():\n    from numpy.linalg import inv\n    import requests as r\n"
    assert imported_by(planted) - sys.stdlib_module_names == {"numpy", "requests"}


def normal(name: str) -> str:
    """A distribution's name as the index compares it."""
    return re.sub("[-_.]+", "-", name).casefold()


def test_library_that_is_imported_is_declared() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = {re.split(r"[<>=!~ ;\[]", one)[0].casefold() for one in declared}
    provided = importlib.metadata.packages_distributions()
    foreign = set().union(*(imported_by(path.read_text("utf-8")) for path in MODULES))
    foreign -= sys.stdlib_module_names | {"polyvocal"}
    broken = [one for one in sorted(foreign) if not names & {normal(name) for name in provided.get(one, [one])}]
    assert not broken, told(
        "what is imported is declared in pyproject.toml, also if another library brings it:", broken
    )


SLOW_OR_SELDOM = ("PySide6", "alembic", "charset_normalizer", "docx", "numpy", "openpyxl", "pydantic", "spacy")


@pytest.mark.skipif(importlib.util.find_spec("polyvocal.cli") is None, reason="there is no command line yet")
def test_command_line_starts_without_what_it_may_not_need() -> None:
    ask = "import sys, polyvocal.cli.main; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    answer = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert "polyvocal" in answer.stdout.split()
    assert not set(SLOW_OR_SELDOM) & set(answer.stdout.split()), "import it in the function that uses it"


SELDOM_AT_A_START = (
    "alembic", "docx", "numpy", "openpyxl", "pydantic", "spacy", "sqlalchemy.orm", "polyvocal.domain.attributes",
    "polyvocal.domain.time_marks", "polyvocal.gui.views.codebook_view", "polyvocal.gui.views.compare",
    "polyvocal.gui.views.setting", "polyvocal.services.commands.corrections", "polyvocal.services.commands.moments",
    "polyvocal.services.commands.recoding", "polyvocal.services.queries.moments",
)  # fmt: skip


@pytest.mark.skipif(importlib.util.find_spec("polyvocal.gui") is None, reason="there is no window yet")
def test_window_with_a_text_starts_without_what_it_may_not_need() -> None:
    ask = "import sys, polyvocal.gui.app, polyvocal.gui.opening; print(*sys.modules)"
    answer = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert "polyvocal.gui.views.read" in answer.stdout.split()
    assert not set(SELDOM_AT_A_START) & set(answer.stdout.split()), "import it in the function that uses it"


# --- what is pinned, and what is told to the world -------------------------------------------------------------------

PIN = re.compile(r"[a-z0-9._-]+(?:\[[a-z0-9,._-]+\])?==[0-9][\w.!+]*(?: ; [^\\]+)?((?: --hash=sha256:[0-9a-f]{64})+)")


def loose_pins(text: str) -> list[str]:
    """The requirements that are not just a name, a version, perhaps a condition, and hashes."""
    whole = re.sub(r"\s*\\\n\s*", " ", text)
    return [line for line in whole.splitlines() if line.strip() and not PIN.fullmatch(line.strip())]


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_requirement_is_pinned_by_hash_and_names_no_host(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert not loose_pins(text)
    assert "://" not in text


def test_loose_requirement_is_noticed_when_planted() -> None:
    digest = f"--hash=sha256:{'0' * 64}"
    loose = [
        "numpy>=2",
        "numpy==2.0",
        f"numpy @ https://example.org/numpy.whl {digest}",
        "--index-url https://example.org",
    ]
    assert loose_pins("\n".join([*loose, f"tzdata==2025.1 ; os_name == 'nt' \\\n    {digest}"])) == loose


def test_what_is_pinned_to_run_is_pinned_alike_to_test() -> None:
    run, test = ((ROOT / name).read_text("utf-8") for name in REQUIREMENTS)
    pins = re.compile(r"^[\w.-]+==\S+", re.MULTILINE)
    assert set(pins.findall(run)) <= set(pins.findall(test))


MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:home|Users|root|work|mnt|srv|tmp|private)/\w|\b[A-Za-z]:\\\\?Users\\")


def published() -> list[Path]:
    """Every file of the repository that somebody else will read."""
    kept = ("src", "tests", "docs", "resources", ".ci")
    files = [path for folder in kept for path in (ROOT / folder).rglob("*") if "__pycache__" not in path.parts]
    files += [path for path in ROOT.iterdir() if path.name not in (".git",)]
    return [path for path in files if path.is_file() and path.suffix not in (".png", ".docx", ".xlsx", ".polyvocal")]


def test_repository_tells_no_path_of_anybodys_machine() -> None:
    here = f"{ROOT}/"
    texts = {path: path.read_text("utf-8", errors="replace") for path in published()}
    broken = [str(path) for path, text in texts.items() if here in text or MACHINE_PATH.search(text)]
    assert not broken, told("a path of one machine means nothing on another, and may tell who wrote it:", broken)


@pytest.mark.parametrize("folder", ["home", "Users", "root", "tmp"])
def test_path_of_a_machine_is_noticed_when_planted(folder: str) -> None:
    assert MACHINE_PATH.search(f"open('/{folder}/jo/notes')")
    assert not MACHINE_PATH.search(f"docs/{folder}/jo")


def test_windows_path_of_a_person_is_noticed_when_planted() -> None:
    assert MACHINE_PATH.search("C:" + r"\Users\jo")
