"""Moments, divergences and counter-examples at a terminal: added, listed, chosen, shown, changed, removed."""

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal
from tests.conftest import TEXTS

WREN, ILSE = "Plenary, Wren", "Plenary, Ilse"
DIFFER = ("--quote", WREN, "asks a woman of the lay panel", "--quote", ILSE, "aucune question du panel")


@pytest.fixture
def study(terminal: Terminal, small_path: Path) -> Path:
    """The small project with a moment, and a divergence that is explained, by Oda."""
    terminal("add", small_path, "moment", "The question", "--session", "Plenary", "--quote", WREN, "Nobody answers")
    told = ("--kind", "occurrence", "--moment", "The question", "--explanation", "role", "--because", "She chaired.")
    terminal("add", small_path, "divergence", "Asked?", *told, *DIFFER, "--memo", "Ask her.", "--as", "Oda")
    return small_path


def test_moment_is_shown_with_what_each_observer_wrote(terminal: Terminal, study: Path) -> None:
    (row,) = terminal.json("list", study, "moments", "--event", "Launch")
    assert (row["title"], row["session"], row["begins"], row["told_by"], row["anchors"], row["divergences"]) == (
        "The question", "Plenary", "2024-05-14T10:00:00+01:00", "session", 1, 1,
    )  # fmt: skip
    told = terminal.json("show", study, "moment", "The question")
    observers = {one["observer"]: one for one in told["observers"]}
    (passage,) = observers["Wren"]["accounts"][0]["passages"]
    assert (passage["text"], passage["by"]) == ("Nobody answers", "hand")
    assert observers["Ilse"]["accounts"][0]["passages"][0]["by"] == "session"
    assert (observers["Bashir"]["state"], observers["Bashir"]["accounts"]) == ("elsewhere", [])
    said = terminal("show", study, "moment", "The question").out
    assert "\nBashir (lay-panel): elsewhere\n" in said
    assert ", marked by hand:\n    Nobody answers\n" in said


@pytest.mark.parametrize(
    "order", ["{what} {ref} --force {file}", "{what} --force {ref} {file}", "--force {what} {ref} {file}"]
)
def test_options_stand_anywhere_between_what_is_exported_and_its_file(
    terminal: Terminal, study: Path, tmp_path: Path, order: str
) -> None:
    target = tmp_path / "sheet.docx"
    target.write_bytes(b"old")
    told = {"{what}": "moment", "{ref}": "The question", "{file}": str(target)}
    terminal("export", study, *(told.get(one, one) for one in order.split()))
    assert target.read_bytes()[:2] == b"PK"


def test_info_counts_them(terminal: Terminal, study: Path) -> None:
    terminal("compare", study, "--save", "All")
    info = terminal.json("info", study)
    assert (info["moments"], info["divergences"], info["comparisons"]) == (1, 1, 1)


def test_divergence_is_listed_by_its_standing_and_changed(terminal: Terminal, study: Path) -> None:
    (row,) = terminal.json(
        "list", study, "divergences", "--standing", "open", "--observer", "Ilse", "--event", "Launch"
    )
    assert (row["title"], row["kind"], row["explanation"], row["recorded_by"]) == (
        "Asked?",
        "occurrence",
        "role",
        "Oda",
    )
    assert [one["text"] for one in row["passages"]] == ["aucune question du panel", "asks a woman of the lay panel"]
    assert isinstance(row["moment_id"], str)
    assert terminal.json("list", study, "divergences", "--source", "On the train") == []
    terminal("change", study, "divergence", "Asked?", "--set", "standing=kept", "--as", "Wren")
    assert terminal.json("list", study, "divergences", "--standing", "open") == []
    told = terminal.json("show", study, "divergence", "Asked?")
    assert (told["standing"], told["settled_by"], told["memos"][0]["text"]) == ("kept", "Wren", "Ask her.")
    assert "  - Ilse, Plenary, Ilse " in terminal("show", study, "divergence", "Asked?").out


def test_passages_are_given_by_their_ends_too_and_taken_out_again(terminal: Terminal, study: Path) -> None:
    start = TEXTS["On the train"].index("a protest")
    place = ("--passage", "On the train", start, start + 9)
    passage = terminal.made("add", study, "divergence-passage", "--divergence", "Asked?", *place)
    terminal.made("add", study, "anchor", "--moment", "The question", *place)
    assert [one["text"] for one in terminal.json("list", study, "anchors")] == ["a protest", "Nobody answers"]
    terminal("remove", study, "divergence-passage", passage)
    assert len(terminal.json("show", study, "divergence", "Asked?")["passages"]) == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("divergence", "--kind", "meaning", "--quote", WREN, "Nobody answers"), "two sources at least"),
        (("divergence", "--kind", "meaning", "--quote", WREN, "e"), "times in"),
        (("divergence", "--kind", "meaning", "--quote", WREN, "elephant"), "nowhere in"),
        (("divergence", "--kind", "meaning", "--passage", WREN, "x", "9"), "no place in a text"),
        (("anchor", "--moment", "The question"), "name a passage"),
        (("moment",), "needs a title"),
        (("counter-example", "--comparison", "None", "--coding", "1"), "no comparison called"),
    ],
)
def test_what_cannot_be_is_refused(terminal: Terminal, study: Path, words: tuple[str, ...], told: str) -> None:
    assert told in terminal.refused(study, "add", study, *words)


def test_standings_of_divergences_and_of_observers_are_not_mixed_up(terminal: Terminal, study: Path) -> None:
    assert "a divergence is open" in terminal.refused(study, "list", study, "divergences", "--standing", "ethnographer")
    assert "there is no standing 'open'" in terminal.refused(study, "list", study, "codings", "--standing", "open")
    assert "chooses codings, not moments" in terminal.refused(study, "list", study, "moments", "--coder", "Oda")
