"""The Score in the window: gone through by keys and mouse, looked at from near and far, read, selected, exported."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import openpyxl
import pytest
from lxml import etree
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from polyvocal.domain.passages import Aspect, PassageFilter, PassageQuery
from polyvocal.domain.records import Code, Event, Person, Source
from polyvocal.gui.sitting import Place, Sitting
from polyvocal.gui.views import score_staves
from polyvocal.gui.views.score_export import picture_of
from polyvocal.gui.views.score_heads import HeadPainter
from polyvocal.gui.views.score_layout import Pointed
from polyvocal.gui.views.score_page import ScorePage
from polyvocal.gui.views.score_staves import StaffPainter
from polyvocal.services.analysis.score_plan import PassageMark
from polyvocal.services.commands.codings import add_coding
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.setting import add_event
from polyvocal.services.commands.time_marks import TimeDraft, add_time_marks
from polyvocal.store.file import ProjectFile
from tests.gui.conftest import settle

NO_KEY, SHIFT, CONTROL = (
    Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier,
)  # fmt: skip


@pytest.fixture
def page(qtbot: QtBot, sitting: Sitting) -> ScorePage:
    """The page on the small project, of which one text tells a time."""
    sitting.bus.file.write("nothing", lambda _unit: None)
    add_time_marks(sitting.bus.file, source="Plenary, Wren", marks=[TimeDraft(0, 5, "10:05")])
    return shown(qtbot, sitting)


def shown(qtbot: QtBot, sitting: Sitting) -> ScorePage:
    page = ScorePage(sitting)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    settle(qtbot, sitting)
    return page


def act(qtbot: QtBot, page: ScorePage, command: Callable[[ProjectFile], Any]) -> None:
    page.sitting.bus.act(command)
    settle(qtbot, page.sitting)
    qtbot.waitUntil(lambda: not page._settling.isActive())
    settle(qtbot, page.sitting)


def current(page: ScorePage) -> PassageMark:
    assert page.canvas.current is not None
    assert page.canvas.layout_of_score is not None
    return page.canvas.layout_of_score.mark(*page.canvas.current)


def spot(page: ScorePage, staff: int, number: int) -> QPoint:
    return page.canvas.spot_of(Pointed(staff, number)) - QPoint(0, 4)


def phases(page: ScorePage) -> list[str]:
    assert page.canvas.layout_of_score is not None
    heads = HeadPainter(page.canvas.layout_of_score, page.sitting.theme.colours)
    return [words for words, _, _ in heads._phases()]


def press(page: ScorePage, key: Qt.Key, *, times: int = 1, shift: bool = False) -> None:
    for _ in range(times):
        QTest.keyClick(page.canvas, key, SHIFT if shift else NO_KEY)


def filtered(page: ScorePage, **chosen: Any) -> PassageQuery:
    return PassageQuery(PassageFilter(**chosen))


# --- what is shown ---------------------------------------------------------------------------------------------------


def test_score_of_the_event_with_most_accounts_is_shown_with_its_count(page: ScorePage) -> None:
    assert page.score is not None
    assert page.events.currentText() == "Launch"
    assert page.filters.count.text() == "7 passages"
    assert page.caption.text().startswith("Passages of “Launch” in time")
    assert page.can_export


def test_event_without_accounts_says_what_to_do(qtbot: QtBot, empty_sitting: Sitting) -> None:
    page = shown(qtbot, empty_sitting)
    assert "There is no event yet" in page.message.text()
    assert not page.can_export
    page.setFocus()
    assert page.message.hasFocus()


def test_while_the_event_is_read_there_is_nothing_to_copy_and_nothing_in_doubt(qtbot: QtBot, sitting: Sitting) -> None:
    page = ScorePage(sitting)
    qtbot.addWidget(page)
    assert page.message.text() == "Reading the event…"
    assert page.doubtful.isHidden()
    assert not any(one.isEnabled() for one in (page.copy, page.export, page.nearer, page.farther, page.whole))


def test_new_coding_is_on_the_score_and_the_passage_pointed_to_stays(qtbot: QtBot, page: ScorePage) -> None:
    press(page, Qt.Key.Key_Right, times=2)
    before = current(page)
    act(
        qtbot, page,
        lambda file: add_coding(file, source="Plenary, Wren", start=0, end=10, code="Protest", coder="Oda"),
    )  # fmt: skip
    assert page.filters.count.text() == "8 passages"
    assert (current(page).start, current(page).end) == (before.start, before.end)


def test_picture_shows_something_of_every_staff(page: ScorePage) -> None:
    image = page.canvas.viewport().grab().toImage()
    layout = page.canvas.layout_of_score
    assert layout is not None
    for row in layout.rows:
        y = round(layout.head_height + row.line - layout.sizes.head)
        across = {image.pixelColor(x, y).name() for x in range(round(layout.gutter) + 2, image.width())}
        assert len(across) > 2, layout.score.staves[row.staff].name


def test_filter_by_code_leaves_its_passages(qtbot: QtBot, page: ScorePage) -> None:
    code = page.sitting.bus.read(lambda view: view.find(Code, name="Protest"))[0].id
    page.ask(filtered(page, codes=frozenset({code})))
    settle(qtbot, page.sitting)
    assert page.filters.count.text() == "4 passages"
    assert [chip.words.toolTip() for chip in page.filters.chips] == ["Code: Protest"]
    page.filters.removed.emit(Aspect.CODE)
    settle(qtbot, page.sitting)
    assert page.filters.count.text() == "7 passages"


def test_share_that_an_observer_coded_stands_in_a_line_of_its_own_where_it_is_not_cut_off(page: ScorePage) -> None:
    layout = page.canvas.layout_of_score
    assert layout is not None
    wren = layout.score.staves[0]
    assert layout.figures_of(wren)[1:] == ("coded by Oda, Wren", "self-coded 60 %")
    assert layout.rows[0].height >= layout.sizes.line + 3 * layout.sizes.small_line


def test_names_of_codes_are_not_written_over_passages_at_the_same_place(qtbot: QtBot, page: ScorePage) -> None:
    layout = page.canvas.layout_of_score
    assert layout is not None
    assert all(layout.staves[0].alone)
    for start in (0, 6):
        coded = partial(add_coding, source="Plenary, Wren", start=start, end=start + 2, code="Protest", coder="Oda")
        act(qtbot, page, coded)
    act(qtbot, page, lambda file: add_time_marks(file, source="Plenary, Wren", marks=[TimeDraft(6, 10, "10:05")]))
    assert page.canvas.layout_of_score is not None
    wren = page.canvas.layout_of_score.staves[0]
    assert wren.at[0] == wren.at[1]
    assert wren.alone[:2] == [False, False]
    assert all(wren.alone[2:])


def test_phase_that_is_told_stands_above_passages_without_a_time(qtbot: QtBot, page: ScorePage) -> None:
    for title in ("Plenary", "Corridor"):
        act(qtbot, page, partial(change, kind_word="session", reference=title, fields={"starts": "", "ends": ""}))
    source = page.sitting.bus.read(lambda view: view.find(Source, title="Corridor, Bashir"))[0]
    assert phases(page)[:2] == ["DURING", "BEFORE"]
    act(qtbot, page, lambda file: change(file, "source", str(source.id), {"phase": ""}))
    assert phases(page)[:2] == ["DURING / NOT TOLD", "BEFORE"]


def test_days_of_several_years_are_written_with_their_years(qtbot: QtBot, page: ScorePage) -> None:
    mistyped = {"starts": "2014-05-14T10:00+01:00", "ends": "2014-05-14T11:30+01:00"}
    act(qtbot, page, partial(change, kind_word="session", reference="Corridor", fields=mistyped))
    assert page.canvas.layout_of_score is not None
    heads = HeadPainter(page.canvas.layout_of_score, page.sitting.theme.colours)
    written = [words[-1] for words, _, _ in heads._named_days() if len(words) > 1]
    assert written == ["14 May 2014", "14 May 2024"]


def test_day_is_written_as_short_as_its_room_asks(page: ScorePage) -> None:
    layout = page.canvas.layout_of_score
    assert layout is not None
    words = next(
        words for words, _, _ in HeadPainter(layout, page.sitting.theme.colours)._named_days() if len(words) > 1
    )
    assert words == ("Tuesday 14 May", "Tue 14 May", "14 May")
    for room, said in ((400, words[0]), (QFontMetricsF(layout.sizes.bold).horizontalAdvance(words[1]) + 12, words[1])):
        painted: list[str] = []
        painter = Mock(font=lambda: layout.sizes.bold, drawText=lambda *args, painted=painted: painted.append(args[-1]))
        HeadPainter._paint_sticky(painter, words, (0, room), QRectF(0, 0, 500, 20), QColor("black"))
        assert painted == [said]


# --- the keys --------------------------------------------------------------------------------------------------------


def test_arrows_go_from_passage_to_passage_and_from_staff_to_staff(page: ScorePage) -> None:
    page.canvas.setFocus()
    press(page, Qt.Key.Key_Right)
    first = current(page)
    press(page, Qt.Key.Key_Right)
    assert current(page).at > first.at
    press(page, Qt.Key.Key_Left)
    assert current(page) is first
    press(page, Qt.Key.Key_Down)
    assert page.canvas.current is not None
    assert page.canvas.current.staff == 1
    press(page, Qt.Key.Key_Up)
    press(page, Qt.Key.Key_End)
    assert page.canvas.current == Pointed(0, 3)
    press(page, Qt.Key.Key_Home)
    assert page.canvas.current == Pointed(0, 0)


def test_current_passage_is_told_to_who_listens(page: ScorePage) -> None:
    press(page, Qt.Key.Key_Right)
    assert page.canvas.viewport().accessibleName() == "Score of Launch"
    assert page.canvas.viewport().accessibleDescription() == (
        "Wren, Plenary, Wren, mark 1 of 4; Tue 14 May 2024, 10:05–11:30: between two times, in the order of its "
        "text; Whose time, Protest; coded by Oda"
    )


def test_enter_opens_the_passage_in_its_text(qtbot: QtBot, page: ScorePage) -> None:
    press(page, Qt.Key.Key_Right)
    mark = current(page)
    with qtbot.waitSignal(page.sitting.place_wanted) as wanted:
        press(page, Qt.Key.Key_Return)
    assert wanted.args == [Place(mark.source, mark.start, mark.end, mark.codings[0])]


def test_space_reads_the_passage_where_it_stands(qtbot: QtBot, page: ScorePage) -> None:
    press(page, Qt.Key.Key_Right)
    press(page, Qt.Key.Key_Space)
    settle(qtbot, page.sitting)
    assert page.card.isVisible()
    assert page.card.words.text() == "““Who is paid to be here?” asks a woman of the lay panel.”"
    assert page.card.when.text().startswith("Tue 14 May 2024, 10:05–11:30")
    press(page, Qt.Key.Key_Space)
    assert page.card.isHidden()
    press(page, Qt.Key.Key_Space)
    press(page, Qt.Key.Key_Right)
    assert page.card.isHidden()


def test_plus_and_minus_look_nearer_and_farther_and_nought_shows_all(page: ScorePage) -> None:
    page.canvas.setFocus()
    whole = page.canvas.scale
    press(page, Qt.Key.Key_Plus, times=3)
    assert page.canvas.scale == pytest.approx(whole * 1.25**3)
    assert page.canvas.horizontalScrollBar().maximum() > 0
    press(page, Qt.Key.Key_Minus)
    assert page.canvas.scale == pytest.approx(whole * 1.25**2)
    press(page, Qt.Key.Key_0)
    assert page.canvas.scale == pytest.approx(whole)


def test_current_passage_is_kept_in_sight(page: ScorePage) -> None:
    page.canvas.setFocus()
    press(page, Qt.Key.Key_Right)
    press(page, Qt.Key.Key_Plus, times=8)
    press(page, Qt.Key.Key_End)
    where = page.canvas.spot_of(Pointed(0, 3))
    assert page.canvas.viewport().rect().contains(where)


def test_shift_and_arrows_select_a_stretch_and_list_what_may_have_been_written_of_it(
    qtbot: QtBot, page: ScorePage
) -> None:
    page.canvas.setFocus()
    press(page, Qt.Key.Key_Right)
    assert not page.side_by_side.isEnabled()
    press(page, Qt.Key.Key_Right, shift=True)
    with qtbot.waitSignal(page.moment_wanted) as wanted:
        press(page, Qt.Key.Key_M)
    (moment,) = wanted.args
    assert page.score is not None
    assert page.canvas.stretch is not None
    assert moment == page.score.moment(*page.canvas.stretch)
    assert f"{moment.starts:%d %H:%M}" == "14 10:05"
    settle(qtbot, page.sitting)
    assert page.passages.isVisible()
    assert page.passages.filters.count.text() == "6 passages"
    assert page.passages.note.text().startswith("Tue 14 May 2024, 10:05–")
    press(page, Qt.Key.Key_Escape)
    assert page.canvas.stretch is None
    assert page.below.isHidden()


def test_selected_time_stays_the_same_time_whatever_the_filter_does_to_the_axis(qtbot: QtBot, page: ScorePage) -> None:
    act(qtbot, page, lambda file: add_time_marks(file, source="Plenary, Ilse", marks=[TimeDraft(0, 5, "07:05")]))
    assert page.score is not None
    one = page.score.sessions[-1]
    page.canvas.select((one.left, one.right))
    settle(qtbot, page.sitting)
    told, listed = page.passages.note.text(), page.passages.filters.count.text()
    wren = page.sitting.bus.read(lambda view: view.find(Person, name="Wren"))[0].id
    page.ask(filtered(page, observers=frozenset({wren})))
    settle(qtbot, page.sitting)
    now = page.score.sessions[-1]
    assert now.left != one.left
    assert page.canvas.stretch == (now.left, now.right)
    assert page.passages.note.text() == told
    assert page.passages.filters.count.text() == f"{len(page.score.within(now.left, now.right))} passages" != listed


def test_selected_time_and_its_list_go_with_their_event(qtbot: QtBot, page: ScorePage) -> None:
    assert page.score is not None
    one = page.score.sessions[0]
    page.canvas.select((one.left, one.right))
    settle(qtbot, page.sitting)
    assert page.passages.isVisible()
    act(qtbot, page, partial(add_event, title="Harvest"))
    act(qtbot, page, partial(change, kind_word="source", reference="On the train", fields={"event": "Harvest"}))
    page.show_event(page.sitting.bus.read(lambda view: view.find(Event, title="Harvest"))[0].id)
    settle(qtbot, page.sitting)
    assert page.score.title == "Harvest"
    assert page.canvas.stretch is None
    assert page.below.isHidden()
    assert not page.side_by_side.isEnabled()


def test_all_of_the_event_stays_in_sight_whatever_the_filter_does_to_the_axis(qtbot: QtBot, page: ScorePage) -> None:
    act(qtbot, page, lambda file: add_time_marks(file, source="Plenary, Ilse", marks=[TimeDraft(0, 5, "07:05")]))
    wren = page.sitting.bus.read(lambda view: view.find(Person, name="Wren"))[0].id
    for observers in ({wren}, set()):
        page.ask(filtered(page, observers=frozenset(observers)))
        settle(qtbot, page.sitting)
        assert page.score is not None
        width = (page.score.right - page.score.left) * page.canvas.scale
        assert width == pytest.approx(page.canvas.body.width() - 2)


def test_passage_of_two_observers_stays_pointed_to_on_the_staff_where_it_was(qtbot: QtBot, page: ScorePage) -> None:
    act(qtbot, page, lambda file: change(file, "source", "Plenary, Ilse", {"observer": "Ilse; Wren"}))
    layout = page.canvas.layout_of_score
    assert layout is not None
    of_ilse = {mark.source for mark in layout.staves[1].marks}
    both = [
        Pointed(staff, number)
        for staff, marks in enumerate(layout.staves)
        for number, mark in enumerate(marks.marks)
        if mark.source in of_ilse
    ]
    assert {one.staff for one in both} == {0, 1}
    page.canvas._point_to(both[-1])
    page.refresh()
    settle(qtbot, page.sitting)
    assert page.canvas.current == both[-1]


# --- the mouse -------------------------------------------------------------------------------------------------------


def test_click_opens_a_passage_and_pointing_reads_it(qtbot: QtBot, page: ScorePage) -> None:
    at = spot(page, 0, 1)
    qtbot.mouseMove(page.canvas.viewport(), at)
    qtbot.waitUntil(lambda: page.card.isVisible() and page.card.words.text() != "…")
    assert page.canvas.under == Pointed(0, 1)
    with qtbot.waitSignal(page.sitting.place_wanted):
        qtbot.mouseClick(page.canvas.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert page.card.isHidden()
    assert page.canvas.current == Pointed(0, 1)


def test_click_on_a_session_selects_it(qtbot: QtBot, page: ScorePage) -> None:
    assert page.score is not None
    layout = page.canvas.layout_of_score
    assert layout is not None
    one = page.score.sessions[0]
    x = round(layout.gutter + ((one.left + one.right) / 2 - page.canvas.left) * page.canvas.scale)
    y = round(layout.phase_height + layout.day_height + layout.session_height / 2)
    qtbot.mouseClick(page.canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, y))
    assert page.canvas.stretch == (one.left, one.right)
    assert page.passages.note.text().startswith(f"{one.title}, Tue 14 May 2024, 10:00–11:30")


def test_dragging_along_the_axis_selects_and_dragging_the_staves_moves_them(qtbot: QtBot, page: ScorePage) -> None:
    viewport = page.canvas.viewport()
    page.canvas.zoom(6)
    left = page.canvas.left
    start, end = QPoint(600, 300), QPoint(500, 300)
    for at, to in ((start, end), (QPoint(500, 20), QPoint(700, 20))):
        qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=at)
        qtbot.mouseMove(viewport, to)
        qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=to)
        if at is start:
            assert page.canvas.left == pytest.approx(left + 100 / page.canvas.scale, abs=2 / page.canvas.scale)
            assert page.canvas.stretch is None
    assert page.canvas.stretch is not None
    assert page.canvas.stretch[1] - page.canvas.stretch[0] == pytest.approx(200 / page.canvas.scale)


def test_wheel_with_control_looks_nearer_at_what_is_under_the_mouse(page: ScorePage) -> None:
    place = page.canvas.place_at(700)
    at = QPointF(700, 300)
    event = QWheelEvent(
        at, at, QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton, CONTROL, Qt.ScrollPhase.NoScrollPhase, False
    )
    whole = page.canvas.scale
    QApplication.sendEvent(page.canvas.viewport(), event)
    assert page.canvas.scale == pytest.approx(whole * 1.25**2)
    assert page.canvas.place_at(700) == pytest.approx(place, abs=1 / page.canvas.scale)


# --- doubts ----------------------------------------------------------------------------------------------------------


def test_what_is_in_doubt_is_listed_with_its_reason_and_leads_to_its_passages(qtbot: QtBot, page: ScorePage) -> None:
    assert page.doubtful.isHidden()
    source = page.sitting.bus.read(lambda view: view.find(Source, title="Plenary, Wren"))[0]
    fields = {"observed_from": "2024-05-14T13:00+04:00"}
    act(qtbot, page, lambda file: change(file, "source", str(source.id), fields))
    assert page.doubtful.text() == "4 in doubt"
    page.canvas.setFocus()
    press(page, Qt.Key.Key_D)
    assert page.doubts.list.hasFocus()
    row = page.doubts.model.index(0, 0)
    assert row.data() == "Plenary, Wren · 4 passages"
    assert "the event is in Europe/London" in row.data(Qt.ItemDataRole.ToolTipRole)
    qtbot.keyClick(page.doubts.list, Qt.Key.Key_Return)
    settle(qtbot, page.sitting)
    assert page.passages.filters.count.text() == "4 passages"
    qtbot.keyClick(page.passages.table, Qt.Key.Key_Escape)
    assert page.below.isHidden()
    assert page.canvas.hasFocus()


# --- what is not to be seen, other events ----------------------------------------------------------------------------


def test_whoever_codes_blind_sees_no_codings_of_others(qtbot: QtBot, page: ScorePage) -> None:
    page.sitting.set_blind(blind=True)
    assert page.score is None
    settle(qtbot, page.sitting)
    assert page.filters.count.text() == "4 passages"


def test_event_without_observers_says_what_to_do_and_leads_back(qtbot: QtBot, page: ScorePage) -> None:
    act(qtbot, page, lambda file: add_event(file, title="Harvest", starts="2024-10-01T10:00+01:00"))
    event = page.sitting.bus.read(lambda view: view.find(Event, title="Harvest"))[0]
    page.show_event(event.id)
    settle(qtbot, page.sitting)
    assert page.events.currentText() == "Harvest"
    assert "Nobody is known to have observed this event" in page.message.text()
    page.show_event(page.sitting.bus.read(lambda view: view.find(Event, title="Launch"))[0].id)
    settle(qtbot, page.sitting)
    assert page.filters.count.text() == "7 passages"


# --- taking it elsewhere ---------------------------------------------------------------------------------------------


def export_to(qtbot: QtBot, page: ScorePage, path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))
    with qtbot.waitSignal(page.exported) as exported:
        page.ask_export()
    assert exported.args == [path]
    return path


def test_picture_is_exported_with_names_sessions_legend_and_caption(
    qtbot: QtBot, page: ScorePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = export_to(qtbot, page, tmp_path / "score.svg", monkeypatch)
    root = etree.parse(str(path)).getroot()
    texts = root.iter("{http://www.w3.org/2000/svg}text")
    words = " ".join(etree.tostring(one, method="text", encoding="unicode") for one in texts)
    sessions = {number: one.title for number, one in enumerate(page.score.sessions, 1)} if page.score else {}
    assert sessions
    assert all(f"{number} {title}" in words for number, title in sessions.items())
    for one in ("Wren", "Ilse", "Bashir", "Plenary", "elsewhere", "Whose time", "Passages of “Launch”", "coded by Oda"):
        assert one in words, one


def test_picture_of_a_part_says_which_part_and_its_letters_are_as_large_everywhere(page: ScorePage) -> None:
    whole = picture_of(page)
    assert whole is not None
    assert whole.caption.startswith("Passages of “Launch” in time")
    assert whole.font.pixelSize() > 0
    assert page.score is not None
    page.canvas.zoom(5)
    page.canvas.move_to(page.score.axis.left)
    part = picture_of(page)
    assert part is not None
    until = page.score.moment(page.score.axis.left, page.canvas.place_at(page.canvas.body.right())).ends
    assert part.caption.startswith(f"Of the axis this part is shown: Tue 14 May 2024, 09:55–{until:%H:%M}. Passages of")


def test_picture_is_copied_by_its_keys(page: ScorePage) -> None:
    page.canvas.setFocus()
    QTest.keyClick(page.canvas, Qt.Key.Key_C, CONTROL)
    image = QApplication.clipboard().image()
    assert isinstance(image, QImage)
    assert image.width() > 3000


def test_table_behind_the_score_is_exported(
    qtbot: QtBot, page: ScorePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = export_to(qtbot, page, tmp_path / "score.xlsx", monkeypatch)
    rows = list(openpyxl.load_workbook(path)["Marks"].iter_rows(values_only=True))
    assert len(rows) == 7
    assert rows[1][:5] == (
        "Wren", "ethnographer", "2024-05-14T10:05+01:00", "2024-05-14T11:30+01:00", "between two times",
    )  # fmt: skip


# --- very many -------------------------------------------------------------------------------------------------------


def test_very_many_passages_are_painted_as_columns_and_one_by_one_from_near(
    qtbot: QtBot, page: ScorePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[str] = []

    def noted(name: str) -> Callable[..., None]:
        real = getattr(StaffPainter, name)

        def paint(*args: Any) -> None:
            painted.append(name)
            real(*args)

        return paint

    for name in ("_paint_pixels", "_paint_marks"):
        monkeypatch.setattr(StaffPainter, name, noted(name))
    monkeypatch.setattr(score_staves, "ONE_BY_ONE", 2)
    one_by_one = page.canvas.viewport().grab().toImage()
    assert set(painted) == {"_paint_pixels"}
    painted.clear()
    monkeypatch.setattr(score_staves, "ONE_BY_ONE", 900)
    page.canvas.viewport().grab()
    assert set(painted) == {"_paint_marks"}
    assert page.canvas.layout_of_score is not None
    mark_at = spot(page, 0, 1)
    colours = {
        one_by_one.pixelColor(mark_at.x() + x, mark_at.y() + y).name() for x in range(-2, 4) for y in range(-3, 4)
    }
    assert len(colours) > 1
