"""Which texts are in a project already, before they are taken in, or seem to be there in an older state."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from polyvocal.domain.ids import SourceId
from polyvocal.domain.records import Authorship, Person, Source, SourceVersion
from polyvocal.domain.versions import current
from polyvocal.services.references import folded
from polyvocal.store.unit import hash_text
from polyvocal.store.view import View

ALIKE = 0.2
"""From this share of common pairs of words on a text is likely to be a newer state of another."""


def titles_of_texts(view: View, texts: Sequence[str]) -> list[str | None]:
    """For each text the title of the source that has just it, in whichever version; None where there is none."""
    hashes = [hash_text(text) for text in texts]
    sources = {version.text_hash: version.source for version in view.among(SourceVersion, "text_hash", hashes)}
    return [view.need(Source, sources[one]).title if one in sources else None for one in hashes]


class Candidate(NamedTuple):
    """A text that is to be taken in, with what may tell of which source it is a newer state."""

    text: str
    file_name: str | None
    title: str
    observers: tuple[str, ...]


class Earlier(NamedTuple):
    """A source that a text may be a newer state of; `alike` is the share of pairs of words that the two have
    in common."""

    source: SourceId
    title: str
    alike: float


def earlier_states(view: View, candidates: Sequence[Candidate]) -> list[Earlier | None]:
    """For each text the source that it may be a newer state of: one of the same file name, or of the same title by one
    of its observers; of several the one that is most alike."""
    by_file: dict[str, list[Source]] = {}
    by_title: dict[str, list[Source]] = {}
    for source in view.all(Source):
        by_title.setdefault(folded(source.title), []).append(source)
        if source.file_name is not None:
            by_file.setdefault(folded(source.file_name), []).append(source)
    names = {person.id: folded(person.name) for person in view.all(Person)}

    def found(one: Candidate) -> Earlier | None:
        by = {folded(name) for name in one.observers}
        likely = list(by_file.get(folded(one.file_name), ())) if one.file_name else []
        likely += (
            source
            for source in by_title.get(folded(one.title), ())
            if source not in likely and by & {names[each.person] for each in view.find(Authorship, source=source.id)}
        )
        states = [Earlier(source.id, source.title, _alike(view, source, one.text)) for source in likely]
        return max(states, key=lambda state: state.alike, default=None)

    return [found(one) for one in candidates]


def _alike(view: View, source: Source, text: str) -> float:
    old = _pairs(view.text(current(view.find(SourceVersion, source=source.id)).text_hash))
    new = _pairs(text)
    return 2 * (old & new).total() / max(old.total() + new.total(), 1)


def _pairs(text: str) -> Counter[tuple[str, str]]:
    """The pairs of words that follow each other: two texts by different people share few of them."""
    words = text.split()
    return Counter(pairwise(words))
