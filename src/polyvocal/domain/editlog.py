"""The log of one sitting of correcting a text: each real replacement in order, to be undone, and folded into a map.

What is typed where something has just been taken away replaces it: both are one replacement, for as long as the hand
stays there (a *run*). So a passage of "teh" covers the "the" that was typed over it. Undoing takes replacements out of
the log, instead of adding their contrary: the passages are then exactly as they were.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from polyvocal.domain.editmap import EditMap
from polyvocal.domain.errors import BugError
from polyvocal.domain.folding import fold
from polyvocal.domain.followed import Followed
from polyvocal.domain.spans import Span


class Gesture(StrEnum):
    """What the hand did, as the window names the step."""

    TYPED = "typing"
    ERASED = "deleting"
    CUT = "cutting"
    PASTED = "pasting"
    DRAGGED = "moving words"
    REPLACED = "replacing"
    ELSEWHERE = "editing by another program"


class Replacement(NamedTuple):
    """At `start`, in code points of the text as it stood then, `removed` gave way to `words`."""

    start: int
    removed: str
    words: str

    @property
    def end(self) -> int:
        """The end of what was removed, in the text before."""
        return self.start + len(self.removed)

    @property
    def end_after(self) -> int:
        """The end of the new words, in the text after."""
        return self.start + len(self.words)

    @property
    def changes(self) -> bool:
        """Whether the text is another one after it."""
        return self.removed != self.words

    def back(self) -> "Replacement":
        """The replacement that puts the text back."""
        return Replacement(self.start, self.words, self.removed)


class StepTold(NamedTuple):
    """A step as it is told to another log of the same text: of each change the start, how much went, the new words.

    `goes_on` says whether it went on with the replacement before; the rest is as in a `Step`.
    """

    gesture: Gesture
    changes: tuple[tuple[int, int, str], ...]
    goes_on: bool
    at_once: bool


@dataclass(frozen=True, slots=True)
class Step:
    """What one undoing takes back: changes in one place, one after another, or, `at_once`, in several places.

    `went_on` is the replacement whose run they went on with, if any.
    """

    gesture: Gesture
    changes: tuple[Replacement, ...]
    went_on: Replacement | None
    at_once: bool = False

    def backwards(self) -> list[Replacement]:
        """The changes that put the text back; of those at once from the beginning of the text to its end."""
        if not self.at_once:
            return [change.back() for change in reversed(self.changes)]
        back, grown = [], 0
        for change in self.changes:
            back.append(change.back()._replace(start=change.start - grown))
            grown += len(change.words) - len(change.removed)
        return back

    def told(self) -> StepTold:
        """The same without the words that went, which the text has."""
        changes = tuple((one.start, len(one.removed), one.words) for one in self.changes)
        return StepTold(self.gesture, changes, self.went_on is not None, self.at_once)


class EditLog:
    """A text while it is corrected, and how it came to be so. `followed` are passages that follow it live."""

    def __init__(self, text: str, spans: Sequence[Span] = ()) -> None:
        self.text = text
        self.length_before = len(text)
        self.followed = Followed(spans)
        self._real: list[Replacement] = []
        self._steps: list[Step] = []
        self._undone: list[Step] = []
        self._in_run = False

    # --- editing -------------------------------------------------------------------------------------------------

    def replace(self, gesture: Gesture, start: int, end: int, words: str) -> Replacement | None:
        """Replace [start, end) by words. None if nothing changes by it.

        Typing and deleting go on with the step before while they stay in one place, a word at a time.
        """
        change = self._change(start, end, words)
        if not change.changes:
            return None
        self._undone.clear()
        run = self._run_of(change)
        if run is not None and self._is_one_step(gesture, change):
            step = self._steps.pop()
            self._steps.append(replace(step, changes=(*step.changes, change)))
        else:
            self._steps.append(Step(gesture, (change,), run))
        self._do(change, run)
        return change

    def replace_all(self, edits: Iterable[tuple[int, int, str]]) -> list[Replacement]:
        """Replace each [start, end) of the text as it is, in one step; sorted. Those that touch are one."""
        return self._do_at_once(Gesture.REPLACED, edits)

    def move(self, start: int, end: int, to: int) -> list[Replacement]:
        """Take [start, end) away and put it in at `to`, an offset of the text as it is; in one step."""
        if start <= to <= end:
            return []
        return self._do_at_once(Gesture.DRAGGED, sorted([(start, end, ""), (to, to, self.text[start:end])]))

    def end_run(self) -> None:
        """The hand went elsewhere: what is typed next replaces nothing that was taken away before."""
        self._in_run = False

    def _change(self, start: int, end: int, words: str) -> Replacement:
        if not 0 <= start <= end <= len(self.text):
            raise BugError("a replacement must lie within the text")
        return Replacement(start, self.text[start:end], words)

    def _run_of(self, change: Replacement) -> Replacement | None:
        """The replacement with which a change goes on, if it does.

        It does where it puts words in at the same place, takes away of what was put in there, or, where nothing was
        put in, takes away more on either side.
        """
        if not self._in_run or not self._real:
            return None
        last = self._real[-1]
        if last.words and change.removed:
            goes_on = last.start <= change.start and change.end <= last.end_after
        else:
            goes_on = last.start <= change.end and change.start <= last.end_after
        return last if goes_on else None

    def _is_one_step(self, gesture: Gesture, change: Replacement) -> bool:
        """Whether a change belongs to the step before: the next letter of a word, or one more taken away."""
        if not self._steps or self._steps[-1].gesture is not gesture:
            return False
        if gesture is Gesture.TYPED:
            word_begins = self.text[: change.start][-1:].isspace() and not change.words[:1].isspace()
            return not word_begins and not change.removed and len(change.words) == 1
        return gesture is Gesture.ERASED

    # --- taking up what another log did --------------------------------------------------------------------------

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps in the order in which they were done; the last of them, `undone` in number, are undone."""
        return (*self._steps, *reversed(self._undone))

    @property
    def undone(self) -> int:
        """How many steps can be done again."""
        return len(self._undone)

    def take_up(self, steps: Sequence[StepTold], undone: int = 0) -> None:
        """Do what another log of the same text did, and undo the last so many; it can be undone and redone as there.

        Raises BugError for a step that does not fit the text.
        """
        if not 0 <= undone <= len(steps):
            raise BugError("no more steps can be undone than were done")
        for one in steps:
            if one.at_once:
                changes = self._changes_at_once(one.changes)
                self._steps.append(Step(one.gesture, tuple(changes), None, at_once=True))
                self._do_all(changes)
            else:
                self._take_up_run(one)
        for _ in range(undone):
            self.undo()
        self._in_run = False

    def _take_up_run(self, step: StepTold) -> None:
        """Do the changes of one place as one: each alone would copy the whole text, and move all passages."""
        if step.goes_on and not self._real:
            raise BugError("a step cannot go on with what was not done")
        went_on = run = self._real[-1] if step.goes_on else None
        behind = run.end_after if run is not None else 0  # where what stands behind the run begins in the text as it is
        changes = []
        for start, removed, words in step.changes:
            if run is None:
                run = change = self._change(start, start + removed, words)
                behind = change.end
            else:
                change = Replacement(start, self._around(run, behind, Span(start, start + removed)), words)
                behind += max(change.end - run.end_after, 0)
                run = _joined(run, change)
            changes.append(change)
        if run is None or not changes:
            raise BugError("a step changes something")
        self._rewrite([Replacement(run.start, self.text[run.start : behind], run.words)])
        if went_on is not None:
            self._real.pop()
            self.followed.take_back()
        self._follow(run)
        self._steps.append(Step(step.gesture, tuple(changes), went_on))

    def _around(self, run: Replacement, behind: int, span: Span) -> str:
        """What stands at a span that touches a run, of which only the part before this step is in the text yet."""
        start, end = span.start - run.start, span.end - run.start
        size = len(run.words)
        if not (0 <= span.start <= span.end and start <= size and end >= 0 and behind + end - size <= len(self.text)):
            raise BugError("a replacement must lie within the text, and one of a run at its place")
        before = self.text[span.start : min(span.end, run.start)]
        return before + run.words[max(start, 0) : max(end, 0)] + self.text[behind : behind + max(end - size, 0)]

    def _changes_at_once(self, told: Iterable[tuple[int, int, str]]) -> list[Replacement]:
        grown, changes = 0, []
        for start, removed, words in told:
            change = self._change(start - grown, start - grown + removed, words)
            changes.append(change._replace(start=start))
            grown += len(words) - removed
        return changes

    # --- undoing -------------------------------------------------------------------------------------------------

    @property
    def next_undone(self) -> Gesture | None:
        """What `undo` would undo."""
        return self._steps[-1].gesture if self._steps else None

    @property
    def next_redone(self) -> Gesture | None:
        """What `redo` would do again."""
        return self._undone[-1].gesture if self._undone else None

    def undo(self) -> list[Replacement]:
        """Undo the last step, and give what that replaces in the text, in order; nothing if there is none."""
        if not self._steps:
            return []
        step = self._steps.pop()
        self._undone.append(step)
        backwards = step.backwards()
        self._rewrite(backwards)
        self.followed.take_back()
        del self._real[-len(step.changes) if step.at_once else -1 :]
        if step.went_on is not None:
            self._follow(step.went_on)
        self._in_run = step.went_on is not None
        return backwards

    def redo(self) -> list[Replacement]:
        """Do again the step that was undone last, and give what that replaces, in order."""
        if not self._undone:
            return []
        step = self._undone.pop()
        self._steps.append(step)
        if step.at_once:
            self._do_all(step.changes)
        else:
            run = step.went_on
            for change in step.changes:
                self._do(change, run)
                run = self._real[-1]
        return list(step.changes)

    # --- the real replacements -----------------------------------------------------------------------------------

    def _do(self, change: Replacement, run: Replacement | None) -> None:
        self._rewrite([change])
        if run is not None:
            self._real.pop()
            self.followed.take_back()
            change = _joined(run, change)
        self._follow(change)
        self._in_run = True

    def _follow(self, change: Replacement) -> None:
        self._real.append(change)
        if change.changes:
            self.followed.replace(change.start, change.end, len(change.words))
        else:  # the same words were put back: nothing happened to them
            self.followed.replace(change.start, change.start, 0)

    def _do_at_once(self, gesture: Gesture, edits: Iterable[tuple[int, int, str]]) -> list[Replacement]:
        joined: list[tuple[int, int, str]] = []
        for start, end, words in edits:
            if joined and start < joined[-1][1]:
                raise BugError("what is replaced at once must be sorted, and must not overlap")
            touched = joined.pop() if joined and start == joined[-1][1] else (start, start, "")
            joined.append((touched[0], end, touched[2] + words))
        grown, changes = 0, []
        for start, end, words in joined:
            change = self._change(start, end, words)
            if change.changes:
                changes.append(change._replace(start=start + grown))
                grown += len(words) - (end - start)
        if changes:
            self._undone.clear()
            self._steps.append(Step(gesture, tuple(changes), None, at_once=True))
            self._do_all(changes)
        return changes

    def _do_all(self, changes: Sequence[Replacement]) -> None:
        self._rewrite(changes)
        self._real += changes
        self.followed.replace_all(fold((one.start, one.end, len(one.words)) for one in changes).stages[0])
        self._in_run = False

    def _rewrite(self, changes: Iterable[Replacement]) -> None:
        """Make the text what it is after some changes; many that go from its beginning to its end cost one copy."""
        parts: list[str] = []
        text, last, grown = self.text, 0, 0
        for change in changes:
            start = change.start - grown
            if start < last:
                text, parts = "".join((*parts, text[last:])), []
                last, grown, start = 0, 0, change.start
            parts += (text[last:start], change.words)
            last = start + len(change.removed)
            grown += len(change.words) - len(change.removed)
        self.text = "".join((*parts, text[last:]))

    @property
    def replacements(self) -> list[Replacement]:
        """What was really replaced, in order, each in the text as it stood then."""
        return [one for one in self._real if one.changes]

    def edits(self) -> EditMap:
        """The map from the text as it was to the text as it is."""
        return fold((one.start, one.end, len(one.words)) for one in self._real if one.changes)


def _joined(first: Replacement, then: Replacement) -> Replacement:
    """Two replacements of one run as one."""
    left, right = max(first.start - then.start, 0), max(then.end - first.end_after, 0)
    removed = then.removed[:left] + first.removed + then.removed[len(then.removed) - right :]
    start, end = max(then.start - first.start, 0), max(then.end - first.start, 0)
    return Replacement(min(first.start, then.start), removed, first.words[:start] + then.words + first.words[end:])
