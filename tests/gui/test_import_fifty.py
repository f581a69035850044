"""A folder of fifty files of many kinds goes in through the window in one go, each with its observers and its phase."""

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

from docx import Document
from openpyxl import Workbook
from pytestqt.qtbot import QtBot

from polyvocal.domain.records import SourceVersion
from polyvocal.domain.words import SourceKind
from polyvocal.exchange.about.columns import Use
from polyvocal.exchange.about.found import Key
from polyvocal.gui.dialogs.import_columns import Column
from polyvocal.gui.dialogs.import_rows import Rank
from polyvocal.gui.sitting import Sitting
from tests.gui.conftest import settle
from tests.gui.import_steps import (
    Opened,
    ask_how,
    cell,
    choose_encoding,
    choose_use,
    imported,
    read_so,
    sources,
    written,
)

PEOPLE = ("Wren", "Ilse", "Bashir")
POLISH = "Zażółć gęślą jaźń. Nikt nie mówi, że jest źle; wszyscy piją herbatę.\n" * 5


class Expected(NamedTuple):
    """What is to be said of a source once it is in."""

    observers: tuple[str, ...]
    session: str | None
    phase: str
    encoding: str | None = "utf-8"
    kind: SourceKind = SourceKind.FIELDNOTE


def fill(folder: Path) -> dict[str, Expected]:
    """Write the fifty files; what is to come of them, by title."""
    expected: dict[str, Expected] = {}
    for part in (word, marked_down, headed, named, pages, tables, others):
        expected |= dict(part(folder))
    return expected


def word(folder: Path) -> Iterator[tuple[str, Expected]]:
    """Twelve Word files, with a table at the head."""
    for number, (phase, who) in enumerate(zip(("before", "during", "after") * 4, cycle(PEOPLE), strict=False)):
        document = Document()
        table = document.add_table(3, 2)
        rows = (("Observer", who), ("Event", "Launch"), ("Position", f"Table {number}"))
        for row, cells in zip(table.rows, rows, strict=True):
            for at, words in enumerate(cells):
                row.cells[at].text = words
        document.add_paragraph(f"Word {number}: “they turn the table round”.")
        path = folder / phase / f"word {number}.docx"
        path.parent.mkdir(parents=True, exist_ok=True)
        document.save(str(path))
        yield path.stem, Expected((who,), None, phase, None)


def marked_down(folder: Path) -> Iterator[tuple[str, Expected]]:
    """Ten Markdown files with front matter, by two observers each, which goes before the folder."""
    for number in range(10):
        session = ("Plenary", "Corridor")[number % 2]
        name = f"front {number}"
        head = f"---\nobserver: [Wren, Ilse]\nevent: Launch\nsession: {session}\nphase: during\n---\n"
        written(folder / "during" / "markdown" / f"{name}.md", f"{head}# Notes {number}\n\nTea is late.\n")
        yield name, Expected(("Wren", "Ilse"), session, "during")


def headed(folder: Path) -> Iterator[tuple[str, Expected]]:
    """Ten text files with lines at their head; two of them in other encodings that their mark tells."""
    for number, who in zip(range(10), cycle(PEOPLE), strict=False):
        encoding = {3: "utf-16", 7: "utf-8-sig"}.get(number, "utf-8")
        text = f"Observer: {who}\nSession: Plenary\nTime: 10:{number:02}-11:20\n\nCafé {number}.\n"
        written(folder / "during" / f"head {number}.txt", text.encode(encoding))
        yield f"head {number}", Expected((who,), "Plenary", "during", encoding)


def named(folder: Path) -> Iterator[tuple[str, Expected]]:
    """Six text files that say nothing themselves: their names and folders do."""
    for number, who in enumerate(PEOPLE):
        for phase in ("before", "after"):
            name = f"{who} 2024-05-1{number}"
            title = f"{name} {phase} it all"
            written(folder / phase / "Launch" / f"{title}.txt", f"Nothing but words, {title}.\n")
            yield title, Expected((who,), None, phase)


def pages(folder: Path) -> Iterator[tuple[str, Expected]]:
    """Three pages, which declare their encodings."""
    for number, encoding in enumerate(("utf-8", "windows-1252", "mac-roman")):
        head = f"<meta charset={encoding}><p>Observer: Bashir<br>Event: Launch<br>Phase: after"
        page = f"{head}<h1>Page {number}</h1><p>Le thé refroidit, dit-elle à côté de la fenêtre."
        written(folder / "web" / f"page {number}.html", page.encode(encoding))
        yield f"page {number}", Expected(("Bashir",), None, "after", encoding)


