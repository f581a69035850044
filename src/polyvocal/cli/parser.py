"""The words that every command of the terminal takes."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence

import polyvocal
from polyvocal.cli import attributes, codes, comparing, correcting, examples, moments, recoding, scoring
from polyvocal.cli.import_options import add_import_options, words
from polyvocal.domain.text import shown
from polyvocal.domain.words import (
    Approach,
    CodeKind,
    DivergenceStanding,
    Doing,
    LayerName,
    MemoKind,
    Phase,
    RoleName,
    StanceName,
    Standing,
)

Maker = Callable[..., ArgumentParser]


class AnyOrder(ArgumentParser):
    """Takes options wherever they stand, also between the words that have a place: argparse does not by itself where
    one of these may be left out."""

    _parts = False

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: Namespace | None = None
    ) -> tuple[Namespace, list[str]]:
        """As argparse does; where it takes a line in two parts, it comes here again for each.

        Of a line with "--" it would forget in the first part what stands behind that, so such a line is taken in one.
        """
        if self._parts or self._subparsers is not None or "--" in (args or ()):
            return super().parse_known_args(args, namespace)
        self._parts = True
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._parts = False


def parser_of_commands() -> tuple[ArgumentParser, frozenset[str]]:
    """What takes the words of a command line, and the names of all commands; none of them has a dot."""
    parser = AnyOrder(
        prog="polyvocal",
        description="Qualitative data analysis for teams of ethnographers: who wrote what, who coded it, and what "
        "different observers saw.",
        usage="polyvocal [PROJECT]          open the window\n       polyvocal COMMAND PROJECT ...",
        epilog="Start with `polyvocal`, which opens the window, or with `polyvocal sample sample.polyvocal`. Every "
        "command shows an example with --help.",
    )
    parser.add_argument("--version", action="version", version=f"polyvocal {polyvocal.__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    names: set[str] = set()

    def command(name: str, run: str, summary: str, *, project: str = "PROJECT") -> ArgumentParser:
        names.add(name)
        made: ArgumentParser = commands.add_parser(
            name,
            help=summary,
            description=summary[0].upper() + summary[1:] + ".",
            epilog=examples.epilog(name),
            formatter_class=RawDescriptionHelpFormatter,
        )
        made.set_defaults(run=run)
        made.add_argument("project", metavar=project, help="the project file, NAME.polyvocal")
        return made

    _changing(command)
    _looking(command)
    _writing(command)
    tour = commands.add_parser(
        "tour",
        help="do the main job on the sample and write what comes of it to FOLDER",
        epilog=examples.epilog("tour"),
        formatter_class=RawDescriptionHelpFormatter,
    )
    tour.add_argument("folder", metavar="FOLDER", help="made if it is not there")
    tour.set_defaults(run="exporting:tour")
    names.add("tour")
    return parser, frozenset(names)


def _count(word: str) -> int:
    if not word.isdecimal() or not 0 < int(word[:9]) == int(word[:19]):
        raise ArgumentTypeError(f"{shown(word)} is not a number from 1 to 999999999")
    return int(word)


def _json(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")


def _force(parser: ArgumentParser) -> None:
    parser.add_argument("--force", action="store_true", help="replace a file that is there already")


def _acting(parser: ArgumentParser, meaning: str = "the person who does this, for the history") -> None:
    parser.add_argument("--as", dest="acting", metavar="NAME", help=meaning)


def _changing(command: Maker) -> None:
    new = command("new", "changing:new", "make a project")
    new.add_argument("--title", required=True, help="what the study is called")
    new.add_argument("--approach", choices=words(Approach), help="undeclared without it, and treated as reflexive")
    _json(new)

    take_in = command("import", "changing:import_", "take in files as sources; they may say themselves who wrote them")
    add_import_options(take_in)
    _acting(take_in)
    _json(take_in)

    _adding(command("add", "changing:add", "enter a code, a coding, a person, a session and so on"))

    change = command("change", "changing:change", "set fields of a thing to other words")
    change.add_argument(
        "kind",
        metavar="KIND",
        help="code, person, group, event, session, memo, source, stretch, layer, time-mark, addition ...",
    )
    change.add_argument("reference", metavar="REF", help="its id, or its name where only one bears it")
    change.add_argument("--set", action="append", required=True, metavar="FIELD=VALUE", help="may be repeated")
    change.add_argument("--reason", metavar="TEXT", help="of a code: why, for its history")
    _acting(change)
    _json(change)

    correct = command("correct", "correcting:correct", "correct the words of a source; its codings follow")
    correcting.declare(correct)
    _acting(correct)
    _json(correct)

    merge = _kinds(command("merge", "", "make one of several codings, or of several codes"), "merge")
    split = _kinds(command("split", "", "make two of one coding, or of one code"), "split")
    for made in (*recoding.declare(command, merge, split), codes.declare(command, merge, split)):
        _acting(made)
        _json(made)

    remove = command("remove", "changing:remove", "remove a thing that nothing else needs; undo brings it back")
    remove.add_argument(
        "kind", metavar="KIND", help="coding, stance, memo, code, person, stretch, layer, time-mark, addition ..."
    )
    remove.add_argument("reference", metavar="REF", help="its id, or its name where only one bears it")
    _acting(remove)
    _json(remove)

    for name, summary in (
        ("undo", "undo the newest operation that stands, also after closing the program"),
        ("redo", "do again what was undone last"),
    ):
        made = command(name, f"changing:{name}", summary)
        _acting(made, "only what this person did")
        _json(made)


def _kinds(parser: ArgumentParser, verb: str) -> Maker:
    """What makes the part of a command that is about one kind of thing; who acts is told there."""
    kinds = parser.add_subparsers(dest="kind", metavar="KIND", required=True)

    def kind(name: str, summary: str, run: str = "") -> ArgumentParser:
        made: ArgumentParser = kinds.add_parser(
            name,
            help=summary,
            description=summary[0].upper() + summary[1:] + ".",
            epilog=examples.epilog(f"{verb} {name}"),
            formatter_class=RawDescriptionHelpFormatter,
        )
        if run:
            made.set_defaults(run=run)
        _acting(made)
        _json(made)
        return made

    return kind


def _adding(parser: ArgumentParser) -> None:
    kind = _kinds(parser, "add")
    _adding_codes(kind)
    _adding_setting(kind)
    _adding_notes(kind)
    _adding_parts(kind)
    attributes.declare(kind)
    codes.declare_import(kind)
    correcting.declare_addition(kind)
    moments.declare(kind)


def _adding_codes(kind: Maker) -> None:
    code = kind("code", "a code of the codebook")
    code.add_argument("name", metavar="NAME")
    code.add_argument("--parent", metavar="NAME", help="the code above it")
    code.add_argument("--kind", dest="code_kind", choices=words(CodeKind), default=CodeKind.CODE)
    for name in ("definition", "use-when", "not-when", "example"):
        code.add_argument(f"--{name}", metavar="TEXT")
    code.add_argument("--colour", metavar="#RRGGBB", help="the next of the palette without it")

    coding = kind("coding", "a coding: a passage of a source gets a code from a coder")
    coding.add_argument("--source", required=True, metavar="REF")
    for name, meaning in (
        ("start", "first code point of the passage, from 0"),
        ("end", "the code point after its last"),
    ):
        coding.add_argument(
            f"--{name}", required=True, action="append", type=int, metavar="N",
            help=f"{meaning}; --start and --end may be repeated together",
        )  # fmt: skip
    coding.add_argument("--code", required=True, action="append", metavar="NAME", help="may be repeated")
    coding.add_argument("--coder", required=True, metavar="NAME", help="who applies the code")
    coding.add_argument("--concerns", action="append", default=[], metavar="GROUP", help="whom it is about; repeatable")
    _stance(coding, required=False)
    coding.add_argument("--memo", metavar="TEXT", help="a memo about the coding, by its coder")

    codings = kind("codings", "very many codings at once: one JSON object a line")
    codings.add_argument("file", metavar="FILE", help="lines with source, start, end, code, coder; - is standard input")

    stance = kind("stance", "a stance on a coding: who does what to which term")
    stance.add_argument("--coding", required=True, metavar="REF")
    _stance(stance, required=True)


def _adding_setting(kind: Maker) -> None:
    person = kind("person", "a person, by a pseudonym")
    person.add_argument("name", metavar="NAME")
    person.add_argument("--role", action="append", default=[], choices=words(RoleName), help="may be repeated")
    person.add_argument("--standing", choices=words(Standing), help="for an observer")
    person.add_argument("--group", action="append", default=[], metavar="NAME", help="belongs to it; may be repeated")
    person.add_argument("--description", metavar="TEXT")

    group = kind("group", "a constituent group: a ward team, the researchers, the lay panel")
    group.add_argument("name", metavar="NAME")
    group.add_argument("--within", action="append", default=[], metavar="GROUP", help="lies within it; may be repeated")
    group.add_argument("--description", metavar="TEXT")

    event = kind("event", "a gathering with a place and a time")
    event.add_argument("title", metavar="TITLE")
    event.add_argument("--series", metavar="TITLE")
    event.add_argument("--place", metavar="TEXT")
    event.add_argument("--zone", metavar="ZONE", help="its time zone, such as Europe/London")
    event.add_argument("--starts", metavar="TIME", help="2024-05-14 or 2024-05-14T09:30")
    event.add_argument("--ends", metavar="TIME")

    session = kind("session", "a part of an event")
    session.add_argument("title", metavar="TITLE")
    session.add_argument("--event", required=True, metavar="TITLE")
    session.add_argument("--place", metavar="TEXT")
    session.add_argument("--starts", metavar="TIME")
    session.add_argument("--ends", metavar="TIME")
    session.add_argument("--unscheduled", action="store_true", help="it just happened: a corridor, a journey")

    presence = kind("presence", "who was (or was not) in a session")
    presence.add_argument("--person", required=True, metavar="NAME")
    presence.add_argument("--session", required=True, metavar="TITLE")
    presence.add_argument("--event", metavar="TITLE")
    presence.add_argument("--doing", choices=words(Doing), default=Doing.OBSERVING)
    presence.add_argument("--place", metavar="TEXT", help="where in it: a table, a corner")

    term = kind("term", "a term of collaboration: a condition on which people work together")
    term.add_argument("name", metavar="NAME")
    term.add_argument("--definition", metavar="TEXT")


def _adding_notes(kind: Maker) -> None:
    memo = kind("memo", "a memo about anything, or free")
    memo.add_argument("text", metavar="TEXT", help="- is standard input")
    memo.add_argument("--kind", dest="memo_kind", choices=words(MemoKind), default=MemoKind.IN_PROCESS)
    memo.add_argument("--title", metavar="TEXT")
    memo.add_argument("--author", metavar="NAME")
    memo.add_argument("--about", nargs=2, metavar=("KIND", "REF"), help="what it is about: code 'means of protest'")

    reading = kind("reading", "how far a coder has read a source")
    reading.add_argument("--source", required=True, metavar="REF")
    reading.add_argument("--coder", required=True, metavar="NAME")
    reading.add_argument("--to", type=int, metavar="N", help="read to this code point; all of it without this option")


def _adding_parts(kind: Maker) -> None:
    stretch = kind("stretch", "a stretch: a part of a text that is about another session or phase than the whole")
    _span(stretch)
    stretch.add_argument("--event", metavar="TITLE", help="the source's own without it")
    stretch.add_argument("--session", metavar="TITLE")
    stretch.add_argument("--phase", choices=words(Phase))

    stretches = kind("stretches", "cut a whole text into stretches, in place of those about the event that it has")
    stretches.add_argument("--source", required=True, metavar="REF")
    stretches.add_argument("--event", metavar="TITLE", help="the source's own without it")
    stretches.add_argument(
        "--from", dest="by", required=True, choices=("headings", "times"),
        help="headings that name sessions or phases, or the times marked in the text",
    )  # fmt: skip

    layer = kind("layer", "a layer: what kind of writing a span is")
    _span(layer)
    layer.add_argument("--layer", required=True, choices=words(LayerName))

    layers = kind("layers", "mark what the text itself says: quotation marks, brackets, 'OC:', headings")
    layers.add_argument("--source", required=True, metavar="REF")
    layers.add_argument("--proposed", action="store_true", required=True, help="all that is proposed")
    layers.add_argument("--layer", action="append", default=[], choices=words(LayerName), help="only these; repeatable")

    mark = kind("time-mark", "a time mark: a time that stands in a text, from which it is placed in time")
    _span(mark)
    mark.add_argument("--clock", metavar="HH:MM", help="the time, in the event's zone")
    mark.add_argument("--until", metavar="HH:MM", help="where a range is named, its end")
    mark.add_argument("--day", metavar="YYYY-MM-DD", help="where the text does not tell the day")
    mark.add_argument(
        "--kind", dest="mark_kind", choices=("clock", "elapsed"), default="clock",
        help="elapsed: H:MM:SS since the recording began",
    )  # fmt: skip
    mark.add_argument("--none", action="store_true", help="what stands there is no time: it is offered no more")

    marks = kind("time-marks", "take the times that a text says at the beginning of a line or a sentence")
    marks.add_argument("--source", required=True, metavar="REF")
    marks.add_argument("--all", action="store_true", help="also those that may only be spoken of, and doubtful ones")


def _span(parser: ArgumentParser) -> None:
    parser.add_argument("--source", required=True, metavar="REF")
    parser.add_argument("--start", required=True, type=int, metavar="N", help="its first code point, from 0")
    parser.add_argument("--end", required=True, type=int, metavar="N", help="the code point after its last")


def _stance(parser: ArgumentParser, *, required: bool) -> None:
    parser.add_argument("--by", required=required, metavar="ACTOR", help="the group or person who takes the stance")
    parser.add_argument("--stance", required=required, choices=words(StanceName))
    parser.add_argument("--term", required=required, metavar="TERM")
    parser.add_argument("--toward", metavar="NAME", help="the group or person toward whom")


def _looking(command: Maker) -> None:
    from polyvocal.cli.filters import add_filters

    _json(command("info", "looking:info", "what is in the project"))

    listed = command("list", "looking:list_", "one kind of thing, all of it")
    listed.add_argument(
        "kind",
        metavar="KIND",
        help="sources, observers, coders, people, groups, series, events, sessions, presence, terms, codes, codings, "
        "stances, memos, readings, stretches, layers, additions, attributes, values, versions, moments, anchors, "
        "divergences (--standing open), comparisons, time-marks (with --source REF also the times found in it)",
    )
    _json(listed)
    add_filters(listed, standings=[*Standing, *DivergenceStanding])

    show = command("show", "looking:show", "one thing, whole; a source with its text")
    show.add_argument("kind", metavar="KIND", help="source, code, coding, person, session, memo ...")
    show.add_argument("reference", metavar="REF", help="its id, or its name where only one bears it")
    _json(show)

    compare, score = comparing.declare(command), scoring.declare(command)
    _acting(compare)
    for table in (compare, score):
        _force(table)
        _json(table)

    search = command("search", "looking:search", "where words occur")
    search.add_argument("query", metavar="QUERY", help='all of these words, "a phrase", beginnings with *')
    search.add_argument("--limit", type=_count, default=50, metavar="N", help="at most so many places (50)")
    _json(search)

    history = command("history", "looking:history", "every operation, newest first")
    history.add_argument("--limit", type=_count, metavar="N", help="only the newest N")
    history.add_argument("--code", metavar="REF", help="what became of this code: who changed what in it, and why")
    _json(history)

    _json(command("check", "looking:check", "is the file whole, is the history unbroken; what is wrong, and where"))


def _writing(command: Maker) -> None:
    from polyvocal.cli.filters import add_filters, add_memo_filters

    export = command("export", "exporting:export", "the codebook, passages, cases or a fieldnote template, into a file")
    export.add_argument(
        "what",
        choices=(
            "codebook", "excerpts", "memos", "original", "attributes", "template",
            "moment", "divergence", "side-by-side",
        ),
        help="original: the file of --source; template: a fieldnote to fill in, for an --event, for an --observer; "
        "moment, divergence (with its REF) and side-by-side (chosen passages): a column an observer, to read together",
    )  # fmt: skip
    export.add_argument("reference", metavar="REF", nargs="?", help="which moment or divergence")
    export.add_argument(
        "file",
        metavar="FILE",
        help="codebook: .docx .xlsx .csv .md .html; excerpts: .csv .md .docx; memos: .docx .md .xlsx; attributes: .csv "
        ".xlsx; template: .docx .md; moment, divergence, side-by-side: .docx; original: as it was imported",
    )
    export.add_argument(
        "--group-by",
        choices=("code", "observer", "coder", "phase", "source", "session", "event", "standing"),
        help="for excerpts",
    )
    export.add_argument("--of", metavar="KIND", help="for attributes: person, group, source, event or session")
    add_filters(export)
    add_memo_filters(export)
    _force(export)

    backup = command("backup", "exporting:backup", "a whole copy of the project at one moment")
    backup.add_argument("file", metavar="FILE", help="must not be there yet")

    command("sample", "exporting:sample", "write the sample project to PROJECT")
