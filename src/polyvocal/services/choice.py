"""From the words by which a person chooses passages to the filter that they mean."""

from collections.abc import Mapping, Sequence
from typing import Any

from polyvocal.domain.errors import UserError
from polyvocal.domain.passages import NO_VALUE, CaseOf, PassageFilter
from polyvocal.domain.records import ConstituentGroup, Person, Session
from polyvocal.domain.text import shown
from polyvocal.domain.words import LayerName, Phase, SourceKind, StanceName, Standing
from polyvocal.services.attribute_words import attribute_asked
from polyvocal.services.references import kind_named, kind_of_record, named, near_names, resolve
from polyvocal.store.view import View

CHOICES: dict[str, str] = {
    "code": "coded with this code",
    "observer": "written by this observer",
    "standing": "written from this standing",
    "coder": "coded by this coder",
    "source": "in this source",
    "event": "about this event, as the source or the stretch is",
    "session": "about this session, as the source or the stretch is",
    "phase": "before, during or after",
    "concerns": "about this group or person",
    "group": "about this constituent group, and whom --concerns asks for",
    "participant": "about this person, and whom --concerns asks for",
    "by": "with a stance of this actor",
    "stance": "with this stance: generates, affirms or contests",
    "term": "with a stance on this term",
    "source_kind": f"in a source of this kind: {', '.join(SourceKind)}",
    "attribute": f"NAME=VALUE or NAME@CASE=VALUE, of a case: {', '.join(CaseOf)}; {NO_VALUE} is a value",
    "layer": f"with a code point in this layer: {', '.join(LayerName)}",
}
"""By what passages can be chosen, and what that means."""


def choose(view: View, words: Mapping[str, str | Sequence[str]]) -> PassageFilter:
    """The filter that words mean, keyed as in CHOICES; several words of one key: any of them will do.

    Raises UserError for a key there is not, and for a name that nothing bears.
    """
    unknown = words.keys() - CHOICES.keys()
    if unknown:
        raise UserError(f"passages are not chosen by {', '.join(sorted(unknown))}: use {', '.join(CHOICES)}")
    given = {key: [value] if isinstance(value, str) else list(value) for key, value in words.items()}

    def ids(key: str) -> frozenset[Any]:
        return frozenset(resolve(view, kind_named(key), one).id for one in given.get(key, ()))

    return PassageFilter(
        codes=ids("code"),
        observers=ids("observer"),
        standings=frozenset(_word(Standing, one) for one in given.get("standing", ())),
        coders=ids("coder"),
        sources=ids("source"),
        events=ids("event"),
        sessions=frozenset(one for title in given.get("session", ()) for one in _sessions(view, title)),
        phases=frozenset(_word(Phase, one) for one in given.get("phase", ())),
        concerns=frozenset(_party(view, one) for one in given.get("concerns", ())),
        actors=frozenset(_party(view, one) for one in given.get("by", ())),
        stances=frozenset(_word(StanceName, one) for one in given.get("stance", ())),
        groups=ids("group"),
        participants=frozenset(resolve(view, kind_named("person"), one).id for one in given.get("participant", ())),
        attributes=frozenset(attribute_asked(view, one) for one in given.get("attribute", ())),
        terms=ids("term"),
        layers=frozenset(_word(LayerName, one) for one in given.get("layer", ())),
        kinds=frozenset(_word(SourceKind, one) for one in given.get("source_kind", ())),
    )


_CALLED: dict[Any, str] = {
    Standing: "standing",
    Phase: "phase",
    StanceName: "stance",
    LayerName: "layer",
    SourceKind: "kind of source",
}


def _word(vocabulary: Any, word: str) -> Any:
    if word not in list(vocabulary):
        raise UserError(f"there is no {_CALLED[vocabulary]} {shown(word)}, but {', '.join(vocabulary)}")
    return vocabulary(word)


def _sessions(view: View, title: str) -> list[Any]:
    """All sessions of a title: several events may have a "plenary"."""
    found = named(view.all(Session), title, lambda session: session.title)
    return [one.id for one in found] or [resolve(view, kind_named("session"), title).id]


def _party(view: View, name: str) -> int:
    groups, people = view.all(ConstituentGroup), view.all(Person)
    found: list[ConstituentGroup | Person] = [one for one in groups if str(one.id) == name]
    found += [one for one in people if str(one.id) == name]
    if not found:
        found += named(groups, name, lambda one: one.name)
        found += named(people, name, lambda one: one.name)
    if len(found) == 1:
        return found[0].id
    if not found:
        near = near_names(name, [*(one.name for one in groups), *(one.name for one in people)])
        raise UserError(
            f"there is no group or person called {shown(name)}{near} "
            "See `polyvocal list PROJECT groups` and `polyvocal list PROJECT people`."
        )
    listed = "; ".join(f"{kind_of_record(type(one)).singular} {shown(one.name)} = {one.id}" for one in found)
    raise UserError(f"{len(found)} groups or people are called {shown(name)}: give the id of one ({listed})")
