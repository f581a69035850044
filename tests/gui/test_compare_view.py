"""The Compare view as a person uses it: keys and clicks, and what is then on the screen and in the project."""

import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.records import Code, Person, Source
from polyvocal.domain.words import CellState, CodeKind, LayerName, Phase, Standing
from polyvocal.gui.settings import FOLDER
from polyvocal.gui.sitting import Place, Sitting
from polyvocal.gui.views.compare import CompareView, with_day
from polyvocal.gui.views.compare_model import CELL
from polyvocal.services.analysis.compare import Measure, compare
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.codings import add_coding
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.layers import LayerDraft, mark_layers
from polyvocal.services.commands.people import add_person
from polyvocal.services.commands.reading import set_reading
from polyvocal.services.commands.removal import remove
from tests.conftest import TEXTS
from tests.gui.conftest import settle


@pytest.fixture
def view(qtbot: QtBot, sitting: Sitting) -> CompareView:
    """The view on the small project, counted."""
    return shown(qtbot, sitting)


def shown(qtbot: QtBot, sitting: Sitting) -> CompareView:
    view = CompareView(sitting)
    qtbot.addWidget(view)
    view.resize(1200, 800)
    view.show()
    settle(qtbot, sitting)
    return view


def at(view: CompareView, code: str, observer: str) -> Any:
    """The cell of a code and an observer, by their names."""
    model = view.model
    rows = [row for row in range(model.rowCount()) if model.code(row).code.name == code]
    columns = [column for column in range(model.columnCount()) if model.head(column).observer == observer]
    return model.index(rows[0], columns[0])


def words(view: CompareView) -> dict[tuple[str, str], str]:
    """What every cell says."""
    model = view.model
    return {
        (model.code(row).code.name, model.head(column).observer): model.cell(row, column).words
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    }


def act(qtbot: QtBot, view: CompareView, command: Any) -> None:
    """Have something done as another view would, and wait until this one has followed."""
    sitting = view._sitting
    sitting.bus.act(command)
    settle(qtbot, sitting)
    qtbot.waitUntil(lambda: not view._settling.isActive() and not view.passages._settling.isActive())
    settle(qtbot, sitting)


# --- what is shown -----------------------------------------------------------------------------------------------


def test_cells_say_counts_or_states_in_words_and_never_nought(view: CompareView) -> None:
    said = words(view)
    assert said["Protest", "Wren"] == "4"
    assert said["Who decides", "Wren"] == "written, not yet read"
    assert said["Whose time", "Bashir"] == "1"
    assert said["Sense-making", "Ilse"] == "written, not yet read"
    assert "0" not in said.values()
    assert not any("silent" in one for one in said.values())


def test_rows_are_codes_in_the_order_of_the_tree_and_columns_observers_by_standing(view: CompareView) -> None:
    model = view.model
    assert [model.code(row).code.name for row in range(5)] == [
        "Collaboration",
        "Who decides",
        "Whose time",
        "Protest",
        "Sense-making",
    ]
    assert [model.head(column).observer for column in range(3)] == ["Wren", "Ilse", "Bashir"]
    assert view.table.heads.laid.groups == [(0, 0), (1, 1), (2, 2)]


def test_table_is_not_counted_before_it_is_seen(qtbot: QtBot, sitting: Sitting) -> None:
    view = CompareView(sitting)
    qtbot.addWidget(view)
    settle(qtbot, sitting)
    assert view.model.table is None
    assert view.stack.currentWidget() is view.message
    assert view.message.text() == "Counting passages…"
    view.show()
    settle(qtbot, sitting)
    assert view.model.table is not None
    assert view.stack.currentWidget() is not view.message


def test_empty_project_says_what_to_do(qtbot: QtBot, empty_sitting: Sitting) -> None:
    view = shown(qtbot, empty_sitting)
    assert view.stack.currentWidget() is view.message
    assert "Nothing to compare yet" in view.message.text()
    assert not view.filters.export.isEnabled()
    assert not view.can_export
    told: list[bool] = []
    view.can_export_changed.connect(told.append)
    act(qtbot, view, lambda file: add_code(file, name="Protest"))
    assert "Nobody is known as an observer yet" in view.message.text()
    act(qtbot, view, lambda file: add_person(file, name="Wren", standing=Standing.ETHNOGRAPHER))
    assert view.stack.currentWidget() is not view.message
    assert view.filters.export.isEnabled()
    assert view.can_export
    act(qtbot, view, lambda file: remove(file, "code", "Protest"))
    assert "There are no codes yet" in view.message.text()
    assert told == [True, False]


