"""What the properties of a document say. Weak: a program fills them in, and nobody looks at them.

Who made the document is taken for its observer only where the project knows that name: an account's name on a
computer is often a real one, which a project of pseudonyms must not take up unasked. When it was made is taken for
when it was written, but where the maker is a program, whose template's date it would be.
"""

import re
from collections.abc import Iterator, Mapping

from polyvocal.exchange.about.found import Claim, Key, Origin

_NOBODY = re.compile(
    r"(microsoft|office|ms)\b.*|python-docx|openpyxl|libreoffice.*|openoffice.*|apache poi.*|docx4j.*|pandoc.*|"
    r"google docs.*|polyvocal|un-?named|unknown|author|user|users?\d*|admin(istrator)?|owner|default|default user|"
    r"windows user|benutzer|utilisateur|usuario|gebruiker|pc|home|root|mac|-|\.|\s*",
    re.IGNORECASE,
)


def read_properties(properties: Mapping[str, str]) -> Iterator[Claim]:
    """Who made a document, and when."""
    creator = properties.get("creator", "").strip()
    if _NOBODY.fullmatch(creator):
        return
    yield Claim(Key.OBSERVER, creator, Origin.PROPERTIES)
    if properties.get("created"):
        yield Claim(Key.WRITTEN_AT, properties["created"], Origin.PROPERTIES)
