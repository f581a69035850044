"""How excerpts are grouped, and what is said of each, in the same words in every form."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from polyvocal.domain.errors import UserError
from polyvocal.domain.passages import OF_A_LAYER, CodedPassage, StanceRow
from polyvocal.domain.words import Phase, StanceName, Standing
from polyvocal.exchange.writers.formats.characters import set_apart

NO_PASSAGES = "No coded passage is meant by these filters."
GONE = "These words are no longer in the current text; they are shown as they were when they were coded."

_GROUPS: dict[str, Callable[[CodedPassage], Iterable[str]]] = {
    "code": lambda one: (one.code_path,),
    "observer": lambda one: one.observers,
    "coder": lambda one: (one.coder,),
    # phases and standings are fixed words, so that their lists can be taken apart; titles cannot
    "phase": lambda one: one.phase.split("; ") if one.phase else (),
    "standing": lambda one: one.standing.split(", ") if one.standing else (),
    "source": lambda one: (one.source_title,),
    "session": lambda one: (one.session,) if one.session else (),
    "event": lambda one: (one.event,) if one.event else (),
    "stance": lambda one: (stance.stance for stance in one.stances),
}
GROUPS = tuple(_GROUPS)
_ORDERS: dict[str, tuple[str, ...]] = {
    "phase": tuple(Phase),
    "standing": tuple(Standing),
    "stance": tuple(StanceName),
}


def groups_of(group_by: str) -> Callable[[CodedPassage], tuple[str, ...]]:
    """What answers the groups under which a passage is shown: several observers are several groups.

    Raises UserError, naming the ways that there are, for another.
    """
    if group_by not in _GROUPS:
        raise UserError(
            f"excerpts cannot be grouped by {group_by}: group them by {', '.join(GROUPS[:-1])} or {GROUPS[-1]}."
        )
    values, none = _GROUPS[group_by], f"no {group_by}"
    return lambda passage: tuple(dict.fromkeys(values(passage))) or (none,)


def grouped(
    passages: Iterable[CodedPassage], group_by: str | None
) -> Iterable[tuple[str | None, Iterable[CodedPassage]]]:
    """Groups by name, phases and standings in their own order; one nameless group where none are asked for."""
    if group_by is None:
        return [(None, passages)]
    find = groups_of(group_by)
    groups: dict[str, list[CodedPassage]] = {}
    for passage in passages:
        for group in find(passage):
            groups.setdefault(group, []).append(passage)
    return sorted(groups.items(), key=lambda item: _place(item[0], group_by))


def _place(group: str, group_by: str) -> tuple[bool, int, str]:
    """Where a group stands: the one without a value last."""
    order = _ORDERS.get(group_by, ())
    return group == f"no {group_by}", order.index(group) if group in order else len(order), group.casefold()


def filters_in_words(filters: Mapping[str, Sequence[str]]) -> str:
    """Which passages these are."""
    told = "; ".join(f"{name}: {', '.join(map(set_apart, values))}" for name, values in filters.items() if values)
    if not told:
        return "All coded passages."
    return f"Only {told}. {OF_A_LAYER}" if filters.get("layer") else f"Only {told}."


def stance_in_words(stance: StanceRow) -> str:
    """A stance as a short sentence: "Ward team contests who decides, toward the lay panel"."""
    said = f"{stance.actor} {stance.stance} {stance.term}"
    return f"{said}, toward {stance.toward}" if stance.toward else said


def writing_in_words(passage: CodedPassage) -> str:
    """Who wrote an excerpt, from what standing, and who coded it."""
    observers = ", ".join(map(set_apart, passage.observers))
    standing = f" ({passage.standing})" if passage.standing else ""
    return (
        f"{f'Written by {observers}{standing}' if observers else 'No observer'} · coded by {set_apart(passage.coder)}"
    )


def place_in_words(passage: CodedPassage) -> str:
    """Where an excerpt stands (characters of the source, half-open) and to which gathering it belongs."""
    parts = [f"{set_apart(passage.source_title)}, {passage.start}-{passage.end}"]
    parts += [set_apart(part) for part in (passage.event, passage.session, passage.phase) if part]
    return " · ".join(parts)


def about_in_words(passage: CodedPassage) -> list[str]:
    """Whom an excerpt concerns, what stances are taken in it, and whether its words are still in the text."""
    told = []
    if passage.concerns:
        told.append(f"Concerns: {', '.join(map(set_apart, passage.concerns))}")
    if passage.stances:
        told.append(f"Stances: {'; '.join(map(stance_in_words, passage.stances))}")
    if passage.gone:
        told.append(GONE)
    return told


def made_at(passage: CodedPassage) -> str:
    """When a coding was made, in ISO 8601."""
    return datetime.fromtimestamp(passage.created_at / 1_000_000, tz=UTC).isoformat(timespec="seconds")