def test_project_that_may_only_be_read_is_compared_and_exported(
    qtbot: QtBot, reading_sitting: Sitting, tmp_path: Path
) -> None:
    view = shown(qtbot, reading_sitting)
    assert words(view)["Protest", "Wren"] == "4"
    with qtbot.waitSignal(view.exported):
        view.export(tmp_path / "table.md")
    assert "Protest" in (tmp_path / "table.md").read_text("utf-8")


def test_legend_tells_the_states_that_occur_and_the_caption_can_be_copied(view: CompareView) -> None:
    assert view.legend.states == (CellState.WRITTEN_NOT_YET_READ,)
    assert view.caption.text().startswith("Code by observer. Cells count passages")
    assert view.caption.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


def test_legend_follows_the_states(qtbot: QtBot, sitting: Sitting, view: CompareView) -> None:
    for source in ("Plenary, Ilse", "On the train"):
        act(qtbot, view, lambda file, source=source: set_reading(file, source=source, coder="Oda", read_to=None))
    assert view.legend.states == (CellState.READ_NOT_SO_CODED, CellState.WRITTEN_NOT_YET_READ)
    assert words(view)["Sense-making", "Wren"] == "read, not so coded"


def test_category_without_codings_of_its_own_is_a_heading(qtbot: QtBot, sitting: Sitting, view: CompareView) -> None:
    cell, role = at(view, "Collaboration", "Wren"), Qt.ItemDataRole.AccessibleTextRole
    told = "Collaboration: a category, which groups the codes below it"
    assert view.model.is_heading(cell.row())
    assert cell.data() == ""
    assert cell.data(CELL) is None
    assert cell.data(role) == told
    assert view.model.headerData(cell.row(), Qt.Orientation.Vertical, role) == told
    view.table.setFocus()
    view.table.point_to(cell)
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    settle(qtbot, sitting)
    assert view.passages.isHidden()
    assert not view.model.is_heading(at(view, "Who decides", "Wren").row())


def test_states_of_headings_are_not_in_the_legend_but_in_what_is_copied(qtbot: QtBot, empty_sitting: Sitting) -> None:
    view = shown(qtbot, empty_sitting)
    act(qtbot, view, lambda file: add_code(file, name="Collaboration", kind=CodeKind.CATEGORY))
    act(qtbot, view, lambda file: add_person(file, name="Wren", standing=Standing.ETHNOGRAPHER))
    assert view.legend.states == ()
    view.table.copy()
    assert QApplication.clipboard().text() == "Code\tWren\nCollaboration\tnot known\n"


def test_category_that_is_coded_itself_counts_like_a_code(qtbot: QtBot, view: CompareView) -> None:
    act(
        qtbot,
        view,
        lambda file: add_coding(file, source="Corridor, Bashir", start=0, end=5, code="Collaboration", coder="Oda"),
    )
    row = at(view, "Collaboration", "Wren").row()
    assert not view.model.is_heading(row)
    assert at(view, "Collaboration", "Bashir").data() == "1"
    assert at(view, "Collaboration", "Wren").data() == "written, not yet read"


def test_time_in_the_caption_is_written_as_everywhere_in_the_window(view: CompareView) -> None:
    assert re.search(r", \w{3} \d+ \w{3,4} \d{4}, \d\d:\d\d\.$", view.caption.text())
    assert with_day("Project 'X', 2026-11-25 04:18 +0000.") == "Project 'X', Wed 25 Nov 2026, 04:18."
    assert with_day("Only source: of 2026-11-25 04:18 +0000. Word.") == "Only source: of 2026-11-25 04:18 +0000. Word."


