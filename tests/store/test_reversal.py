"""Undo and redo: every command is taken back whole and done again whole, also in a later sitting."""

import shutil
import tempfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from polyvocal.domain.drafts import Draft
from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import DraftId
from polyvocal.domain.records import Code, Coding, Person, SourceVersion
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.codings import CodingDraft, add_coding, add_codings
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.drafts import keep_draft
from polyvocal.services.commands.memos import add_memo
from polyvocal.services.commands.people import add_person
from polyvocal.services.commands.removal import remove
from polyvocal.services.commands.setting import add_term
from polyvocal.services.commands.sources import correct_source
from polyvocal.store.check import check_file
from polyvocal.store.file import Mode, ProjectFile, open_project
from polyvocal.store.unit import Unit
from tests.store.acts import ACTS, Rows, contents


class Team(RuleBasedStateMachine):
    """Random commands, undos and redos on one file. `past` are the states that undo leads back to, one by one."""

    template: Path

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "voices.polyvocal"
        shutil.copy(self.template, self.path)
        self.project = open_project(self.path, Mode.WRITE)
        self.past: list[Rows] = []
        self.future: list[Rows] = []
        self.drafts: dict[int, str] = {}
        self.now = contents(self.path)

    @rule(act=st.sampled_from(ACTS), seed=st.integers(0, 2**32))
    def do(self, act: object, seed: int) -> None:
        try:
            changes = act(self.project, Random(seed))  # type: ignore[operator]
        except UserError:
            assert contents(self.path) == self.now
            return
        after = contents(self.path)
        assert bool(changes.kinds) == (after != self.now)
        if changes.kinds:
            self.past.append(self.now)
            self.future = []
            self.now = after

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        self.project.undo()
        self.future.append(self.now)
        self.now = self.past.pop()
        assert contents(self.path) == self.now

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        self.project.redo()
        self.past.append(self.now)
        self.now = self.future.pop()
        assert contents(self.path) == self.now

    @precondition(lambda self: not self.future)
    @rule()
    def redo_with_nothing_undone(self) -> None:
        with pytest.raises(UserError, match="nothing to redo"):
            self.project.redo()
        assert contents(self.path) == self.now

    @rule(identity=st.integers(1, 5), words=st.text(max_size=9))
    def keep_a_draft(self, identity: int, words: str) -> None:
        keep_draft(self.project, Draft(id=DraftId(identity), title=words, content="{}", kept_at=0))
        self.drafts[identity] = words
        assert contents(self.path) == self.now

    @rule()
    def reopen(self) -> None:
        self.project.close()
        self.project = open_project(self.path, Mode.WRITE)
        assert not self.project.warnings

    def teardown(self) -> None:
        if hasattr(self, "project"):
            with self.project.view() as view:
                assert {one.id: one.title for one in view.all(Draft)} == self.drafts
            self.project.close()
            assert check_file(self.path).problems == ()
            shutil.rmtree(self.folder)


