"""The table behind a score as a file: CSV, Markdown, Word, Excel or a web page."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from polyvocal.domain.score import shown as shown_time
from polyvocal.exchange.writers.comparison_table import MEANINGS
from polyvocal.exchange.writers.formats.characters import one_line
from polyvocal.exchange.writers.formats.csv_text import csv_text
from polyvocal.exchange.writers.formats.destination import ending_of, write_file, write_text
from polyvocal.exchange.writers.formats.markdown import inline, table
from polyvocal.exchange.writers.formats.webpage import name, page

if TYPE_CHECKING:
    from polyvocal.exchange.writers.formats.manuscript import Manuscript
    from polyvocal.services.analysis.score_table import ScoreRow, ScoreTable

ENDINGS = (".csv", ".md", ".docx", ".xlsx", ".html")

HEADER = (
    "Observer", "Standing", "From", "To", "How it is told", "Session", "Phase", "Source", "Start", "End", "Passage",
    "Codes", "Coders", "In doubt",
)  # fmt: skip
_READ = ("When", "Observer", "Passage", "Codes", "Coders")
"""What is read in a document; the rest is for a spreadsheet."""
NO_ROWS = "Nothing of this event is coded so."


def export_score(told: "ScoreTable", path: Path) -> None:
    """Write the passages of a score, what is known of its observers, and its doubts, by the path's ending.

    `-` is Markdown on stdout. The file is replaced whole or left as it was. Raises UserError for another ending or a
    missing folder, EnvironmentFault where the machine refuses.
    """
    ending = ending_of(path, ENDINGS)
    if ending == ".csv":
        write_text(path, csv_text(("part", *HEADER), _csv_rows(told)))
    elif ending == ".md":
        write_text(path, _markdown(told))
    elif ending == ".html":
        write_text(path, [_page(told)])
    elif ending == ".xlsx":
        write_file(path, lambda file: _save_workbook(file, told))
    else:
        write_file(path, _manuscript(told).save)


def heading(told: "ScoreTable") -> str:
    """A title: "Score of Learning day"."""
    return f"Score of {told.score.title}"


def cells(row: "ScoreRow") -> tuple[str | int, ...]:
    """A passage as the cells below HEADER; times by the event's clocks."""
    return (
        row.observer or "no observer",
        row.standing or "",
        iso(row.earliest),
        iso(row.latest),
        row.placing,
        "; ".join(row.sessions),
        row.phase or "",
        row.source_title,
        row.start,
        row.end,
        row.text,
        "; ".join(row.codes),
        "; ".join(row.coders),
        " ".join(row.doubts),
    )


def iso(moment: datetime | None) -> str:
    """A moment as ISO 8601, with an offset where its zone is known; nothing where there is none."""
    return moment.isoformat(timespec="minutes") if moment is not None else ""


def when(row: "ScoreRow") -> str:
    """When a passage was, in a sentence, and how that is told."""
    time = shown_time(row.earliest, row.latest)
    return f"{time} ({row.placing})" if time else f"{row.phase} the event" if row.phase else row.placing


def _csv_rows(told: "ScoreTable") -> Iterator[list[str | int]]:
    """A first column tells marks (spans with their codes), what is known of observers, doubts and the caption apart."""
    blank: list[str | int] = [""] * (len(HEADER) - 2)
    for row in told.rows:
        yield ["mark", *cells(row)]
    for one in told.states:
        yield ["state", one.observer, one.standing or "", "", "", one.state, one.where, *blank[4:]]
    for doubt in told.score.doubts:
        yield ["doubt", doubt.title, doubt.why, *blank]
    yield ["caption", told.score.caption, "", *blank]


def _read_cells(row: "ScoreRow") -> tuple[str, ...]:
    return (when(row), row.observer or "no observer", row.text, "; ".join(row.codes), "; ".join(row.coders))


def _states(told: "ScoreTable") -> list[tuple[str, str, str]]:
    return [(one.observer, one.where, one.state) for one in told.states]


def _legend(told: "ScoreTable") -> list[tuple[str, str]]:
    found = {one.state for one in told.states}
    return [(state, meaning) for state, meaning in MEANINGS.items() if state in found]


def _doubts(told: "ScoreTable") -> list[str]:
    return [
        f"{one.title}, {one.passages:,} {'passage' if one.passages == 1 else 'passages'}"
        f"{'' if one.placed else ', not placed'}: {one.why}"
        for one in told.score.doubts
    ]


