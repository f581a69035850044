"""What people type and give by mistake: a clear word, and the project as it was."""

import json
from pathlib import Path

import pytest

from tests.cli.terminal import Terminal

EVERY_SCRIPT = (
    "من يقرر؟",
    "谁来决定",
    "एक ने कहा",
    "ใครตัดสินใจ",
    "Ge\u0301ne\u0301alogie",
    "Ποιος αποφασίζει",
    "👨‍👩‍👧 en famille",
    "می‌خواهم",
    'O\'Brien "the" <quote> & co, DROP TABLE code --',
    "%s {0} \\n $HOME",
    "-dash",
)
TOO_LONG = "long " * 2000


# --- names -----------------------------------------------------------------------------------------------------------


def naming(name: str) -> tuple[tuple[str, ...], ...]:
    """Every way of giving a thing a name."""
    passage = ("coding", "--source", "On the train", "--start", "0", "--end", "9", "--code", "Protest")
    stance = ("--stance=affirms", "--by=Lay panel", "--term=Whose time is paid")
    return (
        ("code", "--", name),
        ("person", "--", name),
        ("group", "--", name),
        ("group", f"--within={name}", "A group"),
        ("person", f"--group={name}", "A person"),
        ("event", "--", name),
        ("event", f"--series={name}", "An event"),
        ("session", "--event", "Launch", "--", name),
        ("session", f"--event={name}", "A session"),
        ("presence", "--session", "Plenary", f"--person={name}"),
        ("presence", "--person", "Wren", "--event", "Launch", f"--session={name}"),
        ("term", "--", name),
        ("memo", "A thought", f"--title={name}"),
        ("memo", "A thought", f"--author={name}"),
        ("reading", "--source", "On the train", f"--coder={name}"),
        (*passage, f"--coder={name}"),
        (*passage, "--coder=Oda", f"--concerns={name}"),
        (*passage, "--coder=Oda", *stance[:2], f"--term={name}"),
        (*passage, "--coder=Oda", stance[0], stance[2], f"--by={name}"),
        (*passage, "--coder=Oda", *stance, f"--toward={name}"),
    )


@pytest.mark.parametrize("name", EVERY_SCRIPT)
def test_name_may_be_in_any_script(terminal: Terminal, small_path: Path, name: str) -> None:
    for words in naming(name):
        terminal("add", small_path, *words)
        terminal("undo", small_path)
    terminal("add", small_path, "code", "--", name)
    assert terminal.json("show", small_path, "code", "--", name)["name"] == name
    assert name in [code["name"] for code in terminal.json("list", small_path, "codes")]
    assert name in terminal("show", small_path, "code", "--", name).out


def test_semicolon_may_stand_in_a_name_unless_lists_set_such_names_apart_by_it(
    terminal: Terminal, small_path: Path
) -> None:
    name = "time; DROP TABLE code --"
    for kind in ("code", "term", "event"):
        terminal("add", small_path, kind, "--", name)
    assert name in [code["name"] for code in terminal.json("list", small_path, "codes")]
    for kind in ("person", "group"):
        assert "semicolon" in terminal.refused(small_path, "add", small_path, kind, "--", name)


@pytest.mark.parametrize("name", [TOO_LONG, "bell \x07", "half \udc80", "  ", "", "\u200b", "a\0b", "\x1b[31mred"])
def test_name_that_is_none_is_refused(terminal: Terminal, small_path: Path, name: str) -> None:
    for words in naming(name):
        if not name and words[-1] == "--title=":  # says that there is none
            continue
        told = terminal.refused(small_path, "add", small_path, *words)
        assert len(told) < 400
        assert "\x07" not in told
        assert "\x1b" not in told


def test_name_of_ten_thousand_characters_is_refused_with_the_limit(terminal: Terminal, small_path: Path) -> None:
    told = terminal.refused(small_path, "add", small_path, "code", "a" * 10_000)
    assert "10,000 characters" in told
    assert "500" in told
    assert "Shorten" in told


