"""Coding blind: a view that sees nothing that others coded, whichever query asks; what is written is not touched."""

import sqlite3
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import CodingId
from polyvocal.domain.passages import Aspect, PassageQuery
from polyvocal.domain.records import Coding, Concern, Memo, Person, Reading, Source, Stance
from polyvocal.domain.words import MemoKind, StanceName
from polyvocal.services.analysis.compare import compare
from polyvocal.services.commands.code_merge import merge_codes
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.codings import StanceDraft, add_coding, add_stance
from polyvocal.services.commands.memos import add_memo
from polyvocal.services.commands.recoding import recode
from polyvocal.services.commands.removal import remove
from polyvocal.services.queries.anchored import anchored, lost_passages
from polyvocal.services.queries.codebook import codebook_report
from polyvocal.services.queries.listing import (
    list_codes,
    list_memos,
    list_readings,
    list_sources,
    list_stances,
    list_terms,
)
from polyvocal.services.queries.memos import all_memos
from polyvocal.services.queries.passage_list import count_values, list_passages, passages_at
from polyvocal.services.queries.passage_pages import read_passages
from polyvocal.services.queries.passages import coded_passages
from polyvocal.services.queries.project import history, project_info
from polyvocal.services.queries.reading import coding_details, placed_codings, source_to_read
from polyvocal.services.queries.search import find_words
from polyvocal.services.queries.turns import turns_meant
from polyvocal.store.check import check_file
from polyvocal.store.codings import packed_codings
from polyvocal.store.file import Mode, ProjectFile, open_project
from polyvocal.store.history import people_and_kinds
from polyvocal.store.view import View

CODER, OTHER = "Oda", "Wren"
SECRET = "Only the other one wrote this"


@pytest.fixture
def coded(small_project: ProjectFile) -> ProjectFile:
    """The small project, in which Wren has coded with a stance and a concern, and written memos about that."""
    generates = StanceDraft("Ward 4", StanceName.GENERATES, "Whose time is paid")
    add_coding(
        small_project,
        source="On the train",
        start=0,
        end=9,
        code="Protest",
        coder=OTHER,
        concerns=("Ward 4",),
        stance=generates,
    )
    with small_project.view() as view:
        coding = of(view, OTHER)[0]
        stance = next(one.id for one in view.all(Stance) if one.coding in of(view, OTHER))
    for kind, about in (("coding", coding), ("stance", stance)):
        add_memo(small_project, kind=MemoKind.CODE, text=SECRET, title="Theirs", about=(kind, str(about)), author=OTHER)
    return small_project


@pytest.fixture
def blind(coded: ProjectFile) -> ProjectFile:
    """The same, looked at by Oda, who codes blind."""
    with coded.view() as view:
        (me,) = view.find(Person, name=CODER)
    coded.blind_for = me.id
    return coded


def of(view: View, coder: str) -> list[int]:
    """The ids of the codings by a coder."""
    (person,) = view.find(Person, name=coder)
    return [one.id for one in view.find(Coding, coder=person.id)]


def theirs(file: ProjectFile) -> list[int]:
    """The ids of the codings that are not to be seen."""
    held, file.blind_for = file.blind_for, None
    with file.view() as view:
        found = of(view, OTHER)
    file.blind_for = held
    return found


def source(view: View, title: str) -> Any:
    (found,) = view.find(Source, title=title)
    return found.id


# --- each door -------------------------------------------------------------------------------------------------------

