"""Who can take a stance on which term, by name: the most likely first."""

from collections.abc import Iterable
from typing import NamedTuple

from polyvocal.domain.ids import CodingId
from polyvocal.domain.records import Coding, ConstituentGroup, Person, Term
from polyvocal.store.codings import StanceLink, stances_before
from polyvocal.store.view import View


class StanceNames(NamedTuple):
    """The names of groups and people, and of terms; what was used last stands first, all others by name."""

    parties: tuple[str, ...]
    terms: tuple[str, ...]
    actor: str = ""
    """Who most likely takes the next stance; nobody where there is nothing to tell it by."""
    term: str = ""


def stance_names(view: View, coding: CodingId) -> StanceNames:
    """What can be named in a stance on a coding.

    Most likely are the actor and the term of the last stance on it; else on what its coder coded of the same words;
    else with the same code; else anywhere. Whom the coding concerns tells nothing: that is never read as who acts.
    """
    groups = {int(one.id): one.name for one in view.all(ConstituentGroup)}
    people = {int(one.id): one.name for one in view.all(Person)}
    terms = {int(one.id): one.name for one in view.all(Term)}
    about = view.get(Coding, coding)
    before = stances_before(view, about) if about is not None else []
    last = before[0] if before else None
    parties = {**groups, **people}
    return StanceNames(
        _used_first(parties, _parties(before), [*_by_name(groups.values()), *_by_name(people.values())]),
        _used_first(terms, (one.term for one in before), _by_name(terms.values())),
        parties[last.actor] if last else "",
        terms[last.term] if last else "",
    )


def _parties(stances: Iterable[StanceLink]) -> Iterable[int]:
    for one in stances:
        yield one.actor
        if one.toward is not None:
            yield one.toward


def _by_name(names: Iterable[str]) -> list[str]:
    return sorted(names, key=str.casefold)


def _used_first(names: dict[int, str], used: Iterable[int], others: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*(names[one] for one in used), *others]))
