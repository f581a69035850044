"""The table behind a score in each of its forms, opened again."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pytest

from polyvocal.domain.errors import UserError
from polyvocal.domain.records import Event
from polyvocal.exchange.writers.score import HEADER, export_score
from polyvocal.services.analysis.score import score
from polyvocal.services.analysis.score_table import ScoreTable, passages_table
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.codings import add_coding
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.setting import add_event
from polyvocal.services.commands.time_marks import TimeDraft, add_time_marks
from polyvocal.store.file import ProjectFile
from tests.exchange.test_writers_codebook import page_of


@pytest.fixture
def told(small_project: ProjectFile) -> Iterator[ScoreTable]:
    """The small study, with a time, a doubt, and a code whose name a spreadsheet would take for a formula."""
    add_time_marks(small_project, source="Plenary, Wren", marks=[TimeDraft(0, 5, "10:05")])
    change(small_project, "source", "Plenary, Wren", {"observed_from": "2024-05-14T13:00+04:00"})
    add_code(small_project, name="=1+1")
    add_coding(small_project, source="Plenary, Wren", start=0, end=17, code="=1+1", coder="Oda")
    with small_project.view() as view:
        (event,) = view.all(Event)
        yield passages_table(view, score(view, event.id))


def test_csv_tells_passages_states_doubts_and_the_caption_apart(told: ScoreTable, tmp_path: Path) -> None:
    export_score(told, tmp_path / "score.csv")
    text = (tmp_path / "score.csv").read_bytes().decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    assert header == ["part", *HEADER]
    assert {len(row) for row in rows} == {len(header)}
    passages = [dict(zip(header, row, strict=True)) for row in rows if row[0] == "mark"]
    assert len(passages) == 7
    first = passages[0]
    assert first["Observer"] == "Wren"
    assert (first["From"], first["To"]) == ("2024-05-14T10:05+01:00", "2024-05-14T10:05+01:00")
    assert first["How it is told"] == "at its time"
    assert first["Session"] == "Plenary"
    assert (first["Start"], first["End"], first["Passage"]) == ("0", "17", "10:05 Nine tables")
    assert first["Codes"] == "'=1+1"
    assert "the event is in Europe/London" in first["In doubt"]
    states = [row[1:] for row in rows if row[0] == "state"]
    assert ["Ilse", "research-team", "", "", "", "elsewhere", "Corridor"] in [
        [row[0], row[1], row[2], row[3], "", row[4], row[5]] for row in states
    ]
    assert [row[1] for row in rows if row[0] == "doubt"] == ["Plenary, Wren"]
    assert [row[1] for row in rows if row[0] == "caption"] == [told.score.caption]


def test_workbook_has_passages_observers_and_what_was_counted(told: ScoreTable, tmp_path: Path) -> None:
    export_score(told, tmp_path / "score.xlsx")
    book = openpyxl.load_workbook(tmp_path / "score.xlsx")
    passages = list(book["Marks"].iter_rows(values_only=True))
    assert passages[0] == HEADER
    assert len(passages) == 8
    assert passages[1][8:10] == (0, 17)
    assert passages[1][11] == "=1+1"
    assert ("Bashir", "Plenary", "elsewhere") in list(book["Observers"].iter_rows(values_only=True))
    about = {str(name): str(words) for name, words in book["About"].iter_rows(values_only=True)}
    assert about["Caption"] == told.score.caption
    assert about["In doubt"].startswith("Plenary, Wren, 5 passages: It says from 13:00 at +0400")


def test_word_document_has_both_tables_with_caption_and_doubts(told: ScoreTable, tmp_path: Path) -> None:
    export_score(told, tmp_path / "score.docx")
    document = docx.Document(str(tmp_path / "score.docx"))
    passages, states = document.tables
    assert [cell.text for cell in passages.rows[0].cells] == ["When", "Observer", "Passage", "Codes", "Coders"]
    assert passages.rows[1].cells[0].text == "at 2024-05-14 10:05 (at its time)"
    assert passages.rows[-1].cells[2].text == "我们的时间不算数"
    assert len(states.rows) == 1 + 3 * 5
    words = "\n".join(one.text for one in document.paragraphs)
    assert "Score of Launch" in words
    assert told.score.caption in words
    assert "In doubt: Plenary, Wren, 5 passages" in words


def test_markdown_and_web_page_have_every_passage_and_the_caption(told: ScoreTable, tmp_path: Path) -> None:
    for name in ("score.md", "score.html"):
        export_score(told, tmp_path / name)
    text = (tmp_path / "score.md").read_text("utf-8")
    page = "".join(page_of(tmp_path / "score.html").text)
    assert text.count("\n| ") >= 7 + 1 + 15 + 1
    for words in ("10:05 Nine tables", "after the event", "elsewhere", "do not rank"):
        assert words in text
        assert words in page


def test_event_without_passages_says_so(small_project: ProjectFile, tmp_path: Path) -> None:
    add_event(small_project, title="Harvest")
    with small_project.view() as view:
        (event,) = view.find(Event, title="Harvest")
        empty = passages_table(view, score(view, event.id))
    for ending in ("csv", "md", "html", "xlsx", "docx"):
        export_score(empty, tmp_path / f"score.{ending}")
    assert "Nothing of this event is coded so." in (tmp_path / "score.md").read_text("utf-8")


def test_picture_is_no_table(told: ScoreTable, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"score\.svg cannot be written"):
        export_score(told, tmp_path / "score.svg")
