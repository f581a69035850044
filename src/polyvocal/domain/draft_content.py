"""What a draft holds, as JSON: the steps of a correction, or the fields of a form."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from polyvocal.domain.editlog import Gesture, Step, StepTold
from polyvocal.domain.errors import BugError


def encode_steps(steps: Iterable[Step], undone: int = 0) -> str:
    """Steps of a correction as JSON: for each [gesture, goes on, at once, [[start, removed, words], ...]].

    Where the last so many are undone, their number stands behind them.
    """
    told = (step.told() for step in steps)
    listed = [[one.gesture.name, int(one.goes_on), int(one.at_once), one.changes] for one in told]
    return _written([*listed, undone] if undone else listed)


def decode_steps(content: str) -> tuple[list[StepTold], int]:
    """The inverse of `encode_steps`. Raises BugError for what it never gave."""
    listed = _read(content, list)
    undone = listed.pop() if listed and isinstance(listed[-1], int) else 0
    try:
        steps = [
            StepTold(Gesture[name], tuple(map(_change, changes)), bool(goes_on), bool(at_once))
            for name, goes_on, at_once, changes in listed
        ]
    except (KeyError, TypeError, ValueError):
        raise _damaged() from None
    return steps, undone


def encode_fields(fields: Mapping[str, str]) -> str:
    """What the fields of a form hold, by their names, as JSON."""
    return _written(dict(fields))


def decode_fields(content: str) -> dict[str, str]:
    """The inverse of `encode_fields`. Raises BugError for what it never gave."""
    fields: dict[Any, Any] = _read(content, dict)
    if not all(isinstance(value, str) for value in fields.values()):
        raise _damaged()
    return fields


def _change(told: Iterable[Any]) -> tuple[int, int, str]:
    start, removed, words = told
    if not (isinstance(start, int) and isinstance(removed, int) and isinstance(words, str)):
        raise TypeError
    return start, removed, words


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _read(content: str, shape: type) -> Any:
    try:
        found = json.loads(content)
    except ValueError:
        raise _damaged() from None
    if not isinstance(found, shape):
        raise _damaged()
    return found


def _damaged() -> BugError:
    return BugError("a draft cannot be read: run `polyvocal check`")
