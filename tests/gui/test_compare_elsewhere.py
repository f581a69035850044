"""The table of the Compare view is copied and exported."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from polyvocal.gui.settings import FOLDER
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.compare_matrix import MatrixPage
from polyvocal.services.commands.codebook import add_code
from tests.gui.compare_steps import act, at, choose, view

__all__ = ["view"]


def test_marked_cells_are_copied_with_their_heads(qtbot: QtBot, view: MatrixPage) -> None:
    view.table.setFocus()
    view.table.point_to(at(view, "Whose time", "Wren"))
    qtbot.keyClick(view.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "Code\tWren\nCollaboration / Whose time\t1\nProtest\t4\n"


def test_whole_table_is_copied_where_nothing_is_marked(qtbot: QtBot, view: MatrixPage) -> None:
    view.table.clearSelection()
    qtbot.mouseClick(view.filters.copy, Qt.MouseButton.LeftButton)
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0] == "Code\tWren\tIlse\tBashir\tTotal"
    assert len(lines) == 7
    assert lines[4].split("\t")[1:] == ["4", "written, not yet read", "written, not yet read", "4"]


def test_name_that_a_spreadsheet_would_take_for_a_formula_is_copied_harmless(
    qtbot: QtBot, sitting: Sitting, view: MatrixPage
) -> None:
    act(qtbot, view, lambda file: add_code(file, name="=1+1"))
    view.table.clearSelection()
    view.table.copy()
    assert QApplication.clipboard().text().splitlines()[-2].startswith("'=1+1\t")


def test_table_is_exported_as_it_is_filtered(
    qtbot: QtBot, sitting: Sitting, view: MatrixPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
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
    assert asked[0].endswith("code by observer.docx")
    assert all(ending in asked[1] for ending in ("docx", "xlsx", "html", "md", "csv"))
    assert sitting.settings[FOLDER] == str(tmp_path)
    assert "Word (*.docx)" in asked[1]


def test_nothing_is_exported_where_no_file_is_chosen(
    sitting: Sitting, view: MatrixPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    view.ask_export()
    assert not sitting.bus.under_way
    assert sitting.settings[FOLDER] == ""


def test_export_that_fails_tells_why(
    qtbot: QtBot, view: MatrixPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from polyvocal.gui.dialogs import progress

    faults: list[Exception] = []
    monkeypatch.setattr(progress, "tell", lambda _parent, fault: faults.append(fault))
    view.export(tmp_path / "table.odt")
    qtbot.waitUntil(lambda: bool(faults))
    assert "there is no format for .odt" in str(faults[0])
    assert not list(tmp_path.glob("table*"))
