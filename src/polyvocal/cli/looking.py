"""Commands that read: info, list, show, search, history, check."""

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from polyvocal.cli import codes, correcting, moments, output
from polyvocal.cli.filters import chosen, option
from polyvocal.domain.errors import UserError
from polyvocal.domain.moments import Moment
from polyvocal.domain.passages import CodedPassage, PassageFilter
from polyvocal.domain.records import ImportNote, Memo, SourceVersion
from polyvocal.domain.text import counted, shown
from polyvocal.domain.versions import current
from polyvocal.domain.words import DivergenceStanding
from polyvocal.services.choice import CHOICES
from polyvocal.services.queries import attributes, listing
from polyvocal.services.queries.additions import list_additions
from polyvocal.services.queries.comparisons import list_comparisons
from polyvocal.services.queries.divergences import DivergenceFilter, list_divergences
from polyvocal.services.queries.drafts import DraftRow
from polyvocal.services.queries.layers import list_layers
from polyvocal.services.queries.moment_lists import list_anchors, list_moments
from polyvocal.services.queries.moments import MomentAsTold, moment_as_told
from polyvocal.services.queries.offered_times import list_time_marks, list_times_in
from polyvocal.services.queries.passages import coded_passages
from polyvocal.services.queries.steps import step_in_words
from polyvocal.services.queries.stretches import list_stretches
from polyvocal.services.references import Kind, kind_named, resolve
from polyvocal.store.file import ProjectFile, open_project
from polyvocal.store.schema import kind_of
from polyvocal.store.view import View

_LISTS: dict[str, tuple[Callable[[View], list[Any]], tuple[str, ...]]] = {
    "sources": (listing.list_sources, ("id", "title", "kind", "observers", "event", "phase", "words", "codings")),
    "observers": (listing.list_observers, ("id", "name", "standing", "accounts", "words", "sessions")),
    "coders": (listing.list_coders, ("id", "name", "codings", "sources_read", "sources_begun")),
    "people": (listing.list_people, ("id", "name", "roles", "standing", "groups")),
    "groups": (listing.list_groups, ("id", "name", "within", "members")),
    "series": (listing.list_series, ("id", "title", "events")),
    "events": (listing.list_events, ("id", "title", "series", "place", "starts", "ends", "sessions", "sources")),
    "sessions": (listing.list_sessions, ("id", "title", "event", "place", "starts", "ends", "present", "sources")),
    "presence": (listing.list_presence, ("id", "person", "session", "event", "doing", "place")),
    "terms": (listing.list_terms, ("id", "name", "stances", "definition")),
    "codes": (listing.list_codes, ("id", "path", "kind", "codings", "colour", "definition")),
    "stances": (listing.list_stances, ("id", "actor", "stance", "term", "toward", "code", "source_title", "coder")),
    "memos": (listing.list_memos, ("id", "kind", "title", "about_name", "author", "text")),
    "readings": (listing.list_readings, ("id", "coder", "source_title", "state", "read_to", "length")),
    "stretches": (list_stretches, ("id", "source_title", "start", "end", "event", "session", "phase")),
    "layers": (list_layers, ("id", "source_title", "start", "end", "layer", "text")),
    "time-marks": (list_time_marks, ("id", "source_title", "start", "end", "state", "clock", "until", "at", "text")),
    "additions": (list_additions, ("id", "source_title", "start", "end", "observer", "dated", "text")),
    "attributes": (attributes.list_attributes, ("id", "name", "type", "unit", "values", "of")),
    "moments": (list_moments, ("id", "title", "event", "session", "begins", "ends", "told_by", "anchors", "why")),
    "anchors": (list_anchors, ("id", "moment", "source_title", "observers", "start", "end", "text")),
    "divergences": (list_divergences, ("id", "title", "kind", "standing", "explanation", "moment", "observers")),
    "comparisons": (list_comparisons, ("id", "title", "rows", "columns", "measure", "snapshots", "latest_at")),
    "values": (attributes.list_values, ("id", "kind", "case", "attribute", "value", "unit")),
}
_CODING_COLUMNS = ("id", "source_title", "start", "end", "code", "coder", "observers", "phase", "text")
LISTABLE = (*_LISTS, "codings", "versions")
_CHOSEN_BY: dict[str, tuple[str, ...]] = {
    "codings": tuple(CHOICES),
    "versions": ("source",),
    "time-marks": ("source",),
    "divergences": ("standing", "source", "observer", "event"),
    "moments": ("event",),
}
"""By which options what is listed can be chosen."""


def opened(options: Namespace) -> ProjectFile:
    """The project that the options name, for reading; its warnings are said."""
    project = open_project(Path(options.project))
    output.say(*project.warnings)
    return project


def info(options: Namespace) -> None:
    """What is in the project."""
    from polyvocal.services.queries.project import project_info

    with opened(options) as project, project.view() as view:
        found = project_info(view)
    if options.json:
        output.write_json(found)
    else:
        whole = {field.name: getattr(found, field.name) for field in fields(found)}
        output.write_whole({**whole, "drafts": [_draft_told(one) for one in found.drafts]})


