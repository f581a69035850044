"""What stands around a place in a text: its word, its sentence, its paragraph."""

import re
from collections.abc import Iterator

from polyvocal.domain.spans import Span

_WORD = re.compile(r"\w+(?:['\u2019-]\w+)*")
_SENTENCE = re.compile(r"\S.*?(?:[.!?\u2026\u3002\uff01\uff1f][\"'\u201d\u2019)\]]*(?=\s|$)|\u3002|$)", re.DOTALL)


def around(text: str, start: int, end: int) -> Iterator[Span]:
    """The words, the sentences and the paragraph that [start, end) touches, each as one span of code points."""
    left = text.rfind("\n", 0, start) + 1
    right = text.find("\n", max(end, left))
    words = text[left : len(text) if right < 0 else right]
    for pattern in (_WORD, _SENTENCE):
        inside = [
            Span(left + match.start(), left + match.end())
            for match in pattern.finditer(words)
            if left + match.start() <= end and start <= left + match.end()
        ]
        if inside:
            yield Span(inside[0].start, inside[-1].end)
    yield Span(left + len(words) - len(words.lstrip()), left + len(words.rstrip()))
