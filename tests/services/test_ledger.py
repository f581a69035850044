"""A ledger that is asked again and again while a project changes says what a fresh comparison says."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyvocal.domain.editmap import apply_edits
from polyvocal.domain.errors import BugError, UserError
from polyvocal.domain.passages import CaseOf, PassageFilter
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
from polyvocal.domain.text import count_words
from polyvocal.domain.versions import heads
from polyvocal.domain.words import Doing, LayerName, Phase, ReadingState, RoleName, SourceKind, Standing
from polyvocal.services.analysis import columns, holdings
from polyvocal.services.analysis.co_occurrence import Nearness, Readers, Together
from polyvocal.services.analysis.columns import HeldCodings
from polyvocal.services.analysis.compare import Along, Comparison, Dimension, Measure, compare
from polyvocal.services.analysis.dimensions import along_attribute
from polyvocal.services.analysis.holdings import Holdings
from polyvocal.services.analysis.ledger import Ledger
from polyvocal.services.analysis.only_here import Whose
from polyvocal.services.commands.codings import CodingDraft, add_coding, add_codings
from polyvocal.services.commands.reading import set_reading
from polyvocal.services.commands.sources import correct_source
from polyvocal.services.queries.passages import EVERYTHING
from polyvocal.store import codings, touched
from polyvocal.store.file import Mode, ProjectFile, open_project
from polyvocal.store.unit import Unit, hash_text
from polyvocal.store.view import View
from tests.services.compare_projects import random_file, random_filter

PAIRS = sorted(permutations(Dimension, 2))
Draw = Callable[[Any], Any]


def timeless(comparison: Comparison) -> Comparison:
    """A comparison without the minute in which it was made."""
    return replace(comparison, caption=comparison.caption.rpartition("Project ")[0])


# --- acts --------------------------------------------------------------------------------------------------------


def one(draw: Draw, file: ProjectFile, cls: type[Any]) -> Any:
    """One record of a kind; UserError where there is none, as a command would say."""
    with file.view() as view:
        found = view.all(cls)
    if not found:
        raise UserError("there is none")
    return draw(st.sampled_from(found))


def code_a_passage(draw: Draw, file: ProjectFile) -> None:
    version = one(draw, file, SourceVersion)
    code, coder = one(draw, file, Code), one(draw, file, Person)
    start = draw(st.integers(0, version.length - 1))
    end = draw(st.integers(start + 1, version.length))
    values = {"version": version.id, "start": start, "end": end, "code": code.id, "coder": coder.id, "created_at": 0}
    file.write("add", lambda unit: unit.add(Coding(id=unit.new_id(), **values)))


def code_very_many(draw: Draw, file: ProjectFile) -> None:
    source, code, coder = one(draw, file, Source), one(draw, file, Code), one(draw, file, Person)
    draft = CodingDraft(source.id, 0, 1, code.id, coder.id)
    add_codings(file, [draft] * draw(st.integers(1, 6)))


def code_anew(draw: Draw, file: ProjectFile) -> None:
    coding, code, coder = one(draw, file, Coding), one(draw, file, Code), one(draw, file, Person)
    file.write("change", lambda unit: unit.change(coding, code=code.id, coder=coder.id) and None)


def remove_a_coding(draw: Draw, file: ProjectFile) -> None:
    coding = one(draw, file, Coding)

    def work(unit: Unit) -> None:
        unit.remove(*unit.find(Concern, coding=coding.id), *unit.find(Stance, coding=coding.id), coding)

    file.write("remove", work)


def correct_a_text(draw: Draw, file: ProjectFile) -> None:
    version = one(draw, file, SourceVersion)
    with file.view() as view:
        text = view.text(version.text_hash)
    ends = sorted(draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2)))
    corrected, path = apply_edits(text, [(ends[0], ends[1], draw(st.text("xy ", max_size=3)))])
    if not corrected.strip() or not path.stages:
        raise UserError("nothing would be left")

    def work(unit: Unit) -> None:
        unit.add_text(corrected)
        unit.add(
            SourceVersion(
                id=unit.new_id(),
                source=version.source,
                parent=version.id,
                text_hash=hash_text(corrected),
                length=len(corrected),
                words=count_words(corrected),
                edits=path.encode(),
                created_at=draw_time,
            )
        )

    draw_time = draw(st.integers(0, 9))
    file.write("correct", work)


def take_back_a_correction(draw: Draw, file: ProjectFile) -> None:
    version = one(draw, file, SourceVersion)
    with file.view() as view:
        ends = heads(view.find(SourceVersion, source=version.source))
        needed = any(view.count(cls, version=version.id) for cls in (Coding, Stretch, Layer))
    if version not in ends or version.parent is None or needed:
        raise UserError("it is needed")
    file.write("remove", lambda unit: unit.remove(version))


def take_in_a_source(draw: Draw, file: ProjectFile) -> None:
    text = draw(st.text("ab ", min_size=1, max_size=9).filter(str.strip))
    title = draw(st.sampled_from(["Note", "A note", "Zeal"]))
    author = draw(st.booleans()) and one(draw, file, Person)

    def work(unit: Unit) -> None:
        source = Source(id=unit.new_id(), title=title, kind=SourceKind.TRANSCRIPT, imported_at=0)
        words = count_words(text)
        version = SourceVersion(
            id=unit.new_id(),
            source=source.id,
            text_hash=unit.add_text(text),
            length=len(text),
            words=words,
            created_at=0,
        )
        unit.add(source, version)
        if author:
            unit.add(Authorship(id=unit.new_id(), source=source.id, person=author.id))

    file.write("import", work)


def change_a_source(draw: Draw, file: ProjectFile) -> None:
    source = one(draw, file, Source)
    title = draw(st.sampled_from(["Note", "Another", "Zeal"]))
    kind = draw(st.sampled_from([SourceKind.TRANSCRIPT, SourceKind.JOTTINGS]))
    file.write("change", lambda unit: unit.change(source, title=title, kind=kind) and None)


def say_who_wrote(draw: Draw, file: ProjectFile) -> None:
    source, person = one(draw, file, Source), one(draw, file, Person)

    def work(unit: Unit) -> None:
        before = unit.find(Authorship, source=source.id, person=person.id)
        unit.remove(*before)
        if not before:
            unit.add(Authorship(id=unit.new_id(), source=source.id, person=person.id))

    file.write("authorship", work)


def say_about_what(draw: Draw, file: ProjectFile) -> None:
    source, event = one(draw, file, Source), one(draw, file, Event)
    phase = draw(st.sampled_from([None, *Phase]))

    def work(unit: Unit) -> None:
        before = unit.find(Occasion, source=source.id)
        unit.remove(*before[1:])
        unit.add(Occasion(id=unit.new_id(), source=source.id, event=event.id, phase=phase))

    file.write("occasion", work)


def span(draw: Draw, version: SourceVersion) -> dict[str, Any]:
    start = draw(st.integers(0, version.length - 1))
    return {"version": version.id, "start": start, "end": draw(st.integers(start + 1, version.length))}


def cut_a_stretch(draw: Draw, file: ProjectFile) -> None:
    version, event = one(draw, file, SourceVersion), one(draw, file, Event)
    values = {**span(draw, version), "event": event.id, "phase": draw(st.sampled_from([None, *Phase]))}
    file.write("stretch", lambda unit: unit.add(Stretch(id=unit.new_id(), **values)))


def change_a_stretch(draw: Draw, file: ProjectFile) -> None:
    stretch, event, phase = one(draw, file, Stretch), one(draw, file, Event), draw(st.sampled_from([None, *Phase]))
    file.write("stretch", lambda unit: unit.change(stretch, event=event.id, session=None, phase=phase) and None)


def remove_a_stretch(draw: Draw, file: ProjectFile) -> None:
    stretch = one(draw, file, Stretch)
    file.write("stretch", lambda unit: unit.remove(stretch))


def mark_a_layer(draw: Draw, file: ProjectFile) -> None:
    values = span(draw, one(draw, file, SourceVersion)) | {"layer": LayerName.REFLECTION}
    file.write("layer", lambda unit: unit.add(Layer(id=unit.new_id(), **values)))


def remove_a_layer(draw: Draw, file: ProjectFile) -> None:
    layer = one(draw, file, Layer)
    file.write("layer", lambda unit: unit.remove(layer))


def read(draw: Draw, file: ProjectFile) -> None:
    source, coder = one(draw, file, Source), one(draw, file, Person)
    state, to = draw(st.sampled_from(ReadingState)), draw(st.integers(0, 12))

    def work(unit: Unit) -> None:
        before = unit.find(Reading, source=source.id, coder=coder.id)
        if before and state is ReadingState.UNREAD:
            unit.remove(*before)
        elif before:
            unit.change(before[0], state=state, read_to=to)
        else:
            unit.add(Reading(id=unit.new_id(), coder=coder.id, source=source.id, state=state, read_to=to))

    file.write("reading", work)


def say_who_was_there(draw: Draw, file: ProjectFile) -> None:
    person, session = one(draw, file, Person), one(draw, file, Session)
    doing = draw(st.sampled_from(Doing))

    def work(unit: Unit) -> None:
        before = unit.find(Presence, person=person.id, session=session.id)
        unit.remove(*before)
        if not before:
            unit.add(Presence(id=unit.new_id(), person=person.id, session=session.id, doing=doing))

    file.write("presence", work)


def enter_a_person(draw: Draw, file: ProjectFile) -> None:
    role = draw(st.sampled_from([None, RoleName.OBSERVER, RoleName.CODER]))

    def work(unit: Unit) -> None:
        person = Person(id=unit.new_id(), name="New")
        unit.add(person)
        if role:
            unit.add(Role(id=unit.new_id(), person=person.id, role=role))

    file.write("person", work)


def change_a_person(draw: Draw, file: ProjectFile) -> None:
    person = one(draw, file, Person)
    standing, name = draw(st.sampled_from([None, *Standing][:3])), draw(st.sampled_from(["Jo", "Renamed"]))
    file.write("change", lambda unit: unit.change(person, standing=standing, name=name) and None)


def change_the_codebook(draw: Draw, file: ProjectFile) -> None:
    position, fresh = draw(st.integers(-1, 5)), draw(st.booleans())
    code = None if fresh else one(draw, file, Code)

    def work(unit: Unit) -> None:
        if code is None:
            unit.add(Code(id=unit.new_id(), name="Fresh", colour="#0072b2", position=position))
        else:
            unit.change(code, name="Time", position=position)

    file.write("codebook", work)


def concern_somebody(draw: Draw, file: ProjectFile) -> None:
    coding, who = one(draw, file, Coding), one(draw, file, draw(st.sampled_from([Person, ConstituentGroup])))
    field = "person" if isinstance(who, Person) else "constituent_group"
    values = {"coding": coding.id, field: who.id}
    file.write("concern", lambda unit: unit.add(Concern(id=unit.new_id(), **values)))


def take_a_stance(draw: Draw, file: ProjectFile) -> None:
    coding, actor, term = one(draw, file, Coding), one(draw, file, Person), one(draw, file, Term)
    values = {"coding": coding.id, "actor_person": actor.id, "term": term.id}
    name = draw(st.sampled_from(["affirms", "wavers", "aches"]))
    file.write("stance", lambda unit: unit.add(Stance(id=unit.new_id(), stance=name, **values)))


def change_a_stance(draw: Draw, file: ProjectFile) -> None:
    stance, name = one(draw, file, Stance), draw(st.sampled_from(["contests", "wavers"]))
    file.write("stance", lambda unit: unit.change(stance, stance=name) and None)


def concern_nobody(draw: Draw, file: ProjectFile) -> None:
    gone = one(draw, file, draw(st.sampled_from([Concern, Stance])))
    file.write("concern", lambda unit: unit.remove(gone))


def record_a_value(draw: Draw, file: ProjectFile) -> None:
    attribute, person, value = one(draw, file, Attribute), one(draw, file, Person), draw(st.sampled_from(["9", "11"]))

    def work(unit: Unit) -> None:
        unit.remove(*unit.find(AttributeValue, attribute=attribute.id, about=person.id))
        values = {"attribute": attribute.id, "about": person.id, "about_kind": "person", "value": value}
        unit.add(AttributeValue(id=unit.new_id(), **values))

    file.write("value", work)


def undo(_draw: Draw, file: ProjectFile) -> None:
    file.undo()


def redo(_draw: Draw, file: ProjectFile) -> None:
    file.redo()


ACTS = (
    code_a_passage, code_a_passage, code_very_many, code_anew, remove_a_coding, correct_a_text, take_back_a_correction,
    take_in_a_source, change_a_source, say_who_wrote, say_about_what, read, say_who_was_there, enter_a_person,
    change_a_person, change_the_codebook, cut_a_stretch, cut_a_stretch, change_a_stretch, remove_a_stretch,
    mark_a_layer, remove_a_layer, concern_somebody, concern_somebody, take_a_stance, take_a_stance, change_a_stance,
    concern_nobody, record_a_value, undo, undo, redo,
)  # fmt: skip


@contextmanager
def limits(listed: int = 10_000, corrected: int = 500, at_once: int = 1 << 17) -> Iterator[None]:
    """Past so many ids, and so many sources with other versions, all is read anew; so many codings are one part."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(touched, "LISTED", listed)
        patch.setattr(holdings, "_CORRECTED_AT_ONCE", corrected)
        patch.setattr(columns, "_AT_ONCE", at_once)
        patch.setattr(codings, "AT_ONCE", at_once)
        yield


