"""Files are read, what is wrong with any is told at once, and they come in as one step, or not at all."""

import os
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from polyvocal.domain.records import Event as Gathering
from polyvocal.domain.records import ImportNote, Person, Source, SourceVersion
from polyvocal.domain.words import SourceKind, Standing
from polyvocal.exchange.about.found import Field
from polyvocal.exchange.about.rows import Manner, accounts_in
from polyvocal.exchange.readers.given import GivenFile, file_on_disk
from polyvocal.gui.bus import OURS, Job
from polyvocal.gui.dialogs import import_reading
from polyvocal.gui.dialogs import progress as progress_module
from polyvocal.gui.dialogs.form import NamesField
from polyvocal.gui.dialogs.import_columns import Column
from polyvocal.gui.dialogs.import_files import ImportDialog
from polyvocal.gui.dialogs.import_reading import Outcome, Reading, read_file
from polyvocal.gui.dialogs.import_result import ImportedDialog
from polyvocal.gui.dialogs.progress import Progress
from polyvocal.gui.sitting import Place, Sitting
from polyvocal.gui.theme import Theme
from tests.conftest import TEXTS
from tests.gui.conftest import settle
from tests.gui.import_steps import Opened, choose_kind, clear, have_read, imported, put, sources, tells, written


@pytest.fixture
def notes(tmp_path: Path) -> list[Path]:
    """Three plain files."""
    return [written(tmp_path / f"note {name}.txt", f"Account {name}.") for name in ("a", "b", "c")]


# --- taking them in --------------------------------------------------------------------------------------------------


def test_files_come_in_as_one_step_with_what_was_said_of_all(
    qtbot: QtBot, sitting: Sitting, opened: Opened, notes: list[Path]
) -> None:
    before = sources(sitting)
    dialog = opened(*notes)
    assert dialog.ok.text() == "Import 3 files"
    dialog.fields.observers.setText("Wren")
    dialog.fields.event_box.setEditText("Launch")
    dialog.fields.session_box.setEditText("Corridor")
    result, page = imported(qtbot, dialog)
    assert [one.title for one, _ in result.sources] == ["note a", "note b", "note c"]
    assert "Whole, with nothing left out" in page
    after = sources(sitting)
    assert {after[f"note {name}"].session for name in "abc"} == {"Corridor"}
    assert {after[f"note {name}"].observers for name in "abc"} == {("Wren",)}
    sitting.bus.file.undo()
    assert sources(sitting) == before


def test_each_file_may_have_its_own_title_and_observers(
    qtbot: QtBot, sitting: Sitting, opened: Opened, notes: list[Path]
) -> None:
    dialog = opened(*notes)
    dialog.fields.observers.setText("Wren")
    shown = dialog.model.index(1, Column.OBSERVERS)
    assert shown.data() == "Wren"
    assert shown.data(Qt.ItemDataRole.EditRole) == ""
    put(dialog, 1, Column.OBSERVERS, " Nia ;Petra; ")
    put(dialog, 2, Column.OBSERVERS, "Ilse")
    put(dialog, 0, Column.TITLE, "Day 1 \U0001f682")
    assert dialog.fields.standing.isEnabled()
    dialog.fields.standing.setCurrentIndex(dialog.fields.standing.findData(str(Standing.LAY_PANEL)))
    imported(qtbot, dialog)
    rows = sources(sitting)
    assert rows["Day 1 \U0001f682"].observers == ("Wren",)
    assert rows["Day 1 \U0001f682"].standing == Standing.ETHNOGRAPHER
    assert set(rows["note b"].observers) == {"Nia", "Petra"}
    assert rows["note b"].standing == Standing.LAY_PANEL
    assert rows["note c"].standing == Standing.RESEARCH_TEAM


def test_observer_of_one_file_is_typed_in_the_table_and_completed(
    qtbot: QtBot, sitting: Sitting, opened: Opened, notes: list[Path]
) -> None:
    dialog = opened(*notes)
    assert dialog.focusWidget() is dialog.table
    dialog.table.setCurrentIndex(dialog.model.index(0, Column.OBSERVERS))
    qtbot.keyClick(dialog.table, Qt.Key.Key_F2)
    (editor,) = dialog.table.findChildren(NamesField)
    assert "Bashir" in editor.offered
    qtbot.keyClicks(editor, "Nia; bas")
    offered = editor._completer.popup()
    assert offered is not None
    assert offered.isVisible()
    qtbot.keyClick(offered, Qt.Key.Key_Down)
    qtbot.keyClick(offered, Qt.Key.Key_Return)
    qtbot.keyPress(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.model.rows[0].values(Field.OBSERVERS) == ("Nia", "Bashir"))
    assert dialog.isVisible()


