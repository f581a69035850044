"""What can be done on the page of moments, with its keys: with moments, columns and marks, and coding as in Read."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.errors import UserError
from polyvocal.domain.moments import Moment
from polyvocal.domain.spans import Span
from polyvocal.domain.words import Alignment
from polyvocal.gui import acts
from polyvocal.gui.sitting import Me, Place
from polyvocal.gui.views.coding_actions import CodingActions
from polyvocal.gui.views.moment_sheet import Laid, ask_sheet, divergence_laid, moment_laid, words_laid, write_sheet
from polyvocal.services.commands.divergences import add_divergence_passages
from polyvocal.services.commands.moments import add_anchors, remove_anchors
from polyvocal.services.commands.passage import Passage
from polyvocal.services.commands.removal import remove

if TYPE_CHECKING:
    from polyvocal.gui.views.moments_page import MomentsPage


class MomentsActions(CodingActions):
    """Each action is an attribute."""

    def __init__(self, page: "MomentsPage") -> None:
        super().__init__(page, page)
        self._page, self._sitting = page, page.sitting
        self._make_for_selection()
        self._make_for_chosen(page.here.details, page.unchoose)
        self._make_for_steps()
        add, columns = self._sitting.actions.add, page.columns
        self.new = add(acts.NEW_MOMENT, self.new_moment, owner=page, place=page)
        page.list.make_actions(self.new_moment)
        page.list.edit_wanted.connect(self.edit_moment)
        page.list.remove_wanted.connect(self.remove_moment)
        self.next_moment = add(acts.NEXT_MOMENT, lambda: page.list.step(1), owner=page, place=page)
        self.previous_moment = add(acts.PREVIOUS_MOMENT, lambda: page.list.step(-1), owner=page, place=page)
        self.open_only = add(acts.OPEN_ONLY, page.list.open_only.toggle, owner=page, place=page)
        self.all_columns = add(acts.ALL_COLUMNS, columns.show_all, owner=page, place=page)
        self.here = add(acts.HERE, self.mark_here, owner=page, place=page)
        self.not_here = add(acts.NOT_HERE, self.unmark_here, owner=page, place=page)
        self.in_read = add(acts.IN_READ, self.open_in_read, owner=page, place=columns)
        self.sheets = [
            add(act, slot, owner=page, place=page)
            for act, slot in (
                (acts.SHEET, self.ask_sheet),
                (acts.SHEET_OF_WORDS, self.ask_sheet_of_words),
                (acts.SHEET_OF_DIVERGENCE, self.ask_sheet_of_divergence),
            )
        ]
        page.export.menu().addActions(self.sheets)
        self.diverge = add(acts.DIVERGE, self.record_divergence, owner=page, place=page)
        self.add_words = add(acts.ADD_TO_DIVERGENCE, self.add_to_divergence, owner=page, place=page)
        page.divergences.record_wanted.connect(self.record_divergence)
        page.divergences.add_wanted.connect(self.add_to_divergence)
        self._for_columns = [
            add(act, slot, owner=page, place=page)
            for act, slot in (
                (acts.NEXT_COLUMN, lambda: columns.step(1)),
                (acts.PREVIOUS_COLUMN, lambda: columns.step(-1)),
                (acts.COLUMN_RIGHT, lambda: columns.move_active(1)),
                (acts.COLUMN_LEFT, lambda: columns.move_active(-1)),
                (acts.HIDE_COLUMN, columns.hide_active),
                (acts.TO_MOMENT, columns.back_to_moment),
            )
        ]
        self._join(
            page.together, acts.TOGETHER, page.tr("One column follows the other, by the times that are marked in them")
        )
        page.together.toggled.connect(page.scroll_together)
        self._join(
            page.codes_beside,
            acts.CODES_BESIDE,
            page.tr("Show the codebook: drag a code to selected words, or words to a code"),
        )
        page.codes_beside.toggled.connect(page.show_codebook)
        self._sitting.actions.explain(
            page.export,
            acts.SHEET.name,
            page.tr("A landscape Word document: one column an observer, lines numbered, room to write"),
        )
        self.enable()

    def _join(self, button: QPushButton, act: acts.Act, words: str) -> None:
        """Let a key turn what a button turns."""
        self._sitting.actions.add(act, button.toggle, owner=self._page, place=self._page)
        self._sitting.actions.explain(button, act.name, words)

    def enable(self) -> None:
        """Let be done what can be done with what is shown."""
        page, may = self._page, self._sitting.bus.may_write
        there = page.moment is not None and bool(page.moment.columns)
        for one in (*self._made, *self._for_columns, self.in_read, *self.sheets, self.all_columns):
            one.setEnabled(there)
        for one in (self.here, self.not_here, self.diverge, self.add_words):
            one.setEnabled(there and may)
        self.new.setEnabled(may and page.list.found.event is not None)
        for button in (page.together, page.export):
            button.setEnabled(there)

    # --- moments -------------------------------------------------------------------------------------------------

    def new_moment(self) -> None:
        """Ask for a new moment; the selected words, if there are any, are marked as its accounts."""
        self._ask(None, passages=self._page.columns.selected)

    def edit_moment(self) -> None:
        """Ask how the moment that is shown is to be; one that is not saved is saved so."""
        if self._page.list.shown is not None:
            self._ask(self._page.list.shown)

    def _ask(self, begun: Moment | None, passages: Sequence[Passage] = ()) -> None:
        from polyvocal.gui.dialogs.moment import MomentDialog

        page, found = self._page, self._page.list.found
        if found.event is None or not self._sitting.bus.may_write:
            return
        event = found.event

        def go_on() -> None:
            dialog = MomentDialog(
                self._sitting, event, found.sessions, begun=begun, passages=passages, parent=page.window()
            )
            dialog.finished_with.connect(self._on_made)
            dialog.open()

        self._sitting.with_coder(lambda _me: go_on())

    def _on_made(self, changes: object) -> None:
        """What was entered is what one wants to see."""
        made = changes.created("moment") if isinstance(changes, ChangeSet) else ()
        if made:
            self._page.point_to(self._sitting.bus.read(lambda view: view.need(Moment, made[0])))

    def remove_moment(self) -> None:
        """Remove the moment that is shown, with what is marked of it."""
        shown = self._page.list.shown
        if shown is not None and shown.id:
            self._sitting.act(lambda file: remove(file, "moment", str(shown.id)))

    # --- marks of the moment -------------------------------------------------------------------------------------

    def mark_here(self) -> None:
        """Mark the selected words as what their accounts say of the moment; one that is not saved is saved with it."""
        page, moment = self._page, self._page.moment
        passages = page.columns.selected
        if moment is None or not passages:
            self._tell(page.tr("Select the words that are about the moment first: in one column, or in several."))
            return
        if not moment.asked.id:
            self._ask(moment.asked, passages=passages)
            return
        identity = str(moment.asked.id)
        self._sitting.act(lambda file: add_anchors(file, moment=identity, passages=passages))

    def unmark_here(self) -> None:
        """Take away the marks of the moment that the selected words touch, or on which the cursor stands."""
        page, active = self._page, self._page.columns.active
        if active is None or active.surface is None:
            return
        offset = active.surface.offset
        spans = active.surface.selections or [Span(offset, offset + 1)]
        marks = [
            str(one.anchor)
            for one in active.account.account.passages
            if one.by is Alignment.HAND and any(Span(one.start, one.end).overlaps(span) for span in spans)
        ]
        if not marks:
            self._tell(page.tr("Nothing here is marked by hand as of the moment."))
            return
        self._sitting.act(lambda file: remove_anchors(file, marks))

    # --- divergences ---------------------------------------------------------------------------------------------

    def record_divergence(self) -> None:
        """Ask how the words differ that are selected in two columns or more."""
        from polyvocal.gui.dialogs.divergence import Between, DivergenceDialog

        page, moment = self._page, self._page.moment
        passages = page.columns.selected
        if moment is None or len({one.source for one in passages}) < 2:
            self._tell(
                page.tr(
                    "A divergence is between accounts: select the words that differ, in two columns or more, and then "
                    "record it. What is selected in one column stays while you select in another."
                )
            )
            return
        words = [Between(one.name, one.text, at) for one, at in zip(page.columns.said, passages, strict=True)]
        saved = [one.place for one in page.list.found.moments if one.is_saved]

        def go_on(me: Me) -> None:
            dialog = DivergenceDialog(
                self._sitting, words, saved, by=str(me.id), moment=moment.asked.id, parent=page.window()
            )
            dialog.finished_with.connect(self._on_recorded)
            dialog.open()

        self._sitting.with_coder(go_on)

    def _on_recorded(self, changes: object) -> None:
        made = changes.created("divergence") if isinstance(changes, ChangeSet) else ()
        self._page.columns.let_go()
        if made:
            self._page.show_divergence(made[0])

    def add_to_divergence(self) -> None:
        """Take the selected words into the chosen divergence."""
        page, row, passages = self._page, self._page.divergences.row, self._page.columns.selected
        if row is None or not passages:
            self._tell(page.tr("Choose a divergence in the list below the columns, and select the words to add to it."))
            return
        self._sitting.act(
            lambda file: add_divergence_passages(file, divergence=str(row.id), passages=passages), owner=page
        )
        page.columns.let_go()

    def _tell(self, words: str) -> None:
        self._sitting.bus.failed.emit(UserError(words))

    # --- elsewhere -----------------------------------------------------------------------------------------------

    def open_in_read(self) -> None:
        """Open the account of the active column in Read, where the cursor stands or what is selected."""
        active = self._page.columns.active
        if active is not None and active.surface is not None:
            span = active.surface.selected
            start, end = span if span is not None else (active.surface.offset, None)
            self._sitting.place_wanted.emit(Place(active.account.source, start, end))

    def ask_sheet(self) -> None:
        """Ask for a file, and write the moment to it, without the columns that are hidden."""
        moment = self._page.moment
        if moment is not None and moment.columns:
            hidden = {one for key in self._page.columns.hidden for one in key}
            self._ask_sheet(moment_laid(moment.asked, hidden), moment.place.title)

    def ask_sheet_of_words(self) -> None:
        """Ask for a file, and write the words that are selected in the columns to it."""
        page, moment = self._page, self._page.moment
        words = page.columns.said
        if moment is None or not words:
            self._tell(page.tr("Select words first: in one column, or in several."))
        else:
            self._ask_sheet(words_laid(moment.place.title, words), moment.place.title)

    def ask_sheet_of_divergence(self) -> None:
        """Ask for a file, and write the passages of the chosen divergence to it."""
        one = self._page.divergences.current
        if one is None:
            self._tell(self._page.tr("Choose a divergence in the list below the columns first."))
        else:
            self._ask_sheet(divergence_laid(one.row.id), one.row.title)

    def _ask_sheet(self, lay: Laid, title: str) -> None:
        path = ask_sheet(self._page, self._sitting, title)
        if path is not None:
            write_sheet(self._page, self._sitting, lay, path, then=self._page.exported.emit)

    def show_menu(self, point: QPoint) -> None:
        """Show at a point of the screen what can be done with the active text."""
        self._popup(
            point,
            [
                [self.code, self.in_vivo, self.again, self.expand, self.keep],
                [self.here, self.not_here, self.diverge, self.add_words, self.new],
                list(self.on_chosen),
                [self.in_read],
            ],
        )

    def show_column_menu(self, point: QPoint) -> None:
        """Show at a point of the screen what can be done with the active column."""
        self._popup(point, [[self.in_read], self._for_columns[2:5], [self.all_columns], [self.not_here]])

    def _popup(self, point: QPoint, parts: Sequence[Sequence[QAction]]) -> None:
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for part in parts:
            menu.addActions(part)
            menu.addSeparator()
        menu.popup(point)
