"""Rich text files as readable text, and what is told of the rest."""

from pathlib import Path

import pytest

from polyvocal.domain.structure import Piece, PieceKind
from polyvocal.exchange.readers import read_source
from polyvocal.exchange.readers.reading import Reading
from polyvocal.exchange.readers.rtf import read_rtf

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452")
FONTS = (
    r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset2 Symbol;}{\f2\fcharset2 Wingdings;}{\f3\fcharset204 Arial Cyr;}"
    r"{\f4\fcharset128 MS Mincho;}{\f5\fcharset177 Arial;}{\f6\fcharset2 Fancy;}{\f7\fnil\fcharset0\cpg1250 Arial CE;}}"
)
STYLES = (
    r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0\b heading 1;}{\s2 heading 2;}{\s3\sbasedon2 Session;}"
    r"{\s4 Intense Quote;}{\s5\sbasedon6 Loop;}{\s6\sbasedon5 Loop too;}{\*\cs9 Strong;}}"
)


def rtf(body: str) -> bytes:
    """A file with this body; the fonts and styles above are known in it."""
    return (r"{\rtf1\ansi\ansicpg1252\deff0" + FONTS + STYLES + "\n" + body + "}").encode("latin-1")


def read(body: str) -> Reading:
    return read_rtf(rtf(body), "note.rtf")


def text_of(body: str) -> str:
    return read(body).text


def told_by(reading: Reading) -> dict[str, int]:
    return {note.what: note.how_many for note in reading.notes}


def pieces(reading: Reading) -> list[tuple[str, str, int]]:
    """The structure as (kind, words, level)."""
    return [(one.kind.value, reading.text[one.start : one.end], one.level) for one in reading.beside.structure]


# --- paragraphs, headings, quotes -----------------------------------------------------------------------------------


def test_rich_text_file_becomes_a_source(tmp_path: Path) -> None:
    path = tmp_path / "day one.rtf"
    path.write_bytes(rtf(r"10:45 Back from coffee.\par\par Nobody sits at table 4.\par"))
    incoming = read_source(path)
    assert incoming.text == "10:45 Back from coffee.\n\nNobody sits at table 4.\n"
    assert (incoming.title, incoming.file_name, incoming.encoding) == ("day one", "day one.rtf", None)
    assert incoming.content == path.read_bytes()
    assert not incoming.notes


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"a\par b", "a\nb\n"),
        (r"{\pard a\par}{\pard b\par}", "a\nb\n"),
        ("a\\\nb\\\r\nc", "a\nb\nc\n"),
        ("a\r\nb\nc", "abc\n"),
        (r"a\line b", "a\nb\n"),
        (r"a\page b", "a\nb\n"),
        (r"\page b", "b\n"),
        (r"a\par\sect b\sect c", "a\nb\nc\n"),
        (r"a\tab b", "a\tb\n"),
        ("a\tb", "a\tb\n"),
        (r"co\_design, co\-design, a\~b", "co\u2011design, codesign, a\xa0b\n"),
        (r"\ldblquote a\rdblquote \emdash\lquote b\rquote\endash\bullet", "“a”—‘b’–•\n"),
        (r"\{a\}\\", "{a}\\\n"),
        (r"a{\*\unknown b{c}}d\unknown e", "ade\n"),
        (r"{\b a}\b b\b0 c", "abc\n"),
        (r"a{\xe {\v index}}b{\*\bkmkstart x}c", "abc\n"),
        (r"a{\upr{b}{\*\ud{\u353?}}}c", "ašc\n"),
        (r"{\*\shppict{\pict\pngblip 00}}", "\n"),
    ],
)
def test_control_words_become_text(body: str, text: str) -> None:
    assert text_of(body) == text


def test_heading_is_known_by_its_level_its_style_and_what_that_is_based_on() -> None:
    body = r"Rain.\par\pard\s1\b Day\par\pard\plain\s2 Plenary\par\pard\s3 Corridor\par\pard\outlinelevel3 Door\par\pard\s2\outlinelevel9 Coats.\par\pard\s5 Tea.\par"
    reading = read(body)
    assert reading.text == "Rain.\n\nDay\n\nPlenary\n\nCorridor\n\nDoor\nCoats.\nTea.\n"
    assert pieces(reading) == [
        ("heading", words, level) for words, level in (("Day", 1), ("Plenary", 2), ("Corridor", 2), ("Door", 4))
    ]
    assert told_by(reading) == {"heading": 4}


