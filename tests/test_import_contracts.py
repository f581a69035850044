"""The import contracts of pyproject.toml bite: each is broken by an import that is planted in a copy of the package."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = "Imports only go down"
SQL = "SQL stays in the store"
QT = "Qt stays in the gui"
BORDER = "Readers and writers of files, and pydantic, stay in the exchange and above"
GROUND = "The domain needs no third-party library"


@pytest.fixture
def copied_package(tmp_path: Path) -> Path:
    """A copy of the package, in a folder with the contracts and without anything else."""
    leave = shutil.ignore_patterns("__pycache__")
    copied = Path(shutil.copytree(ROOT / "src" / "polyvocal", tmp_path / "polyvocal", ignore=leave))
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    return copied


def lint_imports(package: Path) -> tuple[int, str]:
    """The exit status of import-linter on a copied package, and what it said, as one line."""
    answer = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as lint; lint()",
            "--no-logo",
            "--no-cache",
        ],
        cwd=package.parent,
        env={**os.environ, "PYTHONPATH": str(package.parent), "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return answer.returncode, " ".join((answer.stdout + answer.stderr).split())


def test_contracts_are_kept_by_the_package_as_it_is(copied_package: Path) -> None:
    status, said = lint_imports(copied_package)
    assert status == 0, said
    assert "5 kept, 0 broken" in said


@pytest.mark.parametrize(
    ("module", "planted", "contract"),
    [
        ("services/references.py", "import sqlalchemy", SQL),
        ("services/commands/codebook.py", "def f() -> None:\n    from sqlite3 import connect", SQL),
        ("domain/spans.py", "from polyvocal.store import file", FLOORS),
        ("store/view.py", "from polyvocal.services.references import folded", FLOORS),
        ("services/commands/memos.py", "import polyvocal.cli", FLOORS),
        ("cli/__init__.py", "import PySide6.QtWidgets", QT),
        ("services/commands/sources.py", "import docx", BORDER),
        ("store/connect.py", "from pydantic import BaseModel", BORDER),
        ("domain/text.py", "import numpy as np", GROUND),
        ("floor_of_its_own.py", "import json", FLOORS),
    ],
)
def test_contract_is_broken_by_a_planted_import(copied_package: Path, module: str, planted: str, contract: str) -> None:
    with (copied_package / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{planted}\n")
    status, said = lint_imports(copied_package)
    assert status != 0
    broken = said.partition("Broken contracts")[2]
    assert contract in broken, said
    assert "polyvocal." + module.removesuffix(".py").removesuffix("/__init__").replace("/", ".") in broken, said
