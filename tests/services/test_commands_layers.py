"""Marking what kind of writing a span is."""

import pytest

from polyvocal.domain.errors import UserError
from polyvocal.domain.passages import PassageQuery
from polyvocal.domain.records import Layer, Memo, Source
from polyvocal.domain.words import LayerName
from polyvocal.services.choice import choose
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.layers import LayerDraft, change_layers, mark_layers, remove_layers
from polyvocal.services.commands.memos import add_memo
from polyvocal.services.commands.removal import remove
from polyvocal.services.commands.sources import correct_source
from polyvocal.services.queries.layer_proposals import layer_proposals
from polyvocal.services.queries.layers import LayerHere, layers_here, list_layers
from polyvocal.services.queries.passage_list import passages_at
from polyvocal.services.queries.passages import coded_passages
from polyvocal.store.file import ProjectFile
from tests.conftest import TEXTS

NOTE = "Plenary, Wren"
ASIDE, QUOTED, REFLECTION = LayerName.ASIDE, LayerName.QUOTED_SPEECH, LayerName.REFLECTION


def mark(file: ProjectFile, *spans: tuple[int, int, LayerName]) -> None:
    mark_layers(file, source=NOTE, drafts=[LayerDraft(*one) for one in spans])


def here(file: ProjectFile) -> tuple[LayerHere, ...]:
    with file.view() as view:
        (source,) = view.find(Source, title=NOTE)
        return layers_here(view, source.id)


def told(file: ProjectFile) -> list[tuple[int, int, LayerName]]:
    return [(*one.place, one.layer) for one in here(file) if one.place]


def test_spans_of_one_layer_that_overlap_become_one_and_others_nest(small_project: ProjectFile) -> None:
    mark(small_project, (0, 10, ASIDE), (20, 30, ASIDE), (2, 8, QUOTED))
    mark(small_project, (8, 22, ASIDE))
    assert told(small_project) == [(0, 30, ASIDE), (2, 8, QUOTED)]
    mark(small_project, (3, 5, ASIDE), (30, 34, ASIDE))
    assert told(small_project) == [(0, 30, ASIDE), (2, 8, QUOTED), (30, 34, ASIDE)]
    small_project.undo()
    small_project.undo()
    assert told(small_project) == [(0, 10, ASIDE), (2, 8, QUOTED), (20, 30, ASIDE)]


def test_all_are_marked_or_none(small_project: ProjectFile) -> None:
    with pytest.raises(UserError, match="there is no passage"):
        mark(small_project, (0, 10, ASIDE), (20, 10_000, ASIDE))
    assert told(small_project) == []


def test_layer_is_changed_and_joined_where_it_comes_upon_its_like(small_project: ProjectFile) -> None:
    mark(small_project, (0, 10, ASIDE), (5, 30, QUOTED), (40, 50, QUOTED))
    first, second, third = (str(one.id) for one in here(small_project))
    change_layers(small_project, [third], ASIDE)
    change(small_project, "layer", first, {"layer": "quoted-speech"})
    assert told(small_project) == [(0, 30, QUOTED), (40, 50, ASIDE)]
    with pytest.raises(UserError, match="a layer is description or"):
        change(small_project, "layer", third, {"layer": "gossip"})
    change(small_project, "layer", third, {"layer": "aside"})
    with pytest.raises(UserError, match="no layer with the id"):
        remove_layers(small_project, [second])


def test_layers_are_removed_together_or_one_by_one(small_project: ProjectFile) -> None:
    mark(small_project, (0, 10, ASIDE), (20, 30, QUOTED), (40, 50, REFLECTION))
    first, second, third = (str(one.id) for one in here(small_project))
    remove_layers(small_project, [first, second])
    remove(small_project, "layer", third)
    assert told(small_project) == []


def test_layer_follows_its_words_and_is_listed_with_them(small_project: ProjectFile) -> None:
    mark(small_project, (6, 17, QUOTED), (0, 5, ASIDE))
    correct_source(small_project, source=NOTE, edits=[(0, 6, "")])
    with small_project.view() as view:
        rows = list_layers(view)
    assert [(one.start, one.end, one.layer, one.text, one.gone) for one in rows] == [
        (0, 11, "quoted-speech", "Nine tables", False),
        (0, 0, "aside", "", True),
    ]
    mark(small_project, (0, 5, ASIDE))
    assert len(here(small_project)) == 3


def test_what_is_marked_already_is_not_proposed_again(small_project: ProjectFile) -> None:
    with small_project.view() as view:
        (source,) = view.find(Source, title=NOTE)
        (first,) = layer_proposals(view, source.id)
    assert TEXTS[NOTE][first.start : first.end] == "“Who is paid to be here?”"
    mark(small_project, (first.start + 2, first.start + 4, ASIDE))
    with small_project.view() as view:
        assert len(layer_proposals(view, source.id)) == 1
    mark(small_project, (first.start + 2, first.start + 4, QUOTED))
    with small_project.view() as view:
        assert layer_proposals(view, source.id) == ()


def test_passages_are_chosen_by_the_layer_that_they_touch(small_project: ProjectFile) -> None:
    start = TEXTS[NOTE].index("asks a woman")
    mark(small_project, (start, start + 4, REFLECTION))
    with small_project.view() as view:
        chosen = choose(view, {"layer": "reflection"})
        found = list(coded_passages(view, chosen))
        assert [one.code for one in found] == ["Whose time", "Protest", "Protest"]
        assert all(one.start < start + 4 and start < one.end for one in found)
        assert len(passages_at(view, PassageQuery(chosen))) == 3
        assert len(passages_at(view, PassageQuery(choose(view, {"layer": "aside"})))) == 0
        with pytest.raises(UserError, match="there is no layer 'gossip'"):
            choose(view, {"layer": "gossip"})


def test_removed_source_takes_its_layers_along(small_project: ProjectFile) -> None:
    mark(small_project, (0, 10, ASIDE))
    with small_project.view() as view:
        ids = [one.id for one in coded_passages(view, choose(view, {"source": NOTE}))]
    for one in ids:
        remove(small_project, "coding", str(one))
    remove(small_project, "source", NOTE)
    with small_project.view() as view:
        assert view.count(Layer) == 0


def test_memo_about_a_layer_goes_along_when_that_becomes_one_with_another(small_project: ProjectFile) -> None:
    mark(small_project, (0, 5, ASIDE), (10, 20, ASIDE), (12, 14, REFLECTION))
    with small_project.view() as view:
        _, second, third = view.all(Layer)
    memos = [add_memo(small_project, text="hm", about=("layer", str(one.id))) for one in (second, third)]
    mark(small_project, (4, 11, ASIDE))
    change(small_project, "layer", str(third.id), {"layer": "aside"})
    with small_project.view() as view:
        (left,) = view.all(Layer)
        about = [view.need(Memo, one.created("memo")[0]).about for one in memos]
    assert (left.start, left.end) == (0, 20)
    assert {int(one or 0) for one in about} == {int(left.id)}


def test_layer_that_a_memo_is_about_is_not_unmarked(small_project: ProjectFile) -> None:
    mark(small_project, (0, 5, ASIDE))
    with small_project.view() as view:
        (one,) = view.all(Layer)
    add_memo(small_project, text="hm", about=("layer", str(one.id)))
    with pytest.raises(UserError, match="still needed by 1 memo"):
        remove_layers(small_project, [str(one.id)])
