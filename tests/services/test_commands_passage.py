"""Passages that are given as they were seen in a version, by every command that takes one."""

from collections.abc import Callable

import pytest

from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import SourceVersionId
from polyvocal.domain.spans import Span
from polyvocal.domain.words import LayerName, Phase
from polyvocal.services.commands.codings import add_coding
from polyvocal.services.commands.ends import move_ends
from polyvocal.services.commands.layers import LayerDraft, mark_layers
from polyvocal.services.commands.memos import add_memo
from polyvocal.services.commands.passage import Passage
from polyvocal.services.commands.sources import correct_source
from polyvocal.services.commands.stretches import Cut, Relation, add_stretch, cut_at, cut_into_stretches
from polyvocal.services.commands.time_marks import TimeDraft, add_time_marks
from polyvocal.store.file import ProjectFile
from tests.services.test_commands_ends import NOTE, code
from tests.services.test_correcting import versions_of

Marking = Callable[[ProjectFile, Span, SourceVersionId], object]
AFTER = Relation(phase=Phase.AFTER)

MARKING: dict[str, Marking] = {
    "coding": lambda file, span, seen: add_coding(
        file, source=NOTE, start=span.start, end=span.end, code="Sense-making", coder="Oda", seen=seen
    ),
    "coding moved": lambda file, span, seen: move_ends(file, "coding", code(file, 200, 210), span, seen),
    "layer": lambda file, span, seen: mark_layers(
        file, source=NOTE, drafts=[LayerDraft(*span, LayerName.ASIDE)], seen=seen
    ),
    "memo": lambda file, span, seen: add_memo(file, text="who?", passage=Passage(NOTE, *span, seen)),
    "stretch": lambda file, span, seen: add_stretch(file, Passage(NOTE, *span, seen), AFTER),
    "time": lambda file, span, seen: add_time_marks(file, source=NOTE, marks=[TimeDraft(*span, "10:05")], seen=seen),
}
CUTTING: dict[str, Marking] = {
    "cut": lambda file, span, seen: cut_at(file, source=NOTE, at=span.start, relation=AFTER, seen=seen),
    "cuts": lambda file, span, seen: cut_into_stretches(
        file, source=NOTE, cuts=[Cut(span.start, None, Phase.AFTER)], seen=seen
    ),
}


def corrected(file: ProjectFile) -> SourceVersionId:
    """The version that comes of putting words before a text."""
    correct_source(file, source=NOTE, edits=[(0, 0, "So. ")])
    return versions_of(file)[-1].id


@pytest.mark.parametrize("mark", (MARKING | CUTTING).values(), ids=MARKING | CUTTING)
def test_passage_of_a_correction_that_was_undone_meanwhile_is_refused(
    small_project: ProjectFile, mark: Marking
) -> None:
    seen = corrected(small_project)
    small_project.undo()
    with pytest.raises(UserError, match="undone meanwhile"):
        mark(small_project, Span(4, 9), seen)


@pytest.mark.parametrize("span", [(9, 9), (9, 4), (-1, 9), (4, 9_999)])
@pytest.mark.parametrize("mark", MARKING.values(), ids=MARKING)
def test_span_that_is_none_of_the_version_that_was_seen_is_called_so(
    small_project: ProjectFile, mark: Marking, span: tuple[int, int]
) -> None:
    seen = versions_of(small_project)[0].id
    corrected(small_project)
    with pytest.raises(UserError, match=f"there is no passage from {span[0]} to {span[1]}"):
        mark(small_project, Span(*span), seen)
