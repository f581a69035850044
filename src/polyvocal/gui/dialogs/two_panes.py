"""Two texts side by side, with what each has and the other has not marked in it; scrolled together."""

from bisect import bisect_right

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from polyvocal.domain.spans import Span
from polyvocal.gui.dialogs.version_pane import VersionPane
from polyvocal.gui.theme import Theme, blended
from polyvocal.services.queries.versions import Difference, TwoVersions


class TwoPanes(QSplitter):
    """The older text at the left, the newer at the right; or the newer alone."""

    def __init__(self, theme: Theme, older: str, newer: str, parent: QWidget | None = None) -> None:
        """`older` and `newer` are what the panes are called to whoever hears of them."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._two: TwoVersions | None = None
        self._at = -1
        self._following = False
        self._sides: list[QWidget] = []
        self.older, self.newer = VersionPane(theme, older), VersionPane(theme, newer)
        self.older_name, self.newer_name = QLabel(), QLabel()
        self.setHandleWidth(12)
        self.setStyleSheet("QSplitter::handle { background: transparent; }")
        for pane, name in ((self.older, self.older_name), (self.newer, self.newer_name)):
            name.setProperty("section", True)
            name.setTextFormat(Qt.TextFormat.PlainText)
            side = QWidget()
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(4)
            column.addWidget(name)
            column.addWidget(pane, 1)
            self.addWidget(side)
            self._sides.append(side)
        self.older.scrolled.connect(lambda: self._follow(self.older, self.newer))
        self.newer.scrolled.connect(lambda: self._follow(self.newer, self.older))

    @property
    def differences(self) -> list[Difference]:
        """Where the two that are shown differ."""
        return self._two.differences if self._two is not None else []

    def show_two(self, two: TwoVersions, older: str, newer: str) -> None:
        """Show two texts under names; the newer alone where the older has none."""
        self._two, self._at = two, -1
        colours = self._theme.colours
        away, put_in = QTextCharFormat(), QTextCharFormat()
        away.setBackground(blended(colours.danger, colours.ground, 0.22))
        away.setFontStrikeOut(True)
        put_in.setBackground(blended(colours.accent, colours.ground, 0.25))
        put_in.setFontUnderline(True)
        put_in.setUnderlineColor(QColor(colours.accent))
        found = two.differences
        self._following = True
        self.older.show_text(two.older, [Span(a, b) for a, b, _, _ in found if a < b], away)
        self.newer.show_text(two.newer, [Span(c, d) for _, _, c, d in found if c < d], put_in)
        self._following = False
        self._sides[0].setVisible(bool(older))
        self.older_name.setText(older)
        self.newer_name.setText(newer)

    def step(self, step: int) -> int | None:
        """Go to the next difference, or the one before, in both texts; gives its number from 0, None for none."""
        found = self.differences
        if not found:
            return None
        self._at = (self._at + step) % len(found) if self._at >= 0 or step > 0 else len(found) - 1
        a, b, c, d = found[self._at]
        self._following = True
        self.older.go_to(Span(a, b))
        self.newer.go_to(Span(c, d))
        self._following = False
        return self._at

    def _follow(self, pane: VersionPane, other: VersionPane) -> None:
        """Scroll the other text along, to what it has in common with the first line that is seen here."""
        if self._following or self._two is None or not self._two.kept:
            return
        here, there = (0, 1) if pane is self.older else (1, 0)
        kept = self._two.kept
        at = max(bisect_right(kept, pane.top, key=lambda one: one[here]) - 1, 0)
        place = kept[at][there] + min(max(pane.top - kept[at][here], 0), kept[at].length)
        self._following = True
        other.scroll_to(place)
        self._following = False