def test_fieldnotes_without_an_observer_are_named_and_nothing_comes_in(
    sitting: Sitting, opened: Opened, notes: list[Path]
) -> None:
    before = sources(sitting)
    dialog = opened(*notes)
    put(dialog, 1, Column.OBSERVERS, "Wren")
    dialog.accept()
    assert dialog.fault.text().startswith("A fieldnote has an observer")
    assert dialog.fault.text().endswith("Missing: note a.txt, note c.txt.")
    assert dialog.focusWidget() is dialog.fields.observers
    assert sources(sitting) == before


def test_papers_need_no_observer(qtbot: QtBot, empty_sitting: Sitting, opened: Opened, notes: list[Path]) -> None:
    dialog = opened(*notes, at=empty_sitting)
    choose_kind(dialog, SourceKind.PAPER)
    imported(qtbot, dialog)
    assert {row.kind for row in sources(empty_sitting).values()} == {SourceKind.PAPER}


@pytest.mark.parametrize("title", ["", " \t "])
def test_file_without_a_title_is_named(sitting: Sitting, opened: Opened, notes: list[Path], title: str) -> None:
    dialog = opened(*notes)
    dialog.fields.observers.setText("Wren")
    put(dialog, 1, Column.TITLE, title)
    dialog.accept()
    assert dialog.fault.text() == "A title is missing, of note b.txt."
    assert [row.given.name for row in dialog.table.selected()] == ["note b.txt"]


def test_what_the_service_refuses_is_told_and_the_dialog_stays(
    qtbot: QtBot, sitting: Sitting, opened: Opened, notes: list[Path]
) -> None:
    before = sources(sitting)
    dialog = opened(*notes)
    dialog.fields.observers.setText("Nia")
    put(dialog, 2, Column.TITLE, "x" * 501)
    dialog.accept()
    settle(qtbot, sitting)
    assert "the longest is 500" in dialog.fault.text()
    assert dialog.isEnabled()
    assert sources(sitting) == before
    with sitting.bus.file.view() as view:
        assert view.find(Person, name="Nia") == []


# --- files that are hard to read -------------------------------------------------------------------------------------


