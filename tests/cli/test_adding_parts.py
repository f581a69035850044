"""Stretches, layers and times at a terminal: adding, proposing, listing, changing, removing, choosing by them."""

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal

NOTE = (
    "The train was late (as always).\n\n# Plenary\nNine tables. “Who is paid?” asks a woman.\n\n"
    "# After the event\nOC: they laughed.\n"
)


@pytest.fixture
def study(terminal: Terminal, small_path: Path, tmp_path: Path) -> Path:
    """The small project with a day note about the launch, coded once before its first heading and once on its border."""
    (tmp_path / "day.md").write_text(NOTE, "utf-8")
    terminal("import", small_path, tmp_path / "day.md", "--observer", "Wren", "--event", "Launch", "--phase", "before")
    for start, end in ((0, 9), (20, 60)):
        place = ("--source", "day", "--start", start, "--end", end)
        terminal("add", small_path, "coding", *place, "--code", "Protest", "--coder", "Oda")
    (tmp_path / "day.md").unlink()
    return small_path


def test_text_is_cut_by_its_headings_and_codings_say_where_they_stand(terminal: Terminal, study: Path) -> None:
    made = terminal("add", study, "stretches", "--source", "day", "--from", "headings").out.split()
    listed = terminal.json("list", study, "stretches")
    assert [one["id"] for one in listed] == made
    assert [(one["source_title"], one["session"], one["phase"]) for one in listed] == [
        ("day", "Plenary", "during"),
        ("day", None, "after"),
    ]
    assert NOTE[listed[0]["start"] : listed[0]["end"]].startswith("# Plenary")
    codings = terminal.json("list", study, "codings", "--source", "day")
    assert [(one["session"], one["phase"]) for one in codings] == [(None, "before"), ("Plenary", "before; during")]
    during = terminal.json("list", study, "codings", "--source", "day", "--phase", "during")
    assert [one["start"] for one in during] == [20]
    table = terminal.json("compare", study, "--rows", "phase", "--columns", "code", "--source", "day")
    protest = table["columns"].index("Protest")
    assert [line[protest] for line in table["cells"]] == [2, 1, 0]
    assert "cut into stretches" in table["caption"]


def test_stretch_is_added_changed_shown_and_removed(terminal: Terminal, study: Path) -> None:
    place = ("--source", "day", "--start", "0", "--end", "31")
    stretch = terminal.made("add", study, "stretch", *place, "--session", "Corridor", "--phase", "before")
    terminal("change", study, "stretch", stretch, "--set", "session=", "--set", "phase=after")
    shown = terminal.json("show", study, "stretch", stretch)
    assert (shown["event"], shown["session"], shown["phase"], shown["gone"]) == ("Launch", None, "after", False)
    assert "overlaps the stretch from 0 to 31" in terminal.refused(
        study, "add", study, "stretch", *place, "--phase", "during"
    )
    terminal("remove", study, "stretch", stretch)
    assert terminal.json("list", study, "stretches") == []


def test_text_that_names_no_session_or_time_is_left_as_it_is(terminal: Terminal, study: Path) -> None:
    said = terminal.refused(study, "add", study, "stretches", "--source", "On the train", "--from", "headings")
    assert "no heading in 'On the train' names a session or a phase of 'Launch'" in said
    assert "no marked time in 'day'" in terminal.refused(
        study, "add", study, "stretches", "--source", "day", "--from", "times"
    )


def test_proposed_layers_are_marked_all_or_some(terminal: Terminal, study: Path) -> None:
    terminal("add", study, "layers", "--source", "day", "--proposed", "--layer", "aside", "--layer", "commentary")
    listed = terminal.json("list", study, "layers")
    assert [(one["layer"], one["text"]) for one in listed] == [
        ("aside", "(as always)"),
        ("commentary", "OC: they laughed."),
    ]
    terminal("add", study, "layers", "--source", "day", "--proposed")
    assert len(terminal.json("list", study, "layers")) == 3
    assert "nothing was changed" in terminal("add", study, "layers", "--source", "day", "--proposed").err


