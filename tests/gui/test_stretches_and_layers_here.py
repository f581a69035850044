"""The panels of stretches and layers below the text, each by itself."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from polyvocal.domain.editmap import EditMap
from polyvocal.domain.spans import Span
from polyvocal.domain.words import LayerName, Phase, SourceKind
from polyvocal.gui.dialogs.stretch import StretchDialog
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.layers_here import LayersPanel
from polyvocal.gui.views.stretches_here import StretchesPanel
from polyvocal.services.commands.incoming import About, Incoming
from polyvocal.services.commands.layers import LayerDraft, mark_layers
from polyvocal.services.commands.passage import Passage
from polyvocal.services.commands.sources import correct_source, import_sources
from polyvocal.services.commands.stretches import Relation, add_stretch
from polyvocal.services.queries.layers import layer_spans
from polyvocal.services.queries.reading import SourceToRead
from polyvocal.services.queries.stretches import stretch_labels
from tests.gui.conftest import read_view, settle, shown_about, source_named

TEXT = """The train was late (as always).

# Plenary
Nine tables. “Who is paid?” asks a woman.

# Corridor
OC: they laugh, and I do too.

# After the event
Home.
"""


class Text:
    """What is selected in a text."""

    span: Span | None = None

    def __call__(self) -> Span | None:
        return self.span

    def select(self, words: str) -> None:
        at = TEXT.index(words)
        self.span = Span(at, at + len(words))


@pytest.fixture
def text() -> Text:
    return Text()


@pytest.fixture
def source(sitting: Sitting) -> SourceToRead:
    about = About(SourceKind.FIELDNOTE, observers=("Wren",), event="Launch", phase=Phase.DURING)
    import_sources(sitting.bus.file, [Incoming("Long day", TEXT, EditMap())], about)
    return source_named(sitting, "Long day")


@pytest.fixture
def stretches(qtbot: QtBot, sitting: Sitting, source: SourceToRead, text: Text) -> StretchesPanel:
    return shown_about(qtbot, sitting, StretchesPanel(sitting, text), source)


@pytest.fixture
def layers(qtbot: QtBot, sitting: Sitting, source: SourceToRead, text: Text) -> LayersPanel:
    return shown_about(qtbot, sitting, LayersPanel(sitting, text), source)


def labels_of(sitting: Sitting, source: SourceToRead) -> list[tuple[str, str]]:
    """(label, first line) of the stretches of the file."""
    found = sitting.bus.read(lambda view: stretch_labels(view, source.source.id))
    return [(label, TEXT[start:end].strip().split("\n")[0]) for start, end, label in found]


def layers_of(sitting: Sitting, source: SourceToRead) -> list[tuple[str, LayerName]]:
    found = sitting.bus.read(lambda view: layer_spans(view, source.source.id))
    return [(TEXT[start:end], layer) for start, end, layer in found]


def rows(panel: Any) -> list[str]:
    return [panel.model.item(row).text() for row in range(panel.model.rowCount())]


def nameless(widget: QWidget) -> list[QWidget]:
    """What can have the focus and has no name for a screen reader."""
    return [
        one
        for one in widget.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.isVisibleTo(widget)
        and not one.accessibleName()
        and not getattr(one, "text", str)()
    ]


# --- stretches ---------------------------------------------------------------------------------------------------


def test_text_without_stretches_says_what_it_is_about_and_what_to_do(stretches: StretchesPanel) -> None:
    assert stretches.none.isVisible()
    assert "All of this text is about Launch, during." in stretches.none.text()
    assert "Select the words" in stretches.none.text()
    assert nameless(stretches) == []


def test_selected_words_are_made_a_stretch(
    qtbot: QtBot, sitting: Sitting, source: SourceToRead, stretches: StretchesPanel, text: Text
) -> None:
    stretches.new.click()
    assert "No words are selected" in stretches.told.text()
    text.select("The train was late (as always).")
    qtbot.keyClick(stretches.new, Qt.Key.Key_Return)
    (dialog,) = stretches.findChildren(StretchDialog)
    dialog.accept()
    assert "Say of which session" in dialog.fault.text()
    qtbot.keyClicks(dialog.session, "Journey")
    dialog.phase.setCurrentIndex(dialog.phase.findData("before"))
    dialog.accept()
    settle(qtbot, sitting)
    assert labels_of(sitting, source) == [("Journey, before", "The train was late (as always).")]
    assert rows(stretches) == ["Journey, before", "as the source: during"]


def test_text_is_cut_before_the_selected_words(
    qtbot: QtBot, sitting: Sitting, source: SourceToRead, stretches: StretchesPanel, text: Text
) -> None:
    text.select("# After")
    stretches.cut.click()
    (dialog,) = stretches.findChildren(StretchDialog)
    dialog.phase.setCurrentIndex(dialog.phase.findData("after"))
    dialog.accept()
    settle(qtbot, sitting)
    assert labels_of(sitting, source) == [("after", "# After the event")]


def test_ticked_proposals_cut_the_text_and_the_unticked_keep_the_default(
    qtbot: QtBot, sitting: Sitting, source: SourceToRead, stretches: StretchesPanel
) -> None:
    proposals = stretches.proposals
    assert proposals.title.text() == "Its headings propose:"
    assert [one.what for one in proposals.offers] == ["Plenary, during", "Corridor, during", "after"]
    assert proposals.take.text() == "Take the 3 ticked"
    proposals.list.setFocus()
    qtbot.keyClick(proposals.list, Qt.Key.Key_Down)
    qtbot.keyClick(proposals.list, Qt.Key.Key_Space)
    assert proposals.take.text() == "Take the 2 ticked"
    qtbot.keyClick(proposals.take, Qt.Key.Key_Return)
    settle(qtbot, sitting)
    assert labels_of(sitting, source) == [("Plenary, during", "# Plenary"), ("after", "# After the event")]
    assert [one.what for one in proposals.offers] == ["Plenary, during", "Corridor, during", "after"]
    assert proposals.ticked == [0, 2]


def test_session_and_phase_are_changed_in_place_also_of_a_part_in_no_stretch(
    qtbot: QtBot, sitting: Sitting, source: SourceToRead, stretches: StretchesPanel
) -> None:
    stretches.take()
    settle(qtbot, sitting)
    assert not stretches.proposals.isVisible()
    assert rows(stretches) == ["as the source: during", "Plenary, during", "Corridor, during", "after"]
    stretches.list.setCurrentIndex(stretches.model.index(2, 0))
    stretches.phase.setFocus()
    qtbot.keyClick(stretches.phase, Qt.Key.Key_Up)
    settle(qtbot, sitting)
    assert rows(stretches)[2] == "Corridor, before"
    stretches.list.setCurrentIndex(stretches.model.index(0, 0))
    stretches.session.setFocus()
    qtbot.keyClick(stretches.session, Qt.Key.Key_Down)
    settle(qtbot, sitting)
    assert labels_of(sitting, source)[0] == ("Plenary, during", "The train was late (as always).")


def test_stretch_is_removed_by_key_and_gone_to(
    qtbot: QtBot, sitting: Sitting, source: SourceToRead, stretches: StretchesPanel
) -> None:
    stretches.take()
    settle(qtbot, sitting)
    stretches.list.setCurrentIndex(stretches.model.index(1, 0))
    with qtbot.waitSignal(stretches.place_meant) as meant:
        qtbot.keyClick(stretches.list, Qt.Key.Key_Return)
    assert TEXT[slice(*meant.args or ())].startswith("# Plenary")
    stretches.list.setFocus()
    qtbot.keyClick(stretches.list, Qt.Key.Key_Delete)
    settle(qtbot, sitting)
    assert [label for label, _ in labels_of(sitting, source)] == ["Corridor, during", "after"]
    correct_source(sitting.bus.file, source="Long day", edits=[(TEXT.index("# After"), len(TEXT), "Fin.")])
    stretches.show_source(source_named(sitting, "Long day"))
    settle(qtbot, sitting)
    assert rows(stretches)[-1] == "after"


# --- layers ------------------------------------------------------------------------------------------------------


def test_text_without_layers_says_what_to_do(layers: LayersPanel) -> None:
    assert layers.none.isVisible()
    assert "with the keys 1 to 6" in layers.none.text()
    assert nameless(layers) == []


def test_selected_words_are_marked_by_button_and_by_key(
    qtbot: QtBot, sitting: Sitting, source: SourceToRead, layers: LayersPanel, text: Text
) -> None:
    layers.buttons[LayerName.ASIDE].click()
    assert "No words are selected" in layers.told.text()
    text.select("Nine tables.")
    layers.buttons[LayerName.DESCRIPTION].click()
    text.select("Home.")
    layers.filter.setFocus()
    qtbot.keyClick(layers.filter, Qt.Key.Key_6)
    settle(qtbot, sitting)
    assert layers_of(sitting, source) == [
        ("Nine tables.", LayerName.DESCRIPTION),
        ("Home.", LayerName.REFLECTION),
    ]
    assert rows(layers) == ["Nine tables.", "Home."]


def test_chosen_span_is_changed_by_key_gone_to_and_unmarked(
    qtbot: QtBot, sitting: Sitting, source: SourceToRead, layers: LayersPanel, text: Text
) -> None:
    text.select("Nine tables.")
    layers.mark(LayerName.DESCRIPTION)
    settle(qtbot, sitting)
    layers.list.setFocus()
    layers.list.setCurrentIndex(layers.model.index(0, 0))
    qtbot.keyClick(layers.list, Qt.Key.Key_3)
    settle(qtbot, sitting)
    assert layers_of(sitting, source) == [("Nine tables.", LayerName.PARAPHRASE)]
    layers.list.setCurrentIndex(layers.model.index(0, 0))
    with qtbot.waitSignal(layers.place_meant) as meant:
        qtbot.keyClick(layers.list, Qt.Key.Key_Return)
    assert TEXT[slice(*meant.args or ())] == "Nine tables."
    qtbot.keyClick(layers.list, Qt.Key.Key_Delete)
    settle(qtbot, sitting)
    assert layers_of(sitting, source) == []


def test_ticked_proposals_are_marked_with_their_reason_shown(
    qtbot: QtBot, sitting: Sitting, source: SourceToRead, layers: LayersPanel
) -> None:
    assert [(one.what, one.words) for one in layers.proposals.offers] == [
        ("Aside", "(as always)"),
        ("Quoted speech", "“Who is paid?”"),
        ("Commentary", "OC: they laugh, and I do too."),
    ]
    assert "its paragraph begins with “OC:”" in layers.proposals.model.item(2).text()
    layers.proposals.model.item(0).setCheckState(Qt.CheckState.Unchecked)
    layers.proposals.take.click()
    settle(qtbot, sitting)
    assert [layer for _, layer in layers_of(sitting, source)] == [LayerName.QUOTED_SPEECH, LayerName.COMMENTARY]
    assert [one.words for one in layers.proposals.offers] == ["(as always)"]
    assert layers.proposals.ticked == []
    layers.proposals.all.click()
    assert layers.proposals.ticked == [0]


def test_filter_shows_one_layer_and_tells_the_text(
    qtbot: QtBot, sitting: Sitting, layers: LayersPanel, text: Text
) -> None:
    text.select("Nine tables.")
    layers.mark(LayerName.DESCRIPTION)
    layers.take()
    settle(qtbot, sitting)
    assert len(rows(layers)) == 4
    with qtbot.waitSignal(layers.lit) as told:
        layers.filter.setCurrentIndex(2)
    assert told.args == [[one.place for one in layers.entries]]
    assert rows(layers) == ["“Who is paid?”"]
    layers.filter.setCurrentIndex(3)
    assert "Nothing is marked as paraphrase." in layers.none.text()


@pytest.mark.parametrize("maker", [StretchesPanel, LayersPanel])
def test_panel_without_a_source_or_for_reading_only_changes_nothing(
    qtbot: QtBot, reading_sitting: Sitting, text: Text, maker: Any
) -> None:
    panel = maker(reading_sitting, text)
    shown_about(qtbot, reading_sitting, panel, None)
    assert panel.none.text().startswith("Open a source")
    panel.show_source(source_named(reading_sitting, "Plenary, Wren"))
    settle(qtbot, reading_sitting)
    text.span = Span(0, 5)
    panel.take()
    for button in (panel.new, panel.cut, panel.delete) if maker is StretchesPanel else panel.buttons.values():
        assert not button.isEnabled()


def test_stretch_moves_to_the_selected_words(
    qtbot: QtBot, sitting: Sitting, stretches: StretchesPanel, text: Text, source: SourceToRead
) -> None:
    add_stretch(sitting.bus.file, Passage("Long day", 0, 9), Relation(phase=Phase.BEFORE))
    stretches.show_source(source)
    settle(qtbot, sitting)
    stretches.move_button.click()
    assert "No words are selected" in stretches.told.text()
    text.select("Nine tables.")
    stretches.move_button.click()
    settle(qtbot, sitting)
    assert labels_of(sitting, source) == [("before", "Nine tables.")]
    stretches.list.setCurrentIndex(stretches.model.index(0, 0))
    assert not stretches.move_button.isEnabled(), "a part that is no stretch has no ends of its own"


def test_layer_that_lost_its_words_moves_to_the_selected_ones(
    qtbot: QtBot, sitting: Sitting, layers: LayersPanel, text: Text, source: SourceToRead
) -> None:
    text.select("The train was late")
    layers.mark(LayerName.DESCRIPTION)
    settle(qtbot, sitting)
    correct_source(sitting.bus.file, source="Long day", edits=[(0, 18, "")])
    corrected = source_named(sitting, "Long day")
    layers.show_source(corrected)
    settle(qtbot, sitting)
    assert rows(layers) == ["its words were corrected away"]
    at = corrected.text.index("Nine tables.")
    text.span = Span(at, at + 12)
    layers.move_button.click()
    settle(qtbot, sitting)
    assert rows(layers) == ["Nine tables."]


def test_layers_are_lit_up_in_the_text_while_their_list_is_shown(qtbot: QtBot, sitting: Sitting) -> None:
    source = source_named(sitting, "Plenary, Wren").source.id
    mark_layers(sitting.bus.file, source=str(source), drafts=[LayerDraft(0, 9, LayerName.ASIDE)])
    view = read_view(qtbot, sitting, source)
    assert view.surface.extraSelections() == []
    tabs = [view.below.tabText(at) for at in range(view.below.count())]
    view.below.setCurrentIndex(tabs.index("Layers"))
    settle(qtbot, sitting)
    (lit,) = view.surface.extraSelections()
    assert (lit.cursor.selectionStart(), lit.cursor.selectionEnd()) == (0, 9)
    view.below.setCurrentIndex(0)
    assert view.surface.extraSelections() == []
