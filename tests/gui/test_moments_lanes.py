"""Moments of parallel sessions: in the order of time, and beside each other in lanes."""

from datetime import UTC, datetime, timedelta

from polyvocal.domain.ids import EventId, MomentId, SessionId
from polyvocal.domain.moments import Moment
from polyvocal.domain.words import Alignment
from polyvocal.gui.views.moments_lanes import runs_of
from polyvocal.services.queries.moments import MomentInOrder
from polyvocal.services.queries.moments_of_event import ListedMoment

MIDNIGHT = datetime(2024, 5, 14, tzinfo=UTC)


def listed(*told: str) -> list[ListedMoment]:
    """Moments of sessions as "A 9-12", in hours of one day; of no session as "- 9-12". They are in their order."""
    found = []
    spans = []
    for word in told:
        session, hours = word.split()
        starts, ends = (int(one) for one in hours.split("-"))
        spans.append((session, starts, ends))
    for number, (session, starts, ends) in enumerate(spans):
        parallel = tuple(
            other
            for other, begins, until in spans
            if "-" not in (session, other) and other != session and begins < ends and starts < until
        )
        identity = SessionId(ord(session)) if session != "-" else None
        place = MomentInOrder(
            MomentId(number + 1), f"M{number}", "Event", EventId(1), session, identity,
            MIDNIGHT + timedelta(hours=starts), MIDNIGHT + timedelta(hours=ends), Alignment.TIME, None, 0,
        )  # fmt: skip
        moment = Moment(id=place.id, event=place.event_id, session=identity)
        found.append(ListedMoment(moment, place, 1, 0, 0, parallel))
    return found


def drawn(*told: str) -> list[list[str]]:
    """Each run with its rows: "o" where the row is, "|" where a lane goes on, "." where it is free."""
    return [
        ["".join("o" if one.here else "|" if one.above or one.below else "." for one in row.lanes) for row in run.lanes]
        for run in runs_of(listed(*told))
    ]


def test_sessions_at_the_same_time_have_lanes_of_their_own_in_the_order_of_time() -> None:
    told = "P 9-12", "A 13-15", "B 13-15", "A 13-14", "B 14-15", "R 15-16"
    assert drawn(*told) == [["o.", "|o", "o|", "|o"]]
    (run,) = runs_of(listed(*told))
    assert (run.first, run.last, f"{run.begins:%H}", f"{run.ends:%H}") == (1, 5, "13", "15")


def test_sessions_that_follow_each_other_share_a_lane_beside_one_that_goes_on() -> None:
    assert drawn("H 9-17", "P 9-10", "L 10-11", "T 11-12") == [["o.", "|o", "|o", "|o"]]


def test_moment_of_no_session_is_in_all_lanes_that_go_on() -> None:
    assert drawn("A 13-15", "B 13-15", "- 14-15") == [["o.", "|o", "oo"]]
    assert drawn("A 13-15", "- 13-14", "A 14-15") == []


def test_lane_ends_with_the_last_row_that_begins_while_its_session_goes_on() -> None:
    (run,) = runs_of(listed("A 13-15", "B 13-20", "B 16-17"))
    first = [row.lanes[0] for row in run.lanes]
    assert [(one.above, one.below) for one in first] == [(False, True), (True, False), (False, False)]


def test_moment_whose_parallel_one_is_not_listed_is_in_no_run() -> None:
    both = listed("A 13-15", "B 13-15", "A 14-15")
    assert not list(runs_of([both[0], both[2]]))


def test_run_ends_at_midnight() -> None:
    assert drawn("A 22-26", "B 23-27", "A 25-26") == [["o.", "|o"]]
