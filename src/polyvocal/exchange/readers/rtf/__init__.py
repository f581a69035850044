"""Rich text files (.rtf) as readable text: Microsoft's RTF 1.9.1, as Word, WordPad, TextEdit, LibreOffice and others
write it.

striprtf, the library at hand, knows no structure (headings, tables, notes, comments, tracked changes) and none of the
code pages of fonts; so the format is read here.
"""

from polyvocal.exchange.readers.rtf.document import read_rtf

__all__ = ["read_rtf"]
