"""Markdown: what its marks give to the text, which stays as it is."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyvocal.domain.structure import PieceKind, Structure, in_order
from polyvocal.exchange.readers import read_source
from polyvocal.exchange.readers.markdown import read_markdown

Found = list[tuple[str, int, str]]


def pieces(text: str) -> Found:
    return shown(text, read_markdown(text.encode(), "note.md").beside.structure)


def shown(text: str, structure: Structure) -> Found:
    return [(str(one.kind), one.level, text[one.start : one.end]) for one in structure]


def test_text_stays_as_it_is_and_its_times_become_headings(tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    path.write_bytes(b"# Day one\r\n\r\n## 09:31\r\nRain.\r\n")
    incoming = read_source(path)
    assert incoming.text == "# Day one\n\n## 09:31\nRain.\n"
    assert shown(incoming.text, incoming.beside.structure) == [("heading", 1, "# Day one"), ("heading", 2, "## 09:31")]
    assert [(note.what, note.how_many) for note in incoming.notes] == [("heading", 2)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Plenary\n===\nRain.", [("heading", 1, "Plenary\n===")]),
        ("They sit\nand wait\n---", [("heading", 2, "They sit\nand wait\n---")]),
        ("Rain.\n\n---\n\nCoats.", []),
        ("#nothing\n####### seven\n    # code", []),
        ("```\n# code\n- code\n~~~\n```\n# Rain", [("heading", 1, "# Rain")]),
        ("---\ntitle: # x\n---\n# Rain", [("heading", 1, "# Rain")]),
        ("- one\n  goes on\n- two\n\nRain.", [("list item", 1, "- one\n  goes on"), ("list item", 1, "- two")]),
        (
            "1. one\n   - deep\n2) two",
            [("list item", 1, "1. one"), ("list item", 2, "   - deep"), ("list item", 1, "2) two")],
        ),
        ("It was on\n14. May that\nit rained", []),
        ("> one\n> two\nlazy\n\nRain.", [("quote", 0, "> one\n> two\nlazy")]),
        ("Rain:\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\nRain.", [("table", 2, "| a | b |\n|---|:-:|\n| 1 | 2 |")]),
        ("a | b\nno table", []),
        ("**They** turn *round*.", [("strong", 0, "**They**"), ("emphasis", 0, "*round*")]),
        ("__They__ _turn_ at table_4_b", [("strong", 0, "__They__"), ("emphasis", 0, "_turn_")]),
        (r"2 * 3 * 4, \*no\*, `*code*`, * no*", []),
        ("* * *\n***\n- - -", []),
    ],
)
def test_structure_is_told_by_the_marks(text: str, found: Found) -> None:
    assert pieces(text) == found
    assert pieces(text.replace("\n", "\r\n")) == [
        (kind, level, words.replace("\n", "\r\n")) for kind, level, words in found
    ]


@given(st.text(st.sampled_from("#-*_`>|~=1. \n\tab"), max_size=60))
def test_any_text_is_read_and_each_piece_lies_in_it(text: str) -> None:
    reading = read_markdown(text.encode(), "note.md")
    assert reading.text == text
    assert in_order(reading.beside.structure) == reading.beside.structure
    for one in reading.beside.structure:
        assert 0 <= one.start < one.end <= len(text)
        if one.kind not in (PieceKind.STRONG, PieceKind.EMPHASIS):
            assert one.start == 0 or text[one.start - 1] == "\n"
            assert one.end == len(text) or text[one.end] == "\n"
