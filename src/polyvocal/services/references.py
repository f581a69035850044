"""From what a person types to the thing that is meant: an id, or a name where only one thing bears it."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from polyvocal.domain.codetree import PATH_MARK, path_of
from polyvocal.domain.comparisons import Comparison, CounterExample, Snapshot
from polyvocal.domain.errors import UserError
from polyvocal.domain.moments import Divergence, DivergencePassage, Moment, MomentAnchor
from polyvocal.domain.record import Record
from polyvocal.domain.records import (
    Addition,
    Attribute,
    AttributeValue,
    Code,
    Coding,
    Concern,
    ConstituentGroup,
    Event,
    Layer,
    Memo,
    Person,
    Presence,
    Project,
    Reading,
    Series,
    Session,
    Source,
    Stance,
    Stretch,
    Term,
    TimeMark,
)
from polyvocal.domain.text import MAX_NAME, shown
from polyvocal.store.view import View

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing as a person names it ("groups"), its record, and the field that holds its name, if it has one."""

    singular: str
    plural: str
    record: type[Any]
    name: str | None


_ID_LENGTHS = range(10, 20)
"""A number of fewer or more digits is a name."""

_ID_LIMIT = 1 << 63

_CANDIDATES = 10

KINDS: tuple[Kind, ...] = (
    Kind("project", "projects", Project, "title"),
    Kind("source", "sources", Source, "title"),
    Kind("observer", "observers", Person, "name"),
    Kind("coder", "coders", Person, "name"),
    Kind("person", "people", Person, "name"),
    Kind("group", "groups", ConstituentGroup, "name"),
    Kind("series", "series", Series, "title"),
    Kind("event", "events", Event, "title"),
    Kind("session", "sessions", Session, "title"),
    Kind("presence", "presence", Presence, None),
    Kind("term", "terms", Term, "name"),
    Kind("code", "codes", Code, "name"),
    Kind("coding", "codings", Coding, None),
    Kind("concern", "concerns", Concern, None),
    Kind("stance", "stances", Stance, None),
    Kind("memo", "memos", Memo, "title"),
    Kind("reading", "readings", Reading, None),
    Kind("stretch", "stretches", Stretch, None),
    Kind("layer", "layers", Layer, None),
    Kind("time-mark", "time-marks", TimeMark, None),
    Kind("addition", "additions", Addition, None),
    Kind("attribute", "attributes", Attribute, "name"),
    Kind("value", "values", AttributeValue, None),
    Kind("moment", "moments", Moment, "title"),
    Kind("anchor", "anchors", MomentAnchor, None),
    Kind("divergence", "divergences", Divergence, "title"),
    Kind("divergence-passage", "divergence-passages", DivergencePassage, None),
    Kind("comparison", "comparisons", Comparison, "title"),
    Kind("snapshot", "snapshots", Snapshot, None),
    Kind("counter-example", "counter-examples", CounterExample, None),
)


def kind_named(word: str) -> Kind:
    """The kind that a word names, in singular or plural. UserError, with the words there are, if none."""
    for kind in KINDS:
        if word.casefold() in (kind.singular, kind.plural):
            return kind
    near = near_names(word, [name for kind in KINDS for name in (kind.singular, kind.plural)])
    raise UserError(f"there is no kind {shown(word)}{near} Kinds are {', '.join(kind.singular for kind in KINDS)}.")


def kind_of_record(cls: type) -> Kind:
    """The kind of a record's class, as a person names it."""
    return next(kind for kind in reversed(KINDS) if kind.record is cls)


def with_article(kind: Kind) -> str:
    """A kind as one of several: "an event", "a person"."""
    return f"{'an' if kind.singular[0] in 'aeiou' else 'a'} {kind.singular}"


