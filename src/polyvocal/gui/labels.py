"""The words of the field as the window shows them: one place, so that one word stays for one thing."""

from datetime import datetime
from typing import Any

from PySide6.QtCore import QDate, QLocale

from polyvocal.domain.memos import FREE, PASSAGE, About, WholeMemo
from polyvocal.domain.passages import Aspect
from polyvocal.domain.words import (
    Alignment,
    Approach,
    AttributeType,
    CellState,
    CodeKind,
    DivergenceKind,
    DivergenceStanding,
    Doing,
    Explanation,
    LayerName,
    MarkKind,
    MemoKind,
    Phase,
    ReadingState,
    RoleName,
    SourceKind,
    Standing,
)
from polyvocal.services.queries.beside import Added
from polyvocal.services.queries.drafts import DraftRow, DraftState

STANDINGS = {
    Standing.ETHNOGRAPHER: "ethnographer",
    Standing.RESEARCH_TEAM: "research team",
    Standing.LAY_PANEL: "lay panel",
    Standing.OTHER: "other",
}
ROLES = {
    RoleName.OBSERVER: "observer",
    RoleName.CODER: "coder",
    RoleName.PARTICIPANT: "participant",
    RoleName.REVIEWER: "reviewer",
}
PHASES = {Phase.BEFORE: "Before", Phase.DURING: "During", Phase.AFTER: "After"}
KINDS = {
    SourceKind.FIELDNOTE: "Fieldnote",
    SourceKind.JOTTINGS: "Jottings",
    SourceKind.TRANSCRIPT: "Transcript",
    SourceKind.PAPER: "Meeting paper",
    SourceKind.CORRESPONDENCE: "Correspondence",
}
DOINGS = {
    Doing.OBSERVING: "observing",
    Doing.FACILITATING: "facilitating",
    Doing.TAKING_PART: "taking part",
    Doing.ABSENT: "absent",
}
CODE_KINDS = {CodeKind.CODE: "Code", CodeKind.CATEGORY: "Category", CodeKind.THEME: "Theme"}
CODE_FIELDS = {
    "name": "Name",
    "parent": "Below",
    "kind": "Kind",
    "definition": "Definition",
    "use_when": "Use when",
    "not_when": "Do not use when",
    "example": "Example",
    "colour": "Colour",
    "retired": "Retired",
}
READING_STATES = {
    ReadingState.UNREAD: "unread",
    ReadingState.READ_TO_HERE: "read in part",
    ReadingState.DONE: "read to the end",
}
APPROACHES = {
    Approach.REFLEXIVE: "Reflexive",
    Approach.CODEBOOK: "Codebook",
    Approach.CODING_RELIABILITY: "Coding reliability",
}
CELL_STATES = {
    CellState.CODED: "coded",
    CellState.READ_NOT_SO_CODED: "read, not so coded",
    CellState.WRITTEN_NOT_YET_READ: "written, not yet read",
    CellState.PRESENT_NOTHING_WRITTEN: "present, nothing written",
    CellState.ELSEWHERE: "elsewhere",
    CellState.ABSENT: "absent",
    CellState.NOT_KNOWN: "not known",
}

ASPECTS = {
    Aspect.CODE: "Code",
    Aspect.OBSERVER: "Observer",
    Aspect.STANDING: "Standing",
    Aspect.CODER: "Coder",
    Aspect.SOURCE: "Source",
    Aspect.KIND: "Kind of source",
    Aspect.EVENT: "Event",
    Aspect.SESSION: "Session",
    Aspect.PHASE: "Phase",
    Aspect.CONCERNS: "Concerns",
    Aspect.GROUP: "Group",
    Aspect.PARTICIPANT: "Participant",
    Aspect.ACTOR: "Actor",
    Aspect.STANCE: "Stance",
    Aspect.TERM: "Term",
    Aspect.LAYER: "Layer",
}
"""By what passages are chosen and grouped."""

MARK_KINDS = {
    MarkKind.CLOCK: "clock time",
    MarkKind.ELAPSED: "time since a recording began",
    MarkKind.NONE: "no time",
}

MEMO_KINDS = {
    MemoKind.IN_PROCESS: "In-process memo",
    MemoKind.INTEGRATIVE: "Integrative memo",
    MemoKind.CODE: "Code memo",
    MemoKind.METHOD: "Method memo",
    MemoKind.REFLEXIVE: "Reflexive memo",
}
ATTRIBUTE_TYPES = {
    AttributeType.TEXT: "text",
    AttributeType.NUMBER: "number",
    AttributeType.DATE: "date",
    AttributeType.YES_NO: "yes or no",
}
CASE_KINDS = {"people": "People", "groups": "Groups", "sources": "Sources", "sessions": "Sessions", "events": "Events"}