def test_painting_before_anything_was_counted_asks_for_no_negative_height(qtbot: QtBot, sitting: Sitting) -> None:
    view = CompareView(sitting)
    qtbot.addWidget(view)
    view.grab()
    assert view.foot.maximumHeight() == 0


# --- filters -----------------------------------------------------------------------------------------------------


def choose(qtbot: QtBot, sitting: Sitting, field: Any, text: str) -> None:
    """Choose an item by the keyboard: typing the beginning of its words."""
    field.setFocus()
    qtbot.keyClicks(field, text)
    settle(qtbot, sitting)


def test_coder_is_held_constant(qtbot: QtBot, sitting: Sitting, view: CompareView) -> None:
    assert [view.filters.coder.itemText(number) for number in range(3)] == ["all coders", "Oda", "Wren"]
    choose(qtbot, sitting, view.filters.coder, "Wren")
    assert view.filters.coder.currentText() == "Wren"
    assert words(view)["Protest", "Wren"] == "3"
    assert "Only coder: Wren." in view.caption.text()
    assert view.model.head(0).self_coded == 1.0


def test_phase_is_chosen(qtbot: QtBot, sitting: Sitting, view: CompareView) -> None:
    choose(qtbot, sitting, view.filters.phase, "after")
    assert view.filters.chosen_phase is Phase.AFTER
    assert words(view)["Protest", "Wren"] == "1"
    assert words(view)["Protest", "Ilse"] == "not known"


def test_layer_is_chosen(qtbot: QtBot, sitting: Sitting, view: CompareView) -> None:
    drafts = [LayerDraft(0, len(TEXTS["On the train"]), LayerName.REFLECTION)]
    sitting.bus.act(lambda file: mark_layers(file, source="On the train", drafts=drafts))
    settle(qtbot, sitting)
    choose(qtbot, sitting, view.filters.layer, "refl")
    assert view.filters.chosen_layer is LayerName.REFLECTION
    assert words(view)["Protest", "Wren"] == "1"
    assert "Only layer: reflection." in view.caption.text()


@pytest.mark.parametrize(
    ("typed", "measure", "said"),
    [("sou", Measure.SOURCES, "2"), ("char", Measure.CHARACTERS, None), ("share", Measure.SHARE, None)],
)
def test_measure_is_chosen(
    qtbot: QtBot, sitting: Sitting, view: CompareView, typed: str, measure: Measure, said: str | None
) -> None:
    choose(qtbot, sitting, view.filters.measure, typed)
    assert view.filters.chosen_measure == measure
    with sitting.bus.file.view() as reader:
        expected = compare(reader, measure=measure)
    number = expected.cells[3][0]
    assert number is not None
    text = words(view)["Protest", "Wren"]
    assert text == (said or (f"{number * 100:.1f} %" if measure is Measure.SHARE else str(number)))


def test_coder_who_is_gone_is_not_held_constant_any_more(qtbot: QtBot, sitting: Sitting, view: CompareView) -> None:
    act(
        qtbot,
        view,
        lambda file: add_coding(file, source="Plenary, Ilse", start=0, end=3, code="Protest", coder="Nela"),
    )
    choose(qtbot, sitting, view.filters.coder, "Nela")
    assert words(view)["Protest", "Wren"] == "written, not yet read"
    act(qtbot, view, lambda file: file.undo())
    assert view.filters.coder.currentText() == "all coders"
    assert words(view)["Protest", "Wren"] == "4"


# --- order -------------------------------------------------------------------------------------------------------


def test_click_on_a_head_puts_the_most_of_an_observer_first_and_another_click_the_tree(
    qtbot: QtBot, view: CompareView
) -> None:
    heads = view.table.heads
    place = QPoint(heads.sectionViewportPosition(2) + 20, 60)
    qtbot.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.filters.order.currentText() == "most by Bashir first"
    assert [view.model.code(row).code.name for row in range(2)] == ["Whose time", "Who decides"]
    assert view.model.code(4).code.name == "Collaboration"  # a heading, of nothing in this order
    qtbot.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.filters.order.currentText() == "as in the codebook"
    assert view.model.code(0).code.name == "Collaboration"


