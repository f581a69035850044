"""Every memo with what it is about."""

import pytest

from polyvocal.domain.memos import About, MemoFilter, WholeMemo
from polyvocal.domain.records import Coding, Source, Stance
from polyvocal.domain.spans import Span
from polyvocal.domain.words import LayerName, MemoKind, StanceName
from polyvocal.services.commands.codings import StanceDraft, add_coding
from polyvocal.services.commands.layers import LayerDraft, mark_layers
from polyvocal.services.commands.memos import add_memo
from polyvocal.services.commands.passage import Passage
from polyvocal.services.commands.sources import correct_source
from polyvocal.services.queries.memos import all_memos, subjects
from polyvocal.store.file import ProjectFile
from tests.conftest import TEXTS

NOTE = "Plenary, Wren"
APPLAUSE = "applause \U0001f468\u200d\U0001f469\u200d\U0001f467"
START = TEXTS[NOTE].index(APPLAUSE)
SPAN = Span(START, START + len(APPLAUSE))


def memos(file: ProjectFile, wanted: MemoFilter | None = None) -> list[WholeMemo]:
    with file.view() as view:
        return all_memos(view, wanted or MemoFilter())


def newest(file: ProjectFile) -> About:
    return memos(file)[-1].about


def source(file: ProjectFile) -> Source:
    with file.view() as view:
        (found,) = view.find(Source, title=NOTE)
    return found


@pytest.mark.parametrize(
    ("kind", "reference", "name"),
    [
        ("code", "Who decides", "Collaboration / Who decides"),
        ("source", NOTE, NOTE),
        ("person", "Wren", "Wren"),
        ("observer", "Wren", "Wren"),
        ("group", "Ward 4", "Ward 4"),
        ("event", "Launch", "Launch"),
        ("session", "Plenary", "Plenary"),
        ("term", "Whose time is paid", "Whose time is paid"),
        ("series", "Learning community", "Learning community"),
        ("project", "Nine tables", "Nine tables"),
    ],
)
def test_memo_says_what_it_is_about_by_its_name(
    small_project: ProjectFile, kind: str, reference: str, name: str
) -> None:
    add_memo(small_project, text="Why?", about=(kind, reference))
    about = newest(small_project)
    assert (about.kind, about.name) == ("person" if kind == "observer" else kind, name)
    assert about.id is not None
    assert about.source == (source(small_project).id if kind == "source" else None)


def test_memo_about_a_passage_follows_it_and_keeps_the_words_that_it_had(small_project: ProjectFile) -> None:
    add_memo(small_project, text="Whose?", passage=Passage(NOTE, *SPAN))
    correct_source(small_project, source=NOTE, edits=[(0, 0, "\U0001f642 ")])
    where = source(small_project)
    expected = About("passage", NOTE, None, where.id, NOTE, Span(SPAN.start + 2, SPAN.end + 2), APPLAUSE)
    assert newest(small_project) == expected
    correct_source(small_project, source=NOTE, edits=[(SPAN.start + 2, SPAN.end + 2, "")])
    assert newest(small_project) == expected._replace(place=None)


def test_memo_about_a_coding_or_a_stance_on_it_leads_to_the_coding(small_project: ProjectFile) -> None:
    stance = StanceDraft("Lay panel", StanceName.CONTESTS, "Whose time is paid")
    made = add_coding(
        small_project,
        source=NOTE,
        start=SPAN.start,
        end=SPAN.end,
        code="Whose time",
        coder="Wren",
        stance=stance,
        memo="m",
    ).created("coding")[0]
    about = newest(small_project)
    assert (about.kind, about.name, about.id, about.coding) == ("coding", "Whose time", made, made)
    assert (about.source_title, about.place, about.words) == (NOTE, SPAN, APPLAUSE)
    with small_project.view() as view:
        (taken,) = view.find(Stance, coding=made)
    add_memo(small_project, text="Really?", about=("stance", str(taken.id)))
    about = newest(small_project)
    assert (about.kind, about.name) == ("stance", "Lay panel contests Whose time is paid")
    assert (about.coding, about.place) == (made, SPAN)


def test_memo_about_a_layer_has_its_place(small_project: ProjectFile) -> None:
    layer = mark_layers(small_project, source=NOTE, drafts=[LayerDraft(*SPAN, LayerName.ASIDE)]).created("layer")[0]
    add_memo(small_project, text="Is it?", about=("layer", str(layer)))
    about = newest(small_project)
    assert (about.kind, about.name, about.place, about.coding) == ("layer", "aside", SPAN, None)


def test_free_memo_is_about_nothing(small_project: ProjectFile) -> None:
    assert [memo.about.kind for memo in memos(small_project)] == ["code", "free"]


@pytest.mark.parametrize(
    ("wanted", "titles"),
    [
        (MemoFilter(), ["On applause", None]),
        (MemoFilter(kinds=frozenset({MemoKind.REFLEXIVE})), [None]),
        (MemoFilter(authors=frozenset({"Oda"})), ["On applause"]),
        (MemoFilter(authors=frozenset({""})), []),
        (MemoFilter(about=frozenset({"free", "passage"})), [None]),
        (MemoFilter(words="APPLAUSE way"), ["On applause"]),
        (MemoFilter(words="protest"), ["On applause"]),
        (MemoFilter(words="tired \U0001f634"), [None]),
        (MemoFilter(words="applause tired"), []),
        (MemoFilter(kinds=frozenset({MemoKind.CODE}), authors=frozenset({"Wren"})), []),
    ],
)
def test_memos_are_chosen_by_kind_author_subject_and_words(
    small_project: ProjectFile, wanted: MemoFilter, titles: list[str | None]
) -> None:
    assert [memo.title for memo in memos(small_project, wanted)] == titles


def test_words_are_found_however_their_accents_are_written(small_project: ProjectFile) -> None:
    add_memo(small_project, text="La se\u0301ance", title="x")
    assert [memo.title for memo in memos(small_project, MemoFilter(words="S\u00c9ANCE"))] == ["x"]


def test_what_can_be_written_about_has_names_that_are_told_apart(small_project: ProjectFile) -> None:
    with small_project.view() as view:
        found = subjects(view)
        before = view.count(Coding)
    names = [(one.kind, one.name) for one in found]
    assert ("code", "Collaboration / Who decides") in names
    assert ("session", "Plenary (Launch)") in names
    assert len(set(names)) == len(names)
    for one in found:
        add_memo(small_project, text="x", about=(one.kind, str(one.id)))
    with small_project.view() as view:
        assert view.count(Coding) == before
        assert [memo.about.id for memo in all_memos(view)][-len(found) :] == [one.id for one in found]
