"""Steps that tests of codings take: code words of one note, and look at what is there."""

from collections.abc import Callable
from typing import Any

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.records import Code, Coding, SourceVersion
from polyvocal.domain.spans import Span
from polyvocal.domain.versions import led
from polyvocal.domain.words import StanceName
from polyvocal.services.commands.codings import (
    StanceDraft,
    add_coding,
)
from polyvocal.store.file import ProjectFile
from tests.conftest import TEXTS
from tests.store.acts import contents

NOTE = "Plenary, Wren"
TEXT = TEXTS[NOTE]
CONTESTS = StanceDraft("Wren", StanceName.CONTESTS, "parity")
AFFIRMS = StanceDraft("Lay panel", StanceName.AFFIRMS, "parity")


def of(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def coded(file: ProjectFile, start: int, end: int, **more: Any) -> str:
    more = {"code": "Sense-making", "coder": "Oda", **more}
    return str(add_coding(file, source=NOTE, start=start, end=end, **more).created("coding")[0])


def every(file: ProjectFile, cls: type[Any], **equal: object) -> list[Any]:
    with file.view() as view:
        found: list[Any] = view.find(cls, **equal)
    return found


def made_of(file: ProjectFile, code: str = "Sense-making") -> list[tuple[int, int]]:
    """Where the codings with a code are now."""
    with file.view() as view:
        (what,) = view.find(Code, name=code)
        (source,) = {one.source for one in view.all(SourceVersion) if one.length == len(TEXT)}
        versions = view.find(SourceVersion, source=source)
        codings = [one for one in view.find(Coding, code=what.id) if one.version in {each.id for each in versions}]
        return sorted(tuple(place) for place, _ in led(versions, codings))  # type: ignore[misc]


def undone(file: ProjectFile, act: Callable[[], ChangeSet]) -> None:
    """Do it; see that one undo leads back to just what was before, and one redo to just what came of it."""
    before = contents(file.path)
    changes = act()
    after = contents(file.path)
    assert changes.kinds
    file.undo()
    assert contents(file.path) == before
    file.redo()
    assert contents(file.path) == after
