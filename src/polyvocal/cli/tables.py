"""The options of the commands that make tables of what is coded: compare, score."""

from argparse import ArgumentParser
from collections.abc import Callable

from polyvocal.cli.filters import add_filters

_DIMENSIONS = (
    "code", "coder", "observer", "standing", "source", "event", "session", "phase", "group", "actor", "stance", "term",
)  # fmt: skip
_MEASURES = ("passages", "sources", "characters", "share")


def declare_tables(command: Callable[..., ArgumentParser]) -> None:
    """Declare the commands; `command` makes one of its name, what it runs, and a summary."""
    compare = command("compare", "looking:compare", "a table of what different observers wrote, as coded")
    compare.add_argument("--rows", choices=_DIMENSIONS, help="code without it (observer, if the columns are code)")
    compare.add_argument("--columns", choices=_DIMENSIONS, help="observer without it (code, if the rows are observer)")
    compare.add_argument("--measure", choices=_MEASURES, default="passages")
    _tabular(compare)

    score = command("score", "scoring:score", "the passages of one event in time, a row a passage and observer")
    score.add_argument("of", metavar="EVENT", help="the event: its title, or its id")
    _tabular(score)


def _tabular(parser: ArgumentParser) -> None:
    parser.add_argument("--out", metavar="FILE", help=".csv .md .docx .xlsx .html")
    parser.add_argument("--force", action="store_true", help="replace a file that is there already")
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    add_filters(parser)
