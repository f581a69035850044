"""How high and wide the parts of a score are, for a font: heads, names, staves; and what lies where."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QFont, QFontMetricsF

from polyvocal.domain.lanes import pack_lanes
from polyvocal.domain.score import TIMED, Placing
from polyvocal.gui import labels
from polyvocal.gui.views.compare_model import percent
from polyvocal.gui.views.setting_marks import small_font

if TYPE_CHECKING:
    from polyvocal.services.analysis.score import Score, Staff
    from polyvocal.services.analysis.score_plan import PassageMark

CODES_SHOWN = 4
"""So many codes of a passage are drawn; of more it says that there are more."""
LANES = 2
"""In so many lanes lie the brackets of a staff that overlap."""
MANY = 12
"""So many passages or more make a column of full height."""
BAR = 4
"""How many pixels wide a column is that stands for passages too close to be told apart."""
CLOSE = 3.0
"""Marks that are nearer to each other than so many pixels cannot be told apart."""


class Seen(NamedTuple):
    """What part of the score is seen: from a place on, so many pixels a minute, and how far down it is scrolled."""

    left: float
    scale: float
    down: float = 0.0

    def x(self, origin: float, place: float) -> float:
        """So many pixels from the left a place of the axis is painted, whose painting begins at an origin."""
        return origin + (place - self.left) * self.scale


class Pointed(NamedTuple):
    """What is pointed to: a staff and a passage on it, by the keys or by the mouse."""

    staff: int
    number: int


class Marked(NamedTuple):
    """What stands out: the current passage, the one under the mouse, and the stretch of the axis that is selected."""

    current: Pointed | None = None
    under: Pointed | None = None
    stretch: tuple[float, float] | None = None


NOTHING = Marked()


class Shades(NamedTuple):
    """The colours as pixels (ARGB): of each code by its number, and of what stands for many passages."""

    codes: Sequence[int]
    many: int


class Bow(NamedTuple):
    """A bracket below a staff: within it, its passages follow one another in the order of their text."""

    left: float
    right: float
    placing: Placing
    open_left: bool
    open_right: bool
    lane: int


class _Ends(NamedTuple):
    start: int
    end: int


class StaffMarks:
    """The passages of a staff as they are looked for: by place, how near each is to others, and whether it is alone."""

    def __init__(self, staff: "Staff") -> None:
        self.marks = staff.marks
        self.at = [mark.at for mark in staff.marks]
        self.shift: list[int] = []
        for number, at in enumerate(self.at):
            same = number > 0 and at == self.at[number - 1]
            self.shift.append(self.shift[-1] + 1 if same else 0)
        self.alone = [
            shift == 0 and (number + 1 == len(self.at) or self.shift[number + 1] == 0)
            for number, shift in enumerate(self.shift)
        ]
        self.gap = [self._gap(number) for number in range(len(self.at))]
        self.bows = tuple(self._bows())

    def _gap(self, number: int) -> float:
        """How far the nearest passage at another place is."""
        at = self.at
        before, after = bisect_left(at, at[number]) - 1, bisect_right(at, at[number])
        gaps = [at[number] - at[before]] if before >= 0 else []
        gaps += [at[after] - at[number]] if after < len(at) else []
        return min(gaps, default=1e9)

    def _bows(self) -> Iterator[Bow]:
        seen = {
            (mark.left, mark.right, mark.source, mark.told.placing, mark.open_left, mark.open_right)
            for mark in self.marks
            if mark.told.placing in TIMED and mark.right > mark.left
        }
        spans = {one: _Ends(round(one[0] * 100), round(one[1] * 100)) for one in seen}
        found = sorted(seen, key=lambda one: (spans[one].start, -spans[one].end, one))
        for one, lane in zip(found, pack_lanes([spans[one] for one in found]), strict=True):
            left, right, _, placing, open_left, open_right = one
            yield Bow(left, right, placing, open_left, open_right, lane % LANES)

    def within(self, left: float, right: float) -> range:
        """The numbers of the marks at places from `left` to `right`."""
        return range(bisect_left(self.at, left), bisect_right(self.at, right))

    def nearest(self, place: float) -> int | None:
        """The number of the mark that is nearest to a place."""
        if not self.at:
            return None
        after = bisect_left(self.at, place)
        near = [one for one in (after - 1, after) if 0 <= one < len(self.at)]
        return min(near, key=lambda one: abs(self.at[one] - place))


class StaffRow(NamedTuple):
    """Where a staff is, in pixels below the heads: all of it, and its line."""

    staff: int
    top: float
    height: float
    line: float


class GroupRow(NamedTuple):
    """The heading of the staves of one standing, and how far down these go."""

    name: str
    top: float
    height: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Measures:
    """Sizes in pixels that follow from the font."""

    font: QFont
    small: QFont
    bold: QFont
    line: float
    small_line: float
    head: float
    """how wide a note's head is"""
    lane: float
    """how high a lane of states is"""
    pad: float


