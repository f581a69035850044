"""How a file is read is shown before it is trusted, and chosen while one sees what would come in."""

from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from polyvocal.exchange.about.columns import Use
from polyvocal.exchange.about.found import Field, Key
from polyvocal.exchange.readers.encoding import OFFERED
from polyvocal.gui.dialogs.import_columns import Column
from polyvocal.gui.dialogs.import_files import ImportDialog
from polyvocal.gui.dialogs.import_how import HowDialog
from polyvocal.gui.dialogs.import_look import MOST_SHOWN, Look, with_text
from polyvocal.gui.dialogs.import_rows import Rank
from polyvocal.gui.dialogs.import_words import COLUMN_USES, ENCODINGS, encoding
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.theme import Theme
from polyvocal.services.queries.attributes import read_sheet
from tests.gui.conftest import settle
from tests.gui.import_steps import (
    Opened,
    ask_how,
    at,
    cell,
    choose_encoding,
    choose_use,
    imported,
    put,
    read_so,
    select,
    sources,
    written,
)

CAFE = "Un café, et puis «le reste» est déjà froid. Ça ne fait rien, dit-elle.\n"
POLISH = "Zażółć gęślą jaźń. Nikt nie mówi, że jest źle; wszyscy piją herbatę.\n" * 5
LOG = (
    "Who,When,Where,What they did,Mood\n"
    "Ilse,14 May 2024,Corridor,Tea is late and nobody says so.,grey\n"
    "Wren,2024-05-14,Plenary,They turn the table round.,\n"
    "Bashir,2024-05-14,Plenary,,blue\n"
)


def uses(how: HowDialog) -> list[str]:
    """What stands beside the columns."""
    boxes = (how.uses.cellWidget(row, 1) for row in range(how.uses.rowCount()))
    return [box.currentText() for box in boxes if isinstance(box, QComboBox)]


def cells(how: HowDialog, row: int) -> list[str]:
    """What is shown of the first rows of a column."""
    items = (how.uses.item(row, at) for at in (0, 2, 3, 4))
    return [item.text() for item in items if item is not None]


# --- encodings -------------------------------------------------------------------------------------------------------


