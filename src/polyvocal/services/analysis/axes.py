"""The axes of a table: which values a dimension has in a project, as far as a filter leaves them."""

from collections.abc import Callable, Iterable, Mapping

from polyvocal.domain.attributes import sort_key
from polyvocal.domain.codetree import in_tree_order
from polyvocal.domain.passages import NO_VALUE
from polyvocal.domain.words import LayerName, Phase, RoleName, SourceKind, Standing
from polyvocal.services.analysis.dimensions import Along, Axis, Dimension, only, plain_axis
from polyvocal.services.analysis.question import Question, attribute_of_case, told_apart

STANDINGS, PHASES, KINDS, LAYERS = tuple(Standing), tuple(Phase), tuple(SourceKind), tuple(LayerName)


def axis(along: Along, question: Question) -> Axis:
    """The axis of what is asked for, in a project and under a filter."""
    names = _VALUES[along.dimension](question)
    if along.attribute is not None:
        return _attribute_axis(along, question, names)
    if along.dimension is Dimension.CODE:
        return _code_axis(along, question, names)
    return plain_axis(along, names, "kind of source" if along.dimension is Dimension.KIND else "")


def _attribute_axis(along: Along, question: Question, cases: Mapping[int, str]) -> Axis:
    """The values of an attribute in their order, last NO_VALUE where a case has none."""
    assert along.attribute is not None
    held = question.held.case_values
    attribute = held.attributes[along.attribute]
    sources = question.accounts.sources
    of_source = along.dimension is Dimension.SOURCE
    value = {key: held.value(attribute.id, int(sources[key]) if of_source else key) for key in cases}
    known = sorted(set(value.values()) - {NO_VALUE}, key=lambda one: sort_key(attribute.type, one))
    names = [*known, NO_VALUE] if NO_VALUE in value.values() else known
    places = {name: at for at, name in enumerate(names)}
    title = attribute_of_case(attribute, along.dimension)
    return Axis(along, title, tuple(cases), tuple(places[value[key]] for key in cases), tuple(names))


def _code_axis(along: Along, question: Question, names: Mapping[int, str]) -> Axis:
    codes = question.setting.codes
    row_of: dict[int, int] = {}  # the code in whose place each code stands
    depth_of: dict[int, int] = {}
    fold: tuple[int, int] | None = None  # the depth and the code of what is folded around
    for depth, code in in_tree_order(codes.values()):
        if fold is None or depth <= fold[0]:
            fold = (depth, code.id) if code.id in along.folded else None
            row_of[code.id], depth_of[code.id] = code.id, depth
        else:
            row_of[code.id] = fold[1]
    shown = {code: names_of for code, names_of in _names_of_codes(question).items() if code in depth_of}
    keys = [code for code in row_of if code in names]
    rows = list(dict.fromkeys(row_of[code] for code in keys))
    at = {row: place for place, row in enumerate(rows)}
    return Axis(
        along,
        Dimension.CODE.value,
        tuple(keys),
        tuple(at[row_of[code]] for code in keys),
        tuple(shown[row] for row in rows),
        tuple(depth_of[row] for row in rows),
        tuple(question.setting.code_path(row) for row in rows),
    )


def _names_of_codes(question: Question) -> dict[int, str]:
    names: dict[int, str] = {code.id: code.name for _, code in in_tree_order(question.setting.codes.values())}
    return told_apart(names, {code: question.setting.code_path(code) for code in names})


def _codes(question: Question) -> dict[int, str]:
    return only(question.chosen.codes, _names_of_codes(question))


def _coders(question: Question) -> dict[int, str]:
    """Whoever is a coder or has coded."""
    ids = _with_role(question, RoleName.CODER)
    ids.update(question.held.codings.coders())
    return only(question.chosen.coders, _by_name({one: question.people[one] for one in ids}))


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

    return only(chosen.observers, {one: names[one] for one in sorted(names, key=place)})


def _with_role(question: Question, role: RoleName) -> set[int]:
    return {one.person for one in question.held.roles() if one.role is role}