@pytest.mark.parametrize("words", [("new", "--title"), ("import", "--title"), ("import", "--observer")])
def test_name_that_is_none_is_refused_for_project_and_source(
    terminal: Terminal, project_path: Path, tmp_path: Path, words: tuple[str, str]
) -> None:
    (tmp_path / "note.txt").write_text("Here.", "utf-8")
    for name in (TOO_LONG, "bell \x07", "half \udc80"):
        given = (tmp_path / "b.polyvocal",) if words[0] == "new" else (project_path, tmp_path / "note.txt")
        more = ("--observer", "Wren") if words[1] == "--title" and words[0] == "import" else ()
        told = terminal.refused(project_path, words[0], *given, words[1], name, *more)
        assert len(told) < 400


@pytest.mark.parametrize("name", ["Protest\u200b", " Protest", "Pro\ttest".replace("\t", ""), "PROTEST"])
def test_name_that_looks_the_same_is_taken(terminal: Terminal, small_path: Path, name: str) -> None:
    told = terminal.refused(small_path, "add", small_path, "code", name)
    assert "there is a code called 'Protest' at the top of the codebook already" in told


def test_person_whose_name_looks_the_same_is_the_same(terminal: Terminal, small_path: Path) -> None:
    terminal("add", small_path, "memo", "A thought", "--author", "oda\u200b")
    assert [one["name"] for one in terminal.json("list", small_path, "people")].count("Oda") == 1
    assert terminal.json("info", small_path)["people"] == 4


@pytest.mark.parametrize(
    ("kind", "name"),
    [("person", "wren"), ("group", "LAY PANEL"), ("event", "launch"), ("term", "whose  time is paid")],
)
def test_name_that_is_taken_is_refused(terminal: Terminal, small_path: Path, kind: str, name: str) -> None:
    told = terminal.refused(small_path, "add", small_path, kind, name)
    assert f"{kind} called" in told
    assert "already" in told


# --- the codebook ----------------------------------------------------------------------------------------------------


def test_code_of_one_name_below_one_parent_is_refused(terminal: Terminal, small_path: Path) -> None:
    told = terminal.refused(small_path, "add", small_path, "code", "who decides", "--parent", "Collaboration")
    assert "below 'Collaboration' already" in told


def test_code_of_one_name_below_another_parent_is_added(terminal: Terminal, small_path: Path) -> None:
    made = terminal.made("add", small_path, "code", "Who decides", "--parent", "Protest")
    assert terminal.json("show", small_path, "code", made)["path"] == "Protest / Who decides"


@pytest.mark.parametrize("parent", ["Protset", "", "123456789012"])
def test_code_below_what_is_not_there_is_refused(terminal: Terminal, small_path: Path, parent: str) -> None:
    assert "there is no code called" in terminal.refused(
        small_path, "add", small_path, "code", "New", "--parent", parent
    )


@pytest.mark.parametrize("below", ["Collaboration", "Who decides"])
def test_code_is_not_put_below_itself(terminal: Terminal, small_path: Path, below: str) -> None:
    told = terminal.refused(small_path, "change", small_path, "code", "Collaboration", "--set", f"parent={below}")
    assert "a code cannot lie below itself" in told


@pytest.mark.parametrize("colour", ["red", "#12345", "#gggggg", "0072b2", "#0072b2 "])
def test_colour_that_is_none_is_refused(terminal: Terminal, small_path: Path, colour: str) -> None:
    assert "#0072b2" in terminal.refused(small_path, "add", small_path, "code", "New", "--colour", colour)


def test_group_is_not_put_within_itself(terminal: Terminal, small_path: Path) -> None:
    assert "within itself" in terminal.refused(small_path, "add", small_path, "group", "Ring", "--within", "Ring")


# --- codings ---------------------------------------------------------------------------------------------------------


def coding(start: object, end: object, *more: str) -> tuple[str, ...]:
    """A coding of "On the train"."""
    where = ("--source", "On the train", "--start", str(start), "--end", str(end))
    return ("add", "coding", *where, "--code", "Protest", "--coder", "Oda", *more)


