"""The codebook on the command line: merging, splitting and moving codes, and what became of one."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from polyvocal.cli import output
from polyvocal.cli.filters import add_filters, chosen
from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import CodingId
from polyvocal.domain.records import Code
from polyvocal.domain.text import shown
from polyvocal.services.commands import code_changes, code_merge
from polyvocal.services.queries.code_history import CodeChange, history_of_code
from polyvocal.services.queries.passages import coded_passages
from polyvocal.services.references import kind_named, resolve
from polyvocal.store.file import ProjectFile
from polyvocal.store.view import View

KindMaker = Callable[..., ArgumentParser]

if TYPE_CHECKING:  # a terminal that merges codes need not wait for readers of files
    from polyvocal.exchange.codebook import CodebookPlan, PlannedCode


def declare(command: Callable[..., ArgumentParser], merge_kind: KindMaker, split_kind: KindMaker) -> ArgumentParser:
    """The commands that change the tree of codes; the one that is given back is yet to be told who acts."""
    merge = merge_kind("code", "let one code take over the codings, memos and codes of others", "codes:merge")
    merge.add_argument("codes", nargs="+", metavar="CODE", help="retired afterwards")
    merge.add_argument("--into", required=True, metavar="CODE", help="the one that stays")
    merge.add_argument("--reason", metavar="TEXT", help="why, for the history")

    split = split_kind("code", "make a new code of some of the codings of one", "codes:split")
    split.add_argument("reference", metavar="CODE")
    split.add_argument("--name", required=True, metavar="NAME", help="of the new code, which stands beside it")
    split.add_argument("--definition", metavar="TEXT")
    split.add_argument("--coding", action="append", default=[], metavar="ID", help="of which codings; repeatable")
    split.add_argument("--reason", metavar="TEXT", help="why, for the history")
    add_filters(split)

    move = command("move", "codes:move", "put a code elsewhere in the tree, with all below it")
    move.add_argument("kind", choices=("code",))
    move.add_argument("reference", metavar="CODE")
    place = move.add_mutually_exclusive_group(required=True)
    place.add_argument("--below", metavar="CODE", help="last below this one")
    place.add_argument("--before", metavar="CODE", help="beside this one, before it")
    place.add_argument("--after", metavar="CODE", help="beside this one, after it")
    place.add_argument("--top", action="store_true", help="last at the top of the codebook")
    return move


def declare_import(kind: KindMaker) -> None:
    """What `add codes` takes."""
    codes = kind("codes", "a codebook from a file: .csv .xlsx .md or indented text")
    codes.add_argument("file", metavar="FILE", help="- is standard input: text, Markdown or a table, as it looks")
    codes.add_argument(
        "--differing",
        choices=("keep", "fill", "take"),
        default="keep",
        help="where it says something else of a code: keep the code, fill what is empty, or take what the file says",
    )
    codes.add_argument("--sheet", metavar="NAME", help="of a workbook; its first without it")
    codes.add_argument("--path-mark", metavar="MARK", help="between the names, where a name holds a whole path")
    codes.add_argument("--dry-run", action="store_true", help="only tell what would be done")


def merge(options: Namespace) -> None:
    """Merge codes into one."""

    def act(project: ProjectFile) -> ChangeSet:
        return code_merge.merge_codes(project, options.codes, into=options.into, reason=options.reason)

    _change(options, act, "")


def split(options: Namespace) -> None:
    """Make a new code of chosen codings."""

    def act(project: ProjectFile) -> ChangeSet:
        with project.view() as view:  # and be done with it: a writer waits for readers
            codings = _codings(view, options)
        return code_merge.split_code(
            project,
            options.reference,
            name=options.name,
            codings=codings,
            definition=options.definition,
            reason=options.reason,
        )

    _change(options, act, "code")


def _codings(view: View, options: Namespace) -> set[CodingId]:
    """The codings that are named, and those of the code that the filters mean."""
    named = {resolve(view, kind_named("coding"), one).id for one in options.coding}
    if options.code:
        raise UserError("the code whose codings are chosen is the one that is split: leave out --code")
    wanted = Namespace(**{**vars(options), "code": [options.reference]})
    filters = chosen(view, wanted)
    only_code = chosen(view, Namespace(**{name: [] for name in vars(options)} | {"code": [options.reference]}))
    return named if filters == only_code else named | {one.id for one in coded_passages(view, filters)}


def move(options: Namespace) -> None:
    """Move a code in the tree."""

    def act(project: ProjectFile) -> ChangeSet:
        return code_changes.move_code(
            project, options.reference, below=options.below, before=options.before, after=options.after
        )

    _change(options, act, "")


def add_codes(project: ProjectFile, options: Namespace) -> tuple[str, ChangeSet]:
    """Take in a codebook, after telling what becomes of it."""
    from polyvocal.services.commands.code_import import import_codes

    with project.view() as view:  # and be done with it: a writer waits for readers
        plan = _planned(view, options)
    output.say(*_problems(plan), _summary(plan))
    return "code", import_codes(project, plan.drafts)


def look_at_codes(options: Namespace) -> None:
    """Tell what taking in a codebook would do."""
    from polyvocal.cli import looking

    with looking.opened(options) as project, project.view() as view:
        plan = _planned(view, options)
    output.say(*_problems(plan), _summary(plan))
    if options.json:
        output.write_json(
            {
                "read_as": plan.read_as,
                "codes": [_row(one) for one in plan.codes],
                "problems": [{"where": where, "what": what} for where, what in plan.problems],
                "notes": [{"what": one.what, "how_many": one.how_many, "detail": one.detail} for one in plan.notes],
            }
        )
    else:
        for one in plan.codes:
            more = ", ".join(one.differs) or one.told
            sys.stdout.write(f"{one.outcome:<9} {'  ' * one.depth}{one.name}{f' ({more})' if more else ''}\n")


def _row(one: "PlannedCode") -> dict[str, object]:
    return {
        "where": one.where,
        "name": one.name,
        "depth": one.depth,
        "outcome": one.outcome,
        "code": str(one.known) if one.known is not None else None,
        "differs": list(one.differs),
        "told": one.told,
        **dict(one.fields),
    }


def _planned(view: View, options: Namespace) -> "CodebookPlan":
    from polyvocal.exchange.codebook import Differing, plan_codebook, read_codebook, read_codebook_text
    from polyvocal.exchange.readers.given import STANDARD_INPUT, file_on_disk
    from polyvocal.exchange.readers.limits import TEXT_BYTES
    from polyvocal.exchange.readers.plain import read_plain
    from polyvocal.exchange.readers.table import most_bytes

    if options.file == "-":
        text = read_plain(STANDARD_INPUT.content(TEXT_BYTES), "standard input").text
        found = read_codebook_text(text, path_mark=options.path_mark, name="standard input")
    else:
        path = Path(options.file)
        content = file_on_disk(path).content(most_bytes(path.name))
        found, _ = read_codebook(content, path.name, sheet=options.sheet, path_mark=options.path_mark)
    return plan_codebook(found, view.all(Code), Differing(options.differing))


def _problems(plan: "CodebookPlan") -> Iterator[str]:
    for where, what in plan.problems:
        yield f"row or line {where:,}: {what}"
    for note in plan.notes:
        yield f"{note.fate}: {note.what} ({note.how_many:,}): {note.detail}"


def _summary(plan: "CodebookPlan") -> str:
    counts = ", ".join(f"{number:,} {outcome}" for outcome, number in plan.counts.items() if number)
    kept = {"keep": "kept as they were", "fill": "filled where they were empty", "take": "as the file says from now on"}
    differ = any(one.differs for one in plan.codes)
    told = f"; those that differ are {kept[plan.differing]} (--differing)" if differ else ""
    return f"read as {plan.read_as}: {counts}{told}"


def _change(options: Namespace, act: Callable[[ProjectFile], ChangeSet], kind: str) -> None:
    from polyvocal.cli import changing

    with changing.opened(options) as project:
        changes = act(project)
        changing.tell(project, options, changes, kind, [])
        output.say(changing.done(changes))


def history(options: Namespace) -> None:
    """What became of one code, newest first."""
    from polyvocal.cli import looking

    with looking.opened(options) as project, project.view() as view:
        code = resolve(view, kind_named("code"), options.code)
        found = list(islice(history_of_code(view, code.id), options.limit))
    if options.json:
        output.write_json(found)
        return
    for one in found:
        sys.stdout.write("\n".join(_told(one)) + "\n")


def _told(one: CodeChange) -> Iterator[str]:
    by = f" by {one.person}" if one.person else ""
    undone = " (undone)" if one.standing == "undone" else ""
    yield f"{output.iso(one.at)}  {one.operation}  {one.kind}{by}{undone}"
    for change in one.changes:
        before = f"{shown(change.before)} -> " if change.before is not None else ""
        yield f"    {change.field}: {before}{shown(change.after) if change.after is not None else '(empty)'}"
    if one.why:
        yield f"    why: {' '.join(one.why.split())}"
