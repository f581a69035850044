"""The fields that say of sources who wrote them and on which occasion: for one that is typed, and for many files."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.errors import UserError
from polyvocal.domain.words import Phase, SourceKind, Standing
from polyvocal.exchange.about.found import Field, Values
from polyvocal.gui import labels
from polyvocal.gui.dialogs.form import FormDialog, NameBox, NamesField, choice, value_of
from polyvocal.gui.parts import muted
from polyvocal.services.commands.incoming import About
from polyvocal.services.queries.names import Names, names_of
from polyvocal.services.references import folded

CONCERNED = frozenset({"person", "role", "event", "session", "source"})
"""The kinds of record of which a change may change what is offered."""


class AboutFields(QObject):
    """Adds the rows to a form, offers the names that there are, and says what is new, alone or wrong."""

    kind_changed = Signal()
    """What sources they are was chosen."""
    names_changed = Signal()
    """Other names are offered."""

    def __init__(self, form: FormDialog) -> None:
        super().__init__(form)
        self._form = form
        self._names = Names()
        self._standings: dict[str, Standing | None] = {}
        self._others: tuple[str, ...] = ()
        self._form_of: dict[QWidget, QFormLayout] = {}
        not_said = ("", self.tr("not said"))
        self.kind = choice([(str(kind), name) for kind, name in labels.KINDS.items()], SourceKind.FIELDNOTE)
        self.note = NameBox((), placeholder=self.tr("the note that was written from them"))
        self.observers = NamesField((), placeholder=self.tr("who wrote it; several with semicolons"))
        self.standing = choice([not_said, *((str(one), name) for one, name in labels.STANDINGS.items())])
        self.event_box = NameBox((), placeholder=self.tr("the gathering that it is about"))
        self.session_box = NameBox(())
        self.phase = choice([not_said, *((str(one), name) for one, name in labels.PHASES.items())])

    def add_who(self) -> None:
        """Add the rows of what it is and who wrote it."""
        row = self._form.row
        row(self.tr("Kind"), self.kind)
        row(self.tr("Written up as"), self.note)
        self._form_of[self.note] = self._form.form
        row(self.tr("Observers"), self.observers)
        self._observers_hint = self._hint()
        row(self.tr("Standing"), self.standing)
        self.kind.currentIndexChanged.connect(self._on_kind_changed)
        self.observers.textChanged.connect(self._on_observers_changed)
        self._on_kind_changed()
        self._on_observers_changed()

    def add_occasion(self) -> None:
        """Add the rows of the occasion, and look up what there is to offer."""
        row = self._form.row
        row(self.tr("Event"), self.event_box)
        self._event_hint = self._hint()
        row(self.tr("Session"), self.session_box)
        self._session_hint = self._hint()
        row(self.tr("Phase"), self.phase)
        self.event_box.editTextChanged.connect(self._on_event_changed)
        self.session_box.editTextChanged.connect(self._on_session_changed)
        self._on_event_changed()
        self._form.sitting.bus.changed.connect(self._on_changed)
        self._load()

    def _hint(self) -> QLabel:
        hint, form = muted(), self._form.form  # a dialog may go on in another form
        self._form_of[hint] = form
        form.addRow("", hint)
        form.setRowVisible(hint, False)
        return hint

    def _say(self, hint: QLabel, field: QWidget, words: str) -> None:
        hint.setText(words)
        field.setAccessibleDescription(words)
        self._form_of[hint].setRowVisible(hint, bool(words))

    # --- what there is -------------------------------------------------------------------------------------------

    def _load(self) -> None:
        self._form.sitting.bus.ask(self, names_of, self._on_loaded, about="names")

    def _on_changed(self, changes: ChangeSet) -> None:
        if CONCERNED & changes.kinds.keys():
            self._load()

    def _on_loaded(self, names: Names) -> None:
        self._names = names
        self._standings = {folded(name): standing for name, standing in names.people}
        self.observers.offer(name for name, _ in names.people)
        self.event_box.offer(names.events)
        self.note.offer(names.notes)
        self._on_observers_changed()
        self._on_event_changed()
        self.names_changed.emit()

    @property
    def people(self) -> tuple[str, ...]:
        """The names of the people of the project, observers first."""
        return tuple(name for name, _ in self._names.people)

    @property
    def chosen_kind(self) -> SourceKind:
        """What the sources are."""
        return SourceKind(value_of(self.kind))

    # --- what depends on what ------------------------------------------------------------------------------------

    def _on_kind_changed(self) -> None:
        self._form_of[self.note].setRowVisible(self.note, self.chosen_kind is SourceKind.JOTTINGS)
        self.kind_changed.emit()

    def also_observed_by(self, names: Iterable[str]) -> None:
        """Heed observers who are named elsewhere, too: one of them may need a standing."""
        self._others = tuple(names)
        self._on_observers_changed()

    def _on_observers_changed(self) -> None:
        named = self.observers.names
        known = self._standings
        told = [
            self.tr("%s writes as %s.") % (name, labels.standing(standing))
            for name in named
            if (standing := known.get(folded(name)))
        ]
        fresh = [name for name in named if folded(name) not in known]
        if len(fresh) == 1:
            told.append(self.tr("%s is new here and is added to the people.") % fresh[0])
        elif fresh:
            told.append(self.tr("%s are new here and are added to the people.") % ", ".join(fresh))
        self._say(self._observers_hint, self.observers, " ".join(told))
        everyone = (*named, *self._others)
        open_to_say = any(known.get(folded(name)) is None for name in everyone)
        self.standing.setEnabled(open_to_say)
        if open_to_say:
            self.standing.setToolTip(self.tr("From where an observer writes who has no standing yet."))
        elif everyone:
            self.standing.setToolTip(self.tr("Known already. It is changed in the Setting view, with the person."))
        else:
            self.standing.setToolTip(self.tr("Say first who wrote it."))

    def _on_event_changed(self) -> None:
        event = self.event_box.name
        is_new = bool(event) and folded(event) not in {folded(one) for one in self._names.events}
        self._say(
            self._event_hint,
            self.event_box,
            self.tr("There is no event of this name yet: it is added.") if is_new else "",
        )
        self.session_box.offer(title for of, title in self._names.sessions if folded(of) == folded(event))
        for field in (self.session_box, self.phase):
            field.setEnabled(bool(event))
            field.setToolTip("" if event else self.tr("Say first which event it is about."))
        edit = self.session_box.lineEdit()
        assert edit is not None
        edit.setPlaceholderText(self.tr("a part of the event") if event else self.tr("say first which event"))
        self._on_session_changed()

    def _on_session_changed(self) -> None:
        event, session = folded(self.event_box.name), self.session_box.name
        here = {folded(title) for of, title in self._names.sessions if folded(of) == event}
        is_new = bool(event and session) and folded(session) not in here
        self._say(
            self._session_hint,
            self.session_box,
            self.tr("The event has no such session yet: it is added.") if is_new else "",
        )

    # --- what they say -------------------------------------------------------------------------------------------

    def about(self, observers: Sequence[str] = ()) -> About:
        """What the fields say of a source, or of one that is by other observers. UserError for what cannot be."""
        kind = self.chosen_kind
        names = tuple(observers) or self.observers.names
        if kind is SourceKind.FIELDNOTE and not names:
            raise UserError(self.tr("A fieldnote has an observer: say who wrote it, or choose another kind."))
        has_event = bool(self.event_box.name)
        phase = value_of(self.phase) if has_event else ""
        return About(
            kind=kind,
            observers=names,
            standing=self.standing_of(names),
            event=self.event_box.name or None,
            session=self.session_box.name or None if has_event else None,
            phase=Phase(phase) if phase else None,
            note=self.checked_note() if kind is SourceKind.JOTTINGS else None,
        )

    def common(self) -> dict[Field, Values]:
        """What the fields say of all sources of which nothing else is said. For a standing and a note see below."""
        event = self.event_box.name
        said = {
            Field.KIND: (str(self.chosen_kind),),
            Field.OBSERVERS: self.observers.names,
            Field.EVENT: (event,),
            Field.SESSION: (self.session_box.name if event else "",),
            Field.PHASE: (value_of(self.phase) if event else "",),
        }
        return {what: values for what, values in said.items() if any(values)}

    def checked_note(self) -> str | None:
        """The note of which they are the jottings. UserError where there is no such source."""
        note = self.note.name
        if note and folded(note) not in {folded(one) for one in self._names.notes}:
            raise UserError(self.tr("There is no source '%s': choose the note that was written from these.") % note)
        return note or None

    def standing_of(self, names: Sequence[str]) -> Standing | None:
        """The standing that is to be noted of observers: of those who have none yet."""
        said = value_of(self.standing)
        known = {name: self._standings.get(folded(name)) for name in names}
        if not said or all(known.values()):
            return None
        for name, standing in known.items():
            if standing is not None and standing != said:
                words = self.tr(
                    "%s is known to write as %s, so that one standing does not fit all who are named: leave it open "
                    "here, and say it of the others in the Setting view."
                )
                raise UserError(words % (name, labels.standing(standing)))
        return Standing(said)