ALIGNMENTS = {
    Alignment.HAND: "marked by hand",
    Alignment.SESSION: "placed by session",
    Alignment.TIME: "placed by time",
}
LAYERS = {
    LayerName.DESCRIPTION: "Description",
    LayerName.QUOTED_SPEECH: "Quoted speech",
    LayerName.PARAPHRASE: "Paraphrase",
    LayerName.ASIDE: "Aside",
    LayerName.COMMENTARY: "Commentary",
    LayerName.REFLECTION: "Reflection",
}

DRAFT_STATES = {
    DraftState.OPEN: "It can be continued.",
    DraftState.OVERTAKEN: "The text has another version by now, so it can be read and copied, but not continued.",
    DraftState.SOURCE_GONE: "The text is not in the project any more, so it can be read and copied, but not continued.",
}
FIELDS = {
    "title": "Title",
    "observers": "Observers",
    "position": "Where in the room",
    "event": "Event",
    "session": "Session",
    "observed_from": "Observed from",
    "observed_to": "Observed to",
    "written_at": "Written at",
}
"""What is said of a text that is being typed, by the names of the fields in its draft."""
DIVERGENCE_KINDS = {
    DivergenceKind.OCCURRENCE: "Occurrence: whether or how it happened",
    DivergenceKind.ATTENTION: "Attention: what was noticed",
    DivergenceKind.MEANING: "Meaning: what it is taken to be",
}
EXPLANATIONS = {
    Explanation.VANTAGE: "Vantage: where each of them was",
    Explanation.ROLE: "Role: what each was there to do",
    Explanation.TIME_OF_WRITING: "Time of writing",
}
DIVERGENCE_STANDINGS = {
    DivergenceStanding.OPEN: "Open",
    DivergenceStanding.DISCUSSED: "Discussed",
    DivergenceStanding.KEPT: "Kept: it stays as a finding",
}
PASSAGES = {
    "memo": "Memo",
    "stretch": "Stretch",
    "layer": "Layer",
    "time_mark": "Time",
    "addition": "Later addition",
    "moment_anchor": "Account of a moment",
    "divergence_passage": "Divergence",
}
"""What is made of passages besides codings."""


def made(kind: str, name: str) -> str:
    """What was made of a passage: a code by its name, else "Layer: Aside", "Time: 10:45"."""
    if kind == "coding":
        return name
    said = {"layer": lambda: LAYERS[LayerName(name)], "addition": lambda: moment(name)}.get(kind, lambda: name)()
    return f"{PASSAGES[kind]}: {said}"


def coded_too(made: int, there: int) -> str:
    """What is said where some of several passages had a code already."""
    now = "One passage was coded" if made == 1 else f"{number(made)} passages were coded"
    return f"{now}; {number(there)} had that code already"


def recoded_too(changed: int, there: int) -> str:
    """What is said where some of several passages had the code already that they were to get instead of another."""
    now = "One passage has" if changed == 1 else f"{number(changed)} passages have"
    stayed = "it was" if there == 1 else "they were"
    return f"{now} another code now; {number(there)} had it already, and stayed as {stayed}"


def without_words(count: int) -> str:
    """How many passages lost all their words."""
    return "One passage has no words left" if count == 1 else f"{number(count)} passages have no words left"


def standing(value: str | None) -> str:
    """A standing in words; of several, joined by commas, each."""
    if not value:
        return ""
    return ", ".join(STANDINGS.get(one, one) for one in value.split(", "))  # type: ignore[call-overload]


_VOCABULARIES: dict[Aspect, dict[Any, str]] = {
    Aspect.STANDING: STANDINGS,
    Aspect.KIND: KINDS,
    Aspect.PHASE: PHASES,
    Aspect.LAYER: LAYERS,
}


def value_of(aspect: Aspect, value: object, name: str) -> str:
    """A value by which passages are chosen: a word of a vocabulary as the window says it, any other by its name."""
    words = _VOCABULARIES.get(aspect)
    return words[value].lower() if words is not None and value in words else name


def number(count: int) -> str:
    """A whole number as the person's country writes it."""
    return QLocale().toString(count)


def codings(count: int) -> str:
    """How many codings, in words."""
    return "1 coding" if count == 1 else f"{number(count)} codings"


def passages(count: int) -> str:
    """How many passages, in words."""
    return "1 passage" if count == 1 else f"{number(count)} passages"


