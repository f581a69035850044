"""The tree of codes with its filter, as it stands beside the text and in the Codebook view."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from polyvocal.domain.changes import ChangeSet
from polyvocal.gui.bus import A_MOMENT
from polyvocal.gui.parts import in_column
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.surface.look import Looks
from polyvocal.gui.views.code_model import CodebookModel
from polyvocal.gui.views.code_tree import CodebookTree, Move
from polyvocal.gui.views.delegate import FigureDelegate, RowDelegate
from polyvocal.gui.views.tree import Node
from polyvocal.services.queries.listing import list_codes
from polyvocal.services.queries.rows import CodeRow


class CodeList(QWidget):
    """Reads the codes and follows what changes of them; what is pointed to and unfolded stays so."""

    pointed = Signal()
    """Another code is pointed to, or the same one was changed."""
    activated = Signal(object)
    """The id of a code on which Enter was pressed, or which was clicked twice."""
    loaded = Signal()

    def __init__(self, sitting: Sitting, looks: Looks, model: CodebookModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sitting, self._looks, self.model = sitting, looks, model
        self._closed: set[int] = set()
        self._wanted: int | None = None
        self._retired_too = False
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Find a code"))
        self.filter.setAccessibleName(self.tr("Find a code"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._on_filter_changed)
        self.tree = CodebookTree(model)
        self.filter.returnPressed.connect(self.tree.setFocus)
        self.tree.setUniformRowHeights(True)  # or Qt asks for the height of each cell that it paints
        self.tree.setItemDelegate(FigureDelegate(Qt.AlignmentFlag.AlignRight, QPalette.ColorRole.Text, self.tree))
        self.tree.setItemDelegateForColumn(0, RowDelegate(self.tree))
        kinds = FigureDelegate(Qt.AlignmentFlag.AlignLeft, QPalette.ColorRole.PlaceholderText, self.tree)
        self.tree.setItemDelegateForColumn(1, kinds)
        self.tree.setAccessibleName(self.tr("Codebook"))
        self.tree.setFrameShape(QFrame.Shape.NoFrame)
        self.tree.activated.connect(self._on_activated)
        self.tree.move_wanted.connect(self._move)
        self.tree.collapsed.connect(lambda index: self._keep(index, closed=True))
        self.tree.expanded.connect(lambda index: self._keep(index, closed=False))
        self.tree.selectionModel().currentChanged.connect(lambda _now, _before: self.pointed.emit())
        column = in_column(self.filter, (self.tree, 1), spacing=8)
        column.setContentsMargins(0, 0, 0, 0)
        self.setLayout(column)
        sitting.bus.changed.connect(self._on_changed)
        sitting.blind_changed.connect(self._on_blind_changed)
        sitting.pinned.changed.connect(lambda: model.show_numbers(sitting.pinned.numbers))
        model.show_numbers(sitting.pinned.numbers)
        sitting.theme.changed.connect(self.tree.viewport().update)
        self.refresh()

    # --- what is shown -------------------------------------------------------------------------------------------

    @property
    def codes(self) -> list[CodeRow]:
        """All codes, in the order of their tree."""
        return self.model.codes

    @property
    def current(self) -> CodeRow | None:
        """The code that is pointed to."""
        node = self.tree.pointed_to
        return node.what if node is not None else None

    def point_to(self, identity: int) -> None:
        """Point to a code: to one that is not read yet once it is, to a retired one though it is not listed."""
        self._wanted = None
        if self.tree.point_to(identity):
            return
        if any(code.id == identity for code in self.codes):
            self.filter.clear()
            self._fill(self.codes, also=identity)
            self.tree.point_to(identity)
        else:
            self._wanted = identity

    def show_retired(self, shown: bool) -> None:  # noqa: FBT001 - a slot
        """List the retired codes too, or leave them out."""
        self._retired_too = shown
        self._fill(self.codes)

    @property
    def folded(self) -> set[int]:
        """The ids of the codes whose branches a person closed."""
        return self._closed

    @folded.setter
    def folded(self, folded: set[int]) -> None:
        self._closed = folded
        self.tree.unfold(folded)

    def refresh(self, *, later: int = 0) -> None:
        """Read the codebook anew, so many milliseconds later."""
        self._sitting.bus.ask(self, list_codes, self._show, about="codes", later=later)

    def _show(self, codes: list[CodeRow]) -> None:
        self._looks.show(codes)
        if [_shape(one) for one in codes] == [_shape(one) for one in self.codes]:
            self.model.recount(codes)
        else:
            self._fill(codes)
        if self._wanted is not None:
            self.point_to(self._wanted)
        self.pointed.emit()
        self.loaded.emit()

    def _fill(self, codes: list[CodeRow], also: int | None = None) -> None:
        """Show the codes; what was pointed to and how far it was scrolled stays, if it can."""
        chosen, top = self.current, self.tree.verticalScrollBar().value()
        held = {also, chosen.id if chosen is not None else None} - {None}
        self._list(codes, held=frozenset(one for one in held if one is not None))
        if chosen is not None:
            self.tree.point_to(chosen.id)
        self.tree.verticalScrollBar().setValue(top)

    def _list(self, codes: list[CodeRow], held: frozenset[int] = frozenset()) -> Node | None:
        wanted = self.filter.text()
        retired = frozenset(code.id for code in codes if code.retired) if self._retired_too else held
        best = self.model.show(codes, wanted, retired=retired)
        if wanted.strip():
            self.tree.expandAll()
        else:
            self.tree.unfold(self._closed)
        return best

    def _keep(self, index: QModelIndex, *, closed: bool) -> None:
        code = self.model.code(index)
        if code is not None and not self.filter.text():
            (self._closed.add if closed else self._closed.discard)(code.id)

    def _on_filter_changed(self, wanted: str) -> None:
        chosen = self.current
        best = self._list(self.codes)
        if wanted.strip() and best is not None:
            self.tree.setCurrentIndex(self.model.index_of(best))
        elif chosen is not None:
            self.tree.point_to(chosen.id)

    def _on_blind_changed(self) -> None:
        """No count stays for a moment that tells how much others coded."""
        self.model.recount([code._replace(codings=0) for code in self.codes])
        self.pointed.emit()

    def _on_changed(self, changes: ChangeSet) -> None:
        if "code" in changes.kinds:
            self.refresh()
        elif "coding" in changes.kinds:
            self.refresh(later=A_MOMENT)

    # --- what is done --------------------------------------------------------------------------------------------

    def _on_activated(self, index: QModelIndex) -> None:
        code = self.model.code(index)
        if code is not None:
            self.activated.emit(code.id)

    def _move(self, move: Move) -> None:
        from polyvocal.services.commands.code_changes import move_code

        where = {name: str(one) for name, one in move._asdict().items() if name != "code" and one is not None}
        self._sitting.act(lambda file: move_code(file, str(move.code), **where))


def _shape(code: CodeRow) -> tuple[object, ...]:
    """All of a code but its count."""
    return tuple(value for name, value in code._asdict().items() if name != "codings")
