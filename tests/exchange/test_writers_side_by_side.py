"""Accounts side by side in a Word document, opened again."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zlib import crc32

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.table import _Cell

from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import (
    DivergenceId,
    EventId,
    MomentId,
    PersonId,
    SourceId,
    SourceVersionId,
)
from polyvocal.domain.words import Alignment, CellState, DivergenceKind, DivergenceStanding, SourceKind, Standing
from polyvocal.exchange.writers import (
    divergence_side_by_side,
    export_side_by_side,
    moment_side_by_side,
    passages_side_by_side,
)
from polyvocal.exchange.writers.formats.characters import folded
from polyvocal.exchange.writers.side_by_side import SideBySide
from polyvocal.services.queries.divergences import DivergenceRow, DivergentPassage
from polyvocal.services.queries.moments import (
    AccountOfMoment,
    MomentAsTold,
    MomentInOrder,
    NotPlaced,
    ObserverOfMoment,
    PlacedPassage,
)
from tests.exchange.codebook_fixtures import ARABIC, HOSTILE
from tests.exchange.comparison_fixtures import passage

LONG = "She has gone to the front of the stage and stands with her hands folded, so that her back is half to us. " * 3
AT = datetime(2024, 5, 14, 10, 45)  # noqa: DTZ001 - a local time


def placed(text: str, by: Alignment = Alignment.HAND, *, certain: bool = True) -> PlacedPassage:
    timed = by is Alignment.TIME
    return PlacedPassage(3, 3 + len(text), by, certain, AT if timed else None, None, None, text)


def observer(
    name: str,
    *texts: PlacedPassage,
    state: CellState | None = None,
    standing: Standing | None = Standing.ETHNOGRAPHER,
    source: int | None = None,
) -> ObserverOfMoment:
    """Somebody with an account of their own, or with the one of a source that several wrote."""
    of = SourceId(source or crc32(name.encode()))
    accounts = (AccountOfMoment(of, f"Day, {name}", SourceKind.FIELDNOTE, SourceVersionId(8), (name,), texts),)
    return ObserverOfMoment(PersonId(1), name, standing, state, accounts if texts else (), ())


def moment(*observers: ObserverOfMoment) -> MomentAsTold:
    where = MomentInOrder(
        MomentId(5),
        "The question",
        "Launch",
        EventId(4),
        "Plenary",
        None,
        AT,
        AT.replace(hour=11, minute=0),
        None,
        None,
        0,
    )
    return MomentAsTold(where, observers, (), ())


def written(found: SideBySide, path: Path) -> Document:
    export_side_by_side(found, path / "sheet.docx")
    return docx.Document(str(path / "sheet.docx"))


def cells(document: Document, row: int) -> list[_Cell]:
    """The cells of a row of every table but the ruled lines."""
    return [cell for table in document.tables[:-1] for cell in table.rows[row].cells]


def lines(cell: _Cell) -> list[tuple[str, str]]:
    """The numbers and the words of the lines of a column."""
    told = [one.text.split("\t", 1) for one in cell.paragraphs if one.style.name in ("Sheet Line", "Sheet First Line")]
    return [(one[0], one[1]) for one in told if len(one) == 2]


def test_sheet_lies_across_and_has_a_column_an_observer_and_one_for_notes(tmp_path: Path) -> None:
    told = moment(observer("Wren", placed("Nobody answers.")), observer("Ilse", placed("No question.")))
    document = written(moment_side_by_side(told, project="Nine tables"), tmp_path)
    assert document.sections[0].orientation == WD_ORIENT.LANDSCAPE
    heads = [cell.paragraphs[0].text for cell in cells(document, 0)]
    assert heads == ["A · Wren", "B · Ilse", "Notes"]
    head = document.tables[0].rows[0]._tr.trPr
    assert head is not None
    assert head.find(qn("w:tblHeader")) is not None
    caption = document.paragraphs[1].text
    assert "Launch · Plenary · 2024-05-14 10:45 to 11:00." in caption
    assert "do not rank" in caption
    assert "Nine tables" in caption
    assert len(document.tables[-1].rows) == 6


def test_every_line_has_a_number_of_its_column_and_no_word_is_lost(tmp_path: Path) -> None:
    text = f"{LONG}\n\nTwo.\n"
    told = moment(observer("Wren", placed(text), placed("Later.")), observer("Ilse", placed("No.")))
    wren, ilse, _ = cells(written(moment_side_by_side(told, project="x"), tmp_path), 1)
    numbered = lines(wren)
    assert [number for number, _ in numbered] == [f"A{at + 1}" for at in range(len(numbered))]
    assert len(numbered) > 5
    assert " ".join(words for _, words in numbered).split() == [*text.split(), "Later."]
    assert max(len(words) for _, words in numbered) < 60
    assert lines(ilse) == [("B1", "No.")]


@pytest.mark.parametrize(
    ("number", "tables"), [(1, [1]), (3, [3]), (4, [2, 2]), (5, [2, 3]), (7, [2, 2, 3]), (30, [3] * 10)]
)
def test_many_observers_stand_in_several_tables(tmp_path: Path, number: int, tables: list[int]) -> None:
    told = moment(*(observer(f"Person {at}", placed("Yes.")) for at in range(number)))
    document = written(moment_side_by_side(told, project="x"), tmp_path)
    assert [len(table.columns) - 1 for table in document.tables[:-1]] == tables
    last = document.tables[-2].rows[0].cells[-2].paragraphs[0].text
    assert last == ("AD · Person 29" if number == 30 else f"{chr(64 + number)} · Person {number - 1}")


def test_by_what_a_passage_was_placed_is_told_with_it(tmp_path: Path) -> None:
    told = moment(
        observer("Wren", placed("a", Alignment.SESSION), placed("b", Alignment.TIME, certain=False), placed("c"))
    )
    wren, _ = cells(written(moment_side_by_side(told, project="x"), tmp_path), 1)
    assert [one.text for one in wren.paragraphs if one.style.name == "Sheet From"] == [
        "Day, Wren, 3-4 · placed by session",
        "Day, Wren, 3-4 · placed by time, between 10:45 and no marked time, perhaps beyond the moment",
        "Day, Wren, 3-4 · marked by hand",
    ]


def test_who_has_no_account_and_what_was_not_placed_is_told_below(tmp_path: Path) -> None:
    told = moment(
        observer("Wren", placed("a")),
        observer("Bashir", state=CellState.ELSEWHERE, standing=Standing.LAY_PANEL),
        observer("Ilse", state=CellState.PRESENT_NOTHING_WRITTEN),
        observer("Oda", state=CellState.ABSENT, standing=None),
        observer("Petra", state=CellState.NOT_KNOWN),
    )
    told = replace(told, others_not_placed=(NotPlaced(SourceId(9), "Recording", "No time says so."),))
    document = written(moment_side_by_side(told, project="x"), tmp_path)
    assert [one.text for one in document.paragraphs if one.style.name in ("Legend", "Field Label")][:-1] == [  # type: ignore[union-attr]
        "Observers without an account of it",
        "Bashir (lay panel): elsewhere, at something else at the same time",
        "Ilse (ethnographer): present, and wrote nothing of it",
        "Oda: absent",
        "Petra (ethnographer): not known whether they wrote of it",
        "Texts that may hold something of it",
        "Recording: No time says so.",
    ]


def test_account_that_several_wrote_together_is_one_column(tmp_path: Path) -> None:
    told = moment(
        observer("Wren", placed("We."), source=7),
        observer("Ilse", placed("I.")),
        observer("Gwil", placed("We."), source=7, standing=Standing.LAY_PANEL),
    )
    document = written(moment_side_by_side(told, project="x"), tmp_path)
    assert [one.paragraphs[0].text for one in cells(document, 0)] == ["A · Wren, Gwil", "B · Ilse", "Notes"]
    assert [one.paragraphs[-1].text for one in cells(document, 0)[:2]] == ["A · Wren, Gwil", "ethnographer"]


def test_standing_is_said_in_words(tmp_path: Path) -> None:
    told = moment(observer("Petra", placed("a"), standing=Standing.RESEARCH_TEAM))
    assert cells(written(moment_side_by_side(told, project="x"), tmp_path), 0)[0].paragraphs[1].text == "research team"


def test_end_on_another_day_is_told_with_it(tmp_path: Path) -> None:
    told = moment(observer("Wren", placed("a")))
    night = replace(told.moment, begins=AT.replace(hour=23), ends=AT.replace(day=15, hour=1))
    document = written(moment_side_by_side(replace(told, moment=night), project="x"), tmp_path)
    assert "2024-05-14 23:45 to 2024-05-15 01:45." in document.paragraphs[1].text


def test_moment_of_which_nobody_wrote_is_a_sheet_all_the_same(tmp_path: Path) -> None:
    document = written(moment_side_by_side(moment(observer("Wren", state=CellState.NOT_KNOWN)), project="x"), tmp_path)
    assert "No account of it is known." in [one.text for one in document.paragraphs]


@pytest.mark.parametrize("text", [HOSTILE, ARABIC, "病房的人说" * 20, "\x00\x0b<&\t", "a" * 300])
def test_awkward_words_are_written_so_that_the_file_opens(tmp_path: Path, text: str) -> None:
    found = moment_side_by_side(moment(observer(text[:40].strip() or "x", placed(text))), project=text[:40])
    wren, _ = cells(written(found, tmp_path), 1)
    assert lines(wren)


def test_line_of_wide_letters_is_shorter_than_one_of_narrow_ones(tmp_path: Path) -> None:
    told = moment(observer("Wren", placed("MMWW " * 60)), observer("Ilse", placed("till " * 60)))
    wide, narrow, _ = cells(written(moment_side_by_side(told, project="x"), tmp_path), 1)
    assert max(len(words) for _, words in lines(wide)) * 2 < max(len(words) for _, words in lines(narrow))


def test_line_that_reads_from_the_right_is_set_so(tmp_path: Path) -> None:
    wren, _ = cells(written(moment_side_by_side(moment(observer("W", placed(ARABIC))), project="x"), tmp_path), 1)
    line = next(one for one in wren.paragraphs if "\t" in one.text)
    assert line._p.pPr is not None
    assert line._p.pPr.find(qn("w:bidi")) is not None


def test_divergence_lies_side_by_side_without_its_explanation(tmp_path: Path) -> None:
    passages = (
        DivergentPassage(1, SourceId(7), "Day, Ilse", ("Ilse",), 0, 3, False, "No."),
        DivergentPassage(2, SourceId(8), "Day, Wren", ("Wren",), 5, 9, True, "Yes."),
    )
    row = DivergenceRow(
        DivergenceId(3), "Asked?", DivergenceKind.OCCURRENCE, "The question", None, None, "role", "She was chairing.",
        DivergenceStanding.OPEN, "Oda", 0, None, None, passages,
    )  # fmt: skip
    assert divergence_side_by_side(row._replace(title="of occurrence"), project="x").title == (
        "A divergence of occurrence"
    )
    document = written(divergence_side_by_side(row, project="x"), tmp_path)
    assert [lines(cell) for cell in cells(document, 1)] == [[("A1", "No.")], [("B1", "Yes.")], []]
    assert "no longer in the current text" in cells(document, 1)[1].text
    assert "chairing" not in " ".join(one.text for one in document.paragraphs)


def test_chosen_passages_stand_once_each_however_often_they_are_coded(tmp_path: Path) -> None:
    one = passage(1)
    found = passages_side_by_side([one, one._replace(code="Other")], title="Chosen", project="x", filters={})
    document = written(found, tmp_path)
    column, _ = cells(document, 1)
    assert " ".join(words for _, words in lines(column)).split() == one.text.split()
    assert cells(document, 0)[0].paragraphs[0].text == f"A · {', '.join(one.observers)}"


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"\.docx"):
        export_side_by_side(moment_side_by_side(moment(), project="x"), tmp_path / "sheet.pdf")


@pytest.mark.parametrize("unbroken", ["ห" * 60, "病" * 40, "a" * 60])
def test_writing_without_spaces_begins_on_the_line_where_it_stands(unbroken: str) -> None:
    first, *rest = folded(f"10:10 {unbroken} end", 40).split("\n")
    assert first.startswith(f"10:10 {unbroken[:5]}")
    assert "".join((first, *rest)).replace(" ", "") == f"10:10{unbroken}end"
    assert folded("a short word", 8) == "a short\nword"