def _standings(question: Question) -> dict[int, str]:
    chosen = question.chosen.standings
    return {number: one.value for number, one in enumerate(STANDINGS) if not chosen or one in chosen}


def _sources(question: Question) -> dict[int, str]:
    each = question.accounts.each
    titles = told_apart({account.info.source.id: account.info.source.title for account in each})
    return dict(enumerate(titles.values()))


def _kinds(question: Question) -> dict[int, str]:
    chosen = question.chosen.kinds
    return {number: one.value for number, one in enumerate(KINDS) if not chosen or one in chosen}


def _events(question: Question) -> dict[int, str]:
    events = sorted(question.setting.events.values(), key=lambda one: (one.starts or "~", one.id))
    return only(question.chosen.events, told_apart({one.id: one.title for one in events}))


def _sessions(question: Question) -> dict[int, str]:
    """The sessions of the events in question."""
    chosen, events = question.chosen, question.setting.events
    sessions = sorted(question.setting.sessions.values(), key=lambda one: (one.starts or "~", one.id))
    longer: dict[int, str] = {one.id: f"{events[one.event].title} / {one.title}" for one in sessions}
    titles: dict[int, str] = {one.id: one.title for one in sessions}
    names = told_apart(titles, longer)
    asked = (one.id for one in sessions if not chosen.events or one.event in chosen.events)
    return only(chosen.sessions, {one: names[one] for one in asked})


def _phases(question: Question) -> dict[int, str]:
    chosen = question.chosen.phases
    return {number: one.value for number, one in enumerate(PHASES) if not chosen or one in chosen}


def _groups(question: Question) -> dict[int, str]:
    return only(groups_asked(question), _parties(question, question.held.groups.different[0]))


def _participants(question: Question) -> dict[int, str]:
    return only(participants_asked(question), _parties(question, question.held.participants.different[0]))


def groups_asked(question: Question) -> frozenset[int]:
    """The groups that a filter asks for; none where any will do."""
    return question.chosen.groups or question.chosen.concerns & question.setting.groups.keys()


def participants_asked(question: Question) -> frozenset[int]:
    """The participants that a filter asks for; none where any will do."""
    return question.chosen.participants or question.chosen.concerns & question.setting.people.keys()


def _actors(question: Question) -> dict[int, str]:
    return only(question.chosen.actors, _parties(question, question.held.stances.different[0]))


def _stances(question: Question) -> dict[int, str]:
    """The three of the field, then those of the project by their names."""
    chosen = question.chosen.stances
    return {at: name for at, name in question.held.names_of_stances() if not chosen or name in chosen}


def _terms(question: Question) -> dict[int, str]:
    terms = question.setting.terms.values()
    return only(question.chosen.terms, _by_name(told_apart({one.id: one.name for one in terms})))


def _layers(question: Question) -> dict[int, str]:
    chosen = question.chosen.layers
    return {number: one.value for number, one in enumerate(LAYERS) if not chosen or one in chosen}


def _parties(question: Question, ids: Iterable[int]) -> dict[int, str]:
    """Groups and people, among all of whom their names are told apart."""
    names: dict[int, str] = {one.id: one.name for one in question.setting.groups.values()}
    names |= {one.id: one.name for one in question.setting.people.values()}
    apart = told_apart(names)
    return _by_name({one: apart[one] for one in ids})


def _by_name(names: Mapping[int, str]) -> dict[int, str]:
    return dict(sorted(names.items(), key=lambda item: (item[1].casefold(), item[0])))


_VALUES: dict[Dimension, Callable[[Question], dict[int, str]]] = {
    Dimension.CODE: _codes,
    Dimension.CODER: _coders,
    Dimension.OBSERVER: _observers,
    Dimension.STANDING: _standings,
    Dimension.SOURCE: _sources,
    Dimension.KIND: _kinds,
    Dimension.EVENT: _events,
    Dimension.SESSION: _sessions,
    Dimension.PHASE: _phases,
    Dimension.GROUP: _groups,
    Dimension.PARTICIPANT: _participants,
    Dimension.ACTOR: _actors,
    Dimension.STANCE: _stances,
    Dimension.TERM: _terms,
    Dimension.LAYER: _layers,
}
