"""What is known of the thing that is chosen in a list, with ways from there to what hangs on it."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from PySide6.QtCore import QEvent, QUrl, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QTextBrowser, QWidget

from polyvocal.gui import labels

MOST = 200
"""So many lines are shown under one head."""


class Fact(NamedTuple):
    """A line: words, what is added to them, and what they open (a Place, a Door, PassagesMeant), if anything."""

    words: str
    more: str = ""
    opens: object = None


class Facts(NamedTuple):
    """Lines under a head; `number` stands behind the head."""

    head: str
    lines: Sequence[Fact]
    number: str = ""


class Details(NamedTuple):
    """A thing: its name, a line about it, a text of some length, and what hangs on it."""

    name: str
    about: str = ""
    text: str = ""
    facts: Sequence[Facts] = ()


class DetailsPane(QTextBrowser):
    """Shows details as text that can be read, selected and heard; Tab goes from one way to the next, Enter takes it."""

    opened = Signal(object)
    """What the line opens that was chosen."""

    _shown: Details | None = None
    _hint = ""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setAccessibleName(self.tr("Details"))
        self.document().setDocumentMargin(12)
        self._targets: list[object] = []
        self.anchorClicked.connect(self._on_clicked)

    def show_details(self, details: Details | None, hint: str = "") -> None:
        """Show details; where there are none, a hint."""
        if (details, hint) != (self._shown, self._hint):
            self._shown, self._hint = details, hint
            self._render()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme: links and quiet words take their colours from the palette."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._render()

    def _render(self) -> None:
        self._targets = []
        if self._shown is None:
            self.setHtml(f'<p style="color:{self._colour(QPalette.ColorRole.PlaceholderText)}">{_html(self._hint)}</p>')
        else:
            self.setHtml("".join(self._parts(self._shown)))

    def _colour(self, role: QPalette.ColorRole) -> str:
        return self.palette().color(role).name()

    def _parts(self, details: Details) -> Iterator[str]:
        quiet = self._colour(QPalette.ColorRole.PlaceholderText)
        yield f'<p style="font-size:large; font-weight:600; margin:0 0 2px 0">{_html(details.name)}</p>'
        if details.about:
            yield f'<p style="color:{quiet}; margin:0 0 8px 0">{_html(details.about)}</p>'
        if details.text:
            yield f'<p style="margin:4px 0 8px 0">{_html(details.text)}</p>'
        for facts in details.facts:
            number = f" &nbsp;{_html(facts.number)}" if facts.number else ""
            yield f'<p style="color:{quiet}; font-weight:600; margin:10px 0 2px 0">{_html(facts.head)}{number}</p>'
            for fact in facts.lines[:MOST]:
                more = f' <span style="color:{quiet}">– {_html(fact.more)}</span>' if fact.more else ""
                yield f'<p style="margin:1px 0 1px 0">{self._words(fact)}{more}</p>'

            if len(facts.lines) > MOST:
                more = labels.number(len(facts.lines) - MOST)
                yield f'<p style="color:{quiet}; margin:1px 0 1px 0">{self.tr("and %s more") % more}</p>'

    def _words(self, fact: Fact) -> str:
        if fact.opens is None:
            return _html(fact.words)
        self._targets.append(fact.opens)
        link = self._colour(QPalette.ColorRole.Link)
        at = len(self._targets) - 1
        return f'<a href="fact:{at}" style="color:{link}; text-decoration:none">{_html(fact.words)}</a>'

    def _on_clicked(self, url: QUrl) -> None:
        number = url.path()
        if url.scheme() == "fact" and number.isdecimal() and int(number) < len(self._targets):
            self.opened.emit(self._targets[int(number)])

    @property
    def targets(self) -> Sequence[object]:
        """What the ways that are shown lead to, from the top."""
        return tuple(self._targets)


def _html(text: str) -> str:
    return escape(text).replace("\n", "<br>")
