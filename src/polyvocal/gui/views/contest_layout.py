"""How a contest is laid out for a font and a width: where its heads, rows, cells and marks lie."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF

from polyvocal.gui.views.setting_marks import small_font

if TYPE_CHECKING:
    from polyvocal.services.analysis.contest import Contest, Mark
    from polyvocal.services.analysis.contest_axes import Row

LINES = 4
"""A cell has so many lines of marks at most; where there are more, it says how many there are of each stance."""
PAD = 6.0
HEAD_LINES = 4
PHASE_GAP, DAY_GAP = 12.0, 5.0


class Sizes(NamedTuple):
    """What a font asks for: its own and two more, a line of each, a mark and its step."""

    font: QFont
    bold: QFont
    small: QFont
    line: float
    small_line: float
    mark: float
    step: float

    def in_pixels(self) -> "Sizes":
        """The same with fonts that are as large on every device, whatever its pixels to the inch."""
        fonts = [QFont(one) for one in (self.font, self.bold, self.small)]
        for font in fonts:
            font.setPixelSize(QFontInfo(font).pixelSize())
        plain, bold, small = fonts
        return self._replace(font=plain, bold=bold, small=small)


class Spot(NamedTuple):
    """Something that can be pointed to, and is a door: the marks in some rows and columns, or one mark among them."""

    rows: tuple[int, ...] | None
    columns: tuple[int, ...] | None
    area: QRectF
    mark: "Mark | None" = None

    @property
    def is_name(self) -> bool:
        """Whether it is the name of rows or columns."""
        return self.rows is None or self.columns is None


class Line(NamedTuple):
    """A line of the strip: what is named at its left, its row of marks if it has one, and which rows it stands for.

    `codings` is how many there are in those.
    """

    name: str
    row: int | None
    rows: tuple[int, ...]
    is_band: bool
    inside: bool
    top: float = 0.0
    height: float = 0.0
    codings: int = 0


class Part(NamedTuple):
    """Columns that lie beside each other and have something in common."""

    name: str
    columns: tuple[int, ...]
    left: float
    right: float


def sizes_for(font: QFont) -> Sizes:
    """The sizes that a font asks for."""
    bold, small = QFont(font), small_font(font)
    bold.setWeight(QFont.Weight.DemiBold)
    metrics, of_small = QFontMetricsF(font), QFontMetricsF(small)
    mark = round(metrics.ascent() * 0.82)
    return Sizes(font, bold, small, metrics.lineSpacing(), of_small.lineSpacing(), mark, mark + 3.0)


class StripLayout:
    """A contest in a width, or wider where its columns ask for more."""

    def __init__(self, contest: "Contest", sizes: Sizes, width: float) -> None:
        self.contest, self.sizes = contest, sizes
        self.lines = list(self._named_lines())
        self.gutter = self._gutter()
        self.lefts, self.rights = self._columns(width)
        self.width = (self.rights[-1] if self.rights else self.gutter) + 1
        self._measure_heads()
        self._count()
        self._stack()
        self.spots = list(self._all_spots())
        """Lines of spots, from top to bottom, each from left to right."""

    # --- rows ------------------------------------------------------------------------------------------------------

    def _named_lines(self) -> Iterator[Line]:
        """Groups with their people below them; a group that acts as such has its marks beside its name."""
        rows = self.contest.rows

        def line(row: "Row", number: int, *, inside: bool) -> Line:
            return Line(row.name, number, (number,), is_band=False, inside=inside)

        for band, numbers in groupby(range(len(rows)), key=lambda number: rows[number].band):
            of_band = tuple(numbers)
            if not band:
                yield from (line(rows[one], one, inside=False) for one in of_band)
                continue
            own = next((one for one in of_band if rows[one].is_group), None)
            yield Line(band, own, of_band, is_band=True, inside=False)
            yield from (line(rows[one], one, inside=True) for one in of_band if one != own)

    def _gutter(self) -> float:
        plain, bold = QFontMetricsF(self.sizes.font), QFontMetricsF(self.sizes.bold)
        widest = max(
            (
                (bold if one.is_band else plain).horizontalAdvance(one.name) + (self.indent if one.inside else 0)
                for one in self.lines
            ),
            default=0.0,
        )
        number = QFontMetricsF(self.sizes.small).horizontalAdvance("0,000")
        letter = plain.averageCharWidth()
        return min(max(widest, letter * 12), letter * 30) + number + 3 * PAD

    @property
    def indent(self) -> float:
        """How far people stand in below their group."""
        return self.sizes.line * 0.7

    # --- columns ---------------------------------------------------------------------------------------------------

    def _columns(self, width: float) -> tuple[list[float], list[float]]:
        """From where to where each column goes; what is left of the width is shared among them."""
        columns = self.contest.columns
        metrics = QFontMetricsF(self.sizes.small)
        least = 2 * self.sizes.step + PAD
        wanted = []
        for column in columns:
            words = self.head_words(column.name).split() or [""]
            letters = max(metrics.horizontalAdvance(word) for word in (*words, "00 MMM" if column.day else ""))
            wanted.append(max(least, min(letters, metrics.averageCharWidth() * 13) + PAD))
        gaps = [self._gap_before(number) for number in range(len(columns))]
        left_over = max(width - self.gutter - sum(wanted) - sum(gaps) - 2, 0.0)
        share = self._shares()
        lefts, rights, at = [], [], self.gutter
        for number in range(len(columns)):
            at += gaps[number]
            lefts.append(at)
            at += wanted[number] + left_over * share[number]
            rights.append(at)
        return lefts, rights

    def _shares(self) -> list[float]:
        """Which part of the width that is left each column gets: half alike, half by how many marks it has."""
        columns = len(self.contest.columns)
        most = [0] * columns
        for (_, column), marks in self.contest.cells.items():
            most[column] = max(most[column], min(len(marks), 12))
        total = sum(most)
        return [0.5 / columns + 0.5 * one / total if total else 1 / columns for one in most]

    def _gap_before(self, number: int) -> float:
        if not number:
            return 0.0
        before, this = self.contest.columns[number - 1], self.contest.columns[number]
        if before.key[:2] != this.key[:2]:
            return PHASE_GAP
        return DAY_GAP if before.day != this.day else 0.0

    @staticmethod
    def head_words(name: str) -> str:
        """What stands above a column."""
        return name or "no session"

    def parts(self, by: Sequence[object], names: Sequence[str]) -> list[Part]:
        """Columns side by side that are alike in something, with a name for each part."""
        found = []
        for _, numbers in groupby(range(len(by)), key=lambda number: by[number]):
            of = tuple(numbers)
            found.append(Part(names[of[0]], of, self.lefts[of[0]], self.rights[of[-1]]))
        return found

    def _count(self) -> None:
        """How many codings there are on each line, in each column and each phase; in full cells, of each stance."""
        contest = self.contest
        of_rows: list[set[int]] = [set() for _ in contest.rows]
        of_columns: list[set[int]] = [set() for _ in contest.columns]
        self.dense: dict[tuple[int, int], tuple[int, ...]] = {}
        for (row, column), marks in contest.cells.items():
            codings = {mark.coding for mark in marks}
            of_rows[row] |= codings
            of_columns[column] |= codings
            if len(marks) > self.per_line(column) * LINES:
                self.dense[row, column] = contest.counts(marks)
        self.lines = [
            line._replace(codings=len(set().union(*(of_rows[row] for row in line.rows)))) for line in self.lines
        ]
        self.in_columns = [len(codings) for codings in of_columns]
        self.in_phases = [len(set().union(*(of_columns[one] for one in part.columns))) for part in self.phases]

    # --- heights -----------------------------------------------------------------------------------------------------

    def _measure_heads(self) -> None:
        columns, sizes = self.contest.columns, self.sizes
        self.events = self.parts([one.key.event for one in columns], [one.event for one in columns])
        self.phases = self.parts([one.key[:2] for one in columns], [str(one.key.phase or "") for one in columns])
        days = self.parts([(*one.key[:2], one.day) for one in columns], [one.day or "" for one in columns])
        self.days = [one for one in days if one.name]
        with_number = [(number, one.parallel) for number, one in enumerate(columns)]
        self.together = [
            Part("", of, self.lefts[of[0]], self.rights[of[-1]])
            for key, group in groupby(with_number, key=lambda each: (each[1], columns[each[0]].key[:2]))
            if key[0] is not None
            for of in [tuple(number for number, _ in group)]
        ]
        metrics = QFontMetricsF(sizes.small)
        self.heads = [
            _wrapped(self.head_words(one.name), metrics, right - left - 4)
            for one, left, right in zip(columns, self.lefts, self.rights, strict=True)
        ]
        top = 4.0
        self.event_top = top
        top += sizes.line + 2 if len(self.events) > 1 else 0
        self.phase_top = top
        top += sizes.line + 4
        self.day_top = top
        top += sizes.small_line + 3 if self.days else 0
        self.bracket_top = top
        top += 8 if self.together else 3
        self.name_top = top
        top += max(map(len, self.heads), default=1) * sizes.small_line + 2
        self.number_top = top
        self.head_height = top + sizes.small_line + PAD

    def per_line(self, column: int) -> int:
        """How many marks stand beside each other in a column."""
        return max(int((self.rights[column] - self.lefts[column] - PAD) // self.sizes.step), 1)

    def _stack(self) -> None:
        """Let each line be as high as its fullest cell asks for."""
        deep = [1] * len(self.contest.rows)
        for (row, column), marks in self.contest.cells.items():
            if (row, column) in self.dense:
                stances = sum(number > 0 for number in self.dense[row, column])
                high = -(-stances * self.sizes.small_line // self.sizes.step)
                deep[row] = max(deep[row], int(high))
            else:
                deep[row] = max(deep[row], -(-len(marks) // self.per_line(column)))
        at, stacked = 0.0, []
        for line in self.lines:
            least = self.sizes.line + (PAD if line.row is not None or line.is_band else 2)
            height = max(least, (deep[line.row] if line.row is not None else 0) * self.sizes.step + PAD + 1)
            stacked.append(line._replace(top=at, height=height))
            at += height
        self.lines, self.height = stacked, at + PAD

    # --- spots -------------------------------------------------------------------------------------------------------

    def _all_spots(self) -> Iterator[list[Spot]]:
        """Heads count from the top, and lines from below the heads."""
        high = self.sizes.line + 4
        yield [
            Spot(None, part.columns, QRectF(part.left, self.phase_top, part.right - part.left, high))
            for part in self.phases
        ]
        heads = zip(self.lefts, self.rights, strict=True)
        yield [
            Spot(None, (number,), QRectF(left, self.name_top, right - left, self.head_height - self.name_top - 3))
            for number, (left, right) in enumerate(heads)
        ]
        for line in self.lines:
            name = Spot(line.rows, None, QRectF(0, line.top, self.gutter - PAD, line.height))
            yield [name, *(self._cell_spots(line) if line.row is not None else ())]

    def _cell_spots(self, line: Line) -> Iterator[Spot]:
        row = line.row
        assert row is not None
        for column in range(len(self.contest.columns)):
            marks = self.contest.cells.get((row, column), ())
            left, right = self.lefts[column], self.rights[column]
            if (row, column) in self.dense:
                yield Spot((row,), (column,), QRectF(left + 1, line.top + 1, right - left - 2, line.height - 2))
                continue
            for mark, at in zip(marks, self.places(line, column, len(marks)), strict=True):
                yield Spot((row,), (column,), QRectF(at.x(), at.y(), self.sizes.mark, self.sizes.mark), mark)

    def places(self, line: Line, column: int, number: int) -> Iterator[QPointF]:
        """Where the marks of a cell stand: side by side, in as many lines as they need."""
        beside = self.per_line(column)
        deep = -(-number // beside)
        top = line.top + (line.height - deep * self.sizes.step + 3) / 2
        for one in range(number):
            yield QPointF(
                self.lefts[column] + PAD / 2 + (one % beside) * self.sizes.step,
                top + (one // beside) * self.sizes.step,
            )

    def line_at(self, y: float) -> int | None:
        """Which line is so many pixels below the heads."""
        at = bisect_right(self.lines, y, key=lambda line: line.top) - 1
        return at if at >= 0 and y < self.lines[at].top + self.lines[at].height else None

    def column_at(self, x: float) -> int | None:
        """Which column is so many pixels from the left."""
        at = bisect_right(self.lefts, x) - 1
        return at if at >= 0 and x < self.rights[at] else None


def _wrapped(words: str, metrics: QFontMetricsF, width: float) -> list[str]:
    """Words in a few lines; what does not fit is cut."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and metrics.horizontalAdvance(longer) <= width:
            lines[-1] = longer
        elif len(lines) < HEAD_LINES:
            lines.append(word)
        else:
            lines[-1] = longer
    return [metrics.elidedText(one, Qt.TextElideMode.ElideRight, width) for one in lines]