def test_passages_are_chosen_by_layer_in_lists_tables_and_exports(
    terminal: Terminal, study: Path, tmp_path: Path
) -> None:
    layer = terminal.made("add", study, "layer", "--source", "day", "--start", 59, "--end", 70, "--layer", "aside")
    assert [one["start"] for one in terminal.json("list", study, "codings", "--layer", "aside")] == [20]
    terminal("change", study, "layer", layer, "--set", "layer=reflection")
    assert terminal.json("list", study, "codings", "--layer", "aside") == []
    table = terminal.json("compare", study, "--layer", "reflection")
    assert sum(map(sum, table["cells"])) == 1
    assert table["filters"] == {"layer": ["reflection"]}
    terminal("export", study, "excerpts", tmp_path / "out.md", "--layer", "reflection")
    written = (tmp_path / "out.md").read_text("utf-8")
    assert "Only layer: reflection. A passage is of a layer where it shares a character" in written
    assert written.count("**Protest**") == 1
    terminal("remove", study, "layer", layer)
    assert "there is no layer 'gossip'" in terminal.refused(study, "list", study, "codings", "--layer", "gossip")


TIMES = (
    "10.05 The door.\nShe says that it ends at 15:30. Half past ten. They turn.\n23.40 The pier.\n0.20 Still there.\n"
)


@pytest.fixture
def with_times(terminal: Terminal, small_path: Path, tmp_path: Path) -> Path:
    """The small project with a note in which times stand; it is about the launch, on 14 May 2024 in London."""
    (tmp_path / "times.md").write_text(TIMES, "utf-8")
    terminal("import", small_path, tmp_path / "times.md", "--observer", "Wren", "--event", "Launch")
    return small_path


def test_times_of_a_text_are_taken_and_what_was_left_is_told(terminal: Terminal, with_times: Path) -> None:
    done = terminal("add", with_times, "time-marks", "--source", "times")
    first, last = TIMES.index("15:30"), TIMES.index("Half")
    assert "left 2 times that may be only spoken of, or doubtful" in done.err
    assert f"15:30 at {first}-{first + 5}, 10:30 at {last}-{last + 13}" in done.err
    listed = terminal.json("list", with_times, "time-marks")
    assert [one["id"] for one in listed] == done.out.split()
    assert [(one["clock"], one["at"]) for one in listed] == [
        ("10:05", "2024-05-14T10:05:00+01:00"),
        ("23:40", "2024-05-14T23:40:00+01:00"),
        ("00:20", "2024-05-15T00:20:00+01:00"),
    ]
    found = terminal.json("list", with_times, "time-marks", "--source", "times")
    assert [(one["state"], one["id"] is None) for one in found] == [
        ("marked", False),
        ("perhaps spoken of", True),
        ("doubtful", True),
        ("marked", False),
        ("marked", False),
    ]
    assert "10:30 or 22:30?" in found[2]["trouble"]
    terminal("undo", with_times)
    assert terminal.json("list", with_times, "time-marks") == []


def test_time_is_marked_corrected_refused_and_removed(terminal: Terminal, with_times: Path) -> None:
    place = ("--source", "times", "--start", 0, "--end", 5)
    for said in ((), ("--none", "--clock", "10:05")):
        assert "say which time it is" in terminal.refused(with_times, "add", with_times, "time-mark", *place, *said)
    mark = terminal.made("add", with_times, "time-mark", *place, "--clock", "10:05", "--until", "10:40")
    assert "overlaps the time mark from 0 to 5" in terminal.refused(
        with_times, "add", with_times, "time-mark", *place, "--clock", "10:06"
    )
    assert "10:00 is not after 10:05" in terminal.refused(
        with_times, "change", with_times, "time-mark", mark, "--set", "until=10:00"
    )
    terminal(
        "change", with_times, "time-mark", mark, "--set", "clock=10:07", "--set", "until=", "--set", "day=2024-05-15"
    )
    shown = terminal.json("show", with_times, "time-mark", mark)
    assert (shown["at"], shown["until"], shown["text"]) == ("2024-05-15T10:07:00+01:00", None, "10.05")
    terminal("change", with_times, "time-mark", mark, "--set", "kind=none")
    assert terminal.json("list", with_times, "time-marks")[0]["state"] == "no time"
    terminal("remove", with_times, "time-mark", mark)
    assert terminal.json("list", with_times, "time-marks") == []


def test_times_are_listed_of_a_source_only(terminal: Terminal, with_times: Path) -> None:
    assert "--source chooses codings, not layers" in terminal.refused(
        with_times, "list", with_times, "layers", "--source", "times"
    )
    assert "there is no source called 'nowhere'" in terminal.refused(
        with_times, "list", with_times, "time-marks", "--source", "nowhere"
    )
