"""The stretches of the text that is read: which part is about which session and phase, and what the text proposes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QWidget

from polyvocal.domain.ids import SourceId
from polyvocal.domain.records import Event, Session
from polyvocal.domain.spans import Span
from polyvocal.domain.words import Phase
from polyvocal.gui.button import Button
from polyvocal.gui.dialogs.form import Command
from polyvocal.gui.dialogs.stretch import PHASES, StretchDialog
from polyvocal.gui.parts import in_column
from polyvocal.gui.rows_layout import in_rows
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.here import HerePanel, Selected, row_of
from polyvocal.gui.views.proposals import Offer, ProposalsList
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.passage import Passage
from polyvocal.services.commands.removal import remove
from polyvocal.services.commands.stretches import Cut, Relation, add_stretch, cut_at, cut_into_stretches
from polyvocal.services.queries.reading import SourceToRead
from polyvocal.services.queries.stretch_proposals import (
    StretchProposal,
    clock_times,
    programme_of,
    stretches_by_headings,
    stretches_by_times,
)
from polyvocal.services.queries.stretches import StretchHere, stretches_here
from polyvocal.store.view import View

CONCERNED = frozenset({"stretch", "source_version", "occasion", "event", "session", "time_mark"})
"""The kinds of record of which a change may change the list."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What there is to see of a source: its parts, the events with their sessions (its own first), and proposals."""

    parts: tuple[StretchHere, ...] = ()
    programmes: tuple[tuple[Event, tuple[Session, ...]], ...] = ()
    by_headings: tuple[StretchProposal, ...] = ()
    by_times: tuple[StretchProposal, ...] = ()


def look(view: View, source: SourceId) -> Looked:
    """Read it."""
    own = programme_of(view, source)
    events = sorted(view.all(Event), key=lambda one: (own is None or one.id != own.event.id, one.starts or "~", one.id))
    return Looked(
        stretches_here(view, source),
        tuple((one, tuple(view.find(Session, event=one.id))) for one in events),
        stretches_by_headings(view, source),
        stretches_by_times(view, source, clock_times(view, source)),
    )


