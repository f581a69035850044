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
MOMENTS = "Moments"
DIVERGENCES = "Divergences"

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

NEW_MOMENT = Act("moments.new", MOMENTS, "New moment…", ("F7",))
EDIT_MOMENT = Act("moments.edit", MOMENTS, "Edit the moment…", ("F2",))
REMOVE_MOMENT = Act("moments.remove", MOMENTS, "Remove the moment", ("Delete",))
NEXT_MOMENT = Act("moments.next", MOMENTS, "Next moment", ("Ctrl+PgDown",))
PREVIOUS_MOMENT = Act("moments.previous", MOMENTS, "Moment before", ("Ctrl+PgUp",))
OPEN_ONLY = Act("moments.open-only", MOMENTS, "Only moments with open divergences, or all", ("Ctrl+Shift+F",))
TOGETHER = Act("moments.together", MOMENTS, "Scroll the columns together, or each by itself", ("Ctrl+G",))
NEXT_COLUMN = Act("moments.next-column", MOMENTS, "Next column", ("Alt+Right",))
PREVIOUS_COLUMN = Act("moments.previous-column", MOMENTS, "Column before", ("Alt+Left",))
COLUMN_RIGHT = Act("moments.column-right", MOMENTS, "Move the column to the right", ("Ctrl+Shift+PgDown",))
COLUMN_LEFT = Act("moments.column-left", MOMENTS, "Move the column to the left", ("Ctrl+Shift+PgUp",))
HIDE_COLUMN = Act("moments.hide-column", MOMENTS, "Hide the column", ("Ctrl+Shift+K",))
ALL_COLUMNS = Act("moments.all-columns", MOMENTS, "Show all columns, in their first order", ("Ctrl+Shift+A",))
TO_MOMENT = Act("moments.to-moment", MOMENTS, "Back to the words of the moment", ("F5",))
HERE = Act("moments.here", MOMENTS, "This is the moment here", ("F8",))
NOT_HERE = Act("moments.not-here", MOMENTS, "Take away the mark of the moment here", ("Shift+F8",))
IN_READ = Act("moments.read", MOMENTS, "Open this place in the Read view", ("Alt+Return",))
CODES_BESIDE = Act("moments.codebook", MOMENTS, "Codebook beside the columns, or not", ("Ctrl+B",))
DIVERGE = Act("moments.diverge", DIVERGENCES, "Record a divergence of the selected words…", ("F9",))
EDIT_DIVERGENCE = Act("moments.edit-divergence", DIVERGENCES, "Edit the divergence…", ("F2",))
REMOVE_DIVERGENCE = Act("moments.remove-divergence", DIVERGENCES, "Remove the divergence", ("Delete",))
DISCUSSED = Act("moments.discussed", DIVERGENCES, "The divergence was discussed", ("D",))
KEPT = Act("moments.kept", DIVERGENCES, "The divergence is kept", ("K",))
OPEN_AGAIN = Act("moments.open-again", DIVERGENCES, "The divergence is open again", ("O",))
DIVERGENCE_MEMO = Act("moments.memo", DIVERGENCES, "Memo about the divergence…", ("M",))
ADD_TO_DIVERGENCE = Act("moments.add", DIVERGENCES, "Add the selected words to the divergence", ("Shift+F9",))
SHEET = Act("moments.sheet", MOMENTS, "Sheet of the moment for the data session…", ("Ctrl+P",))
SHEET_OF_WORDS = Act("moments.sheet-words", MOMENTS, "Sheet of the selected words…")
SHEET_OF_DIVERGENCE = Act("moments.sheet-divergence", MOMENTS, "Sheet of the chosen divergence…")

_OF_MOMENTS = (
    NEW_MOMENT, EDIT_MOMENT, REMOVE_MOMENT, NEXT_MOMENT, PREVIOUS_MOMENT, OPEN_ONLY, TOGETHER, NEXT_COLUMN,
    PREVIOUS_COLUMN, COLUMN_RIGHT, COLUMN_LEFT, HIDE_COLUMN, ALL_COLUMNS, TO_MOMENT, HERE, NOT_HERE, IN_READ,
    CODES_BESIDE, DIVERGE, EDIT_DIVERGENCE, REMOVE_DIVERGENCE, DISCUSSED, KEPT, OPEN_AGAIN, DIVERGENCE_MEMO,
    ADD_TO_DIVERGENCE, SHEET, SHEET_OF_WORDS, SHEET_OF_DIVERGENCE,
)  # fmt: skip

FIRST_STEPS = ("project.fieldnote", "project.import")
"""The names of the actions that bring in accounts."""

LATE = (
    STANCE, ABOUT, FIND, FIND_NEXT, FIND_PREVIOUS, SAVE, DISCARD, LEAVE_FIND, NEXT_SECTION, PREVIOUS_SECTION,
    COPY_CELLS, *_OF_MOMENTS,
)  # fmt: skip
