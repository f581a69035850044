"""The sheet of cases by attributes as a table, which can be imported again as it is."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from polyvocal.domain.attributes import title_of
from polyvocal.domain.records import Attribute
from polyvocal.domain.words import AttributeType
from polyvocal.exchange.writers.formats.csv_text import csv_text
from polyvocal.exchange.writers.formats.destination import ending_of, write_file, write_text
from polyvocal.services.queries.attributes import Sheet
from polyvocal.services.references import folded, kind_named

ENDINGS = (".xlsx", ".csv")

_DIGITS = 15
"""A spreadsheet keeps a number to so many digits; a longer one is written as text."""


def export_attributes(sheet: Sheet, path: Path) -> None:
    """Write the cases of a kind with their attributes, but those that only cases of other kinds have.

    Empty cells are what is not known. The file is replaced whole or left as it was. Raises UserError for another ending
    or a missing folder, EnvironmentFault where the machine refuses.
    """
    ending = ending_of(path, ENDINGS)
    attributes = [one for one in sheet.attributes if one.id not in sheet.elsewhere]
    header = (kind_named(sheet.kind).singular, *_titles(attributes, sheet))
    if ending == ".csv":
        write_text(path, csv_text(header, _rows(sheet, attributes)))
        return
    from polyvocal.exchange.writers.formats.workbook import Sheet as Page
    from polyvocal.exchange.writers.formats.workbook import save_workbook

    page = Page(
        sheet.kind.capitalize(), header, _rows(sheet, attributes), (32, *(20 for _ in attributes)), frozen_columns=1
    )
    write_file(path, lambda file: save_workbook(file, [page], title=page.title, made_at=datetime.now(UTC)))


def _titles(attributes: list[Attribute], sheet: Sheet) -> Iterator[str]:
    """The names, with their units where that is no other's name."""
    borne = Counter(folded(title) for one in sheet.attributes for title in {one.name, title_of(one)})
    for one in attributes:
        yield title_of(one) if borne[folded(title_of(one))] == 1 else one.name


def _rows(sheet: Sheet, attributes: list[Attribute]) -> Iterator[list[str | int | float]]:
    for case in sheet.cases:
        yield [case.name, *(_cell(one, sheet.values.get((case.id, one.id), "")) for one in attributes)]


def _cell(attribute: Attribute, value: str) -> str | int | float:
    """A value as a spreadsheet counts with it, where it keeps all of its digits."""
    if attribute.type is not AttributeType.NUMBER or not value:
        return value
    if len(value.lstrip("-").replace(".", "").strip("0")) > _DIGITS:
        return value
    return float(value) if "." in value else int(value)
