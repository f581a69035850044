"""Codebooks as people and other programs write them: tables, Markdown, indented text."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from polyvocal.domain.errors import UserError
from polyvocal.exchange.codebook import Found, Look, read_codebook, read_codebook_text
from polyvocal.exchange.codebook.values import colour_of, kind_of, retired_of


def tree(found: Found) -> list[str]:
    """The names, indented by how deep they lie."""
    return ["  " * one.depth + one.name for one in found.entries]


def csv(text: str, **more: str) -> Found:
    return read_codebook(text.encode(), "codes.csv", **more)[0]  # type: ignore[arg-type]


def said(found: Found) -> dict[str, dict[str, str]]:
    return {one.name: dict(one.fields) for one in found.entries}


TREE = ["Collaboration", "  Who decides", "  Whose time", "Protest"]


# --- tables ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "code,parent\nCollaboration,\nWho decides,Collaboration\nWhose time,collaboration\nProtest,\n",
        "name;level\nCollaboration;1\nWho decides;2\nWhose time;2\nProtest;1\n",
        "name,level\nCollaboration,0\nWho decides,1\nWhose time,1\nProtest,0\n",
        "path\nCollaboration / Who decides\nCollaboration / Whose time\nProtest\n",
        (
            "Hierarchical name\nCodes\\\\Collaboration\nCodes\\\\Collaboration\\\\Who decides\n"
            "Codes\\\\Collaboration\\\\Whose time\nCodes\\\\Protest\n"
        ),
        "Code\tMemo\nCollaboration\t\nCollaboration > Who decides\tx\nCollaboration > Whose time\t\nProtest\t\n",
        "theme,code\nCollaboration,Who decides\n,Whose time\nProtest,\n",
        "Category,Code,Definition\nCollaboration,Who decides,a\nCollaboration,Whose time,b\nProtest,,c\n",
        "level 1,level 2\nCollaboration,\n,Who decides\n,Whose time\nProtest,\n",
        "Name,Files\nCollaboration,3\n   Who decides,2\n   Whose time,1\nProtest,0\n",
        "Collaboration>>Who decides,a memo\nCollaboration>>Whose time,\nProtest,\n",
        (
            "id,name,parent\n9000000000000000001,Collaboration,\n9000000000000000002,Who decides,9000000000000000001\n"
            "9000000000000000003,Whose time,9000000000000000001\n9000000000000000004,Protest,\n"
        ),
    ],
)
def test_table_tells_where_its_codes_lie(text: str) -> None:
    assert tree(csv(text)) == TREE


def test_rows_may_come_in_any_order_where_each_names_the_code_above_it() -> None:
    found = csv("code,parent\nWho decides,Collaboration\nProtest,\nCollaboration,\nWhose time,Collaboration\n")
    assert tree(found) == ["Protest", "Collaboration", "  Who decides", "  Whose time"]


def test_code_that_is_only_named_as_the_one_above_others_is_there_too() -> None:
    found = csv("code,parent\nWho decides,Collaboration\nWhose time,Collaboration\n")
    assert tree(found) == TREE[:3]
    assert [one.is_named_only for one in found.entries] == [True, False, False]


def test_codes_that_lie_below_each_other_are_told_and_put_at_the_top() -> None:
    found = csv("code,parent\nA,B\nB,A\nC,\n")
    assert tree(found) == ["C", "A", "  B"]
    assert found.problems == ((2, "'A' lies below itself: put at the top"),)


def test_level_that_leaps_is_told() -> None:
    found = csv("name,level\nA,1\nB,3\nC,\n")
    assert tree(found) == ["A", "  B", "  C"]
    assert [where for where, _ in found.problems] == [3, 4]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Description", "definition"), ("Comment", "definition"), ("Memo", "definition"), ("Inclusion criteria", "use_when"),
        ("When to use", "use_when"), ("Exclude", "not_when"), ("Do not use when", "not_when"), ("Examples", "example"),
        ("code_color", "colour"), ("Colour", "colour"), ("TYPE", "kind"), ("code_description", "definition"),
    ],
)  # fmt: skip
def test_fields_are_told_by_their_usual_headings(header: str, field: str) -> None:
    assert said(csv(f"code_name,{header}\nProtest,a word\n")) == {"Protest": {field: "a word"}}


def test_codebooks_of_other_programs() -> None:
    taguette = csv("tag,description,number of highlights\nprotest,Saying no,12\ntime.paid,,3\n")
    assert said(taguette) == {"protest": {"definition": "Saying no"}, "time.paid": {}}
    assert [(note.what, note.detail) for note in taguette.notes] == [
        ("column about the use of codes", "number of highlights")
    ]
    assert tree(csv("tag,description\ntime.paid,\ntime.lent,\n", path_mark=".")) == ["time", "  paid", "  lent"]
    requal = csv("code_id,code_name,code_description,code_color,categories\n1,protest,,#ff0000,a | b\n")
    assert said(requal) == {"protest": {"colour": "#ff0000"}}
    assert [note.what for note in requal.notes] == ["column that is not known"]
    maxqda = csv("Parent code,Code,Code memo,Coded segments\n,Protest,Saying no,4\nProtest,Clapping,,1\n")
    assert tree(maxqda) == ["Protest", "  Clapping"]
    qualcoder = read_codebook_text("Collaboration\n--Who decides\n--Whose time\nProtest\n")
    assert tree(qualcoder) == TREE
    to_qualcoder = read_codebook_text("Collaboration>>Who decides\tThe last word\nCollaboration>>Whose time\nProtest\n")
    assert tree(to_qualcoder) == TREE
    assert said(to_qualcoder)["Who decides"] == {"definition": "The last word"}


def test_theme_and_category_columns_say_the_kind() -> None:
    found = csv("theme,category,code\nPower,Talk,Interrupting\nPower,Talk,Yielding\n")
    assert [(one.name, one.fields.get("kind")) for one in found.entries] == [
        ("Power", "theme"), ("Talk", "category"), ("Interrupting", None), ("Yielding", None),
    ]  # fmt: skip


def test_names_that_hold_a_mark_are_left_whole_if_that_is_said() -> None:
    text = "code,definition\ninput > output,x\n"
    assert tree(csv(text)) == ["input", "  output"]
    assert tree(csv(text, path_mark="")) == ["input > output"]


def test_row_without_a_name_is_told() -> None:
    assert csv("name,definition\n,lost\nProtest,kept\n").problems == ((2, "no code is named"),)


def test_workbook_is_read_from_the_sheet_that_is_named() -> None:
    book = Workbook()
    book.active.append(["Code", "Definition"])  # type: ignore[union-attr]
    book.active.append(["Protest", "Saying no"])  # type: ignore[union-attr]
    other = book.create_sheet("Other")
    other.append(["Code"])
    other.append(["=1+1"])
    content = io.BytesIO()
    book.save(content)
    found, table = read_codebook(content.getvalue(), "codes.xlsx")
    assert said(found) == {"Protest": {"definition": "Saying no"}}
    assert table is not None
    assert table.sheets == ("Sheet", "Other")
    assert [note.what for note in found.notes] == ["sheet"]


def test_formulas_are_words(shared_data: Path) -> None:
    content = (shared_data / "hostile" / "generated" / "formula-injection-codes.csv").read_bytes()
    found, _ = read_codebook(content, "codes.csv")
    assert [one.name for one in found.entries] == [
        '=HYPERLINK("http://127.0.0.1:9","x")',
        "+1+1",
        "@SUM(1)",
        "-2",
        "=1",
    ]


# --- indented text ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Collaboration\n  Who decides\n  Whose time\nProtest\n",
        "Collaboration\n\tWho decides\n\tWhose time\n\nProtest",
        "- Collaboration\n    - Who decides\n    - Whose time\n- Protest\n",
        "1. Collaboration\n   a. Who decides\n   b. Whose time\n2. Protest\n",
        "1 Collaboration\n1.1 Who decides\n1.2 Whose time\n2 Protest\n",
        "• Collaboration\r\n  • Who decides\r\n  • Whose time\r\n• Protest\r\n",
        "# The codes\n\n## Collaboration\n\n### Who decides\n\n### Whose time\n\n## Protest\n",
        (
            "| Code | Parent |\n|---|---|\n| Collaboration | |\n| Who decides | Collaboration |\n"
            "| Whose time | Collaboration |\n| Protest | |\n"
        ),
    ],
)
def test_pasted_text_tells_where_its_codes_lie(text: str) -> None:
    assert tree(read_codebook_text(text)) == TREE


def test_what_follows_a_colon_a_dash_or_a_tab_is_the_definition() -> None:
    found = read_codebook_text("Protest: saying no: aloud\nAssent – saying yes\nSilence\tsaying nothing\nTime:\n")
    assert said(found) == {
        "Protest": {"definition": "saying no: aloud"},
        "Assent": {"definition": "saying yes"},
        "Silence": {"definition": "saying nothing"},
        "Time": {},
    }


def test_labelled_lines_below_a_code_say_more_of_it() -> None:
    found = read_codebook_text(
        "Protest\n  Definition: Saying no.\n  Use when: It is meant.\n  Example: A walk-out\n  Clapping\n"
    )
    assert tree(found) == ["Protest", "  Clapping"]
    assert said(found)["Protest"] == {
        "definition": "Saying no.", "use_when": "It is meant.", "example": "A walk-out",
    }  # fmt: skip


def test_table_from_a_spreadsheet_can_be_pasted() -> None:
    found = read_codebook_text("Code\tDefinition\nProtest\tSaying no\n")
    assert said(found) == {"Protest": {"definition": "Saying no"}}
    assert found.read_as.startswith("table")


def test_way_of_reading_can_be_chosen() -> None:
    assert tree(read_codebook_text("Code\tDefinition\nProtest\tx\n", look=Look.OUTLINE)) == ["Code", "Protest"]


# --- Markdown --------------------------------------------------------------------------------------------------------


def test_markdown_says_what_codes_mean_under_labels_or_without() -> None:
    found = read_codebook_text(
        "# Codes\n\nWords before.\n\n## Protest\n\nSaying no,\nin words or not.\n\nAloud, mostly.\n\n**Use when:** it is "
        "meant.\n\n- **Example**: a walk-out\n\n> “No.”\n\n## Assent\nInclude: nodding\n- one\n- two\n"
    )
    assert said(found) == {
        "Protest": {
            "definition": "Saying no, in words or not.\n\nAloud, mostly.",
            "use_when": "it is meant.",
            "example": "a walk-out",
        },
        "Assent": {"use_when": "nodding\n- one\n- two"},
    }
    assert [(note.what, note.how_many) for note in found.notes] == [("quotation", 1)]


def test_several_headings_at_the_top_are_all_codes() -> None:
    assert tree(read_codebook_text("# Collaboration\n## Who decides\n## Whose time\n# Protest\n")) == TREE


# --- what cannot be read ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"x", "codes.pdf", "codes.pdf is no codebook that can be read"),
        (b"\n \n", "codes.txt", "there is no code in codes.txt"),
        (b"", "codes.csv", "codes.csv is empty"),
        (b"no workbook", "codes.xlsx", "codes.xlsx"),
    ],
)
def test_file_without_codes_is_refused_in_words(content: bytes, name: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        read_codebook(content, name)


def test_text_file_has_no_sheets() -> None:
    with pytest.raises(UserError, match="has no sheets"):
        read_codebook(b"Protest", "codes.txt", sheet="One")


@pytest.mark.parametrize(
    ("word", "colour"),
    [
        ("#0072B2", "#0072b2"), ("0072b2", "#0072b2"), ("#07b", "#0077bb"), ("rgb(0, 114, 178)", "#0072b2"),
        ("0,114,178", "#0072b2"), ("#ff0072b2", "#0072b2"), ("rgb(0, 300, 0)", None), ("blue-ish", None), ("12", None),
    ],
)  # fmt: skip
def test_colours_are_read_as_they_are_usually_written(word: str, colour: str | None) -> None:
    assert colour_of(word) == colour


def test_kinds_and_retirement_are_read_as_they_are_usually_written() -> None:
    assert [kind_of(word) for word in ("Code", "FOLDER", "theme", "thing")] == ["code", "category", "theme", None]
    assert [retired_of(word) for word in ("Yes", "retired", "no", "perhaps")] == [True, True, False, None]