DOORS: dict[str, Callable[[View], object]] = {
    "all": lambda view: [one.coder for one in view.all(Coding)],
    "count": lambda view: view.count(Coding),
    "stances": lambda view: [one.coding for one in view.all(Stance)],
    "concerns": lambda view: [one.coding for one in view.all(Concern)],
    "readings": lambda view: [one.coder for one in view.all(Reading)],
    "memos": lambda view: sorted(one.text for one in view.all(Memo)),
    "read a source": lambda view: source_to_read(view, source(view, "Plenary, Wren"), None),
    "counts of codes": lambda view: [(one.name, one.codings) for one in list_codes(view)],
    "counts of sources": lambda view: [(one.title, one.codings, one.readings) for one in list_sources(view)],
    "counts of terms": list_terms,
    "list of stances": list_stances,
    "list of memos": lambda view: [(one.title, one.text) for one in list_memos(view)],
    "whole memos": lambda view: [(one.title, one.text, one.about.name) for one in all_memos(view)],
    "list of readings": list_readings,
    "anchored": lambda view: anchored(view, source(view, "Plenary, Wren")),
    "passages": lambda view: list(coded_passages(view)),
    "passages listed": lambda view: list_passages(view, PassageQuery(), group_by=Aspect.SOURCE),
    "passages listed by coder": lambda view: list_passages(view, PassageQuery(), group_by=Aspect.CODER),
    "passages of each coder": lambda view: count_values(view, PassageQuery(), Aspect.CODER),
    "passages of each code": lambda view: count_values(view, PassageQuery(), Aspect.CODE),
    "passages read": lambda view: read_passages(view, [one.id for one in passages_at(view, PassageQuery())]),
    "codebook": lambda view: codebook_report(view).entries,
    "comparison": compare,
    "columns": lambda view: sum(len(one[0].text.split(",")) for one in packed_codings(view) if one[0].text),
    "info": lambda view: (project_info(view).codings, project_info(view).stances),
}


def told(file: ProjectFile, door: str) -> object:
    with file.view() as view:
        return DOORS[door](view)


def untouched_by_others(file: ProjectFile) -> None:
    """Remove, with whatever hangs on them, the codings of the others and how far they read."""
    seen, file.blind_for = file.blind_for, None
    with file.view() as view:
        memos = [one.id for one in view.all(Memo) if one.text == SECRET]
        codings = of(view, OTHER)
        (person,) = view.find(Person, name=OTHER)
        readings = [one.id for one in view.find(Reading, coder=person.id)]
    for kind, ids in (("memo", memos), ("coding", codings), ("reading", readings)):
        for one in ids:
            remove(file, kind, str(one))
    file.blind_for = seen


@pytest.mark.parametrize("door", DOORS)
def test_who_codes_blind_is_told_what_would_be_told_if_nobody_else_had_coded(blind: ProjectFile, door: str) -> None:
    seen = told(blind, door)
    blind.blind_for = None
    assert told(blind, door) != seen, "the door tells nothing of codings"
    untouched_by_others(blind)
    assert told(blind, door) == seen


def test_coding_of_somebody_else_is_not_there_by_its_id(blind: ProjectFile) -> None:
    hidden = theirs(blind)
    assert hidden
    with blind.view() as view:
        for one in hidden:
            assert coding_details(view, CodingId(one)) is None
            assert view.kind_of(one) is None
        assert placed_codings(view, source(view, "Plenary, Wren"), hidden) == {}
        assert lost_passages(view, source(view, "Plenary, Wren")) == []


def test_words_about_codings_of_others_are_not_found(blind: ProjectFile) -> None:
    with blind.view() as view:
        assert find_words(view, f'"{SECRET}"', 20) == []
        assert find_words(view, "applause", 20) != []
    blind.blind_for = None
    with blind.view() as view:
        assert [one.kind for one in find_words(view, f'"{SECRET}"', 20)] == ["memo", "memo"]


def test_history_tells_nothing_of_what_others_coded_or_read(blind: ProjectFile) -> None:
    with blind.view() as view:
        lines = list(history(view))
    assert {one.person for one in lines if {"coding", "stance", "reading"} & one.created.keys()} == {CODER}
    assert not any(one.name == "Theirs" for one in lines)
    blind.blind_for = None
    with blind.view() as view:
        assert len(list(history(view))) > len(lines)


def test_refusal_does_not_say_how_often_others_used_a_code(blind: ProjectFile) -> None:
    with pytest.raises(UserError, match="needed by codings, 1 memo") as refusal:
        remove(blind, "code", "Protest")
    assert "6 codings" not in str(refusal.value)


def test_nobody_is_told_how_much_others_did_since_an_act(blind: ProjectFile) -> None:
    blind.person = blind.blind_for
    add_code(blind, name="Mine")
    blind.person = None
    for start in (0, 5, 9):
        add_coding(blind, source="On the train", start=start, end=start + 2, code="Protest", coder=OTHER)
    with blind.view() as view:
        act = next(one.operation for one in history(view) if one.kind == "add code" and one.name == "Mine")
        assert turns_meant(view, blind.blind_for, act).others == 0
    add_code(blind, name="Of the others, and no coding")
    with blind.view() as view:
        assert turns_meant(view, blind.blind_for, act).others == 1
    seen, blind.blind_for = blind.blind_for, None
    with blind.view() as view:
        assert turns_meant(view, seen, act).others == 4


