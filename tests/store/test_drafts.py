"""What is set aside is no operation, and nothing that the journal follows can be changed that way."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from polyvocal.domain.drafts import Draft
from polyvocal.domain.errors import EnvironmentFault
from polyvocal.domain.ids import DraftId
from polyvocal.domain.records import Project, Term
from polyvocal.store.check import check_file
from polyvocal.store.connect import Mode
from polyvocal.store.file import ProjectFile, open_project
from polyvocal.store.journal import NO_OPERATION
from polyvocal.store.migrate import migrate_new
from polyvocal.store.schema import HEAD, RECORD_OF_KIND
from polyvocal.store.unit import Unit
from tests.store.acts import contents


def draft(identity: int = 7) -> Draft:
    return Draft(id=DraftId(identity), title="Day 2", content="{}", kept_at=0)


def kept(project: ProjectFile) -> list[int]:
    with project.view() as view:
        return [one.id for one in view.all(Draft)]


def test_record_cannot_be_changed_aside_and_nothing_of_it_stays(project: ProjectFile) -> None:
    before = contents(project.path)

    def work(unit: Unit) -> None:
        unit.add(draft())
        unit.change(unit.all(Project)[0], title="another")

    with pytest.raises(IntegrityError, match=NO_OPERATION):
        project.set_aside(work)
    assert contents(project.path) == before
    assert kept(project) == []
    project.set_aside(lambda unit: unit.add(draft()))
    assert kept(project) == [7]


def test_journal_follows_no_draft() -> None:
    assert "draft" not in RECORD_OF_KIND


def test_draft_written_within_an_operation_goes_with_it_or_not_at_all(project: ProjectFile) -> None:
    def work(unit: Unit) -> None:
        unit.add(draft(), Term(id=unit.new_id(), name="paid time"))

    changes = project.write("add term", work)
    assert changes.kinds.keys() == {"term"}
    assert kept(project) == [7]

    def fail(unit: Unit) -> None:
        unit.remove(draft())
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - the one that was planted
        project.write("fail", fail)
    assert kept(project) == [7]
    project.undo()
    assert kept(project) == [7]
    assert check_file(project.path).problems == ()


def test_words_of_a_draft_that_was_discarded_are_in_no_page_of_the_file(project: ProjectFile, tmp_path: Path) -> None:
    words = "what nobody else may read " * 400
    written = replace(draft(), content=words)
    project.set_aside(lambda unit: unit.add(written))
    project.set_aside(lambda unit: unit.remove(written))
    with project.view() as view:
        assert view.raw.execute("PRAGMA secure_delete").fetchone() == (1,)
    path = project.path
    project.close()
    assert b"nobody else may read" not in path.read_bytes()


def test_id_of_a_draft_is_none_of_a_thing(project: ProjectFile) -> None:
    project.set_aside(lambda unit: unit.add(draft()))
    with project.view() as view:
        assert view.kind_of(7) is None


def test_nothing_is_set_aside_in_a_file_that_was_moved(project: ProjectFile) -> None:
    away = project.path.rename(project.path.with_name("away.polyvocal"))
    with pytest.raises(EnvironmentFault, match="not where it was"):
        project.set_aside(lambda unit: unit.add(draft()))
    away.rename(project.path)
    project.set_aside(lambda unit: unit.add(draft()))
    assert kept(project) == [7]


def test_file_of_the_schema_before_gets_a_table_for_drafts(tmp_path: Path) -> None:
    path = tmp_path / "older.polyvocal"
    migrate_new(path, 3)
    with closing(sqlite3.connect(path)) as connection:
        assert not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'draft'").fetchone()
    with open_project(path, Mode.WRITE) as project:
        project.set_aside(lambda unit: unit.add(draft()))
        assert kept(project) == [7]
        assert f"from schema 3 to {HEAD}" in project.warnings[0]
