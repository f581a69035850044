"""How much a reader takes in, in one place. A file beyond a limit is refused, with the limit named."""

MIB = 1024 * 1024

TEXT_BYTES = 64 * MIB
"""The largest text file: about ten million words."""

PACKAGE_BYTES = 256 * MIB
"""The largest file that is a zip package (.docx, .odt, .epub), pictures included."""

PACKAGE_ENTRIES = 10_000
"""The most files within a package."""

UNPACKED_BYTES = 128 * MIB
"""The most XML that is unpacked from one package. Pictures are not unpacked."""

UNPACKED_TAGS = 8_000_000
"""The most tags in that XML: in memory an element weighs some 80 bytes, however short it is in the file."""

UNPACKED_RATIO = 200
"""By how much a part may grow when it is unpacked, once it is larger than `RATIO_MATTERS_FROM`. Word's own XML
shrinks to a tenth or a thirtieth; deflate can at most make a thousandth of anything."""

RATIO_MATTERS_FROM = 32 * MIB

PICTURE_BYTES = 32 * MIB
"""The largest picture that is kept."""

PICTURES_BYTES = 128 * MIB
"""The most that is kept of all the pictures of one file."""


def in_mib(size: int) -> str:
    """A size as a person reads it."""
    return f"{size / MIB:,.0f} MiB"


REPEATED_CHARACTERS = 2_000_000
"""The most characters and cells of one file that come from its repeating something (OpenDocument's repeated spaces and
cells, the rows over which a cell of a web page reaches)."""

PAGE_TAGS = 2_000_000
"""The most tags of a page of the web, or of a chapter of a book."""
