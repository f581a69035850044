"""What tests of the codebook look at."""

from typing import Any

from polyvocal.domain.codetree import in_tree_order, path_of
from polyvocal.domain.ids import CodingId
from polyvocal.domain.records import Code, Coding, Memo, Person
from polyvocal.store.file import ProjectFile


def tree(file: ProjectFile) -> list[str]:
    """The codes by their paths, in the order of the tree; a retired one in brackets."""
    with file.view() as view:
        codes: dict[int, Code] = {one.id: one for one in view.all(Code)}
    paths = [(one, path_of(codes, one.id)) for _, one in in_tree_order(codes.values())]
    return [f"({path})" if one.retired else path for one, path in paths]


def code_named(file: ProjectFile, name: str) -> Code:
    with file.view() as view:
        (code,) = view.find(Code, name=name)
    return code


def coded(file: ProjectFile, name: str) -> list[tuple[str, int, int]]:
    """(coder, start, end) of the codings of a code, in the order of their ids."""
    with file.view() as view:
        people = {one.id: one.name for one in view.all(Person)}
        (code,) = view.find(Code, name=name)
        return [(people[one.coder], one.start, one.end) for one in view.find(Coding, code=code.id)]


def ids_coded(file: ProjectFile, name: str) -> list[CodingId]:
    with file.view() as view:
        (code,) = view.find(Code, name=name)
        return [one.id for one in view.find(Coding, code=code.id)]


def memos_about(file: ProjectFile, name: str) -> dict[str | None, str]:
    """The texts of the memos about a code, by their titles."""
    code = code_named(file, name)
    with file.view() as view:
        return {memo.title: memo.text for memo in view.find(Memo, about=code.id)}


def rows(file: ProjectFile, *classes: type[Any]) -> list[Any]:
    """All records of some kinds."""
    with file.view() as view:
        return [one for cls in classes for one in view.all(cls)]
