"""Word documents (.docx: ECMA-376 and ISO/IEC 29500, transitional and strict) as readable text.

The package is read with zipfile and lxml and not through python-docx, which unpacks every part whole before it can be
asked, does not know numbering or notes, and refuses documents that Word itself opens (strict ones, broken links).
"""

from polyvocal.exchange.readers.word.document import read_word

__all__ = ["read_word"]
