"""About a source: all that is said of it, corrected in one step; removing it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from polyvocal.domain.editmap import EditMap
from polyvocal.domain.records import Source
from polyvocal.domain.words import AttributeType, Fate, Phase, SourceKind
from polyvocal.gui.dialogs.rows_field import RowsField
from polyvocal.gui.dialogs.source import SourceDialog, ask_about_source
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.occasions import OccasionsPanel
from polyvocal.gui.views.read import ReadView
from polyvocal.services.commands.attributes import add_attribute
from polyvocal.services.commands.incoming import About, Incoming, Note
from polyvocal.services.commands.sources import import_sources
from polyvocal.services.queries.source_described import SourceDescribed, source_described
from tests.gui.conftest import settle
from tests.gui.setting_steps import editor, fill, finish, save

Opened = Callable[[str], SourceDialog]


@pytest.fixture
def opened(qtbot: QtBot, sitting: Sitting, window: QWidget) -> Opened:
    """Opens the dialog about a source."""

    def open_(title: str) -> SourceDialog:
        (source,) = sitting.bus.read(lambda view: view.find(Source, title=title))
        ask_about_source(sitting, source.id, window)
        settle(qtbot, sitting)
        (found,) = [one for one in window.findChildren(SourceDialog) if one.isVisible()]
        return found

    return open_


def described(sitting: Sitting, title: str) -> SourceDescribed:
    """What the store says of a source."""
    (source,) = sitting.bus.read(lambda view: view.find(Source, title=title))
    found = sitting.bus.read(lambda view: source_described(view, source.id))
    assert found is not None
    return found


def type_into(qtbot: QtBot, sitting: Sitting, field: RowsField, row: int, column: int, words: str) -> None:
    """Type into a part, and go on with Enter."""
    field.setFocus()
    field.setCurrentIndex(field.model().index(row, column))
    qtbot.keyClicks(field, words[0])
    line = editor(field, QLineEdit)
    qtbot.keyClicks(line, words[1:])
    finish(qtbot, sitting, line)


def test_dialog_shows_what_is_said(opened: Opened) -> None:
    dialog = opened("On the train")
    assert dialog.title.text() == "On the train"
    assert dialog.observers.rows == [("Wren", "")]
    assert dialog.occasions.rows == [("Launch", "", "after")]
    assert "Wren writes as ethnographer." in dialog.standing_hint.text()
    assert not dialog.standing.isEnabled()
    assert not dialog.note.isVisible()
    assert not dialog.is_filled_in


def test_all_of_it_is_corrected_in_one_step(qtbot: QtBot, sitting: Sitting, opened: Opened) -> None:
    add_attribute(sitting.bus.file, name="Pages", type=AttributeType.NUMBER)
    before = described(sitting, "On the train")
    dialog = opened("On the train")
    fill(qtbot, dialog.title, "Going home")
    type_into(qtbot, sitting, dialog.observers, 0, 1, "window seat")
    type_into(qtbot, sitting, dialog.observers, 1, 0, "Robin")
    assert "Robin is new here" in dialog.standing_hint.text()
    dialog.standing.setCurrentIndex(dialog.standing.findData("other"))
    type_into(qtbot, sitting, dialog.occasions, 0, 1, "Corridor")
    type_into(qtbot, sitting, dialog.occasions, 1, 0, "Second day")
    fill(qtbot, dialog.observed_from, "2024-05-14 18:00")
    (pages,) = dialog.values
    assert isinstance(pages, QLineEdit)
    pages.setText("2.0")
    assert dialog.is_filled_in
    save(qtbot, sitting, dialog)
    found = described(sitting, "Going home")
    assert [tuple(one) for one in found.authors] == [("Robin", None), ("Wren", "window seat")]
    assert [tuple(one) for one in found.occasions] == [("Launch", "Corridor", Phase.AFTER), ("Second day", None, None)]
    assert found.source.observed_from == "2024-05-14T18:00"
    assert [one.value for one in found.attributes] == ["2"]
    sitting.bus.act(lambda file: file.undo())
    settle(qtbot, sitting)
    assert described(sitting, "On the train") == before


def test_row_is_taken_away_by_delete(qtbot: QtBot, sitting: Sitting, opened: Opened) -> None:
    dialog = opened("On the train")
    dialog.observers.setFocus()
    qtbot.keyClick(dialog.observers, Qt.Key.Key_Delete)
    assert dialog.observers.rows == []
    save(qtbot, sitting, dialog)
    assert "has an observer" in dialog.fault.text()
    dialog.kind.setCurrentIndex(dialog.kind.findData("correspondence"))
    save(qtbot, sitting, dialog)
    assert described(sitting, "On the train").source.kind is SourceKind.CORRESPONDENCE


def test_jottings_are_linked_to_the_note_written_from_them(qtbot: QtBot, sitting: Sitting, opened: Opened) -> None:
    dialog = opened("On the train")
    dialog.kind.setCurrentIndex(dialog.kind.findData("jottings"))
    assert dialog.note.isVisible()
    assert "On the train" not in dialog.note.offered
    fill(qtbot, dialog.note, "No such note")
    save(qtbot, sitting, dialog)
    assert "There is no source" in dialog.fault.text()
    fill(qtbot, dialog.note, "plenary, wren")
    save(qtbot, sitting, dialog)
    assert described(sitting, "On the train").note == "Plenary, Wren"
    again = opened("Plenary, Wren")
    assert described(sitting, "Plenary, Wren").written_from == ("On the train",)
    again.reject()


@pytest.mark.parametrize(
    ("column", "words", "told"), [(0, "Wren", "named twice"), (1, "by the door", "an observer is missing")]
)
def test_what_cannot_be_is_told_and_nothing_is_lost(
    qtbot: QtBot, sitting: Sitting, opened: Opened, column: int, words: str, told: str
) -> None:
    dialog = opened("On the train")
    type_into(qtbot, sitting, dialog.observers, 1, column, words)
    save(qtbot, sitting, dialog)
    assert told in dialog.fault.text()
    assert len(dialog.observers.rows) == 2


def test_import_report_is_told_by_what_became_of_each(qtbot: QtBot, sitting: Sitting, opened: Opened) -> None:
    notes = (
        Note("deletion", 2, "left out", Fate.LEFT_OUT),
        Note("heading", 3, "a line", Fate.CARRIED_OVER),
        Note("link", 1, "words only", Fate.OTHERWISE),
    )
    paper = Incoming("A paper", "Words.", EditMap(), file_name="paper <1>.docx", content=b"x", notes=notes)
    import_sources(sitting.bus.file, [paper], About(kind=SourceKind.PAPER))
    shown = opened("A paper").report.toPlainText()
    assert "paper <1>.docx" in shown
    places = [shown.index(words) for words in ("Carried over", "heading (3)", "In another form", "Left out")]
    assert places == sorted(places)


def test_source_is_removed_after_asking_and_comes_back(qtbot: QtBot, sitting: Sitting, opened: Opened) -> None:
    import_sources(sitting.bus.file, [Incoming("A paper", "Words.", EditMap())], About(SourceKind.PAPER, ("Wren",)))
    dialog = opened("A paper")
    dialog.drop.click()
    settle(qtbot, sitting)
    (box,) = [one for one in dialog.findChildren(QMessageBox) if one.isVisible()]
    assert "1 authorship" in box.text()
    box.accept()
    settle(qtbot, sitting)
    assert not sitting.bus.read(lambda view: view.find(Source, title="A paper"))
    sitting.bus.act(lambda file: file.undo())
    settle(qtbot, sitting)
    assert described(sitting, "A paper").authors[0].name == "Wren"


def test_what_stands_in_the_way_of_removing_is_told(qtbot: QtBot, sitting: Sitting, opened: Opened) -> None:
    dialog = opened("Plenary, Wren")
    dialog.drop.click()
    settle(qtbot, sitting)
    assert "still needed by" in dialog.fault.text()
    assert "coding" in dialog.fault.text()


def test_dialog_is_asked_for_from_the_head_and_from_the_tree(qtbot: QtBot, sitting: Sitting) -> None:
    (train,) = sitting.bus.read(lambda view: view.find(Source, title="On the train"))
    view = ReadView(sitting)
    qtbot.addWidget(view)
    view.show()
    settle(qtbot, sitting)
    with qtbot.waitSignal(sitting.about_wanted) as asked:
        qtbot.keyClick(view.head.more, Qt.Key.Key_Return)
    assert view.source is not None
    assert asked.args == [view.source.source.id]
    panel: OccasionsPanel = view.occasions
    panel.point_to(train.id)
    panel.tree.setFocus()
    with qtbot.waitSignal(sitting.about_wanted) as asked:
        panel.about.trigger()
    assert asked.args == [train.id]
    assert panel.about.shortcut().toString() == "Alt+Return"


def test_nothing_is_corrected_where_the_project_is_only_read(
    qtbot: QtBot, reading_sitting: Sitting, window: QWidget
) -> None:
    (train,) = reading_sitting.bus.read(lambda view: view.find(Source, title="On the train"))
    ask_about_source(reading_sitting, train.id, window)
    settle(qtbot, reading_sitting)
    (dialog,) = window.findChildren(SourceDialog)
    assert not dialog.ok.isEnabled()
    assert not dialog.drop.isEnabled()
    assert dialog.observers.model().rowCount() == 1
    dialog.reject()
