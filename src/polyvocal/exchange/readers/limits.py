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
"""The most tags in that XML."""

TREE_TAGS = 1_000_000
"""The most tags and attributes in those of its parts that are held in memory whole, and in an .fodt. With what is made
of it, a paragraph of two tags weighs some 600 bytes there, however short it is in the file."""

UNPACKED_RATIO = 200
"""By how much a part may grow when it is unpacked, once it is larger than `RATIO_MATTERS_FROM`. Word's own XML
shrinks to a tenth or a thirtieth; deflate can at most make a thousandth of anything."""

RATIO_MATTERS_FROM = 32 * MIB

PICTURE_BYTES = 32 * MIB
"""The largest picture that is kept."""

PICTURES_BYTES = 128 * MIB
"""The most that is kept of all the pictures of one file."""

REPEATED_CHARACTERS = 500_000
"""The most characters and cells of one file that come from its repeating something (OpenDocument's repeated spaces and
cells, the rows over which a cell of a web page reaches)."""

PAGE_CHARACTERS = 8 * MIB
"""The longest page of the web, or chapter of a book, without the pictures in it."""

TAG_CHARACTERS = 20_000
"""The longest tag in it, without what stands in quotation marks: a parser takes a day for a million attributes."""

PAGE_TAGS = 250_000
"""The most tags of a page of the web, or of all the chapters of a book. A book of 100,000 words has some 40,000."""

RTF_BYTES = 96 * MIB
"""The largest rich text file (.rtf), pictures included, which take up twice their size in it."""

RTF_TEXT = 32 * MIB
"""The most bytes of text in it: some five million words."""

RTF_TOKENS = 2_000_000
"""The most groups, control words and pieces of text between them in it."""

RTF_PARAGRAPHS = 400_000
"""The most paragraphs, cells and rows in it."""

RTF_STORIES = 40_000
"""The most notes, comments, text boxes and headers in it."""

RTF_DEPTH = 1_000
"""How deep its groups may lie in one another. LibreOffice writes a dozen."""

PDF_BYTES = 96 * MIB
"""The largest PDF."""

PDF_PAGES = 5_000
"""The most pages of a PDF."""

PDF_CHARACTERS = 8_000_000
"""The most characters of a PDF: more than a million words."""

PDF_PAGE_CHARACTERS = 300_000
"""The most characters on one page of a PDF."""

PDF_SECONDS = 9.0
"""How long a processor may work on reading a PDF of few words."""

PDF_SECONDS_A_WORD = 0.0001
"""So much longer it may take for each word that was read: a long book is none of the PDFs that never end."""

PDF_MEMORY = 256 * MIB
"""How much memory reading a PDF may take, the file itself included."""

PDF_PICTURES = 100
"""The most pictures that are kept of a PDF."""

PDF_PICTURES_BYTES = 48 * MIB
"""The most that is kept of all the pictures of a PDF."""

PDF_PICTURES_SECONDS = 3.0
"""How long a processor may work on unpacking the pictures of a PDF."""

PICTURE_PIXELS = 16_000_000
"""The largest picture that is unpacked to be kept as .png."""

SUBTITLE_BYTES = 8 * MIB
"""The largest file of subtitles. Those of a recording of two hours have 200 KiB."""

FOLDER_DEPTH = 32
"""How deep folders may lie in a folder, or in a .zip."""

FOLDER_ENTRIES = 100_000
"""The most that is looked at in one folder and all that lies in it, whatever it is."""

FOLDER_FILES = 10_000
"""The most files that are taken from what is given at once."""

ARCHIVES = 100
"""The most .zip files among what is given at once: each stays open as long as its files may be read."""

ARCHIVE_ENTRIES = 20_000
"""The most files and folders in a .zip."""

DIRECTORY_BYTES = 8 * MIB
"""The longest list of entries at the end of a zip file: a hundred thousand, if their names are short."""

ARCHIVE_BYTES = 2048 * MIB
"""The most that is unpacked of all the files in a .zip; no more than one of them is in memory at a time."""

TABLE_ROWS = 100_000
"""The most rows of a table (.csv, .xlsx), besides its header."""

TABLE_LAST_ROW = 1 << 20
"""The number of the last row that is looked at, empty ones counted: as many as Excel has."""

TABLE_CELLS = 2_000_000
"""The most cells of a table."""

TABLE_COLUMNS = 1_000
"""The most columns of a table."""

TABLE_CELL = 1_000_000
"""The longest cell of a table in characters: a text of some 170,000 words. Excel's own hold 32,767."""


def in_mib(size: int) -> str:
    """A size as a person reads it."""
    return f"{size / MIB:,.0f} MiB"
