"""Lists of what is in a project, in names instead of ids, as frozen rows."""

from collections import Counter

from polyvocal.domain.codetree import in_tree_order, path_of
from polyvocal.domain.passages import StanceRow
from polyvocal.domain.records import (
    Code,
    Coding,
    Event,
    Membership,
    Nesting,
    Positionality,
    Presence,
    Reading,
    Role,
    Series,
    Stance,
)
from polyvocal.domain.words import Doing, RoleName
from polyvocal.services.queries.memos import all_memos
from polyvocal.services.queries.passages import about_in_words
from polyvocal.services.queries.rows import (
    CodeRow,
    CoderRow,
    EventRow,
    GroupRow,
    MemoRow,
    ObserverRow,
    PersonRow,
    PresenceRow,
    ReadingOf,
    ReadingRow,
    SeriesRow,
    SessionRow,
    SourceRow,
    StanceListRow,
    TermRow,
)
from polyvocal.services.queries.setting import Setting, load_setting
from polyvocal.services.references import kind_named
from polyvocal.store.codings import counts_of_codings
from polyvocal.store.schema import kind_of
from polyvocal.store.view import View


def list_sources(view: View) -> list[SourceRow]:
    """Every source in the order of titles."""
    setting = load_setting(view)
    codings = counts_of_codings(view, "version")
    readings: dict[int, list[ReadingOf]] = {}
    for one in view.all(Reading):
        readings.setdefault(one.source, []).append(ReadingOf(setting.people[one.coder].name, one.state, one.read_to))
    rows = []
    for info in setting.sources:
        source, current = info.source, info.current
        rows.append(
            SourceRow(
                source.id,
                source.title,
                source.kind,
                tuple(author.name for author in info.authors),
                info.standing,
                *about_in_words(setting, info.relations),
                current.words,
                current.length,
                sum(codings.get(version.id, 0) for version in info.versions),
                len(info.versions),
                tuple(readings.get(source.id, ())),
                source.written_at,
                source.observed_from,
                source.observed_to,
                source.note,
                source.file_name,
                source.encoding,
                source.imported_at,
            )
        )
    return rows


def list_observers(view: View) -> list[ObserverRow]:
    """Everyone who is an observer, also who wrote nothing, in the order of names."""
    setting = load_setting(view)
    accounts: Counter[int] = Counter()
    words: Counter[int] = Counter()
    for info in setting.sources:
        for author in info.authors if info.counts else ():
            accounts[author.id] += 1
            words[author.id] += info.current.words
    attended: dict[int, set[int]] = {}
    for presence in view.all(Presence):
        if presence.doing is not Doing.ABSENT:
            attended.setdefault(presence.person, set()).add(presence.session)
    statements: dict[int, list[str]] = {}
    for one in view.all(Positionality):
        statements.setdefault(one.person, []).append(f"{one.dated}: {one.statement}")
    ids = {role.person for role in view.find(Role, role=RoleName.OBSERVER)} | accounts.keys()
    people = sorted((setting.people[one] for one in ids), key=lambda person: person.name.casefold())
    return [
        ObserverRow(
            one.id,
            one.name,
            one.standing,
            accounts[one.id],
            words[one.id],
            len(attended.get(one.id, ())),
            tuple(statements.get(one.id, ())),
        )
        for one in people
    ]


def list_coders(view: View) -> list[CoderRow]:
    """Everyone who codes, in the order of names."""
    setting = load_setting(view)
    counts = counts_of_codings(view, "coder")
    readings = view.all(Reading)
    ids = {role.person for role in view.find(Role, role=RoleName.CODER)} | counts.keys()
    people = sorted((setting.people[one] for one in ids), key=lambda person: person.name.casefold())
    return [
        CoderRow(
            one.id,
            one.name,
            counts.get(one.id, 0),
            sum(reading.state == "done" for reading in readings if reading.coder == one.id),
            sum(reading.state == "read to here" for reading in readings if reading.coder == one.id),
        )
        for one in people
    ]


def list_people(view: View) -> list[PersonRow]:
    """Every person, in the order of names."""
    setting = load_setting(view)
    roles: dict[int, list[str]] = {}
    for role in view.all(Role):
        roles.setdefault(role.person, []).append(role.role)
    groups: dict[int, list[str]] = {}
    for one in view.all(Membership):
        groups.setdefault(one.person, []).append(setting.groups[one.constituent_group].name)
    return [
        PersonRow(
            one.id, one.name, tuple(roles.get(one.id, ())), one.standing, tuple(groups.get(one.id, ())), one.description
        )
        for one in sorted(setting.people.values(), key=lambda person: person.name.casefold())
    ]


def list_groups(view: View) -> list[GroupRow]:
    """Every group, in the order of names."""
    setting = load_setting(view)
    within: dict[int, list[str]] = {}
    for nesting in view.all(Nesting):
        within.setdefault(nesting.inner, []).append(setting.groups[nesting.outer].name)
    members: dict[int, list[str]] = {}
    for one in view.all(Membership):
        members.setdefault(one.constituent_group, []).append(setting.people[one.person].name)
    return [
        GroupRow(one.id, one.name, tuple(within.get(one.id, ())), tuple(members.get(one.id, ())), one.description)
        for one in sorted(setting.groups.values(), key=lambda group: group.name.casefold())
    ]


