"""What a fieldnote template offers to the person who will fill it in: the project's own words for one event."""

from dataclasses import dataclass

from polyvocal.domain.errors import UserError
from polyvocal.domain.records import ConstituentGroup, Event, Membership, Person, Presence, Project, Session
from polyvocal.domain.text import shown
from polyvocal.domain.words import Doing, Standing
from polyvocal.services.references import kind_named, resolve
from polyvocal.store.view import View


@dataclass(frozen=True, slots=True)
class TemplateSetting:
    """The event, its sessions by their start, who may have been there; and who is to fill it in, if that is known."""

    project: str
    event: str
    place: str | None
    starts: str | None
    ends: str | None
    sessions: tuple[str, ...]
    groups: tuple[str, ...]
    people: tuple[str, ...]
    observer: str | None
    standing: Standing | None


def template_setting(view: View, event: str | None, observer: str | None) -> TemplateSetting:
    """Read it. People are those of whom it is noted that they were in a session of the event, groups those of these
    people; where nothing is noted, all groups and nobody.

    Raises UserError for an event or an observer that is not there, and where no event is named and there is not one.
    """
    (project,) = view.all(Project)
    about = _event(view, event)
    who: Person | None = resolve(view, kind_named("observer"), observer) if observer is not None else None
    sessions = sorted(view.find(Session, event=about.id), key=lambda one: (one.starts or "~", one.id))
    there = {
        one.person
        for one in view.among(Presence, "session", [session.id for session in sessions])
        if one.doing is not Doing.ABSENT
    }
    theirs = {one.constituent_group for one in view.all(Membership) if one.person in there}
    groups = [one.name for one in view.all(ConstituentGroup) if not theirs or one.id in theirs]
    people = [one.name for one in view.all(Person) if one.id in there and (who is None or one.id != who.id)]
    return TemplateSetting(
        project=project.title,
        event=about.title,
        place=about.place,
        starts=about.starts,
        ends=about.ends,
        sessions=tuple(one.title for one in sessions),
        groups=tuple(sorted(groups, key=str.casefold)),
        people=tuple(sorted(people, key=str.casefold)),
        observer=who.name if who else None,
        standing=who.standing if who else None,
    )


def _event(view: View, reference: str | None) -> Event:
    if reference is not None:
        found: Event = resolve(view, kind_named("event"), reference)
        return found
    events = view.all(Event)
    if not events:
        raise UserError(
            "a template is for an event, and there is none yet: enter it with `polyvocal add PROJECT event TITLE`"
        )
    if len(events) > 1:
        listed = ", ".join(shown(one.title) for one in events)
        raise UserError(f"a template is for one event: say with --event TITLE for which of {listed}")
    return events[0]
