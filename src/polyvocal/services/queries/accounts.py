"""The accounts of one observer, and how far they have been read."""

from typing import NamedTuple

from polyvocal.domain.ids import PersonId, SourceId
from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.records import Authorship, Person, Reading
from polyvocal.domain.words import ReadingState
from polyvocal.services.queries.passages import source_is_meant
from polyvocal.services.queries.setting import setting_around
from polyvocal.store.view import View


class ReadBy(NamedTuple):
    """How far a coder has read an account: `share` from 0 to 1."""

    coder: str
    state: ReadingState
    share: float


class AccountRow(NamedTuple):
    """An account; `read` is by every coder who has begun, who read farthest first."""

    id: SourceId
    title: str
    words: int
    read: tuple[ReadBy, ...]


def accounts_of(view: View, observer: PersonId, chosen: PassageFilter) -> tuple[AccountRow, ...]:
    """The accounts by an observer that a filter leaves, by title, and how far its coders (or any coder) read them.

    Jottings from which a note was written are none of their own.
    """
    written = [one.source for one in view.find(Authorship, person=observer)]
    setting = setting_around(view, written)
    read: dict[int, list[tuple[Person, Reading]]] = {}
    for one in view.among(Reading, "source", written):
        if one.state is not ReadingState.UNREAD and (not chosen.coders or one.coder in chosen.coders):
            read.setdefault(one.source, []).append((setting.people[one.coder], one))
    rows = []
    for info in setting.sources:
        if not info.counts or not source_is_meant(info, chosen):
            continue
        version = info.current
        by = [
            ReadBy(
                coder.name,
                one.state,
                1.0 if one.state is ReadingState.DONE else min(one.read_to / max(version.length, 1), 1.0),
            )
            for coder, one in read.get(info.source.id, ())
        ]
        by.sort(key=lambda one: (-one.share, one.coder.casefold()))
        rows.append(AccountRow(info.source.id, info.source.title, version.words, tuple(by)))
    return tuple(rows)
