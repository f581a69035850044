"""Pages of the web (.html, .htm) as readable text, as a browser shows them without running their programs."""

from polyvocal.exchange.readers.html.document import read_html

__all__ = ["read_html"]
