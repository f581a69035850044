"""A comparison as a file: CSV, Markdown, Word, Excel or a web page."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from polyvocal.exchange.writers.comparison_table import Layout, Line, comparison_laid_out
from polyvocal.exchange.writers.formats.cells import Value, shown
from polyvocal.exchange.writers.formats.csv_text import csv_text
from polyvocal.exchange.writers.formats.destination import ending_of, write_file, write_text
from polyvocal.exchange.writers.formats.markdown import inline, table
from polyvocal.exchange.writers.formats.webpage import name, page

if TYPE_CHECKING:
    from polyvocal.services.analysis.compare import Comparison

ENDINGS = (".csv", ".md", ".docx", ".xlsx", ".html")


def export_comparison(comparison: "Comparison", path: Path) -> None:
    """Write a comparison as `export_table` does."""
    export_table(comparison_laid_out(comparison), path)


def export_table(layout: Layout, path: Path) -> None:
    """Write a table in the format that the path's ending names; `-` is Markdown on stdout.

    Every form has the caption, what the heads say of the observers, and in a cell where nothing was coded the words
    for what that means. The file is replaced whole or left as it was. Raises UserError for another ending or a
    missing folder, EnvironmentFault where the machine refuses.
    """
    ending = ending_of(path, ENDINGS)
    if ending == ".csv":
        write_text(path, _csv(layout))
    elif ending == ".md":
        write_text(path, _markdown(layout))
    elif ending == ".html":
        write_text(path, [_page(layout)])
    elif ending == ".xlsx":
        write_file(path, lambda file: _save_workbook(file, layout))
    else:
        from polyvocal.exchange.writers.comparison_manuscript import comparison_manuscript

        write_file(path, comparison_manuscript(layout).save)


def _csv(layout: Layout) -> Iterator[str]:
    """The table with a first column that tells heads, cells, legend and caption apart."""
    blank = [""] * len(layout.header)

    def rows() -> Iterator[list[Value]]:
        for line in layout.lines:
            part = "observer" if line.about_observers else "total" if line.is_total else "cells"
            yield [part, line.label, *line.values]
        for state, meaning in layout.legend:
            yield ["legend", f"{state}: {meaning}", *blank]
        yield ["caption", layout.caption, *blank]

    return csv_text(("part", layout.corner, *layout.header), rows())


def _markdown(layout: Layout) -> Iterator[str]:
    yield f"# {inline(layout.title)}\n\n"
    if layout.lines and layout.header:
        rows = [(line.label, *map(shown, line.values)) for line in layout.lines]
        yield table(
            (layout.corner, *layout.header),
            rows,
            numbers=(False, *(at not in layout.wordy for at in range(len(layout.header)))),
        )
    else:
        yield f"{layout.nothing}\n\n"
    for state, meaning in layout.legend:
        yield f"- *{inline(state)}*: {inline(meaning)}\n"
    yield f"\n{inline(layout.caption)}\n"


def _page(layout: Layout) -> str:
    parts = [f"<main>\n<h1>{name(layout.title)}</h1>\n"]
    if layout.lines and layout.header:
        columns = "".join(
            f'<th scope="col"{_sort_of(layout, at)} dir="auto">{name(column)}</th>'
            for at, column in enumerate(layout.header)
        )
        parts.append(f'<div class="scroll"><table>\n<caption dir="auto">{name(layout.caption)}</caption>\n')
        parts.append(f'<thead><tr><th scope="col">{name(layout.corner)}</th>{columns}</tr></thead>\n')
        for about, kind in ((True, ' class="about"'), (False, "")):
            rows = [
                f'<tr><th scope="row" dir="auto">{name(line.label)}</th>{_data(layout, line)}</tr>\n'
                for line in layout.lines
                if line.about_observers is about
            ]
            if rows:
                parts.append(f"<tbody{kind}>\n{''.join(rows)}</tbody>\n")
        parts.append("</table></div>\n")
    else:
        parts.append(f'<p>{layout.nothing}</p>\n<p class="faint" dir="auto">{name(layout.caption)}</p>\n')
    if layout.legend:
        meanings = "".join(f"<dt>{name(state)}</dt><dd>{name(meaning)}</dd>\n" for state, meaning in layout.legend)
        parts.append(f"<dl>\n{meanings}</dl>\n")
    return page(layout.title, "".join(parts) + "</main>\n", classes="wide")


def _sort_of(layout: Layout, column: int) -> str:
    return "" if column in layout.wordy else ' class="number"'


def _data(layout: Layout, line: Line) -> str:
    return "".join(
        f'<td{"" if at in layout.wordy else _STATE} dir="auto">{name(value)}</td>'
        if isinstance(value, str)
        else f'<td class="number">{shown(value)}</td>'
        for at, value in enumerate(line.values)
    )


_STATE = ' class="state"'


def _save_workbook(file: BinaryIO, layout: Layout) -> None:
    from polyvocal.exchange.writers.formats.workbook import Sheet, save_workbook

    about: list[tuple[str, str]] = [
        ("Caption", layout.caption),
        *((f"Only {what}", "; ".join(values)) for what, values in layout.filters.items()),
        *layout.legend,
    ]
    sheets = (
        Sheet(
            "Comparison",
            (layout.corner, *layout.header),
            ((line.label, *line.values) for line in layout.lines),
            (40, *(18 for _ in layout.header)),
            faint=sum(line.about_observers for line in layout.lines),
            frozen_columns=1,
        ),
        Sheet("About", ("About", layout.title), about, (26, 110)),
    )
    save_workbook(file, sheets, title=layout.title, made_at=datetime.now(UTC))
