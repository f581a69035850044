"""What can be done in parts of the window that are made when they are first wanted.

It is said here, so that its keys are listed, and can be changed, before those parts are there.
"""

import sys
from typing import NamedTuple


class Act(NamedTuple):
    """What is said of an action once: `name` never changes, since changed keys are kept under it."""

    name: str
    section: str
    """The heading under which it is listed."""
    text: str
    keys: tuple[str, ...] = ()
    """The keys that it has until a person chooses others."""


PROJECT, EDIT, VIEW, HELP = "Project", "Edit", "View", "Help"
OCCASIONS = "Occasions and codebook beside the text"
READING, CODING, PINS, CHOSEN = "Reading", "Coding", "Pinned codes", "The chosen coding"
CORRECTING = "Correcting a text"
BELOW, PASSAGES = "Lists below the text", "List of passages"
CODEBOOK, COMPARE, SCORE, MOMENTS = "Codebook", "Compare", "Score", "Moments"
DIVERGENCES, CONTEST, SETTING, MEMOS = "Divergences", "Contest", "Setting", "Memos"
IMPORTING, DRAFTS, VERSIONS = "Importing files", "Drafts", "Versions"
EVERYWHERE = "Lists, tables and forms"

SECTIONS = (
    PROJECT, EDIT, VIEW, HELP, READING, CODING, PINS, CHOSEN, OCCASIONS, BELOW, PASSAGES, CORRECTING, CODEBOOK, COMPARE,
    SCORE, MOMENTS, DIVERGENCES, CONTEST, SETTING, MEMOS, IMPORTING, DRAFTS, VERSIONS, EVERYWHERE,
)  # fmt: skip
"""The headings, in the order in which they are listed."""
OF_THE_TEXT = {READING, CODING, PINS, CHOSEN, OCCASIONS}
"""What is done in the Read view while nothing is corrected in it."""
OWN_WINDOW = {IMPORTING, DRAFTS, VERSIONS}
"""What is done in a window of its own, in which no other keys work."""

