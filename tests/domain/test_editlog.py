"""The log of a sitting against an oracle that follows every single character through each real replacement."""

from collections.abc import Sequence
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyvocal.domain.draft_content import decode_steps, encode_steps
from polyvocal.domain.editlog import EditLog, Gesture, Replacement
from polyvocal.domain.editmap import EditMap
from polyvocal.domain.errors import BugError
from polyvocal.domain.folding import fold
from polyvocal.domain.spans import Span
from tests.domain.test_editmap import Character, corrected

TEXT = "the nurse said teh panel was late"
PASSAGES = [Span(start, end) for start in range(0, len(TEXT), 2) for end in range(start + 1, len(TEXT) + 1, 3)]
WORDS = ["x", "y ", " ", "a b", "\n", "\U0001f399", "the", "teh"]
CHANCES = st.randoms(use_true_random=True)
"""A sequence of gestures is drawn by a seed of its own, which Hypothesis tells: ten times as fast as draw by draw."""
SINGLE = [Gesture.TYPED, Gesture.ERASED, Gesture.CUT, Gesture.PASTED, Gesture.ELSEWHERE]


class Hand:
    """Does random gestures on a log, mostly near where it was last, as a hand does."""

    def __init__(self, log: EditLog, chance: Random) -> None:
        self.log, self.chance, self.at = log, chance, 0

    def work(self) -> None:
        for _ in range(self.chance.randint(1, 12)):
            getattr(self, self.chance.choice(GESTURES))()

    def _near(self) -> tuple[int, int]:
        size = len(self.log.text)
        start = self.chance.randint(min(max(self.at - 2, 0), size), min(self.at + 2, size))
        return start, self.chance.randint(start, min(start + 4, size))

    def type(self) -> None:
        words = self.chance.choice(WORDS)
        at = min(self.at, len(self.log.text))
        self.log.replace(Gesture.TYPED, at, at, words)
        self.at = at + len(words)

    def erase(self) -> None:
        end = min(self.at, len(self.log.text))
        if end:
            self.log.replace(Gesture.ERASED, end - 1, end, "")
            self.at = end - 1

    def replace(self) -> None:
        start, end = self._near()
        words = self.chance.choice(["", "", *WORDS])
        self.log.replace(self.chance.choice(SINGLE), start, end, words)
        self.at = start + len(words)

    def go(self) -> None:
        self.at = self.chance.randint(0, len(self.log.text))
        self.log.end_run()

    def replace_all(self) -> None:
        edits, at = [], self.chance.randint(0, 6)
        while at <= len(self.log.text):
            end = min(at + self.chance.randint(0, 3), len(self.log.text))
            edits.append((at, end, self.chance.choice(WORDS)))
            at = end + self.chance.randint(0, 9) + (end == at)
        self.log.replace_all(edits)

    def drag(self) -> None:
        start, end = self._near()
        self.log.move(start, end, self.chance.randint(0, len(self.log.text)))

    def undo(self) -> None:
        self.log.undo()

    def redo(self) -> None:
        self.log.redo()


GESTURES = ["type", "type", "type", "erase", "erase", "replace", "replace", "go", "replace_all", "drag", "undo", "redo"]


def through(replacements: Sequence[Replacement], passage: Span) -> Span | None:
    """Where a passage is by the oracle of characters; None where it is nowhere."""
    text = [Character(passage.start <= at < passage.end) for at in range(len(TEXT))]
    for one in replacements:
        text = corrected(text, [(one.start, one.end, len(one.words))])
    belonging = [at for at, one in enumerate(text) if one.belongs]
    if not belonging:
        return None
    assert belonging == list(range(belonging[0], belonging[-1] + 1))
    return Span(belonging[0], belonging[-1] + 1)


def texts_of(replacements: Sequence[Replacement]) -> str:
    """The text after replacements, one after another."""
    text = TEXT
    for one in replacements:
        assert text[one.start : one.end] == one.removed
        text = text[: one.start] + one.words + text[one.end :]
    return text


@settings(max_examples=10_000)
@given(CHANCES)
def test_each_passage_covers_what_survived_of_it_and_what_was_put_in_it(chance: Random) -> None:
    passages = chance.sample(PASSAGES, 4)
    log = EditLog(TEXT, passages)
    Hand(log, chance).work()
    path = log.edits()
    assert texts_of(log.replacements) == log.text
    for number, passage in enumerate(passages):
        expected = through(log.replacements, passage)
        assert path.place(passage) == expected
        assert log.followed.place(number) == expected
    assert path.length_after(len(TEXT)) == len(log.text)
    assert EditMap.decode(path.encode()) == path


