"""The codebook as a tree."""

from collections.abc import Iterable, Iterator, Mapping

from polyvocal.domain.ids import CodeId
from polyvocal.domain.records import Code

PATH_MARK = " / "
"""Between the names of a path."""


def sibling_order(code: Code) -> tuple[int, str, int]:
    """By what codes beside each other are ordered: position, then name."""
    return code.position, code.name.casefold(), code.id


def in_tree_order(codes: Iterable[Code]) -> list[tuple[int, Code]]:
    """Each code with its depth (0 for a root), parents before children, siblings by position, then name.

    A code whose parent is missing, and one code of every circle of parents, is shown as a root: nothing is lost.
    """
    codes = sorted(codes, key=sibling_order)
    known = {code.id for code in codes}
    children: dict[CodeId | None, list[Code]] = {}
    for code in codes:
        children.setdefault(code.parent if code.parent in known else None, []).append(code)
    ordered: list[tuple[int, Code]] = []
    seen: set[CodeId] = set()

    def walk(roots: Iterable[Code]) -> None:
        pending: list[tuple[int, Iterator[Code]]] = [(0, iter(roots))]
        while pending:
            depth, siblings = pending[-1]
            code = next(siblings, None)
            if code is None:
                pending.pop()
            elif code.id not in seen:
                seen.add(code.id)
                ordered.append((depth, code))
                pending.append((depth + 1, iter(children.get(code.id, ()))))

    walk(children.get(None, ()))
    circling = set(circles(codes))
    for code in codes:
        if code.id in circling and code.id not in seen:
            walk((code,))
    return ordered


def roots(codes: Iterable[Code]) -> list[CodeId]:
    """The codes at the top of the tree, in its order."""
    return [code.id for depth, code in in_tree_order(codes) if depth == 0]


def circles(codes: Iterable[Code]) -> list[CodeId]:
    """The codes that are their own ancestor."""
    parents = {code.id: code.parent for code in codes}
    circling: set[CodeId] = set()
    seen: set[CodeId] = set()
    for start in parents:
        line: list[CodeId] = []
        at: CodeId | None = start
        while at in parents and at not in seen:
            seen.add(at)
            line.append(at)
            at = parents[at]
        if at in line:
            circling.update(line[line.index(at) :])
    return [code for code in parents if code in circling]


def with_descendants(codes: Iterable[Code], root: CodeId) -> set[CodeId]:
    """The code and all below it."""
    children: dict[CodeId | None, list[CodeId]] = {}
    for code in codes:
        children.setdefault(code.parent, []).append(code.id)
    found, pending = {root}, [root]
    while pending:
        for child in children.get(pending.pop(), ()):
            if child not in found:
                found.add(child)
                pending.append(child)
    return found


def path_of(codes: Mapping[int, Code], identity: int) -> str:
    """A code's name with those above it, the topmost first: "means of protest / voting with the feet".

    It ends at a code that is not there, and before a code that comes a second time.
    """
    names: list[str] = []
    seen: set[int] = set()
    at: int | None = identity
    while at is not None and at in codes and at not in seen:
        seen.add(at)
        names.append(codes[at].name)
        at = codes[at].parent
    return PATH_MARK.join(reversed(names))
