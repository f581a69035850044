"""The labels of list items as they are written out: bullets, and counts in their several forms."""

INDENT = "  "
"""Stands before a label once for each list around the item's own."""
BULLET = "-"
"""Stands for bullets of all shapes."""

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_ROMAN_END, _DOUBLED_END, _LETTERS_END = 4000, 26 * 20, 26**4


def roman(count: int) -> str:
    """A count in small Roman numbers; in plain ones where the Romans had none."""
    if not 0 < count < _ROMAN_END:
        return str(count)
    written = ""
    for value, letters in _ROMAN:
        written += letters * (count // value)
        count %= value
    return written


def doubled_letters(count: int) -> str:
    """A count in small letters, as Word does it: z is followed by aa, that by bb."""
    if not 0 < count <= _DOUBLED_END:
        return str(count)
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)


def letters(count: int) -> str:
    """A count in small letters, as pages of the web do it: z is followed by aa, that by ab."""
    if not 0 < count < _LETTERS_END:
        return str(count)
    written = ""
    while count:
        count, place = divmod(count - 1, 26)
        written = chr(ord("a") + place) + written
    return written