@pytest.mark.parametrize(
    ("start", "end"), [(0, 0), (5, 5), (9, 3), (-1, 3), (-5, -2), (0, 83), (82, 83), (10**9, 10**9 + 1), (0, 10**30)]
)
def test_passage_that_is_not_in_the_text_is_refused(terminal: Terminal, small_path: Path, start: int, end: int) -> None:
    add, *words = coding(start, end)
    told = terminal.refused(small_path, add, small_path, *words)
    assert f"no passage from {start} to {end} in 'On the train', whose text has 82 code points" in told


def test_passage_up_to_the_end_of_the_text_is_coded(terminal: Terminal, small_path: Path) -> None:
    add, *words = coding(80, 82)
    made = terminal.made(add, small_path, *words)
    assert terminal.json("show", small_path, "coding", made)["text"] == ".\n"


@pytest.mark.parametrize(
    "more",
    [
        ("--by", "Lay panel"),
        ("--stance", "affirms"),
        ("--term", "Whose time is paid"),
        ("--toward", "Ward 4"),
        ("--by", "Lay panel", "--stance", "affirms"),
        ("--stance", "affirms", "--term", "Whose time is paid"),
        ("--by", "", "--stance", "affirms", "--term", "Whose time is paid"),
    ],
)
def test_half_a_stance_is_refused(terminal: Terminal, small_path: Path, more: tuple[str, ...]) -> None:
    add, *words = coding(0, 4, *more)
    told = terminal.refused(small_path, add, small_path, *words)
    assert "a stance needs all of --by ACTOR, --stance generates|affirms|contests and --term TERM" in told


def test_same_coding_is_refused_the_second_time(terminal: Terminal, small_path: Path) -> None:
    add, *words = coding(0, 4)
    made = terminal.made(add, small_path, *words)
    told = terminal.refused(small_path, add, small_path, *words)
    assert made in told
    assert "Oda has coded 0 to 4 of 'On the train' with 'Protest' already" in told


def test_same_stance_is_refused_the_second_time(terminal: Terminal, small_path: Path) -> None:
    made = terminal.made("add", small_path, *coding(0, 4)[1:])
    stance = ("stance", "--coding", made, "--by", "Lay panel", "--stance", "affirms", "--term", "Whose time is paid")
    terminal("add", small_path, *stance)
    assert "already" in terminal.refused(small_path, "add", small_path, *stance)
    terminal("add", small_path, *stance, "--toward", "Ward 4")


def test_group_that_is_named_twice_is_concerned_once(terminal: Terminal, small_path: Path) -> None:
    add, *words = coding(0, 4, "--concerns", "Lay panel", "--concerns", "lay panel")
    made = terminal.made(add, small_path, *words)
    assert terminal.json("show", small_path, "coding", made)["concerns"] == ["Lay panel"]


def line(**parts: object) -> bytes:
    """A line of codings.jsonl."""
    usual = {"source": "On the train", "start": 0, "end": 4, "code": "Protest", "coder": "Oda"}
    return json.dumps({**usual, **parts}).encode() + b"\n"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (line() + line(start=9, end=3), "coding 2: there is no passage from 9 to 3 in 'On the train'"),
        (line() + line(end=83), "coding 2: there is no passage from 0 to 83"),
        (line(start=-1), "line 1: start"),
        (line() + b"\n" + line(code="Protset"), "line 3: there is no code called 'Protset'; is it 'Protest'"),
        (line(source="Nothing"), "line 1: there is no source called 'Nothing'"),
        (line(coder="Nobody"), "line 1: there is no coder called 'Nobody'"),
        (line(start="0"), "line 1: start"),
        (line(start=True), "line 1: start"),
        (line(end=10**40), "coding 1: there is no passage"),
        (b'{"source": "On the train"}', "line 1: start"),
        (b"[]", "line 1: the line"),
        (b"not json", "line 1: the line"),
        (line() + b'"half a \xe9"', "standard input, line 2: it is no text in UTF-8"),
        (line(code="half \udc80"), "line 1: "),
    ],
)
def test_lines_of_codings_that_are_wrong_are_refused_by_number(
    terminal: Terminal, small_path: Path, lines: bytes, expected: str
) -> None:
    told = terminal.refused(small_path, "add", small_path, "codings", "-", stdin=lines)
    assert expected in told


