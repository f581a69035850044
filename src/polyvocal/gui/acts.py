"""What can be done in parts of the window that are made when they are first wanted.

It is said here, so that its keys are listed, and can be changed, before those parts are there.
"""

from typing import NamedTuple


class Act(NamedTuple):
    """What is said of an action once: `name` never changes, since changed keys are kept under it."""

    name: str
    section: str
    """The heading under which it is listed."""
    text: str
    keys: tuple[str, ...] = ()
    """The keys that it has until a person chooses others."""


READING = "Reading and coding"
CORRECTING = "Correcting a text"
OCCASIONS = "Occasions and codebook"
SETTING = "Setting"
COMPARE = "Compare"

STANCE = Act("read.stance", READING, "Add a stance to the chosen coding…", ("Ctrl+T",))
ABOUT = Act("source.about", OCCASIONS, "About this source…", ("Alt+Return",))
FIND = Act("correct.find", CORRECTING, "Find and replace", ("Ctrl+F", "Ctrl+H"))
FIND_NEXT = Act("correct.next", CORRECTING, "Find the next", ("F3",))
FIND_PREVIOUS = Act("correct.previous", CORRECTING, "Find the one before", ("Shift+F3",))
SAVE = Act("correct.save", CORRECTING, "Save the correction as a new version…", ("Ctrl+S",))
DISCARD = Act("correct.discard", CORRECTING, "Discard the correction")
LEAVE_FIND = Act(
    "correct.leave",
    CORRECTING,
    "From the search back to the text; leave a text in which nothing was corrected",
    ("Escape",),
)
NEXT_SECTION = Act("setting.next", SETTING, "Next section", ("Ctrl+PgDown",))
PREVIOUS_SECTION = Act("setting.previous", SETTING, "Previous section", ("Ctrl+PgUp",))
COPY_CELLS = Act("compare.copy", COMPARE, "Copy the marked cells", ("Ctrl+C",))
COPY_LINES = Act("compare.copy-lines", COMPARE, "Copy the marked lines of “Only here”", ("Ctrl+C",))
OPEN_ROW = Act("compare.row", COMPARE, "List all passages of the row", ("Shift+Return",))
OPEN_COLUMN = Act("compare.column", COMPARE, "List all passages of the column", ("Ctrl+Return",))
ORDER_ROWS = Act("compare.order-rows", COMPARE, "Order the rows by this column, the most first", ("O",))
ORDER_COLUMNS = Act("compare.order-columns", COMPARE, "Order the columns by this row, the most first", ("Shift+O",))
FOLD_CODE = Act("compare.fold", COMPARE, "Fold or unfold the code", ("F",))
FOLD_ALL = Act("compare.fold-all", COMPARE, "Fold all codes of the table")
UNFOLD_ALL = Act("compare.unfold-all", COMPARE, "Unfold all codes of the table", ("Shift+F",))
SWAP = Act("compare.swap", COMPARE, "Swap rows and columns", ("X",))
SHOW_CODE = Act("compare.code", COMPARE, "Show the code in the codebook")

FIRST_STEPS = ("project.fieldnote", "project.import")
"""The names of the actions that bring in accounts."""

LATE = (
    STANCE, ABOUT, FIND, FIND_NEXT, FIND_PREVIOUS, SAVE, DISCARD, LEAVE_FIND, NEXT_SECTION, PREVIOUS_SECTION,
    COPY_CELLS, COPY_LINES, OPEN_ROW, OPEN_COLUMN, ORDER_ROWS, ORDER_COLUMNS, FOLD_CODE, FOLD_ALL, UNFOLD_ALL, SWAP,
    SHOW_CODE,
)  # fmt: skip
