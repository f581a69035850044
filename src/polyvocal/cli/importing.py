"""The command that takes in files: what each says of itself, what the options say, and the report of it."""

import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

from polyvocal.cli import output
from polyvocal.domain.errors import PolyvocalError, UserError
from polyvocal.domain.text import counted, shown
from polyvocal.exchange.about.account import Account
from polyvocal.exchange.about.batch import find_in_all
from polyvocal.exchange.about.columns import decide_columns
from polyvocal.exchange.about.file_name import FileName
from polyvocal.exchange.about.found import Field, Found, Said, about_of
from polyvocal.exchange.about.rows import Manner, accounts_in
from polyvocal.exchange.about.settling import KnownNames
from polyvocal.exchange.readers import gather
from polyvocal.exchange.readers.folder import LeftOut, Why
from polyvocal.exchange.readers.given import GivenFile
from polyvocal.services.commands.incoming import About, Incoming, Note, Renewal
from polyvocal.services.commands.setting import checked_time
from polyvocal.services.commands.sources import ImportResult, import_all
from polyvocal.services.queries.known import ALIKE, Candidate, Earlier, earlier_states, titles_of_texts
from polyvocal.services.queries.names import names_of
from polyvocal.services.references import folded
from polyvocal.store.file import ProjectFile
from polyvocal.store.view import View

BY_OPTION = "said with an option"
_OPTIONS = {
    Field.KIND: "kind",
    Field.OBSERVERS: "observer",
    Field.STANDING: "standing",
    Field.POSITION: "position",
    Field.EVENT: "event",
    Field.SESSION: "session",
    Field.PHASE: "phase",
    Field.NOTE: "note",
    Field.TITLE: "title",
}
_TIMES = (Field.OBSERVED_FROM, Field.OBSERVED_TO, Field.WRITTEN_AT)
_LISTS = frozenset({Field.OBSERVERS, Field.PRESENT})
_LISTED = 20
_COLUMNS = ("file", "title", "kind", "observers", "event", "session", "phase", "observed_from", "outcome")


@dataclass(slots=True)
class File:
    """One file on its way: what was read, what is said of it, and what came, or would come, of it."""

    given: GivenFile
    account: Account | None = None
    fault: PolyvocalError | None = None
    found: Found = field(default_factory=Found)
    same_as: str | None = None
    earlier: Earlier | None = None
    notes: tuple[Note, ...] = ()
    aside: tuple[Note, ...] = ()
    """What is told besides, and is of no one source."""
    source: int | None = None
    outcome: str = "imported"
    reason: str | None = None

    @property
    def incoming(self) -> Incoming:
        """The text, under the title that is said of it."""
        assert self.account is not None
        title = self.found.values.get(Field.TITLE)
        return replace(self.account.incoming, title=title[0]) if title else self.account.incoming

    @property
    def is_to_come(self) -> bool:
        """Whether it is given to the project, which may know it already."""
        return self.account is not None and self.outcome != "left out"

    @property
    def shown(self) -> str:
        """Its name with its folders; of a row of a table also which row it is."""
        name = self.account.incoming.file_name if self.account is not None else None
        return f"{self.given.folder}/{name}" if self.given.folder and name else name or self.given.shown

    @property
    def row(self) -> dict[str, Any]:
        """What the report says of it."""
        values = self.found.values
        told = {
            str(name): list(values.get(name, ())) if name in _LISTS else next(iter(values.get(name, ())), None)
            for name in Field
        }
        if self.account is not None:
            told["title"] = self.incoming.title
            told["kind"] = told["kind"] or str(About().kind)
        incoming = self.account.incoming if self.account is not None else None
        return {
            "file": self.shown,
            "source": str(self.source) if self.source is not None else None,
            **told,
            "attributes": dict(incoming.attributes) if incoming else {},
            "encoding": incoming.encoding if incoming else None,
            "encoding_by": str(incoming.encoding_by) if incoming and incoming.encoding_by else None,
            "origin": {str(name): str(said.origin) for name, said in self.found.said.items()},
            "doubts": [doubt.sentence for doubt in self.found.doubts],
            "notes": [
                {"fate": str(one.fate), "what": one.what, "how_many": one.how_many, "detail": one.detail}
                for one in self.notes
            ],
            "outcome": self.outcome,
            "reason": self.reason,
        }