def test_last_paragraph_needs_no_end() -> None:
    assert pieces(read(r"a\par\pard\s2 Plenary")) == [("heading", "Plenary", 2)]
    assert text_of(r"\trowd\cellx1\cellx2\pard\intbl a\cell b") == "a | b\n"


def test_emphasis_is_what_differs_from_the_style() -> None:
    reading = read(r"\s1\b Day {\i one}\par\pard\plain a {\b b}{\b c} {\i\b d}")
    assert [one for one in pieces(reading) if one[0] != "heading"] == [
        ("emphasis", "one", 0),
        ("strong", "bc", 0),
        ("strong", "d", 0),
        ("emphasis", "d", 0),
    ]


def test_quotation_is_known_by_its_style() -> None:
    assert pieces(read(r"a\par\pard\s4 Not ours.\par")) == [("quote", "Not ours.", 0)]


# --- characters -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"caf\'e9 \'80", "café €"),
        (r"{\f3 \'cf\'f0\'e8}", "При"),
        (r"{\f3 \'cf{\f0 \'e9}\'e8}", "Пéи"),
        (r"{\f7 \'9a}", "š"),
        (r"{\f4 \'93\'fa\'96\'7b}", "日本"),
        (r"{\f4 \'83A\'83\\}", "アソ"),
        (r"{\f4 \'93" + "\n" + r"\'fa}", "日"),
        (r"{\ltrch \f0 \rtlch \af5 \'f9\'ec\'e5\'ed}{\rtlch \af5 \ltrch \f0 \'e9}", "שלוםé"),
        (r"{\f1 a\'ae\u61614?\u97?}{\f2 \'fc}", "α→→α✓"),
        (r"{\field{\*\fldinst SYMBOL 252 \\f " + '"Wingdings"' + r" \\s 10}{\fldrslt }}", "✓"),
        (r"\u8364?", "€"),
        (r"\u8364 ?", "€"),
        (r"a\u8364\'80b", "a€b"),
        (r"{\uc2\u26085\'93\'fa}b", "日b"),
        (r"{\uc0\u8364 b}", "€b"),
        (r"\u-3913?", "\uf0b7"),
        (r"\u-10179?\u-8704?", "😀"),
        (r"a\u8364\par b", "a€\nb"),
        (r"\u8364{}b", "€b"),
        (r"\u8211\endash b", "–b"),
    ],
)
def test_characters_are_read_in_their_code_page(body: str, text: str) -> None:
    reading = read(body)
    assert reading.text == text + "\n"
    assert not reading.notes


@pytest.mark.parametrize(
    ("head", "text"),
    [(r"\mac", "é"), (r"\pc", "Ä"), (r"\ansi\ansicpg1251", "Ћ"), (r"\ansi\ansicpg932", "試"), (r"\ansi", "Ž")],
)
def test_code_page_of_the_document_counts_where_the_font_has_none(head: str, text: str) -> None:
    assert read_rtf(("{\\rtf1" + head + "\\'8e\\'8e}").encode(), "x").text[: len(text)] == text


def test_characters_that_cannot_be_told_are_told() -> None:
    reading = read(r"a\'81b\u-10179?c{\f6 \'b7}{\f6 d}")
    assert reading.text == "a\ufffdb\ufffdc\ufffdd\n"
    assert told_by(reading) == {"unreadable character": 2, "symbol": 1}


# --- lists ----------------------------------------------------------------------------------------------------------

LISTS = (
    r"{\*\listtable{\list{\listlevel\levelnfc0\levelstartat1{\leveltext\'02\'00.;}{\levelnumbers\'01;}}"
    r"{\listlevel\levelnfc4\levelstartat1{\leveltext\'03(\'01);}{\levelnumbers;}}\listid7}"
    r"{\list{\listlevel\levelnfc23{\leveltext\'01o;}{\levelnumbers;}}\listid8}}"
    r"{\*\listoverridetable{\listoverride\listid7\listoverridecount0\ls1}{\listoverride\listid8\listoverridecount0\ls2}"
    r"{\listoverride\listid7\listoverridecount1{\lfolevel\listoverridestartat\levelstartat5}\ls3}}"
)


