"""Pictures that leave the program are opened again: as SVG, as PDF, as PNG, and from the clipboard."""

from pathlib import Path

import pypdfium2
import pytest
from lxml import etree
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication

from polyvocal.domain.errors import UserError
from polyvocal.gui.theme import Theme
from polyvocal.gui.views.picture_export import MARGIN, SHARP, Picture, copy_picture, save_picture, size_with_caption

CAPTION = "What was counted, over which accounts, read by whom & when: " + "a long caption that is wrapped. " * 8
BLUE = QColor("#0072b2")


@pytest.fixture
def picture(theme: Theme) -> Picture:
    """A blue square at the upper left, and words beside it."""

    def paint(painter: QPainter, area: QRectF) -> None:
        painter.fillRect(QRectF(area.left(), area.top(), 40, 40), BLUE)
        painter.drawText(QPointF(area.left() + 60, area.top() + 30), "Nine tables")

    return Picture("A score", CAPTION, QSizeF(400, 100), QFont(), paint)


def test_svg_has_its_words_as_words_its_caption_and_its_size(picture: Picture, tmp_path: Path) -> None:
    save_picture(picture, tmp_path / "one.svg")
    root = etree.parse(str(tmp_path / "one.svg")).getroot()
    of = {"s": "http://www.w3.org/2000/svg"}
    words = " ".join(etree.tostring(one, method="text", encoding="unicode") for one in root.findall(".//s:text", of))
    assert "Nine tables" in words
    assert "read by whom & when" in words
    assert root.findtext("s:title", namespaces=of) == "A score"
    assert root.findtext("s:desc", namespaces=of) == CAPTION
    size = size_with_caption(picture)
    assert [float(one) for one in root.get("viewBox", "").split()] == pytest.approx(
        [0, 0, size.width(), size.height()], abs=0.5
    )
    families = {one.get("font-family") for one in root.iter() if one.get("font-family")}
    assert families
    assert all(one.endswith(", sans-serif") for one in families if one)


def test_pdf_is_one_page_of_its_size_with_words_that_can_be_found(picture: Picture, tmp_path: Path) -> None:
    save_picture(picture, tmp_path / "one.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "one.pdf")
    assert len(document) == 1
    page = document[0]
    size = size_with_caption(picture)
    assert page.get_size() == pytest.approx((size.width() * 0.75, size.height() * 0.75), abs=1.5)
    words = " ".join(page.get_textpage().get_text_bounded().split())
    assert "Nine tables" in words
    assert "read by whom & when" in words
    assert document.get_metadata_dict()["Title"] == "A score"
    shot = page.render(scale=2).to_numpy()
    middle = round((MARGIN + 20) * 1.5)
    assert shot[middle, middle].tolist() == [BLUE.blue(), BLUE.green(), BLUE.red()]


def test_png_is_sharp_light_and_says_what_it_is(picture: Picture, theme: Theme, tmp_path: Path) -> None:
    theme.choose("dark")
    save_picture(picture, tmp_path / "one.png")
    image = QImage(str(tmp_path / "one.png"))
    size = size_with_caption(picture)
    assert (image.width(), image.height()) == (round(size.width() * SHARP), round(size.height() * SHARP))
    assert image.pixelColor(2, 2) == QColor("#ffffff")
    middle = round((MARGIN + 20) * SHARP)
    assert image.pixelColor(middle, middle) == BLUE
    assert image.text("Description") == " ".join(CAPTION.split())


def test_picture_is_copied(picture: Picture) -> None:
    copy_picture(picture)
    image = QApplication.clipboard().image()
    assert image.pixelColor(round((MARGIN + 20) * SHARP), round((MARGIN + 20) * SHARP)) == BLUE


def test_other_ending_is_refused_and_names_those_that_work(picture: Picture, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"\.svg, \.pdf or \.png"):
        save_picture(picture, tmp_path / "one.gif")
    assert list(tmp_path.iterdir()) == []


def test_missing_folder_is_told(picture: Picture, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="there is no folder"):
        save_picture(picture, tmp_path / "nowhere" / "one.svg")
