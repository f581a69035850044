"""Which codings lie where: the index against a plain search through all of them."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from polyvocal.domain.ids import CodeId, CodingId, PersonId
from polyvocal.gui.surface.index import CodingIndex
from polyvocal.services.queries.reading import PlacedCoding

STARTS = [0, 7, 8, 20, 33, 34, 35, 60]
LENGTH = 80


@st.composite
def placed(draw: st.DrawFn, most: int = 14) -> list[PlacedCoding]:
    """Some codings of a text of 80 code points, with ids of their own."""
    spans = draw(st.lists(st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 40)), max_size=most))
    return [
        PlacedCoding(CodingId(number), start, min(start + length, LENGTH), CodeId(number % 3), PersonId(1))
        for number, (start, length) in enumerate(spans, 1)
    ]


def in_order(codings: list[PlacedCoding]) -> list[PlacedCoding]:
    """By start, the longer first."""
    return sorted(codings, key=lambda one: (one.start, -one.end, one.id))


@given(placed(), placed(6), st.data())
def test_index_knows_what_a_plain_search_finds_after_additions_and_removals(
    first: list[PlacedCoding], later: list[PlacedCoding], data: st.DataObject
) -> None:
    index = CodingIndex(STARTS, in_order(first))
    held = {one.id: one for one in first}
    for one in later:  # some change what is there, some are new
        index.add(one)
        held[one.id] = one
    for identity in data.draw(st.lists(st.sampled_from(sorted(held)), unique=True) if held else st.just([])):
        index.remove(identity)
        del held[identity]
    assert index.shows(in_order(list(held.values())))
    for start in range(0, LENGTH, 7):
        end = start + data.draw(st.integers(1, 12))
        assert {one.id for one in index.overlapping(start, end)} == {
            one.id for one in held.values() if one.start < end and start < one.end
        }
    for number, start in enumerate(STARTS):
        end = [*STARTS, LENGTH][number + 1]
        assert {one.id for one in index.in_block(number)} == {
            one.id for one in held.values() if one.start < end and start < one.end
        }
    marks = list(index)
    assert index.lanes == max((mark.lane + 1 for mark in marks), default=0)
    for mark, other in combinations(marks, 2):
        assert mark.start >= other.end or other.start >= mark.end or mark.lane != other.lane


@given(placed())
def test_stepping_goes_through_all_codings_in_order_and_back(codings: list[PlacedCoding]) -> None:
    index = CodingIndex(STARTS, in_order(codings))
    there, mark = [], index.after(None, 0)
    while mark is not None:
        there.append(mark.id)
        mark = index.after(mark, 0)
    back, mark = [], index.before(None, LENGTH)
    while mark is not None:
        back.append(mark.id)
        mark = index.before(mark, 0)
    assert there == [one.id for one in in_order(codings)] == back[::-1]


@given(placed(), placed(4))
def test_coding_keeps_its_lane_while_others_come(first: list[PlacedCoding], later: list[PlacedCoding]) -> None:
    index = CodingIndex(STARTS, in_order(first))
    lanes = {mark.id: mark.lane for mark in index}
    for one in later:
        index.add(one._replace(id=CodingId(one.id + 1000)))
    assert {mark.id: mark.lane for mark in index if mark.id < 1000} == lanes


def test_shortest_coding_at_a_place_comes_first() -> None:
    codings = [PlacedCoding(CodingId(n), 10, 10 + n * 5, CodeId(1), PersonId(1)) for n in (3, 2, 1)]
    assert [mark.id for mark in CodingIndex(STARTS, codings).at(12)] == [1, 2, 3]
