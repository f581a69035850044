"""Commands about codings that are there: merge, split, extend, duplicate and recode them."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING

from polyvocal.domain.around import Piece

if TYPE_CHECKING:
    from polyvocal.domain.changes import ChangeSet
    from polyvocal.store.file import ProjectFile

Maker = Callable[..., ArgumentParser]


def declare(command: Maker, merge_kind: Maker, split_kind: Maker) -> list[ArgumentParser]:
    """The words of these commands; those that are given back are yet to be told who acts."""
    merge = merge_kind("coding", "make one coding of several: from the first start to the last end", "recoding:merge")
    split = split_kind("coding", "make two codings of one; stances and groups concerned go to both", "recoding:split")
    extend = command(
        "extend", "recoding:extend", "move the ends of a coding, layer, stretch ... by words, sentences ..."
    )
    duplicate = command("duplicate", "recoding:duplicate", "code the passage of a coding with another code as well")
    recode = command("recode", "recoding:recode", "give codings another code, and leave all else as it is")

    for made in (duplicate, recode):
        made.add_argument("kind", choices=("coding",))
    extend.add_argument("kind", metavar="KIND", help="coding, layer, stretch, memo or time-mark")
    for made in (merge, recode):
        made.add_argument("references", nargs="+", metavar="REF", help="ids of codings")
    for made in (split, extend, duplicate):
        made.add_argument("reference", metavar="REF", help="its id")
    split.add_argument("--at", required=True, type=int, metavar="N", help="the second begins with this code point")
    for name in ("start", "end"):
        extend.add_argument(
            f"--{name}", type=int, default=0, metavar="N", help=f"move the {name} outward by so many; inward below 0"
        )
    extend.add_argument("--by", choices=[one.value for one in Piece], default=Piece.WORD.value)
    for made in (duplicate, recode):
        made.add_argument("--code", required=True, metavar="NAME")
    duplicate.add_argument("--coder", metavar="NAME", help="who applies the code; the coder of that one without it")
    duplicate.add_argument("--without-stances", action="store_true", help="only the groups concerned go along")
    return [extend, duplicate, recode]


def merge(options: Namespace) -> None:
    """Make one of several codings."""
    from polyvocal.services.commands.recoding import merge_codings

    _act(options, lambda file: merge_codings(file, options.references))


def split(options: Namespace) -> None:
    """Make two of a coding."""
    from polyvocal.services.commands.recoding import split_coding

    _act(options, lambda file: split_coding(file, options.reference, options.at))


def extend(options: Namespace) -> None:
    """Move the ends of what has ends."""
    from polyvocal.services.commands.ends import extend_ends

    _act(
        options,
        lambda file: extend_ends(
            file, options.kind, options.reference, start=options.start, end=options.end, by=Piece(options.by)
        ),
    )


def duplicate(options: Namespace) -> None:
    """Code the same passage with another code."""
    from polyvocal.domain.records import Concern
    from polyvocal.services.commands.recoding import PARTS, duplicate_coding

    along = (Concern,) if options.without_stances else PARTS
    _act(
        options,
        lambda file: duplicate_coding(file, options.reference, options.code, coder=options.coder, along=along),
    )


def recode(options: Namespace) -> None:
    """Give codings another code."""
    from polyvocal.cli import output
    from polyvocal.services.commands import recoding

    changes = _act(options, lambda file: recoding.recode(file, options.references, options.code))
    there = recoding.were_so_already(changes, options.references)
    if there and changes.kinds:
        output.say(f"coded so already, and left as it was: {there}")


def _act(options: Namespace, command: "Callable[[ProjectFile], ChangeSet]") -> "ChangeSet":
    """Do it, and show what is coded now."""
    from polyvocal.cli import changing

    with changing.opened(options) as project:
        changes = command(project)
        changing.tell(
            project, options, changes, "coding", [] if changes.kinds else ["nothing was changed: it was so already"]
        )
        changing.show_codings(project, changes)
    return changes
