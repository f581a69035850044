"""Words that are looked for in a text, found however the text writes them: accents composed or apart, quotes curly."""

import re
import unicodedata

from polyvocal.domain.around import MARKS

_ALIKE = {"'": "['\u2019\u2018]", '"': '["\u201c\u201d\u201e]', " ": "[ \u00a0\u202f]"}
"""What a keyboard writes, and what else may stand for it in a text."""
_CHARACTERS = re.compile(f".[{MARKS}]*", re.DOTALL)
"""Each with what combines with it."""


def pattern_for(words: str) -> str:
    """A regular expression for some words; it matches no letter without what combines with it.

    Canonically equivalent characters are the same (Unicode Standard Annex 15). The plain apostrophe, quotation mark and
    space stand for the typographic ones too; who types these means just these.
    """
    return "".join(map(_any_way, _CHARACTERS.findall(words))) + f"(?![{MARKS}])"


def _any_way(character: str) -> str:
    forms = {character, *(unicodedata.normalize(form, character) for form in ("NFC", "NFD"))}
    return _ALIKE.get(character) or f"(?:{'|'.join(map(re.escape, sorted(forms)))})"
