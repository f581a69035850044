"""The pictures that stood in the file of the text that is read."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QImageReader, QPixmap, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QListView, QVBoxLayout, QWidget

from polyvocal.domain.errors import EnvironmentFault
from polyvocal.gui.button import Button
from polyvocal.gui.dialogs.fault import tell
from polyvocal.gui.settings import FOLDER
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.below import Selected
from polyvocal.gui.views.delegate import SUBTITLE, RowDelegate
from polyvocal.services.queries.beside import PictureHere, pictures_here
from polyvocal.services.queries.reading import SourceToRead

_MOST_MIB = 256
"""So much memory a picture may take when it is unpacked; what asks for more is not shown."""


class PicturesPanel(QWidget):
    """The list at the left, the chosen picture at the right. Return goes to its place in the text."""

    place_meant = Signal(int, int)

    def __init__(self, sitting: Sitting, _selected: Selected, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._sitting = sitting
        self._source: SourceToRead | None = None
        self._content = QByteArray()
        self.pictures: list[PictureHere] = []
        self.model = QStandardItemModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(RowDelegate(self.list))
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setAccessibleName(self.tr("Pictures of this source"))
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self.list.activated.connect(self.go_to_place)
        self.none = QLabel()
        self.none.setProperty("muted", True)
        self.none.setWordWrap(True)
        self.none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.shown = QLabel()
        self.shown.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.shown.setWordWrap(True)
        self.shown.setMinimumSize(40, 40)
        self.shown.setAccessibleName(self.tr("The chosen picture"))
        self.go = Button(self.tr("Go to its place"))
        self.save = Button(self.tr("Save a copy…"))
        self.go.clicked.connect(self.go_to_place)
        self.save.clicked.connect(self._ask_save)
        left = QVBoxLayout()
        left.addWidget(self.none)
        left.addWidget(self.list, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.go)
        buttons.addWidget(self.save)
        buttons.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addLayout(buttons)
        right.addWidget(self.shown, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 8, 10, 8)
        row.setSpacing(12)
        row.addLayout(left, 2)
        row.addLayout(right, 3)
        self._show([])

    def show_source(self, source: SourceToRead | None) -> None:
        """List the pictures of a source."""
        self._source = source
        if source is None:
            self._show([])
        else:
            identity = source.source.id
            self._sitting.bus.ask(self, lambda view: pictures_here(view, identity), self._show, about="pictures")

    def _show(self, pictures: list[PictureHere]) -> None:
        self.pictures = pictures
        self.model.clear()
        for number, one in enumerate(pictures, 1):
            item = QStandardItem(one.name or self.tr("Picture %s") % number)
            item.setData(one.description or one.media_type, SUBTITLE)
            item.setAccessibleText(f"{item.text()}, {one.description or one.media_type}")
            self.model.appendRow(item)
        self.list.setVisible(bool(pictures))
        self.none.setVisible(not pictures)
        self.none.setText(self.tr("No picture came with this source."))
        self.list.setCurrentIndex(self.model.index(0, 0))
        self._on_current_changed()

    @property
    def current(self) -> PictureHere | None:
        """The chosen picture."""
        row = self.list.currentIndex().row()
        return self.pictures[row] if 0 <= row < len(self.pictures) else None

    def _on_current_changed(self, *_indexes: QModelIndex) -> None:
        one = self.current
        self.go.setEnabled(one is not None)
        self.save.setEnabled(one is not None)
        self._content = QByteArray()
        self._paint()
        if one is not None:
            self._sitting.bus.ask(self, lambda view: view.original(one.content), self._on_content, about="picture")

    def _on_content(self, content: bytes) -> None:
        self._content = QByteArray(content)
        self._paint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._paint()

    def _paint(self) -> None:
        """Show the picture as large as there is room, and never larger than it is."""
        one = self.current
        self.shown.clear()
        if one is None or self._content.isEmpty():
            return
        buffer = QBuffer(self._content)
        reader = QImageReader(buffer)
        reader.setAutoTransform(True)
        reader.setAllocationLimit(_MOST_MIB)
        size, room = reader.size(), self.shown.size()
        if size.isValid() and (size.width() > room.width() or size.height() > room.height()):
            reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1)))
        image = reader.read()
        if image.isNull():
            words = self.tr("A picture of this kind (%s) cannot be shown here. Save a copy, and open that.")
            self.shown.setText(words % one.media_type)
        else:
            self.shown.setPixmap(QPixmap.fromImage(image))
        self.shown.setAccessibleDescription(one.description or "")

    def go_to_place(self) -> None:
        """Go to where the picture stood in the text."""
        if self.current is not None:
            self.place_meant.emit(self.current.at, self.current.at)

    def _ask_save(self) -> None:
        one = self.current
        if one is None:
            return
        ending = one.media_type.partition("/")[2].partition("+")[0]
        name = one.name or self.tr("picture")
        name = name if name.endswith(f".{ending}") else f"{name}.{ending}"
        dialog = QFileDialog(self, self.tr("Save a copy of the picture"), self._sitting.settings[FOLDER])
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(Path(name).name)
        dialog.fileSelected.connect(self.save_to)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_to(self, path: str) -> None:
        """Write the picture's bytes to a file."""
        try:
            Path(path).write_bytes(self._content.data())
        except OSError as fault:
            tell(self, EnvironmentFault(f"{path} cannot be written: {fault.strerror}. Choose another folder."))
