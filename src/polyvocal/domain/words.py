"""The fixed vocabularies of the field: one word for one thing, from the schema to the window."""

from enum import StrEnum


class Approach(StrEnum):
    """How a project understands coding; undeclared (None) is treated as reflexive, which shows no coefficients."""

    REFLEXIVE = "reflexive"
    CODEBOOK = "codebook"
    CODING_RELIABILITY = "coding-reliability"


class Standing(StrEnum):
    """From where an observer writes."""

    ETHNOGRAPHER = "ethnographer"
    RESEARCH_TEAM = "research-team"
    LAY_PANEL = "lay-panel"
    OTHER = "other"


class RoleName(StrEnum):
    """What a person is in the project; one person may be several at once."""

    OBSERVER = "observer"
    CODER = "coder"
    PARTICIPANT = "participant"
    REVIEWER = "reviewer"


class SourceKind(StrEnum):
    """What a text of the project is. Only a fieldnote must have an observer."""

    FIELDNOTE = "fieldnote"
    JOTTINGS = "jottings"
    TRANSCRIPT = "transcript"
    PAPER = "paper"
    CORRESPONDENCE = "correspondence"


class Phase(StrEnum):
    """Where a passage stands to an event."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class Doing(StrEnum):
    """What a person did in a session; `absent` records that the person is known not to have been there."""

    OBSERVING = "observing"
    FACILITATING = "facilitating"
    TAKING_PART = "taking-part"
    ABSENT = "absent"


class CodeKind(StrEnum):
    """A code tags passages, a category groups codes, a theme is a claim built from them."""

    CODE = "code"
    CATEGORY = "category"
    THEME = "theme"


class StanceName(StrEnum):
    """What an actor does to a term of collaboration."""

    GENERATES = "generates"
    AFFIRMS = "affirms"
    CONTESTS = "contests"


class MemoKind(StrEnum):
    """What a memo is for."""

    IN_PROCESS = "in-process"
    INTEGRATIVE = "integrative"
    CODE = "code"
    METHOD = "method"
    REFLEXIVE = "reflexive"


WHY_CHANGED = "Why it was changed"
"""The title of a memo about a code that says why the code was changed: it belongs to the change before it."""


class ReadingState(StrEnum):
    """How far one coder has read one source."""

    UNREAD = "unread"
    READ_TO_HERE = "read to here"
    DONE = "done"


class LayerName(StrEnum):
    """What kind of writing a span is."""

    DESCRIPTION = "description"
    QUOTED_SPEECH = "quoted-speech"
    PARAPHRASE = "paraphrase"
    ASIDE = "aside"
    COMMENTARY = "commentary"
    REFLECTION = "reflection"


class MarkKind(StrEnum):
    """What a time mark says: a clock time, a time since a recording began, or that what looks like one is none."""

    CLOCK = "clock"
    ELAPSED = "elapsed"
    NONE = "none"


class Fate(StrEnum):
    """What became of something in a file that was imported."""

    CARRIED_OVER = "carried over"
    OTHERWISE = "in another form"
    LEFT_OUT = "left out"


class AttributeType(StrEnum):
    """What the values of an attribute are."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes-no"


class Alignment(StrEnum):
    """By what a passage was placed in a moment."""

    HAND = "hand"
    """Somebody marked it as the account of the moment."""
    SESSION = "session"
    """It is about the session: the text as a whole is, or the stretch in which it lies."""
    TIME = "time"
    """It stands between two times that are marked in the text."""


class DivergenceKind(StrEnum):
    """In what accounts of a moment differ."""

    OCCURRENCE = "occurrence"
    """Whether, or how, something happened."""
    ATTENTION = "attention"
    """What was noticed."""
    MEANING = "meaning"
    """What it is taken to mean."""


class Explanation(StrEnum):
    """What a difference between accounts is put down to."""

    VANTAGE = "vantage"
    ROLE = "role"
    TIME_OF_WRITING = "time-of-writing"


class DivergenceStanding(StrEnum):
    """What has become of a divergence. One that is kept stays as it is: it is a finding."""

    OPEN = "open"
    DISCUSSED = "discussed"
    KEPT = "kept"


class CellState(StrEnum):
    """What a cell over observers says; an empty one is never 'silent'."""

    CODED = "coded"
    READ_NOT_SO_CODED = "read, not so coded"
    WRITTEN_NOT_YET_READ = "written, not yet read"
    PRESENT_NOTHING_WRITTEN = "present, nothing written"
    ELSEWHERE = "elsewhere"
    ABSENT = "absent"
    NOT_KNOWN = "not known"
