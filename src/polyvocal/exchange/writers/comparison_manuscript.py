"""A comparison as a Word document."""

from datetime import UTC, datetime

from polyvocal.exchange.writers.comparison_table import Layout
from polyvocal.exchange.writers.formats.cells import Value, shown
from polyvocal.exchange.writers.formats.characters import one_line
from polyvocal.exchange.writers.formats.manuscript import Column, Manuscript, Run
from polyvocal.exchange.writers.formats.styles import TEXT_WIDTH, WIDE_TEXT_WIDTH

UPRIGHT, WIDE = 4, 8
"""How many columns a table has at most on an upright and on a wide page; Word breaks off at 63."""


def comparison_manuscript(layout: Layout) -> Manuscript:
    """The table with its caption and legend; many columns make a wide page, and more than eight further tables."""
    wide = len(layout.header) > UPRIGHT
    title = layout.title
    manuscript = Manuscript(title=title, made_at=datetime.now(UTC), landscape=wide)
    manuscript.paragraph("ReportTitle", title)
    manuscript.paragraph("Caption", layout.caption)
    if not (layout.lines and layout.header):
        manuscript.paragraph("Normal", layout.nothing)
    else:
        for start in range(0, len(layout.header), WIDE):
            _write_table(manuscript, layout, start, WIDE_TEXT_WIDTH if wide else TEXT_WIDTH)
    for state, meaning in layout.legend:
        manuscript.paragraph("Legend", Run(f"{state}: ", "Strong"), meaning)
    return manuscript


_WORDY = 2
"""A column of words is so many times as wide as others."""


def _is_state(layout: Layout, column: int, value: Value) -> bool:
    return isinstance(value, str) and column not in layout.wordy


def _write_table(manuscript: Manuscript, layout: Layout, start: int, width: int) -> None:
    names = layout.header[start : start + WIDE]
    if len(layout.header) > WIDE:
        told = f"Columns {start + 1}-{start + len(names)} of {len(layout.header)}"
        manuscript.paragraph("FieldLabel", Run(told, "Label"))
    weights = [_WORDY if start + at in layout.wordy else 1 for at in range(len(names))]
    label = width // 7 if layout.wordy else max(width // (len(names) + 2) * 2, width // 4)
    unit = min((width - label) // sum(weights), width // 4)
    columns = [
        Column(layout.corner, label),
        *(
            Column(one_line(name) or "-", unit * weight, number=weight == 1)
            for name, weight in zip(names, weights, strict=True)
        ),
    ]
    rows = [
        [
            Run(one_line(line.label), "Faint" if line.about_observers else "Strong" if line.is_total else None),
            *(
                Run(shown(value), "Faint" if line.about_observers or _is_state(layout, start + at, value) else None)
                for at, value in enumerate(line.values[start : start + WIDE])
            ),
        ]
        for line in layout.lines
    ]
    manuscript.table(columns, rows)
