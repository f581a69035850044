"""Where words occur: in the sources, and in all else that people wrote."""

from collections.abc import Iterable
from typing import NamedTuple

from polyvocal.domain.ids import SourceId, SourceVersionId
from polyvocal.domain.records import Source, SourceVersion
from polyvocal.domain.spans import Span
from polyvocal.services.queries.setting import load_setting
from polyvocal.store.schema import RECORD_OF_KIND, words_of
from polyvocal.store.search import search_texts, search_words
from polyvocal.store.view import View

_AROUND = 50


class Hit(NamedTuple):
    """A place where words were found. In a source: half-open code points of its current version; else None."""

    kind: str
    id: int
    title: str
    observers: tuple[str, ...]
    start: int | None
    end: int | None
    text: str | None
    context: str


def find_words(view: View, query: str, limit: int) -> list[Hit]:
    """The places where all the words of a query occur together, best sources first, then names, memos and the like.

    Words of one place that stand side by side ("a phrase") are one hit. At most `limit` of each. Only current
    versions are searched. Raises UserError for a query without a word.
    """
    setting = load_setting(view)
    sources = {info.current.id: info for info in setting.sources}
    hits: list[Hit] = []
    for found in search_texts(view, query, limit):
        info = sources.get(SourceVersionId(found.version))
        if info is None:
            continue
        text = view.text(found.text_hash)
        for start, end in _joined(text, found.places)[: limit - len(hits)]:
            hits.append(
                Hit(
                    "source",
                    info.source.id,
                    info.source.title,
                    tuple(author.name for author in info.authors),
                    start,
                    end,
                    text[start:end],
                    _context(text, start, end),
                )
            )
        if len(hits) >= limit:
            break
    for other in search_words(view, query, limit):
        cls = RECORD_OF_KIND[other.kind]
        if cls in (Source, SourceVersion):
            source = SourceId(other.id)
            title = next((info.source.title for info in setting.sources if info.source.id == source), other.kind)
        else:
            title = _title(view, cls, other.id)
        hits.append(Hit(other.kind, other.id, title, (), None, None, None, " ".join(other.words.split())[:200]))
    return hits


def _joined(text: str, places: Iterable[Span]) -> list[Span]:
    """Words that stand side by side are one place."""
    joined: list[Span] = []
    for place in places:
        if joined and not text[joined[-1].end : place.start].strip():
            joined[-1] = Span(joined[-1].start, place.end)
        else:
            joined.append(place)
    return joined


def _title(view: View, cls: type, identity: int) -> str:
    record = view.get(cls, identity)
    for name in ("title", "name"):
        if record is not None and name in words_of(cls) and getattr(record, name):
            return str(getattr(record, name))
    return str(identity)


def _context(text: str, start: int, end: int) -> str:
    left, right = max(0, start - _AROUND), min(len(text), end + _AROUND)
    shown = " ".join(text[left:right].split())
    return f"{'…' if left else ''}{shown}{'…' if right < len(text) else ''}"
