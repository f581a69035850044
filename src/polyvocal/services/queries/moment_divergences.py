"""The divergences of a moment: those that were recorded of it, and those of words that are of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from polyvocal.domain.ids import DivergenceId, MomentId, SourceId
from polyvocal.domain.moments import Divergence, Moment
from polyvocal.domain.records import Memo, Person
from polyvocal.domain.spans import Span, touches
from polyvocal.services.queries.divergences import DivergenceRow, list_divergences
from polyvocal.services.queries.setting import setting_around
from polyvocal.store.view import View


class MemoOnDivergence(NamedTuple):
    """A memo about a divergence, and who wrote it."""

    text: str
    author: str | None


class DivergenceHere(NamedTuple):
    """A divergence, the memos about it from the oldest on, and whether it was recorded of this moment itself."""

    row: DivergenceRow
    memos: tuple[MemoOnDivergence, ...]
    of_this: bool


def divergences_of_moment(
    view: View, moment: MomentId, words: Mapping[SourceId, Sequence[Span]]
) -> tuple[DivergenceHere, ...]:
    """In the order in which they were recorded; none orders or weighs them.

    `moment` is 0 where it is not saved; `words` are of it, sorted and apart in each source.
    """
    found = []
    for row in list_divergences(view):
        of_this = bool(moment) and row.moment_id == moment
        if of_this or any(
            not one.gone and touches(words.get(one.source, ()), one.start, one.end) for one in row.passages
        ):
            found.append((row, of_this))
    memos: dict[int, list[Memo]] = {}
    for memo in view.among(Memo, "about", [row.id for row, _ in found]):
        memos.setdefault(memo.about or 0, []).append(memo)
    names = {one.id: one.name for one in view.all(Person)} if memos else {}
    return tuple(
        DivergenceHere(
            row,
            tuple(
                MemoOnDivergence(one.text, names.get(one.author) if one.author is not None else None)
                for one in sorted(memos.get(row.id, ()), key=lambda one: (one.created_at, one.id))
            ),
            of_this,
        )
        for row, of_this in found
    )


class WhereItIs(NamedTuple):
    """A divergence, and the moment in which it is read: its own, else the session of most of its passages, unsaved.

    Of what is about no session there is none.
    """

    row: DivergenceRow
    moment: Moment | None


def where_divergence_is(view: View, divergence: DivergenceId) -> WhereItIs | None:
    """Where a divergence is to be read; None if it is gone."""
    if view.get(Divergence, divergence) is None:
        return None
    row = next(one for one in list_divergences(view) if one.id == divergence)
    if row.moment_id is not None:
        return WhereItIs(row, view.need(Moment, row.moment_id))
    infos = {one.source.id: one for one in setting_around(view, {one.source for one in row.passages}).sources}
    sessions = Counter(
        (relation.event, relation.session)
        for one in row.passages
        if not one.gone
        for relation in infos[one.source].relations_of(one.start, one.end)
        if relation.session is not None
    )
    for (event, session), _ in sessions.most_common(1):
        return WhereItIs(row, Moment(id=MomentId(0), event=event, session=session))
    return WhereItIs(row, None)
