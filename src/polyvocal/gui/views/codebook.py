"""The codebook beside the text: its tree with colours and counts, and what the chosen code means."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QScrollArea, QSplitter, QVBoxLayout, QWidget

from polyvocal.domain.words import CodeKind
from polyvocal.gui import labels
from polyvocal.gui.button import Button
from polyvocal.gui.rows_layout import in_rows
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.surface.look import Looks
from polyvocal.gui.views.code_list import CodeList
from polyvocal.gui.views.code_model import CodebookModel
from polyvocal.gui.views.pin_menu import add_pin_menu
from polyvocal.services.commands.removal import remove
from polyvocal.services.queries.rows import CodeRow


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
        self.pinned = sitting.pinned
        self.model = CodebookModel(looks, self)
        self.list = CodeList(sitting, looks, self.model)
        self.filter, self.tree = self.list.filter, self.list.tree
        self.tree.setHeaderHidden(True)
        self.tree.words_dropped.connect(self.apply_wanted)
        self.list.activated.connect(self.apply_wanted)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(lambda at: self.menu().popup(self.tree.viewport().mapToGlobal(at)))
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
        self.list.pointed.connect(self._on_pointed)
        self.list.loaded.connect(self._on_loaded)
        sitting.code_wanted.connect(self.point_to)

    def _lay_out(self) -> None:
        self.new = Button(self.tr("New code…"))
        self.edit = Button(self.tr("Edit…"))
        self.remove = Button(self.tr("Remove"))
        self.new.clicked.connect(self.add_code)
        self.edit.clicked.connect(self.edit_code)
        self.remove.clicked.connect(self.remove_code)
        for button in (self.new, self.edit, self.remove):
            button.setEnabled(False)
        buttons = in_rows(self.new, self.edit, self.remove)
        title = QLabel(self.tr("Codebook"))
        title.setProperty("heading", True)
        above = QWidget()
        column = QVBoxLayout(above)
        column.setContentsMargins(10, 10, 10, 8)
        column.setSpacing(8)
        for part in (title, self.empty):
            column.addWidget(part)
        column.addWidget(self.list, 1)
        column.addWidget(buttons)
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

    @property
    def codes(self) -> list[CodeRow]:
        """All codes, in the order of their tree."""
        return self.list.codes

    @property
    def folded(self) -> set[int]:
        """The ids of the codes whose branches a person closed."""
        return self.list.folded

    @folded.setter
    def folded(self, folded: set[int]) -> None:
        self.list.folded = folded

    @property
    def current(self) -> CodeRow | None:
        """The code that is pointed to."""
        return self.list.current

    def point_to(self, identity: int) -> None:
        """Point to a code; to one that is not read yet, once it is."""
        self.list.point_to(identity)

    def _on_loaded(self) -> None:
        self.empty.setVisible(not self.codes)
        self.loaded.emit()

    def _on_pointed(self) -> None:
        code = self.current
        self.details.show_code(code)
        may = self._sitting.bus.may_write
        self.new.setEnabled(may)
        self.edit.setEnabled(may and code is not None)
        self.remove.setEnabled(may and code is not None)
        self.code_shown.emit(code.id if code else None)

    def menu(self) -> QMenu:
        """What can be done with the chosen code. It is gone once it is closed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        code, may = self.current, self._sitting.bus.may_write
        if code is not None:
            apply = menu.addAction(self.tr("Code the selected words"), lambda: self.apply_wanted.emit(code.id))
            apply.setEnabled(may)
            menu.addSeparator()
        for words, slot, button in (
            (self.tr("New code…"), self.add_code, self.new),
            (self.tr("Edit…"), self.edit_code, self.edit),
            (self.tr("Remove"), self.remove_code, self.remove),
        ):
            menu.addAction(words, slot).setEnabled(button.isEnabled())
        if code is not None:
            menu.addSeparator()
            add_pin_menu(menu, self.pinned, code, self.codes)
        return menu

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

        self._sitting.with_coder(
            lambda _me: CodeDialog(self._sitting, self.codes, parent=self, code=code, below=below).open()
        )

    def remove_code(self) -> None:
        """Remove the chosen code; refused where passages are coded with it."""
        code = self.current
        if code is not None:
            self._sitting.act(lambda file: remove(file, "code", str(code.id)))


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
            self.about.setText(f"{labels.CODE_KINDS[CodeKind(code.kind)]} · {labels.codings(code.codings)}")
        for key, (head, words) in self._labels.items():
            text = getattr(code, key) if code else None
            words.setText(text or "")
            head.setVisible(bool(text))
            words.setVisible(bool(text))
        if code is not None and not any(getattr(code, key) for key in self._labels):
            self._labels["definition"][1].setText(self.tr("Not defined yet: Edit… above."))
            for part in self._labels["definition"]:
                part.setVisible(True)
