"""The terms of collaboration: the conditions on which people work together."""

from typing import Any

from PySide6.QtWidgets import QWidget

from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.words import StanceName
from polyvocal.gui import labels
from polyvocal.gui.acts import STANCE
from polyvocal.gui.dialogs.form import FormDialog
from polyvocal.gui.dialogs.term import TermDialog
from polyvocal.gui.sitting import PassagesMeant, Sitting
from polyvocal.gui.views.setting_details import Details, Fact, Facts
from polyvocal.gui.views.setting_list import ListSection
from polyvocal.gui.views.setting_model import Column
from polyvocal.gui.views.setting_section import EmptyState
from polyvocal.services.queries.setting_entries import Names, TermEntry, term_entries


class TermsSection(ListSection):
    """The terms, with how many stances are taken to each."""

    query = staticmethod(term_entries)
    makes = ("term",)
    concerned = frozenset({"term", "stance"})

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        done = {
            StanceName.GENERATES: self.tr("generated"),
            StanceName.AFFIRMS: self.tr("affirmed"),
            StanceName.CONTESTS: self.tr("contested"),
        }
        self._done = {str(stance): words for stance, words in done.items()}
        super().__init__(
            sitting,
            self.tr("Terms of collaboration"),
            self.tr(
                "The conditions on which people work together: who decides, whose experience counts as data, whose "
                "time is paid. Stances on coded passages generate, affirm or contest them."
            ),
            columns=(
                Column(self.tr("Term"), lambda one: one.term.name, letters=34, least=24),
                Column(self.tr("Definition"), lambda one: one.term.definition or "", letters=60, least=20),
                *(stances_column(stance, words.capitalize()) for stance, words in done.items()),
            ),
            empty=EmptyState(
                self.tr("No terms of collaboration yet"),
                self.tr(
                    "A term is not a word in a text but a condition that people generate, affirm and contest. Enter "
                    "one with its definition here, or name a new one when you note a stance on a coding."
                ),
                self.tr("Add term…"),
            ),
            find=self.tr("Find a term"),
            parent=parent,
        )

        sitting.blind_changed.connect(self._on_blind_changed)

    def _on_blind_changed(self) -> None:
        """No count of the others' stances stays for a moment."""
        if self.current is not None:
            self._wanted = self.current.id
        self.model.show(())

    def new_words(self) -> str:
        """What the button says."""
        return self.tr("Add term…")

    def kind_word(self, _entry: Any) -> str:
        """A term."""
        return "term"

    def name_of(self, entry: TermEntry) -> str:
        """The term's name."""
        return entry.term.name

    def form(self, entry: TermEntry | None, _names: Names) -> FormDialog:
        """The form for a term."""
        return TermDialog(self.sitting, entry, parent=self)

    def _times(self, count: int) -> str:
        return self.tr("once") if count == 1 else self.tr("%s times") % labels.number(count)

    def details_of(self, entry: TermEntry) -> Details:
        """The term, with ways to the passages where a stance is taken to it."""
        terms = frozenset({entry.id})
        lines = [
            Fact(
                f"{self._done[name]} {self._times(count)}",
                opens=PassagesMeant(
                    f"{name}: {entry.term.name}", PassageFilter(stances=frozenset({name}), terms=terms)
                ),
            )
            for name, count in entry.stances
        ]
        if len(lines) > 1:
            every = PassagesMeant(entry.term.name, PassageFilter(terms=terms))
            lines.insert(0, Fact(self.tr("%s in all") % labels.number(entry.total), opens=every))
        words = self.tr("None yet. In the Read view, %s, or Add a stance… on a chosen coding, notes one.")
        none = Fact(self.sitting.actions.with_keys(words, STANCE.name))
        facts = [Facts(self.tr("Stances"), lines or [none])]
        undefined = self.tr("Not defined yet. Edit… writes down what it means.")
        return Details(entry.term.name, "" if entry.term.definition else undefined, entry.term.definition or "", facts)


def stances_column(stance: StanceName, title: str) -> Column:
    """How often a stance is taken to a term; nothing where it never is."""

    def count(one: TermEntry) -> int:
        return dict(one.stances).get(str(stance), 0)

    return Column(title, lambda one: labels.number(count(one)) if count(one) else "", count, numeric=True, letters=10)
