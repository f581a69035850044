"""What a text itself says of its layers: quotation marks, brackets, and the habits of fieldnotes ("OC:", "Reflection").

All of it is proposed only: a person decides. Within a layer proposals never overlap; those of different layers may,
since speech is quoted within commentary and an aside is put into speech.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from polyvocal.domain.headings import bodies_of, headings_of
from polyvocal.domain.structure import Structure
from polyvocal.domain.words import LayerName


class LayerProposal(NamedTuple):
    """[start, end) in code points, the layer that it may be, and the reason, as words after "because"."""

    start: int
    end: int
    layer: LayerName
    why: str


_LABELS = {
    LayerName.COMMENTARY: r"o\.?\s?c\.?|observer(?:[’']?s)? comments?|comments?|commentary|analytic (?:note|memo)s?",
    LayerName.REFLECTION: r"reflections?|reflexive notes?|notes? to self|nts|personal notes?",
    LayerName.PARAPHRASE: r"paraphrased?",
    LayerName.ASIDE: r"asides?",
    LayerName.DESCRIPTION: r"descriptions?|what (?:I|we) saw",
}
_LABEL = {layer: re.compile(rf"\s*({words})\s*[:：]\s*\S", re.IGNORECASE) for layer, words in _LABELS.items()}
_HEADING = {layer: re.compile(rf"(?:\d+[.)]\s*)?({words})\s*:?", re.IGNORECASE) for layer, words in _LABELS.items()}
_PARAGRAPH = re.compile(r"\S[^\n]*")


def proposed_layers(text: str, structure: Structure = ()) -> list[LayerProposal]:
    """What may be which layer, sorted by (start, -end). Spans lie within the text; those of one layer lie apart."""
    found = [*_sections(text, structure), *_labelled(text), *_quoted(text), *_bracketed(text)]
    kept: dict[LayerName, list[LayerProposal]] = {}
    for one in found:  # what says most of a text comes first: a section has in it what is labelled
        there = kept.setdefault(one.layer, [])
        at = bisect_left(there, one)
        if not any(one.start < other.end and other.start < one.end for other in there[max(at - 1, 0) : at + 1]):
            there.insert(at, one)
    return sorted((one for of in kept.values() for one in of), key=lambda one: (one.start, -one.end, one.layer))


# --- sections and labels -----------------------------------------------------------------------------------------


def _sections(text: str, structure: Structure) -> Iterator[LayerProposal]:
    for heading, start, end in bodies_of(text, headings_of(text, structure)):
        for layer, pattern in _HEADING.items():
            if start < end and pattern.fullmatch(heading.title):
                yield LayerProposal(start, end, layer, f"it stands below the heading “{heading.title}”")


def _labelled(text: str) -> Iterator[LayerProposal]:
    for paragraph in _PARAGRAPH.finditer(text):
        for layer, pattern in _LABEL.items():
            label = pattern.match(paragraph[0])
            if label:
                end = paragraph.start() + len(paragraph[0].rstrip())
                yield LayerProposal(paragraph.start(), end, layer, f"its paragraph begins with “{label[1]}:”")
                break


# --- quotation marks ---------------------------------------------------------------------------------------------

_CLOSED_BY = {
    "“": "”", "„": "“”", "‟": "”", "”": "”", "«": "»", "»": "«", "‹": "›", "「": "」", "『": "』", "‘": "’", "‚": "‘’",
    '"': '"',
}  # fmt: skip
"""What closes what was opened. Swedes write ”so”, Danes »so«, Germans „so“, Poles „so”."""

_WORD = re.compile(r"\S")
_AMBIGUOUS = '"”»'
"""These open only where a word begins: elsewhere they close."""


_UNCLOSED = 10
"""So many marks of a paragraph may be unclosed; past that it is no prose, and the rest of it is not looked at."""
_PARAGRAPHS = 12
"""A quotation goes on over so many paragraphs at most."""


def _quoted(text: str) -> Iterator[LayerProposal]:
    """The outermost quotations. One that is not closed in its paragraph goes on only where the next opens it again."""
    at = unclosed = 0
    while at < len(text):
        unclosed = 0 if text[at] == "\n" else unclosed
        if text[at] in _CLOSED_BY and unclosed < _UNCLOSED and _opens(text, at):
            end = _closing(text, at)
            if end is not None:
                inside = text[at + 1 : end - 1]
                if any(map(str.isalnum, inside)):
                    single = "" if len(inside.split()) > 1 else "a single word "
                    why = f"it is {single}between {text[at]} and {text[end - 1]}"
                    yield LayerProposal(at, end, LayerName.QUOTED_SPEECH, why)
                at = end
                continue
            unclosed += 1
        at += 1


def _opens(text: str, at: int) -> bool:
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if not after or after == "\n":
        return False
    if mark in _AMBIGUOUS:
        return not after.isspace() and not before.isalnum() and before not in tuple(".,;:!?…")
    return mark not in "‘‚" or not before.isalnum()


def _closing(text: str, at: int) -> int | None:
    """Where a quotation that begins at a place ends; None where nothing closes it."""
    mark, start = text[at], at
    for _ in range(_PARAGRAPHS):
        line = text.find("\n", start)
        line = len(text) if line < 0 else line
        end = _in_paragraph(text, start, line, mark)
        if end is not None:
            return end
        start = next((one.start() for one in _WORD.finditer(text, line)), len(text))
        if text[start : start + 1] != mark:
            break
    return None


def _in_paragraph(text: str, start: int, line: int, mark: str) -> int | None:
    """Where the quotation that is opened at `start` is closed before the end of the paragraph, at `line`."""
    closers, depth = _CLOSED_BY[mark], 1
    possessive: int | None = None
    for at in range(start + 1, line):
        one = text[at]
        if one in closers and not (mark == "‘" and text[at + 1 : at + 2].isalnum()):
            if mark == "‘" and depth == 1 and _may_be_possessive(text, at):
                possessive = at + 1
                continue
            if mark == '"' and text[at - 1].isspace():
                continue
            depth -= 1
            if not depth:
                return at + 1
        elif one == mark:
            if mark == "‘" and possessive is not None:
                return possessive
            depth += 1
    return possessive


def _may_be_possessive(text: str, at: int) -> bool:
    """Whether an apostrophe may be that of "the nurses’ room": after an s, with a word behind."""
    return text[at - 1] in "sS" and text[at + 1 : at + 2] == " " and text[at + 2 : at + 3].isalpha()


# --- brackets ----------------------------------------------------------------------------------------------------

_BRACKETS = {"(": ")", "[": "]", "（": "）", "［": "］"}
_NOTE_MARK = re.compile(r"[\divxlc*†‡§#.,:–\s-]*|\w", re.IGNORECASE)


def _bracketed(text: str) -> Iterator[LayerProposal]:
    """What stands in the outermost brackets of a paragraph, but for marks of notes, numbers, and endings: nurse(s)."""
    for paragraph in _PARAGRAPH.finditer(text):
        words, opened = paragraph[0], []
        for at, one in enumerate(words):
            if one in _BRACKETS:
                opened.append(at)
            elif opened and one == _BRACKETS[words[opened[-1]]]:
                start = opened.pop()
                if not opened:
                    yield from _aside(words, start, at + 1, paragraph.start())


def _aside(words: str, start: int, end: int, shift: int) -> Iterable[LayerProposal]:
    inside = words[start + 1 : end - 1]
    if _NOTE_MARK.fullmatch(inside) or words[start - 1 : start].isalnum() or not any(map(str.isalpha, inside)):
        return ()
    for layer, pattern in _LABEL.items():
        label = pattern.match(inside)
        if label:
            return (LayerProposal(shift + start, shift + end, layer, f"its bracket begins with “{label[1]}:”"),)
    why = f"it is between {words[start]} and {words[end - 1]}"
    return (LayerProposal(shift + start, shift + end, LayerName.ASIDE, why),)
