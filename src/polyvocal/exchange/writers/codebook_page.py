"""The codebook as one web page."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from polyvocal.exchange.writers.codebook_words import (
    EMPTY,
    HOW_COUNTED,
    RETIRED,
    attribution,
    colour_of,
    extent,
    facts,
    fields,
    memo_head,
)
from polyvocal.exchange.writers.formats.webpage import name, page, words

if TYPE_CHECKING:
    from polyvocal.services.queries.codebook import CodebookEntry, CodebookReport

DEEPEST_HEADING = 6


def codebook_page(report: "CodebookReport") -> str:
    """The codebook as a self-contained page with a list of the codes that leads to each."""
    parts = [f'<header>\n<h1 dir="auto">{name(report.title)}: codebook</h1>\n<dl>\n']
    parts += [f'<dt>{label}</dt><dd dir="auto">{name(value)}</dd>\n' for label, value in facts(report)]
    parts.append("</dl>\n</header>\n")
    if report.entries:
        parts.append(
            f'<p class="faint">{HOW_COUNTED}</p>\n<nav aria-label="Contents">\n{_contents(report.entries)}</nav>\n'
        )
        parts.append("<main>\n")
        parts += [_code(entry, report) for entry in report.entries]
        parts.append("</main>\n")
    else:
        parts.append(f"<main><p>{EMPTY}</p></main>\n")
    return page(f"{report.title}: codebook", "".join(parts))


def _contents(entries: Sequence["CodebookEntry"]) -> str:
    """The tree as nested lists; a code that lies deeper than one below the last opens one list only."""
    parts: list[str] = []
    open_at: list[int] = []
    for entry in entries:
        while open_at and entry.depth < open_at[-1]:
            parts.append("</li></ol>\n")
            open_at.pop()
        if open_at and entry.depth == open_at[-1]:
            parts.append("</li>\n")
        else:
            parts.append("<ol>\n")
            open_at.append(entry.depth)
        parts.append(f'<li><a href="#code-{entry.code.id}" dir="auto">{name(entry.code.name)}</a>')
    parts.append("</li></ol>\n" * len(open_at))
    return "".join(parts)


def _code(entry: "CodebookEntry", report: "CodebookReport") -> str:
    level = min(entry.depth + 2, DEEPEST_HEADING)
    swatch = f'<span class="swatch" style="background: #{colour_of(entry)}"></span>'
    parts = [
        f'<section id="code-{entry.code.id}">\n<h{level} dir="auto">{swatch}{name(entry.code.name)}</h{level}>\n',
        f'<p class="faint">{entry.code.kind.capitalize()} · {extent(entry)}</p>\n',
    ]
    if entry.code.retired:
        parts.append(f"<p><strong>{RETIRED}</strong></p>\n")
    filled = list(fields(entry))
    if filled:
        parts.append("<dl>\n" + "".join(f"<dt>{label}</dt>{words(text, 'dd')}\n" for label, text in filled) + "</dl>\n")
    parts += [
        f'<blockquote dir="auto">{words(quote.text)}<p class="faint">{name(attribution(quote))}</p></blockquote>\n'
        for quote in entry.quotes
    ]
    if entry.passages:
        tables = _counts("Written by", entry.by_observer) + _counts("Phase", entry.by_phase)
        parts.append(f'<div class="side">{tables}</div>\n')
    parts += [
        f'<p class="faint">{name(memo_head(memo, report.made_at.tzinfo))}</p>\n{words(memo.text)}\n'
        for memo in entry.memos
    ]
    return "".join(parts) + "</section>\n"


def _counts(heading: str, counts: tuple[tuple[str, int], ...]) -> str:
    rows = "".join(
        f'<tr><td dir="auto">{name(counted)}</td><td class="number">{number:,}</td></tr>' for counted, number in counts
    )
    head = f'<tr><th scope="col">{heading}</th><th scope="col" class="number">Passages</th></tr>'
    return f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"
