"""In which code page the bytes of a rich text file are: that of the font, else that of the document."""

_BY_CHARSET = {
    0: "cp1252", 77: "mac_roman", 78: "shift_jis", 79: "euc_kr", 80: "gb2312", 81: "big5", 83: "cp1255", 84: "cp1256",
    85: "mac_greek", 86: "mac_turkish", 87: "cp874", 88: "mac_latin2", 89: "mac_cyrillic", 128: "cp932", 129: "cp949",
    130: "johab", 134: "gbk", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256",
    186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
"""The codecs of \\fcharset, after the table in RTF 1.9.1, "Font Table"."""
_BY_PAGE = {
    708: "iso8859_6", 709: "iso8859_6", 711: "iso8859_6", 819: "latin_1", 936: "gbk", 1361: "johab",
    10000: "mac_roman", 10001: "shift_jis", 10002: "big5", 10003: "euc_kr", 10006: "mac_greek", 10007: "mac_cyrillic",
    10008: "gb2312", 10029: "mac_latin2", 10081: "mac_turkish", 65001: "utf-8",
}  # fmt: skip
"""The codecs of code pages that Python does not call by their number."""
_PYTHON_HAS = frozenset(
    {437, 720, 737, 775, 850, 852, 855, 857, 858, 860, 861, 862, 863, 864, 865, 866, 869, 874, 932, 949, 950}
) | frozenset(range(1250, 1259))

DOCUMENT = {b"ansi": "cp1252", b"mac": "mac_roman", b"pc": "cp437", b"pca": "cp850"}
"""The codecs of the words that may stand at a document's head."""
SYMBOLS = 2
"""The \\fcharset of fonts of symbols."""


def codec_of_charset(charset: int) -> str | None:
    """The codec of a font's \\fcharset; None for "as the document", fonts of symbols, and those not known."""
    return _BY_CHARSET.get(charset)


def codec_of_page(page: int) -> str | None:
    """The codec of a code page by its number (\\ansicpg, \\cpg); None for one that is not known."""
    return _BY_PAGE.get(page) or (f"cp{page}" if page in _PYTHON_HAS else None)
