"""Changing and removing what is there; undo and redo; who did it; standard input and output."""

import json
from pathlib import Path
from typing import Any

import pytest

from polyvocal.domain.records import Authorship
from polyvocal.store.file import open_project
from tests.cli.terminal import Terminal, in_a_process


def shown(terminal: Terminal, path: Path, kind: str, reference: str) -> Any:
    """One thing, whole."""
    return terminal.json("show", path, kind, reference)


# --- change ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "reference", "field", "value", "expected"),
    [
        ("code", "Protest", "name", "Dissent", "Dissent"),
        ("code", "Protest", "definition", "Saying no\r\naloud", "Saying no\naloud"),
        ("code", "Protest", "not-when", "", None),
        ("code", "Protest", "use_when", "They say no", "They say no"),
        ("code", "Protest", "example", "“No.”", "“No.”"),
        ("code", "Protest", "colour", "#ABCDEF", "#abcdef"),
        ("code", "Protest", "retired", "yes", True),
        ("code", "Protest", "kind", "theme", "theme"),
        ("code", "Whose time", "parent", "", None),
        ("project", "Nine tables", "approach", "codebook", "codebook"),
        ("project", "Nine tables", "title", "Ten tables", "Ten tables"),
        ("source", "On the train", "title", "Train", "Train"),
        ("source", "On the train", "written_at", "2024-05-15T21:30", "2024-05-15T21:30"),
        ("source", "On the train", "observed_from", "2024-05-15", "2024-05-15"),
        ("source", "On the train", "kind", "jottings", "jottings"),
        ("person", "Oda", "standing", "other", "other"),
        ("person", "Oda", "name", "Odalys", "Odalys"),
        ("person", "Oda", "description", "Codes at night", "Codes at night"),
        ("group", "Ward 4", "name", "Ward 5", "Ward 5"),
        ("event", "Launch", "place", "", None),
        ("event", "Launch", "zone", "Europe/Dublin", "Europe/Dublin"),
        ("event", "Launch", "starts", "2024-05-13T10:00+01:00", "2024-05-13T10:00+01:00"),
        ("session", "Corridor", "scheduled", "yes", True),
        ("session", "Corridor", "title", "In the corridor", "In the corridor"),
        ("series", "Learning community", "title", "Community", "Community"),
        ("term", "Whose time is paid", "definition", "Who is paid", "Who is paid"),
        ("memo", "On applause", "kind", "reflexive", "reflexive"),
        ("memo", "On applause", "text", "It may not.", "It may not."),
        ("memo", "On applause", "title", "", None),
    ],
)
def test_field_is_changed_and_changed_back(
    terminal: Terminal, small_path: Path, kind: str, reference: str, field: str, value: str, expected: object
) -> None:
    identity = shown(terminal, small_path, kind, reference)["id"]
    before = shown(terminal, small_path, kind, identity)
    terminal("change", small_path, kind, reference, "--set", f"{field}={value}")
    after = shown(terminal, small_path, kind, identity)
    assert after[field.replace("-", "_")] == expected
    assert before != after
    terminal("undo", small_path)
    assert shown(terminal, small_path, kind, identity) == before


def test_several_fields_are_changed_at_once(terminal: Terminal, small_path: Path) -> None:
    terminal("change", small_path, "code", "Protest", "--set", "name=A = B", "--set", "definition=x")
    after = shown(terminal, small_path, "code", "A = B")
    assert (after["name"], after["definition"]) == ("A = B", "x")
    terminal("undo", small_path)
    assert shown(terminal, small_path, "code", "Protest")["definition"] is None


