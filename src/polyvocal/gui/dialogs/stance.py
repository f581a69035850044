"""Saying who takes which stance on a coding, and whom it is about."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import CodingId
from polyvocal.domain.words import StanceName
from polyvocal.gui.dialogs.form import Command, FormDialog, NameBox, NamesField
from polyvocal.gui.dialogs.new_names import NewNames
from polyvocal.gui.parts import in_row
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.codings import StanceDraft, add_concerns, add_stances
from polyvocal.services.commands.corrections import change
from polyvocal.services.queries.stance_names import StanceNames, stance_names


def open_with_names(
    sitting: Sitting, owner: QObject, coding: CodingId, make: Callable[[StanceNames], FormDialog]
) -> None:
    """Open a form about a coding in which parties and terms are named, once it is known who fills it in."""
    sitting.with_coder(
        lambda _me: sitting.bus.ask(
            owner, lambda view: stance_names(view, coding), lambda names: make(names).open(), about="names"
        )
    )


def new_groups(names: Sequence[str]) -> str:
    """That names which are not there yet make groups."""
    quoted = ", ".join(f"‘{name}’" for name in names)
    return f"New group {quoted}: it is made." if len(names) == 1 else f"New groups {quoted}: they are made."


def passages_named(number: int) -> str:
    """The passages that a dialog is about."""
    return "this passage" if number == 1 else f"each of the {number:,} passages that are marked"


class StanceChoice(QWidget):
    """One of the stances, or none yet. Its first letter chooses it; with Alt from every field of the form."""

    def __init__(self) -> None:
        super().__init__()
        self._buttons = {one: QPushButton(f"&{one}") for one in StanceName}
        group = QButtonGroup(self)
        row = in_row(*self._buttons.values(), None)
        row.setContentsMargins(0, 0, 0, 0)
        self.setLayout(row)
        for one, button in self._buttons.items():
            button.setCheckable(True)
            button.setAutoDefault(False)  # Return is for the form
            button.setAccessibleName(one)
            button.installEventFilter(self)
            group.addButton(button)
        self.setFocusProxy(self._buttons[StanceName.GENERATES])

    @property
    def chosen(self) -> StanceName | None:
        """The stance that is chosen."""
        return next((one for one, button in self._buttons.items() if button.isChecked()), None)

    def choose(self, stance: StanceName) -> None:
        """Choose a stance; the keys stay here."""
        self._buttons[stance].setChecked(True)
        self._buttons[stance].setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A letter that begins a stance chooses it."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and not event.modifiers():
            typed = event.text().lower()
            for one in StanceName:
                if typed and one.startswith(typed):
                    self.choose(one)
                    return True
        return super().eventFilter(watched, event)


class StanceDialog(FormDialog):
    """Asks for actor, stance, term and, perhaps, toward whom.

    The likely actor and term are there already, and the keys are at the stance: a letter and Return are enough.
    """

    def __init__(
        self, sitting: Sitting, codings: Sequence[CodingId], names: StanceNames, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            sitting,
            "Add a stance",
            ok="Add the stance",
            intro="Who generates, affirms or contests which term of collaboration in "
            f"{passages_named(len(codings))}? Whom a coding is about is never taken for who acts in it.",
            parent=parent,
        )
        self._codings = [str(one) for one in codings]
        self.actor = NameBox(names.parties, names.actor, placeholder=self.tr("a group or a participant"))
        self.row(self.tr("Actor"), self.actor)
        actors = NewNames(self, self.actor, new_groups)
        self.stance = StanceChoice()
        self.row(self.tr("Stance"), self.stance, self.tr("G, A or C; from another field with Alt."))
        self.term = NameBox(names.terms, names.term, placeholder=self.tr("a term of collaboration"))
        self.row(self.tr("Term"), self.term, self.tr("A new name makes a new term; define it in the Setting view."))
        made_terms = NewNames(self, self.term, lambda new: self.tr("New term ‘%s’: it is made.") % new[0])
        self.toward = NameBox(names.parties, placeholder=self.tr("nobody in particular"))
        self.row(self.tr("Toward"), self.toward)
        self.new_names = (actors, made_terms, NewNames(self, self.toward, new_groups))
        if names.actor:
            self.stance.setFocus()

    def command(self) -> Command:
        """Add the stance. Where something is missing, the keys go there."""
        for one in self.new_names:
            one.take()
        stance = self.stance.chosen
        asked = ((self.actor, self.actor.name), (self.stance, stance), (self.term, self.term.name))
        missing = [field for field, there in asked if not there]
        if missing or stance is None:
            missing[0].setFocus(Qt.FocusReason.OtherFocusReason)
            raise UserError(self.tr("A stance needs an actor, what the actor does (G, A or C), and a term."))
        draft = StanceDraft(by=self.actor.name, stance=stance, term=self.term.name, toward=self.toward.name or None)
        return lambda file: add_stances(file, self._codings, draft)


class ConcernsDialog(FormDialog):
    """Asks for the groups and participants whom a coding is about."""

    def __init__(
        self,
        sitting: Sitting,
        coding: CodingId,
        held: Sequence[str],
        parties: Sequence[str],
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(sitting, "Whom the coding is about", ok="Save", parent=parent)
        self._coding = coding
        self.concerns = NamesField(
            parties, held, placeholder=self.tr("groups or participants; set apart by semicolons")
        )
        self.row(self.tr("Concerns"), self.concerns, self.tr("A name that is not there yet makes a new group."))
        self.new_names = NewNames(self, self.concerns, new_groups)

    def command(self) -> Command:
        """Let the coding concern just those."""
        self.new_names.take()
        names = "; ".join(self.concerns.names)
        return lambda file: change(file, "coding", str(self._coding), {"concerns": names})


class AddConcernsDialog(FormDialog):
    """Asks for groups and participants whom codings are about, beside those that are said already."""

    def __init__(
        self, sitting: Sitting, codings: Sequence[CodingId], parties: Sequence[str], *, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            sitting,
            "Whom the codings are about",
            ok="Add",
            intro=f"Whom is {passages_named(len(codings))} about? What is said of it already stays.",
            parent=parent,
        )
        self._codings = [str(one) for one in codings]
        self.concerns = NamesField(parties, (), placeholder=self.tr("groups or participants; set apart by semicolons"))
        self.row(self.tr("Concerns"), self.concerns, self.tr("A name that is not there yet makes a new group."))
        self.new_names = NewNames(self, self.concerns, new_groups)

    def command(self) -> Command:
        """Let the codings concern those too."""
        self.new_names.take()
        names = self.concerns.names
        if not names:
            raise UserError(self.tr("Name a group or a participant."))
        return lambda file: add_concerns(file, self._codings, names)
