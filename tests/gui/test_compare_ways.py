"""Rows and columns of all sorts, and the other ways to compare: who codes whom, only here, codes together."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.passages import Aspect
from polyvocal.domain.records import Event
from polyvocal.domain.words import AttributeType, CellState, SourceKind, Standing
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.theme import DARK, LIGHT, contrast
from polyvocal.gui.views import compare_picture
from polyvocal.gui.views.compare_asked import CODES, DIMENSIONS, OBSERVERS, Asked, Look, Side, Way
from polyvocal.gui.views.compare_cells import ink_on, shade
from polyvocal.gui.views.compare_matrix import MatrixPage
from polyvocal.gui.views.compare_model import Cell, CompareModel
from polyvocal.services.commands.attributes import add_attribute, set_value
from polyvocal.services.commands.codings import add_coding
from polyvocal.services.commands.moments import add_moment
from polyvocal.services.commands.people import add_person
from polyvocal.services.commands.setting import add_event
from polyvocal.store.file import ProjectFile
from tests.gui.compare_steps import COLUMNS, ROWS, act, at, choose, only, view, words
from tests.gui.conftest import settle
from tests.services.compare_studies import write

__all__ = ["view"]


def ask(qtbot: QtBot, view: MatrixPage, asked: Asked) -> None:
    view.ask(asked)
    settle(qtbot, view.sitting)


def rows(view: MatrixPage) -> list[str]:
    return [name for row in range(view.model.rowCount()) if (name := view.model.name(row, ROWS))]


def columns(view: MatrixPage) -> list[str]:
    return [name for column in range(view.model.columnCount()) if (name := view.model.name(column, COLUMNS))]


# --- rows and columns ------------------------------------------------------------------------------------------------


def test_totals_stand_last_are_a_door_order_the_lines_and_go_by_a_key(qtbot: QtBot, view: MatrixPage) -> None:
    model = view.model
    assert model.table is not None
    last = model.index(model.rowCount() - 1, model.columnCount() - 1)
    assert [model.shown_name(last.row(), ROWS), model.shown_name(last.column(), COLUMNS)] == ["Total", "Total"]
    assert [model.cell(last.row(), column).words for column in range(model.columnCount())] == ["5", "1", "1", "7"]
    assert last.data(Qt.ItemDataRole.AccessibleTextRole) == "Total, Total: coded, 7 passages"
    assert "Totals count each passage once." in view.foot.caption.text()
    view.open_cell(last)
    settle(qtbot, view.sitting)
    assert view.passages.filters.count.text() == "7 passages"
    view.grab()
    view.order_by_column(last.column())
    places = (model.place_of(row, ROWS) for row in range(model.rowCount()))
    counted = [model.table.number(place, None) or 0 for place in places if place is not None]
    assert counted == sorted(counted, reverse=True)
    assert "most in total first" in view.filters.order.toolTip()
    before = words(view)
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_T)
    settle(qtbot, view.sitting)
    assert not view.filters.totals.isChecked()
    assert None not in [model.place_of(row, ROWS) for row in range(model.rowCount())]
    assert "Totals" not in view.foot.caption.text()
    assert words(view) == before
    assert Asked.from_json(view.asked.to_json()) == view.asked


def test_total_of_an_observer_of_whom_nothing_is_coded_says_why(qtbot: QtBot, view: MatrixPage) -> None:
    act(qtbot, view, lambda file: add_person(file, name="Ada", standing=Standing.ETHNOGRAPHER))
    model = view.model
    column = next(at for at in range(model.columnCount()) if model.name(at, COLUMNS) == "Ada")
    cell = model.index(model.rowCount() - 1, column)
    assert cell.data() == "not known"
    view.open_cell(cell)
    settle(qtbot, view.sitting)
    assert "Nothing is recorded of where Ada was" in view.passages.note.text()


@pytest.mark.parametrize("dimension", [one for one in DIMENSIONS if one != "code"])
def test_codes_are_crossed_with_every_dimension_both_ways(qtbot: QtBot, view: MatrixPage, dimension: str) -> None:
    ask(qtbot, view, replace(view.asked, columns=Side(dimension)))
    shown = view.model.table
    assert shown is not None
    assert shown.columns.dimension == dimension
    if not len(shown.columns):
        assert "There is nothing for the columns" in view.message.text()
        return
    view.grab()
    before = words(view)
    view.swap()
    settle(qtbot, view.sitting)
    view.grab()
    assert {(row, column) for column, row in before} == set(words(view))
    counted = {place: said for place, said in before.items() if said.isdigit()}
    assert {(row, column): words(view)[column, row] for row, column in counted} == counted


def test_a_side_that_is_chosen_for_the_other_changes_places_with_it(
    qtbot: QtBot, sitting: Sitting, view: MatrixPage
) -> None:
    choose(qtbot, sitting, view.filters.rows, "Obs")
    assert (view.asked.rows, view.asked.columns) == (OBSERVERS, CODES)
    assert rows(view) == ["Wren", "Ilse", "Bashir"]
    assert view.model.head(0, ROWS) is not None
    told = view.model.headerData(0, ROWS, Qt.ItemDataRole.AccessibleTextRole)
    assert "Self-coded: 60 %" in told


def test_cell_that_is_pointed_to_is_pointed_to_when_sides_are_swapped(
    qtbot: QtBot, sitting: Sitting, view: MatrixPage
) -> None:
    view.table.setFocus()
    view.table.point_to(at(view, "Protest", "Bashir"))
    qtbot.keyClick(view.table, Qt.Key.Key_X)
    settle(qtbot, sitting)
    assert view.table.currentIndex() == at(view, "Bashir", "Protest")


def test_attributes_of_cases_are_offered_and_crossed(qtbot: QtBot, sitting: Sitting, view: MatrixPage) -> None:
    act(qtbot, view, lambda file: add_attribute(file, name="Years", type=AttributeType.NUMBER))
    act(qtbot, view, lambda file: set_value(file, kind="person", case="Wren", attribute="Years", value="4"))
    choose(qtbot, sitting, view.filters.columns, "Years of the ob")
    assert columns(view) == ["4", "not known"]
    assert words(view)["Protest", "4"] == "4"


def test_code_is_folded_by_a_key_and_by_its_mark_and_counts_those_below_it(
    qtbot: QtBot, sitting: Sitting, view: MatrixPage
) -> None:
    view.table.setFocus()
    view.table.point_to(at(view, "Collaboration", "Wren"))
    qtbot.keyClick(view.table, Qt.Key.Key_F)
    settle(qtbot, sitting)
    assert rows(view) == ["Collaboration", "Protest", "Sense-making"]
    assert not view.model.is_heading(0)
    assert at(view, "Collaboration", "Wren").data() == "1"
    assert view.table.currentIndex() == at(view, "Collaboration", "Wren")
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    settle(qtbot, sitting)
    assert view.passages.filters.count.text() == "1 passage"
    heads = view.table.row_heads
    qtbot.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(14, heads.sectionViewportPosition(0) + 8))
    settle(qtbot, sitting)
    assert len(rows(view)) == 5


def test_all_passages_of_a_row_and_of_a_column_are_listed(qtbot: QtBot, sitting: Sitting, view: MatrixPage) -> None:
    view.table.setFocus()
    view.table.point_to(at(view, "Protest", "Ilse"))
    qtbot.keyClick(view.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    settle(qtbot, sitting)
    assert [one.words.text() for one in view.passages.filters.chips] == ["Code: Protest"]
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, sitting)
    assert [one.words.text() for one in view.passages.filters.chips] == ["Observer: Ilse"]


def test_menu_of_a_cell_has_what_its_keys_do(qtbot: QtBot, view: MatrixPage) -> None:
    view.table.point_to(at(view, "Collaboration", "Wren"))
    view.acts.show_menu(QPoint(0, 0))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    texts = [one.text() for one in menu.actions() if one.text()]
    assert "Fold or unfold the code" in texts
    assert "List all passages of the row" in texts
    menu.close()


def test_of_many_columns_only_those_in_sight_are_asked_for(
    qtbot: QtBot, sitting: Sitting, view: MatrixPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(150):
        write(sitting.bus.file, f"Note {number}", "Ilse")
    view.ask(replace(view.asked, columns=Side("source")))
    settle(qtbot, sitting)
    assert view.model.columnCount() > 150
    asked: set[int] = set()
    cell = CompareModel.cell

    def counted(model: CompareModel, row: int, column: int) -> Cell:
        asked.add(column)
        return cell(model, row, column)

    monkeypatch.setattr(CompareModel, "cell", counted)
    view.table.grab()
    assert 0 < len(asked) < 30


# --- looks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_number_can_be_read_on_every_shade(colours: object) -> None:
    assert colours in (LIGHT, DARK)
    which = LIGHT if colours is LIGHT else DARK
    for step in range(101):
        ground = shade(step / 100, which)
        assert contrast(ink_on(ground, which), ground) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_more_is_farther_from_the_ground(colours: object) -> None:
    which = LIGHT if colours is LIGHT else DARK
    seen = [contrast(shade(step / 10, which), QColor(which.ground)) for step in range(11)]
    assert seen == sorted(seen)


@pytest.mark.parametrize("look", Look)
def test_look_is_chosen_and_its_scale_says_what_it_stands_for(qtbot: QtBot, view: MatrixPage, look: Look) -> None:
    ask(qtbot, view, replace(view.asked, look=look))
    assert view.table.cells.look is look
    assert view.foot.scale.isVisible() is (look is not Look.NUMBERS)
    if look is not Look.NUMBERS:
        assert view.foot.scale.accessibleDescription() == "1, 2, 3, 4"
    view.grab()


# --- other ways ------------------------------------------------------------------------------------------------------


def test_who_codes_whom_marks_own_notes(qtbot: QtBot, sitting: Sitting, view: MatrixPage) -> None:
    choose(qtbot, sitting, view.filters.way, "Who")
    assert (rows(view), columns(view)) == (["Wren", "Ilse", "Bashir"], ["Oda", "Wren"])
    index = at(view, "Wren", "Wren")
    assert view.model.cell(index.row(), index.column()).own
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Wren, Wren: 3 passages, own notes"
    assert "own notes" in view.foot.signs.text()
    view.table.point_to(at(view, "Ilse", "Wren"))
    view.open_cell(view.table.currentIndex())
    settle(qtbot, sitting)
    assert "Ilse wrote" in view.passages.note.text()
    ask(qtbot, view, replace(view.asked, counting="accounts-read"))
    assert view.model.asked.counting == "accounts-read"


def test_only_here_lists_codes_with_the_others_and_opens_their_passages(
    qtbot: QtBot, sitting: Sitting, view: MatrixPage
) -> None:
    choose(qtbot, sitting, view.filters.way, "Only")
    assert view.sheets.currentWidget() is view.list
    found = [[view.only.index(row, column).data() for column in range(4)] for row in range(view.only.rowCount())]
    assert ["Wren", "Protest", "4", "Oda, Wren"] in found
    assert view.panes == [view.filters, view.list]
    row = next(at for at, line in enumerate(found) if line[1] == "Protest")
    assert view.only.index(row, 5).data() == "2: Ilse, Bashir"  # not read yet: nothing can be said of them
    view.list.setFocus()
    view.list.setCurrentIndex(view.only.index(row, 0))
    qtbot.keyClick(view.list, Qt.Key.Key_Return)
    settle(qtbot, sitting)
    assert view.passages.filters.count.text() == "4 passages"
    view.list.setFocus()
    qtbot.keyClick(view.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "Protest\t4\tOda, Wren" in QApplication.clipboard().text()


@pytest.mark.parametrize("ending", [".svg", ".png", ".pdf"])
def test_list_of_what_is_only_here_is_saved_and_copied_as_a_picture(
    qtbot: QtBot, sitting: Sitting, view: MatrixPage, tmp_path: Path, ending: str
) -> None:
    view.sitting.theme.choose("dark")
    choose(qtbot, sitting, view.filters.way, "Only")
    path = tmp_path / f"list{ending}"
    with qtbot.waitSignal(view.exported):
        view.export(path)
    if ending == ".svg":
        told = path.read_text("utf-8")
        for said in ("Others not yet read", "Protest", "Oda, Wren", "2: Ilse, Bashir", "Only here"):
            assert said in told, said
    elif ending == ".png":
        image = QImage(str(path))
        assert image.pixelColor(3, 3) == QColor("#ffffff")
        assert image.width() > image.height() > 300
    else:
        assert path.read_bytes().startswith(b"%PDF")
    view.list.setFocus()
    QApplication.clipboard().clear()
    qtbot.keyClick(view.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert not QApplication.clipboard().image().isNull()


def test_codes_together_are_symmetric_and_open_the_passages_that_meet(
    qtbot: QtBot, sitting: Sitting, view: MatrixPage
) -> None:
    def code(file: object, name: str, start: int, end: int) -> object:
        return add_coding(file, source="Plenary, Ilse", start=start, end=end, code=name, coder="Oda")  # type: ignore[arg-type]

    act(qtbot, view, lambda file: code(file, "Protest", 0, 9))
    act(qtbot, view, lambda file: code(file, "Sense-making", 3, 12))
    choose(qtbot, sitting, view.filters.way, "Codes")
    assert words(view)["Protest", "Sense-making"] == words(view)["Sense-making", "Protest"] == "1"
    assert "1 pair of passages" in at(view, "Protest", "Sense-making").data(Qt.ItemDataRole.AccessibleTextRole)
    view.open_cell(at(view, "Protest", "Sense-making"))
    settle(qtbot, sitting)
    assert view.passages.note.text() == "Protest · Sense-making: on the same words"
    assert [len(group.codings) for group in view.passages.model.listed.groups] == [2]
    act(qtbot, view, lambda file: add_moment(file, title="The count", session="Plenary"))
    for near in ("paragraphs", "session", "moment"):
        ask(qtbot, view, replace(view.asked, near=near))
        assert view.filters.paragraphs.isVisible() is (near == "paragraphs")
        assert int(words(view)["Protest", "Sense-making"]) >= 1


def test_codes_in_one_moment_say_where_to_make_one_while_there_is_none(qtbot: QtBot, view: MatrixPage) -> None:
    ask(qtbot, view, replace(view.asked, way=Way.TOGETHER, near="moment"))
    assert "Make one on the page Moments" in view.message.text()
    assert not view.message.visibleRegion().isEmpty()


def test_list_that_leaves_few_of_many_sources_out_names_those(qtbot: QtBot, view: MatrixPage) -> None:
    def take_in(file: ProjectFile) -> ChangeSet:
        for number in range(6):
            write(file, f"Note {number}", "Ines", event=None)
        write(file, "Jotted", "Wren", kind=SourceKind.JOTTINGS, note="Note 0", event=None)
        return add_person(file, name="Ada")

    act(qtbot, view, take_in)
    view.open_cell(at(view, "Protest", "Wren"))
    settle(qtbot, view.sitting)
    assert "Source: all but Jotted" in [one.words.text() for one in view.passages.filters.chips]


def test_filter_that_leaves_no_moment_says_so(qtbot: QtBot, view: MatrixPage) -> None:
    with view.sitting.bus.file.view() as reader:
        event = reader.all(Event)[0]
    act(qtbot, view, lambda file: add_event(file, title="Another day"))
    act(qtbot, view, lambda file: add_moment(file, title="Open", event=str(event.id)))
    ask(qtbot, view, replace(Asked(), way=Way.TOGETHER, near="moment"))
    assert view.message.text() == ""
    with view.sitting.bus.file.view() as reader:
        (other,) = reader.find(Event, title="Another day")
    only(qtbot, view, Aspect.EVENT, other.id)
    assert "The filter leaves no moment." in view.message.text()


def test_passages_that_meet_follow_what_is_coded_while_they_are_listed(qtbot: QtBot, view: MatrixPage) -> None:
    ask(qtbot, view, replace(Asked(), way=Way.TOGETHER, near="overlap"))
    code_twice(qtbot, view, 0)
    view.open_cell(at(view, "Protest", "Sense-making"))
    settle(qtbot, view.sitting)
    before = view.passages.filters.count.text()
    code_twice(qtbot, view, 12)
    qtbot.waitUntil(lambda: view.passages.filters.count.text() != before)
    settle(qtbot, view.sitting)
    number = at(view, "Protest", "Sense-making").data()
    assert view.passages.filters.count.text() == f"{2 * int(number)} passages"
    view.passages.ask_for_all()
    settle(qtbot, view.sitting)
    whole = view.passages.filters.count.text()
    code_twice(qtbot, view, 24)
    assert view.passages.asked.query.among is None
    assert view.passages.filters.count.text() != whole


def code_twice(qtbot: QtBot, view: MatrixPage, start: int) -> None:
    """Code the same words with two codes."""
    for code in ("Protest", "Sense-making"):
        act(
            qtbot,
            view,
            lambda file, code=code: add_coding(
                file, source="Plenary, Ilse", start=start, end=start + 5, code=code, coder="Oda"
            ),
        )


def test_empty_cell_of_no_observer_is_told_as_nothing(qtbot: QtBot, view: MatrixPage) -> None:
    ask(qtbot, view, replace(view.asked, columns=Side("coder")))
    states = {view.model.cell(row, column).state for row in range(1, 5) for column in range(2)}
    assert states == {CellState.CODED, None}
    (nothing,) = [place for place, said in words(view).items() if said == "·" and place[0] == "Sense-making"][:1]
    assert at(view, *nothing).data(Qt.ItemDataRole.AccessibleTextRole).endswith(": nothing")


# --- pictures --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", [".svg", ".png", ".pdf"])
def test_whole_table_is_saved_as_a_picture_in_light_colours(
    qtbot: QtBot, view: MatrixPage, tmp_path: Path, ending: str
) -> None:
    view.sitting.theme.choose("dark")
    path = tmp_path / f"table{ending}"
    with qtbot.waitSignal(view.exported):
        view.export(path)
    made = path.read_bytes()
    if ending == ".svg":
        told = made.decode("utf-8")
        for said in ("Protest", "written, not yet read", "Sessions attended", "Cells count passages"):
            assert said in told
    elif ending == ".png":
        image = QImage(str(path))
        assert image.pixelColor(3, 3) == QColor("#ffffff")
    else:
        assert made.startswith(b"%PDF")


def test_picture_is_copied_by_a_key(qtbot: QtBot, view: MatrixPage) -> None:
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert not QApplication.clipboard().image().isNull()


def test_table_that_is_too_large_for_a_picture_says_so(
    view: MatrixPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compare_picture, "LARGEST", 3)
    faults: list[Exception] = []
    view.sitting.bus.failed.connect(faults.append)
    view.export(tmp_path / "table.svg")
    assert "too large for a picture" in str(faults[0])
    assert not (tmp_path / "table.svg").exists()


# --- chips -----------------------------------------------------------------------------------------------------------


def test_filter_is_taken_away_by_its_chip(qtbot: QtBot, sitting: Sitting, view: MatrixPage) -> None:
    (code,) = [one.code.id for one in view.model.table.row_codes if one.code.name == "Protest"]  # type: ignore[union-attr]
    view.choosing.values.chosen.emit(Aspect.CODE, frozenset({code}))
    settle(qtbot, sitting)
    assert rows(view) == ["Protest"]
    view.filters.chips.chips[0].removed.emit()
    settle(qtbot, sitting)
    assert len(rows(view)) == 5


def test_way_in_which_was_compared_is_kept(qtbot: QtBot, sitting: Sitting, view: MatrixPage) -> None:
    kept = replace(Asked(), way=Way.TOGETHER, near="session", look=Look.SYMBOLS)
    view.take_up(kept.to_json())
    view.refresh()
    settle(qtbot, sitting)
    assert view.filters.way.value is Way.TOGETHER
    assert view.filters.near.value == "session"
    assert view.table.cells.look is Look.SYMBOLS
