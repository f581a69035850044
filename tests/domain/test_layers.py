"""What a text proposes of its layers, and what it does not."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyvocal.domain.headings import bodies_of, headings_of, short_lines
from polyvocal.domain.layers import proposed_layers
from polyvocal.domain.structure import Piece, PieceKind
from polyvocal.domain.words import LayerName

QUOTED, ASIDE = LayerName.QUOTED_SPEECH, LayerName.ASIDE
COMMENTARY, REFLECTION = LayerName.COMMENTARY, LayerName.REFLECTION


def found(text: str, layer: LayerName) -> list[str]:
    """The words that are proposed to be a layer."""
    return [text[one.start : one.end] for one in proposed_layers(text) if one.layer is layer]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("He said “who is paid?” and left.", ["“who is paid?”"]),
        ('He said "who is paid?" and left.', ['"who is paid?"']),
        ("‘We don’t know’, she said.", ["‘We don’t know’"]),
        ("‘We saw the patients’ lounge’, she said.", ["‘We saw the patients’ lounge’"]),
        ("‘our patients’ is what he calls them; ‘my staff’ too.", ["‘our patients’", "‘my staff’"]),
        ("Elle dit « jamais de la vie » et sort.", ["« jamais de la vie »"]),
        ("Er sagt „so nicht“ und geht. On „tak nie” mówi.", ["„so nicht“", "„tak nie”"]),
        ("Hon sa ”inte så” och »slet ikke« sagde han.", ["”inte så”", "»slet ikke«"]),
        ("彼は「時間がない」と言った。", ["「時間がない」"]),
        ("“He told me ‘no’, and “never” too,” she said.", ["“He told me ‘no’, and “never” too,”"]),
        ("“We came here.\n\n“To be heard,” she said.", ["“We came here.\n\n“To be heard,”"]),
        ("“You” and “me”.", ["“You”", "“me”"]),
    ],
)
def test_quoted_speech_is_what_stands_between_marks(text: str, quotes: list[str]) -> None:
    assert found(text, QUOTED) == quotes


@pytest.mark.parametrize(
    "text",
    [
        "It’s the nurses’ room, isn’t it? Rock ’n’ roll.",
        "“This is never closed.\n\nAnd this is another paragraph.”",
        "A 5\" pipe and a 6\" one.",
        "“…” and “” and “ ”",
        "„offen",
    ],
)  # fmt: skip
def test_apostrophes_inches_and_unclosed_marks_are_no_speech(text: str) -> None:
    assert found(text, QUOTED) == []


def test_quotation_within_an_unclosed_one_is_found() -> None:
    assert found("“Never closed, she says “so it goes” and more", QUOTED) == ["“so it goes”"]


def test_brackets_hold_asides_but_marks_of_notes_numbers_and_endings_do_not() -> None:
    text = "She (the chair (again)) nods [laughs]. See [1], [iv], (2014), [*], (a), nurse(s), （笑い）. (no end"
    assert found(text, ASIDE) == ["(the chair (again))", "[laughs]", "（笑い）"]


@pytest.mark.parametrize(
    ("text", "layer"),
    [
        ("OC: they look tired.", COMMENTARY),
        ("O.C.: they look tired.", COMMENTARY),
        ("Observer's comment: they look tired.", COMMENTARY),
        ("Reflection: I was tired myself.", REFLECTION),
        ("note to self: ask about it", REFLECTION),
    ],
)
def test_paragraph_with_a_label_is_what_the_label_says(text: str, layer: LayerName) -> None:
    assert found(f"Before.\n{text}  \nAfter.", layer) == [text]


def test_bracket_with_a_label_is_no_aside() -> None:
    assert found("They sit. [OC: tired?]", COMMENTARY) == ["[OC: tired?]"]
    assert found("They sit. [OC: tired?]", ASIDE) == []


def test_section_below_a_heading_is_what_the_heading_says_up_to_the_next_as_high() -> None:
    text = "# Plenary\nThey sit.\n## Reflections\n\nI am tired.\n\n### More\nReflection: very.\n# Lunch\nSoup.\n"
    assert found(text, REFLECTION) == ["I am tired.\n\n### More\nReflection: very."]
    (one,) = [one for one in proposed_layers(text) if one.layer is REFLECTION]
    assert "Reflections" in one.why


def test_headings_are_those_of_the_structure_where_it_has_any() -> None:
    text = "Commentary\nWords.\n# not one\nMore."
    structure = (Piece(PieceKind.HEADING, 0, 10, 2),)
    assert [(one.title, one.level) for one in headings_of(text, structure)] == [("Commentary", 2)]
    assert [one.title for one in headings_of(text)] == ["not one"]
    assert [text[start:end] for _, start, end in bodies_of(text, headings_of(text, structure))] == [text[11:]]
    (one,) = proposed_layers(text, structure)
    assert (one.layer, text[one.start : one.end]) == (COMMENTARY, text[11:])


def test_short_lines_are_told_without_the_white_space_around_them() -> None:
    long = "word " * 40
    assert [(one.start, one.title) for one in short_lines(f"  One  \n{long}\n\nTwo")] == [(2, "One"), (210, "Two")]


WRITING = st.lists(
    st.sampled_from([*'“”„‘’«»"「」()[] \n\n.#:', "a", "s", "OC:", "\n# Reflection\n", "\U0001f399"]), max_size=60
).map("".join)


@given(WRITING)
def test_proposals_lie_within_the_text_and_apart_within_a_layer(text: str) -> None:
    proposals = proposed_layers(text)
    assert list(proposals) == sorted(proposals, key=lambda one: (one.start, -one.end, one.layer))
    for layer in LayerName:
        mine = [one for one in proposals if one.layer is layer]
        assert all(0 <= one.start < one.end <= len(text) and one.why for one in mine)
        assert all(before.end <= after.start for before, after in pairwise(mine))
        assert all(text[one.start : one.end].strip() for one in mine)


@pytest.mark.parametrize("hostile", ["“" * 20_000, "“a\n" * 5_000, "(" * 20_000, "# a\n" * 5_000, "‘s’ " * 5_000])
def test_text_of_marks_only_is_read_to_its_end(hostile: str) -> None:
    assert len(proposed_layers(hostile)) <= 5_000
