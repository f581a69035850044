"""The codebook as a tree, also where it is none."""

from hypothesis import given
from hypothesis import strategies as st

from polyvocal.domain.codetree import circles, in_tree_order, with_descendants
from polyvocal.domain.ids import CodeId
from polyvocal.domain.records import Code

DEEP = 5000


def code(number: int, parent: int | None = None, position: int = 0, name: str | None = None) -> Code:
    return Code(
        id=CodeId(number),
        name=name or f"code {number:05}",
        parent=None if parent is None else CodeId(parent),
        colour="#0072b2",
        position=position,
    )


@st.composite
def codebooks(draw: st.DrawFn) -> list[Code]:
    """Codes with any parent at all: trees, circles, parents that are not there."""
    count = draw(st.integers(0, 9))
    parents = st.none() | st.integers(0, count + 2)
    return [code(number, draw(parents), draw(st.integers(0, 2))) for number in range(count)]


def ancestors(codes: list[Code], of: Code) -> set[int]:
    parents = {one.id: one.parent for one in codes}
    found: set[int] = set()
    at = of.parent
    while at is not None and at in parents and at not in found:
        found.add(at)
        at = parents[at]
    return found


@given(codebooks())
def test_tree_order_holds_every_code_once(codes: list[Code]) -> None:
    assert sorted(one.id for _, one in in_tree_order(codes)) == sorted(one.id for one in codes)


@given(codebooks())
def test_tree_order_puts_each_code_below_its_parent_but_one_of_every_circle(codes: list[Code]) -> None:
    ordered = in_tree_order(codes)
    known = {one.id for one in codes}
    circling = set(circles(codes))
    line: list[Code] = []
    circles_begun: list[set[int]] = []
    for depth, one in ordered:
        assert depth <= len(line)
        del line[depth:]
        if depth:
            assert one.parent == line[-1].id
        elif one.parent in known:
            assert one.id in circling
            circles_begun.append(ancestors(codes, one))
        line.append(one)
    for place, circle in enumerate(circles_begun):
        assert all(circle.isdisjoint(other) for other in circles_begun[:place])


@given(codebooks())
def test_circles_are_the_codes_that_are_their_own_ancestor(codes: list[Code]) -> None:
    assert circles(codes) == [one.id for one in codes if one.id in ancestors(codes, one)]


@given(codebooks(), st.data())
def test_descendants_are_the_code_and_all_that_have_it_as_an_ancestor(codes: list[Code], data: st.DataObject) -> None:
    if codes:
        root = data.draw(st.sampled_from(codes))
        below = {one.id for one in codes if root.id in ancestors(codes, one)}
        assert with_descendants(codes, root.id) == below | {root.id}


def test_siblings_are_in_order_of_position_and_then_of_name() -> None:
    codes = [code(1, position=1, name="a"), code(2, position=0, name="b"), code(3, position=0, name="A")]
    assert [one.name for _, one in in_tree_order(codes)] == ["A", "b", "a"]


def test_code_that_hangs_from_a_circle_is_shown_below_it() -> None:
    codes = [code(1, 2, position=5), code(2, 1, position=5), code(3, 1, position=0)]
    assert [(depth, one.id) for depth, one in in_tree_order(codes)] == [(0, 1), (1, 3), (1, 2)]


def test_very_deep_codebook_is_walked_without_recursion() -> None:
    codes = [code(0), *(code(number, number - 1) for number in range(1, DEEP))]
    assert [depth for depth, _ in in_tree_order(reversed(codes))] == list(range(DEEP))
    assert len(with_descendants(codes, CodeId(0))) == DEEP
    assert circles(codes) == []


def test_very_long_circle_is_found_whole() -> None:
    codes = [code(number, (number + 1) % DEEP) for number in range(DEEP)]
    assert circles(codes) == [one.id for one in codes]
    assert len(in_tree_order(codes)) == DEEP
