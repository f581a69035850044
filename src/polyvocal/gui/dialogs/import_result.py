"""What an import did: which sources came, what of them came in another form or not at all, and what was left out."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QTextBrowser, QVBoxLayout, QWidget

from polyvocal.domain.ids import SourceId
from polyvocal.domain.text import counted
from polyvocal.domain.words import Fate
from polyvocal.gui import labels
from polyvocal.gui.parts import muted, open_wide
from polyvocal.gui.sitting import Place, Sitting
from polyvocal.services.commands.incoming import Incoming, Note
from polyvocal.services.commands.sources import ImportResult


class NotTaken(NamedTuple):
    """A file that was not taken in, and why."""

    name: str
    reason: str


class ImportedDialog(QDialog):
    """Tells it, to be read and copied. The sources are doors to the Read view."""

    def __init__(
        self, sitting: Sitting, result: ImportResult, not_taken: Sequence[NotTaken], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("What was imported"))
        self._sitting, self._result, self._not_taken = sitting, result, not_taken
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 18, 20, 16)
        whole.setSpacing(12)
        head = QLabel(self._headline())
        head.setProperty("heading", True)
        head.setWordWrap(True)
        whole.addWidget(head)
        self.setAccessibleDescription(head.text())
        if result.changes.kinds:
            whole.addWidget(
                muted(self.tr("One undo takes all of it back. What is told here is kept with each source."))
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
        open_wide(self, 100, 30)

    def _headline(self) -> str:
        count, renewed = len(self._result.sources), len(self._result.renewed)
        if renewed:
            both = self.tr("%s imported, %s renewed")
            return both % (counted(count, "source"), counted(renewed, "source"))
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
            " h4 { margin-top: 10px; margin-bottom: 2px; } p { margin-top: 4px; margin-bottom: 0; }"
            " ul { margin-top: 0; margin-bottom: 6px; }"
        )
        self.page.setHtml("".join(self._parts()))
        self.page.document().setDocumentMargin(10)
        self.page.document().setIndentWidth(18)

    def _parts(self) -> Iterator[str]:
        yield from self._renewed()
        lossy = {identity for one, identity in self._result.sources if _lost(one)}
        for heading, is_lossy in (
            (self.tr("In another form, or left out"), True),
            (self.tr("Whole, with nothing left out"), False),
        ):
            told = [(one, identity) for one, identity in self._result.sources if (identity in lossy) is is_lossy]
            if told:
                yield _heading(heading)
            for one, identity in told:
                yield f"<p>{_door(identity, one.title)}</p>{_listed(one.notes)}"
        if self._result.known:
            yield _heading(self.tr("There already, and not doubled"))
        for one, title in self._result.known:
            yield f"<p>{escape(one.file_name or one.title)}: {escape(self.tr('the same text as “%s”') % title)}</p>"
        if self._not_taken:
            yield _heading(self.tr("Not taken in"))
        for name, reason in self._not_taken:
            yield f"<p>{escape(name)}: {escape(reason)}</p>"

    def _renewed(self) -> Iterator[str]:
        """The new versions, whose passages were found again by comparing, which may be wrong."""
        if self._result.renewed:
            yield _heading(self.tr("New versions"))
        for one in self._result.renewed:
            words = self.tr("%s found again by comparing it with the text before") % counted(one.followed, "passage")
            yield f"<p>{_door(one.source, one.title)}: {escape(words)}</p>"
            lost = (f"{each.made}: “{each.words}”" for each in one.lost)
            gone = self.tr("its words are gone: it is kept with its old text")
            yield f"<ul>{''.join(f'<li>{escape(each)}: {escape(gone)}</li>' for each in lost)}</ul>"

    def _on_followed(self, url: QUrl) -> None:
        self._sitting.place_wanted.emit(Place(SourceId(int(url.toString().removeprefix("source:")))))
        self.accept()


def _lost(one: Incoming) -> bool:
    """Whether anything came over in another form, or not at all."""
    return any(note.fate is not Fate.CARRIED_OVER for note in one.notes)


def _listed(notes: Sequence[Note]) -> str:
    items = (f"<li>{escape(_counted(one))}: {escape(one.detail)}</li>" for one in notes)
    return f"<ul>{''.join(items)}</ul>" if notes else ""


def _counted(note: Note) -> str:
    return note.what if note.how_many == 1 else f"{note.what} ({labels.number(note.how_many)})"


def _heading(words: str) -> str:
    return f"<h4>{escape(words)}</h4>"


def _door(identity: SourceId, title: str) -> str:
    return f'<a href="source:{identity}">{escape(title)}</a>'