def _draft_told(draft: DraftRow) -> str:
    """What somebody was writing and has not saved, on a line."""
    what = "a correction of" if draft.source is not None else "a new text,"
    title = shown(draft.title) if draft.title else "without a title"
    by = f" by {draft.by}" if draft.by else ""
    state = "" if draft.is_open else f"; {draft.state}"
    return f"{what} {title}{by}, kept {output.iso(draft.kept_at)}, not saved{state}"


def list_(options: Namespace) -> None:
    """One kind of thing, all of it."""
    kind = {"persons": "people", "version": "versions"}.get(options.kind, options.kind)
    if kind not in LISTABLE:
        kind = kind_named(kind).plural
    if kind not in LISTABLE:
        raise UserError(f"{kind} are not listed by themselves: use one of {', '.join(LISTABLE)}")
    given = [name for name in CHOICES if getattr(options, name) and name not in _CHOSEN_BY.get(kind, ())]
    if given:
        name = option(given[0])
        raise UserError(f"--{name} chooses codings, not {kind}: say `polyvocal list PROJECT codings --{name} ...`")
    with opened(options) as project, project.view() as view:
        if kind == "codings":
            _list_codings(view, options)
            return
        if kind == "versions":
            rows, columns = correcting.versions(view, options.source), correcting.COLUMNS
        else:
            read, columns = _LISTS[kind]
            chooser = _CHOOSERS.get(kind)
            rows = chooser(view, options) if chooser is not None else read(view)
    if options.json:
        output.stream_json(map(output.encoded, rows))
    else:
        output.write_table(rows, columns, f"There are no {kind} yet.")


def _times_in(view: View, options: Namespace) -> list[Any]:
    """The times of the sources that are named, with those that are only found in them; else those that are marked."""
    if not options.source:
        return list_time_marks(view)
    return [row for one in options.source for row in list_times_in(view, resolve(view, kind_named("source"), one))]


def _moments(view: View, options: Namespace) -> list[Any]:
    events = {resolve(view, kind_named("event"), one).title for one in options.event}
    return [row for row in list_moments(view) if not events or row.event in events]


def _divergences(view: View, options: Namespace) -> list[Any]:
    unknown = [one for one in options.standing if one not in list(DivergenceStanding)]
    if unknown:
        raise UserError(f"a divergence is {', '.join(DivergenceStanding)}, not {shown(unknown[0])}")
    wanted = DivergenceFilter(
        standings=frozenset(map(DivergenceStanding, options.standing)),
        sources=frozenset(resolve(view, kind_named("source"), one).id for one in options.source),
    )
    observers = {resolve(view, kind_named("observer"), one).name for one in options.observer}
    events = {resolve(view, kind_named("event"), one).title for one in options.event}
    return [
        row
        for row in list_divergences(view, wanted)
        if (not observers or observers & {*row.observers}) and (not events or row.event in events)
    ]


_CHOOSERS: dict[str, Callable[[View, Namespace], list[Any]]] = {
    "time-marks": _times_in,
    "moments": _moments,
    "divergences": _divergences,
}


def _list_codings(view: View, options: Namespace) -> None:
    passages = coded_passages(view, chosen(view, options))
    if options.json:
        output.stream_json(map(coding_json, passages))
        return
    any_at_all = False
    while page := list(islice(passages, 1000)):  # a page at a time, so that a million need no more memory than that
        any_at_all = True
        output.write_table(page, _CODING_COLUMNS, "")
    if not any_at_all:
        output.write_table([], _CODING_COLUMNS, "There are no such codings.")


def coding_json(one: CodedPassage) -> str:
    """A coding as a JSON object on one line: what `plain` says of it, but quick, since there may be a million."""
    return (
        f'{{"id": "{one.id}", "source": "{one.source}", "source_title": {_known(one.source_title)}, '
        f'"version": "{one.version}", "start": {one.start}, "end": {one.end}, "text": {_encode(one.text)}, '
        f'"gone": {_known(one.gone)}, "code": {_known(one.code)}, "code_id": "{one.code_id}", '
        f'"code_path": {_known(one.code_path)}, "coder": {_known(one.coder)}, "observers": {_known(one.observers)}, '
        f'"standing": {_known(one.standing)}, "event": {_known(one.event)}, "session": {_known(one.session)}, '
        f'"phase": {_known(one.phase)}, "concerns": {_known(one.concerns)}, '
        f'"stances": {_encode([stance._asdict() for stance in one.stances]) if one.stances else "[]"}, '
        f'"created_at": "{_time(one.created_at)}"}}'
    )


_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
_known = lru_cache(10_000)(_encode)  # the same few names come again and again
_time = lru_cache(1000)(output.iso)


