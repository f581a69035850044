"""The fieldnote template as Markdown: a list of labels at the head, and a heading for each kind of writing."""

from collections.abc import Iterator

from polyvocal.exchange.about.template_words import INTRO, SECTIONS, TITLE
from polyvocal.exchange.writers.formats.characters import one_line
from polyvocal.exchange.writers.template import boxes_for, filled_in, listed, rows_of, words_for
from polyvocal.services.queries.template import TemplateSetting


def template_markdown(setting: TemplateSetting) -> Iterator[str]:
    """The lines. What stands in it is not escaped: it is typed over, and read back as it stands."""
    yield f"# {TITLE}\n\n{INTRO}\n\n"
    for row in rows_of(setting):
        names, words = boxes_for(row, setting), words_for(row, setting)
        yield f"- {row.label}: {one_line(filled_in(row, setting))}".rstrip() + " \n"
        if words:
            yield f"  - {listed(tuple(map(one_line, words)))}\n"
        for name in names:
            yield f"  - [ ] {one_line(name)}\n"
    for section in SECTIONS:
        yield f"\n## {section.heading}\n\n{section.guidance}\n\n\n"
