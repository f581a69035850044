"""The question that is asked where somebody goes away from what is not saved."""

from enum import Enum

from PySide6.QtWidgets import QMessageBox, QWidget

_Role = QMessageBox.ButtonRole


class Leaving(Enum):
    """What is to become of what is not saved."""

    KEEP = "it stays a draft"
    SAVE = "it is saved first"
    DISCARD = "it goes for good"
    STAY = "nobody goes away"


def ask_leaving(parent: QWidget, title: str, told: str, *, save: str = "") -> Leaving:
    """Ask what is to become of what is not saved; Return keeps it as a draft, Escape stays.

    `told` says what is not saved; `save` is what saving it is called, where that is offered.
    """
    box = QMessageBox(QMessageBox.Icon.Question, title, told, parent=parent)
    box.setInformativeText(box.tr("A draft stays in the project, and can be continued at any time: Edit > Drafts."))
    offered = [
        (Leaving.KEEP, box.addButton(box.tr("&Keep as a draft"), _Role.AcceptRole)),
        (Leaving.DISCARD, box.addButton(box.tr("&Discard"), _Role.DestructiveRole)),
        (Leaving.STAY, box.addButton(QMessageBox.StandardButton.Cancel)),
    ]
    if save:
        offered.append((Leaving.SAVE, box.addButton(save, _Role.YesRole)))
    box.setDefaultButton(offered[0][1])
    box.exec()
    clicked = box.clickedButton()
    box.deleteLater()
    return next((one for one, button in offered if button is clicked), Leaving.STAY)
