"""All of it for the ear and by keyboard: every control has a name and a role, in every view and every dialog."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

import polyvocal.gui.dialogs
from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.records import Coding, Event, Memo
from polyvocal.domain.spans import Span
from polyvocal.domain.words import DivergenceKind
from polyvocal.gui.bus import Job
from polyvocal.gui.dialogs.attribute import AttributeDialog
from polyvocal.gui.dialogs.code import CodeDialog
from polyvocal.gui.dialogs.code_merge import MergeDialog
from polyvocal.gui.dialogs.code_split import SplitDialog
from polyvocal.gui.dialogs.comparison import CounterExampleDialog, SaveComparisonDialog
from polyvocal.gui.dialogs.divergence import DivergenceDialog, between
from polyvocal.gui.dialogs.drafts import DraftsDialog
from polyvocal.gui.dialogs.event import EventDialog, SeriesDialog
from polyvocal.gui.dialogs.fault import FaultDialog
from polyvocal.gui.dialogs.form import Form, FormDialog
from polyvocal.gui.dialogs.group import GroupDialog
from polyvocal.gui.dialogs.history import HistoryDialog
from polyvocal.gui.dialogs.import_codebook import ImportCodebookDialog
from polyvocal.gui.dialogs.import_files import ImportDialog
from polyvocal.gui.dialogs.import_how import HowDialog
from polyvocal.gui.dialogs.import_result import ImportedDialog, NotTaken
from polyvocal.gui.dialogs.import_values import ImportValuesDialog
from polyvocal.gui.dialogs.keys import KeysDialog
from polyvocal.gui.dialogs.lost_passages import LostPassagesDialog
from polyvocal.gui.dialogs.memo import MemoDialog
from polyvocal.gui.dialogs.moment import MomentDialog
from polyvocal.gui.dialogs.new_fieldnote import NewFieldnoteDialog
from polyvocal.gui.dialogs.new_memo import NewMemoDialog
from polyvocal.gui.dialogs.new_project import NewProjectDialog
from polyvocal.gui.dialogs.person import PersonDialog
from polyvocal.gui.dialogs.presence import PresenceDialog
from polyvocal.gui.dialogs.progress import Progress, run_job
from polyvocal.gui.dialogs.project import ProjectDialog
from polyvocal.gui.dialogs.save_correction import SaveCorrectionDialog
from polyvocal.gui.dialogs.session import SessionDialog
from polyvocal.gui.dialogs.settings import SettingsDialog
from polyvocal.gui.dialogs.source import SourceDialog
from polyvocal.gui.dialogs.stance import AddConcernsDialog, ConcernsDialog, StanceDialog
from polyvocal.gui.dialogs.stretch import StretchDialog
from polyvocal.gui.dialogs.template import TemplateDialog
from polyvocal.gui.dialogs.term import TermDialog
from polyvocal.gui.dialogs.time_mark import TimeMarkDialog
from polyvocal.gui.dialogs.versions import VersionsDialog
from polyvocal.gui.dialogs.who import WhoDialog
from polyvocal.gui.opening import OpenedProject
from polyvocal.gui.settings import SPEAK, TEXT_SIZE, Settings
from polyvocal.gui.sitting import Place
from polyvocal.gui.views.compare_asked import Way
from polyvocal.gui.window import Window
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.divergences import add_divergence
from polyvocal.services.commands.passage import Passage
from polyvocal.services.commands.sources import ImportResult
from polyvocal.services.queries.anchored import LostPassage
from polyvocal.services.queries.memos import subjects
from polyvocal.services.queries.passage_pages import PassageShown, read_passages
from polyvocal.services.queries.setting_entries import SeriesEntry, event_entries, names_to_choose, project_entry
from polyvocal.store.view import View
from tests.gui.accessible import nameless
from tests.gui.conftest import open_in, settle, source_named

NOT_OPENED = {Form, FormDialog}
"""What other dialogs are made of."""

PAID = "“Who is paid to be here?”"


def show_plenary(qtbot: QtBot, project: OpenedProject) -> None:
    project.read.open_place(Place(source_named(project.sitting, "Plenary, Wren").source.id))
    settle(qtbot, project.sitting)


def look_at(qtbot: QtBot, window: Window, project: OpenedProject) -> None:
    settle(qtbot, project.sitting)
    assert nameless(window) == []


def at_twice_the_size(qtbot: QtBot, window: Window, shown: QWidget) -> None:
    """With letters of 200 %, what is shown has room on a screen of 1366 by 768."""
    window.theme.set_text_size(TEXT_SIZE.default * 2)
    qtbot.waitUntil(lambda: shown.font().pointSizeF() == QApplication.font().pointSizeF())
    needed = shown.minimumSizeHint()
    assert (needed.width() <= 1366, needed.height() <= 768) == (True, True), needed


# --- views -----------------------------------------------------------------------------------------------------------


def test_start_page_and_what_stands_around_it_are_named(main_window: Window) -> None:
    assert nameless(main_window) == []


def test_read_view_is_named_with_each_list_below_the_text(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject
) -> None:
    show_plenary(qtbot, main_project)
    read = main_project.read
    read.surface.step(forward=True)
    for number in range(read.below.count()):
        read.below.setCurrentIndex(number)
        look_at(qtbot, main_window, main_project)
    at_twice_the_size(qtbot, main_window, main_window)


def test_correcting_is_named_with_its_search(qtbot: QtBot, main_window: Window, main_project: OpenedProject) -> None:
    read = main_project.read
    read.acts.correct.trigger()
    read.correcting.finding.open()
    look_at(qtbot, main_window, main_project)
    read.correcting.discard()


@pytest.mark.parametrize("section", ["project", "people", "groups", "events", "presence", "terms", "cases"])
def test_section_of_the_setting_is_named(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject, section: str
) -> None:
    main_window.show_view(main_project.setting)
    main_project.setting.show_section(section)
    look_at(qtbot, main_window, main_project)
    at_twice_the_size(qtbot, main_window, main_window)


def test_compare_view_is_named_with_the_passages_behind_a_cell(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject
) -> None:
    main_window.show_view(main_project.compare)
    look_at(qtbot, main_window, main_project)
    main_project.compare.matrix.open_first_passages()
    look_at(qtbot, main_window, main_project)
    at_twice_the_size(qtbot, main_window, main_window)


@pytest.mark.parametrize("way", Way)
def test_every_way_to_compare_is_named_beside_what_is_saved(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject, way: Way
) -> None:
    main_window.show_view(main_project.compare)
    page = main_project.compare.matrix
    page.ask(replace(page.asked, way=way))
    page.filters.saved.setChecked(True)
    look_at(qtbot, main_window, main_project)
    at_twice_the_size(qtbot, main_window, main_window)


def test_moments_are_named_with_a_divergence_and_the_codebook_beside(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject
) -> None:
    main_window.show_view(main_project.compare)
    main_project.compare.show_page("moments")
    look_at(qtbot, main_window, main_project)
    page = main_project.compare.moments
    add = partial(
        add_divergence,
        kind=DivergenceKind.MEANING,
        passages=[Passage("Plenary, Wren", 0, 9), Passage("Plenary, Ilse", 0, 9)],
    )
    main_project.sitting.bus.act(add)
    qtbot.waitUntil(lambda: page.divergences.list.count() == 1)
    page.divergences.list.setCurrentRow(0)
    page.codes_beside.click()
    look_at(qtbot, main_window, main_project)
    page.codes_beside.click()


def test_score_is_named_with_the_passages_of_a_moment_and_its_doubts(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject
) -> None:
    main_window.show_view(main_project.compare)
    main_project.compare.show_page("score")
    look_at(qtbot, main_window, main_project)
    page = main_project.compare.page("score")
    page.canvas.setFocus()
    QTest.keyClick(page.canvas, Qt.Key.Key_Right)
    QTest.keyClick(page.canvas, Qt.Key.Key_Space)
    QTest.keyClick(page.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    look_at(qtbot, main_window, main_project)
    page._open_below(page.doubts)
    look_at(qtbot, main_window, main_project)
    at_twice_the_size(qtbot, main_window, main_window)


def test_codebook_view_is_named(qtbot: QtBot, main_window: Window, main_project: OpenedProject) -> None:
    main_window.show_number(2)
    look_at(qtbot, main_window, main_project)
    at_twice_the_size(qtbot, main_window, main_window)


def test_memos_view_is_named(qtbot: QtBot, main_window: Window, main_project: OpenedProject) -> None:
    main_window.show_view(main_project.memos)
    look_at(qtbot, main_window, main_project)
    at_twice_the_size(qtbot, main_window, main_window)


def test_two_texts_side_by_side_are_named(qtbot: QtBot, main_window: Window, main_project: OpenedProject) -> None:
    main_project.read.acts.beside.trigger()
    look_at(qtbot, main_window, main_project)


def test_empty_project_is_named_in_each_view(qtbot: QtBot, main_window: Window, project_path: Path) -> None:
    project = open_in(qtbot, main_window, project_path)
    for view in (project.read, project.setting, project.compare, project.memos):
        main_window.show_view(view)
        look_at(qtbot, main_window, project)


def test_palette_and_guide_are_named(qtbot: QtBot, main_window: Window, main_project: OpenedProject) -> None:
    main_window.menus.palette.trigger()
    assert main_window.shell.palette is not None
    assert nameless(main_window.shell.palette) == []
    main_window.shell.palette.hide()
    main_window.shell._show_guide(main_project)
    look_at(qtbot, main_window, main_project)


# --- what is said ----------------------------------------------------------------------------------------------------


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader is given to say, as it comes."""
    words: list[str] = []

    def hear(event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            words.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    return words


def test_codes_at_the_cursor_are_said_when_others_begin(
    qtbot: QtBot, main_project: OpenedProject, said: list[str]
) -> None:
    show_plenary(qtbot, main_project)
    surface = main_project.read.surface
    start = surface.text.index(PAID)
    said.clear()
    surface.go_to(start - 1)
    assert said == []
    surface.go_to(start + 1)
    assert said == ["Whose time, Protest"]
    surface.go_to(start + 2)
    assert said == ["Whose time, Protest"]
    surface.go_to(0)
    assert said == ["Whose time, Protest", "no code"]


def test_codes_are_not_said_to_who_does_not_want_it(
    qtbot: QtBot, main_project: OpenedProject, settings: Settings, said: list[str]
) -> None:
    settings[SPEAK] = False
    show_plenary(qtbot, main_project)
    said.clear()
    main_project.read.surface.go_to(main_project.read.surface.text.index(PAID) + 1)
    assert said == []


def test_what_was_undone_and_notices_are_said(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject, said: list[str]
) -> None:
    main_project.sitting.bus.act(lambda file: add_code(file, name="Soup"))
    settle(qtbot, main_project.sitting)
    main_window.menus.undo.trigger()
    settle(qtbot, main_project.sitting)
    qtbot.waitUntil(lambda: "Undone: add the code ‘Soup’" in said)
    main_window.frame.show_notice("the file is gone.")
    assert said[-1] == "The file is gone."


# --- dialogs ---------------------------------------------------------------------------------------------------------

Opens = Callable[[Window, OpenedProject, Path], object]


def _form(make: Callable[[Window, OpenedProject], QDialog]) -> Opens:
    return lambda window, project, _folder: make(window, project).open()


def _series(project: OpenedProject) -> SeriesEntry:
    (series,) = project.sitting.bus.read(event_entries)
    assert isinstance(series, SeriesEntry)
    return series


def _marked(project: OpenedProject) -> list[PassageShown]:
    def read(view: View) -> list[PassageShown]:
        return list(read_passages(view, [one.id for one in view.all(Coding)[:2]]).values())

    return project.sitting.bus.read(read)


def _choose_a_coding(project: OpenedProject) -> None:
    project.read.surface.step(forward=True)


def _select(project: OpenedProject, words: str) -> None:
    surface = project.read.surface
    start = surface.text.index(words)
    surface.select(Span(start, start + len(words)))


def _until_read(project: OpenedProject) -> None:
    while project.sitting.bus.open_questions:
        QTest.qWait(5)


def _stretch(_window: Window, project: OpenedProject, _folder: Path) -> None:
    _select(project, PAID)
    project.read.below.setCurrentIndex(3)
    _until_read(project)
    project.read.below.panel(3).new.click()  # type: ignore[attr-defined]


def _time_mark(_window: Window, project: OpenedProject, _folder: Path) -> None:
    _select(project, "10:05")
    project.read.below.setCurrentIndex(2)
    _until_read(project)
    project.read.below.panel(2).mark.click()  # type: ignore[attr-defined]


def _save_correction(_window: Window, project: OpenedProject, _folder: Path) -> None:
    project.read.acts.correct.trigger()
    QTest.keyClicks(project.read.correcting.editor, "x")
    project.read.correcting.save()


def _import(window: Window, _project: OpenedProject, folder: Path) -> None:
    (folder / "monday.txt").write_text("Observer: Wren\n\n10:05 A word.\n", "utf-8")
    window.import_files([folder / "monday.txt"])


def _import_values(window: Window, project: OpenedProject, folder: Path) -> None:
    (folder / "people.csv").write_text("name,years\nWren,4\n", "utf-8")
    ImportValuesDialog(project.sitting, folder / "people.csv", "people", parent=window).open()


DIALOGS: dict[type[QDialog], Opens] = {
    AddConcernsDialog: _form(lambda w, p: AddConcernsDialog(p.sitting, (), (), parent=w)),
    AttributeDialog: _form(lambda w, p: AttributeDialog(p.sitting, parent=w)),
    CodeDialog: _form(lambda w, p: CodeDialog(p.sitting, p.read.codebook.codes, parent=w)),
    ConcernsDialog: lambda _w, p, _f: p.read.here.details.change_concerns(),
    CounterExampleDialog: _form(lambda w, p: CounterExampleDialog(p.sitting, "1", (), parent=w)),
    DivergenceDialog: _form(
        lambda w, p: DivergenceDialog(p.sitting, list(map(between, _marked(p))), (), by="Oda", parent=w)
    ),
    DraftsDialog: _form(lambda w, p: DraftsDialog(p.sitting, None, w)),
    EventDialog: _form(lambda w, p: EventDialog(p.sitting, p.sitting.bus.read(names_to_choose), parent=w)),
    HistoryDialog: lambda w, _p, _f: w.menus.history.trigger(),
    FaultDialog: lambda w, _p, _f: w.show_fault(ZeroDivisionError("ours")),
    GroupDialog: _form(lambda w, p: GroupDialog(p.sitting, p.sitting.bus.read(names_to_choose), parent=w)),
    ImportDialog: _import,
    ImportValuesDialog: _import_values,
    ImportedDialog: _form(
        lambda w, p: ImportedDialog(
            p.sitting, ImportResult(ChangeSet(0, "", {}), (), ()), (NotTaken("a.txt", "empty"),), w
        )
    ),
    KeysDialog: lambda w, _p, _f: w.shell.show_keys(),
    LostPassagesDialog: _form(
        lambda w, _p: LostPassagesDialog([LostPassage(1, "coding", "Protest", "Oda", "words", 1, "")], "Told.", w)
    ),
    MemoDialog: _form(lambda w, p: MemoDialog(p.sitting, memo=p.sitting.bus.read(lambda v: v.all(Memo))[0], parent=w)),
    MomentDialog: _form(
        lambda w, p: MomentDialog(p.sitting, p.sitting.bus.read(lambda v: v.all(Event))[0], (), parent=w)
    ),
    MergeDialog: _form(lambda w, p: MergeDialog(p.sitting, p.read.codebook.codes, p.read.codebook.codes[1], parent=w)),
    SplitDialog: _form(lambda w, p: SplitDialog(p.sitting, p.read.codebook.codes[1], parent=w)),
    ImportCodebookDialog: _form(lambda w, p: ImportCodebookDialog(p.sitting, w)),
    NewMemoDialog: _form(lambda w, p: NewMemoDialog(p.sitting, p.sitting.bus.read(subjects), author="Oda", parent=w)),
    TemplateDialog: _form(lambda w, p: TemplateDialog(p.sitting, p.sitting.bus.read(names_to_choose), "", w)),
    NewFieldnoteDialog: lambda w, _p, _f: w.new_fieldnote(),
    NewProjectDialog: lambda w, _p, _f: w.new_project(),
    PersonDialog: _form(lambda w, p: PersonDialog(p.sitting, p.sitting.bus.read(names_to_choose), parent=w)),
    PresenceDialog: _form(lambda w, p: PresenceDialog(p.sitting, [("Oda", "Plenary")], [None], "Oda.", parent=w)),
    ProjectDialog: _form(lambda w, p: ProjectDialog(p.sitting, p.sitting.bus.read(project_entry).project, parent=w)),
    SaveComparisonDialog: _form(
        lambda w, p: SaveComparisonDialog(p.sitting, lambda _title: lambda _file: None, parent=w)
    ),
    SaveCorrectionDialog: _save_correction,
    SeriesDialog: _form(lambda w, p: SeriesDialog(p.sitting, _series(p), parent=w)),
    SessionDialog: _form(
        lambda w, p: SessionDialog(
            p.sitting, p.sitting.bus.read(names_to_choose), None, event=_series(p).events[0], parent=w
        )
    ),
    SettingsDialog: lambda w, _p, _f: w.shell.show_settings(),
    SourceDialog: lambda _w, p, _f: p.read.head.more.click(),
    StanceDialog: lambda _w, p, _f: p.read.here.details.add_stance(),
    StretchDialog: _stretch,
    TermDialog: _form(lambda w, p: TermDialog(p.sitting, parent=w)),
    TimeMarkDialog: _time_mark,
    VersionsDialog: lambda _w, p, _f: p.read.show_versions(),
    WhoDialog: lambda w, _p, _f: w.ask_who(),
}
ELSEWHERE = {HowDialog, Progress}
"""What takes files to be read first: looked at below."""


def on_screen(qtbot: QtBot, kind: type[QDialog]) -> QDialog:
    def there() -> list[QDialog]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]

    qtbot.waitUntil(lambda: bool(there()))
    return there()[0]


