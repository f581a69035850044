"""The codebook beside the text: its tree with colours and counts, and what the chosen code means."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    Qt,
    Signal,
)
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSplitter,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.words import CodeKind
from polyvocal.gui import labels
from polyvocal.gui.bus import A_MOMENT
from polyvocal.gui.button import Button
from polyvocal.gui.matching import match
from polyvocal.gui.pinned_codes import PinnedCodes
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.surface.look import Looks
from polyvocal.gui.surface.text import CODE_MIME, SELECTION_MIME
from polyvocal.gui.views.delegate import COUNT, HEAD, MARK, Chip, RowDelegate
from polyvocal.gui.views.tree import Index, Node, TreeModel
from polyvocal.services.commands.removal import remove
from polyvocal.services.queries.listing import list_codes
from polyvocal.services.queries.rows import CodeRow


class CodebookModel(TreeModel):
    """The tree of codes as Qt asks for it. One column."""

    def __init__(self, looks: Looks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self.codes: list[CodeRow] = []
        self._told: dict[int, Callable[[CodeRow], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda code: (
                f"{code.name} ({self.tr('retired')})" if code.retired else code.name
            ),
            MARK: lambda code: Chip(self._looks.mark(code.id), hollow=code.kind != CodeKind.CODE),
            COUNT: lambda code: labels.number(code.codings) if code.codings else "",
            HEAD: lambda code: code.kind == CodeKind.CATEGORY,
            Qt.ItemDataRole.ToolTipRole: lambda code: code.definition,
            Qt.ItemDataRole.AccessibleTextRole: self._spoken,
        }

    def show(self, codes: list[CodeRow], wanted: str = "") -> None:
        """Show the codes, given in the order of their tree; or what answers to `wanted` and lies above that."""
        self.codes = codes
        kept = self._answering(codes, wanted) if wanted.strip() else None
        root = Node(None)
        line = [root]  # the nodes above the one that comes next, by depth
        for code in codes:
            if kept is not None and code.id not in kept:
                continue
            del line[code.depth + 1 :]
            line.append(Node(code, line[-1]))
        self.replace(root)

    def recount(self, codes: list[CodeRow]) -> None:
        """Take over new counts of the same codes, without folding or scrolling anything."""
        by_id = {code.id: code for code in codes}
        self.codes = codes
        for node in self.nodes():
            if node.what is not None and node.what != by_id[node.what.id]:
                node.what = by_id[node.what.id]
                index = self.index_of(node)
                self.dataChanged.emit(index, index)

    @staticmethod
    def _answering(codes: list[CodeRow], wanted: str) -> set[int]:
        parents = {code.id: code.parent for code in codes}
        kept: set[int] = set()
        for code in codes:
            score = match(wanted, code.name)
            if score is not None and score < 4:
                at: int | None = code.id
                while at is not None and at not in kept:
                    kept.add(at)
                    at = parents.get(at)
        return kept

    def code(self, index: Index) -> CodeRow | None:
        """The code of an index."""
        code: CodeRow | None = self.node(index).what
        return code

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """What is dragged: the code."""
        dragged = QMimeData()
        code = self.code(indexes[0]) if indexes else None
        if code is not None:
            dragged.setData(CODE_MIME, QByteArray(str(code.id).encode()))
        return dragged

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        code = self.code(index)
        told = self._told.get(role)
        return told(code) if code is not None and told is not None else None

    def _spoken(self, code: CodeRow) -> str:
        kind = labels.CODE_KINDS[CodeKind(code.kind)].lower()
        return self.tr("%s, %s, %s codings") % (code.name, kind, labels.number(code.codings))


class CodebookTree(QTreeView):
    """The tree; selected words of the text can be dropped on a code."""

    words_dropped = Signal(object)
    """The id of the code on which selected words were dropped."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.setDragEnabled(True)

    def _code_under(self, event: QDropEvent) -> CodeRow | None:
        model = self.model()
        assert isinstance(model, CodebookModel)
        return model.code(self.indexAt(event.position().toPoint()))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(SELECTION_MIME):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(SELECTION_MIME) and self._code_under(event) is not None:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        code = self._code_under(event)
        if code is not None and event.mimeData().hasFormat(SELECTION_MIME):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.words_dropped.emit(code.id)


