"""The codes that the coder at the window used last, as all who offer codes need them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from polyvocal.services.queries.code_uses import codes_used_last

if TYPE_CHECKING:
    from polyvocal.gui.sitting import Sitting


class RecentCodes(QObject):
    """Begins with what the project knows of the coder's codings, and follows what is used from then on."""

    def __init__(self, sitting: "Sitting") -> None:
        super().__init__(sitting)
        self._sitting = sitting
        self.codes: list[int] = []
        """Their ids, the last used first; one that is gone or retired meanwhile may be among them."""
        sitting.coder_changed.connect(self._on_coder_changed)

    def use(self, code: int) -> None:
        """From now on this is the one that was used last."""
        self.codes = [code, *(one for one in self.codes if one != code)]

    def _on_coder_changed(self) -> None:
        self.codes = []
        me = self._sitting.me
        if me is not None:
            self._sitting.bus.ask(self, lambda view: codes_used_last(view, me.id), self._on_read, about="recent")

    def _on_read(self, codes: list[int]) -> None:
        self.codes = list(dict.fromkeys([*self.codes, *codes]))  # something may have been used meanwhile
