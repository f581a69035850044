"""About a source: all that is said of it, to be corrected after it was taken in; what its import told; removing it."""

from collections.abc import Iterator
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QLayout,
    QLineEdit,
    QMessageBox,
    QScrollArea,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from polyvocal.domain.attributes import canonical_value, title_of
from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import SourceId
from polyvocal.domain.text import counted
from polyvocal.domain.words import Fate, Phase, SourceKind, Standing
from polyvocal.gui import labels
from polyvocal.gui.dialogs.form import (
    MOMENT_HINT,
    Command,
    FormDialog,
    NameBox,
    choice,
    line,
    moment_of,
    optional,
    value_of,
)
from polyvocal.gui.dialogs.rows_field import Part, RowsField, Words
from polyvocal.gui.parts import muted, open_wide, scrolled
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.cases_table import editor_for
from polyvocal.services.commands.describe_source import Description, OnOccasion, WrittenBy, describe_source
from polyvocal.services.commands.removal import remove, what_goes_with
from polyvocal.services.queries.names import Names, names_of
from polyvocal.services.queries.source_described import SourceDescribed, source_described
from polyvocal.services.references import folded
from polyvocal.store.view import View

_FATES = {
    Fate.CARRIED_OVER: "Carried over",
    Fate.OTHERWISE: "In another form",
    Fate.LEFT_OUT: "Left out",
}


def ask_about_source(sitting: Sitting, identity: SourceId, parent: QWidget) -> None:
    """Read what is said of a source, and open the dialog over a window; nothing, where the source is gone."""

    def query(view: View) -> tuple[SourceDescribed | None, Names]:
        return source_described(view, identity), names_of(view)

    def show(found: tuple[SourceDescribed | None, Names]) -> None:
        described, names = found
        if described is not None:
            SourceDialog(sitting, described, names, parent=parent).open()

    sitting.bus.ask(parent, query, show, about="about source")


