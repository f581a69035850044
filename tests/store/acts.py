"""What a team does to a project, at random but repeatably: commands of the services on a real file."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.comparisons import Asked, Comparison, CounterExample, Result, Snapshot
from polyvocal.domain.editmap import EditMap
from polyvocal.domain.ids import AnyId, ImportNoteId, PositionalityId
from polyvocal.domain.moments import Divergence, DivergencePassage, Moment, MomentAnchor
from polyvocal.domain.records import (
    Addition,
    Attribute,
    AttributeValue,
    Code,
    Coding,
    ConstituentGroup,
    Event,
    ImportNote,
    Layer,
    Memo,
    Person,
    Picture,
    Positionality,
    Source,
    SourceVersion,
    Stance,
    Stretch,
    Term,
    TimeMark,
)
from polyvocal.domain.versions import current
from polyvocal.domain.words import (
    AttributeType,
    DivergenceKind,
    Doing,
    Explanation,
    LayerName,
    MarkKind,
    MemoKind,
    Phase,
    RoleName,
    SourceKind,
    StanceName,
    Standing,
)
from polyvocal.services.commands.code_changes import change_code, move_code
from polyvocal.services.commands.code_merge import merge_codes, split_code
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.codings import CodingDraft, StanceDraft, add_coding, add_codings, add_stance
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.incoming import About, Incoming, Note
from polyvocal.services.commands.memos import add_memo
from polyvocal.services.commands.people import add_group, add_person
from polyvocal.services.commands.reading import set_reading
from polyvocal.services.commands.removal import remove
from polyvocal.services.commands.setting import add_event, add_presence, add_session, add_term
from polyvocal.services.commands.sources import correct_source, import_sources
from polyvocal.store.file import ProjectFile
from polyvocal.store.schema import RECORD_OF_KIND
from polyvocal.store.unit import Unit

Act = Callable[[ProjectFile, Random], ChangeSet]
Rows = dict[str, list[tuple[Any, ...]]]

_NAMES = ("Ada", "Bo", "Chidi", "Dora", "Elif", "Femi")
_PARTIES = ("ward team", "lay panel", "researchers", "institute", "Ada", "Dora")
_TERMS = ("who decides", "whose experience counts", "paid time")
_WORDS = (
    "the",
    "panel",
    "asked",
    "who",
    "decides",
    "and",
    "nobody",
    "answered",
    "caf\u00e9",
    "\u738b\u82b3",
    "\U0001f642",
)


def prose(random: Random, words: int) -> str:
    """Some invented lines."""
    return " ".join(random.choice(_WORDS) + ("\n" if random.random() < 0.1 else "") for _ in range(words))


def contents(path: Path) -> Rows:
    """Every row of every record's table, and the index of people's words, as another program reads them."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        rows = {
            kind: connection.execute(f'SELECT * FROM "{kind}" ORDER BY id').fetchall()
            for kind in RECORD_OF_KIND
            if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (kind,)).fetchone()
        }
        rows["word_index"] = connection.execute("SELECT rowid, kind, body FROM word_index ORDER BY rowid").fetchall()
    return rows


def _every(project: ProjectFile, cls: type[Any]) -> list[Any]:
    with project.view() as view:
        found: list[Any] = view.all(cls)
    return found


def _one(project: ProjectFile, random: Random, cls: type[Any]) -> Any:
    things = _every(project, cls)
    return random.choice(things) if things else None


def _length(project: ProjectFile, source: int) -> int:
    with project.view() as view:
        return current(view.find(SourceVersion, source=source)).length


def _span(random: Random, length: int) -> tuple[int, int]:
    start = random.randrange(length)
    return start, random.randint(start + 1, min(length, start + 40))


# --- the acts ------------------------------------------------------------------------------------------------------


def enter_person(project: ProjectFile, random: Random) -> ChangeSet:
    return add_person(
        project,
        name=f"{random.choice(_NAMES)} {random.randrange(9)}",
        roles=tuple(random.sample(list(RoleName), random.randrange(3))),
        standing=random.choice([None, *Standing]),
        description=random.choice([None, prose(random, 5)]),
        groups=tuple(random.sample(_PARTIES[:4], random.randrange(3))),
    )


