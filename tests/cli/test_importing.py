"""What files say of themselves is taken in with them, options go before it, and the report tells all of it."""

import signal
import threading
import zipfile
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from polyvocal.cli import importing
from polyvocal.domain.records import Authorship
from polyvocal.domain.text import count_words
from polyvocal.services.commands import sources
from polyvocal.services.queries.listing import list_sources
from polyvocal.services.queries.rows import SourceRow
from polyvocal.store.file import open_project
from tests.cli.terminal import Terminal, shown
from tests.conftest import TEXTS


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A folder with accounts that say who wrote them in different ways."""
    folder = tmp_path / "notes"
    for name, text in {
        "before/Wren 2024-05-13.txt": "The train was late.\n",
        "corridor.txt": "Observer: Ilse\nSession: Corridor\nTime: 10:45-11:20\n\nTwo nurses laugh.\n",
        "odd.md": "---\nobserver: Wrenn\ndate: 5/6/2024\n---\nOdd.\n",
        "picture.gif": "GIF8",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def rows(path: Path) -> dict[str, SourceRow]:
    with open_project(path) as project, project.view() as view:
        return {row.title: row for row in list_sources(view)}


def files(told: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["file"]: one for one in told["files"]}


def test_folder_comes_in_with_what_its_files_and_their_names_say(
    terminal: Terminal, small_path: Path, notes: Path
) -> None:
    told = terminal.json("import", small_path, notes)
    assert set(told) == {"operation", "created", "warnings", "files"}
    by_file = files(told)
    train, corridor = by_file["notes/before/Wren 2024-05-13.txt"], by_file["notes/corridor.txt"]
    assert train["observers"] == ["Wren"]
    assert (train["phase"], train["event"], train["observed_from"]) == ("before", "Launch", "2024-05-13")
    assert train["origin"]["phase"] == "folder name"
    assert (corridor["observed_from"], corridor["observed_to"]) == ("2024-05-14T10:45", "2024-05-14T11:20")
    assert corridor["origin"]["session"] == "head of the text"
    assert corridor["notes"][0]["fate"] == "carried over"
    assert {one["outcome"] for one in by_file.values()} == {"imported"}
    assert {one["source"] for one in by_file.values()} == set(told["created"])
    assert any("is it 'Wren'?" in one for one in told["warnings"])
    assert any("2024-06-05 or 2024-05-06" in one for one in told["warnings"])
    assert any("picture.gif: left out" in one for one in told["warnings"])
    found = rows(small_path)
    assert found["corridor"].observers == ("Ilse",)
    assert found["corridor"].session == "Corridor"


def test_option_goes_before_what_a_file_says(terminal: Terminal, small_path: Path, notes: Path) -> None:
    words = ("import", small_path, notes / "corridor.txt", "--observer", "Bashir", "--phase", "after")
    (one,) = terminal.json(*words)["files"]
    assert one["observers"] == ["Bashir"]
    assert one["origin"]["observers"] == one["origin"]["phase"] == "said with an option"
    assert one["session"] == "Corridor"


def test_dry_run_shows_what_would_come_and_changes_nothing(terminal: Terminal, small_path: Path, notes: Path) -> None:
    before = small_path.read_bytes()
    said = terminal("import", small_path, notes, "--dry-run")
    assert "Two nurses" not in said.out + said.err
    assert "notes/corridor.txt" in said.out
    assert "Ilse" in said.out
    assert "dry run" in said.err
    told = terminal.json("import", small_path, notes, "--dry-run")
    assert (told["operation"], told["created"]) == (None, [])
    assert {one["outcome"] for one in told["files"]} == {"imported"}
    assert small_path.read_bytes() == before


def test_files_that_cannot_be_read_are_left_out_only_if_asked(
    terminal: Terminal, small_path: Path, notes: Path
) -> None:
    (notes / "empty.txt").write_text("")
    refused = terminal.refused(small_path, "import", small_path, notes)
    assert "notes/empty.txt is empty" in refused
    assert "--leave-out" in refused
    told = terminal.json("import", small_path, notes, "--leave-out")
    empty = files(told)["notes/empty.txt"]
    assert (empty["outcome"], empty["source"]) == ("refused", None)
    assert "is empty" in empty["reason"]
    assert len(told["created"]) == 3


@pytest.mark.skipif(not hasattr(signal, "pthread_kill"), reason="a signal cannot be sent to one thread")
def test_interruption_while_texts_are_taken_in_leaves_the_project_as_it_was(
    terminal: Terminal, small_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "week"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"Rain {number}.\n")
    stopped: list[Event] = []

    def event() -> Event:
        stopped.append(Event())
        return stopped[-1]

    def interrupt(words: str) -> int:
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
        stopped[0].wait(20)
        return count_words(words)

    monkeypatch.setattr(importing, "Event", event)
    monkeypatch.setattr(sources, "count_words", interrupt)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job would not hear it
    try:
        told = terminal.refused(small_path, "import", small_path, folder, "--observer", "Wren", status=130)
    finally:
        signal.signal(signal.SIGINT, before)
    assert "stopped" in told


def test_pattern_says_how_names_are_read(terminal: Terminal, small_path: Path, tmp_path: Path) -> None:
    note = tmp_path / "Tea_Zoe_14.5.2024.txt"
    note.write_text("Tea.")
    (one,) = terminal.json("import", small_path, note, "--pattern", "{event}_{observer}_{date}")["files"]
    assert (one["event"], one["observers"], one["observed_from"]) == ("Tea", ["Zoe"], "2024-05-14")
    other = tmp_path / "other.txt"
    other.write_text("Other.")
    assert "{who}" in terminal.refused(
        small_path, "import", small_path, other, "--observer", "Wren", "--pattern", "{who}"
    )


def test_zip_comes_in_and_the_same_text_is_known(terminal: Terminal, small_path: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("Day 1/again.txt", TEXTS["On the train"])
        archive.writestr("Day 1/new.txt", "Observer: Wren\nSession: Plenary\n\nNew.")
    by_file = files(terminal.json("import", small_path, tmp_path / "all.zip"))
    assert by_file["all.zip/Day 1/again.txt"]["outcome"] == "known"
    assert "'On the train'" in by_file["all.zip/Day 1/again.txt"]["reason"]
    assert by_file["all.zip/Day 1/new.txt"]["outcome"] == "imported"


def test_table_comes_in_a_row_a_source(terminal: Terminal, small_path: Path, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text("Who,When,What,Mood\nIlse,14 May 2024,Tea is late.,grey\nWren,2024-05-14,They turn.,\nWren,,,\n")
    words = ("--columns", "observer=Who", "--columns", "date=When", "--columns", "text=What", "--phase", "during")
    told = terminal.json("import", small_path, log, *words)
    assert [one["file"] for one in told["files"]] == ["log.csv, row 2", "log.csv, row 3"]
    assert [one["observers"] for one in told["files"]] == [["Ilse"], ["Wren"]]
    assert [one["observed_from"] for one in told["files"]] == ["2024-05-14", "2024-05-14"]
    assert len(set(told["created"])) == 2


@pytest.mark.parametrize(
    ("changed", "outcome", "sources"),
    [("separate", "imported", 5), ("new-version", "new version", 4), ("leave-out", "left out", 4)],
)
def test_changed_file_becomes_what_is_asked(
    terminal: Terminal, small_path: Path, tmp_path: Path, changed: str, outcome: str, sources: int
) -> None:
    note = tmp_path / "Plenary, Wren.txt"
    note.write_text(TEXTS["Plenary, Wren"].replace("microphone", "loudspeaker"))
    told = terminal.json("import", small_path, note, "--observer", "Wren", "--changed", changed)
    (one,) = told["files"]
    assert one["outcome"] == outcome
    with open_project(small_path) as project, project.view() as view:
        assert len(list_sources(view)) == sources
    if changed == "separate":
        assert any("--changed new-version" in warning for warning in told["warnings"])


def test_template_is_written_and_comes_back(terminal: Terminal, small_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    assert terminal("export", small_path, "template", path, "--observer", "Ilse").out.strip() == str(path)
    assert "nothing is written in it" in terminal.refused(small_path, "import", small_path, path)
    path.write_text(path.read_text().replace("## Description\n", "## Description\n\nWe sat.\n"))
    (one,) = terminal.json("import", small_path, path)["files"]
    assert (one["observers"], one["standing"], one["event"]) == (["Ilse"], "research-team", "Launch")
    assert terminal("show", small_path, "source", "note").out.rstrip().endswith("Description\n\nWe sat.")


@pytest.mark.parametrize(
    "words", [("--code", "Protest"), ("--group-by", "code"), ("--observer", "a", "--observer", "b")]
)
def test_template_takes_no_filters(
    terminal: Terminal, small_path: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    assert "template" in terminal.refused(small_path, "export", small_path, "template", tmp_path / "x.docx", *words)


def test_observer_whom_a_head_names_is_recognised_in_the_names_of_other_files(
    terminal: Terminal, small_path: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "week"
    folder.mkdir()
    (folder / "kitchen.txt").write_text("Observer: Maria Rossi\nDate: 2016-04-11\n\nTea.\n")
    (folder / "Maria Rossi 2016-04-12.txt").write_text("They wait.\n")
    told = terminal.json("import", small_path, folder)
    assert {tuple(one["observers"]) for one in told["files"]} == {("Maria Rossi",)}


def test_column_becomes_an_attribute_only_if_that_is_said(terminal: Terminal, small_path: Path, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text("Observer,When,Notes,Mood,Weather\nIlse,14 May 2024,Tea is late.,grey,wet\n")
    (one,) = terminal.json("import", small_path, log, "--columns", "attribute=Mood", "--dry-run")["files"]
    assert one["attributes"] == {"Mood": "grey"}
    told = terminal.json("import", small_path, log, "--columns", "attribute=Mood")
    notes = {note["what"]: (note["fate"], note["detail"]) for note in told["files"][0]["notes"]}
    assert notes["attribute of the source"] == ("carried over", "Mood: grey")
    assert notes["other column"] == ("in another form", "Weather: wet")
    assert any("made the attribute 'Mood'" in one for one in told["warnings"])
    assert "grey" in terminal("list", small_path, "values").out


def test_why_nothing_of_what_is_given_can_be_read_is_said(terminal: Terminal, small_path: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "week.zip"
    damaged.write_bytes(b"PK")
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "one.gif").write_bytes(b"GIF8")
    refused = terminal.refused(small_path, "import", small_path, damaged, tmp_path / "pictures")
    assert "week.zip is no .zip, or is damaged" in refused
    assert "pictures/one.gif: left out, of a kind that is not read" in refused


def test_refused_import_tells_what_is_in_doubt_of_the_files(
    terminal: Terminal, small_path: Path, tmp_path: Path
) -> None:
    note = tmp_path / "note.md"
    note.write_text("---\nobserver: Wren: the second\n---\nRain.\n")
    refused = terminal.refused(small_path, "import", small_path, note)
    assert "note.md: Its front matter cannot be read" in refused
    assert "a fieldnote has an observer" in refused


def test_each_of_several_files_that_are_the_same_tells_what_came_of_it(
    terminal: Terminal, small_path: Path, tmp_path: Path
) -> None:
    for day in ("monday", "tuesday", "wednesday"):
        (tmp_path / "week" / day).mkdir(parents=True)
        (tmp_path / "week" / day / "note.txt").write_text("Rain.\n")
    told = terminal.json("import", small_path, tmp_path / "week", "--observer", "Wren")
    assert [one["outcome"] for one in told["files"]] == ["imported", "known", "known"]
    assert [one["source"] for one in told["files"]] == [*told["created"], None, None]


def test_text_is_imported_from_standard_input(terminal: Terminal, project_path: Path) -> None:
    text = "Čekáme.\r\n🚪 Nobody comes.\n"
    (made,) = terminal(
        "import", project_path, "-", "--observer", "Wren", "--title", "Doors", stdin=text.encode()
    ).out.split()
    source = shown(terminal, project_path, "source", made)
    assert (source["title"], source["text"], source["file_name"]) == ("Doors", "Čekáme.\n🚪 Nobody comes.\n", None)


def test_import_says_how_it_read(terminal: Terminal, project_path: Path, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_bytes("It was “déjà vu”.".encode("cp1252"))
    said = terminal("import", project_path, tmp_path / "note.txt", "--observer", "Wren")
    assert "note: 17 characters, read as windows-125" in said.err
    assert "if they are wrong" in said.err


def test_kind_of_a_file_is_what_its_format_usually_is_unless_said(
    terminal: Terminal, project_path: Path, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.srt").write_text(f"1\n00:00:01,000 --> 00:00:02,000\n{name}\n")
    (tmp_path / "note.txt").write_text("Rain.")
    made = terminal(
        "import", project_path, tmp_path / "one.srt", tmp_path / "note.txt", "--observer", "Wren"
    ).out.split()
    said = terminal("import", project_path, tmp_path / "two.srt", "--kind", "paper").out.split()
    kinds = [shown(terminal, project_path, "source", one)["kind"] for one in (*made, *said)]
    assert kinds == ["transcript", "fieldnote", "paper"]


def test_position_of_an_observer_in_the_room_is_kept(terminal: Terminal, small_path: Path) -> None:
    note = small_path.with_name("note.txt")
    note.write_text("Tea.")
    made = terminal.made("import", small_path, note, "--observer", "Wren", "--position", "Table 2")
    with open_project(small_path) as project, project.view() as view:
        assert [one.position for one in view.find(Authorship, source=int(made))] == ["Table 2"]
    told = terminal.refused(
        small_path, "import", small_path, "-", "--kind", "paper", "--position", "Table 2", stdin=b"x"
    )
    assert "--observer NAME" in told


def test_rows_of_a_table_come_in_as_sources_by_the_columns_that_are_named(
    terminal: Terminal, small_path: Path, tmp_path: Path
) -> None:
    table = tmp_path / "answers.csv"
    table.write_text(
        "Who,When,Answer\nWren,2024-05-14,Nobody asked me.\nIda,2024-05-15,\nOda,2024-05-15,Nobody asked me.\n"
    )
    columns = ("--columns", "text=Answer", "--columns", "observer=Who", "--columns", "date=When")
    told = terminal.json("import", small_path, table, *columns)
    assert [(one["file"], one["observers"], one["observed_from"]) for one in told["files"]] == [
        ("answers.csv, row 2", ["Wren"], "2024-05-14"),
        ("answers.csv, row 4", ["Oda"], "2024-05-15"),
    ]
    assert len(told["created"]) == 2
    assert any("row without text: rows 3 of answers.csv" in one for one in told["warnings"])
    assert "Nothing" in terminal.refused(small_path, "import", small_path, table, "--columns", "text=Nothing")


def test_table_without_a_row_of_names_is_read_by_letters(terminal: Terminal, small_path: Path, tmp_path: Path) -> None:
    table = tmp_path / "answers.csv"
    table.write_text("Wren,Nobody asked me.\nOda,Somebody did.\n")
    told = terminal.json(
        "import",
        small_path,
        table,
        "--no-header",
        "--columns",
        "observer=A",
        "--columns",
        "text=B",
        "--phase",
        "during",
    )
    assert [(one["file"], one["observers"]) for one in told["files"]] == [
        ("answers.csv, row 1", ["Wren"]),
        ("answers.csv, row 2", ["Oda"]),
    ]


def test_encoding_and_how_it_was_told_are_reported_before_anything_is_imported(
    terminal: Terminal, small_path: Path, tmp_path: Path
) -> None:
    note = tmp_path / "note.txt"
    note.write_bytes("A café in the corridor.\n".encode("cp1252"))
    (one,) = terminal.json("import", small_path, note, "--observer", "Wren", "--dry-run")["files"]
    assert (one["encoding"], one["encoding_by"]) == ("windows-1252", "statistics")


def test_text_is_read_in_the_encoding_that_is_named(terminal: Terminal, small_path: Path, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_bytes("Žádný čas, žádné odpovědi.\n".encode("cp1250"))
    (made,) = terminal.json("import", small_path, note, "--observer", "Wren", "--encoding", "cp1250")["created"]
    assert terminal.json("show", small_path, "source", made)["text"] == "Žádný čas, žádné odpovědi.\n"
