"""Many replacements, one after another, as one map of few stages."""

from collections.abc import Iterable

from polyvocal.domain.editmap import Edit, EditMap


def fold(replacements: Iterable[tuple[int, int, int]]) -> EditMap:
    """The map that is equal to replacements one after another, in as few stages as that is true of.

    Each is [start, end) of the text as it stood then, and how many code points were put in. One that leaves a
    character between itself and every edit of the stage before is one more edit of it. One that only changes what an
    edit put in, or takes away all that the edits within it put in, becomes one with them. Any other begins a stage.
    """
    stages: list[tuple[Edit, ...]] = []
    stage = _Stage()
    for start, end, inserted in replacements:
        if not stage.take(start, end, inserted):
            stages.append(stage.edits())
            stage = _Stage()
            stage.take(start, end, inserted)
    stages.append(stage.edits())
    return EditMap(tuple(one for one in stages if one))


class _Stage:
    """A stage that grows: its edits before and after the place of the last replacement, in the older text's offsets."""

    def __init__(self) -> None:
        self._before: list[Edit] = []
        self._after: list[Edit] = []
        """The nearest last."""
        self._grown = 0
        """By how much the text grew in the edits before."""

    def edits(self) -> tuple[Edit, ...]:
        return (*self._before, *reversed(self._after))

    def take(self, start: int, end: int, inserted: int) -> bool:
        """Take a replacement of the text after this stage into it; False, and nothing done, if that were not exact."""
        touched = self._go_to(start, end)
        first, last = start - self._grown, end - self._grown
        delta = inserted - (end - start)
        if touched:
            grown = sum(_grown(one) for one in touched)
            if not self._may_join(touched, start, end):
                self._after += reversed(touched)
                return False
            first = min(first, touched[0].start)
            last = max(last - grown, touched[-1].end)
            delta += grown
        edit = Edit(first, last, last - first + delta)
        if edit.inserted or first < last:
            self._before.append(edit)
            self._grown += delta
        return True

    def _go_to(self, start: int, end: int) -> list[Edit]:
        """Let all edits before `start` be before, and give those that touch [start, end), taken out."""
        before, after = self._before, self._after
        while before and before[-1].start + self._grown - _grown(before[-1]) + before[-1].inserted >= start:
            self._grown -= _grown(before[-1])
            after.append(before.pop())
        while after and after[-1].start + self._grown + after[-1].inserted < start:
            self._grown += _grown(after[-1])
            before.append(after.pop())
        touched = []
        grown = self._grown
        while after and after[-1].start + grown <= end:
            grown += _grown(after[-1])
            touched.append(after.pop())
        return touched

    def _may_join(self, touched: list[Edit], start: int, end: int) -> bool:
        if len(touched) == 1:
            at = touched[0].start + self._grown
            until = at + touched[0].inserted
            if at <= start < end <= until or at < start == end < until:
                return True
        grown = self._grown
        for edit in touched:
            at = edit.start + grown
            if not (edit.inserted and start <= at and at + edit.inserted <= end):
                return False
            grown += _grown(edit)
        return True


def _grown(edit: Edit) -> int:
    return edit.inserted - (edit.end - edit.start)
