"""Coded passages for a list that is filled as it is looked at: first where they are, then a few sources at a time."""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from polyvocal.domain.ids import SourceId
from polyvocal.domain.passages import CodedPassage, PassageFilter
from polyvocal.domain.records import Layer, SourceVersion, Stretch
from polyvocal.domain.spans import Span
from polyvocal.domain.versions import map_between
from polyvocal.services.queries.layers import layered
from polyvocal.services.queries.passages import (
    NO_WORDS,
    asks_for_relation,
    coded_passages,
    place_is_meant,
    source_is_meant,
)
from polyvocal.services.queries.setting import setting_around
from polyvocal.store.passages import PassagesInSource, passages_by_source, spans_of_passages, writers_of
from polyvocal.store.view import View

CONTEXT = 70
"""Code points of the text before and after a passage."""
LONGEST = 700
"""Code points of a passage; of a longer one this is the beginning."""

_SPACES = re.compile(r"\s+")


class SourceWithPassages(NamedTuple):
    """A source in the list: who wrote it, from which standings, and how many of the passages are in it."""

    id: SourceId
    title: str
    observers: tuple[str, ...]
    standing: str | None
    passages: int


class PassageShown(NamedTuple):
    """A passage with what stands around it. White space is folded; `text` is its beginning where it is very long."""

    passage: CodedPassage
    colour: str
    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True)
class PassagesFound:
    """Where the passages are that a filter means, by the titles of the sources."""

    sources: tuple[SourceWithPassages, ...]
    total: int


def find_passages(view: View, chosen: PassageFilter) -> PassagesFound:
    """Count the passages of a filter by source, without reading them."""
    by_place = _told_by_place(view, chosen)
    counted = [] if chosen.layers else passages_by_source(view, chosen, without=by_place)
    counted += _counted_by_place(view, chosen, by_place & chosen.sources if chosen.sources else by_place)
    found = sorted(counted, key=lambda one: (one.title.casefold(), one.source))
    names: dict[int, list[str]] = {}
    standings: dict[int, dict[str, None]] = {}
    for source, name, standing in writers_of(view, [one.source for one in found]):
        names.setdefault(source, []).append(name)
        standings.setdefault(source, {}).update({standing: None} if standing else {})
    sources = (
        SourceWithPassages(
            SourceId(source), title, tuple(names.get(source, ())), ", ".join(standings.get(source, ())) or None, count
        )
        for source, title, count in found
    )
    return PassagesFound(tuple(sources), sum(one.passages for one in found))


def _told_by_place(view: View, chosen: PassageFilter) -> set[SourceId]:
    """The sources of which only the places of passages tell which are meant: they have stretches, or layers."""
    marks: list[Stretch] | list[Layer] = []
    if chosen.layers:
        marks = view.among(Layer, "layer", chosen.layers)
    elif asks_for_relation(chosen):
        marks = view.all(Stretch)
    return {one.source for one in view.among(SourceVersion, "id", {one.version for one in marks})}


def _counted_by_place(view: View, chosen: PassageFilter, sources: Collection[SourceId]) -> list[PassagesInSource]:
    """How many passages of some sources satisfy the whole filter, as their places tell."""
    meant = [info for info in setting_around(view, sources).sources if source_is_meant(info, chosen)] if sources else []
    if not meant:
        return []
    layers = layered(view, meant, chosen.layers) if chosen.layers else None
    infos = {version.id: info for info in meant for version in info.versions}
    counts: Counter[SourceId] = Counter()
    spans_made = spans_of_passages(view, chosen, [info.source.id for info in meant])
    for version, marks in groupby(spans_made, key=attrgetter("version")):
        info = infos[version]
        spans = layers.get(info.source.id, []) if layers is not None else None
        path = map_between(info.versions, version, info.current.id)
        for mark in marks:
            place = path.place(Span(mark.start, mark.end)) or NO_WORDS
            counts[info.source.id] += place_is_meant(info, chosen, spans, place)
    titles = {info.source.id: info.source.title for info in meant}
    return [PassagesInSource(source, titles[source], number) for source, number in counts.items() if number]


def read_passages(
    view: View, chosen: PassageFilter, sources: Collection[SourceId]
) -> dict[SourceId, tuple[PassageShown, ...]]:
    """The passages of a filter in some sources, in each by place; those whose words are gone come last."""
    setting = setting_around(view, sources)
    versions: dict[int, SourceVersion] = {one.id: one for info in setting.sources for one in info.versions}

    @cache
    def text_of(version: int) -> str:
        return view.text(versions[version].text_hash)

    found: dict[SourceId, list[PassageShown]] = {}
    for passage in coded_passages(view, replace(chosen, sources=frozenset(sources)), setting=setting):
        before, after = _around(text_of(passage.version), passage.start, passage.end)
        text, colour = folded_spaces(passage.text[:LONGEST]), setting.codes[passage.code_id].colour
        shown = PassageShown(passage, colour, before, text, after if len(passage.text) <= LONGEST else "…")
        found.setdefault(passage.source, []).append(shown)
    return {source: tuple(sorted(of, key=_place)) for source, of in found.items()}


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


def _place(shown: PassageShown) -> tuple[bool, int, int, int]:
    one = shown.passage
    return one.gone, one.start, -one.end, one.id
