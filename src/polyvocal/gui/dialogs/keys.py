"""What the keys do, and other keys for it: found by a word or a key, recorded by pressing them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from polyvocal.gui.actions import Actions, shown_keys
from polyvocal.gui.acts import SECTIONS, Act
from polyvocal.gui.button import Button
from polyvocal.gui.dialogs.text_apart import copy_text
from polyvocal.gui.key_field import KeyField
from polyvocal.gui.key_list import FIXED, as_markdown, fixed_keys
from polyvocal.gui.parts import fit, in_row, muted
from polyvocal.services.references import folded

WHAT, KEYS = 0, 1
ACT = Qt.ItemDataRole.UserRole


class KeysDialog(QDialog):
    """Lists what can be done with its keys; what is an action gets other keys here, in force at once."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keys"))
        self._actions = actions
        self._recording: QTreeWidgetItem | None = None
        self._adds = False
        self._taken = ("", "")
        self._build()
        actions.changed.connect(self._refresh)
        self._fill()
        fit(self, letters=104, lines=38)
        self.filter.setFocus()

    # --- building ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Find an action, or keys such as Ctrl+R"))
        self.filter.setAccessibleName(self.tr("Find an action or keys"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._on_filter_changed)
        self.list = QTreeWidget()
        self.list.setHeaderLabels([self.tr("What"), self.tr("Keys")])
        self.list.setAccessibleName(self.tr("Keys"))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.header().setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(KEYS, QHeaderView.ResizeMode.Interactive)
        self.list.header().setStretchLastSection(False)
        self.list.header().resizeSection(KEYS, self.fontMetrics().averageCharWidth() * 40)
        self.list.itemActivated.connect(lambda item, _column: self._record(item, adds=False))
        self.list.currentItemChanged.connect(lambda _now, _before: self._on_current_changed())
        self.told = muted()
        self.conflict = self._make_conflict()
        self.change, self.add = Button(self.tr("Change…")), Button(self.tr("Add keys…"))
        self.remove, self.default = Button(self.tr("No keys")), Button(self.tr("Back to default"))
        self.all_default = Button(self.tr("All back to default"))
        self.change.clicked.connect(lambda _checked=False: self._record(self.list.currentItem(), adds=False))
        self.add.clicked.connect(lambda _checked=False: self._record(self.list.currentItem(), adds=True))
        self.remove.clicked.connect(lambda _checked=False: self._set(()))
        self.default.clicked.connect(self._set_to_default)
        self.all_default.clicked.connect(self._actions.set_all_to_default)
        self.copy = Button(self.tr("Copy the list"))
        self.copy.setToolTip(self.tr("As tables of Markdown, to be printed"))
        self.copy.clicked.connect(self._on_copy)
        close = Button(self.tr("Close"))
        close.clicked.connect(self.reject)
        for button in (self.change, self.add, self.remove, self.default, self.all_default, self.copy, close):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(self.filter)
        column.addWidget(self.list, 1)
        column.addWidget(self.conflict)
        column.addWidget(self.told)
        changing = self.change, self.add, self.remove, self.default, self.all_default
        column.addLayout(in_row(*changing, None, self.copy, close))

    def _make_conflict(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("notice", True)
        self.conflict_words = QLabel()
        self.conflict_words.setWordWrap(True)
        self.conflict_words.setTextFormat(Qt.TextFormat.PlainText)
        self.take_over, self.again = Button(self.tr("Use them here instead")), Button(self.tr("Press other keys"))
        self.take_over.clicked.connect(self._on_take_over)
        self.again.clicked.connect(lambda _checked=False: self._record(self.list.currentItem(), adds=self._adds))
        for button in (self.take_over, self.again):
            button.setAutoDefault(False)
        row = in_row((self.conflict_words, 1), self.take_over, self.again)
        row.setContentsMargins(12, 8, 8, 8)
        frame.setLayout(row)
        frame.hide()
        return frame

    def _fill(self) -> None:
        heads = {section: self._head(section) for section in SECTIONS}
        for act in self._actions.known():
            item = QTreeWidgetItem(heads[act.section], [act.text, ""])
            item.setData(WHAT, ACT, act)
        for one in FIXED:
            item = QTreeWidgetItem(heads[one.section], [one.text, fixed_keys(one)])
            item.setToolTip(KEYS, self.tr("These keys belong to the list or text, and stay as they are."))
        self.list.expandAll()
        self._refresh()
        self.list.setCurrentItem(self._items()[0])

    def _head(self, section: str) -> QTreeWidgetItem:
        head = QTreeWidgetItem(self.list, [self.tr(section)])
        head.setFirstColumnSpanned(True)
        head.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        head.setFont(WHAT, font)
        return head

    # --- what is shown -------------------------------------------------------------------------------------------

    def _items(self) -> list[QTreeWidgetItem]:
        return [child for head in self._heads() for row in range(head.childCount()) if (child := head.child(row))]

    def _heads(self) -> list[QTreeWidgetItem]:
        rows = range(self.list.topLevelItemCount())
        return [head for row in rows if (head := self.list.topLevelItem(row))]

    def item_of(self, name: str) -> QTreeWidgetItem:
        """The row of an action."""
        return next(item for item in self._items() if (act := self.act_of(item)) is not None and act.name == name)

    @staticmethod
    def act_of(item: QTreeWidgetItem | None) -> Act | None:
        """What a row is about; None for a heading, and for keys that stay as they are."""
        held = item.data(WHAT, ACT) if item is not None else None
        return Act(*held) if held is not None else None

    def _refresh(self) -> None:
        """Show the keys as they are; what a person changed stands out."""
        for item in self._items():
            act = self.act_of(item)
            if act is None:
                continue
            keys = self._actions.keys_of(act)
            shown = self.tr(" or ").join(shown_keys(keys))
            changed = keys != act.keys
            item.setText(KEYS, self.tr("%s  (changed)") % (shown or self.tr("none")) if changed else shown)
            font = item.font(KEYS)
            font.setBold(changed)
            item.setFont(KEYS, font)
            item.setData(KEYS, Qt.ItemDataRole.AccessibleTextRole, item.text(KEYS) or self.tr("no keys"))
        self._on_current_changed()

    def _on_filter_changed(self, typed: str) -> None:
        wanted = folded(typed)
        for item in self._items():
            item.setHidden(not any(wanted in folded(item.text(column)) for column in (WHAT, KEYS)))
        seen = [item for item in self._items() if not item.isHidden()]
        for head in self._heads():
            head.setHidden(not any(item.parent() is head for item in seen))
        if seen:
            self.list.setCurrentItem(seen[0])

    def _on_copy(self) -> None:
        copy_text(as_markdown(self._actions))
        self.told.setText(self.tr("Copied. It can be pasted, and printed."))

    def _on_current_changed(self) -> None:
        act = self.act_of(self.list.currentItem())
        self.conflict.hide()
        self.told.setText(
            self.tr("Enter, then the new keys. What is changed is in force at once, and at the next start.")
        )
        for button in (self.change, self.add, self.remove):
            button.setEnabled(act is not None)
        self.remove.setEnabled(act is not None and bool(self._actions.keys_of(act)))
        self.default.setEnabled(act is not None and self._actions.keys_of(act) != act.keys)
        self.all_default.setEnabled(any(self._actions.keys_of(one) != one.keys for one in self._actions.known()))

    # --- other keys ----------------------------------------------------------------------------------------------

    def _record(self, item: QTreeWidgetItem | None, *, adds: bool) -> None:
        """Wait for keys in the row of an action."""
        if item is None or self.act_of(item) is None:
            return
        self._on_current_changed()
        self._recording, self._adds = item, adds
        field = KeyField()
        field.pressed.connect(self._on_pressed)
        field.refused.connect(self.told.setText)
        field.left.connect(self._stop)
        self.list.setItemWidget(item, KEYS, field)
        field.setFocus()

    def _stop(self) -> None:
        item, self._recording = self._recording, None
        if item is not None:
            self.list.removeItemWidget(item, KEYS)
            self.list.setFocus()

    def _on_pressed(self, keys: str) -> None:
        act = self.act_of(self._recording)
        self._stop()
        if act is None:
            return
        other = self._actions.who_has(keys, act)
        if other is None:
            self._set((*self._actions.keys_of(act), keys) if self._adds else (keys,))
            return
        self._taken = (keys, other.name)
        words = self.tr("%s does “%s” already.") % (shown_keys((keys,))[0], other.text)
        self.conflict_words.setText(words)
        self.conflict.setAccessibleName(words)
        self.conflict.show()
        self.take_over.setFocus()

    def _on_take_over(self) -> None:
        act = self.act_of(self.list.currentItem())
        keys, name = self._taken
        before = next((one for one in self._actions.known() if one.name == name), None)
        if act is not None and before is not None:
            self._actions.take_keys(keys, before, act, adds=self._adds)
        self.list.setFocus()

    def _set(self, keys: tuple[str, ...]) -> None:
        act = self.act_of(self.list.currentItem())
        if act is not None:
            self._actions.set_keys(act, tuple(dict.fromkeys(keys)))

    def _set_to_default(self) -> None:
        """Give the action the keys that it had at first, unless another one has them by now."""
        act = self.act_of(self.list.currentItem())
        if act is None:
            return
        for keys in act.keys:
            other = self._actions.who_has(keys, act)
            if other is not None:
                self.told.setText(
                    self.tr("%s does “%s” now. Give that one other keys first.") % (shown_keys((keys,))[0], other.text)
                )
                return
        self._actions.set_keys(act, act.keys)
