"""Commands that add parts of texts: stretches, layers and time marks."""

from argparse import Namespace

from polyvocal.cli import output
from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.errors import UserError
from polyvocal.domain.records import Event, Source
from polyvocal.domain.text import counted, shown
from polyvocal.domain.words import LayerName, MarkKind, Phase
from polyvocal.services.commands.layers import LayerDraft, mark_layers
from polyvocal.services.commands.passage import Passage
from polyvocal.services.commands.stretches import Cut, Relation, cut_into_stretches
from polyvocal.services.commands.stretches import add_stretch as mark_stretch
from polyvocal.services.commands.time_marks import TimeDraft
from polyvocal.services.commands.time_marks import add_time_marks as mark_times
from polyvocal.services.queries.layer_proposals import layer_proposals
from polyvocal.services.queries.offered_times import offered_times
from polyvocal.services.queries.stretch_proposals import (
    StretchProposal,
    clock_times,
    programme_of,
    stretches_by_headings,
    stretches_by_times,
)
from polyvocal.services.queries.time_marks import times_of
from polyvocal.services.references import kind_named, resolve
from polyvocal.store.file import ProjectFile
from polyvocal.store.view import View

_TOLD = 20
"""So many of the times that are left are told one by one."""


def add_stretch(project: ProjectFile, o: Namespace) -> tuple[str, ChangeSet]:
    """A passage is about a session, a phase, an event."""
    about = Relation(o.event, o.session, Phase(o.phase) if o.phase else None)
    return "stretch", mark_stretch(project, Passage(o.source, o.start, o.end), about)


def add_stretches(project: ProjectFile, o: Namespace) -> tuple[str, ChangeSet]:
    """Cut a text by its headings or its times. UserError where they say nothing."""
    with project.view() as view:
        source: Source = resolve(view, kind_named("source"), o.source)
        event: Event | None = resolve(view, kind_named("event"), o.event) if o.event else None
        programme = programme_of(view, source.id, event.id if event else None)
        if programme is None:
            raise UserError(
                f"{shown(source.title)} is not about one event: say with --event TITLE about which to cut it"
            )
        found = _proposed(view, source, programme.event, o.by)
    if not any(one.session or one.phase for one in found):
        raise UserError(
            f"no {'heading' if o.by == 'headings' else 'marked time'} in {shown(source.title)} names a session or a "
            f"phase of {shown(programme.event.title)}: nothing was cut. See `polyvocal list PROJECT sessions`, or cut "
            "it by hand: `polyvocal add PROJECT stretch`."
        )
    cuts = [Cut(one.start, str(one.session.id) if one.session else None, one.phase) for one in found]
    return "stretch", cut_into_stretches(project, source=str(source.id), cuts=cuts, event=str(programme.event.id))


def _proposed(view: View, source: Source, event: Event, by: str) -> tuple[StretchProposal, ...]:
    if by == "headings":
        return stretches_by_headings(view, source.id, event.id)
    return stretches_by_times(view, source.id, clock_times(view, source.id, event.id), event.id)


def add_layer(project: ProjectFile, o: Namespace) -> tuple[str, ChangeSet]:
    """A span is of a layer."""
    return "layer", mark_layers(project, source=o.source, drafts=[LayerDraft(o.start, o.end, LayerName(o.layer))])


def add_layers(project: ProjectFile, o: Namespace) -> tuple[str, ChangeSet]:
    """Mark what a text proposes itself."""
    with project.view() as view:
        source: Source = resolve(view, kind_named("source"), o.source)
        wanted = o.layer or list(LayerName)
        found = [one for one in layer_proposals(view, source.id) if one.layer in wanted]
    drafts = [LayerDraft(one.start, one.end, one.layer) for one in found]
    return "layer", mark_layers(project, source=str(source.id), drafts=drafts)


def add_time_mark(project: ProjectFile, o: Namespace) -> tuple[str, ChangeSet]:
    """A passage says a time, or, with --none, that what stands there is no time."""
    if o.none is (o.clock is not None):
        raise UserError("say which time it is with --clock HH:MM, or, with --none instead, that it is none")
    draft = TimeDraft(o.start, o.end, None if o.none else o.clock, o.until, o.day, MarkKind(o.mark_kind))
    return "time_mark", mark_times(project, source=o.source, marks=[draft])


def add_time_marks(project: ProjectFile, o: Namespace) -> tuple[str, ChangeSet]:
    """Take the times that a text says where a line or a sentence begins; with --all also the others."""
    with project.view() as view:
        source: Source = resolve(view, kind_named("source"), o.source)
        offered = offered_times(view, source.id, times_of(view, source.id))
    left = [one.found for one in offered if not (o.all or one.is_likely)]
    if left:
        told = [f"{one.clock} at {one.start}-{one.end}" for one in left[:_TOLD]] + ["..."] * (len(left) > _TOLD)
        output.say(
            f"left {counted(len(left), 'time')} that may be only spoken of, or doubtful (--all takes them, too): "
            f"{', '.join(told)}"
        )
    drafts = [TimeDraft.of(one.found) for one in offered if o.all or one.is_likely]
    return "time_mark", mark_times(project, source=str(source.id), marks=drafts)
