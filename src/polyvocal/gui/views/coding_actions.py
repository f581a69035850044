"""What can be done with the words that are selected in a text and with the chosen coding, wherever a text is coded."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from polyvocal.domain.around import Piece
from polyvocal.gui.acts import CHOSEN, CODING, READING, STANCE, Act
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.surface.ends import End
from polyvocal.gui.surface.text import TextSurface
from polyvocal.gui.views.codes_here import CodingCard
from polyvocal.gui.views.read_coding import ReadCoding

_FURTHER = ("PgDown", "PgUp", "End", "Home")
"""The keys for steps longer than a word: the end later and earlier, the beginning later and earlier."""


class Coded(Protocol):
    """A view in which texts are coded; acts go to the text that the keys went to last."""

    sitting: Sitting

    @property
    def texts(self) -> QWidget:
        """What holds the texts."""

    @property
    def surface(self) -> TextSurface:
        """The active text."""

    @property
    def coding(self) -> ReadCoding:
        """What the hand does to it."""


class CodingActions:
    """Each action is an attribute. They are the same wherever a text is coded: keys that are changed are so for all."""

    def __init__(self, view: Coded, owner: QWidget) -> None:
        self._coded, self._owner = view, owner
        self._made: list[QAction] = []

    def _action(
        self,
        section: str,
        name: str,
        text: str,
        slot: Callable[[], object],
        *keys: str,
        place: QWidget | None = None,
    ) -> QAction:
        act = Act(f"read.{name}", section, text, keys)
        made = self._coded.sitting.actions.add(act, slot, owner=self._owner, place=place or self._owner)
        self._made.append(made)
        return made

    def _make_for_selection(self) -> None:
        """Coding what is selected."""
        action, view, tr = partial(self._action, CODING), self._coded, self._owner.tr
        texts = view.texts
        self.code = action("code", tr("Code the selected words…"), lambda: view.coding.choose_code(), "Ctrl+Return")
        self.in_vivo = action("in-vivo", tr("Code in vivo"), lambda: view.coding.code_in_vivo(), "Ctrl+I", place=texts)
        self.again = action(
            "again", tr("Code with the last code again"), lambda: view.coding.code_again(), "Ctrl+Shift+Return"
        )
        self.expand = action(
            "expand", tr("Select word, sentence, paragraph"), lambda: view.surface.expand(), "Ctrl+E", place=texts
        )
        self.keep = action(
            "keep", tr("Keep this selection, and select more"), lambda: view.surface.keep_selection(), "Ctrl+K"
        )

    def _make_for_chosen(self, card: CodingCard, unchoose: Callable[[], object]) -> None:
        """What is said of the chosen coding; other codes for it, other ends, merged, cut in two, removed."""
        action, view, tr = partial(self._action, CHOSEN), self._coded, self._owner.tr
        texts = view.texts
        self.stance = view.sitting.actions.add(STANCE, card.add_stance, owner=self._owner, place=self._owner)
        self._made.append(self.stance)
        self.concerns = action("concerns", tr("Whom the chosen coding concerns…"), card.change_concerns, "Ctrl+Shift+T")
        self.memo = action("memo", tr("Memo about the chosen coding…"), card.write_memo, "Ctrl+M")
        self.other_code = action(
            "other-code",
            tr("Give the chosen coding another code…"),
            lambda: view.coding.choose_other_code(),
            "F2",
            place=texts,
        )
        self.further_code = action(
            "further-code",
            tr("Code the chosen passage also with…"),
            lambda: view.coding.choose_further_code(),
            "Ctrl+D",
        )
        self.merge = action("merge", tr("Merge the chosen coding"), lambda: view.coding.chosen.merge(), "Ctrl+J")
        self.split = action(
            "split", tr("Split the chosen coding at the cursor"), lambda: view.coding.chosen.split(), "Ctrl+Shift+J"
        )
        self.ends = [
            action(
                f"{end}-{way}{which}",
                words % piece,
                partial(self._nudge, end, by, forward=way == "later"),
                f"{held}+{keys[place]}",
            )
            for by, which, piece, held, keys in (
                (Piece.WORD, "", tr("a word"), "Alt+Shift", ("Right", "Left", "Down", "Up")),
                (Piece.SENTENCE, "-sentence", tr("a sentence"), "Alt+Shift", _FURTHER),
                (Piece.PARAGRAPH, "-paragraph", tr("a paragraph"), "Ctrl+Alt+Shift", _FURTHER),
            )
            for place, (end, way, words) in enumerate(
                (
                    (End.END, "later", tr("End the chosen coding %s later")),
                    (End.END, "earlier", tr("End the chosen coding %s earlier")),
                    (End.START, "later", tr("Begin the chosen coding %s later")),
                    (End.START, "earlier", tr("Begin the chosen coding %s earlier")),
                )
            )
        ]
        self.remove = action("remove", tr("Remove the chosen coding"), card.remove_coding, "Delete", place=texts)
        self.none = action("none", tr("Let go of the chosen coding"), unchoose, "Escape", place=texts)
        self.on_chosen = (
            self.stance, self.concerns, self.memo, self.other_code, self.further_code, self.merge, self.split,
            self.remove,
        )  # fmt: skip
        """What is done with the chosen coding."""

    def on_letter(self, letter: str) -> None:
        """On a chosen coding, letters are for what it says: stances, whom it concerns, a memo."""
        act = {"s": self.stance, "c": self.concerns, "m": self.memo}.get(letter.lower())
        if act is not None and self._coded.coding.chosen.mark is not None:
            act.trigger()

    def _make_for_steps(self) -> None:
        """From coding to coding."""
        action, view, tr = partial(self._action, READING), self._coded, self._owner.tr
        self.next = action("next", tr("Next coding"), lambda: view.surface.step(forward=True), "Alt+Down")
        self.previous = action("previous", tr("Previous coding"), lambda: view.surface.step(forward=False), "Alt+Up")
        self.same_next = action(
            "same-next",
            tr("Next coding with the same code"),
            lambda: view.surface.step_same(forward=True),
            "Alt+PgDown",
        )
        self.same_previous = action(
            "same-previous",
            tr("Previous coding with the same code"),
            lambda: view.surface.step_same(forward=False),
            "Alt+PgUp",
        )

    def _nudge(self, end: End, piece: Piece, *, forward: bool) -> None:
        self._coded.surface.ends.nudge(end, piece, forward=forward)