def test_order_is_chosen_by_keys_and_what_is_pointed_to_stays(
    qtbot: QtBot, sitting: Sitting, view: CompareView
) -> None:
    view.table.point_to(at(view, "Protest", "Wren"))
    choose(qtbot, sitting, view.filters.order, "most by W")
    assert view.model.code(0).code.name == "Protest"
    assert view.table.currentIndex() == at(view, "Protest", "Wren")
    assert [view.model.ids_at(one) for one in view.table.selectedIndexes()] == [
        view.model.ids_at(at(view, "Protest", "Wren"))
    ]


# --- moving, opening ---------------------------------------------------------------------------------------------


def test_arrows_move_and_enter_opens_the_passages(qtbot: QtBot, sitting: Sitting, view: CompareView) -> None:
    view.table.point_to(at(view, "Whose time", "Wren"))
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    assert view.table.currentIndex() == at(view, "Protest", "Wren")
    assert view.passages.isHidden()
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    settle(qtbot, sitting)
    assert view.passages.isVisible()
    assert [one.words.text() for one in view.passages.filters.chips] == ["Code: Protest", "Observer: Wren"]
    assert view.passages.filters.count.text() == "4 passages"
    assert view.passages.table.hasFocus()
    qtbot.keyClick(view.passages.table, Qt.Key.Key_Escape)
    assert view.passages.isHidden()
    assert view.table.hasFocus()


def test_double_click_opens_the_passages_that_the_filter_leaves(
    qtbot: QtBot, sitting: Sitting, view: CompareView
) -> None:
    choose(qtbot, sitting, view.filters.coder, "Oda")
    place = view.table.visualRect(at(view, "Protest", "Wren")).center()
    qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle(qtbot, sitting)
    assert view.passages.filters.count.text() == "1 passage"
    chips = [one.words.text() for one in view.passages.filters.chips]
    assert chips == ["Code: Protest", "Observer: Wren", "Coder: Oda"]


def test_cell_without_passages_says_what_that_means_and_opens_the_accounts(
    qtbot: QtBot, sitting: Sitting, view: CompareView
) -> None:
    view.table.setFocus()
    view.table.point_to(at(view, "Sense-making", "Ilse"))
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    settle(qtbot, sitting)
    panel = view.passages
    assert panel.title.text() == "Sense-making · Ilse"
    assert panel.note.text() == (
        "Ilse wrote, and no coder has yet read all of it: of “Sense-making” nothing can be said so far."
    )
    assert panel.accounts.rows[0].title == "Plenary, Ilse"
    with qtbot.waitSignal(sitting.place_wanted) as asked:
        qtbot.keyClick(panel.account_list, Qt.Key.Key_Return)
    with sitting.bus.file.view() as reader:
        (source,) = reader.find(Source, title="Plenary, Ilse")
    assert asked.args == [Place(source.id)]


@pytest.mark.parametrize("state", [state for state in CellState if state is not CellState.CODED])
def test_every_state_has_a_sentence_on_the_observer(view: CompareView, state: CellState) -> None:
    said = view._meaning(state, "Wren", "Protest")
    assert "Wren" in said
    assert said.endswith(".")
    assert "silent" not in said


def test_first_passages_are_opened_on_demand(qtbot: QtBot, sitting: Sitting, view: CompareView) -> None:
    view.open_first_passages()
    settle(qtbot, sitting)
    chips = [one.words for one in view.passages.filters.chips]
    assert [one.text() for one in chips] == ["Code: Who decides", "Observer: Ilse"]
    assert chips[0].toolTip() == "Code: Collaboration / Who decides"
    assert view.table.currentIndex() == at(view, "Who decides", "Ilse")


def test_double_click_on_a_code_asks_for_it(qtbot: QtBot, sitting: Sitting, view: CompareView) -> None:
    heads = view.table.code_heads
    place = QPoint(30, heads.sectionViewportPosition(3) + 8)
    with sitting.bus.file.view() as reader:
        (code,) = reader.find(Code, name="Protest")
    with qtbot.waitSignal(sitting.code_wanted) as asked:
        qtbot.mouseDClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked.args == [code.id]


# --- following what is done --------------------------------------------------------------------------------------


