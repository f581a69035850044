"""What drafts say, to be read or to be continued."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from polyvocal.domain.draft_content import decode_fields, decode_steps
from polyvocal.domain.drafts import Draft
from polyvocal.domain.editlog import EditLog
from polyvocal.domain.editmap import Kept
from polyvocal.domain.ids import DraftId
from polyvocal.domain.records import SourceVersion
from polyvocal.domain.spans import Span
from polyvocal.domain.structure import Structure, follow
from polyvocal.domain.versions import current, structure_of
from polyvocal.services.queries.drafts import DraftRow, draft_row
from polyvocal.services.queries.versions import TwoVersions
from polyvocal.store.view import View


@dataclass(frozen=True, slots=True)
class DraftToRead:
    """What a draft says: the text before and after a correction, else the text alone, and what the form held."""

    row: DraftRow
    texts: TwoVersions = field(repr=False)
    fields: dict[str, str] = field(repr=False)

    @property
    def text(self) -> str:
        """The text as it was written, or corrected."""
        return self.texts.newer


def draft_to_read(view: View, identity: DraftId) -> DraftToRead | None:
    """Read a draft, or None if it is not there any more. Raises BugError for one that is damaged."""
    draft = view.get(Draft, identity)
    if draft is None:
        return None
    if draft.text_hash is None:
        fields = decode_fields(draft.content)
        text = fields.get("text", "")
        return DraftToRead(draft_row(view, draft), TwoVersions(text, text, (Kept(0, 0, len(text)),)), fields)
    older = view.text(draft.text_hash)
    log = _log(draft, older, ())
    return DraftToRead(draft_row(view, draft), TwoVersions(older, log.text, log.edits().kept(len(older))), {})


class TakenUp(NamedTuple):
    """A correction to be continued: its log, whose passages are those that were given, and the structure by now."""

    log: EditLog
    structure: Structure


def correction_to_continue(view: View, identity: DraftId, passages: Sequence[Span]) -> TakenUp | None:
    """Do again, on the text of its version, what a draft did, so that passages of that text follow.

    None where the draft is not there any more, or cannot be continued. Raises BugError for one that is damaged.
    """
    draft = view.get(Draft, identity)
    if draft is None or draft.source is None or draft.text_hash is None or not draft_row(view, draft).is_open:
        return None
    log = _log(draft, view.text(draft.text_hash), passages)
    versions = view.find(SourceVersion, source=draft.source)
    return TakenUp(log, follow(structure_of(versions, current(versions)), log.edits()))


def _log(draft: Draft, text: str, passages: Sequence[Span]) -> EditLog:
    log = EditLog(text, passages)
    log.take_up(*decode_steps(draft.content))
    return log
