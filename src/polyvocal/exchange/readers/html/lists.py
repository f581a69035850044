"""The labels of the items of a list, as the HTML Standard counts them (4.4.5 to 4.4.8)."""

from lxml.etree import _Element

from polyvocal.exchange.readers.html.names import declarations, name_of
from polyvocal.exchange.readers.labels import BULLET, letters, roman

_FORMS = {
    "a": "a", "A": "A", "i": "i", "I": "I", "1": "1",
    "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i",
    "upper-roman": "I", "decimal": "1", "none": "",
    "disc": BULLET, "circle": BULLET, "square": BULLET,
}  # fmt: skip


class Counter:
    """Counts the items of one list; ask for each once, in their order."""

    def __init__(self, element: _Element) -> None:
        self._form = _form(element) or ("1" if name_of(element) == "ol" else BULLET)
        self._form = "" if _form(element) == "" else self._form
        is_reversed = element.get("reversed") is not None
        self._step = -1 if is_reversed else 1
        start = _whole(element.get("start"))
        if start is None:
            start = sum(name_of(one) == "li" for one in element) if is_reversed else 1
        self._next = start

    def label(self, item: _Element) -> str | None:
        """The next item's label; None where it shows none."""
        value = _whole(item.get("value"))
        count = self._next if value is None else value
        self._next = count + self._step
        own = _form(item)
        form = self._form if own is None else own
        if form in ("", BULLET):
            return form or None
        return f"{_written(count, form)}."


def _form(element: _Element) -> str | None:
    """How a list or an item asks to be counted: a form, "" for not at all, None where it says nothing."""
    style = declarations(element)
    for said in (*style.get("list-style-type", "").split(), *style.get("list-style", "").split()):
        if said in _FORMS:
            return _FORMS[said]
    asked = element.get("type", "")
    return _FORMS.get(asked, _FORMS.get(asked.lower()))


def _written(count: int, form: str) -> str:
    if form in "aA":
        return letters(count) if form == "a" else letters(count).upper()
    if form in "iI":
        return roman(count) if form == "i" else roman(count).upper()
    return str(count)


def _whole(said: str | None) -> int | None:
    try:
        return int(said) if said is not None and len(said) < 10 else None
    except ValueError:
        return None
