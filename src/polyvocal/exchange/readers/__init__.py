"""Readers: files that people have, into texts that can be taken in as sources.

A reader turns the bytes of one kind of file into a `Reading`. `registry.FORMATS` says which reader is for which
ending; nothing of a reader is imported before a file needs it.
"""

from polyvocal.exchange.readers.folder import gather
from polyvocal.exchange.readers.given import STDIN
from polyvocal.exchange.readers.registry import readable_endings
from polyvocal.exchange.readers.source import read_source

__all__ = ["STDIN", "gather", "read_source", "readable_endings"]