@pytest.mark.parametrize(
    ("kind", "reference", "setting", "expected"),
    [
        ("code", "Protest", "name=Sense-making", "there is a code called 'Sense-making' there already"),
        ("code", "Protest", "name=", "not empty"),
        ("code", "Protest", "label=X", "there is no 'label' to set, but name"),
        ("code", "Protest", "position=1", "there is no 'position' to set"),
        ("code", "Protest", "id=1", "there is no 'id' to set"),
        ("code", "Protest", "retired=maybe", "retired is yes or no, not 'maybe'"),
        ("code", "Protest", "kind=tag", "kind is code or category or theme, not 'tag'"),
        ("code", "Protest", "parent=Protset", "there is no code called 'Protset'"),
        ("code", "Protest", "just words", "FIELD=VALUE"),
        ("person", "Oda", "name=Wren", "there is a person called 'Wren' there already"),
        ("person", "Oda", "standing=expert", "ethnographer"),
        ("event", "Launch", "zone=Mars", "Europe/London"),
        ("event", "Launch", "ends=2020-01-01T10:00+01:00", "before it starts"),
        ("memo", "On applause", "text= ", "cannot be empty"),
        ("source", "On the train", "note=On the train", "not written from itself"),
        ("source", "On the train", "text=Other words", "there is no 'text' to set"),
        ("source", "On the train", "file_name=x", "there is no 'file_name' to set"),
        ("project", "Nine tables", "uuid=x", "there is no 'uuid' to set"),
    ],
)
def test_change_that_cannot_be_is_refused(
    terminal: Terminal, small_path: Path, kind: str, reference: str, setting: str, expected: str
) -> None:
    assert expected in terminal.refused(small_path, "change", small_path, kind, reference, "--set", setting)


def test_reading_keeps_its_parts_and_a_coding_its_coder(terminal: Terminal, small_path: Path) -> None:
    for kind, field, told in (
        ("coding", "coder", "but start, end"),
        ("reading", "state", "remove it, and add it anew"),
    ):
        identity = terminal.json("list", small_path, f"{kind}s")[0]["id"]
        assert told in terminal.refused(small_path, "change", small_path, kind, identity, "--set", f"{field}=1")


def test_coding_ends_at_another_word(terminal: Terminal, small_path: Path) -> None:
    first = terminal.json("list", small_path, "codings")[0]
    terminal("change", small_path, "coding", first["id"], "--set", f"end={first['end'] - 1}")
    (moved,) = (one for one in terminal.json("list", small_path, "codings") if one["id"] == first["id"])
    assert (moved["start"], moved["end"], moved["text"]) == (first["start"], first["end"] - 1, first["text"][:-1])


def test_coding_concerns_just_those_named(terminal: Terminal, small_path: Path) -> None:
    coding = next(one for one in terminal.json("list", small_path, "codings") if one["concerns"] == ["Lay panel"])
    terminal("change", small_path, "coding", coding["id"], "--set", "concerns=Ward 4; Bashir")
    assert sorted(shown(terminal, small_path, "coding", coding["id"])["concerns"]) == ["Bashir", "Ward 4"]
    terminal("change", small_path, "coding", coding["id"], "--set", "concerns=")
    assert shown(terminal, small_path, "coding", coding["id"])["concerns"] == []


def test_stance_is_changed_to_one_that_there_is(terminal: Terminal, small_path: Path) -> None:
    (stance, *_) = terminal.json("list", small_path, "stances")
    told = terminal.refused(small_path, "change", small_path, "stance", stance["id"], "--set", "stance=contest")
    assert "generates or affirms or contests" in told
    terminal("change", small_path, "stance", stance["id"], "--set", "stance=generates")
    assert shown(terminal, small_path, "stance", stance["id"])["stance"] == "generates"


def test_source_without_observer_is_not_made_a_fieldnote(terminal: Terminal, small_path: Path) -> None:
    terminal("import", small_path, "-", "--kind", "paper", "--title", "Agenda", stdin=b"1. Welcome")
    told = terminal.refused(small_path, "change", small_path, "source", "Agenda", "--set", "kind=fieldnote")
    assert "observer=NAME" in told


def test_code_that_moves_comes_last_below_its_new_parent(terminal: Terminal, small_path: Path) -> None:
    terminal("change", small_path, "code", "Sense-making", "--set", "parent=Collaboration")
    paths = [code["path"] for code in terminal.json("list", small_path, "codes")]
    assert paths == [
        "Collaboration",
        "Collaboration / Who decides",
        "Collaboration / Whose time",
        "Collaboration / Sense-making",
        "Protest",
    ]


def test_code_does_not_move_to_where_its_name_is_borne(terminal: Terminal, small_path: Path) -> None:
    made = terminal.made("add", small_path, "code", "Who decides", "--parent", "Protest")
    told = terminal.refused(small_path, "change", small_path, "code", made, "--set", "parent=Collaboration")
    assert "there is a code called 'Who decides' there already" in told