def test_people_and_acts_that_the_history_is_narrowed_to_are_those_that_are_seen(blind: ProjectFile) -> None:
    with blind.view() as view:
        (other,) = view.find(Person, name=OTHER)
    hidden = theirs(blind)[0]
    blind.person = other.id
    set_stance = StanceDraft("Ward 4", StanceName.AFFIRMS, "An end")
    add_stance(blind, coding=str(hidden), stance=set_stance)
    recode(blind, [str(hidden)], "Sense-making")
    with blind.view() as view:
        people, kinds = people_and_kinds(view)
        assert {line.kind for line in history(view)} == set(kinds)
    assert "recode" not in kinds
    assert other.id not in people
    blind.blind_for = None
    with blind.view() as view:
        people, kinds = people_and_kinds(view)
    assert "recode" in kinds
    assert other.id in people


def test_own_act_does_not_tell_how_many_codings_of_others_it_reached(blind: ProjectFile) -> None:
    blind.person = blind.blind_for
    merge_codes(blind, ["Protest"], into="Sense-making")
    blind.undo(blind.blind_for)
    with blind.view() as view:
        back, merged = islice(history(view), 2)
    assert (merged.kind, back.about_kind) == ("merge codes", "merge codes")
    for line in (back, merged):
        assert not {"coding", "stance", "concern", "memo"} & (line.changed.keys() | line.removed.keys())
    assert back.created.keys() <= {"code"}
    add_coding(blind, source="On the train", start=0, end=4, code="Protest", coder=CODER)
    with blind.view() as view:
        assert next(history(view)).created == {"coding": 1}


def test_refused_undo_does_not_say_how_often_others_used_a_code(blind: ProjectFile) -> None:
    blind.person = blind.blind_for
    add_code(blind, name="Mine")
    blind.person = None
    for start in (0, 5):
        add_coding(blind, source="On the train", start=start, end=start + 2, code="Mine", coder=OTHER)
    with pytest.raises(UserError, match="without what it made: codings") as refusal:
        blind.undo(blind.blind_for)
    assert "2" not in str(refusal.value).partition("made:")[2]
    seen, blind.blind_for = blind.blind_for, None
    with pytest.raises(UserError, match="made: 2 codings"):
        blind.undo(seen)


# --- what is not touched ---------------------------------------------------------------------------------------------


def test_view_that_was_blind_sees_everything_again(blind: ProjectFile) -> None:
    everything = len(theirs(blind))
    with blind.view() as view:
        mine = view.count(Coding)
    blind.blind_for = None
    with blind.view() as view:
        assert view.blind_for is None
        assert view.count(Coding) == mine + everything


def test_what_is_written_blind_is_whole_and_takes_nothing_of_the_others_away(blind: ProjectFile) -> None:
    hidden = theirs(blind)
    add_coding(blind, source="On the train", start=0, end=4, code="Protest", coder=CODER)
    blind.undo(blind.blind_for)
    blind.redo(blind.blind_for)
    assert theirs(blind) == hidden
    path = blind.path
    blind.close()
    assert check_file(path).problems == ()


def test_copy_that_is_saved_blind_is_of_the_whole_project(blind: ProjectFile, tmp_path: Path) -> None:
    blind.save_copy(tmp_path / "copy.polyvocal")
    with open_project(tmp_path / "copy.polyvocal") as copy, copy.view() as view:
        assert view.count(Coding) == len(theirs(blind)) + 4
        assert len(of(view, OTHER)) == len(theirs(blind))


def test_project_that_is_open_for_reading_can_be_looked_at_blind(small_path: Path) -> None:
    with open_project(small_path, Mode.READ) as file:
        with file.view() as view:
            (me,) = view.find(Person, name=CODER)
            mine = of(view, CODER)
        file.blind_for = me.id
        with file.view() as view:
            assert [one.id for one in view.all(Coding)] == mine
            with pytest.raises(sqlite3.OperationalError, match="readonly"):
                view.raw.execute("DELETE FROM main.coding")
