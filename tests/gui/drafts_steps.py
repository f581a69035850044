"""What tests of drafts do: see what is kept, wait for it, leave a correction unsaved."""

from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from polyvocal.domain.records import Person
from polyvocal.gui.sitting import Me, Sitting
from polyvocal.gui.views.read import ReadView
from polyvocal.services.commands.drafts import keep_draft
from polyvocal.services.queries.drafts import DraftRow, list_drafts
from polyvocal.store.file import ProjectFile
from tests.gui.conftest import settle
from tests.services.test_drafts import correction, log_of

DISCARD = QMessageBox.StandardButton.Discard


def kept(sitting: Sitting) -> list[DraftRow]:
    return sitting.bus.read(list_drafts)


def keep(qtbot: QtBot, sitting: Sitting, read: ReadView) -> None:
    """Wait until what was corrected is in the project."""
    qtbot.waitUntil(lambda: read.correcting.keeper.is_safe)
    settle(qtbot, sitting)


def be(qtbot: QtBot, sitting: Sitting, name: str) -> None:
    """From now on it is another person who codes here."""
    (person,) = sitting.bus.read(lambda view: view.find(Person, name=name))
    sitting.choose_coder(Me(person.id, person.name))
    settle(qtbot, sitting)


def begun(project: ProjectFile, *edits: tuple[str, str], by: str = "Oda") -> None:
    """A correction of Wren's plenary that was left unsaved."""
    keep_draft(project, correction(project, log_of(*(edits or (("Nobody", "No one"),))), by=by))
