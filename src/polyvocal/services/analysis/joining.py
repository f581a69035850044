"""What codings have in every respect that a question asks about, and which of them its whole filter means."""

from collections.abc import Callable, Collection

import numpy as np

from polyvocal.services.analysis.axes import LAYERS, groups_asked, participants_asked
from polyvocal.services.analysis.columns import Codings
from polyvocal.services.analysis.dimensions import OF_ACCOUNTS, Dimension, Family
from polyvocal.services.analysis.members import (
    Members,
    account_members,
    attached_members,
    layer_members,
    themselves,
)
from polyvocal.services.analysis.question import Question
from polyvocal.services.analysis.runs import LayerSpans, Relations
from polyvocal.services.analysis.sweep import Bools, Ints, numbered
from polyvocal.services.queries.passages import asks_for_relation


class Joining:
    """Joins codings with what they have. Made once for a question, of the moment in which it is asked.

    `account_of_line` has the place of each line's account in the question, -1 where it is not in question. `members`
    are those that accounts have, whatever is coded in them.
    """

    def __init__(self, question: Question, families: Collection[Family]) -> None:
        self.question = question
        self.account_of_line = numbered(np.array(question.held.codings.sources, np.int64), question.accounts.sources)
        self.members = {family: account_members(family, question) for family in OF_ACCOUNTS & set(families)}
        self._asked = _asked(question)
        self._makers = {
            family: self._maker(family)
            for family in self._asked | set(families)
            if family not in OF_ACCOUNTS or (family is Family.OCCASION and question.is_cut)
        }

    @property
    def wanted(self) -> Bools:
        """Of each line whether its account is in question."""
        return self.account_of_line >= 0

    def _maker(self, family: Family) -> Callable[[Codings], Members]:
        question, held, chosen = self.question, self.question.held, self.question.chosen
        if family is Family.OCCASION:
            return Relations(question, self.account_of_line).of
        if family is Family.GROUP:
            groups = {Dimension.GROUP: groups_asked(question)}
            return lambda codings: attached_members(codings, held.groups, groups)
        if family is Family.PARTICIPANT:
            people = {Dimension.PARTICIPANT: participants_asked(question)}
            return lambda codings: attached_members(codings, held.participants, people)
        if family is Family.STANCE:
            wanted = {
                Dimension.ACTOR: chosen.actors,
                Dimension.STANCE: held.places_of_stances(chosen.stances),
                Dimension.TERM: chosen.terms,
            }
            return lambda codings: attached_members(codings, held.stances, wanted)
        if family is Family.LAYER:
            spans = LayerSpans(held.layer_spans(chosen.layers or frozenset(LAYERS)))
            return lambda codings: layer_members(spans.touched(codings), spans.layers)
        return themselves

    def members_of(self, codings: Codings) -> dict[Family, Members]:
        """The members of some codings, and those of accounts."""
        return self.members | {family: make(codings) for family, make in self._makers.items()}

    def meant(self, codings: Codings, members: dict[Family, Members]) -> Ints:
        """Which of some codings, by coders in question on accounts in question, satisfy the whole filter.

        Of a code that it asks for, and with a member where it asks for one.
        """
        chosen = self.question.chosen
        concerned = chosen.concerns, chosen.groups, chosen.participants
        if not (chosen.codes or self._asked or any(concerned)):
            return np.arange(len(codings.line), dtype=np.int64)
        found = np.ones(len(codings.line), np.bool_)
        if chosen.codes:
            found &= numbered(codings.code.keys, sorted(chosen.codes))[codings.code.at] >= 0
        for family in self._asked:
            found &= members[family].count > 0
        for parties in filter(None, concerned):
            found &= self._concern(codings, parties)
        return np.flatnonzero(found)

    def _concern(self, codings: Codings, parties: Collection[int]) -> Bools:
        """Of each coding whether it concerns any of some groups or persons."""
        held = self.question.held
        ids = sorted(parties)
        of_groups = attached_members(codings, held.groups, {Dimension.GROUP: ids})
        of_people = attached_members(codings, held.participants, {Dimension.PARTICIPANT: ids})
        return (of_groups.count > 0) | (of_people.count > 0)


def _asked(question: Question) -> set[Family]:
    """The families of which a coding must have a member that satisfies the filter, whatever is compared."""
    chosen = question.chosen
    asked = set()
    if chosen.stances or chosen.terms or chosen.actors:
        asked.add(Family.STANCE)
    if asks_for_relation(chosen) and question.is_cut:
        asked.add(Family.OCCASION)
    if chosen.layers:
        asked.add(Family.LAYER)
    return asked
