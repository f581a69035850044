"""Rows of trees and lists as they are painted: what does not fit is left out, and never cut to something else."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QListView, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from polyvocal.gui.views.delegate import COUNT, SUBTITLE, TALLY, RowDelegate

LINES = 60


def painted(qtbot: QtBot, width: int, **said: str) -> QImage:
    """A row of a width, with what is said of it."""
    view = QListView()
    qtbot.addWidget(view)
    model = QStandardItemModel()
    item = QStandardItem("Plenary")
    for role, name in ((SUBTITLE, "below"), (TALLY, "tally"), (COUNT, "count")):
        if name in said:
            item.setData(said[name], role)
    model.appendRow(item)
    view.setModel(model)
    option = QStyleOptionViewItem()
    option.initFrom(view)
    option.rect = QRect(0, 0, width, LINES)
    image = QImage(width, LINES, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        RowDelegate(view).paint(painter, option, model.index(0, 0))
    return image


@pytest.mark.usefixtures("qapp")
def test_number_that_does_not_fit_is_left_out(qtbot: QtBot) -> None:
    letter = QFontMetrics(QApplication.font()).horizontalAdvance("0")
    narrow, wide = letter * 9, letter * 40
    for name, number in (("tally", "12,345 words"), ("count", "12,345,678")):
        said = {name: number}
        assert painted(qtbot, wide, below="Wren", **said) != painted(qtbot, wide, below="Wren")
        assert painted(qtbot, narrow, below="Wren", **said) == painted(qtbot, narrow, below="Wren"), name
