"""The codebook as a file: Word, Excel, CSV, Markdown or a web page."""

from pathlib import Path
from typing import TYPE_CHECKING

from polyvocal.exchange.writers.formats.destination import ending_of, write_file, write_text

if TYPE_CHECKING:
    from polyvocal.services.queries.codebook import CodebookReport

ENDINGS = (".docx", ".xlsx", ".csv", ".md", ".html")


def export_codebook(report: "CodebookReport", path: Path) -> None:
    """Write the codebook in the format that the path's ending names; `-` is Markdown on stdout.

    The file is replaced whole or left as it was. Raises UserError for another ending or a missing folder,
    EnvironmentFault where the machine refuses.
    """
    ending = ending_of(path, ENDINGS)
    if ending == ".docx":
        from polyvocal.exchange.writers.codebook_manuscript import codebook_manuscript

        write_file(path, codebook_manuscript(report).save)
    elif ending == ".xlsx":
        from polyvocal.exchange.writers.codebook_tables import save_codebook_workbook

        write_file(path, lambda file: save_codebook_workbook(file, report))
    elif ending == ".csv":
        from polyvocal.exchange.writers.codebook_tables import codebook_csv

        write_text(path, codebook_csv(report))
    elif ending == ".html":
        from polyvocal.exchange.writers.codebook_page import codebook_page

        write_text(path, [codebook_page(report)])
    else:
        from polyvocal.exchange.writers.codebook_markdown import codebook_markdown

        write_text(path, codebook_markdown(report))
