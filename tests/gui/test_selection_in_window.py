"""Words of any script, selected and coded in the Read view by real keys and a real mouse, against the store.

What Qt shows as selected is the witness: it knows nothing of code points.
"""

from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from polyvocal.domain.text import normalise
from polyvocal.domain.words import SourceKind
from polyvocal.gui.offsets import PARAGRAPH_LIMIT, shown_of
from polyvocal.gui.sitting import Place, Sitting
from polyvocal.gui.views.read import ReadView
from polyvocal.services.commands.incoming import About, Incoming
from polyvocal.services.commands.sources import import_sources
from tests.gui.conftest import settle
from tests.gui.read_steps import passages, source_named
from tests.gui.test_read import read

__all__ = ["read"]

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
PIECES = st.sampled_from(
    [
        "one table ", "“Who?” ", "e\u0301te\u0301 ", "nai\u0308ve ", "\U0001f468\u200d\U0001f469\u200d\U0001f467 ",
        "\U0001f399\ufe0f", "\U0001f44d\U0001f3fd ", "\U0001f1ec\U0001f1e7\U0001f1eb\U0001f1f7 ", "\U0001d49c\U0001d4c1 ",
        "אמרה לי: ", "2024 ", "من يقرر؟ ", "مُحَمَّد ", "क्षत्रिय ", "நிலைமை ", "病房的人说。", "\U00020000", "\t", "\u200f", "\u200b",
        "\u2028", "\ufeff", "\n", "\n\n", ", ", ". ",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, min_size=4, max_size=40).map("".join).filter(lambda text: len(text.split()) > 1)
KEYS = st.sampled_from(
    [
        (Qt.Key.Key_Right, SHIFT), (Qt.Key.Key_Left, SHIFT), (Qt.Key.Key_Down, SHIFT), (Qt.Key.Key_Up, SHIFT),
        (Qt.Key.Key_End, SHIFT), (Qt.Key.Key_Home, SHIFT), (Qt.Key.Key_Right, SHIFT | CONTROL),
        (Qt.Key.Key_Left, SHIFT | CONTROL), (Qt.Key.Key_End, SHIFT | CONTROL), (Qt.Key.Key_Right, CONTROL),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_E, CONTROL),
    ]
)  # fmt: skip
NAMES = map("Awkward {}".format, count())


def opened(qtbot: QtBot, read: ReadView, sitting: Sitting, raw: str) -> str:
    """Take a text in, and open it; its title."""
    title = next(NAMES)
    text, edits = normalise(f"{raw}\n{title}")  # the same text is not taken in twice
    import_sources(sitting.bus.file, [Incoming(title, text, edits)], About(SourceKind.PAPER))
    read.open_place(Place(source_named(sitting, title).id))
    settle(qtbot, sitting)
    assert read.surface.text == text
    return title


def on_screen(read: ReadView) -> str:
    """What is selected, as the widget has it, without white space at its ends."""
    words = read.surface.textCursor().selectedText()
    return words.replace("\u2029", "\n").replace("\u2028", "\n").strip()


def plain(words: str) -> str:
    """Stored words as the widget would show them; the breaks by which it parts long paragraphs are not told apart."""
    return shown_of(words).replace("\u2028", "\n")


def code(qtbot: QtBot, read: ReadView, sitting: Sitting) -> None:
    """Code what is selected, by keys."""
    qtbot.keyClick(read.surface, Qt.Key.Key_Return)
    qtbot.keyClicks(read.coding.chooser.line, "sense")
    qtbot.keyClick(read.coding.chooser.line, Qt.Key.Key_Return)
    settle(qtbot, sitting)


def coded(sitting: Sitting, read: ReadView, title: str) -> str:
    """The words of the one coding, which is on the screen where it is in the store."""
    (one,) = passages(sitting, title)
    mark = read.surface.index.get(one.id)
    assert mark is not None
    assert (mark.start, mark.end) == (one.start, one.end)
    assert read.surface.text[one.start : one.end] == one.text
    return one.text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(text=TEXTS, keys=st.lists(KEYS, min_size=1, max_size=12))
def test_words_that_keys_select_are_the_words_that_are_coded(
    qtbot: QtBot, read: ReadView, sitting: Sitting, text: str, keys: list[tuple[Qt.Key, Qt.KeyboardModifier]]
) -> None:
    title = opened(qtbot, read, sitting, text)
    read.surface.setFocus()
    qtbot.keyClick(read.surface, Qt.Key.Key_Home, CONTROL)
    for key, held in keys:
        if key == Qt.Key.Key_E:
            read.acts.expand.trigger()
        else:
            qtbot.keyClick(read.surface, key, held)
    seen = on_screen(read)
    code(qtbot, read, sitting)
    if not seen.strip():
        read.coding.chooser.hide()
        assert not passages(sitting, title)
        return
    assert plain(coded(sitting, read, title)) == seen


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(text=TEXTS, data=st.data())
def test_words_that_a_mouse_selects_are_the_words_that_are_coded(
    qtbot: QtBot, read: ReadView, sitting: Sitting, text: str, data: st.DataObject
) -> None:
    title = opened(qtbot, read, sitting, text)
    port = read.surface.viewport()
    across, down = st.integers(5, port.width() - 5), st.integers(5, min(port.height() - 5, 240))
    first, last = (QPoint(data.draw(across), data.draw(down)) for _ in range(2))
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=first)
    QTest.mouseMove(port, (first + last) / 2)
    QTest.mouseMove(port, last)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=last)
    seen = on_screen(read)
    code(qtbot, read, sitting)
    if not seen.strip():
        read.coding.chooser.hide()
        assert not passages(sitting, title)
        return
    assert plain(coded(sitting, read, title)) == seen


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=6, deadline=None)
@given(words=st.lists(PIECES.filter(lambda one: "\n" not in one), min_size=3, max_size=12), data=st.data())
def test_words_of_a_very_long_paragraph_are_coded_where_it_is_parted_on_the_screen(
    qtbot: QtBot, read: ReadView, sitting: Sitting, words: list[str], data: st.DataObject
) -> None:
    piece = "".join(words)
    text = "w" + piece * (3 * PARAGRAPH_LIMIT // len(piece))
    title = opened(qtbot, read, sitting, text)
    breaks = read.surface.offsets.breaks
    at = data.draw(st.sampled_from(breaks))
    read.surface.go_to(max(at - data.draw(st.integers(0, 8)), 0))
    read.surface.setFocus()
    for _ in range(data.draw(st.integers(1, 6))):
        qtbot.keyClick(read.surface, Qt.Key.Key_Right, SHIFT | CONTROL)
    seen = on_screen(read).replace("\n", "")
    code(qtbot, read, sitting)
    if not seen.strip():
        read.coding.chooser.hide()
        assert not passages(sitting, title)
        return
    assert plain(coded(sitting, read, title)).replace("\n", "") == seen
