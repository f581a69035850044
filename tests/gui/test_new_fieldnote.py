"""A fieldnote is typed or pasted, kept to the letter, and added with what is said of it as one step."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from polyvocal.domain.records import Authorship, Event, Person, Session, Source, SourceVersion
from polyvocal.domain.words import SourceKind, Standing
from polyvocal.gui.dialogs.new_fieldnote import NewFieldnoteDialog
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.sources import ImportResult
from polyvocal.services.queries.listing import list_people, list_sources
from polyvocal.services.queries.rows import SourceRow
from tests.conftest import TEXTS
from tests.gui.conftest import settle

Opened = Callable[[Sitting], NewFieldnoteDialog]


@pytest.fixture
def opened(qtbot: QtBot, window: QWidget) -> Opened:
    """Opens the dialog over a window, and waits until it knows what there is to offer."""

    def open_on(sitting: Sitting) -> NewFieldnoteDialog:
        dialog = NewFieldnoteDialog(sitting, window)
        dialog.open()
        settle(qtbot, sitting)
        return dialog

    return open_on


def fill(dialog: NewFieldnoteDialog, text: str = "Tea, then talk.", observers: str = "Wren") -> None:
    dialog.title.setText("Day 2")
    dialog.fields.observers.setText(observers)
    dialog.text.insertPlainText(text)


def added(qtbot: QtBot, dialog: NewFieldnoteDialog) -> ImportResult:
    with qtbot.waitSignal(dialog.finished_with) as signal:
        dialog.accept()
    assert signal.args is not None
    result = signal.args[0]
    assert isinstance(result, ImportResult)
    return result


def sources(sitting: Sitting) -> dict[str, SourceRow]:
    with sitting.bus.file.view() as view:
        return {row.title: row for row in list_sources(view)}


def text_of(sitting: Sitting, result: ImportResult) -> str:
    ((_, identity),) = result.sources
    with sitting.bus.file.view() as view:
        (version,) = view.find(SourceVersion, source=identity)
        return view.text(version.text_hash)


def choose(dialog: NewFieldnoteDialog, box: str, value: str) -> None:
    field = getattr(dialog.fields, box)
    field.setCurrentIndex(field.findData(value))


# --- what is kept ----------------------------------------------------------------------------------------------------


def test_note_is_written_by_keys_alone_and_added_with_all_that_was_said(
    qtbot: QtBot, sitting: Sitting, opened: Opened
) -> None:
    dialog = opened(sitting)
    assert dialog.focusWidget() is dialog.title
    qtbot.keyClicks(dialog.title, "Corridor, again")
    dialog.fields.observers.setText("Ilse; Nia")
    choose(dialog, "standing", Standing.RESEARCH_TEAM)
    dialog.position.setText(" by the door ")
    dialog.fields.event_box.setEditText("launch")
    dialog.fields.session_box.setEditText("Corridor")
    choose(dialog, "phase", "after")
    dialog.observed_from.setText("2024-05-14 10:45")
    dialog.observed_to.setText("2024-05-14T11:00")
    dialog.written_at.setText("2024-05-15")
    dialog.text.setFocus()
    qtbot.keyClicks(dialog.text, "Nurses laugh.")
    before = len(sources(sitting))
    with qtbot.waitSignal(dialog.finished_with):
        qtbot.keyPress(dialog.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    row = sources(sitting)["Corridor, again"]
    assert (row.kind, row.observers, row.standing) == (SourceKind.FIELDNOTE, ("Ilse", "Nia"), Standing.RESEARCH_TEAM)
    assert (row.event, row.session, row.phase, row.words) == ("Launch", "Corridor", "after", 2)
    assert (row.observed_from, row.observed_to) == ("2024-05-14T10:45", "2024-05-14T11:00")
    assert (row.written_at, row.file_name) == ("2024-05-15", None)
    with sitting.bus.file.view() as view:
        assert {one.position for one in view.find(Authorship, source=row.id)} == {"by the door"}
        assert view.journal.latest().person == sitting.me.id  # type: ignore[union-attr]
        assert view.count(Session) == 2
    sitting.bus.file.undo()
    assert len(sources(sitting)) == before
    with sitting.bus.file.view() as view:
        assert view.find(Person, name="Nia") == []


@pytest.mark.parametrize(
    "text",
    [
        "Applause 👨\u200d👩\u200d👧 and 🚂, then 🎙\ufe0f.",
        "no\u00a0break\u202fspaces \u2007 and a soft\u00adhyphen",
        "خارج القاعة سألوني: من يقرر؟\n\u202eright to left\u202c and \u200fmarks",
        "line\u2028separator, tab\tand  two  spaces ",
        "\n\nbegins and ends with empty lines\n\n",
        "de\u0301compose\u0301 stays décomposé",
        "病房的人说：我们的时间不算数。",
        "object \ufffc and frame",
        "<b>not bold</b> &amp; plain",
    ],
)
def test_text_is_kept_as_it_was_pasted(qtbot: QtBot, sitting: Sitting, opened: Opened, text: str) -> None:
    dialog = opened(sitting)
    fill(dialog, "")
    pasted = QMimeData()
    pasted.setText(text)
    pasted.setHtml("<p>another <b>form</b> of it</p>")
    dialog.text.insertFromMimeData(pasted)
    assert text_of(sitting, added(qtbot, dialog)) == text


def test_line_ends_of_windows_become_plain_ones(qtbot: QtBot, sitting: Sitting, opened: Opened) -> None:
    dialog = opened(sitting)
    fill(dialog, "one\r\ntwo\r\n")
    assert text_of(sitting, added(qtbot, dialog)) == "one\ntwo\n"


def test_nul_that_was_pasted_unseen_does_not_keep_a_note_out(qtbot: QtBot, sitting: Sitting, opened: Opened) -> None:
    dialog = opened(sitting)
    fill(dialog, "Tea,\0 then talk.")
    assert text_of(sitting, added(qtbot, dialog)) == "Tea, then talk."


def test_words_are_counted_as_they_come(qtbot: QtBot, sitting: Sitting, opened: Opened) -> None:
    dialog = opened(sitting)
    assert dialog.count.text() == "0 words"
    qtbot.keyClicks(dialog.text, "one")
    qtbot.waitUntil(lambda: dialog.count.text() == "1 word")
    qtbot.keyClicks(dialog.text, " and two - more")
    qtbot.waitUntil(lambda: dialog.count.text() == "4 words")


def test_jottings_need_no_observer_and_point_to_their_note(qtbot: QtBot, sitting: Sitting, opened: Opened) -> None:
    dialog = opened(sitting)
    assert not dialog.fields.note.isVisible()
    choose(dialog, "kind", SourceKind.JOTTINGS)
    assert dialog.fields.note.isVisible()
    assert dialog.ok.text() == "Add the jottings"
    fill(dialog, "9 tbl 1 mic", observers="")
    dialog.fields.note.setEditText("plenary, wren")
    result = added(qtbot, dialog)
    with sitting.bus.file.view() as view:
        (note,) = view.find(Source, title="Plenary, Wren")
        assert view.need(Source, result.sources[0][1]).note == note.id


def test_first_note_of_an_empty_project_makes_its_people_and_event(
    qtbot: QtBot, empty_sitting: Sitting, opened: Opened
) -> None:
    dialog = opened(empty_sitting)
    fill(dialog, observers="Wren")
    choose(dialog, "standing", Standing.ETHNOGRAPHER)
    dialog.fields.event_box.setEditText("Launch")
    dialog.fields.session_box.setEditText("Plenary")
    added(qtbot, dialog)
    with empty_sitting.bus.file.view() as view:
        assert [(one.name, one.standing, one.roles) for one in list_people(view)] == [
            ("Wren", Standing.ETHNOGRAPHER, ("observer",))
        ]
        assert [one.title for one in view.all(Event)] == ["Launch"]
        assert [one.title for one in view.all(Session)] == ["Plenary"]


# --- what is refused -------------------------------------------------------------------------------------------------


def test_fieldnote_without_an_observer_is_refused_and_nothing_is_lost(
    qtbot: QtBot, sitting: Sitting, opened: Opened
) -> None:
    before = sources(sitting)
    dialog = opened(sitting)
    fill(dialog, observers=" ; ")
    dialog.accept()
    assert dialog.fault.text().startswith("A fieldnote has an observer")
    assert dialog.focusWidget() is dialog.fields.observers
    assert dialog.text.toPlainText() == "Tea, then talk."
    assert sources(sitting) == before
    dialog.fields.observers.setText("Wren")
    added(qtbot, dialog)


@pytest.mark.parametrize("field", ["observed_from", "observed_to", "written_at"])
@pytest.mark.parametrize(
    "nonsense", ["yesterday", "14/05/2024", "2024-13-40", "10:45", "２０２４年", "2024-05-14 25:99"]
)
def test_time_that_is_none_is_refused_and_led_to(sitting: Sitting, opened: Opened, field: str, nonsense: str) -> None:
    dialog = opened(sitting)
    fill(dialog)
    box = getattr(dialog, field)
    box.setText(nonsense)
    dialog.accept()
    assert "write it as 2024-05-14" in dialog.fault.text()
    assert dialog.focusWidget() is box
    assert dialog.isVisible()


def test_observing_that_ends_before_it_begins_is_refused(sitting: Sitting, opened: Opened) -> None:
    dialog = opened(sitting)
    fill(dialog)
    dialog.observed_from.setText("2024-05-14 11:00")
    dialog.observed_to.setText("2024-05-14 10:00")
    dialog.accept()
    assert "before it starts" in dialog.fault.text()


@pytest.mark.parametrize(
    ("title", "text", "told"), [("", "Words.", "title"), ("Day 2", " \n\u00a0\t\n", "no text yet")]
)
def test_note_without_a_title_or_a_text_is_refused(
    sitting: Sitting, opened: Opened, title: str, text: str, told: str
) -> None:
    dialog = opened(sitting)
    fill(dialog, text)
    dialog.title.setText(title)
    dialog.accept()
    assert told in dialog.fault.text()


def test_text_that_is_there_already_is_told_with_its_source_and_stays(
    qtbot: QtBot, sitting: Sitting, opened: Opened
) -> None:
    before = sources(sitting)
    dialog = opened(sitting)
    fill(dialog, TEXTS["Plenary, Ilse"], observers="Nobody yet")
    dialog.accept()
    settle(qtbot, sitting)
    assert "already, as 'Plenary, Ilse'" in dialog.fault.text()
    assert dialog.isVisible()
    assert dialog.isEnabled()
    assert sources(sitting) == before
    with sitting.bus.file.view() as view:
        assert view.find(Person, name="Nobody yet") == []


def test_name_that_no_source_can_have_is_refused_by_the_service_and_told(
    qtbot: QtBot, sitting: Sitting, opened: Opened
) -> None:
    dialog = opened(sitting)
    fill(dialog)
    dialog.title.setText("x" * 501)
    dialog.accept()
    settle(qtbot, sitting)
    assert "the longest is 500" in dialog.fault.text()
    assert dialog.isEnabled()


def test_jottings_written_up_as_no_source_are_refused(sitting: Sitting, opened: Opened) -> None:
    dialog = opened(sitting)
    choose(dialog, "kind", SourceKind.JOTTINGS)
    fill(dialog)
    dialog.fields.note.setEditText("A note that nobody wrote")
    dialog.accept()
    assert "no source 'A note that nobody wrote'" in dialog.fault.text()


# --- what depends on what --------------------------------------------------------------------------------------------


def test_standing_is_asked_only_of_an_observer_who_has_none(sitting: Sitting, opened: Opened) -> None:
    fields = opened(sitting).fields
    assert not fields.standing.isEnabled()
    fields.observers.setText("wren; Ilse")
    assert not fields.standing.isEnabled()
    assert fields.observers.accessibleDescription() == "wren writes as ethnographer. Ilse writes as research team."
    fields.observers.setText("Wren; Nia")
    assert fields.standing.isEnabled()
    assert fields.observers.accessibleDescription().endswith("Nia is new here and is added to the people.")
    fields.observers.setText("Oda")
    assert fields.standing.isEnabled()


def test_standing_that_contradicts_what_is_known_is_refused_in_the_words_of_the_window(
    sitting: Sitting, opened: Opened
) -> None:
    dialog = opened(sitting)
    fill(dialog, observers="Wren; Nia")
    choose(dialog, "standing", Standing.LAY_PANEL)
    dialog.accept()
    assert dialog.fault.text().startswith("Wren is known to write as ethnographer")
    assert "--" not in dialog.fault.text()


def test_sessions_offered_are_those_of_the_event(sitting: Sitting, opened: Opened) -> None:
    fields = opened(sitting).fields
    assert not fields.session_box.isEnabled()
    assert not fields.phase.isEnabled()
    fields.event_box.setEditText("LAUNCH")
    assert [fields.session_box.itemText(row) for row in range(fields.session_box.count())] == ["Plenary", "Corridor"]
    assert fields.event_box.accessibleDescription() == ""
    fields.session_box.setEditText("Dinner")
    assert "it is added" in fields.session_box.accessibleDescription()
    fields.event_box.setEditText("Another gathering")
    assert fields.session_box.count() == 0
    assert "it is added" in fields.event_box.accessibleDescription()


def test_session_and_phase_are_left_out_where_the_event_was_taken_back(
    qtbot: QtBot, sitting: Sitting, opened: Opened
) -> None:
    dialog = opened(sitting)
    fill(dialog)
    dialog.fields.event_box.setEditText("Launch")
    dialog.fields.session_box.setEditText("Plenary")
    choose(dialog, "phase", "before")
    dialog.fields.event_box.setEditText("")
    added(qtbot, dialog)
    row = sources(sitting)["Day 2"]
    assert (row.event, row.session, row.phase) == (None, None, None)


# --- nothing is lost by a slip ---------------------------------------------------------------------------------------


def test_return_goes_on_to_the_next_field_instead_of_adding(qtbot: QtBot, sitting: Sitting, opened: Opened) -> None:
    dialog = opened(sitting)
    fill(dialog)
    dialog.title.setFocus()
    qtbot.keyClick(dialog.title, Qt.Key.Key_Return)
    assert dialog.focusWidget() is dialog.fields.kind
    assert "Day 2" not in sources(sitting)


@pytest.mark.parametrize("discard", [True, False])
def test_closing_with_a_text_asks_first(
    qtbot: QtBot, sitting: Sitting, opened: Opened, monkeypatch: pytest.MonkeyPatch, discard: bool
) -> None:
    asked = []

    def may_discard() -> bool:
        asked.append(1)
        return discard

    dialog = opened(sitting)
    monkeypatch.setattr(dialog, "_may_discard", may_discard)
    qtbot.keyClicks(dialog.text, "A word")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert asked == [1]
    assert dialog.isVisible() is not discard
    if not discard:
        assert dialog.text.toPlainText() == "A word"


def test_closing_an_empty_one_asks_nothing(
    qtbot: QtBot, sitting: Sitting, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(sitting)
    monkeypatch.setattr(dialog, "_may_discard", lambda: pytest.fail("it asked"))
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_nothing_is_added_to_a_project_for_reading(qtbot: QtBot, reading_sitting: Sitting, opened: Opened) -> None:
    dialog = opened(reading_sitting)
    assert not dialog.ok.isEnabled()
    assert "reading only" in dialog.ok.toolTip()
    fill(dialog)
    qtbot.keyClick(dialog.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, reading_sitting)
    assert dialog.isVisible()


def test_dialog_fits_a_small_screen(qtbot: QtBot, sitting: Sitting, opened: Opened) -> None:
    dialog = opened(sitting)
    assert dialog.minimumSizeHint().width() <= 900
    assert dialog.minimumSizeHint().height() <= 600