def test_no_lines_of_codings_add_nothing(terminal: Terminal, small_path: Path) -> None:
    said = terminal("add", small_path, "codings", "-", stdin=b"\n\n")
    assert said.out == ""
    assert terminal.json("info", small_path)["codings"] == 7


def test_lines_of_codings_may_bear_a_byte_order_mark(terminal: Terminal, small_path: Path) -> None:
    assert terminal("add", small_path, "codings", "-", stdin=b"\xef\xbb\xbf" + line()).out.strip().isdecimal()


@pytest.mark.parametrize("name", ["none.jsonl", "."])
def test_file_of_codings_that_is_none_is_refused(terminal: Terminal, small_path: Path, name: str) -> None:
    told = terminal.refused(small_path, "add", small_path, "codings", small_path.parent / name)
    assert str(small_path.parent) in told


# --- sources ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """A fieldnote to be imported."""
    path = tmp_path / "note.txt"
    path.write_text("We wait for the doors to open. 🚪\n", "utf-8")
    return path


def test_fieldnote_without_observer_is_refused(terminal: Terminal, project_path: Path, note: Path) -> None:
    told = terminal.refused(project_path, "import", project_path, note)
    assert "--observer NAME" in told
    assert "transcript" in told


def test_text_that_is_there_already_is_told_and_not_doubled(
    terminal: Terminal, project_path: Path, note: Path, tmp_path: Path
) -> None:
    terminal("import", project_path, note, "--observer", "Wren")
    again = tmp_path / "another name.md"
    again.write_bytes(note.read_bytes())
    said = terminal("import", project_path, again, "--observer", "Ilse")
    assert said.out == ""
    assert "another name.md is there already, as 'note': not doubled" in said.err
    assert terminal.json("info", project_path)["sources"] == 1
    told = terminal.json("import", project_path, again, note, "--observer", "Ilse")
    assert (told["operation"], told["created"], len(told["warnings"])) == (None, [], 2)


def test_text_that_is_given_twice_is_taken_in_once(
    terminal: Terminal, project_path: Path, note: Path, tmp_path: Path
) -> None:
    (tmp_path / "copy.txt").write_bytes(note.read_bytes())
    said = terminal("import", project_path, note, tmp_path / "copy.txt", "--observer", "Wren")
    assert len(said.out.split()) == 1
    assert "copy.txt is there already, as 'note'" in said.err


@pytest.mark.parametrize("content", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
def test_empty_source_is_refused(terminal: Terminal, project_path: Path, note: Path, content: bytes) -> None:
    note.write_bytes(content)
    assert "note.txt is empty" in terminal.refused(project_path, "import", project_path, note, "--observer", "Wren")


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", b"PK\x03\x04rest", b"%PDF-1.7\n"])
def test_source_that_is_no_text_is_refused(terminal: Terminal, project_path: Path, note: Path, content: bytes) -> None:
    note.write_bytes(content)
    told = terminal.refused(project_path, "import", project_path, note, "--observer", "Wren")
    assert "note.txt is no text file" in told


def test_one_bad_file_keeps_the_good_ones_out(
    terminal: Terminal, project_path: Path, note: Path, tmp_path: Path
) -> None:
    missing = (tmp_path / "none.txt", tmp_path / "picture.png", tmp_path)
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    told = terminal.refused(project_path, "import", project_path, note, *missing, "--observer", "Wren")
    assert "nothing was imported" in told
    for name in ("none.txt", "picture.png", tmp_path.name):
        assert name in told
    assert note.name not in told


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--session", "Plenary"), "--event TITLE"),
        (("--phase", "after"), "--event TITLE"),
        (("--event", "Launch", "--observed-from", "noon"), "2024-05-14 10:45 (an offset"),
        (("--written-at", "yesterday"), "yesterday"),
        (("--written-at", "2024-02-30"), "2024-02-30"),
        (("--observed-from", "2024-05-15", "--observed-to", "2024-05-14"), "before it starts"),
        (("--note", "Other"), "--note is for jottings"),
        (("--kind", "jottings", "--note", "Other"), "there is no source called 'Other'"),
        (("--standing", "lay-panel", "--observer", "Ilse", "--kind", "fieldnote"), None),
    ],
)
def test_import_that_does_not_say_enough_is_refused(
    terminal: Terminal, project_path: Path, note: Path, words: tuple[str, ...], expected: str | None
) -> None:
    given = ("import", project_path, note, "--observer", "Wren", *words)
    if expected is None:
        terminal(*given)
    else:
        assert expected in terminal.refused(project_path, *given)


