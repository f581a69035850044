"""What of a text is lit up, and of what only a part is meant: the rest has less weight."""

from collections.abc import Iterable, Sequence

from PySide6.QtGui import QColor

from polyvocal.domain.spans import Span, gaps
from polyvocal.gui.surface.block_seen import Edge
from polyvocal.gui.surface.document import dimmed, lit_up
from polyvocal.gui.surface.seen_text import SeenText
from polyvocal.gui.theme import Theme


class Lights:
    """Of one text, until another is shown in its place."""

    def __init__(self, text: SeenText, theme: Theme) -> None:
        self._text, self._theme = text, theme
        self.lit: Sequence[Span] = ()
        """What is lit up."""
        self.part: Sequence[Edge] = ()
        """What alone has its full weight, sorted and apart; all of the text, where nothing is in it."""

    def light(self, spans: Iterable[Span]) -> None:
        """Light up spans, in place of those before."""
        self.lit = list(spans)
        self.show()

    def show_part(self, part: Sequence[Edge]) -> None:
        """Give only some spans their full weight, and a line at their left."""
        self.part = part
        self.show()
        self._text.viewport().update()

    def put_out(self) -> None:
        """Forget all of it: another text is about to be shown."""
        self.lit = self.part = ()

    def show(self) -> None:
        """Show it in the colours of the theme."""
        document, offsets, colours = self._text.document(), self._text.offsets, self._theme.colours
        outside = gaps((one.span for one in self.part), len(self._text.text)) if self.part else ()
        dim = dimmed(document, offsets, outside, QColor(colours.muted))
        self._text.setExtraSelections([*dim, *lit_up(document, offsets, self.lit, QColor(colours.accent))])