STANCE = Act("read.stance", CHOSEN, "Add a stance to the chosen coding…", ("Ctrl+T",))
ABOUT = Act("source.about", OCCASIONS, "About this source…", ("Alt+Return",))
FIND = Act("correct.find", CORRECTING, "Find and replace", ("Ctrl+F", "Ctrl+H"))
FIND_NEXT = Act("correct.next", CORRECTING, "Next place found", ("F3",))
FIND_PREVIOUS = Act("correct.previous", CORRECTING, "Previous place found", ("Shift+F3",))
SAVE = Act("correct.save", CORRECTING, "Save the correction as a new version…", ("Ctrl+S",))
DISCARD = Act("correct.discard", CORRECTING, "Discard the correction")
LEAVE_FIND = Act("correct.leave", CORRECTING, "Close the search; leave the text if nothing was corrected", ("Escape",))
NEW_CODE = Act("codebook.new", CODEBOOK, "New code…", ("Ctrl+N", "Ins"))
EDIT_CODE = Act("codebook.edit", CODEBOOK, "Edit", ("F2",))
MERGE_CODE = Act("codebook.merge", CODEBOOK, "Merge…", ("Ctrl+M",))
SPLIT_CODE = Act("codebook.split", CODEBOOK, "Split…", ("Ctrl+Shift+M",))
RETIRE_CODE = Act("codebook.retire", CODEBOOK, "Retire", ("Ctrl+R",))
REMOVE_CODE = Act("codebook.remove", CODEBOOK, "Remove", ("Del",))
MOVE_UP = Act("codebook.up", CODEBOOK, "Move up", ("Alt+Shift+Up",))
MOVE_DOWN = Act("codebook.down", CODEBOOK, "Move down", ("Alt+Shift+Down",))
MOVE_IN = Act("codebook.in", CODEBOOK, "Move below the one above", ("Alt+Shift+Right",))
MOVE_OUT = Act("codebook.out", CODEBOOK, "Move out", ("Alt+Shift+Left",))
FIND_CODE = Act("codebook.find", CODEBOOK, "Find a code", ("Ctrl+F",))
SHOW_RETIRED = Act("codebook.retired", CODEBOOK, "Show retired codes", ("Ctrl+H",))
IMPORT_CODES = Act("codebook.import", CODEBOOK, "Import…", ("Ctrl+Alt+I",))
EXPORT_CODES = Act("codebook.export", CODEBOOK, "Export…")
PIN_CODE = tuple(
    Act(f"codebook.pin-{n}", CODEBOOK, f"Pin the code to key {n}, or take it off", (f"Alt+{n}",)) for n in range(1, 10)
)
COPY_CELLS = Act("compare.copy", COMPARE, "Copy the marked cells", ("Ctrl+C",))
COPY_PICTURE = Act("compare.copy-picture", COMPARE, "Copy the table as a picture", ("Ctrl+Shift+C",))
COPY_LINES = Act("compare.copy-lines", COMPARE, "Copy the marked lines of “Only here”", ("Ctrl+C",))
OPEN_ROW = Act("compare.row", COMPARE, "List all passages of the row", ("Shift+Return",))
OPEN_COLUMN = Act("compare.column", COMPARE, "List all passages of the column", ("Ctrl+Return",))
ORDER_ROWS = Act("compare.order-rows", COMPARE, "Order the rows by this column, the most first", ("O",))
ORDER_COLUMNS = Act("compare.order-columns", COMPARE, "Order the columns by this row, the most first", ("Shift+O",))
FOLD_CODE = Act("compare.fold", COMPARE, "Fold or unfold the code", ("F",))
FOLD_ALL = Act("compare.fold-all", COMPARE, "Fold all codes of the table")
UNFOLD_ALL = Act("compare.unfold-all", COMPARE, "Unfold all codes of the table", ("Shift+F",))
TOTALS = Act("compare.totals", COMPARE, "Totals of rows and columns, or none", ("T",))
SWAP = Act("compare.swap", COMPARE, "Swap rows and columns", ("X",))
SHOW_CODE = Act("compare.code", COMPARE, "Show the code in the codebook")
SAVED = Act("compare.saved", COMPARE, "Show or hide the saved comparisons", ("Ctrl+Alt+S",))
SAVE_COMPARISON = Act("compare.save", COMPARE, "Save this comparison…", ("Ctrl+S",))
SNAPSHOT = Act("compare.snapshot", COMPARE, "Take a snapshot of the open comparison")
COUNTER_EXAMPLE = Act("compare.counter-example", COMPARE, "Mark the passages as counter-examples…", ("Shift+X",))
NEXT_SECTION = Act("setting.next", SETTING, "Next section", ("Ctrl+PgDown",))
PREVIOUS_SECTION = Act("setting.previous", SETTING, "Previous section", ("Ctrl+PgUp",))
NEARER = Act("score.nearer", SCORE, "Look at the score from nearer", ("+", "="))
FARTHER = Act("score.farther", SCORE, "Look at the score from farther away", ("-",))
WHOLE = Act("score.whole", SCORE, "Show all of the score", ("0",))
COPY_SCORE = Act("score.copy", SCORE, "Copy the score as a picture", ("Ctrl+C",))
SIDE_BY_SIDE = Act("score.side-by-side", SCORE, "See the selected stretch of time side by side", ("M",))
DOUBTS = Act("score.doubts", SCORE, "List what is placed with a doubt, or not placed", ("D",))
COPY_STRIP = Act("contest.copy", CONTEST, "Copy the strip of stances as a picture", ("Ctrl+C",))
NEW_MEMO = Act("memos.new", MEMOS, "New memo…", ("Ctrl+N", "Ins"))
MEMO_ABOUT = Act("memos.about", MEMOS, "Show what it is about", ("Alt+Return",))
FIND_MEMO = Act("memos.find", MEMOS, "Find memos by their words", ("Ctrl+F",))
REMOVE_MEMO = Act("memos.remove", MEMOS, "Remove the memo", ("Del",))
EXPORT_MEMOS = Act("memos.export", MEMOS, "Export the listed memos…")
FILL_DOWN = Act("import.fill", IMPORTING, "Fill the cell down into the selected rows", ("Ctrl+D",))
HOW_READ = Act("import.how", IMPORTING, "How the file is read…", ("Alt+Return",))
UNDO_CELL = Act("import.undo", IMPORTING, "Undo what was typed or chosen last", ("Ctrl+Z",))
SAVE_DRAFT = Act("drafts.save", DRAFTS, "Save the text as a file…", ("Ctrl+S",))
COPY_DRAFT = Act("drafts.copy", DRAFTS, "Copy the text", ("Ctrl+Shift+C",))
DISCARD_DRAFT = Act("drafts.discard", DRAFTS, "Discard the draft…", ("Del",))
NEXT_DIFFERENCE = Act("versions.next", VERSIONS, "Next difference", ("F3",))
PREVIOUS_DIFFERENCE = Act("versions.previous", VERSIONS, "Previous difference", ("Shift+F3",))

