"""Pictures that leave the program: .svg, .png and .pdf with a caption, and onto the clipboard.

Always in light colours, since they are for paper. Words stay words in .svg and .pdf: a .pdf brings the letters that it
needs with it, an .svg names fonts that most machines have beside the one of this machine.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QImageWriter,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextOption,
)
from PySide6.QtSvg import QSvgGenerator

from polyvocal.domain.errors import BugError
from polyvocal.exchange.writers.formats.destination import ending_of, write_file
from polyvocal.gui.theme import LIGHT

FORMATS = (("SVG picture (*.svg)", ".svg"), ("PDF (*.pdf)", ".pdf"), ("PNG picture (*.png)", ".png"))
ENDINGS = tuple(ending for _, ending in FORMATS)

MARGIN = 16.0
"""Pixels around a picture."""
SHARP = 3
"""So many pixels of a .png are one of the window's, which makes about 300 to the inch."""
_PER_INCH = 96
_FAMILY = re.compile(r'font-family="([^"]*)"')
_OTHERS = "Noto Sans, DejaVu Sans, Arial, sans-serif"


class Picture(NamedTuple):
    """What is to be painted: `paint` gets a painter and the area of `size` (pixels at 96 to the inch), on white.

    The caption is set below it in `font`.
    """

    title: str
    caption: str
    size: QSizeF
    font: QFont
    paint: Callable[[QPainter, QRectF], None]


def save_picture(picture: Picture, path: Path) -> None:
    """Save a picture in the format of the path's ending. The file is replaced whole, or left as it was.

    Raises UserError for another ending or a missing folder, EnvironmentFault where the machine refuses.
    """
    ending = ending_of(path, ENDINGS)
    made = {".svg": _svg, ".pdf": _pdf, ".png": _png}[ending](picture)

    def save(file: BinaryIO) -> None:
        file.write(made)

    write_file(path, save)


def copy_picture(picture: Picture) -> None:
    """Put a picture onto the clipboard."""
    QGuiApplication.clipboard().setImage(_image(picture))


def size_with_caption(picture: Picture) -> QSizeF:
    """How large a picture is with its margins and its caption."""
    width = picture.size.width() + 2 * MARGIN
    return QSizeF(width, picture.size.height() + _caption_height(picture) + 3 * MARGIN)


def _caption_height(picture: Picture) -> float:
    metrics = QFontMetricsF(picture.font)
    room = QRectF(0, 0, picture.size.width(), 1e6)
    return metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), picture.caption).height() + 4


def _paint(picture: Picture, painter: QPainter) -> None:
    """The picture and its caption, into a painter that counts pixels at 96 to the inch."""
    size = size_with_caption(picture)
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), QColor("#ffffff"))
    painter.save()
    picture.paint(painter, QRectF(MARGIN, MARGIN, picture.size.width(), picture.size.height()))
    painter.restore()
    painter.setFont(picture.font)
    painter.setPen(QColor(LIGHT.text))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    top = picture.size.height() + 2 * MARGIN
    painter.drawText(
        QRectF(MARGIN, top, picture.size.width(), _caption_height(picture) + MARGIN), picture.caption, option
    )


def _svg(picture: Picture) -> bytes:
    held, size = QByteArray(), size_with_caption(picture)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    generator.setOutputDevice(buffer)
    generator.setResolution(_PER_INCH)
    generator.setSize(QSize(round(size.width()), round(size.height())))
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle(picture.title)
    generator.setDescription(picture.caption)
    _paint_on(generator, picture)
    buffer.close()
    text = bytes(held.data()).decode("utf-8")
    return _FAMILY.sub(lambda found: f'font-family="{found[1]}, {_OTHERS}"', text).encode("utf-8")


def _pdf(picture: Picture) -> bytes:
    held, size = QByteArray(), size_with_caption(picture)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_PER_INCH)
    points = QSizeF(size.width() * 72 / _PER_INCH, size.height() * 72 / _PER_INCH)
    page = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
    writer.setTitle(picture.title)
    writer.setCreator("Polyvocal")
    _paint_on(writer, picture)
    buffer.close()
    return bytes(held.data())


def _png(picture: Picture) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    writer.setText("Title", picture.title)
    writer.setText("Description", picture.caption)
    if not writer.write(_image(picture)):
        raise BugError("the picture could not be made")
    buffer.close()
    return bytes(held.data())


def _image(picture: Picture) -> QImage:
    size = size_with_caption(picture)
    image = QImage(round(size.width() * SHARP), round(size.height() * SHARP), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SHARP)
    image.setDotsPerMeterX(round(_PER_INCH * SHARP / 0.0254))
    image.setDotsPerMeterY(round(_PER_INCH * SHARP / 0.0254))
    image.fill(QColor("#ffffff"))
    _paint_on(image, picture)
    return image


def _paint_on(device: QImage | QPdfWriter | QSvgGenerator, picture: Picture) -> None:
    painter = QPainter()
    if not painter.begin(device):
        raise BugError("the picture could not be begun")
    try:
        _paint(picture, painter)
    finally:
        painter.end()
