"""The text that is read: what is selected is what is stored, whatever the text holds; codings are painted and found."""

import itertools

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QKeySequence, QTextCharFormat, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from polyvocal.domain.ids import CodeId, CodingId, PersonId, SourceId, SourceVersionId
from polyvocal.domain.records import Source, SourceVersion
from polyvocal.domain.spans import Span
from polyvocal.domain.structure import Piece, PieceKind, Structure, in_order
from polyvocal.domain.text import normalise
from polyvocal.domain.words import ReadingState, SourceKind
from polyvocal.gui.settings import LINE_WIDTH, Settings
from polyvocal.gui.surface.block_seen import Edge
from polyvocal.gui.surface.lines import stretches_of
from polyvocal.gui.surface.look import Looks
from polyvocal.gui.surface.text import TextSurface
from polyvocal.gui.theme import Theme
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.codings import add_coding
from polyvocal.services.commands.incoming import About, Incoming
from polyvocal.services.commands.sources import import_sources
from polyvocal.services.queries.passages import coded_passages
from polyvocal.services.queries.reading import PlacedCoding, SourceToRead, source_to_read
from polyvocal.store.file import ProjectFile
from tests.gui.test_offsets import TEXTS

MIXED = (
    "10:05 Nine tables, one microphone \U0001f399\ufe0f.\n\n"
    "La mode\u0301ratrice ouvre la se\u0301ance a\u0300 dix heures.\n"
    "خارج القاعة سألوني: من يقرر؟ She said “yes” ثم ضحكت.\n"
    "| who | what |\n| --- | --- |\n| \U0001f468\u200d\U0001f469\u200d\U0001f467 | 病房的人说：我们的时间不算数。 |\n"
    + "word " * 3_000
    + "\nएक ने कहा: हम सुन रहे हैं।\n"
)


def to_read(text: str, *codings: PlacedCoding, structure: Structure = ()) -> SourceToRead:
    """A source that is in no project."""
    identity, version = SourceId(1), SourceVersionId(2)
    return SourceToRead(
        source=Source(id=identity, title="A text", kind=SourceKind.PAPER, imported_at=0),
        version=SourceVersion(
            id=version, source=identity, text_hash="", length=len(text), words=len(text.split()), created_at=0
        ),
        text=text,
        structure=structure,
        observers=(),
        standing=None,
        occasions=(),
        codings=tuple(sorted(codings, key=lambda one: (one.start, -one.end, one.id))),
        gone=0,
        state=ReadingState.UNREAD,
        read_to=0,
        note=None,
        import_notes=(),
    )


def coding(identity: int, start: int, end: int, code: int = 1) -> PlacedCoding:
    """A coding by person 1."""
    return PlacedCoding(CodingId(identity), start, end, CodeId(code), PersonId(1))


@pytest.fixture
def surface(qtbot: QtBot, theme: Theme) -> TextSurface:
    """An empty surface, on the screen."""
    made = TextSurface(theme, Looks(theme))
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


# --- what is selected is what is stored ------------------------------------------------------------------------------


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, st.data())
def test_selected_words_are_those_of_the_span(surface: TextSurface, text: str, data: st.DataObject) -> None:
    surface.show_source(to_read(text))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    surface.select(Span(start, end))
    selected = surface.selected
    words = text[selected.start : selected.end] if selected else ""
    assert words == text[start:end].strip()


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.data())
def test_coded_selection_is_in_the_store_as_it_was_on_the_screen(
    surface: TextSurface, project: ProjectFile, data: st.DataObject
) -> None:
    with project.view() as view:
        known = view.all(Source)
    if not known:
        text, edits = normalise(MIXED)
        import_sources(project, [Incoming("Mixed", text, edits)], About(SourceKind.PAPER))
        add_code(project, name="a code")
    with project.view() as view:
        (source,) = view.all(Source)
        read = source_to_read(view, source.id, None)
    assert read is not None
    surface.show_source(read)
    start = data.draw(st.integers(0, len(read.text) - 1))
    end = data.draw(st.integers(start + 1, min(start + 400, len(read.text))))
    surface.select(Span(start, end))
    selected = surface.selected
    if selected is None:
        assert not read.text[start:end].strip()
        return
    on_screen = surface.textCursor().selectedText().replace("\u2029", "\n").replace("\u2028", "\n").strip()
    changes = add_coding(
        project, source=str(source.id), start=selected.start, end=selected.end, code="a code", coder="Oda"
    )
    with project.view() as view:
        (passage,) = [one for one in coded_passages(view) if one.id in changes.created("coding")]
    project.undo()
    assert passage.text == read.text[start:end].strip()
    assert "".join(passage.text.split()) == "".join(on_screen.split())