def read_files(options: Namespace) -> tuple[list[File], tuple[LeftOut, ...]]:
    """Read what is given, files, folders and .zip files; and what in folders is not read.

    Raises UserError, or another fault where all are of that kind, naming each file that cannot be read, unless these
    are to be left out.
    """
    gathered = gather([Path(name) for name in options.files])
    files = [one for given in gathered.files for one in _read(given, options)]
    if options.title and len(files) > 1:
        raise UserError("--title names one file; several bear the names of their files")
    faults = [one.fault for one in files if one.fault is not None]
    if faults and not (options.leave_out or options.dry_run):
        kind = UserError if any(isinstance(fault, UserError) for fault in faults) else type(faults[0])
        listed = [f"  {one}" for one in faults]
        more = ["With --leave-out the others are imported."] if len(faults) < len(files) else []
        raise kind("\n".join(["nothing was imported, since not every file can be read:", *listed, *more]))
    if not files:
        why = told_of_left_out(gathered.left_out)
        more = [f"and {len(why) - _LISTED:,} more"] if len(why) > _LISTED else []
        nothing = "nothing was imported: there is no file that can be read in what was given"
        raise UserError("\n  ".join([nothing, *why[:_LISTED], *more]))
    return files, gathered.left_out


def _read(given: GivenFile, options: Namespace) -> list[File]:
    """A file, or of a table one for each row; rows without text are told by the first."""
    manner = Manner(
        encoding=options.encoding,
        sheet=options.sheet,
        has_header=not options.no_header,
        columns=partial(decide_columns, given=options.columns),
    )
    try:
        rows = accounts_in(given, manner)
    except PolyvocalError as fault:
        return [File(given, fault=fault, outcome="refused", reason=str(fault))]
    files = [File(given, account) for account in rows.accounts]
    if rows.without_text:
        numbers = ", ".join(map(str, rows.without_text))
        files[0].aside = (Note("row without text", len(rows.without_text), f"rows {numbers} of {given.shown}"),)
    return files


def told_of_left_out(left_out: Sequence[LeftOut]) -> list[str]:
    """What in folders is not read; what the system keeps there is not worth telling."""
    return [f"{one.shown}: left out, {one.sentence or one.why}" for one in left_out if one.why is not Why.HIDDEN]


def look_at(files: Sequence[File], options: Namespace, view: View) -> None:
    """Find out what is said of each file, which are there already, and which seem to be there in an older state."""
    said = _said(options)
    read = [one for one in files if one.account is not None]
    accounts = [(account, FileName.of(one.given)) for one in read if (account := one.account) is not None]
    together = find_in_all(accounts, KnownNames(names_of(view)), options.pattern or "")
    for one, (account, _), found in zip(read, accounts, together.found, strict=True):
        one.found, one.notes = _with_options(found, said), account.incoming.notes
    texts = [one.incoming for one in read]
    for one, title in zip(read, titles_of_texts(view, [text.text for text in texts]), strict=True):
        if title is not None:
            one.same_as, one.outcome = title, "known"
            one.reason = f"there already, as {shown(title)}"
    fresh = [one for one in read if one.same_as is None]
    candidates = [
        Candidate(text.text, text.file_name, text.title, one.found.values.get(Field.OBSERVERS, ()))
        for one in fresh
        for text in (one.incoming,)
    ]
    for one, earlier in zip(fresh, earlier_states(view, candidates), strict=True):
        if earlier is None or earlier.alike < ALIKE:
            continue
        one.earlier = earlier
        if options.changed != "separate":
            one.outcome = "new version" if options.changed == "new-version" else "left out"
            one.reason = f"a changed state of {shown(earlier.title)}"


def _said(options: Namespace) -> dict[Field, Said]:
    """What the options say."""
    said: dict[Field, Said] = {}
    for name, option in _OPTIONS.items():
        value = getattr(options, option)
        if value:
            said[name] = Said(tuple(value) if isinstance(value, list) else (value,), BY_OPTION)
    for name in _TIMES:
        time = checked_time(getattr(options, name), f"--{name.replace('_', '-')}")
        if time is not None:
            said[name] = Said((time,), BY_OPTION)
    return said


def _with_options(found: Found, said: Mapping[Field, Said]) -> Found:
    """What is found, where no option says otherwise; standing and position are those of the observers found."""
    kept = dict(found.said)
    by = found.values.get(Field.OBSERVERS, ())
    now_by = said[Field.OBSERVERS].values if Field.OBSERVERS in said else by
    if not now_by or {folded(one) for one in by} not in (set(), {folded(one) for one in now_by}):
        kept.pop(Field.STANDING, None)
        kept.pop(Field.POSITION, None)
    return Found({**kept, **said}, tuple(one for one in found.doubts if one.field not in said))