NEW_MOMENT = Act("moments.new", MOMENTS, "New moment…", ("F7",))
EDIT_MOMENT = Act("moments.edit", MOMENTS, "Edit the moment…", ("F2",))
REMOVE_MOMENT = Act("moments.remove", MOMENTS, "Remove the moment", ("Del",))
NEXT_MOMENT = Act("moments.next", MOMENTS, "Next moment", ("Ctrl+PgDown",))
PREVIOUS_MOMENT = Act("moments.previous", MOMENTS, "Previous moment", ("Ctrl+PgUp",))
OPEN_ONLY = Act("moments.open-only", MOMENTS, "Only moments with open divergences, or all", ("Ctrl+Shift+F",))
TOGETHER = Act("moments.together", MOMENTS, "Scroll the columns together, or each by itself", ("Ctrl+G",))
NEXT_COLUMN = Act("moments.next-column", MOMENTS, "Next column", ("Alt+Right",))
PREVIOUS_COLUMN = Act("moments.previous-column", MOMENTS, "Previous column", ("Alt+Left",))
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
REMOVE_DIVERGENCE = Act("moments.remove-divergence", DIVERGENCES, "Remove the divergence", ("Del",))
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
    STANCE, ABOUT, FIND, FIND_NEXT, FIND_PREVIOUS, SAVE, DISCARD, LEAVE_FIND, NEW_CODE, EDIT_CODE, MERGE_CODE,
    SPLIT_CODE, RETIRE_CODE, REMOVE_CODE, MOVE_UP, MOVE_DOWN, MOVE_IN, MOVE_OUT, FIND_CODE, SHOW_RETIRED, IMPORT_CODES,
    EXPORT_CODES, *PIN_CODE, COPY_CELLS, COPY_PICTURE, COPY_LINES, OPEN_ROW, OPEN_COLUMN, ORDER_ROWS, ORDER_COLUMNS,
    FOLD_CODE, FOLD_ALL, UNFOLD_ALL, TOTALS, SWAP, SHOW_CODE, SAVED, SAVE_COMPARISON, SNAPSHOT, COUNTER_EXAMPLE,
    COPY_STRIP, NEARER, FARTHER, WHOLE, COPY_SCORE, DOUBTS, SIDE_BY_SIDE, *_OF_MOMENTS, NEXT_SECTION,
    PREVIOUS_SECTION, NEW_MEMO, MEMO_ABOUT, FIND_MEMO, REMOVE_MEMO, EXPORT_MEMOS, FILL_DOWN, HOW_READ, UNDO_CELL,
    SAVE_DRAFT, COPY_DRAFT, DISCARD_DRAFT, NEXT_DIFFERENCE, PREVIOUS_DIFFERENCE,
)  # fmt: skip

ON_MACOS = {
    "edit.history": ("Ctrl+Shift+H",),
    "read.memo": ("Ctrl+Shift+Y",),
    "correct.find": ("Ctrl+F",),
    "codebook.merge": ("Ctrl+J",),
    "edit.who": ("Ctrl+Shift+U",),
    "codebook.retired": ("Ctrl+Shift+K",),
}
"""Other keys at first, where the usual ones hide and shrink windows. Ctrl is the ⌘ key there."""


def as_here(act: Act) -> Act:
    """The act with the keys that it has at first on this system."""
    return act._replace(keys=ON_MACOS.get(act.name, act.keys)) if sys.platform == "darwin" else act
