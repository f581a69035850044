"""Which event, session and phase a passage belongs to, where parts of its text were said to be about something else.

The rule. A source has occasions: what it is about as a whole. Parts of it, its stretches, may be about something else.
Of a code point and an event, the relations are the stretches about that event in which the code point lies; where it
lies in none, the source's occasions about that event. The relations of a passage are those of its code points, taken
together. So:

- a passage that touches two stretches stands in both, and counts in each;
- one that reaches beyond them into text that no stretch about the event covers also has the source's occasion;
- one that touches no stretch about an event has the source's occasion about it;
- a text as a whole has the relations of all its code points: an occasion counts no more once stretches about its event
  cover all of it;
- a passage of which no words are left has the occasions that the text as a whole has, since it lies in no stretch now.

Stretches about different events know nothing of each other. Those about one event do not overlap where they are made;
after a correction across their border they may, and what they share is then in both.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from polyvocal.domain.records import Event, Occasion, Session, Stretch
from polyvocal.domain.spans import Span
from polyvocal.domain.words import Phase

Relation = Occasion | Stretch
"""What says of a text, or of a part of it, to which event it belongs, to which session, and before, during or after."""


class Run(NamedTuple):
    """A part of a text, half-open in code points, all of whose code points have the same relations."""

    start: int
    end: int
    relations: tuple[Relation, ...]


def runs_of(length: int, occasions: Sequence[Occasion], stretches: Iterable[tuple[Span, Stretch]]) -> tuple[Run, ...]:
    """A text of a length cut where its relations change: runs that cover all of it, in order.

    Stretches come with their places in the text; () where there are none. O(n log n), where few overlap.
    """
    placed = sorted(stretches, key=lambda one: (one[0], one[1].id))
    ends = sorted({end for span, _ in placed for end in span})
    if not ends:
        return ()
    runs: list[Run] = []
    open_now: list[tuple[Span, Stretch]] = []
    at = 0
    for start, end in pairwise(sorted({0, *ends, length})):
        open_now = [one for one in open_now if one[0].end > start]
        while at < len(placed) and placed[at][0].start <= start:
            open_now.append(placed[at])
            at += 1
        runs.append(Run(start, end, _relations(occasions, [stretch for _, stretch in open_now])))
    return tuple(runs)


def _relations(occasions: Sequence[Occasion], stretches: Sequence[Stretch]) -> tuple[Relation, ...]:
    said = {one.event for one in stretches}
    return (*(one for one in occasions if one.event not in said), *stretches)


def relations_within(runs: Sequence[Run], start: int, end: int) -> tuple[Relation, ...]:
    """The relations of [start, end) in a text that is cut into runs, each once, in the order of the text."""
    first = bisect_right(runs, start, key=lambda run: run.end)
    last = bisect_left(runs, end, key=lambda run: run.start)
    if last == first + 1:
        return runs[first].relations
    return tuple({one.id: one for run in runs[first:last] for one in run.relations}.values())


def phase_of(session: Session, event: Event) -> Phase:
    """Where a session stands to its event if nobody says: by the times of both; during, where these leave it open."""
    if session.starts and event.starts and session.ends and session.ends <= event.starts:
        return Phase.BEFORE
    if session.starts and event.ends and session.starts >= event.ends:
        return Phase.AFTER
    return Phase.DURING
