"""In how many sources, and by how many coders, each code is used."""

from typing import NamedTuple

from polyvocal.store.codings import reach_of_codes
from polyvocal.store.view import View


class CodeUse(NamedTuple):
    """How far a code reaches."""

    sources: int
    coders: int


def code_uses(view: View) -> dict[int, CodeUse]:
    """By code, of those that are used at all."""
    return {code: CodeUse(sources, coders) for code, sources, coders in reach_of_codes(view)}