def test_labels_are_those_that_the_file_writes() -> None:
    body = (
        r"{\listtext\tab 1.\tab}\ls1\ilvl0 one\par{\listtext\f1\'b7\tab}\ilvl1 two\par still two\par"
        r"\pard{\pntext\f0 (b)\tab}{\*\pn\pnlvlbody}three\par\pard\plain none\par"
    )
    reading = read(LISTS + body)
    assert reading.text == "1. one\n  - two\nstill two\n(b) three\nnone\n"
    assert pieces(reading) == [("list item", "1. one", 1), ("list item", "- two", 2), ("list item", "(b) three", 1)]
    assert told_by(reading) == {"list item": 3}


def test_letter_that_stands_for_a_bullet_is_one() -> None:
    assert text_of(LISTS + r"{\listtext o\tab}\ls2\ilvl0 one\par") == "- one\n"


def test_labels_are_counted_where_the_file_writes_none() -> None:
    body = r"\ls1\ilvl0 a\par\ilvl1 b\par c\par\ilvl0 d\par\pard\ls2 e\par\pard\ls3 f\par\pard g\par"
    assert text_of(LISTS + body) == "1. a\n  (a) b\n  (b) c\n2. d\n- e\n5. f\ng\n"


# --- tables ---------------------------------------------------------------------------------------------------------

ROW = r"\trowd\cellx1\cellx2 "


@pytest.mark.parametrize(
    ("body", "text", "columns"),
    [
        (ROW + r"\pard\intbl a\cell b\cell\row" + ROW + r"c\cell d\cell\row\pard e\par", "a | b\nc | d\ne", 2),
        (r"x\par" + ROW + r"\pard\intbl a\par b\cell c\cell\row\pard", "x\na\n    b\n    | c", 2),
        (ROW + r"\pard\intbl a\cell\cell\row\pard\par", "a | \n", 2),
        (r"\trowd\clmgf\cellx1\clmrg\cellx2\cellx3\pard\intbl a\cell\cell b\cell\row\pard", "a | b", 2),
        (
            r"\trowd\clvmgf\cellx1\cellx2\pard\intbl a\cell b\cell\row\trowd\clvmrg\cellx1\cellx2 x\cell c\cell\row\pard",
            "a | b\n | c",
            2,
        ),
        (
            ROW
            + r"\pard\intbl\itap2 a\nestcell b\nestcell{\*\nesttableprops\trowd\clmrg\cellx1\cellx2\nestrow}\itap1 c\cell d\cell\row\pard",
            "b\n    c\n    | d",
            2,
        ),
        (ROW + r"\pard\intbl a\cell b\row\pard c", "a | b\nc", 2),
        (r"\intbl a\cell b\cell\row", "a | b", 2),
    ],
)  # fmt: skip
def test_table_is_read_row_by_row(body: str, text: str, columns: int) -> None:
    reading = read(body)
    assert reading.text == text.rstrip("\n") + "\n"
    assert [one.level for one in reading.beside.structure if one.kind is PieceKind.TABLE] == [columns]


def test_box_of_one_cell_is_read_as_paragraphs() -> None:
    reading = read(r"\trowd\cellx1\pard\intbl a\par b\cell\row\pard c")
    assert reading.text == "a\nb\nc\n"
    assert not reading.beside.structure


def test_cells_of_which_the_file_says_nothing_are_read() -> None:
    assert text_of(r"\trowd\cellx1\pard\intbl a\cell b\cell c\cell\row\pard") == "a | b | c\n"


# --- notes, comments, changes ---------------------------------------------------------------------------------------


def test_notes_stand_at_the_end_with_their_marks() -> None:
    reading = read(r"a{\super\chftn}{\footnote\pard{\chftn} one\par two} b{\*\footnote\ftnalt\chftn three}.\par")
    assert reading.text == "a[1] b[2].\n\n[1] one\ntwo\n[2] three\n"
    assert pieces(reading) == [
        ("note mark", "[1]", 1),
        ("note mark", "[2]", 2),
        ("note", "[1] one\ntwo", 1),
        ("note", "[2] three", 2),
    ]
    assert told_by(reading) == {"footnote": 1, "endnote": 1}


def test_note_in_a_cell_stands_at_the_end() -> None:
    assert text_of(ROW + r"\pard\intbl a{\footnote b\par}\cell c\cell\row\pard") == "a[1] | c\n\n[1] b\n"


