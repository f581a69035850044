"""What a script relies on: exit statuses, data on standard output, words on standard error."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import polyvocal
from polyvocal.cli import looking
from polyvocal.cli.main import main
from polyvocal.domain.errors import BugError
from polyvocal.domain.records import Code, Person, Source
from polyvocal.services.commands.codings import CodingDraft, add_codings
from polyvocal.services.queries import project as project_queries
from polyvocal.store.file import Mode, open_project
from tests.cli.terminal import Terminal, in_a_process

SECRET = "a sentence out of somebody's fieldnote"


# --- statuses --------------------------------------------------------------------------------------------------------


def test_command_that_works_ends_with_0(terminal: Terminal, small_path: Path) -> None:
    assert terminal.run("info", small_path).status == 0


def test_fault_of_the_person_ends_with_1(terminal: Terminal, small_path: Path) -> None:
    assert "Colaboration" in terminal.refused(small_path, "show", small_path, "code", "Colaboration")


@pytest.mark.parametrize(
    "words",
    [
        ("info",),
        ("list", "study.polyvocal"),
        ("list", "study.polyvocal", "codes", "--colour"),
        ("new", "study.polyvocal"),
        ("new", "study.polyvocal", "--title", "T", "--approach", "positivist"),
        ("import", "study.polyvocal", "note.txt", "--phase", "meanwhile"),
        ("add", "study.polyvocal"),
        ("add", "study.polyvocal", "opinion"),
        ("add", "study.polyvocal", "coding", "--source", "x", "--start", "one", "--end", "2"),
        ("add", "study.polyvocal", "stance", "--coding", "1", "--by", "Lay panel", "--stance", "doubts"),
        ("history", "study.polyvocal", "--limit", "0"),
        ("history", "study.polyvocal", "--limit", "-1"),
        ("history", "study.polyvocal", "--limit", "9" * 5000),
        ("search", "study.polyvocal", "words", "--limit", "none"),
        ("compare", "study.polyvocal", "--measure", "kappa"),
        ("export", "study.polyvocal", "everything", "x.csv"),
        ("--nothing",),
    ],
)
def test_wrong_usage_ends_with_2_and_a_word(terminal: Terminal, words: tuple[str, ...]) -> None:
    said = terminal.run(*words)
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("usage: polyvocal")
    assert "error: " in said.err


def test_fault_of_ours_ends_with_70_and_tells_nothing_that_anybody_wrote(
    terminal: Terminal, small_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_view: object) -> None:
        raise BugError(SECRET) from ValueError(SECRET)

    monkeypatch.setattr(project_queries, "project_info", fail)
    said = terminal.run("info", small_path)
    assert (said.status, said.out) == (70, "")
    assert "BugError" in said.err
    assert "looking.py" in said.err
    assert polyvocal.__version__ in said.err
    assert SECRET not in said.err
    assert str(small_path.parent) not in said.err


def test_fault_while_writing_leaves_the_project_as_it_was(
    terminal: Terminal, small_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError(SECRET)

    monkeypatch.setattr("polyvocal.services.commands.codebook.checked_colour", fail)
    told = terminal.refused(small_path, "add", small_path, "code", "New", "--colour", "#000000", status=70)
    assert SECRET not in told


def test_interruption_is_told_in_words(terminal: Terminal, small_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(looking, "info", interrupt)
    said = terminal.run("info", small_path)
    assert said.status == 130
    assert "stopped" in said.err


# --- commands --------------------------------------------------------------------------------------------------------


def test_help_shows_the_commands(terminal: Terminal) -> None:
    said = terminal("--help")
    assert "open the window" in said.out
    assert "import" in said.out
    assert "codebook" in said.out


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a display")
@pytest.mark.parametrize("named", [False, True])
def test_window_without_a_display_is_told_with_the_way_out(
    terminal: Terminal, small_path: Path, *, named: bool
) -> None:
    said = terminal.run(*((small_path,) if named else ()))
    assert (said.status, said.out) == (3, "")
    assert "there is no display here" in said.err
    assert "polyvocal --help" in said.err


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a display")
def test_display_that_does_not_answer_is_told(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":4711")
    said = terminal.run()
    assert said.status == 3
    assert ":4711 does not answer" in said.err


def test_window_is_opened_on_the_project_that_is_named(
    terminal: Terminal, small_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path | None] = []
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")

    def run_window(path: Path | None) -> int:
        opened.append(path)
        return 0

    monkeypatch.setattr("polyvocal.gui.app.run_window", run_window)
    terminal(small_path)
    terminal()
    assert opened == [small_path, None]


def test_unknown_command_is_refused_with_near_ones(terminal: Terminal) -> None:
    said = terminal.run("improt", "study.polyvocal")
    assert (said.status, said.out) == (2, "")
    assert "there is no command 'improt'" in said.err
    assert "'import'" in said.err


@pytest.mark.parametrize("word", ["a" * 10_000, "a\0b", "\udc80", "", " "])
def test_word_that_no_command_can_be_is_refused(terminal: Terminal, word: str) -> None:
    said = terminal.run(word)
    assert said.status == 2
    assert len(said.err) < 300


def test_project_before_the_command_is_told(terminal: Terminal, small_path: Path) -> None:
    said = terminal.run(small_path, "info")
    assert said.status == 2
    assert "the command comes first" in said.err


def test_version_is_told(terminal: Terminal) -> None:
    assert terminal("--version").out == f"polyvocal {polyvocal.__version__}\n"


# --- streams ---------------------------------------------------------------------------------------------------------


def test_nothing_to_list_leaves_standard_output_empty(terminal: Terminal, project_path: Path) -> None:
    for kind in looking.LISTABLE:
        said = terminal("list", project_path, kind)
        assert said.out == ""
        assert said.err.startswith("There are no ")
        assert terminal.json("list", project_path, kind) == []


def test_nothing_found_leaves_standard_output_empty(terminal: Terminal, small_path: Path) -> None:
    said = terminal("search", small_path, "zebra")
    assert said.out == ""
    assert "zebra" in said.err
    assert terminal.json("search", small_path, "zebra") == []


def test_what_is_made_along_the_way_is_said_on_standard_error(terminal: Terminal, small_path: Path) -> None:
    words = ("--source", "On the train", "--start", 0, "--end", 4, "--code", "Protest", "--coder", "New coder")
    stance = ("--by", "Estates", "--stance", "contests", "--term", "Who opens the doors", "--toward", "Porters")
    said = terminal("add", small_path, "coding", *words, "--concerns", "Kitchen", *stance)
    assert said.out.strip().isdecimal()
    for name in ("person 'New coder'", "group 'Kitchen'", "group 'Estates'", "group 'Porters'"):
        assert f"made the {name}" in said.err
    assert "made the term 'Who opens the doors'" in said.err
    assert said.err.count("made the ") == 5
    again = terminal("add", small_path, "coding", *(*words[:5], 5, *words[6:]), "--concerns", "kitchen", *stance)
    assert "made the" not in again.err
    assert "coded 'Home ' with 'Protest'" in again.err


def test_observer_event_and_session_of_an_import_are_said_when_made(
    terminal: Terminal, project_path: Path, tmp_path: Path
) -> None:
    (tmp_path / "note.txt").write_text("We wait for the doors to open.", "utf-8")
    said = terminal(
        "import", project_path, tmp_path / "note.txt", "--observer", "Wren", "--event", "Launch", "--session", "Plenary"
    )
    for name in ("person 'Wren'", "event 'Launch'", "session 'Plenary'"):
        assert f"made the {name}" in said.err
    assert len(said.out.split()) == 1


def test_group_made_along_with_a_group_is_said_and_not_printed(terminal: Terminal, project_path: Path) -> None:
    said = terminal("add", project_path, "group", "Ward 4", "--within", "Ward teams")
    (made,) = said.out.split()
    assert terminal.json("show", project_path, "group", made)["name"] == "Ward 4"
    assert "made the group 'Ward teams'" in said.err


def test_names_are_said_as_they_are_written(terminal: Terminal, project_path: Path) -> None:
    for name in ("می‌خواهم", "👨‍👩‍👧", "O'Brien", "é"):
        said = terminal("add", project_path, "memo", "A thought", "--author", name)
        assert f"made the person '{name}'" in said.err


def test_warnings_of_a_change_are_in_its_json_and_on_standard_error(terminal: Terminal, small_path: Path) -> None:
    said = terminal("add", small_path, "memo", "A thought", "--author", "Newcomer", "--json")
    assert "made the person 'Newcomer'" in said.err
    assert "made the person 'Newcomer'" in said.out


# --- really ----------------------------------------------------------------------------------------------------------


def test_statuses_leave_a_real_process(small_path: Path, tmp_path: Path) -> None:
    assert in_a_process("info", small_path).status == 0
    assert in_a_process("info", tmp_path / "none.polyvocal").status == 1
    assert in_a_process("info").status == 2
    assert in_a_process("infro").status == 2


def test_words_are_utf_8_whatever_the_terminal_says(small_path: Path) -> None:
    said = in_a_process("show", small_path, "source", "Corridor, Bashir", env={"LC_ALL": "C", "PYTHONUTF8": "0"})
    assert said.status == 0
    assert "病房的人说" in said.out


def test_memo_from_standard_input_is_utf_8_whatever_the_terminal_says(small_path: Path) -> None:
    env = {"PYTHONIOENCODING": "latin-1"}
    made = in_a_process("add", small_path, "memo", "-", env=env, stdin="Čekáme 🚂\r\nještě.".encode())
    assert made.status == 0
    assert "Čekáme 🚂\nještě." in in_a_process("show", small_path, "memo", made.out.strip()).out


@pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX")
def test_reader_that_has_seen_enough_is_no_fault(big_path: Path) -> None:
    for more in ((), ("--json",)):
        writer = subprocess.Popen(
            [sys.executable, "-m", "polyvocal", "list", str(big_path), "codings", *more],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert writer.stdout is not None
        assert writer.stderr is not None
        writer.stdout.read(10)
        writer.stdout.close()
        told = writer.stderr.read()
        writer.stderr.close()
        assert (writer.wait(60), told) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_output_that_cannot_be_written_is_a_fault_of_the_machine(small_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        answer = subprocess.run(
            [sys.executable, "-m", "polyvocal", "info", str(small_path)],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert answer.returncode == 3
    assert b"No space left" in answer.stderr
    assert b"Exception ignored" not in answer.stderr


@pytest.fixture
def big_path(small_path: Path) -> Path:
    """The small project with more codings than a pipe holds."""
    with open_project(small_path, Mode.WRITE) as project:
        with project.view() as view:
            source, code, coder = view.all(Source)[0].id, view.all(Code)[0].id, view.all(Person)[0].id
        add_codings(project, [CodingDraft(source, 0, 20, code, coder)] * 3000)
    return small_path


READING = (
    ("info",),
    ("list", "sources"),
    ("list", "codings"),
    ("list", "codings", "--json"),
    ("search", "panel"),
    ("history",),
    ("show", "source", "On the train"),
    ("show", "code", "Protest"),
)


@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_reading_imports_nothing_heavy(small_path: Path, words: tuple[str, ...]) -> None:
    command, *rest = words
    program = (
        "import sys\n"
        "from polyvocal.cli.main import main\n"
        f"status = main({[command, str(small_path), *rest]!r})\n"
        "heavy = {'PySide6', 'spacy', 'numpy', 'docx', 'pydantic', 'openpyxl', 'lxml', 'alembic', 'sqlalchemy.orm'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
        "sys.exit(status)\n"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    assert answer.stderr == "[]\n"


def test_commands_need_no_display(small_path: Path) -> None:
    said = in_a_process("compare", small_path, env={"DISPLAY": "", "WAYLAND_DISPLAY": ""})
    assert said.status == 0


def test_words_are_those_of_the_process_where_none_are_given(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], small_path: Path
) -> None:
    monkeypatch.setattr(sys, "argv", ["polyvocal", "info", str(small_path)])
    assert main() == 0
    assert "Nine tables" in capsys.readouterr().out
