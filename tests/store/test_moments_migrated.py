"""A project of the schema before gets the tables of moments and comparisons, and the journal follows them."""

import sqlite3
from contextlib import closing
from pathlib import Path

from polyvocal.domain.ids import ProjectId
from polyvocal.domain.moments import Moment
from polyvocal.domain.records import Project
from polyvocal.services.commands.moments import add_moment
from polyvocal.services.queries.search import find_words
from polyvocal.store.check import check_file
from polyvocal.store.connect import Mode
from polyvocal.store.file import open_project
from polyvocal.store.migrate import migrate_new
from polyvocal.store.schema import HEAD
from polyvocal.store.unit import Unit

NEW = {
    "moment",
    "moment_anchor",
    "divergence",
    "divergence_passage",
    "comparison",
    "snapshot",
    "counter_example",
}


def tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


def test_file_of_the_schema_before_learns_of_moments_and_can_undo_them(tmp_path: Path) -> None:
    path = tmp_path / "older.polyvocal"
    migrate_new(path, 4)
    assert not tables(path) & NEW

    def begin(unit: Unit) -> None:
        unit.add(Project(id=ProjectId(unit.new_id()), uuid="0", title="Old", created_at=0))

    with open_project(path, Mode.WRITE) as project:
        assert f"from schema 4 to {HEAD}" in project.warnings[0]
        project.write("new project", begin)
        add_moment(project, title="The awkward question", event="Launch")
        project.undo()
        with project.view() as view:
            assert view.all(Moment) == []
            assert find_words(view, "awkward", 10) == []
        project.redo()
        with project.view() as view:
            assert [one.title for one in view.all(Moment)] == ["The awkward question"]
            assert len(find_words(view, "awkward", 10)) == 1
    assert tables(path) > NEW
    assert check_file(path).problems == ()
