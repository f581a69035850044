"""Characters of the old symbol fonts, which have no Unicode of their own and are kept at U+F000 to U+F0FF."""

_SYMBOL_LETTERS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ",
        strict=True,
    )
)
_SYMBOL_SIGNS = (
    (0x20, " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅"),
    (0x5B, "[∴]⊥_"),
    (0x7B, "{|}∼"),
    (0xA0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊"),
)
"""Runs of characters from a code on, after Unicode's mapping of the Symbol font."""
_SYMBOL = {ord(latin): greek for latin, greek in _SYMBOL_LETTERS.items()} | {
    first + place: sign for first, signs in _SYMBOL_SIGNS for place, sign in enumerate(signs)
}
_WINGDINGS = {
    0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x6F: "☐", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0x9F: "•",
    0xA7: "▪", 0xA8: "☐", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xF3: "⇔",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}
_PRIVATE, _PRIVATE_END = 0xF000, 0xF100
UNKNOWN = "\ufffd"


def symbol(code: int, font: str) -> str:
    """A character of a font (by its code there, with or without U+F000) in Unicode; U+FFFD if it is not known."""
    known = _FONTS.get(font.casefold())
    if known is not None:
        return known.get(code - _PRIVATE if _PRIVATE <= code < _PRIVATE_END else code, UNKNOWN)
    valid = 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xF900  # nor surrogates, nor private use
    return chr(code) if valid else UNKNOWN


def in_unicode(text: str, font: str) -> str:
    """A text in a symbol font in Unicode, as far as it is known; any other text as it is."""
    known = _FONTS.get(font.casefold())
    return text if known is None else "".join(known.get(ord(one) - _PRIVATE, one) for one in text)