@settings(max_examples=1_000)
@given(CHANCES)
def test_characters_that_survive_are_told_by_the_map_and_by_no_comparison(chance: Random) -> None:
    log = EditLog(TEXT)
    Hand(log, chance).work()
    origin: list[int | None] = list(range(len(TEXT)))
    for one in log.replacements:
        origin[one.start : one.end] = [None] * len(one.words)
    kept = log.edits().kept(len(TEXT))
    assert {(old + at, new + at) for old, new, length in kept for at in range(length)} == {
        (old, new) for new, old in enumerate(origin) if old is not None
    }
    for piece, after in pairwise(kept):
        assert (piece.old + piece.length, piece.new + piece.length) != (after.old, after.new)


@settings(max_examples=1_000)
@given(CHANCES)
def test_undoing_brings_back_text_and_passages_as_they_were_and_redoing_as_they_became(chance: Random) -> None:
    log = EditLog(TEXT, PASSAGES)
    Hand(log, chance).work()

    def state() -> tuple[str, list[Span | None], list[Replacement]]:
        places = [log.followed.place(number) for number in range(len(PASSAGES))]
        return log.text, places, log.replacements

    states = [state()]
    while log.next_undone and len(states) < 8:
        before = log.text
        for one in log.undo():
            assert before[one.start : one.end] == one.removed
            before = before[: one.start] + one.words + before[one.end :]
        assert before == log.text
        states.append(state())
    if not log.next_undone:
        assert states[-1] == (TEXT, PASSAGES, [])
    for expected in reversed(states[:-1]):
        before = log.text
        for one in log.redo():
            assert before[one.start : one.end] == one.removed
            before = before[: one.start] + one.words + before[one.end :]
        assert before == log.text
        assert state() == expected


@settings(max_examples=1_000)
@given(CHANCES)
def test_log_that_takes_up_what_another_did_is_as_that_one_and_undoes_and_redoes_as_it(chance: Random) -> None:
    log, other = EditLog(TEXT, PASSAGES), EditLog(TEXT, PASSAGES)
    Hand(log, chance).work()
    for _ in range(chance.choice([0, 1, 5])):
        log.undo()
    other.take_up(*decode_steps(encode_steps(log.steps, log.undone)))

    def state(of: EditLog) -> tuple[object, ...]:
        places = [of.followed.place(number) for number in range(len(PASSAGES))]
        return of.text, places, of.replacements, of.edits(), of.next_undone, of.next_redone

    assert state(other) == state(log)
    while log.next_undone:
        assert other.undo() == log.undo()
        assert state(other) == state(log)
    while log.next_redone:
        assert other.redo() == log.redo()
        assert state(other) == state(log)


@settings(max_examples=1_000)
@given(CHANCES)
def test_passages_found_where_the_text_is_seen_are_those_that_lie_there(chance: Random) -> None:
    log = EditLog(TEXT, PASSAGES)
    Hand(log, chance).work()
    start, length = chance.randint(0, len(log.text)), chance.randint(1, 40)
    places = {number: log.followed.place(number) for number in range(len(PASSAGES))}
    expected = [number for number, one in places.items() if one and one.overlaps(Span(start, start + length))]
    assert sorted(log.followed.overlapping(start, start + length)) == expected
    assert log.followed.gone == {number for number, one in places.items() if one is None}


def typed(log: EditLog, at: int, words: str) -> None:
    for number, letter in enumerate(words):
        log.replace(Gesture.TYPED, at + number, at + number, letter)


def test_word_that_is_typed_over_another_replaces_it() -> None:
    at = TEXT.index("teh")
    log = EditLog(TEXT, [Span(at, at + 3), Span(at, at + 9), Span(0, at)])
    log.replace(Gesture.TYPED, at, at + 3, "t")
    typed(log, at + 1, "he")
    assert log.replacements == [Replacement(at, "teh", "the")]
    assert [log.followed.place(one) for one in range(3)] == [Span(at, at + 3), Span(at, at + 9), Span(0, at)]
    log.undo()
    assert log.text == TEXT


