"""Comparisons are saved with dated snapshots and counter-examples, which who codes blind does not see."""

from collections.abc import Callable

import pytest

from polyvocal.domain.comparisons import Asked, CounterExample, Result
from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import ComparisonId
from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.records import Code, Coding, Person
from polyvocal.services.commands.code_merge import merge_codes
from polyvocal.services.commands.comparisons import Taken, mark_counter_examples, save_comparison, take_snapshot
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.memos import add_memo
from polyvocal.services.commands.recoding import merge_codings
from polyvocal.services.commands.removal import remove
from polyvocal.services.queries.comparisons import SavedComparison, list_comparisons, saved_comparison
from polyvocal.services.queries.memos import all_memos
from polyvocal.services.queries.project import history
from polyvocal.services.queries.search import find_words
from polyvocal.services.queries.steps import step_in_words
from polyvocal.services.references import kind_named, resolve
from polyvocal.store.file import ProjectFile

TITLE = "Protest by observer"


@pytest.fixture
def saved(small_project: ProjectFile) -> ProjectFile:
    """The small project with a saved comparison, a snapshot, and a coding that speaks against it."""
    with small_project.view() as view:
        small_project.person = view.find(Person, name="Oda")[0].id
        (protest,) = view.find(Code, name="Protest")
        asked = Asked("code", "observer", "passages", PassageFilter(codes=frozenset({protest.id})))
        coding = view.find(Coding, code=protest.id)[0]
    taken = Taken(Result((str(protest.id),), ("1", "2"), ((3, None),), (("coded", "absent"),)), "3 passages, by Wren")
    save_comparison(small_project, title=TITLE, asked=asked, taken=taken)
    mark_counter_examples(small_project, comparison=TITLE, codings=[str(coding.id)], why="She claps along.")
    return small_project


def whole(project: ProjectFile) -> SavedComparison:
    with project.view() as view:
        found = saved_comparison(view, ComparisonId(resolve(view, kind_named("comparison"), TITLE).id))
    assert found is not None
    return found


def test_saved_comparison_tells_what_is_asked_and_what_was_said_when(saved: ProjectFile) -> None:
    take_snapshot(saved, comparison=TITLE, taken=Taken(Result((), (), ()), "nothing"))
    found = whole(saved)
    assert (found.asked.rows, found.asked.columns, found.saved_by) == ("code", "observer", "Oda")
    assert [(one.caption, one.taken_by) for one in found.snapshots] == [
        ("nothing", "Oda"),
        ("3 passages, by Wren", "Oda"),
    ]
    assert found.snapshots[1].result.cells == ((3, None),)
    (against,) = found.counter_examples
    assert (against.code, against.coder, against.source_title, against.why) == (
        "Protest", "Oda", "Plenary, Wren", "She claps along.",
    )  # fmt: skip
    with saved.view() as view:
        (row,) = list_comparisons(view)
        line = next(history(view))
    assert (row.filters, row.snapshots, row.counter_examples) == ({"code": ["Protest"]}, 2, 1)
    assert row.latest_at == found.snapshots[0].taken_at
    assert step_in_words(line.kind, line.name) == f"take a snapshot of the comparison ‘{TITLE}’"


def test_nobodys_name_stands_in_what_is_kept_of_a_comparison(saved: ProjectFile) -> None:
    change(saved, "code", "Protest", {"name": "Objecting"})
    with saved.view() as view:
        assert list_comparisons(view)[0].filters == {"code": ["Objecting"]}


def test_title_is_borne_once(saved: ProjectFile) -> None:
    with pytest.raises(UserError, match="choose another title"):
        save_comparison(saved, title="protest  BY observer", asked=Asked("code", "observer", "passages"))
    save_comparison(saved, title="Another", asked=Asked("code", "observer", "passages"))
    with pytest.raises(UserError, match="choose another name"):
        change(saved, "comparison", "Another", {"title": TITLE})
    with pytest.raises(UserError, match="nothing"):
        change(saved, "snapshot", str(whole(saved).snapshots[0].id), {"caption": "more"})


def test_coding_is_marked_once_and_gets_the_latest_reason(saved: ProjectFile) -> None:
    (before,) = whole(saved).counter_examples
    mark_counter_examples(saved, comparison=TITLE, codings=[str(before.coding)])
    mark_counter_examples(saved, comparison=TITLE, codings=[str(before.coding)], why="And late.")
    (after,) = whole(saved).counter_examples
    assert (after.id, after.why) == (before.id, "And late.")


def test_coding_that_speaks_against_a_comparison_is_still_needed(saved: ProjectFile) -> None:
    (against,) = whole(saved).counter_examples
    with pytest.raises(UserError, match="1 counter example"):
        remove(saved, "coding", str(against.coding))
    remove(saved, "counter-example", str(against.id))
    remove(saved, "coding", str(against.coding))


def test_codings_that_are_merged_hand_over_what_they_speak_against(saved: ProjectFile) -> None:
    (against,) = whole(saved).counter_examples
    with saved.view() as view:
        mine = view.need(Coding, against.coding)
        wrens = [one for one in view.find(Coding, code=mine.code) if one.coder != mine.coder][:2]
    mark_counter_examples(saved, comparison=TITLE, codings=[str(wrens[1].id)], why="Here too.")
    merge_codings(saved, [str(one.id) for one in wrens])
    assert {one.coding for one in whole(saved).counter_examples} == {mine.id, wrens[0].id}
    with saved.view() as view:
        assert view.count(CounterExample) == 2


def test_codes_that_are_merged_keep_what_speaks_against_a_comparison(saved: ProjectFile) -> None:
    (against,) = whole(saved).counter_examples
    with saved.view() as view:
        mine = view.need(Coding, against.coding)
        (same,) = (one for one in view.find(Coding, start=mine.start, end=mine.end) if one.id != mine.id)
    merge_codes(saved, ["Protest"], into="Whose time")
    assert [one.coding for one in whole(saved).counter_examples] == [same.id]


def test_comparison_goes_with_all_that_hangs_on_it_and_comes_back(saved: ProjectFile) -> None:
    before = whole(saved)
    remove(saved, "comparison", TITLE)
    with saved.view() as view:
        assert (list_comparisons(view), view.count(CounterExample)) == ([], 0)
    saved.undo()
    assert whole(saved) == before


def test_captions_and_reasons_are_searched(saved: ProjectFile) -> None:
    with saved.view() as view:
        for words in ("claps along", "Protest by observer", "3 passages"):
            assert any(one.kind in ("comparison", "counter-example") and one.title == TITLE
                       for one in find_words(view, words, 10)), words  # fmt: skip


def test_who_codes_blind_sees_and_saves_no_comparison(saved: ProjectFile) -> None:
    add_memo(saved, text="They all protest.", about=("comparison", TITLE))
    identity = whole(saved).id
    with saved.view() as view:
        saved.blind_for = view.find(Person, name="Wren")[0].id
    with saved.view() as view:
        assert list_comparisons(view) == []
        assert saved_comparison(view, identity) is None
        assert "They all protest." not in {one.text for one in all_memos(view)}
        assert find_words(view, "Protest by observer", 10) == []
        assert not [line for line in history(view) if "snapshot" in line.kind]
    acts: tuple[Callable[[], object], ...] = (
        lambda: save_comparison(saved, title="Mine", asked=Asked("code", "observer", "passages")),
        lambda: take_snapshot(saved, comparison=TITLE, taken=Taken(Result((), (), ()), "")),
        lambda: mark_counter_examples(saved, comparison=TITLE, codings=[]),
    )
    for act in acts:
        with pytest.raises(UserError, match="you code blind"):
            act()
