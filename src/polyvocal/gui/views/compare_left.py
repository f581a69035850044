"""How the pages of the Compare view were left, as it is kept among the settings: in ids, without anybody's words."""

import json
from collections.abc import Mapping
from typing import Any


def kept_as(**held: Any) -> str:
    """What a page has chosen, as it is kept."""
    return json.dumps(held, sort_keys=True)


def held_in(kept: str) -> dict[str, Any]:
    """What was kept; nothing where it cannot be read."""
    try:
        held = json.loads(kept)
    except ValueError:
        return {}
    return held if isinstance(held, dict) else {}


def id_in(held: Mapping[str, Any], name: str) -> int | None:
    """An id that was kept under a name, if one was."""
    found = held.get(name)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def text_in(held: Mapping[str, Any], name: str) -> str:
    """A word that was kept under a name, if one was."""
    found = held.get(name)
    return found if isinstance(found, str) else ""


class PagesLeft:
    """Which page was in front, and what each had chosen."""

    def __init__(self, kept: str) -> None:
        held = held_in(kept)
        if "way" in held:  # as it was kept when only the tables were
            held = {"pages": {"matrix": kept}}
        pages = held.get("pages")
        self.in_front = text_in(held, "page")
        self.pages = {name: text_in(pages, name) for name in pages} if isinstance(pages, dict) else {}
