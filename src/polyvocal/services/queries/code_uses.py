"""In how many sources, and by how many coders, each code is used; and which ones a coder used last."""

from typing import NamedTuple

from polyvocal.domain.ids import PersonId
from polyvocal.store.codings import codes_by_last_use, reach_of_codes
from polyvocal.store.view import View


class CodeUse(NamedTuple):
    """How far a code reaches."""

    sources: int
    coders: int


def code_uses(view: View) -> dict[int, CodeUse]:
    """By code, of those that are used at all."""
    return {code: CodeUse(sources, coders) for code, sources, coders in reach_of_codes(view)}


def codes_used_last(view: View, coder: PersonId) -> list[int]:
    """The ids of all codes that a coder used, the one that was used last first."""
    return codes_by_last_use(view, coder)
