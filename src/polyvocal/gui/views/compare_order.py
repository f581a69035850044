"""In which order the rows and the columns of a table stand."""

from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import Any, NamedTuple


class Order(StrEnum):
    """Of what an order is."""

    AS_IT_IS = "as it is"
    """As the dimension has it: codes as in their tree, observers by standing, sessions by time."""
    NAME = "name"
    MOST = "most"
    """Those with the most of one line of the other side come first."""


class By(NamedTuple):
    """An order; `of` is the name of a line of the other side."""

    order: Order
    of: str = ""


AS_IT_IS = By(Order.AS_IT_IS)
IN_TOTAL = ""
"""Stands for the name of a line of totals."""


def ordered(
    names: Sequence[str], by: By, others: Sequence[str], numbers: Any, *, last: Collection[int] = ()
) -> list[int]:
    """The places of lines in their order. `numbers` has a row for each of the others; some lines come last.

    Lines of which there is as much stay in the order that they have; so do all where what they are ordered by is gone.
    """
    order = list(range(len(names)))
    if by.order is Order.NAME:
        return sorted(order, key=lambda at: (at in last, names[at].casefold()))
    if by.order is Order.MOST and by.of in others:
        of = numbers[others.index(by.of)].tolist()
        return sorted(order, key=lambda at: (at in last, -(of[at] if of[at] == of[at] else -1.0)))
    return order
