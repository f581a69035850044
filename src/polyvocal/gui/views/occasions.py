"""The occasions: series, event, phases, sessions, and under them the sources with who wrote them and what was read."""

from collections.abc import Iterable, Iterator
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QTreeView, QVBoxLayout, QWidget

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.ids import SourceId
from polyvocal.domain.words import Phase, ReadingState, SourceKind
from polyvocal.gui import labels
from polyvocal.gui.acts import ABOUT, FIRST_STEPS
from polyvocal.gui.bus import A_MOMENT
from polyvocal.gui.sitting import Place, Sitting
from polyvocal.gui.views.delegate import HEAD, MARK, SLANTED, SUBTITLE, TALLY, ReadMark, RowDelegate
from polyvocal.gui.views.tree import Index, Node, TreeModel
from polyvocal.services.queries.occasions import Branch, Level, SourceLeaf, occasions
from polyvocal.services.references import folded
from polyvocal.store.codings import counts_of_codings
from polyvocal.store.view import View

CONCERNED = frozenset(
    {"source", "source_version", "authorship", "occasion", "person", "event", "series", "session", "reading", "stretch"}
)
"""The kinds of record of which a change may change the tree."""


def grow(node: Node, held: Iterable[Branch | SourceLeaf]) -> None:
    """Hang branches and sources, with all that is below them, under a node."""
    for one in held:
        child = Node(one, node)
        if isinstance(one, Branch):  # its own sources first, or they would look as if of its last branch
            grow(child, (*one.sources, *one.branches))


