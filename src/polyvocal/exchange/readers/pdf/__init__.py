"""PDF files as readable text: words with their places from pdfium; lines, columns and paragraphs from the places.

A PDF says where letters are painted, not what they belong to. So what is a paragraph, a heading or a list item is told
by indents, spacing, sizes and marks; a table is lines with tabs between what stands apart in them.
"""

from polyvocal.exchange.readers.pdf.apart import read_pdf

__all__ = ["read_pdf"]
