"""Marks in the colours of the palette are seen on both grounds, as they are."""

import pytest
from PySide6.QtGui import QColor

from polyvocal.domain.palette import PALETTE
from polyvocal.gui.theme import DARK, LIGHT, Colours, contrast, mark_colour


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("colour", PALETTE)
def test_mark_has_a_contrast_of_three_without_being_changed(colour: str, colours: Colours) -> None:
    assert contrast(QColor(colour), QColor(colours.ground)) >= 3
    assert mark_colour(colour, colours.ground).name() == colour
