"""Where there is nothing to compare: why, and what to do."""

from PySide6.QtCore import QCoreApplication, Qt

from polyvocal.gui.actions import Actions
from polyvocal.gui.acts import FIRST_STEPS
from polyvocal.gui.views.compare_asked import Answered, Way
from polyvocal.gui.views.compare_model import CompareModel


def missing_in(answered: Answered, model: CompareModel, actions: Actions) -> str:
    """Why an answer has nothing in it, and what to do; empty where it has."""
    if not answered.has_codes and not answered.has_observers:
        return actions.with_keys(
            _tr(
                "Nothing to compare yet.\n\nThe table crosses codes with the observers who wrote the accounts. "
                "Type or paste a fieldnote with %s, or import files with %s, and code passages in the Read view."
            ),
            *FIRST_STEPS,
        )
    if not answered.has_codes:
        return _tr(
            "There are no codes yet.\n\nIn the Read view, select a passage and type the name of a code to make one."
        )
    if not answered.has_observers:
        return actions.with_keys(
            _tr(
                "Nobody is known as an observer yet.\n\nType or paste a fieldnote with %s, or import files with "
                "%s, and say who wrote them."
            ),
            *FIRST_STEPS,
        )
    if answered.only is not None and not answered.only.found:
        return _tr(
            "No code was read in the accounts of one alone.\n\nEach code that was read was read in those of several, "
            "or nothing is coded yet of what the filter leaves. To see what was read in the accounts of one alone "
            "at some time or place, add a filter: a session, a phase, a group."
        )
    if answered.asked.near == "moment" and answered.asked.way is Way.TOGETHER and not answered.places:
        return _no_moment(answered)
    return _missing_side(answered, model)


def _no_moment(answered: Answered) -> str:
    if answered.has_moments:
        return _tr(
            "The filter leaves no moment.\n\nMoments are of events: take the filter by event away, or change it."
        )
    return _tr(
        "There are no moments yet.\n\nA moment is a stretch of an event as several observers wrote it. Make one on "
        "the page Moments, or ask for codes that come together in one session."
    )


def _missing_side(answered: Answered, model: CompareModel) -> str:
    table = answered.crossing
    if table is None:
        return ""
    rows, columns = Qt.Orientation.Vertical, Qt.Orientation.Horizontal
    for axis, orientation, words in (
        (table.rows, rows, _tr("There is nothing for the rows: no %s is recorded, or the filter leaves none.")),
        (
            table.columns,
            columns,
            _tr("There is nothing for the columns: no %s is recorded, or the filter leaves none."),
        ),
    ):
        if not len(axis):
            said = words % model.called(orientation).lower()
            return f"{said}\n\n{_tr('Choose something else above, or take a filter away.')}"
    return ""


def _tr(words: str) -> str:
    return QCoreApplication.translate("missing", words)
