"""The main job on the sample, without a screen: a passage is coded through the window, and everything is pictured."""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QMessageLogContext, QPoint, Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from polyvocal.domain.errors import BugError, EnvironmentFault
from polyvocal.domain.passages import CodedPassage, PassageFilter
from polyvocal.domain.records import Code, Person, Source, Term
from polyvocal.domain.spans import Span
from polyvocal.exchange.sample import write_sample
from polyvocal.exchange.writers import export_codebook, export_comparison, export_excerpts
from polyvocal.gui.app import application
from polyvocal.gui.opening import OpenedProject
from polyvocal.gui.settings import Settings
from polyvocal.gui.sitting import Me, PassagesMeant, Place
from polyvocal.gui.theme import Theme
from polyvocal.gui.views.compare_asked import Look
from polyvocal.gui.views.picture_export import save_picture
from polyvocal.gui.views.score_export import picture_of
from polyvocal.gui.views.score_page import ScorePage
from polyvocal.gui.window import Window
from polyvocal.services.analysis.compare import compare
from polyvocal.services.commands.codings import code_passages
from polyvocal.services.commands.passage import Passage
from polyvocal.services.queries.codebook import codebook_report
from polyvocal.services.queries.passages import coded_passages

SOURCE = "My two days, Delphine"
WORDS = "I have waited out a good many assemblies and I let it go on."
TYPED = "withh"
CODE = "Withholding"
CODER = "Ines Varga"
FOUND, SOUGHT = "ada", "maren"
"""What of the sample is coded on the tour, by whom, and what is typed for it, to find words and to find anything."""

OVERLAPPING = (
    ("Withholding", "You could have heard a pin.", "I let it go on."),
    ("Means of protest and resolution", "I have waited out", "Then the bell went for coffee"),
    ("Taking the floor", "I have waited out", "I let it go on."),
    ("Sense-making tool", "waited out a good many", "I don't have a good answer this morning."),
    ("Social validating mechanism", "Ada Lindqvist said", "this morning."),
    ("Polite assent", "That is a fair question", "this morning."),
    ("Humour as cover", "a good many assemblies", "fair question"),
    ("Speaking for others", "assemblies", "a good answer"),
    ("Paid and unpaid", "I let it go on.", 'I said, "No."'),
    ("Keeping time", "let it go on", "the bell went for coffee"),
    ("Corridor talk", "Ada Lindqvist", "which I could have done without."),
    ("Story as evidence", "You could have heard", "Ada Lindqvist said"),
)
"""Codes, and the first and last words of what is coded with each: twelve on one stretch, to see that it can be read."""

TERM = "Whose time is paid"
"""The term of collaboration whose way from contested to affirmed is pictured."""

SIDE_BY_SIDE = "First day, Maren", "First day, Jonah"

SIZE = 1440, 900
PATIENCE = 30.0
"""Seconds to wait for the window before the tour gives up."""


