"""Polyvocal: qualitative data analysis for teams of ethnographers.

In a notebook: `with polyvocal.open("study.polyvocal") as project: ...` (see polyvocal.notebook).
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from polyvocal.notebook import OpenProject

__version__ = "0.1.0"


def open(path: "str | Path", mode: str = "read") -> "OpenProject":  # noqa: A001 - as in `gzip.open`
    """Open a project for a notebook or a script; `mode` is "read" or "write"."""
    from polyvocal.notebook import open_project

    return open_project(path, mode)