def enter_code(project: ProjectFile, random: Random) -> ChangeSet:
    above = _one(project, random, Code)
    return add_code(
        project,
        name=f"code {random.randrange(40)}",
        parent=str(above.id) if above and random.random() < 0.5 else None,
        definition=random.choice([None, prose(random, 8)]),
        use_when=random.choice([None, prose(random, 3)]),
    )


def code_passage(project: ProjectFile, random: Random) -> ChangeSet:
    source, code = _one(project, random, Source), _one(project, random, Code)
    if source is None or code is None:
        return enter_code(project, random)
    start, end = _span(random, _length(project, source.id))
    return add_coding(
        project,
        source=str(source.id),
        start=start,
        end=end,
        code=str(code.id),
        coder=random.choice(_NAMES),
        concerns=tuple(random.sample(_PARTIES, random.randrange(3))),
        stance=random.choice([None, _stance(random)]),
    )


def code_very_many(project: ProjectFile, random: Random) -> ChangeSet:
    source, code, coder = (_one(project, random, cls) for cls in (Source, Code, Person))
    if source is None or code is None or coder is None:
        return enter_person(project, random)
    length = _length(project, source.id)
    drafts = [
        CodingDraft(source.id, *_span(random, length), code.id, coder.id)
        for _ in range(random.choice([1, 2, 99, 100, 101, 230]))
    ]
    return add_codings(project, drafts, person=coder.id)


def _stance(random: Random) -> StanceDraft:
    return StanceDraft(
        random.choice(_PARTIES),
        random.choice(list(StanceName)),
        random.choice(_TERMS),
        random.choice([None, random.choice(_PARTIES)]),
    )


def take_stance(project: ProjectFile, random: Random) -> ChangeSet:
    coding = _one(project, random, Coding)
    return add_stance(project, coding=str(coding.id if coding else 1), stance=_stance(random))


def write_memo(project: ProjectFile, random: Random) -> ChangeSet:
    kind, cls = random.choice([("code", Code), ("coding", Coding), ("source", Source), ("person", Person)])
    about = _one(project, random, cls)
    return add_memo(
        project,
        text=prose(random, 10),
        kind=random.choice(list(MemoKind)),
        title=random.choice([None, prose(random, 2)]),
        author=random.choice([None, *_NAMES]),
        about=(kind, str(about.id)) if about and random.random() < 0.7 else None,
    )


def change_something(project: ProjectFile, random: Random) -> ChangeSet:
    code = _one(project, random, Code)
    choices: list[tuple[str, type, dict[str, str]]] = [
        ("code", Code, {"name": f"code {random.randrange(40)}"}),
        ("code", Code, {"retired": random.choice(["yes", "no"]), "definition": prose(random, 4)}),
        ("code", Code, {"parent": str(code.id) if code and random.random() < 0.7 else ""}),
        ("person", Person, {"description": random.choice(["", prose(random, 4)])}),
        ("memo", Memo, {"text": prose(random, 6)}),
        ("term", Term, {"definition": prose(random, 6)}),
        ("source", Source, {"title": f"note {random.randrange(40)}", "written_at": "2024-05-14"}),
        ("stance", Stance, {"stance": random.choice(list(StanceName))}),
    ]
    kind, cls, fields = random.choice(choices)
    thing = _one(project, random, cls)
    return change(project, kind, str(thing.id if thing else 1), fields)


def reshape_codebook(project: ProjectFile, random: Random) -> ChangeSet:
    one, other = _one(project, random, Code), _one(project, random, Code)
    if one is None or other is None:
        return enter_code(project, random)
    code, second = str(one.id), str(other.id)
    reason = random.choice([None, prose(random, 3)])
    with project.view() as view:
        codings = frozenset(coding.id for coding in view.find(Coding, code=one.id) if random.random() < 0.5)
    acts: list[Callable[[], ChangeSet]] = [
        lambda: merge_codes(project, [code], into=second, reason=reason),
        lambda: split_code(project, code, name=f"code {random.randrange(40)}", codings=codings, reason=reason),
        lambda: move_code(project, code, **{random.choice(["below", "before", "after"]): second}),
        lambda: change_code(project, code, {"definition": prose(random, 4)}, reason=reason),
    ]
    return random.choice(acts)()


