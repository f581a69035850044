"""Moving the ends of what has a place in a text: it is about other words from now on, and keeps all else."""

import re
from collections.abc import Mapping
from typing import Final

from polyvocal.domain.around import Piece, grown
from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import SourceVersionId
from polyvocal.domain.moments import DivergencePassage, MomentAnchor
from polyvocal.domain.records import Coding, Layer, Memo, SourceVersion, Stretch, TimeMark
from polyvocal.domain.spans import Span
from polyvocal.domain.text import shown
from polyvocal.domain.versions import map_between
from polyvocal.services.commands.codings import refuse_same
from polyvocal.services.commands.layers import cover
from polyvocal.services.commands.moments import refuse_marked
from polyvocal.services.commands.passage import Text, text_of
from polyvocal.services.commands.stretches import refuse_overlap
from polyvocal.services.commands.time_marks import refuse_overlapping
from polyvocal.services.references import Kind, kind_named, kind_of_record, resolve
from polyvocal.store.file import ProjectFile
from polyvocal.store.unit import Unit
from polyvocal.store.view import View

Ended = Coding | Layer | Memo | Stretch | TimeMark | MomentAnchor | DivergencePassage
ENDS: Final = ("start", "end")
_NUMBER = re.compile("[0-9]{1,18}")


def move_ends(
    file: ProjectFile, kind_word: str, reference: str, span: Span, seen: SourceVersionId | None = None
) -> ChangeSet:
    """Let a coding, layer, stretch, memo, time mark, anchor or passage of a divergence be about [start, end).

    These are code points of the version `seen`, or of the newest.
    What lost its words to a correction gets words again so. A layer becomes one with those of its kind that it then
    overlaps. Raises UserError for a span that is not in the text, for a memo that is about no passage, where a stretch
    would overlap another about its event, a time mark another, or an anchor another of its moment, and where its coder
    has coded just that with the same code already.
    """
    kind = kind_named(kind_word)

    def work(unit: Unit) -> None:
        thing = _ended(kind, resolve(unit, kind, reference))
        _set(unit, thing, _text(unit, thing), span, seen)

    return file.write(f"move {kind.singular}", work)


def extend_ends(
    file: ProjectFile, kind_word: str, reference: str, *, start: int = 0, end: int = 0, by: Piece = Piece.WORD
) -> ChangeSet:
    """Move the start and the end of what has a place in a text outward by so many words or sentences.

    A negative number moves inward. Raises UserError as `move_ends` does, and where nothing would be left.
    """
    kind = kind_named(kind_word)

    def work(unit: Unit) -> None:
        thing = _ended(kind, resolve(unit, kind, reference))
        text = _text(unit, thing)
        span = grown(unit.text(text.version.text_hash), place_of(unit, thing), by, start=start, end=end)
        if span is None:
            raise UserError(f"that would leave nothing of the {kind.singular}: move its ends less far, or remove it")
        _set(unit, thing, text, span, None)

    return file.write(f"extend {kind.singular}", work)


def _ended(kind: Kind, thing: object) -> Ended:
    """A thing that has ends in a text. UserError for any other."""
    if not isinstance(thing, Ended):
        raise UserError(
            f"{kind.singular} is nothing that can be moved: name a coding, layer, stretch, memo, time-mark, anchor or "
            "divergence-passage"
        )
    return thing


def put_at(unit: Unit, thing: Ended, span: Span) -> None:
    """Let a thing be about a span of the current version, within an operation that is open; as `move_ends` does."""
    _set(unit, thing, _text(unit, thing), span, None)


def place_of(view: View, thing: Ended) -> Span:
    """Where a thing is in the current version, in code points. UserError where its words were corrected away."""
    place = _place(_text(view, thing), thing)
    if place is None:
        raise UserError(
            f"the words of {kind_of_record(type(thing)).singular} {thing.id} were corrected away: give it others "
            "first, or leave it out"
        )
    return place


def refuse_double(unit: Unit, coding: Coding) -> None:
    """Raise UserError where its coder has coded just that with the same code already."""
    text = _text(unit, coding)
    place = _place(text, coding)
    if place is not None:
        refuse_same(unit, text, place, coding)


def set_ends(unit: Unit, thing: Ended, words: Mapping[str, str]) -> Ended:
    """Set one end or both as the words say, within an operation that is open, and give the thing as it is then.

    Raises UserError as `move_ends` does.
    """
    text = _text(unit, thing)
    place = _place(text, thing)
    numbers = {}
    for name in ENDS:
        if name not in words and place is None:
            raise UserError("its words were corrected away: give it both a new start and a new end")
        word = words.get(name, "")
        if name in words and not _NUMBER.fullmatch(word):
            raise UserError(f"the {name} is a number of code points from the start of the text, not {shown(word)}")
        numbers[name] = int(word) if name in words else getattr(place, name)
    return _set(unit, thing, text, Span(**numbers), None)


def _text(view: View, thing: Ended) -> Text:
    if thing.version is None:
        raise UserError("this memo is about no passage, so there are no ends to move: write a memo about the passage")
    return text_of(view, str(view.need(SourceVersion, thing.version).source))


def _place(text: Text, thing: Ended) -> Span | None:
    assert thing.version is not None
    assert thing.start is not None
    assert thing.end is not None
    return map_between(text.versions, thing.version, text.version.id).place(Span(thing.start, thing.end))


def _set(unit: Unit, thing: Ended, text: Text, span: Span, seen: SourceVersionId | None) -> Ended:
    place = text.now(span, seen)
    match thing:
        case Stretch():
            refuse_overlap(unit, text, place, thing.event, but=thing.id)
        case Layer():
            return cover(unit, text, thing, place)
        case Coding():
            refuse_same(unit, text, place, thing)
        case TimeMark():
            refuse_overlapping(unit, text, [place], but=thing.id)
        case MomentAnchor():
            refuse_marked(unit, text, place, thing.moment, but=thing.id)
    return unit.change(thing, version=text.version.id, start=place.start, end=place.end)