class CodebookPanel(QWidget):
    """The tree with its filter, and below it the code that is chosen there."""

    apply_wanted = Signal(object)
    """The id of a code with which the selected words are to be coded."""
    code_shown = Signal(object)
    """The id of the code that is chosen now, or None."""
    loaded = Signal()

    def __init__(self, sitting: Sitting, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._sitting, self.looks = sitting, looks
        self._closed: set[int] = set()
        self._wanted: int | None = None
        self.pinned = PinnedCodes(sitting, self)
        self.model = CodebookModel(looks, self)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Find a code"))
        self.filter.setAccessibleName(self.tr("Find a code"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._on_filter_changed)
        self.tree = CodebookTree()
        self.tree.setModel(self.model)
        self.tree.setHeaderHidden(True)
        self.tree.setItemDelegate(RowDelegate(self.tree))
        self.tree.setIndentation(14)
        self.tree.setExpandsOnDoubleClick(False)
        self.tree.setAccessibleName(self.tr("Codebook"))
        self.tree.setFrameShape(QFrame.Shape.NoFrame)
        self.tree.activated.connect(self._on_activated)
        self.tree.words_dropped.connect(self.apply_wanted)
        self.tree.collapsed.connect(lambda index: self._keep(index, closed=True))
        self.tree.expanded.connect(lambda index: self._keep(index, closed=False))
        selection = self.tree.selectionModel()
        selection.currentChanged.connect(lambda _now, _before: self._on_current_changed())
        self.details = CodeDetails()
        self.empty = QLabel(
            self.tr(
                "No codes yet.\n\nSelect words in a text and press Enter: a name that no code bears makes a new one. "
                "Or write a code with its definition first."
            )
        )
        self.empty.setProperty("muted", True)
        self.empty.setWordWrap(True)
        self.empty.hide()
        self._lay_out()
        sitting.bus.changed.connect(self._on_changed)
        sitting.theme.changed.connect(self.tree.viewport().update)
        sitting.code_wanted.connect(self.point_to)
        self.refresh()

    def _lay_out(self) -> None:
        self.new = Button(self.tr("New code…"))
        self.edit = Button(self.tr("Edit…"))
        self.remove = Button(self.tr("Remove"))
        self.new.clicked.connect(self.add_code)
        self.edit.clicked.connect(self.edit_code)
        self.remove.clicked.connect(self.remove_code)
        for button in (self.new, self.edit, self.remove):
            button.setEnabled(False)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        for button in (self.new, self.edit, self.remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        title = QLabel(self.tr("Codebook"))
        title.setProperty("heading", True)
        above = QWidget()
        column = QVBoxLayout(above)
        column.setContentsMargins(10, 10, 10, 8)
        column.setSpacing(8)
        for part in (title, self.filter, self.empty):
            column.addWidget(part)
        column.addWidget(self.tree, 1)
        column.addLayout(buttons)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(self.details)
        scroll.setAccessibleName(self.tr("What the chosen code means"))
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(above)
        split.addWidget(scroll)
        split.setSizes([560, 320])
        split.setStretchFactor(0, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)

    # --- what is shown -------------------------------------------------------------------------------------------

    @property
    def codes(self) -> list[CodeRow]:
        """All codes, in the order of their tree."""
        return self.model.codes

    @property
    def folded(self) -> set[int]:
        """The ids of the codes whose branches a person closed."""
        return self._closed

    @folded.setter
    def folded(self, folded: set[int]) -> None:
        self._closed = folded
        self._unfold()

    def refresh(self, *, later: int = 0) -> None:
        """Read the codebook anew, so many milliseconds later."""
        self._sitting.bus.ask(self, list_codes, self._show, about="codes", later=later)

    def _show(self, codes: list[CodeRow]) -> None:
        self.looks.show(codes)
        if [_shape(one) for one in codes] == [_shape(one) for one in self.codes]:
            self.model.recount(codes)
        else:
            chosen = self.current
            top = self.tree.verticalScrollBar().value()
            self.model.show(codes, self.filter.text())
            self._unfold()
            if chosen is not None:
                self.point_to(chosen.id)
            self.tree.verticalScrollBar().setValue(top)
        if self._wanted is not None:
            self.point_to(self._wanted)
        self.empty.setVisible(not codes)
        self._on_current_changed()
        self.loaded.emit()

    def _unfold(self) -> None:
        for node in self.model.nodes():
            if node.children and node.what is not None:
                self.tree.setExpanded(self.model.index_of(node), node.what.id not in self._closed)

    def _keep(self, index: QModelIndex, *, closed: bool) -> None:
        code = self.model.code(index)
        if code is not None and not self.filter.text():
            (self._closed.add if closed else self._closed.discard)(code.id)

    def _on_filter_changed(self, wanted: str) -> None:
        self.model.show(self.codes, wanted)
        if wanted.strip():
            self.tree.expandAll()
            answers = (node for node in self.model.nodes() if node.what and match(wanted, node.what.name) is not None)
            best = min(answers, key=lambda node: match(wanted, node.what.name) or 0.0, default=None)
            if best is not None:
                self.tree.setCurrentIndex(self.model.index_of(best))
        else:
            self._unfold()

    def _on_changed(self, changes: ChangeSet) -> None:
        if "code" in changes.kinds:
            self.refresh()
        elif "coding" in changes.kinds:
            self.refresh(later=A_MOMENT)

    # --- the chosen code -----------------------------------------------------------------------------------------

    @property
    def current(self) -> CodeRow | None:
        """The code that is pointed to."""
        return self.model.code(self.tree.currentIndex()) if self.tree.currentIndex().isValid() else None

    def point_to(self, identity: int) -> None:
        """Point to a code; to one that is not read yet, once it is."""
        for node in self.model.nodes():
            if node.what.id == identity:
                self._wanted = None
                self.tree.setCurrentIndex(self.model.index_of(node))
                return
        self._wanted = identity

    def _on_current_changed(self) -> None:
        code = self.current
        self.details.show_code(code)
        may = self._sitting.bus.may_write
        self.new.setEnabled(may)
        self.edit.setEnabled(may and code is not None)
        self.remove.setEnabled(may and code is not None)
        self.code_shown.emit(code.id if code else None)

    def _on_activated(self, index: QModelIndex) -> None:
        code = self.model.code(index)
        if code is not None:
            self.apply_wanted.emit(code.id)

    def add_code(self) -> None:
        """Ask for a new code, below the chosen category."""
        code = self.current
        below = code if code is not None and code.kind == CodeKind.CATEGORY else None
        self._ask(below=below)

    def edit_code(self) -> None:
        """Ask how the chosen code is to be."""
        if self.current is not None:
            self._ask(code=self.current)

    def _ask(self, *, code: CodeRow | None = None, below: CodeRow | None = None) -> None:
        from polyvocal.gui.dialogs.code import CodeDialog

        CodeDialog(self._sitting, self.codes, parent=self, code=code, below=below).open()

    def remove_code(self) -> None:
        """Remove the chosen code; refused where passages are coded with it."""
        code = self.current
        if code is not None:
            self._sitting.bus.act(lambda file: remove(file, "code", str(code.id)))


def _shape(code: CodeRow) -> tuple[object, ...]:
    """All of a code but its count."""
    return tuple(value for name, value in code._asdict().items() if name != "codings")


class CodeDetails(QWidget):
    """What a code means, as its fields say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.title = QLabel()
        self.title.setProperty("heading", True)
        self.title.setWordWrap(True)
        self.about = QLabel()
        self.about.setProperty("muted", True)
        self.about.setWordWrap(True)
        fields = QVBoxLayout()
        fields.setSpacing(3)
        self._labels: dict[str, tuple[QLabel, QLabel]] = {}
        for key, name in (
            ("definition", self.tr("Definition")),
            ("use_when", self.tr("Use when")),
            ("not_when", self.tr("Do not use when")),
            ("example", self.tr("Example")),
        ):
            head, words = QLabel(name), QLabel()
            head.setProperty("section", True)
            words.setWordWrap(True)
            words.setTextFormat(Qt.TextFormat.PlainText)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._labels[key] = head, words
            fields.addWidget(head)
            fields.addWidget(words)
            fields.addSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.about)
        column.addLayout(fields)
        column.addStretch(1)
        self.show_code(None)

    def show_code(self, code: CodeRow | None) -> None:
        """Show a code, or that none is chosen."""
        self.title.setText(code.name if code else self.tr("No code chosen"))
        if code is None:
            self.about.setText(self.tr("Choose a code above to see what it means."))
        else:
            count = self.tr("1 coding") if code.codings == 1 else self.tr("%s codings") % labels.number(code.codings)
            parts = [labels.CODE_KINDS[CodeKind(code.kind)], count]
            self.about.setText(" · ".join(parts))
        for key, (head, words) in self._labels.items():
            text = getattr(code, key) if code else None
            words.setText(text or "")
            head.setVisible(bool(text))
            words.setVisible(bool(text))
        if code is not None and not any(getattr(code, key) for key in self._labels):
            self._labels["definition"][1].setText(self.tr("Not defined yet: Edit… above."))
            for part in self._labels["definition"]:
                part.setVisible(True)
