"""The options of the command that takes in files: what is said of all of them, and what is done with some."""

from argparse import ArgumentParser
from enum import StrEnum

from polyvocal.domain.words import Phase, SourceKind, Standing


def words(vocabulary: type[StrEnum]) -> list[str]:
    """The words of a vocabulary, as a person types and reads them."""
    return [one.value for one in vocabulary]


def add_import_options(take_in: ArgumentParser) -> None:
    """Give the command its options. One that is said goes before what a file says of itself."""
    take_in.add_argument(
        "files", nargs="+", metavar="FILE", help="also a folder with all that is in it, or a .zip; - is standard input"
    )
    take_in.add_argument("--kind", choices=words(SourceKind), help="fieldnote, unless the file says otherwise")
    take_in.add_argument(
        "--observer", action="append", default=[], metavar="NAME", help="who wrote it; may be repeated"
    )
    take_in.add_argument("--standing", choices=words(Standing), help="from where the observer writes")
    take_in.add_argument("--position", metavar="TEXT", help="where the observer was in the room")
    take_in.add_argument("--event", metavar="TITLE", help="the event that it is about")
    take_in.add_argument("--session", metavar="TITLE", help="the session of the event that it is about")
    take_in.add_argument("--phase", choices=words(Phase), help="before, during or after the event")
    take_in.add_argument("--title", help="instead of the file's name")
    take_in.add_argument("--note", metavar="REF", help="for jottings: the note that was written from them")
    take_in.add_argument("--written-at", metavar="TIME", help="when it was written: 2024-05-14 or 2024-05-14T21:30")
    take_in.add_argument("--observed-from", metavar="TIME", help="when the observing began")
    take_in.add_argument("--observed-to", metavar="TIME", help="when it ended")
    take_in.add_argument(
        "--pattern",
        metavar="PATTERN",
        help='how names of files are to be read: "{observer} {date} {session}", "{phase}/{any}_{observer}"',
    )
    take_in.add_argument(
        "--columns",
        action="append",
        default=[],
        metavar="WHAT=NAME",
        help="of tables, in which each row is a source: what a column is: text=Notes, observer=Who, attribute=Mood",
    )
    take_in.add_argument("--no-header", action="store_true", help="of tables: no row names the columns (A, B, C …)")
    take_in.add_argument("--sheet", metavar="NAME", help="of workbooks: the sheet that is read")
    take_in.add_argument("--encoding", metavar="NAME", help="of text files, where it is not found out rightly")
    take_in.add_argument(
        "--changed",
        choices=("separate", "new-version", "leave-out"),
        default="separate",
        help="what becomes of a file that seems to be a changed state of a source that is there",
    )
    take_in.add_argument("--leave-out", action="store_true", help="leave out files that cannot be read, and go on")
    take_in.add_argument("--dry-run", action="store_true", help="show what is found about each file; import nothing")
