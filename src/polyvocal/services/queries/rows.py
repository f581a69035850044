"""The rows of the lists: frozen, and in names where a person reads them."""

from typing import NamedTuple


class ReadingOf(NamedTuple):
    """How far one coder has read a source, in code points."""

    coder: str
    state: str
    read_to: int


class SourceRow(NamedTuple):
    """A source; `length` in code points of its current version; `codings` on all versions."""

    id: int
    title: str
    kind: str
    observers: tuple[str, ...]
    standing: str | None
    event: str | None
    session: str | None
    phase: str | None
    words: int
    length: int
    codings: int
    versions: int
    readings: tuple[ReadingOf, ...]
    written_at: str | None
    observed_from: str | None
    observed_to: str | None
    note: int | None
    file_name: str | None
    encoding: str | None
    imported_at: int


class ObserverRow(NamedTuple):
    """An observer; jottings from which a note was written are not counted twice."""

    id: int
    name: str
    standing: str | None
    accounts: int
    words: int
    sessions: int
    positionality: tuple[str, ...]


class CoderRow(NamedTuple):
    """A coder, and how many sources the coder has read to the end."""

    id: int
    name: str
    codings: int
    sources_read: int
    sources_begun: int


class PersonRow(NamedTuple):
    """A person with roles and groups."""

    id: int
    name: str
    roles: tuple[str, ...]
    standing: str | None
    groups: tuple[str, ...]
    description: str | None


class GroupRow(NamedTuple):
    """A constituent group, the groups that it lies within, and its members."""

    id: int
    name: str
    within: tuple[str, ...]
    members: tuple[str, ...]
    description: str | None


class SeriesRow(NamedTuple):
    """A series with its events."""

    id: int
    title: str
    events: tuple[str, ...]


class EventRow(NamedTuple):
    """An event."""

    id: int
    title: str
    series: str | None
    place: str | None
    zone: str | None
    starts: str | None
    ends: str | None
    sessions: int
    sources: int


class SessionRow(NamedTuple):
    """A session of an event."""

    id: int
    title: str
    event: str
    place: str | None
    starts: str | None
    ends: str | None
    scheduled: bool
    present: int
    sources: int


class PresenceRow(NamedTuple):
    """Who was in which session, doing what."""

    id: int
    person: str
    session: str
    event: str
    doing: str
    place: str | None


class TermRow(NamedTuple):
    """A term of collaboration, and how many stances are taken to it."""

    id: int
    name: str
    definition: str | None
    stances: int


class CodeRow(NamedTuple):
    """A code in the tree; `codings` of just this code."""

    id: int
    name: str
    path: str
    depth: int
    parent: int | None
    kind: str
    codings: int
    colour: str
    definition: str | None
    use_when: str | None
    not_when: str | None
    example: str | None
    retired: bool


class StanceListRow(NamedTuple):
    """A stance on a coding."""

    id: int
    coding: int
    actor: str
    stance: str
    term: str
    toward: str | None
    code: str
    source_title: str
    coder: str


class MemoRow(NamedTuple):
    """A memo; `about` is the id of what it is about, `about_name` how that is called.

    Of what lies in a text, `source` is the text's, `start` and `end` where it is in its current version.
    """

    id: int
    kind: str
    title: str | None
    text: str
    author: str | None
    about: int | None
    about_kind: str | None
    about_name: str | None
    source: int | None
    start: int | None
    end: int | None
    created_at: int


class ReadingRow(NamedTuple):
    """How far a coder has read a source."""

    id: int
    coder: str
    source_title: str
    state: str
    read_to: int
    length: int
