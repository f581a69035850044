"""Colours and sizes: what the Web Content Accessibility Guidelines (WCAG 2.2, level AA) ask for, in both themes.

1.4.3: text has a contrast of 4.5 to its ground. 1.4.11: what tells a control, and what carries meaning, one of 3.
1.4.4: text can be made twice as large. The contrast is (L1 + 0.05) / (L2 + 0.05) of the relative luminances.
"""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from polyvocal.domain.palette import PALETTE
from polyvocal.gui import theme as looks
from polyvocal.gui.settings import TEXT_SIZE
from polyvocal.gui.theme import DARK, LIGHT, Colours, Theme, contrast, mark_colour

THEMES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
GROUNDS = ("ground", "panel", "raised")


def between(colours: Colours, one: str, other: str) -> float:
    return contrast(QColor(getattr(colours, one)), QColor(getattr(colours, other)))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#0000ff", "#ffffff", 8.59),
        ("#808080", "#808080", 1.0),
    ],
)
def test_contrast_is_that_of_the_guidelines(one: str, other: str, expected: float) -> None:
    assert contrast(QColor(one), QColor(other)) == pytest.approx(expected, abs=0.01)
    assert contrast(QColor(other), QColor(one)) == contrast(QColor(one), QColor(other))


@THEMES
def test_text_can_be_read_on_every_ground_that_it_stands_on(colours: Colours) -> None:
    for text in ("text", "muted", "danger", "warning", "accent"):
        for ground in (*GROUNDS, "selection"):
            if (text, ground) != ("accent", "selection"):  # a ring or a disc there, never words
                assert between(colours, text, ground) >= 4.5, (text, ground)
    assert between(colours, "on_accent", "accent") >= 4.5
    assert between(colours, "warning", "warning_ground") >= 4.5


def rules() -> Iterator[tuple[str, str, str]]:
    """(selector, colour of the text, ground) of each rule of the style sheet that says both."""
    for selector, body in re.findall(r"([^{}]+)\{\{(.*?)\}\}", looks._SHEET, re.DOTALL):
        text = re.search(r"(?<![-\w])color: \{(\w+)\}", body)
        ground = re.search(r"(?<![-\w])background: \{(\w+)\}", body)
        if text and ground:
            yield selector.strip(), text[1], ground[1]


@THEMES
def test_every_rule_of_the_style_sheet_can_be_read(colours: Colours) -> None:
    found = list(rules())
    assert len(found) > 5
    for selector, text, ground in found:
        if "disabled" not in selector:
            assert between(colours, text, ground) >= 4.5, selector


@THEMES
def test_controls_are_told_from_what_they_stand_on(colours: Colours) -> None:
    for ground in GROUNDS:
        assert between(colours, "edge", ground) >= 3, ground
        assert between(colours, "accent", ground) >= 3, ground  # the focus ring


@THEMES
def test_colours_of_codes_are_told_from_the_ground(colours: Colours) -> None:
    for colour in PALETTE:
        assert contrast(mark_colour(colour, colours.ground), QColor(colours.ground)) >= 3, colour


def test_all_text_grows_to_twice_its_size(qapp: QApplication, theme: Theme) -> None:
    theme.set_text_size(TEXT_SIZE.default)
    read, other = theme.reading_font().pointSize(), qapp.font().pointSizeF()
    theme.set_text_size(TEXT_SIZE.default * 2)
    assert theme.reading_font().pointSize() == read * 2
    assert qapp.font().pointSizeF() == pytest.approx(other * 2)


@pytest.mark.parametrize("kind", [QLineEdit, QComboBox, QPlainTextEdit, QSpinBox])
@pytest.mark.parametrize("name", ["light", "dark"])
def test_field_that_cannot_be_filled_in_looks_so(qtbot: QtBot, theme: Theme, kind: type[QWidget], name: str) -> None:
    theme.choose(name)
    field = kind()
    qtbot.addWidget(field)
    if isinstance(field, QComboBox):
        field.setEditable(True)
    field.resize(200, 40)
    field.show()
    seen = []
    for enabled in (True, False):
        field.setEnabled(enabled)
        seen.append(field.grab().toImage().pixelColor(100, 20).name())
    assert seen == [theme.colours.ground, theme.colours.panel]
