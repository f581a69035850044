"""Whatever was made of a passage is listed with its words once a correction took all of them away."""

import pytest

from polyvocal.domain.editmap import EditMap
from polyvocal.domain.ids import SourceId
from polyvocal.domain.record import shape_of
from polyvocal.domain.records import RECORDS, Layer
from polyvocal.domain.words import LayerName, Phase
from polyvocal.services.commands.correcting import Later, save_correction
from polyvocal.services.commands.incoming import Incoming, Renewal
from polyvocal.services.commands.layers import LayerDraft, mark_layers
from polyvocal.services.commands.memos import add_memo
from polyvocal.services.commands.passage import Passage
from polyvocal.services.commands.sources import correct_source, import_all
from polyvocal.services.commands.stretches import Relation, add_stretch
from polyvocal.services.commands.time_marks import TimeDraft, add_time_marks
from polyvocal.services.queries.anchored import ANCHORED, anchored, lost_passages
from polyvocal.services.queries.reading import source_to_read
from polyvocal.services.references import kind_named, resolve
from polyvocal.store.file import ProjectFile
from tests.conftest import TEXTS
from tests.services.test_correcting import added

WREN = "Plenary, Wren"
TEXT = TEXTS[WREN]
CLAP = "applause"


def identity(project: ProjectFile) -> SourceId:
    with project.view() as view:
        return SourceId(resolve(view, kind_named("source"), WREN).id)


@pytest.fixture
def marked(small_project: ProjectFile) -> ProjectFile:
    """A text of which a passage is of every kind: what was added later, and what stands before the last paragraph."""
    clap = TEXT.index(CLAP)
    add_memo(small_project, text="Who?", title="Clapping", author="Oda", passage=Passage(WREN, clap, clap + 8))
    add_memo(small_project, text="Late?", author="Oda", passage=Passage(WREN, 0, 5))
    mark_layers(small_project, source=WREN, drafts=[LayerDraft(clap, clap + 8, LayerName.ASIDE)])
    add_stretch(small_project, Passage(WREN, 6, 10), Relation("Launch", "Corridor", Phase.AFTER))
    add_time_marks(
        small_project, source=WREN, marks=[TimeDraft(0, 5, "10:05", "10:15"), TimeDraft(6, 10, None)], seen=None
    )
    save_correction(
        small_project,
        source=WREN,
        corrected=added(small_project, "Later: none. ", at=0),
        later=Later("Wren", "2024-06-03"),
    )
    return small_project


def take_away(project: ProjectFile) -> None:
    """Correct away all but the last paragraph."""
    with project.view() as view:
        read = source_to_read(view, identity(project), None)
    assert read is not None
    correct_source(project, source=WREN, edits=[(0, read.text.index("I clap"), "")])


def test_every_record_that_has_a_passage_is_looked_for() -> None:
    with_a_passage = {cls for cls in RECORDS if {"version", "start", "end"} <= {field.name for field in shape_of(cls)}}
    assert set(ANCHORED) == with_a_passage


def test_passages_of_every_kind_are_listed_with_what_they_were_and_their_words(marked: ProjectFile) -> None:
    take_away(marked)
    with marked.view() as view:
        lost = lost_passages(view, identity(marked))
        read = source_to_read(view, identity(marked), None)
    told = {(one.kind, one.name, one.person, one.words, one.version, one.memo) for one in lost if one.kind != "coding"}
    assert told == {
        ("memo", "Clapping", "Oda", CLAP, 1, "Who?"),
        ("memo", "in-process memo", "Oda", "10:05", 1, "Late?"),
        ("layer", "aside", None, CLAP, 1, ""),
        ("stretch", "Corridor, after", None, "Nine", 1, ""),
        ("time_mark", "10:05–10:15", None, "10:05", 1, ""),
        ("time_mark", "no time", None, "Nine", 1, ""),
        ("addition", "2024-06-03", "Wren", "Later: none.", 2, ""),
    }
    assert read is not None
    assert read.gone == len(lost) == len(told) + 4
    assert [one.id for one in lost] == sorted(one.id for one in lost)
    assert {one.made for one in lost} >= {"Protest", "layer (aside)", "time mark (no time)"}


def test_passages_that_kept_words_are_where_they_are_now(marked: ProjectFile) -> None:
    with marked.view() as view:
        here = anchored(view, identity(marked), (Layer,))
        read = source_to_read(view, identity(marked), None)
        assert lost_passages(view, identity(marked)) == []
    assert read is not None
    assert read.gone == 0
    assert [read.text[one.place.start : one.place.end] for one in here if one.place] == [CLAP]


def test_text_that_is_imported_again_tells_only_what_it_took_away_itself(marked: ProjectFile) -> None:
    with marked.view() as view:
        read = source_to_read(view, identity(marked), None)
        assert read is not None
        whole = len(anchored(view, identity(marked)))
    correct_source(marked, source=WREN, edits=[(len("Later: none. "), len("Later: none. 10:05"), "Then")])
    correct_source(marked, source=WREN, edits=[(len("Later: none. "), len("Later: none. Then"), "")])
    with marked.view() as view:
        before = {one.id for one in lost_passages(view, identity(marked))}
        text = read.text.replace("10:05", "").replace(f" then {TEXT[TEXT.index(CLAP) :].splitlines()[0]}", "")
    assert before
    (renewed,) = import_all(marked, [(Incoming(WREN, text, EditMap(), file_name="x.txt"), Renewal(WREN))]).renewed
    with marked.view() as view:
        after = {one.id for one in lost_passages(view, identity(marked))}
    assert {one.id for one in renewed.lost} == after - before
    assert {(one.kind, one.words) for one in renewed.lost} >= {("memo", CLAP), ("layer", CLAP)}
    assert renewed.followed == whole - len(after)