class StretchesPanel(HerePanel[Looked, StretchHere]):
    """The parts of the text at the left, what the chosen one is about in the middle, what is proposed at the right.

    Delete makes a part what the whole source is again.
    """

    CONCERNED = CONCERNED

    def __init__(self, sitting: Sitting, selected: Selected, parent: QWidget | None = None) -> None:
        super().__init__(sitting, selected, self.tr("Parts of this text"), parent)
        self._looked = Looked()
        self._key(Qt.Key.Key_Delete, self.remove)
        self.new = Button(self.tr("New stretch…"))
        self.new.setToolTip(self.tr("The selected words are about something else than the whole text"))
        self.cut = Button(self.tr("Cut here…"))
        self.cut.setToolTip(self.tr("From the selected words on, up to the next stretch, it is about something else"))
        self.move_button = self._make_move("stretch")
        self.delete = Button(self.tr("Remove"))
        self.delete.setToolTip(
            self.tr("Delete, on a part in the list: then it is about what the whole source is about")
        )
        self.new.clicked.connect(self.make)
        self.cut.clicked.connect(self.cut_here)
        self.delete.clicked.connect(self.remove)
        self.session, self.phase = QComboBox(), QComboBox()
        for word, shown in PHASES:
            self.phase.addItem(shown, word)
        for field in (self.session, self.phase):
            field.activated.connect(self._on_said)
        self.proposals = ProposalsList(self.tr("Proposed stretches"))
        self.proposals.taken.connect(self.take)
        self.proposals.place_meant.connect(self.place_meant)
        middle = in_column(self._make_acts(), self._make_about(), self.told, None)
        self._lay_out((self._listed(), 3), (middle, 3), (self.proposals, 3))

    def _make_acts(self) -> QWidget:
        return in_rows(self.new, self.cut, self.move_button, self.delete)

    def _make_about(self) -> QWidget:
        form = QFormLayout()
        form.setHorizontalSpacing(10)
        for name, field in ((self.tr("Session"), self.session), (self.tr("Phase"), self.phase)):
            field.setAccessibleName(self.tr("%s of the chosen part") % name)
            label = QLabel(f"{name}:")
            label.setBuddy(field)
            form.addRow(label, field)
        self.about = QWidget()
        self.about.setLayout(form)
        return self.about

    # --- what is shown -------------------------------------------------------------------------------------------

    def _look(self, view: View, source: SourceId) -> Looked:
        return look(view, source)

    def _show(self, looked: Looked | None) -> None:
        self._looked = looked or Looked()
        self._list(self._looked.parts, self._nothing())
        self._show_proposals()

    def _items(self, one: StretchHere) -> Sequence[QStandardItem]:
        return row_of(self._about(one), self._words(one), slanted=one.id is None)

    def _nothing(self) -> str:
        if self._source is None:
            return self.tr("Open a source to say what parts of it are about.")
        own = "; ".join(", ".join(filter(None, (one.event, one.session, one.phase))) for one in self._source.occasions)
        whole = (
            self.tr("All of this text is about %s.") % own
            if own
            else self.tr("Nothing is said of what this text is about.")
        )
        return self.tr("%s\n\nSelect the words that are about something else, and make them a stretch.") % whole

    def _about(self, one: StretchHere) -> str:
        own_events = {occasion.event for occasion in self._source.occasions} if self._source else set()
        label = one.label
        if one.id is not None and one.event not in own_events and one.event is not None and label != one.event:
            label = f"{one.event}: {label}"
        return label if one.id is not None else self.tr("as the source: %s") % (label or self.tr("not said"))

    def _words(self, one: StretchHere) -> str:
        if one.place is None:
            return self.tr("its words were corrected away")
        return self._words_of(*one.place)

    def _words_of(self, start: int, end: int) -> str:
        text = self._source.text if self._source is not None else ""
        return " ".join(text[start : min(end, start + 200)].split())

    def _show_proposals(self) -> None:
        """What is proposed and not so already: by headings, where there are any that say something, else by times."""
        looked = self._looked
        there = {(one.place, one.session_id, one.phase) for one in looked.parts if one.id is not None}

        def says_more(found: tuple[StretchProposal, ...]) -> bool:
            said = [one for one in found if one.session or one.phase]
            return any(((one.start, one.end), one.session and one.session.id, one.phase) not in there for one in said)

        self._offered: tuple[StretchProposal, ...] = ()
        title = ""
        if says_more(looked.by_headings):
            title, self._offered = self.tr("Its headings propose"), looked.by_headings
        elif says_more(looked.by_times):
            title, self._offered = self.tr("Its times propose"), looked.by_times
        title += self.tr(", in place of what there is:") if there else ":"
        offers = [
            Offer(one.start, one.end, self._proposed(one), self._words_of(one.start, one.end), one.why)
            for one in self._offered
        ]
        self.proposals.show_offers(title, offers, may=self._sitting.bus.may_write)

    def _proposed(self, one: StretchProposal) -> str:
        about = ", ".join(filter(None, (one.session.title if one.session else None, one.phase)))
        return about or self.tr("as the source")

    def _on_chosen(self) -> None:
        one, may = self.current, self._may
        self.new.setEnabled(may)
        self.cut.setEnabled(may)
        for button in (self.move_button, self.delete):
            button.setEnabled(may and one is not None and one.id is not None)
        self.about.setVisible(one is not None and one.place is not None)
        self.about.setEnabled(may)
        self._tell("")
        if one is None:
            return
        self.session.clear()
        self.session.addItem(self.tr("none"), "")
        for session in self._sessions(one):
            self.session.addItem(session.title, str(session.id))
        self.session.setCurrentIndex(max(self.session.findText(one.session or ""), 0))
        self.phase.setCurrentIndex(max(self.phase.findData(one.phase or ""), 0))
        self._tell(
            self.tr("This part is in no stretch. What you choose here makes it one.")
            if one.id is None
            else self.tr("Marked by %s") % one.marked_by
            if one.marked_by
            else ""
        )

    def _sessions(self, one: StretchHere) -> tuple[Session, ...]:
        for event, sessions in self._looked.programmes:
            if one.event_id in (None, event.id):
                return sessions
        return ()

    # --- what can be done ----------------------------------------------------------------------------------------

    def _on_said(self, _at: int) -> None:
        """Session or phase of the chosen part were changed."""
        one, source = self.current, self._source
        if one is None or source is None or one.place is None:
            return
        session, phase = str(self.session.currentData()), str(self.phase.currentData())
        if one.id is not None:
            fields = {"session": session, "phase": phase}
            self._act(partial(change, kind_word="stretch", reference=str(one.id), fields=fields))
        elif session or phase:
            passage = Passage(str(source.source.id), *one.place, source.version.id)
            event = str(self._looked.programmes[0][0].id)
            relation = Relation(event, session or None, Phase(phase) if phase else None)
            self._act(partial(add_stretch, passage=passage, relation=relation))

    def make(self) -> None:
        """Ask what the selected words are about, and make them a stretch."""

        def command(source: SourceToRead, span: Span, relation: Relation) -> Command:
            passage = Passage(str(source.source.id), *span, source.version.id)
            return partial(add_stretch, passage=passage, relation=relation)

        self._ask(self.tr("New stretch"), command)

    def cut_here(self) -> None:
        """Ask what the text is about from the selected words on."""

        def command(source: SourceToRead, span: Span, relation: Relation) -> Command:
            reference, seen = str(source.source.id), source.version.id
            return partial(cut_at, source=reference, at=span.start, relation=relation, seen=seen)

        self._ask(self.tr("Cut the text"), command)

    def _ask(self, title: str, command: Callable[[SourceToRead, Span, Relation], Command]) -> None:
        source = self._source
        span = self._need_selected() if self._may else None
        if source is None or span is None:
            return
        words = self._words_of(*span)
        StretchDialog(
            self._sitting,
            title,
            f"“{words[:120]}{'…' if len(words) > 120 else ''}”",
            self._looked.programmes,
            partial(command, source, span),
            parent=self,
        ).open()

    def remove(self) -> None:
        """Let the chosen part be about what the whole source is about again; it can be undone."""
        one = self.current
        if one is not None and one.id is not None and self._may:
            self._act(partial(remove, kind_word="stretch", reference=str(one.id)))

    def take(self) -> None:
        """Cut the text as is proposed: what is not ticked keeps what the source is about."""
        source, ticked = self._source, self.proposals.ticked
        if source is None:
            return
        cuts = [
            Cut(one.start, str(one.session.id) if one.session else None, one.phase) if at in ticked else Cut(one.start)
            for at, one in enumerate(self._offered)
        ]
        event = str(self._looked.programmes[0][0].id)
        self._act(
            partial(cut_into_stretches, source=str(source.source.id), cuts=cuts, event=event, seen=source.version.id)
        )
