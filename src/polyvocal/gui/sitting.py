"""An open project as the views hold it: its bus, the looks, who codes, and how one view asks for another."""

from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.ids import CodingId, PersonId, SourceId
from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.records import Person
from polyvocal.gui import labels
from polyvocal.gui.actions import Actions
from polyvocal.gui.bus import Bus
from polyvocal.gui.ledger_at_hand import LedgerAtHand
from polyvocal.gui.pinned_codes import PinnedCodes
from polyvocal.gui.recent_codes import RecentCodes
from polyvocal.gui.settings import BLIND, CODER, Settings
from polyvocal.gui.theme import Theme
from polyvocal.gui.tour_of_passages import PassageTour
from polyvocal.services.commands.codings import had_already
from polyvocal.services.commands.passage import Passage
from polyvocal.store.file import ProjectFile


class Me(NamedTuple):
    """The person who codes at this window."""

    id: PersonId
    name: str


class Place(NamedTuple):
    """A place to be shown: a source, and in it a passage (half-open code points of its current version), a coding."""

    source: SourceId
    start: int | None = None
    end: int | None = None
    coding: CodingId | None = None


class PassagesMeant(NamedTuple):
    """Passages to be listed: what they have in common, in words, and the filter that means them."""

    title: str
    chosen: PassageFilter


