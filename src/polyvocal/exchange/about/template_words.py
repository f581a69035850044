"""The words of the fieldnote template, which its writers put down and by which they are known again when it comes back.

A template that was filled in is read as any other file with a head; what is here only says which of its words nobody
wrote: they are taken out of the account.
"""

import re
from typing import NamedTuple

from polyvocal.domain.words import LayerName, Phase, Standing
from polyvocal.exchange.about.found import Key

TITLE = "Fieldnote"
INTRO = (
    "Please fill in the table as far as you can, then write below the headings. What you leave empty is taken as not "
    "known. Save the file and send it back as it is."
)
CHOOSE = "Choose one"
ONE_OF = "One of: "
"""Begins a line that lists what may stand in the cell."""
OPEN_BOX, TICKED_BOX = "☐", "☒"

STANDINGS = {
    Standing.ETHNOGRAPHER: "ethnographer",
    Standing.RESEARCH_TEAM: "research team",
    Standing.LAY_PANEL: "lay panel",
    Standing.OTHER: "other",
}
PHASES = {Phase.BEFORE: "before", Phase.DURING: "during", Phase.AFTER: "after"}


class TemplateRow(NamedTuple):
    """A row of the table at the head: its label is one of those that heads are known by."""

    key: Key
    label: str
    hint: str


ROWS = (
    TemplateRow(Key.OBSERVER, "Observer", "Your name, as used in this study"),
    TemplateRow(Key.STANDING, "Standing", "From where you write"),
    TemplateRow(Key.POSITION, "Position", "Your table, corner or place"),
    TemplateRow(Key.EVENT, "Event", "The gathering as a whole"),
    TemplateRow(Key.SESSION, "Session", "The part that you write about"),
    TemplateRow(Key.PHASE, "Before, during or after", "When it was, seen from the event"),
    TemplateRow(Key.OBSERVED_FROM, "Observed from", "Such as 14 May 2024, 10:45"),
    TemplateRow(Key.OBSERVED_TO, "Observed to", "Day and time, or the time alone"),
    TemplateRow(Key.WRITTEN_AT, "Written at", "The day and time of writing"),
    TemplateRow(Key.PRESENT, "Groups present", "Tick, or put an x for the box"),
    TemplateRow(Key.PRESENT, "People present", "Tick, or put an x for the box"),
    TemplateRow(Key.PRESENT, "Others present", "By their names in this study"),
)


class TemplateSection(NamedTuple):
    """A heading, the guidance below it, and what kind of writing is to stand there."""

    heading: str
    guidance: str
    layer: LayerName


SECTIONS = (
    TemplateSection(
        "Description",
        "What you saw and heard: who did what, where, in which order. As plainly as you can.",
        LayerName.DESCRIPTION,
    ),
    TemplateSection(
        "What was said",
        "Who said what, as near as you can to the words. A new line for each speaker.",
        LayerName.QUOTED_SPEECH,
    ),
    TemplateSection(
        "Reflections",
        "What you made of it: thoughts, feelings, questions. They are kept apart from the description.",
        LayerName.REFLECTION,
    ),
)

_HINTS = frozenset({CHOOSE, *(row.hint for row in ROWS)})
_GUIDANCE = frozenset({TITLE, INTRO, *(section.guidance for section in SECTIONS)})

_BOX = re.compile(r"(?P<open>☐|\[\s?\])|(?P<ticked>☒|☑|✓|✔|✗|✘|\[\s?[xX]\s?\]|(?<!\w)[xX](?=\s+\w))")
_BULLET = re.compile(r"^\s*[-*•]\s+")


def bare(line: str) -> str:
    """A line without the marks of Markdown around it."""
    return line.strip().lstrip("#>").strip().strip("*_").strip()


def is_guidance(line: str) -> bool:
    """Whether a line is one of the template's own, outside its table."""
    return bare(line) in _GUIDANCE


def without_hints(words: str) -> str:
    """Words of a cell without what the template put there: hints, and lines that list what may stand there."""
    kept = (_without(line) for line in words.split("\n") if not line.strip().startswith(ONE_OF))
    return "\n".join(line for line in kept if line)


def _without(line: str) -> str:
    for hint in _HINTS:
        line = line.replace(hint, "")
    return line.strip()


def has_boxes(words: str) -> bool:
    """Whether there are boxes to tick in words."""
    return any(match["open"] or match.group() not in ("x", "X") for match in _BOX.finditer(words))


def ticked(words: str) -> list[str]:
    """The names behind the boxes that are ticked, one name a box."""
    names = []
    boxes = list(_BOX.finditer(words))
    for box, end in zip(boxes, [*(one.start() for one in boxes[1:]), len(words)], strict=True):
        name = _BULLET.sub("", " ".join(words[box.end() : end].split()).rstrip("-*• "))
        if box["ticked"] and name:
            names.append(name)
    return names
