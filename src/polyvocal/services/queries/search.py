"""Where words occur: in the sources, and in all else that people wrote."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from polyvocal.domain.comparisons import Comparison, CounterExample, Snapshot
from polyvocal.domain.ids import SourceVersionId
from polyvocal.domain.records import (
    AttributeValue,
    Authorship,
    ImportNote,
    Person,
    Picture,
    Positionality,
    Source,
    SourceVersion,
)
from polyvocal.domain.spans import Span
from polyvocal.services.queries.setting import load_setting
from polyvocal.services.references import as_text, kind_of_record
from polyvocal.store.schema import RECORD_OF_KIND
from polyvocal.store.search import search_texts, search_words
from polyvocal.store.view import View

_AROUND = 50
_SHOWN = 200

_PARTS: dict[type, tuple[type[Any], str]] = {
    Picture: (SourceVersion, "version"),
    SourceVersion: (Source, "source"),
    ImportNote: (Source, "source"),
    Authorship: (Source, "source"),
    Positionality: (Person, "person"),
    Snapshot: (Comparison, "comparison"),
    CounterExample: (Comparison, "comparison"),
}


class Hit(NamedTuple):
    """A place where words were found: in a text half-open code points of the source's current version, else None."""

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
    query = as_text(query).replace("\0", " ")
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
        record = _bearer(view, RECORD_OF_KIND[other.kind], other.id)
        if record is None:
            continue
        shown = " ".join(other.words.split())[:_SHOWN]
        hits.append(Hit(_kind(record), record.id, _title(record), (), None, None, None, shown))
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


def _bearer(view: View, cls: type[Any], identity: int) -> Any:
    """The thing whose words were found: what is a part of another is shown as that one; None for what is not seen."""
    record: Any = view.get(cls, identity)
    if isinstance(record, AttributeValue):
        return view.need(RECORD_OF_KIND[record.about_kind], record.about)
    while (part := _PARTS.get(type(record))) is not None:
        whole, field = part
        record = view.need(whole, getattr(record, field))
    return record


def _kind(record: Any) -> str:
    return kind_of_record(type(record)).singular


def _title(record: Any) -> str:
    name = kind_of_record(type(record)).name
    return str((name and getattr(record, name)) or record.id)


def _context(text: str, start: int, end: int) -> str:
    left, right = max(0, start - _AROUND), min(len(text), end + _AROUND)
    shown = " ".join(text[left:right].split())
    return f"{'…' if left else ''}{shown}{'…' if right < len(text) else ''}"
