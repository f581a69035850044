"""Merging codes and splitting them: the codings follow, and nothing is lost."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import CodingId
from polyvocal.domain.records import Code, Coding, Concern, Memo, Stance
from polyvocal.domain.words import StanceName
from polyvocal.services.commands.code_changes import change_code
from polyvocal.services.commands.code_merge import merge_codes, split_code
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.codings import StanceDraft, add_coding, add_stance
from polyvocal.services.commands.memos import add_memo
from polyvocal.services.commands.sources import correct_source
from polyvocal.services.queries.code_history import history_of_code
from polyvocal.store.check import check_file
from polyvocal.store.file import ProjectFile
from polyvocal.store.unit import Unit
from tests.services.codebook_steps import code_named, coded, ids_coded, memos_about, rows, tree

NOTE = "Plenary, Wren"
EVERYTHING = (Code, Coding, Concern, Stance, Memo)


def code(file: ProjectFile, start: int, end: int, name: str, coder: str = "Oda", **more: Any) -> str:
    made = add_coding(file, source=NOTE, start=start, end=end, code=name, coder=coder, **more)
    return str(made.created("coding")[0])


def test_codings_of_a_merged_code_become_those_of_the_other(small_project: ProjectFile) -> None:
    moved, there = coded(small_project, "Whose time"), coded(small_project, "Protest")
    ids = ids_coded(small_project, "Whose time")
    changes = merge_codes(small_project, ["Whose time"], into="Protest")
    assert changes.kind == "merge codes"
    assert Counter(coded(small_project, "Protest")) == Counter(there[1:]) + Counter(moved[:1]) + Counter(moved[1:])
    assert ids[1] in ids_coded(small_project, "Protest")
    assert coded(small_project, "Whose time") == []


def test_merged_code_is_retired_where_it_was(small_project: ProjectFile) -> None:
    merge_codes(small_project, ["Whose time"], into="Protest")
    assert tree(small_project) == [
        "Collaboration",
        "Collaboration / Who decides",
        "(Collaboration / Whose time)",
        "Protest",
        "Sense-making",
    ]


def test_coding_that_both_codes_have_stays_once_with_what_both_had(small_project: ProjectFile) -> None:
    affirms = StanceDraft("Ward 4", StanceName.AFFIRMS, "Whose time is paid")
    contests = StanceDraft("Lay panel", StanceName.CONTESTS, "Whose time is paid")
    kept = code(small_project, 0, 5, "Sense-making", concerns=("Lay panel",), stance=affirms)
    gone = code(small_project, 0, 5, "Protest", concerns=("Lay panel", "Ward 4"), stance=affirms)
    add_stance(small_project, coding=gone, stance=contests)
    add_memo(small_project, text="Of the one.", about=("coding", gone))
    code(small_project, 0, 5, "Protest", coder="Wren")
    merge_codes(small_project, ["Protest"], into="Sense-making")
    assert coded(small_project, "Sense-making").count(("Oda", 0, 5)) == 1
    assert coded(small_project, "Sense-making").count(("Wren", 0, 5)) == 1
    with small_project.view() as view:
        assert view.find(Coding, id=int(gone)) == []
        assert len(view.find(Concern, coding=int(kept))) == 2
        assert Counter(one.stance for one in view.find(Stance, coding=int(kept))) == Counter(["affirms", "contests"])
        assert [memo.text for memo in view.find(Memo, about=int(kept))] == ["Of the one."]
        assert not view.find(Stance, coding=int(gone))
        assert not view.find(Concern, coding=int(gone))


def test_same_passage_is_told_across_versions_of_its_text(small_project: ProjectFile) -> None:
    code(small_project, 10, 14, "Sense-making")
    correct_source(small_project, source=NOTE, edits=[(0, 5, "Ten past ten")])
    moved = len("Ten past ten") - 5
    code(small_project, 10 + moved, 14 + moved, "Protest")
    before = len(rows(small_project, Coding))
    merge_codes(small_project, ["Protest"], into="Sense-making")
    assert len(rows(small_project, Coding)) == before - 1


def test_codes_below_a_merged_one_go_below_the_other(small_project: ProjectFile) -> None:
    merge_codes(small_project, ["Collaboration"], into="Protest")
    assert tree(small_project) == [
        "(Collaboration)",
        "Protest",
        "Protest / Who decides",
        "Protest / Whose time",
        "Sense-making",
    ]


def test_code_that_takes_over_the_one_above_it_comes_up(small_project: ProjectFile) -> None:
    add_code(small_project, name="Whose evenings", parent="Whose time")
    merge_codes(small_project, ["Collaboration"], into="Whose evenings")
    assert tree(small_project) == [
        "(Collaboration)",
        "Whose evenings",
        "Whose evenings / Who decides",
        "Whose evenings / Whose time",
        "Protest",
        "Sense-making",
    ]


def test_definition_and_memos_of_a_merged_code_are_kept_with_the_other(small_project: ProjectFile) -> None:
    change_code(
        small_project, "Protest", {"definition": "Saying no", "example": "A walk-out"}, reason="It had no definition."
    )
    merge_codes(small_project, ["Protest"], into="Sense-making", reason="The same by now.")
    memos = memos_about(small_project, "Sense-making")
    assert memos["On applause"] == "Applause may be a way of contesting."
    assert memos["Merged: Protest"] == (
        "Protest (code)\n\nDefinition: Saying no\n\nDo not use when: Somebody is merely bored\n\n"
        "Example: A walk-out\n\nWhy it was changed: The same by now."
    )
    with small_project.view() as view:
        latest, before, _ = history_of_code(view, code_named(small_project, "Protest").id)
    assert (latest.kind, latest.why) == ("merge codes", "The same by now.")
    assert before.why == "It had no definition."


def test_several_codes_are_merged_at_once_and_their_like_codings_meet(small_project: ProjectFile) -> None:
    code(small_project, 0, 5, "Who decides")
    code(small_project, 0, 5, "Whose time")
    merge_codes(small_project, ["Who decides", "Whose time", "whose time"], into="Sense-making")
    assert coded(small_project, "Sense-making").count(("Oda", 0, 5)) == 1
    assert [one for one in tree(small_project) if one.startswith("(")] == [
        "(Collaboration / Who decides)",
        "(Collaboration / Whose time)",
    ]


def test_code_is_not_merged_with_itself_nor_where_two_would_bear_one_name(small_project: ProjectFile) -> None:
    before = rows(small_project, *EVERYTHING)
    with pytest.raises(UserError, match="'Protest' cannot be merged with itself"):
        merge_codes(small_project, ["Whose time", "protest"], into="Protest")
    assert rows(small_project, *EVERYTHING) == before
    add_code(small_project, name="who decides", parent="Protest")
    with pytest.raises(UserError, match="'Who decides' there already"):
        merge_codes(small_project, ["Collaboration"], into="Protest")


def test_code_is_not_merged_into_a_retired_one(small_project: ProjectFile) -> None:
    merge_codes(small_project, ["Sense-making"], into="Protest")
    with pytest.raises(UserError, match="'Sense-making' is retired: take it back into use first"):
        merge_codes(small_project, ["Protest"], into="Sense-making")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_merge_loses_no_stance_and_no_passage_and_undo_brings_all_back(
    small_project: ProjectFile, data: st.DataObject
) -> None:
    names = ["Who decides", "Whose time", "Protest", "Sense-making", "Collaboration"]
    for _ in range(data.draw(st.integers(0, 4))):
        start = data.draw(st.integers(0, 3))
        stance = StanceDraft("Lay panel", data.draw(st.sampled_from(StanceName)), "Whose time is paid")
        try:
            code(small_project, start, start + 2, data.draw(st.sampled_from(names)), stance=stance)
        except UserError:  # it is there already
            continue
    gone, into = data.draw(st.lists(st.sampled_from(names), min_size=2, max_size=2, unique=True))

    def said(file: ProjectFile) -> set[tuple[object, ...]]:
        """What is said of passages, by any coder with either code."""
        with file.view() as view:
            codings = {one.id: one for one in view.all(Coding)}
            names = {one.id: into if one.name == gone else one.name for one in view.all(Code)}
            about = {one.id: (one.version, one.start, one.end, one.coder, names[one.code]) for one in codings.values()}
            stances = {(about[one.coding], one.stance, one.actor_group) for one in view.all(Stance)}
            concerns = {(about[one.coding], one.constituent_group, one.person) for one in view.all(Concern)}
        return {*about.values(), *stances, *concerns}

    before, whole = said(small_project), rows(small_project, *EVERYTHING)
    merge_codes(small_project, [gone], into=into)
    assert said(small_project) == before
    assert coded(small_project, gone) == []
    keys = [(one.version, one.start, one.end, one.coder, one.code) for one in rows(small_project, Coding)]
    assert len(keys) == len(set(keys))
    small_project.undo()
    assert rows(small_project, *EVERYTHING) == whole


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_codes_merged_at_once_become_what_they_do_one_by_one(small_project: ProjectFile, data: st.DataObject) -> None:
    names = ["Who decides", "Whose time", "Protest", "Sense-making", "Collaboration"]
    corrected = data.draw(st.sampled_from([0, 2, 4]))
    for number in range(data.draw(st.integers(2, 10))):
        if number == corrected:  # codings of several versions may be of one passage
            correct_source(small_project, source=NOTE, edits=[(40, 41, "x")])
        start, coder = data.draw(st.integers(0, 2)), data.draw(st.sampled_from(["Oda", "Wren"]))
        by, what = data.draw(st.sampled_from(["Lay panel", "Ward 4"])), data.draw(st.sampled_from(StanceName))
        stance = StanceDraft(by, what, "Whose time is paid")
        concerns = tuple(data.draw(st.lists(st.sampled_from(["Lay panel", "Ward 4"]), max_size=2, unique=True)))
        name = data.draw(st.sampled_from(names))
        try:
            one = code(small_project, start, start + 2, name, coder, stance=stance, concerns=concerns)
        except UserError:  # it is there already
            continue
        add_memo(small_project, text=f"Of number {number}.", about=("coding", one))
    into, *gone = data.draw(st.permutations(names).map(lambda order: order[: data.draw(st.integers(3, 5))]))

    def whole() -> tuple[object, ...]:
        found = rows(small_project, Code, Coding, Concern, Stance)
        return found, sorted((one.text, one.title or "", one.about) for one in rows(small_project, Memo))

    merge_codes(small_project, gone, into=into)
    at_once = whole()
    small_project.undo()
    for name in gone:
        merge_codes(small_project, [name], into=into)
    one_by_one = whole()
    for _ in gone:
        small_project.undo()
    assert one_by_one == at_once


def test_memo_about_a_stance_that_both_codings_say_is_about_the_one_that_stays(small_project: ProjectFile) -> None:
    affirms = StanceDraft("Ward 4", StanceName.AFFIRMS, "Whose time is paid")
    kept = code(small_project, 0, 5, "Sense-making", stance=affirms)
    gone = code(small_project, 0, 5, "Protest", stance=affirms)
    (twice,) = (one for one in rows(small_project, Stance) if one.coding == int(gone))
    (stays,) = (one for one in rows(small_project, Stance) if one.coding == int(kept))
    add_memo(small_project, text="Hardly.", about=("stance", str(twice.id)))
    merge_codes(small_project, ["Protest"], into="Sense-making")
    assert [one.text for one in rows(small_project, Memo) if one.about == stays.id] == ["Hardly."]


def test_merging_many_codes_reads_the_codings_once(small_project: ProjectFile, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"code {number}" for number in range(12)]
    for name in names:
        add_code(small_project, name=name)
        code(small_project, 0, 5, name)
    read: list[type] = []
    among, find = Unit.among, Unit.find

    def counted_among(unit: Unit, cls: type[Any], column: str, values: Any) -> list[Any]:
        read.append(cls)
        return among(unit, cls, column, values)

    def counted_find(unit: Unit, cls: type[Any], **equal: object) -> list[Any]:
        read.append(cls)
        return find(unit, cls, **equal)

    monkeypatch.setattr(Unit, "among", counted_among)
    monkeypatch.setattr(Unit, "find", counted_find)
    merge_codes(small_project, names, into="Protest")
    assert read.count(Coding) == read.count(Stance) == read.count(Concern) == 1
    assert coded(small_project, "Protest").count(("Oda", 0, 5)) == 1


def test_history_of_a_merge_is_unbroken(small_project: ProjectFile) -> None:
    code(small_project, 0, 5, "Sense-making")
    code(small_project, 0, 5, "Protest", stance=StanceDraft("Wren", StanceName.AFFIRMS, "parity"))
    merge_codes(small_project, ["Protest", "Collaboration"], into="Sense-making")
    small_project.undo()
    small_project.redo()
    assert check_file(small_project.path).problems == ()


# --- splitting -------------------------------------------------------------------------------------------------------


def test_chosen_codings_become_those_of_a_new_code_beside_the_first(small_project: ProjectFile) -> None:
    first, second, *rest = ids_coded(small_project, "Protest")
    change = split_code(
        small_project, "Protest", name="Clapping", codings=[first, second], definition="With hands", reason="Two things"
    )
    assert change.kind == "split code"
    assert ids_coded(small_project, "Clapping") == [first, second]
    assert ids_coded(small_project, "Protest") == rest
    assert tree(small_project)[-3:] == ["Protest", "Clapping", "Sense-making"]
    new = code_named(small_project, "Clapping")
    assert new.definition == "With hands"
    assert new.colour not in {one.colour for one in rows(small_project, Code) if one.id != new.id}
    with small_project.view() as view:
        assert history_of_code(view, new.id)[0].why == "Two things"
    small_project.undo()
    assert ids_coded(small_project, "Protest") == [first, second, *rest]
    assert len(tree(small_project)) == 5


def test_split_stays_below_the_same_code(small_project: ProjectFile) -> None:
    split_code(small_project, "Who decides", name="Who has a say", codings=ids_coded(small_project, "Who decides"))
    assert tree(small_project)[:4] == [
        "Collaboration",
        "Collaboration / Who decides",
        "Collaboration / Who has a say",
        "Collaboration / Whose time",
    ]


def test_split_refuses_what_is_not_its_own_or_nothing(small_project: ProjectFile) -> None:
    before = rows(small_project, *EVERYTHING)
    other = ids_coded(small_project, "Whose time")
    for codings, words in (
        ([], "choose the codings of 'Protest'"),
        ([*ids_coded(small_project, "Protest"), *other], "2 codings of those chosen are not coded with 'Protest'"),
        ([CodingId(7)], "1 coding of those"),
    ):
        with pytest.raises(UserError, match=words):
            split_code(small_project, "Protest", name="Clapping", codings=codings)
    with pytest.raises(UserError, match="choose another name"):
        split_code(small_project, "Protest", name="sense-making", codings=ids_coded(small_project, "Protest"))
    assert rows(small_project, *EVERYTHING) == before


def test_split_and_merge_leave_the_codings_as_they_were(small_project: ProjectFile) -> None:
    before = rows(small_project, Coding)
    split_code(small_project, "Protest", name="Clapping", codings=ids_coded(small_project, "Protest")[:2])
    merge_codes(small_project, ["Clapping"], into="Protest")
    assert rows(small_project, Coding) == before
