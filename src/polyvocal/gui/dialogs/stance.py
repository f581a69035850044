"""Saying who takes which stance on a coding, and whom it is about."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import CodingId
from polyvocal.domain.records import ConstituentGroup, Person, Term
from polyvocal.domain.words import StanceName
from polyvocal.gui.dialogs.form import Command, FormDialog, NameBox, NamesField, choice, value_of
from polyvocal.gui.dialogs.new_names import NewNames
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.codings import StanceDraft, add_concerns, add_stances
from polyvocal.services.commands.corrections import change
from polyvocal.store.view import View

Named = tuple[list[str], list[str]]
"""The names of those who can take a stance, and of the terms."""


def open_with_names(sitting: Sitting, owner: QObject, make: Callable[[Named], FormDialog]) -> None:
    """Open a form in which parties and terms are named, once it is known who fills it in."""
    sitting.with_coder(
        lambda _me: sitting.bus.ask(owner, parties_and_terms, lambda names: make(names).open(), about="names")
    )


def parties_and_terms(view: View) -> Named:
    """The names of the groups and people, and of the terms of collaboration; groups first, each by name."""

    def names(held: Sequence[ConstituentGroup | Person | Term]) -> list[str]:
        return sorted((one.name for one in held), key=str.casefold)

    return names(view.all(ConstituentGroup)) + names(view.all(Person)), names(view.all(Term))


def new_groups(names: Sequence[str]) -> str:
    """That names which are not there yet make groups."""
    quoted = ", ".join(f"‘{name}’" for name in names)
    return f"New group {quoted}: it is made." if len(names) == 1 else f"New groups {quoted}: they are made."


def passages_named(number: int) -> str:
    """The passages that a dialog is about."""
    return "this passage" if number == 1 else f"each of the {number:,} passages that are marked"


class StanceDialog(FormDialog):
    """Asks for actor, stance, term and, perhaps, toward whom."""

    def __init__(
        self,
        sitting: Sitting,
        codings: Sequence[CodingId],
        names: tuple[Sequence[str], Sequence[str]],
        *,
        parent: QWidget | None = None,
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
        parties, terms = names
        self.actor = NameBox(parties, placeholder=self.tr("a group or a participant"))
        self.row(self.tr("Actor"), self.actor)
        actors = NewNames(self, self.actor, new_groups)
        self.stance = choice([(str(one), str(one)) for one in StanceName])
        self.row(self.tr("Stance"), self.stance)
        self.term = NameBox(terms, placeholder=self.tr("a term of collaboration"))
        self.row(self.tr("Term"), self.term, self.tr("A new name makes a new term; define it in the Setting view."))
        made_terms = NewNames(self, self.term, lambda new: self.tr("New term ‘%s’: it is made.") % new[0])
        self.toward = NameBox(parties, placeholder=self.tr("nobody in particular"))
        self.row(self.tr("Toward"), self.toward)
        self.new_names = (actors, made_terms, NewNames(self, self.toward, new_groups))

    def command(self) -> Command:
        """Add the stance."""
        for one in self.new_names:
            one.take()
        if not self.actor.name or not self.term.name:
            raise UserError(self.tr("A stance needs an actor and a term."))
        draft = StanceDraft(
            by=self.actor.name,
            stance=StanceName(value_of(self.stance)),
            term=self.term.name,
            toward=self.toward.name or None,
        )
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
