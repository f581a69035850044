"""The import table shows what was found of each file, problems first; a person corrects it there before it is taken."""

import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from polyvocal.domain.records import Authorship, Source
from polyvocal.domain.words import SourceKind
from polyvocal.exchange.about.found import Field
from polyvocal.gui.dialogs.form import NamesField
from polyvocal.gui.dialogs.import_columns import FIELDS, WIDTHS, Column, heads
from polyvocal.gui.dialogs.import_rows import Becomes
from polyvocal.gui.dialogs.pinned import PinnedColumn
from polyvocal.gui.sitting import Sitting
from polyvocal.services.queries.listing import list_presence
from tests.conftest import TEXTS
from tests.gui.conftest import settle
from tests.gui.import_steps import Opened, at, cell, have_read, imported, put, select, sources, written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Accounts that say who wrote them in different ways, and some that leave it in doubt."""
    folder = tmp_path / "notes"
    for name, text in {
        "before/Wren 2024-05-13.txt": "The train was late.\n",
        "corridor.txt": "Observer: Ilse\nSession: Corridor\nTime: 10:45-11:20\n\nTwo nurses laugh.\n",
        "odd.md": "---\nobserver: Wrenn\nevent: Launch\ndate: 5/6/2024\n---\nOdd.\n",
        "plain.txt": "Nobody says whose.\n",
        "picture.gif": "GIF8",
        "empty.txt": "",
    }.items():
        written(folder / name, text)
    return folder


def test_folder_is_shown_with_what_was_found_and_problems_first(opened: Opened, folder: Path) -> None:
    dialog = opened(folder)
    names = [row.given.name for row in dialog.model.rows]
    assert names == ["empty.txt", "odd.md", "plain.txt", "Wren 2024-05-13.txt", "corridor.txt"]
    assert cell(dialog, "Wren 2024-05-13.txt", Column.OBSERVERS) == "Wren"
    assert cell(dialog, "Wren 2024-05-13.txt", Column.PHASE) == "Before"
    assert cell(dialog, "corridor.txt", Column.SESSION) == "Corridor"
    assert cell(dialog, "corridor.txt", Column.OBSERVED_FROM) == "2024-05-14 10:45"
    assert cell(dialog, "plain.txt", Column.OBSERVERS) == "not said yet"
    assert cell(dialog, "odd.md", Column.OBSERVERS) == "Wrenn (new)"
    assert "2024-06-05 or 2024-05-06" in str(cell(dialog, "odd.md", Column.TELLS))
    assert "1 in the folders are of a kind that is not read" in dialog.notice.words.text()
    assert "picture.gif" in dialog.notice.toolTip()


def test_origin_of_a_value_is_told_quietly(opened: Opened, folder: Path) -> None:
    dialog = opened(folder)
    dialog.table.setCurrentIndex(dialog.model.index(at(dialog, "corridor.txt"), Column.SESSION))
    assert "head of the text" in str(cell(dialog, "corridor.txt", Column.SESSION, Qt.ItemDataRole.ToolTipRole))
    assert "Observers, session: head of the text" in dialog.below.detail.text()


def test_whole_folder_comes_in_with_the_right_observers_and_phases(
    qtbot: QtBot, sitting: Sitting, opened: Opened, folder: Path
) -> None:
    dialog = opened(folder)
    dialog._on_leave_out()
    put(dialog, at(dialog, "odd.md"), Column.OBSERVERS, "Wren")
    put(dialog, at(dialog, "odd.md"), Column.OBSERVED_FROM, "6 May 2024, 2pm")
    dialog.fields.observers.setText("Bashir")
    _, page = imported(qtbot, dialog)
    rows = sources(sitting)
    assert rows["corridor"].observers == ("Ilse",)
    assert rows["plain"].observers == ("Bashir",)
    assert (rows["Wren 2024-05-13"].observers, rows["Wren 2024-05-13"].phase) == (("Wren",), "before")
    assert (rows["odd"].observers, rows["odd"].observed_from) == (("Wren",), "2024-05-06T14:00")
    assert "picture.gif" in page


def test_doubt_is_settled_by_typing_or_by_choosing_what_was_asked(opened: Opened, folder: Path) -> None:
    dialog = opened(folder)
    row = dialog.model.rows[at(dialog, "odd.md")]
    actions = {one.text(): one for one in dialog.table.menu_for(row).actions()}
    actions["Observers: Wren"].trigger()
    assert cell(dialog, "odd.md", Column.OBSERVERS) == "Wren"
    actions["Observed from: 2024-05-06"].trigger()
    assert row.doubts == ()
    assert str(cell(dialog, "odd.md", Column.TELLS)).startswith("1 word")


def test_what_is_told_below_of_the_current_file_follows_what_is_typed(opened: Opened, tmp_path: Path) -> None:
    head = "Observer: Wren\nEvent: Launch\nSession: Plenry\n\n"
    dialog = opened(written(tmp_path / "note.txt", f"{head}Rain.\n"))
    select(dialog, Column.SESSION, 0)
    assert "is it 'Plenary'?" in dialog.below.detail.text()
    put(dialog, 0, Column.SESSION, "Plenary")
    assert "Plenry" not in dialog.below.detail.text()


def test_current_row_stays_in_sight_when_it_changes_its_place(opened: Opened, tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"{number:02}.txt").write_text(f"Nobody speaks at table {number}.")
    dialog = opened(*sorted(tmp_path.glob("*.txt")))
    row = dialog.model.rows[0]
    dialog.table.setCurrentIndex(dialog.model.index(0, Column.OBSERVERS))
    row.typed[Field.OBSERVERS] = ("Ilse",)  # the others lack an observer: it is a problem no more
    dialog.model.show_common({})
    assert dialog.table.current is row
    assert dialog.table.currentIndex().row() == 59
    seen = dialog.table.viewport().rect()
    assert seen.contains(dialog.table.visualRect(dialog.table.currentIndex()))


def test_emptied_cell_leaves_it_to_what_is_said_of_all(opened: Opened, folder: Path) -> None:
    dialog = opened(folder)
    dialog.fields.observers.setText("Bashir")
    assert cell(dialog, "plain.txt", Column.OBSERVERS) == "Bashir"
    assert cell(dialog, "corridor.txt", Column.OBSERVERS) == "Ilse"
    put(dialog, at(dialog, "corridor.txt"), Column.OBSERVERS, "")
    assert cell(dialog, "corridor.txt", Column.OBSERVERS) == "Bashir"


def test_session_said_of_all_is_not_said_of_a_file_about_another_event(opened: Opened, folder: Path) -> None:
    dialog = opened(folder)
    put(dialog, at(dialog, "plain.txt"), Column.EVENT, "Another")
    dialog.fields.event_box.setEditText("Launch")
    dialog.fields.session_box.setEditText("Plenary")
    assert cell(dialog, "plain.txt", Column.SESSION) == ""
    assert cell(dialog, "Wren 2024-05-13.txt", Column.SESSION) == "Plenary"


def test_cell_is_filled_down_into_the_selected_rows(qtbot: QtBot, opened: Opened, folder: Path) -> None:
    dialog = opened(folder)
    rows = [at(dialog, name) for name in ("plain.txt", "Wren 2024-05-13.txt", "corridor.txt")]
    put(dialog, rows[0], Column.EVENT, "Launch")
    select(dialog, Column.EVENT, *rows)
    qtbot.keyClick(dialog.table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    dialog.table.fill_down()
    assert [dialog.model.rows[row].values(Field.EVENT) for row in rows] == [("Launch",)] * 3


def test_what_was_typed_filled_down_or_chosen_is_undone_step_by_step(
    qtbot: QtBot, opened: Opened, folder: Path
) -> None:
    dialog = opened(folder)
    before = [dict(row.whole) for row in dialog.model.rows]
    put(dialog, at(dialog, "plain.txt"), Column.OBSERVERS, "Ilse")
    select(dialog, Column.OBSERVERS, *range(len(before)))
    dialog.table.fill_down()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    dialog.table.setFocus()
    for chosen in (True, True, True):
        qtbot.keyClick(dialog.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert all(row.chosen is chosen for row in dialog.model.rows)
    assert [dict(row.whole) for row in dialog.model.rows] == before
    dialog.model.undo()
    assert not any(row.typed for row in dialog.model.rows)


def test_only_problems_are_shown_if_asked(opened: Opened, folder: Path) -> None:
    dialog = opened(folder)
    dialog.names.only_problems.setChecked(True)
    shown = [row.given.name for number, row in enumerate(dialog.model.rows) if not dialog.table.isRowHidden(number)]
    assert shown == ["empty.txt", "odd.md", "plain.txt"]
    dialog.names.only_problems.setChecked(False)
    assert not any(dialog.table.isRowHidden(number) for number in range(len(dialog.model.rows)))


@pytest.mark.parametrize(
    ("column", "kind", "offered"),
    [(Column.PHASE, QComboBox, "Before"), (Column.KIND, QComboBox, "Transcript"), (Column.EVENT, QLineEdit, "Launch")],
)
def test_cell_is_edited_in_place_with_what_there_is(
    qtbot: QtBot, opened: Opened, folder: Path, column: Column, kind: type[QWidget], offered: str
) -> None:
    dialog = opened(folder)
    dialog.table.setFocus()
    dialog.table.setCurrentIndex(dialog.model.index(at(dialog, "plain.txt"), column))
    qtbot.keyClick(dialog.table, Qt.Key.Key_F2)
    (editor,) = dialog.table.viewport().findChildren(kind)
    if isinstance(editor, QComboBox):
        assert offered in [editor.itemText(number) for number in range(editor.count())]
    else:
        assert isinstance(editor, QLineEdit)
        completer = editor.completer()
        assert completer is not None
        assert completer.model().index(0, 0).data() == offered


def test_time_that_cannot_be_read_is_told_and_stands_in_the_way(sitting: Sitting, opened: Opened, folder: Path) -> None:
    before = sources(sitting)
    dialog = opened(folder / "corridor.txt")
    put(dialog, 0, Column.WRITTEN_AT, "after lunch")
    assert "after lunch" in str(cell(dialog, "corridor.txt", Column.TELLS))
    dialog.accept()
    assert "'after lunch'" in dialog.fault.text()
    assert sources(sitting) == before


def test_time_without_a_day_is_of_the_day_in_the_row(opened: Opened, folder: Path) -> None:
    dialog = opened(folder / "corridor.txt")
    put(dialog, 0, Column.WRITTEN_AT, "9:30 pm")
    assert cell(dialog, "corridor.txt", Column.WRITTEN_AT) == "2024-05-14 21:30"


# --- names of files --------------------------------------------------------------------------------------------------


def test_pattern_is_proposed_and_what_it_finds_is_shown_as_it_is_typed(
    qtbot: QtBot, sitting: Sitting, opened: Opened, tmp_path: Path
) -> None:
    for name in ("Wren 2024-05-13", "Ilse 2024-05-14", "Zoe at 2024-05-14"):
        written(tmp_path / f"{name}.txt", name)
    dialog = opened(*sorted(tmp_path.glob("*.txt")))
    assert dialog.names.pattern.text() == "{observer} {date}"
    assert "observers 2" in dialog.names.finds.text()
    dialog.names.pattern.selectAll()
    qtbot.keyClicks(dialog.names.pattern, "{observer} at {date}")
    qtbot.waitUntil(lambda: cell(dialog, "Zoe at 2024-05-14.txt", Column.OBSERVERS) == "Zoe (new)", timeout=10_000)
    settle(qtbot, sitting)
    assert "does not fit the pattern" in str(cell(dialog, "Wren 2024-05-13.txt", Column.TELLS))
    qtbot.keyClicks(dialog.names.pattern, "{who}")
    qtbot.waitUntil(lambda: "{who}" in dialog.names.finds.text(), timeout=10_000)


# --- what is there already -------------------------------------------------------------------------------------------


def test_observer_whom_a_head_names_is_recognised_in_the_names_of_other_files(opened: Opened, tmp_path: Path) -> None:
    written(tmp_path / "kitchen.txt", "Observer: Maria Rossi\nDate: 2016-04-11\n\nTea.\n")
    written(tmp_path / "Maria Rossi 2016-04-12.txt", "They wait.\n")
    dialog = opened(tmp_path)
    assert [row.values(Field.OBSERVERS) for row in dialog.model.rows] == [("Maria Rossi",)] * 2


def test_example_of_a_pattern_does_not_look_like_one_that_is_used(opened: Opened, tmp_path: Path) -> None:
    dialog = opened(written(tmp_path / "kitchen.txt", "Tea.\n"))
    assert dialog.names.pattern.text() == ""
    assert dialog.names.pattern.placeholderText().startswith("no pattern")


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    return written(tmp_path / "Plenary, Wren.txt", TEXTS["Plenary, Wren"].replace("microphone", "loudspeaker"))


def test_changed_file_is_offered_as_a_new_version_and_becomes_one(
    qtbot: QtBot, sitting: Sitting, opened: Opened, changed: Path
) -> None:
    before = sources(sitting)
    dialog = opened(changed)
    assert "becomes a new version" in str(cell(dialog, changed.name, Column.TELLS))
    _, page = imported(qtbot, dialog)
    assert sources(sitting).keys() == before.keys()
    assert "New versions" in page
    assert "4 passages found again by comparing" in page


def test_changed_file_becomes_a_source_of_its_own_if_that_is_chosen(
    qtbot: QtBot, sitting: Sitting, opened: Opened, changed: Path
) -> None:
    before = sources(sitting)
    dialog = opened(changed)
    put(dialog, 0, Column.TELLS, Becomes.SEPARATE.name)
    put(dialog, 0, Column.TITLE, "Plenary again")
    dialog.fields.observers.setText("Wren")
    imported(qtbot, dialog)
    assert sources(sitting).keys() - before.keys() == {"Plenary again"}


# --- folders, archives, templates ------------------------------------------------------------------------------------


def test_zip_that_is_added_is_read_and_a_folder_can_be_chosen(
    qtbot: QtBot, sitting: Sitting, opened: Opened, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("Day 1/a.txt", "Observer: Wren\nSession: Plenary\n\nWords.")
    dialog = opened(tmp_path / "all.zip")
    assert cell(dialog, "a.txt", Column.SESSION) == "Plenary"
    qtbot.mouseClick(dialog.below.folder, Qt.MouseButton.LeftButton)
    (chooser,) = dialog.findChildren(QFileDialog)
    assert chooser.fileMode() is QFileDialog.FileMode.Directory
    (tmp_path / "inner").mkdir()
    written(tmp_path / "inner" / "b.txt", "More.")
    chooser.filesSelected.emit([str(tmp_path / "inner")])
    chooser.reject()
    have_read(qtbot, sitting, dialog)
    assert {row.given.name for row in dialog.model.rows} == {"a.txt", "b.txt"}


def test_files_of_one_name_in_several_zips_are_all_read_and_those_that_are_added_again_are_not(
    opened: Opened, qtbot: QtBot, sitting: Sitting, tmp_path: Path
) -> None:
    archives = [tmp_path / day / "week.zip" for day in ("monday", "tuesday")]
    for archive in archives:
        archive.parent.mkdir()
        with zipfile.ZipFile(archive, "w") as file:
            file.writestr("note.txt", f"Rain on {archive.parent.name}.")
            file.writestr("note\x01.txt", f"Tea on {archive.parent.name}.")
            file.writestr("note\x02.txt", f"Talk on {archive.parent.name}.")
    dialog = opened(*archives)
    assert len({row.incoming.text for row in dialog.model.rows if row.incoming}) == 6
    dialog.add(archives)
    have_read(qtbot, sitting, dialog)
    assert len(dialog.model.rows) == 6


def test_what_is_left_out_of_folders_is_told_by_why(opened: Opened, tmp_path: Path) -> None:
    written(tmp_path / "all" / "week.zip", "no zip")
    written(tmp_path / "all" / "one.gif", "GIF8")
    written(tmp_path / "all" / "two.gif", "GIF8")
    dialog = opened(tmp_path / "all")
    words = dialog.notice.words.text()
    assert "week.zip is no .zip, or is damaged" in words
    assert "2 in the folders are of a kind that is not read." in words


def test_table_is_shown_and_comes_in_a_row_a_source(
    qtbot: QtBot, sitting: Sitting, opened: Opened, tmp_path: Path
) -> None:
    log = written(
        tmp_path / "log.csv", "Observer,Date,Text\nIlse,14 May 2024,Tea is late.\nWren,2024-05-14,They turn.\n"
    )
    dialog = opened(log)
    assert [row.name for row in dialog.model.rows] == ["log.csv, row 2", "log.csv, row 3"]
    assert [row.values(Field.OBSERVERS) for row in dialog.model.rows] == [("Ilse",), ("Wren",)]
    assert dialog.ok.text() == "Import 2 files"
    imported(qtbot, dialog)
    assert sources(sitting)["log, row 3"].observers == ("Wren",)


def test_account_that_tells_who_was_present_notes_it(
    qtbot: QtBot, sitting: Sitting, opened: Opened, tmp_path: Path
) -> None:
    text = "Observer: Ilse\nSession: Corridor\nPresent: Wren, Ward 4\n\nWords."
    dialog = opened(written(tmp_path / "a.txt", text))
    imported(qtbot, dialog)
    with sitting.bus.file.view() as view:
        there = {(one.person, one.doing) for one in list_presence(view) if one.session == "Corridor"}
    assert {("Ilse", "observing"), ("Wren", "taking-part")} <= there


def test_thousand_files_are_shown_and_sorted(opened: Opened, tmp_path: Path) -> None:
    for number in range(1_000):
        written(tmp_path / f"Wren {number}.txt", f"Words {number}.")
    written(tmp_path / "zz.txt", "")
    dialog = opened(tmp_path)
    assert len(dialog.model.rows) == 1_001
    assert dialog.model.rows[0].given.name == "zz.txt"
    assert dialog.model.rows[1].values(Field.OBSERVERS) == ("Wren",)


# --- all that is found is there --------------------------------------------------------------------------------------


def test_every_field_has_a_column() -> None:
    assert set(FIELDS.values()) == set(Field)
    assert len(heads()) == len(Column) == len(WIDTHS)


ALL = (
    "Observer: Ilse\nStanding: research team\nPosition: Table 3, by the door\nEvent: Launch\nSession: Corridor\n"
    "Phase: during\nObserved from: 10:45\nObserved to: 11:20\nWritten at: 2024-05-14 21:30\nPresent: Wren; Ward 4\n\nWords."
)


def test_all_that_a_head_says_is_shown(opened: Opened, tmp_path: Path) -> None:
    dialog = opened(written(tmp_path / "a.txt", ALL))
    shown = {column: cell(dialog, "a.txt", column) for column in FIELDS}
    assert shown == {
        Column.TITLE: "a",
        Column.OBSERVERS: "Ilse",
        Column.STANDING: "research team",
        Column.POSITION: "Table 3, by the door",
        Column.EVENT: "Launch",
        Column.SESSION: "Corridor",
        Column.PHASE: "During",
        Column.OBSERVED_FROM: "2024-05-14 10:45",
        Column.OBSERVED_TO: "2024-05-14 11:20",
        Column.WRITTEN_AT: "2024-05-14 21:30",
        Column.PRESENT: "Wren; Ward 4",
        Column.KIND: "Fieldnote",
        Column.NOTE: "",
    }
    assert "position, who was present" in dialog.model.origins_of(dialog.model.rows[0])


def test_position_and_who_was_present_are_corrected_in_the_table(
    qtbot: QtBot, sitting: Sitting, opened: Opened, tmp_path: Path
) -> None:
    dialog = opened(written(tmp_path / "a.txt", ALL))
    put(dialog, 0, Column.POSITION, "Table 4")
    put(dialog, 0, Column.PRESENT, "Bashir")
    imported(qtbot, dialog)
    with sitting.bus.file.view() as view:
        (source,) = view.find(Source, title="a")
        assert [one.position for one in view.find(Authorship, source=source.id)] == ["Table 4"]
        there = {(one.person, one.doing) for one in list_presence(view) if one.session == "Corridor"}
    assert there == {("Bashir", "taking-part"), ("Ilse", "observing")}


def test_emptied_list_of_who_was_present_notes_nobody(
    qtbot: QtBot, sitting: Sitting, opened: Opened, tmp_path: Path
) -> None:
    dialog = opened(written(tmp_path / "a.txt", ALL))
    put(dialog, 0, Column.PRESENT, "")
    imported(qtbot, dialog)
    with sitting.bus.file.view() as view:
        assert {one.person for one in list_presence(view) if one.session == "Corridor"} == {"Bashir"}  # as before


def test_names_of_people_and_groups_are_offered_for_who_was_present(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    dialog = opened(written(tmp_path / "a.txt", ALL))
    dialog.table.setFocus()
    dialog.table.setCurrentIndex(dialog.model.index(0, Column.PRESENT))
    qtbot.keyClick(dialog.table, Qt.Key.Key_F2)
    (editor,) = dialog.table.viewport().findChildren(NamesField)
    assert editor.text() == "Wren; Ward 4"
    assert {"Bashir", "Lay panel", "Ward 4"} <= set(editor.offered)


def test_note_that_they_were_written_up_as_makes_jottings_of_them(
    qtbot: QtBot, sitting: Sitting, opened: Opened, tmp_path: Path
) -> None:
    dialog = opened(written(tmp_path / "a.txt", "Observer: Wren\nEvent: Launch\n\nbadge. coffee."))
    put(dialog, 0, Column.NOTE, "Plenary, Nobody")
    assert cell(dialog, "a.txt", Column.KIND) == "Jottings"
    dialog.accept()
    assert dialog.fault.text().startswith("There is no source “Plenary, Nobody”")
    put(dialog, 0, Column.NOTE, "plenary, wren")
    imported(qtbot, dialog)
    with sitting.bus.file.view() as view:
        (jottings,) = view.find(Source, title="a")
        (note,) = view.find(Source, title="Plenary, Wren")
    assert (jottings.kind, jottings.note) == (SourceKind.JOTTINGS, note.id)


def test_what_would_not_be_kept_as_the_row_stands_is_told(opened: Opened, tmp_path: Path) -> None:
    dialog = opened(written(tmp_path / "a.txt", "Words."))
    put(dialog, 0, Column.KIND, "paper")
    put(dialog, 0, Column.POSITION, "By the door")
    assert "name the observer" in str(cell(dialog, "a.txt", Column.TELLS))
    put(dialog, 0, Column.POSITION, "")
    put(dialog, 0, Column.NOTE, "Plenary, Wren")
    assert "Only jottings" in str(cell(dialog, "a.txt", Column.TELLS))


# --- the column that stays in sight ----------------------------------------------------------------------------------


def test_names_of_files_stay_in_sight_beside_the_last_columns(qtbot: QtBot, opened: Opened, folder: Path) -> None:
    dialog = opened(folder)
    (pinned,) = dialog.table.findChildren(PinnedColumn)
    dialog.table.setCurrentIndex(dialog.model.index(0, Column.NOTE))
    assert dialog.table.horizontalScrollBar().value() > 0
    assert pinned.isVisible()
    assert pinned.columnWidth(0) == dialog.table.columnWidth(0) == pinned.width()
    assert pinned.columnViewportPosition(0) == 0
    dialog.table.setFocus()
    for _ in range(len(Column) - 2):
        qtbot.keyClick(dialog.table, Qt.Key.Key_Left)
        seen = dialog.table.visualRect(dialog.table.currentIndex())
        assert seen.left() >= pinned.width()  # never below it
    assert pinned.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_column_in_sight_hides_what_the_table_hides_and_takes_its_width(opened: Opened, folder: Path) -> None:
    dialog = opened(folder)
    (pinned,) = dialog.table.findChildren(PinnedColumn)
    dialog.names.only_problems.setChecked(True)
    hidden = [dialog.table.isRowHidden(row) for row in range(dialog.model.rowCount())]
    assert any(hidden)
    assert [pinned.isRowHidden(row) for row in range(dialog.model.rowCount())] == hidden
    dialog.table.setColumnWidth(Column.FILE, 333)
    assert pinned.width() == pinned.columnWidth(0) == 333
    pinned.setColumnWidth(0, 222)
    assert dialog.table.columnWidth(Column.FILE) == 222


def test_box_of_a_file_is_cleared_by_a_click_in_the_column_in_sight(opened: Opened, folder: Path) -> None:
    dialog = opened(folder / "plain.txt")
    (pinned,) = dialog.table.findChildren(PinnedColumn)
    place = pinned.visualRect(dialog.model.index(0, 0))
    QTest.mouseClick(
        pinned.viewport(), Qt.MouseButton.LeftButton, pos=place.topLeft() + QPoint(10, place.height() // 2)
    )
    assert not dialog.model.rows[0].chosen
