"""Moving codes in the tree, retiring them, and what their history tells."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polyvocal.domain.errors import UserError
from polyvocal.domain.records import Code, Person
from polyvocal.services.commands.code_changes import (
    bring_back_code,
    change_code,
    explain_change,
    move_code,
    retire_code,
)
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.removal import remove
from polyvocal.services.queries.code_history import CodeChange, FieldChange, history_of_code
from polyvocal.store.file import ProjectFile
from tests.services.codebook_steps import code_named, rows, tree

START = ["Collaboration", "Collaboration / Who decides", "Collaboration / Whose time", "Protest", "Sense-making"]


# --- moving ----------------------------------------------------------------------------------------------------------


def test_code_moves_below_another_with_all_below_it(small_project: ProjectFile) -> None:
    assert tree(small_project) == START
    move_code(small_project, "Collaboration", below="Protest")
    assert tree(small_project) == [
        "Protest",
        "Protest / Collaboration",
        "Protest / Collaboration / Who decides",
        "Protest / Collaboration / Whose time",
        "Sense-making",
    ]
    small_project.undo()
    assert tree(small_project) == START


def test_code_moves_before_and_after_others_and_to_the_top(small_project: ProjectFile) -> None:
    move_code(small_project, "Sense-making", before="Who decides")
    assert tree(small_project)[1:3] == ["Collaboration / Sense-making", "Collaboration / Who decides"]
    move_code(small_project, "Sense-making", after="Who decides")
    assert tree(small_project)[1:4] == [
        "Collaboration / Who decides",
        "Collaboration / Sense-making",
        "Collaboration / Whose time",
    ]
    move_code(small_project, "Whose time")
    assert tree(small_project)[-2:] == ["Protest", "Whose time"]


def test_code_that_is_where_it_is_to_be_leaves_no_trace(small_project: ProjectFile) -> None:
    for where in ({"after": "Collaboration"}, {"before": "Sense-making"}, {"after": "Protest"}):
        assert not move_code(small_project, "Protest", **where).kinds


@pytest.mark.parametrize("where", [{"below": "Collaboration"}, {"below": "Whose time"}, {"before": "Whose time"}])
def test_code_never_comes_below_itself(small_project: ProjectFile, where: dict[str, str]) -> None:
    with pytest.raises(UserError, match="'Collaboration' cannot lie below itself, or below what lies below it"):
        move_code(small_project, "Collaboration", **where)
    assert tree(small_project) == START


def test_code_does_not_move_beside_its_namesake(small_project: ProjectFile) -> None:
    add_code(small_project, name="protest", parent="Collaboration")
    with pytest.raises(UserError, match=r"'Protest' there already .*rename one of them, or merge them"):
        move_code(small_project, str(code_named(small_project, "Protest").id), below="Collaboration")


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_moves_leave_a_tree_of_the_same_codes_with_positions_of_their_own(
    small_project: ProjectFile, data: st.DataObject
) -> None:
    names = ["Collaboration", "Who decides", "Whose time", "Protest", "Sense-making"]
    for _ in range(4):
        code, other = data.draw(st.sampled_from(names)), data.draw(st.sampled_from(names))
        where = data.draw(st.sampled_from(["below", "before", "after"]))
        try:
            move_code(small_project, code, **{where: other})
        except UserError:
            continue
        at = tree(small_project)
        last = [path.rpartition(" / ")[2] for path in at]
        if code != other:
            assert {"below": at[last.index(code)].endswith(f"{other} / {code}")}.get(where, True)
            if where == "before":
                assert last.index(code) < last.index(other)
            if where == "after":
                assert last.index(code) > last.index(other)
    codes = rows(small_project, Code)
    assert len(tree(small_project)) == len(codes) == len(names)
    assert len({(one.parent, one.position) for one in codes}) == len(codes)


# --- retiring --------------------------------------------------------------------------------------------------------


def test_code_is_retired_and_taken_back_into_use(small_project: ProjectFile) -> None:
    assert retire_code(small_project, "Protest").kind == "retire code"
    assert "(Protest)" in tree(small_project)
    with pytest.raises(UserError, match="'Protest' is retired already"):
        retire_code(small_project, "Protest")
    bring_back_code(small_project, "Protest")
    assert tree(small_project) == START
    with pytest.raises(UserError, match="'Protest' is in use"):
        bring_back_code(small_project, "Protest")


# --- what became of a code -------------------------------------------------------------------------------------------


def told(file: ProjectFile, name: str) -> list[tuple[str, str, tuple[FieldChange, ...], str | None]]:
    return [(one.kind, one.standing, one.changes, one.why) for one in history(file, name)]


def history(file: ProjectFile, name: str) -> list[CodeChange]:
    code = code_named(file, name)
    with file.view() as view:
        return history_of_code(view, code.id)


def test_history_tells_who_changed_what_from_what_to_what_and_why(small_project: ProjectFile) -> None:
    (oda,) = (one for one in rows(small_project, Person) if one.name == "Oda")
    small_project.person = oda.id
    change_code(small_project, "Who decides", {"definition": "Whose word is last"}, reason="Plainer.")
    latest, first = history(small_project, "Who decides")
    assert latest.changes == (FieldChange("definition", "Who has the last word", "Whose word is last"),)
    assert (latest.person, latest.why, latest.standing) == ("Oda", "Plainer.", "stands")
    assert first.kind == "add code"
    assert [one for one in first.changes if one.field in ("name", "parent")] == [
        FieldChange("name", None, "Who decides"),
        FieldChange("parent", None, "Collaboration"),
    ]
    assert all(one.before is None for one in first.changes)
    assert first.at <= latest.at


def test_reason_that_is_said_later_belongs_to_the_change_before_it(small_project: ProjectFile) -> None:
    change_code(small_project, "Protest", {"definition": "One"})
    explain_change(small_project, "Protest", "It had none.")
    change_code(small_project, "Protest", {"definition": "Two"})
    assert [why for _, _, _, why in told(small_project, "Protest")] == [None, "It had none.", None]
    explain_change(small_project, "Protest", "Better.")
    explain_change(small_project, "Protest", "Shorter.")
    assert [why for _, _, _, why in told(small_project, "Protest")] == ["Better.\nShorter.", "It had none.", None]
    small_project.undo()
    assert told(small_project, "Protest")[0][3] == "Better."
    with pytest.raises(UserError, match="write why 'Protest' was changed"):
        explain_change(small_project, "Protest", " ")


def test_reason_goes_when_its_memo_is_removed(small_project: ProjectFile) -> None:
    made = change_code(small_project, "Protest", {"definition": "One"}, reason="It had none.")
    remove(small_project, "memo", str(made.created("memo")[0]))
    assert told(small_project, "Protest")[0][3] is None


def test_change_that_is_undone_is_still_told_with_its_reason(small_project: ProjectFile) -> None:
    change_code(small_project, "Protest", {"definition": "One"}, reason="It had none.")
    small_project.undo()
    undo, undone, _ = told(small_project, "Protest")
    assert undone == ("change code", "undone", (FieldChange("definition", None, "One"),), "It had none.")
    assert undo[0] == "undo"
    assert undo[2] == (FieldChange("definition", "One", None),)
    small_project.redo()
    redo, _, again, _ = told(small_project, "Protest")
    assert (redo[0], again[1], again[3]) == ("redo", "stands", "It had none.")


def test_reason_for_nothing_is_not_kept(small_project: ProjectFile) -> None:
    name = code_named(small_project, "Protest").name
    assert not change_code(small_project, "Protest", {"name": name}, reason="None").kinds


def test_history_does_not_tell_of_a_place_among_siblings_nor_of_other_codes(small_project: ProjectFile) -> None:
    before = {name: told(small_project, name) for name in ("Collaboration", "Protest")}
    move_code(small_project, "Sense-making", before="Collaboration")
    change(small_project, "code", "Whose time", {"definition": "Anew"})
    assert {name: told(small_project, name) for name in before} == before
    move_code(small_project, "Sense-making", below="Collaboration")
    assert told(small_project, "Sense-making")[0][2] == (FieldChange("parent", None, "Collaboration"),)


def test_retiring_is_told_with_its_reason(small_project: ProjectFile) -> None:
    retire_code(small_project, "Protest", reason="Too wide.")
    kind, _, changes, why = told(small_project, "Protest")[0]
    assert (kind, changes, why) == ("retire code", (FieldChange("retired", "no", "yes"),), "Too wide.")


def test_code_that_was_removed_and_brought_back_is_told_from_its_beginning(small_project: ProjectFile) -> None:
    code = add_code(small_project, name="fleeting").created("code")[0]
    remove(small_project, "code", str(code))
    small_project.undo()
    kinds = [one.kind for one in history(small_project, "fleeting")]
    assert kinds == ["undo", "remove code", "add code"]
