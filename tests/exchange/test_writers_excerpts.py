"""Excerpts in each of their forms, opened again."""

import csv
import io
from pathlib import Path
from typing import Any

import docx
import pytest

from polyvocal.domain.errors import UserError
from polyvocal.domain.passages import CodedPassage
from polyvocal.exchange.writers import export_excerpts
from tests.exchange.codebook_fixtures import ARABIC, HOSTILE, LONG
from tests.exchange.comparison_fixtures import passage


def export(passages: list[CodedPassage], path: Path, group_by: str | None = None, **filters: list[str]) -> Path:
    export_excerpts(passages, path, title="What was said of waiting", group_by=group_by, filters=filters)
    return path


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_csv_row_says_everything_of_an_excerpt(tmp_path: Path) -> None:
    one = passage(1)
    (row,) = rows_of(export([one], tmp_path / "all.csv"))
    assert row == {
        "id": str(one.id),
        "source": str(one.source),
        "source_title": "Plenary, first day",
        "start": "120",
        "end": "150",
        "text": one.text,
        "code": "Putting a name to it",
        "code_path": "Sense-making / Putting a name to it",
        "coder": "Bea",
        "observers": "Ines Okafor; 李娜",
        "standing": "ethnographer, lay-panel",
        "event": "Learning event",
        "session": "Plenary",
        "phase": "during; after",
        "concerns": "Lay panel",
        "stances": "Ward team contests who decides, toward researchers",
        "in_current_text": "yes",
        "created_at": "2026-03-05T08:40:00+00:00",
    }


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "＝1"])
def test_csv_formula_is_defused(text: str, tmp_path: Path) -> None:
    (row,) = rows_of(export([passage(1, text)], tmp_path / "all.csv"))
    assert row["text"] == "'" + text.replace("\r", "\n")


def test_csv_quotes_line_ends_and_commas_are_read_back(tmp_path: Path) -> None:
    text = 'She said "no", twice,\nand left; then\u2028nothing.'
    (row,) = rows_of(export([passage(1, text)], tmp_path / "all.csv"))
    assert row["text"] == text


GROUPS = [
    ("code", ["Sense-making / Putting a name to it"]),
    ("observer", ["Ines Okafor", "李娜"]),
    ("coder", ["Bea"]),
    ("phase", ["during", "after"]),
    ("standing", ["ethnographer", "lay-panel"]),
    ("source", ["Plenary, first day"]),
    ("session", ["Plenary"]),
    ("event", ["Learning event"]),
]


@pytest.mark.parametrize(("group_by", "groups"), GROUPS)
@pytest.mark.parametrize("ending", [".csv", ".md", ".docx"])
def test_excerpt_stands_in_each_of_its_groups(group_by: str, groups: list[str], ending: str, tmp_path: Path) -> None:
    path = export([passage(1)], tmp_path / f"all{ending}", group_by)
    if ending == ".csv":
        found = [row["group"] for row in rows_of(path)]
    elif ending == ".md":
        found = [line[3:] for line in path.read_text("utf-8").splitlines() if line.startswith("## ")]
    else:
        found = [one.text for one in docx.Document(str(path)).paragraphs if one.style and one.style.name == "Heading 1"]
    assert found == groups


def test_excerpts_without_a_value_come_last(tmp_path: Path) -> None:
    nobody, zoe = passage(1, observers=()), passage(2, observers=("Zoe",))
    assert [row["group"] for row in rows_of(export([nobody, zoe], tmp_path / "all.csv", "observer"))] == [
        "Zoe",
        "no observer",
    ]


def test_other_group_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="grouped by weather"):
        export([passage(1)], tmp_path / "all.md", "weather")
    assert not list(tmp_path.iterdir())


def test_markdown_excerpt_says_who_wrote_and_who_coded(tmp_path: Path) -> None:
    text = export([passage(1), passage(2, gone=True)], tmp_path / "all.md", code=["Waiting"]).read_text("utf-8")
    assert text.startswith("# What was said of waiting\n\nOnly code: Waiting.\n\n> We wait, and nobody counts it.\n\n")
    assert (
        "**Sense-making / Putting a name to it**\\\n"
        "Written by Ines Okafor, 李娜 (ethnographer, lay-panel) · coded by Bea\\\n"
        "Plenary, first day, 120-150 · Learning event · Plenary · during; after\\\n"
        "Concerns: Lay panel\\\n"
        "Stances: Ward team contests who decides, toward researchers\n"
    ) in text
    assert text.count("no longer in the current text") == 1


def test_word_excerpt_is_a_quote_with_its_heads_below(tmp_path: Path) -> None:
    path = export([passage(1), passage(2, ARABIC), passage(3, LONG)], tmp_path / "all.docx", observer=["Ines Okafor"])
    paragraphs: list[Any] = docx.Document(str(path)).paragraphs
    assert [one.text for one in paragraphs if one.style.name == "Quote"] == [
        "We wait, and nobody counts it.",
        ARABIC,
        LONG,
    ]
    below = [one.text.split("\n") for one in paragraphs if one.style.name == "Quote Source"]
    assert below[0] == [
        "Sense-making / Putting a name to it",
        "Written by Ines Okafor, 李娜 (ethnographer, lay-panel) · coded by Bea",
        "Plenary, first day, 120-150 · Learning event · Plenary · during; after",
        "Concerns: Lay panel",
        "Stances: Ward team contests who decides, toward researchers",
    ]
    assert any("Only observer: Ines Okafor." in one.text for one in paragraphs)


@pytest.mark.parametrize("ending", [".md", ".docx"])
def test_no_passages_are_said_to_be_none(ending: str, tmp_path: Path) -> None:
    path = export([], tmp_path / f"all{ending}", "code")
    told = (
        path.read_text("utf-8")
        if ending == ".md"
        else "\n".join(one.text for one in docx.Document(str(path)).paragraphs)
    )
    assert "No coded passage is meant by these filters." in told


@pytest.mark.parametrize("ending", [".csv", ".md", ".docx"])
def test_hostile_passage_is_written_in_every_form(ending: str, tmp_path: Path) -> None:
    hostile = passage(1, HOSTILE, source_title=HOSTILE, coder=HOSTILE, observers=(HOSTILE,), code_path=HOSTILE)
    path = export([hostile], tmp_path / f"all{ending}", "observer")
    if ending == ".csv":
        assert rows_of(path)[0]["text"].startswith("'=HYPERLINK")
    elif ending == ".md":
        assert "<script>" not in path.read_text("utf-8").replace("\\<script\\>", "")
    else:
        quotes: list[Any] = [
            one for one in docx.Document(str(path)).paragraphs if one.style and one.style.name == "Quote"
        ]
        assert quotes[0].text.endswith("</script>")