def test_sessions_of_two_events_may_bear_one_title(terminal: Terminal, small_path: Path) -> None:
    made = terminal.made("add", small_path, "session", "Opening", "--event", "Second launch")
    terminal("change", small_path, "session", made, "--set", "title=Plenary")
    assert shown(terminal, small_path, "session", made)["title"] == "Plenary"


# --- remove ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "reference", "needed"),
    [
        ("code", "Protest", "4 codings, 1 memo"),
        ("code", "Collaboration", "2 codes"),
        ("person", "Wren", "codings"),
        ("group", "Lay panel", "1 concern"),
        ("event", "Launch", "2 sessions"),
        ("session", "Plenary", "2 presences"),
        ("series", "Learning community", "1 event"),
        ("term", "Whose time is paid", "2 stances"),
        ("source", "On the train", "1 coding"),
    ],
)
def test_thing_that_is_needed_is_not_removed(
    terminal: Terminal, small_path: Path, kind: str, reference: str, needed: str
) -> None:
    told = terminal.refused(small_path, "remove", small_path, kind, reference)
    assert f"the {kind} '{reference}' is still needed by " in told
    assert needed in told


def test_project_itself_is_not_removed(terminal: Terminal, small_path: Path) -> None:
    assert "its file" in terminal.refused(small_path, "remove", small_path, "project", "Nine tables")


def test_coding_goes_with_its_stances_and_comes_back_with_them(terminal: Terminal, small_path: Path) -> None:
    before = terminal.json("list", small_path, "codings")
    (stance, *_) = terminal.json("list", small_path, "stances")
    said = terminal("remove", small_path, "coding", stance["coding"])
    assert said.out == ""
    assert len(terminal.json("list", small_path, "stances")) == 1
    assert len(terminal.json("list", small_path, "codings")) == 6
    terminal("undo", small_path)
    assert terminal.json("list", small_path, "codings") == before


@pytest.mark.parametrize("kind", ["memo", "presence", "reading", "stance", "concern"])
def test_part_is_removed_by_its_id(terminal: Terminal, small_path: Path, kind: str) -> None:
    if kind == "concern":
        from polyvocal.domain.records import Concern
        from polyvocal.store.file import open_project

        with open_project(small_path) as project, project.view() as view:
            identity = str(view.all(Concern)[0].id)
    else:
        plural = {"memo": "memos", "reading": "readings", "stance": "stances"}.get(kind, kind)
        identity = terminal.json("list", small_path, plural)[0]["id"]
    terminal("remove", small_path, kind, identity)
    terminal.refused(small_path, "show", small_path, kind, identity)
    assert terminal.json("check", small_path)["whole"] is True


# --- undo and redo ---------------------------------------------------------------------------------------------------


def test_undo_and_redo_work_in_new_processes(small_path: Path) -> None:
    made = in_a_process("add", small_path, "code", "Laughter", "--parent", "Protest")
    undone = in_a_process("undo", small_path)
    assert (undone.status, undone.err) == (0, "undone: add the code 'Laughter' (1 code)\n")
    assert in_a_process("show", small_path, "code", "Laughter").status == 1
    redone = in_a_process("redo", small_path)
    assert (redone.status, redone.err) == (0, "done again: add the code 'Laughter' (1 code)\n")
    assert json.loads(in_a_process("show", small_path, "code", "Laughter", "--json").out)["id"] == made.out.strip()


def test_undo_goes_back_to_the_new_project_and_no_further(terminal: Terminal, project_path: Path) -> None:
    terminal("add", project_path, "code", "One")
    terminal("add", project_path, "code", "Two")
    terminal("undo", project_path)
    terminal("undo", project_path)
    assert "there is nothing to undo" in terminal.refused(project_path, "undo", project_path)
    assert terminal.json("info", project_path)["title"] == "A study"
    terminal("redo", project_path)
    terminal("redo", project_path)
    assert "there is nothing to redo" in terminal.refused(project_path, "redo", project_path)
    assert [code["name"] for code in terminal.json("list", project_path, "codes")] == ["One", "Two"]


