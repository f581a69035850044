"""What is saved of a comparison comes back as it was, and holds nobody's words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyvocal.domain.comparisons import Asked, Result
from polyvocal.domain.errors import BugError
from polyvocal.domain.ids import AttributeId, CodeId, PersonId
from polyvocal.domain.passages import AttributeAsked, CaseOf, PassageFilter
from polyvocal.domain.words import LayerName, Phase, Standing

IDS = st.integers(1, 2**63 - 1)
FILTERS = st.builds(
    PassageFilter,
    codes=st.frozensets(IDS.map(CodeId), max_size=3),
    observers=st.frozensets(IDS.map(PersonId), max_size=3),
    standings=st.frozensets(st.sampled_from(Standing), max_size=2),
    phases=st.frozensets(st.sampled_from(Phase), max_size=2),
    concerns=st.frozensets(IDS, max_size=3),
    stances=st.frozensets(st.sampled_from(["affirms", "contests"]), max_size=2),
    layers=st.frozensets(st.sampled_from(LayerName), max_size=2),
)
MORE = st.dictionaries(st.sampled_from(["coder", "within", "sort"]), st.text("0123456789", min_size=1), max_size=3)
ASKED = st.builds(
    Asked,
    rows=st.sampled_from(["code", "term"]),
    columns=st.sampled_from(["observer", "phase"]),
    measure=st.just("passages"),
    chosen=FILTERS,
    shape=st.sampled_from(["table", "contest"]),
    more=MORE,
)


@given(ASKED)
def test_what_is_asked_comes_back_as_it_was(asked: Asked) -> None:
    assert Asked.decode(asked.encode()) == asked


@given(ASKED)
def test_what_is_asked_is_always_written_alike(asked: Asked) -> None:
    assert Asked.decode(asked.encode()).encode() == asked.encode()


def test_filter_that_was_saved_holds_words_of_its_vocabulary() -> None:
    asked = Asked("code", "observer", "passages", PassageFilter(phases=frozenset({Phase.DURING})))
    (phase,) = Asked.decode(asked.encode()).chosen.phases
    assert phase is Phase.DURING


@st.composite
def results(draw: st.DrawFn) -> Result:
    rows, columns = (tuple(map(str, draw(st.lists(IDS, max_size=4)))) for _ in range(2))
    cell = st.one_of(st.none(), st.integers(0, 10**9), st.floats(0, 1))
    cells = tuple(tuple(draw(cell) for _ in columns) for _ in rows)
    states = tuple(tuple(draw(st.sampled_from(["coded", "not known", ""])) for _ in columns) for _ in rows)
    return Result(rows, columns, cells, draw(st.sampled_from([states, ()])))


@given(results())
def test_result_comes_back_as_it_was(result: Result) -> None:
    assert Result.decode(result.encode()) == result


@pytest.mark.parametrize("damaged", ["", "[]", "{}", '{"rows": 1}', '{"filters": 3}', '{"filters": {"nobody": [1]}}'])
def test_what_was_never_written_is_refused_without_quoting_it(damaged: str) -> None:
    for decode in (Asked.decode, Result.decode):
        with pytest.raises(BugError, match="cannot be read") as told:
            decode(damaged)
        assert "nobody" not in str(told.value)


def test_value_of_an_attribute_is_not_kept_since_it_is_somebodys_word() -> None:
    asked = AttributeAsked(CaseOf.OBSERVER, AttributeId(7), "nurse")
    with pytest.raises(BugError):
        Asked("code", "observer", "passages", PassageFilter(attributes=frozenset({asked}))).encode()
