"""The drafts that a project holds: whose each is, of what, and whether it can be continued."""

from enum import StrEnum
from typing import NamedTuple

from polyvocal.domain.drafts import Draft
from polyvocal.domain.ids import AnyId, DraftId, SourceId, SourceVersionId
from polyvocal.domain.records import Person, Source, SourceVersion
from polyvocal.domain.versions import current
from polyvocal.store.view import View


class DraftState(StrEnum):
    """Whether a draft can be continued: as it is, or not since its text has another version, or its source is gone."""

    OPEN = "can be continued"
    OVERTAKEN = "the text has another version by now"
    SOURCE_GONE = "its source is not there any more"


class DraftRow(NamedTuple):
    """A draft as it is listed: a correction of `source`, or, without one, a source that is being typed.

    `person` was writing it, None where nobody was named or who it was is gone, and `by` is what that person is called.
    `title` is that of the source as it is now or was last; it may be empty of one that is being typed.
    """

    id: DraftId
    person: AnyId | None
    by: str | None
    source: SourceId | None
    title: str
    kept_at: int
    state: DraftState

    @property
    def is_open(self) -> bool:
        """Whether it can be continued."""
        return self.state is DraftState.OPEN

    def is_of(self, person: int | None) -> bool:
        """Whether a person may go on with it, or discard it: it is theirs, or nobody's."""
        return self.person is None or self.person == person


def list_drafts(view: View, source: SourceId | None = None) -> list[DraftRow]:
    """The drafts of a project, or the corrections of one source, the latest first."""
    found = view.find(Draft, source=source) if source is not None else view.all(Draft)
    return [draft_row(view, one) for one in sorted(found, key=lambda one: (-one.kept_at, one.id))]


def draft_row(view: View, draft: Draft) -> DraftRow:
    """A draft as it is listed."""
    person = view.get(Person, draft.person) if draft.person is not None else None
    source = view.get(Source, draft.source) if draft.source is not None else None
    return DraftRow(
        draft.id,
        draft.person if person is not None else None,
        person.name if person is not None else None,
        SourceId(draft.source) if draft.source is not None else None,
        source.title if source is not None else draft.title,
        draft.kept_at,
        _state(view, draft, source),
    )


def _state(view: View, draft: Draft, source: Source | None) -> DraftState:
    if draft.source is None:
        return DraftState.OPEN
    if source is None:
        return DraftState.SOURCE_GONE
    newest = current(view.find(SourceVersion, source=source.id))
    return DraftState.OPEN if newest.id == SourceVersionId(draft.version or 0) else DraftState.OVERTAKEN