def test_redo_after_something_new_is_refused(terminal: Terminal, project_path: Path) -> None:
    terminal("add", project_path, "code", "One")
    terminal("undo", project_path)
    terminal("add", project_path, "code", "Two")
    assert "there is nothing to redo" in terminal.refused(project_path, "redo", project_path)


def test_undo_of_one_person_leaves_what_others_did(terminal: Terminal, small_path: Path) -> None:
    terminal("add", small_path, "term", "Who speaks", "--as", "Oda")
    terminal("add", small_path, "term", "Who listens", "--as", "Wren")
    terminal("undo", small_path, "--as", "oda")
    assert [one["name"] for one in terminal.json("list", small_path, "terms")] == ["Who listens", "Whose time is paid"]
    newest, _, spoken, *_ = terminal.json("history", small_path)
    assert (newest["kind"], newest["person"], newest["about"]) == ("undo", "Oda", spoken["operation"])
    assert (spoken["name"], spoken["person"], spoken["standing"]) == ("Who speaks", "Oda", "undone")


def test_undo_names_what_depends_on_it(terminal: Terminal, small_path: Path) -> None:
    terminal("add", small_path, "code", "Laughter", "--as", "Wren")
    words = ("--source", "On the train", "--start", 0, "--end", 4, "--code", "Laughter", "--coder", "Oda")
    terminal("add", small_path, "coding", *words)
    told = terminal.refused(small_path, "undo", small_path, "--as", "Wren")
    assert "cannot be undone" in told
    assert "1 coding" in told


def test_who_does_it_is_in_the_history_also_for_another_coder(terminal: Terminal, small_path: Path) -> None:
    words = ("--source", "On the train", "--start", 0, "--end", 4, "--code", "Protest", "--coder", "Oda")
    made = terminal.made("add", small_path, "coding", *words, "--as", "Wren")
    assert terminal.json("history", small_path)[0]["person"] == "Wren"
    assert shown(terminal, small_path, "coding", made)["coder"] == "Oda"


def test_coder_is_who_does_it_where_nobody_else_is_named(terminal: Terminal, small_path: Path) -> None:
    words = ("--source", "On the train", "--start", 0, "--end", 4, "--code", "Protest", "--coder", "Oda")
    terminal("add", small_path, "coding", *words)
    assert terminal.json("history", small_path)[0]["person"] == "Oda"


def test_unknown_person_does_nothing(terminal: Terminal, small_path: Path) -> None:
    told = terminal.refused(small_path, "add", small_path, "term", "New", "--as", "Odo")
    assert "there is no person called 'Odo'; is it 'Oda'?" in told
    assert "made" not in told


# --- standard input and output ---------------------------------------------------------------------------------------


def test_text_is_imported_from_standard_input(terminal: Terminal, project_path: Path) -> None:
    text = "Čekáme.\r\n🚪 Nobody comes.\n"
    (made,) = terminal(
        "import", project_path, "-", "--observer", "Wren", "--title", "Doors", stdin=text.encode()
    ).out.split()
    source = shown(terminal, project_path, "source", made)
    assert (source["title"], source["text"], source["file_name"]) == ("Doors", "Čekáme.\n🚪 Nobody comes.\n", None)


def test_memo_is_read_from_standard_input(terminal: Terminal, small_path: Path) -> None:
    made = terminal("add", small_path, "memo", "-", stdin="Ticho.\r\n🚂\n".encode()).out.strip()
    assert shown(terminal, small_path, "memo", made)["text"] == "Ticho.\n🚂\n"


def test_codebook_is_written_to_standard_output(terminal: Terminal, small_path: Path) -> None:
    said = terminal("export", small_path, "codebook", "-")
    assert said.err == ""
    assert said.out.startswith("# ")
    for name in ("Who decides", "Whose time", "Protest", "我们的时间不算数"):
        assert name in said.out


def test_excerpts_are_written_to_standard_output(terminal: Terminal, small_path: Path) -> None:
    said = terminal("export", small_path, "excerpts", "-", "--coder", "Wren")
    assert said.err == ""
    assert "a protest with good manners" in said.out
    assert "我们的时间不算数" not in said.out