def take_in(files: Sequence[File], project: ProjectFile) -> ImportResult:
    """Take them in, and note with each what came of it. Ctrl+C takes all of it back, as long as texts are taken in."""
    stopped = Event()

    def before_each(_at: int, _one: Incoming) -> None:
        if stopped.is_set():
            raise KeyboardInterrupt

    try:
        result = import_all(project, _pairs_of(files), before_each=before_each)
    except KeyboardInterrupt:
        stopped.set()
        raise
    except UserError:  # what is in doubt may be why
        output.say(*(told for one in files if one.outcome == "imported" for told in _doubts_of(one)))
        raise
    _take_result(files, result)
    return result


def _pairs_of(files: Sequence[File]) -> list[tuple[Incoming, About | Renewal]]:
    """Each text that is to come in, with what is said of it."""
    return [
        (
            one.incoming,
            Renewal(str(one.earlier.source))
            if one.earlier is not None and one.outcome == "new version"
            else about_of(one.found.values),
        )
        for one in files
        if one.is_to_come
    ]


def _take_result(files: Sequence[File], result: ImportResult) -> None:
    """Note with each file what came of it. Of several that are the same the first came in, and is then known."""
    waiting: dict[tuple[str, str | None, str], list[File]] = {}
    for one in reversed(files):
        if one.is_to_come:
            waiting.setdefault(_key(one.incoming), []).append(one)
    for incoming, source in result.sources:
        one = waiting[_key(incoming)].pop()
        one.source, one.notes, one.outcome = source, incoming.notes, "imported"
    for renewed in result.renewed:
        one = waiting[_key(renewed.incoming)].pop()
        one.source, one.notes, one.outcome = renewed.source, renewed.incoming.notes, "new version"
        one.reason = f"{renewed.title}: {counted(renewed.followed, 'passage')} found again by comparing"
        if renewed.lost:
            words = "; ".join(f"{lost.made}: {shown(lost.words)}" for lost in renewed.lost)
            one.notes += (Note("passage whose words are gone", len(renewed.lost), words),)
    for incoming, title in result.known:
        one = waiting[_key(incoming)].pop()
        one.outcome, one.reason = "known", f"there already, as {shown(title)}"


def _key(incoming: Incoming) -> tuple[str, str | None, str]:
    return incoming.title, incoming.file_name, incoming.text


def warnings_of(files: Sequence[File]) -> Iterator[str]:
    """What there is to say of the files, a sentence each."""
    for one in files:
        name = one.shown
        if one.outcome == "refused":
            yield f"left out, since it cannot be read: {one.reason}"
            continue
        if one.outcome == "known":
            yield (
                f"{name} is {one.reason}: not doubled, and nothing of it was changed (`polyvocal change` sets its "
                "observer, event, session and phase)"
            )
            continue
        if one.outcome == "left out":
            yield f"{name}: left out, {one.reason}"
            continue
        if one.outcome == "new version":
            yield f"{name}: a new version of {one.reason}"
        else:
            if one.earlier is not None:
                yield (
                    f"{name} seems to be a changed state of {shown(one.earlier.title)}: with --changed new-version it "
                    "becomes a new version of that"
                )
            yield from _doubts_of(one)
        told = (*one.aside, *one.notes)
        yield from (f"{name}: {note.what}: {note.detail} ({note.how_many:,})" for note in told)


def _doubts_of(one: File) -> Iterator[str]:
    return (f"{one.shown}: {doubt.sentence}" for doubt in one.found.doubts)


def tell_read(files: Sequence[File]) -> None:
    """Say of each text that came in how long it is, how it was read, and what its file said of itself."""
    for one in files:
        if one.outcome not in ("imported", "new version"):
            continue
        text = one.incoming
        read_as = f", read as {text.encoding}" if text.encoding else ""
        output.say(f"{text.title}: {len(text.text):,} characters{read_as}")
        found = {name: said for name, said in one.found.said.items() if said.origin != BY_OPTION and said.values}
        for name, said in found.items():
            output.say(f"  {str(name).replace('_', ' ')}: {'; '.join(said.values)} ({said.origin})")


def write_dry_run(files: Sequence[File], warnings: Sequence[str], options: Namespace) -> None:
    """Write what an import would do."""
    if options.json:
        output.write_json(
            {"operation": None, "created": [], "warnings": list(warnings), "files": [one.row for one in files]}
        )
        return
    rows = [Namespace(**{name: one.row[name] for name in _COLUMNS}) for one in files]
    sys.stdout.writelines(f"{line}\n" for line in output.table(rows, _COLUMNS))
    output.say(*warnings, "nothing was imported: this was a dry run")
