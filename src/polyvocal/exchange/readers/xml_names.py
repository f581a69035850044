"""Names of elements and attributes in XML of a known vocabulary, by its usual prefixes."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from lxml.etree import _Element


class Names:
    """Names as people write them ("w:p"), whatever prefixes a file has. Several namespaces may share a prefix."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = prefixes
        self._short = lru_cache(maxsize=4096)(self._shortened)
        self._spelt = lru_cache(maxsize=512)(self._spellings)

    def name_of(self, element: _Element) -> str:
        """An element's name with the usual prefix; without one where the namespace is not known here."""
        return self._short(str(element.tag))

    def attribute(self, element: _Element, name: str) -> str | None:
        """An attribute by its usual name ("w:val"), or None."""
        for spelt in self._spelt(name):
            found = element.get(spelt)
            if found is not None:
                return found
        return None

    def child(self, element: _Element | None, *path: str) -> _Element | None:
        """The first child of a name, and of that the first of the next name; None where there is none."""
        for name in path:
            if element is None:
                return None
            element = next(element.iterchildren(*self._spelt(name)), None)
        return element

    def within(self, element: _Element, *names: str) -> Iterator[_Element]:
        """All elements of these names at any depth, in the order of the document."""
        return (one for one in element.iter() if self.name_of(one) in names)

    def _shortened(self, tag: str) -> str:
        space, _, local = tag.removeprefix("{").rpartition("}")
        return f"{self._prefixes[space]}:{local}" if space in self._prefixes else local

    def _spellings(self, name: str) -> tuple[str, ...]:
        prefix, _, local = name.partition(":")
        return tuple(f"{{{space}}}{local}" for space, short in self._prefixes.items() if short == prefix)
