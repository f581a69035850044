"""Comparisons and passages made by hand, for the writers' tests."""

from typing import Any

from polyvocal.domain.ids import CodeId, CodingId, SourceId, SourceVersionId
from polyvocal.domain.passages import CodedPassage, StanceRow
from polyvocal.domain.words import CellState
from polyvocal.services.analysis.compare import Comparison, Dimension, Measure, ObserverHead, TotalsTold

CAPTION = (
    "Code by observer. Cells count passages: each coding is one, also where it overlaps another. Over 6 sources of "
    "12,300 words; coded by Bea, Ines Okafor. Observers wrote different texts, of different lengths: the numbers lay "
    "side by side and do not rank."
)


def head(observer: str, **changes: Any) -> ObserverHead:
    values: dict[str, Any] = {
        "standing": "ethnographer",
        "coders": ("Bea", "Ines Okafor"),
        "self_coded": 0.25,
        "accounts": 3,
        "words": 12_000,
        "words_read": 9_000,
        "sessions": 4,
    }
    return ObserverHead(observer=observer, **{**values, **changes})


def by_observer(**changes: Any) -> Comparison:
    """Codes by observers with every state that an empty cell can have."""
    columns = ("Ines Okafor", "محمود", "李娜", "Olive", "Pat", "Quin", "Rae")
    empty = [state.value for state in CellState if state is not CellState.CODED]
    values: dict[str, Any] = {
        "rows": ("Putting a name to it", "被看见", "التصديق أمام الجميع"),
        "columns": columns,
        "cells": ((1234, *(0,) * 6), (2, *(0,) * 6), (0, *(0,) * 6)),
        "states": (("coded", *empty), ("coded", *empty), (empty[0], *empty)),
        "row_dimension": Dimension.CODE,
        "column_dimension": Dimension.OBSERVER,
        "totals": None,
        "measure": Measure.PASSAGES,
        "filters": {"phase": ["during"]},
        "heads": tuple(
            head(one) if place == 0 else head(one, coders=(), self_coded=None, words=300 * place, sessions=place)
            for place, one in enumerate(columns)
        ),
        "columns_have_heads": True,
        "caption": CAPTION,
    }
    return Comparison(**{**values, **changes})


def with_totals() -> Comparison:
    """Codes by observers and what they come to; the totals of two observers have several reasons, or one, for none."""
    empty = (*(state.value for state in CellState if state is not CellState.CODED),)
    return by_observer(
        totals=TotalsTold(
            rows=(1234, 2, 0),
            columns=(1235, *(0,) * 6),
            whole=1235,
            row_states=("coded", "coded", ""),
            column_states=("coded", *empty),
            whole_state="coded",
        )
    )


def by_phase(**changes: Any) -> Comparison:
    """Codes by phases: no observers, so that an empty cell is a plain 0."""
    values: dict[str, Any] = {
        "rows": ("One", "Two"),
        "columns": ("before", "during"),
        "cells": ((3, 0), (0, 5)),
        "states": (("coded", ""), ("", "coded")),
        "column_dimension": Dimension.PHASE,
        "filters": {},
        "heads": (),
        "columns_have_heads": False,
        "caption": "Code by phase.",
    }
    return by_observer(**{**values, **changes})


def passage(number: int, text: str = "We wait, and nobody counts it.", **changes: Any) -> CodedPassage:
    values: dict[str, Any] = {
        "source": SourceId((7 << 32) + 90),
        "source_title": "Plenary, first day",
        "version": SourceVersionId((7 << 32) + 91),
        "start": 120,
        "end": 120 + len(text),
        "gone": False,
        "code": "Putting a name to it",
        "code_id": CodeId((7 << 32) + 2),
        "code_path": "Sense-making / Putting a name to it",
        "coder": "Bea",
        "observers": ("Ines Okafor", "李娜"),
        "standing": "ethnographer, lay-panel",
        "event": "Learning event",
        "session": "Plenary",
        "phase": "during; after",
        "concerns": ("Lay panel",),
        "stances": (StanceRow("Ward team", "contests", "who decides", "researchers"),),
        "created_at": 1_772_700_000_000_000,
    }
    return CodedPassage(id=CodingId((7 << 32) + number), text=text, **{**values, **changes})
