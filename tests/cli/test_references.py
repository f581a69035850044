"""What a REF may be: an id, or a name that only one thing bears."""

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal


@pytest.fixture
def ambiguous_path(terminal: Terminal, small_path: Path) -> Path:
    """The small project with two codes "Who decides", two sessions "Plenary", and a group called as a person is."""
    terminal("add", small_path, "code", "Who decides", "--parent", "Protest")
    terminal("add", small_path, "session", "Plenary", "--event", "Second launch")
    terminal("add", small_path, "group", "Wren")
    return small_path


@pytest.mark.parametrize("kind", ["source", "code", "person", "observer", "group", "event", "session", "term", "memo"])
def test_thing_is_found_by_id_and_by_name(terminal: Terminal, small_path: Path, kind: str) -> None:
    plural = {"person": "people"}.get(kind, f"{kind}s")
    row = terminal.json("list", small_path, plural)[0]
    by_id = terminal.json("show", small_path, kind, row["id"])
    assert by_id == terminal.json("show", small_path, kind, row.get("name", row.get("title")))
    assert by_id == terminal.json("show", small_path, plural, row["id"])


@pytest.mark.parametrize("name", ["protest", "PROTEST", " Protest "])
def test_name_is_found_without_regard_to_case_and_space(terminal: Terminal, small_path: Path, name: str) -> None:
    assert terminal.json("show", small_path, "code", name)["name"] == "Protest"


def test_name_is_found_composed_or_not(terminal: Terminal, small_path: Path) -> None:
    terminal("add", small_path, "code", "Ge\u0301ne")
    assert terminal.json("show", small_path, "code", "G\u00e9ne")["name"] == "Ge\u0301ne"


def test_name_to_the_letter_goes_before_one_but_for_case(terminal: Terminal, small_path: Path) -> None:
    terminal("add", small_path, "code", "protest", "--parent", "Collaboration")
    assert terminal.json("show", small_path, "code", "protest")["parent"] is not None
    assert terminal.json("show", small_path, "code", "Protest")["parent"] is None


def test_ambiguous_code_is_refused_with_where_each_lies(terminal: Terminal, ambiguous_path: Path) -> None:
    told = terminal.refused(ambiguous_path, "show", ambiguous_path, "code", "who decides")
    assert "2 codes are called 'who decides'" in told
    for code in terminal.json("list", ambiguous_path, "codes"):
        assert (code["id"] in told) is (code["name"] == "Who decides")
    assert "'Who decides' below 'Protest' = " in told
    assert "'Who decides' below 'Collaboration' = " in told


def test_ambiguous_session_is_refused_with_its_events(terminal: Terminal, ambiguous_path: Path) -> None:
    presence = ("presence", "--person", "Wren", "--session", "Plenary")
    told = terminal.refused(ambiguous_path, "add", ambiguous_path, *presence)
    assert "'Plenary' of 'Launch' = " in told
    assert "'Plenary' of 'Second launch' = " in told
    terminal("add", ambiguous_path, *presence, "--event", "Second launch")


def test_group_and_person_of_one_name_are_refused_with_both(terminal: Terminal, ambiguous_path: Path) -> None:
    coding = terminal.json("list", ambiguous_path, "codings")[0]["id"]
    stance = ("stance", "--coding", coding, "--stance", "affirms", "--term", "Whose time is paid", "--by")
    told = terminal.refused(ambiguous_path, "add", ambiguous_path, *stance, "Wren")
    assert "group = " in told
    assert "person = " in told
    person = terminal.json("show", ambiguous_path, "person", "Wren")["id"]
    terminal("add", ambiguous_path, *stance, person)
    assert "2 groups or people" in terminal.refused(ambiguous_path, "list", ambiguous_path, "codings", "--by", "Wren")


@pytest.mark.parametrize(
    ("kind", "name", "near"),
    [
        ("code", "Protset", "'Protest'"),
        ("code", "who decide", "'Who decides'"),
        ("person", "wern", "'Wren'"),
        ("source", "On the trains", "'On the train'"),
        ("group", "panel", "'Lay panel'"),
    ],
)
def test_unknown_name_is_refused_with_near_ones(
    terminal: Terminal, small_path: Path, kind: str, name: str, near: str
) -> None:
    told = terminal.refused(small_path, "show", small_path, kind, name)
    assert f"there is no {kind} called '{name}'; is it " in told
    assert near in told
    assert "See `polyvocal list PROJECT" in told


