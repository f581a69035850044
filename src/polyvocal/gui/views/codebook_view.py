"""The Codebook view: the tree with its figures, and the chosen code: what it means, its passages, its history."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QHeaderView,
    QMenu,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QWidget,
)

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.ids import CodeId
from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.words import CodeKind
from polyvocal.gui import acts, labels
from polyvocal.gui.bus import A_MOMENT
from polyvocal.gui.button import Button
from polyvocal.gui.dialogs.form import FormDialog
from polyvocal.gui.parts import in_column, in_row
from polyvocal.gui.pinned_codes import NUMBERS
from polyvocal.gui.sitting import Me, PassagesMeant, Sitting
from polyvocal.gui.surface.look import Looks
from polyvocal.gui.views.code_fields import CodeFields
from polyvocal.gui.views.code_history import CodeHistoryPane
from polyvocal.gui.views.code_list import CodeList
from polyvocal.gui.views.code_memos import CodeMemosPane
from polyvocal.gui.views.code_model import CodebookTable
from polyvocal.gui.views.passages import PassagesPanel
from polyvocal.gui.views.pin_menu import add_pin_menu
from polyvocal.gui.views.setting_section import EmptyState
from polyvocal.services.commands.code_changes import bring_back_code, retire_code
from polyvocal.services.commands.removal import remove
from polyvocal.services.queries.code_uses import code_uses
from polyvocal.services.queries.rows import CodeRow

SPLITS = (610, 790)
NAME = 24
"""So many letters of a code's name are seen before there is room for a figure."""
_HERE = Qt.ShortcutContext.WidgetWithChildrenShortcut