def test_whole_text_is_selected_by_keys_in_a_paragraph_of_a_hundred_thousand_words(
    qtbot: QtBot, surface: TextSurface
) -> None:
    text = "\U0001f682 " + "word " * 100_000 + "e\u0301nd"
    surface.show_source(to_read(text))
    qtbot.keyClick(surface, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert surface.selected == Span(0, len(text))


def test_words_are_selected_by_keys_over_emoji_and_combining_marks(qtbot: QtBot, surface: TextSurface) -> None:
    surface.show_source(to_read("\U0001f468\u200d\U0001f469\u200d\U0001f467 se\u0301ance \U0001f399\ufe0f fin"))
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(surface, Qt.Key.Key_Right, shift)
    assert surface.selected == Span(0, 5)  # a family is one character to a reader, and five code points
    qtbot.keyClick(surface, Qt.Key.Key_Right, shift | Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(surface, Qt.Key.Key_Right, shift | Qt.KeyboardModifier.ControlModifier)
    assert surface.selected is not None
    assert surface.text[: surface.selected.end] == "\U0001f468\u200d\U0001f469\u200d\U0001f467 se\u0301ance"


def test_copied_words_are_the_stored_ones(qtbot: QtBot, surface: TextSurface, qapp: QApplication) -> None:
    text = "no\u00a0break, a\u2028line, \U0001f399\ufe0f"
    surface.show_source(to_read(text))
    qtbot.keyClick(surface, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    surface.copy()
    assert qapp.clipboard().text() == text


def test_expanding_goes_from_word_to_sentence_to_paragraph(qtbot: QtBot, surface: TextSurface) -> None:
    text = "First one. “Who is paid?” she asks. Then quiet.\n\nNext."
    surface.show_source(to_read(text))
    surface.go_to(text.index("paid") + 1)
    taken = []
    for _ in range(4):
        surface.expand()
        assert surface.selected is not None
        taken.append(text[surface.selected.start : surface.selected.end])
    assert taken[0] == "paid"
    assert taken[1] == "“Who is paid?”"
    assert taken[2] == taken[3] == "First one. “Who is paid?” she asks. Then quiet."


# --- keys ------------------------------------------------------------------------------------------------------------


def test_enter_and_letters_ask_for_a_code_only_where_words_are_selected(qtbot: QtBot, surface: TextSurface) -> None:
    surface.show_source(to_read("Some words."))
    asked: list[str] = []
    surface.code_wanted.connect(asked.append)
    qtbot.keyClick(surface, Qt.Key.Key_P)
    qtbot.keyClick(surface, Qt.Key.Key_Return)
    assert asked == []
    surface.select(Span(0, 4))
    qtbot.keyClick(surface, Qt.Key.Key_P)
    qtbot.keyClick(surface, Qt.Key.Key_Return)
    assert asked == ["p", ""]


def test_copy_key_is_not_taken_for_a_letter(qtbot: QtBot, surface: TextSurface) -> None:
    surface.show_source(to_read("Some words."))
    asked: list[str] = []
    surface.code_wanted.connect(asked.append)
    surface.select(Span(0, 4))
    qtbot.keyClick(surface, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert asked == []
    assert QApplication.clipboard().text() == "Some"


def test_text_cannot_be_typed_into(qtbot: QtBot, surface: TextSurface) -> None:
    surface.show_source(to_read("Some words."))
    for sequence in (QKeySequence.StandardKey.Paste, QKeySequence.StandardKey.Cut, QKeySequence.StandardKey.Delete):
        qtbot.keySequence(surface, QKeySequence(sequence))
    qtbot.keyClicks(surface, "abc")
    assert surface.toPlainText() == "Some words."


def test_codings_are_stepped_through_in_order(surface: TextSurface) -> None:
    surface.show_source(to_read("one two three four", coding(7, 4, 7), coding(8, 0, 3), coding(9, 8, 18)))
    chosen: list[object] = []
    surface.coding_chosen.connect(chosen.append)
    for _ in range(4):
        surface.step(forward=True)
    surface.step(forward=False)
    assert chosen == [8, 7, 9, 7]


# --- mouse and paint -------------------------------------------------------------------------------------------------


def point_of(surface: TextSurface, offset: int) -> QPoint:
    """The middle of a character, in the viewport."""
    cursor = surface.textCursor()
    cursor.setPosition(surface.offsets.position(offset))
    here = surface.cursorRect(cursor)
    cursor.setPosition(surface.offsets.position(offset + 1))
    return QPoint((here.x() + surface.cursorRect(cursor).x()) // 2, here.center().y())


def test_click_chooses_the_shortest_coding_and_the_next_click_the_one_below(qtbot: QtBot, surface: TextSurface) -> None:
    surface.show_source(to_read("one two three four", coding(7, 4, 7), coding(8, 0, 18)))
    at = point_of(surface, 5)
    for expected in (7, 8, 7):
        qtbot.mouseClick(surface.viewport(), Qt.MouseButton.LeftButton, pos=at)
        assert surface.chosen == expected
        QApplication.processEvents()
    qtbot.mouseClick(surface.viewport(), Qt.MouseButton.LeftButton, pos=point_of(surface, 15))
    assert surface.chosen == 8


@pytest.mark.parametrize("size", [9, 12, 24])
def test_click_on_letters_below_a_blank_line_goes_to_these_words(surface: TextSurface, theme: Theme, size: int) -> None:
    surface.show_source(to_read("They turn.\n\nNobody speaks.\n\n\nWe break."))
    theme.set_text_size(size)
    for words in ("Nobody", "We break"):
        offset = surface.text.index(words)
        block = surface.document().findBlock(surface.offsets.position(offset))
        line = block.layout().lineAt(0)
        base = surface.height_of(offset)[0] + line.ascent()
        tall = QFontMetricsF(theme.reading_font()).tightBoundingRect("NW").height()
        for y in (base - tall, base - tall / 2, base):
            clicked = surface.cursorForPosition(QPointF(surface.document().documentMargin() + 20, y).toPoint())
            assert clicked.block() == block


def test_coding_is_lit_from_end_to_end_while_it_is_pointed_at(qtbot: QtBot, surface: TextSurface) -> None:
    surface.show_source(to_read("one two three four", coding(7, 4, 7)))
    qtbot.mouseMove(surface.viewport(), point_of(surface, 5))
    assert surface.pointed == 7
    qtbot.mouseMove(surface.viewport(), point_of(surface, 15))
    assert surface.pointed is None


def test_label_stands_beside_the_line_where_its_coding_begins_and_chooses_it(
    qtbot: QtBot, surface: TextSurface
) -> None:
    text = "\n".join(f"Paragraph {number} of the text." for number in range(40))
    start = text.index("Paragraph 9")
    surface.show_source(to_read(text, coding(7, start, start + 11)))
    ((identity, rect),) = surface.margin.label_places()
    assert identity == 7
    assert abs(rect.center().y() - point_of(surface, start).y()) < rect.height()
    qtbot.mouseClick(surface.margin, Qt.MouseButton.LeftButton, pos=rect.center().toPoint())
    assert surface.chosen == 7


def test_labels_of_twelve_overlapping_codings_do_not_lie_over_each_other(surface: TextSurface) -> None:
    surface.show_source(to_read("one two three four " * 20, *(coding(n, 0, 100 + n) for n in range(1, 13))))
    rects = [rect for _, rect in surface.margin.label_places()]
    assert len(rects) == 12
    assert all(one.bottom() <= other.top() + 0.01 for one, other in itertools.pairwise(rects))


def test_labels_keep_their_place_beside_the_text_while_scrolling(surface: TextSurface) -> None:
    text = "\n".join(f"Paragraph {number} of the text, which goes on for a while." for number in range(200))
    starts = [text.index(f"Paragraph {number} ") for number in range(0, 200, 2)]
    codings = [coding(n * 10 + k, start, start + 20 + k) for n, start in enumerate(starts) for k in range(4)]
    surface.show_source(to_read(text, *codings))
    bar = surface.verticalScrollBar()
    bar.setValue(2_000)
    before = {identity: rect.top() + 2_000 for identity, rect in surface.margin.label_places()}
    bar.setValue(2_137)
    after = {identity: rect.top() + 2_137 for identity, rect in surface.margin.label_places()}
    both = before.keys() & after.keys()
    assert len(both) > 20
    assert all(abs(before[one] - after[one]) < 0.01 for one in both)


def test_coded_words_are_painted_and_uncoded_ones_are_not(surface: TextSurface, theme: Theme) -> None:
    surface.show_source(to_read("one two three four", coding(7, 4, 7)))
    image = surface.viewport().grab().toImage()
    ground = theme.colours.ground

    def washed(offset: int) -> bool:
        at = point_of(surface, offset)
        cursor = surface.textCursor()
        cursor.setPosition(offset)
        return image.pixelColor(at.x(), surface.cursorRect(cursor).top()).name() != ground

    assert washed(5)
    assert not washed(10)


def test_right_to_left_words_are_washed_where_they_stand(surface: TextSurface, theme: Theme) -> None:
    text = "abc من يقرر def"
    start = text.index("يقرر")
    surface.show_source(to_read(text, coding(7, start, start + 4)))
    block = surface.document().begin()
    (stretch,) = [
        (left, right)
        for _, left, right in stretches_of(
            block, *surface.local_range(next(iter(surface.index)), block), both_ways=True
        )
    ]
    first = point_of(surface, text.index("c ")).x()
    last = point_of(surface, text.index("def")).x()
    margin = surface.document().documentMargin()
    assert first < stretch[0] + margin < stretch[1] + margin < last


def test_chosen_coding_that_is_removed_is_chosen_no_more(surface: TextSurface) -> None:
    surface.show_source(to_read("one two three four", coding(7, 4, 7)))
    surface.choose(7)
    surface.take(7)
    assert surface.chosen is None
    assert len(surface.index) == 0


def test_theme_and_size_change_what_is_shown_and_not_what_is_chosen(surface: TextSurface, theme: Theme) -> None:
    surface.show_source(to_read("one two three four", coding(7, 4, 7)))
    surface.choose(7)
    theme.choose("dark")
    theme.set_text_size(20)
    assert surface.chosen == 7
    assert surface.document().defaultFont().pointSize() == 20


# --- structure ------------------------------------------------------------------------------------------------------


def test_headings_and_emphasis_are_dressed_and_no_character_is_moved(surface: TextSurface) -> None:
    text = "Day one\nNobody sits at \U0001f642 table 4.\nWe were promised beds.\n- beds"
    spans = {kind: Span(text.index(words), text.index(words) + len(words)) for kind, words in WORDS.items()}
    structure = in_order(Piece(kind, *span, 1) for kind, span in spans.items())
    surface.show_source(to_read(text, structure=structure))
    document = surface.document()

    def form_at(words: str) -> QTextCharFormat:
        cursor = QTextCursor(document)
        cursor.setPosition(surface.offsets.position(text.index(words)) + 1)
        return cursor.charFormat()

    assert document.toPlainText() == text
    assert form_at("Day one").fontWeight() > QFont.Weight.Normal
    assert form_at("table").fontItalic()
    assert not form_at("Nobody").fontItalic()
    assert document.findBlockByNumber(0).blockFormat().headingLevel() == 1
    assert document.findBlockByNumber(2).blockFormat().leftMargin() > 0
    assert document.findBlockByNumber(3).blockFormat().leftMargin() > 0
    assert document.findBlockByNumber(1).blockFormat().leftMargin() == 0


WORDS = {
    PieceKind.HEADING: "Day one",
    PieceKind.EMPHASIS: "table",
    PieceKind.QUOTE: "We were promised beds.",
    PieceKind.LIST_ITEM: "- beds",
}


def test_marks_of_markdown_are_dim_and_words_are_not(surface: TextSurface) -> None:
    text = "## Morning\nThey are **very** late, *all* of them.\n> Who is paid?\nA # sign, and 2 * 3."
    pieces = [Piece(PieceKind.HEADING, 0, 10, 2), Piece(PieceKind.QUOTE, text.index("> Who"), text.index("\nA #"))]
    pieces += [
        Piece(kind, text.index(words), text.index(words) + len(words))
        for kind, words in ((PieceKind.STRONG, "**very**"), (PieceKind.EMPHASIS, "*all*"))
    ]
    surface.show_source(to_read(text, structure=in_order(pieces)))

    def dim(offset: int) -> bool:
        cursor = QTextCursor(surface.document())
        cursor.setPosition(offset + 1)
        return cursor.charFormat().foreground().style() != Qt.BrushStyle.NoBrush

    found = "".join(character for offset, character in enumerate(text) if character != "\n" and dim(offset))
    assert found == "##****" + "**" + ">"
    assert surface.document().toPlainText() == text


def test_quotation_has_a_rule_at_its_left_and_other_lines_have_none(surface: TextSurface, theme: Theme) -> None:
    text = "Nobody sits.\nWe were promised beds.\nRain."
    quote = Piece(PieceKind.QUOTE, text.index("We"), text.index("\nRain"))
    surface.show_source(to_read(text, structure=(quote,)))
    shown = surface.viewport().grab().toImage()
    rule = QColor(theme.colours.line)
    ruled = [block.blockNumber() for block, rect in surface.visible_blocks() if rule in left_of_words(shown, rect)]
    assert ruled == [1]


def left_of_words(picture: QImage, rect: QRectF) -> list[QColor]:
    """The colours in the middle of a block's height, from the edge of the text to where words that are set in begin."""
    scale = picture.devicePixelRatio()
    y = round(rect.center().y() * scale)
    return [picture.pixelColor(x, y) for x in range(round(rect.x() * scale), round((rect.x() + 24) * scale))]


# --- paragraphs, and larger letters ----------------------------------------------------------------------------------


def test_paragraphs_are_numbered_beside_their_first_line_and_blank_lines_are_not(surface: TextSurface) -> None:
    text = "One.\n\n  \nTwo, which is long. " + "word " * 80 + "\nThree."
    surface.show_source(to_read(text))
    assert list(surface.gutter.number_places()) == []
    before = surface.gutter.room
    surface.number_paragraphs(True)
    assert surface.gutter.room > before
    places = dict(surface.gutter.number_places())
    assert list(places) == [1, 2, 3]
    for number, words in ((1, "One"), (2, "Two"), (3, "Three")):
        top, _bottom = surface.height_of(text.index(words))
        assert places[number].top() == top
    surface.show_source(to_read("Other words."))
    assert list(dict(surface.gutter.number_places())) == [1]


def test_paragraph_that_is_shown_in_several_blocks_has_one_number(surface: TextSurface) -> None:
    surface.number_paragraphs(True)
    surface.show_source(to_read("word " * 30_000 + "\nThe last."))
    assert surface.document().blockCount() > 10
    surface.go_to(surface.offsets.size)
    assert [number for number, _ in surface.gutter.number_places()][-1] == 2


def test_wheel_with_ctrl_makes_letters_larger_and_smaller(surface: TextSurface, theme: Theme) -> None:
    surface.show_source(to_read("word " * 3_000))
    size = theme.text_size
    for delta, expected in ((120, size + 1), (-120, size)):
        event = QWheelEvent(
            QPointF(50, 50),
            QPointF(50, 50),
            QPoint(0, 0),
            QPoint(0, delta),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(surface.viewport(), event)
        assert theme.text_size == expected


def test_lines_are_as_long_as_a_person_sets_them(surface: TextSurface, settings: Settings) -> None:
    surface.resize(1600, 600)
    surface.show_source(to_read("word " * 3_000))
    widths = []
    for choice in (32, 44, 60, 0):
        settings[LINE_WIDTH] = choice
        widths.append(surface.viewport().width())
    assert widths == sorted(set(widths))


def test_what_was_lit_in_one_text_is_gone_with_it(surface: TextSurface) -> None:
    surface.show_source(to_read("one two three\n\nfour"))
    surface.light([Span(4, 16)])
    surface.show_part([Edge(Span(0, 3), certain=True)])
    assert surface.extraSelections()
    surface.show_source(to_read("another"))
    assert surface.extraSelections() == [], "they would be of a text that is gone, and Qt would ask them where they are"
    surface.light([Span(0, 3)])  # ended the program where they were kept
    assert len(surface.extraSelections()) == 1
