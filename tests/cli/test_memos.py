"""Memos at a terminal: listed with what they are about, and exported as chosen."""

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal


def test_memos_are_exported_as_they_are_chosen(terminal: Terminal, small_path: Path, tmp_path: Path) -> None:
    out = tmp_path / "memos.md"
    for words, there, caption in (
        ((), ("On applause", "tired"), "All memos."),
        (("--author", "Oda"), ("On applause",), "Only author: Oda."),
        (("--about", "codes"), ("On applause",), "Only about: code."),
        (("--about", "free", "--memo-kind", "reflexive"), ("tired",), "Only kind: reflexive; about: free."),
        (("--words", "contesting way"), ("On applause",), "Only with the words: contesting way."),
    ):
        terminal("export", small_path, "memos", out, "--force", *words)
        said = out.read_text("utf-8")
        assert caption in said
        assert [one for one in ("On applause", "tired") if one in said] == list(there)
    assert terminal("export", small_path, "memos", "-").out.startswith("# Nine tables\n")
    for ending in ("docx", "xlsx"):
        terminal("export", small_path, "memos", tmp_path / f"memos.{ending}")
        assert (tmp_path / f"memos.{ending}").stat().st_size > 4_000


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("memos", "memos.md", "--code", "Protest"), "--code is for excerpts"),
        (("memos", "memos.md", "--about", "weather"), "there is no kind 'weather'"),
        (("codebook", "book.md", "--author", "Oda"), "--author chooses memos"),
        (("memos", "memos.pdf"), "there is no format for .pdf"),
    ],
)
def test_what_does_not_choose_memos_is_told(
    terminal: Terminal, small_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], message: str
) -> None:
    monkeypatch.chdir(small_path.parent)
    assert message in terminal.refused(small_path, "export", small_path, *words)


def test_list_says_what_a_memo_about_a_coding_is_about(terminal: Terminal, small_path: Path) -> None:
    made = terminal.made(
        "add", small_path, "coding", "--source", "On the train", "--start", 0, "--end", 4, "--code", "Protest",
        "--coder", "Oda", "--memo", "Why?",
    )  # fmt: skip
    newest = terminal.json("list", small_path, "memos")[-1]
    assert (newest["about"], newest["about_kind"], newest["about_name"]) == (made, "coding", "Protest")
    assert (newest["start"], newest["end"]) == (0, 4)
    assert isinstance(newest["source"], str)