def folded(name: str) -> str:
    """A name as it is compared: composed, without regard to case and to how much white space there is."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def named(things: Iterable[R], name: str, name_of: Callable[[R], str | None]) -> list[R]:
    """The things that bear a name: those that bear it to the letter, else those that bear it but for case."""
    things = list(things)
    exact = [thing for thing in things if name_of(thing) == name]
    return exact or [thing for thing in things if folded(name_of(thing) or "") == folded(name)]


def is_id(reference: str) -> bool:
    """Whether a reference has the form of an id, which no name has."""
    return reference.isdecimal() and len(reference) in _ID_LENGTHS and int(reference) < _ID_LIMIT


def lookup(view: View, kind: Kind, reference: str, *, among: Sequence[Any] | None = None) -> Any:
    """The one record of a kind that a reference means, or None.

    Raises UserError where several bear the name: the candidates are told with their ids.
    """
    reference = as_text(reference).strip()
    if is_id(reference):
        found = view.get(kind.record, int(reference))
        if found is not None:
            return found
    name = kind.name
    if name is None:
        return None
    candidates: Sequence[Any] = view.find(kind.record, **{name: reference}) if among is None else ()
    if not candidates:
        things = view.all(kind.record) if among is None else among
        candidates = named(things, reference, lambda thing: getattr(thing, name))
    if not candidates and kind.record is Code:
        candidates = _by_path(view, reference)
    if not candidates and kind.record is Moment:
        candidates = _by_session(view, reference)
    if len(candidates) > 1:
        listed = "; ".join(f"{_described(view, one, name)} = {one.id}" for one in candidates[:_CANDIDATES])
        more = "; ..." if len(candidates) > _CANDIDATES else ""
        raise UserError(
            f"{len(candidates)} {kind.plural} are called {shown(reference)}: give the id of one ({listed}{more})"
        )
    return candidates[0] if candidates else None


def _by_path(view: View, reference: str) -> list[Code]:
    """The codes that bear a whole path, as reports write it: "means of protest / leaving early"."""
    if PATH_MARK not in reference:
        return []
    codes: dict[int, Code] = {code.id: code for code in view.all(Code)}
    return named(codes.values(), reference, lambda code: path_of(codes, code.id))


def _by_session(view: View, reference: str) -> list[Moment]:
    """The moments without a title of their own that are listed by that of their session."""
    titles: dict[int, str] = {one.id: one.title for one in view.all(Session)}
    untitled = [one for one in view.all(Moment) if one.title is None and one.session is not None]
    return named(untitled, reference, lambda one: titles[one.session or 0])


def resolve(view: View, kind: Kind, reference: str) -> Any:
    """The one record of a kind that a reference means.

    Raises UserError: none bears it (near names are told), or several do (the candidates are told with their ids).
    """
    found = lookup(view, kind, reference)
    if found is not None:
        return found
    see = f"See `polyvocal list PROJECT {kind.plural}`."
    if kind.name is None:
        raise UserError(f"there is no {kind.singular} with the id {shown(reference)}. {see}")
    names = [getattr(one, kind.name) for one in view.all(kind.record)]
    raise UserError(f"there is no {kind.singular} called {shown(reference)}{near_names(reference, names)} {see}")


def as_text(words: str) -> str:
    """The same words. UserError for half a character, such as a terminal makes of a byte that is no UTF-8."""
    try:
        words.encode()
    except UnicodeEncodeError:
        raise UserError(f"{shown(words)} holds half a character, which no name has: type it anew, in UTF-8") from None
    return words


def near_names(name: str, names: Iterable[str | None]) -> str:
    """The end of a sentence that says that nothing bears a name: those that are spelt nearly so."""
    from difflib import get_close_matches

    spelt = {folded(one): one for one in names if one}
    near = get_close_matches(folded(name[:MAX_NAME]), spelt, n=3)
    return f"; is it {' or '.join(shown(spelt[one]) for one in near)}?" if near else "."


def _described(view: View, thing: Any, name: str) -> str:
    """How one of several that bear a name is told from the others: a code by its parent, a session by its event."""
    where = ""
    if isinstance(thing, Code) and thing.parent is not None:
        where = f" below {shown(view.need(Code, thing.parent).name)}"
    elif isinstance(thing, Session | Moment):
        where = f" of {shown(view.need(Event, thing.event).title)}"
    return f"{shown(getattr(thing, name))}{where}"
