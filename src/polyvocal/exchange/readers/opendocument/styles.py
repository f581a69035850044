"""What a document's styles say of paragraphs and of words: heading, quotation, hidden, emphasised, in which list."""

from collections.abc import Iterable
from dataclasses import dataclass

from lxml.etree import _Element

from polyvocal.domain.structure import PieceKind
from polyvocal.exchange.readers import named_styles
from polyvocal.exchange.readers.opendocument.names import attribute, child, name_of, number

_LONGEST_CHAIN = 32
"""A style that is based on itself ends here."""
_BOLD_FROM = 600
_EMPHASISED = {PieceKind.STRONG: "fo:font-weight", PieceKind.EMPHASIS: "fo:font-style"}


@dataclass(frozen=True, slots=True)
class Format:
    """What matters of formatting. `outline` is 1 for the highest heading, 0 for none; `in_list` is "" for no list."""

    outline: int = 0
    is_quote: bool = False
    is_hidden: bool = False
    in_list: str | None = None
    emphasis: frozenset[PieceKind] = frozenset()
    plain: frozenset[PieceKind] = frozenset()
    """The ways in which words are not emphasised although those around them are."""


class Styles:
    """The styles of paragraphs and of words by their names; `groups` are elements that hold some, the nearest last."""

    def __init__(self, groups: Iterable[_Element]) -> None:
        self._styles: dict[tuple[str, str], _Element] = {}
        self._automatic: set[tuple[str, str]] = set()
        self._known: dict[tuple[str, str], Format] = {}
        for group in groups:
            automatic = name_of(group) == "office:automatic-styles"
            for style in group:
                if name_of(style) == "style:style":
                    key = (attribute(style, "style:family") or "", attribute(style, "style:name") or "")
                    self._styles[key] = style
                    if automatic:
                        self._automatic.add(key)

    def of_paragraph(self, name: str | None) -> Format:
        """Of a paragraph with this style. Emphasis is what was made so by hand, and not what all of its kind have."""
        return self._known_as("paragraph", name or "Standard")

    def of_words(self, name: str | None) -> Format:
        """Of words with this style."""
        return self._known_as("text", name or "")

    def _known_as(self, family: str, name: str) -> Format:
        key = (family, name)
        if key not in self._known:
            self._known[key] = self._resolved(family, name)
        return self._known[key]

    def _resolved(self, family: str, name: str) -> Format:
        outline, in_list, hidden, quote = None, None, None, False
        emphasis: dict[PieceKind, bool] = {}
        for key in self._chain(family, name):
            style = self._styles.get(key)
            called = _called(style, key[1])
            properties = child(style, "style:text-properties")
            if properties is not None:
                shown = attribute(properties, "text:display")
                hidden = (shown == "none") if hidden is None and shown is not None else hidden
                if family == "text" or key in self._automatic:
                    for kind, property_name in _EMPHASISED.items():
                        value = attribute(properties, property_name)
                        if value is not None:
                            emphasis.setdefault(kind, _is_emphasised(value))
            if family == "text":
                named = named_styles.emphasis_of(called)
                if named is not None:
                    emphasis.setdefault(named, True)
                continue
            if style is not None:
                in_list = attribute(style, "style:list-style-name") if in_list is None else in_list
                if outline is None and attribute(style, "style:default-outline-level") is not None:
                    outline = number(style, "style:default-outline-level") or 0
            level = named_styles.outline_of(called)
            if outline is None and level is not None:
                outline = level + 1
            quote = quote or named_styles.is_quote(called)
        return Format(
            outline or 0,
            quote,
            bool(hidden),
            in_list,
            frozenset(kind for kind, on in emphasis.items() if on),
            frozenset(kind for kind, on in emphasis.items() if not on),
        )

    def _chain(self, family: str, name: str) -> list[tuple[str, str]]:
        """A style, what it is based on, and so on."""
        chain: list[tuple[str, str]] = []
        while name and len(chain) < _LONGEST_CHAIN and (family, name) not in chain:
            chain.append((family, name))
            style = self._styles.get((family, name))
            name = (attribute(style, "style:parent-style-name") or "") if style is not None else ""
        return chain


def _called(style: _Element | None, name: str) -> str:
    """A style's name as people see it: in the file, what may not be in a name is written as _20_ and the like."""
    shown = attribute(style, "style:display-name") if style is not None else None
    return shown if shown is not None else name.replace("_20_", " ")


def _is_emphasised(value: str) -> bool:
    return value in ("bold", "italic", "oblique") or (value.isdecimal() and int(value[:4]) >= _BOLD_FROM)