@pytest.mark.parametrize("name", ["bare", "full"])
def test_undo_of_do_and_redo_of_undo_are_identity_for_random_commands(templates: Path, name: str) -> None:
    team = type("Team", (Team,), {"template": templates / f"{name}.polyvocal"})
    run_state_machine_as_test(
        team,
        settings=settings(
            max_examples=10, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_long_chain_of_undo_and_redo_leads_back_to_each_state(full: Path) -> None:
    random = Random(3)
    project = open_project(full, Mode.WRITE)
    states = [contents(full)]
    while len(states) < 60:
        try:
            changes = random.choice(ACTS)(project, random)
        except UserError:
            continue
        if changes.kinds:
            states.append(contents(full))
    for _ in range(2):
        for state in reversed(states[:-1]):
            project.undo()
            assert contents(full) == state
        project.close()
        project = open_project(full, Mode.WRITE)
        for state in states[1:]:
            project.redo()
            assert contents(full) == state
    project.close()
    assert check_file(full).problems == ()


def test_everything_but_the_project_itself_can_be_undone_in_later_sittings(full: Path) -> None:
    with open_project(full) as project, project.view() as view:
        operations = view.operations()
    for _ in range(operations - 1):
        with open_project(full, Mode.WRITE) as project:
            project.undo()
    left = {kind for kind, rows in contents(full).items() if rows}
    assert left == {"project", "word_index"}
    with open_project(full, Mode.WRITE) as project, pytest.raises(UserError, match="nothing to undo"):
        project.undo()


def test_undo_reports_what_it_changed_as_the_command_did(project: ProjectFile) -> None:
    done = add_code(project, name="contesting")
    undone, redone = project.undo(), project.redo()
    assert (undone.kind, redone.kind) == ("undo", "redo")
    assert undone.kinds["code"].removed_ids == redone.kinds["code"].created_ids == done.created("code")
    changed = change(project, "code", "contesting", {"definition": "says no"})
    assert project.undo().kinds["code"].updated_ids == changed.kinds["code"].updated_ids == done.created("code")
    removed = remove(project, "code", "contesting")
    assert project.undo().created("code") == removed.kinds["code"].removed_ids == done.created("code")


def test_redo_after_something_new_was_done_is_refused(project: ProjectFile) -> None:
    add_code(project, name="contesting")
    project.undo()
    add_term(project, name="paid time")
    with pytest.raises(UserError, match="nothing to redo"):
        project.redo()


# --- undo of one person's own operation, on which others may have built ----------------------------------------------


@pytest.fixture
def ada(project: ProjectFile) -> int:
    return add_person(project, name="Ada Okafor").created("person")[0]


def by_person(project: ProjectFile, person: int, name: str) -> int:
    """A code that a person made."""

    def work(unit: Unit) -> None:
        unit.add(Code(id=unit.new_id(), name=name, colour="#0072b2", position=9))

    return project.write("add code", work, person=person).created("code")[0]


def refused(project: ProjectFile, person: int | None, path: Path) -> str:
    """What an undo says that must be refused and must leave the file as it was."""
    before = contents(path)
    with pytest.raises(UserError) as refusal:
        project.undo(person)
    assert contents(path) == before
    return str(refusal.value)


def first_source(project: ProjectFile) -> str:
    with project.view() as view:
        return str(view.all(SourceVersion)[0].source)


def test_undo_of_one_person_passes_over_what_others_did(project: ProjectFile, full: Path, ada: int) -> None:
    mine = by_person(project, ada, "mine")
    before = contents(full)
    others = add_code(project, name="not mine").created("code")
    assert project.undo(ada).kinds["code"].removed_ids == (mine,)
    assert {row[0] for row in contents(full)["code"]} == {row[0] for row in before["code"]} - {mine} | set(others)
    with pytest.raises(UserError, match="nothing to undo"):
        project.undo(ada)
    assert project.redo(ada).created("code") == (mine,)
    project.undo()
    assert contents(full) == before


def test_undo_of_a_code_with_codings_is_refused_and_they_are_named(project: ProjectFile, full: Path, ada: int) -> None:
    code = by_person(project, ada, "mine")
    add_coding(project, source=first_source(project), start=0, end=4, code=str(code), coder="Bo")
    add_coding(project, source=first_source(project), start=1, end=4, code=str(code), coder="Bo")
    assert "2 codings (code)" in refused(project, ada, full)
    project.undo()
    project.undo()
    project.undo(ada)


def test_undo_of_a_code_with_a_memo_about_it_is_refused(project: ProjectFile, full: Path, ada: int) -> None:
    code = by_person(project, ada, "mine")
    add_memo(project, text="why this code", about=("code", str(code)))
    said = refused(project, ada, full)
    assert "1 memo" in said
    assert "why this code" not in said


def test_undo_of_what_was_changed_since_is_refused_and_the_change_is_named(
    project: ProjectFile, full: Path, ada: int
) -> None:
    code = by_person(project, ada, "mine")
    changed = change(project, "code", str(code), {"definition": "says no"})
    said = refused(project, ada, full)
    assert f"operation {changed.operation} (change code)" in said
    change(project, "code", str(code), {"definition": ""})
    project.undo(ada)
    assert code not in {row[0] for row in contents(full)["code"]}


def test_undo_of_what_was_removed_since_is_refused(project: ProjectFile, full: Path, ada: int) -> None:
    code = by_person(project, ada, "mine")
    removed = remove(project, "code", str(code))
    assert f"operation {removed.operation} (remove code)" in refused(project, ada, full)


def test_undo_of_a_removal_is_refused_where_its_target_is_gone(project: ProjectFile, full: Path, ada: int) -> None:
    code = by_person(project, ada, "mine")
    coding = add_coding(project, source=first_source(project), start=0, end=4, code=str(code), coder="Bo").created(
        "coding"
    )[0]

    def take_away(unit: Unit) -> None:
        unit.remove(unit.need(Coding, coding))

    project.write("remove coding", take_away, person=ada)
    remove(project, "code", str(code))
    assert "1 coding (code)" in refused(project, ada, full)


def test_undo_of_a_correction_with_codings_on_it_is_refused(project: ProjectFile, full: Path, ada: int) -> None:
    source = first_source(project)
    correct_source(project, source=source, edits=[(0, 0, "Then ")], by=str(ada))
    add_coding(project, source=source, start=0, end=4, code="affirming", coder="Bo")
    assert "1 coding (version)" in refused(project, ada, full)


def test_redo_is_refused_where_its_target_is_gone(project: ProjectFile, full: Path, ada: int) -> None:
    code = by_person(project, ada, "mine")
    project.undo(ada)
    add_code(project, name="another")
    before = contents(full)
    assert project.redo(ada).created("code") == (code,)
    project.undo(ada)
    assert contents(full) == before


def test_undo_of_many_rows_over_several_statements_and_digests(project: ProjectFile, full: Path) -> None:
    before = contents(full)
    with project.view() as view:
        source, code, coder = view.all(SourceVersion)[0].source, view.all(Code)[0].id, view.all(Person)[0].id
    done = add_codings(project, [CodingDraft(source, 0, 5, code, coder)] * 10_001)
    assert done.kinds["coding"].created == 10_001
    after = contents(full)
    assert project.undo().kinds["coding"].removed == 10_001
    assert contents(full) == before
    project.redo()
    assert contents(full) == after
    assert check_file(full).problems == ()
