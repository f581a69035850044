"""What a reader of memos asks for, and what a list or report shows of them."""

import unicodedata
from dataclasses import dataclass, field
from typing import NamedTuple

from polyvocal.domain.ids import CodingId, MemoId, SourceId
from polyvocal.domain.spans import Span
from polyvocal.domain.words import MemoKind

PASSAGE, FREE = "passage", "free"


class About(NamedTuple):
    """What a memo is about: `kind` is a word such as "code", "passage", "free", `name` how it is called, `id` its id.

    Of what lies in a text, `source` is of which, `place` where in its current version (half-open code points; None
    where its words are gone), `words` those that it had when it was made; `coding` is the coding, if it hangs on one.
    Of a moment, `within` is the kind and id of its session or event. A divergence lies where its first passage does.
    """

    kind: str
    name: str = ""
    id: int | None = None
    source: SourceId | None = None
    source_title: str = ""
    place: Span | None = None
    words: str = ""
    coding: CodingId | None = None
    within: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class WholeMemo:
    """A memo in names."""

    id: MemoId
    kind: MemoKind
    title: str | None
    text: str = field(repr=False)
    author: str | None
    created_at: int
    about: About = field(repr=False)


@dataclass(frozen=True, slots=True)
class MemoFilter:
    """Which memos are meant: those that satisfy every set that is not empty, and hold all the words.

    `authors` are names, `about` the kinds of what they are about. Words are looked for in title, text, and in the name
    and words of what it is about, without regard to case.
    """

    kinds: frozenset[str] = frozenset()
    authors: frozenset[str] = frozenset()
    about: frozenset[str] = frozenset()
    words: str = ""

    def holds(self, memo: WholeMemo) -> bool:
        """Whether a memo is meant."""
        return (
            (not self.kinds or memo.kind in self.kinds)
            and (not self.authors or (memo.author or "") in self.authors)
            and (not self.about or memo.about.kind in self.about)
            and self._holds_words(memo)
        )

    def _holds_words(self, memo: WholeMemo) -> bool:
        wanted = _folded(self.words).split()
        if not wanted:
            return True
        about = memo.about
        held = _folded("\n".join((memo.title or "", memo.text, about.name, about.source_title, about.words)))
        return all(word in held for word in wanted)

    def in_words(self) -> str:
        """Which memos these are, as a caption says it."""
        parts = [
            f"{name}: {', '.join(sorted(values))}"
            for name, values in (("kind", self.kinds), ("author", self.authors), ("about", self.about))
            if values
        ]
        parts += [f"with the words: {self.words.strip()}"] if self.words.strip() else []
        return f"Only {'; '.join(parts)}." if parts else "All memos."


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
