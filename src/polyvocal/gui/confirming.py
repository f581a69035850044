"""What is said of an act once it is done, by the status line and for the ear, where its outcome may be out of sight."""

from collections.abc import Mapping
from typing import NamedTuple

from polyvocal.domain.changes import ChangeSet
from polyvocal.gui import labels


class _Said(NamedTuple):
    """What is said of an operation by which one record of a `kind` came, changed or went, several of them, or none."""

    kind: str
    one: str
    several: str = ""
    none: str = ""


_OF: Mapping[str, _Said] = {
    "mark times": _Said("time_mark", "The time is marked", "%s times are marked"),
    "refuse times": _Said("time_mark", "Noted: this is no time", "Noted: these are no times"),
    "change time-mark": _Said("time_mark", "The time is corrected"),
    "remove time-mark": _Said("time_mark", "The time is no longer marked"),
    "add moment": _Said("moment", "The moment is added"),
    "change moment": _Said("moment", "The moment is changed"),
    "remove moment": _Said("moment", "The moment is removed"),
    "add anchors": _Said("moment_anchor", "Marked as of the moment", "%s passages are marked as of the moment"),
    "remove anchor": _Said("moment_anchor", "No longer marked as of the moment", "%s marks are taken away"),
    "add divergence": _Said("divergence", "The divergence is recorded"),
    "change divergence": _Said("divergence", "The divergence is changed"),
    "settle divergences": _Said("divergence", "What became of the divergence is noted"),
    "remove divergence": _Said("divergence", "The divergence is removed"),
    "add divergence passages": _Said(
        "divergence_passage",
        "The words are added to the divergence",
        "%s passages are added to the divergence",
        "These words are in the divergence already",
    ),
}  # fmt: skip


def confirmed(changes: ChangeSet) -> str:
    """What is said of an operation; nothing of one whose outcome is seen and told where it was done."""
    said = _OF.get(changes.kind)
    if said is None:
        return ""
    changed = changes.kinds.get(said.kind)
    count = changed.created + changed.updated + changed.removed if changed is not None else 0
    if not count:
        return said.none
    return said.one if count == 1 or not said.several else said.several.replace("%s", labels.number(count))