def test_standing_without_observer_is_refused(terminal: Terminal, project_path: Path, note: Path) -> None:
    words = ("import", project_path, note, "--kind", "paper", "--standing", "other")
    assert "--observer NAME" in terminal.refused(project_path, *words)


def test_standing_that_contradicts_is_refused_with_what_to_do(terminal: Terminal, small_path: Path, note: Path) -> None:
    words = ("import", small_path, note, "--observer", "Wren", "--standing", "lay-panel")
    told = terminal.refused(small_path, *words)
    assert "Wren is known to write as ethnographer, not as lay-panel" in told
    command = told.split("`polyvocal ")[1].split("`")[0].replace("PROJECT", str(small_path))
    terminal(*command.split())
    terminal(*words)


def test_observer_that_is_named_twice_wrote_once(terminal: Terminal, project_path: Path, note: Path) -> None:
    made = terminal.made("import", project_path, note, "--observer", "Wren", "--observer", "wren ")
    assert terminal.json("show", project_path, "source", made)["observers"] == ["Wren"]


def test_session_of_another_event_is_refused(terminal: Terminal, small_path: Path, note: Path) -> None:
    other = terminal.made("add", small_path, "session", "Opening", "--event", "Second launch")
    words = ("import", small_path, note, "--observer", "Wren", "--event", "Launch", "--session", other)
    assert "'Opening' is not of the event 'Launch'" in terminal.refused(small_path, *words)


def test_one_title_for_several_files_is_refused(
    terminal: Terminal, project_path: Path, note: Path, tmp_path: Path
) -> None:
    (tmp_path / "other.txt").write_text("Other", "utf-8")
    words = ("import", project_path, note, tmp_path / "other.txt", "--observer", "Wren", "--title", "One")
    assert "--title" in terminal.refused(project_path, *words)


# --- times, zones, memos, readings -----------------------------------------------------------------------------------


@pytest.mark.parametrize("option", ["--starts", "--ends"])
@pytest.mark.parametrize("time", ["soon", "14 May", "2024-13-01", "2024-05-14T25:00", "10:45", "\udc80", "2024"])
def test_time_that_is_none_is_refused(terminal: Terminal, small_path: Path, option: str, time: str) -> None:
    told = terminal.refused(small_path, "add", small_path, "event", "New", option, time)
    assert "write it as 2024-05-14" in told


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../../etc/passwd", "/etc/passwd", "Europe", "\udc80", "x" * 500])
def test_zone_that_is_none_is_refused(terminal: Terminal, small_path: Path, zone: str) -> None:
    told = terminal.refused(small_path, "add", small_path, "event", "New", "--zone", zone)
    assert "write it as Europe/London" in told


@pytest.mark.parametrize(
    ("starts", "ends"), [("2024-05-15", "2024-05-14"), ("2024-05-14T10:00+01:00", "2024-05-14T10:00+02:00")]
)
def test_end_before_the_start_is_refused(terminal: Terminal, small_path: Path, starts: str, ends: str) -> None:
    times = ("--starts", starts, "--ends", ends)
    assert "before it starts" in terminal.refused(small_path, "add", small_path, "event", "New", *times)
    words = ("session", "New", "--event", "Launch", *times)
    assert "before it starts" in terminal.refused(small_path, "add", small_path, *words)
    terminal("add", small_path, "event", "New", "--starts", starts)
    told = terminal.refused(small_path, "change", small_path, "event", "New", "--set", f"ends={ends}")
    assert "before it starts" in told


