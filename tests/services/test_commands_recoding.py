"""Coding several passages and with several codes; merging, splitting, duplicating codings; another code for them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polyvocal.domain.around import Piece
from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.errors import UserError
from polyvocal.domain.records import Code, Coding, Concern, Memo, Person, SourceVersion, Stance
from polyvocal.domain.spans import Span
from polyvocal.domain.versions import current
from polyvocal.services.commands.codebook import NewCode, add_code
from polyvocal.services.commands.codings import (
    StanceDraft,
    add_coding,
    add_concerns,
    add_stance,
    add_stances,
    code_passages,
    had_already,
)
from polyvocal.services.commands.ends import extend_ends
from polyvocal.services.commands.memos import add_memo
from polyvocal.services.commands.passage import Passage
from polyvocal.services.commands.recoding import (
    PARTS,
    duplicate_coding,
    merge_codings,
    recode,
    split_coding,
    were_so_already,
)
from polyvocal.services.commands.removal import remove_codings
from polyvocal.services.commands.sources import correct_source
from polyvocal.services.queries.project import history, next_steps
from polyvocal.store.file import ProjectFile
from tests.services.recoding_steps import AFFIRMS, CONTESTS, NOTE, TEXT, coded, every, made_of, of, undone
from tests.store.acts import contents

# --- several at once -------------------------------------------------------------------------------------------------


def test_several_passages_get_one_code_in_one_operation(small_project: ProjectFile) -> None:
    applause, silence = of("applause \U0001f468\u200d\U0001f469\u200d\U0001f467"), of("Nobody answers")
    passages = [Passage(NOTE, *applause), Passage(NOTE, *silence), Passage("On the train", 0, 9)]
    undone(small_project, lambda: code_passages(small_project, passages, ["Sense-making"], coder="Oda", memo="Why?"))
    assert made_of(small_project) == sorted([tuple(applause), tuple(silence)])
    assert [memo.text for memo in every(small_project, Memo, about_kind="coding")] == ["Why?"] * 3
    with small_project.view() as view:
        step, _ = next_steps(view, None)
    assert step is not None
    assert (step.kind, step.name) == ("code passages", "Sense-making")


def test_one_passage_gets_several_codes_in_one_operation(small_project: ProjectFile) -> None:
    act: Callable[[], ChangeSet] = lambda: code_passages(  # noqa: E731
        small_project, [Passage(NOTE, 0, 5)], ["Sense-making", "Protest", "Protest"], coder="Oda", stance=AFFIRMS
    )
    undone(small_project, act)
    assert (0, 5) in made_of(small_project)
    assert (0, 5) in made_of(small_project, "Protest")
    with small_project.view() as view:
        step, _ = next_steps(view, None)
        newest = next(line for line in history(view) if line.kind == "add coding")
    assert step is not None
    assert (step.kind, step.name) == ("add coding", "Sense-making, Protest")
    assert newest.created == {"coding": 2, "stance": 2, "term": 1}


def test_passage_that_is_coded_so_already_is_left_and_the_others_are_coded(small_project: ProjectFile) -> None:
    coded(small_project, 6, 9)
    passages = [Passage(NOTE, 0, 3), Passage(NOTE, 6, 9), Passage(NOTE, 0, 3)]
    changes = code_passages(small_project, passages, ["Sense-making"], coder="Oda", memo="Why?")
    assert len(changes.created("coding")) == len(changes.created("memo")) == 1
    assert had_already(changes, passages) == 1
    assert {(0, 3), (6, 9)} <= set(made_of(small_project))


def test_nothing_is_done_where_all_passages_are_coded_so_already(small_project: ProjectFile) -> None:
    coded(small_project, 6, 9)
    coded(small_project, 0, 3)
    before = contents(small_project.path)
    with pytest.raises(UserError, match="Sense-making"):
        code_passages(small_project, [Passage(NOTE, 0, 3), Passage(NOTE, 6, 9)], ["Sense-making"], coder="Oda")
    assert contents(small_project.path) == before


def test_memo_at_the_time_of_coding_is_the_coders_and_about_the_coding(small_project: ProjectFile) -> None:
    coding = coded(small_project, 0, 5, memo="Is this making sense?", concerns=("Lay panel",), stance=CONTESTS)
    (memo,) = every(small_project, Memo, about=int(coding))
    (oda,) = every(small_project, Person, name="Oda")
    assert (memo.text, memo.author, memo.about_kind) == ("Is this making sense?", oda.id, "coding")
    small_project.undo()
    assert not every(small_project, Memo, about=int(coding))
    assert not every(small_project, Coding, id=int(coding))


def test_several_codings_are_removed_with_their_parts_in_one_operation(small_project: ProjectFile) -> None:
    codings = [coded(small_project, at, at + 5, stance=AFFIRMS, concerns=("Ward 4",)) for at in (0, 10)]
    undone(small_project, lambda: remove_codings(small_project, codings))
    assert made_of(small_project) == []
    assert not any(every(small_project, cls, coding=int(one)) for cls in PARTS for one in codings)


def test_no_coding_is_removed_where_one_of_several_is_needed_by_a_memo(small_project: ProjectFile) -> None:
    codings = [coded(small_project, 0, 5), coded(small_project, 10, 15, memo="Why?")]
    before = contents(small_project.path)
    with pytest.raises(UserError, match="memo"):
        remove_codings(small_project, codings)
    assert contents(small_project.path) == before


def test_one_stance_and_the_groups_concerned_are_said_of_several_codings(small_project: ProjectFile) -> None:
    codings = [coded(small_project, 0, 5, concerns=("Ward 4",)), coded(small_project, 10, 15)]
    undone(small_project, lambda: add_stances(small_project, codings, CONTESTS))
    assert all(len(every(small_project, Stance, coding=int(one))) == 1 for one in codings)
    undone(small_project, lambda: add_concerns(small_project, codings, ["Ward 4", "Night shift", "Ward 4"]))
    assert all(len(every(small_project, Concern, coding=int(one))) == 2 for one in codings)
    third = coded(small_project, 20, 25)
    before = contents(small_project.path)
    with pytest.raises(UserError, match="contests 'parity' already"):
        add_stances(small_project, [third, codings[0]], CONTESTS)
    assert contents(small_project.path) == before


def test_code_that_is_not_there_is_made_with_the_codings_that_get_it(small_project: ProjectFile) -> None:
    codings = [coded(small_project, 0, 5), coded(small_project, 10, 15)]
    undone(small_project, lambda: recode(small_project, codings, NewCode("Doubt")))
    assert made_of(small_project, "Doubt") == [(0, 5), (10, 15)]
    with pytest.raises(UserError, match="there is a code called 'Doubt'"):
        recode(small_project, codings, NewCode("doubt"))


# --- merging ---------------------------------------------------------------------------------------------------------

spans = st.tuples(st.integers(0, len(TEXT) - 2), st.integers(1, 60)).map(
    lambda one: Span(one[0], min(one[0] + one[1], len(TEXT)))
)
stances = st.lists(st.sampled_from([CONTESTS, AFFIRMS]), unique_by=lambda one: one.by, max_size=2)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    st.lists(
        st.tuples(spans, stances, st.booleans(), st.booleans()), min_size=2, max_size=4, unique_by=lambda one: one[0]
    ),
    st.booleans(),
)
def test_merging_loses_no_stance_concern_or_memo_and_undo_restores_exactly(
    small_project: ProjectFile, given_codings: list[tuple[Span, list[StanceDraft], bool, bool]], typed: bool
) -> None:
    at_first, acts = contents(small_project.path), 0
    ids: list[str] = []
    for span, taken, concerned, noted in given_codings:
        coding = coded(small_project, *span, concerns=("Ward 4",) if concerned else (), memo="m" if noted else None)
        acts += 1
        ids.append(coding)
        for one in taken:
            add_stance(small_project, coding=coding, stance=one)
            acts += 1
    said = {(one.by, one.stance) for _, taken, _, _ in given_codings for one in taken}
    if typed:  # a correction before all of them: their places move by one
        correct_source(small_project, source=NOTE, edits=[(0, 0, "\U0001f642")])
        acts += 1
    undone(small_project, lambda: merge_codings(small_project, ids))
    acts += 1
    moved = 1 if typed else 0
    assert made_of(small_project) == [
        (min(one[0].start for one in given_codings) + moved, max(one[0].end for one in given_codings) + moved)
    ]
    kept = min(map(int, ids))
    assert len(every(small_project, Stance, coding=kept)) == len(said)
    assert len(every(small_project, Concern, coding=kept)) == any(one[2] for one in given_codings)
    assert len(every(small_project, Memo, about=kept)) == sum(one[3] for one in given_codings)
    for _ in range(acts):
        small_project.undo()
    assert contents(small_project.path) == at_first


def test_memo_about_a_stance_that_two_say_stays_with_the_one_that_is_left(small_project: ProjectFile) -> None:
    first, second = coded(small_project, 0, 5, stance=AFFIRMS), coded(small_project, 5, 9, stance=AFFIRMS)
    (stance,) = every(small_project, Stance, coding=int(second))
    add_memo(small_project, text="Sure?", about=("stance", str(stance.id)))
    undone(small_project, lambda: merge_codings(small_project, [second, first]))
    (left,) = every(small_project, Stance, coding=int(first))
    assert [memo.text for memo in every(small_project, Memo, about=left.id)] == ["Sure?"]


def test_the_oldest_stays_also_where_a_copy_of_the_project_gave_it_a_higher_id(small_project: ProjectFile) -> None:
    ids = [coded(small_project, 0, 5), coded(small_project, 5, 9)]
    (later,) = every(small_project, Coding, id=int(ids[1]))
    small_project.write("test", lambda unit: unit.change(later, created_at=1) and None)
    merge_codings(small_project, ids)
    assert every(small_project, Coding, id=later.id)


def test_merging_says_what_it_merges_in_the_history(small_project: ProjectFile) -> None:
    ids = [coded(small_project, 0, 5), coded(small_project, 5, 9)]
    merge_codings(small_project, ids)
    with small_project.view() as view:
        step, _ = next_steps(view, None)
    assert step is not None
    assert (step.kind, step.name) == ("merge codings", "Sense-making")


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ({"code": "Protest"}, "codings of one code only .* 'Protest' and 'Sense-making'"),
        ({"coder": "Wren"}, "codings of one coder only .* 'Oda' and 'Wren'"),
        ({"source": "On the train"}, "codings of one source only .* 'On the train' and 'Plenary, Wren'"),
    ],
)
def test_codings_that_are_not_alike_are_not_merged(
    small_project: ProjectFile, other: dict[str, str], message: str
) -> None:
    one = coded(small_project, 0, 5)
    more = {"source": NOTE, "code": "Sense-making", "coder": "Oda", **other}
    two = str(add_coding(small_project, start=5, end=9, **more).created("coding")[0])  # type: ignore[arg-type]
    before = contents(small_project.path)
    with pytest.raises(UserError, match=message):
        merge_codings(small_project, [one, two])
    assert contents(small_project.path) == before


def test_codes_of_one_name_below_two_others_are_not_taken_for_one_code(small_project: ProjectFile) -> None:
    codes = [
        str(add_code(small_project, name="late", parent=above).created("code")[0])
        for above in ("Protest", "Sense-making")
    ]
    ids = [coded(small_project, at, at + 5, code=code) for at, code in enumerate(codes)]
    with pytest.raises(UserError, match="codings of one code only"):
        merge_codings(small_project, ids)


def test_coding_that_has_no_words_left_or_is_alone_is_not_merged(small_project: ProjectFile) -> None:
    ids = [coded(small_project, 0, 5), coded(small_project, 10, 15)]
    with pytest.raises(UserError, match="one coding alone"):
        merge_codings(small_project, [ids[0], ids[0]])
    correct_source(small_project, source=NOTE, edits=[(0, 6, "")])
    with pytest.raises(UserError, match=f"coding {ids[0]} were corrected away"):
        merge_codings(small_project, ids)


def test_merging_does_not_make_what_is_coded_already(small_project: ProjectFile) -> None:
    ids = [coded(small_project, 0, 5), coded(small_project, 10, 15)]
    coded(small_project, 0, 15)
    with pytest.raises(UserError, match=r"has coded 0 to 15 of .* already"):
        merge_codings(small_project, ids)


# --- splitting -------------------------------------------------------------------------------------------------------


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(spans.filter(lambda one: one.length > 1), st.data())
def test_both_parts_say_all_that_the_whole_said_and_merge_to_it_again(
    small_project: ProjectFile, span: Span, data: st.DataObject
) -> None:
    at = data.draw(st.integers(span.start + 1, span.end - 1))
    at_first = contents(small_project.path)
    coding = coded(small_project, *span, concerns=("Ward 4",), stance=AFFIRMS, memo="m")
    (whole,) = every(small_project, Coding, id=int(coding))
    undone(small_project, lambda: split_coding(small_project, coding, at))
    assert made_of(small_project) == [(span.start, at), (at, span.end)]
    first, second = sorted(every(small_project, Coding, code=whole.code), key=lambda one: one.id)
    assert (first.created_at, second.created_at) == (whole.created_at,) * 2
    for part in (first, second):
        for cls in PARTS:
            assert len(every(small_project, cls, coding=part.id)) == 1
    assert [one.about for one in every(small_project, Memo, text="m")] == [first.id]
    undone(small_project, lambda: merge_codings(small_project, [str(second.id), str(first.id)]))
    assert every(small_project, Coding, code=whole.code) == [whole]
    assert (
        len(every(small_project, Stance, coding=whole.id)) == len(every(small_project, Concern, coding=whole.id)) == 1
    )
    for _ in range(3):
        small_project.undo()
    assert contents(small_project.path) == at_first


def test_place_of_a_split_is_followed_from_the_version_that_was_seen(small_project: ProjectFile) -> None:
    coding = coded(small_project, 0, 10)
    with small_project.view() as view:
        seen = next(one for one in view.all(SourceVersion) if one.length == len(TEXT))
    correct_source(small_project, source=NOTE, edits=[(0, 0, "--")])
    split_coding(small_project, coding, 4, seen=seen.id)
    with small_project.view() as view:
        newest = current(view.find(SourceVersion, source=seen.source))
    found = every(small_project, Coding, version=newest.id)
    assert [(one.start, one.end) for one in found] == [(2, 6), (6, 12)]


@pytest.mark.parametrize("at", [3, 10, 2, 11])
def test_coding_is_split_only_within(small_project: ProjectFile, at: int) -> None:
    coding = coded(small_project, 3, 10)
    before = contents(small_project.path)
    with pytest.raises(UserError, match="goes from 3 to 10, and can be split anywhere between, from 4 to 9"):
        split_coding(small_project, coding, at)
    assert contents(small_project.path) == before


# --- duplicating, another code ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("along", [PARTS, (Concern,), ()])
def test_passage_of_a_coding_gets_another_code_with_what_goes_along(
    small_project: ProjectFile, along: tuple[Any, ...]
) -> None:
    coding = coded(small_project, 0, 5, concerns=("Ward 4",), stance=AFFIRMS, memo="m")
    changes = None

    def act() -> ChangeSet:
        nonlocal changes
        changes = duplicate_coding(small_project, coding, "Protest", coder="Wren", along=along)
        return changes

    undone(small_project, act)
    assert changes is not None
    (made,) = every(small_project, Coding, id=changes.created("coding")[0])
    (before,) = every(small_project, Coding, id=int(coding))
    (wren,) = every(small_project, Person, name="Wren")
    assert made == replace(before, id=made.id, code=made.code, coder=wren.id, created_at=made.created_at)
    assert [len(every(small_project, cls, coding=made.id)) for cls in PARTS] == [cls in along for cls in PARTS]
    assert not every(small_project, Memo, about=made.id)


def test_codings_get_another_code_and_keep_all_else(small_project: ProjectFile) -> None:
    ids = [coded(small_project, 0, 5, stance=AFFIRMS, memo="m"), coded(small_project, 3, 9)]
    before = every(small_project, Coding)
    undone(small_project, lambda: recode(small_project, ids, "Protest"))
    (protest,) = every(small_project, Code, name="Protest")
    assert every(small_project, Coding) == [
        replace(one, code=protest.id) if str(one.id) in ids else one for one in before
    ]
    with small_project.view() as view:
        step, _ = next_steps(view, None)
    assert step is not None
    assert (step.kind, step.name) == ("recode", "Protest")


def test_no_passage_comes_to_be_coded_twice_so_by_duplicating_or_another_code(small_project: ProjectFile) -> None:
    one, _ = coded(small_project, 0, 5), coded(small_project, 0, 5, code="Protest")
    before = contents(small_project.path)
    with pytest.raises(UserError, match="has coded 0 to 5 of 'Plenary, Wren' with 'Protest' already"):
        duplicate_coding(small_project, one, "Protest")
    with pytest.raises(UserError, match="has coded 0 to 5 of 'Plenary, Wren' with 'Protest' already"):
        recode(small_project, [one], "Protest")
    assert contents(small_project.path) == before


def test_other_codings_are_recoded_where_one_is_coded_so_already(small_project: ProjectFile) -> None:
    one, there = coded(small_project, 0, 5), coded(small_project, 0, 5, code="Protest")
    other = coded(small_project, 10, 15)
    changes = recode(small_project, [one, other, other], "Protest")
    assert changes.kinds["coding"].updated_ids == (int(other),)
    assert were_so_already(changes, [one, other, other]) == 1
    with small_project.view() as view:
        assert view.need(Coding, int(one)).code != view.need(Coding, int(there)).code


def test_passage_coded_twice_comes_to_one_coding_with_the_code_and_the_other_stays(small_project: ProjectFile) -> None:
    codings = [coded(small_project, 0, 5), coded(small_project, 0, 5, code="Protest")]
    changes = recode(small_project, codings, NewCode("Doubt"))
    assert changes.kinds["coding"].updated == 1
    assert len(made_of(small_project, "Doubt")) == 1


# --- extending -------------------------------------------------------------------------------------------------------


def test_coding_is_extended_by_words_beyond_emoji_and_by_sentences(small_project: ProjectFile) -> None:
    coding = coded(small_project, *of("applause"))
    undone(small_project, lambda: extend_ends(small_project, "coding", coding, end=1))
    assert made_of(small_project) == [tuple(of("applause \U0001f468\u200d\U0001f469\u200d\U0001f467 from"))]
    undone(small_project, lambda: extend_ends(small_project, "coding", coding, end=-1))
    assert made_of(small_project) == [tuple(of("applause"))]
    undone(small_project, lambda: extend_ends(small_project, "coding", coding, start=1, by=Piece.SENTENCE))
    assert made_of(small_project) == [tuple(of("Nobody answers; then applause"))]
    with pytest.raises(UserError, match="leave nothing of the coding"):
        extend_ends(small_project, "coding", coding, start=-9)
