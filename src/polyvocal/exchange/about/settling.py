"""From claims to values: which is believed, which of the project's names are meant, and what is left in doubt."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from functools import cached_property

from polyvocal.domain.errors import UserError
from polyvocal.domain.text import shown
from polyvocal.domain.words import SourceKind
from polyvocal.exchange.about.found import Claim, Doubt, Field, Found, Key, Origin, Said, Values, claims_of
from polyvocal.exchange.about.keywords import KINDS, PHASES, STANDINGS, plain
from polyvocal.exchange.about.template_words import has_boxes, ticked
from polyvocal.exchange.about.times import Told, joined, read_time
from polyvocal.services.commands.setting import refuse_backwards
from polyvocal.services.queries.names import Names
from polyvocal.services.references import folded

_AND = re.compile(r"\s*;\s*|\s*&\s*|\s+\b(?:and|und|et|en|y|e)\b\s+", re.IGNORECASE)
_MAYBE_AND = re.compile(r"[,\n]")
_LISTED = re.compile(r"\s*[;\n]\s*|\s*,\s*")
_LONGEST_LIST = 200


class KnownNames:
    """The names of a project, made ready for looking up."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.people = {folded(name): name for name, _ in names.people}
        self.standings = {folded(name): standing for name, standing in names.people}
        self.groups = {folded(name): name for name in names.groups}
        self.events = {folded(title): title for title in names.events}
        self.notes = {folded(title): title for title in names.notes}
        self.sessions: dict[str, dict[str, str]] = {}
        for event, title in names.sessions:
            self.sessions.setdefault(folded(event), {})[folded(title)] = title

    @cached_property
    def all_sessions(self) -> dict[str, str]:
        """The sessions of all events."""
        return {key: title for titles in self.sessions.values() for key, title in titles.items()}

    def events_with(self, session: str) -> list[str]:
        """The events that have a session of this title."""
        return [self.events[event] for event, titles in self.sessions.items() if folded(session) in titles]

    def day_of(self, event: str | None, session: str | None) -> str | None:
        """The one day on which a session, or else the event, was."""
        if event is None:
            return None
        on = {(folded(of), folded(part) if part else None): day for of, part, day in self.names.days}
        return on.get((folded(event), folded(session))) if session else on.get((folded(event), None))

    def knows(self, key: Key, words: str) -> int | None:
        """How well words from a file's name fit a field, as `pattern.Knows` has it."""
        if key in (Key.DATE, Key.TIME):
            told = read_time(words)
            return 2 if told.day or told.begins or told.readings else None
        if key in _VOCABULARIES:
            return 2 if plain(words) in _VOCABULARIES[key][1] else None
        tables = {Key.OBSERVER: self.people, Key.EVENT: self.events, Key.SESSION: self.all_sessions}
        return 2 if folded(words) in tables.get(key, {}) else 1


_VOCABULARIES: Mapping[Key, tuple[Field, Mapping[str, StrEnum]]] = {
    Key.KIND: (Field.KIND, KINDS),
    Key.STANDING: (Field.STANDING, STANDINGS),
    Key.PHASE: (Field.PHASE, PHASES),
}
_CALLED = {Field.KIND: "kind of text", Field.STANDING: "standing", Field.PHASE: "phase"}


def settle(claims: Iterable[Claim], known: KnownNames) -> Found:
    """What the claims come to. Of several about one thing the most trusted is taken; a doubt tells of the others."""
    settling = _Settling(list(claims), known)
    for step in (
        settling.names,
        settling.vocabularies,
        settling.occasion,
        settling.times,
        settling.rest,
    ):
        step()
    return Found(settling.said, tuple(settling.doubts))


