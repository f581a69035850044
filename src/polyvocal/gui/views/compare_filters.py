"""What stands above a table: in which way is compared, what by what, what is counted, in which look; buttons."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QSpinBox, QToolButton, QVBoxLayout, QWidget

from polyvocal.domain.ids import PersonId
from polyvocal.domain.passages import Aspect
from polyvocal.gui.rows_layout import RowsLayout
from polyvocal.gui.views.compare_asked import (
    COUNTINGS,
    DIMENSIONS,
    MEASURES,
    NEARNESS,
    READERS,
    WAYS,
    WHOSE,
    WITH_TOTALS,
    Asked,
    Look,
    Side,
    Way,
    side_called,
)
from polyvocal.gui.views.compare_fields import Field
from polyvocal.gui.views.compare_order_menu import OrderButton
from polyvocal.gui.views.passages_filters import FilterBar

FARTHEST = 100
"""Passages that lie at most so many paragraphs apart can be asked for."""


class CompareFilters(QWidget):
    """The choices, in rows as the width asks for; below them the chips of the filter."""

    asked_anew = Signal(object)
    """An Asked: something else is wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked = Asked()
        self._attributes: dict[Side, str] = {}
        self._make_fields()
        self._make_buttons()
        self.chips = FilterBar((self.coder,))
        top = QWidget()
        row = RowsLayout(top, 12, 6)
        row.setContentsMargins(0, 0, 0, 0)
        parts: Sequence[QWidget] = (
            self.way, self.rows, self.swap, self.columns, self.measure, self.counting, self.whose, self.near,
            self.paragraphs, self.readers, self.look, self.totals, self.order, self._buttons,
        )  # fmt: skip
        for part in parts:
            row.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(top)
        column.addWidget(self.chips)
        self.setFocusProxy(self.way)
        self.show_asked(self._asked)

    def _make_fields(self) -> None:
        tr = self.tr
        self.way = Field(tr("Co&mpare"), tr("What is compared with what"), WAYS.items())
        self.rows = Field(tr("&Rows"), tr("What stands along the rows"))
        self.columns = Field(tr("Colum&ns"), tr("What stands along the columns"))
        self.measure = Field(tr("C&ount"), tr("What the cells count"), MEASURES.items())
        self.counting = Field(tr("C&ount"), tr("What the cells count"), COUNTINGS.items())
        self.whose = Field(
            tr("&In the accounts of"), tr("Whose accounts are set apart from all others'"), WHOSE.items()
        )
        self.near = Field(tr("&Together"), tr("When two passages come together"), NEARNESS.items())
        self.readers = Field(tr("Read b&y"), tr("Whose passages come together"), READERS.items())
        looks = ((Look.HEAT, tr("shades")), (Look.SYMBOLS, tr("discs")), (Look.NUMBERS, tr("numbers alone")))
        self.look = Field(tr("&Look"), tr("How the numbers are drawn"), looks)
        self.coder = Field(tr("Coded &by"), tr("Hold the coder constant: only what one person has coded"))
        self.coder.offer([(None, tr("all coders"))])
        self.paragraphs = QSpinBox()
        self.paragraphs.setRange(0, FARTHEST)
        self.paragraphs.setSpecialValueText(tr("the same one"))
        self.paragraphs.setSuffix(tr(" apart"))
        self.paragraphs.setAccessibleName(tr("Paragraphs apart"))
        self.paragraphs.setToolTip(tr("How many paragraphs apart two passages may be"))
        self.paragraphs.valueChanged.connect(lambda number: self._ask(paragraphs=number))
        for name in ("way", "measure", "counting", "whose", "near", "readers", "look"):
            field: Field = getattr(self, name)
            field.chosen.connect(lambda value, name=name: self._ask(**{name: value}))
        for name in ("rows", "columns"):
            side: Field = getattr(self, name)
            side.chosen.connect(lambda value, name=name: self.asked_anew.emit(self._asked.with_side(name, value)))
        self.coder.chosen.connect(self._on_coder)

    def _make_buttons(self) -> None:
        self.swap = QToolButton()
        self.swap.setText("⇄")
        self.swap.setAccessibleName(self.tr("Swap rows and columns"))
        self.totals = QCheckBox(self.tr("&Totals"))
        self.totals.clicked.connect(lambda shown: self._ask(totals=shown))
        self.order = OrderButton()
        self.copy = QPushButton(self.tr("Cop&y"))
        self.export = QPushButton(self.tr("E&xport…"))
        self.export.setToolTip(self.tr("Save the table, or a picture of it, with its caption"))
        self._buttons = QWidget()
        beside = QHBoxLayout(self._buttons)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(8)
        self.saved = QPushButton(self.tr("Sa&ved…"))
        self.saved.setCheckable(True)
        for button in (self.copy, self.export, self.saved):
            beside.addWidget(button)

    # --- what is chosen --------------------------------------------------------------------------------------------

    def _ask(self, **changed: Any) -> None:
        self.asked_anew.emit(replace(self._asked, **changed))

    def _on_coder(self, coder: PersonId | None) -> None:
        query = self._asked.query
        chosen = query.chosen.but(Aspect.CODER, () if coder is None else (coder,))
        self._ask(query=replace(query, chosen=chosen))

    def offer(self, coders: Sequence[tuple[PersonId, str]], attributes: Mapping[Side, str]) -> None:
        """Offer coders to be held constant, and attributes to be crossed."""
        self._attributes = dict(attributes)
        several = [] if self._held_constant(self._asked) else [(-1, self.tr("several coders"))]
        self.coder.offer([(None, self.tr("all coders")), *several, *coders])
        self.show_asked(self._asked)

    def show_asked(self, asked: Asked) -> None:
        """Show what is asked, and only the fields that it has."""
        self._asked = asked
        sides = [Side(one) for one in DIMENSIONS]
        sides += [one for one in (*self._attributes, asked.rows, asked.columns) if one not in sides]
        choices = [(side, side_called(side, self._attributes)) for side in dict.fromkeys(sides)]
        for name, field in (("rows", self.rows), ("columns", self.columns)):
            field.offer(choices)
            field.show_value(getattr(asked, name))
        for name in ("way", "measure", "counting", "whose", "near", "readers", "look"):
            getattr(self, name).show_value(getattr(asked, name))
        with QSignalBlocker(self.paragraphs):
            self.paragraphs.setValue(asked.paragraphs)
        self.totals.setChecked(asked.totals)
        coders = asked.query.chosen.coders
        self.coder.show_value(next(iter(coders)) if len(coders) == 1 else -1 if coders else None)
        way = asked.way
        for parts, there in (
            ((self.rows, self.swap, self.columns, self.measure), way is Way.TABLE),
            ((self.counting,), way is Way.WHOM),
            ((self.whose,), way is Way.ONLY),
            ((self.near, self.readers), way is Way.TOGETHER),
            ((self.paragraphs,), way is Way.TOGETHER and asked.near == "paragraphs"),
            ((self.look, self.order), way is not Way.ONLY),
            ((self.totals,), way in WITH_TOTALS),
        ):
            for part in parts:
                part.setVisible(there)

    def _held_constant(self, asked: Asked) -> bool:
        """Whether at most one coder is asked for, which the field says; several are on a chip."""
        return len(asked.query.chosen.coders) < 2

    def show_chips(self, asked: Asked, names: Mapping[Aspect, Sequence[str]]) -> None:
        """Show a chip for all that is asked for but a coder who is held constant."""
        query = asked.query.without(Aspect.CODER) if self._held_constant(asked) else asked.query
        self.chips.show_query(query, names)
