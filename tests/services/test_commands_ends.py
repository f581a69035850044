"""Moving the ends of codings, layers, stretches and memos."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polyvocal.domain.errors import UserError
from polyvocal.domain.records import Coding, Layer, Memo, SourceVersion, Stance, Stretch, TimeMark
from polyvocal.domain.spans import Span
from polyvocal.domain.versions import current
from polyvocal.domain.words import LayerName, Phase, StanceName
from polyvocal.services.commands.codings import StanceDraft, add_coding
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.ends import move_ends
from polyvocal.services.commands.layers import LayerDraft, mark_layers, remove_layers
from polyvocal.services.commands.memos import add_memo
from polyvocal.services.commands.passage import Passage
from polyvocal.services.commands.sources import correct_source
from polyvocal.services.commands.stretches import Relation, add_stretch
from polyvocal.services.commands.time_marks import TimeDraft, add_time_marks
from polyvocal.store.file import ProjectFile
from tests.conftest import TEXTS

NOTE = "Plenary, Wren"
LENGTH = len(TEXTS[NOTE])


def ends(file: ProjectFile, cls: type[Any]) -> list[tuple[int, int]]:
    with file.view() as view:
        return [(one.start, one.end) for one in view.all(cls)]


def ids(file: ProjectFile, cls: type[Any]) -> list[str]:
    with file.view() as view:
        return [str(one.id) for one in view.all(cls)]


def code(file: ProjectFile, start: int, end: int, coder: str = "Oda", **more: object) -> str:
    made = add_coding(file, source=NOTE, start=start, end=end, code="Sense-making", coder=coder, **more)  # type: ignore[arg-type]
    return str(made.created("coding")[0])


def test_coding_is_about_other_words_and_keeps_what_hangs_on_it(small_project: ProjectFile) -> None:
    coding = code(small_project, 0, 10, stance=StanceDraft("Wren", StanceName.CONTESTS, "parity"))
    before = ids(small_project, Stance)
    move_ends(small_project, "coding", coding, Span(4, 20))
    with small_project.view() as view:
        moved = view.need(Coding, next(one.id for one in view.all(Coding) if str(one.id) == coding))
    assert (moved.start, moved.end) == (4, 20)
    assert ids(small_project, Stance) == before
    small_project.undo()
    assert (0, 10) in ends(small_project, Coding)


def test_coding_is_not_moved_onto_its_like_but_onto_another_coders(small_project: ProjectFile) -> None:
    coding = code(small_project, 0, 10)
    code(small_project, 4, 20)
    code(small_project, 30, 40, coder="Wren")
    with pytest.raises(UserError, match=r"Oda has coded 4 to 20 of 'Plenary, Wren' with 'Sense-making' already"):
        move_ends(small_project, "coding", coding, Span(4, 20))
    move_ends(small_project, "coding", coding, Span(30, 40))
    assert ends(small_project, Coding).count((30, 40)) == 2


def test_passage_is_coded_so_already_in_whichever_version_that_was_done(small_project: ProjectFile) -> None:
    code(small_project, 0, 10)
    correct_source(small_project, source=NOTE, edits=[(0, 0, "So. "), (20, 21, "Q")])
    newer = code(small_project, 30, 40)
    with pytest.raises(UserError, match="coded 4 to 14 of"):
        code(small_project, 4, 14)
    with pytest.raises(UserError, match="coded 4 to 14 of"):
        move_ends(small_project, "coding", newer, Span(4, 14))
    move_ends(small_project, "coding", newer, Span(30, 40))  # onto itself
    code(small_project, 4, 14, coder="Wren")
    code(small_project, 4, 13)


def test_two_codings_that_a_correction_brought_to_the_same_words_stay_and_can_be_moved_apart(
    small_project: ProjectFile,
) -> None:
    code(small_project, 0, 10)
    longer = code(small_project, 0, 12)
    correct_source(small_project, source=NOTE, edits=[(10, 12, "")])
    with pytest.raises(UserError, match="coded 0 to 10 of"):
        code(small_project, 0, 10)
    change(small_project, "coding", longer, {"end": "14"})
    assert {(0, 10), (0, 14)} <= set(ends(small_project, Coding))


def test_stretch_is_moved_up_to_its_neighbour_and_not_into_it(small_project: ProjectFile) -> None:
    add_stretch(small_project, Passage(NOTE, 0, 10), Relation(phase=Phase.BEFORE))
    add_stretch(small_project, Passage(NOTE, 20, 30), Relation(phase=Phase.AFTER))
    first, _ = ids(small_project, Stretch)
    move_ends(small_project, "stretch", first, Span(5, 20))
    assert ends(small_project, Stretch) == [(5, 20), (20, 30)]
    with pytest.raises(UserError, match="overlaps the stretch from 20 to 30"):
        move_ends(small_project, "stretch", first, Span(5, 21))
    assert ends(small_project, Stretch) == [(5, 20), (20, 30)]


def test_layer_becomes_one_with_its_like_that_it_comes_upon(small_project: ProjectFile) -> None:
    drafts = [LayerDraft(*one, LayerName.ASIDE) for one in ((0, 5), (10, 20), (30, 40))]
    mark_layers(small_project, source=NOTE, drafts=[*drafts, LayerDraft(8, 22, LayerName.DESCRIPTION)])
    first = ids(small_project, Layer)[0]
    move_ends(small_project, "layer", first, Span(3, 12))
    with small_project.view() as view:
        told = {(str(one.id), one.start, one.end, one.layer) for one in view.all(Layer)}
    assert (first, 3, 20, LayerName.ASIDE) in told
    assert {one[1:] for one in told} == {
        (3, 20, LayerName.ASIDE), (30, 40, LayerName.ASIDE), (8, 22, LayerName.DESCRIPTION),
    }  # fmt: skip


def test_memo_moves_with_its_passage_and_one_about_no_passage_does_not(small_project: ProjectFile) -> None:
    about = add_memo(small_project, text="who?", passage=Passage(NOTE, 0, 5)).created("memo")[0]
    free = add_memo(small_project, text="all of it").created("memo")[0]
    move_ends(small_project, "memo", str(about), Span(2, 9))
    assert (2, 9) in ends(small_project, Memo)
    with pytest.raises(UserError, match="about no passage"):
        move_ends(small_project, "memo", str(free), Span(2, 9))


def test_time_mark_is_moved_to_other_words_but_not_into_another(small_project: ProjectFile) -> None:
    add_time_marks(small_project, source=NOTE, marks=[TimeDraft(0, 5, "10:05"), TimeDraft(10, 12, "10:10")])
    first, _ = ids(small_project, TimeMark)
    with pytest.raises(UserError, match="overlaps the time mark from 10 to 12"):
        move_ends(small_project, "time-mark", first, Span(4, 11))
    correct_source(small_project, source=NOTE, edits=[(0, 5, "")])
    change(small_project, "time-mark", first, {"start": "0", "end": "5", "clock": "10:06"})
    with small_project.view() as view:
        moved = next(one for one in view.all(TimeMark) if str(one.id) == first)
    assert (moved.start, moved.end, moved.clock) == (0, 5, "10:06")


def test_what_lost_its_words_gets_words_again(small_project: ProjectFile) -> None:
    coding = code(small_project, 0, 10)
    correct_source(small_project, source=NOTE, edits=[(0, 10, "")])
    with pytest.raises(UserError, match="both a new start and a new end"):
        change(small_project, "coding", coding, {"end": "12"})
    change(small_project, "coding", coding, {"start": "2", "end": "12"})
    with small_project.view() as view:
        (moved,) = (one for one in view.all(Coding) if str(one.id) == coding)
        assert (moved.start, moved.end) == (2, 12)
        assert (
            moved.version == current(view.find(SourceVersion, source=view.need(SourceVersion, moved.version).source)).id
        )


def test_span_is_one_of_the_version_that_was_seen(small_project: ProjectFile) -> None:
    coding = code(small_project, 0, 10)
    with small_project.view() as view:
        seen = next(one.version for one in view.all(Coding) if str(one.id) == coding)
    correct_source(small_project, source=NOTE, edits=[(0, 0, "So. ")])
    move_ends(small_project, "coding", coding, Span(3, 8), seen)
    assert (7, 12) in ends(small_project, Coding)


def test_one_end_is_set_and_what_is_no_number_is_refused(small_project: ProjectFile) -> None:
    coding = code(small_project, 3, 10)
    change(small_project, "coding", coding, {"end": "14"})
    assert (3, 14) in ends(small_project, Coding)
    for word in ("soon", "-1", "", "²", "9" * 5_000):
        with pytest.raises(UserError, match="number of code points"):
            change(small_project, "coding", coding, {"start": word})
    for start, end in ((14, 14), (20, 14), (0, LENGTH + 1)):
        with pytest.raises(UserError, match="there is no passage"):
            change(small_project, "coding", coding, {"start": str(start), "end": str(end)})
    assert (3, 14) in ends(small_project, Coding)


def test_ends_and_what_it_may_not_overlap_there_are_changed_one_after_the_other(small_project: ProjectFile) -> None:
    drafts = [LayerDraft(0, 5, LayerName.ASIDE), LayerDraft(8, 20, LayerName.ASIDE)]
    mark_layers(small_project, source=NOTE, drafts=drafts)
    add_stretch(small_project, Passage(NOTE, 0, 10), Relation(phase=Phase.BEFORE))
    layer, stretch = ids(small_project, Layer)[0], ids(small_project, Stretch)[0]
    for kind, one, about in (("layer", layer, {"layer": "commentary"}), ("stretch", stretch, {"event": "Launch"})):
        with pytest.raises(UserError, match="two steps"):
            change(small_project, kind, one, {"end": "9", **about})
    change(small_project, "layer", layer, {"layer": "commentary"})
    change(small_project, "layer", layer, {"end": "9"})
    assert ends(small_project, Layer) == [(0, 9), (8, 20)]


def test_what_has_no_ends_is_refused(small_project: ProjectFile) -> None:
    with pytest.raises(UserError, match="nothing that can be moved"):
        move_ends(small_project, "person", "Wren", Span(0, 1))
    with pytest.raises(UserError, match="no 'start' to set"):
        change(small_project, "person", "Wren", {"start": "1"})


SPANS = st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 20)).map(lambda one: Span(one[0], min(sum(one), LENGTH)))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(drawn=st.lists(SPANS, min_size=2, max_size=6), moves=st.lists(st.tuples(st.integers(0, 5), SPANS), max_size=6))
def test_layers_of_one_kind_never_overlap_and_cover_what_was_moved_to(
    small_project: ProjectFile, drawn: list[Span], moves: list[tuple[int, Span]]
) -> None:
    remove_layers(small_project, ids(small_project, Layer))
    mark_layers(small_project, source=NOTE, drafts=[LayerDraft(*one, LayerName.ASIDE) for one in drawn])
    for at, span in moves:
        there = ids(small_project, Layer)
        move_ends(small_project, "layer", there[at % len(there)], span)
        places = sorted(ends(small_project, Layer))
        assert all(first[1] <= second[0] for first, second in pairwise(places))
        assert any(start <= span.start and span.end <= end for start, end in places)
