"""The pictures that stood in the file of the text that is read."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt
from PySide6.QtGui import QImageReader, QPixmap, QResizeEvent, QStandardItem
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from polyvocal.domain.errors import EnvironmentFault
from polyvocal.domain.ids import SourceId
from polyvocal.gui.button import Button
from polyvocal.gui.dialogs.fault import tell
from polyvocal.gui.parts import in_column, in_row
from polyvocal.gui.settings import FOLDER
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.here import HerePanel, Selected, row_of
from polyvocal.services.queries.beside import PictureHere, pictures_here
from polyvocal.store.view import View

_MOST_MIB = 256
"""So much memory a picture may take when it is unpacked; what asks for more is not shown."""


class PicturesPanel(HerePanel[list[PictureHere], PictureHere]):
    """The list at the left, the chosen picture at the right."""

    def __init__(self, sitting: Sitting, selected: Selected, parent: QWidget | None = None) -> None:
        super().__init__(sitting, selected, self.tr("Pictures of this source"), parent)
        self._content = QByteArray()
        self.shown = QLabel()
        self.shown.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.shown.setWordWrap(True)
        self.shown.setMinimumSize(40, 40)
        self.shown.setAccessibleName(self.tr("The chosen picture"))
        self.go = Button(self.tr("Go to its place"))
        self.save = Button(self.tr("Save a copy…"))
        self.go.clicked.connect(self.go_to_place)
        self.save.clicked.connect(self._ask_save)
        self._lay_out((self._listed(), 2), (in_column(in_row(self.go, self.save, None), (self.shown, 1)), 3))

    def _look(self, view: View, source: SourceId) -> list[PictureHere]:
        return pictures_here(view, source)

    def _show(self, looked: list[PictureHere] | None) -> None:
        self._list(
            looked or [],
            self.tr("No picture came with this source.")
            if looked is not None
            else self.tr("Open a source to see its pictures."),
        )

    def _items(self, one: PictureHere) -> Sequence[QStandardItem]:
        name = one.name or self.tr("Picture %s") % (self.model.rowCount() + 1)
        return row_of(name, one.description or one.media_type)

    def _on_chosen(self) -> None:
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
