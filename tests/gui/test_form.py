"""What every form does: it opens at its first field, comes to its buttons last, takes names, tells faults and forgets them."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import CodingId
from polyvocal.domain.records import Code, Coding, ConstituentGroup, Stance, Term
from polyvocal.gui.dialogs.code import CodeDialog
from polyvocal.gui.dialogs.event import EventDialog
from polyvocal.gui.dialogs.form import FormDialog, value_of
from polyvocal.gui.dialogs.group import GroupDialog
from polyvocal.gui.dialogs.new_fieldnote import NewFieldnoteDialog
from polyvocal.gui.dialogs.new_names import only_meant
from polyvocal.gui.dialogs.person import PersonDialog
from polyvocal.gui.dialogs.presence import PresenceDialog
from polyvocal.gui.dialogs.project import ProjectDialog
from polyvocal.gui.dialogs.session import SessionDialog
from polyvocal.gui.dialogs.stance import ConcernsDialog, StanceDialog
from polyvocal.gui.dialogs.term import TermDialog
from polyvocal.gui.parts import open_wide
from polyvocal.gui.sitting import Sitting
from polyvocal.services.queries.setting_entries import Names, SeriesEntry, event_entries, names_to_choose, project_entry
from polyvocal.services.queries.stance_names import stance_names
from tests.gui.conftest import settle

Opened = Callable[[FormDialog], FormDialog]


@pytest.fixture
def opened(qtbot: QtBot, sitting: Sitting) -> Opened:
    """Open a form as a person finds it."""

    def open_it(dialog: FormDialog) -> FormDialog:
        qtbot.addWidget(dialog, before_close_func=lambda _: dialog.done(0))  # it would ask
        dialog.open()
        qtbot.waitUntil(dialog.isActiveWindow)
        settle(qtbot, sitting)
        return dialog

    return open_it


def names(sitting: Sitting) -> Names:
    return sitting.bus.read(names_to_choose)


def stance(sitting: Sitting) -> StanceDialog:
    about = coding(sitting)
    return StanceDialog(sitting, [about], sitting.bus.read(lambda view: stance_names(view, about)))


def stance_of_nobody(sitting: Sitting) -> StanceDialog:
    """As it is where nothing tells who may take one."""
    about = coding(sitting)
    names = sitting.bus.read(lambda view: stance_names(view, about))
    return StanceDialog(sitting, [about], names._replace(actor="", term=""))


def coding(sitting: Sitting) -> CodingId:
    return sitting.bus.read(lambda view: view.all(Coding))[0].id


def session(sitting: Sitting) -> SessionDialog:
    (series,) = sitting.bus.read(event_entries)
    assert isinstance(series, SeriesEntry)
    return SessionDialog(sitting, names(sitting), None, event=series.events[0])


def counts(sitting: Sitting) -> list[int]:
    return sitting.bus.read(lambda view: [view.count(kind) for kind in (ConstituentGroup, Term, Stance)])


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def type_words(qtbot: QtBot, words: str) -> None:
    """Type to whatever has the keys."""
    for letter in words:
        qtbot.keyClicks(QApplication.activePopupWidget() or focus(), letter)


def tab(qtbot: QtBot, key: Qt.Key = Qt.Key.Key_Tab) -> None:
    """Go on from where the keys go."""
    qtbot.keyClick(QApplication.activePopupWidget() or focus(), key)


FORMS: dict[str, tuple[Callable[[Sitting], FormDialog], str]] = {
    "code": (lambda sitting: CodeDialog(sitting, ()), "name"),
    "event": (lambda sitting: EventDialog(sitting, names(sitting)), "title"),
    "group": (lambda sitting: GroupDialog(sitting, names(sitting)), "name"),
    "person": (lambda sitting: PersonDialog(sitting, names(sitting)), "name"),
    "project": (lambda sitting: ProjectDialog(sitting, sitting.bus.read(project_entry).project), "title"),
    "session": (session, "title"),
    "stance": (stance_of_nobody, "actor"),
    "term": (TermDialog, "name"),
}


@pytest.mark.parametrize("name", FORMS)
def test_words_typed_at_once_go_to_the_first_field(qtbot: QtBot, sitting: Sitting, opened: Opened, name: str) -> None:
    make, field = FORMS[name]
    dialog = opened(make(sitting))
    type_words(qtbot, "Soup in May")
    assert dialog.isVisible()
    assert value_of(getattr(dialog, field)) == "Soup in May"


def test_words_typed_at_once_choose_what_was_done(qtbot: QtBot, sitting: Sitting, opened: Opened) -> None:
    dialog = opened(PresenceDialog(sitting, [("Oda", "Plenary")], [None], "Oda in Plenary."))
    type_words(qtbot, "facil")
    assert isinstance(dialog, PresenceDialog)
    assert value_of(dialog.doing) == "facilitating"


@pytest.mark.parametrize("name", FORMS)
def test_tab_comes_to_the_buttons_after_all_fields(qtbot: QtBot, sitting: Sitting, opened: Opened, name: str) -> None:
    dialog = opened(FORMS[name][0](sitting))
    first = focus()
    passed: list[QWidget] = []
    while not passed or focus() is not first:
        passed.append(focus())
        tab(qtbot)
        assert len(passed) < 60
    buttons = [dialog.buttons.isAncestorOf(one) for one in passed]
    assert buttons == sorted(buttons)
    assert sum(buttons) == 2


def test_ctrl_return_accepts_from_a_field_of_several_lines(qtbot: QtBot, sitting: Sitting, opened: Opened) -> None:
    dialog = opened(CodeDialog(sitting, ()))
    assert isinstance(dialog, CodeDialog)
    type_words(qtbot, "Spoken for")
    dialog.definition.setFocus()
    type_words(qtbot, "Who is asked?")
    qtbot.keyClick(dialog.definition, Qt.Key.Key_Return)
    type_words(qtbot, "Nobody.")
    qtbot.keyPress(dialog.definition, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, sitting)
    assert not dialog.isVisible()
    (code,) = sitting.bus.read(lambda view: view.find(Code, name="Spoken for"))
    assert code.definition == "Who is asked?\nNobody."


def test_dialog_is_opened_no_wider_than_the_screen(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    room = dialog.screen().availableSize()
    open_wide(dialog, 10, 4)
    assert dialog.width() < room.width() / 2
    open_wide(dialog, 10_000, 10_000)
    assert room.width() / 2 < dialog.width() < room.width()
    assert room.height() / 2 < dialog.height() < room.height()


def test_fault_goes_as_soon_as_something_is_changed(qtbot: QtBot, sitting: Sitting, opened: Opened) -> None:
    dialog = opened(session(sitting))
    qtbot.keyClick(focus(), Qt.Key.Key_Return)
    assert "needs a title" in dialog.fault.text()
    assert dialog.fault.isVisible()
    type_words(qtbot, "L")
    assert not dialog.fault.isVisible()
    dialog.tell(UserError("once more"))
    assert dialog.fault.isVisible()
    dialog.scheduled.setCurrentIndex(1)  # type: ignore[attr-defined]
    assert not dialog.fault.isVisible()


# --- names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lay", "Lay panel"),
        ("PANEL", "Lay panel"),
        ("lay panel", None),
        ("anel", None),
        ("n", None),
        ("", None),
        ("other", None),
    ],
)
def test_beginning_means_the_only_name_that_it_fits(typed: str, meant: str | None) -> None:
    assert only_meant(typed, ["Lay panel", "Nurses", "Nia"]) == meant


def test_beginnings_in_a_stance_become_the_names_that_are_there(qtbot: QtBot, sitting: Sitting, opened: Opened) -> None:
    dialog = opened(stance_of_nobody(sitting))
    assert isinstance(dialog, StanceDialog)
    before = counts(sitting)
    type_words(qtbot, "lay")
    actors, terms, _ = dialog.new_names
    assert actors.label.text() == "Taken as ‘Lay panel’."
    tab(qtbot)
    assert dialog.actor.name == "Lay panel"
    assert not actors.label.isVisible()
    type_words(qtbot, "A")
    tab(qtbot)
    assert dialog.term.isAncestorOf(focus()) or focus() is dialog.term
    type_words(qtbot, "paid")
    assert not terms.label.text().startswith("New")
    with qtbot.waitSignal(dialog.finished_with):
        qtbot.keyPress(QApplication.activePopupWidget() or focus(), Qt.Key.Key_Return)  # without leaving the field
    after = counts(sitting)
    assert after == [*before[:2], before[2] + 1]


def test_return_in_a_stance_goes_to_what_is_missing(qtbot: QtBot, sitting: Sitting, opened: Opened) -> None:
    dialog = opened(stance_of_nobody(sitting))
    assert isinstance(dialog, StanceDialog)
    before = counts(sitting)

    def enter() -> None:
        qtbot.keyPress(QApplication.activePopupWidget() or focus(), Qt.Key.Key_Return)

    type_words(qtbot, "lay")
    enter()
    assert "needs" in dialog.fault.text()
    type_words(qtbot, "c")
    enter()
    type_words(qtbot, "Sleep")
    with qtbot.waitSignal(dialog.finished_with):
        enter()
    assert counts(sitting) == [before[0], before[1] + 1, before[2] + 1]
    (term,) = sitting.bus.read(lambda view: view.find(Term, name="Sleep"))
    (made,) = sitting.bus.read(lambda view: view.find(Stance, term=term.id))
    assert (made.coding, made.stance) == (coding(sitting), "contests")


def test_names_are_found_by_letters_that_lie_apart(qtbot: QtBot, sitting: Sitting, opened: Opened) -> None:
    dialog = opened(stance_of_nobody(sitting))
    assert isinstance(dialog, StanceDialog)
    type_words(qtbot, "lpn")
    popup = QApplication.activePopupWidget()
    assert popup is not None
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert dialog.actor.name == "Lay panel"


def test_new_names_in_a_stance_are_announced(qtbot: QtBot, sitting: Sitting, opened: Opened) -> None:
    dialog = opened(stance_of_nobody(sitting))
    assert isinstance(dialog, StanceDialog)
    type_words(qtbot, "Porters")
    actors, terms, _ = dialog.new_names
    assert actors.label.text() == "New group ‘Porters’: it is made."
    assert actors.label.isVisible()
    assert "New group" in dialog.actor.accessibleDescription()
    dialog.term.setEditText("sleep")
    assert terms.label.text() == "New term ‘sleep’: it is made."


def test_beginning_typed_once_more_stays_a_name_of_its_own(qtbot: QtBot, sitting: Sitting, opened: Opened) -> None:
    dialog = opened(stance_of_nobody(sitting))
    assert isinstance(dialog, StanceDialog)
    type_words(qtbot, "Lay")
    tab(qtbot)
    tab(qtbot, Qt.Key.Key_Backtab)
    type_words(qtbot, "Lay")
    assert dialog.new_names[0].label.text() == "New group ‘Lay’: it is made."
    tab(qtbot)
    assert dialog.actor.name == "Lay"


def test_beginnings_among_several_names_are_taken_when_saved(qtbot: QtBot, sitting: Sitting, opened: Opened) -> None:
    about = coding(sitting)
    parties = sitting.bus.read(lambda view: stance_names(view, about)).parties
    dialog = opened(ConcernsDialog(sitting, about, (), parties))
    assert isinstance(dialog, ConcernsDialog)
    type_words(qtbot, "bash; Porters; lay")
    assert dialog.new_names.label.text() == "Taken as ‘Bashir’. Taken as ‘Lay panel’. New group ‘Porters’: it is made."
    with qtbot.waitSignal(dialog.finished_with):
        dialog.accept()
    assert dialog.concerns.names == ("Bashir", "Porters", "Lay panel")
    made = sitting.bus.read(lambda view: {one.name for one in view.all(ConstituentGroup)})
    assert "Porters" in made
    assert not {"bash", "lay"} & made


# --- single forms ----------------------------------------------------------------------------------------------------


def test_field_that_enter_leads_to_is_wholly_seen(qtbot: QtBot, sitting: Sitting, opened: Opened) -> None:
    dialog = opened(NewFieldnoteDialog(sitting))
    assert isinstance(dialog, NewFieldnoteDialog)
    dialog.resize(900, 260)
    view = dialog._scroll.viewport()
    for _ in range(12):
        field = focus()
        if view.isAncestorOf(field):
            top = field.mapTo(view, field.rect().topLeft()).y()
            assert 0 <= top <= view.height() - field.height(), field.accessibleName()
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert dialog._scroll.verticalScrollBar().maximum() > 0
