"""Terms of collaboration, the project itself, and the sections as a whole."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.records import Project
from polyvocal.domain.words import Approach
from polyvocal.gui.dialogs.group import GroupDialog
from polyvocal.gui.dialogs.project import ProjectDialog
from polyvocal.gui.dialogs.term import TermDialog
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.delegate import COUNT
from polyvocal.gui.views.setting import SettingView
from polyvocal.gui.views.setting_terms import TermsSection
from polyvocal.services.commands.people import add_person
from polyvocal.services.commands.setting import add_term
from polyvocal.services.queries.listing import list_terms
from tests.gui.conftest import settle
from tests.gui.setting_steps import fill, form, names_shown, point_to, press, save, setting_view, undo


def project(sitting: Sitting) -> Project:
    """The project of the store."""
    (found,) = sitting.bus.read(lambda view: view.all(Project))
    return found


def test_term_is_added_corrected_and_removed(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "terms")
    press(qtbot, section.tree, Qt.Key.Key_Insert)
    dialog = form(qtbot, sitting, section, TermDialog)
    fill(qtbot, dialog.name, "Who decides")
    save(qtbot, sitting, dialog)
    assert names_shown(section) == ["Who decides", "Whose time is paid"]
    assert "Not defined yet" in section.details.toPlainText()
    press(qtbot, section.tree, Qt.Key.Key_Return)
    dialog = form(qtbot, sitting, section, TermDialog)
    fill(qtbot, dialog.definition, "Who has the last word")
    save(qtbot, sitting, dialog)
    assert {one.name: one.definition for one in sitting.bus.read(list_terms)}["Who decides"] == "Who has the last word"
    press(qtbot, section.tree, Qt.Key.Key_Delete)
    settle(qtbot, sitting)
    assert names_shown(section) == ["Whose time is paid"]
    undo(qtbot, sitting)
    assert names_shown(section) == ["Who decides", "Whose time is paid"]


def test_name_of_a_term_that_is_missing_or_taken_is_told(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "terms")
    section.add()
    dialog = form(qtbot, sitting, section, TermDialog)
    save(qtbot, sitting, dialog)
    assert "needs a name" in dialog.fault.text()
    fill(qtbot, dialog.name, "whose time is PAID")
    save(qtbot, sitting, dialog)
    assert "already" in dialog.fault.text()


def test_term_with_stances_stays_and_its_numbers_lead_to_the_passages(qtbot: QtBot, sitting: Sitting) -> None:
    view, section = setting_view(qtbot, sitting, "terms")
    point_to(section, "Whose time is paid")
    columns = range(2, section.model.columnCount())
    assert [section.model.data(section.tree.currentIndex().siblingAtColumn(one)) for one in columns] == ["", "1", "1"]
    assert [section.model.columns[one].title for one in columns] == ["Generated", "Affirmed", "Contested"]
    assert all(section.model.columns[one].numeric for one in columns)
    assert "affirmed once" in section.details.toPlainText()
    term = section.current.id
    with qtbot.waitSignal(view.passages_wanted) as wanted:
        section.details.opened.emit(section.details.targets[-1])
    assert wanted.args is not None
    assert wanted.args[0].chosen == PassageFilter(stances=frozenset({"contests"}), terms=frozenset({term}))
    with qtbot.waitSignal(sitting.bus.failed) as told:
        press(qtbot, section.tree, Qt.Key.Key_Delete)
    assert "2 stances" in str(told.args[0])


def test_project_says_its_approach_and_what_that_means_for_numbers(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "project")
    assert section.name.text() == "Nine tables"
    assert section.approach.text() == "Approach: reflexive"
    assert "no coefficient" in section.meaning.text()
    qtbot.mouseClick(section.change, Qt.MouseButton.LeftButton)
    dialog = form(qtbot, sitting, section, ProjectDialog)
    fill(qtbot, dialog.title, "Ten tables")
    press(qtbot, dialog.approach.buttons[Approach.CODEBOOK], Qt.Key.Key_Space)
    assert dialog.is_filled_in
    save(qtbot, sitting, dialog)
    assert (project(sitting).title, project(sitting).approach) == ("Ten tables", Approach.CODEBOOK)
    assert section.approach.text() == "Approach: codebook"
    undo(qtbot, sitting)
    assert section.name.text() == "Nine tables"


def test_approach_is_taken_back_and_a_title_is_needed(qtbot: QtBot, sitting: Sitting) -> None:
    _, section = setting_view(qtbot, sitting, "project")
    section.edit()
    dialog = form(qtbot, sitting, section, ProjectDialog)
    qtbot.mouseClick(dialog.approach.buttons[None], Qt.MouseButton.LeftButton)
    fill(qtbot, dialog.title, " ")
    save(qtbot, sitting, dialog)
    assert "needs a title" in dialog.fault.text()
    fill(qtbot, dialog.title, "Nine tables")
    save(qtbot, sitting, dialog)
    assert project(sitting).approach is None
    assert section.approach.text() == "Approach: not declared"


def test_sections_bear_their_counts_and_follow_changes(qtbot: QtBot, sitting: Sitting) -> None:
    view, section = setting_view(qtbot, sitting, "project")
    assert [view.list.item(row).data(COUNT) for row in range(6)] == ["", "4", "3", "1 · 2", "", "1"]
    assert section.lines["events"].door.text() == "1 event, 2 sessions"
    sitting.bus.act(lambda file: add_person(file, name="Maren"))
    settle(qtbot, sitting)
    assert view.list.item(1).data(COUNT) == "5"
    assert section.lines["people"].door.text() == "5 people"


def test_section_that_is_not_seen_is_read_when_it_is_shown(qtbot: QtBot, sitting: Sitting) -> None:
    view, people = setting_view(qtbot, sitting, "people")
    view.show_section("groups")
    settle(qtbot, sitting)
    sitting.bus.act(lambda file: add_person(file, name="Maren"))
    settle(qtbot, sitting)
    assert "Maren" not in names_shown(people)
    view.show_section("people")
    settle(qtbot, sitting)
    assert "Maren" in names_shown(people)


def test_view_asks_nothing_before_it_is_seen(qtbot: QtBot, sitting: Sitting) -> None:
    settle(qtbot, sitting)
    view = SettingView(sitting)
    qtbot.addWidget(view)
    assert sitting.bus.open_questions == 0
    view.show()
    settle(qtbot, sitting)
    assert view.section == "project"


def test_first_step_of_an_empty_project_leads_to_the_form(qtbot: QtBot, empty_sitting: Sitting) -> None:
    view, section = setting_view(qtbot, empty_sitting, "project")
    qtbot.mouseClick(section.lines["groups"].first, Qt.MouseButton.LeftButton)
    assert view.section == "groups"
    assert form(qtbot, empty_sitting, view.show_section("groups"), GroupDialog).isVisible()


def test_sections_are_gone_through_by_keys(qtbot: QtBot, sitting: Sitting) -> None:
    view, section = setting_view(qtbot, sitting, "groups")
    section.focus_first()
    press(qtbot, section.tree, Qt.Key.Key_PageDown, with_key=Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, sitting)
    assert view.section == "events"
    events = view.show_section("events")
    assert events.tree.hasFocus()  # type: ignore[attr-defined]
    press(qtbot, events, Qt.Key.Key_PageUp, with_key=Qt.KeyboardModifier.ControlModifier)
    assert view.section == "groups"
    press(qtbot, view.list, Qt.Key.Key_End)
    assert view.section == view.sections[-1] == "cases"


def test_project_cannot_be_changed_where_it_is_read_only(qtbot: QtBot, reading_sitting: Sitting) -> None:
    _, section = setting_view(qtbot, reading_sitting, "project")
    assert not section.change.isEnabled()
    assert not section.lines["people"].first.isEnabled()
    assert section.lines["people"].door.isEnabled()
    section.edit()
    assert not section.findChildren(ProjectDialog)


def test_every_control_has_a_name_for_the_ear(qtbot: QtBot, sitting: Sitting) -> None:
    view, _ = setting_view(qtbot, sitting, "project")
    for name in view.sections:
        view.show_section(name)
        settle(qtbot, sitting)
    for kind in (QAbstractItemView, QLineEdit, QTextBrowser):
        for one in view.findChildren(kind):
            if one.isVisibleTo(view) and one.focusPolicy() != Qt.FocusPolicy.NoFocus:
                assert one.accessibleName(), one
    assert all(one.text() or one.accessibleName() for one in view.findChildren(QPushButton) if one.isVisibleTo(view))


def test_key_that_adds_is_not_taken_by_a_shortcut_of_the_window(qtbot: QtBot, sitting: Sitting) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    view, taken = SettingView(sitting), []
    window.setCentralWidget(view)
    action = QAction("New project", window)
    action.setShortcut("Ctrl+N")
    action.triggered.connect(lambda: taken.append(True))
    window.addAction(action)
    window.show()
    section = view.show_section("terms")
    settle(qtbot, sitting)
    assert isinstance(section, TermsSection)
    press(qtbot, section.tree, Qt.Key.Key_N, with_key=Qt.KeyboardModifier.ControlModifier)
    assert form(qtbot, sitting, section, TermDialog).isVisible()
    assert not taken


@pytest.mark.parametrize("name", ["people", "groups", "events", "terms", "presence"])
def test_tab_goes_from_the_filter_by_the_buttons_to_the_list_and_back(
    qtbot: QtBot, sitting: Sitting, name: str
) -> None:
    view, section = setting_view(qtbot, sitting, name)
    if name == "presence":
        stops = [section.events, section.filter, *section.buttons.values(), section.where, section.table]
    else:
        stops = [section.filter, *section.buttons, section.tree, section.details]
    order: list[QWidget] = [view.list, *(one for one in stops if one.isEnabled())]
    view.list.setFocus()
    for before, after in pairwise(order):
        assert QApplication.focusWidget() is before
        press(qtbot, before, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is after
    back = [one for one in order[::-1] if name == "presence" or one is not section.details]  # it has stops of its own
    back[0].setFocus()
    for after, before in pairwise(back):
        press(qtbot, after, Qt.Key.Key_Backtab, with_key=Qt.KeyboardModifier.ShiftModifier)
        assert QApplication.focusWidget() is before


def test_term_without_stances_says_the_key_that_notes_one(qtbot: QtBot, sitting: Sitting) -> None:
    sitting.bus.act(lambda file: add_term(file, name="Who decides"))
    _, section = setting_view(qtbot, sitting, "terms")
    point_to(section, "Who decides")
    assert "Ctrl+T" in section.details.toPlainText()


def test_terms_are_sorted_by_how_often_they_are_contested(qtbot: QtBot, sitting: Sitting) -> None:
    sitting.bus.act(lambda file: add_term(file, name="Who decides"))
    _, section = setting_view(qtbot, sitting, "terms")
    assert names_shown(section) == ["Who decides", "Whose time is paid"]
    section.tree.header().setSortIndicator(4, Qt.SortOrder.DescendingOrder)
    assert names_shown(section) == ["Whose time is paid", "Who decides"]
