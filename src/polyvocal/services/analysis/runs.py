"""Which codings lie where in texts that are cut: their relations to events, and whether they touch given spans."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from polyvocal.domain.spans import Span
from polyvocal.domain.stretches import Relation
from polyvocal.services.analysis.columns import Codings
from polyvocal.services.analysis.members import OF_RELATIONS, Members, relation_values
from polyvocal.services.analysis.question import Question
from polyvocal.services.analysis.sweep import Bools, Ints, distinct_pairs, expanded, tally
from polyvocal.services.queries.passages import relations_meant

_LINE = 32
"""From this bit on a place has its line; below it, its code points."""


class Spans:
    """Spans on lines, sorted and apart: which of them do codings touch?"""

    def __init__(self, spans: Iterable[tuple[int, Span]]) -> None:
        line, start, end = np.array(sorted((at, *span) for at, span in spans), np.int64).reshape(-1, 3).T
        self._starts, self._ends = _place(line, start), _place(line, end)

    def touched(self, codings: Codings, which: Ints) -> tuple[Ints, Ints]:
        """(first, after the last) of the spans that share a code point with each of some codings."""
        line = codings.line[which]
        start, end = _place(line, codings.start[which]), _place(line, codings.end[which])
        first = np.searchsorted(self._ends, start, side="right")
        return first, np.where(start < end, np.searchsorted(self._starts, end, side="left"), first)

    def touch(self, codings: Codings) -> Bools:
        """Whether each coding touches any."""
        first, last = self.touched(codings, np.arange(len(codings.line), dtype=np.int64))
        return first < last


class LayerSpans:
    """Where on the lines which layers are: which of them does a coding touch?"""

    def __init__(self, spans: Mapping[int, Sequence[tuple[int, Span]]]) -> None:
        self.layers = [layer for layer, of in spans.items() if of]
        self._spans = [Spans(of) for of in spans.values() if of]

    def touched(self, codings: Codings) -> Bools:
        """For each coding and each of the layers whether they share a code point."""
        found = np.zeros((len(codings.line), len(self.layers)), np.bool_)
        for number, spans in enumerate(self._spans):
            found[:, number] = spans.touch(codings)
        return found


def _place(line: Ints, offset: Ints) -> Ints:
    return (line << _LINE) | offset


class Relations:
    """The relations of codings to events by the rule of `domain.stretches`, without those that a filter does not mean.

    Where a text is not cut, they are those of its account. `account_of_line` has the account of each line in question.
    """

    def __init__(self, question: Question, account_of_line: Ints) -> None:
        self._account_of_line = account_of_line
        self._is_cut = np.zeros(len(account_of_line), np.bool_)
        self._own = np.zeros(len(account_of_line), np.int64)
        numbers: dict[Relation, int] = {}
        each = question.accounts.each
        lists = [account.relations for account in each]  # a list of relations for each account,
        cut = [
            (line, each[at].info) for line, at in enumerate(account_of_line.tolist()) if at >= 0 and each[at].info.runs
        ]
        for line, info in cut:  # ... one for what has no words left in a text that is cut
            self._is_cut[line], self._own[line] = True, len(lists)
            lists.append(relations_meant(info.relations_of(0, 0), question.chosen))
        self._runs = len(lists)  # ... and one for each run
        runs = [(line, run) for line, info in cut for run in info.runs]
        lists += [relations_meant(run.relations, question.chosen) for _, run in runs]
        self._spans = Spans((line, Span(run.start, run.end)) for line, run in runs)
        flat = [numbers.setdefault(one, len(numbers)) for relations in lists for one in relations]
        self._relation = np.array(flat, np.int64)
        self._count = np.array([len(relations) for relations in lists], np.int64)
        self._first = np.cumsum(self._count) - self._count
        self._values = np.array([relation_values(one) for one in numbers], np.int64).reshape(-1, 3).T

    def of(self, codings: Codings) -> Members:
        """The relations of some codings."""
        held = self._account_of_line[codings.line]
        cut = np.flatnonzero(self._is_cut[codings.line])
        begin, end = self._spans.touched(codings, cut)
        held[cut] = np.where(begin < end, self._runs + begin, self._own[codings.line[cut]])
        first, count, relation = self._first[held], self._count[held], self._relation
        several = np.flatnonzero(end - begin > 1)
        if len(several):
            found, of = self._together(begin[several], end[several])
            each = tally(of, len(several))
            first[cut[several]] = len(relation) + np.cumsum(each) - each
            count[cut[several]] = each
            relation = np.concatenate((relation, found))
        return Members(first, count, dict(zip(OF_RELATIONS, self._values[:, relation], strict=True)))

    def _together(self, begin: Ints, end: Ints) -> tuple[Ints, Ints]:
        """(relation, i) of whatever any of the runs from begin[i] to end[i] has, each once, by i."""
        run, which = expanded(begin, end - begin)
        member, at = expanded(self._first[self._runs + run], self._count[self._runs + run])
        return distinct_pairs(self._relation[member], which[at], groups=self._values.shape[1])
