"""The codebook as tables: one row a code, for a spreadsheet or a script."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from polyvocal.exchange.writers.codebook_words import HOW_COUNTED, attribution, counts_in_words, facts, memo_head
from polyvocal.exchange.writers.formats.csv_text import csv_text

if TYPE_CHECKING:
    from polyvocal.services.queries.codebook import CodebookEntry, CodebookReport

_HEADER = (
    "id", "name", "path", "level", "kind", "parent", "retired", "colour", "definition", "use_when", "not_when",
    "example", "passages", "sources", "by_observer", "by_phase",
)  # fmt: skip
_WIDTHS = (21, 32, 44, 7, 10, 21, 9, 10, 50, 40, 40, 40, 10, 9, 36, 30)


def codebook_csv(report: "CodebookReport") -> Iterator[str]:
    """One row a code, in tree order; quotes and memos in one cell each. See `csv_text` for apostrophes."""
    rows = (
        [
            *_row(entry),
            "\n\n".join(f"“{quote.text}” ({attribution(quote)})" for quote in entry.quotes),
            "\n\n".join(f"{memo_head(memo, report.made_at.tzinfo)}:\n{memo.text}" for memo in entry.memos),
        ]
        for entry in report.entries
    )
    return csv_text((*_HEADER, "quotes", "memos"), rows)


def save_codebook_workbook(file: BinaryIO, report: "CodebookReport") -> None:
    """Write the codebook as sheets: codes, counts, quotes and memos in long form, and what the whole is."""
    from polyvocal.exchange.writers.formats.workbook import Sheet, save_workbook

    about = [*facts(report), ("Counts", HOW_COUNTED)]
    sheets = (
        Sheet("Codebook", _readable(_HEADER), (_row(entry) for entry in report.entries), _WIDTHS, frozen_columns=2),
        Sheet("Counts", ("Code id", "Code", "Counted by", "Name", "Passages"), _counts(report), (21, 44, 12, 32, 10)),
        Sheet(
            "Quotes",
            ("Code id", "Code", "Quote", "Shortened", "Observers", "Phase", "Source", "Coder"),
            _quotes(report),
            (21, 44, 80, 11, 28, 12, 36, 20),
        ),
        Sheet(
            "Memos",
            ("Code id", "Code", "Memo", "Text"),
            (
                (str(entry.code.id), entry.path, memo_head(memo, report.made_at.tzinfo), memo.text)
                for entry in report.entries
                for memo in entry.memos
            ),
            (21, 44, 44, 80),
        ),
        Sheet("About", ("Project", report.title), about, (14, 100)),
    )
    save_workbook(file, sheets, title=f"{report.title}: codebook", made_at=report.made_at)


def _row(entry: "CodebookEntry") -> list[str | int]:
    code = entry.code
    return [
        str(code.id),
        code.name,
        entry.path,
        entry.depth + 1,
        code.kind,
        "" if code.parent is None else str(code.parent),
        "retired" if code.retired else "",
        code.colour,
        code.definition or "",
        code.use_when or "",
        code.not_when or "",
        code.example or "",
        entry.passages,
        entry.sources,
        counts_in_words(entry.by_observer),
        counts_in_words(entry.by_phase),
    ]


def _counts(report: "CodebookReport") -> Iterator[tuple[str, str, str, str, int]]:
    for entry in report.entries:
        for by, counts in (("observer", entry.by_observer), ("phase", entry.by_phase)):
            for name, number in counts:
                yield str(entry.code.id), entry.path, by, name, number


def _quotes(report: "CodebookReport") -> Iterator[tuple[str, ...]]:
    for entry in report.entries:
        for quote in entry.quotes:
            yield (
                str(entry.code.id),
                entry.path,
                quote.text,
                "shortened" if quote.shortened else "",
                ", ".join(quote.observers),
                quote.phase or "",
                quote.source_title,
                quote.coder,
            )


def _readable(names: Iterable[str]) -> list[str]:
    return [name.replace("_", " ").capitalize() for name in names]