def take_tour(folder: Path, say: Callable[[str], None]) -> Iterator[Path]:
    """Write the sample project to a folder, work on it in a window, and give the path of each file as it is written.

    Files of an earlier tour are replaced. Raises EnvironmentFault where the folder cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        project_path = folder / "sample.polyvocal"
        project_path.unlink(missing_ok=True)
    except OSError as fault:
        raise EnvironmentFault(f"{folder} cannot be used as a folder: {fault.strerror}") from None
    say("The sample project: accounts of a two-day event by seven observers, coded by two people")
    write_sample(project_path)
    yield project_path
    qInstallMessageHandler(_on_message)
    with tempfile.TemporaryDirectory() as own:
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={_screen_in(Path(own))}"
        application()
        settings = Settings(Path(own) / "window.ini")  # the person's stay as they are
        theme = Theme(settings)
        window = Window(settings, theme)
        window.resize(*SIZE)
        window.show()
        try:
            yield from _in_window(window, theme, project_path, say)
        finally:
            window.close()


def _screen_in(folder: Path) -> Path:
    """A file that tells Qt of a screen as large as the window."""
    width, height = SIZE
    screen = {"name": "tour", "x": 0, "y": 0, "width": width, "height": height}
    path = folder / "screen.json"
    path.write_text(json.dumps({"screens": [screen]}), "utf-8")
    return path


def _on_message(_kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
    """What Qt complains of, but for what the platform without a screen cannot do."""
    if not words.startswith("This plugin does not support"):
        sys.stderr.write(f"{words}\n")


def _in_window(window: Window, theme: Theme, project_path: Path, say: Callable[[str], None]) -> Iterator[Path]:
    folder = project_path.parent
    yield from _pictured(window, theme, folder, "start")
    window.open_path(project_path)
    _wait(lambda: window.project is not None and window.project.read.source is not None, "the project to open")
    project = window.project
    assert project is not None
    say("A passage is coded in the window by typing, the coding is undone, and done again:")
    _code_a_passage(window, project)
    say("The window, light and dark:")
    yield from _pictured(window, theme, folder, "read")
    yield from _reading_pictures(window, project, theme, folder)
    yield from _two_texts_pictures(window, project, theme, folder)
    yield from _setting_pictures(window, project, theme, folder)
    window.show_view(project.codebook)
    _settle(project)
    project.codebook.point_to(next(code.id for code in project.codebook.list.codes if code.name == CODE))
    _settle(project)
    yield from _pictured(window, theme, folder, "codebook")
    window.show_view(project.compare)
    _settle(project)
    project.compare.matrix.open_first_passages()
    _settle(project)
    yield from _pictured(window, theme, folder, "compare")
    yield from _saved_pictures(window, project, theme, folder)
    yield from _score_pictures(window, project, theme, folder)
    yield from _moment_pictures(window, project, theme, folder)
    yield from _contest_pictures(window, project, theme, folder)
    window.show_view(project.memos)
    _settle(project)
    yield from _pictured(window, theme, folder, "memos")
    yield from _dialog_pictures(window, project, theme, folder)
    yield from _overlap_pictures(window, project, theme, folder)
    say("Who wrote about what; the codebook; every coded passage:")
    yield from _exports(project, folder)


def _score_pictures(window: Window, project: OpenedProject, theme: Theme, folder: Path) -> Iterator[Path]:
    """The Score: all of the event, then from nearer with a passage that is read, and the picture as it is exported."""
    project.compare.show_page("score")
    _settle(project)
    page: ScorePage = project.compare.page("score")
    page.canvas.setFocus()
    yield from _pictured(window, theme, folder, "score")
    picture = picture_of(page)
    assert picture is not None
    for ending in (".svg", ".pdf"):
        save_picture(picture, folder / f"score{ending}")
        yield folder / f"score{ending}"
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, *[Qt.Key.Key_Right] * 70):
        QTest.keyClick(page.canvas, key)
    page.canvas.zoom(4)

    def read() -> None:
        QTest.keyClick(page.canvas, Qt.Key.Key_Space)
        _settle(project)

    yield from _pictured(window, theme, folder, "score-near", read)
    page.card.dismiss()


def _saved_pictures(window: Window, project: OpenedProject, theme: Theme, folder: Path) -> Iterator[Path]:
    """A saved comparison in discs, beside its snapshot."""
    page, before = project.compare.matrix, project.compare.matrix.asked
    page.passages.hide()
    page.ask(replace(before, look=Look.SYMBOLS))
    _settle(project)
    page.filters.saved.setChecked(True)
    _settle(project)
    page.saved.open_row(0)
    _settle(project)
    yield from _pictured(window, theme, folder, "compare-saved")
    page.filters.saved.setChecked(False)
    page.ask(before)
    _settle(project)


def _code_a_passage(window: Window, project: OpenedProject) -> None:
    """Select words, type the beginning of a code's name, Enter; then undo and redo. All by keys."""
    bus, read = project.sitting.bus, project.read
    with bus.file.view() as view:
        (coder,) = view.find(Person, name=CODER)
        (source,) = view.find(Source, title=SOURCE)
    project.sitting.choose_coder(Me(coder.id, coder.name))
    window.open_place(Place(source.id))
    _wait(lambda: read.source is not None and read.source.source.id == source.id, f"{SOURCE!r} to be shown")
    _settle(project)
    start = read.surface.text.index(WORDS)
    read.surface.go_to(start)
    read.surface.select(Span(start, start + len(WORDS)))
    before = _count(project)
    QTest.keyClicks(read.surface, TYPED[:1])
    QTest.keyClicks(read.coding.chooser.line, TYPED[1:])
    QTest.keyClick(read.coding.chooser.line, Qt.Key.Key_Return)
    for act, expected in ((None, 1), (window.menus.undo, 0), (window.menus.redo, 1)):
        if act is not None:
            act.trigger()
        _wait(lambda expected=expected: _count(project) == before + expected, "the passage to be coded")  # type: ignore[misc]
        _settle(project)


