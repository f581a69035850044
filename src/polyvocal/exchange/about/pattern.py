"""Patterns by which the names of files say who, when and where: "{observer} {date} {session}".

Fields stand in braces; all else stands for itself, without regard to case. A slash divides folders: a pattern of one
slash is matched against a file's folder and its name. What stands for a field is found by trying all ways to divide
the name, in O(n^2) for each field (no regular expression of a person's is ever run); of these the one is taken in
which most fields hold something that is known (a name of the project, a day).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from polyvocal.domain.errors import UserError
from polyvocal.domain.text import shown
from polyvocal.exchange.about.found import Key
from polyvocal.services.references import folded

KEYS: dict[str, Key | None] = {
    "observer": Key.OBSERVER,
    "date": Key.DATE,
    "time": Key.TIME,
    "event": Key.EVENT,
    "session": Key.SESSION,
    "phase": Key.PHASE,
    "standing": Key.STANDING,
    "kind": Key.KIND,
    "position": Key.POSITION,
    "title": Key.TITLE,
    "any": None,
}
"""The fields that a pattern may have; `any` stands for what is not to be read."""

_PART = re.compile(r"\{([^{}]*)\}|([^{}]+)")
_LONGEST = 200
_LONGEST_NAME = 300

Knows = Callable[[Key, str], int | None]
"""How well words fit a field: 2 where they are known, 1 where they may be it, None where they cannot be it."""


class _Part(NamedTuple):
    field: str | None
    literal: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that is known to be a good one. `levels` are its parts, of the outermost folder first."""

    words: str
    levels: tuple[tuple[_Part, ...], ...]

    def match(self, folders: tuple[str, ...], stem: str, knows: Knows) -> dict[Key, str] | None:
        """What a name says by this pattern; None where it does not fit."""
        names = (*folders, stem)
        if len(names) < len(self.levels):
            return None
        found: dict[Key, str] = {}
        for level, name in zip(reversed(self.levels), reversed(names), strict=False):
            fits = _fit(level, name[:_LONGEST_NAME], knows)
            if fits is None:
                return None
            found |= fits
        return found


def pattern_of(words: str) -> Pattern | None:
    """The pattern that words mean; None for none. UserError for one that cannot be matched, saying what is wrong."""
    words = words.strip()
    if not words:
        return None
    if len(words) > _LONGEST:
        raise UserError(f"the pattern for file names is longer than {_LONGEST} characters")
    levels = tuple(_parts(level) for level in words.split("/"))
    used = [part.field for level in levels for part in level if part.field not in (None, "any")]
    twice = next((one for one in used if used.count(one) > 1), None)
    if twice is not None:
        raise UserError(f"the pattern has {{{twice}}} twice: a name says it once")
    if not used:
        raise UserError(f"the pattern {shown(words)} has no field in it, such as {{observer}} or {{date}}")
    return Pattern(words, levels)


def _parts(level: str) -> tuple[_Part, ...]:
    parts: list[_Part] = []
    at = 0
    for match in _PART.finditer(level):
        if match.start() != at:
            break
        at = match.end()
        if match[2] is not None:
            parts.append(_Part(None, folded_name(match[2])))
            continue
        name = match[1].strip().casefold()
        if name not in KEYS:
            known = ", ".join(f"{{{one}}}" for one in KEYS)
            raise UserError(f"the pattern has {{{match[1]}}}, which is no field. Fields are {known}.")
        if parts and parts[-1].field is not None:
            raise UserError(
                f"in the pattern {{{parts[-1].field}}} and {{{name}}} touch: put between them what divides them"
            )
        parts.append(_Part(name))
    if at != len(level):
        raise UserError("the pattern has a brace that is not closed: write fields as {observer}")
    if not parts:
        raise UserError("the pattern has a folder without a name: two slashes, or one at its end")
    return tuple(parts)


def folded_name(words: str) -> str:
    """A name for comparing, of the same length: case does not matter, and an underscore is a space."""
    return "".join(one.casefold() if len(one.casefold()) == 1 else one for one in words.replace("_", " "))


def _fit(parts: tuple[_Part, ...], name: str, knows: Knows) -> dict[Key, str] | None:
    """The best way to divide a name, by dynamic programming from its end: best[at] is that of name[at:]."""
    plain = folded_name(name)
    best: dict[int, tuple[int, dict[Key, str]]] = {len(name): (0, {})}
    for part in reversed(parts):
        before: dict[int, tuple[int, dict[Key, str]]] = {}
        for at in range(len(name) + 1):
            if part.field is None:
                end = at + len(part.literal)
                if end in best and plain.startswith(part.literal, at):
                    before[at] = best[end]
                continue
            key = KEYS[part.field]
            for end, (score, rest) in best.items():
                words = name[at:end].replace("_", " ").strip() if at < end else ""
                fit = 0 if words and key is None else knows(key, words) if words and key is not None else None
                if fit is not None and (at not in before or score + fit > before[at][0]):
                    before[at] = (score + fit, {**rest, key: words} if key is not None else rest)
        best = before
    return best[0][1] if 0 in best else None


def words_in(name: str) -> list[str]:
    """The words of a name, folded, without what sets them apart."""
    return folded(re.sub(r"[\W_]+", " ", name)).split()
