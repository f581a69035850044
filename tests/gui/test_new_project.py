"""A project is made where the person says, never over anything, and its path is given to the window."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from polyvocal.domain.records import Project
from polyvocal.domain.words import Approach
from polyvocal.gui.bus import Cancelled, Job
from polyvocal.gui.dialogs.new_project import NewProjectDialog, file_name_of, make_project
from polyvocal.gui.settings import FOLDER, Settings
from polyvocal.store.file import open_project


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    """Where a file was last chosen."""
    folder = tmp_path / "studies"
    folder.mkdir()
    settings[FOLDER] = str(folder)
    return folder


@pytest.fixture
def dialog(folder: Path, settings: Settings, window: QWidget) -> NewProjectDialog:
    dialog = NewProjectDialog(settings, window)
    dialog.open()
    return dialog


def project_in(path: Path) -> Project:
    with open_project(path) as file, file.view() as view:
        (project,) = view.all(Project)
    return project


def refused(qtbot: QtBot, dialog: NewProjectDialog) -> str:
    dialog.accept()
    qtbot.waitUntil(lambda: dialog.isEnabled() and dialog.fault.isVisible())
    return dialog.fault.text()


def test_project_is_made_by_keys_where_its_title_says(qtbot: QtBot, dialog: NewProjectDialog, folder: Path) -> None:
    assert dialog.focusWidget() is dialog.title
    qtbot.keyClicks(dialog.title, "Nine tables")
    assert dialog.place.line.text() == str(folder / "Nine tables.polyvocal")
    with qtbot.waitSignal(dialog.made) as signal:
        qtbot.keyPress(dialog.title, Qt.Key.Key_Return)
    assert signal.args == [folder / "Nine tables.polyvocal"]
    project = project_in(folder / "Nine tables.polyvocal")
    assert (project.title, project.approach) == ("Nine tables", None)
    assert sorted(one.name for one in folder.iterdir()) == ["Nine tables.polyvocal"]  # closed: no side files


def test_approach_that_was_declared_is_kept_and_the_folder_remembered(
    qtbot: QtBot, dialog: NewProjectDialog, folder: Path, settings: Settings, tmp_path: Path
) -> None:
    dialog.title.setText("  Nine   tables ")
    dialog.approach.setCurrentIndex(dialog.approach.findData(str(Approach.CODEBOOK)))
    dialog.place.line.setText(str(tmp_path / "elsewhere"))
    with qtbot.waitSignal(dialog.made) as signal:
        dialog.accept()
    assert signal.args == [tmp_path / "elsewhere.polyvocal"]
    project = project_in(tmp_path / "elsewhere.polyvocal")
    assert (project.title, project.approach) == ("Nine tables", Approach.CODEBOOK)
    assert settings[FOLDER] == str(tmp_path)


def test_path_that_somebody_wrote_does_not_follow_the_title(dialog: NewProjectDialog, folder: Path) -> None:
    dialog.title.setText("One")
    dialog.place.line.setText(str(folder / "mine.polyvocal"))
    dialog.title.setText("Two")
    assert dialog.place.line.text() == str(folder / "mine.polyvocal")


def test_path_is_chosen_with_the_system_s_dialog(qtbot: QtBot, dialog: NewProjectDialog, folder: Path) -> None:
    dialog.title.setText("One")
    qtbot.mouseClick(dialog.place.button, Qt.MouseButton.LeftButton)
    (chooser,) = dialog.findChildren(QFileDialog)
    assert chooser.testOption(QFileDialog.Option.DontConfirmOverwrite)
    chooser.fileSelected.emit(str(folder / "Chosen.polyvocal"))
    chooser.reject()
    assert dialog.place.line.text() == str(folder / "Chosen.polyvocal")


def test_file_that_is_there_is_never_overwritten(qtbot: QtBot, dialog: NewProjectDialog, folder: Path) -> None:
    there = folder / "Nine tables.polyvocal"
    there.write_bytes(b"somebody's work")
    dialog.title.setText("Nine tables")
    assert "exists already" in refused(qtbot, dialog)
    assert there.read_bytes() == b"somebody's work"
    assert dialog.focusWidget() is not None
    dialog.place.line.setText(str(folder / "Nine tables, again.polyvocal"))
    with qtbot.waitSignal(dialog.made):
        dialog.accept()


@pytest.mark.parametrize(
    ("title", "place", "told"), [("", None, "title"), ("  \t", None, "title"), ("One", " ", "kept")]
)
def test_dialog_that_is_left_empty_says_what_is_missing(
    qtbot: QtBot, dialog: NewProjectDialog, title: str, place: str | None, told: str
) -> None:
    dialog.title.setText(title)
    if place is not None:
        dialog.place.line.setText(place)
    assert told in refused(qtbot, dialog)


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("no/such/folder/x.polyvocal", "there is no folder"),
        (".", "is a folder"),
        ("~nobody-of-this-name/x", "there is no folder"),
        ("x" * 400, "too long"),
    ],
)
def test_place_that_cannot_be_is_told_and_nothing_is_left(
    qtbot: QtBot, dialog: NewProjectDialog, folder: Path, place: str, told: str
) -> None:
    dialog.title.setText("One")
    dialog.place.line.setText(place)
    assert told in refused(qtbot, dialog).casefold()
    assert list(folder.iterdir()) == []
    assert dialog.title.text() == "One"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="to the superuser no folder is closed")
def test_folder_that_may_not_be_written_is_told(qtbot: QtBot, dialog: NewProjectDialog, folder: Path) -> None:
    folder.chmod(0o500)
    dialog.title.setText("One")
    told = refused(qtbot, dialog)
    folder.chmod(0o700)
    assert "read-only" in told or "refused" in told or "cannot be" in told


def test_title_that_is_too_long_is_told(qtbot: QtBot, dialog: NewProjectDialog, folder: Path) -> None:
    dialog.title.setText("x" * 501)
    assert "the longest is 500" in refused(qtbot, dialog)
    assert list(folder.iterdir()) == []


def test_project_that_is_cancelled_leaves_no_file(folder: Path) -> None:
    job = Job(lambda _job: None)
    job.cancel()
    with pytest.raises(Cancelled):
        make_project("One", folder / "One", None, job)
    assert list(folder.iterdir()) == []


def test_documents_are_proposed_where_no_folder_is_known_any_more(
    settings: Settings, window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _which: str(tmp_path))
    settings[FOLDER] = str(tmp_path / "gone")
    dialog = NewProjectDialog(settings, window)
    dialog.title.setText("One")
    assert dialog.place.line.text() == str(tmp_path / "One.polyvocal")


def test_closing_one_that_was_filled_in_asks_first(
    qtbot: QtBot, dialog: NewProjectDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialog, "_may_discard", lambda: False)
    dialog.title.setText("One")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    dialog.title.setText("")
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Nine tables", "Nine tables.polyvocal"),
        ("Who decides? A/B: \\ <1> | *", "Who decides A B 1.polyvocal"),
        ("Étude à l’hôpital 👩‍⚕️", "Étude à l’hôpital 👩‍⚕️.polyvocal"),
        ("دراسة", "دراسة.polyvocal"),
        ("con", "con project.polyvocal"),
        ("COM1.notes", "COM1.notes project.polyvocal"),
        (" ...hidden. ", "hidden.polyvocal"),
        ("???", ""),
        ("", ""),
    ],
)
def test_name_of_a_file_is_one_that_every_system_takes(title: str, name: str) -> None:
    assert file_name_of(title) == name


def test_name_of_a_file_is_cut_between_characters() -> None:
    name = file_name_of("病房" * 100)
    assert len(name.encode()) <= 130
    assert set(name.removesuffix(".polyvocal")) == set("病房")