class Sitting(QObject):
    """What every view of an open project is given. Ids are ints of 63 bits: signals carry them inside objects."""

    coder_changed = Signal()
    blind_changed = Signal()
    """Other codings may be seen than before: whoever shows any takes them away at once."""
    place_wanted = Signal(object)
    """A Place: the window opens it in the Read view."""
    about_wanted = Signal(object)
    """The id of a source of which all that is said is to be shown, and corrected."""
    fieldnote_wanted = Signal()
    """A fieldnote is to be typed."""
    import_wanted = Signal()
    """Files are to be taken in."""
    import_folder_wanted = Signal()
    """A folder is to be taken in."""
    drafts_wanted = Signal(object)
    """The drafts are to be listed, and the one with this id shown; None for the latest."""
    draft_wanted = Signal(object)
    """A DraftRow, which is to be continued."""
    drafts_changed = Signal()
    """Other drafts are there to be continued or discarded than before."""
    entry_wanted = Signal(object)
    """(section, id): the Setting view shall show that; the codebook, where the section is "code"."""
    told = Signal(str)
    """A sentence about what was done, for the foot of the window."""
    code_wanted = Signal(object)
    """The id of a code that the codebook shall show."""

    def __init__(
        self,
        bus: Bus,
        theme: Theme,
        settings: Settings,
        parent: QObject | None = None,
        *,
        actions: Actions | None = None,
    ) -> None:
        """`actions` are those of the window; a sitting without a window has its own."""
        super().__init__(parent)
        self.bus, self.theme, self.settings = bus, theme, settings
        self.actions = actions or Actions(settings, self)
        self.me: Me | None = None
        self._stays_unnamed = False
        self._given_up: list[Callable[[], None]] = []
        """What is done where it is asked who codes, and nobody is named."""
        self._typed: list[Callable[[], None]] = []
        """How to save what was typed and waits until it is known by whom."""
        self.tour = PassageTour(self)
        self.ledger = LedgerAtHand()
        self.pinned = PinnedCodes(bus, settings, self)
        self.recent_codes = RecentCodes(self)
        self.drafts_at_work: set[int] = set()
        """The drafts that are being written at this window."""
        bus.changed.connect(self._on_changed)
        self.ask_who: Callable[[Callable[[], None] | None], None] = lambda _then: None
        """Set by the window: asks who codes here, then goes on."""

    def choose_coder(self, me: Me | None) -> None:
        """From now on what is done here is done by this person."""
        self.me = me
        self.bus.file.person = me.id if me else None
        if me:
            self.settings[CODER] = me.name
        self._see_what_may_be_seen()
        self.coder_changed.emit()

    @property
    def blind(self) -> bool:
        """Whether the coder sees nothing that others coded."""
        return self.bus.file.blind_for is not None

    def set_blind(self, *, blind: bool) -> None:
        """Let the coder see nothing that others coded, or see it again; so it stays at this machine."""
        if self.me is None:
            return
        others = [one for one in self.settings[BLIND] if one != str(self.me.id)]
        self.settings[BLIND] = [*others, str(self.me.id)] if blind else others
        self._see_what_may_be_seen()

    def _see_what_may_be_seen(self) -> None:
        me = self.me
        blind_for = me.id if me is not None and str(me.id) in self.settings[BLIND] else None
        if blind_for == self.bus.file.blind_for:
            return
        self.bus.file.blind_for = blind_for
        self.bus.forget_questions()  # their answers may tell what is not to be seen
        self.blind_changed.emit()
        self.bus.tell_all_changed(0)

    def _on_changed(self, changes: ChangeSet) -> None:
        """The coder may have got another name, or be gone: then nobody codes here until somebody is named."""
        me = self.me
        if me is not None and "person" in changes.kinds:
            person = self.bus.read(lambda view: view.get(Person, me.id))
            if person is None or person.name != me.name:
                self.choose_coder(Me(person.id, person.name) if person is not None else None)

    def tell(self, words: str) -> None:
        """Say something of what was done, after all that views say of the change."""
        QTimer.singleShot(0, self, lambda: self.told.emit(words))

    def tell_coded(self, changes: ChangeSet, passages: Sequence[Passage]) -> None:
        """Say how many of the passages that were to be coded had the code already, if any."""
        there = had_already(changes, passages)
        if there:
            self.tell(labels.coded_too(len(changes.created("coding")), there))

    def tell_recoded(self, changes: ChangeSet, codings: Collection[CodingId]) -> None:
        """Say how many of the codings that were to get another code had it already, if any."""
        from polyvocal.services.commands.recoding import were_so_already

        there = were_so_already(changes, codings)
        if there:
            self.tell(labels.recoded_too(len(codings) - there, there))

    def act(
        self,
        command: Callable[[ProjectFile], Any],
        *,
        done: Callable[[ChangeSet], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Have a command done as the bus does, by the coder: who that is is asked before, and it is not done without.

        Where nothing may be written the bus says so.
        """

        def go_on() -> None:
            self.bus.act(command, done=done, failed=failed, owner=owner)

        if self.me is not None or not self.bus.may_write:
            go_on()
        else:
            self.ask_who(go_on)

    def save_typed(self, save: Callable[[], None]) -> None:
        """Have saved what somebody typed. Who that is is asked before, once, where it is not known; what was typed is
        saved whatever the answer is."""
        if self.me is not None or self._stays_unnamed or not self.bus.may_write:
            save()
            return
        self._typed.append(save)
        if len(self._typed) == 1:
            self.ask_who(self._save_all_typed)

    def stay_unnamed(self) -> None:
        """Nobody is to be named: what was typed until now, and will be, is saved without."""
        self._stays_unnamed = True
        given_up, self._given_up = self._given_up, []
        for one in given_up:
            one()
        self._save_all_typed()

    def _save_all_typed(self) -> None:
        typed, self._typed = self._typed, []
        for save in typed:
            save()

    def with_coder(self, then: Callable[[Me], None], *, otherwise: Callable[[], None] | None = None) -> None:
        """Go on as the coder; who that is is asked once, if it is not known, and `otherwise` where nobody is named."""

        def go_on() -> None:
            self._given_up.clear()
            if self.me is not None:
                then(self.me)
            elif otherwise is not None:
                otherwise()

        if self.me is not None or not self.bus.may_write:
            go_on()
        else:
            self._given_up = [otherwise] if otherwise is not None else []
            self.ask_who(go_on)