def test_word_that_is_typed_where_one_was_just_deleted_replaces_it_and_later_does_not() -> None:
    log = EditLog(TEXT, [Span(0, 3)])
    for end in (3, 2, 1):
        log.replace(Gesture.ERASED, end - 1, end, "")
    assert log.followed.gone == {0}
    typed(log, 0, "A")
    assert log.followed.place(0) == Span(0, 1)
    log = EditLog(TEXT, [Span(0, 3)])
    log.replace(Gesture.ERASED, 0, 3, "")
    log.end_run()
    typed(log, 0, "A")
    assert log.followed.place(0) is None
    assert len(log.edits().stages) == 2


def test_sentence_typed_before_a_passage_is_not_part_of_it_though_its_first_letter_is_then_mended() -> None:
    log = EditLog(TEXT, [Span(0, 9)])
    typed(log, 0, "Later. ")
    log.replace(Gesture.ERASED, 7, 8, "")
    typed(log, 7, "T")
    assert log.text.startswith("Later. The nurse")
    assert log.followed.place(0) == Span(7, 16)


def test_word_that_is_typed_anew_as_it_was_is_no_correction() -> None:
    log = EditLog(TEXT, [Span(0, 3)])
    log.replace(Gesture.ERASED, 0, 3, "")
    typed(log, 0, "the")
    assert log.replacements == []
    assert log.edits() == EditMap()
    assert log.followed.place(0) == Span(0, 3)


def test_typing_is_undone_word_by_word() -> None:
    log = EditLog(TEXT)
    typed(log, 0, "At last, ")
    log.undo()
    assert log.text == "At " + TEXT
    log.undo()
    assert log.text == TEXT
    assert log.next_undone is None


def test_replacing_all_is_one_step_and_one_stage() -> None:
    log = EditLog(TEXT)
    log.replace_all([(at, at + 1, "E") for at, letter in enumerate(TEXT) if letter == "e"])
    assert log.text == TEXT.replace("e", "E")
    assert len(log.edits().stages) == 1
    log.undo()
    assert log.text == TEXT


def test_words_that_are_dragged_are_taken_away_and_put_in() -> None:
    log = EditLog(TEXT, [Span(4, 9)])
    log.move(4, 10, len(TEXT))
    assert log.text == TEXT.replace("nurse ", "") + "nurse "
    assert log.followed.place(0) is None
    log.undo()
    assert (log.text, log.followed.place(0)) == (TEXT, Span(4, 9))


def test_mending_what_was_put_in_needs_no_further_stage() -> None:
    assert fold([(4, 4, 20), (10, 12, 3), (8, 8, 1)]) == EditMap.of([(4, 4, 22)])
    assert fold([(4, 4, 20), (4, 24, 0)]) == EditMap()


def test_corrections_in_different_places_are_one_stage_in_whatever_order() -> None:
    assert fold([(20, 21, 3), (2, 4, 1), (10, 10, 5)]) == EditMap.of([(2, 4, 1), (11, 11, 5), (20, 21, 3)])


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2), (0, len(TEXT) + 1)])
def test_replacement_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(BugError):
        EditLog(TEXT).replace(Gesture.TYPED, start, end, "x")


def test_replacements_at_once_that_overlap_are_refused_and_those_that_touch_are_one() -> None:
    log = EditLog(TEXT)
    with pytest.raises(BugError):
        log.replace_all([(0, 2, "x"), (1, 3, "y")])
    log.replace_all([(0, 2, "x"), (2, 3, "y")])
    assert log.replacements == [Replacement(0, "the", "xy")]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        "[1]",
        '[["TYPED",0,0,[[0,0]]]]',
        '[["SUNG",0,0,[[0,0,"x"]]]]',
        '[["TYPED",0,0,[[0,"1","x"]]]]',
        '[["TYPED",1,0,[[0,0,"x"]]]]',
        '[["TYPED",0,0,[[0,0,"x"]]],2]',
        '[["TYPED",0,0,[[0,0,"x"]]],-1]',
        '[["TYPED",0,0,[[30,9,"x"]]]]',
        '[["REPLACED",0,1,[[-3,1,"x"]]]]',
    ],
)
def test_steps_that_are_none_or_do_not_fit_the_text_are_a_fault(content: str) -> None:
    with pytest.raises(BugError):
        EditLog(TEXT).take_up(*decode_steps(content))
