"""The strip of stances: gone through by keys, opened, filtered, listed, dense, empty, copied and saved."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdfium2 import PdfDocument
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter
from pytestqt.qtbot import QtBot

from polyvocal.domain.passages import Aspect
from polyvocal.domain.records import Coding, Person, Source, Stance, Term
from polyvocal.domain.words import StanceName
from polyvocal.gui import acts
from polyvocal.gui.sitting import Place, Sitting
from polyvocal.gui.theme import DARK, LIGHT, Theme, contrast, stance_colour
from polyvocal.gui.views.compare_contest import ContestPage
from polyvocal.gui.views.contest_export import export
from polyvocal.gui.views.contest_layout import StripLayout, sizes_for
from polyvocal.gui.views.contest_marks import paint_stances, signs_in_words
from polyvocal.gui.views.contest_paint import ContestPainter
from polyvocal.services.commands.codings import StanceDraft, add_stance
from polyvocal.services.commands.removal import remove
from polyvocal.services.commands.setting import add_term
from tests.colour_vision import VISIONS, nearest
from tests.gui.conftest import be, settle


@pytest.fixture
def page(qtbot: QtBot, sitting: Sitting) -> ContestPage:
    """The page on the small project."""
    return shown(qtbot, sitting)


def shown(qtbot: QtBot, sitting: Sitting) -> ContestPage:
    page = ContestPage(sitting)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    qtbot.waitExposed(page)
    settle(qtbot, sitting)
    return page


def act(qtbot: QtBot, page: ContestPage, command: Any) -> None:
    """Have something done elsewhere, and wait until the page has followed."""
    page.sitting.bus.act(command)
    settle(qtbot, page.sitting)
    qtbot.waitUntil(lambda: not page._settling.isActive())
    settle(qtbot, page.sitting)


def press(qtbot: QtBot, page: ContestPage, *keys: Qt.Key) -> str:
    """Press keys in the strip; says what is heard of where they lead."""
    for key in keys:
        qtbot.keyClick(page.canvas, key)
    return page.canvas.accessibleDescription()


def lines(page: ContestPage) -> list[tuple[str, bool]]:
    assert page.canvas.strip is not None
    return [(line.name, line.is_band) for line in page.canvas.strip.lines]


def test_groups_bear_their_own_marks_and_terms_their_numbers(page: ContestPage) -> None:
    assert lines(page) == [("Lay panel", True), ("Ward teams / Ward 4", True)]
    assert [page.term.itemText(at) for at in range(page.term.count())] == ["all terms", "Whose time is paid   ● 1  ◆ 1"]
    heard = page.term.itemData(1, Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "Whose time is paid: 0 generates, 1 affirms, 1 contests"
    assert page.term.currentIndex() == 1
    assert page.filters.count.text() == "2 passages"
    assert page.caption.text().startswith("Stances on “Whose time is paid”, by actor, phase and session.")


def test_while_stances_are_looked_for_there_is_nothing_to_copy(qtbot: QtBot, sitting: Sitting) -> None:
    page = ContestPage(sitting)
    qtbot.addWidget(page)
    assert not page.copy.isEnabled()
    assert not page.export.isEnabled()


def test_arrows_go_from_mark_to_mark_and_each_is_heard(qtbot: QtBot, page: ContestPage) -> None:
    first = page.canvas.accessibleDescription()
    assert first == (
        "Lay panel contests “Whose time is paid”, toward Ward teams. Plenary, during. "
        "Collaboration / Whose time · coded by Oda. Plenary, Wren · written by Wren"
    )
    assert press(qtbot, page, Qt.Key.Key_Down).startswith("Ward 4 affirms “Whose time is paid”. Corridor, during.")
    assert press(qtbot, page, Qt.Key.Key_Left) == "Ward 4: 1 affirms"
    assert press(qtbot, page, Qt.Key.Key_Up) == "Lay panel: 1 contests"
    assert press(qtbot, page, Qt.Key.Key_End) == first
    assert press(qtbot, page, Qt.Key.Key_Up) == "Plenary, during: 1 contests"
    assert press(qtbot, page, Qt.Key.Key_Right) == "Corridor, during: 1 affirms"
    assert press(qtbot, page, Qt.Key.Key_Up) == "During: 1 affirms, 1 contests"


def test_enter_opens_the_passage_in_its_text(qtbot: QtBot, page: ContestPage) -> None:
    places: list[Place] = []
    page.sitting.place_wanted.connect(places.append)
    press(qtbot, page, Qt.Key.Key_Return)
    (place,) = places
    (source,) = page.sitting.bus.read(lambda view: view.find(Source, title="Plenary, Wren"))
    assert place.source == source.id
    assert place.coding is not None
    coding = page.sitting.bus.read(lambda view: view.need(Coding, place.coding or 0))
    assert (place.start, place.end) == (coding.start, coding.end)


def test_mark_is_read_by_the_space_bar_and_opened_by_a_click(qtbot: QtBot, page: ContestPage) -> None:
    press(qtbot, page, Qt.Key.Key_Space)
    settle(qtbot, page.sitting)
    assert page.card.isVisible()
    assert page.card.words.text() == "““Who is paid to be here?” asks a woman of the lay panel.”"
    assert page.card.coded.text() == "Collaboration / Whose time · coded by Oda"
    places: list[Place] = []
    page.sitting.place_wanted.connect(places.append)
    assert page.canvas.current is not None
    qtbot.mouseClick(page.canvas.viewport(), Qt.MouseButton.LeftButton, pos=page.canvas.point(page.canvas.current))
    assert len(places) == 1
    assert not page.card.isVisible()


def test_mark_under_the_mouse_is_read_after_a_moment(qtbot: QtBot, page: ContestPage) -> None:
    assert page.canvas.current is not None
    qtbot.mouseMove(page.canvas.viewport(), page.canvas.point(page.canvas.current))
    qtbot.waitUntil(page.card.isVisible)
    settle(qtbot, page.sitting)
    assert "Who is paid" in page.card.words.text()
    qtbot.mouseMove(page.canvas.viewport(), page.canvas.viewport().rect().bottomRight())
    qtbot.waitUntil(lambda: not page.card.isVisible())


def test_number_of_a_column_is_a_door_to_just_its_passages(qtbot: QtBot, page: ContestPage) -> None:
    press(qtbot, page, Qt.Key.Key_Up, Qt.Key.Key_Return)
    settle(qtbot, page.sitting)
    assert page.passages.isVisible()
    assert page.passages.note.text() == "Stances on “Whose time is paid” · Plenary, during"
    assert page.passages.filters.count.text() == "1 passage"
    qtbot.keyClick(page.passages.table, Qt.Key.Key_Escape)
    assert not page.passages.isVisible()
    assert page.canvas.hasFocus()


def test_cell_is_listed_by_a_click_beside_its_marks(qtbot: QtBot, page: ContestPage) -> None:
    strip = page.canvas.strip
    assert strip is not None
    (row, column), _ = next(iter(strip.contest.cells.items()))
    line = next(one for one in strip.lines if one.row == row)
    at = QPointF(strip.rights[column] - 3, strip.head_height + line.top + line.height / 2)
    qtbot.mouseClick(page.canvas.viewport(), Qt.MouseButton.LeftButton, pos=at.toPoint())
    settle(qtbot, page.sitting)
    assert page.passages.filters.count.text() == "1 passage"


def test_coder_held_constant_takes_the_marks_of_others_away(qtbot: QtBot, page: ContestPage) -> None:
    sitting = page.sitting
    (oda,) = sitting.bus.read(lambda view: view.find(Person, name="Oda"))
    (wren,) = sitting.bus.read(lambda view: view.find(Person, name="Wren"))
    page.choosing.values.chosen.emit(Aspect.CODER, frozenset({oda.id}))
    settle(qtbot, sitting)
    assert page.filters.count.text() == "2 passages"
    assert "Only coder: Oda." in page.caption.text()
    page.choosing.values.chosen.emit(Aspect.CODER, frozenset({wren.id}))
    settle(qtbot, sitting)
    assert "Take a filter away" in page.message.text()
    assert not page.can_export


def test_what_affirms_and_contests_shows_both(qtbot: QtBot, page: ContestPage) -> None:
    sitting = page.sitting
    coding = next(one for one in sitting.bus.read(lambda view: view.all(Stance)) if one.stance == "contests").coding
    draft = StanceDraft("Lay panel", StanceName.AFFIRMS, "Whose time is paid")
    act(qtbot, page, lambda file: add_stance(file, coding=str(coding), stance=draft))
    assert page.canvas.accessibleDescription().startswith(
        "Lay panel affirms “Whose time is paid”; Lay panel contests “Whose time is paid”, toward Ward teams."
    )
    assert page.filters.count.text() == "2 passages"
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    with QPainter(image) as painter:
        paint_stances(painter, [(1, QColor("blue")), (2, QColor("red"))], QRectF(0, 0, 40, 40))
    assert image.pixelColor(12, 20) == QColor("blue")
    assert image.pixelColor(28, 20) == QColor("red")


def test_stance_keeps_its_sign_whatever_is_filtered(qtbot: QtBot, page: ContestPage) -> None:
    page.choosing.values.chosen.emit(Aspect.STANCE, frozenset({"contests"}))
    settle(qtbot, page.sitting)
    assert page.term.currentText() == "Whose time is paid   ◆ 1"
    assert page.contest is not None
    assert signs_in_words(page.contest) == [((2,), "contests")]


def test_every_sign_has_a_shape_of_its_own() -> None:
    seen = set()
    for number in range(5):
        image = QImage(24, 24, QImage.Format.Format_Grayscale8)
        image.fill(255)
        with QPainter(image) as painter:
            paint_stances(painter, [(number, QColor("black"))], QRectF(2, 2, 20, 20))
        seen.add(bytes(image.constBits()))
    assert len(seen) == 5


def test_rows_may_be_groups_or_terms(qtbot: QtBot, page: ContestPage) -> None:
    page.rows.setFocus()
    qtbot.keyClicks(page.rows, "t")
    page.rows.activated.emit(page.rows.currentIndex())
    settle(qtbot, page.sitting)
    assert lines(page) == [("Whose time is paid", False)]


def test_too_many_marks_for_a_cell_are_told_as_numbers(qtbot: QtBot, page: ContestPage) -> None:
    contest = page.contest
    assert contest is not None
    place, marks = next(iter(contest.cells.items()))
    many = replace(contest, cells={**contest.cells, place: marks * 3000})
    strip = StripLayout(many, sizes_for(QFont()), 900)
    dense = [spot for spots in strip.spots for spot in spots if spot.mark is None and not spot.is_name]
    assert [(spot.rows, spot.columns) for spot in dense] == [((place[0],), (place[1],))]
    assert strip.height < 200
    image = QImage(900, 300, QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        ContestPainter(strip, LIGHT).paint(painter, QRectF(0, 0, 900, 300), QPointF())
    some = replace(contest, cells={**contest.cells, place: marks * 60})
    assert StripLayout(some, sizes_for(QFont()), 900).height > StripLayout(contest, sizes_for(QFont()), 900).height


def test_project_without_terms_says_what_a_term_is_and_where_to_enter_one(qtbot: QtBot, empty_sitting: Sitting) -> None:
    page = shown(qtbot, empty_sitting)
    assert "Enter one in the Setting view, under Terms" in page.message.text()
    assert not page.can_export
    act(qtbot, page, lambda file: add_term(file, name="Who decides"))
    assert "No stance on this is coded yet" in page.message.text()
    assert "Ctrl+T" in page.message.text() or acts.STANCE.text.rstrip("…") in page.message.text()


def test_term_that_is_removed_gives_way_to_another(qtbot: QtBot, page: ContestPage) -> None:
    act(qtbot, page, lambda file: add_term(file, name="Who decides"))
    (term,) = page.sitting.bus.read(lambda view: view.find(Term, name="Who decides"))
    page.show_term(term.id)
    settle(qtbot, page.sitting)
    assert "No stance on this is coded yet" in page.message.text()
    act(qtbot, page, lambda file: remove(file, "term", str(term.id)))
    assert page.term.currentText().startswith("Whose time is paid")
    assert page.can_export


def test_blind_coder_sees_no_marks_of_others(qtbot: QtBot, page: ContestPage) -> None:
    be(page.sitting, "Wren")
    page.sitting.set_blind(blind=True)
    assert page.contest is None
    settle(qtbot, page.sitting)
    assert not page.can_export
    assert "No stance on this is coded yet" in page.message.text()


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_stances_are_told_apart_by_colour_too_whoever_looks(colours: Any) -> None:
    shades = [stance_colour(number, colours) for number in range(5)]
    assert all(contrast(one, QColor(colours.ground)) >= 3 for one in shades)
    assert all(nearest([one.name() for one in shades[:3]], vision) > 15 for vision in VISIONS)


@pytest.mark.parametrize("ending", [".svg", ".png", ".pdf"])
def test_picture_is_saved_with_its_caption(qtbot: QtBot, page: ContestPage, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"stances{ending}"
    with qtbot.waitSignal(page.exported):
        export(page, path)
    if ending == ".svg":
        text = path.read_text(encoding="utf-8")
        assert "by actor, phase and session" in text
        assert "<svg" in text
    elif ending == ".png":
        image = QImage(str(path))
        assert "by actor, phase and session" in image.text("Description")
        assert image.width() > 1000
    else:
        assert path.read_bytes().startswith(b"%PDF")
        text = "".join(page.get_textpage().get_text_range() for page in PdfDocument(path))
        assert "Ward teams / Ward 4" in text
        assert "by actor, phase and session" in text


def test_table_behind_it_is_saved_and_picture_copied(qtbot: QtBot, page: ContestPage, tmp_path: Path) -> None:
    path = tmp_path / "stances.csv"
    with qtbot.waitSignal(page.exported):
        export(page, path)
    assert "Lay panel contests Whose time is paid, toward Ward teams" in path.read_text(encoding="utf-8-sig")
    page.canvas.setFocus()
    page.copy_picture()
    assert not QGuiApplication.clipboard().image().isNull()


def test_dark_letters_and_large_ones_are_laid_out_again(qtbot: QtBot, page: ContestPage, theme: Theme) -> None:
    assert page.canvas.strip is not None
    before = page.canvas.strip.height
    theme.choose("dark")
    theme.set_text_size(24)
    qtbot.waitUntil(lambda: page.canvas.strip is not None and page.canvas.strip.height > before)