class CodebookView(QWidget):
    """The tree at the left, the chosen code at the right. What is typed is saved when its field is left."""

    export_wanted = Signal()
    """The codebook is to be written to a file."""
    loaded = Signal()

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._sitting = sitting
        self._uses_stale = True
        self.looks = Looks(sitting.theme)
        self.model = CodebookTable(self.looks, self)
        self.list = CodeList(sitting, self.looks, self.model)
        self.tree = self.list.tree
        self.fields = CodeFields(sitting)
        self.passages = PassagesPanel(sitting)
        self.passages.close_button.hide()  # it is a tab
        self.memos = CodeMemosPane(sitting)
        self.history = CodeHistoryPane(sitting)
        self.retired = QCheckBox(self.tr("Show retired codes"))
        self.retired.toggled.connect(self.list.show_retired)
        self.empty = EmptyState(
            self.tr("No codes yet"),
            self.tr(
                "A code is a label for passages, with a definition that says when to use it. Write the first one here, "
                "make it while you read, or take in a codebook that you have."
            ),
            self.tr("New code…"),
        )
        self.bring = Button(self.tr("Import a codebook…"))
        self._make_actions()
        self._lay_out()
        self._connect()

    # --- building ------------------------------------------------------------------------------------------------

    def _make_actions(self) -> None:
        """All that can be done in this view, with its keys."""

        tree = self.tree

        def action(act: acts.Act, slot: Callable[[], object], over: QWidget | None = None) -> QAction:
            return self._sitting.actions.add(act, slot, owner=self, place=over or self)

        self.new_action = action(acts.NEW_CODE, self.add_code, self.list)
        self.edit_action = action(acts.EDIT_CODE, self.edit_code, tree)
        self.merge_action = action(acts.MERGE_CODE, self.merge_code)
        self.split_action = action(acts.SPLIT_CODE, self.split_code)
        self.retire_action = action(acts.RETIRE_CODE, self.retire_code)
        self.remove_action = action(acts.REMOVE_CODE, self.remove_code, tree)
        self.up_action = action(acts.MOVE_UP, tree.move_up, tree)
        self.down_action = action(acts.MOVE_DOWN, tree.move_down, tree)
        self.in_action = action(acts.MOVE_IN, tree.move_in, tree)
        self.out_action = action(acts.MOVE_OUT, tree.move_out, tree)
        self.find_action = action(acts.FIND_CODE, self.list.filter.setFocus)
        self.retired_action = action(acts.SHOW_RETIRED, self.retired.toggle)
        self.import_action = action(acts.IMPORT_CODES, self.import_codes)
        self.export_action = action(acts.EXPORT_CODES, self.export_wanted.emit)
        for number, act in zip(NUMBERS, acts.PIN_CODE, strict=True):
            action(act, partial(self.pin, number), tree)
        self._changing = (self.new_action, self.import_action)
        self._changing_one = (
            self.edit_action, self.merge_action, self.split_action, self.retire_action, self.remove_action,
            self.up_action, self.down_action, self.in_action, self.out_action,
        )  # fmt: skip

    def _show_menu(self, at: QPoint) -> None:
        """What can be done to the chosen code, where it was clicked."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self.new_action, self.edit_action])
        menu.addSeparator()
        menu.addActions([self.up_action, self.down_action, self.in_action, self.out_action])
        menu.addSeparator()
        menu.addActions([self.merge_action, self.split_action, self.retire_action, self.remove_action])
        if self.current is not None:
            menu.addSeparator()
            add_pin_menu(menu, self._sitting.pinned, self.current, self.list.codes)
        menu.popup(self.tree.viewport().mapToGlobal(at))

    def _button(self, action: QAction) -> Button:
        """A button for an action: pressed it does it, and it can be pressed where that may be done."""
        button = Button(action.text())
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(f"{action.text().removesuffix('…')} ({keys})" if keys else "")
        button.clicked.connect(lambda _checked=False: action.trigger())

        def follow() -> None:
            button.setEnabled(action.isEnabled())
            button.setText(action.text())

        action.changed.connect(follow)
        follow()
        return button

    def _lay_out(self) -> None:
        tree = self.tree
        tree.setFrameShape(tree.Shape.StyledPanel)
        tree.setUniformRowHeights(True)
        tree.setAllColumnsShowFocus(True)
        head = tree.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tree.viewport().installEventFilter(self)
        self.buttons = [
            self._button(one)
            for one in (
                self.new_action, self.merge_action, self.split_action, self.retire_action, self.remove_action,
                self.import_action, self.export_action,
            )
        ]  # fmt: skip
        left = QWidget()
        *acts, bring, export = self.buttons
        below = in_row(self.retired, None, bring, export)
        listed = in_column((self.list, 1), in_row(*acts, None), below, spacing=8)
        listed.setContentsMargins(12, 12, 12, 12)
        left.setLayout(listed)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(self.fields)
        scroll.setAccessibleName(self.tr("The chosen code"))
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(self.tr("Of the chosen code"))
        self.tabs.tabBar().setAccessibleName(self.tr("Of the chosen code"))
        self.tabs.addTab(self.passages, self.tr("Passages"))
        self.tabs.addTab(self.memos, self.tr("Memos"))
        self.tabs.addTab(self.history, self.tr("History"))
        right = QSplitter(Qt.Orientation.Vertical)
        right.addWidget(scroll)
        right.addWidget(self.tabs)
        right.setSizes([480, 320])
        self.split = QSplitter(Qt.Orientation.Horizontal)
        for part in (left, right):
            self.split.addWidget(part)
        self.split.setSizes(list(SPLITS))
        for split in (right, self.split):
            split.setChildrenCollapsible(False)
            split.setHandleWidth(1)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.split)
        nothing = QWidget()
        nothing.setLayout(in_column((self.empty, 3), in_row(None, self.bring, None), None))
        self.pages.addWidget(nothing)
        whole = in_column((self.pages, 1))
        whole.setContentsMargins(0, 0, 0, 0)
        self.setLayout(whole)
        self.setFocusProxy(self.tree)

    def _fit_columns(self) -> None:
        """Give the columns the room that they need in the size that text has; the names of codes come first."""
        header, metrics = self.tree.header(), self.fontMetrics()
        kinds = (labels.CODE_KINDS[CodeKind.CATEGORY], *self.model.heads[1:2])
        words = [self.model.heads[:1], kinds, *((head,) for head in self.model.heads[2:])]
        widths = [max(map(metrics.horizontalAdvance, one)) + 26 for one in words]
        room = self.tree.viewport().width() - metrics.averageCharWidth() * NAME
        for column in (2, 3, 4, 1):
            room -= widths[column]
            header.setSectionHidden(column, room < 0)
            header.resizeSection(column, widths[column])

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit_columns()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The columns follow the room that the tree has, once it has it."""
        if event.type() is QEvent.Type.Resize:
            self._fit_columns()
        return super().eventFilter(watched, event)

    def _connect(self) -> None:
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._show_menu)
        self.list.pointed.connect(self._on_pointed)
        self.list.loaded.connect(self._on_loaded)
        self.list.activated.connect(lambda _code: self.edit_code())
        self.empty.step.clicked.connect(self.add_code)
        self.bring.clicked.connect(self.import_codes)
        self.tabs.currentChanged.connect(lambda _tab: self._show_tab())
        self._sitting.bus.changed.connect(self._on_changed)
        self._sitting.blind_changed.connect(lambda: self.model.show_uses({}))

    @property
    def panes(self) -> list[QWidget]:
        """The parts between which F6 goes."""
        return [self.tree, self.fields.name, self.tabs.currentWidget()] if self.list.codes else [self.empty.step]

    # --- what is shown -------------------------------------------------------------------------------------------

    @property
    def current(self) -> CodeRow | None:
        """The code that is chosen."""
        return self.list.current

    def _on_loaded(self) -> None:
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self.window())
        self.pages.setCurrentIndex(0 if self.list.codes else 1)
        first = self.tree if self.list.codes else self.empty.step
        self.setFocusProxy(first)
        if had_focus and not self.isAncestorOf(QApplication.focusWidget() or self.window()):
            first.setFocus()
        if self.list.codes and self.current is None:
            self.tree.setCurrentIndex(self.model.index(0, 0))
        self._ask_uses()
        self.loaded.emit()

    def _ask_uses(self, *, later: int = 0) -> None:
        if self.isVisible():
            self._uses_stale = False
            self._sitting.bus.ask(self, code_uses, self.model.show_uses, about="uses", later=later)
        else:
            self._uses_stale = True

    def _on_pointed(self) -> None:
        code = self.current
        self.fields.show_code(code, self.list.codes)
        may = self._sitting.bus.may_write
        for action in self._changing:
            action.setEnabled(may)
        for action in self._changing_one:
            action.setEnabled(may and code is not None)
        self.split_action.setEnabled(may and code is not None and code.codings > 0)
        retired = code is not None and code.retired
        self.retire_action.setText(self.tr("Take back") if retired else self.tr("Retire"))
        self._show_tab()

    def _show_tab(self) -> None:
        """Let the tab that is seen tell of the chosen code; the others ask for nothing."""
        code, page = self.current, self.tabs.currentWidget()
        identity = code.id if code is not None else None
        if page is self.passages:
            if code is None:
                self.passages.clear()
            else:
                only = PassageFilter(codes=frozenset({CodeId(code.id)}))
                self.passages.show_passages(PassagesMeant(code.name, only))
        elif page is self.memos:
            self.memos.show_code(identity)
        else:
            self.history.show_code(identity)

    def _on_changed(self, changes: ChangeSet) -> None:
        if changes.kinds.keys() & {"coding", "source_version", "source"}:
            self._ask_uses(later=A_MOMENT)
        page = self.tabs.currentWidget()
        if changes.kinds.keys() & {"memo", "code", "person"} and page is not self.passages:
            self._show_tab()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._uses_stale:
            self._ask_uses()

    # --- what is done --------------------------------------------------------------------------------------------

    def point_to(self, code: int) -> None:
        """Point to a code."""
        self.list.point_to(code)

    def add_code(self) -> None:
        """Ask for a new code, below the chosen category."""
        from polyvocal.gui.dialogs.code import CodeDialog

        code = self.current
        below = code if code is not None and code.kind == CodeKind.CATEGORY else None
        self._open(lambda: CodeDialog(self._sitting, self.list.codes, parent=self, below=below))

    def _open(self, make: Callable[[], FormDialog]) -> None:
        """Open a form once it is known who fills it in; a code that it makes is then pointed to."""

        def go_on(_me: Me) -> None:
            dialog = make()
            dialog.finished_with.connect(self._point_to_new)
            dialog.open()

        self._sitting.with_coder(go_on)

    def import_codes(self) -> None:
        """Ask for a codebook to take in."""
        from polyvocal.gui.dialogs.import_codebook import ImportCodebookDialog

        self._open(lambda: ImportCodebookDialog(self._sitting, self))

    def _point_to_new(self, changes: object) -> None:
        for code in changes.created("code")[:1] if isinstance(changes, ChangeSet) else ():
            self.list.point_to(code)

    def edit_code(self) -> None:
        """Let the chosen code be typed over."""
        self.fields.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def pin(self, number: int) -> None:
        """Pin the chosen code to a number, or take it off there."""
        if self.current is not None:
            self._sitting.pinned.turn(number, self.current.id)

    def merge_code(self) -> None:
        """Ask into which code the chosen one is to be merged."""
        from polyvocal.gui.dialogs.code_merge import MergeDialog

        code = self.current
        if code is None:
            return

        def make() -> FormDialog:
            dialog = MergeDialog(self._sitting, self.list.codes, code, parent=self)
            dialog.finished_with.connect(lambda _changes: self._point_to_into(dialog.into.code))
            return dialog

        self._open(make)

    def _point_to_into(self, code: CodeRow | None) -> None:
        if code is not None:
            self.list.point_to(code.id)

    def split_code(self) -> None:
        """Ask which passages of the chosen code become those of a new one."""
        from polyvocal.gui.dialogs.code_split import SplitDialog

        code = self.current
        if code is not None:
            self._open(lambda: SplitDialog(self._sitting, code, parent=self))

    def retire_code(self) -> None:
        """Take the chosen code out of use, or back."""
        code = self.current
        if code is not None:
            command = bring_back_code if code.retired else retire_code
            self._sitting.act(lambda file: command(file, str(code.id)))

    def remove_code(self) -> None:
        """Remove the chosen code; refused where anything needs it."""
        code = self.current
        if code is not None:
            self._sitting.act(lambda file: remove(file, "code", str(code.id)))