class OccasionsModel(TreeModel):
    """The tree as Qt asks for it. One column."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._whole: tuple[Branch, ...] = ()
        self._wanted = ""
        self._tells_codings = True

    def show(self, tree: tuple[Branch, ...], wanted: str = "") -> None:
        """Show a tree, or what of it bears the wanted words in a title or an observer's name."""
        self._whole, self._tells_codings = tree, True
        self.narrow(wanted)

    def narrow(self, wanted: str) -> None:
        """Show only what bears some words."""
        tree, self._wanted = self._whole, folded(wanted)
        kept = [branch for one in tree if (branch := _only(one, self._wanted)) is not None] if self._wanted else tree
        root = Node(None)
        grow(root, kept)
        self.replace(root)

    def forget_codings(self) -> None:
        """Tell no more how often anything was coded, until a tree is shown that knows."""
        self._tells_codings = False
        for node in self.nodes():
            self.dataChanged.emit(self.index_of(node), self.index_of(node))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        what = self.node(index).what
        if isinstance(what, SourceLeaf):
            return self._source(what, role)
        return self._branch(what, role) if what is not None else None

    def _source(self, leaf: SourceLeaf, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return leaf.title
        if role == SUBTITLE:
            return " · ".join(self._about(leaf))
        if role == TALLY:
            return labels.words(leaf.words)
        if role == MARK:
            return ReadMark(1.0 if leaf.state is ReadingState.DONE else leaf.read_share)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return "\n".join(
                (
                    leaf.title,
                    ", ".join((*self._about(leaf), labels.words(leaf.words))),
                    self.tr("by you: %s") % labels.READING_STATES[leaf.state],
                )
            )
        return None

    def _about(self, leaf: SourceLeaf) -> Iterator[str]:
        if leaf.observers:
            yield ", ".join(leaf.observers)
        if leaf.standing:
            yield labels.standing(leaf.standing)
        else:
            yield labels.KINDS[leaf.kind].lower()
        if leaf.kind == "jottings":
            yield self.tr("jottings")
        if leaf.codings and self._tells_codings:
            yield self.tr("%s coded") % labels.number(leaf.codings)

    def _branch(self, branch: Branch, role: int) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if branch.level is Level.PHASE:
                return labels.PHASES[Phase(branch.title)]
            return branch.title or self.tr("About no event yet")
        if role == HEAD:
            return branch.level is not Level.SESSION
        if role == SUBTITLE:
            return _when_and_where(branch)
        unscheduled = branch.level is Level.SESSION and not branch.scheduled
        if role == SLANTED:
            return unscheduled
        return self.tr("Not scheduled") if role == Qt.ItemDataRole.ToolTipRole and unscheduled else None


def _when_and_where(branch: Branch) -> str:
    if branch.level is Level.SESSION:
        parts = [labels.session_time(branch.starts, branch.ends), branch.place or ""]
    elif branch.level is Level.EVENT:
        parts = [labels.from_to((branch.starts or "")[:10], (branch.ends or "")[:10]), branch.place or ""]
    else:
        parts = []
    return " · ".join(part for part in parts if part)


def _only(branch: Branch, wanted: str) -> Branch | None:
    """What of a branch bears the words; all of it where its own title does."""
    if wanted in folded(branch.title):
        return branch
    branches = tuple(kept for one in branch.branches if (kept := _only(one, wanted)) is not None)
    sources = tuple(one for one in branch.sources if wanted in folded(" ".join((one.title, *one.observers))))
    if not branches and not sources:
        return None
    return Branch(
        branch.level,
        branch.title,
        branch.key,
        branch.starts,
        branch.ends,
        branch.place,
        branch.scheduled,
        branches,
        sources,
    )


class OccasionsPanel(QWidget):
    """The tree with its filter. Choosing a source by Enter or a click asks for it to be opened."""

    loaded = Signal()
    entered = Signal()
    """A source was chosen by Enter or a double click: the keys are to go to its text."""

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._sitting = sitting
        self.model = OccasionsModel(self)
        self._closed: set[tuple[int, ...]] = set()
        self._wanted: SourceId | None = None
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Find a source or an observer"))
        self.filter.setAccessibleName(self.tr("Find a source or an observer"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._on_filter_changed)
        self.filter.returnPressed.connect(self._on_filter_entered)
        self.tree = QTreeView()
        self.tree.setModel(self.model)
        self.tree.setHeaderHidden(True)
        self.tree.setItemDelegate(RowDelegate(self.tree))
        self.tree.setIndentation(14)
        self.tree.setUniformRowHeights(False)
        self.tree.setExpandsOnDoubleClick(False)
        self.tree.setAccessibleName(self.tr("Occasions"))
        self.tree.setFrameShape(QTreeView.Shape.NoFrame)
        self.tree.activated.connect(self._on_entered)
        self.tree.clicked.connect(self._on_activated)
        self.about = sitting.actions.add(ABOUT, self._on_about, owner=self.tree, place=self.tree)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._show_menu)
        self.tree.collapsed.connect(lambda index: self._keep(index, closed=True))
        self.tree.expanded.connect(lambda index: self._keep(index, closed=False))
        self.empty = QLabel()
        sitting.actions.follow(self.empty, self._say_first_steps, *FIRST_STEPS)
        self.empty.setProperty("muted", True)
        self.empty.setWordWrap(True)
        self.empty.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(8)
        title = QLabel(self.tr("Occasions"))
        title.setProperty("heading", True)
        for part in (title, self.filter, self.empty):
            column.addWidget(part)
        column.addWidget(self.tree, 1)
        sitting.bus.changed.connect(self._on_changed)
        sitting.coder_changed.connect(self._on_coder_changed)
        sitting.blind_changed.connect(self.model.forget_codings)
        self.refresh()

    def _say_first_steps(self) -> None:
        words = self.tr("No sources yet.\n\nType or paste a fieldnote with %s, or import files with %s.")
        self.empty.setText(self._sitting.actions.with_keys(words, *FIRST_STEPS))

    @property
    def folded(self) -> set[tuple[int, ...]]:
        """The keys of the branches that a person closed."""
        return self._closed

    @folded.setter
    def folded(self, folded: set[tuple[int, ...]]) -> None:
        self._closed = folded
        self._unfold()

    def refresh(self, *, later: int = 0) -> None:
        """Read the tree anew, so many milliseconds later."""
        reader = self._sitting.me.id if self._sitting.me else None

        def query(view: View) -> tuple[Branch, ...]:
            return occasions(view, reader, counts_of_codings(view, "version"))

        self._sitting.bus.ask(self, query, self._show, about="tree", later=later)

    def _show(self, tree: tuple[Branch, ...]) -> None:
        chosen, self._wanted, wanted = self._wanted or self.current_source(), None, self._wanted
        top = self.tree.verticalScrollBar().value()
        self.model.show(tree, self.filter.text())
        self.empty.setVisible(not any(isinstance(one.what, SourceLeaf) for one in self.model.nodes()))
        self._unfold()
        if chosen is not None:
            self.point_to(chosen)
        if wanted is None:
            self.tree.verticalScrollBar().setValue(top)
        self.loaded.emit()

    def _unfold(self) -> None:
        """Open every branch that the person did not close."""
        for node in self.model.nodes():
            if isinstance(node.what, Branch):
                self.tree.setExpanded(self.model.index_of(node), node.what.key not in self._closed)

    def _keep(self, index: QModelIndex, *, closed: bool) -> None:
        what = self.model.node(index).what
        if isinstance(what, Branch):
            (self._closed.add if closed else self._closed.discard)(what.key)

    def first_source(self) -> SourceId | None:
        """The source to begin with: the first fieldnote that was coded, else the source that stands first."""
        sources = [one.what for one in self.model.nodes() if isinstance(one.what, SourceLeaf)]
        coded = (one for one in sources if one.kind is SourceKind.FIELDNOTE and one.codings)
        first = next(coded, sources[0] if sources else None)
        return first.id if first is not None else None

    def next_to_read(self, after: SourceId | None) -> SourceId | None:
        """The next source that is not read to the end, past the last one from the first again; None where all are."""
        leaves = [node.what for node in self.model.nodes() if isinstance(node.what, SourceLeaf)]
        at = next((place for place, one in enumerate(leaves) if one.id == after), -1)
        ahead = [*leaves[at + 1 :], *leaves[: max(at, 0)]]
        return next((one.id for one in ahead if one.state is not ReadingState.DONE and one.id != after), None)

    def current_source(self) -> SourceId | None:
        """The source that is pointed to."""
        what = self.model.node(self.tree.currentIndex()).what if self.tree.currentIndex().isValid() else None
        return what.id if isinstance(what, SourceLeaf) else None

    def point_to(self, source: SourceId) -> None:
        """Point to a source, without opening it; once the tree is read, where it is not yet."""
        if self.current_source() == source:
            return
        self._wanted = source if next(iter(self.model.nodes()), None) is None else None
        for node in self.model.nodes():
            if isinstance(node.what, SourceLeaf) and node.what.id == source:
                self.tree.setCurrentIndex(self.model.index_of(node))
                return

    def _on_activated(self, index: QModelIndex) -> None:
        what = self.model.node(index).what
        if isinstance(what, SourceLeaf):
            self._sitting.place_wanted.emit(Place(what.id))
        elif index.isValid() and self.sender() is self.tree and not self.tree.hasFocus():
            self.tree.setExpanded(index, not self.tree.isExpanded(index))

    def _on_entered(self, index: QModelIndex) -> None:
        self._on_activated(index)
        if isinstance(self.model.node(index).what, SourceLeaf):
            self.entered.emit()

    def _on_about(self) -> None:
        source = self.current_source()
        if source is not None:
            self._sitting.about_wanted.emit(source)

    def _show_menu(self, at: QPoint) -> None:
        if self.current_source() is not None:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addAction(self.tr("Open"), lambda: self._on_activated(self.tree.currentIndex()))
            menu.addAction(self.about)
            menu.popup(self.tree.viewport().mapToGlobal(at))

    def _on_filter_changed(self, wanted: str) -> None:
        self.model.narrow(wanted)
        self._unfold()

    def _on_filter_entered(self) -> None:
        """Open what was found where that is one source; else go to the first that was found, to choose among them."""
        found = [one.what for one in self.model.nodes() if isinstance(one.what, SourceLeaf)]
        if len({one.id for one in found}) == 1 and self.filter.text().strip():
            self._sitting.place_wanted.emit(Place(found[0].id))
        elif found:
            if self.current_source() is None:
                self.point_to(found[0].id)
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_coder_changed(self) -> None:
        self.refresh()

    def _on_changed(self, changes: ChangeSet) -> None:
        if CONCERNED & changes.kinds.keys() or "coding" in changes.kinds:
            self.refresh(later=A_MOMENT)
