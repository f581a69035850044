"""Commands that change something: new, import, add, change, remove, undo, redo."""

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from polyvocal.cli import adding_parts, attributes, codes, correcting, moments, output
from polyvocal.domain.changes import Changed, ChangeSet
from polyvocal.domain.errors import EnvironmentFault, UserError
from polyvocal.domain.records import Code, Coding, Person, SourceVersion
from polyvocal.domain.text import clean_name, counted, shown
from polyvocal.domain.words import (
    Approach,
    CodeKind,
    Doing,
    MemoKind,
    RoleName,
    StanceName,
    Standing,
)
from polyvocal.services.commands import (
    code_changes,
    codebook,
    codings,
    corrections,
    memos,
    people,
    reading,
    removal,
    setting,
)
from polyvocal.services.commands.passage import Passage
from polyvocal.services.queries.steps import step_in_words
from polyvocal.services.references import kind_named, near_names, resolve
from polyvocal.store.file import Mode, ProjectFile, create_project, open_project
from polyvocal.store.schema import RECORD_OF_KIND
from polyvocal.store.view import View

_NAMED = {
    "person": "name",
    "constituent_group": "name",
    "series": "title",
    "event": "title",
    "session": "title",
    "term": "name",
    "code": "name",
    "source": "title",
    "attribute": "name",
}
"""What is worth telling when it was made along the way, and how it is called."""


def opened(options: Namespace) -> ProjectFile:
    """The project that the options name, for writing, by the person that --as names; its warnings are said."""
    project = open_project(Path(options.project), Mode.ONCE)
    try:
        project.person = _acting(project, options)
    except BaseException:
        project.close()
        raise
    output.say(*project.warnings)
    return project


def _acting(project: ProjectFile, options: Namespace) -> int | None:
    """The person who does it, where --as says so."""
    if options.acting is None:
        return None
    with project.view() as view:
        person: Person = resolve(view, kind_named("person"), options.acting)
    return person.id


def tell(
    project: ProjectFile, options: Namespace, changes: ChangeSet, kind: str, warnings: list[str], **more: Any
) -> None:
    """Print the ids that were made, and as JSON what more there is; say what was made along the way."""
    made = _created(changes, kind)
    if kind == "constituent_group":  # those that it lies within were made along the way
        made = made[:1]
    with project.view() as view:
        for other, field in _NAMED.items():
            for identity in changes.created(other) if other != kind else changes.created(other)[len(made) :]:
                thing = view.get(RECORD_OF_KIND[other], identity)
                what = "group" if other == "constituent_group" else other
                name = getattr(thing, field)
                near = near_names(name, _others(view, type(thing), field, identity)).removesuffix(".")
                warnings.append(f"made the {what} {shown(name)} ({identity}){near}")
    output.say(*warnings)
    if options.json:
        output.write_json(
            {
                "operation": changes.operation if changes.kinds else None,
                "created": [str(one) for one in made],
                "warnings": [*project.warnings, *warnings],
                **more,
            }
        )
    else:
        for identity in made:
            sys.stdout.write(f"{identity}\n")


def _others(view: View, cls: type[Any], field: str, identity: int) -> list[str]:
    return [getattr(one, field) for one in view.all(cls) if one.id != identity]


def _created(changes: ChangeSet, kind: str) -> Sequence[int]:
    """The ids of a kind that were made; of very many the change set tells the range, where they alone are in it."""
    changed = changes.kinds.get(kind, Changed())
    whole = [identity for first, last in changed.ranges for identity in range(first, last + 1)]
    return whole if len(whole) == changed.created else changed.created_ids


def new(options: Namespace) -> None:
    """Make a project file."""
    approach = Approach(options.approach) if options.approach else None
    with create_project(
        Path(options.project), title=clean_name(options.title, "project"), approach=approach
    ) as project:
        with project.view() as view:
            latest = view.journal.latest()
        if options.json:
            output.write_json({"operation": latest.id if latest else None, "created": [], "warnings": project.warnings})
        output.say(*project.warnings, f"made {options.project}")


def import_(options: Namespace) -> None:
    """Take in files as sources: all of them, or none. What an option says goes before what a file says."""
    from polyvocal.cli import importing, looking

    files, left_out = importing.read_files(options)
    warnings = importing.told_of_left_out(left_out)
    if options.dry_run:
        with looking.opened(options) as project, project.view() as view:
            importing.look_at(files, options, view)
        importing.write_dry_run(files, [*warnings, *importing.warnings_of(files)], options)
        return
    with opened(options) as project:
        with project.view() as view:  # and be done with it: a writer waits for readers
            importing.look_at(files, options, view)
        result = importing.take_in(files, project)
        if not options.json:
            importing.tell_read(files)
        warnings += importing.warnings_of(files)
        tell(project, options, result.changes, "source", warnings, files=[one.row for one in files])