def test_file_that_cannot_be_read_is_told_at_once_and_left_out_only_by_the_person(
    qtbot: QtBot, sitting: Sitting, opened: Opened, notes: list[Path], tmp_path: Path
) -> None:
    bad = [
        written(tmp_path / "scan.pdf", b"%PDF-1.7"),
        written(tmp_path / "sound.wav", b"RIFF"),
        written(tmp_path / "empty.txt", ""),
        written(tmp_path / "picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        written(tmp_path / "not really.docx", "only words"),
        written(tmp_path / "no ending", "words"),
        tmp_path / "gone.txt",
    ]
    before = sources(sitting)
    dialog = opened(notes[0], *bad)
    dialog.fields.observers.setText("Wren")
    assert [row.given.name for row in dialog.model.rows] == [*(path.name for path in bad), "note a.txt"]
    said = dict(zip([path.name for path in bad], tells(dialog), strict=False))
    assert said["scan.pdf"].startswith("Is no PDF, or is damaged")
    assert said["sound.wav"].startswith("Cannot be read: files that end in .wav are not known")
    assert said["empty.txt"].startswith("Is empty")
    assert "pictures" in said["picture.txt"]
    assert "docx" in said["not really.docx"].casefold() or "Word" in said["not really.docx"]
    assert "without an ending" in said["no ending"]
    assert said["gone.txt"] == "Is not there any more."
    assert dialog.notice.words.text() == "7 of 8 files cannot be read."
    dialog.accept()
    assert dialog.fault.text().startswith("Nothing was imported.")
    assert sources(sitting) == before
    qtbot.mouseClick(dialog.notice.leave_out_button, Qt.MouseButton.LeftButton)
    assert not dialog.notice.isVisible()
    assert [row.given.name for row in dialog.chosen] == ["note a.txt"]
    _, page = imported(qtbot, dialog)
    assert "Not taken in" in page
    assert "sound.wav: Cannot be read" in page
    assert len(sources(sitting)) == len(before) + 1


def test_boxes_of_the_selected_rows_are_cleared_with_space(
    qtbot: QtBot, sitting: Sitting, opened: Opened, notes: list[Path]
) -> None:
    dialog = opened(*notes)
    dialog.table.setCurrentIndex(dialog.model.index(0, Column.FILE))
    qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    assert dialog.ok.text() == "Import 2 files"
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    assert dialog.ok.text() == "Import 3 files"
    for row in range(3):
        clear(dialog, row)
    dialog.fields.observers.setText("Wren")
    dialog.accept()
    assert dialog.fault.text().startswith("No file is to be imported")


def test_what_is_known_already_is_told_before_and_after_and_not_doubled(
    qtbot: QtBot, sitting: Sitting, opened: Opened, notes: list[Path], tmp_path: Path
) -> None:
    known = written(tmp_path / "again.txt", TEXTS["Corridor, Bashir"])
    twin = written(tmp_path / "twin.txt", notes[0].read_bytes())
    dialog = opened(notes[0], known, twin)
    assert tells(dialog) == [
        "2 words",
        "In the project already, as “Corridor, Bashir”: it is not doubled.",
        "The same text as note a.txt: it is taken in once.",
    ]
    assert dialog.ok.text() == "Import 1 file"
    clear(dialog, 0)
    assert dialog.ok.text() == "Import 1 file"  # the twin comes in its place
    assert tells(dialog)[2] == "2 words"
    dialog.fields.observers.setText("Wren")
    result, page = imported(qtbot, dialog)
    assert [one.title for one, _ in result.sources] == ["twin"]
    assert [title for _, title in result.known] == ["Corridor, Bashir"]
    assert "again.txt: the same text as “Corridor, Bashir”" in page


def test_nothing_new_is_said_to_be_nothing(
    qtbot: QtBot, sitting: Sitting, opened: Opened, tmp_path: Path, window: QWidget
) -> None:
    before = sources(sitting)
    dialog = opened(written(tmp_path / "again.txt", TEXTS["On the train"]))
    dialog.fields.observers.setText("Somebody new")
    imported(qtbot, dialog)
    (page,) = window.findChildren(ImportedDialog)
    assert page.accessibleDescription() == "Nothing was imported"
    assert sources(sitting) == before


def test_file_is_taken_once_however_often_it_is_chosen(
    qtbot: QtBot, sitting: Sitting, opened: Opened, notes: list[Path]
) -> None:
    dialog = opened(*notes, notes[0])
    dialog.add(notes[1:])
    have_read(qtbot, sitting, dialog)
    assert len(dialog.model.rows) == 3


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "pipe" in str(read_file(file_on_disk(tmp_path / "pipe.txt")).fault)


def test_reader_that_fails_keeps_the_others_and_is_named(
    qtbot: QtBot, sitting: Sitting, opened: Opened, notes: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = accounts_in

    def fails(given: GivenFile, manner: Manner) -> object:
        if given.path == notes[1]:
            raise ZeroDivisionError("secret words")
        return whole(given, manner)

    monkeypatch.setattr(import_reading, "accounts_in", fails)
    dialog = opened(*notes)
    assert tells(dialog) == [OURS, "2 words", "2 words"]  # problems first


def test_path_with_bytes_that_are_no_unicode_is_shown(tmp_path: Path, sitting: Sitting, opened: Opened) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    try:
        path.write_text("words")
    except OSError:
        pytest.skip("this file system takes Unicode names only")
    dialog = opened(path)
    assert dialog.model.rows[0].title == "caf?"
    assert tells(dialog) == ["1 word"]


# --- reading: progress and cancel ------------------------------------------------------------------------------------


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes long is shown as soon as it begins."""
    monkeypatch.setattr(progress_module, "APPEARS_AFTER", 0)


def test_reading_that_is_cancelled_half_way_keeps_what_was_read_and_goes_on_when_asked(
    qtbot: QtBot, sitting: Sitting, window: QWidget, notes: list[Path], monkeypatch: pytest.MonkeyPatch, at_once: None
) -> None:
    go_on, whole, before = Event(), import_reading.read_file, sources(sitting)

    def slowly(given: GivenFile, manner: Manner) -> Outcome:
        if given.path == notes[1]:
            go_on.wait(10)
        return whole(given, manner)

    monkeypatch.setattr(import_reading, "read_file", slowly)
    dialog = ImportDialog(sitting, notes, window)
    dialog.open()
    assert not dialog.ok.isEnabled()
    (progress,) = dialog.findChildren(Progress)
    qtbot.waitUntil(lambda: progress.isVisible() and progress.what.text() == "Reading 2 of 3: note b.txt")
    qtbot.keyClick(progress, Qt.Key.Key_Escape)
    go_on.set()
    have_read(qtbot, sitting, dialog)
    assert tells(dialog) == ["2 words", "2 words", "not read yet"]
    assert dialog.notice.words.text() == "1 were not read: you cancelled."
    dialog.fields.observers.setText("Wren")
    dialog.accept()
    assert "note c.txt" in dialog.fault.text()
    assert sources(sitting) == before
    qtbot.mouseClick(dialog.notice.read_on_button, Qt.MouseButton.LeftButton)
    have_read(qtbot, sitting, dialog)
    assert not dialog.notice.isVisible()
    imported(qtbot, dialog)
    assert len(sources(sitting)) == len(before) + 3


def test_files_that_are_dropped_while_others_are_read_are_read_after_them(
    qtbot: QtBot, sitting: Sitting, window: QWidget, notes: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, whole = Event(), import_reading.read_file

    def slowly(given: GivenFile, manner: Manner) -> Outcome:
        go_on.wait(10)
        return whole(given, manner)

    monkeypatch.setattr(import_reading, "read_file", slowly)
    dialog = ImportDialog(sitting, notes[:1], window)
    dialog.open()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in notes] + [QUrl("https://example.org/x.txt")])
    rest = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(9, 9), *rest)
    dialog.dragEnterEvent(enter)
    assert enter.isAccepted()
    dialog.dropEvent(QDropEvent(QPointF(9, 9), *rest))
    go_on.set()
    have_read(qtbot, sitting, dialog)
    assert tells(dialog) == ["2 words"] * 3


def test_import_that_is_cancelled_half_way_leaves_the_project_as_it_was(
    qtbot: QtBot, sitting: Sitting, opened: Opened, notes: list[Path], monkeypatch: pytest.MonkeyPatch, at_once: None
) -> None:
    before = sources(sitting)
    with sitting.bus.file.view() as view:
        operations = view.operations()
    half_way, whole = Event(), Job.check

    def check(job: Job) -> None:
        """Wait at the second text until the person has cancelled."""
        if half_way.is_set():
            while not job.cancelled:
                half_way.wait(0.005)
        half_way.set()
        whole(job)

    dialog = opened(*notes)
    dialog.fields.observers.setText("Nia")
    dialog.fields.event_box.setEditText("Another gathering")
    monkeypatch.setattr(Job, "check", check)
    dialog.accept()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in dialog.findChildren(Progress)))
    (progress,) = [one for one in dialog.findChildren(Progress) if one.isVisible()]
    qtbot.waitUntil(lambda: progress.what.text() == "Taking in 1 of 3: note a")
    qtbot.keyClick(progress, Qt.Key.Key_Escape)
    settle(qtbot, sitting)
    assert dialog.fault.text() == "Cancelled: everything is as it was before."
    assert sources(sitting) == before
    with sitting.bus.file.view() as view:
        assert view.operations() == operations
        assert view.find(Person, name="Nia") == []
        assert view.find(Gathering, title="Another gathering") == []
    monkeypatch.setattr(Job, "check", whole)
    imported(qtbot, dialog)
    assert len(sources(sitting)) == len(before) + 3


def test_closing_while_files_are_read_stops_the_reading(
    qtbot: QtBot, sitting: Sitting, window: QWidget, notes: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = Event()

    def for_ever(_reading: Reading, job: Job) -> None:
        while not job.cancelled:
            stopped.wait(0.005)
        stopped.set()

    monkeypatch.setattr("polyvocal.gui.dialogs.import_files.read_files", for_ever)
    dialog = ImportDialog(sitting, notes, window)
    dialog.open()
    dialog.reject()
    qtbot.waitUntil(stopped.is_set)


# --- the dialog ------------------------------------------------------------------------------------------------------


def test_empty_dialog_says_what_to_do_and_takes_files(
    qtbot: QtBot, sitting: Sitting, opened: Opened, notes: list[Path]
) -> None:
    dialog = opened()
    assert dialog.below.detail.text().startswith("Drop files here, or add them.")
    assert not dialog.ok.isEnabled()
    assert dialog.focusWidget() is dialog.below.more
    qtbot.mouseClick(dialog.below.more, Qt.MouseButton.LeftButton)
    (chooser,) = dialog.findChildren(QFileDialog)
    assert chooser.nameFilters()[0].startswith("Texts (*.txt *.md")
    chooser.filesSelected.emit([str(path) for path in notes])
    chooser.reject()
    have_read(qtbot, sitting, dialog)
    assert dialog.ok.text() == "Import 3 files"


@pytest.mark.parametrize("column", [Column.TITLE, Column.OBSERVERS])
def test_closing_after_a_change_in_the_table_asks_first(
    qtbot: QtBot, sitting: Sitting, opened: Opened, notes: list[Path], monkeypatch: pytest.MonkeyPatch, column: Column
) -> None:
    dialog = opened(*notes)
    assert not dialog.is_filled_in
    put(dialog, 0, column, "Another")
    monkeypatch.setattr(dialog, "_may_discard", lambda: False)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()


def test_closing_one_that_was_left_alone_asks_nothing(
    qtbot: QtBot, sitting: Sitting, opened: Opened, notes: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(*notes)
    monkeypatch.setattr(dialog, "_may_discard", lambda: pytest.fail("it asked"))
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_nothing_is_imported_into_a_project_for_reading(
    reading_sitting: Sitting, opened: Opened, notes: list[Path]
) -> None:
    dialog = opened(*notes, at=reading_sitting)
    assert not dialog.ok.isEnabled()
    assert "reading only" in dialog.ok.toolTip()
    dialog.fields.observers.setText("Wren")
    dialog.accept()
    assert dialog.isVisible()


def test_table_shows_thousands_of_files(qtbot: QtBot, sitting: Sitting, opened: Opened, tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.txt" for number in range(3000)]
    dialog = opened(*paths)
    assert dialog.model.rowCount() == 3000
    assert dialog.notice.words.text().startswith("3")
    assert not dialog.grab().isNull()


def test_dialog_fits_a_small_screen_in_both_themes(
    sitting: Sitting, opened: Opened, notes: list[Path], theme: Theme
) -> None:
    dialog = opened(*notes)
    theme.choose("dark")
    dialog.resize(900, 600)
    dialog.accept()  # with a fault to show
    assert (dialog.width(), dialog.height()) <= (900, 600)


# --- what is told afterwards -----------------------------------------------------------------------------------------


def test_source_in_the_result_is_a_door_to_it(
    qtbot: QtBot, sitting: Sitting, opened: Opened, notes: list[Path], window: QWidget
) -> None:
    put_name = written(notes[0].with_name("a <b> & c.txt"), "Words of it.")
    dialog = opened(put_name)
    dialog.fields.observers.setText("Wren")
    result, told = imported(qtbot, dialog)
    assert "a <b> & c" in told
    (page,) = window.findChildren(ImportedDialog)
    with qtbot.waitSignal(sitting.place_wanted) as signal:
        page.page.anchorClicked.emit(QUrl(f"source:{result.sources[0][1]}"))
    assert signal.args == [Place(result.sources[0][1])]


# --- files that other people wrote -----------------------------------------------------------------------------------


def test_real_documents_come_in_with_what_was_left_out_told(
    qtbot: QtBot, empty_sitting: Sitting, opened: Opened, shared_data: Path
) -> None:
    documents = shared_data / "documents"
    paths = [
        documents / "docx-revisions" / "tricky-track-changes.docx",
        documents / "pandoc-docx" / "comments_warning.docx",
        documents / "encodings" / "sample-hebrew-2.txt",
        shared_data / "texts" / "gutenberg" / "19368-0-midewiwin-ojibwa.txt",
    ]
    dialog = opened(*paths, at=empty_sitting)
    assert tells(dialog)[3].startswith("68")
    choose_kind(dialog, SourceKind.PAPER)
    result, page = imported(qtbot, dialog)
    assert len(result.sources) == 4
    assert "comment: a memo about the passage" in page
    assert "read as windows-1255" in page
    with empty_sitting.bus.file.view() as view:
        assert view.count(Source) == 4
        assert {note.source for note in view.all(ImportNote)} >= {result.sources[1][1], result.sources[2][1]}
        for one, identity in result.sources:
            (version,) = view.find(SourceVersion, source=identity)
            assert view.text(version.text_hash) == one.text


def test_hostile_files_are_refused_one_by_one(sitting: Sitting, opened: Opened, shared_data: Path) -> None:
    folder = shared_data / "hostile"
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".csv")
    dialog = opened(*paths)
    told = {row.given.name: row for row in dialog.model.rows}
    assert told["docx-broken-xml.docx"].reason
    assert not any(row.reason == OURS for row in told.values())
    readable = {name for name, row in told.items() if row.incoming and row.given.path}  # not those within a .zip
    assert readable <= {"docx-external-template.docx", "docx-xxe.docx"}