# --- the same as afresh --------------------------------------------------------------------------------------------


def ask_both(ledger: Ledger, view: View, draw: Draw, chosen: PassageFilter) -> None:
    """A question of codes by observers, some of any kind, and the other analyses."""
    years = [along_attribute(CaseOf.OBSERVER, one.id) for one in view.all(Attribute)] or [Along(Dimension.KIND)]
    folded = Along(Dimension.CODE, folded=frozenset(code.id for code in view.all(Code)))
    first: object = None
    for rows, across in (
        (Dimension.CODE, Dimension.OBSERVER),
        draw(st.sampled_from(PAIRS)),
        draw(st.sampled_from([*PAIRS, (Dimension.GROUP, Dimension.PARTICIPANT), (Dimension.STANCE, Dimension.ACTOR)])),
        (folded, draw(st.sampled_from([years[0], Dimension.STANCE]))),
    ):
        measure = draw(st.sampled_from(Measure))
        held = ledger.compare(view, rows, across, measure, chosen, totals=True)
        assert timeless(held) == timeless(compare(view, rows, across, measure, chosen, totals=True))
    for asked in (ledger, Ledger()):
        who = asked.who_codes_whom(view, chosen)
        only = asked.only_here(view, Whose.OBSERVER, chosen).found
        near = [
            asked.co_occurrence(view, Together(near, 1, readers, chosen=chosen)).numbers.tolist()
            for near in Nearness
            for readers in Readers
        ]
        said = who.words_read.tolist(), who.accounts_done.tolist(), only, near
        first = said if asked is ledger else first
        assert said == first


