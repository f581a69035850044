"""The pages of the Compare view are found as they were left, also at the next start."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from polyvocal.domain.moments import Moment
from polyvocal.domain.passages import Aspect, PassageFilter, PassageQuery
from polyvocal.domain.records import Code, Event, Session
from polyvocal.gui.opening import OpenedProject
from polyvocal.gui.views.compare_left import PagesLeft, held_in, id_in, text_in
from polyvocal.gui.views.contest_asked import Asked as ContestAsked
from polyvocal.gui.window import Window
from polyvocal.services.commands.moments import add_moment
from polyvocal.services.commands.removal import remove
from polyvocal.services.commands.setting import add_event
from polyvocal.store.file import Mode, open_project
from tests.gui.conftest import open_in, settle


def of_protest(project: OpenedProject) -> PassageQuery:
    """A query for one code."""
    with project.sitting.bus.file.view() as view:
        (code,) = view.find(Code, name="Protest")
    return PassageQuery(PassageFilter(codes=frozenset({code.id})))


def again(qtbot: QtBot, window: Window, project: OpenedProject) -> OpenedProject:
    """The project closed, and opened anew with its Compare view in front."""
    path = project.path
    settle(qtbot, project.sitting)
    window.close_project()
    opened = open_in(qtbot, window, path)
    window.show_view(opened.compare)
    settle(qtbot, opened.sitting)
    return opened


def test_score_shows_the_event_and_the_passages_that_it_showed(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject
) -> None:
    add_event(main_project.sitting.bus.file, title="Another day", starts="2031-01-01")
    main_window.show_view(main_project.compare)
    main_project.compare.show_page("score")
    page = main_project.compare.page("score")
    settle(qtbot, main_project.sitting)
    with main_project.sitting.bus.file.view() as view:
        (other,) = view.find(Event, title="Another day")
    page.show_event(other.id)
    page.ask(of_protest(main_project))
    opened = again(qtbot, main_window, main_project)
    assert opened.compare.page_in_front == "score"
    found = opened.compare.page("score")
    assert (found.events.currentText(), found.query) == ("Another day", of_protest(opened))


def test_contest_shows_the_term_the_rows_and_the_passages_that_it_showed(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject
) -> None:
    main_window.show_view(main_project.compare)
    main_project.compare.show_page("contest")
    page = main_project.compare.page("contest")
    settle(qtbot, main_project.sitting)
    page.show_term(None)
    page.rows.activated.emit(2)
    page.choosing.values.chosen.emit(Aspect.CODE, of_protest(main_project).chosen.codes)
    settle(qtbot, main_project.sitting)
    asked = page.asked
    opened = again(qtbot, main_window, main_project)
    assert opened.compare.page_in_front == "contest"
    assert opened.compare.page("contest").asked == asked
    assert asked == ContestAsked(None, "terms", of_protest(opened))


@pytest.mark.parametrize("saved", ["Later", "window", "session"])
def test_moments_show_the_one_that_was_shown_saved_or_not(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject, saved: str
) -> None:
    file = main_project.sitting.bus.file
    with file.view() as view:
        event, session = view.all(Event)[0], view.all(Session)[-1]
    for title, starts in (("Earlier", "2024-05-14T09:00"), ("Later", "2024-05-14T16:00")):
        add_moment(file, event=str(event.id), title=title, starts=starts, ends=starts[:14] + "30")
    main_window.show_view(main_project.compare)
    main_project.compare.show_page("moments")
    page = main_project.compare.moments
    settle(qtbot, main_project.sitting)
    if saved == "window":
        page.list.starts.setText("2024-05-14 10:10")
        page.list.ends.setText("2024-05-14 10:20")
        page.list.look_at_window()
    else:
        wanted = next(
            one.moment
            for one in page.list.found.moments
            if one.moment.title == saved or (saved == "session" and one.moment.session == session.id)
        )
        page.point_to(wanted)
    settle(qtbot, main_project.sitting)
    shown = page.list.shown
    opened = again(qtbot, main_window, main_project)
    found = opened.compare.moments
    assert found.list.shown == shown
    assert found.moment is not None
    assert found.moment.asked == shown
    assert not found.list.open_only.isChecked()


def test_only_moments_with_open_divergences_are_listed_again(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject
) -> None:
    main_window.show_view(main_project.compare)
    main_project.compare.show_page("moments")
    settle(qtbot, main_project.sitting)
    main_project.compare.moments.list.open_only.click()
    opened = again(qtbot, main_window, main_project)
    assert opened.compare.moments.list.open_only.isChecked()


def test_what_is_gone_meanwhile_gives_way_to_what_is_shown_at_first(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject
) -> None:
    file, path = main_project.sitting.bus.file, main_project.path
    with file.view() as view:
        event = view.all(Event)[0]
    add_moment(file, event=str(event.id), title="Gone", starts="2024-05-14T09:00", ends="2024-05-14T09:30")
    add_event(file, title="Gone too")
    main_window.show_view(main_project.compare)
    compare = main_project.compare
    for key in ("score", "moments"):
        compare.show_page(key)
        settle(qtbot, main_project.sitting)
    with file.view() as view:
        (moment,), (other,) = view.find(Moment, title="Gone"), view.find(Event, title="Gone too")
    compare.moments.point_to(moment)
    compare.page("score").show_event(other.id)
    settle(qtbot, main_project.sitting)
    main_window.close_project()
    with open_project(path, Mode.WRITE) as opened_file:
        remove(opened_file, "moment", str(moment.id))
        remove(opened_file, "event", str(other.id))
    opened = open_in(qtbot, main_window, path)
    main_window.show_view(opened.compare)
    for key in ("score", "moments"):
        opened.compare.show_page(key)
        qtbot.waitUntil(opened.compare.page(key).isVisible)
        settle(qtbot, opened.sitting)
    assert opened.compare.page("score").events.currentText() == event.title
    assert opened.compare.moments.list.shown is not None
    assert opened.compare.moments.list.shown.title != "Gone"


def test_page_that_was_not_shown_stays_as_it_was_left(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject
) -> None:
    main_window.show_view(main_project.compare)
    main_project.compare.show_page("contest")
    main_project.compare.page("contest").show_term(None)
    main_project.compare.show_page("matrix")
    opened = again(qtbot, main_window, main_project)
    assert opened.compare.page_in_front == "matrix"
    third = again(qtbot, main_window, opened)
    assert third.compare.page("contest").asked.term is None


def test_nobody_s_words_are_kept(qtbot: QtBot, main_window: Window, main_project: OpenedProject) -> None:
    main_window.show_view(main_project.compare)
    for key in ("score", "contest", "moments", "matrix"):
        main_project.compare.show_page(key)
        settle(qtbot, main_project.sitting)
    kept = main_project.compare.kept
    with main_project.sitting.bus.file.view() as view:
        names = [one.title for one in view.all(Event)] + [one.name for one in view.all(Code)]
    assert names
    assert not [name for name in names if name in kept]


def test_tables_alone_are_read_as_they_were_kept_before_there_were_other_pages(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject, small_path: Path
) -> None:
    before = main_project.compare.matrix.kept
    left = PagesLeft(before)
    assert (left.in_front, left.pages) == ("", {"matrix": before})


@pytest.mark.parametrize("kept", ["", "nonsense", "[]", "null", '{"pages": 3}', '{"page": 7, "pages": {"score": 1}}'])
def test_what_cannot_be_read_is_as_nothing_was_kept(kept: str) -> None:
    left = PagesLeft(kept)
    assert left.in_front == ""
    assert not any(left.pages.values())


def test_only_ids_and_words_are_taken_for_such() -> None:
    held = held_in('{"id": 7, "flag": true, "word": "x", "list": []}')
    assert [id_in(held, name) for name in ("id", "flag", "word", "list", "none")] == [7, None, None, None, None]
    assert [text_in(held, name) for name in ("id", "word", "none")] == ["", "x", ""]