def test_each_file_says_as_what_it_was_read_and_by_what_that_was_told(opened: Opened, tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Rain.")
    document.save(str(tmp_path / "word.docx"))
    written(tmp_path / "plain.txt", "Rain.\n")
    written(tmp_path / "marked.md", CAFE.encode("utf-16"))
    written(tmp_path / "page.html", "<meta charset=windows-1251><p>Дождь.".encode("cp1251"))
    written(tmp_path / "old.txt", CAFE.encode("cp1252"))
    written(tmp_path / "log.csv", "Observer,Text\nIlse,Rain.\n")
    dialog = opened(tmp_path)
    assert {row.given.name: cell(dialog, row.name, Column.READ_AS) for row in dialog.model.rows} == {
        "word.docx": "Word document",
        "plain.txt": "UTF-8",
        "marked.md": "UTF-16, by its mark",
        "page.html": "Windows-1251, declared",
        "old.txt": "Windows-1252, guessed",
        "log.csv": "Table, UTF-8",
    }
    tip = str(cell(dialog, "page.html", Column.READ_AS, Qt.ItemDataRole.ToolTipRole))
    assert tip == "Read as Cyrillic (Windows-1251). The file itself declares it."


def test_guessed_encoding_is_to_be_looked_at_until_somebody_says_that_it_is_right(
    qtbot: QtBot, sitting: Sitting, opened: Opened, tmp_path: Path
) -> None:
    dialog = opened(
        written(tmp_path / "a.txt", "Observer: Wren\nEvent: Launch\n\nRain.\n"),
        written(tmp_path / "b.txt", f"Observer: Wren\nEvent: Launch\n\n{CAFE}".encode("cp1252")),
    )
    assert [row.name for row in dialog.model.rows] == ["b.txt", "a.txt"]
    assert dialog.notice.words.text() == "1 is in doubt."
    told = str(cell(dialog, "b.txt", Column.TELLS))
    assert told == "Its encoding is guessed: look whether its letters are right (Alt+Enter)."
    how = ask_how(qtbot, dialog, "b.txt")
    assert how.encoding.currentText() == "Western European (Windows-1252), guessed"
    assert "That is a guess" in how.told.text()
    read_so(qtbot, dialog, how)
    assert {row.rank for row in dialog.model.rows} == {Rank.FINE}
    assert cell(dialog, "b.txt", Column.READ_AS) == "Windows-1252, chosen"
    assert not dialog.notice.isVisible()
    imported(qtbot, dialog)
    assert sources(sitting)["b"].encoding == "windows-1252"


def test_wrong_accents_become_right_ones_in_sight_when_another_encoding_is_chosen(
    qtbot: QtBot, sitting: Sitting, opened: Opened, tmp_path: Path
) -> None:
    page = written(tmp_path / "page.html", b"<meta charset=windows-1252><p>" + CAFE.encode())
    dialog = opened(page)
    how = ask_how(qtbot, dialog, "page.html")
    assert how.text.toPlainText().startswith("Un cafÃ©")
    assert how.told.text() == "Read as Western European (Windows-1252). The file itself declares it."
    choose_encoding(qtbot, how, "utf-8")
    assert how.text.toPlainText().startswith("Un café")
    read_so(qtbot, dialog, how)
    dialog.fields.observers.setText("Wren")
    result, _ = imported(qtbot, dialog)
    assert [one.text for one, _ in result.sources] == [CAFE]
    assert sources(sitting)["page"].encoding == "utf-8"


def test_what_other_encodings_write_otherwise_is_marked(qtbot: QtBot, opened: Opened, tmp_path: Path) -> None:
    dialog = opened(written(tmp_path / "a.txt", CAFE.encode("cp1252")))
    how = ask_how(qtbot, dialog, "a.txt")
    marked = [one.cursor.selectedText() for one in how.text.extraSelections()]
    assert marked == ["é", "«", "»", "é", "à", "Ç"]
    assert "Marked is what would differ in other encodings" in how.text_head.text()


def test_encoding_that_does_not_fit_is_told_and_another_one_can_be_chosen(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    dialog = opened(written(tmp_path / "a.txt", POLISH.encode("iso-8859-2")))
    how = ask_how(qtbot, dialog, "a.txt")
    assert "żółć" not in how.text.toPlainText()  # Polish is guessed to be something else
    choose_encoding(qtbot, how, "utf-8")
    assert "is not written in utf-8" in how.fault.text()
    assert not how.ok.isEnabled()
    choose_encoding(qtbot, how, "iso-8859-2")
    assert not how.fault.isVisible()
    assert "żółć" in how.text.toPlainText()
    read_so(qtbot, dialog, how)
    again = ask_how(qtbot, dialog, "a.txt")
    assert again.encoding.currentData() == "iso-8859-2"
    assert "żółć" in again.text.toPlainText()


def test_file_whose_encoding_cannot_be_told_is_read_in_one_that_is_chosen(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    dialog = opened(written(tmp_path / "a.txt", bytes([0x81, 0x8D, 0x8F, 0x90, 0x9D, 0xFF, 0xFE]) * 10))
    assert "Name its encoding" in str(cell(dialog, "a.txt", Column.TELLS))
    dialog.table.setCurrentIndex(dialog.model.index(0, Column.TITLE))
    assert dialog.below.how.isEnabled()
    how = ask_how(qtbot, dialog, "a.txt")
    assert how.encoding.currentText() == "not found out: choose one"
    assert not how.ok.isEnabled()
    choose_encoding(qtbot, how, "mac-roman")
    read_so(qtbot, dialog, how)
    assert dialog.ok.text() == "Import 1 file"


def test_encoding_of_one_file_is_filled_down_to_others_and_guesses_are_taken_for_right_together(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    names = ("a.txt", "b.txt", "c.txt")
    dialog = opened(*(written(tmp_path / name, f"{name} {POLISH}".encode("iso-8859-2")) for name in names))
    how = ask_how(qtbot, dialog, "a.txt")
    choose_encoding(qtbot, how, "iso-8859-2")
    read_so(qtbot, dialog, how)
    select(dialog, Column.READ_AS, at(dialog, "a.txt"), at(dialog, "b.txt"))
    dialog.table.fill_down()
    qtbot.waitUntil(lambda: cell(dialog, "b.txt", Column.READ_AS) == "ISO 8859-2, chosen")
    assert "guessed" in str(cell(dialog, "c.txt", Column.READ_AS))
    select(dialog, Column.TITLE, at(dialog, "c.txt"))
    actions = {one.text(): one for one in dialog.table.menu_for(dialog.model.rows[at(dialog, "c.txt")]).actions()}
    actions["The guessed encoding is right"].trigger()
    qtbot.waitUntil(lambda: "chosen" in str(cell(dialog, "c.txt", Column.READ_AS)))


def test_what_was_typed_stays_when_a_file_is_read_anew(qtbot: QtBot, opened: Opened, tmp_path: Path) -> None:
    dialog = opened(written(tmp_path / "a.txt", POLISH.encode("iso-8859-2")))
    put(dialog, 0, Column.OBSERVERS, "Ilse")
    how = ask_how(qtbot, dialog, "a.txt")
    choose_encoding(qtbot, how, "iso-8859-2")
    read_so(qtbot, dialog, how)
    assert dialog.model.rows[0].values(Field.OBSERVERS) == ("Ilse",)


def test_every_encoding_that_is_offered_has_a_readable_name() -> None:
    assert [name for name in OFFERED if name not in ENCODINGS] == []
    assert encoding("windows-1252") == "Western European (Windows-1252)"
    assert encoding("iso-8859-10") == "ISO 8859-10"
    assert encoding("cp857") == "code page 857"


def test_of_a_long_text_the_beginning_is_shown_and_the_lines_that_tell_its_encoding() -> None:
    look = with_text(Look(), "Rain.\n" * 20_000 + f"far below: {CAFE}" + "Rain.\n" * 20_000)
    assert not look.is_whole
    assert len(look.text) < MOST_SHOWN
    assert look.text.endswith(f"[…]\nfar below: {CAFE}\n[…]\n")
    assert [look.text[one.start : one.end] for one in look.marks][1] == "é"


# --- tables ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return written(tmp_path / "log.csv", LOG)


def test_columns_of_a_table_are_shown_with_the_first_rows_and_what_is_proposed(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    table = written(tmp_path / "log.csv", "Observer;Text;Age\nIlse;Tea is late.;44\nWren;Rain.;\n")
    how = ask_how(qtbot, opened(table), "log.csv, row 2")
    assert uses(how) == ["Observer", "Text", "not used"]
    assert cells(how, 0) == ["Observer", "Ilse", "Wren"]
    assert how.uses.isColumnHidden(4)
    assert "Between the columns stand semicolons. 2 rows become sources." in how.told.text()
    assert how.text_head.text() == "log.csv, row 2, as it would come in: Observer: Ilse"
    assert how.text.toPlainText() == "Tea is late.\n"


def test_every_thing_that_a_column_can_say_can_be_chosen() -> None:
    assert set(COLUMN_USES) == {*Key, *Use}


def test_columns_are_decided_and_the_rows_come_in_so(qtbot: QtBot, sitting: Sitting, opened: Opened, log: Path) -> None:
    dialog = opened(log)
    assert [row.reason for row in dialog.model.rows] != [""]
    assert cell(dialog, "log.csv", Column.TELLS) == (
        "Nothing says which of its columns is the text: choose it (Alt+Enter)."
    )
    how = ask_how(qtbot, dialog, "log.csv")
    assert how.fault.text() == "Nothing says which column is the text: choose “Text” for it above."
    assert not how.ok.isEnabled()
    decided: tuple[Key | Use, ...] = (Key.OBSERVER, Key.DATE, Key.SESSION, Use.TEXT)
    for column, use in enumerate(decided):
        choose_use(how, column, use)
    settle(qtbot, sitting)
    assert not how.fault.isVisible()
    assert "Without text, and left out: row 4." in how.told.text()
    assert how.text_head.text().endswith("Observer: Ilse; Session: Corridor; Date: 14 May 2024")
    read_so(qtbot, dialog, how)
    assert [row.name for row in dialog.model.rows] == ["log.csv, row 2", "log.csv, row 3"]
    _, page = imported(qtbot, dialog)
    found = sources(sitting)
    assert (found["log, row 2"].observers, found["log, row 2"].session) == (("Ilse",), "Corridor")
    assert (found["log, row 3"].observers, found["log, row 3"].observed_from) == (("Wren",), "2024-05-14")
    assert "log.csv: without text: row 4" in page


def test_source_has_one_session_so_that_another_column_gives_it_up(qtbot: QtBot, opened: Opened, log: Path) -> None:
    how = ask_how(qtbot, opened(log), "log.csv")
    choose_use(how, 2, Key.SESSION)
    choose_use(how, 4, Key.SESSION)
    choose_use(how, 0, Key.OBSERVER)
    choose_use(how, 1, Key.OBSERVER)
    assert uses(how) == ["Observer", "Observer", "not used", "not used", "Session"]


def test_what_was_typed_of_a_row_stays_with_it_however_the_table_is_read(
    qtbot: QtBot, sitting: Sitting, opened: Opened, tmp_path: Path
) -> None:
    table = written(tmp_path / "log.csv", "Observer,Text,Later\nIlse,,Coats.\nWren,Rain.,Tea.\n")
    dialog = opened(table)
    assert [row.name for row in dialog.model.rows] == ["log.csv, row 3"]
    put(dialog, 0, Column.TITLE, "The rain")
    said: tuple[tuple[Key | Use, list[str]], ...] = (
        (Key.NOTE, ["The rain"]),
        (Use.TEXT, ["log, row 2", "The rain"]),
    )
    for use, titles in said:
        how = ask_how(qtbot, dialog, "log.csv, row 3")
        choose_use(how, 2, use)
        settle(qtbot, sitting)
        read_so(qtbot, dialog, how)
        assert sorted(row.title for row in dialog.model.rows) == sorted(titles)
    how = ask_how(qtbot, dialog, "log.csv, row 3")
    assert uses(how) == ["Observer", "Text", "Text"]
    choose_use(how, 2, Use.UNUSED)
    settle(qtbot, sitting)
    read_so(qtbot, dialog, how)
    assert [row.title for row in dialog.model.rows] == ["The rain"]
    assert not dialog.table.isRowHidden(0)


def test_column_that_is_chosen_as_an_attribute_becomes_one_of_each_source(
    qtbot: QtBot, sitting: Sitting, opened: Opened, tmp_path: Path
) -> None:
    dialog = opened(written(tmp_path / "log.csv", LOG))
    how = ask_how(qtbot, dialog, "log.csv")
    assert uses(how)[4] == "not used"
    choose_use(how, 3, Use.TEXT)
    choose_use(how, 0, Key.OBSERVER)
    choose_use(how, 4, Use.ATTRIBUTE)
    settle(qtbot, sitting)
    assert "Mood: grey" in how.text_head.text()
    read_so(qtbot, dialog, how)
    _, page = imported(qtbot, dialog)
    assert "attribute of the source: Mood: grey" in page
    with sitting.bus.file.view() as view:
        assert list(read_sheet(view, "source").values.values()) == ["grey"]


def test_row_from_which_it_was_asked_is_shown(qtbot: QtBot, opened: Opened, tmp_path: Path) -> None:
    dialog = opened(written(tmp_path / "log.csv", "Observer,Text\nIlse,Coats.\nWren,Rain.\n"))
    assert ask_how(qtbot, dialog, "log.csv, row 3").text.toPlainText() == "Rain.\n"


def test_first_row_that_names_no_columns_is_a_source(
    qtbot: QtBot, sitting: Sitting, opened: Opened, tmp_path: Path
) -> None:
    dialog = opened(written(tmp_path / "log.csv", f"Ilse,{'Coats. ' * 9}\nWren,{'Rain. ' * 9}\n"))
    assert [row.name for row in dialog.model.rows] == ["log.csv, row 2"]
    how = ask_how(qtbot, dialog, "log.csv, row 2")
    how.header.click()
    settle(qtbot, sitting)
    assert [cells(how, row)[0] for row in (0, 1)] == ["column A", "column B"]
    choose_use(how, 0, Key.OBSERVER)
    settle(qtbot, sitting)
    read_so(qtbot, dialog, how)
    assert [row.values(Field.OBSERVERS) for row in dialog.model.rows] == [("Ilse",), ("Wren",)]
    assert not ask_how(qtbot, dialog, "log.csv, row 1").header.isChecked()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook of two sheets."""
    made = Workbook()
    for sheet, rows in (
        (made.worksheets[0], [("Observer", "Text"), ("Ilse", "Coats."), ("Wren", "Rain.")]),
        (made.create_sheet("Answers"), [("Observer", "Text"), ("Bashir", "Because nobody asked.")]),
    ):
        for row in rows:
            sheet.append(row)
    made.save(tmp_path / "book.xlsx")
    return tmp_path / "book.xlsx"


def test_sheet_of_a_workbook_is_chosen_and_what_was_typed_of_another_comes_back_with_it(
    qtbot: QtBot, sitting: Sitting, opened: Opened, book: Path
) -> None:
    dialog = opened(book)
    put(dialog, at(dialog, "book.xlsx, row 2"), Column.OBSERVERS, "Wren")
    assert cell(dialog, "book.xlsx, row 2", Column.READ_AS) == "Workbook"

    def take_sheet(place: int) -> None:
        how = ask_how(qtbot, dialog, "book.xlsx, row 2")
        assert not how.encoding.isVisible()
        how.sheet.setCurrentIndex(place)
        how.sheet.activated.emit(place)
        settle(qtbot, sitting)
        read_so(qtbot, dialog, how)

    take_sheet(1)
    assert [row.values(Field.OBSERVERS) for row in dialog.model.rows] == [("Bashir",)]
    take_sheet(0)
    assert [row.values(Field.OBSERVERS) for row in dialog.model.rows] == [("Wren",), ("Wren",)]


def test_table_of_many_columns_is_shown_at_once_and_its_boxes_follow(
    qtbot: QtBot, opened: Opened, tmp_path: Path
) -> None:
    names = ["Text", *(f"Q{number}" for number in range(1, 200))]
    cells_of = ["Rain.", *("3" for _ in names[1:])]
    dialog = opened(written(tmp_path / "log.csv", f"{','.join(names)}\n{','.join(cells_of)}\n"))
    how = ask_how(qtbot, dialog, "log.csv, row 2")
    qtbot.waitUntil(lambda: len(uses(how)) == 200)
    assert uses(how)[:2] == ["Text", "not used"]


# --- by hand ---------------------------------------------------------------------------------------------------------


def visible(dialog: ImportDialog) -> list[HowDialog]:
    return [one for one in dialog.findChildren(HowDialog) if one.isVisible()]


def test_it_is_reached_by_f2_a_double_click_the_menu_and_the_button(
    qtbot: QtBot, sitting: Sitting, opened: Opened, log: Path
) -> None:
    dialog = opened(log)
    index = dialog.model.index(0, Column.READ_AS)

    def by_mouse() -> None:
        place = dialog.table.visualRect(index).center()
        QTest.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def by_menu() -> None:
        actions = {one.text(): one for one in dialog.table.menu_for(dialog.model.rows[0]).actions()}
        actions["How the file is read…"].trigger()

    for ask in (
        lambda: qtbot.keyClick(dialog.table, Qt.Key.Key_F2),
        by_mouse,
        by_menu,
        lambda: qtbot.mouseClick(dialog.below.how, Qt.MouseButton.LeftButton),
    ):
        dialog.table.setCurrentIndex(index)
        ask()
        (how,) = visible(dialog)
        settle(qtbot, sitting)
        how.reject()
        assert not visible(dialog)


def test_use_of_a_column_is_chosen_by_the_keyboard_and_never_by_the_wheel(
    qtbot: QtBot, opened: Opened, log: Path
) -> None:
    how = ask_how(qtbot, opened(log), "log.csv")
    assert how.focusWidget() is how.uses
    how.uses.setCurrentCell(3, 0)
    qtbot.keyClick(how.uses, Qt.Key.Key_Space)
    box = how.uses.cellWidget(3, 1)
    assert isinstance(box, QComboBox)
    assert box.view().isVisible()
    box.hidePopup()
    assert box.nextInFocusChain() is not how.ok
    centre = QPointF(box.rect().center())
    wheel = QWheelEvent(
        centre,
        QPointF(box.mapToGlobal(QPoint(5, 5))),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    box.wheelEvent(wheel)
    assert not wheel.isAccepted()
    assert uses(how)[3] == "not used"


def test_document_that_says_itself_how_it_is_read_is_only_shown(qtbot: QtBot, opened: Opened, tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Déjà vu.")
    document.save(str(tmp_path / "note.docx"))
    how = ask_how(qtbot, opened(tmp_path / "note.docx"), "note.docx")
    assert how.text.toPlainText() == "Déjà vu.\n"
    assert how.told.text() == "Read as: Word document."
    assert not any(one.isVisible() for one in (how.ok, how.encoding, how.header, how.uses))


def test_closing_asks_only_where_something_was_chosen(
    qtbot: QtBot, opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(written(tmp_path / "a.txt", CAFE))
    how = ask_how(qtbot, dialog, "a.txt")
    monkeypatch.setattr(how, "_may_discard", lambda: pytest.fail("it asked"))
    qtbot.keyClick(how, Qt.Key.Key_Escape)
    assert not how.isVisible()
    how = ask_how(qtbot, dialog, "a.txt")
    choose_encoding(qtbot, how, "windows-1252")
    monkeypatch.setattr(how, "_may_discard", lambda: False)
    qtbot.keyClick(how, Qt.Key.Key_Escape)
    assert how.isVisible()


def test_it_fits_a_small_screen_in_both_themes(qtbot: QtBot, opened: Opened, log: Path, theme: Theme) -> None:
    how = ask_how(qtbot, opened(log), "log.csv")
    for name in ("dark", "light"):
        theme.choose(name)
        how.resize(900, 600)
        assert (how.width(), how.height()) <= (900, 600)
