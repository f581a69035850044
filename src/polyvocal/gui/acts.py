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
SCORE = "Score"

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
NEARER = Act("score.nearer", SCORE, "Look at the score from nearer", ("+", "="))
FARTHER = Act("score.farther", SCORE, "Look at the score from farther away", ("-",))
WHOLE = Act("score.whole", SCORE, "Show all of the score", ("0",))
COPY_SCORE = Act("score.copy", SCORE, "Copy the score as a picture", ("Ctrl+C",))
DOUBTS = Act("score.doubts", SCORE, "List what is placed with a doubt, or not placed", ("D",))

FIRST_STEPS = ("project.fieldnote", "project.import")
"""The names of the actions that bring in accounts."""

LATE = (
    STANCE, ABOUT, FIND, FIND_NEXT, FIND_PREVIOUS, SAVE, DISCARD, LEAVE_FIND, NEXT_SECTION, PREVIOUS_SECTION,
    COPY_CELLS, NEARER, FARTHER, WHOLE, COPY_SCORE, DOUBTS,
)  # fmt: skip
