"""Commands on the versions of a text: correct it, add to it later, list its versions, show one."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from polyvocal.domain.errors import UserError

if TYPE_CHECKING:
    from polyvocal.domain.changes import ChangeSet
    from polyvocal.services.queries.versions import VersionRow
    from polyvocal.store.file import ProjectFile
    from polyvocal.store.view import View

COLUMNS: tuple[str, ...] = (
    "id",
    "source_title",
    "number",
    "created_at",
    "corrected_by",
    "reason",
    "words",
    "removed",
    "inserted",
    "dated",
)
"""What a list of versions shows at a terminal."""


def declare(parser: ArgumentParser) -> None:
    """The words of `polyvocal correct`."""
    parser.add_argument("source", metavar="SOURCE", help="its id, or its title where only one bears it")
    for name, kind, metavar, meaning in (
        ("start", int, "N", "first code point of the words that give way, from 0"),
        ("end", int, "N", "the code point after their last"),
        ("words", str, "TEXT", "what stands in their place; may be empty"),
    ):
        parser.add_argument(
            f"--{name}", required=True, action="append", type=kind, metavar=metavar,
            help=f"{meaning}; --start, --end and --words may be repeated together",
        )  # fmt: skip
    parser.add_argument("--by", metavar="NAME", help="who corrects it")
    parser.add_argument("--reason", metavar="TEXT", help="why")


def declare_addition(kind: Callable[..., ArgumentParser]) -> None:
    """The words of `polyvocal add PROJECT addition`."""
    addition = kind("addition", "what an observer adds to a text later; it is dated, and shown apart")
    addition.add_argument("--source", required=True, metavar="REF")
    addition.add_argument("--words", required=True, metavar="TEXT", help="what is added")
    addition.add_argument("--observer", required=True, metavar="NAME", help="who wrote the source, and adds to it")
    addition.add_argument("--dated", required=True, metavar="DAY", help="when that was: 2024-06-03")
    addition.add_argument("--at", type=int, metavar="N", help="before this code point; without it as a last paragraph")
    addition.add_argument("--by", metavar="NAME", help="who enters it")
    addition.add_argument("--reason", metavar="TEXT", help="why")


def correct(options: Namespace) -> None:
    """Make a corrected version of a source; every coding follows its words."""
    from polyvocal.cli import changing
    from polyvocal.services.commands.sources import correct_source

    if not len(options.start) == len(options.end) == len(options.words):
        raise UserError("each --start has one --end and one --words: say all three for every place")
    edits = list(zip(options.start, options.end, options.words, strict=True))
    with changing.opened(options) as project:
        changes = correct_source(project, source=options.source, edits=edits, by=options.by, reason=options.reason)
        warnings = _overtaken(project, options.source) if changes.kinds else ["nothing was changed: it is so already"]
        changing.tell(project, options, changes, "source_version", warnings)


def _overtaken(project: "ProjectFile", source: str) -> list[str]:
    """What there is to say of corrections of a source that were begun in the window and not saved."""
    from polyvocal.domain.text import shown
    from polyvocal.services.queries.drafts import list_drafts
    from polyvocal.services.references import kind_named, resolve

    with project.view() as view:
        drafts = list_drafts(view, resolve(view, kind_named("source"), source).id)
    return [
        f"a correction of {shown(one.title)}{f' by {one.by}' if one.by else ''} was begun in the window and not saved: "
        "it can be read there, but not continued, since the text has another version now"
        for one in drafts
    ]


def add_addition(project: "ProjectFile", o: Namespace) -> tuple[str, "ChangeSet"]:
    """Put words into the newest version of a text, as an observer's later addition."""
    from polyvocal.domain.editmap import apply_edits
    from polyvocal.domain.records import Source, SourceVersion
    from polyvocal.domain.text import normalise, shown
    from polyvocal.domain.versions import current
    from polyvocal.services.commands.correcting import Corrected, Later, save_correction
    from polyvocal.services.references import kind_named, resolve

    with project.view() as view:
        source: Source = resolve(view, kind_named("source"), o.source)
        newest = current(view.find(SourceVersion, source=source.id))
        old = view.text(newest.text_hash)
    words = normalise(o.words)[0]
    if o.at is None and not old.endswith("\n"):
        words = f"\n{words}"
    at = len(old) if o.at is None else o.at
    if not 0 <= at <= len(old):
        raise UserError(f"{shown(source.title)} has {len(old):,} code points: nothing can be added at {at:,}")
    text, edits = apply_edits(old, [(at, at, words)])
    return "addition", save_correction(
        project,
        source=str(source.id),
        corrected=Corrected(newest.id, text, edits),
        by=o.by,
        reason=o.reason,
        later=Later(o.observer, o.dated),
    )


def versions(view: "View", sources: list[str]) -> list["VersionRow"]:
    """The versions of some sources, or of all, oldest first."""
    from polyvocal.domain.records import Source
    from polyvocal.services.queries.versions import list_versions
    from polyvocal.services.references import kind_named, resolve

    wanted: list[Source] = (
        [resolve(view, kind_named("source"), one) for one in sources] if sources else view.all(Source)
    )
    return [row for source in wanted for row in list_versions(view, source.id)]


def whole_version(view: "View", reference: str) -> dict[str, Any]:
    """A version with its text."""
    from polyvocal.services.queries.versions import list_versions, need_version

    version = need_version(view, reference)
    row = next(one for one in list_versions(view, version.source) if one.id == version.id)
    return {**row._asdict(), "text": view.text(version.text_hash)}
