"""Choosing by what passages are filtered, from a bar of chips: the small window, and what is counted in it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from polyvocal.domain.passages import Aspect, PassageFilter, PassageQuery
from polyvocal.gui import labels
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.passages_filters import FilterBar
from polyvocal.gui.views.passages_values import Choice, ValueChooser
from polyvocal.services.queries.passage_list import count_values
from polyvocal.store.view import View


class Single(NamedTuple):
    """An aspect of which one value is shown at a time, chosen elsewhere than by the chips: what it is, and what takes
    another (None where none is chosen)."""

    aspect: Aspect
    value: Callable[[], Any | None]
    take: Callable[[Any | None], object]


class FilterChoosing(QObject):
    """Between the chips of a filter and whoever asks by it."""

    asked = Signal(object)
    """The PassageQuery that is meant now."""

    def __init__(
        self,
        sitting: Sitting,
        bar: FilterBar,
        query: Callable[[], PassageQuery],
        *,
        owner: QWidget,
        single: Single | None = None,
        within: Callable[[PassageFilter], PassageFilter] = lambda chosen: chosen,
    ) -> None:
        """`query` gives what is asked at the time; `within` narrows it to what is counted of each value."""
        super().__init__(owner)
        self._sitting, self._bar, self._query, self._single, self._within = sitting, bar, query, single, within
        self.values = ValueChooser(owner)
        bar.wanted.connect(self.choose_values)
        bar.removed.connect(self._on_removed)
        self.values.aspect_taken.connect(self._on_aspect_taken)
        self.values.chosen.connect(self._on_chosen)
        self.values.below_chosen.connect(lambda below: self.asked.emit(replace(self._query(), below=below)))
        sitting.blind_changed.connect(self._on_blind_changed)

    def choose_values(self, aspect: Aspect | None) -> None:
        """Let values of an aspect be chosen; where none is named, an aspect first."""
        anchor = self._bar.anchor if aspect is not None else self._bar.add
        self.values.open_at(anchor, aspect, below=self._query().below)

    def _on_aspect_taken(self, aspect: Aspect) -> None:
        query, single = self._query(), self._single
        shown = () if single is None or single.value() is None else (single.value(),)
        chosen = query.chosen if single is None else query.chosen.but(single.aspect, shown)
        ticked = chosen.of(aspect)
        if single is not None and aspect is single.aspect:
            chosen = chosen.but(aspect, ())
        narrowed = replace(query, chosen=self._within(chosen))

        def counted(view: View) -> tuple[tuple[Any, str, int], ...]:
            return count_values(view, narrowed, aspect)

        def offer(counts: tuple[tuple[Any, str, int], ...]) -> None:
            choices = [Choice(value, labels.value_of(aspect, value, name), number) for value, name, number in counts]
            self.values.offer(aspect, choices, ticked)

        self._sitting.bus.ask(self, counted, offer, about="values")

    def _on_chosen(self, aspect: Aspect, values: frozenset[Any]) -> None:
        single = self._single
        if single is not None and aspect is single.aspect:
            single.take(next(iter(values), None))
            return
        query = self._query()
        self.asked.emit(replace(query, chosen=query.chosen.but(aspect, values)))

    def _on_removed(self, aspect: Aspect | None) -> None:
        self.asked.emit(self._query().without(aspect))
        if aspect is not None:
            self._bar.add.setFocus()

    def _on_blind_changed(self) -> None:
        """Nothing that is not to be seen stays for a moment."""
        self.values.hide()
        self.values.model.show((), ())
