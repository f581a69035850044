"""Codebooks that people bring, as tables, Markdown or indented text: read, then planned, then taken in."""

from polyvocal.exchange.codebook.entries import Entry, Found
from polyvocal.exchange.codebook.plan import CodebookPlan, Differing, Outcome, PlannedCode, plan_codebook
from polyvocal.exchange.codebook.reading import ENDINGS, PATH_MARKS, Look, read_codebook, read_codebook_text

__all__ = [
    "ENDINGS",
    "PATH_MARKS",
    "CodebookPlan",
    "Differing",
    "Entry",
    "Found",
    "Look",
    "Outcome",
    "PlannedCode",
    "plan_codebook",
    "read_codebook",
    "read_codebook_text",
]