def _markdown(told: "ScoreTable") -> Iterator[str]:
    yield f"# {inline(heading(told))}\n\n"
    yield f"{inline(told.score.caption)}\n\n"
    if told.rows:
        yield table(_READ, map(_read_cells, told.rows), numbers=[False] * len(_READ))
    else:
        yield f"{NO_ROWS}\n\n"
    if told.states:
        yield table(("Observer", "Session or phase", "State"), _states(told), numbers=[False] * 3)
    for state, meaning in _legend(told):
        yield f"- *{inline(state)}*: {inline(meaning)}\n"
    for line in _doubts(told):
        yield f"- in doubt: {inline(line)}\n"


def _page(told: "ScoreTable") -> str:
    parts = [f"<main>\n<h1>{name(heading(told))}</h1>\n"]
    caption = f'<caption dir="auto">{name(told.score.caption)}</caption>'
    if told.rows:
        parts.append(_table(_READ, map(_read_cells, told.rows), caption))
    else:
        parts.append(f'<p>{NO_ROWS}</p>\n<p class="faint" dir="auto">{name(told.score.caption)}</p>\n')
    if told.states:
        parts.append(_table(("Observer", "Session or phase", "State"), _states(told), ""))
    meanings = [*_legend(told), *(("in doubt", line) for line in _doubts(told))]
    if meanings:
        parts.append(f"<dl>\n{''.join(f'<dt>{name(a)}</dt><dd>{name(b)}</dd>' for a, b in meanings)}\n</dl>\n")
    return page(heading(told), "".join(parts) + "</main>\n", classes="wide")


def _table(
    header: tuple[str, ...], rows: "Iterator[tuple[str, ...]] | list[tuple[str, str, str]]", caption: str
) -> str:
    heads = "".join(f'<th scope="col">{name(one)}</th>' for one in header)
    body = "".join("<tr>" + "".join(f'<td dir="auto">{name(cell)}</td>' for cell in row) + "</tr>\n" for row in rows)
    head = f"<thead><tr>{heads}</tr></thead>"
    return f'<div class="scroll"><table>\n{caption}\n{head}\n<tbody>{body}</tbody></table></div>\n'


def _save_workbook(file: BinaryIO, told: "ScoreTable") -> None:
    from polyvocal.exchange.writers.formats.workbook import Sheet, save_workbook

    about: list[tuple[str, str]] = [
        ("Caption", told.score.caption),
        *((f"Only {what}", "; ".join(values)) for what, values in told.score.filters.items()),
        *_legend(told),
        *(("In doubt", line) for line in _doubts(told)),
    ]
    widths = (20, 16, 24, 24, 18, 22, 10, 26, 9, 9, 70, 36, 24, 40)
    sheets = (
        Sheet("Marks", HEADER, map(cells, told.rows), widths, frozen_columns=1),
        Sheet("Observers", ("Observer", "Session or phase", "State"), _states(told), (24, 40, 26)),
        Sheet("About", ("About", heading(told)), about, (26, 110)),
    )
    save_workbook(file, sheets, title=heading(told), made_at=datetime.now(UTC))


def _manuscript(told: "ScoreTable") -> "Manuscript":
    from polyvocal.exchange.writers.formats.manuscript import Column, Manuscript, Run
    from polyvocal.exchange.writers.formats.styles import WIDE_TEXT_WIDTH

    made = Manuscript(title=heading(told), made_at=datetime.now(UTC), landscape=True)
    made.paragraph("ReportTitle", heading(told))
    made.paragraph("Caption", told.score.caption)
    if told.rows:
        widths = [WIDE_TEXT_WIDTH * share // 100 for share in (18, 13, 37, 20, 12)]
        columns = [Column(title, width) for title, width in zip(_READ, widths, strict=True)]
        made.table(columns, [[one_line(cell) for cell in _read_cells(row)] for row in told.rows])
    else:
        made.paragraph("Normal", NO_ROWS)
    if told.states:
        widths = [WIDE_TEXT_WIDTH * share // 100 for share in (25, 45, 30)]
        heads = ("Observer", "Session or phase", "State")
        columns = [Column(title, width) for title, width in zip(heads, widths, strict=True)]
        made.table(columns, [[one_line(cell) for cell in row] for row in _states(told)])
    for state, meaning in _legend(told):
        made.paragraph("Legend", Run(f"{state}: ", "Strong"), meaning)
    for line in _doubts(told):
        made.paragraph("Legend", Run("In doubt: ", "Strong"), line)
    return made
