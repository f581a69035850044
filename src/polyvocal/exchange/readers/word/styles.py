"""What a document's styles say of a paragraph: is it a heading, is it in a list."""

from dataclasses import dataclass

from lxml.etree import _Element

from polyvocal.domain.structure import PieceKind
from polyvocal.exchange.readers import named_styles
from polyvocal.exchange.readers.word.names import attribute, child, is_on, name_of, number

_BODY_TEXT = 9


@dataclass(frozen=True, slots=True)
class Format:
    """What matters of a paragraph's formatting. `outline` is 0 for the highest heading, None for body text.

    `list_id` is the number of a list (w:numId), 0 for "in no list"; `level` is the depth in it, from 0.
    """

    outline: int | None = None
    list_id: int | None = None
    level: int | None = None
    quote: bool | None = None

    def over(self, base: "Format") -> "Format":
        """This, and where it says nothing, what `base` says."""
        return Format(
            base.outline if self.outline is None else self.outline,
            base.list_id if self.list_id is None else self.list_id,
            base.level if self.level is None else self.level,
            base.quote if self.quote is None else self.quote,
        )

    @property
    def is_heading(self) -> bool:
        return self.outline is not None and self.outline < _BODY_TEXT

    @property
    def is_quote(self) -> bool:
        return bool(self.quote)


def own_format(properties: _Element | None) -> Format:
    """What w:pPr itself says."""
    return Format(
        number(child(properties, "w:outlineLvl")),
        number(child(properties, "w:numPr", "w:numId")),
        number(child(properties, "w:numPr", "w:ilvl")),
    )


class Styles:
    """The paragraph styles of a document; none where it has no styles part."""

    def __init__(self, root: _Element | None) -> None:
        self._styles: dict[str, _Element] = {}
        self._known: dict[str, Format] = {}
        self._default = ""
        for style in root if root is not None else ():
            identity = attribute(style, "w:styleId")
            if name_of(style) != "w:style" or attribute(style, "w:type") != "paragraph" or identity is None:
                continue
            self._styles[identity] = style
            if attribute(style, "w:default") in ("1", "true", "on"):
                self._default = identity

    def format_of(self, properties: _Element | None) -> Format:
        """What a paragraph with these w:pPr is, style included."""
        style = child(properties, "w:pStyle")
        identity = (attribute(style, "w:val") if style is not None else None) or self._default
        return own_format(properties).over(self._of_style(identity))

    def emphasis_of(self, properties: _Element | None) -> list[PieceKind]:
        """In which ways the run with these w:rPr is emphasised, by itself or by a character style of that name."""
        style = child(properties, "w:rStyle")
        named = named_styles.emphasis_of(attribute(style, "w:val") or "") if style is not None else None
        found = {named} if named is not None else set()
        for name, kind in (("w:b", PieceKind.STRONG), ("w:i", PieceKind.EMPHASIS)):
            if is_on(child(properties, name)):
                found.add(kind)
        return sorted(found)

    def _of_style(self, identity: str) -> Format:
        if identity not in self._known:
            self._known[identity] = Format()  # a style that is based on itself ends here
            self._known[identity] = self._resolved(identity)
        return self._known[identity]

    def _resolved(self, identity: str) -> Format:
        style = self._styles.get(identity)
        if style is None:  # without a styles part the id is all there is
            return Format(named_styles.outline_of(identity), quote=named_styles.is_quote(identity) or None)
        own = own_format(child(style, "w:pPr"))
        title = child(style, "w:name")
        if title is not None:
            called = attribute(title, "w:val") or ""
            own = own.over(Format(named_styles.outline_of(called), quote=named_styles.is_quote(called) or None))
        base = child(style, "w:basedOn")
        return own.over(self._of_style(attribute(base, "w:val") or "")) if base is not None else own
