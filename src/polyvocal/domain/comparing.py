"""How one text came of another, guessed by comparing them: for a file that was changed outside the program.

What was really done to it nobody knows. First lines that both texts have once, and in the same order, are taken for
the same (patience diff, after Bram Cohen); between two such lines words are, in the same way; what is then left is
small and compared word by word (difflib). O(n log n) but for what is left, which is bounded.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_MOST_COMPARED = 250_000
"""So many pairs of words are compared at most between two that are the same; beyond that all of it gives way."""

Replacement = tuple[int, int, str]


def differences(old: str, new: str) -> list[Replacement]:
    """Replacements that make the newer text of the older one, as `apply_edits` takes them; words are left whole."""
    found = list(_between(old, new, 0, _LINES.findall, _by_words))
    joined: list[Replacement] = []
    for start, end, words in found:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end, joined[-1][2] + words)
        else:
            joined.append((start, end, words))
    return joined


_Cut = Callable[[str], list[str]]
_Deeper = Callable[[str, str, int], Iterator[Replacement]]


def _by_words(old: str, new: str, offset: int) -> Iterator[Replacement]:
    return _between(old, new, offset, _WORDS.findall, _by_pairs)


def _between(old: str, new: str, offset: int, cut: _Cut, deeper: _Deeper) -> Iterator[Replacement]:
    """The replacements in a stretch that begins at `offset` in the older text."""
    before, after = cut(old), cut(new)
    old_at, new_at = _starts(before), _starts(after)
    i = j = 0
    for i_end, j_end in [*_same(before, after), (len(before), len(after))]:
        if i < i_end or j < j_end:
            gone, come = old[old_at[i] : old_at[i_end]], new[new_at[j] : new_at[j_end]]
            if gone != come:
                yield from (
                    deeper(gone, come, offset + old_at[i])
                    if gone and come
                    else [(offset + old_at[i], offset + old_at[i_end], come)]
                )
        i, j = i_end + 1, j_end + 1


def _starts(parts: Sequence[str]) -> list[int]:
    starts = [0]
    for part in parts:
        starts.append(starts[-1] + len(part))
    return starts


def _same(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Places of parts that are taken for the same, in order: at both ends, and between them those that occur once."""
    first, last = 0, 0
    shorter = min(len(before), len(after))
    while first < shorter and before[first] == after[first]:
        yield first, first
        first += 1
    while last < shorter - first and before[-1 - last] == after[-1 - last]:
        last += 1
    old, new = before[first : len(before) - last], after[first : len(after) - last]
    yield from ((first + i, first + j) for i, j in _once_in_both(old, new))
    yield from ((len(before) - k, len(after) - k) for k in range(last, 0, -1))


def _once_in_both(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The longest rising sequence of parts that both have once; spaces and marks alone do not count."""
    times_old, times_new = Counter(old), Counter(new)
    where = {part: j for j, part in enumerate(new) if times_new[part] == 1}
    pairs = [
        (i, where[part])
        for i, part in enumerate(old)
        if times_old[part] == 1 and part in where and any(map(str.isalnum, part))
    ]
    tails: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for at, (_, j) in enumerate(pairs):
        place = bisect_left(tails, j)
        back.append(ends[place - 1] if place else -1)
        if place == len(tails):
            tails.append(j)
            ends.append(at)
        else:
            tails[place], ends[place] = j, at
    chain = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(pairs[at])
        at = back[at]
    return chain[::-1]


def _by_pairs(old: str, new: str, offset: int) -> Iterator[Replacement]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if len(before) * len(after) > _MOST_COMPARED:
        yield offset, offset + len(old), new
        return
    old_at, new_at = _starts(before), _starts(after)
    for tag, i, i_end, j, j_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            yield offset + old_at[i], offset + old_at[i_end], new[new_at[j] : new_at[j_end]]
