"""Which codings of a text are shown: a button that says it, and the menu under it."""

import json
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu

from polyvocal.domain.ids import CodeId, PersonId
from polyvocal.domain.passages import NO_CODINGS, CodingsShown
from polyvocal.domain.words import LayerName, StanceName
from polyvocal.gui import labels
from polyvocal.gui.button import Button
from polyvocal.services.queries.rows import CodeRow


class CodingsMenu(Button):
    """Chooses by the code that the codebook points to, by coders, stances and layers, or several of these together."""

    changed = Signal()
    """Other codings are to be shown."""

    def __init__(self, pointed: Callable[[], CodeRow | None], codes: Callable[[], list[CodeRow]]) -> None:
        super().__init__()
        self._pointed, self._codes = pointed, codes
        self.shown = CodingsShown()
        self.people: dict[int, str] = {}
        """Those who may have coded."""
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        self.setToolTip(self.tr("Which codings are shown"))
        self.tell()

    def show_only(self, shown: CodingsShown) -> None:
        """Show these from now on."""
        self.shown = shown
        self.tell()
        self.changed.emit()

    @property
    def kept(self) -> str:
        """What is shown, as it is kept for the next start; nothing where that is all."""
        if self.shown.all:
            return ""
        named = {name: None if chosen is None else sorted(chosen) for name, chosen in self.shown._asdict().items()}
        return json.dumps(named)

    def take_up(self, kept: str) -> None:
        """Show what was shown when it was kept; all where that cannot be read."""
        try:
            held: dict[str, Any] = json.loads(kept)
            shown = CodingsShown(
                codes=_several_of(CodeId, held["codes"]),
                coders=_several_of(PersonId, held["coders"]),
                stances=frozenset(StanceName(one) for one in held["stances"]),
                layers=frozenset(map(LayerName, held["layers"])),
            )
        except (TypeError, ValueError, KeyError):
            return
        self.show_only(shown)

    def name_people(self, people: dict[int, str]) -> None:
        """Know from now on those who may have coded."""
        self.people = people
        self.tell()

    def turn_off(self) -> None:
        """Show the text alone, or, where that is so, all codings."""
        self.show_only(CodingsShown() if self.shown == NO_CODINGS else NO_CODINGS)

    def tell(self) -> None:
        """Say which are shown, by what codes and people are called now."""
        shown = self.shown
        parts = [
            *self._codes_shown(),
            *(self.people.get(one, "") for one in shown.coders or ()),
            *shown.stances,
            *(labels.LAYERS[one].lower() for one in shown.layers),
        ]
        if shown.all:
            words = self.tr("All codings")
        elif shown == NO_CODINGS:
            words = self.tr("No codings")
        else:
            words = self.tr("Only %s") % ", ".join(one for one in parts if one)
        self.setText(
            self.fontMetrics().elidedText(
                words, Qt.TextElideMode.ElideRight, self.fontMetrics().horizontalAdvance("m") * 16
            )
        )
        self.setAccessibleName(self.tr("Codings that are shown: %s") % words)
        self.setProperty("on", not shown.all)
        self.style().unpolish(self)
        self.style().polish(self)

    def _codes_shown(self) -> list[str]:
        """The codes by which codings are chosen, without those that are below another of them."""
        chosen, codes = self.shown.codes, self._codes()
        if not chosen or not codes:
            return []
        names = [one.name for one in codes if one.id in chosen and one.parent not in chosen]
        return names or [self.tr("a removed code")]

    def _fill(self) -> None:
        menu, shown = self._menu, self.shown
        menu.clear()
        self._offer(menu, self.tr("All codings"), shown.all, lambda: self.show_only(CodingsShown()))
        self._offer(menu, self.tr("No codings: the text alone"), shown == NO_CODINGS, self.turn_off)
        menu.addSeparator()
        code = self._pointed()
        if code is not None:
            below = frozenset(_with_those_below(self._codes(), code))
            self._offer(
                menu,
                self.tr("Only “%s” and the codes below it") % code.name,
                shown.codes == below,
                lambda: self.show_only(shown._replace(codes=below)),
            )
        base = CodingsShown() if shown == NO_CODINGS else shown
        coders = base.coders or frozenset()
        self._several(
            self.tr("By coder"),
            [(name, PersonId(one), one in coders) for one, name in self.people.items()],
            lambda chosen: base._replace(coders=chosen or None),
        )
        self._several(
            self.tr("With a stance"),
            [(str(one), str(one), one in base.stances) for one in StanceName],
            lambda chosen: base._replace(stances=chosen),
        )
        self._several(
            self.tr("In writing of a kind"),
            [(labels.LAYERS[one], one, one in base.layers) for one in LayerName],
            lambda chosen: base._replace(layers=chosen),
        )

    def _several(
        self, title: str, choices: Iterable[tuple[str, object, bool]], made: Callable[..., CodingsShown]
    ) -> None:
        menu, choices = self._menu.addMenu(title), list(choices)
        there = frozenset(value for _, value, chosen in choices if chosen)
        for name, value, chosen in choices:
            self._offer(menu, name, chosen, partial(self._turn, made, there ^ {value}))

    def _turn(self, made: Callable[..., CodingsShown], chosen: frozenset[object]) -> None:
        self.show_only(made(chosen))

    @staticmethod
    def _offer(menu: QMenu, text: str, chosen: bool, slot: Callable[[], None]) -> None:  # noqa: FBT001
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(chosen)
        action.triggered.connect(lambda _checked=False: slot())


def _several_of(made: Callable[[int], Any], ids: list[int] | None) -> frozenset[Any] | None:
    """Ids as they were kept; None where any will do."""
    return None if ids is None else frozenset(made(int(one)) for one in ids)


def _with_those_below(codes: list[CodeRow], code: CodeRow) -> set[CodeId]:
    """A code and all below it; codes are given in the order of their tree."""
    found = {CodeId(code.id)}
    for one in codes:
        if one.parent in found:
            found.add(CodeId(one.id))
    return found
