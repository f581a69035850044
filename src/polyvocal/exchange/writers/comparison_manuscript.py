"""A comparison as a Word document."""

from datetime import UTC, datetime

from polyvocal.exchange.writers.comparison_table import Layout
from polyvocal.exchange.writers.formats.cells import Value, shown
from polyvocal.exchange.writers.formats.characters import one_line
from polyvocal.exchange.writers.formats.manuscript import Column, Manuscript, Run
from polyvocal.exchange.writers.formats.styles import TEXT_WIDTH, WIDE_TEXT_WIDTH

UPRIGHT, WIDE = 4, 8
"""How many columns a table has at most on an upright and on a wide page, fewer where their names have long words."""


def comparison_manuscript(layout: Layout) -> Manuscript:
    """The table with its caption and legend; many columns make a wide page, and more than eight further tables."""
    wide = len(layout.header) > UPRIGHT or _room(layout) * len(layout.header) > TEXT_WIDTH * 3 // 4
    title = layout.title
    manuscript = Manuscript(title=title, made_at=datetime.now(UTC), landscape=wide)
    manuscript.paragraph("ReportTitle", title)
    manuscript.paragraph("Caption", layout.caption)
    if not (layout.lines and layout.header):
        manuscript.paragraph("Normal", layout.nothing)
    else:
        many = WIDE if layout.wordy else min(WIDE, max(WIDE_TEXT_WIDTH * 3 // 4 // _room(layout), 1))
        for start in range(0, len(layout.header), many):
            _write_table(manuscript, layout, range(start, min(start + many, len(layout.header))), wide=wide)
    for state, meaning in layout.legend:
        manuscript.paragraph("Legend", Run(f"{state}: ", "Strong"), meaning)
    return manuscript


_WORDY = 2
"""A column of words is so many times as wide as others."""


def _is_state(layout: Layout, column: int, value: Value) -> bool:
    return isinstance(value, str) and column not in layout.wordy


_LETTER, _AROUND = 125, 250
"""How wide a letter is at most as a rule, and what is around the words of a cell, in twentieths of a point."""


def _room(layout: Layout) -> int:
    """How wide a column must be so that no word of its name is broken (a very long one is)."""
    if layout.wordy:
        return 0
    longest = max((len(word) for name in layout.header for word in name.split()), default=1)
    return min(longest, 20) * _LETTER + _AROUND


def _write_table(manuscript: Manuscript, layout: Layout, columns_told: range, *, wide: bool) -> None:
    start, width = columns_told.start, WIDE_TEXT_WIDTH if wide else TEXT_WIDTH
    names = layout.header[start : columns_told.stop]
    if len(names) < len(layout.header):
        told = f"Columns {start + 1}-{start + len(names)} of {len(layout.header)}"
        manuscript.paragraph("FieldLabel", Run(told, "Label"))
    weights = [_WORDY if start + at in layout.wordy else 1 for at in range(len(names))]
    label = width // 7 if layout.wordy else max(width // (len(names) + 2) * 2, width // 4)
    label = max(min(label, width - _room(layout) * len(names)), width // 7)
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
                for at, value in enumerate(line.values[start : columns_told.stop])
            ),
        ]
        for line in layout.lines
    ]
    manuscript.table(columns, rows)
