"""The strip that shows where codings lie in the whole text."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from polyvocal.gui.surface.text import TextSurface
from tests.gui.test_surface import coding, surface, to_read

__all__ = ["surface"]

TEXT = "\n".join("word " * 40 for _ in range(400))


def inked(surface: TextSurface) -> set[int]:
    """The rows of the strip in which a coding is drawn, as shares of a hundred."""
    image = surface.overview._picture.toImage() if surface.overview._picture else None
    assert image is not None
    ground = image.pixelColor(image.width() - 1, 0)
    rows = [y for y in range(image.height()) if any(image.pixelColor(x, y) != ground for x in range(1, 12))]
    return {round(y * 100 / image.height()) for y in rows}


def drawn(qtbot: QtBot, surface: TextSurface) -> None:
    surface.overview.renew()
    qtbot.waitUntil(lambda: not surface.overview._timer.isActive())


def test_codings_are_drawn_where_they_lie(qtbot: QtBot, surface: TextSurface) -> None:
    size = len(TEXT)
    surface.show_source(
        to_read(TEXT, coding(1, size // 4, size // 4 + 50), coding(2, size * 3 // 4, size * 3 // 4 + 50))
    )
    drawn(qtbot, surface)
    assert inked(surface) <= {24, 25, 26, 74, 75, 76}
    assert {25, 75} <= inked(surface)
    surface.take(1)
    drawn(qtbot, surface)
    assert 25 not in inked(surface)


def test_click_goes_to_that_part_of_the_text(qtbot: QtBot, surface: TextSurface) -> None:
    surface.show_source(to_read(TEXT))
    strip = surface.overview
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(5, strip.height() * 3 // 4))
    middle = strip.seen_part().center().y()
    assert middle == pytest.approx(strip.height() * 3 / 4, abs=strip.height() / 25)
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(5, 0))
    assert strip.seen_part().top() == pytest.approx(0, abs=2)


def test_part_that_is_seen_is_the_whole_of_a_short_text(surface: TextSurface) -> None:
    surface.show_source(to_read("A few words."))
    part = surface.overview.seen_part()
    assert part.top() == 0
    assert part.height() == pytest.approx(surface.overview.height(), rel=0.1)


def test_codings_of_another_code_than_the_chosen_one_are_faint(qtbot: QtBot, surface: TextSurface) -> None:
    size = len(TEXT)
    surface.show_source(to_read(TEXT, coding(1, 0, 500, code=1), coding(2, size // 2, size // 2 + 500, code=2)))
    drawn(qtbot, surface)

    def strength(share: float) -> int:
        picture = surface.overview._picture
        assert picture is not None
        image = picture.toImage()
        colour = image.pixelColor(2, round(image.height() * share))
        ground = QColor(image.pixelColor(image.width() - 1, 0))
        return abs(colour.red() - ground.red()) + abs(colour.green() - ground.green())

    before = strength(0.5)
    surface.choose(1)
    drawn(qtbot, surface)
    assert strength(0.5) < before
    assert strength(0) > strength(0.5)
    assert surface.looks.mark(2).alpha() == 255  # elsewhere it is as it was