def measures_of(font: QFont) -> Measures:
    """The sizes for a font."""
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    small = small_font(font)
    line = QFontMetricsF(font).height()
    return Measures(
        font, small, bold, line, QFontMetricsF(small).height(), round(line * 0.44), round(line * 0.5), line * 0.35
    )


class ScoreLayout:
    """The layout of a score in a font. Widths along the axis are not in it: they follow from how near one looks."""

    def __init__(self, score: "Score", staves: Sequence[StaffMarks], font: QFont) -> None:
        self.score, self.staves, self.sizes = score, staves, measures_of(font)
        sizes = self.sizes
        self.lanes = 1 + max((one.lane for one in score.sessions), default=0)
        self.phase_height = sizes.small_line + 4
        self.day_height = sizes.line + 6
        self.session_height = sizes.small_line + 5
        self.tick_height = sizes.small_line + 5
        self.head_height = (
            self.phase_height + self.day_height + self.lanes * (self.session_height + 2) + self.tick_height + 4
        )
        self.chord = CODES_SHOWN * (sizes.head + 1)
        self.rows: list[StaffRow] = []
        self.groups: list[GroupRow] = []
        self.height = self._lay_out()
        self.gutter = self._gutter()

    def name_of(self, staff: "Staff") -> str:
        """What stands beside a staff."""
        return staff.name if staff.observer is not None else "Texts without an observer"

    def figures_of(self, staff: "Staff") -> tuple[str, ...]:
        """How unequal the accounts are, and who read them: lines below the name."""
        head = staff.head
        if head is None:
            return (labels.passages(sum(len(mark.codings) for mark in staff.marks)),)
        accounts = "1 account" if head.accounts == 1 else f"{labels.number(head.accounts)} accounts"
        lines = (
            f"{accounts}, {labels.number(head.words)} words, {labels.number(head.words_read)} read",
            f"coded by {', '.join(head.coders)}" if head.coders else "nothing coded",
        )
        return (*lines, f"self-coded {percent(head.self_coded)}") if head.self_coded else lines

    @staticmethod
    def group_of(staff: "Staff") -> str:
        """Under which heading a staff stands."""
        if staff.observer is None:
            return "No observer"
        return labels.capitalised(labels.standing(staff.standing) or "no standing given")

    def _lay_out(self) -> float:
        sizes, top, name = self.sizes, 0.0, None
        ribbon = self.lanes * (sizes.lane + 1)
        above = sizes.pad + self.chord
        text = sizes.line + 3 * sizes.small_line + 2 * sizes.pad
        height = max(above + 4 + LANES * 5 + 4 + ribbon + sizes.pad, text)
        for number, staff in enumerate(self.score.staves):
            group = self.group_of(staff)
            if group != name:
                name = group
                self.groups.append(GroupRow(group, top, sizes.small_line + 6, top))
                top += sizes.small_line + 6
            self.rows.append(StaffRow(number, top, height, top + above + 4))
            top += height if staff.observer is not None else max(height - ribbon, text)
            self.groups[-1] = self.groups[-1]._replace(bottom=top)
        return top + sizes.pad

    def _gutter(self) -> float:
        sizes = self.sizes
        letter = QFontMetricsF(sizes.font).averageCharWidth()
        names = max((QFontMetricsF(sizes.bold).horizontalAdvance(self.name_of(one)) for one in self.score.staves),
                    default=0.0)  # fmt: skip
        figures = max(
            (QFontMetricsF(sizes.small).horizontalAdvance(line) for one in self.score.staves
             for line in self.figures_of(one)), default=0.0,
        )  # fmt: skip
        return min(max(names, figures, letter * 16), letter * 34) + 26

    # --- what lies where ---------------------------------------------------------------------------------------------

    def row_at(self, y: float) -> StaffRow | None:
        """The staff at so many pixels below the heads."""
        return next((row for row in self.rows if row.top <= y < row.top + row.height), None)

    def mark(self, staff: int, number: int) -> "PassageMark":
        """A passage by its staff and its number on it."""
        return self.staves[staff].marks[number]