@pytest.mark.parametrize("text", ["", "  \n"])
def test_empty_memo_is_refused(terminal: Terminal, small_path: Path, text: str) -> None:
    assert "the memo is empty" in terminal.refused(small_path, "add", small_path, "memo", text)
    told = terminal.refused(small_path, "add", small_path, "memo", "-", stdin=text.encode())
    assert "the memo is empty" in told


def test_memo_that_is_no_utf_8_is_refused(terminal: Terminal, small_path: Path) -> None:
    told = terminal.refused(small_path, "add", small_path, "memo", "-", stdin=b"one\ncaf\xe9")
    assert "standard input, line 2: it is no text in UTF-8" in told
    assert "caf" not in told


@pytest.mark.parametrize(
    ("about", "expected"),
    [(("code", "Protset"), "'Protest'"), (("opinion", "X"), "there is no kind 'opinion'")],
)
def test_memo_about_what_is_not_there_is_refused(
    terminal: Terminal, small_path: Path, about: tuple[str, str], expected: str
) -> None:
    assert expected in terminal.refused(small_path, "add", small_path, "memo", "A thought", "--about", *about)


@pytest.mark.parametrize("to", [-1, 83, 10**30])
def test_reading_beyond_the_text_is_refused(terminal: Terminal, small_path: Path, to: int) -> None:
    words = ("reading", "--source", "On the train", "--coder", "Oda", "--to", to)
    assert "82 code points" in terminal.refused(small_path, "add", small_path, *words)


# --- what is asked for, and where it is to go ------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "  ", "***", '""', "- ( ) : ^", "\udc80"])
def test_query_without_a_word_is_refused(terminal: Terminal, small_path: Path, query: str) -> None:
    terminal.refused(small_path, "search", small_path, "--", query)


def test_rows_that_are_the_columns_are_refused(terminal: Terminal, small_path: Path) -> None:
    words = ("compare", small_path, "--rows", "code", "--columns", "code")
    assert "choose two that differ" in terminal.refused(small_path, *words)


@pytest.mark.parametrize(
    "words",
    [
        ("export", "codebook", "none/codebook.docx"),
        ("export", "excerpts", "none/excerpts.csv"),
        ("compare", "--out", "none/comparison.md"),
        ("backup", "none/copy.polyvocal"),
    ],
)
def test_folder_that_is_missing_is_told(
    terminal: Terminal, small_path: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small_path.parent)
    command, *rest = words
    assert "there is no folder" in terminal.refused(small_path, command, small_path, *rest)


@pytest.mark.parametrize(
    "words",
    [
        ("export", "codebook", "codebook.pdf"),
        ("export", "codebook", "codebook"),
        ("export", "excerpts", "excerpts.odt"),
        ("compare", "--out", "comparison.png"),
    ],
)
def test_format_that_is_not_written_is_told_with_those_that_are(
    terminal: Terminal, small_path: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small_path.parent)
    command, *rest = words
    assert ".docx" in terminal.refused(small_path, command, small_path, *rest)


@pytest.mark.parametrize("words", [("new", "--title", "T"), ("sample",), ("backup",)])
def test_file_that_is_there_is_not_written_over(
    terminal: Terminal, small_path: Path, project_path: Path, words: tuple[str, ...]
) -> None:
    command, *rest = words
    given = (small_path, project_path) if command == "backup" else (project_path,)
    assert "exists already" in terminal.refused(project_path, command, *given, *rest)


@pytest.mark.parametrize("words", [("new", "--title", "T"), ("sample",)])
def test_project_in_a_folder_that_is_missing_is_not_made(
    terminal: Terminal, tmp_path: Path, words: tuple[str, ...]
) -> None:
    command, *rest = words
    said = terminal.run(command, tmp_path / "none" / "a.polyvocal", *rest)
    assert (said.status, said.out) == (1, "")
    assert "there is no folder" in said.err
