"""Records that are held in memory between questions, and kept as they are in the file."""

from collections.abc import Iterable
from typing import Any, TypeVar

from polyvocal.domain.record import Record
from polyvocal.store.view import View

R = TypeVar("R", bound=Record)


class HeldRecords:
    """All records of some kinds, by id. Made from a view, and renewed from later ones."""

    def __init__(self, view: View, kinds: Iterable[type[Record]]) -> None:
        self._held: dict[type, dict[int, Any]] = {}
        for cls in kinds:
            self.renew(view, cls, None)

    @property
    def kinds(self) -> tuple[type, ...]:
        """The kinds that are held."""
        return tuple(self._held)

    def all(self, cls: type[R]) -> list[R]:
        """Every record of a kind, in the order of their ids."""
        return list(self._held[cls].values())

    def get(self, cls: type[R], identity: int) -> R | None:
        """The record with an id, or None."""
        return self._held[cls].get(identity)

    def renew(self, view: View, cls: type[Record], ids: Iterable[int] | None) -> None:
        """Read the records with some ids again, or all of them: those that are gone are let go."""
        if ids is None:
            self._held[cls] = {one.id: one for one in view.all(cls)}
            return
        held = self._held[cls]
        ids = list(ids)
        found = {one.id: one for one in view.among(cls, "id", ids)}
        in_order = held.keys() >= found.keys()
        for identity in set(ids) - found.keys():
            held.pop(identity, None)
        held.update(found)
        if not in_order:
            self._held[cls] = dict(sorted(held.items()))