@pytest.mark.parametrize("name", ["xyzzy", "", "1234567890123", "9" * 30, "9" * 5000, "٣" * 12, "\udc80"])
def test_name_that_nothing_bears_is_refused(terminal: Terminal, small_path: Path, name: str) -> None:
    told = terminal.refused(small_path, "show", small_path, "code", name)
    assert "is it" not in told
    assert len(told) < 300


@pytest.mark.parametrize("identity", ["1234567890123", "9" * 30, "first", ""])
def test_unknown_id_is_refused(terminal: Terminal, small_path: Path, identity: str) -> None:
    assert "there is no coding with the id" in terminal.refused(small_path, "show", small_path, "coding", identity)


def test_id_of_another_kind_is_refused(terminal: Terminal, small_path: Path) -> None:
    code = terminal.json("show", small_path, "code", "Protest")["id"]
    assert "there is no term called" in terminal.refused(small_path, "show", small_path, "term", code)


@pytest.mark.parametrize("command", ["show", "change", "remove"])
def test_unknown_kind_is_refused_with_those_there_are(terminal: Terminal, small_path: Path, command: str) -> None:
    more = ("--set", "name=X") if command == "change" else ()
    told = terminal.refused(small_path, command, small_path, "opinion", "X", *more)
    assert "there is no kind 'opinion'" in told
    assert "source" in told
    assert "memo" in told


@pytest.mark.parametrize("kind", ["opinions", "concerns", "project"])
def test_kind_that_is_not_listed_is_refused(terminal: Terminal, small_path: Path, kind: str) -> None:
    assert "coding" in terminal.refused(small_path, "list", small_path, kind)


def test_person_who_is_no_observer_is_not_shown_as_one(terminal: Terminal, small_path: Path) -> None:
    told = terminal.refused(small_path, "show", small_path, "observer", "Oda")
    assert "Oda is not one of the observers" in told


def test_filter_on_what_is_not_a_coding_is_refused(terminal: Terminal, small_path: Path) -> None:
    told = terminal.refused(small_path, "list", small_path, "sources", "--code", "Protest")
    assert "--code chooses codings, not sources" in told


@pytest.mark.parametrize(
    ("option", "name"),
    [
        ("--code", "Protset"),
        ("--observer", "Nobody"),
        ("--coder", "Nobody"),
        ("--source", "Nothing"),
        ("--event", "Nothing"),
        ("--session", "Nothing"),
        ("--concerns", "Nobody"),
        ("--by", "Nobody"),
        ("--stance", "doubts"),
        ("--term", "Nothing"),
    ],
)
def test_filter_that_names_nothing_is_refused_and_not_empty(
    terminal: Terminal, small_path: Path, option: str, name: str
) -> None:
    for words in (("list", small_path, "codings"), ("compare", small_path)):
        assert f"'{name}'" in terminal.refused(small_path, *words, option, name)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--code", "Protest"), 4),
        (("--code", "Protest", "--code", "Who decides"), 5),
        (("--code", "Collaboration"), 0),
        (("--observer", "Wren"), 5),
        (("--observer", "Wren", "--coder", "Oda"), 2),
        (("--standing", "lay-panel"), 1),
        (("--phase", "after"), 1),
        (("--session", "plenary", "--coder", "Wren"), 2),
        (("--event", "Launch"), 7),
        (("--source", "On the train"), 1),
        (("--concerns", "Lay panel"), 1),
        (("--concerns", "Bashir"), 1),
        (("--by", "Ward 4"), 1),
        (("--stance", "contests"), 1),
        (("--stance", "contests", "--by", "Ward 4"), 0),
        (("--term", "whose time is paid"), 2),
    ],
)
def test_codings_are_chosen_by_what_is_asked(
    terminal: Terminal, small_path: Path, words: tuple[str, ...], expected: int
) -> None:
    assert len(terminal.json("list", small_path, "codings", *words)) == expected