@pytest.mark.parametrize("ending", ["docx", "xlsx", "csv", "md", "html"])
def test_codebook_is_written_by_the_ending_and_named(terminal: Terminal, small_path: Path, ending: str) -> None:
    target = small_path.with_name(f"codebook.{ending}")
    assert terminal("export", small_path, "codebook", target).out == f"{target}\n"
    assert target.stat().st_size > 100


def test_backup_is_a_project_like_the_first(terminal: Terminal, small_path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.polyvocal"
    assert terminal("backup", small_path, copy).out == f"{copy}\n"
    assert terminal.json("list", copy, "codings") == terminal.json("list", small_path, "codings")
    assert terminal.json("check", copy)["whole"] is True


def test_new_project_is_empty_and_undeclared(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "a.polyvocal"
    said = terminal("new", path, "--title", "Ward rounds")
    assert (said.out, said.err) == ("", f"made {path}\n")
    info = terminal.json("info", path)
    assert (info["title"], info["approach"], info["operations"]) == ("Ward rounds", "undeclared", 1)


@pytest.mark.parametrize("approach", ["reflexive", "codebook", "coding-reliability"])
def test_new_project_declares_its_approach(terminal: Terminal, tmp_path: Path, approach: str) -> None:
    terminal("new", tmp_path / "a.polyvocal", "--title", "T", "--approach", approach)
    assert terminal.json("info", tmp_path / "a.polyvocal")["approach"] == approach


# --- what a person reads ---------------------------------------------------------------------------------------------


def test_history_is_newest_first(terminal: Terminal, small_path: Path) -> None:
    terminal("add", small_path, "term", "Who speaks", "--as", "Oda")
    terminal("undo", small_path)
    lines = terminal("history", small_path, "--limit", 2).out.splitlines()
    assert len(lines) == 2
    assert "  undo: add the term 'Who speaks': removed 1 term" in lines[0]
    assert "  add the term 'Who speaks' " in lines[1]
    assert "by Oda (undone): made 1 term" in lines[1]
    whole = terminal.json("history", small_path)
    assert [one["kind"] for one in whole[:3]] == ["undo", "add term", "add memo"]
    assert whole[-1]["kind"] == "new project"
    assert len(whole) == terminal.json("info", small_path)["operations"]


@pytest.mark.parametrize(
    ("kind", "reference", "words"),
    [
        ("source", "Plenary, Wren", ["observers:", "Wren", "phase: during", "Nine tables, one microphone", "Oda done"]),
        ("code", "Protest", ["not when: Somebody is merely bored", "codings: 4", "memos:", "Applause may be"]),
        ("person", "Bashir", ["observer", "participant", "standing: lay-panel", "Lay panel"]),
        ("observer", "Wren", ["accounts: 2", "standing: ethnographer"]),
        ("coder", "Oda", ["codings: 4", "sources read: 1"]),
        ("group", "Ward 4", ["within:", "Ward teams"]),
        ("event", "Launch", ["zone: Europe/London", "series: Learning community"]),
        ("session", "Corridor", ["scheduled: no", "event: Launch"]),
        ("series", "Learning community", ["Launch"]),
        ("term", "Whose time is paid", ["stances: 2"]),
        ("memo", "On applause", ["about name: Protest", "author: Oda"]),
        ("project", "Nine tables", ["approach: reflexive"]),
    ],
)
def test_thing_is_shown_whole(
    terminal: Terminal, small_path: Path, kind: str, reference: str, words: list[str]
) -> None:
    said = terminal("show", small_path, kind, reference)
    for word in words:
        assert word in said.out


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


def test_comparison_is_written_to_a_file_and_said(terminal: Terminal, small_path: Path) -> None:
    target = small_path.with_name("comparison.csv")
    said = terminal("compare", small_path, "--out", target)
    assert (said.out, said.err) == ("", f"wrote {target}\n")
    assert "Protest" in target.read_text("utf-8-sig")


def test_comparison_is_read_in_a_terminal(terminal: Terminal, small_path: Path) -> None:
    said = terminal("compare", small_path)
    for word in ("Wren", "Ilse", "Bashir", "Protest", "Oda"):
        assert word in said.out


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
