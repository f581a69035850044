"""Who and what can be named in a stance: the most likely first."""

from polyvocal.domain.ids import CodingId
from polyvocal.domain.words import StanceName
from polyvocal.services.commands.codings import StanceDraft, add_coding, add_stance
from polyvocal.services.queries.stance_names import StanceNames, stance_names
from polyvocal.store.file import ProjectFile

NOTE = "Plenary, Wren"


def coded(file: ProjectFile, start: int, end: int, *, code: str = "Protest", coder: str = "Sam") -> CodingId:
    (made,) = add_coding(file, source=NOTE, start=start, end=end, code=code, coder=coder).created("coding")
    return CodingId(made)


def said(file: ProjectFile, coding: CodingId, by: str, term: str, toward: str | None = None) -> None:
    add_stance(file, coding=str(coding), stance=StanceDraft(by, StanceName.AFFIRMS, term, toward))


def names(file: ProjectFile, coding: CodingId) -> StanceNames:
    with file.view() as view:
        return stance_names(view, coding)


def test_nothing_is_likely_where_the_coder_said_nothing_yet(small_project: ProjectFile) -> None:
    found = names(small_project, coded(small_project, 0, 5))
    assert (found.actor, found.term) == ("", "")
    assert set(found.parties) > {"Lay panel", "Wren"}
    assert found.terms


def test_likely_is_what_was_said_on_the_coding_else_the_words_else_the_code_else_last(
    small_project: ProjectFile,
) -> None:
    elsewhere = coded(small_project, 40, 50, code="Sense-making")
    same_code = coded(small_project, 60, 70)
    same_words = coded(small_project, 2, 8, code="Sense-making")
    here = coded(small_project, 0, 5)
    for coding, by, term in (
        (here, "Wren", "on it"),
        (same_words, "Oda", "on the words"),
        (same_code, "Lay panel", "with the code"),
        (elsewhere, "Bashir", "elsewhere"),
    ):
        said(small_project, coding, by, term)
    found = names(small_project, here)
    assert (found.actor, found.term) == ("Wren", "on it")
    assert found.parties[:4] == ("Wren", "Oda", "Lay panel", "Bashir")
    assert found.terms[:4] == ("on it", "on the words", "with the code", "elsewhere")
    assert len(set(found.parties)) == len(found.parties)
    fresh = coded(small_project, 6, 9)
    assert names(small_project, fresh).actor == "Oda"
    assert names(small_project, coded(small_project, 80, 90)).actor == "Lay panel"
    assert names(small_project, coded(small_project, 80, 90, code="Sense-making")).actor == "Bashir"


def test_what_others_said_and_whom_a_coding_concerns_make_nobody_likely(small_project: ProjectFile) -> None:
    said(small_project, coded(small_project, 0, 5, coder="Ines"), "Lay panel", "parity", "Wren")
    add_coding(small_project, source=NOTE, start=0, end=5, code="Sense-making", coder="Sam", concerns=("Lay panel",))
    assert names(small_project, coded(small_project, 0, 5)).actor == ""
