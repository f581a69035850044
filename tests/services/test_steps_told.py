"""How what was done to codings, memos and texts is called in the history."""

from polyvocal.services.commands.codings import (
    code_passages,
)
from polyvocal.services.commands.memos import add_memo
from polyvocal.services.commands.passage import Passage
from polyvocal.services.commands.recoding import (
    recode,
)
from polyvocal.services.commands.removal import remove
from polyvocal.services.queries.project import history
from polyvocal.store.file import ProjectFile
from tests.services.recoding_steps import NOTE, TEXT, coded


def test_name_of_a_step_is_the_one_that_the_thing_has_now_or_had_last(small_project: ProjectFile) -> None:
    coding = coded(small_project, 0, 5)
    recode(small_project, [coding], "Protest")
    remove(small_project, "coding", coding)
    with small_project.view() as view:
        names = [line.name for line in history(view)][:3]
    assert names == ["Protest"] * 3


def test_name_of_a_step_is_never_what_somebody_wrote_in_a_memo_or_a_text(small_project: ProjectFile) -> None:
    add_memo(small_project, text="Nobody knows this", about=("code", "Protest"))
    add_memo(small_project, text="Nobody knows this", passage=Passage(NOTE, 0, 5))
    with small_project.view() as view:
        names = [line.name or "" for line in history(view)]
    assert not any("Nobody" in name or TEXT[:5] in name for name in names)
    assert names[:2] == ["", "Protest"]


def test_memo_without_a_title_is_told_by_what_it_is_about(small_project: ProjectFile) -> None:
    coding = coded(small_project, 0, 5)
    for about in (("coding", coding), ("source", NOTE), ("person", "Wren")):
        add_memo(small_project, text="Hm", about=about)
    with small_project.view() as view:
        names = [line.name for line in history(view)]
    assert names[:3] == ["Wren", NOTE, "Sense-making"]


def test_of_many_names_three_are_told(small_project: ProjectFile) -> None:
    code_passages(
        small_project, [Passage(NOTE, 0, 5)], ["Sense-making", "Protest", "Whose time", "Who decides"], coder="Oda"
    )
    with small_project.view() as view:
        newest = next(history(view))
    assert newest.name == "Sense-making, Protest, Whose time, …"
