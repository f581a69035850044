"""What is compared, and in which order, is chosen in the Compare view."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.records import Person
from polyvocal.domain.words import LayerName, Phase
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.views.compare_matrix import MatrixPage
from polyvocal.services.analysis.compare import Measure, compare
from polyvocal.services.commands.codings import add_coding
from polyvocal.services.commands.layers import LayerDraft, mark_layers
from tests.conftest import TEXTS
from tests.gui.compare_steps import act, at, choose, view, words
from tests.gui.conftest import settle

__all__ = ["view"]


# --- filters ---------------------------------------------------------------------------------------------------------


def test_coder_is_held_constant(qtbot: QtBot, sitting: Sitting, view: MatrixPage) -> None:
    assert [view.filters.coder.itemText(number) for number in range(3)] == ["all coders", "Oda", "Wren"]
    choose(qtbot, sitting, view.filters.coder, "Wren")
    assert view.filters.coder.currentText() == "Wren"
    assert words(view)["Protest", "Wren"] == "3"
    assert "Only coder: Wren." in view.caption.text()
    assert view.model.head(0).self_coded == 1.0


def test_phase_is_chosen(qtbot: QtBot, sitting: Sitting, view: MatrixPage) -> None:
    choose(qtbot, sitting, view.filters.phase, "after")
    assert view.filters.chosen_phase is Phase.AFTER
    assert words(view)["Protest", "Wren"] == "1"
    assert words(view)["Protest", "Ilse"] == "not known"


def test_layer_is_chosen(qtbot: QtBot, sitting: Sitting, view: MatrixPage) -> None:
    drafts = [LayerDraft(0, len(TEXTS["On the train"]), LayerName.REFLECTION)]
    sitting.bus.act(lambda file: mark_layers(file, source="On the train", drafts=drafts))
    settle(qtbot, sitting)
    choose(qtbot, sitting, view.filters.layer, "refl")
    assert view.filters.chosen_layer is LayerName.REFLECTION
    assert words(view)["Protest", "Wren"] == "1"
    assert "Only layer: reflection." in view.caption.text()


@pytest.mark.parametrize(
    ("typed", "measure", "said"),
    [("sou", Measure.SOURCES, "2"), ("char", Measure.CHARACTERS, None), ("share", Measure.SHARE, None)],
)
def test_measure_is_chosen(
    qtbot: QtBot, sitting: Sitting, view: MatrixPage, typed: str, measure: Measure, said: str | None
) -> None:
    choose(qtbot, sitting, view.filters.measure, typed)
    assert view.filters.chosen_measure == measure
    with sitting.bus.file.view() as reader:
        expected = compare(reader, measure=measure)
    number = expected.cells[3][0]
    assert number is not None
    text = words(view)["Protest", "Wren"]
    assert text == (said or (f"{number * 100:.1f} %" if measure is Measure.SHARE else str(number)))


def test_coder_who_is_gone_is_not_held_constant_any_more(qtbot: QtBot, sitting: Sitting, view: MatrixPage) -> None:
    act(
        qtbot,
        view,
        lambda file: add_coding(file, source="Plenary, Ilse", start=0, end=3, code="Protest", coder="Nela"),
    )
    choose(qtbot, sitting, view.filters.coder, "Nela")
    assert words(view)["Protest", "Wren"] == "written, not yet read"
    act(qtbot, view, lambda file: file.undo())
    assert view.filters.coder.currentText() == "all coders"
    assert words(view)["Protest", "Wren"] == "4"


# --- order -----------------------------------------------------------------------------------------------------------


def test_click_on_a_head_puts_the_most_of_an_observer_first_and_another_click_the_tree(
    qtbot: QtBot, view: MatrixPage
) -> None:
    heads = view.table.heads
    place = QPoint(heads.sectionViewportPosition(2) + 20, 60)
    qtbot.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.filters.order.currentText() == "most by Bashir first"
    assert [view.model.code(row).code.name for row in range(2)] == ["Whose time", "Who decides"]
    assert view.model.code(4).code.name == "Collaboration"  # a heading, of nothing in this order
    qtbot.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.filters.order.currentText() == "as in the codebook"
    assert view.model.code(0).code.name == "Collaboration"


def test_order_is_chosen_by_keys_and_what_is_pointed_to_stays(qtbot: QtBot, sitting: Sitting, view: MatrixPage) -> None:
    view.table.point_to(at(view, "Protest", "Wren"))
    choose(qtbot, sitting, view.filters.order, "most by W")
    assert view.model.code(0).code.name == "Protest"
    assert view.table.currentIndex() == at(view, "Protest", "Wren")
    assert [view.model.ids_at(one) for one in view.table.selectedIndexes()] == [
        view.model.ids_at(at(view, "Protest", "Wren"))
    ]


# --- for everybody ---------------------------------------------------------------------------------------------------


def test_chosen_is_what_the_filters_mean(sitting: Sitting, qtbot: QtBot, view: MatrixPage) -> None:
    assert view.chosen == PassageFilter()
    choose(qtbot, sitting, view.filters.coder, "Oda")
    choose(qtbot, sitting, view.filters.phase, "during")
    with sitting.bus.file.view() as reader:
        (oda,) = reader.find(Person, name="Oda")
    assert view.chosen == PassageFilter(coders=frozenset({oda.id}), phases=frozenset({Phase.DURING}))
