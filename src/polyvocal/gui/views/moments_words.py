"""What is said of a moment above its columns."""

from polyvocal.gui import labels
from polyvocal.services.queries.moment_columns import MomentInColumns


def without_account(moment: MomentInColumns) -> str:
    """Who has no account, where these are few: all of them are listed beside the columns."""
    if len(moment.without) > 2:
        return f"{labels.observers(len(moment.without))} without an account, listed beside"
    named = (f"{one.name} ({labels.CELL_STATES[one.state]})" for one in moment.without if one.state is not None)
    return f"without an account: {', '.join(named)}"


def is_any_stretch(moment: MomentInColumns) -> bool:
    """Whether it is no more than a stretch of time."""
    return not moment.asked.id and moment.asked.session is None


def called(moment: MomentInColumns) -> str:
    """What a moment is called; a stretch of time by when it was."""
    place = moment.place
    if not is_any_stretch(moment) or place.begins is None:
        return place.title
    return labels.from_to(place.begins.isoformat(), place.ends.isoformat() if place.ends is not None else None)