@pytest.mark.parametrize("kind", DIALOGS, ids=lambda kind: kind.__name__)
def test_dialog_is_named_and_fits_a_small_screen_at_twice_the_size(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject, tmp_path: Path, kind: type[QDialog]
) -> None:
    show_plenary(qtbot, main_project)
    _choose_a_coding(main_project)
    settle(qtbot, main_project.sitting)
    DIALOGS[kind](main_window, main_project, tmp_path)
    dialog = on_screen(qtbot, kind)
    settle(qtbot, main_project.sitting)
    assert dialog.windowTitle()
    assert nameless(dialog) == []
    at_twice_the_size(qtbot, main_window, dialog)
    dialog.done(0)
    main_project.read.correcting.leave_as_draft()


def test_dialogs_that_follow_the_import_are_named(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject, tmp_path: Path
) -> None:
    _import(main_window, main_project, tmp_path)
    dialog = on_screen(qtbot, ImportDialog)
    assert isinstance(dialog, ImportDialog)
    qtbot.waitUntil(lambda: dialog._reading is None and len(dialog.model.rows) == 1)
    settle(qtbot, main_project.sitting)
    assert nameless(dialog) == []
    dialog.table.setCurrentIndex(dialog.model.index(0, 0))
    dialog.table.how.trigger()
    how = on_screen(qtbot, HowDialog)
    settle(qtbot, main_project.sitting)
    assert nameless(how) == []
    how.done(0)
    dialog.done(0)


def test_progress_is_named(qtbot: QtBot, main_window: Window) -> None:
    def work(job: Job) -> None:
        while not job.cancelled:
            job.report(1, 2, "Waiting")

    run_job(main_window, "Waiting", work, lambda _value: None, lambda _fault: None)
    progress = on_screen(qtbot, Progress)
    assert nameless(progress) == []
    progress.reject()


def test_no_dialog_was_forgotten() -> None:
    found: set[type] = set()
    for module in pkgutil.iter_modules(polyvocal.gui.dialogs.__path__):
        there = importlib.import_module(f"polyvocal.gui.dialogs.{module.name}")
        found |= {cls for _, cls in inspect.getmembers(there, inspect.isclass) if issubclass(cls, QDialog)}
    ours = {cls for cls in found if cls.__module__.startswith("polyvocal.")}
    assert ours - NOT_OPENED - ELSEWHERE == set(DIALOGS)


def test_control_without_a_name_is_noticed_when_planted(main_window: Window) -> None:
    bare = QLineEdit(main_window.start)
    bare.show()
    assert any("QLineEdit" in one for one in nameless(main_window))
