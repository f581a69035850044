"""Finding a name from a few letters: what answers, and which answer is the better one."""

from hypothesis import given
from hypothesis import strategies as st

from polyvocal.gui.matching import match

NAMES = ["Sense-making tool", "Social validating mechanism", "Means of protest and resolution", "Polite assent", "Tool"]


def best(typed: str) -> str:
    """The name that answers best."""
    scores = {name: score for name in NAMES if (score := match(typed, name)) is not None}
    return min(scores, key=lambda name: scores[name])


def test_whole_name_is_better_than_a_word_of_another() -> None:
    assert best("tool") == "Tool"


def test_beginning_of_a_word_answers() -> None:
    assert best("prot") == "Means of protest and resolution"


def test_initials_answer() -> None:
    assert best("svm") == "Social validating mechanism"


def test_letters_apart_answer_in_their_order_only() -> None:
    assert match("plas", "Polite assent") is not None
    assert match("salp", "Polite assent") is None


@given(st.text(max_size=8), st.sampled_from(NAMES))
def test_whatever_is_typed_is_answered_or_not(typed: str, name: str) -> None:
    score = match(typed, name)
    assert score is None or score >= -1.0


@given(st.sampled_from(NAMES), st.data())
def test_every_beginning_of_a_name_answers(name: str, data: st.DataObject) -> None:
    assert match(name[: data.draw(st.integers(0, len(name)))], name) is not None
