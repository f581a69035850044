"""Divergences: between accounts, with their passages, explained, settled; never a number."""

import pytest

from polyvocal.domain.errors import UserError
from polyvocal.domain.moments import Divergence, DivergencePassage
from polyvocal.domain.records import Memo, Person
from polyvocal.domain.spans import Span
from polyvocal.domain.words import DivergenceKind, DivergenceStanding, Explanation
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.divergences import add_divergence, add_divergence_passages, settle_divergences
from polyvocal.services.commands.ends import move_ends
from polyvocal.services.commands.moments import add_moment
from polyvocal.services.commands.removal import remove, what_goes_with
from polyvocal.services.commands.sources import correct_source
from polyvocal.services.queries.anchored import lost_passages
from polyvocal.services.queries.divergences import ALL, DivergenceFilter, DivergenceRow, list_divergences
from polyvocal.services.queries.memos import all_memos
from polyvocal.services.queries.project import history
from polyvocal.services.queries.steps import step_in_words
from polyvocal.services.references import kind_named, resolve
from polyvocal.store.file import ProjectFile
from tests.services.test_commands_moments import ILSE, WREN, words

ASKED, NONE = words(WREN, "asks a woman of the lay panel"), words(ILSE, "aucune question du panel")
OPEN, DISCUSSED, KEPT = DivergenceStanding
TITLE = "Was there a question?"


@pytest.fixture
def differing(small_project: ProjectFile) -> ProjectFile:
    """The small project, in which Oda recorded that of two accounts one has a question, and the other has none."""
    add_moment(small_project, title="The question", session="Plenary")
    add_divergence(
        small_project,
        kind=DivergenceKind.OCCURRENCE,
        passages=[ASKED, NONE],
        title=TITLE,
        moment="The question",
        explanation=Explanation.ROLE,
        because="She was chairing.",
        memo="Ask her.",
        by="Oda",
    )
    return small_project


def rows(project: ProjectFile, wanted: DivergenceFilter = ALL) -> list[DivergenceRow]:
    with project.view() as view:
        return list_divergences(view, wanted)


def test_divergence_is_listed_with_its_passages_and_who_recorded_it(differing: ProjectFile) -> None:
    (row,) = rows(differing)
    assert (row.title, row.kind, row.moment, row.event) == (TITLE, "occurrence", "The question", "Launch")
    assert (row.explanation, row.because, row.standing, row.recorded_by) == (
        "role", "She was chairing.", "open", "Oda",
    )  # fmt: skip
    assert [(one.observers, one.text) for one in row.passages] == [
        (("Ilse",), "aucune question du panel"),
        (("Wren",), "asks a woman of the lay panel"),
    ]
    assert (row.settled_by, row.settled_at) == (None, None)
    with differing.view() as view:
        (memo,) = (one for one in all_memos(view) if one.text == "Ask her.")
        line = next(history(view))
    assert (memo.about.kind, memo.about.name, memo.author) == ("divergence", TITLE, "Oda")
    assert step_in_words(line.kind, line.name) == f"record the divergence ‘{TITLE}’"


def test_one_account_alone_does_not_diverge(small_project: ProjectFile) -> None:
    for passages in ([], [ASKED], [ASKED, words(WREN, "Nobody answers")]):
        with pytest.raises(UserError, match="two sources at least"):
            add_divergence(small_project, kind=DivergenceKind.MEANING, passages=passages)
    with small_project.view() as view:
        assert view.count(Divergence) == 0


