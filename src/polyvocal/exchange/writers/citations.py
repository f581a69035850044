"""Passages to be pasted elsewhere: each with where it stands and who wrote it, as plain text and as HTML."""

from collections.abc import Iterable
from html import escape

from polyvocal.domain.passages import Naming
from polyvocal.exchange.writers.formats.characters import set_apart
from polyvocal.services.queries.passage_pages import PassageShown


def citation(shown: PassageShown, naming: Naming = Naming.OBSERVER) -> str:
    """Source, observer and standing, event, session and phase, paragraph; perhaps code and coder."""
    one = shown.passage
    observers = ", ".join(map(set_apart, one.observers))
    written = f"{observers} ({one.standing})" if observers and one.standing else observers
    about = ", ".join(set_apart(part) for part in (one.event, one.session, one.phase) if part)
    place = f"paragraph {shown.paragraph}" if shown.paragraph is not None else "no longer in the text"
    coded = f"coded as {set_apart(one.code_path)} by {set_apart(one.coder)}" if naming is Naming.CODER else ""
    return "; ".join(part for part in (set_apart(one.source_title), written, about, place, coded) if part)


def cited_text(passages: Iterable[PassageShown], naming: Naming = Naming.OBSERVER) -> str:
    """Each passage to the letter, in the line below it its citation in brackets, an empty line between two."""
    return "\n\n".join(f"{one.passage.text}\n[{citation(one, naming)}]" for one in passages)


def cited_html(passages: Iterable[PassageShown], naming: Naming = Naming.OBSERVER) -> str:
    """The same as quotations, as Word and LibreOffice take them over."""
    return "\n".join(
        f"<blockquote><p>{_lines(one.passage.text)}</p></blockquote>\n<p>[{escape(citation(one, naming))}]</p>"
        for one in passages
    )


def _lines(text: str) -> str:
    return "<br>".join(map(escape, text.split("\n")))
