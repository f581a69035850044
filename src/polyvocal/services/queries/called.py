"""How moments and divergences are called, which need no title of their own."""

from polyvocal.domain.moments import Divergence, Moment
from polyvocal.domain.records import Event, Session
from polyvocal.store.view import View


def moment_called(view: View, moment: Moment) -> str:
    """By its title, else by its session, with the window where it has one: "Plenary, 10:45–11:00"."""
    session = view.need(Session, moment.session).title if moment.session is not None else None
    return moment_named(moment, session or view.need(Event, moment.event).title)


def moment_named(moment: Moment, place: str) -> str:
    """How a moment is called in a session (or, where it is of none, an event) of a title."""
    return moment.title or ", ".join(filter(None, (place, window_in_words(moment))))


def window_in_words(moment: Moment) -> str | None:
    """From when to when a moment is said to go: "10:45–11:00", with the days where it is on two or the whole of one."""
    if moment.starts is None:
        return None
    starts, ends = moment.starts[:16].replace("T", " "), (moment.ends or "")[:16].replace("T", " ")
    if not ends:
        return f"from {starts}"
    if len(starts) == len(ends) == 16 and starts[:10] == ends[:10]:
        return f"{starts}–{ends[11:]}"
    return f"{starts}–{ends}"


def divergence_called(divergence: Divergence) -> str:
    """By its title, else by its kind."""
    return divergence.title or f"of {divergence.kind}"
