"""What `compare` has to say, worked out the slow way: sets of characters and plain loops over records, no numpy.

Everything is asked again for every cell. The rules are those of DOMAIN.md, written down a second time.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any, TypeVar

from polyvocal.domain.hours import days_of, hours_of, overlap
from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.record import Record
from polyvocal.domain.records import (
    Attribute,
    AttributeValue,
    Authorship,
    Code,
    Coding,
    Concern,
    ConstituentGroup,
    Event,
    Layer,
    Occasion,
    Person,
    Presence,
    Reading,
    Role,
    Session,
    Source,
    SourceVersion,
    Stance,
    Stretch,
    Term,
)
from polyvocal.domain.spans import Span
from polyvocal.domain.text import count_words
from polyvocal.domain.versions import current, map_between
from polyvocal.services.analysis.compare import Along, Dimension
from polyvocal.store.view import View

R = TypeVar("R", bound=Record)

Member = dict[str, Any]
"""The value in each of its dimensions of one author, occasion, concern or stance."""

WHOLE = {"source", "kind", "observer", "standing", "event", "session", "phase"}
"""What an account is as a whole, whatever is coded in it."""


class Oracle:
    """A project read through a view, under one filter."""

    def __init__(self, view: View, chosen: PassageFilter, folded: frozenset[int] = frozenset()) -> None:
        self.view = view
        self.folded = folded
        self._all: dict[type, list[Any]] = {}
        self.chosen = chosen
        self.people: dict[int, Person] = {one.id: one for one in self.all(Person)}
        self.sessions: dict[int, Session] = {one.id: one for one in self.all(Session)}
        self.events = {one.id: one for one in self.all(Event)}
        self.everything = self.all(Source)
        self.versions = {
            source.id: [one for one in self.all(SourceVersion) if one.source == source.id] for source in self.everything
        }
        self.current = {source: current(versions) for source, versions in self.versions.items()}
        self.accounts = [source for source in self.everything if counts(source) and self.is_meant(source)]

    def all(self, cls: type[R]) -> list[R]:
        """Every record of a kind, read once."""
        if cls not in self._all:
            self._all[cls] = self.view.all(cls)
        return self._all[cls]

    # --- what belongs to what ------------------------------------------------------------------------------------

    def value(self, attribute: int, case: object) -> str:
        """What is recorded of a case."""
        found = [one.value for one in self.all(AttributeValue) if (one.attribute, one.about) == (attribute, case)]
        return found[0] if found else "not known"

    def with_values(self, members: list[Member]) -> list[Member]:
        """Members with the values of all attributes of the cases that they are, without those that the filter leaves out."""
        cases = {"observer", "coder", "participant", "group", "source", "event", "session"}
        found = []
        for member in members:
            values = {
                f"{case}@{one.id}": self.value(one.id, key)
                for case, key in member.items()
                if case in cases and key is not None
                for one in self.all(Attribute)
            }
            if all(self.fits(of, {**member, **values}) for of in self.attributes_asked() if of[0] in member):
                found.append({**member, **values})
        return found

    def attributes_asked(self) -> set[tuple[str, int]]:
        """Of which case which attributes are asked for."""
        return {(str(one.of), int(one.attribute)) for one in self.chosen.attributes}

    def fits(self, of: tuple[str, int], member: Member) -> bool:
        """Whether a member has one of the values that are asked for."""
        wanted = {one.value for one in self.chosen.attributes if (one.of, one.attribute) == of}
        return member.get(f"{of[0]}@{of[1]}") in wanted

    def asks_of(self, *cases: str) -> bool:
        """Whether the filter asks for an attribute of such a case."""
        return any(case in cases for case, _ in self.attributes_asked())

    def authors(self, source: Source) -> list[Member]:
        """The authors who satisfy the filter."""
        writers = [self.people[one.person] for one in self.all(Authorship) if one.source == source.id]
        return self.with_values(
            [
                {"observer": one.id, "standing": one.standing}
                for one in writers
                if one.id in (self.chosen.observers or {one.id})
                and one.standing in (self.chosen.standings or {one.standing})
            ]
        )

    def relations(self, source: Source, coding: Coding | None = None) -> list[Member]:
        """The relations of a coding, or of the whole source, that satisfy the filter."""
        return self.with_values(
            [
                {"event": one.event, "session": one.session, "phase": one.phase}
                for one in (self.all_relations(source) if coding is None else self.relations_of(coding))
                if one.event in (self.chosen.events or {one.event})
                and one.session in (self.chosen.sessions or {one.session})
                and one.phase in (self.chosen.phases or {one.phase})
            ]
        )

    def asks_for_relation(self) -> bool:
        """Whether the filter asks for an event, a session or a phase."""
        return bool(
            self.chosen.events or self.chosen.sessions or self.chosen.phases or self.asks_of("event", "session")
        )

    def itself(self, source: Source) -> list[Member]:
        """What a source is."""
        return self.with_values([{"source": source.id, "kind": source.kind}])

    def at_each_place(self, source: Source) -> list[list[Any]]:
        """Of each character of the current text the stretches in which it lies; of other events, the occasions."""
        places: list[list[Any]] = [[] for _ in range(self.current[source.id].length)]
        for one in self.all(Stretch):
            for place in self.places(source, one):
                places[place].append(one)
        occasions = [one for one in self.all(Occasion) if one.source == source.id]
        return [
            stretches + [one for one in occasions if one.event not in {stretch.event for stretch in stretches}]
            for stretches in places
        ]

    def all_relations(self, source: Source) -> list[Any]:
        """Those of all characters."""
        return list({one.id: one for each in self.at_each_place(source) for one in each}.values())

    def relations_of(self, coding: Coding) -> list[Any]:
        """Those of the characters of a coding; where it has none left, the occasions that still count for the text."""
        source = self.source_of(coding)
        span, each = self.place(coding), self.at_each_place(source)
        if span is None:
            return [one for one in self.all_relations(source) if isinstance(one, Occasion)]
        return list({one.id: one for place in range(*span) for one in each[place]}.values())

    def places(self, source: Source, mark: Stretch | Layer) -> set[int]:
        """The characters of the current text of a source that a mark covers."""
        versions = self.versions[source.id]
        if mark.version not in {one.id for one in versions}:
            return set()
        span = map_between(versions, mark.version, self.current[source.id].id).place(Span(mark.start, mark.end))
        return set(range(*span)) if span else set()

    def is_layered(self, coding: Coding) -> bool:
        """Whether a coding has a character in one of the layers that are asked for."""
        return bool(self.layers(coding))

    def layers(self, coding: Coding) -> list[Member]:
        """The layers that a coding shares a character with, of those that are asked for."""
        span, source = self.place(coding), self.source_of(coding)
        marks = [one for one in self.all(Layer) if one.layer in (self.chosen.layers or {one.layer})]
        touched = {one.layer for one in marks if span and self.places(source, one) & set(range(*span))}
        return [{"layer": one} for one in touched]

    def is_meant(self, source: Source) -> bool:
        """Whether the filter leaves a source, as far as the source decides it."""
        chosen = self.chosen
        if chosen.sources and source.id not in chosen.sources:
            return False
        if chosen.kinds and source.kind not in chosen.kinds:
            return False
        if not self.itself(source):
            return False
        if (chosen.observers or chosen.standings or self.asks_of("observer")) and not self.authors(source):
            return False
        return bool(self.relations(source) or not self.asks_for_relation())

    def groups(self, coding: Coding) -> list[Member]:
        """The groups that a coding concerns, of those that are asked for."""
        found = [one.constituent_group for one in self.all(Concern) if one.coding == coding.id]
        return self.with_values([{"group": one} for one in found if one and one in self.asked_groups()])

    def participants(self, coding: Coding) -> list[Member]:
        """The persons whom a coding concerns, of those that are asked for."""
        found = [one.person for one in self.all(Concern) if one.coding == coding.id]
        return self.with_values([{"participant": one} for one in found if one and one in self.asked_participants()])

    def asked_groups(self) -> set[int]:
        """The groups that are asked for, whatever their attributes are."""
        every = {int(one.id) for one in self.all(ConstituentGroup)}
        named = set() if self.asks_of("group") else every & self.chosen.concerns
        return set(map(int, self.chosen.groups)) or named or every

    def asked_participants(self) -> set[int]:
        """The persons who are asked for, whatever their attributes are."""
        every = set(map(int, self.people))
        named = set() if self.asks_of("participant") else every & self.chosen.concerns
        return set(map(int, self.chosen.participants)) or named or every

    def concerns_are_meant(self, coding: Coding) -> bool:
        """Whether a coding concerns one of those who are asked for, of each that is asked."""
        about = {one.constituent_group or one.person for one in self.all(Concern) if one.coding == coding.id}
        asked = self.chosen.concerns, self.chosen.groups, self.chosen.participants
        return (
            all(about & wanted for wanted in asked if wanted)
            and (not self.asks_of("group") or bool(self.groups(coding)))
            and (not self.asks_of("participant") or bool(self.participants(coding)))
        )

    def stances(self, coding: Coding) -> list[Member]:
        """The stances that satisfy the filter."""
        chosen = self.chosen
        return [
            {"actor": actor, "stance": one.stance, "term": one.term}
            for one in self.all(Stance)
            if one.coding == coding.id
            for actor in [one.actor_group or one.actor_person]
            if actor in (chosen.actors or {actor})
            and one.stance in (chosen.stances or {one.stance})
            and one.term in (chosen.terms or {one.term})
        ]

    def source_of(self, coding: Coding) -> Source:
        return next(
            source
            for source in self.everything
            if any(version.id == coding.version for version in self.versions[source.id])
        )

    def codings_of_coders(self) -> list[Coding]:
        """The codings on the accounts by the coders who are asked for, with whichever code."""
        return [one for one in self.all(Coding) if self.source_of(one) in self.accounts and self.is_coder(one.coder)]

    def is_coder(self, person: int) -> bool:
        """Whether a person is one of the coders who are asked for."""
        return person in (self.chosen.coders or {person}) and bool(self.with_values([{"coder": person}]))

    def codings(self) -> list[Coding]:
        """The codings that satisfy the whole filter."""
        chosen = self.chosen
        return [
            one
            for one in self.codings_of_coders()
            if one.code in (chosen.codes or {one.code})
            and self.concerns_are_meant(one)
            and (self.stances(one) or not (chosen.stances or chosen.terms or chosen.actors))
            and (self.relations(self.source_of(one), one) or not self.asks_for_relation())
            and (not chosen.layers or self.is_layered(one))
        ]

    def is_in(self, coding: Coding, **wanted: object) -> bool:
        """Whether a coding has all the wanted values; two of an occasion (author, stance) must be of the same one."""
        source = self.source_of(coding)
        own = self.with_values([{"code": self.row_of(coding.code), "coder": coding.coder}])
        families = [
            own,
            self.itself(source),
            self.authors(source),
            self.relations(source, coding),
            self.groups(coding),
            self.participants(coding),
            self.stances(coding),
            self.layers(coding),
        ]
        return matches(families, wanted)

    def row_of(self, code: int) -> int:
        """The code in whose place a code stands: the topmost folded one above it, or itself."""
        codes: dict[int, Code] = {one.id: one for one in self.all(Code)}
        line = [codes[code]]
        while line[-1].parent is not None:
            line.append(codes[line[-1].parent])
        return next((one.id for one in reversed(line) if one.id in self.folded), code)

    def accounts_in(self, **wanted: object) -> list[Source]:
        """The accounts that have those of the wanted values that accounts have."""
        about = {dimension: value for dimension, value in wanted.items() if dimension.partition("@")[0] in WHOLE}
        return [
            one for one in self.accounts if matches([self.itself(one), self.authors(one), self.relations(one)], about)
        ]

    # --- measures ------------------------------------------------------------------------------------------------

    def passages(self, **wanted: object) -> list[Coding]:
        """The passages of a cell."""
        return [one for one in self.codings() if self.is_in(one, **wanted)]

    def measure(self, measure: str, **wanted: object) -> float | None:
        """The number in a cell."""
        found = self.passages(**wanted)
        if measure == "passages":
            return self.different(found)
        if measure.startswith("share-of-"):
            whole = self.in_line(measure.removeprefix("share-of-"), **wanted)
            return self.different(found) / whole if whole else None
        if measure == "sources":
            return len({self.source_of(one).id for one in found})
        characters = self.characters(found)
        if measure == "characters":
            return len(characters)
        read = self.read_in(self.accounts_in(**wanted), self.coders_of(**wanted))
        assert characters <= read
        return len(characters) / len(read) if read else None

    def total(self, measure: str, cells: list[dict[str, Any]], whole: list[dict[str, Any]]) -> float | None:
        """The number of a total: of all that is in any of some cells, each thing once; as a share of a whole of cells."""
        found = self.in_any(cells)
        if measure == "passages":
            return self.different(found)
        if measure == "sources":
            return len({self.source_of(one).id for one in found})
        if measure.startswith("share-of-"):
            of = self.different(self.in_any(whole))
            return self.different(found) / of if of else None
        characters = self.characters(found)
        if measure == "characters":
            return len(characters)
        read = set[tuple[int, int]]().union(
            *(self.read_in(self.accounts_in(**one), self.coders_of(**one)) for one in cells)
        )
        assert characters <= read
        return len(characters) / len(read) if read else None

    def in_any(self, cells: list[dict[str, Any]]) -> list[Coding]:
        """The codings that are in any of some cells."""
        return [one for one in self.codings() if any(self.is_in(one, **cell) for cell in cells)]

    def in_line(self, which: str, **wanted: object) -> int:
        """The different passages in the row (column) of a cell: the cell is named by its row, then by its column."""
        (row, column), (rows, columns) = wanted.items(), wanted
        own, (other, _) = (row, column) if which == "row" else (column, row)
        keys = self.keys(columns if which == "row" else rows)
        found = {one.id: one for key in keys for one in self.passages(**dict([own]), **{other: key})}
        return self.different(found.values())

    def different(self, codings: Iterable[Coding]) -> int:
        """How many passages codings are: with folded codes as many as there would be were they merged."""
        of: dict[Any, Counter[int]] = {}
        for one in codings:
            row = self.row_of(one.code)
            span = self.place(one)
            key = (self.source_of(one).id, span, one.coder, row) if span else one.id
            of.setdefault(key, Counter())[one.code] += 1
        return sum(max(counts.values()) for counts in of.values())

    def characters(self, codings: Iterable[Coding]) -> set[tuple[int, int]]:
        """Every character that is covered, as (source, place in the current version)."""
        return {
            (self.source_of(one).id, place)
            for one in codings
            for span in [self.place(one)]
            if span
            for place in range(*span)
        }

    def place(self, coding: Coding) -> Span | None:
        """Where a coding is in the current version of its source."""
        source = self.source_of(coding).id
        path = map_between(self.versions[source], coding.version, self.current[source].id)
        return path.place(Span(coding.start, coding.end))

    def coders_of(self, **wanted: object) -> set[int]:
        """The coders of a cell: where it says nothing of them, all."""
        return {
            one
            for one in self.people
            if matches(
                [self.with_values([{"coder": one}])],
                {key: value for key, value in wanted.items() if key.partition("@")[0] == "coder"},
            )
        }

    def read_in(self, accounts: list[Source], coders: set[int]) -> set[tuple[int, int]]:
        """Every character that was read in some accounts, by some coders as far as the filter leaves them."""
        mine = [one for one in self.codings_of_coders() if self.source_of(one) in accounts]
        read = self.characters(one for one in mine if one.coder in coders)
        for source in accounts:
            read |= {(source.id, place) for place in range(self.read_to(source, coders))}
        return read

    def readings(self, source: Source, coders: set[int]) -> Iterator[Reading]:
        for one in self.all(Reading):
            asked = self.is_coder(one.coder) and one.coder in coders
            if one.source == source.id and one.state != "unread" and asked:
                yield one

    def read_to(self, source: Source, coders: set[int] | None = None) -> int:
        """How far a source was read, in its current version."""
        length = self.current[source.id].length
        by = set(self.people) if coders is None else coders
        return max(
            (length if one.state == "done" else min(one.read_to, length) for one in self.readings(source, by)),
            default=0,
        )

    def words_read(self, source: Source) -> int:
        text = self.view.text(self.current[source.id].text_hash)
        return count_words(text[: self.read_to(source)])

    # --- states --------------------------------------------------------------------------------------------------

    def state(self, **wanted: Any) -> str:
        """What a cell says."""
        if self.passages(**wanted):
            return "coded"
        if "observer" not in wanted:
            return ""
        accounts = self.accounts_in(**wanted)
        if accounts:
            by = self.coders_of(**wanted)
            done = [any(one.state == "done" for one in self.readings(source, by)) for source in accounts]
            return "read, not so coded" if all(done) else "written, not yet read"
        if any(one == "standing" or one.startswith("observer@") for one in wanted):
            return "not known"
        return self.whereabouts(**wanted)

    def whereabouts(self, observer: int, **wanted: Any) -> str:
        """Where an observer was who has no account in a cell."""
        phases = {wanted["phase"]} if "phase" in wanted else set(self.chosen.phases)
        if phases and "during" not in phases:
            return "not known"
        scope = self.scope(**wanted)
        there: dict[int, str] = {one.session: one.doing for one in self.all(Presence) if one.person == observer}
        attended = {session for session, doing in there.items() if doing != "absent"}
        if attended & scope:
            wrote = any(
                self.may_be_about(source, scope, phases)
                for source in self.everything
                if observer in [one.person for one in self.all(Authorship) if one.source == source.id]
            )
            return "not known" if wrote else "present, nothing written"
        matter = {session for session in scope if self.sessions[session].scheduled} or scope
        if not matter:
            return "not known"
        elsewhere = {session for session in matter if any(self.parallel(session, other) for other in attended)}
        if any(session not in elsewhere and there.get(session) != "absent" for session in matter):
            return "not known"
        return "elsewhere" if elsewhere else "absent"

    def scope(self, **wanted: object) -> set[int]:
        """The sessions that a cell asks about."""

        def asks(*dimensions: str) -> dict[str, Any]:
            return {key: value for key, value in wanted.items() if key.partition("@")[0] in dimensions}

        scope: set[int] = {
            one.id
            for one in self.sessions.values()
            if one.event in (self.chosen.events or {one.event})
            and one.id in (self.chosen.sessions or {one.id})
            and matches([self.with_values([{"event": one.event}])], asks("event"))
            and self.with_values([{"event": one.event}])
            and matches([self.with_values([{"session": one.id}])], asks("session"))
            and self.with_values([{"session": one.id}])
        }
        if asks("source", "kind"):
            sources = {int(one.id) for one in self.accounts if matches([self.itself(one)], asks("source", "kind"))} or {
                0
            }
        elif self.asks_of("source"):
            found = {int(one.id) for one in self.everything if self.itself(one)}
            sources = (found & self.chosen.sources if self.chosen.sources else found) or {0}
        else:
            sources = set(map(int, self.chosen.sources))
        if sources:
            about = [
                occasion
                for one in self.everything
                if one.id in sources
                for occasion in self.all_relations(one)
                if occasion.phase in (None, "during")
            ]
            scope = {one for one in scope if any(self.is_of(occasion, one) for occasion in about)}
        return scope

    def is_of(self, occasion: Any, session: int) -> bool:
        """Whether an occasion is a session, or the whole event of it."""
        if occasion.session is None:
            return bool(occasion.event == self.sessions[session].event)
        return bool(occasion.session == session)

    def may_be_about(self, source: Source, scope: set[int], phases: set[Any]) -> bool:
        """Whether a text may be about any of the sessions: it is not known to be about something else."""
        return (
            not all(self.at_each_place(source))
            or any(self.was_observed(source, session) for session in scope)
            or any(
                self.is_of(one, session)
                for one in self.all_relations(source)
                if not phases or one.phase is None or one.phase in phases
                for session in scope
            )
        )

    def was_observed(self, source: Source, session: int) -> bool:
        """Whether what a text tells of was observed while a session ran; `domain.hours` has tests of its own."""
        one = self.sessions[session]
        zone = self.events[one.event].zone
        observed = days_of(source.observed_from, source.observed_to, zone)
        return overlap(observed, hours_of(one.starts, one.ends, zone))

    def parallel(self, one: int, other: int) -> bool:
        """Whether two sessions overlap; the times of these projects are all written alike."""
        first, second = self.sessions[one], self.sessions[other]
        if first.starts is None or second.starts is None:
            return False
        if first.starts == second.starts:
            return True
        return first.starts < (second.ends or second.starts) and second.starts < (first.ends or first.starts)

    # --- heads ---------------------------------------------------------------------------------------------------

    def head(self, observer: int, shown: list[Coding]) -> dict[str, Any]:
        """What is said of an observer, given the codings that are anywhere in the table."""
        accounts = self.accounts_in(observer=observer)
        mine = [one for one in shown if self.is_in(one, observer=observer)]
        own = [one for one in mine if one.coder == observer]
        there = {one.session for one in self.all(Presence) if one.person == observer and one.doing != "absent"}
        asked = {
            one.id
            for one in self.sessions.values()
            if one.event in (self.chosen.events or {one.event})
            and one.id in (self.chosen.sessions or {one.id})
            and self.with_values([{"event": one.event}])
            and self.with_values([{"session": one.id}])
        }
        return {
            "standing": self.people[observer].standing,
            "coders": sorted(self.name("coder", one) for one in {one.coder for one in mine}),
            "self_coded": len(own) / len(mine) if mine else None,
            "accounts": len(accounts),
            "words": sum(self.current[one.id].words for one in accounts),
            "words_read": sum(map(self.words_read, accounts)),
            "sessions": len(there & asked),
        }

    def head_of_standing(self, standing: str) -> dict[str, Any]:
        """What is said of a standing over all codes, but for the sessions."""
        accounts = self.accounts_in(standing=standing)
        mine = [one for one in self.codings() if self.is_in(one, standing=standing)]
        own = [one for one in mine if self.is_in(one, observer=one.coder, standing=standing)]
        return {
            "coders": sorted(self.name("coder", one) for one in {one.coder for one in mine}),
            "self_coded": len(own) / len(mine) if mine else None,
            "accounts": len(accounts),
            "words": sum(self.current[one.id].words for one in accounts),
            "words_read": sum(map(self.words_read, accounts)),
        }

    # --- axes ----------------------------------------------------------------------------------------------------

    def keys(self, dimension: str) -> set[Any]:
        """The values of an axis, as far as the filter leaves them; "observer@7" is attribute 7 of the observers."""
        if "@" in dimension:
            case, _, attribute = dimension.partition("@")
            return {self.value(int(attribute), key) for key in self.keys(case)}
        found = self.plain_keys(dimension)
        if dimension in {"observer", "coder", "participant", "group", "event", "session"}:
            found = {one for one in found if self.with_values([{dimension: one}])}
        return {self.row_of(one) for one in found} if dimension == "code" else found

    def plain_keys(self, dimension: str) -> set[Any]:
        """The values of a dimension, whatever attributes are asked for."""
        chosen = self.chosen
        stances = self.all(Stance)
        roles = self.all(Role)
        wrote = {one.person for one in self.all(Authorship) if counts(self.view.need(Source, one.source))}
        found: dict[str, tuple[Iterable[Any], Iterable[Any]]] = {
            "code": ((one.id for one in self.all(Code)), chosen.codes),
            "coder": (
                {one.person for one in roles if one.role == "coder"} | {one.coder for one in self.all(Coding)},
                chosen.coders,
            ),
            "observer": (
                {
                    one
                    for one in {one.person for one in roles if one.role == "observer"} | wrote
                    if self.people[one].standing in (chosen.standings or {self.people[one].standing})
                },
                chosen.observers,
            ),
            "standing": (("ethnographer", "research-team", "lay-panel", "other"), chosen.standings),
            "source": ((one.id for one in self.accounts), ()),
            "kind": (("fieldnote", "jottings", "transcript", "paper", "correspondence"), chosen.kinds),
            "layer": (
                ("description", "quoted-speech", "paraphrase", "aside", "commentary", "reflection"),
                chosen.layers,
            ),
            "event": (self.events, chosen.events),
            "session": (
                {one.id for one in self.sessions.values() if one.event in (chosen.events or {one.event})},
                chosen.sessions,
            ),
            "phase": (("before", "during", "after"), chosen.phases),
            "group": (
                {one.constituent_group for one in self.all(Concern)} - {None},
                self.asked_groups(),
            ),
            "participant": (
                {one.person for one in self.all(Concern)} - {None},
                self.asked_participants(),
            ),
            "actor": ({one.actor_group or one.actor_person for one in stances}, chosen.actors),
            "stance": ({"generates", "affirms", "contests"} | {one.stance for one in stances}, chosen.stances),
            "term": ((one.id for one in self.all(Term)), chosen.terms),
        }
        values, wanted = found[dimension]
        return {one for one in values if not wanted or one in set(wanted)}

    def name(self, dimension: str, key: Any) -> str:
        """The name of a value: where others of its kind bear it too, what tells it apart."""
        names = self.names(dimension)
        if key not in names:
            return str(key)
        plain, longer = names[key]
        if Counter(one for one, _ in names.values())[plain] == 1:
            return plain
        shown = [
            long if Counter(one for one, _ in names.values())[short] > 1 else short for short, long in names.values()
        ]
        return longer if shown.count(longer) == 1 else f"{longer} ({key})"

    def names(self, dimension: str) -> dict[Any, tuple[str, str]]:
        """(name, longer name) of everything that a name has to be told apart from."""
        people = {one.id: (one.name, one.name) for one in self.people.values()}
        codes = {one.id: one for one in self.all(Code)}
        sessions = self.sessions.values()
        found: dict[str, dict[Any, tuple[str, str]]] = {
            "coder": {**people},
            "observer": {**people},
            "group": {**people, **{one.id: (one.name, one.name) for one in self.all(ConstituentGroup)}},
            "code": {one.id: (one.name, path(codes, one)) for one in codes.values()},
            "term": {one.id: (one.name, one.name) for one in self.all(Term)},
            "event": {one.id: (one.title, one.title) for one in self.events.values()},
            "session": {one.id: (one.title, f"{self.events[one.event].title} / {one.title}") for one in sessions},
            "source": {one.id: (one.title, one.title) for one in self.accounts},
        }
        return found.get("group" if dimension in ("actor", "participant") else dimension, {})


def counts(source: Source) -> bool:
    """Whether a source is an account of its own."""
    return source.kind != "jottings" or source.note is None


def path(codes: dict[Any, Code], code: Code) -> str:
    return code.name if code.parent is None else f"{path(codes, codes[code.parent])} / {code.name}"


def matches(families: list[list[Member]], wanted: dict[str, Any]) -> bool:
    """Whether one member of each family can be picked so that together they have all the wanted values."""
    picks = product(*(family or [{}] for family in families))
    return any(
        all({key: value for member in pick for key, value in member.items()}.get(dimension) == value
            for dimension, value in wanted.items())
        for pick in picks
    )  # fmt: skip


def called(along: Along | Dimension) -> str:
    """What an axis is called here: "observer", "observer@7" for an attribute."""
    if isinstance(along, Dimension):
        return str(along)
    return str(along.dimension) if along.attribute is None else f"{along.dimension}@{along.attribute}"


def cell(rows: Along | Dimension, row: Any, columns: Along | Dimension, column: Any) -> dict[str, Any]:
    """The wanted values of a cell, by its row, then by its column."""
    return {called(rows): row, called(columns): column}
