"""Everything that people make in a project, one record a thing. The journal follows each of them.

Times that a person gives ("observed from") are ISO 8601 text as given: a date, a local time or a time with an offset.
Times that the program notes (`..._at` of type int) are microseconds since 1970 in UTC. Offsets are half-open, in
Unicode code points of one source version.

What a team makes of several accounts side by side is declared in `moments` and `comparisons`.
"""

from polyvocal.domain.comparisons import Comparison, CounterExample, Snapshot
from polyvocal.domain.ids import (
    AdditionId,
    AnyId,
    AttributeId,
    AttributeValueId,
    AuthorshipId,
    CodeId,
    CodingId,
    ConcernId,
    ConstituentGroupId,
    EventId,
    ImportNoteId,
    LayerId,
    MembershipId,
    MemoId,
    NestingId,
    OccasionId,
    PersonId,
    PictureId,
    PositionalityId,
    PresenceId,
    ProjectId,
    ReadingId,
    RoleId,
    SeriesId,
    SessionId,
    SourceId,
    SourceVersionId,
    StanceId,
    StretchId,
    TermId,
    TimeMarkId,
)
from polyvocal.domain.moments import Divergence, DivergencePassage, Moment, MomentAnchor
from polyvocal.domain.record import Plain, Words, record
from polyvocal.domain.words import (
    Approach,
    AttributeType,
    CodeKind,
    Doing,
    Fate,
    LayerName,
    MarkKind,
    MemoKind,
    Phase,
    ReadingState,
    RoleName,
    SourceKind,
    Standing,
)


@record
class Project:
    """The project itself: one row. The UUID is the root of every GUID that leaves the program."""

    id: ProjectId
    uuid: Plain
    title: Words
    approach: Approach | None = None
    created_at: int


@record
class Person:
    """A human, known by a pseudonym. `standing` is from where the person writes, when the person is an observer."""

    id: PersonId
    name: Words
    standing: Standing | None = None
    description: Words | None = None


@record
class Role:
    """What a person is in the project: observer, coder, participant, reviewer."""

    id: RoleId
    person: PersonId
    role: RoleName


@record
class Positionality:
    """An observer's dated statement of where they stand."""

    id: PositionalityId
    person: PersonId
    dated: Plain
    statement: Words


@record
class ConstituentGroup:
    """A collective in the setting: a ward team, the researchers, the lay panel."""

    id: ConstituentGroupId
    name: Words
    description: Words | None = None


@record
class Membership:
    """A person belongs to a group; people may belong to several."""

    id: MembershipId
    person: PersonId
    constituent_group: ConstituentGroupId


@record
class Nesting:
    """One group lies within another; a group may lie within several."""

    id: NestingId
    inner: ConstituentGroupId
    outer: ConstituentGroupId


@record
class Series:
    """Events that belong together."""

    id: SeriesId
    title: Words


@record
class Event:
    """A bounded gathering with a place and a time; `zone` is an IANA time zone."""

    id: EventId
    title: Words
    series: SeriesId | None = None
    place: Words | None = None
    zone: Plain | None = None
    starts: Plain | None = None
    ends: Plain | None = None


@record
class Session:
    """A part of an event, scheduled or not; sessions may run in parallel."""

    id: SessionId
    event: EventId
    title: Words
    place: Words | None = None
    starts: Plain | None = None
    ends: Plain | None = None
    scheduled: bool = True


@record
class Presence:
    """Who was in which session, where in it and doing what; at most one row a person and session."""

    id: PresenceId
    person: PersonId
    session: SessionId
    doing: Doing
    place: Words | None = None


@record
class Source:
    """A text of the project. `note` is, for jottings, the note that was written from them."""

    id: SourceId
    title: Words
    kind: SourceKind
    file_name: Words | None = None
    original: Plain | None = None
    encoding: Plain | None = None
    written_at: Plain | None = None
    observed_from: Plain | None = None
    observed_to: Plain | None = None
    note: SourceId | None = None
    imported_at: int


@record
class SourceVersion:
    """An immutable text that offsets point into.

    `edits` is the encoded edit map from the parent's text, in a first version from the imported text; None is the
    identity. `length` is in code points, `words` as `count_words` counts. `structure` is the encoded structure of a
    text that came from a file (`domain.structure`); that of a corrected one is its parent's, led through the edits.
    """

    id: SourceVersionId
    source: SourceId
    parent: SourceVersionId | None = None
    text_hash: Plain
    length: int
    words: int
    edits: Plain | None = None
    structure: Plain | None = None
    corrected_by: PersonId | None = None
    reason: Words | None = None
    created_at: int


@record
class Authorship:
    """A person wrote a source, from a position in the room."""

    id: AuthorshipId
    source: SourceId
    person: PersonId
    position: Words | None = None


@record
class Occasion:
    """The default relation of a source to an event: which session, and before, during or after."""

    id: OccasionId
    source: SourceId
    event: EventId
    session: SessionId | None = None
    phase: Phase | None = None


