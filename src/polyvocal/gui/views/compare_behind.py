"""What is behind a cell: its passages, or what it means that there are none, and the accounts to look in."""

from typing import TYPE_CHECKING, NamedTuple, cast

from PySide6.QtCore import QCoreApplication, Qt

from polyvocal.domain.ids import CodeId, PersonId
from polyvocal.domain.words import CellState
from polyvocal.gui.sitting import PassagesMeant
from polyvocal.gui.views.compare_asked import NEARNESS, Way
from polyvocal.gui.views.compare_model import CompareModel
from polyvocal.gui.views.passages import AccountsMeant

if TYPE_CHECKING:  # what loads numpy is imported on the question's thread
    from polyvocal.services.analysis.co_occurrence import CoOccurrence, Together

_MEANINGS = {
    CellState.READ_NOT_SO_CODED: (
        "All accounts by {observer} that count here were read to their end, and nothing in them was coded as {other}."
    ),
    CellState.WRITTEN_NOT_YET_READ: (
        "{observer} wrote, and no coder who counts here has read all of it yet: of {other} nothing can be said so far."
    ),
    CellState.PRESENT_NOTHING_WRITTEN: "{observer} was there and wrote no account.",
    CellState.ELSEWHERE: ("{observer} was in a session that ran at the same time, and wrote no account of this one."),
    CellState.ABSENT: "{observer} is known not to have been there.",
    CellState.NOT_KNOWN: (
        "Nothing is recorded of where {observer} was, and there is no account by {observer} that counts here."
    ),
}
"""What it means that a cell has no passages, in a sentence on its observer."""


def meaning(state: CellState, observer: str, other: str = "") -> str:
    """What it means that a cell has no passages, in a sentence on this observer; of a total no other is named."""
    said = QCoreApplication.translate("behind", _MEANINGS[state])
    what = f"“{other}”" if other else QCoreApplication.translate("behind", "any of this table")
    return said.format(observer=observer, other=what)


class MeetingMeant(NamedTuple):
    """Passages of two codes that come together: how it is told, what was asked, the two codes."""

    title: str
    asked: "Together"
    codes: tuple[CodeId, CodeId]


def behind(model: CompareModel, row: int, column: int) -> PassagesMeant | AccountsMeant | MeetingMeant | None:
    """What a cell leads to; nothing in the row of a heading, and where nothing is counted of no observer."""
    table = model.table
    if table is None or model.is_heading(row):
        return None
    cell, place = model.cell(row, column), model.place(row, column)
    title = f"{model.told_name(row, Qt.Orientation.Vertical)} · {model.told_name(column, Qt.Orientation.Horizontal)}"
    if model.asked.way is Way.TOGETHER:
        return _meeting(model, row, column, title)
    if cell.state is None or cell.state is CellState.CODED:
        return PassagesMeant(title, table.behind(*place))
    of = model.observer_of(row, column)
    if of is None:  # a total of all observers
        return PassagesMeant(title, table.behind(*place))
    observer, name, other = of
    if cell.is_total:
        return AccountsMeant(title, meaning(cell.state, name), PersonId(observer), table.behind(*place))
    return AccountsMeant(title, meaning(cell.state, name, other), PersonId(observer), table.behind(*place))


def _meeting(model: CompareModel, row: int, column: int, title: str) -> MeetingMeant:
    lines = model.code(row), model.code(column, Qt.Orientation.Horizontal)
    assert model.table is not None
    assert lines[0] is not None
    assert lines[1] is not None
    asked = cast("CoOccurrence", model.table.of).asked
    near = NEARNESS[model.asked.near]
    if model.asked.near == "paragraphs":
        near = QCoreApplication.translate("behind", "at most %n paragraph(s) apart", "", model.asked.paragraphs)
    return MeetingMeant(f"{title}: {near}", asked, (lines[0].code.id, lines[1].code.id))


def behind_line(model: CompareModel, section: int, orientation: Qt.Orientation) -> PassagesMeant | None:
    """All passages of a column (Horizontal) or a row."""
    table = model.table
    if table is None:
        return None
    title = model.told_name(section, orientation)
    if orientation is Qt.Orientation.Horizontal:
        return PassagesMeant(title, table.behind_column(model.place(0, section)[1]))
    return PassagesMeant(title, table.behind_row(model.place(section, 0)[0]))
