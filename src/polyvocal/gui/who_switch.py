"""Who codes at this window, and whether blind: a menu at the foot, one click, and a badge that says so all the time."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QMessageBox, QToolTip

from polyvocal.domain.ids import PersonId
from polyvocal.gui.sitting import Me
from polyvocal.services.queries.finding import coders_in

if TYPE_CHECKING:
    from polyvocal.gui.sitting import Sitting
    from polyvocal.gui.window import Window


class WhoSwitch(QObject):
    """Follows the project that is open in a window."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self.menu = QMenu(window)
        self.menu.aboutToShow.connect(self._fill)
        window.frame.who.setMenu(self.menu)
        window.frame.badge.clicked.connect(self.toggle_blind)

    @property
    def _sitting(self) -> "Sitting | None":
        project = self._window.project
        return project.sitting if project is not None else None

    def show(self) -> None:
        """Show who codes, and whether blind."""
        QToolTip.hideText()  # it may tell of what is not to be seen any more
        sitting, frame = self._sitting, self._window.frame
        me = sitting.me if sitting is not None else None
        blind = sitting is not None and sitting.blind
        frame.who.setText(self.tr("Coder: %s") % me.name if me else self.tr("Who codes here?"))
        frame.badge.setText(self.tr("Coding blind: what others coded is hidden"))
        frame.badge.setVisible(blind)
        action = self._window.menus.blind
        action.setChecked(blind)

    def _fill(self) -> None:
        sitting = self._sitting
        self.menu.clear()
        if sitting is None:
            return
        group = QActionGroup(self.menu)
        for one in sitting.bus.read(coders_in):
            me = Me(PersonId(one.id), one.name)
            choice = self.menu.addAction(one.name)
            choice.setCheckable(True)
            choice.setChecked(sitting.me == me)
            choice.triggered.connect(lambda _checked=False, me=me: sitting.choose_coder(me))
            group.addAction(choice)
        self.menu.addAction(self.tr("Somebody else…"), self._window.ask_who)
        self.menu.addSeparator()
        self.menu.addAction(self._window.menus.blind)

    def toggle_blind(self) -> None:
        """Code blind from now on, or, once the person is sure, no more: what was seen cannot be unseen."""
        sitting = self._sitting
        if sitting is None:
            return
        if not sitting.blind:
            sitting.with_coder(lambda _me: sitting.set_blind(blind=True))
        elif self._is_sure():
            sitting.set_blind(blind=False)
        self.show()

    def _is_sure(self) -> bool:
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Coding blind"))
        box.setText(self.tr("Show what the others coded from now on?"))
        box.setInformativeText(self.tr("What you have seen once, you cannot code as if you had not."))
        shows = box.addButton(self.tr("Show it"), QMessageBox.ButtonRole.AcceptRole)
        stays = box.addButton(self.tr("Stay blind"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stays)
        box.exec()
        return box.clickedButton() is shows
