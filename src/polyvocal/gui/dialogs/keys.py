"""What the keys do, on one page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

KEYS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Everywhere",
        (
            ("Ctrl+1 to Ctrl+5", "Setting, Read, Codebook, Compare, Memos"),
            ("F6, Shift+F6", "next, previous part of the view"),
            ("Ctrl+Z, Ctrl+Shift+Z", "undo, redo: one step for each act, also after closing"),
            ("Ctrl++, Ctrl+-", "larger, smaller text"),
            ("Ctrl+Shift+U", "who codes here"),
            ("Ctrl+Shift+N, Ctrl+Shift+I, Ctrl+Shift+O", "new fieldnote, import files, import a folder"),
            ("Ctrl+Alt+H", "history: who did what, and back to a point of it"),
            ("Ctrl+Shift+D", "drafts: what was written and not saved"),
            ("Ctrl+Return", "accept a form, from any of its fields"),
        ),
    ),
    (
        "Reading and coding",
        (
            ("Shift+arrows, Ctrl+Shift+arrows", "select by character and line, by word"),
            ("Ctrl+E", "select the word, then its sentence, then its paragraph"),
            ("Enter, or just type", "code the selected words: type the code's name, Enter"),
            ("Alt+Down, Alt+Up", "next, previous coding"),
            ("Delete", "remove the chosen coding"),
            ("Ctrl+T", "add a stance to the chosen coding"),
            ("Ctrl+R, Ctrl+Shift+R", "I have read to here, to the end"),
            ("Esc", "no coding chosen"),
        ),
    ),
    (
        "Correcting a text",
        (
            ("Shift+F2", "correct the text that is read"),
            ("Ctrl+Z, Ctrl+Shift+Z", "undo, redo, while correcting: word by word"),
            ("Ctrl+F or Ctrl+H, F3, Shift+F3", "find and replace; next, previous"),
            ("Ctrl+S", "save the correction as a new version"),
            ("Esc", "leave a text in which nothing was corrected"),
            ("Ctrl+F2", "versions of the text: read, compare side by side"),
        ),
    ),
    (
        "Occasions and codebook",
        (
            ("Enter on a source", "open it"),
            ("Alt+Enter on a source", "what is said of it, to be corrected"),
            ("Enter on a code", "code the selected words with it"),
            ("Left, Right", "fold, unfold"),
        ),
    ),
    (
        "List of passages",
        (
            ("Enter, F4, Shift+F4", "open in the text, open the next, the one before"),
            ("F, /, X", "filter, words in the passage, no filters"),
            ("G, Left, Right, [, ]", "group and sort, fold, unfold, all of them"),
            ("Space", "the paragraph around it"),
            ("C, A, S, W, M", "change the code, add another, a stance, whom it concerns, a memo"),
            ("Delete", "remove what is marked"),
            ("Ctrl+C, Ctrl+Shift+C, E", "copy with citation, with code and coder too, export"),
        ),
    ),
    (
        "Codebook view",
        (
            ("Ctrl+F, Ctrl+H", "find a code, show the retired ones"),
            ("Ins or Ctrl+N, F2 or Enter, Delete", "add, edit, remove"),
            ("Alt+Shift+arrows", "move the code up, down, below the one above, out again"),
            ("Ctrl+M, Ctrl+Shift+M, Ctrl+R", "merge, split, retire or take back"),
            ("Ctrl+Alt+I", "import a codebook, pasted or from a file"),
        ),
    ),
    (
        "Importing files",
        (
            ("F2, or just type", "say something of a file, in its cell"),
            ("Ctrl+D", "fill the cell down into the selected rows"),
            ("Ctrl+Z", "take back what was typed or chosen last in the table"),
            ("Space", "import the selected files, or leave them out"),
            ("Alt+Enter", "how a file is read: its encoding, the columns of a table"),
        ),
    ),
    (
        "Memos",
        (
            ("Enter on a memo", "write in it; it is saved where you leave it"),
            ("Alt+Enter", "show what it is about"),
            ("Insert, Delete", "a new memo, remove the chosen one"),
            ("Ctrl+F", "find memos by their words"),
        ),
    ),
    (
        "Tables",
        (
            ("arrows, Enter", "go from cell to cell, open what is behind one"),
            ("O, F, T, A, Delete in Presence", "observing, facilitating, taking part, absent, not known"),
            ("Insert, Enter, Delete in Setting", "add, edit, remove"),
            ("Insert, type, Delete, Y, N in Cases", "add an attribute, edit, clear, yes, no"),
        ),
    ),
)


class KeysDialog(QDialog):
    """Lists the keys. It can stay open beside the work."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keys"))
        page = QWidget()
        page.setObjectName("panel")
        grid = QGridLayout(page)
        grid.setContentsMargins(20, 16, 20, 16)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        line = 0
        for title, keys in KEYS:
            head = QLabel(self.tr(title))
            head.setProperty("heading", True)
            if line:
                grid.setRowMinimumHeight(line, 12)
                line += 1
            grid.addWidget(head, line, 0, 1, 2)
            for key, meaning in keys:
                line += 1
                pressed = QLabel(key)
                pressed.setProperty("section", True)
                grid.addWidget(pressed, line, 0)
                grid.addWidget(QLabel(self.tr(meaning)), line, 1)
            line += 1
        self.page = QScrollArea()
        self.page.setAccessibleName(self.tr("Keys"))
        self.page.setWidget(page)
        self.page.setWidgetResizable(True)
        self.page.setFrameShape(QScrollArea.Shape.NoFrame)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 12)
        column.addWidget(self.page)
        column.addWidget(buttons)
        size = page.sizeHint()
        self.resize(size.width() + 40, min(size.height() + 70, 760))
