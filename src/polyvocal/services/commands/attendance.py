"""Who was where, as an account itself tells it."""

from collections.abc import Sequence

from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import PersonId
from polyvocal.domain.records import ConstituentGroup, Event, Person, Presence, Session
from polyvocal.domain.text import clean_text
from polyvocal.domain.words import Doing, Fate, Phase
from polyvocal.services.commands.incoming import About, Note
from polyvocal.services.commands.people import find_group, find_person
from polyvocal.store.unit import Unit


class Attendance:
    """Notes presence for the accounts of one import: of two that tell of the same person and session, once."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._noted: set[tuple[int, int]] = set()

    def of(
        self, about: About, observers: Sequence[PersonId], occasion: tuple[Event, Session | None] | None
    ) -> tuple[list[Presence], list[Note]]:
        """What there is to note of an account that tells who was present, and what is to be told of it.

        Its observers were observing, people whom the project knows took part; what was noted before stays. Presence is
        of people and in a session: groups, names that the project does not know, and what was not during the event
        are told only.
        """
        if about.present is None:
            return [], []
        known, groups, unknown = self._sorted(about.present)
        session = occasion[1] if occasion is not None else None
        notes = []
        if groups:
            notes.append(Note("group that was present", len(groups), "; ".join(groups)))
        if unknown:
            why = "not noted as present, since the project knows nobody of the name"
            notes.append(Note("name of somebody present", len(unknown), f"{'; '.join(unknown)}: {why}"))
        if session is None or about.phase not in (None, Phase.DURING):
            if known:
                why = "not noted, since that needs a session of the event"
                names = "; ".join(one.name for one in known)
                notes.append(Note("name of somebody present", len(known), f"{names}: {why}"))
            return [], notes
        position = clean_text(about.position) if len(observers) == 1 else None
        found = [
            *self._fresh(observers, session, Doing.OBSERVING, position),
            *self._fresh([one.id for one in known], session, Doing.TAKING_PART, None),
        ]
        if found:
            notes.append(Note("presence", len(found), f"noted in {session.title}", Fate.CARRIED_OVER))
        return found, notes

    def _sorted(self, names: Sequence[str]) -> tuple[list[Person], list[str], list[str]]:
        """The names of people, of groups, and of neither (or of several)."""
        people, groups, unknown = [], [], []
        for name in names:
            try:
                person: Person | None = find_person(self._unit, name)
                group: ConstituentGroup | None = None if person else find_group(self._unit, name)
            except UserError:
                person = group = None
            if person is not None:
                people.append(person)
            elif group is not None:
                groups.append(group.name)
            else:
                unknown.append(name)
        return people, groups, unknown

    def _fresh(self, people: Sequence[PersonId], session: Session, doing: Doing, place: str | None) -> list[Presence]:
        found = []
        for person in people:
            if (person, session.id) in self._noted:
                continue
            self._noted.add((person, session.id))
            if not self._unit.count(Presence, person=person, session=session.id):
                found.append(
                    Presence(id=self._unit.new_id(), person=person, session=session.id, doing=doing, place=place)
                )
        return found