@record
class ImportNote:
    """What became of something in the file that was imported, and why."""

    id: ImportNoteId
    source: SourceId
    fate: Fate = Fate.OTHERWISE
    what: Plain
    how_many: int
    detail: Words


@record
class Code:
    """A label in the codebook, in a tree. `position` orders siblings; `colour` is #rrggbb; a retired one is kept."""

    id: CodeId
    name: Words
    parent: CodeId | None = None
    kind: CodeKind = CodeKind.CODE
    definition: Words | None = None
    use_when: Words | None = None
    not_when: Words | None = None
    example: Words | None = None
    colour: Plain
    position: int
    retired: bool = False


@record
class Term:
    """A term of collaboration: a condition on which people work together."""

    id: TermId
    name: Words
    definition: Words | None = None


@record
class Coding:
    """Passage + code + coder + time. The version and the span stay for ever as they were made."""

    id: CodingId
    version: SourceVersionId
    start: int
    end: int
    code: CodeId
    coder: PersonId
    created_at: int


@record
class Concern:
    """A group or a participant whom a coding is about; exactly one of the two."""

    id: ConcernId
    coding: CodingId
    constituent_group: ConstituentGroupId | None = None
    person: PersonId | None = None


@record
class Stance:
    """On a coding: an actor (group or participant) generates, affirms or contests a term, perhaps toward somebody."""

    id: StanceId
    coding: CodingId
    actor_group: ConstituentGroupId | None = None
    actor_person: PersonId | None = None
    stance: Words
    term: TermId
    toward_group: ConstituentGroupId | None = None
    toward_person: PersonId | None = None


@record
class Memo:
    """A typed note about anything (`about`, of kind `about_kind`), about a passage of a version, or free."""

    id: MemoId
    kind: MemoKind
    title: Words | None = None
    text: Words
    author: PersonId | None = None
    about: AnyId | None = None
    about_kind: Plain | None = None
    version: SourceVersionId | None = None
    start: int | None = None
    end: int | None = None
    created_at: int


@record
class Reading:
    """How far a coder has read a source: to `read_to`, in code points of its current version."""

    id: ReadingId
    coder: PersonId
    source: SourceId
    state: ReadingState
    read_to: int


@record
class Stretch:
    """A part of a text about an event that is not the source's own: its session, and before, during or after.

    Of an event, it takes the place of the source's occasion for the passages within it.
    """

    id: StretchId
    version: SourceVersionId
    start: int
    end: int
    event: EventId
    session: SessionId | None = None
    phase: Phase | None = None
    marked_by: PersonId | None = None


@record
class Layer:
    """What kind of writing a span is."""

    id: LayerId
    version: SourceVersionId
    start: int
    end: int
    layer: LayerName
    marked_by: PersonId | None = None


@record
class TimeMark:
    """A time that stands in a text. A span that only looks like one is kept as of kind NONE, so as not to be offered.

    `clock` (and `until`, where a range is named) is "HH:MM" or "HH:MM:SS" in the event's zone, or, of an ELAPSED one,
    "H:MM:SS" or "H:MM:SS.mmm" since the recording began; `day` is the date of a clock time where it was said.
    """

    id: TimeMarkId
    version: SourceVersionId
    start: int
    end: int
    kind: MarkKind
    clock: Plain | None = None
    until: Plain | None = None
    day: Plain | None = None
    marked_by: PersonId | None = None


@record
class Addition:
    """What an observer added to a text later, and when."""

    id: AdditionId
    version: SourceVersionId
    start: int
    end: int
    person: PersonId | None = None
    dated: Plain


@record
class Picture:
    """A picture that stood in a file, before the code point `at`; its bytes are kept among the originals."""

    id: PictureId
    version: SourceVersionId
    at: int
    content: Plain
    media_type: Plain
    name: Words | None = None
    description: Words | None = None


@record
class Attribute:
    """A property that cases have: people, groups, sources, sessions. `unit` is what a number counts."""

    id: AttributeId
    name: Words
    type: AttributeType
    unit: Words | None = None


@record
class AttributeValue:
    """The value of an attribute for one case; a number or a date as it is written in ISO 8601 or with a point."""

    id: AttributeValueId
    attribute: AttributeId
    about: AnyId
    about_kind: Plain
    value: Words


CASES = (Person, ConstituentGroup, Source, Event, Session)
"""What can be a case: a unit of comparison that has attributes."""

RECORDS: tuple[type, ...] = (
    Project,
    Person,
    Role,
    Positionality,
    ConstituentGroup,
    Membership,
    Nesting,
    Series,
    Event,
    Session,
    Presence,
    Source,
    SourceVersion,
    Authorship,
    Occasion,
    ImportNote,
    Code,
    Term,
    Coding,
    Concern,
    Stance,
    Memo,
    Reading,
    Stretch,
    Layer,
    TimeMark,
    Addition,
    Picture,
    Attribute,
    AttributeValue,
    Moment,
    MomentAnchor,
    Divergence,
    DivergencePassage,
    Comparison,
    Snapshot,
    CounterExample,
)
"""Every record, parents before children."""
