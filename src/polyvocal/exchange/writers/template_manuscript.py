"""The fieldnote template as a Word document."""

from datetime import UTC, datetime

from polyvocal.exchange.about.template_words import CHOOSE, INTRO, OPEN_BOX, SECTIONS, TICKED_BOX, TITLE, TemplateRow
from polyvocal.exchange.writers.formats.form import STYLES, Boxes, Choice, FormRow, form_table
from polyvocal.exchange.writers.formats.manuscript import Manuscript
from polyvocal.exchange.writers.template import boxes_for, filled_in, listed, rows_of, words_for
from polyvocal.services.queries.template import TemplateSetting


def template_manuscript(setting: TemplateSetting) -> Manuscript:
    """A page with a form at its head, and below it a heading for each kind of writing, with a line of guidance."""
    manuscript = Manuscript(title=f"{TITLE}: {setting.event}", made_at=datetime.now(UTC))
    manuscript.leave_margins_empty()
    manuscript.dress(STYLES)
    manuscript.paragraph("FormTitle", TITLE)
    manuscript.paragraph("FormIntro", INTRO)
    rows = [_row(row, setting) for row in rows_of(setting)]
    manuscript.put(form_table(rows, open_box=OPEN_BOX, ticked_box=TICKED_BOX))
    for section in SECTIONS:
        manuscript.heading(1, section.heading)
        manuscript.paragraph("Guidance", section.guidance)
        manuscript.paragraph("Normal")
    return manuscript


def _row(row: TemplateRow, setting: TemplateSetting) -> FormRow:
    names, words = boxes_for(row, setting), words_for(row, setting)
    if names:
        return FormRow(row.label, row.hint, Boxes(names))
    if words:
        chosen = filled_in(row, setting)
        return FormRow(row.label, row.hint, Choice(row.label, words, chosen or CHOOSE, not chosen), listed(words))
    return FormRow(row.label, row.hint, filled_in(row, setting))