def remove_something(project: ProjectFile, random: Random) -> ChangeSet:
    kind, cls = random.choice(
        [
            ("coding", Coding),
            ("coding", Coding),
            ("stance", Stance),
            ("memo", Memo),
            ("code", Code),
            ("person", Person),
            ("source", Source),
            ("group", ConstituentGroup),
            ("term", Term),
            ("event", Event),
        ]
    )
    thing = _one(project, random, cls)
    return remove(project, kind, str(thing.id if thing else 1))


def bring_in(project: ProjectFile, random: Random) -> ChangeSet:
    texts = [prose(random, random.randint(5, 60)) for _ in range(random.randint(1, 3))]
    incoming = [
        Incoming(
            title=f"note {random.randrange(40)}",
            text=text,
            edits=EditMap.of([(0, 2, 1)]),
            file_name="note.txt",
            content=random.choice([None, text.encode("utf-16")]),
            encoding="utf-16",
            notes=(Note("image", 1, prose(random, 3)),),
        )
        for text in texts
    ]
    about = About(
        kind=random.choice(list(SourceKind)),
        observers=tuple(random.sample(_NAMES, random.randint(1, 2))),
        event="the learning event",
        session=random.choice([None, "plenary"]),
        phase=random.choice([None, *Phase]),
    )
    return import_sources(project, incoming, about).changes


def correct(project: ProjectFile, random: Random) -> ChangeSet:
    source = _one(project, random, Source)
    if source is None:
        return bring_in(project, random)
    start, end = _span(random, _length(project, source.id))
    return correct_source(
        project,
        source=str(source.id),
        edits=[(start, end, prose(random, random.randrange(4)))],
        by=random.choice([None, *_NAMES]),
        reason=random.choice([None, "misheard"]),
    )


def read_on(project: ProjectFile, random: Random) -> ChangeSet:
    source = _one(project, random, Source)
    if source is None:
        return bring_in(project, random)
    to = random.choice([None, random.randint(0, _length(project, source.id))])
    return set_reading(project, source=str(source.id), coder=random.choice(_NAMES), read_to=to)


def set_the_scene(project: ProjectFile, random: Random) -> ChangeSet:
    number = random.randrange(5)
    scenes: list[Callable[[], ChangeSet]] = [
        lambda: add_event(project, title=f"event {number}", series="the series", zone="Europe/London"),
        lambda: add_session(project, title=f"session {number}", event=f"event {number}", starts="2024-05-14T10:45"),
        lambda: add_presence(
            project,
            person=random.choice(_NAMES),
            session=f"session {number}",
            event=f"event {number}",
            doing=random.choice(list(Doing)),
            place="by the door",
        ),
        lambda: add_group(project, name=f"group {number}", within=(random.choice(_PARTIES[:4]),)),
        lambda: add_term(project, name=f"term {number}", definition=prose(random, 5)),
    ]
    return random.choice(scenes)()


ACTS: tuple[Act, ...] = (
    enter_person,
    enter_code,
    code_passage,
    code_very_many,
    take_stance,
    write_memo,
    change_something,
    reshape_codebook,
    remove_something,
    bring_in,
    correct,
    read_on,
    set_the_scene,
)


