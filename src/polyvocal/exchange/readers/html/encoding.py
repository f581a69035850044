"""Telling the encoding of a page: by its byte-order mark, by what it declares, else by its statistics.

The names are those of the WHATWG Encoding Standard where they mean something else there than in Python.
"""

import codecs
import re

from polyvocal.exchange.readers import encoding
from polyvocal.exchange.readers.reading import Reading
from polyvocal.services.commands.incoming import ToldBy

_LOOKED_THROUGH = 4096
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)|^\s*<\?xml[^>]{0,80}?encoding\s*=\s*["']([\w.:-]+)""",
    re.IGNORECASE,
)
_MEANT = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949",
    "utf-16": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8",  # whoever can read the declaration knows better
}  # fmt: skip
_SHOWN = {"cp": "windows-"}


def decode(content: bytes, name: str, *, named: str | None = None) -> Reading:
    """The characters of a page, with the name of the encoding: the one that a person named, else the one found out.

    Raises UserError where it cannot be told, or is another one than was named.
    """
    if named is not None:
        return encoding.decode_as(content, name, named)
    if content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return encoding.decode(content, name)
    declared = [(one, ToldBy.DECLARATION) for one in _declared(content)]
    for one, by in (*declared, ("utf-8", ToldBy.VALIDITY)):
        try:
            return Reading(content.decode(one), one, encoding_by=by)
        except UnicodeDecodeError:
            continue  # it is not what it says
    return encoding.decode(content, name)


def _declared(content: bytes) -> list[str]:
    found = _DECLARED.search(content[:_LOOKED_THROUGH])
    if found is None:
        return []
    try:
        name = codecs.lookup((found.group(1) or found.group(2)).decode("ascii", "replace")).name
        name = _MEANT.get(name, name)
        b"a".decode(name)  # some codecs make no text
    except (LookupError, UnicodeError):
        return []
    return [re.sub("^cp(125[0-8])$", r"windows-\1", name)]
