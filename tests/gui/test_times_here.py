"""The times in a text, listed below it: taken, corrected, refused."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from polyvocal.domain.editmap import EditMap
from polyvocal.domain.records import TimeMark
from polyvocal.domain.spans import Span
from polyvocal.domain.words import MarkKind
from polyvocal.gui.dialogs.time_mark import TimeMarkDialog
from polyvocal.gui.settings import PARAGRAPH_NUMBERS
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.times_here import TimesPanel, words_around
from polyvocal.services.commands.incoming import About, Incoming
from polyvocal.services.commands.sources import correct_source, import_sources
from polyvocal.services.queries.reading import SourceToRead
from tests.gui.conftest import read_view, settle, shown_about, source_named

TEXT = "10:45 Coffee.\n13:20 Plenary. The next is at 14:00.\nBack when the bell rang.\n12:10 Stairs.\n"


@pytest.fixture
def source(sitting: Sitting) -> SourceToRead:
    about = About(observers=("Ines",), observed_from="2024-05-14T10:00")
    import_sources(sitting.bus.file, [Incoming("with times", TEXT, EditMap())], about)
    return source_named(sitting, "with times")


@pytest.fixture
def panel(qtbot: QtBot, sitting: Sitting, source: SourceToRead) -> TimesPanel:
    start = TEXT.index("when the bell rang")
    return shown_about(qtbot, sitting, TimesPanel(sitting, lambda: Span(start, start + 18)), source)


def rows(panel: TimesPanel) -> list[tuple[str, ...]]:
    return [tuple(panel.model.item(row, column).text() for column in (0, 2)) for row in range(panel.model.rowCount())]


def marks(sitting: Sitting) -> list[tuple[str | None, MarkKind]]:
    return [(one.clock, one.kind) for one in sitting.bus.read(lambda view: view.all(TimeMark))]


def choose(panel: TimesPanel, row: int) -> None:
    panel.list.setFocus()
    panel.list.setCurrentIndex(panel.model.index(row, 0))


def test_times_are_offered_with_the_strong_ones_ticked(panel: TimesPanel) -> None:
    assert rows(panel) == [
        ("Tue 14 May, 10:45", "offered"),
        ("Tue 14 May, 13:20", "offered"),
        ("Tue 14 May, 14:00", "offered, perhaps only spoken of"),
        ("Tue 14 May, 12:10", "offered: It is earlier than 13:20, which stands before it in the text."),
    ]
    assert [one.clock for one in panel.ticked] == ["10:45", "13:20", "12:10"]
    assert panel.take.text() == "Take the 3 ticked"
    assert "‹13:20› Plenary" in panel.model.item(1, 1).text()


def test_ticked_times_are_marked_as_one_step_and_contradictions_told(
    qtbot: QtBot, panel: TimesPanel, sitting: Sitting
) -> None:
    choose(panel, 0)
    qtbot.keyClick(panel.list, Qt.Key.Key_Space)
    assert panel.take.text() == "Take the 2 ticked"
    panel.take.click()
    settle(qtbot, sitting)
    assert marks(sitting) == [("13:20", MarkKind.CLOCK), ("12:10", MarkKind.CLOCK)]
    (when, state) = rows(panel)[3]
    assert "12:10" in when
    assert state.startswith("out of order: It is earlier than 13:20")
    assert "13:20" in rows(panel)[1][0]
    sitting.bus.act(lambda file: file.undo())
    settle(qtbot, sitting)
    assert marks(sitting) == []


def test_offered_time_is_corrected_by_f2_and_so_marked(qtbot: QtBot, panel: TimesPanel, sitting: Sitting) -> None:
    choose(panel, 2)
    qtbot.keyClick(panel.list, Qt.Key.Key_F2)
    (dialog,) = panel.findChildren(TimeMarkDialog)
    assert dialog.clock.text() == "14:00"
    dialog.clock.setText("14:05")
    dialog.until.setText("14:30")
    dialog.accept()
    settle(qtbot, sitting)
    assert marks(sitting) == [("14:05", MarkKind.CLOCK)]
    assert rows(panel)[2][0].endswith("14:05–14:30")


def test_nonsense_is_told_in_the_dialog_which_stays(qtbot: QtBot, panel: TimesPanel, sitting: Sitting) -> None:
    choose(panel, 0)
    qtbot.keyClick(panel.list, Qt.Key.Key_F2)
    (dialog,) = panel.findChildren(TimeMarkDialog)
    dialog.clock.setText("soon")
    dialog.accept()
    assert "'soon' is no time" in dialog.fault.text()
    assert dialog.isVisible()
    assert marks(sitting) == []
    dialog.clock.setText("10:45")
    dialog.accept()
    settle(qtbot, sitting)
    assert marks(sitting) == [("10:45", MarkKind.CLOCK)]


def test_what_is_no_time_is_refused_and_not_offered_again(qtbot: QtBot, panel: TimesPanel, sitting: Sitting) -> None:
    choose(panel, 2)
    panel.refuse.click()
    settle(qtbot, sitting)
    assert rows(panel)[2] == ("–", "no time")
    choose(panel, 2)
    assert not panel.refuse.isEnabled()
    qtbot.keyClick(panel.list, Qt.Key.Key_Delete)
    settle(qtbot, sitting)
    assert rows(panel)[2][0] == "Tue 14 May, 14:00", "with its mark gone it is offered again"


def test_ticks_stay_as_they_were_set_while_other_times_are_decided_on(
    qtbot: QtBot, panel: TimesPanel, sitting: Sitting
) -> None:
    choose(panel, 1)
    qtbot.keyClick(panel.list, Qt.Key.Key_Space)
    choose(panel, 2)
    qtbot.keyClick(panel.list, Qt.Key.Key_Space)
    choose(panel, 0)
    panel.refuse.click()
    settle(qtbot, sitting)
    assert [one.clock for one in panel.ticked] == ["14:00", "12:10"]


def test_marked_time_is_moved_to_the_selected_words_and_an_offered_one_is_not(
    qtbot: QtBot, panel: TimesPanel, sitting: Sitting
) -> None:
    choose(panel, 0)
    assert not panel.move_button.isEnabled()
    panel.take.click()
    settle(qtbot, sitting)
    choose(panel, 0)
    panel.move_button.click()
    settle(qtbot, sitting)
    places = sitting.bus.read(lambda view: {one.clock: TEXT[one.start : one.end] for one in view.all(TimeMark)})
    assert places["10:45"] == "when the bell rang"


def test_selected_words_are_marked_as_a_time(qtbot: QtBot, panel: TimesPanel, sitting: Sitting) -> None:
    panel.mark.click()
    (dialog,) = panel.findChildren(TimeMarkDialog)
    dialog.clock.setText("14:50")
    dialog.accept()
    settle(qtbot, sitting)
    (mark,) = sitting.bus.read(lambda view: view.all(TimeMark))
    assert TEXT[mark.start : mark.end] == "when the bell rang"


def test_answer_about_a_source_that_is_not_shown_any_more_is_not_listed(
    qtbot: QtBot, panel: TimesPanel, sitting: Sitting, source: SourceToRead
) -> None:
    panel.show_source(source)
    panel.show_source(None)
    settle(qtbot, sitting)
    assert rows(panel) == []
    assert "Open a source" in panel.none.text()


def test_times_are_taken_where_their_words_are_after_a_correction(
    qtbot: QtBot, panel: TimesPanel, sitting: Sitting, source: SourceToRead
) -> None:
    identity = str(source.source.id)
    sitting.bus.act(lambda file: correct_source(file, source=identity, edits=[(0, 0, "Tuesday. ")]))
    settle(qtbot, sitting)
    assert panel.model.item(0, 1).text() == "Tuesday. ‹10:45› Coffee."
    panel.take.click()
    settle(qtbot, sitting)
    assert [one.start for one in sitting.bus.read(lambda view: view.all(TimeMark))] == [9, 23, 85]


def test_words_around_a_time_are_whole_and_of_its_line() -> None:
    text = "Up.\nThe bleep rang again and nobody in the second row turned at 10:47. Tom only turns it off and looks away from us.\n"
    start = text.index("10:47")
    assert words_around(text, Span(start, start + 5)) == (
        "…second row turned at ‹10:47›. Tom only turns it off and looks away…"
    )


def test_return_goes_to_the_place_in_the_text(qtbot: QtBot, panel: TimesPanel) -> None:
    choose(panel, 1)
    with qtbot.waitSignal(panel.place_meant) as meant:
        qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert meant.args == [14, 19]


def test_marked_times_stand_in_the_gutter_of_the_text(qtbot: QtBot, sitting: Sitting, source: SourceToRead) -> None:
    sitting.settings[PARAGRAPH_NUMBERS] = False  # they take room of their own
    view = read_view(qtbot, sitting, source.source.id)
    assert view.surface.gutter.width() == 0
    view.below.setCurrentIndex(2)
    settle(qtbot, sitting)
    panel = view.below.panel(2)
    assert isinstance(panel, TimesPanel)
    panel.take.click()
    settle(qtbot, sitting)
    assert view.surface.gutter.width() > 0
    assert [one.label for one in view.surface.gutter._signs] == ["10:45", "13:20", "12:10"]
    assert [one.weak for one in view.surface.gutter._signs] == [False, False, True]