def test_comment_is_about_its_passage() -> None:
    reading = read(
        r"a {\*\atrfstart 1}bc{\*\atrfend 1}{\*\atnid AS}{\*\atnauthor Anna}\chatn"
        r"{\*\annotation{\*\atnref 1}{\*\atndate 1732686752}\pard Who?\par So.\par} d"
        r"{\*\atnid B}{\*\atnauthor Ben}\chatn{\*\annotation Here.}{\*\annotation }"
    )
    assert reading.text == "a bc d\n"
    first, second = reading.beside.comments
    assert (reading.text[first.start : first.end], first.text, first.author) == ("bc", "Who?\nSo.", "Anna")
    assert first.written_at == "2016-06-22T14:32:00"
    assert (reading.text[second.start : second.end], second.text, second.author) == ("d", "Here.", "Ben")
    assert second.written_at is None
    assert told_by(reading) == {"comment": 2}


REVISERS = r"{\*\revtbl{Unknown;}{Anna Smith;}}"


def test_deletions_are_left_out_and_listed_and_insertions_kept() -> None:
    reading = read(
        REVISERS
        + r"a {\deleted\revauthdel1\revdttmdel1732686752 b {\b c}}{\revised\revauth1 d} {\deleted e}{\deleted\revauthdel9 f}"
    )
    assert reading.text == "a d \n"
    assert told_by(reading) == {"insertion": 1, "deletion": 3}
    (detail,) = [note.detail for note in reading.notes if note.what == "deletion"]
    assert "“b c” deleted by Anna Smith on 2016-06-22; “e” deleted; “f” deleted;" in detail


def test_paragraph_whose_end_was_deleted_runs_on() -> None:
    assert text_of(r"a{\deleted\par}b\par c") == "ab\nc\n"


def test_moved_and_hidden_text_is_left_out_and_told() -> None:
    reading = read(r"a{\mvf b}{\v c{\footnote d}}{\v  }{\deleted {\footnote e}}f")
    assert reading.text == "af\n"
    assert told_by(reading) == {"moved text": 1, "hidden text": 1, "note on left-out text": 2}


def test_headers_are_told_once_unless_they_hold_page_numbers_only() -> None:
    reading = read(
        r"{\header Ward 7\par}{\headerl Ward 7\par}{\footer\pard 3\par}{\footerr {\footnote x} Page 3}a{\footnote b}"
    )
    assert reading.text == "a[1]\n\n[1] b\n"
    assert told_by(reading) == {"footnote": 1, "header or footer": 2}


# --- what is placed in or around the text ---------------------------------------------------------------------------


def test_text_box_stands_after_its_paragraph_and_once() -> None:
    reading = read(
        r"a{\shp{\*\shpinst{\sp{\sn shapeType}{\sv 202}}{\shptxt \pard b\par c\par}}{\shprslt{\pard b\par}}} d\par"
        r" e{\*\do\dptxbx{\dptxbxtext f\par}}\par"
    )
    assert reading.text == "a d\nb\nc\ne\nf\n"
    assert pieces(reading) == [("text box", "b\nc", 0), ("text box", "f", 0)]
    assert told_by(reading) == {"text box": 2}


@pytest.mark.parametrize("form", ["hex", "bin"])
def test_picture_is_kept_where_it_stands_and_once(form: str) -> None:
    digits = PNG.hex()
    data = f" {digits[:5]}\n{digits[5:]}" if form == "hex" else "\\bin16 " + PNG.decode("latin-1")
    said = r"{\*\picprop{\sp{\sn wzName}{\sv Photo}}{\sp{\sn wzDescription}{\sv A door}}}"
    reading = read(r"ab{\*\shppict{\pict" + said + r"\pngblip" + data + r"}}{\nonshppict{\pict\wmetafile8 0100}}c")
    assert reading.text == "abc\n"
    (found,) = reading.beside.pictures
    assert (found.at, found.content, found.media_type) == (2, PNG, "image/png")
    assert (found.name, found.description) == ("Photo", "A door")
    assert told_by(reading) == {"picture": 1}


