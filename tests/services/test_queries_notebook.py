"""polyvocal.open for notebooks: frozen rows, the same words, and nothing loaded before it is needed."""

import subprocess
import sys
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

import polyvocal
from polyvocal.domain.errors import EnvironmentFault, UserError


def test_project_is_read_in_a_with(small_path: Path) -> None:
    with polyvocal.open(small_path) as project:
        assert project.info().codings == 7
        assert [source.title for source in project.sources()] == [
            "Corridor, Bashir",
            "On the train",
            "Plenary, Ilse",
            "Plenary, Wren",
        ]
        assert [code.path for code in project.codes()][1] == "Collaboration / Who decides"
        assert {one.name for one in project.observers()} == {"Wren", "Ilse", "Bashir"}
        assert project.text("on the train").startswith("Home late.")
        assert project.history()[0].kind == "add memo"
        assert [hit.text for hit in project.search("microphone")] == ["microphone"]


def test_codings_are_chosen_by_words(small_path: Path) -> None:
    with polyvocal.open(str(small_path)) as project:
        (one,) = project.codings(observer="Wren", phase=["after"], code="protest")
        assert (one.coder, one.text, one.phase) == ("Wren", "a protest with good manners", "after")
        assert len(list(project.codings(stance="contests"))) == 1
        text = project.text(one.source)
        assert text[one.start : one.end] == one.text


def test_comparison_is_as_on_the_command_line(small_path: Path) -> None:
    with polyvocal.open(small_path) as project:
        table = project.compare(rows="code", columns="coder", measure="sources", phase="during")
    assert "Oda" in table.columns
    assert table.filters == {"phase": ["during"]}


def test_rows_are_frozen(small_path: Path) -> None:
    with polyvocal.open(small_path) as project:
        info, table = project.info(), project.compare()
        rows = [project.sources()[0], project.codes()[0], project.observers()[0], next(project.codings())]
        line = project.history()[0]
    for row in rows:
        with pytest.raises(AttributeError):
            setattr(row, "id", 1)  # noqa: B010 - the type checker would see that it cannot be
    for frozen, field in ((info, "title"), (table, "rows"), (line, "kind")):
        with pytest.raises(FrozenInstanceError):
            setattr(frozen, field, "x")


def test_project_is_changed_in_a_with(project_path: Path) -> None:
    with polyvocal.open(project_path, "write") as project:
        project.add_code("Silence", definition="Nothing is said")
        made = project.add_memo("A thought", about=("code", "Silence"))
        assert len(made.created("memo")) == 1
        project.undo()
        project.undo()
        project.redo()
    with polyvocal.open(project_path) as project:
        assert [code.name for code in project.codes()] == ["Silence"]
        assert project.info().memos == 0


def test_coding_with_a_stance_is_added(small_path: Path) -> None:
    with polyvocal.open(small_path, "write") as project:
        source = project.sources()[1]
        project.add_coding(
            source=source.id,
            start=0,
            end=4,
            code="Protest",
            coder="Oda",
            by="Lay panel",
            stance="affirms",
            term="Whose time is paid",
        )
        (one,) = project.codings(by="Lay panel", stance="affirms")
    assert one.stances[0].term == "Whose time is paid"


def test_project_is_changed_while_its_codings_are_read(small_path: Path) -> None:
    with polyvocal.open(small_path, "write") as project:
        for one in project.codings(coder="Oda"):
            project.add_coding(source=one.source, start=one.start, end=one.end, code=one.code, coder="Wren")
        assert len(list(project.codings(coder="Wren"))) == 7


@pytest.mark.parametrize(
    "act",
    [
        lambda project: project.add_code("New"),
        lambda project: project.add_memo("New"),
        lambda project: project.undo(),
        lambda project: project.redo(),
    ],
)
def test_project_that_was_opened_for_reading_is_not_changed(small_path: Path, act) -> None:  # type: ignore[no-untyped-def]
    before = small_path.read_bytes()
    with polyvocal.open(small_path) as project, pytest.raises(UserError, match='"write"'):
        act(project)
    assert small_path.read_bytes() == before


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (lambda project: list(project.codings(colour="red")), "passages are not chosen by colour"),
        (lambda project: list(project.codings(phase="meanwhile")), "there is no phase 'meanwhile'"),
        (lambda project: list(project.codings(stance="doubts")), "generates, affirms, contests"),
        (lambda project: list(project.codings(code="Protset")), "'Protest'"),
        (lambda project: project.compare(rows="codes"), "rows is code or coder"),
        (lambda project: project.compare(rows="code", columns="code"), "choose two that differ"),
        (lambda project: project.compare(measure="kappa"), "measure is passages or sources"),
        (lambda project: project.text("Nothing"), "there is no source called 'Nothing'"),
        (lambda project: project.search(""), "no word to search for"),
    ],
)
def test_what_is_not_there_is_told_as_on_the_command_line(small_path: Path, act, expected: str) -> None:  # type: ignore[no-untyped-def]
    with polyvocal.open(small_path) as project, pytest.raises(UserError) as refused:
        act(project)
    assert expected in str(refused.value)


@pytest.mark.parametrize("half", [{"by": "Lay panel"}, {"stance": "affirms", "term": "T"}, {"toward": "Ward 4"}])
def test_half_a_stance_is_refused(small_path: Path, half: dict[str, str]) -> None:
    with polyvocal.open(small_path, "write") as project, pytest.raises(UserError, match="by, stance and term"):
        project.add_coding(source="On the train", start=0, end=4, code="Protest", coder="Oda", **half)  # type: ignore[arg-type]


def test_unknown_mode_and_missing_file_are_refused(tmp_path: Path, small_path: Path) -> None:
    with pytest.raises(UserError, match="'read' or 'write'"):
        polyvocal.open(small_path, "append")
    with pytest.raises(UserError, match="there is no file"):
        polyvocal.open(tmp_path / "none.polyvocal")


def test_second_writer_is_refused_and_may_read(small_path: Path) -> None:
    with polyvocal.open(small_path, "write") as first:
        first.add_code("Silence")
        with pytest.raises(EnvironmentFault, match="is being written by"):
            polyvocal.open(small_path, "write")
        with polyvocal.open(small_path) as second:
            assert "Silence" in [code.name for code in second.codes()]


def test_importing_polyvocal_loads_nothing_else(small_path: Path) -> None:
    program = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "import polyvocal\n"
        "assert [name for name in set(sys.modules) - before if name.startswith('polyvocal')] == ['polyvocal']\n"
        "assert not {'sqlalchemy', 'sqlite3', 'argparse'} & set(sys.modules)\n"
        f"with polyvocal.open({str(small_path)!r}) as project:\n"
        "    rows = [project.info(), *project.codings(), *project.search('panel'), *project.history()]\n"
        "assert len(rows) > 10\n"
        "print(sorted({'numpy', 'spacy', 'PySide6', 'docx', 'pydantic', 'alembic'} & set(sys.modules)))\n"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (answer.stdout, answer.stderr) == ("[]\n", "")