class SourceDialog(FormDialog):
    """Asks for all that is said of a source. What is filled in is written as one step."""

    def __init__(self, sitting: Sitting, described: SourceDescribed, names: Names, *, parent: QWidget) -> None:
        self._described, self._names = described, names
        title = described.source.title
        super().__init__(sitting, f"About “{title[:60]}”", ok="Save", parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build_who()
        self._build_when()
        self._build_attributes()
        self._build_report()
        self.drop = self.buttons.addButton(self.tr("Remove source…"), QDialogButtonBox.ButtonRole.ResetRole)
        self.drop.setAutoDefault(False)
        self.drop.setEnabled(sitting.bus.may_write)
        self.drop.clicked.connect(self.ask_remove)
        open_wide(self, 108, 42)

    def around(self, form: QFormLayout) -> QLayout:
        """Tabs: who and when, attributes, the file."""
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(_scrolled(form), self.tr("Who and when"))
        whole = QVBoxLayout()
        whole.addWidget(self.tabs)
        return whole

    def _build_who(self) -> None:
        found, source = self._described, self._described.source
        self.title = line(source.title)
        self.row(self.tr("Title"), self.title)
        self.kind = choice([(str(kind), name) for kind, name in labels.KINDS.items()], source.kind)
        self.row(self.tr("Kind"), self.kind)
        self.note = NameBox(
            (case.name for case in found.notes), found.note, placeholder=self.tr("the note that was written from them")
        )
        self.row(self.tr("Written up as"), self.note)
        if found.written_from:
            self.form.addRow("", muted(self.tr("Written from: %s.") % "; ".join(found.written_from)))
        self.observers = RowsField(
            (
                Part(
                    self.tr("Observer"), self.tr("who wrote it"), lambda _row: (name for name, _ in self._names.people)
                ),
                Part(self.tr("Where in the room"), self.tr("table 2, by the door")),
            ),
            may_write=self.sitting.bus.may_write,
        )
        self.observers.show_rows([(one.name, one.position or "") for one in found.authors])
        self.row(self.tr("Observers"), self.observers, self.tr("Type to add or change, Delete takes a row away."))
        self.standing = choice(
            [("", self.tr("not said")), *((str(one), name) for one, name in labels.STANDINGS.items())]
        )
        self.row(self.tr("Standing"), self.standing)
        self.standing_hint = muted()
        self.form.addRow("", self.standing_hint)
        self.kind.currentIndexChanged.connect(self._on_kind_changed)
        self.observers.edited.connect(self._on_observers_changed)
        self._on_kind_changed()
        self._on_observers_changed()

    def _build_when(self) -> None:
        found, source = self._described, self._described.source
        self.rule()
        self.occasions = RowsField(
            (
                Part(self.tr("Event"), self.tr("the gathering"), lambda _row: self._names.events),
                Part(self.tr("Session"), self.tr("a part of it"), self._sessions),
                Part(
                    self.tr("Phase"),
                    fixed=[("", self.tr("not said")), *((str(one), name) for one, name in labels.PHASES.items())],
                ),
            ),
            may_write=self.sitting.bus.may_write,
        )
        self.occasions.show_rows([(one.event, one.session or "", one.phase or "") for one in found.occasions])
        self.row(self.tr("Occasions"), self.occasions, self.tr("What it is about; it may be about several."))
        self.observed_from = line(source.observed_from)
        self.observed_to = line(source.observed_to)
        self.written_at = line(source.written_at)
        self.row(self.tr("Observed from"), self.observed_from)
        self.row(self.tr("Observed to"), self.observed_to)
        self.row(self.tr("Written at"), self.written_at, MOMENT_HINT)
        for rows in (self.observers, self.occasions):
            rows.edited.connect(self._on_field_changed)

    def _build_attributes(self) -> None:
        first, self.form = self.form, QFormLayout()
        self.form.setHorizontalSpacing(14)
        self.form.setVerticalSpacing(9)
        self.values: list[QLineEdit | QComboBox] = []
        for one in self._described.attributes:
            field = editor_for(one.attribute, list(one.offered))
            if isinstance(field, QLineEdit):
                field.setText(one.value)
            else:
                field.setCurrentText(one.value)
            self.row(title_of(one.attribute), field)
            self.values.append(field)
        if not self.values:
            self.form.addRow(
                muted(self.tr("Sources have no attributes yet. They are added under Cases in the Setting view."))
            )
        self.tabs.addTab(_scrolled(self.form), self.tr("Attributes"))
        self.form = first

    def _build_report(self) -> None:
        self.report = QTextBrowser()
        self.report.setAccessibleName(self.tr("The file, and what its import told"))
        self.report.setFrameShape(QFrame.Shape.NoFrame)
        self.report.document().setDocumentMargin(12)
        self.report.setHtml("".join(self._parts()))
        self.tabs.addTab(self.report, self.tr("From the file"))

    def _parts(self) -> Iterator[str]:
        found, source = self._described, self._described.source
        facts = [
            (self.tr("File"), source.file_name or self.tr("none: it was typed or pasted")),
            (self.tr("Read as"), source.encoding or ""),
            (self.tr("Taken in"), labels.noted_at(source.imported_at)),
            (self.tr("Length"), labels.words(found.version.words)),
            (self.tr("Versions"), labels.number(found.versions) if found.versions > 1 else ""),
        ]
        for name, words in facts:
            if words:
                yield f"<p style='margin:2px 0'>{escape(name)}: <b>{escape(words)}</b></p>"
        for fate, head in _FATES.items():
            notes = [note for note in found.told if note.fate is fate]
            if notes:
                yield f"<h4 style='margin:12px 0 2px 0'>{escape(self.tr(head))}</h4>"
            for note in notes:
                count = labels.number(note.how_many)
                yield f"<p style='margin:2px 0'>{escape(note.what)} ({count}): {escape(note.detail)}</p>"
        if source.file_name and not found.told:
            yield f"<p style='margin:12px 0'>{escape(self.tr('Its text came over whole, with nothing left out.'))}</p>"

    # --- what depends on what ------------------------------------------------------------------------------------

    def _on_kind_changed(self) -> None:
        self.form.setRowVisible(self.note, value_of(self.kind) == SourceKind.JOTTINGS)

    def _on_observers_changed(self) -> None:
        """Say of each observer the standing that is known; it is asked for only where one has none."""
        known = {folded(name): standing for name, standing in self._names.people}
        named = [name for name, _ in self.observers.rows if name]
        told = [
            self.tr("%s writes as %s.") % (name, labels.standing(standing))
            for name in named
            if (standing := known.get(folded(name)))
        ]
        told += [self.tr("%s is new here, and is added.") % name for name in named if folded(name) not in known]
        self.standing_hint.setText(" ".join(told))
        self.form.setRowVisible(self.standing_hint, bool(told))
        self.standing.setAccessibleDescription(" ".join(told))
        self.standing.setEnabled(any(known.get(folded(name)) is None for name in named))

    def _sessions(self, row: Words) -> Iterator[str]:
        return (title for event, title in self._names.sessions if folded(event) == folded(row[0]))

    @property
    def is_filled_in(self) -> bool:
        """Whether anything differs from what was said."""
        return super().is_filled_in or self._rows_typed() != self._rows_were()

    def _rows_typed(self) -> list[list[Words]]:
        return [self.observers.rows, self.occasions.rows]

    def _rows_were(self) -> list[list[Words]]:
        found = self._described
        authors: list[Words] = [(one.name, one.position or "") for one in found.authors]
        return [authors, [(one.event, one.session or "", one.phase or "") for one in found.occasions]]

    # --- what is done --------------------------------------------------------------------------------------------

    def command(self) -> Command:
        """Say anew what is filled in."""
        title = optional(self.title)
        if title is None:
            raise UserError(self.tr("The source needs a title."))
        standing = value_of(self.standing) if self.standing.isEnabled() else ""
        description = Description(
            title=title,
            kind=SourceKind(value_of(self.kind)),
            note=self._note(),
            written_by=tuple(self._observer(*row) for row in self.observers.rows),
            standing=Standing(standing) if standing else None,
            occasions=tuple(self._occasion(*row) for row in self.occasions.rows),
            observed_from=moment_of(self.observed_from),
            observed_to=moment_of(self.observed_to),
            written_at=moment_of(self.written_at),
            values=tuple(self._values()),
        )
        identity = str(self._described.source.id)
        return lambda file: describe_source(file, source=identity, description=description)

    def _note(self) -> str | None:
        if value_of(self.kind) != SourceKind.JOTTINGS or not self.note.name:
            return None
        for case in self._described.notes:
            if folded(case.name) == folded(self.note.name):
                return str(case.id)
        raise UserError(
            self.tr("There is no source “%s”: choose the note that was written from these.") % self.note.name
        )

    def _observer(self, name: str, position: str) -> WrittenBy:
        if not name:
            raise UserError(self.tr("Say who was “%s”: an observer is missing in that row.") % position)
        return WrittenBy(name, position or None)

    def _occasion(self, event: str, session: str, phase: str) -> OnOccasion:
        if not event:
            raise UserError(
                self.tr("A session or a phase is of an event: say of which, in every row of the occasions.")
            )
        return OnOccasion(event, session or None, Phase(phase) if phase else None)

    def _values(self) -> Iterator[tuple[str, str | None]]:
        """The values that differ, so that one that somebody else changes meanwhile is left alone."""
        for one, field in zip(self._described.attributes, self.values, strict=True):
            typed = field.currentText() if isinstance(field, QComboBox) else field.text()
            if typed.strip() == one.value:
                continue
            try:
                value = canonical_value(one.attribute.type, typed) if typed.strip() else None
            except UserError as fault:
                self.tabs.setCurrentIndex(1)
                field.setFocus()
                raise UserError(f"{one.attribute.name}: {fault}") from None
            yield str(one.attribute.id), value

    def ask_remove(self) -> None:
        """Ask whether the source is to go, and say what goes with it; what stands in the way is told here."""
        reference = str(self._described.source.id)
        self.sitting.bus.ask(
            self,
            lambda view: what_goes_with(view, "source", reference),
            self._ask_remove,
            about="remove",
            failed=self.tell,
        )

    def _ask_remove(self, parts: dict[str, int]) -> None:
        goes = ", ".join(counted(number, kind) for kind, number in parts.items() if kind != "source_version")
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Remove source"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        words = self.tr("Remove “%s” from the project?") % self._described.source.title
        gone = self.tr("Its text goes, and with it: %s.") % goes if goes else self.tr("Its text goes.")
        box.setText(f"{words}\n\n{gone} {self.tr('Undo brings all of it back.')}")
        box.setDefaultButton(box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.AcceptRole))
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.accepted.connect(self._remove)
        box.open()

    def _remove(self) -> None:
        reference = str(self._described.source.id)
        self.wait()
        self.sitting.bus.act(
            lambda file: remove(file, "source", reference), done=self._on_done, failed=self._on_failed, owner=self
        )


def _scrolled(form: QFormLayout) -> QScrollArea:
    """A form that is scrolled where there is little room."""
    page = QWidget()
    page.setObjectName("panel")
    form.setContentsMargins(4, 12, 14, 8)
    page.setLayout(form)
    return scrolled(page)