def test_coding_that_is_added_and_undone_is_counted_and_the_marks_stay(
    qtbot: QtBot, sitting: Sitting, view: CompareView
) -> None:
    view.table.point_to(at(view, "Protest", "Bashir"))
    act(
        qtbot,
        view,
        lambda file: add_coding(file, source="Corridor, Bashir", start=0, end=5, code="Protest", coder="Oda"),
    )
    assert words(view)["Protest", "Bashir"] == "1"
    assert view.table.selectedIndexes() == [at(view, "Protest", "Bashir")]
    act(qtbot, view, lambda file: file.undo())
    assert words(view)["Protest", "Bashir"] == "written, not yet read"


def test_new_row_and_column_leave_what_is_pointed_to(qtbot: QtBot, sitting: Sitting, view: CompareView) -> None:
    view.table.point_to(at(view, "Protest", "Bashir"))
    act(qtbot, view, lambda file: add_code(file, name="Applause", parent="Collaboration"))
    act(qtbot, view, lambda file: add_person(file, name="Ada", standing=Standing.ETHNOGRAPHER))
    assert view.model.columnCount() == 4
    assert view.table.currentIndex() == at(view, "Protest", "Bashir")
    assert view.table.selectedIndexes() == [at(view, "Protest", "Bashir")]
    assert view.filters.order.count() == 5


def test_view_that_is_not_seen_counts_when_it_is_seen_again(qtbot: QtBot, sitting: Sitting, view: CompareView) -> None:
    view.hide()
    act(qtbot, view, lambda file: change(file, "person", "Wren", {"name": "Robin"}))
    assert view.model.head(0).observer == "Wren"
    view.show()
    settle(qtbot, sitting)
    assert view.model.head(0).observer == "Robin"


def test_change_that_does_not_concern_the_table_is_not_counted(
    qtbot: QtBot, sitting: Sitting, view: CompareView
) -> None:
    counted: list[bool] = []
    view.counted.connect(lambda: counted.append(True))
    act(qtbot, view, lambda file: change(file, "term", "Whose time is paid", {"definition": "Who pays"}))
    assert not counted


