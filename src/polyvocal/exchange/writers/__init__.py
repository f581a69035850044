"""Writers: frozen results as files that a person opens elsewhere. Nothing heavy is imported before it is used."""

from polyvocal.exchange.writers.codebook import export_codebook
from polyvocal.exchange.writers.comparison import export_comparison, export_table
from polyvocal.exchange.writers.comparison_terminal import render_comparison, render_table
from polyvocal.exchange.writers.excerpts import export_excerpts
from polyvocal.exchange.writers.memos import export_memos
from polyvocal.exchange.writers.side_by_side import (
    divergence_side_by_side,
    export_side_by_side,
    moment_side_by_side,
    passages_side_by_side,
    selection_side_by_side,
)
from polyvocal.exchange.writers.template import export_template

__all__ = [
    "divergence_side_by_side",
    "export_codebook",
    "export_comparison",
    "export_excerpts",
    "export_memos",
    "export_side_by_side",
    "export_table",
    "export_template",
    "moment_side_by_side",
    "passages_side_by_side",
    "render_comparison",
    "render_table",
    "selection_side_by_side",
]