def _stance(options: Namespace) -> codings.StanceDraft | None:
    given = [options.by, options.stance, options.term]
    if all(word is None for word in (*given, options.toward)):
        return None
    if not all(given):
        raise UserError("a stance needs all of --by ACTOR, --stance generates|affirms|contests and --term TERM")
    return codings.StanceDraft(options.by, StanceName(options.stance), options.term, options.toward)


def add(options: Namespace) -> None:
    """Enter one thing, or very many codings, or a codebook."""
    if options.kind == "codes" and options.dry_run:
        codes.look_at_codes(options)
        return
    with opened(options) as project:
        kind, changes = _ADDING[options.kind](project, options)
        tell(project, options, changes, kind, [])
        if options.kind == "coding":
            show_codings(project, changes)
        if not changes.created(kind):
            output.say(done(changes))


def show_codings(project: ProjectFile, changes: ChangeSet) -> None:
    """The words that are coded now, so that a slip in the offsets is seen at once."""
    changed = changes.kinds.get("coding", Changed())
    with project.view() as view:
        for identity in sorted((*changed.created_ids, *changed.updated_ids)):
            coding = view.need(Coding, identity)
            text = view.text(view.need(SourceVersion, coding.version).text_hash)[coding.start : coding.end]
            output.say(f"coded {shown(text)} with {shown(view.need(Code, coding.code).name)}")


def done(changes: ChangeSet) -> str:
    """What an operation did that made nothing of its own."""
    told = [
        f"{verb} {counted(number, kind)}"
        for kind, found in changes.kinds.items()
        for verb, number in (("made", found.created), ("changed", found.updated), ("removed", found.removed))
        if number
    ]
    return f"{changes.kind}: {', '.join(told)}" if told else "nothing was changed: it was so already"


def _add_code(project: ProjectFile, o: Namespace) -> tuple[str, ChangeSet]:
    return "code", codebook.add_code(
        project,
        name=o.name,
        parent=o.parent,
        kind=CodeKind(o.code_kind),
        definition=o.definition,
        use_when=o.use_when,
        not_when=o.not_when,
        example=o.example,
        colour=o.colour,
    )


def _add_coding(project: ProjectFile, o: Namespace) -> tuple[str, ChangeSet]:
    if len(o.start) != len(o.end):
        raise UserError("a passage has a --start and an --end: give as many of the one as of the other")
    passages = [Passage(o.source, start, end) for start, end in zip(o.start, o.end, strict=True)]
    changes = codings.code_passages(
        project,
        passages,
        o.code,
        coder=o.coder,
        concerns=tuple(o.concerns),
        stance=_stance(o),
        memo=o.memo,
    )
    if there := codings.had_already(changes, passages, len(set(o.code))):
        output.say(f"coded so already, and left as it was: {there}")
    return "coding", changes


def _add_codings(project: ProjectFile, o: Namespace) -> tuple[str, ChangeSet]:
    from polyvocal.exchange.coding_lines import read_coding_lines

    with project.view() as view:  # and be done with it: a writer waits for readers
        drafts = list(read_coding_lines(_lines(o.file), view))
    return "coding", codings.add_codings(project, drafts)


def _lines(name: str) -> Iterator[str]:
    """The lines of a text file, or of standard input for `-`, in UTF-8 whatever the terminal's own encoding."""
    where = "standard input" if name == "-" else name
    try:
        with nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    yield line.decode("utf-8-sig")
                except UnicodeDecodeError:
                    raise UserError(f"{where}, line {number:,}: it is no text in UTF-8. Save it as UTF-8.") from None
    except FileNotFoundError:
        raise UserError(f"there is no file {name}.") from None
    except IsADirectoryError:
        raise UserError(f"{name} is a folder: name a file in it.") from None
    except OSError as fault:
        raise EnvironmentFault(f"{where} cannot be read: {fault.strerror}. Check that you may read it.") from None


def _add_stance(project: ProjectFile, o: Namespace) -> tuple[str, ChangeSet]:
    stance = _stance(o)
    assert stance is not None
    return "stance", codings.add_stance(project, coding=o.coding, stance=stance)


def _add_person(project: ProjectFile, o: Namespace) -> tuple[str, ChangeSet]:
    return "person", people.add_person(
        project,
        name=o.name,
        roles=tuple(RoleName(one) for one in o.role),
        standing=Standing(o.standing) if o.standing else None,
        description=o.description,
        groups=tuple(o.group),
    )


def _add_group(project: ProjectFile, o: Namespace) -> tuple[str, ChangeSet]:
    return "constituent_group", people.add_group(
        project, name=o.name, description=o.description, within=tuple(o.within)
    )


