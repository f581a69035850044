"""What an import did: which sources came, what of them came in another form or not at all, and what was left out."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QTextBrowser, QVBoxLayout, QWidget

from polyvocal.domain.ids import SourceId
from polyvocal.gui import labels
from polyvocal.gui.dialogs.form import told_small
from polyvocal.gui.sitting import Place, Sitting
from polyvocal.services.commands.sources import ImportResult


class LeftOut(NamedTuple):
    """A file that the person left out, and why it could not be read, if it could not."""

    name: str
    reason: str


class ImportedDialog(QDialog):
    """Tells it, to be read and copied. The sources are doors to the Read view."""

    def __init__(
        self, sitting: Sitting, result: ImportResult, left_out: Sequence[LeftOut], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("What was imported"))
        self._sitting, self._result, self._left_out = sitting, result, left_out
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 18, 20, 16)
        whole.setSpacing(12)
        head = QLabel(self._headline())
        head.setProperty("heading", True)
        head.setWordWrap(True)
        whole.addWidget(head)
        self.setAccessibleDescription(head.text())
        if result.sources:
            whole.addWidget(
                told_small(self.tr("One undo takes all of it back. What is told here is kept with each source."))
            )
        self.page = QTextBrowser()
        self.page.setOpenLinks(False)
        self.page.setAccessibleName(self.tr("What came of each file"))
        self.page.anchorClicked.connect(self._on_followed)
        sitting.theme.changed.connect(self._fill)
        self._fill()
        whole.addWidget(self.page, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        whole.addWidget(buttons)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setDefault(True)
        close.setFocus()
        self.resize(self.fontMetrics().averageCharWidth() * 100, self.fontMetrics().lineSpacing() * 26)

    def _headline(self) -> str:
        count = len(self._result.sources)
        if not count:
            return self.tr("Nothing was imported")
        return (
            self.tr("1 source was imported")
            if count == 1
            else self.tr("%s sources were imported") % labels.number(count)
        )

    def _fill(self) -> None:
        colours = self._sitting.theme.colours
        self.page.document().setDefaultStyleSheet(
            f"a {{ color: {colours.accent}; }} .note {{ color: {colours.text}; }} .none {{ color: {colours.muted}; }}"
            " h4 { margin-top: 10px; margin-bottom: 2px; } p { margin-top: 2px; margin-bottom: 2px; }"
        )
        self.page.setHtml("".join(self._parts()))

    def _parts(self) -> Iterator[str]:
        told = [(one, identity) for one, identity in self._result.sources if one.notes]
        whole = [(one, identity) for one, identity in self._result.sources if not one.notes]
        if told:
            yield _heading(self.tr("In another form, or left out"))
        for one, identity in told:
            yield f"<p>{_door(identity, one.title)}</p><ul>"
            for note in one.notes:
                yield f"<li>{escape(note.what)} ({labels.number(note.how_many)}): {escape(note.detail)}</li>"
            yield "</ul>"
        if whole:
            yield _heading(self.tr("Whole, with nothing left out"))
        for one, identity in whole:
            yield f"<p>{_door(identity, one.title)}</p>"
        if self._result.known:
            yield _heading(self.tr("There already, and not doubled"))
        for one, title in self._result.known:
            yield f"<p>{escape(one.file_name or one.title)}: {escape(self.tr('the same text as “%s”') % title)}</p>"
        if self._left_out:
            yield _heading(self.tr("Left out by you"))
        for name, reason in self._left_out:
            yield f"<p>{escape(name)}: {escape(reason)}</p>"

    def _on_followed(self, url: QUrl) -> None:
        self._sitting.place_wanted.emit(Place(SourceId(int(url.toString().removeprefix("source:")))))
        self.accept()


def _heading(words: str) -> str:
    return f"<h4>{escape(words)}</h4>"


def _door(identity: SourceId, title: str) -> str:
    return f'<a href="source:{identity}">{escape(title)}</a>'