def _count(project: OpenedProject) -> int:
    """How many passages the coder has coded just so: 0 or 1 more than before."""

    def is_it(passage: CodedPassage) -> bool:
        return (passage.source_title, passage.text, passage.code, passage.coder) == (SOURCE, WORDS, CODE, CODER)

    with project.sitting.bus.file.view() as view:
        return sum(map(is_it, coded_passages(view)))


def _two_texts_pictures(window: Window, project: OpenedProject, theme: Theme, folder: Path) -> Iterator[Path]:
    """Two accounts of one plenary side by side."""
    read = project.read
    with project.sitting.bus.file.view() as view:
        first, second = (view.find(Source, title=title)[0].id for title in SIDE_BY_SIDE)
    window.open_place(Place(first))
    _settle(project)
    read.turn_beside()
    _settle(project)
    window.open_place(Place(second))
    _settle(project)
    for pane in (read.main, read.active):
        pane.surface.step(forward=True)
    _settle(project)
    yield from _pictured(window, theme, folder, "two-texts")
    read.close_beside()


def _moment_pictures(window: Window, project: OpenedProject, theme: Theme, folder: Path) -> Iterator[Path]:
    """One moment as everybody wrote it, with where two accounts differ; and the sheet for the data session."""
    project.compare.show_page("moments")
    page = project.compare.moments
    _wait(lambda: page.moment is not None, "the moments to be read")
    _settle(project)
    page.divergences.list.setCurrentRow(0)
    _settle(project)
    yield from _pictured(window, theme, folder, "moments")
    project.compare.show_page("matrix")


def _reading_pictures(window: Window, project: OpenedProject, theme: Theme, folder: Path) -> Iterator[Path]:
    """What stands around the text: words found in it, all passages of a code below it, the palette over it."""
    read = project.read
    read.acts.find.trigger()
    finding = read.active.finding
    QTest.keyClicks(finding.wanted, FOUND)
    _settle(project)
    finding.go(forward=True)
    _settle(project)
    yield from _pictured(window, theme, folder, "find")
    finding.close_bar()
    with project.sitting.bus.file.view() as view:
        (code,) = view.find(Code, name=CODE)
    read.list_passages(PassagesMeant(CODE, PassageFilter(codes=frozenset({code.id}))))
    _settle(project)
    yield from _pictured(window, theme, folder, "passages")
    read.below.setCurrentIndex(0)
    window.menus.palette.trigger()
    _settle(project)
    palette = window.shell.palette
    assert palette is not None
    QTest.keyClicks(palette.line, SOUGHT)
    yield from _pictured(window, theme, folder, "palette")
    palette.hide()


def _overlap_pictures(window: Window, project: OpenedProject, theme: Theme, folder: Path) -> Iterator[Path]:
    """Twelve overlapping codings on one stretch; they are undone then, since nobody would code so."""
    bus, read = project.sitting.bus, project.read
    with bus.file.view() as view:
        (source,) = view.find(Source, title=SOURCE)
    window.open_place(Place(source.id))
    _settle(project)
    text = read.surface.text
    for code, first, last in OVERLAPPING:
        start = text.index(first)
        end = text.index(last, start) + len(last)
        passage = Passage(str(source.id), start, end)
        bus.act(partial(code_passages, passages=[passage], codes=[code], coder=CODER))
        _settle(project)
    read.surface.go_to(text.index("assemblies"))
    _settle(project)
    yield from _pictured(window, theme, folder, "overlapping")
    for _ in OVERLAPPING:
        window.menus.undo.trigger()
        _settle(project)


