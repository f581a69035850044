"""What a codebook from a file would do: which codes are new, the same, different, and what is wrong, before anything."""

from typing import Any

import pytest

from polyvocal.domain.errors import UserError
from polyvocal.domain.palette import PALETTE
from polyvocal.domain.records import Code
from polyvocal.exchange.codebook import CodebookPlan, Differing, Outcome, plan_codebook, read_codebook_text
from polyvocal.services.commands.code_changes import change_code, move_code
from polyvocal.services.commands.code_import import import_codes
from polyvocal.services.commands.removal import remove
from polyvocal.store.file import ProjectFile
from tests.services.codebook_steps import code_named, rows, tree

FILE = "code,parent,definition,colour,kind\n"


def plan(file: ProjectFile, text: str, differing: Differing = Differing.KEEP, **more: Any) -> CodebookPlan:
    found = read_codebook_text(text, **more)
    with file.view() as view:
        return plan_codebook(found, view.all(Code), differing)


def outcomes(of: CodebookPlan) -> dict[str, Outcome]:
    return {one.name: one.outcome for one in of.codes}


def test_codes_are_new_the_same_or_different(small_project: ProjectFile) -> None:
    found = plan(
        small_project,
        FILE + "Collaboration,,,,category\nwho  decides,Collaboration,Who has the last word,#0072b2,\n"
        "Protest,,Saying no,,\nClapping,Protest,,,\n",
    )
    assert outcomes(found) == {
        "Collaboration": Outcome.SAME,
        "who decides": Outcome.SAME,
        "Protest": Outcome.DIFFERS,
        "Clapping": Outcome.NEW,
    }
    assert [one.differs for one in found.codes] == [(), (), ("definition",), ()]
    assert [one.depth for one in found.codes] == [0, 1, 0, 1]
    assert found.changes == 1
    assert found.problems == ()


def test_codes_that_are_there_are_kept_unless_somebody_says_otherwise(small_project: ProjectFile) -> None:
    text = FILE + "Protest,,Saying no,#111111,theme\nWho decides,Collaboration,Anew,,\n"
    assert not import_codes(small_project, plan(small_project, text).drafts).kinds
    import_codes(small_project, plan(small_project, text, Differing.FILL).drafts)
    assert (code_named(small_project, "Protest").definition, code_named(small_project, "Protest").kind) == (
        "Saying no",
        "code",
    )
    assert code_named(small_project, "Who decides").definition == "Who has the last word"
    changes = import_codes(small_project, plan(small_project, text, Differing.TAKE).drafts)
    assert changes.kind == "import codebook"
    assert code_named(small_project, "Who decides").definition == "Anew"
    assert (code_named(small_project, "Protest").kind, code_named(small_project, "Protest").colour) == (
        "theme",
        "#111111",
    )
    small_project.undo()
    assert code_named(small_project, "Who decides").definition == "Who has the last word"


def test_empty_cell_says_nothing(small_project: ProjectFile) -> None:
    before = rows(small_project, Code)
    found = plan(small_project, FILE + "Who decides,Collaboration,,,\n", Differing.TAKE)
    assert found.codes[-1].outcome is Outcome.SAME
    import_codes(small_project, found.drafts)
    assert rows(small_project, Code) == before


def test_new_codes_come_after_those_beside_them_in_the_order_of_the_file(small_project: ProjectFile) -> None:
    import_codes(small_project, plan(small_project, "Collaboration\n  B\n    b\n  A\nZ\n").drafts)
    assert tree(small_project) == [
        "Collaboration",
        "Collaboration / Who decides",
        "Collaboration / Whose time",
        "Collaboration / B",
        "Collaboration / B / b",
        "Collaboration / A",
        "Protest",
        "Sense-making",
        "Z",
    ]


def test_new_codes_get_the_colours_that_are_used_least(project: ProjectFile) -> None:
    lines = "\n".join(f"code {number}" for number in range(len(PALETTE) + 1))
    import_codes(project, plan(project, lines).drafts)
    assert [code.colour for code in rows(project, Code)] == [*PALETTE, PALETTE[0]]


def test_name_that_is_there_elsewhere_is_a_code_of_its_own(small_project: ProjectFile) -> None:
    assert outcomes(plan(small_project, "Protest\n  Who decides\n")) == {
        "Protest": Outcome.SAME,
        "Who decides": Outcome.NEW,
    }


def test_code_that_is_named_as_the_one_above_others_may_be_anywhere(small_project: ProjectFile) -> None:
    found = plan(small_project, "code,parent\nOvertime,Whose time\n")
    import_codes(small_project, found.drafts)
    assert "Collaboration / Whose time / Overtime" in tree(small_project)


def test_code_is_known_by_its_id_after_it_was_renamed_and_moved(small_project: ProjectFile) -> None:
    code = code_named(small_project, "Who decides")
    text = f"id,name,parent,definition\n{code.id},Who decides,,Anew\n"
    change_code(small_project, "Who decides", {"name": "Who has a say"})
    found = plan(small_project, text, Differing.TAKE)
    (planned,) = found.codes
    assert (planned.known, planned.differs) == (code.id, ("name", "definition"))
    assert planned.told == "lies below 'Collaboration' here, and stays there"
    move_code(small_project, "Who has a say")
    assert plan(small_project, text).codes[0].told == ""
    import_codes(small_project, found.drafts)
    assert code_named(small_project, "Who decides").definition == "Anew"


def test_what_is_wrong_is_told_with_its_row_and_the_rest_is_taken(small_project: ProjectFile) -> None:
    long = "x" * 501
    found = plan(
        small_project,
        FILE + f"New,,,purple,thing\n{long},,,,\nBelow it,{long},,,\nProtest,,,,\nprotest,,again,,\n,,nothing,,\n",
    )
    assert [(where, words.split(":")[0]) for where, words in found.problems] == [
        (2, "'purple' is no colour"),
        (2, "'thing' is no kind of code"),
        (3, "the code has a name of 501 characters; the longest is 500. Shorten it, and put the rest into the description."),
        (6, "'protest' is there twice"),
        (7, "no code is named"),
    ]  # fmt: skip
    assert found.counts[Outcome.LEFT_OUT] == 2
    import_codes(small_project, found.drafts)
    assert {"New", "Below it"} < set(tree(small_project))


def test_import_refuses_what_has_changed_meanwhile_and_writes_nothing(small_project: ProjectFile) -> None:
    found = plan(small_project, "Sense-making\n  Aha\nNovel\n")
    import_codes(small_project, plan(small_project, "Novel\n").drafts)
    before = rows(small_project, Code)
    with pytest.raises(UserError, match="a code called 'Novel' there by now"):
        import_codes(small_project, found.drafts)
    assert rows(small_project, Code) == before
    remove(small_project, "code", "Sense-making")
    with pytest.raises(UserError, match="'Sense-making' was removed meanwhile"):
        import_codes(small_project, found.drafts)
