"""The colours of codes stay apart, to whomever sees them, on either ground."""

import pytest

from polyvocal.domain.palette import PALETTE, least_used
from tests.colour_vision import VISIONS, nearest

OKABE_ITO_ON_WHITE = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#bd8300", "#209ce2"]


@pytest.mark.parametrize("vision", VISIONS)
def test_colours_stay_apart_whichever_cones_are_lacking(vision: str) -> None:
    assert nearest(list(PALETTE), vision) >= 14


def test_measure_tells_colours_that_look_alike() -> None:
    assert nearest(OKABE_ITO_ON_WHITE, "full") > 14
    assert nearest(OKABE_ITO_ON_WHITE, "deuteranopia") < 4
    assert nearest(["#808080", "#808080"], "full") == 0


def test_least_used_is_the_first_of_those_used_least() -> None:
    assert least_used([]) == PALETTE[0]
    assert least_used(["#123456", PALETTE[0]]) == PALETTE[1]
    assert least_used([*PALETTE, *PALETTE[:3], PALETTE[4]]) == PALETTE[3]