@pytest.mark.slow
@settings(max_examples=150)
@given(st.data())
def test_ledger_says_what_a_fresh_comparison_says_after_whatever_was_done(
    template_project: Path, data: st.DataObject
) -> None:
    listed, corrected = data.draw(st.sampled_from([10_000, 10_000, 2])), data.draw(st.sampled_from([500, 500, 0]))
    with random_file(template_project, data.draw) as file, limits(listed, corrected):
        ledger = Ledger()
        for _ in range(data.draw(st.integers(1, 4))):
            with file.view() as view:
                ask_both(ledger, view, data.draw, random_filter(data.draw, view))
            for act in data.draw(st.lists(st.sampled_from(ACTS), min_size=1, max_size=6)):
                with suppress(UserError):
                    act(data.draw, file)
        with file.view() as view:
            ask_both(ledger, view, data.draw, EVERYTHING)


@settings(max_examples=60)
@given(st.data())
def test_table_is_the_same_in_however_small_parts_it_is_counted(template_project: Path, data: st.DataObject) -> None:
    with random_file(template_project, data.draw) as file, file.view() as view:
        chosen = random_filter(data.draw, view)
        for rows, across in data.draw(st.lists(st.sampled_from(PAIRS), min_size=3, max_size=3)):
            measure = data.draw(st.sampled_from(Measure))
            whole = compare(view, rows, across, measure, chosen, totals=True)
            with limits(at_once=data.draw(st.integers(1, 4))):
                assert timeless(compare(view, rows, across, measure, chosen, totals=True)) == timeless(whole)


