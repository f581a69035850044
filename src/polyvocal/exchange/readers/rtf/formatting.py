"""The control words that set the state of a group, and those that stand for a character."""

from collections.abc import Callable

from polyvocal.exchange.readers.rtf.state import PLAIN_PARAGRAPH, Change, State

Formatting = Callable[[State, int | None], None]

CHARACTERS: dict[bytes, str] = {
    b"tab": "\t", b"line": "\n", b"lbr": "\n", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’",
    b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"emspace": "\u2003", b"enspace": "\u2002",
    b"qmspace": "\u2005", b"ltrmark": "\u200e", b"rtlmark": "\u200f", b"zwj": "\u200d", b"zwnj": "\u200c",
}  # fmt: skip
SIGNS: dict[bytes, str] = {b"~": "\xa0", b"_": "\u2011", b"\t": "\t"}
"""Those that are no letters. A hyphen that may be there (\\-) is left out: it is no part of the word."""


def _is_on(number: int | None) -> bool:
    return number != 0


def _bold(state: State, number: int | None) -> None:
    state.bold = _is_on(number)


def _italic(state: State, number: int | None) -> None:
    state.italic = _is_on(number)


def _hidden(state: State, number: int | None) -> None:
    state.hidden = _is_on(number)


def _plain(state: State, number: int | None) -> None:
    state.plain()


def _font(state: State, number: int | None) -> None:
    state.set_font(number or 0)


def _associated_font(state: State, number: int | None) -> None:
    if state.right_to_left:
        state.set_font(number or 0)


def _left_to_right(state: State, number: int | None) -> None:
    state.right_to_left = False


def _right_to_left(state: State, number: int | None) -> None:
    state.right_to_left = True


def _skip_after_unicode(state: State, number: int | None) -> None:
    state.skip_after_unicode = max(number if number is not None else 1, 0)


def _removed(what: str) -> Formatting:
    def remove(state: State, number: int | None) -> None:
        state.removed = Change(what) if _is_on(number) else None

    return remove


def _remover(state: State, number: int | None) -> None:
    if state.removed is not None:
        state.removed = state.removed._replace(who=number)


def _removed_when(state: State, number: int | None) -> None:
    if state.removed is not None:
        state.removed = state.removed._replace(when=number)


def _inserted(state: State, number: int | None) -> None:
    state.inserted = Change("insertion") if _is_on(number) else None


def _inserter(state: State, number: int | None) -> None:
    if state.inserted is not None:
        state.inserted = state.inserted._replace(who=number)


def _default_paragraph(state: State, number: int | None) -> None:
    state.paragraph = PLAIN_PARAGRAPH


def _style(state: State, number: int | None) -> None:
    state.paragraph = state.paragraph._replace(style=number or 0)


def _outline(state: State, number: int | None) -> None:
    state.paragraph = state.paragraph._replace(outline=number or 0)


def _list(state: State, number: int | None) -> None:
    state.paragraph = state.paragraph._replace(list_id=number or 0)


def _list_level(state: State, number: int | None) -> None:
    state.paragraph = state.paragraph._replace(level=number or 0)


def _in_table(state: State, number: int | None) -> None:
    state.paragraph = state.paragraph._replace(depth=max(state.paragraph.depth, 1))


def _table_depth(state: State, number: int | None) -> None:
    state.paragraph = state.paragraph._replace(depth=max(number or 0, state.paragraph.depth if not number else 0))


FORMATTING: dict[bytes, Formatting] = {
    b"b": _bold,
    b"i": _italic,
    b"v": _hidden,
    b"plain": _plain,
    b"f": _font,
    b"af": _associated_font,
    b"ltrch": _left_to_right,
    b"rtlch": _right_to_left,
    b"uc": _skip_after_unicode,
    b"deleted": _removed("deletion"),
    b"revauthdel": _remover,
    b"revdttmdel": _removed_when,
    b"mvf": _removed("moved text"),
    b"revised": _inserted,
    b"revauth": _inserter,
    b"pard": _default_paragraph,
    b"s": _style,
    b"outlinelevel": _outline,
    b"ls": _list,
    b"ilvl": _list_level,
    b"intbl": _in_table,
    b"itap": _table_depth,
}
