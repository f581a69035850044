"""The stances on a term as a file: how many there are in each cell, and every mark with its passage."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from polyvocal.exchange.writers.formats.cells import Value, shown
from polyvocal.exchange.writers.formats.characters import display_width, fitted, folded, for_a_terminal, one_line
from polyvocal.exchange.writers.formats.csv_text import csv_text
from polyvocal.exchange.writers.formats.destination import ending_of, write_file, write_text
from polyvocal.exchange.writers.formats.markdown import inline, table
from polyvocal.exchange.writers.formats.webpage import name, page

if TYPE_CHECKING:
    from polyvocal.domain.ids import CodingId
    from polyvocal.exchange.writers.formats.manuscript import Manuscript
    from polyvocal.services.analysis.contest import Contest, Mark

    Words = Mapping[CodingId, str]
    """The words of each passage; none where they were corrected away."""

ENDINGS = (".csv", ".md", ".docx", ".xlsx", ".html")
NOTHING = "No such stance is coded."

COUNTED = ("Group", "Row", "Event", "Phase", "Session")
"""What stands before the numbers of a cell, one for each stance."""
MARKED = (
    "Group", "Row", "Event", "Phase", "Session", "Stances", "After", "Words", "Code", "Coded by", "Source",
    "Written by", "Coding",
)  # fmt: skip
"""What is said of each mark."""
_WIDTHS = (24, 22, 26, 10, 24, 46, 16, 70, 30, 16, 26, 20, 24)
_LABEL = 34
WIDTH = 100


def export_contest(contest: "Contest", words: "Words", path: Path) -> None:
    """Write a contest in the format that the path's ending names; `-` is Markdown on stdout.

    Every form has the caption, the number of codings of each stance in each cell that has any, and the marks one by one
    with their words. The file is replaced whole or left as it was. Raises UserError for another ending or a missing
    folder, EnvironmentFault where the machine refuses.
    """
    ending = ending_of(path, ENDINGS)
    if ending == ".csv":
        write_text(path, _csv(contest, words))
    elif ending == ".md":
        write_text(path, _markdown(contest, words))
    elif ending == ".html":
        write_text(path, [_page(contest, words)])
    elif ending == ".xlsx":
        write_file(path, lambda file: _save_workbook(file, contest, words))
    else:
        write_file(path, _manuscript(contest, words).save)


# --- what is told ----------------------------------------------------------------------------------------------------


def counts(contest: "Contest") -> Iterator[tuple[Value, ...]]:
    """Each cell that has marks: COUNTED, then the number of codings of each stance."""
    for place, marks in contest.cells.items():
        yield (*_place(contest, *place), *contest.counts(marks))


def marks(contest: "Contest", words: "Words") -> Iterator[tuple[str, ...]]:
    """Each mark in the order of rows and columns: MARKED."""
    for place, of_cell in contest.cells.items():
        for mark in of_cell:
            yield (*_place(contest, *place), *_mark(contest, mark, words))


def _place(contest: "Contest", row: int, column: int) -> tuple[str, str, str, str, str]:
    line, across = contest.rows[row], contest.columns[column]
    return line.band, line.name, across.event, across.key.phase or "", across.name


def _mark(contest: "Contest", mark: "Mark", words: "Words") -> tuple[str, ...]:
    return (
        "; ".join(stances(contest, mark)),
        mark.earliest.strftime("%Y-%m-%d %H:%M") if mark.earliest is not None else "",
        words.get(mark.coding, ""),
        contest.codes[mark.code],
        contest.people[mark.coder],
        contest.sources[mark.source],
        ", ".join(contest.observers[mark.source]),
        str(mark.coding),
    )


def stances(contest: "Contest", mark: "Mark") -> Iterator[str]:
    """What is done in a passage: "Del contests Whose time is paid, toward Researchers"."""
    names = contest.names
    for one in mark.taken:
        toward = f", toward {names[one.toward]}" if one.toward is not None else ""
        yield f"{names[one.actor]} {one.stance} {names[one.term]}{toward}"


def _header(contest: "Contest") -> tuple[str, ...]:
    return (*COUNTED, *(one.capitalize() for one in contest.stances))


# --- forms -----------------------------------------------------------------------------------------------------------


def _csv(contest: "Contest", words: "Words") -> Iterator[str]:
    """The marks, with a first column that tells them from the caption."""
    blank = [""] * (len(MARKED) - 1)

    def rows() -> Iterator[list[Value]]:
        for line in marks(contest, words):
            yield ["mark", *line]
        yield ["caption", contest.caption, *blank]

    return csv_text(("part", *MARKED), rows())


def _markdown(contest: "Contest", words: "Words") -> Iterator[str]:
    yield f"# {inline(contest.title)}\n\n"
    if contest.cells:
        numbers = (*(False for _ in COUNTED), *(True for _ in contest.stances))
        yield table(_header(contest), [tuple(map(shown, line)) for line in counts(contest)], numbers=numbers)
        yield f"\n{inline(contest.caption)}\n\n"
        yield table(MARKED, list(marks(contest, words)), numbers=tuple(False for _ in MARKED))
    else:
        yield f"{NOTHING}\n\n{inline(contest.caption)}\n"


def _page(contest: "Contest", words: "Words") -> str:
    parts = [f"<main>\n<h1>{name(contest.title)}</h1>\n"]
    if contest.cells:
        parts.append(_html_table(_header(contest), counts(contest), contest.caption))
        parts.append(_html_table(MARKED, marks(contest, words), ""))
    else:
        parts.append(f'<p>{NOTHING}</p>\n<p class="faint" dir="auto">{name(contest.caption)}</p>\n')
    return page(contest.title, "".join(parts) + "</main>\n", classes="wide")


def _html_table(header: tuple[str, ...], rows: Iterator[tuple[Value, ...]], caption: str) -> str:
    told = f'<caption dir="auto">{name(caption)}</caption>\n' if caption else ""
    head = "".join(f'<th scope="col" dir="auto">{name(one)}</th>' for one in header)
    body = "".join(f"<tr>{''.join(map(_data, line))}</tr>\n" for line in rows)
    return (
        f'<div class="scroll"><table>\n{told}<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table></div>\n'
    )


def _data(value: Value) -> str:
    return f'<td dir="auto">{name(value)}</td>' if isinstance(value, str) else f'<td class="number">{shown(value)}</td>'


def _save_workbook(file: BinaryIO, contest: "Contest", words: "Words") -> None:
    from polyvocal.exchange.writers.formats.workbook import Sheet, save_workbook

    about = [
        ("Caption", contest.caption),
        *((f"Only {what}", "; ".join(values)) for what, values in contest.filters.items()),
    ]
    sheets = (
        Sheet("Stances", _header(contest), counts(contest), (*_WIDTHS[:5], *(12 for _ in contest.stances))),
        Sheet("Passages", MARKED, marks(contest, words), _WIDTHS),
        Sheet("About", ("About", contest.title), about, (26, 110)),
    )
    save_workbook(file, sheets, title=contest.title, made_at=datetime.now(UTC))


def _manuscript(contest: "Contest", words: "Words") -> "Manuscript":
    """The numbers as a table; below it, for each row, its passages in their order."""
    from polyvocal.exchange.writers.formats.manuscript import Column, Manuscript
    from polyvocal.exchange.writers.formats.styles import WIDE_TEXT_WIDTH

    made = Manuscript(title=contest.title, made_at=datetime.now(UTC), landscape=True)
    made.paragraph("ReportTitle", contest.title)
    made.paragraph("Caption", contest.caption)
    if not contest.cells:
        made.paragraph("Normal", NOTHING)
        return made
    of_number = WIDE_TEXT_WIDTH // (10 + len(contest.stances))
    of_words = (WIDE_TEXT_WIDTH - of_number * len(contest.stances)) // len(COUNTED)
    columns = [Column(one, of_words) for one in COUNTED]
    columns += [Column(one_line(one.capitalize()) or "-", of_number, number=True) for one in contest.stances]
    made.table(columns, [[one_line(shown(one)) for one in line] for line in counts(contest)])
    wide = (WIDE_TEXT_WIDTH * 3 // 16, WIDE_TEXT_WIDTH * 4 // 16, WIDE_TEXT_WIDTH * 6 // 16, WIDE_TEXT_WIDTH * 3 // 16)
    names = ("Where", "Stances", "Words", "As read, and written")
    made.table([Column(one, width) for one, width in zip(names, wide, strict=True)], list(_passages(contest, words)))
    return made


def _passages(contest: "Contest", words: "Words") -> Iterator[list[str]]:
    for line in marks(contest, words):
        group, row, event, phase, session, done, after, text, code, coder, source, observers, _ = map(one_line, line)
        cells = (
            " · ".join(filter(None, (group, row, phase, session, event))),
            done,
            text,
            f"{code}, coded by {coder}; {source}" + (f", written by {observers}" if observers else "")
            + (f"; after {after}" if after else ""),
        )  # fmt: skip
        yield list(cells)


# --- a terminal ------------------------------------------------------------------------------------------------------


def render_contest(contest: "Contest") -> str:
    """The strip as letters for a terminal: rows, and for each phase the first letters of what is done, in order.

    g, a and c for the three stances of the field, + between several in one passage; what a project calls its own
    stances in full. Sessions are told one below the other.
    """
    if not contest.cells:
        return f"{NOTHING}\n\n{folded(for_a_terminal(contest.caption), WIDTH)}\n"
    lines, band = [], ""
    for number, row in enumerate(contest.rows):
        if row.band != band:
            band = row.band
            lines.append(f"\n{for_a_terminal(band)}")
        lines.append(f"  {for_a_terminal(row.name)}")
        for (of_row, column), of_cell in contest.cells.items():
            if of_row == number:
                where = fitted(for_a_terminal(contest.columns[column].words), _LABEL)
                told = " ".join("+".join(map(_letter, mark.stances)) for mark in of_cell)
                pad = " " * (_LABEL - display_width(where))
                lines.append(folded(f"    {where}{pad}  {told}", WIDTH, indent=_LABEL + 6))
    letters = ", ".join(f"{_letter(one)} {one}" for one in contest.stances if _letter(one) != one)
    legend = [f"{letters}; + joins what is done in one passage."] if letters else []
    body = "\n".join(lines).lstrip("\n")
    return (
        "\n\n".join([for_a_terminal(contest.title), body, *legend, folded(for_a_terminal(contest.caption), WIDTH)])
        + "\n"
    )


def _letter(stance: str) -> str:
    return {"generates": "g", "affirms": "a", "contests": "c"}.get(stance, for_a_terminal(stance))
