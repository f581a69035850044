"""Finding words in the texts of the sources, and in everything else that people wrote."""

import re
import secrets
from collections.abc import Iterator
from typing import NamedTuple

from polyvocal.domain.errors import UserError
from polyvocal.domain.spans import Span
from polyvocal.store.schema import RECORD_OF_KIND
from polyvocal.store.view import View

_CURRENT = (
    "EXISTS (SELECT 1 FROM source_version AS v WHERE v.text_hash = t.hash "
    "AND NOT EXISTS (SELECT 1 FROM source_version AS c WHERE c.parent = v.id))"
)
"""Of the texts, those of a version that no other was made from."""

_WORD = re.compile(r'"([^"]*)"|(\S+)')
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


class TextHit(NamedTuple):
    """A source version whose text matches, the best first, with the places of the words found."""

    version: int
    text_hash: str
    places: tuple[Span, ...]


class WordHit(NamedTuple):
    """A record other than a source's text whose words match."""

    kind: str
    id: int
    words: str


def match_expression(query: str) -> str:
    """An FTS5 expression for what a person typed: all words, "a phrase" in quotes, beginnings with a final *.

    Raises UserError for a query without a word.
    """
    parts = []
    for phrase, word in _WORD.findall(query):
        text = phrase or word
        stem = text.rstrip("*") if not phrase else text
        if any(character.isalnum() for character in stem):
            parts.append('"' + stem.replace('"', " ") + '"' + ("*" if stem != text else ""))
    if not parts:
        raise UserError('there is no word to search for: type one or more, or "a phrase" in quotes')
    return " ".join(parts)


def search_texts(view: View, query: str, limit: int) -> Iterator[TextHit]:
    """The versions whose text matches, by rank; offsets are half-open code points.

    Thai, Chinese and other writing without spaces is found as written, by reading every text.
    """
    found = _unspaced(view, query, limit) if _UNSPACED.search(query) else _indexed(view, query, limit)
    for text_hash, places in found:
        for (version,) in view.raw.execute("SELECT id FROM source_version WHERE text_hash = ?", (text_hash,)):
            yield TextHit(version, text_hash, places)


def _indexed(view: View, query: str, limit: int) -> Iterator[tuple[str, tuple[Span, ...]]]:
    left, right = (f"\x02{secrets.token_hex(8)}{end}" for end in "<>")
    marks = re.compile(f"{left}|{right}")
    for text_hash, marked in view.raw.execute(
        "SELECT t.hash, highlight(text_index, 0, ?, ?) FROM text_index JOIN text AS t ON t.n = text_index.rowid "
        f"WHERE text_index MATCH ? AND {_CURRENT} "
        "ORDER BY rank LIMIT ?",
        (left, right, match_expression(query), limit),
    ):
        places = [match.start() - number * len(left) for number, match in enumerate(marks.finditer(marked))]
        yield text_hash, tuple(Span(start, end) for start, end in zip(places[::2], places[1::2], strict=True))


def _unspaced(view: View, query: str, limit: int) -> Iterator[tuple[str, tuple[Span, ...]]]:
    words = _as_written(query)
    condition = " AND ".join("instr(t.body, ?) > 0" for _ in words)
    for text_hash, body in view.raw.execute(
        f"SELECT t.hash, t.body FROM text AS t WHERE {condition} AND {_CURRENT} ORDER BY t.n LIMIT ?",
        (*words, limit),
    ):
        places = sorted(Span(*m.span()) for word in words for m in re.finditer(re.escape(word), body))
        yield text_hash, tuple(places)


def _as_written(query: str) -> list[str]:
    words = [phrase or word.rstrip("*") for phrase, word in _WORD.findall(query)]
    return [word for word in words if any(character.isalnum() for character in word)]


def search_words(view: View, query: str, limit: int) -> Iterator[WordHit]:
    """The names, definitions, memos and other words of the project that match, by rank."""
    if _UNSPACED.search(query):
        words = _as_written(query)
        condition = " AND ".join("instr(body, ?) > 0" for _ in words)
        rows = view.raw.execute(f"SELECT kind, rowid, body FROM word_index WHERE {condition} LIMIT ?", (*words, limit))
    else:
        rows = view.raw.execute(
            "SELECT kind, rowid, body FROM word_index WHERE word_index MATCH ? ORDER BY rank LIMIT ?",
            (f"body : ({match_expression(query)})", limit),
        )
    for kind, identity, body in rows:
        if kind in RECORD_OF_KIND:
            yield WordHit(kind, identity, body)
