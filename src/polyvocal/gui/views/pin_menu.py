"""A menu by which a code is pinned to one of the keys 1 to 9, or taken off it."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from polyvocal.gui.pinned_codes import NUMBERS, PinnedCodes
from polyvocal.services.queries.rows import CodeRow

_LETTERS = 32
"""So many letters of a code's name are shown."""


def add_pin_menu(menu: QMenu, pinned: PinnedCodes, code: CodeRow, codes: Iterable[CodeRow]) -> QMenu:
    """Put it into the menu of a code. Each number says which of the `codes` it stands for; the code's own is ticked."""
    names = {one.id: one.name for one in codes}
    pins = menu.addMenu(menu.tr("Pin to a key"))
    width = pins.fontMetrics().averageCharWidth() * _LETTERS
    for number in NUMBERS:
        held = pinned.code(number)
        name = pins.fontMetrics().elidedText(names.get(held or 0, ""), Qt.TextElideMode.ElideRight, width)
        choice = pins.addAction(f"&{number}  {name.replace('&', '&&')}".rstrip())
        choice.setCheckable(True)
        choice.setChecked(held == code.id)
        choice.triggered.connect(lambda _checked=False, number=number: pinned.turn(number, code.id))
    own = pinned.number(code.id)
    if own is not None:
        pins.addSeparator()
        pins.addAction(menu.tr("Take off key %s") % own, lambda: pinned.turn(own, code.id))
    return pins
