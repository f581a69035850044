"""What is compared, and in which order, is chosen in the Compare view."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from polyvocal.domain.passages import Aspect, PassageFilter, PassageQuery
from polyvocal.domain.words import LayerName, Phase
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.compare_asked import CODES, Asked, Look, Side, Way
from polyvocal.gui.views.compare_matrix import MatrixPage
from polyvocal.gui.views.compare_order import AS_IT_IS, By, Order
from polyvocal.services.analysis.compare import Measure, compare
from polyvocal.services.commands.codings import add_coding
from polyvocal.services.commands.layers import LayerDraft, mark_layers
from tests.conftest import TEXTS
from tests.gui.compare_steps import COLUMNS, ROWS, act, at, choose, only, view, words
from tests.gui.conftest import settle

__all__ = ["view"]


# --- filters ---------------------------------------------------------------------------------------------------------


def test_coder_is_held_constant(qtbot: QtBot, sitting: Sitting, view: MatrixPage) -> None:
    assert [view.filters.coder.box.itemText(number) for number in range(3)] == ["all coders", "Oda", "Wren"]
    choose(qtbot, sitting, view.filters.coder, "Wren")
    assert view.filters.coder.box.currentText() == "Wren"
    assert words(view)["Protest", "Wren"] == "3"
    assert "Only coder: Wren." in view.foot.caption.text()
    head = view.model.head(0)
    assert head is not None
    assert head.self_coded == 1.0
    assert view.filters.chips.chips == []  # the field says it


def test_phase_is_chosen(qtbot: QtBot, sitting: Sitting, view: MatrixPage) -> None:
    only(qtbot, view, Aspect.PHASE, Phase.AFTER)
    assert [one.words.text() for one in view.filters.chips.chips] == ["Phase: after"]
    assert words(view)["Protest", "Wren"] == "1"
    assert words(view)["Protest", "Ilse"] == "not known"


def test_layer_is_chosen(qtbot: QtBot, sitting: Sitting, view: MatrixPage) -> None:
    drafts = [LayerDraft(0, len(TEXTS["On the train"]), LayerName.REFLECTION)]
    sitting.bus.act(lambda file: mark_layers(file, source="On the train", drafts=drafts))
    settle(qtbot, sitting)
    only(qtbot, view, Aspect.LAYER, LayerName.REFLECTION)
    assert words(view)["Protest", "Wren"] == "1"
    assert "Only layer: reflection." in view.foot.caption.text()


@pytest.mark.parametrize(
    ("words_of", "measure", "said"),
    [
        ("sources", Measure.SOURCES, "2"),
        ("characters", Measure.CHARACTERS, None),
        ("share of the text read", Measure.SHARE, None),
        ("share of the row", Measure.SHARE_OF_ROW, None),
        ("share of the column", Measure.SHARE_OF_COLUMN, None),
    ],
)
def test_measure_is_chosen(
    qtbot: QtBot, sitting: Sitting, view: MatrixPage, words_of: str, measure: Measure, said: str | None
) -> None:
    view.filters.measure.box.setCurrentText(words_of)
    settle(qtbot, sitting)
    assert view.asked.measure == measure
    with sitting.bus.file.view() as reader:
        expected = compare(reader, measure=measure)
    number = expected.cells[3][0]
    assert number is not None
    text = words(view)["Protest", "Wren"]
    assert text == (said or (f"{number * 100:.1f} %" if isinstance(number, float) else str(number)))


def test_coder_who_is_gone_is_not_held_constant_any_more(qtbot: QtBot, sitting: Sitting, view: MatrixPage) -> None:
    act(
        qtbot,
        view,
        lambda file: add_coding(file, source="Plenary, Ilse", start=0, end=3, code="Protest", coder="Nela"),
    )
    choose(qtbot, sitting, view.filters.coder, "Nela")
    assert words(view)["Protest", "Wren"] == "written, not yet read"
    act(qtbot, view, lambda file: file.undo())
    assert view.filters.coder.box.currentText() == "all coders"
    assert words(view)["Protest", "Wren"] == "4"


# --- order -----------------------------------------------------------------------------------------------------------


def test_click_on_a_head_puts_the_most_of_an_observer_first_and_another_click_the_tree(
    qtbot: QtBot, view: MatrixPage
) -> None:
    heads = view.table.heads
    place = QPoint(heads.sectionViewportPosition(2) + 20, 60)
    qtbot.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.model.by_row == By(Order.MOST, "Bashir")
    assert [view.model.name(row, ROWS) for row in range(2)] == ["Whose time", "Who decides"]
    assert view.model.name(4, ROWS) == "Collaboration"  # a heading, of nothing in this order
    qtbot.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.model.by_row == AS_IT_IS
    assert view.model.name(0, ROWS) == "Collaboration"


def test_order_is_chosen_by_keys_and_what_is_pointed_to_stays(qtbot: QtBot, sitting: Sitting, view: MatrixPage) -> None:
    view.table.setFocus()
    view.table.point_to(at(view, "Protest", "Wren"))
    qtbot.keyClick(view.table, Qt.Key.Key_O)
    assert view.model.name(0, ROWS) == "Protest"
    assert view.table.currentIndex() == at(view, "Protest", "Wren")
    assert [view.model.names_at(one) for one in view.table.selectedIndexes()] == [("Protest", "Wren")]
    assert "most of “Wren” first" in view.filters.order.toolTip()
    qtbot.keyClick(view.table, Qt.Key.Key_O)
    assert view.model.name(0, ROWS) == "Collaboration"


def test_columns_are_ordered_by_a_row_and_by_name(qtbot: QtBot, view: MatrixPage) -> None:
    def columns() -> list[str]:
        return [name for column in range(view.model.columnCount()) if (name := view.model.name(column, COLUMNS))]

    assert columns() == ["Wren", "Ilse", "Bashir"]
    view.table.setFocus()
    view.table.point_to(at(view, "Who decides", "Bashir"))
    qtbot.keyClick(view.table, Qt.Key.Key_O, Qt.KeyboardModifier.ShiftModifier)
    assert columns()[0] == "Ilse"
    view.filters.order.columns_ordered.emit(By(Order.NAME))
    assert columns() == ["Bashir", "Ilse", "Wren"]


# --- kept ------------------------------------------------------------------------------------------------------------


def test_what_is_asked_is_found_again_as_it_was_kept() -> None:
    asked = Asked(
        way=Way.TOGETHER,
        rows=Side("session", 12),
        columns=CODES,
        folded=frozenset({3, 1 << 62}),
        measure="share-of-row",
        near="paragraphs",
        paragraphs=4,
        look=Look.SYMBOLS,
        query=PassageQuery(PassageFilter(phases=frozenset({Phase.AFTER})), below=True),
    )
    assert Asked.from_json(asked.to_json()) == asked
    for broken in ("", "[]", "{}", asked.to_json().replace("share-of-row", "kappa"), asked.to_json()[:-9]):
        assert Asked.from_json(broken) == Asked()
