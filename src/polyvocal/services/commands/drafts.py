"""Keeping what somebody is writing, and letting it go: no operation of the history (see `domain.drafts`)."""

from polyvocal.domain.drafts import Draft
from polyvocal.domain.ids import DraftId
from polyvocal.store.file import ProjectFile
from polyvocal.store.unit import Unit


def keep_draft(file: ProjectFile, draft: Draft) -> None:
    """Keep a draft as it is now, in the place of what was kept of it before. Raises EnvironmentFault."""

    def work(unit: Unit) -> None:
        unit.remove(draft)
        unit.add(draft)

    file.set_aside(work)


def discard_draft(file: ProjectFile, draft: DraftId) -> None:
    """Let a draft go, if it is there. Raises EnvironmentFault."""
    file.set_aside(lambda unit: drop_draft(unit, draft))


def drop_draft(unit: Unit, draft: DraftId | None) -> None:
    """Let the draft of what is being saved go, in the operation that saves it."""
    if draft is not None:
        unit.remove(*unit.find(Draft, id=draft))