def test_picture_of_an_unknown_kind_is_told() -> None:
    reading = read(r"a{\pict\macpict 00ff}{\deleted{\pict\pngblip 00}}")
    assert (reading.text, told_by(reading)) == ("a\n", {"picture elsewhere": 1})


def test_metafile_without_the_head_of_a_file_is_kept() -> None:
    (found,) = read(r"a{\pict\wmetafile8 010009000003}").beside.pictures
    assert found.media_type == "image/wmf"


def test_object_shows_what_it_last_looked_like() -> None:
    reading = read(r"a{\object\objemb{\*\objclass X}{\*\objdata 0102}{\result b}}c")
    assert (reading.text, told_by(reading)) == ("abc\n", {"embedded object": 1})


def test_fields_show_their_results_and_links_are_told() -> None:
    reading = read(
        r'{\field{\*\fldinst HYPERLINK "http://a.org/"}{\fldrslt a}}{\field{\*\fldinst HYPERLINK \\l "x"}{\fldrslt b}}'
        r"{\field{\*\fldinst TOC}{\fldrslt c\par{\field{\*\fldinst PAGEREF}{\fldrslt 2}}}}"
        r"{\field{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1\ffres1}}}{\fldrslt }}"
        r"{\field{\*\fldinst FORMDROPDOWN {\*\formfield{\fftype2\ffres1{\*\ffl yes}{\*\ffl no}}}}{\fldrslt }}"
    )
    assert reading.text == "abc\n2☒no\n"
    assert told_by(reading) == {"link": 1}


def test_equation_is_told() -> None:
    reading = read(r"{\mmath{\*\moMath{\mf{\mfPr{\mtype bar}}{\mnum{\mr a}}{\mden{\mr b}}}}{\*\mmathPict x}}")
    assert (reading.text, told_by(reading)) == ("ab\n", {"equation": 1})


def test_properties_are_what_the_file_says_of_itself() -> None:
    info = (
        r"{\info{\title Day one}{\author Zo\'eb}{\operator Ben}{\subject }{\creatim\yr2024\mo5\dy14\hr9\min5}"
        r"{\revtim\yr0\mo0}{\*\company X}{\nofpages1}}"
    )
    reading = read(info + "a")
    assert reading.text == "a\n"
    assert reading.properties == {
        "title": "Day one",
        "creator": "Zoë",
        "lastmodifiedby": "Ben",
        "created": "2024-05-14T09:05:00",
    }


# --- real files, looked at by a person ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("accent", " le café où on ne fume pas \n", {}),
        (
            "formatting",
            (
                "This is a test of formatting.  This is hidden: .\nSmall Caps\nbold\nitalics\nbold and italics\n"
                "underlined\nstrikeout\nxsuperscript\nxsubscript\n"
            ),
            {"hidden text": 1},
        ),
        ("heading", "Heading 1\n\nHeading 2\n\nHeading 3\nParagraph\n", {"heading": 3}),
        ("image", "\n", {"picture": 1}),
        ("link", "pandoc\n", {"link": 1}),
        (
            "list_multiparagraph",
            "- First item, paragraph one.\nFirst item, paragraph two.\n- Second item.\n",
            {"list item": 2},
        ),
        ("list_simple", "- one\n- two\n  - sub\n- new list\n", {"list item": 4}),
        (
            "table_nested_malformed_itap",
            "Parent before\nChild at skipped level\nParent after\nOuter cell\n",
            {},
        ),
        ("table_simple", "A  | B  | C  | D \nE  | F  | G  | H \n", {"table": 1}),
        ("unicode", "“hi”‘hi’\uf0b7αä\n", {}),
    ],
)
def test_real_file_is_read_as_it_is_shown(shared_data: Path, name: str, text: str, told: dict[str, int]) -> None:
    path = shared_data / "documents" / "pandoc-rtf" / f"{name}.rtf"
    reading = read_rtf(path.read_bytes(), path.name)
    assert (reading.text, told_by(reading)) == (text, told)


def test_structure_of_a_real_file_is_kept(shared_data: Path) -> None:
    reading = read_rtf((shared_data / "documents/pandoc-rtf/heading.rtf").read_bytes(), "heading.rtf")
    assert reading.beside.structure == (
        Piece(PieceKind.HEADING, 0, 9, 1),
        Piece(PieceKind.HEADING, 11, 20, 2),
        Piece(PieceKind.HEADING, 22, 31, 3),
    )