@dataclass(slots=True)
class _Settling:
    claims: list[Claim]
    known: KnownNames
    said: dict[Field, Said] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)

    def _doubt(self, what: Field, sentence: str, readings: Sequence[str] = ()) -> None:
        self.doubts.append(Doubt(what, sentence, tuple(readings)))

    def _first(self, what: Field) -> str | None:
        return self.said[what].values[0] if what in self.said and self.said[what].values else None

    # --- who -----------------------------------------------------------------------------------------------------

    def names(self) -> None:
        """Observers. Who made a document is taken only where the project knows the name, and else asked for."""
        claims = claims_of(self.claims, Key.OBSERVER)
        trusted = [one for one in claims if one.origin is not Origin.PROPERTIES]
        weak = [one for one in claims if one.origin is Origin.PROPERTIES]
        if trusted:
            names = self._people(trusted[0].words)
            self.said[Field.OBSERVERS] = Said(names, trusted[0].origin)
            for name in names:
                self._tell_near(Field.OBSERVERS, name, self.known.people, "person")
            self._tell_others(Field.OBSERVERS, trusted, [self._people(one.words) for one in trusted])
        for one in weak:
            names = self._people(one.words)
            if trusted:
                continue
            if all(folded(name) in self.known.people for name in names):
                self.said[Field.OBSERVERS] = Said(names, one.origin)
            else:
                self._doubt(
                    Field.OBSERVERS,
                    f"The document's properties name {shown(one.words)} as its author: is that who observed?",
                )

    def _people(self, words: str) -> Values:
        """The names in words. Commas and line ends divide them only where that gives names that are known."""
        names: list[str] = []
        for part in [words] if folded(words) in self.known.people else _AND.split(words):
            pieces = [_line(one) for one in _MAYBE_AND.split(part) if one.strip()]
            turned = " ".join(reversed(pieces)) if len(pieces) == 2 else ""
            if folded(turned) in self.known.people:
                pieces = [turned]
            elif len(pieces) > 1 and not all(folded(one) in self.known.people for one in pieces):
                pieces = [_line(part)]
                self._doubt(
                    Field.OBSERVERS, f"Is {shown(pieces[0])} one person or several? Set several apart by semicolons."
                )
            names += (self.known.people.get(folded(one), one) for one in pieces)
        return tuple(dict.fromkeys(names))

    def _tell_near(self, what: Field, name: str, names: Mapping[str, str], kind: str) -> None:
        """Ask where a name is nearly one that is known: it is not taken for it."""
        if folded(name) in names:
            return
        near = near_to(name, names)
        if near:
            listed = " or ".join(shown(one) for one in near)
            self._doubt(what, f"There is no {kind} {shown(name)} yet: is it {listed}?", near)

    def _tell_others(self, what: Field, claims: Sequence[Claim], values: Sequence[Values]) -> None:
        """Tell where a less trusted place says something else."""
        for claim, value in zip(claims[1:], values[1:], strict=True):
            if {folded(one) for one in value} != {folded(one) for one in values[0]}:
                self._doubt(
                    what,
                    f"The {claims[0].origin} says {shown('; '.join(values[0]))}, the {claim.origin} "
                    f"{shown('; '.join(value))}: the first is taken.",
                    value,
                )
                return

    # --- what, and from where ------------------------------------------------------------------------------------

    def vocabularies(self) -> None:
        """Kind, standing and phase: words of fixed vocabularies."""
        for key, (what, vocabulary) in _VOCABULARIES.items():
            read = [(one, vocabulary.get(plain(one.words))) for one in claims_of(self.claims, key)]
            good = [(one, (str(value),)) for one, value in read if value is not None]
            if good:
                self.said[what] = Said(good[0][1], good[0][0].origin)
                self._tell_others(what, [one for one, _ in good], [value for _, value in good])
            bad = next((one for one, value in read if value is None), None)
            if bad is not None and (not good or bad is read[0][0]):
                allowed = ", ".join(dict.fromkeys(map(str, vocabulary.values())))
                self._doubt(what, f"The {_CALLED[what]} is {shown(bad.words)} here; there are {allowed}.")
        self._heed_known_standing()

    def _heed_known_standing(self) -> None:
        """A standing that the project knows is not changed by a file."""
        standing = self._first(Field.STANDING)
        for name in self.said.get(Field.OBSERVERS, Said((), "")).values:
            there = self.known.standings.get(folded(name))
            if standing is not None and there is not None and there != standing:
                self._doubt(
                    Field.STANDING,
                    f"{name} is known to write as {there}, not as {standing}: that stays.",
                    (str(there),),
                )
                self.said.pop(Field.STANDING, None)

    def occasion(self) -> None:
        """Event and session; a session that one event only has tells the event."""
        events = claims_of(self.claims, Key.EVENT)
        if events:
            titles = [(self.known.events.get(folded(one.words), _line(one.words)),) for one in events]
            self.said[Field.EVENT] = Said(titles[0], events[0].origin)
            self._tell_near(Field.EVENT, titles[0][0], self.known.events, "event")
            self._tell_others(Field.EVENT, events, titles)
        sessions = claims_of(self.claims, Key.SESSION)
        if sessions:
            self._session(sessions)
        if self._first(Field.EVENT) is None and len(self.known.events) == 1 and Field.PHASE in self.said:
            self.said[Field.EVENT] = Said(tuple(self.known.events.values()), "the only event of the project")
        if self._first(Field.EVENT) is None and Field.PHASE in self.said:
            self._doubt(Field.EVENT, f"It is from {self._first(Field.PHASE)} an event: say which.")

    def _session(self, claims: Sequence[Claim]) -> None:
        words = _line(claims[0].words)
        event = self._first(Field.EVENT)
        with_it = self.known.events_with(words)
        if event is None and len(with_it) == 1:
            event = with_it[0]
            self.said[Field.EVENT] = Said((event,), f"the event of the session ({claims[0].origin})")
        elif event is None and len(with_it) > 1:
            listed = " or ".join(shown(one) for one in with_it)
            self._doubt(Field.EVENT, f"{listed} both have a session {shown(words)}: which is it?", with_it)
        elif event is None and len(self.known.events) == 1:
            event = next(iter(self.known.events.values()))
            self.said[Field.EVENT] = Said((event,), "the only event of the project")
        elif event is None:
            self._doubt(Field.EVENT, f"Of which event is the session {shown(words)}?")
        here = self.known.sessions.get(folded(event), {}) if event else self.known.all_sessions
        titles = [(here.get(folded(one.words), _line(one.words)),) for one in claims]
        self.said[Field.SESSION] = Said(titles[0], claims[0].origin)
        self._tell_near(Field.SESSION, titles[0][0], here, "session")
        self._tell_others(Field.SESSION, claims, titles)

    # --- when ----------------------------------------------------------------------------------------------------

    def times(self) -> None:
        """When was observed, and when written. A time without a day is of the day of the session or event."""
        told = {
            key: (one, read_time(one.words))
            for key in (Key.DATE, Key.TIME, Key.OBSERVED_FROM, Key.OBSERVED_TO, Key.WRITTEN_AT)
            for one in claims_of(self.claims, key)[:1]
        }
        fields = {Key.OBSERVED_TO: Field.OBSERVED_TO, Key.WRITTEN_AT: Field.WRITTEN_AT}
        for key, (claim, time) in told.items():
            self._heed_unreadable(fields.get(key, Field.OBSERVED_FROM), claim, time)
        self._observed(told)
        if Key.WRITTEN_AT in told:
            claim, time = told[Key.WRITTEN_AT]
            day = time.day or (self._day(told) if time.begins else None)
            if day:
                self.said[Field.WRITTEN_AT] = Said((joined(day, time.begins),), claim.origin)

    def _heed_unreadable(self, what: Field, claim: Claim, told: Told) -> None:
        if told.readings:
            listed = " or ".join(told.readings)
            self._doubt(what, f"{shown(claim.words)} may be {listed}: say which.", told.readings)
        elif told.day is None and told.begins is None:
            self._doubt(
                what, f"{shown(claim.words)} is no day and no time that can be read: write it as 2024-05-14 10:45."
            )

    def _observed(self, told: Mapping[Key, tuple[Claim, Told]]) -> None:
        date, clock = told.get(Key.DATE), told.get(Key.TIME)
        starts, ends = told.get(Key.OBSERVED_FROM), told.get(Key.OBSERVED_TO)
        first = next((one for one in (starts, clock, date) if one and (one[1].begins or one[1].day)), None)
        if first is None and ends is None:
            return
        day = self._day(told)
        begins = next((one[1].begins for one in (starts, clock, date) if one and one[1].begins), None)
        until = next((one[1].begins for one in (ends,) if one and one[1].begins), None)
        until = until or next((one[1].ends for one in (starts, clock, date) if one and one[1].ends), None)
        if day is None:
            if begins or until:
                self._doubt(Field.OBSERVED_FROM, f"Observed at {begins or until}, but on which day?")
            return
        derived = not any(one and one[1].day for one in (starts, date, clock, ends))
        place = first or ends
        assert place is not None
        origin = f"{place[0].origin}; the day is that of the event" if derived else str(place[0].origin)
        if first is not None:
            self.said[Field.OBSERVED_FROM] = Said((joined(day, begins),), origin)
        last_day = (ends[1].day if ends else None) or day
        if until is not None:
            after = None if ends and ends[1].day else begins
            self._observed_to(joined(last_day, until, after=after), origin)
        elif ends is not None and ends[1].day:
            self._observed_to(ends[1].day, origin)

    def _observed_to(self, when: str, origin: str) -> None:
        """When the observing ended, unless that lies before it began: which of the two is wrong is asked."""
        try:
            refuse_backwards(self._first(Field.OBSERVED_FROM), when, "observing")
        except UserError as fault:
            self._doubt(Field.OBSERVED_TO, f"{str(fault)[:1].upper()}{str(fault)[1:]}.")
        else:
            self.said[Field.OBSERVED_TO] = Said((when,), origin)

    def _day(self, told: Mapping[Key, tuple[Claim, Told]]) -> str | None:
        """The day that is named, or else the one on which the session or the event was."""
        for key in (Key.OBSERVED_FROM, Key.DATE, Key.TIME, Key.OBSERVED_TO):
            if key in told and told[key][1].day:
                return told[key][1].day
        if self._first(Field.PHASE) in ("before", "after"):
            return None
        return self.known.day_of(self._first(Field.EVENT), self._first(Field.SESSION))

    # --- the rest ------------------------------------------------------------------------------------------------

    def rest(self) -> None:
        """Title, position, who was present, and of which note they are the jottings."""
        for key, what in ((Key.TITLE, Field.TITLE), (Key.POSITION, Field.POSITION)):
            for one in claims_of(self.claims, key)[:1]:
                self.said[what] = Said((_line(one.words),), one.origin)
        present = claims_of(self.claims, Key.PRESENT)
        if present:
            names = [one for claim in present for one in _listed(claim.words)][:_LONGEST_LIST]
            self.said[Field.PRESENT] = Said(tuple(dict.fromkeys(names)), present[0].origin)
        for one in claims_of(self.claims, Key.NOTE)[:1]:
            title = self.known.notes.get(folded(one.words))
            if title is None:
                near = near_to(one.words, self.known.notes)
                listed = f" Is it {' or '.join(shown(each) for each in near)}?" if near else ""
                self._doubt(
                    Field.NOTE,
                    f"There is no source {shown(one.words)} that they could be the jottings of.{listed}",
                    near,
                )
            else:
                self.said[Field.NOTE] = Said((title,), one.origin)
                self.said.setdefault(Field.KIND, Said((str(SourceKind.JOTTINGS),), one.origin))


def near_to(name: str, names: Mapping[str, str]) -> Values:
    """Of names by their folded forms those that a name nearly is: spelt nearly so, or some of its words."""
    plain_name = folded(name)
    if not plain_name:
        return ()
    parts = set(plain_name.split())
    within = [whole for whole in names if parts < set(whole.split()) or set(whole.split()) < parts]
    near = get_close_matches(plain_name[:_LONGEST_LIST], names, n=3, cutoff=0.8)
    return tuple(names[one] for one in dict.fromkeys((*near, *within)))[:3]


def _listed(words: str) -> list[str]:
    """The names in a list: those whose boxes are ticked, or, where there are no boxes, all."""
    return ticked(words) if has_boxes(words) else [one for one in _LISTED.split(words) if one]


def _line(words: str) -> str:
    """Words on one line."""
    return " ".join(words.split())
