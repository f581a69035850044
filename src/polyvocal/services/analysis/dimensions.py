"""What can be compared with what: what stands along the rows or the columns of a table, and how it is ordered."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from polyvocal.domain.ids import AttributeId, CodeId
from polyvocal.domain.passages import CaseOf
from polyvocal.services.analysis.columns import Keyed
from polyvocal.services.analysis.sweep import Ints, numbered


class Dimension(StrEnum):
    """What can be the rows or the columns."""

    CODE = "code"
    CODER = "coder"
    OBSERVER = "observer"
    STANDING = "standing"
    SOURCE = "source"
    KIND = "kind"
    EVENT = "event"
    SESSION = "session"
    PHASE = "phase"
    GROUP = "group"
    PARTICIPANT = "participant"
    ACTOR = "actor"
    STANCE = "stance"
    TERM = "term"
    LAYER = "layer"


class Family(StrEnum):
    """Where a dimension's value comes from. Two of one family are read off the same author (occasion, stance)."""

    CODING = "coding"
    SOURCE = "source"
    AUTHOR = "author"
    OCCASION = "occasion"
    GROUP = "group"
    PARTICIPANT = "participant"
    STANCE = "stance"
    LAYER = "layer"


FAMILY = {
    Dimension.CODE: Family.CODING,
    Dimension.CODER: Family.CODING,
    Dimension.OBSERVER: Family.AUTHOR,
    Dimension.STANDING: Family.AUTHOR,
    Dimension.SOURCE: Family.SOURCE,
    Dimension.KIND: Family.SOURCE,
    Dimension.EVENT: Family.OCCASION,
    Dimension.SESSION: Family.OCCASION,
    Dimension.PHASE: Family.OCCASION,
    Dimension.GROUP: Family.GROUP,
    Dimension.PARTICIPANT: Family.PARTICIPANT,
    Dimension.ACTOR: Family.STANCE,
    Dimension.STANCE: Family.STANCE,
    Dimension.TERM: Family.STANCE,
    Dimension.LAYER: Family.LAYER,
}

OF_ACCOUNTS = frozenset({Family.SOURCE, Family.AUTHOR, Family.OCCASION})
"""The families to which an account belongs as a whole, whatever is coded in it."""


@dataclass(frozen=True, slots=True)
class Along:
    """What is asked for along an axis: a dimension as it is, or an attribute of it, or the code tree folded.

    With an attribute the dimension is the case of which it is read: "years in the job" of the observer. A folded code
    stands for itself and all below it, which then have no place of their own; one within another folded one is nothing.
    """

    dimension: Dimension
    attribute: AttributeId | None = None
    folded: frozenset[CodeId] = frozenset()

    def encode(self) -> str:
        """As a word that holds ids only: "code", "observer@7" for attribute 7, "code+8+9" with two codes folded."""
        attribute = "" if self.attribute is None else f"@{self.attribute}"
        return f"{self.dimension}{attribute}{''.join(f'+{code}' for code in sorted(self.folded))}"

    @classmethod
    def decode(cls, word: str) -> "Along":
        """The inverse of `encode`. Raises ValueError for what it never gave."""
        name, *folded = word.split("+")
        dimension, mark, attribute = name.partition("@")
        codes = frozenset(CodeId(int(code)) for code in folded)
        return cls(Dimension(dimension), AttributeId(int(attribute)) if mark else None, codes)


CODES, OBSERVERS = Along(Dimension.CODE), Along(Dimension.OBSERVER)


def along_attribute(of: CaseOf, attribute: AttributeId) -> Along:
    """An attribute of one of the cases of a passage, as an axis."""
    return Along(Dimension(of.value), attribute)


@dataclass(frozen=True, slots=True)
class Axis:
    """The places on an axis in their order: their names, no two the same, and the things that have each.

    A thing is known by its key: an id; of a source the place of the account, of a word of a vocabulary its place in
    that. `place` has the place of each key, none of which is there twice. Of codes, `depths` says how deep each place
    is in the tree that is shown, and `paths` what it is called with those above it.
    """

    along: Along
    title: str
    keys: tuple[int, ...]
    place: tuple[int, ...]
    names: tuple[str, ...]
    depths: tuple[int, ...] = ()
    paths: tuple[str, ...] = ()

    @property
    def dimension(self) -> Dimension:
        return self.along.dimension

    @property
    def family(self) -> Family:
        return FAMILY[self.dimension]

    @property
    def is_plain(self) -> bool:
        """Whether each thing has a place of its own."""
        return self.along.attribute is None and not self.along.folded

    @property
    def of_observers(self) -> bool:
        """Whether its places are observers, of whom there is more to say."""
        return self.along == OBSERVERS

    @property
    def of_authors(self) -> bool:
        """Whether its places are observers, or sorts of observers: standings, or values of an attribute."""
        return self.family is Family.AUTHOR

    @property
    def of_accounts(self) -> bool:
        """Whether an account has its places on it as a whole, whatever is coded in it."""
        return self.family in OF_ACCOUNTS

    def __len__(self) -> int:
        return len(self.names)

    def keys_at(self, place: int) -> tuple[int, ...]:
        """The keys of the things that have a place."""
        return tuple(key for key, at in zip(self.keys, self.place, strict=True) if at == place)

    def places_of(self, values: Ints | Keyed) -> Ints:
        """The place of each of some things, -1 where it has none."""
        if isinstance(values, Keyed):
            return self.places_of(values.keys)[values.at]
        if self.is_plain:
            return numbered(values, self.keys)
        return np.array([*self.place, -1], np.int64)[numbered(values, self.keys)]


def headed(rows: Axis, columns: Axis) -> Axis | None:
    """Which of two axes has heads that say how much was written: that of observers, else one of sorts of observers."""
    of_authors = [one for one in (rows, columns) if one.of_authors]
    return next((one for one in of_authors if one.of_observers), of_authors[0] if of_authors else None)


def plain_axis(along: Along, names: dict[int, str], title: str = "") -> Axis:
    """An axis on which each thing has a place of its own, in the order of their names' dictionary."""
    return Axis(along, title or along.dimension.value, tuple(names), tuple(range(len(names))), tuple(names.values()))


def only(wanted: Collection[int], names: dict[int, str]) -> dict[int, str]:
    """Those that are wanted; all where none is named."""
    return {key: name for key, name in names.items() if not wanted or key in wanted}
