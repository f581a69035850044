"""The first page: what Polyvocal is, how a project begins, and the projects that were open before."""

import os
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QListView,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from polyvocal.gui import labels
from polyvocal.gui.bus import Job
from polyvocal.gui.parts import muted, scrolled
from polyvocal.gui.settings import RECENT, Settings
from polyvocal.gui.theme import Theme
from polyvocal.gui.views.delegate import COUNT, SUBTITLE, RowDelegate

ENDING = ".polyvocal"
WHAT_IT_IS = (
    "For ethnographers who watched the same gathering and each wrote down what they saw: read the accounts, tag "
    "passages, and lay the observers side by side."
)


class Stand(NamedTuple):
    """How a project's file stands: its size in bytes and when it was last changed; or why it cannot be seen."""

    size: int = 0
    changed_at: float = 0.0
    missing: str = ""


def stand_of(path: str) -> Stand:
    """Look at a project's file. It may lie on a drive that is slow to answer, or gone."""
    try:
        found = Path(path).stat()
    except (FileNotFoundError, NotADirectoryError):
        return Stand(missing="missing")
    except (OSError, ValueError):
        return Stand(missing="cannot be reached")
    return Stand(found.st_size, found.st_mtime)


class RecentModel(QAbstractListModel):
    """The projects that were open, the latest first; how each stands is filled in when it is known."""

    def __init__(self, theme: Theme, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self._settings = theme, settings
        self.paths: list[str] = []
        self.stands: dict[str, Stand] = {}

    def show(self, paths: list[str]) -> None:
        """Show other projects."""
        self.beginResetModel()
        self.paths = paths
        self.endResetModel()

    def tell(self, stands: dict[str, Stand]) -> None:
        """Say how projects stand."""
        self.stands |= stands
        if self.paths:
            self.dataChanged.emit(self.index(0), self.index(len(self.paths) - 1))

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.paths)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        path = self.paths[index.row()]
        name, where, stand = self._settings.title(path) or Path(path).stem, shown_path(path), self._said_of(path)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(self._theme.colours.muted) if self.is_missing(path) else None
        return {
            Qt.ItemDataRole.DisplayRole: name,
            SUBTITLE: where,
            COUNT: stand,
            Qt.ItemDataRole.ToolTipRole: path,
            Qt.ItemDataRole.AccessibleTextRole: ", ".join(one for one in (name, stand, where) if one),
        }.get(role)

    def is_missing(self, path: str) -> bool:
        """Whether a project is known not to be where it was."""
        return bool(self.stands.get(path, Stand()).missing)

    def _said_of(self, path: str) -> str:
        stand = self.stands.get(path)
        if stand is None:
            return ""
        if stand.missing:
            return self.tr(stand.missing)
        opened = self._settings.opened_at(path)
        when = datetime.fromisoformat(opened) if opened else datetime.fromtimestamp(stand.changed_at).astimezone()
        return labels.noted_lately(int(when.timestamp() * 1_000_000))


def shown_path(path: str) -> str:
    """Where a file lies, the person's own folder in short."""
    home = str(Path.home())
    return f"~{path[len(home) :]}" if path.startswith(home + os.sep) else path


