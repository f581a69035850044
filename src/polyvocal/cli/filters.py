"""The options by which passages are chosen."""

from argparse import ArgumentParser, Namespace

from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.words import Phase, Standing
from polyvocal.services.choice import CHOICES, choose
from polyvocal.store.view import View

_FIXED: dict[str, list[str]] = {"standing": [*map(str, Standing)], "phase": [*map(str, Phase)]}


def add_filters(parser: ArgumentParser) -> None:
    """Give a command the options that choose passages. Each may be given several times."""
    group = parser.add_argument_group("which passages (an option may be repeated: any of the values will do)")
    for name, meaning in CHOICES.items():
        group.add_argument(f"--{name}", action="append", default=[], choices=_FIXED.get(name), help=meaning)


def chosen(view: View, options: Namespace) -> PassageFilter:
    """The filter that the options mean. Raises UserError for a name that nothing bears."""
    return choose(view, {name: getattr(options, name) for name in CHOICES})