def _dialog_pictures(window: Window, project: OpenedProject, theme: Theme, folder: Path) -> Iterator[Path]:
    """What opens over the window, each by itself: all that was done, the keys, the settings."""
    for name, action in (
        ("history", window.menus.history),
        ("keys", window.menus.keys),
        ("settings", window.menus.settings),
    ):
        action.trigger()
        _settle(project)
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        yield from _pictured(dialog, theme, folder, name)
        dialog.close()


def _setting_pictures(window: Window, project: OpenedProject, theme: Theme, folder: Path) -> Iterator[Path]:
    window.show_view(project.setting)
    for section in ("people", "presence"):
        project.setting.show_section(section)
        _settle(project)
        yield from _pictured(window, theme, folder, f"setting-{section}")


def _contest_pictures(window: Window, project: OpenedProject, theme: Theme, folder: Path) -> Iterator[Path]:
    """How one term went from contested to affirmed: in the window, and as the picture that a paper may show."""
    from polyvocal.gui.views.picture_export import save_picture

    compared = project.compare
    compared.show_page("contest")
    page = compared.page("contest")
    with project.sitting.bus.file.view() as view:
        (term,) = view.find(Term, name=TERM)
    page.show_term(term.id)
    _settle(project)
    yield from _pictured(window, theme, folder, "contest")
    picture = page.picture()
    path = folder / "contest.svg"
    save_picture(picture, path)
    yield path
    compared.show_page("matrix")
    _settle(project)


def _exports(project: OpenedProject, folder: Path) -> Iterator[Path]:
    with project.sitting.bus.file.view() as view:
        comparison = compare(view)
        for name in ("comparison.md", "comparison.docx", "comparison.csv"):
            export_comparison(comparison, folder / name)
            yield folder / name
        report = codebook_report(view)
        for name in ("codebook.docx", "codebook.xlsx", "codebook.html"):
            export_codebook(report, folder / name)
            yield folder / name
        excerpts = folder / "excerpts.docx"
        export_excerpts(coded_passages(view), excerpts, title=report.title, group_by="code", filters={})
        yield excerpts


def _pictured(
    window: QWidget, theme: Theme, folder: Path, name: str, before: Callable[[], None] = lambda: None
) -> Iterator[Path]:
    """A picture of a window in each theme, with a popup over it if there is one; `before` each, something is done."""
    for look in ("light", "dark"):
        theme.choose(look)
        before()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        _let_go_on(200)
        picture = window.grab()
        popup = QApplication.activePopupWidget()
        if popup is not None:
            _lay_over(picture, popup, window)
        path = folder / f"window-{name}-{look}.png"
        if not picture.save(str(path)):
            raise EnvironmentFault(f"{path} cannot be written")
        yield path
    theme.choose("light")


def _lay_over(picture: QPixmap, popup: QWidget, window: QWidget) -> None:
    with QPainter(picture) as painter:
        painter.drawPixmap(window.mapFromGlobal(popup.mapToGlobal(QPoint(0, 0))), popup.grab())


def _settle(project: OpenedProject) -> None:
    """Wait until every act is done and every question answered."""
    bus = project.sitting.bus
    _wait(lambda: bus.under_way == 0 and bus.open_questions == 0, "the window to settle")
    _let_go_on(50)


def _wait(until: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not until():
        if time.monotonic() > deadline:
            raise BugError(f"the tour waited in vain for {what}")
        _let_go_on(10)


def _let_go_on(milliseconds: int) -> None:
    """Let the window and its threads go on. QTest.qWait would not do: the threads of Python stand still in it."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