# --- what is read ---------------------------------------------------------------------------------------------------


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was read whole, in order."""
    found: list[str] = []

    def counted(*arguments: Any) -> Any:
        found.append("codings")
        return HeldCodings(*arguments)

    monkeypatch.setattr(holdings, "HeldCodings", counted)
    return found


def asked(ledger: Ledger, file: ProjectFile) -> Comparison:
    with file.view() as view:
        held = ledger.compare(view)
        assert timeless(held) == timeless(compare(view))
    return held


def test_codings_are_read_once_however_often_they_are_asked_for_and_changed(
    small_project: ProjectFile, loads: list[str]
) -> None:
    ledger = Ledger()
    asked(ledger, small_project)
    before = len(loads)
    add_coding(small_project, source="Plenary, Ilse", start=0, end=9, code="Protest", coder="Nela")
    set_reading(small_project, source="On the train", coder="Nela", read_to=None)
    correct_source(small_project, source="Plenary, Ilse", edits=[(0, 2, "Une ")])
    small_project.undo()
    small_project.undo()
    with small_project.view() as view:
        ledger.compare(view)
    assert len(loads) == before


def test_question_of_an_earlier_moment_is_answered_as_of_that_moment(small_project: ProjectFile) -> None:
    ledger = Ledger()
    with small_project.view() as earlier:
        before = timeless(compare(earlier))
        add_coding(small_project, source="Plenary, Ilse", start=0, end=9, code="Protest", coder="Oda")
        now = asked(ledger, small_project)
        assert timeless(ledger.compare(earlier)) == before
    assert timeless(now) != before
    assert asked(ledger, small_project).cells == now.cells


def test_fault_while_catching_up_leaves_nothing_half_done(
    small_project: ProjectFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = Ledger()
    asked(ledger, small_project)
    add_coding(small_project, source="Plenary, Ilse", start=0, end=9, code="Protest", coder="Oda")
    with monkeypatch.context() as patch, small_project.view() as view:
        patch.setattr(Holdings, "_derive_setting", fail)
        patch.setattr(Holdings, "bring_up_to_date", fail)
        with pytest.raises(OSError, match="the disk is gone"):
            ledger.compare(view)
    asked(ledger, small_project)


def fail(_held: Holdings, *_arguments: object) -> None:
    raise OSError("the disk is gone")


def test_what_another_program_wrote_is_seen(small_path: Path) -> None:
    ledger = Ledger()
    with open_project(small_path) as reader:
        before = asked(ledger, reader)
        with open_project(small_path, Mode.ONCE) as writer:
            add_coding(writer, source="Plenary, Ilse", start=0, end=9, code="Protest", coder="Oda")
        assert asked(ledger, reader).cells != before.cells


def test_rows_and_acrossof_one_dimension_are_refused(small_project: ProjectFile) -> None:
    with small_project.view() as view, pytest.raises(BugError):
        Ledger().compare(view, Dimension.CODE, Dimension.CODE)
