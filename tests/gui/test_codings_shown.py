"""Which codings of a text are shown: by code, coder, stance and layer; what the hand has just made always is."""

import pytest
from pytestqt.qtbot import QtBot

from polyvocal.domain.ids import CodeId, PersonId
from polyvocal.domain.passages import NO_CODINGS, CodingsShown
from polyvocal.domain.records import Code, Person
from polyvocal.domain.words import LayerName, StanceName
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.read import ReadView
from polyvocal.services.commands.codings import StanceDraft, add_stance
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.layers import LayerDraft, mark_layers
from polyvocal.services.queries.reading import source_to_read
from tests.gui.conftest import settle
from tests.gui.read_steps import PLENARY, passages, select, source_named
from tests.gui.test_read import read

__all__ = ["read"]


def seen(read: ReadView) -> set[tuple[str, str]]:
    """(code, coder) of the codings on the surface."""
    looks, people = read.looks, read.active.people
    return {(looks[mark.code].name, people[mark.coder]) for mark in read.surface.index}


def whole(sitting: Sitting) -> set[tuple[str, str]]:
    return {(one.code, one.coder) for one in passages(sitting)}


def code_id(sitting: Sitting, name: str) -> CodeId:
    (code,) = sitting.bus.read(lambda view: view.find(Code, name=name))
    return CodeId(code.id)


def person_id(sitting: Sitting, name: str) -> PersonId:
    (person,) = sitting.bus.read(lambda view: view.find(Person, name=name))
    return person.id


def test_all_codings_are_shown_at_first_and_none_where_that_is_wanted(
    qtbot: QtBot, read: ReadView, sitting: Sitting
) -> None:
    assert seen(read) == whole(sitting)
    read.acts.bare.trigger()
    settle(qtbot, sitting)
    assert seen(read) == set()
    assert read.active.codings.text() == "No codings"
    read.acts.bare.trigger()
    settle(qtbot, sitting)
    assert seen(read) == whole(sitting)
    assert read.active.codings.text() == "All codings"


def test_codings_of_one_coder_are_shown_and_the_cursor_stays(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    span = select(read, "I clap too")
    read.active.codings.show_only(CodingsShown(coders=frozenset({person_id(sitting, "Oda")})))
    settle(qtbot, sitting)
    assert seen(read) == {one for one in whole(sitting) if one[1] == "Oda"}
    assert seen(read) != whole(sitting)
    assert read.surface.selected == span
    assert read.active.codings.text() == "Only Oda"


def test_codes_below_the_one_that_is_pointed_to_are_shown_with_it(
    qtbot: QtBot, read: ReadView, sitting: Sitting
) -> None:
    codes = {one.name: one for one in read.codebook.codes}
    above = next(one for one in codes.values() if any(other.parent == one.id for other in codes.values()))
    read.codebook.point_to(above.id)
    menu = read.active.codings._menu
    read.active.codings._fill()
    (offer,) = [one for one in menu.actions() if above.name in one.text()]
    offer.trigger()
    settle(qtbot, sitting)
    wanted = read.active.codings.shown.codes
    assert wanted is not None
    assert {above.id} < wanted
    assert seen(read) == {one for one in whole(sitting) if code_id(sitting, one[0]) in wanted}


def test_code_by_which_codings_are_chosen_is_told_by_its_name_of_now(
    qtbot: QtBot, read: ReadView, sitting: Sitting
) -> None:
    read.active.codings.show_only(CodingsShown(codes=frozenset({code_id(sitting, "Protest")})))
    assert read.active.codings.text() == "Only Protest"
    sitting.bus.act(lambda file: change(file, "code", "Protest", {"name": "Dissent"}))
    settle(qtbot, sitting)
    assert read.active.codings.text() == "Only Dissent"
    kept = read.active.codings.kept
    read.active.codings.show_only(CodingsShown())
    read.active.codings.take_up(kept)
    assert read.active.codings.text() == "Only Dissent"
    assert "Dissent" not in kept


def test_stances_and_layers_are_followed_while_they_choose_what_is_shown(
    qtbot: QtBot, read: ReadView, sitting: Sitting
) -> None:
    one = next(found for found in passages(sitting) if not found.stances)
    read.active.codings.show_only(CodingsShown(stances=frozenset({StanceName.CONTESTS})))
    settle(qtbot, sitting)
    before = {mark.id for mark in read.surface.index}
    assert one.id not in before
    draft = StanceDraft("Lay panel", StanceName.CONTESTS, "Whose time is paid")
    sitting.bus.act(lambda file: add_stance(file, coding=str(one.id), stance=draft))
    settle(qtbot, sitting)
    assert {mark.id for mark in read.surface.index} == {*before, one.id}
    read.active.codings.show_only(CodingsShown(layers=frozenset({LayerName.QUOTED_SPEECH})))
    settle(qtbot, sitting)
    assert not list(read.surface.index)
    drafts = [LayerDraft(one.start, one.start + 1, LayerName.QUOTED_SPEECH)]
    sitting.bus.act(lambda file: mark_layers(file, source=PLENARY, drafts=drafts))
    settle(qtbot, sitting)
    assert one.id in {mark.id for mark in read.surface.index}
    assert all(mark.start <= one.start < mark.end for mark in read.surface.index)


def test_what_was_just_coded_is_shown_though_it_is_none_of_those_chosen(
    qtbot: QtBot, read: ReadView, sitting: Sitting
) -> None:
    read.active.codings.show_only(NO_CODINGS)
    settle(qtbot, sitting)
    select(read, "I clap too")
    read.coding.code_selection(code_id(sitting, "Protest"))
    settle(qtbot, sitting)
    assert seen(read) == {("Protest", "Oda")}
    sitting.bus.act(lambda file: file.undo(file.person))
    settle(qtbot, sitting)
    assert seen(read) == set()


@pytest.mark.parametrize("shown", [CodingsShown(), NO_CODINGS])
def test_choice_of_codings_changes_nothing_else_of_what_is_read(sitting: Sitting, shown: CodingsShown) -> None:
    identity = source_named(sitting, PLENARY).id
    everything = sitting.bus.read(lambda view: source_to_read(view, identity, None))
    part = sitting.bus.read(lambda view: source_to_read(view, identity, None, shown))
    assert everything is not None
    assert part is not None
    assert (part.text, part.gone, part.structure) == (everything.text, everything.gone, everything.structure)
