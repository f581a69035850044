"""Exports go to the file or stream that is named; no file is lost to one, and what was imported can be had again."""

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal


@pytest.mark.parametrize(
    "words", [("export", "{}", "codebook", "{}"), ("export", "{}", "excerpts", "{}"), ("compare", "{}", "--out", "{}")]
)
def test_file_that_is_there_is_replaced_only_by_force(
    terminal: Terminal, small_path: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    target = tmp_path / "monday.md"
    target.write_text("my own note")
    command = [word.format(path) for word, path in zip(words, (0, small_path, 0, target), strict=True)]
    assert "--force" in terminal.refused(small_path, *command)
    assert target.read_text() == "my own note"
    terminal(*command, "--force")
    assert "my own note" not in target.read_text()


def test_project_itself_is_never_replaced(terminal: Terminal, small_path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.md"
    link.symlink_to(small_path)
    for target in (small_path, link):
        told = terminal.refused(small_path, "export", small_path, "codebook", target, "--force")
        assert "the project itself" in told


def test_original_is_given_back_to_the_byte(terminal: Terminal, project_path: Path, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_bytes("\ufeffMonday\r\nNobody spoke.\r\n".encode("utf-16"))
    terminal("import", project_path, note, "--observer", "Wren")
    terminal("export", project_path, "original", tmp_path / "back.txt", "--source", "note")
    assert (tmp_path / "back.txt").read_bytes() == note.read_bytes()
    assert "--source" in terminal.refused(project_path, "export", project_path, "original", tmp_path / "x.txt")


def test_codebook_takes_no_options_of_excerpts(terminal: Terminal, small_path: Path, tmp_path: Path) -> None:
    told = terminal.refused(small_path, "export", small_path, "codebook", tmp_path / "c.md", "--coder", "Oda")
    assert "--coder is for excerpts" in told


def test_code_is_named_by_its_path(terminal: Terminal, small_path: Path) -> None:
    words = ("--source", "On the train", "--start", 0, "--end", 4, "--coder", "Oda")
    terminal("add", small_path, "coding", *words, "--code", "Collaboration / Whose time")
    (coding,) = terminal.json("list", small_path, "codings", "--source", "On the train", "--code", "Whose time")[:1]
    assert coding["code_path"] == "Collaboration / Whose time"


def test_jottings_are_not_written_up_in_jottings(terminal: Terminal, project_path: Path) -> None:
    terminal("import", project_path, "-", "--kind", "jottings", "--title", "one", stdin=b"10:45 bleep")
    told = terminal.refused(
        project_path, "import", project_path, "-", "--kind", "jottings", "--title", "two", "--note", "one", stdin=b"x"
    )
    assert "are jottings themselves" in told


def test_rows_alone_leave_sensible_columns(terminal: Terminal, small_path: Path) -> None:
    told = terminal.json("compare", small_path, "--rows", "observer")
    assert (told["row_dimension"], told["column_dimension"]) == ("observer", "code")
    told = terminal.json("compare", small_path, "--columns", "code")
    assert (told["row_dimension"], told["column_dimension"]) == ("observer", "code")


def test_choices_are_told_as_they_are_typed(terminal: Terminal, small_path: Path) -> None:
    said = terminal.run("list", small_path, "codings", "--phase", "beforre")
    assert said.status == 2
    assert "'before'" in said.err.replace("before,", "'before',")
    assert "Phase." not in said.err


def test_made_name_that_is_spelt_nearly_as_another_is_pointed_out(terminal: Terminal, small_path: Path) -> None:
    said = terminal("add", small_path, "presence", "--person", "Ilsa", "--session", "Plenary")
    assert "is it 'Ilse'?" in said.err


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


def test_comparison_is_written_to_a_file_and_said(terminal: Terminal, small_path: Path) -> None:
    target = small_path.with_name("comparison.csv")
    said = terminal("compare", small_path, "--out", target)
    assert (said.out, said.err) == ("", f"wrote {target}\n")
    assert "Protest" in target.read_text("utf-8-sig")


def test_moment_divergence_and_chosen_passages_lie_side_by_side(
    terminal: Terminal, small_path: Path, tmp_path: Path
) -> None:
    terminal("add", small_path, "moment", "Asking", "--session", "Plenary")
    differ = ("--quote", "Plenary, Wren", "Nobody answers", "--quote", "Plenary, Ilse", "aucune question")
    terminal("add", small_path, "divergence", "Asked?", "--kind", "occurrence", *differ)
    for words in (("moment", "Asking"), ("divergence", "Asked?"), ("side-by-side",)):
        target = tmp_path / f"{words[0]}.docx"
        said = terminal("export", small_path, *words, target, *(("--code", "Protest") if len(words) == 1 else ()))
        assert (said.out, target.stat().st_size > 5000) == (f"{target}\n", True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("moment",), "say which: `polyvocal export PROJECT moment REF FILE.docx`"),
        (("codebook", "Protest"), "'Protest' is one word too many"),
        (("moment", "Nothing"), "no moment called"),
    ],
)
def test_what_is_exported_of_one_thing_names_it(
    terminal: Terminal, small_path: Path, words: tuple[str, ...], told: str
) -> None:
    assert told in terminal.refused(small_path, "export", small_path, *words, small_path.parent / "out.docx")
