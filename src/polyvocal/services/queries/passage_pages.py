"""Coded passages as a list shows them: with a little of what stands around them, a few at a time."""

import re
from bisect import bisect_right
from collections.abc import Collection
from functools import cache
from typing import NamedTuple

from polyvocal.domain.around import paragraph_starts
from polyvocal.domain.ids import CodingId
from polyvocal.domain.passages import CodedPassage
from polyvocal.domain.records import SourceVersion
from polyvocal.services.queries.passages import coded_passages
from polyvocal.services.queries.setting import setting_around
from polyvocal.store.codings import coding_rows
from polyvocal.store.view import View

CONTEXT = 70
"""Code points of the text before and after a passage."""
LONGEST = 700
"""Code points of a passage; of a longer one this is the beginning."""
UNFOLDED = 4_000
"""Code points before and after a passage at most, where the whole paragraph around it is shown."""

_SPACES = re.compile(r"\s+")


class PassageShown(NamedTuple):
    """A passage with what stands around it. White space is folded; `text` is its beginning where it is very long.

    `paragraph` is the number of the one in which it begins; empty lines are none. No number where its words are gone.
    """

    passage: CodedPassage
    colour: str
    before: str
    text: str
    after: str
    paragraph: int | None


def read_passages(view: View, codings: Collection[CodingId]) -> dict[CodingId, PassageShown]:
    """Some passages, by their codings; those that are not there any more are left out."""
    made_on = {row[1] for row in coding_rows(view, codings, ())}
    setting = setting_around(view, {one.source for one in view.among(SourceVersion, "id", made_on)})
    versions: dict[int, SourceVersion] = {one.id: one for info in setting.sources for one in info.versions}

    @cache
    def text_of(version: int) -> str:
        return view.text(versions[version].text_hash)

    @cache
    def paragraphs_of(version: int) -> list[int]:
        return paragraph_starts(text_of(version))

    shown = {}
    for one in coded_passages(view, setting=setting, only=codings):
        before, after = _around(text_of(one.version), one.start, one.end)
        shown[one.id] = PassageShown(
            one,
            setting.codes[one.code_id].colour,
            before,
            folded_spaces(one.text[:LONGEST]),
            after if len(one.text) <= LONGEST else "…",
            None if one.gone else bisect_right(paragraphs_of(one.version), _first_seen(one)),
        )
    return shown


def unfolded(view: View, coding: CodingId) -> PassageShown | None:
    """A passage with the whole paragraphs that it touches, as they are stored; None if it is not there any more."""
    shown = read_passages(view, [coding]).get(coding)
    if shown is None:
        return None
    one = shown.passage
    text = view.text(view.need(SourceVersion, one.version).text_hash)
    left = text.rfind("\n", 0, one.start) + 1
    right = text.find("\n", one.end)
    before, after = text[left : one.start], text[one.end : right if right >= 0 else len(text)]
    if len(before) > UNFOLDED:
        before = f"… {before[-UNFOLDED:].partition(' ')[2]}"
    if len(after) > UNFOLDED:
        after = f"{after[:UNFOLDED].rpartition(' ')[0]} …"
    return shown._replace(before=before, text=one.text, after=after)


def _first_seen(passage: CodedPassage) -> int:
    """Where the first character of a passage is that is no white space."""
    return passage.start + len(passage.text) - len(passage.text.lstrip())


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after a passage, of whole words where it is cut."""
    before, after = text[max(start - CONTEXT, 0) : start], text[end : end + CONTEXT]
    if start > CONTEXT:
        _, space, rest = before.partition(" ")
        before = f"… {rest}" if space else "…"
    if len(text) > end + CONTEXT:
        rest, space, _ = after.rpartition(" ")
        after = f"{rest} …" if space else "…"
    return folded_spaces(before).lstrip(), folded_spaces(after).rstrip()


def folded_spaces(text: str) -> str:
    """The text with each run of white space as one space."""
    return _SPACES.sub(" ", text)
