"""Going back to an operation of the history, or forward again: how many acts that are, and why it cannot be."""

from typing import NamedTuple

from polyvocal.domain.records import Person
from polyvocal.store.history import acts_since, operation_with, standing_of, turns_to
from polyvocal.store.reversal import BEGINNING, REDO, UNDO
from polyvocal.store.view import View


class Turns(NamedTuple):
    """So many undos, or redos, one after another, lead to an operation; `refused` says why none do.

    `others` is how many acts of others since then stay as they are.
    """

    direction: str
    acts: int
    others: int
    refused: str = ""


def turns_meant(view: View, person: int | None, operation: int) -> Turns:
    """What leads to an operation, for a person (None: whoever did what). UserError where there is no such operation.

    One that stands is undone with all that the person did since; one that is undone is done again with all before it.
    """
    about = operation_with(view, operation)
    direction = REDO if standing_of(view, about) == "undone" else UNDO
    last, count = None, 0
    for one in turns_to(view, person, about):
        last, count = one, count + 1
    if last is not None and last.n == about.n:
        others = acts_since(view, about, person) if person is not None and direction == UNDO else 0
        return Turns(direction, count, others)
    return Turns(direction, 0, 0, _why_not(view, person, about.kind, about.person, direction))


def _why_not(view: View, person: int | None, kind: str, actor: int | None, direction: str) -> str:
    if kind == BEGINNING:
        return "This is how the project began: there is nothing before it."
    if kind in (UNDO, REDO):
        return "This is an undo or redo itself: choose the act that it is about."
    if person is not None and actor != person:
        who = view.get(Person, actor) if actor is not None else None
        by = f"{who.name} did" if who else "others did"
        return f"Only your own acts are undone and done again here, and this is what {by}."
    if direction == REDO:
        return "Something new was done since this was undone, so it cannot be done again in order: do it anew by hand."
    return "This cannot be reached by undoing: look at what was done since."


__all__ = ["REDO", "UNDO", "Turns", "turns_meant"]
