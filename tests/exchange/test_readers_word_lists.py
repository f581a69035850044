"""List items of Word documents with the labels that Word shows."""

import pytest

from polyvocal.exchange.readers.word import read_word
from tests.exchange.word_documents import W, document_of, paragraph, replaced, with_parts


def level(depth: int, form: str, text: str, inside: str = "") -> str:
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{inside}</w:lvl>'


OUTLINE = level(0, "decimal", "%1.") + level(1, "lowerLetter", "%2)") + level(2, "lowerRoman", "(%3)")


def pattern(identity: int, levels: str, inside: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{identity}">{inside}{levels}</w:abstractNum>'


def num(identity: int, of: int, inside: str = "") -> str:
    return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{of}"/>{inside}</w:num>'


def item(text: str, of: int, depth: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{of}"/></w:numPr>')


def lines(numbering: str, *items: str) -> list[str]:
    xml = f'<w:numbering xmlns:w="{W}">{numbering}</w:numbering>'
    content = with_parts(document_of(*items), {"word/numbering.xml": replaced(xml)})
    return read_word(content, "note.docx").text.splitlines()


def test_items_are_numbered_and_nested() -> None:
    items = (item("a", 1), item("b", 1, 1), item("c", 1, 1), item("d", 1, 2), item("e", 1), item("f", 1, 1))
    assert lines(pattern(0, OUTLINE) + num(1, 0), *items) == [
        "1. a",
        "  a) b",
        "  b) c",
        "    (i) d",
        "2. e",
        "  a) f",
    ]


def test_bullets_are_dashes() -> None:
    bullets = pattern(0, level(0, "bullet", "\uf0b7") + level(1, "bullet", "o")) + num(1, 0)
    assert lines(bullets, item("a", 1), item("b", 1, 1)) == ["- a", "  - b"]


def test_list_counts_on_after_a_paragraph_between() -> None:
    assert lines(pattern(0, OUTLINE) + num(1, 0), item("a", 1), paragraph("Rain."), item("b", 1)) == [
        "1. a",
        "Rain.",
        "2. b",
    ]


def test_two_lists_of_one_pattern_count_on_together() -> None:
    assert lines(pattern(0, OUTLINE) + num(1, 0) + num(2, 0), item("a", 1), item("b", 2)) == ["1. a", "2. b"]


def test_list_starts_again_where_it_says_so() -> None:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering = pattern(0, OUTLINE) + num(1, 0) + num(2, 0, again)
    assert lines(numbering, item("a", 1), item("b", 2), item("c", 2)) == ["1. a", "5. b", "6. c"]


def test_level_of_a_list_may_differ_from_its_pattern() -> None:
    other = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1:")}</w:lvlOverride>'
    assert lines(pattern(0, OUTLINE) + num(1, 0, other), item("a", 1)) == ["A: a"]


def test_level_that_never_restarts_counts_on() -> None:
    levels = level(0, "decimal", "%1.") + level(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>')
    items = (item("a", 1), item("b", 1, 1), item("c", 1), item("d", 1, 1))
    assert lines(pattern(0, levels) + num(1, 0), *items) == ["1. a", "  1) b", "2. c", "  2) d"]


def test_label_may_tell_all_levels() -> None:
    levels = level(0, "upperRoman", "%1") + level(1, "decimal", "%1.%2") + level(2, "decimal", "%1.%2.%3", "<w:isLgl/>")
    items = (item("a", 1), item("b", 1, 1), item("c", 1, 2))
    assert lines(pattern(0, levels) + num(1, 0), *items) == ["I a", "  I.1 b", "    1.1.1 c"]


def test_pattern_is_found_through_a_list_style() -> None:
    numbering = (
        pattern(0, "", '<w:numStyleLink w:val="Mine"/>')
        + pattern(1, OUTLINE, '<w:styleLink w:val="Mine"/>')
        + num(1, 0)
    )
    assert lines(numbering, item("a", 1)) == ["1. a"]


@pytest.mark.parametrize(
    ("form", "start", "label"),
    [
        ("decimalZero", 7, "07"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("lowerLetter", 28, "bb"),
        ("upperLetter", 26, "Z"),
        ("none", 3, ""),
        ("chineseCounting", 3, "3"),
        ("lowerRoman", 0, "0"),
    ],
)
def test_number_is_written_in_its_form(form: str, start: int, label: str) -> None:
    again = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
    assert lines(pattern(0, level(0, form, "%1")) + num(1, 0, again), item("a", 1)) == [f"{label} a".strip()]


def test_empty_item_counts_and_shows_no_label() -> None:
    assert lines(pattern(0, OUTLINE) + num(1, 0), item("a", 1), item("", 1), item("c", 1)) == ["1. a", "", "3. c"]


def test_list_that_is_not_described_has_no_labels() -> None:
    assert lines(pattern(0, OUTLINE) + num(1, 0), item("a", 9), item("b", 0), item("c", 1, 8)) == ["a", "b", "c"]


def test_style_puts_a_paragraph_into_a_list_and_zero_takes_it_out() -> None:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="L"><w:pPr><w:numPr><w:ilvl w:val="1"/>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
    )
    numbering = f'<w:numbering xmlns:w="{W}">{pattern(0, OUTLINE)}{num(1, 0)}</w:numbering>'
    listed = '<w:pStyle w:val="L"/>'
    content = document_of(paragraph("a", listed), paragraph("b", f'{listed}<w:numPr><w:numId w:val="0"/></w:numPr>'))
    content = with_parts(content, {"word/numbering.xml": replaced(numbering), "word/styles.xml": replaced(styles)})
    assert read_word(content, "note.docx").text == "  a) a\nb\n"


def test_numbered_heading_keeps_its_number_and_is_not_indented() -> None:
    numbered = '<w:pStyle w:val="Heading2"/><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
    levels = level(0, "decimal", "%1") + level(1, "decimal", "%1.%2")
    assert lines(pattern(0, levels) + num(1, 0), paragraph("Rain."), paragraph("Plenary", numbered)) == [
        "Rain.",
        "",
        "1.1 Plenary",
    ]
