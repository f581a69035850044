"""The options by which passages are chosen."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from polyvocal.domain.memos import FREE, PASSAGE, MemoFilter
from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.words import MemoKind, Phase, SourceKind, Standing
from polyvocal.services.choice import CHOICES, choose
from polyvocal.services.references import kind_named
from polyvocal.store.view import View

_FIXED: dict[str, list[str]] = {
    "phase": [*map(str, Phase)],
    "source_kind": [*map(str, SourceKind)],
}


def option(name: str) -> str:
    """What a choice is called at a terminal."""
    return name.replace("_", "-")


def add_filters(parser: ArgumentParser, *, standings: Sequence[str] = (*Standing,)) -> None:
    """Give a command the options that choose passages. Each may be given several times.

    `standings` are what --standing takes: where divergences are listed, theirs too.
    """
    fixed = {**_FIXED, "standing": [*map(str, standings)]}
    group = parser.add_argument_group("which passages (an option may be repeated: any of the values will do)")
    for name, meaning in CHOICES.items():
        group.add_argument(f"--{option(name)}", action="append", default=[], choices=fixed.get(name), help=meaning)


def chosen(view: View, options: Namespace) -> PassageFilter:
    """The filter that the options mean. Raises UserError for a name that nothing bears."""
    return choose(view, {name: getattr(options, name) for name in CHOICES})


_MEMOS = {
    "memo-kind": "of this kind",
    "author": "written by this person",
    "about": "about such a thing: code, coding, passage, free ...",
    "words": "that hold all of these words",
}
MEMOS = tuple(name.replace("-", "_") for name in _MEMOS)
"""The options that choose memos."""


def add_memo_filters(parser: ArgumentParser) -> None:
    """Give a command the options that choose memos."""
    group = parser.add_argument_group("which memos (an option may be repeated)")
    for name, meaning in _MEMOS.items():
        kinds = [*map(str, MemoKind)] if name == "memo-kind" else None
        group.add_argument(f"--{name}", action="append", default=[], choices=kinds, help=meaning)


def memos_chosen(options: Namespace) -> MemoFilter:
    """The memos that the options choose. UserError for a kind of thing that there is not."""
    about = {one if one in (FREE, PASSAGE) else kind_named(one).singular for one in options.about}
    return MemoFilter(
        frozenset(options.memo_kind), frozenset(options.author), frozenset(about), " ".join(options.words)
    )
