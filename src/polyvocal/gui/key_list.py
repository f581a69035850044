"""What keys do, as it is listed: actions, whose keys can be changed, and what lists and texts do by theirs."""

import sys
from collections.abc import Iterator
from typing import NamedTuple

from polyvocal.gui.actions import Actions, shown_keys
from polyvocal.gui.acts import (
    BELOW,
    CHOSEN,
    CODING,
    DRAFTS,
    EVERYWHERE,
    IMPORTING,
    MEMOS,
    OCCASIONS,
    PASSAGES,
    PINS,
    SCORE,
    SECTIONS,
    SETTING,
)


class Fixed(NamedTuple):
    """Keys that belong to a list, a text or a dialog, and cannot be changed."""

    section: str
    keys: str
    text: str


FIXED = (
    Fixed(CODING, "Shift+arrows", "Select by character and line; with Ctrl by word"),
    Fixed(CODING, "Shift, Ctrl+Shift while dragging", "Select, or move an end, by sentences, by paragraphs"),
    Fixed(CODING, "Alt while dragging an end", "Move it letter by letter, and not by words"),
    Fixed(CODING, "Enter, or just type", "Code the selected words: type the code's name, Enter"),
    Fixed(PINS, "1 to 9", "Code the selected words with the code that is pinned there"),
    Fixed(CHOSEN, "S, C, M", "A stance, whom it concerns, a memo"),
    Fixed(OCCASIONS, "Enter on a source", "Open it"),
    Fixed(OCCASIONS, "Enter on a code", "Code the selected words with it"),
    Fixed(BELOW, "Up, Down in Codes here", "Choose a coding"),
    Fixed(BELOW, "Enter", "Go to its place in the text"),
    Fixed(BELOW, "F2", "Correct the time, write in the memo"),
    Fixed(BELOW, "Delete", "Remove it"),
    Fixed(BELOW, "1 to 6 in Layers", "Mark the selected words as quoted speech, aside …"),
    Fixed(PASSAGES, "Enter", "Open in the text"),
    Fixed(PASSAGES, "Space", "Show the paragraph around a passage, or hide it"),
    Fixed(SCORE, "Arrows, Home, End", "Go from passage to passage, from staff to staff"),
    Fixed(
        SCORE, "Shift+arrows, or drag along the axis", "Select a stretch of time: its passages are listed; Esc lets go"
    ),
    Fixed(SCORE, "Space, Enter", "Read the passage where it stands, open it in its text"),
    Fixed(SCORE, "PgUp, PgDown, or drag the staves", "Move along; Ctrl and the mouse wheel look nearer"),
    Fixed(SETTING, "Insert or Ctrl+N", "Add"),
    Fixed(SETTING, "Shift+Insert in Events", "Add an event, where a session would be added"),
    Fixed(SETTING, "Enter, Delete", "Edit, remove"),
    Fixed(SETTING, "Ctrl+F", "Find in the list"),
    Fixed(SETTING, "O, F, T, A in Presence", "Observing, facilitating, taking part, absent; Delete: not known"),
    Fixed(SETTING, "Y, N in Cases", "Yes, no; or just type; Delete clears"),
    Fixed(MEMOS, "Enter on a memo", "Write in it; it is saved where you leave it"),
    Fixed(IMPORTING, "F2, or just type", "Say something of a file, in its cell"),
    Fixed(IMPORTING, "Space", "Import the selected files, or leave them out"),
    Fixed(DRAFTS, "Enter", "Continue the draft"),
    Fixed(EVERYWHERE, "Arrows, Enter", "Go from row to row and cell to cell, open what is behind one"),
    Fixed(EVERYWHERE, "Left, Right", "Fold, unfold"),
    Fixed(EVERYWHERE, "Ctrl+Enter", "Accept a form, from any of its fields"),
    Fixed(EVERYWHERE, "Esc", "Leave a form, a list of choices, a search"),
)


def fixed_keys(one: Fixed) -> str:
    """Keys that stay as they are, as this system writes them."""
    if sys.platform != "darwin":
        return one.keys
    return one.keys.replace("Ctrl+", "⌘").replace("Alt+", "⌥").replace("Shift+", "⇧")


def listed(actions: Actions) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each heading with what stands under it: what is done, and its keys as they are now; without what has none."""
    acts = [(one.section, one.text, " or ".join(shown_keys(actions.keys_of(one)))) for one in actions.known()]
    fixed = [(one.section, one.text, fixed_keys(one)) for one in FIXED]
    for section in SECTIONS:
        yield section, [(text, keys) for under, text, keys in (*acts, *fixed) if under == section and keys]


def as_markdown(actions: Actions) -> str:
    """The list to be printed."""
    lines = ["# Keys", ""]
    for section, of_it in listed(actions):
        rows = (f"| {keys} | {text.removesuffix('…')} |" for text, keys in of_it)
        lines += [f"## {section}", "", "| keys | what they do |", "|---|---|", *rows, ""]
    return "\n".join(lines)
