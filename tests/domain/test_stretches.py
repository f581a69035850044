"""The relations of passages in a text that is cut: against what is said of every single code point."""

from hypothesis import given
from hypothesis import strategies as st

from polyvocal.domain.ids import EventId, OccasionId, SourceId, SourceVersionId, StretchId
from polyvocal.domain.records import Occasion, Stretch
from polyvocal.domain.spans import Span, touches, union
from polyvocal.domain.stretches import Relation, relations_within, runs_of

LENGTH = 12


def occasion(identity: int, event: int) -> Occasion:
    return Occasion(id=OccasionId(identity), source=SourceId(1), event=EventId(event))


def stretch(identity: int, span: Span, event: int) -> tuple[Span, Stretch]:
    made = Stretch(
        id=StretchId(identity), version=SourceVersionId(1), start=span.start, end=span.end, event=EventId(event)
    )
    return span, made


spans = st.tuples(st.integers(0, LENGTH - 1), st.integers(1, LENGTH)).map(
    lambda one: Span(min(one[0], one[1] - 1), max(one[0] + 1, one[1]))
)
occasions = st.lists(st.integers(1, 3), max_size=3).map(
    lambda events: [occasion(100 + number, event) for number, event in enumerate(events)]
)
stretches = st.lists(st.tuples(spans, st.integers(1, 3)), max_size=5).map(
    lambda found: [stretch(200 + number, span, event) for number, (span, event) in enumerate(found)]
)


def at(place: int, occasions: list[Occasion], stretches: list[tuple[Span, Stretch]]) -> set[int]:
    """The ids of the relations of one code point, as the rule has it."""
    here = [one for span, one in stretches if span.start <= place < span.end]
    said = {one.event for one in here}
    return {one.id for one in here} | {one.id for one in occasions if one.event not in said}


@given(occasions, stretches, spans)
def test_relations_of_a_passage_are_those_of_all_its_code_points(
    occasions: list[Occasion], stretches: list[tuple[Span, Stretch]], passage: Span
) -> None:
    runs = runs_of(LENGTH, occasions, stretches)
    found: tuple[Relation, ...] = relations_within(runs, *passage) if runs else tuple(occasions)
    assert len({one.id for one in found}) == len(found)
    assert {one.id for one in found} == set().union(*(at(place, occasions, stretches) for place in range(*passage)))


@given(occasions, stretches)
def test_runs_cover_the_text_without_a_gap(occasions: list[Occasion], stretches: list[tuple[Span, Stretch]]) -> None:
    runs = runs_of(LENGTH, occasions, stretches)
    assert bool(runs) is bool(stretches)
    if runs:
        assert [run.start for run in runs] == [0, *(run.end for run in runs[:-1])]
        assert runs[-1].end == LENGTH


def test_passage_on_a_border_stands_on_both_sides_and_in_what_it_reaches_beyond() -> None:
    _, train = one = stretch(1, Span(0, 4), 1)
    _, plenary = two = stretch(2, Span(4, 8), 1)
    whole, other = occasion(3, 1), occasion(4, 2)
    runs = runs_of(LENGTH, [whole, other], [one, two])
    assert set(relations_within(runs, 0, 4)) == {train, other}
    assert set(relations_within(runs, 3, 5)) == {train, plenary, other}
    assert set(relations_within(runs, 5, 12)) == {plenary, whole, other}
    assert set(relations_within(runs, 8, 9)) == {whole, other}


@given(st.lists(spans, max_size=5), spans)
def test_span_touches_others_where_they_share_a_code_point(others: list[Span], span: Span) -> None:
    shared = any(set(range(*span)) & set(range(*other)) for other in others)
    assert touches(union(others), *span) is shared
    assert not touches(union(others), span.start, span.start)
