"""How fast documents are read: a thousand Word files of two pages, and a PDF of five hundred."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from docx import Document

from polyvocal.exchange.readers import read_source
from polyvocal.services.commands.incoming import About
from polyvocal.services.commands.sources import import_sources
from polyvocal.store.file import create_project

DOCUMENTS, PAGES = 1000, 500
PARAGRAPHS = 14
"""Of some eighty words each: two pages with their headings."""
_WORDS = [
    "the",
    "panel",
    "asked",
    "who",
    "decides",
    "and",
    "nobody",
    "at",
    "the",
    "table",
    "by",
    "the",
    "window",
    "answered",
    "until",
    "the",
    "bleep",
    "went",
    "twice",
]


def write_documents(folder: Path) -> list[Path]:
    """Word files of two pages: headings, paragraphs with emphasis, a list, a small table."""
    folder.mkdir()
    paths = []
    for number in range(DOCUMENTS):
        document = Document()
        document.add_heading(f"Account {number}", 1)
        for at in range(PARAGRAPHS):
            if at % 5 == 0:
                document.add_heading(f"Part {at}", 2)
            line = document.add_paragraph(f"{9 + at % 9}:45 " + " ".join(_WORDS * 2))
            line.add_run(" " + " ".join(_WORDS)).italic = True
            line.add_run(" " + " ".join(_WORDS))
        for item in ("beds", "chairs", f"{number} cards"):
            document.add_paragraph(item, style="List Bullet")
        table = document.add_table(2, 3)
        table.cell(0, 0).text, table.cell(1, 2).text = "table", str(number)
        paths.append(folder / f"account {number:04}.docx")
        document.save(str(paths[-1]))
    return paths


def words_by_python_docx(paths: list[Path]) -> int:
    """The baseline: the paragraphs as python-docx gives them, with nothing of notes, lists, comments and pictures."""
    return sum(len(paragraph.text) for path in paths for paragraph in Document(str(path)).paragraphs)


def reading_rows(folder: Path) -> Iterator[tuple[str, str, str]]:
    """The figures: what, measured, what it should reach."""
    paths = write_documents(folder / "documents")
    began = time.perf_counter()
    words_by_python_docx(paths)
    plain = time.perf_counter() - began
    with create_project(folder / "documents.polyvocal", title="documents", approach=None) as project:
        began = time.perf_counter()
        import_sources(project, [read_source(path) for path in paths], About(observers=("Ines",)))
        ours = time.perf_counter() - began
    yield (
        f"{DOCUMENTS:,} .docx of 2 pages, read and taken in",
        f"{DOCUMENTS / ours:.0f} a second ({ours / plain:.2f}x of python-docx's paragraphs)",
        "at least 40 a second",
    )
    path = folder / "long.pdf"
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([sys.executable, "-m", "tests.bench.reading", str(path)], check=True, env=environ)
    began = time.perf_counter()
    read = read_source(path)
    yield (
        f"a text PDF of {PAGES} pages",
        f"{time.perf_counter() - began:.1f} s ({len(read.text):,} characters)",
        "under 5 s",
    )


def _write_pdf(path: Path) -> None:
    """A PDF of so many pages; in a program of its own, since it needs Qt's fonts."""
    from PySide6.QtCore import QMarginsF
    from PySide6.QtGui import QGuiApplication, QPageLayout, QPageSize, QPainter, QPdfWriter

    app = QGuiApplication([])
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(20, 20, 20, 20), QPageLayout.Unit.Millimeter)
    with QPainter(writer) as painter:
        line = painter.fontMetrics().lineSpacing()
        for page in range(PAGES):
            if page:
                writer.newPage()
            for at in range(40):
                painter.drawText(0, line * (at + 1), f"{page}.{at} " + " ".join(_WORDS[(page + at) % 9 :][:14]))
    del app


if __name__ == "__main__":
    _write_pdf(Path(sys.argv[1]))
