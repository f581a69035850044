"""Changing and removing what is there."""

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal, shown

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