def test_fault_while_counting_is_told_and_the_view_can_be_opened_again(
    qtbot: QtBot, sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    from polyvocal.services.analysis import ledger

    faults: list[Exception] = []
    sitting.bus.failed.connect(faults.append)
    with monkeypatch.context() as patch:
        patch.setattr(ledger, "Holdings", fail)
        view = shown(qtbot, sitting)
    assert [str(one) for one in faults] == ["the disk is gone"]
    assert "could not be counted" in view.message.text()
    view.hide()
    view.show()
    settle(qtbot, sitting)
    assert words(view)["Protest", "Wren"] == "4"


def fail(_view: object) -> None:
    raise OSError("the disk is gone")


# --- taking it elsewhere -----------------------------------------------------------------------------------------


def test_marked_cells_are_copied_with_their_heads(qtbot: QtBot, view: CompareView) -> None:
    view.table.setFocus()
    view.table.point_to(at(view, "Whose time", "Wren"))
    qtbot.keyClick(view.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "Code\tWren\nCollaboration / Whose time\t1\nProtest\t4\n"


def test_whole_table_is_copied_where_nothing_is_marked(qtbot: QtBot, view: CompareView) -> None:
    view.table.clearSelection()
    qtbot.mouseClick(view.filters.copy, Qt.MouseButton.LeftButton)
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0] == "Code\tWren\tIlse\tBashir"
    assert len(lines) == 6
    assert lines[4].split("\t")[1:] == ["4", "written, not yet read", "written, not yet read"]


def test_name_that_a_spreadsheet_would_take_for_a_formula_is_copied_harmless(
    qtbot: QtBot, sitting: Sitting, view: CompareView
) -> None:
    act(qtbot, view, lambda file: add_code(file, name="=1+1"))
    view.table.clearSelection()
    view.table.copy()
    assert QApplication.clipboard().text().splitlines()[-1].startswith("'=1+1\t")


def test_table_is_exported_as_it_is_filtered(
    qtbot: QtBot, sitting: Sitting, view: CompareView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(qtbot, sitting, view.filters.coder, "Oda")
    asked: list[str] = []

    def answer(_parent: object, _title: str, start: str, kinds: str) -> tuple[str, str]:
        asked.extend((start, kinds))
        return str(tmp_path / "for the team"), "Web page (*.html)"

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    with qtbot.waitSignal(view.exported) as exported:
        qtbot.mouseClick(view.filters.export, Qt.MouseButton.LeftButton)
    path = tmp_path / "for the team.html"
    assert exported.args == [path]
    assert "coder: Oda" in path.read_text("utf-8")
    assert asked[0].endswith("codes by observers.docx")
    assert all(ending in asked[1] for ending in ("docx", "xlsx", "html", "md", "csv"))
    assert sitting.settings[FOLDER] == str(tmp_path)
    assert "Word (*.docx)" in asked[1]


def test_nothing_is_exported_where_no_file_is_chosen(
    sitting: Sitting, view: CompareView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    view.ask_export()
    assert not sitting.bus.under_way
    assert sitting.settings[FOLDER] == ""


def test_export_that_fails_tells_why(
    qtbot: QtBot, view: CompareView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from polyvocal.gui.dialogs import progress

    faults: list[Exception] = []
    monkeypatch.setattr(progress, "tell", lambda _parent, fault: faults.append(fault))
    view.export(tmp_path / "table.pdf")
    qtbot.waitUntil(lambda: bool(faults))
    assert "there is no format for .pdf" in str(faults[0])
    assert not list(tmp_path.glob("table*"))


# --- for everybody -----------------------------------------------------------------------------------------------


def test_cells_and_heads_are_told_to_a_screen_reader(view: CompareView) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    assert at(view, "Protest", "Wren").data(role) == "Protest, Wren: coded, 4 passages"
    assert at(view, "Who decides", "Bashir").data(role) == (
        "Collaboration / Who decides, Bashir: written, not yet read"
    )
    head = view.model.headerData(0, Qt.Orientation.Horizontal, role)
    for part in ("Wren", "Standing: ethnographer", "Accounts: 2", "Sessions attended: 1", "Coded by: Oda, Wren"):
        assert part in head
    assert "Self-coded: 60 %" in head
    assert view.model.headerData(1, Qt.Orientation.Vertical, role) == "Collaboration / Who decides"


def test_every_control_has_a_name_and_tab_leaves_the_table(qtbot: QtBot, view: CompareView) -> None:
    filters = view.filters
    for field in (
        filters.coder, filters.phase, filters.layer, filters.measure, filters.order, view.table, view.passages.table,
    ):  # fmt: skip
        assert field.accessibleName()
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_Tab)
    assert not view.table.hasFocus()


def test_heads_stay_in_sight_and_nothing_in_them_is_clipped(view: CompareView) -> None:
    view.resize(700, 500)
    heads = view.table.heads
    laid = heads.laid
    assert heads.height() >= laid.height
    assert laid.coder_top > laid.figure_top > laid.name_top > 0
    view.table.horizontalScrollBar().setValue(200)
    corner = view.table._corner
    assert corner is not None
    assert corner.geometry().width() == view.table.code_heads.width()
    assert corner.geometry().height() == heads.height()


@pytest.mark.parametrize("which", ["light", "dark"])
def test_view_is_painted_in_both_themes(view: CompareView, which: str) -> None:
    view._sitting.theme.choose(which)
    image = view.table.grab().toImage()
    colours = view._sitting.theme.colours
    assert image.pixelColor(5, 5).name() == colours.raised
    heads = view.table.heads
    beside = heads.grab().toImage()
    assert heads.length() < heads.width()
    assert {beside.pixelColor(heads.width() - 4, y).name() for y in (4, heads.height() // 2)} == {colours.ground}


def test_chosen_is_what_the_filters_mean(sitting: Sitting, qtbot: QtBot, view: CompareView) -> None:
    assert view.chosen == PassageFilter()
    choose(qtbot, sitting, view.filters.coder, "Oda")
    choose(qtbot, sitting, view.filters.phase, "during")
    with sitting.bus.file.view() as reader:
        (oda,) = reader.find(Person, name="Oda")
    assert view.chosen == PassageFilter(coders=frozenset({oda.id}), phases=frozenset({Phase.DURING}))
