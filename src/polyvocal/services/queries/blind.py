"""What a file says of itself that was made while somebody codes blind."""

from polyvocal.domain.records import Person
from polyvocal.store.view import View


def blind_coder(view: View) -> str | None:
    """The name of the coder whose codings alone a view sees; None where it sees everybody's."""
    if view.blind_for is None:
        return None
    coder = view.get(Person, view.blind_for)
    return coder.name if coder is not None else None


def told_blind(view: View) -> str:
    """The sentence that tells it, ending with a space; empty where everybody's codings are seen."""
    name = blind_coder(view)
    return f"Made blind: of what was coded, only what {name} coded is in it. " if name is not None else ""
