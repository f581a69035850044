"""What can be compared with what, and how its values are named and ordered."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from polyvocal.domain.codetree import in_tree_order
from polyvocal.domain.words import Phase, RoleName, Standing
from polyvocal.services.analysis.question import Question, told_apart
from polyvocal.store.codings import actors_of_stances, names_of_stances, parties_concerned


class Dimension(StrEnum):
    """What can be the rows or the columns."""

    CODE = "code"
    CODER = "coder"
    OBSERVER = "observer"
    STANDING = "standing"
    SOURCE = "source"
    EVENT = "event"
    SESSION = "session"
    PHASE = "phase"
    GROUP = "group"
    ACTOR = "actor"
    STANCE = "stance"
    TERM = "term"


class Family(StrEnum):
    """Where a dimension's value comes from. Two of one family are read off the same author (occasion, stance)."""

    CODING = "coding"
    SOURCE = "source"
    AUTHOR = "author"
    OCCASION = "occasion"
    CONCERN = "concern"
    STANCE = "stance"


FAMILY = {
    Dimension.CODE: Family.CODING,
    Dimension.CODER: Family.CODING,
    Dimension.OBSERVER: Family.AUTHOR,
    Dimension.STANDING: Family.AUTHOR,
    Dimension.SOURCE: Family.SOURCE,
    Dimension.EVENT: Family.OCCASION,
    Dimension.SESSION: Family.OCCASION,
    Dimension.PHASE: Family.OCCASION,
    Dimension.GROUP: Family.CONCERN,
    Dimension.ACTOR: Family.STANCE,
    Dimension.STANCE: Family.STANCE,
    Dimension.TERM: Family.STANCE,
}

OF_ACCOUNTS = frozenset({Family.SOURCE, Family.AUTHOR, Family.OCCASION})
"""The families to which an account belongs as a whole, whatever is coded in it."""

STANDINGS, PHASES = tuple(Standing), tuple(Phase)


@dataclass(frozen=True, slots=True)
class Axis:
    """The values of a dimension in their order: what they are known by, and their names, no two of them the same.

    A key is an id; of a source the place of the account, of a standing, phase or stance that in its vocabulary.
    """

    dimension: Dimension
    keys: tuple[int, ...]
    names: tuple[str, ...]


def axis(dimension: Dimension, question: Question) -> Axis:
    """The values that a dimension has in a project, as far as the filter leaves them."""
    names = _VALUES[dimension](question)
    return Axis(dimension, tuple(names), tuple(names.values()))


def _codes(question: Question) -> dict[int, str]:
    codes = question.setting.codes
    names: dict[int, str] = {code.id: code.name for _, code in in_tree_order(codes.values())}
    return _only(question.chosen.codes, told_apart(names, {code: question.setting.code_path(code) for code in names}))


def _coders(question: Question) -> dict[int, str]:
    """Whoever is a coder or has coded."""
    ids = _with_role(question, RoleName.CODER)
    ids.update(question.held.codings.coders())
    return _only(question.chosen.coders, _by_name({one: question.people[one] for one in ids}))


def _observers(question: Question) -> dict[int, str]:
    """Whoever is an observer, also one who wrote nothing: by standing, then by name."""
    chosen, people = question.chosen, question.setting.people
    ids = _with_role(question, RoleName.OBSERVER) | question.held.authors
    names = _by_name(
        {one: question.people[one] for one in ids if not chosen.standings or people[one].standing in chosen.standings}
    )

    def place(person: int) -> int:
        standing = people[person].standing
        return len(STANDINGS) if standing is None else STANDINGS.index(standing)

    return _only(chosen.observers, {one: names[one] for one in sorted(names, key=place)})


def _with_role(question: Question, role: RoleName) -> set[int]:
    return {one.person for one in question.held.roles() if one.role is role}


def _standings(question: Question) -> dict[int, str]:
    chosen = question.chosen.standings
    return {number: one.value for number, one in enumerate(STANDINGS) if not chosen or one in chosen}


def _sources(question: Question) -> dict[int, str]:
    titles = told_apart({account.info.source.id: account.info.source.title for account in question.accounts})
    return dict(enumerate(titles.values()))


def _events(question: Question) -> dict[int, str]:
    events = sorted(question.setting.events.values(), key=lambda one: (one.starts or "~", one.id))
    return _only(question.chosen.events, told_apart({one.id: one.title for one in events}))


def _sessions(question: Question) -> dict[int, str]:
    """The sessions of the events in question."""
    chosen, events = question.chosen, question.setting.events
    sessions = sorted(question.setting.sessions.values(), key=lambda one: (one.starts or "~", one.id))
    longer: dict[int, str] = {one.id: f"{events[one.event].title} / {one.title}" for one in sessions}
    titles: dict[int, str] = {one.id: one.title for one in sessions}
    names = told_apart(titles, longer)
    asked = (one.id for one in sessions if not chosen.events or one.event in chosen.events)
    return _only(chosen.sessions, {one: names[one] for one in asked})


def _phases(question: Question) -> dict[int, str]:
    chosen = question.chosen.phases
    return {number: one.value for number, one in enumerate(PHASES) if not chosen or one in chosen}


def _concerned(question: Question) -> dict[int, str]:
    return _only(question.chosen.concerns, _parties(question, parties_concerned(question.view)))


def _actors(question: Question) -> dict[int, str]:
    return _only(question.chosen.actors, _parties(question, actors_of_stances(question.view)))


def _stances(question: Question) -> dict[int, str]:
    chosen = question.chosen.stances
    names = names_of_stances(question.view)
    return {number: name for number, name in enumerate(names) if not chosen or name in chosen}


def _terms(question: Question) -> dict[int, str]:
    terms = question.setting.terms.values()
    return _only(question.chosen.terms, _by_name(told_apart({one.id: one.name for one in terms})))


def _parties(question: Question, ids: Iterable[int]) -> dict[int, str]:
    """Groups and people, among all of whom their names are told apart."""
    names: dict[int, str] = {one.id: one.name for one in question.setting.groups.values()}
    names |= {one.id: one.name for one in question.setting.people.values()}
    apart = told_apart(names)
    return _by_name({one: apart[one] for one in ids})


def _by_name(names: Mapping[int, str]) -> dict[int, str]:
    return dict(sorted(names.items(), key=lambda item: (item[1].casefold(), item[0])))


def _only(wanted: frozenset[int], names: Mapping[int, str]) -> dict[int, str]:
    return {key: name for key, name in names.items() if not wanted or key in wanted}


_VALUES: dict[Dimension, Callable[[Question], dict[int, str]]] = {
    Dimension.CODE: _codes,
    Dimension.CODER: _coders,
    Dimension.OBSERVER: _observers,
    Dimension.STANDING: _standings,
    Dimension.SOURCE: _sources,
    Dimension.EVENT: _events,
    Dimension.SESSION: _sessions,
    Dimension.PHASE: _phases,
    Dimension.GROUP: _concerned,
    Dimension.ACTOR: _actors,
    Dimension.STANCE: _stances,
    Dimension.TERM: _terms,
}