def show(options: Namespace) -> None:
    """One thing, whole."""
    as_told: MomentAsTold | None = None
    with opened(options) as project, project.view() as view:
        if options.kind in ("version", "versions"):
            whole = correcting.whole_version(view, options.reference)
        else:
            kind = kind_named(options.kind)
            thing = resolve(view, kind, options.reference)
            whole = _whole(view, kind, thing)
            if isinstance(thing, Moment):
                as_told = moment_as_told(view, thing)
                whole["observers"] = moments.observers_of(as_told)
    if options.json:
        output.write_json(whole)
        return
    if "passages" in whole:
        whole["passages"] = moments.passages_told(whole["passages"])
    if as_told is not None:
        del whole["observers"]
    output.write_whole(whole)
    if as_told is not None:
        moments.write_observers(as_told)


def _whole(view: View, kind: Kind, thing: Any) -> dict[str, Any]:
    if kind.plural == "codings":
        version = view.need(SourceVersion, thing.version)
        passages = coded_passages(view, PassageFilter(sources=frozenset({version.source})))
        row: Any = next(one for one in passages if one.id == thing.id)
    elif kind.plural in _LISTS:
        row = next((one for one in _LISTS[kind.plural][0](view) if one.id == thing.id), None)
        if row is None:
            raise UserError(
                f"{thing.name} is not one of the {kind.plural}: see `polyvocal show PROJECT person {thing.id}`"
            )
    else:
        return {field.name: getattr(thing, field.name) for field in fields(thing)}
    whole: dict[str, Any] = dict(zip(row._fields, row, strict=True))
    if kind.plural == "sources":
        versions = view.find(SourceVersion, source=thing.id)
        whole["import_notes"] = [
            {"what": note.what, "how_many": note.how_many, "detail": note.detail}
            for note in view.find(ImportNote, source=thing.id)
        ]
        whole["text"] = view.text(current(versions).text_hash)
    memos = view.find(Memo, about=thing.id, about_kind=kind_of(type(thing)))
    values = attributes.values_of(view, thing.id)
    if values:
        whole["attributes"] = {one.attribute.name: one.value for one in values}
    if memos:
        whole["memos"] = [{"kind": memo.kind, "title": memo.title, "text": memo.text} for memo in memos]
    return whole


def search(options: Namespace) -> None:
    """Where words occur."""
    from polyvocal.services.queries.search import find_words

    with opened(options) as project, project.view() as view:
        hits = find_words(view, options.query, options.limit)
    if options.json:
        output.write_json(hits)
        return
    for hit in hits:
        place = f" {hit.start}-{hit.end}" if hit.start is not None else ""
        observers = f" ({', '.join(hit.observers)})" if hit.observers else ""
        sys.stdout.write(f"{hit.kind} {hit.title}{observers}{place}\n    {hit.context}\n")
    if len(hits) >= options.limit:
        output.say(f"These are the first {options.limit:,}; there may be more: say --limit with a larger number.")
    if not hits:
        output.say(f"Nothing holds {shown(options.query)}.")


def history(options: Namespace) -> None:
    """The journal, newest first."""
    from polyvocal.services.queries import project as queries

    if options.code is not None:
        codes.history(options)
        return
    with opened(options) as project, project.view() as view:
        found: Iterable[queries.HistoryLine] = queries.history(view)
        if options.limit:
            found = islice(found, options.limit)
        if options.json:
            output.stream_json(map(output.encoded, found))
            return
        for line in found:
            sys.stdout.write(_history_line(line) + "\n")


def _history_line(line: Any) -> str:
    changes = "; ".join(
        f"{verb} " + ", ".join(counted(number, kind) for kind, number in counts.items())
        for verb, counts in (("made", line.created), ("changed", line.changed), ("removed", line.removed))
        if counts
    )
    what = step_in_words(line.kind, line.name, shown)
    if line.about_kind:
        what = f"{line.kind}: {step_in_words(line.about_kind, line.name, shown)}"
    person = f" by {line.person}" if line.person else ""
    undone = " (undone)" if line.standing == "undone" else ""
    return f"{output.iso(line.at)}  {line.operation}  {what}{person}{undone}: {changes}"


def check(options: Namespace) -> int:
    """Whether the file is whole and its history unbroken."""
    from polyvocal.store.check import check_file

    health = check_file(Path(options.project))
    output.say(*(f"not checked: {one}" for one in health.unchecked))
    if health.drafts:
        output.say(f"{counted(health.drafts, 'draft')} not saved: `polyvocal info` tells whose, the window reads them")
    if options.json:
        output.write_json({"whole": not health.problems, **output.plain(health)})
    else:
        for problem in health.problems:
            sys.stdout.write(f"{problem.check}: {problem.what}\n")
        words = "operation" if health.operations == 1 else "operations"
        if health.problems:
            output.say(f"{options.project} is damaged: {len(health.problems)} problems. Go on with your latest backup.")
        else:
            sys.stdout.write(
                f"{options.project} is whole: every text, offset and reference holds, and the history of "
                f"{health.operations:,} {words} is unbroken.\n"
            )
    return 1 if health.problems else 0