def _add_event(project: ProjectFile, o: Namespace) -> tuple[str, ChangeSet]:
    return "event", setting.add_event(
        project, title=o.title, series=o.series, place=o.place, zone=o.zone, starts=o.starts, ends=o.ends
    )


def _add_session(project: ProjectFile, o: Namespace) -> tuple[str, ChangeSet]:
    return "session", setting.add_session(
        project,
        title=o.title,
        event=o.event,
        place=o.place,
        starts=o.starts,
        ends=o.ends,
        scheduled=not o.unscheduled,
    )


def _add_presence(project: ProjectFile, o: Namespace) -> tuple[str, ChangeSet]:
    return "presence", setting.add_presence(
        project, person=o.person, session=o.session, doing=Doing(o.doing), event=o.event, place=o.place
    )


def _add_term(project: ProjectFile, o: Namespace) -> tuple[str, ChangeSet]:
    return "term", setting.add_term(project, name=o.name, definition=o.definition)


def _add_memo(project: ProjectFile, o: Namespace) -> tuple[str, ChangeSet]:
    return "memo", memos.add_memo(
        project,
        text="".join(_lines("-")) if o.text == "-" else o.text,
        kind=MemoKind(o.memo_kind),
        title=o.title,
        author=o.author,
        about=(o.about[0], o.about[1]) if o.about else None,
    )


def _add_reading(project: ProjectFile, o: Namespace) -> tuple[str, ChangeSet]:
    return "reading", reading.set_reading(project, source=o.source, coder=o.coder, read_to=o.to)


_ADDING: dict[str, Callable[[ProjectFile, Any], tuple[str, ChangeSet]]] = {
    "code": _add_code,
    "coding": _add_coding,
    "codings": _add_codings,
    "stance": _add_stance,
    "person": _add_person,
    "group": _add_group,
    "event": _add_event,
    "session": _add_session,
    "presence": _add_presence,
    "term": _add_term,
    "memo": _add_memo,
    "reading": _add_reading,
    "addition": correcting.add_addition,
    "stretch": adding_parts.add_stretch,
    "stretches": adding_parts.add_stretches,
    "layer": adding_parts.add_layer,
    "layers": adding_parts.add_layers,
    "time-mark": adding_parts.add_time_mark,
    "time-marks": adding_parts.add_time_marks,
    "codes": codes.add_codes,
    "attribute": attributes.add_attribute,
    "value": attributes.add_value,
    "values": attributes.add_values,
    "moment": moments.add_moment,
    "anchor": moments.add_anchor,
    "divergence": moments.add_divergence,
    "divergence-passage": moments.add_divergence_passage,
    "counter-example": moments.add_counter_example,
}


def change(options: Namespace) -> None:
    """Set fields of one thing to other words."""
    fields = {}
    for one in options.set:
        name, equals, value = one.partition("=")
        if not equals:
            raise UserError(f"--set {shown(one)} is not FIELD=VALUE: write it as --set 'definition=What it is.'")
        fields[name.strip().replace("-", "_")] = value
    with opened(options) as project:
        if kind_named(options.kind).record is Code:
            changes = code_changes.change_code(project, options.reference, fields, reason=options.reason)
        elif options.reason is not None:
            raise UserError("--reason is kept for codes: write a memo about it instead, with `polyvocal add ... memo`")
        else:
            changes = corrections.change(project, options.kind, options.reference, fields)
        tell(project, options, changes, "", [] if changes.kinds else ["nothing was changed: it is so already"])


def remove(options: Namespace) -> None:
    """Remove one thing with its parts."""
    with opened(options) as project:
        changes = removal.remove(project, options.kind, options.reference)
        tell(project, options, changes, "", [])
        output.say(done(changes))


def undo(options: Namespace) -> None:
    """Undo the newest operation that stands."""
    with opened(options) as project:
        _turned(project, options, project.undo(project.person), verb="undone")


def redo(options: Namespace) -> None:
    """Do again what was undone last."""
    with opened(options) as project:
        _turned(project, options, project.redo(project.person), verb="done again")


def _turned(project: ProjectFile, options: Namespace, changes: ChangeSet, *, verb: str) -> None:
    from polyvocal.services.queries.project import history

    with project.view() as view:
        line = next(history(view))
        about = next(one for one in history(view) if one.operation == line.about)
    counts = {**line.removed, **line.changed, **line.created}
    told = ", ".join(counted(number, kind) for kind, number in counts.items())
    output.say(f"{verb}: {step_in_words(about.kind, about.name, shown)} ({told})")
    if options.json:
        output.write_json(
            {
                "operation": changes.operation,
                "created": [],
                "warnings": project.warnings,
                "about": about.operation,
                "kind": about.kind,
            }
        )
    else:
        sys.stdout.write(f"{changes.operation}\n")