def list_series(view: View) -> list[SeriesRow]:
    """Every series with its events."""
    return [
        SeriesRow(one.id, one.title, tuple(event.title for event in view.find(Event, series=one.id)))
        for one in view.all(Series)
    ]


def list_events(view: View) -> list[EventRow]:
    """Every event, by its start."""
    setting = load_setting(view)
    series = {one.id: one.title for one in view.all(Series)}
    sessions = Counter(session.event for session in setting.sessions.values())
    sources = Counter(event for info in setting.sources for event in {one.event for one in info.relations})
    return [
        EventRow(
            one.id,
            one.title,
            series.get(one.series) if one.series is not None else None,
            one.place,
            one.zone,
            one.starts,
            one.ends,
            sessions[one.id],
            sources[one.id],
        )
        for one in sorted(setting.events.values(), key=lambda event: (event.starts or "~", event.id))
    ]


def list_sessions(view: View) -> list[SessionRow]:
    """Every session, by its start."""
    setting = load_setting(view)
    present = Counter(one.session for one in view.all(Presence) if one.doing is not Doing.ABSENT)
    sources = Counter(
        session for info in setting.sources for session in {one.session for one in info.relations if one.session}
    )
    return [
        SessionRow(
            one.id,
            one.title,
            setting.events[one.event].title,
            one.place,
            one.starts,
            one.ends,
            one.scheduled,
            present[one.id],
            sources[one.id],
        )
        for one in sorted(setting.sessions.values(), key=lambda session: (session.starts or "~", session.id))
    ]


def list_presence(view: View) -> list[PresenceRow]:
    """Who was where, in the order in which it was noted."""
    setting = load_setting(view)
    rows = []
    for one in view.all(Presence):
        session = setting.sessions[one.session]
        event = setting.events[session.event].title
        rows.append(PresenceRow(one.id, setting.people[one.person].name, session.title, event, one.doing, one.place))
    return rows


def list_terms(view: View) -> list[TermRow]:
    """Every term of collaboration, in the order of names."""
    setting = load_setting(view)
    stances = Counter(one.term for one in view.all(Stance))
    return [
        TermRow(one.id, one.name, one.definition, stances[one.id])
        for one in sorted(setting.terms.values(), key=lambda term: term.name.casefold())
    ]


def list_codes(view: View) -> list[CodeRow]:
    """Every code, in the order of the tree."""
    codes: dict[int, Code] = {code.id: code for code in view.all(Code)}
    counts = counts_of_codings(view, "code")
    return [
        CodeRow(
            one.id,
            one.name,
            path_of(codes, one.id),
            depth,
            one.parent,
            one.kind,
            counts.get(one.id, 0),
            one.colour,
            one.definition,
            one.use_when,
            one.not_when,
            one.example,
            one.retired,
        )
        for depth, one in in_tree_order(codes.values())
    ]


def list_stances(view: View) -> list[StanceListRow]:
    """Every stance, in the order in which they were noted."""
    setting = load_setting(view)
    stances = view.all(Stance)
    codings = {one.id: one for one in view.among(Coding, "id", (stance.coding for stance in stances))}
    titles = _titles_by_version(setting)
    rows = []
    for one in stances:
        coding = codings[one.coding]
        shown = stance_row(setting, one)
        rows.append(
            StanceListRow(
                one.id,
                one.coding,
                *shown,
                setting.codes[coding.code].name,
                titles[coding.version],
                setting.people[coding.coder].name,
            )
        )
    return rows


def list_memos(view: View) -> list[MemoRow]:
    """Every memo, in the order in which they were written."""
    return [
        MemoRow(
            one.id,
            one.kind,
            one.title,
            one.text,
            one.author,
            one.about.id,
            kind_of(kind_named(one.about.kind).record) if one.about.id is not None else None,
            one.about.name or None,
            one.about.source,
            one.about.place.start if one.about.place else None,
            one.about.place.end if one.about.place else None,
            one.created_at,
        )
        for one in all_memos(view)
    ]


def list_readings(view: View) -> list[ReadingRow]:
    """How far everyone has read."""
    setting = load_setting(view)
    sources = {info.source.id: info for info in setting.sources}
    return [
        ReadingRow(
            one.id,
            setting.people[one.coder].name,
            sources[one.source].source.title,
            one.state,
            one.read_to,
            sources[one.source].current.length,
        )
        for one in view.all(Reading)
    ]


def stance_row(setting: Setting, one: Stance) -> StanceRow:
    """A stance in names."""
    toward = one.toward_group or one.toward_person
    return StanceRow(
        setting.party(one.actor_group or one.actor_person or 0),
        one.stance,
        setting.terms[one.term].name,
        setting.party(toward) if toward else None,
    )


def _titles_by_version(setting: Setting) -> dict[int, str]:
    versions: dict[int, str] = {}
    for info in setting.sources:
        versions.update({version.id: info.source.title for version in info.versions})
    return versions
