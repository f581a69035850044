"""From what a person types to the thing that is meant: an id, or a name where only one thing bears it."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from polyvocal.domain.errors import UserError
from polyvocal.domain.record import Record
from polyvocal.domain.records import (
    Code,
    Coding,
    Concern,
    ConstituentGroup,
    Event,
    Memo,
    Person,
    Presence,
    Reading,
    Series,
    Session,
    Source,
    Stance,
    Term,
)
from polyvocal.store.view import View

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing as a person names it ("groups"), its record, and the field that holds its name, if it has one."""

    singular: str
    plural: str
    record: type[Any]
    name: str | None


_SHORT_NUMBER = 9
"""A number of so many digits is a name: ids have at least ten."""

KINDS: tuple[Kind, ...] = (
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
)


def kind_named(word: str) -> Kind:
    """The kind that a word names, in singular or plural. UserError, with the words there are, if none."""
    for kind in KINDS:
        if word.casefold() in (kind.singular, kind.plural):
            return kind
    raise UserError(f"there is no kind {word!r}: use one of {', '.join(kind.singular for kind in KINDS)}")


def kind_of_record(cls: type) -> Kind:
    """The kind of a record's class, as a person names it."""
    return next(kind for kind in reversed(KINDS) if kind.record is cls)


def folded(name: str) -> str:
    """A name as it is compared: composed, without regard to case and to how much white space there is."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def named(things: Iterable[R], name: str, name_of: Callable[[R], str | None]) -> list[R]:
    """The things that bear a name: those that bear it to the letter, else those that bear it but for case."""
    things = list(things)
    exact = [thing for thing in things if name_of(thing) == name]
    return exact or [thing for thing in things if folded(name_of(thing) or "") == folded(name)]


def lookup(view: View, kind: Kind, reference: str, *, among: Sequence[Any] | None = None) -> Any:
    """The one record of a kind that a reference means, or None.

    Raises UserError where several bear the name: the candidates are told with their ids.
    """
    reference = reference.strip()
    if reference.isdecimal() and len(reference) > _SHORT_NUMBER:
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
    if len(candidates) > 1:
        listed = "; ".join(f"{getattr(one, name)} = {one.id}" for one in candidates[:10])
        raise UserError(f"{len(candidates)} {kind.plural} are called {reference!r}: give the id of one ({listed})")
    return candidates[0] if candidates else None


def resolve(view: View, kind: Kind, reference: str) -> Any:
    """The one record of a kind that a reference means.

    Raises UserError: none bears it (near names are told), or several do (the candidates are told with their ids).
    """
    found = lookup(view, kind, reference)
    if found is not None:
        return found
    see = f"See `polyvocal list PROJECT {kind.plural}`."
    if kind.name is None:
        raise UserError(f"there is no {kind.singular} with the id {reference}. {see}")
    names = [getattr(one, kind.name) for one in view.all(kind.record)]
    raise UserError(f"there is no {kind.singular} called {reference!r}{_near(reference, names)}. {see}")


def _near(name: str, names: Iterable[str | None]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - needed only to word a refusal

    near = get_close_matches(name, [one for one in names if one], n=3)
    return f"; is it {' or '.join(map(repr, near))}?" if near else ""
