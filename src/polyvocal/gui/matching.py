"""Finding a name from a few typed letters."""

from functools import lru_cache

from polyvocal.services import references

folded = lru_cache(8192)(references.folded)
"""The same names are looked at with each letter that is typed."""


def match(typed: str, name: str) -> float | None:
    """How well a name answers to what was typed, the lower the better; None where it does not.

    All letters must occur in order. Best is the whole name, then its beginning, beginnings of words, words in it, then
    letters that lie close together.
    """
    return match_folded(folded(typed), folded(name))


def match_folded(wanted: str, held: str) -> float | None:
    """As `match`, of what was folded already: for very many names."""
    if held == wanted:
        return -1.0
    if held.startswith(wanted):
        return 0.0
    for grade, at in ((1.0, held.find(f" {wanted}")), (2.0, held.find(wanted))):
        if at >= 0:
            return grade + at / 1000
    initials = "".join(word[0] for word in held.replace("-", " ").split())
    return 3.0 if initials.startswith(wanted) else _apart(wanted, held)


def _apart(wanted: str, held: str) -> float | None:
    """4 and more, by how far the letters lie apart."""
    gaps, place = 0, -1
    for letter in wanted.replace(" ", ""):
        found = held.find(letter, place + 1)
        if found < 0:
            return None
        gaps += found - place - 1
        place = found
    return 4.0 + gaps
