"""A moment as several observers wrote it, as columns that are read side by side: who, from where, read by whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from polyvocal.domain.courses import Course
from polyvocal.domain.ids import PersonId, SourceId
from polyvocal.domain.moments import Moment
from polyvocal.domain.records import Authorship, Person, Presence, Reading, Session, SourceVersion
from polyvocal.domain.spans import Span, union
from polyvocal.domain.text import count_words
from polyvocal.domain.timeline import instant
from polyvocal.domain.words import Alignment, Doing, ReadingState, Standing
from polyvocal.services.queries.moments import (
    AccountOfMoment,
    MomentAsTold,
    MomentInOrder,
    NotPlaced,
    ObserverOfMoment,
    moment_as_told,
)
from polyvocal.services.queries.time_marks import times_of
from polyvocal.store.view import View


@dataclass(frozen=True, slots=True)
class ReadBy:
    """How far a coder has read an account."""

    coder: str
    state: ReadingState


@dataclass(frozen=True, slots=True)
class AccountInColumn:
    """What an account says of the moment: how many words of how many, read by whom, and its way through the moment."""

    account: AccountOfMoment
    words: int
    of_words: int
    read_by: tuple[ReadBy, ...]
    course: Course

    @property
    def source(self) -> SourceId:
        """The account."""
        return self.account.source

    @property
    def aligned(self) -> tuple[Alignment, ...]:
        """By what its passages were placed, each once."""
        return tuple(dict.fromkeys(one.by for one in self.account.passages))

    @property
    def is_certain(self) -> bool:
        """Whether all of its passages are sure to be of the moment."""
        return all(one.certain for one in self.account.passages)

    @property
    def spans(self) -> list[Span]:
        """Its passages in order, those that touch as one."""
        return union(Span(one.start, one.end) for one in self.account.passages)


@dataclass(frozen=True, slots=True)
class Column:
    """What one observer wrote of a moment, or several who wrote it together; nobody, where it has no observer.

    `positions` say where in the room each account was written from, or where the observer was.
    """

    observers: tuple[PersonId, ...]
    names: tuple[str, ...]
    standing: Standing | None
    positions: tuple[str, ...]
    accounts: tuple[AccountInColumn, ...]

    @property
    def key(self) -> tuple[int, ...]:
        """What tells the column from the others of any moment."""
        return tuple(self.observers)


@dataclass(frozen=True, slots=True)
class MomentInColumns:
    """A moment with its columns, by standing; the observers who have none; and what could not be placed."""

    asked: Moment
    told: MomentAsTold
    columns: tuple[Column, ...]
    without: tuple[ObserverOfMoment, ...]
    not_placed: tuple[NotPlaced, ...]

    @property
    def place(self) -> MomentInOrder:
        """The moment where it stands in its event."""
        return self.told.moment

    @property
    def words(self) -> dict[SourceId, list[Span]]:
        """The words that are of it, by account."""
        return {account.source: account.spans for column in self.columns for account in column.accounts}


class SelectedWords(NamedTuple):
    """Words that somebody selected in a column: whose they are, from which standing, and where in which account."""

    name: str
    standing: Standing | None
    title: str
    start: int
    end: int
    text: str


def moment_in_columns(view: View, moment: Moment) -> MomentInColumns:
    """Read a moment, saved or not, with all that stands in the heads of its columns."""
    told = moment_as_told(view, moment)
    reader = _Reader(view, moment, told)
    columns: list[Column] = []
    for one in told.observers:
        if not one.accounts:
            continue
        if together := _written_together(columns, one):
            columns[columns.index(together)] = Column(
                (*together.observers, one.observer),
                (*together.names, one.name),
                together.standing if together.standing is one.standing else None,
                tuple(dict.fromkeys((*together.positions, *reader.positions(one)))),
                together.accounts,
            )
        else:
            accounts = reader.accounts(one.accounts)
            columns.append(Column((one.observer,), (one.name,), one.standing, reader.positions(one), accounts))
    if told.others:
        columns.append(Column((), (), None, (), reader.accounts(told.others)))
    unplaced = [found for one in told.observers for found in one.not_placed]
    seen = {one.source: one for one in (*unplaced, *told.others_not_placed)}
    return MomentInColumns(
        moment, told, tuple(columns), tuple(one for one in told.observers if not one.accounts), tuple(seen.values())
    )


def _written_together(columns: Iterable[Column], observer: ObserverOfMoment) -> Column | None:
    """The column of somebody who wrote just the same accounts."""
    mine = [one.source for one in observer.accounts]
    return next((one for one in columns if [account.source for account in one.accounts] == mine), None)


class _Reader:
    """Reads what stands in the heads of the columns of one moment."""

    def __init__(self, view: View, moment: Moment, told: MomentAsTold) -> None:
        self._view, self._place = view, told.moment
        self._of_session = moment.session
        self._event = moment.event
        accounts = [*told.others, *(account for one in told.observers for account in one.accounts)]
        sources = {one.source for one in accounts}
        names = {one.id: one.name for one in view.all(Person)}
        self._readings: dict[SourceId, list[ReadBy]] = {}
        for reading in view.among(Reading, "source", sources):
            if reading.state is not ReadingState.UNREAD:
                self._readings.setdefault(reading.source, []).append(ReadBy(names[reading.coder], reading.state))
        self._words = {one.id: one.words for one in view.among(SourceVersion, "source", sources)}
        self._authorships = view.among(Authorship, "source", sources)
        self._made: dict[SourceId, AccountInColumn] = {}

    def accounts(self, accounts: Iterable[AccountOfMoment]) -> tuple[AccountInColumn, ...]:
        return tuple(self._account(one) for one in accounts)

    def _account(self, account: AccountOfMoment) -> AccountInColumn:
        if account.source not in self._made:
            read = sorted(self._readings.get(account.source, ()), key=lambda one: one.coder.casefold())
            spans = union(Span(one.start, one.end) for one in account.passages)
            self._made[account.source] = AccountInColumn(
                account,
                sum(count_words(one.text) for one in account.passages),
                self._words[account.version],
                tuple(read),
                Course(spans, self._known(account.source)),
            )
        return self._made[account.source]

    def _known(self, source: SourceId) -> list[tuple[int, float]]:
        """How far along the moment the times are that are marked in an account."""
        begins, ends = self._place.begins, self._place.ends
        if begins is None or ends is None or begins == ends:
            return []
        return [
            (one.mark.start, _share(one.at, begins, ends))
            for one in times_of(self._view, source, self._event).placed
            if one.counts and one.at is not None and (one.at.tzinfo is None) is (begins.tzinfo is None)
        ]

    def positions(self, observer: ObserverOfMoment) -> tuple[str, ...]:
        """From where somebody wrote, as the accounts say, else as is noted of the session."""
        mine = {one.source for one in observer.accounts}
        said = [
            one.position
            for one in self._authorships
            if one.person == observer.observer and one.source in mine and one.position
        ]
        return tuple(dict.fromkeys(said)) or self._noted(observer.observer)

    def _noted(self, person: PersonId) -> tuple[str, ...]:
        if self._of_session is None:
            return ()
        session = self._view.need(Session, self._of_session)
        noted = self._view.find(Presence, person=person, session=session.id)
        return tuple(one.place for one in noted if one.place and one.doing is not Doing.ABSENT)


def _share(at: datetime, begins: datetime, ends: datetime) -> float:
    return (instant(at) - instant(begins)) / (instant(ends) - instant(begins))