def test_who_settled_it_and_when_is_kept_until_it_is_open_again(differing: ProjectFile) -> None:
    settle_divergences(differing, [TITLE], DISCUSSED, by="Wren")
    (row,) = rows(differing)
    assert (row.standing, row.settled_by, row.recorded_by) == (DISCUSSED, "Wren", "Oda")
    assert row.settled_at is not None
    settle_divergences(differing, [TITLE], DISCUSSED, by="Ilse")
    assert rows(differing)[0].settled_by == "Wren"
    with differing.view() as view:
        differing.person = view.find(Person, name="Ilse")[0].id
    change(differing, "divergence", TITLE, {"standing": "kept", "kind": "attention", "explanation": "vantage"})
    (row,) = rows(differing)
    assert (row.standing, row.settled_by, row.kind, row.explanation) == (KEPT, "Ilse", "attention", "vantage")
    change(differing, "divergence", TITLE, {"standing": "open", "explanation": "", "moment": ""})
    (row,) = rows(differing)
    assert (row.standing, row.settled_by, row.settled_at, row.explanation, row.moment) == (OPEN, None, None, None, None)


def test_divergences_are_filtered_and_stay_in_the_order_of_their_recording(differing: ProjectFile) -> None:
    add_divergence(differing, kind=DivergenceKind.MEANING, passages=[NONE, ASKED], standing=KEPT, by="Wren")
    first, second = rows(differing)
    assert (second.title, second.settled_by) == ("of meaning", "Wren")
    assert rows(differing, DivergenceFilter(standings=frozenset({KEPT}))) == [second]
    assert rows(differing, DivergenceFilter(kinds=frozenset({DivergenceKind.OCCURRENCE}))) == [first]
    assert rows(differing, DivergenceFilter(moments=frozenset({first.moment_id or 0}))) == [first]  # type: ignore[arg-type]
    assert rows(differing, DivergenceFilter(sources=frozenset({first.passages[0].source}))) == [first, second]


def test_passages_are_added_once_and_taken_out_while_two_accounts_are_left(differing: ProjectFile) -> None:
    more = words(WREN, "Nobody answers")
    add_divergence_passages(differing, divergence=TITLE, passages=[more, ASKED])
    ilse, *wren = rows(differing)[0].passages
    assert len(wren) == 2
    remove(differing, "divergence-passage", str(wren[0].id))
    for one in (ilse, wren[1]):
        with pytest.raises(UserError, match="two accounts at least"):
            remove(differing, "divergence-passage", str(one.id))
    move_ends(differing, "divergence-passage", str(wren[1].id), Span(wren[1].start, wren[1].start + 6))
    assert rows(differing)[0].passages[1].text == "Nobody"


def test_passages_follow_corrections_and_are_told_once_their_words_are_gone(differing: ProjectFile) -> None:
    correct_source(differing, source=WREN, edits=[(0, 5, "")])
    assert rows(differing)[0].passages[1].text == "asks a woman of the lay panel"
    correct_source(differing, source=WREN, edits=[(ASKED.start - 5, ASKED.end - 5, "")])
    assert [(one.text, one.gone) for one in rows(differing)[0].passages] == [
        ("aucune question du panel", False),
        ("asks a woman of the lay panel", True),
    ]
    with differing.view() as view:
        lost = lost_passages(view, resolve(view, kind_named("source"), WREN).id)
    assert (("divergence_passage", TITLE, "Oda")) in {(one.kind, one.name, one.person) for one in lost}


def test_source_of_which_accounts_diverge_is_still_needed(differing: ProjectFile) -> None:
    with pytest.raises(UserError, match="1 divergence passage"):
        remove(differing, "source", ILSE)
    with pytest.raises(UserError, match="1 divergence"):
        remove(differing, "moment", "The question")


def test_divergence_goes_with_its_passages_and_memos_and_one_undo_brings_all_back(differing: ProjectFile) -> None:
    with differing.view() as view:
        assert what_goes_with(view, "divergence", TITLE) == {"divergence_passage": 2, "memo": 1}
        memos = view.all(Memo)
    remove(differing, "divergence", TITLE)
    with differing.view() as view:
        assert view.count(DivergencePassage) == 0
        assert [one.text for one in memos if view.get(Memo, one.id) is None] == ["Ask her."]
    differing.undo()
    assert len(rows(differing)[0].passages) == 2
    with differing.view() as view:
        assert view.all(Memo) == memos
