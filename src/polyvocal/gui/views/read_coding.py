"""Coding the words that are selected in the text, and following what becomes of its codings."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal

from polyvocal.domain.changes import Changed, ChangeSet
from polyvocal.domain.errors import UserError
from polyvocal.domain.passages import CodingsShown
from polyvocal.domain.spans import Span
from polyvocal.gui.offsets import whole_character
from polyvocal.gui.sitting import Me, Sitting
from polyvocal.gui.surface.text import TextSurface
from polyvocal.gui.views.chooser import CodeChooser
from polyvocal.gui.views.chosen_coding import ChosenCoding
from polyvocal.gui.views.codebook import CodebookPanel
from polyvocal.services.commands.codings import code_passages, code_with_new_code
from polyvocal.services.commands.passage import Passage
from polyvocal.services.commands.reading import set_reading
from polyvocal.services.queries.reading import PlacedCoding, SourceToRead, placed_codings
from polyvocal.services.references import folded

IN_VIVO = 60
"""A code in vivo bears at most so many characters of the words that it is made of."""


class ReadCoding(QObject):
    """What the hand does to the text of the Read view. Nothing is done where no source is open."""

    letter_left = Signal(str)
    """A letter was typed that is none of coding's, while no words are selected."""
    followed = Signal()
    """The surface shows other codings than before."""

    def __init__(self, sitting: Sitting, surface: TextSurface, codebook: CodebookPanel) -> None:
        super().__init__(surface)
        self._sitting, self._surface, self._codebook = sitting, surface, codebook
        self.source: SourceToRead | None = None
        self._made: set[int] = set()
        """What was coded here meanwhile: it is shown whichever codings are, since the hand has just made it."""
        self.chosen = ChosenCoding(sitting, surface)
        """What can be done with the chosen coding."""
        self.chooser = CodeChooser(codebook.looks, surface)
        surface.letter_typed.connect(self._on_letter)

    def show_source(self, source: SourceToRead | None) -> None:
        """Be about what the surface shows."""
        self.source = self.chosen.source = source
        self._made.clear()

    # --- the selected words --------------------------------------------------------------------------------------

    def choose_code(self, typed: str = "") -> None:
        """Ask with which code the selected words are to be coded; `typed` is what was typed already."""
        if self._surface.selections and self._sitting.bus.may_write:
            self._choose(self.code_selection, typed=typed)

    def _choose(self, then: Callable[..., None], *, typed: str = "", may_make: bool = True) -> None:
        surface = self._surface
        below = surface.viewport().mapToGlobal(surface.cursorRect().bottomLeft())
        point = below + QPoint(0, surface.fontMetrics().height())
        self.chooser.open_at(
            point, self._codebook.codes, self._sitting.recent_codes, then, typed=typed, may_make=may_make
        )

    def code_selection(self, code: int | str) -> None:
        """Code what is selected with a code, given by its id, or with one that is made, given by its name."""
        spans, source = self._surface.selections, self.source
        if not spans or source is None:
            return
        identity, seen = str(source.source.id), source.version.id
        passages = [Passage(identity, span.start, span.end, seen) for span in spans]

        def go_on(me: Me) -> None:
            coder = str(me.id)
            if isinstance(code, str):
                command = partial(code_with_new_code, passages=passages, name=code, coder=coder)
            else:
                command = partial(code_passages, passages=passages, codes=[str(code)], coder=coder)

            def done(changes: ChangeSet) -> None:
                self._on_coded(changes)
                self._sitting.tell_coded(changes, passages)

            self._sitting.bus.act(command, done=done, owner=self)

        self._sitting.with_coder(go_on)

    def code_again(self) -> None:
        """Code what is selected with the code that was used last."""
        recent = self._sitting.recent_codes.codes
        if recent:
            self.code_selection(recent[0])
        elif self._surface.selections and self._sitting.bus.may_write:
            words = self.tr("Whoever codes here has used no code yet: press Enter and choose the first one.")
            self._sitting.bus.failed.emit(UserError(words))

    def code_in_vivo(self) -> None:
        """Code what is selected with a code that bears its words as its name."""
        span = self._surface.selected
        if span is None:
            return
        name = _in_vivo(" ".join(self._surface.text[span.start : span.end].split()))
        there = [one.id for one in self._codebook.codes if not one.retired and folded(one.name) == folded(name)]
        self.code_selection(there[0] if there else name)

    def code_pinned(self, number: int) -> None:
        """Code what is selected with the code that is pinned to a number; where nothing is, the chosen passage too."""
        code = self._codebook.pinned.code(number)
        if code is None:
            return
        if self._surface.selections:
            self.code_selection(code)
        else:
            self.chosen.duplicate(code)

    # --- the chosen coding ---------------------------------------------------------------------------------------

    def choose_other_code(self) -> None:
        """Ask for another code in place of that of the chosen coding."""
        if self.chosen.mark is not None:
            self._choose(self.chosen.recode, may_make=False)

    def choose_further_code(self) -> None:
        """Ask for a code with which the passage of the chosen coding is to be coded as well."""
        if self.chosen.mark is not None:
            self._choose(self.chosen.duplicate, may_make=False)

    def _on_letter(self, letter: str) -> None:
        """Digits are for pinned codes. Where nothing is pinned to one, it may begin the name of a code."""
        if letter in "123456789" and self._codebook.pinned.code(int(letter)) is not None:
            self.code_pinned(int(letter))
        elif self._surface.selections:
            self.choose_code(letter)
        else:
            self.letter_left.emit(letter)

    def _on_coded(self, changes: ChangeSet) -> None:
        """The words that were selected last stay so, to be coded once more."""
        self._surface.keep_no_selections()
        made = changes.created("coding")
        if made and self.source is not None:
            source = self.source.source.id
            self._made.update(made)
            self._update(self._sitting.bus.read(lambda view: placed_codings(view, source, made)), set(made))
            self._surface.choose(made[0])
            self._surface.paint_now(made[0])
            mark = self._surface.index.get(made[0])
            if mark is not None:
                self._sitting.recent_codes.use(mark.code)

    def move_ends(self, before: PlacedCoding, span: Span) -> None:
        """Let a coding be about another span, as which the surface shows it already; as before where that cannot be."""
        from polyvocal.services.commands.ends import move_ends

        source = self.source
        if source is None:
            return

        def back() -> None:
            if self._surface.index.get(before.id) is not None:
                self._surface.put(before)

        def refused(fault: Exception) -> None:
            back()
            self._sitting.bus.failed.emit(fault)

        def go_on(_me: Me) -> None:
            self._sitting.bus.act(
                lambda file: move_ends(file, "coding", str(before.id), span, seen), failed=refused, owner=self
            )

        seen = source.version.id
        self._sitting.with_coder(go_on, otherwise=back)

    def note_reading(self, read_to: int | None) -> None:
        """Note that the coder has read up to an offset, or to the end."""
        if self.source is None:
            return
        identity = str(self.source.source.id)
        self._sitting.with_coder(
            lambda me: self._sitting.bus.act(
                lambda file: set_reading(file, source=identity, coder=str(me.id), read_to=read_to)
            )
        )

    def follow(self, changed: Changed, operation: int, shown: CodingsShown) -> None:
        """Show the codings that an operation changed as they are now, as far as they are to be `shown`.

        `changed` names each of them.
        """
        if self.source is None:
            return
        source = self.source.source.id
        made_here = set(self._made)
        identities = {*changed.created_ids, *changed.updated_ids, *changed.removed_ids}
        self._sitting.bus.ask(
            self,
            lambda view: (
                placed_codings(view, source, identities, shown) | placed_codings(view, source, identities & made_here)
            ),
            lambda placed: self._update(placed, identities),
            about=f"codings of {operation}",
        )

    def _update(self, placed: dict[int, PlacedCoding], identities: set[int]) -> None:
        for identity in identities:
            if identity in placed:
                held = self._surface.index.get(identity)
                if held is None or (held.start, held.end, held.code) != placed[identity][1:4]:
                    self._surface.put(placed[identity])
            else:
                self._surface.take(identity)
        self.followed.emit()


def _in_vivo(words: str) -> str:
    """The name of a code that some words give: cut after a word, else, where nothing parts words, after a character."""
    if len(words) <= IN_VIVO:
        return words
    space = words.rfind(" ", IN_VIVO // 2, IN_VIVO + 1)
    return words[: space if space >= 0 else whole_character(words, IN_VIVO, 0)].rstrip() + "…"