class Choice(QPushButton):
    """A large button: what it does, and below it in a sentence what comes of it."""

    def __init__(self, title: str, meaning: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.setAccessibleDescription(meaning)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        name = QLabel(title)
        name.setProperty("heading", True)
        column.addWidget(name)
        column.addWidget(muted(meaning))
        for label in self.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return does what Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._words.totalHeightForWidth(width)

    def sizeHint(self) -> QSize:
        return self._words.totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._words.totalMinimumSize()

    @property
    def _words(self) -> QLayout:
        layout = self.layout()
        assert layout is not None
        return layout


class StartPage(QWidget):
    """The page that is shown while no project is open. It opens nothing itself."""

    open_wanted = Signal(object)
    """The Path of a project."""
    new_wanted = Signal()
    open_dialog_wanted = Signal()
    sample_wanted = Signal()

    def __init__(self, settings: Settings, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.settings, self.theme = settings, theme
        self._twice = False
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        page = QWidget()
        page.setObjectName("panel")
        columns = QHBoxLayout()
        columns.setSpacing(48)
        columns.addStretch(1)
        for part in (self._beginning(), self._recent()):
            part.setMaximumWidth(self.fontMetrics().averageCharWidth() * 80)
            columns.addWidget(part, 100)
        columns.addStretch(1)
        rows = QVBoxLayout(page)
        rows.setContentsMargins(36, 28, 36, 28)
        rows.addStretch(1)
        rows.addLayout(columns, 20)
        rows.addStretch(2)
        scroll = scrolled(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(2, 2, 2, 2)
        whole.addWidget(scroll)
        theme.changed.connect(self.list.viewport().update)

    def _beginning(self) -> QWidget:
        beginning = QWidget()
        column = QVBoxLayout(beginning)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        name = QLabel("Polyvocal")
        name.setProperty("title", True)
        column.addWidget(name)
        column.addWidget(muted(self.tr(WHAT_IT_IS)))
        column.addSpacing(8)
        self.sample = Choice(
            self.tr("Look at the sample project"),
            self.tr("A two-day meeting, seen by several observers and partly coded. It is a copy: try what you like."),
        )
        self.new = Choice(
            self.tr("New project"),
            self.tr("One file of its own. Accounts are typed into it, or come from Word, PDF and many other files."),
        )
        self.open = Choice(
            self.tr("Open a project"),
            self.tr("A file that ends in .polyvocal. It can also be dropped onto this page."),
        )
        for choice, wanted in (
            (self.sample, self.sample_wanted),
            (self.new, self.new_wanted),
            (self.open, self.open_dialog_wanted),
        ):
            choice.clicked.connect(wanted)
            column.addWidget(choice)
        self.notice = QFrame()
        self.notice.setProperty("notice", True)
        told = QVBoxLayout(self.notice)
        told.setContentsMargins(12, 8, 12, 10)
        told.setSpacing(8)
        self.notice_words = QLabel()
        self.notice_words.setTextFormat(Qt.TextFormat.PlainText)
        self.notice_words.setWordWrap(True)
        self.notice_button = QPushButton(self.tr("Remove from the list"))
        self.notice_button.clicked.connect(self._remove)
        told.addWidget(self.notice_words)
        told.addWidget(self.notice_button, 0, Qt.AlignmentFlag.AlignRight)
        self.notice.hide()
        column.addWidget(self.notice)
        column.addStretch(1)
        return beginning

    def _recent(self) -> QWidget:
        self.recent = QWidget()
        column = QVBoxLayout(self.recent)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QLabel(self.tr("Recent projects"))
        head.setProperty("heading", True)
        self.model = RecentModel(self.theme, self.settings, self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(RowDelegate(self.list))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(self.tr("Recent projects"))
        self.list.setMinimumWidth(self.fontMetrics().averageCharWidth() * 34)
        head.setBuddy(self.list)
        column.addWidget(head)
        self.list.setSizeAdjustPolicy(QAbstractItemView.SizeAdjustPolicy.AdjustToContents)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        column.addWidget(self.list)
        column.addWidget(muted(self.tr("Return opens a project. Delete takes it out of this list, not off the disk.")))
        column.addStretch(1)
        self.list.pressed.connect(self._on_pressed)
        self.list.clicked.connect(self._on_clicked)
        self.list.doubleClicked.connect(self._on_double_clicked)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        for words, slot, keys in (
            (self.tr("Open"), self._open, ("Return", "Enter")),
            (self.tr("Remove from the list"), self._remove, ("Delete", "Backspace")),
        ):
            action = QAction(words, self.list)
            action.setShortcuts([QKeySequence(one) for one in keys])
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(slot)
            self.list.addAction(action)
        return self.recent

    # --- the recent projects -------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the projects that were open last, and look anew how each stands."""
        paths = self.settings[RECENT]
        self.model.show(paths)
        self.recent.setVisible(bool(paths))
        self.list.updateGeometry()
        self.notice.hide()
        if paths:
            self.list.setCurrentIndex(self.model.index(0))
            job = Job(lambda _job: {path: stand_of(path) for path in paths}, self)
            job.ended.connect(self._on_looked)
            job.ended.connect(job.deleteLater)
            job.start()

    def _on_looked(self, stands: object) -> None:
        if isinstance(stands, dict):
            self.model.tell(stands)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin where the person most likely goes on."""
        super().showEvent(event)
        self.refresh()
        (self.list if self.model.paths else self.sample).setFocus()

    @property
    def current(self) -> str | None:
        """The path of the project that is chosen in the list."""
        row = self.list.currentIndex().row()
        return self.model.paths[row] if 0 <= row < len(self.model.paths) else None

    def _on_pressed(self) -> None:
        self._twice = False

    def _on_double_clicked(self) -> None:
        self._twice = True  # it was opened at the first click

    def _on_clicked(self) -> None:
        if not self._twice:
            self._open()

    def _open(self) -> None:
        path = self.current
        if path is None:
            return
        if not self.model.is_missing(path):
            self.notice.hide()
            self.open_wanted.emit(Path(path))
            return
        words = self.tr(
            "%s is not where it was, in %s: it was moved, renamed or removed, or its drive is not here. "
            "Open it from where it is now."
        )
        self._say(words % (Path(path).name, Path(path).parent))
        self.notice_button.show()

    def _say(self, words: str) -> None:
        self.notice_words.setText(words)
        self.notice.setAccessibleName(words)
        self.notice_button.hide()
        self.notice.show()

    def _remove(self) -> None:
        """Take the chosen project out of the list. The file is not touched."""
        path, row = self.current, self.list.currentIndex().row()
        if path is None:
            return
        self.settings.forget_project(path)
        self.refresh()
        self.list.setCurrentIndex(self.model.index(min(row, len(self.model.paths) - 1)))
        (self.list if self.model.paths else self.sample).setFocus()

    # --- dropping ------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show that a file can be dropped here."""
        if _files_in(event):
            event.acceptProposedAction()
            self.setStyleSheet(f"StartPage {{ border: 2px dashed {self.theme.colours.accent}; }}")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.setStyleSheet("")
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the project that was dropped; say of another file what to do first."""
        self.setStyleSheet("")
        files = _files_in(event)
        event.acceptProposedAction()
        projects = [path for path in files if path.suffix.casefold() == ENDING]
        if projects:
            self.notice.hide()
            self.open_wanted.emit(projects[0])
        elif files:
            words = self.tr("%s is not a project. Open a project first, or make one, and drop texts onto that.")
            self._say(words % files[0].name)


def _files_in(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
