"""OpenDocument texts (.odt and .fodt: OASIS OpenDocument 1.0 to 1.3) as readable text."""

from polyvocal.exchange.readers.opendocument.document import read_flat_opendocument, read_opendocument

__all__ = ["read_flat_opendocument", "read_opendocument"]
