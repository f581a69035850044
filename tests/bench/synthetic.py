"""A synthetic project of any size: sources of invented words, codes, observers, codings. Always the same."""

import random
from dataclasses import dataclass
from pathlib import Path

from polyvocal.domain.editmap import EditMap
from polyvocal.domain.ids import CodeId, PersonId, SourceId
from polyvocal.domain.moments import Moment
from polyvocal.domain.records import Code, Occasion, Person, Session, Source, SourceVersion
from polyvocal.domain.words import Phase
from polyvocal.services.commands.codings import CodingDraft, add_codings
from polyvocal.services.commands.incoming import About, Incoming
from polyvocal.services.commands.sources import import_sources
from polyvocal.store.file import ProjectFile
from polyvocal.store.unit import Unit

CODES, OBSERVERS = 100, 20
WORDS_A_SOURCE = 1000


def write_texts(folder: Path, sources: int) -> list[Path]:
    """Write .txt files of 1,000 words each, from a vocabulary of 20,000 with the skew of natural language."""
    chance = random.Random(7)
    syllables = ["ka", "mo", "ri", "ten", "sal", "ve", "no", "pir", "lu", "das", "he", "om", "ti", "gra", "bel", "su"]
    vocabulary = ["".join(chance.choices(syllables, k=chance.choice((1, 2, 2, 3, 3, 4)))) for _ in range(20_000)]
    weights = [1 / (rank + 1) for rank in range(len(vocabulary))]
    folder.mkdir()
    paths = []
    for number in range(sources):
        words = chance.choices(vocabulary, weights, k=WORDS_A_SOURCE)
        lines = [" ".join(words[at : at + 25]) + "." for at in range(0, WORDS_A_SOURCE, 25)]
        path = folder / f"note {number:05}.txt"
        path.write_text("\n\n".join(lines) + "\n", "utf-8")
        paths.append(path)
    return paths


@dataclass(frozen=True, slots=True)
class People:
    """The ids of the codebook and of the people, who are observers and coders."""

    codes: list[CodeId]
    people: list[PersonId]


def add_people(project: ProjectFile) -> People:
    """100 codes and 20 people, as one operation."""
    made = People([], [])

    def work(unit: Unit) -> None:
        for number in range(OBSERVERS):
            person = Person(id=unit.new_id(), name=f"Coder {number:02}")
            unit.add(person)
            made.people.append(person.id)
        for number in range(CODES):
            code = Code(id=unit.new_id(), name=f"code {number:03}", colour="#0072b2", position=number)
            unit.add(code)
            made.codes.append(code.id)

    project.write("add people", work)
    return made


def drafts(project: ProjectFile, made: People, count: int) -> list[CodingDraft]:
    """Codings spread over all sources, of 5 to 300 characters."""
    chance = random.Random(11)
    with project.view() as view:
        lengths = {version.source: version.length for version in view.all(SourceVersion)}
        sources: list[SourceId] = [source.id for source in view.all(Source)]
    found = []
    for number in range(count):
        source = sources[number * len(sources) // count]
        start = chance.randrange(lengths[source] - 300)
        end = start + chance.randrange(5, 300)
        found.append(CodingDraft(source, start, end, chance.choice(made.codes), chance.choice(made.people)))
    return found


SESSIONS = 40
"""Sessions of the gathering, each of which is a moment too."""


def add_sessions(project: ProjectFile) -> None:
    """Say of each source in which phase it was written, and of most in which of 40 sessions; as one operation."""
    chance = random.Random(13)

    def work(unit: Unit) -> None:
        events = {one.event for one in unit.all(Occasion)}
        sessions = []
        for event in events:
            for number in range(SESSIONS):
                sessions.append(unit.new_id())
                unit.add(Session(id=sessions[-1], event=event, title=f"Session {number:02}"))
                unit.add(Moment(id=unit.new_id(), event=event, session=sessions[-1]))
        for one in unit.all(Occasion):
            phase = chance.choice([Phase.BEFORE, Phase.DURING, Phase.DURING, Phase.DURING, Phase.AFTER])
            unit.change(one, phase=phase, session=chance.choice(sessions) if phase is Phase.DURING else None)

    project.write("add sessions", work)


LONG, SHORT = "A long account", "A short one"


def write_long_source(project: ProjectFile, *, words: int, codings: int) -> None:
    """A source of many words with many codings on it, and a short one beside it."""
    made = add_people(project)
    chance = random.Random(5)
    body = " ".join(
        f"word{chance.randrange(5_000)}" + (".\n\n" if number % 110 == 0 else "." if number % 12 == 0 else "")
        for number in range(words)
    )
    about = About(observers=("Coder 00",), event="gathering")
    import_sources(project, [Incoming(LONG, body, EditMap()), Incoming(SHORT, "A few words.", EditMap())], about)
    with project.view() as view:
        (source,) = view.find(Source, title=LONG)
    found = []
    for _ in range(codings):
        start = chance.randrange(len(body) - 300)
        code, coder = chance.choice(made.codes), chance.choice(made.people)
        found.append(CodingDraft(source.id, start, start + chance.randrange(5, 300), code, coder))
    add_codings(project, found)
