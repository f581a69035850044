"""A comparison as a file: CSV, Markdown, Word, Excel or a web page."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from polyvocal.exchange.writers.comparison_table import NO_ROWS, heading, laid_out, legend
from polyvocal.exchange.writers.formats.cells import Value, shown
from polyvocal.exchange.writers.formats.csv_text import csv_text
from polyvocal.exchange.writers.formats.destination import ending_of, write_file, write_text
from polyvocal.exchange.writers.formats.markdown import inline, table
from polyvocal.exchange.writers.formats.webpage import name, page

if TYPE_CHECKING:
    from polyvocal.services.analysis.compare import Comparison

ENDINGS = (".csv", ".md", ".docx", ".xlsx", ".html")


def export_comparison(comparison: "Comparison", path: Path) -> None:
    """Write a comparison in the format that the path's ending names; `-` is Markdown on stdout.

    Every form has the caption, what the heads say of the observers, and in a cell where nothing was coded the words
    for what that means. The file is replaced whole or left as it was. Raises UserError for another ending or a
    missing folder, EnvironmentFault where the machine refuses.
    """
    ending = ending_of(path, ENDINGS)
    if ending == ".csv":
        write_text(path, _csv(comparison))
    elif ending == ".md":
        write_text(path, _markdown(comparison))
    elif ending == ".html":
        write_text(path, [_page(comparison)])
    elif ending == ".xlsx":
        write_file(path, lambda file: _save_workbook(file, comparison))
    else:
        from polyvocal.exchange.writers.comparison_manuscript import comparison_manuscript

        write_file(path, comparison_manuscript(comparison).save)


def _csv(comparison: "Comparison") -> Iterator[str]:
    """The table with a first column that tells heads, cells, legend and caption apart."""
    layout = laid_out(comparison)
    blank = [""] * len(layout.header)

    def rows() -> Iterator[list[Value]]:
        for line in layout.lines:
            yield ["observer" if line.about_observers else "cells", line.label, *line.values]
        for state, meaning in legend(comparison):
            yield ["legend", f"{state}: {meaning}", *blank]
        yield ["caption", comparison.caption, *blank]

    return csv_text(("part", layout.corner, *layout.header), rows())


def _markdown(comparison: "Comparison") -> Iterator[str]:
    layout = laid_out(comparison)
    yield f"# {inline(heading(comparison))}\n\n"
    if layout.lines and layout.header:
        rows = [(line.label, *map(shown, line.values)) for line in layout.lines]
        yield table((layout.corner, *layout.header), rows, numbers=(False, *(True for _ in layout.header)))
    else:
        yield f"{NO_ROWS}\n\n"
    for state, meaning in legend(comparison):
        yield f"- *{inline(state)}*: {inline(meaning)}\n"
    yield f"\n{inline(comparison.caption)}\n"


def _page(comparison: "Comparison") -> str:
    layout = laid_out(comparison)
    parts = [f"<main>\n<h1>{name(heading(comparison))}</h1>\n"]
    if layout.lines and layout.header:
        columns = "".join(f'<th scope="col" class="number" dir="auto">{name(column)}</th>' for column in layout.header)
        parts.append(f'<div class="scroll"><table>\n<caption dir="auto">{name(comparison.caption)}</caption>\n')
        parts.append(f'<thead><tr><th scope="col">{name(layout.corner)}</th>{columns}</tr></thead>\n')
        for about, kind in ((True, ' class="about"'), (False, "")):
            rows = [
                f'<tr><th scope="row" dir="auto">{name(line.label)}</th>{"".join(map(_data, line.values))}</tr>\n'
                for line in layout.lines
                if line.about_observers is about
            ]
            if rows:
                parts.append(f"<tbody{kind}>\n{''.join(rows)}</tbody>\n")
        parts.append("</table></div>\n")
    else:
        parts.append(f'<p>{NO_ROWS}</p>\n<p class="faint" dir="auto">{name(comparison.caption)}</p>\n')
    told = legend(comparison)
    if told:
        meanings = "".join(f"<dt>{name(state)}</dt><dd>{name(meaning)}</dd>\n" for state, meaning in told)
        parts.append(f"<dl>\n{meanings}</dl>\n")
    return page(heading(comparison), "".join(parts) + "</main>\n", classes="wide")


def _data(value: Value) -> str:
    if isinstance(value, str):
        return f'<td class="state" dir="auto">{name(value)}</td>'
    return f'<td class="number">{shown(value)}</td>'


def _save_workbook(file: BinaryIO, comparison: "Comparison") -> None:
    from polyvocal.exchange.writers.formats.workbook import Sheet, save_workbook

    layout = laid_out(comparison)
    about: list[tuple[str, str]] = [
        ("Caption", comparison.caption),
        *((f"Only {what}", "; ".join(values)) for what, values in comparison.filters.items()),
        *legend(comparison),
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
        Sheet("About", ("About", heading(comparison)), about, (26, 110)),
    )
    save_workbook(file, sheets, title=heading(comparison), made_at=datetime.now(UTC))