def tables(folder: Path) -> Iterator[tuple[str, Expected]]:
    """Two tables whose columns are known by their names, and one whose columns nobody could know."""
    log = (
        "Observer;Event;Session;Phase;Text\nWren;Launch;Plenary;during;Log one.\nIlse;Launch;Corridor;during;Log two.\n"
    )
    written(folder / "log.csv", log)
    yield "log, row 2", Expected(("Wren",), "Plenary", "during")
    yield "log, row 3", Expected(("Ilse",), "Corridor", "during")
    book = Workbook()
    for row in (("Title", "Written by", "Event", "Phase", "Notes"), ("Book", "Bashir", "Launch", "before", "A shelf.")):
        book.worksheets[0].append(row)
    book.save(folder / "book.xlsx")
    yield "Book", Expected(("Bashir",), None, "before", None)
    written(folder / "during" / "form.csv", "Q1,Q2,Q3\nWren,Corridor,Coats.\nIlse,Corridor,More coats.\n")
    yield "form, row 2", Expected(("Wren",), "Corridor", "during")
    yield "form, row 3", Expected(("Ilse",), "Corridor", "during")


def others(folder: Path) -> Iterator[tuple[str, Expected]]:
    """Subtitles, two files in encodings that must be guessed, one twice, one broken, one that is of no kind."""
    written(folder / "during" / "Launch" / "talk.srt", "1\n00:00:01,000 --> 00:00:02,000\nAnna: Welcome.\n")
    yield "talk", Expected((), None, "during", "utf-8", SourceKind.TRANSCRIPT)
    head = "Observer: Ilse\nSession: Plenary\nPhase: during\n\n"
    written(folder / "west.txt", f"{head}Un café, et «le reste» est déjà froid.\n".encode("cp1252"))
    yield "west", Expected(("Ilse",), "Plenary", "during", "windows-1252")
    written(folder / "east.txt", f"{head}{POLISH}".encode("iso-8859-2"))
    yield "east", Expected(("Ilse",), "Plenary", "during", "iso-8859-2")
    for name in ("first", "second"):
        written(folder / "twice" / f"{name}.txt", f"{head}The same words.\n")
    yield "first", Expected(("Ilse",), "Plenary", "during")
    written(folder / "broken.docx", b"PK\x03\x04 and no more")


def test_folder_of_fifty_files_comes_in_with_the_right_observers_and_phases(
    qtbot: QtBot, sitting: Sitting, opened: Opened, tmp_path: Path
) -> None:
    folder = tmp_path / "fieldnotes"
    expected = fill(folder)
    assert sum(1 for path in folder.rglob("*") if path.is_file()) == 50
    before = sources(sitting)

    dialog = opened(folder)
    problems = {row.name: row.rank for row in dialog.model.rows if row.needs_somebody}
    assert problems == {
        "broken.docx": Rank.UNREADABLE,
        "form.csv": Rank.UNREADABLE,
        "east.txt": Rank.IN_DOUBT,
        "west.txt": Rank.IN_DOUBT,
    }
    assert cell(dialog, "second.txt", Column.TELLS) == "The same text as first.txt: it is taken in once."

    how = ask_how(qtbot, dialog, "form.csv")
    decided: tuple[Key | Use, ...] = (Key.OBSERVER, Key.SESSION, Use.TEXT)
    for column, use in enumerate(decided):
        choose_use(how, column, use)
    settle(qtbot, sitting)
    read_so(qtbot, dialog, how)
    how = ask_how(qtbot, dialog, "east.txt")
    choose_encoding(qtbot, how, "iso-8859-2")
    read_so(qtbot, dialog, how)
    read_so(qtbot, dialog, ask_how(qtbot, dialog, "west.txt"))
    assert [row.name for row in dialog.model.rows if row.needs_somebody] == ["broken.docx"]
    dialog.notice.leave_out_button.click()
    result, page = imported(qtbot, dialog)

    found = {title: row for title, row in sources(sitting).items() if title not in before}
    assert found.keys() == expected.keys()
    assert {
        title: Expected(row.observers, row.session, str(row.phase), row.encoding, SourceKind(row.kind))
        for title, row in found.items()
    } == expected
    assert {row.event for row in found.values()} == {"Launch"}
    assert "broken.docx" in page
    with sitting.bus.file.view() as view:
        for one, identity in result.sources:
            (version,) = view.find(SourceVersion, source=identity)
            assert view.text(version.text_hash) == one.text
        texts = {one.title: one.text for one, _ in result.sources}
    assert texts["east"] == POLISH
    assert texts["page 2"].endswith("Le thé refroidit, dit-elle à côté de la fenêtre.\n")
    sitting.bus.file.undo()
    assert sources(sitting) == before
