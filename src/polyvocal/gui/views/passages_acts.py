"""What can be done with the passages that are marked in a list: code, stances, memos; copying; going through them."""

from collections.abc import Callable, Collection
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QPoint
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu

from polyvocal.domain.ids import CodingId
from polyvocal.domain.passages import Naming
from polyvocal.gui.acts import PASSAGES, Act
from polyvocal.gui.sitting import Me
from polyvocal.gui.surface.look import Looks
from polyvocal.gui.views.chooser import CodeChooser
from polyvocal.gui.views.passages_export import ask_export, ask_side_by_side
from polyvocal.services.commands.codebook import NewCode
from polyvocal.services.commands.codings import code_passages
from polyvocal.services.commands.passage import Passage
from polyvocal.services.commands.removal import remove_codings
from polyvocal.services.queries.listing import list_codes
from polyvocal.services.queries.passage_pages import PassageShown, read_passages, unfolded
from polyvocal.services.queries.rows import CodeRow
from polyvocal.store.view import View

if TYPE_CHECKING:
    from polyvocal.gui.views.passages import PassagesPanel


class PassagesActs(QObject):
    """Each action is an attribute. All of them are for what is marked; each change is one step of the history."""

    def __init__(self, panel: "PassagesPanel") -> None:
        super().__init__(panel)
        self._panel, self._sitting = panel, panel.sitting
        self._looks: Looks | None = None
        self._chooser: CodeChooser | None = None
        self.more_of_place: tuple[QAction, ...] = ()
        """What else can be done with what is marked at the place where the list is."""
        tr, table = panel.tr, panel.table

        def action(name: str, text: str, slot: Callable[[], object], *keys: str) -> QAction:
            act = Act(f"passages.{name}", PASSAGES, text, keys)
            return self._sitting.actions.add(act, slot, owner=panel, place=table)

        self.filter = action("filter", tr("Filter…"), lambda: panel.choosing.choose_values(None), "F")
        self.words = action("words", tr("Words in the passage"), panel.words.setFocus, "/")
        self.no_filters = action("no-filters", tr("No filters"), panel.ask_for_all, "X")
        self.arrange = action("arrange", tr("Group and sort…"), panel.arrange.showMenu, "G")
        self.fold = action("fold", tr("Fold all groups"), lambda: panel.fold_all(folded=True), "[")
        self.unfold = action("unfold", tr("Unfold all groups"), lambda: panel.fold_all(folded=False), "]")
        self.copy = action("copy", tr("Copy with citation"), lambda: self.copy_cited(Naming.OBSERVER), "Ctrl+C")
        self.copy_coder = action(
            "copy-coder",
            tr("Copy with citation, code and coder"),
            lambda: self.copy_cited(Naming.CODER),
            "Ctrl+Shift+C",
        )
        self.export = action("export", tr("Export these passages…"), partial(ask_export, panel), "E")
        self.side_by_side = action(
            "side-by-side", tr("Export side by side for a data session…"), partial(ask_side_by_side, panel), "Shift+E"
        )
        self.recode = action("recode", tr("Change the code…"), partial(self._choose_code, self._recode), "C")
        self.add_code = action("add-code", tr("Add another code…"), partial(self._choose_code, self._code_too), "A")
        self.stance = action("stance", tr("Add a stance…"), self.add_stance, "S")
        self.concerns = action("concerns", tr("Whom they concern…"), self.add_concerns, "W")
        self.memo = action("memo", tr("Write a memo…"), self.write_memo, "M")
        self.divergence = action("divergence", tr("Record a divergence between them…"), self.record_divergence, "D")
        self.remove = action("remove", tr("Remove the codings"), self.remove_marked, "Delete")
        self.changing = (
            self.recode,
            self.add_code,
            self.stance,
            self.concerns,
            self.memo,
            self.divergence,
            self.remove,
        )
        for one in self.changing:
            one.setEnabled(self._sitting.bus.may_write)

    def show_menu(self, point: QPoint) -> None:
        """Show at a point of the screen what can be done with what is marked."""
        menu = QMenu(self._panel)
        for part in (
            (self.recode, self.add_code, self.stance, self.concerns, self.memo),
            (self.divergence, *self.more_of_place),
            (self.remove,),
            (self.copy, self.copy_coder),
            (self.export, self.side_by_side),
        ):
            menu.addActions(part)
            menu.addSeparator()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(point)

    # --- taking them elsewhere ---------------------------------------------------------------------------------------

    def copy_cited(self, naming: Naming) -> None:
        """Put what is marked on the clipboard, each passage with where it stands; as text and as HTML."""
        codings = self._panel.table.chosen

        def query(view: View) -> tuple[str, str]:
            from polyvocal.exchange.writers.citations import cited_html, cited_text

            read = read_passages(view, codings)
            passages = [read[one] for one in codings if one in read]
            return cited_text(passages, naming), cited_html(passages, naming)

        if codings:
            self._sitting.bus.ask(self, query, self._on_cited, about="copy")

    def _on_cited(self, cited: tuple[str, str]) -> None:
        copied = QMimeData()
        copied.setText(cited[0])
        copied.setHtml(cited[1])
        QGuiApplication.clipboard().setMimeData(copied)

    # --- around them -------------------------------------------------------------------------------------------------

    def unfold_paragraph(self, row: int) -> None:
        """Show the paragraph around a passage; hide it where it is shown."""
        model = self._panel.model
        coding = model.coding_at(row)
        if coding is None:
            return
        if model.is_unfolded(coding):
            model.fold_paragraph(coding)
        else:
            self._sitting.bus.ask(
                self, lambda view: unfolded(view, coding), self._on_unfolded, about=f"paragraph {coding}"
            )

    def _on_unfolded(self, shown: PassageShown | None) -> None:
        if shown is not None:
            self._panel.model.unfold_paragraph(shown)
            self._panel.table.scrollTo(self._panel.table.currentIndex())

    # --- changing them -----------------------------------------------------------------------------------------------

    def _choose_code(self, then: Callable[[list[CodingId], str | NewCode], None]) -> None:
        codings = self._panel.table.chosen
        if codings:
            self._sitting.bus.ask(
                self, list_codes, lambda codes: self._open_chooser(codes, codings, then), about="codes"
            )

    def _open_chooser(
        self, codes: list[CodeRow], codings: list[CodingId], then: Callable[[list[CodingId], str | NewCode], None]
    ) -> None:
        if self._looks is None:
            self._looks = Looks(self._sitting.theme)
        self._looks.show(codes)
        if self._chooser is None:
            self._chooser = CodeChooser(self._looks, self._panel.window())  # not the panel's: Esc would be its own
        table = self._panel.table
        below = table.visualRect(table.currentIndex()).bottomLeft()
        self._chooser.open_at(
            table.viewport().mapToGlobal(QPoint(below.x() + 24, below.y())),
            codes,
            self._sitting.recent_codes,
            lambda code: then(codings, NewCode(code) if isinstance(code, str) else str(code)),
        )

    def _recode(self, codings: list[CodingId], code: str | NewCode) -> None:
        from polyvocal.services.commands.recoding import recode

        self._sitting.act(
            lambda file: recode(file, _references(codings), code),
            done=lambda changes: self._sitting.tell_recoded(changes, codings),
            owner=self,
        )

    def _code_too(self, codings: list[CodingId], code: str | NewCode) -> None:
        """Code the same passages with another code; those are the coder's, whoever coded the ones that are marked."""

        def go_on(me: Me) -> None:
            self._read(codings, lambda read: act(list(map(_place, read)), str(me.id)))

        def act(passages: list[Passage], coder: str) -> None:
            self._sitting.bus.act(
                lambda file: code_passages(file, passages, [code], coder=coder),
                done=lambda changes: self._sitting.tell_coded(changes, passages),
                owner=self,
            )

        self._sitting.with_coder(go_on)

    def _read(self, codings: list[CodingId], then: Callable[[list[PassageShown]], None]) -> None:
        def query(view: View) -> list[PassageShown]:
            read = read_passages(view, codings)
            return [read[one] for one in codings if one in read]

        self._sitting.bus.ask(self, query, then, about="marked")

    def add_stance(self) -> None:
        """Ask for a stance that is to be added to what is marked."""
        from polyvocal.gui.dialogs.stance import StanceDialog, open_with_names

        codings, panel = self._panel.table.chosen, self._panel
        if codings:
            open_with_names(
                self._sitting,
                self,
                codings[0],
                lambda names: StanceDialog(self._sitting, codings, names, parent=panel.window()),
            )

    def add_concerns(self) -> None:
        """Ask whom what is marked is about."""
        from polyvocal.gui.dialogs.stance import AddConcernsDialog, open_with_names

        codings, panel = self._panel.table.chosen, self._panel
        if codings:
            open_with_names(
                self._sitting,
                self,
                codings[0],
                lambda names: AddConcernsDialog(self._sitting, codings, names.parties, parent=panel.window()),
            )

    def write_memo(self) -> None:
        """Write a memo about the passage that is pointed to, as it was coded."""
        from polyvocal.gui.dialogs.memo import MemoDialog

        coding, panel = self._panel.table.pointed, self._panel
        if coding is None:
            return

        def go_on(me: Me) -> None:
            about = ("coding", str(coding))
            self._read(
                [coding],
                lambda read: MemoDialog(
                    self._sitting,
                    author=str(me.id),
                    about=about,
                    words=read[0].text if read else "",
                    parent=panel.window(),
                ).open(),
            )

        self._sitting.with_coder(go_on)

    def record_divergence(self) -> None:
        """Ask in what the marked passages differ, where they are of two accounts or more."""
        from polyvocal.gui.dialogs.divergence import Between, DivergenceDialog, between
        from polyvocal.services.queries.moments import MomentInOrder, moments_in_order

        codings, panel = self._panel.table.chosen, self._panel

        def query(view: View) -> tuple[list[Between], tuple[MomentInOrder, ...]]:
            read = read_passages(view, codings)
            return [between(read[one]) for one in codings if one in read], moments_in_order(view)

        def ask(me: Me) -> None:
            self._sitting.bus.ask(
                self,
                query,
                lambda found: DivergenceDialog(self._sitting, *found, by=str(me.id), parent=panel.window()).open(),
                about="divergence",
            )

        if codings:
            self._sitting.with_coder(ask)

    def remove_marked(self) -> None:
        """Remove the codings that are marked, with their stances and concerns."""
        codings = self._panel.table.chosen
        if codings:
            self._sitting.act(lambda file: remove_codings(file, _references(codings)))


def _references(codings: Collection[CodingId]) -> list[str]:
    return [str(one) for one in codings]


def _place(shown: PassageShown) -> Passage:
    one = shown.passage
    return Passage(str(one.source), one.start, one.end, one.version)
