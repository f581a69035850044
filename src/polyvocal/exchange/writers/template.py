"""The fieldnote template as a file: Word or Markdown, for somebody who fills it in without the program."""

from pathlib import Path
from typing import TYPE_CHECKING

from polyvocal.exchange.about.found import Key
from polyvocal.exchange.about.template_words import ONE_OF, PHASES, ROWS, STANDINGS, TemplateRow
from polyvocal.exchange.writers.formats.destination import ending_of, write_file, write_text

if TYPE_CHECKING:  # it brings the store along, and writing a file needs none of it
    from polyvocal.services.queries.template import TemplateSetting

ENDINGS = (".docx", ".md")


def export_template(setting: "TemplateSetting", path: Path) -> None:
    """Write the template in the format that the path's ending names; `-` is Markdown on stdout.

    Raises UserError for another ending or a missing folder, EnvironmentFault where the machine refuses.
    """
    if ending_of(path, ENDINGS) == ".docx":
        from polyvocal.exchange.writers.template_manuscript import template_manuscript

        write_file(path, template_manuscript(setting).save)
    else:
        from polyvocal.exchange.writers.template_markdown import template_markdown

        write_text(path, template_markdown(setting))


def rows_of(setting: "TemplateSetting") -> list[TemplateRow]:
    """The rows that a template for this event has: no boxes where there is nobody to tick."""
    names = {"Groups present": setting.groups, "People present": setting.people}
    return [row for row in ROWS if names.get(row.label, True)]


def filled_in(row: TemplateRow, setting: "TemplateSetting") -> str:
    """What stands in a row from the beginning."""
    if row.key is Key.OBSERVER:
        return setting.observer or ""
    if row.key is Key.STANDING:
        return STANDINGS[setting.standing] if setting.standing else ""
    return setting.event if row.key is Key.EVENT else ""


def words_for(row: TemplateRow, setting: "TemplateSetting") -> tuple[str, ...]:
    """The words of which one is to be chosen in a row; none where anything may be written."""
    choices = {
        Key.STANDING: tuple(STANDINGS.values()),
        Key.SESSION: setting.sessions,
        Key.PHASE: tuple(PHASES.values()),
    }
    return choices.get(row.key, ())


def boxes_for(row: TemplateRow, setting: "TemplateSetting") -> tuple[str, ...]:
    """The names before which boxes stand in a row."""
    return {"Groups present": setting.groups, "People present": setting.people}.get(row.label, ())


def listed(words: tuple[str, ...]) -> str:
    """The line that lists what may stand in a cell, for those who cannot choose it."""
    return f"{ONE_OF}{' · '.join(words)}" if words else ""
