"""Cases and attributes on the command line: what `add attribute`, `add value`, `add values` and `export` take."""

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from polyvocal.cli import output
from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.errors import UserError
from polyvocal.domain.text import counted, shown
from polyvocal.domain.words import AttributeType
from polyvocal.services.commands import attributes
from polyvocal.services.queries.attributes import read_sheet
from polyvocal.store.file import ProjectFile
from polyvocal.store.schema import kind_of
from polyvocal.store.view import View

_TYPES = [one.value for one in AttributeType]
_OF = "person, group, source, event or session"


def declare(kind: Callable[[str, str], Any]) -> None:
    """The words that each of these commands takes."""
    attribute = kind("attribute", "an attribute: a property that cases have")
    attribute.add_argument("name", metavar="NAME")
    attribute.add_argument("--type", choices=_TYPES, default=AttributeType.TEXT, help="text without it")
    attribute.add_argument("--unit", metavar="TEXT", help="what a number counts: years, beds")

    value = kind("value", "the value of an attribute for one case; what was known before is replaced")
    value.add_argument("--of", nargs=2, required=True, metavar=("KIND", "REF"), help=f"{_OF}, and which")
    value.add_argument("--attribute", required=True, metavar="NAME")
    value.add_argument("--value", required=True, metavar="TEXT", help="an empty one clears what is known")

    values = kind("values", "many values at once, from a .csv or .xlsx: a row for each case, a column an attribute")
    values.add_argument("file", metavar="FILE", help="its first column names the case: by name, title or id")
    values.add_argument("--of", required=True, metavar="KIND", help=f"what the cases are: {_OF}")
    values.add_argument("--sheet", metavar="NAME", help="of a workbook; its first without it")
    values.add_argument(
        "--type",
        dest="types",
        action="append",
        default=[],
        metavar="COLUMN=TYPE",
        help=f"of a new attribute: {', '.join(_TYPES)}; told by its values without it; may be repeated",
    )
    values.add_argument("--without", action="append", default=[], metavar="COLUMN", help="leave it out; repeatable")
    values.add_argument(
        "--unknown", choices=("make", "leave-out"), help="what becomes of cases that are not there (people and groups)"
    )
    values.add_argument("--misfits", choices=("leave-out",), help="write the rest where something does not fit")


def add_attribute(project: ProjectFile, o: Namespace) -> tuple[str, ChangeSet]:
    """Enter an attribute."""
    return "attribute", attributes.add_attribute(project, name=o.name, type=AttributeType(o.type), unit=o.unit)


def add_value(project: ProjectFile, o: Namespace) -> tuple[str, ChangeSet]:
    """Set or clear one value."""
    kind, case = o.of
    return "attribute_value", attributes.set_value(project, kind=kind, case=case, attribute=o.attribute, value=o.value)


def add_values(project: ProjectFile, o: Namespace) -> tuple[str, ChangeSet]:
    """Write a table of values, all of it or nothing; says what it found."""
    from polyvocal.exchange.attributes import Choice, Misfits, Unknown, plan_import, told
    from polyvocal.exchange.readers.given import file_on_disk
    from polyvocal.exchange.readers.table import most_bytes, read_table

    path = Path(o.file)
    table = read_table(file_on_disk(path).content(most_bytes(path.name)), path.name, sheet=o.sheet)
    columns = {name: at for at, name in reversed([*enumerate(table.header)]) if at}
    given = [_type_of(one) for one in o.types]
    for name in [*(name for name, _ in given), *o.without]:
        if name not in columns:
            raise UserError(f"{path.name} has no column {shown(name)}, but {', '.join(map(shown, columns))}")
    with project.view() as view:
        sheet = read_sheet(view, o.of)
    plan = plan_import(
        table,
        sheet,
        Choice(
            types={columns[name]: kind for name, kind in given},
            without=frozenset(columns[name] for name in o.without),
            unknown=Unknown(o.unknown or Unknown.ASK),
            misfits=Misfits(o.misfits or Misfits.ASK),
        ),
    )
    draft = plan.decided()
    output.say(*(f"left out: {told(one)}" for one in plan.problems))
    output.say(*(f"{path.name}: {note.what}: {note.detail} ({note.how_many:,})" for note in table.notes))
    cases = counted(len(draft.new_cases), kind_of(attributes.case_kind(o.of).record))
    output.say(
        f"{counted(plan.fresh, 'value')} new, {plan.changed:,} changed, {plan.same:,} as they were; "
        f"{counted(len(draft.new_attributes), 'attribute')} and {cases} made"
    )
    return "attribute_value", attributes.import_values(project, draft)


def _type_of(word: str) -> tuple[str, AttributeType]:
    name, equals, kind = word.rpartition("=")
    if not equals or kind not in _TYPES:
        raise UserError(f"--type {shown(word)} is not COLUMN=TYPE: write it as --type age=number ({', '.join(_TYPES)})")
    return name, AttributeType(kind)


def export(view: View, target: Path, options: Namespace) -> None:
    """The cases of a kind with their attributes, as a table."""
    from polyvocal.exchange.writers.attributes import export_attributes

    if options.of is None:
        raise UserError(f"say with --of KIND of which cases: {_OF}")
    export_attributes(read_sheet(view, options.of), target)
