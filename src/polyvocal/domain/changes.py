"""What an operation changed: the one message by which views learn of it."""

from dataclasses import dataclass, field

LISTED = 10_000
"""Past so many ids a ChangeSet gives ranges."""


@dataclass(frozen=True, slots=True)
class Changed:
    """The changes of one kind of record.

    `created`, `updated` and `removed` count rows. The ids are listed in order while they are at most 10,000 in all;
    past that the three lists are empty, and `ranges` holds inclusive (first, last) pairs that together contain every id
    changed (and may contain others).
    """

    created: int = 0
    updated: int = 0
    removed: int = 0
    created_ids: tuple[int, ...] = ()
    updated_ids: tuple[int, ...] = ()
    removed_ids: tuple[int, ...] = ()
    ranges: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """One committed operation, read back from the journal. `kinds` is keyed by the record's kind ("coding")."""

    operation: int
    kind: str
    kinds: dict[str, Changed] = field(default_factory=dict)

    def created(self, kind: str) -> tuple[int, ...]:
        """The ids of the rows of a kind that came into being (see Changed for large operations)."""
        return self.kinds[kind].created_ids if kind in self.kinds else ()
