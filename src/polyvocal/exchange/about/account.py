"""All that a file says of itself, and the account that is left when the words that say it are taken out of its text."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from polyvocal.domain.editmap import apply_edits
from polyvocal.domain.errors import UserError
from polyvocal.domain.spans import Span
from polyvocal.domain.words import Fate
from polyvocal.exchange.about.file_name import FileName, NameReader
from polyvocal.exchange.about.found import Claim, Doubt, Field, Found, Key, Said
from polyvocal.exchange.about.front_matter import FrontMatter, read_front_matter
from polyvocal.exchange.about.head import Head, read_head
from polyvocal.exchange.about.properties import read_properties
from polyvocal.exchange.about.sections import Sections, read_sections
from polyvocal.exchange.about.settling import KnownNames, settle
from polyvocal.services.commands.incoming import Incoming, Note

_BLANK_LINES = re.compile(r"(?:[ \t]*\n)+")


class Account(NamedTuple):
    """A text without its head, and what the file says of itself, in its own words."""

    incoming: Incoming
    claims: tuple[Claim, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def read_account(incoming: Incoming) -> Account:
    """Read what a text says of itself, and take that out of it. The work of it is done once for a file.

    Raises UserError for a template in which nothing is written.
    """
    text, structure = incoming.text, incoming.beside.structure
    front = read_front_matter(text)
    head = read_head(text, structure, start=front.length) if not front.fault else Head()
    sections = read_sections(text, structure, start=head.rows[-1].span.end if head.rows else front.length)
    claims = (*front.claims, *head.claims, *read_properties(incoming.properties))
    doubts = (
        (Doubt(Field.TITLE, f"Its front matter cannot be read and stays in the text: {front.fault}."),)
        if front.fault
        else ()
    )
    cuts = [Span(0, front.length), *(row.span for row in head.rows), *sections.guidance]
    edits = _cutting(text, cuts)
    if not edits:
        return Account(incoming, claims, doubts)
    left, edit_map = apply_edits(text, edits)
    if not left.strip():
        if sections.guidance:
            raise UserError(
                f"{incoming.file_name or incoming.title} is a fieldnote template: nothing is written in it."
            )
        return Account(incoming, claims, (*doubts, Doubt(Field.TITLE, "There is nothing in it but its head.")))
    beside = replace(incoming.beside, layers=(*incoming.beside.layers, *sections.layers)).follow(edit_map, len(left))
    return Account(
        replace(
            incoming,
            text=left,
            edits=incoming.edits.then(edit_map),
            beside=beside,
            notes=(*incoming.notes, *_notes(front, head, sections)),
        ),
        claims,
        doubts,
    )


def found_in(account: Account, name: FileName, reader: NameReader, known: KnownNames) -> Found:
    """What is found about a file, by the names of a project and a pattern for names; quick, for many files."""
    by_name, asked = reader.read(name, needed=all(one.key is not Key.OBSERVER for one in account.claims))
    found = settle([*account.claims, *by_name], known)
    said = dict(found.said)
    kind = account.incoming.kind
    if kind is not None and Field.KIND not in said:
        said[Field.KIND] = Said((str(kind),), "kind of file")
    open_to_ask = [one for one in asked if one.field is not Field.OBSERVERS or Field.OBSERVERS not in said]
    return Found(said, (*account.doubts, *found.doubts, *open_to_ask))


def _cutting(text: str, cuts: Iterable[Span]) -> list[tuple[int, int, str]]:
    """The edits that take out these spans, with the blank lines behind each and those at both ends of the text."""
    edits: list[tuple[int, int, str]] = []
    for start, end in sorted(one for one in cuts if one.length):
        begins = start if edits or text[:start].strip() else 0
        blank = _BLANK_LINES.match(text, end) if text[end - 1] == "\n" else None
        ends = blank.end() if blank else end
        if edits and begins <= edits[-1][1]:
            edits[-1] = (edits[-1][0], max(ends, edits[-1][1]), "")
        else:
            edits.append((begins, ends, ""))
    if edits and not text[edits[-1][1] :].strip():  # nothing comes behind it: blank lines before it go, too
        begins, ends, _ = edits[-1]
        before = edits[-2][1] if len(edits) > 1 else 0
        edits[-1] = (max(before, min(begins, len(text[:begins].rstrip()) + 1)), ends, "")
    return edits


def _notes(front: FrontMatter, head: Head, sections: Sections) -> Iterable[Note]:
    for what, said in (
        ("front matter", [f"{one.key}: {one.words}" for one in front.claims]),
        ("head of the text", [f"{row.label}: {' '.join(row.words.split())}" for row in head.rows if row.words]),
    ):
        if said:
            read = "read as who, when and where, and taken out of the text"
            yield Note(what, len(said), f"{read}: {'; '.join(said)}", Fate.CARRIED_OVER)
    if front.unknown:
        yield Note("front matter of other kinds", len(front.unknown), "; ".join(front.unknown))
    if sections.layers:
        layers = ", ".join(dict.fromkeys(str(one.layer) for one in sections.layers))
        yield Note("section of the fieldnote template", len(sections.layers), f"marked as {layers}", Fate.CARRIED_OVER)
    if sections.guidance:
        why = "taken out of the text: nobody wrote it"
        yield Note("guidance of the fieldnote template", len(sections.guidance), why, Fate.LEFT_OUT)
