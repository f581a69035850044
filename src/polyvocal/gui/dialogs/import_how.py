"""How a file is read: its encoding, its sheet, what its columns say; chosen while one sees what would come in."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QFormLayout, QLabel, QLayout, QVBoxLayout, QWidget

from polyvocal.domain.errors import UserError
from polyvocal.exchange.about.columns import as_decided, propose_columns
from polyvocal.exchange.about.rows import TextUnknown, is_in_an_encoding
from polyvocal.exchange.readers.encoding import OFFERED
from polyvocal.exchange.readers.given import GivenFile
from polyvocal.exchange.readers.table import TABLE_ENDINGS, Table
from polyvocal.gui import labels
from polyvocal.gui.dialogs.form import Form, choice, value_of
from polyvocal.gui.dialogs.import_look import Look, look_again, look_at, with_text
from polyvocal.gui.dialogs.import_rows import Row
from polyvocal.gui.dialogs.import_uses import UsesTable
from polyvocal.gui.dialogs.import_words import COLUMN_USES, encoding, how_told
from polyvocal.gui.dialogs.read_table import DELIMITERS
from polyvocal.gui.dialogs.version_pane import VersionPane
from polyvocal.gui.parts import muted, open_wide
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.incoming import ToldBy


def may_choose(given: GivenFile) -> bool:
    """Whether there is anything to choose in how a file is read."""
    return given.ending in TABLE_ENDINGS or is_in_an_encoding(given)


def can_look(row: Row) -> bool:
    """Whether it can be shown how a file is read: where it was read, or may be read in another manner."""
    return row.outcome is not None and (row.incoming is not None or may_choose(row.given))


class HowDialog(Form):
    """Shows how the file of a row is read, and what would come in.

    `finished_with` brings the Manner in which it is to be read from now on.
    """

    def __init__(self, sitting: Sitting, row: Row, parent: QWidget | None = None) -> None:
        self._sitting, self._row, self._given, self._manner = sitting, row, row.given, row.manner
        self._look = Look()
        self._found = Look()
        self._touched = False
        super().__init__(f"How “{row.given.name}” is read", ok="Read it so", parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_wide(self, 128, 40)
        sitting.theme.changed.connect(self._show_text)
        self.ok.setVisible(may_choose(row.given))
        if may_choose(row.given):
            self._ask(self._first_look(), self._on_first_look)
        else:
            self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Close"))
            text = row.incoming.text if row.incoming else ""
            self._ask(lambda: with_text(Look(), text), self._show)

    def around(self, form: QFormLayout) -> QLayout:
        """What was found out, what can be chosen, the columns of a table, and the text as it would come in."""
        self.told = muted()
        self.encoding = choice(())
        self.row(self.tr("Encoding"), self.encoding)
        self.sheet = choice(())
        self.row(self.tr("Sheet"), self.sheet)
        self.header = QCheckBox(self.tr("The first row names the columns"))
        self.header.setChecked(self._manner.has_header)
        form.addRow("", self.header)
        self.uses_head = QLabel(self.tr("What the columns say: proposed by their names, for you to change"))
        self.uses = UsesTable()
        self.unused = muted(
            self.tr(
                "What is not used stands in the import's report and in the file, both of which are kept. An attribute "
                "is also seen and changed under Setting, Cases."
            )
        )
        self.text_head = QLabel()
        self.text = VersionPane(self._sitting.theme, self.tr("The text as it would come in"))
        whole = QVBoxLayout()
        whole.setSpacing(8)
        whole.addWidget(self.told)
        whole.addLayout(form)
        below = ((self.uses_head, 0), (self.uses, 5), (self.unused, 0), (self.text_head, 0), (self.text, 2))
        for widget, stretch in below:
            whole.addWidget(widget, stretch)
        for head in (self.uses_head, self.text_head):
            head.setProperty("section", True)
            head.setTextFormat(Qt.TextFormat.PlainText)
        is_table = self._given.ending in TABLE_ENDINGS
        self.header.setVisible(is_table)
        for widget, _ in below[:3]:
            widget.setVisible(is_table)
        form.setRowVisible(self.encoding, is_in_an_encoding(self._given))
        form.setRowVisible(self.sheet, False)
        self.encoding.activated.connect(self._on_encoding_chosen)
        self.sheet.activated.connect(self._on_sheet_chosen)
        self.header.clicked.connect(self._on_header_chosen)
        self.uses.decided.connect(self._on_uses_decided)
        return whole

    # --- looking -------------------------------------------------------------------------------------------------

    def _ask(self, work: Callable[[], Look], then: Callable[[Look], None]) -> None:
        self.ok.setEnabled(False)
        self.told.setText(self.tr("Reading %s…") % self._given.name)
        self._sitting.bus.ask(self, lambda _view: work(), then, about="look", failed=self.tell)

    def _first_look(self) -> Callable[[], Look]:
        """What is found out where nobody says anything; that is offered first."""
        return partial(look_at, self._given, replace(self._manner, encoding=None), row=self._row.place[1])

    def _on_first_look(self, look: Look) -> None:
        self._found = look
        self._offer_encodings()
        if self._manner.encoding is None:
            self._show(look)
        else:
            self._look_anew()
        if look.encoding_by is not ToldBy.STATISTICS and self.uses.isVisibleTo(self):
            self.uses.setFocus()

    def _offer_encodings(self) -> None:
        found, by = self._found.encoding, self._found.encoding_by
        if found is None:
            self.encoding.addItem(self.tr("not found out: choose one"), "")
        else:
            words = self.tr("%s, guessed") if by is ToldBy.STATISTICS else self.tr("%s, found out")
            self.encoding.addItem(words % encoding(found), found)
        named = (self._manner.encoding,) if self._manner.encoding else ()
        for name in dict.fromkeys((*OFFERED, *named)):
            if name != found:
                self.encoding.addItem(encoding(name), name)
        self.encoding.setCurrentIndex(max(self.encoding.findData(self._manner.encoding or found), 0))

    def _look_anew(self) -> None:
        self._ask(partial(look_at, self._given, self._manner, row=self._row.place[1]), self._show)

    def _show(self, look: Look) -> None:
        self._look = look
        self.ok.setEnabled(look.fault is None)
        self.told.setText(" ".join(self._told()))
        self.uses.setEnabled(look.table is not None)
        if look.table is not None:
            self._show_table(look.table.table)
        self._show_text()
        self.fault.hide()
        if isinstance(look.fault, TextUnknown):
            self.tell(UserError(self.tr("Nothing says which column is the text: choose “Text” for it above.")))
        elif look.fault is not None:
            self.tell(look.fault)

    def _told(self) -> Iterator[str]:
        look = self._look
        if look.fault is None or look.table is not None:
            yield how_told(self._given, look.encoding, look.encoding_by)
        if look.table is not None:
            mark = look.table.table.delimiter
            if mark is not None:
                yield self.tr("Between the columns stand %s.") % DELIMITERS.get(mark, mark)
            yield self._told_of_rows(look)
        elif not look.is_whole:
            yield self.tr("Of this long text the beginning is shown, and lines that tell whether it is right.")

    def _told_of_rows(self, look: Look) -> str:
        count = look.sources
        words = self.tr("1 row becomes a source.") if count == 1 else self.tr("%s rows become sources.")
        told = words if count == 1 else words % labels.number(count)
        if not look.without_text or not count:
            return told if count else ""
        listed = ", ".join(labels.number(one) for one in look.without_text[:5])
        more = (
            "" if len(look.without_text) <= 5 else self.tr(" and %s more") % labels.number(len(look.without_text) - 5)
        )
        return f"{told} {self.tr('Without text, and left out: row %s.') % (listed + more)}"

    def _show_table(self, table: Table) -> None:
        if self.sheet.count() != len(table.sheets):
            self.sheet.clear()
            for name in table.sheets:
                self.sheet.addItem(name, name)
        self.sheet.setCurrentIndex(self.sheet.findData(table.sheet))
        self.form.setRowVisible(self.sheet, len(table.sheets) > 1)
        self.uses.show_table(table, self._look.columns)

    def _show_text(self) -> None:
        look = self._look
        marks = look.marks if is_in_an_encoding(self._given) else ()
        words = self.tr("The text as it would come in")
        if look.account is not None:
            words = self.tr("%s, as it would come in") % (look.account.incoming.file_name or "")
            said = [f"{COLUMN_USES[one.key]}: {one.words}" for one in look.account.claims]
            claims = "; ".join([*said, *(f"{name}: {value}" for name, value in look.account.incoming.attributes)])
            words = f"{words}: {claims}" if claims else words
        if marks:
            words = self.tr("%s. Marked is what would differ in other encodings") % words
        self.text_head.setText(words)
        form = QTextCharFormat()
        form.setBackground(QColor(self._sitting.theme.colours.selection))
        self.text.setFont(self._sitting.theme.reading_font())
        self.text.show_text(look.text, marks, form)
        if marks:
            self.text.go_to(marks[0])

    # --- choosing ------------------------------------------------------------------------------------------------

    def _on_encoding_chosen(self) -> None:
        self._touched = True
        self._manner = replace(self._manner, encoding=value_of(self.encoding) or None)
        self._look_anew()

    def _on_sheet_chosen(self, at: int) -> None:
        self._touched = True
        sheet = value_of(self.sheet) if at else None
        self._manner = replace(self._manner, sheet=sheet, columns=propose_columns)
        self._look_anew()

    def _on_header_chosen(self) -> None:
        self._touched = True
        self._manner = replace(self._manner, has_header=self.header.isChecked(), columns=propose_columns)
        self._look_anew()

    def _on_uses_decided(self) -> None:
        self._touched = True
        uses = self.uses.uses
        self._manner = replace(self._manner, columns=as_decided(uses))
        self._ask(partial(look_again, self._look, uses, row=self._row.place[1]), self._show)

    @property
    def is_filled_in(self) -> bool:
        """Whether anything else was chosen."""
        return self._touched

    def accept(self) -> None:
        """Have the file read so. An encoding that was guessed is taken for right from now on."""
        if self.ok.isVisible() and self.ok.isEnabled():
            chosen, found = value_of(self.encoding), self._found
            is_sure = chosen == found.encoding and found.encoding_by is not ToldBy.STATISTICS
            self._on_done(replace(self._manner, encoding=None if is_sure else chosen or None))