def observers(count: int) -> str:
    """How many observers, in words."""
    return "1 observer" if count == 1 else f"{number(count)} observers"


def divergences(count: int) -> str:
    """How many divergences, in words."""
    return "1 divergence" if count == 1 else f"{number(count)} divergences"


def words(count: int) -> str:
    """How many words, in words."""
    return "1 word" if count == 1 else f"{number(count)} words"


def moment(text: str | None) -> str:
    """A day or a time that a person gave, as the person's country writes it; as it was given where it is neither."""
    if not text:
        return ""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return text
    day = QDate(when.year, when.month, when.day)
    locale = QLocale()
    if len(text) == 10:
        return locale.toString(day, "ddd d MMM yyyy")
    return f"{locale.toString(day, 'ddd d MMM yyyy')}, {clock(text)}"


def added(one: Added) -> str:
    """What a later addition is called: "added Mon 3 Jun 2024 by Wren"."""
    return f"added {moment(one.dated)}" + (f" by {one.observer}" if one.observer else "")


def clock(text: str) -> str:
    """The time of day of a moment, in hours and minutes."""
    when = datetime.fromisoformat(text)
    return f"{when.hour:02}:{when.minute:02}"


def from_to(starts: str | None, ends: str | None) -> str:
    """A stretch of time: the day is said once where it is one day."""
    if not starts or not ends:
        return moment(starts or ends)
    if len(starts) > 10 and len(ends) > 10 and starts[:10] == ends[:10]:
        return f"{moment(starts)}–{clock(ends)}"
    return f"{moment(starts)} – {moment(ends)}"


def in_short(words: str) -> str:
    """What stands before a colon: "meaning" of "Meaning: what it is taken to be"."""
    return words.partition(":")[0].lower()


def session_time(starts: str | None, ends: str | None) -> str:
    """When a session was, without the year: "Tue 14 May, 10:00–12:15"."""
    if not starts:
        return moment(ends)
    when = datetime.fromisoformat(starts)
    day = QLocale().toString(QDate(when.year, when.month, when.day), "ddd d MMM")
    if len(starts) == 10:
        return day
    return f"{day}, {clock(starts)}" + (f"–{clock(ends)}" if ends and len(ends) > 10 else "")


def noted_at(microseconds: int) -> str:
    """A time that the program noted, in the machine's zone."""
    when = datetime.fromtimestamp(microseconds / 1_000_000).astimezone()
    return (
        f"{QLocale().toString(QDate(when.year, when.month, when.day), 'd MMM yyyy')}, {when.hour:02}:{when.minute:02}"
    )


def noted_lately(microseconds: int) -> str:
    """As `noted_at`, but that of today and yesterday only the time is told: "yesterday 14:32"."""
    when = datetime.fromtimestamp(microseconds / 1_000_000).astimezone()
    days = {0: "today", 1: "yesterday"}.get((datetime.now().astimezone().date() - when.date()).days)
    return f"{days} {when.hour:02}:{when.minute:02}" if days else noted_at(microseconds)


def draft_of(row: DraftRow, *, of_this: bool = False) -> str:
    """Of what a draft is: "A correction of “Day 2”". `of_this`: of the text that is shown."""
    if row.source is None:
        return f"A new text “{row.title}”" if row.title else "A new text"
    return f"A correction of {'this text' if of_this else f'“{row.title}”'}"


def draft(row: DraftRow, *, of_this: bool = False) -> str:
    """As `draft_of`, with when it was kept and by whom."""
    return f"{draft_of(row, of_this=of_this)} from {noted_lately(row.kept_at)}" + (f" by {row.by}" if row.by else "")


def take_ticked(count: int) -> str:
    """What a button says that takes what is ticked in a list."""
    if count < 2:
        return "Take the ticked one" if count else "Take the ticked"
    return f"Take the {number(count)} ticked"


def capitalised(words: str) -> str:
    """The same words with a capital first."""
    return words[:1].upper() + words[1:]


def memo_called(memo: WholeMemo) -> str:
    """What a memo is called in a list: its title, else how it begins."""
    return " ".join((memo.title or memo.text[:200]).split())


def memo_about(about: About) -> str:
    """What a memo is about: "code: Protest", "passage of Day 2: …"; of a free one, nothing."""
    if about.kind == FREE:
        return "nothing in particular"
    words = f": {' '.join(about.words.split())[:80]}" if about.words else ""
    if about.kind == PASSAGE:
        return f"passage of {about.source_title}{words}"
    return f"{about.kind}: {about.name}" if about.name else about.kind