def side_by_side(unit: Unit, place: Any, event: Event, person: Person) -> None:
    """A moment, where accounts of it differ, and a comparison that is saved."""
    (coding, *_) = unit.all(Coding)
    vote = Moment(id=unit.new_id(), event=event.id, title="the vote", starts="2024-05-14T10:45")
    differ = Divergence(
        id=unit.new_id(), kind=DivergenceKind.ATTENTION, title="who laughed", moment=vote.id, because="by the door",
        explanation=Explanation.VANTAGE, recorded_by=person.id, recorded_at=5,
    )  # fmt: skip
    saved = Comparison(id=unit.new_id(), title="who wrote of it", asked=Asked("code", "observer", "passages").encode(),
                       saved_at=6)  # fmt: skip
    unit.add(
        vote,
        MomentAnchor(id=unit.new_id(), moment=vote.id, marked_by=person.id, **place),
        differ,
        DivergencePassage(id=unit.new_id(), divergence=differ.id, **place),
        saved,
        Snapshot(
            id=unit.new_id(),
            comparison=saved.id,
            result=Result(("1",), ("2",), ((3,),), (("coded",),)).encode(),
            caption="passages counted",
            taken_at=7,
        ),
        CounterExample(id=unit.new_id(), comparison=saved.id, coding=coding.id, why="she says no", marked_at=8),
    )


def fill(project: ProjectFile) -> None:
    """Do enough that every table of the project has rows."""
    text = prose(Random(7), 40)
    note = Incoming(title="by the door", text=text, edits=EditMap(), content=text.encode("utf-16"), encoding="utf-16")
    import_sources(project, [note], About(observers=("Ada",), event="the learning event", phase=Phase.DURING))
    add_person(
        project, name="Grace", standing=Standing.LAY_PANEL, description="sits by the door", groups=("lay panel",)
    )
    add_group(project, name="readers", description="of the lay panel", within=("lay panel",))
    add_event(project, title="the learning event 2", series="the series", place="the hall")
    add_session(project, title="tea", event="the learning event 2", place="corridor")
    add_presence(project, person="Grace", session="tea", event="the learning event 2", doing=Doing.OBSERVING)
    add_code(project, name="affirming", definition="says yes to")
    add_code(project, name="polite assent", parent="affirming", example="yes, yes")
    add_term(project, name="who decides", definition="whose word is last")
    add_coding(
        project,
        source="by the door",
        start=0,
        end=9,
        code="polite assent",
        coder="Bo",
        concerns=("lay panel", "Grace"),
        stance=StanceDraft("Grace", StanceName.CONTESTS, "who decides", toward="lay panel"),
    )
    add_memo(project, text="why did nobody answer", kind=MemoKind.CODE, author="Bo", about=("code", "affirming"))
    set_reading(project, source="by the door", coder="Bo", read_to=5)

    def the_rest(unit: Unit) -> None:
        (source, *_), (grace, *_) = unit.all(Source), unit.find(Person, name="Grace")
        unit.add(
            Positionality(
                id=PositionalityId(unit.new_id()), person=grace.id, dated="2024-05-01", statement="a patient"
            ),
            ImportNote(id=ImportNoteId(unit.new_id()), source=source.id, what="table", how_many=2, detail="as text"),
        )
        (version, *_), (event, *_) = unit.find(SourceVersion, source=source.id), unit.all(Event)
        place: Any = {"version": version.id, "start": 2, "end": 9}
        width = Attribute(id=unit.new_id(), name="beds", type=AttributeType.NUMBER, unit="beds")
        unit.add(
            Stretch(id=unit.new_id(), **place, event=event.id, phase=Phase.AFTER, marked_by=grace.id),
            Layer(id=unit.new_id(), **place, layer=LayerName.ASIDE, marked_by=grace.id),
            TimeMark(id=unit.new_id(), **place, kind=MarkKind.CLOCK, clock="10:45", until="11:20"),
            Addition(id=unit.new_id(), **place, person=grace.id, dated="2024-06-01"),
            Picture(
                id=unit.new_id(),
                version=version.id,
                at=4,
                content=unit.add_original(b"\x89PNG", ""),
                media_type="image/png",
                name="wall.png",
                description="the chart on the wall",
            ),
            width,
            AttributeValue(id=unit.new_id(), attribute=width.id, about=AnyId(event.id), about_kind="event", value="24"),
        )
        side_by_side(unit, place, event, grace)

    project.write("fill", the_rest, person=None)
    change(project, "code", "affirming", {"definition": "says yes to, aloud"})
    change(project, "person", "Grace", {"description": ""})
