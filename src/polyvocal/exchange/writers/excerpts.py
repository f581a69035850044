"""Excerpts as a file: CSV, Markdown or Word."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from polyvocal.domain.passages import CodedPassage
from polyvocal.exchange.writers.excerpts_words import (
    NO_PASSAGES,
    about_in_words,
    filters_in_words,
    grouped,
    groups_of,
    made_at,
    place_in_words,
    stance_in_words,
    writing_in_words,
)
from polyvocal.exchange.writers.formats.csv_text import csv_text
from polyvocal.exchange.writers.formats.destination import ending_of, write_file, write_text
from polyvocal.exchange.writers.formats.markdown import block, inline

ENDINGS = (".csv", ".md", ".docx")
_HEADER = (
    "id", "source", "source_title", "start", "end", "text", "code", "code_path", "coder", "observers", "standing",
    "event", "session", "phase", "concerns", "stances", "in_current_text", "created_at",
)  # fmt: skip


def export_excerpts(
    passages: Iterable[CodedPassage],
    path: Path,
    *,
    title: str,
    group_by: str | None,
    filters: Mapping[str, Sequence[str]],
) -> None:
    """Write coded passages in the format that the path's ending names; `-` is Markdown on stdout.

    Grouped by one of code, observer, coder, phase, source, session, event, standing, a passage stands in each of its
    groups. CSV and Markdown without groups are written as the passages come; all else is held in memory. A CSV is
    rows only: title and filters are not in it. Raises UserError for another ending or group, or a missing folder, and
    EnvironmentFault where the machine refuses; the file is replaced whole or left as it was.
    """
    ending = ending_of(path, ENDINGS)
    if group_by is not None:
        groups_of(group_by)
    if ending == ".csv":
        write_text(path, _csv(passages, group_by))
    elif ending == ".md":
        write_text(path, _markdown(passages, title, group_by, filters))
    else:
        from polyvocal.exchange.writers.excerpts_manuscript import excerpts_manuscript

        manuscript = excerpts_manuscript(passages, title=title, group_by=group_by, filters=filters)
        write_file(path, manuscript.save)


def _csv(passages: Iterable[CodedPassage], group_by: str | None) -> Iterator[str]:
    if group_by is None:
        return csv_text(_HEADER, (_row(passage) for passage in passages))
    rows = ([group or "", *_row(passage)] for group, members in grouped(passages, group_by) for passage in members)
    return csv_text(("group", *_HEADER), rows)


def _row(passage: CodedPassage) -> list[str | int]:
    return [
        str(passage.id),
        str(passage.source),
        passage.source_title,
        passage.start,
        passage.end,
        passage.text,
        passage.code,
        passage.code_path,
        passage.coder,
        "; ".join(passage.observers),
        passage.standing or "",
        passage.event or "",
        passage.session or "",
        passage.phase or "",
        "; ".join(passage.concerns),
        "; ".join(map(stance_in_words, passage.stances)),
        "no" if passage.gone else "yes",
        made_at(passage),
    ]


def _markdown(
    passages: Iterable[CodedPassage], title: str, group_by: str | None, filters: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    yield f"# {inline(title)}\n\n{inline(filters_in_words(filters))}\n\n"
    count = 0
    for group, members in grouped(passages, group_by):
        if group is not None:
            yield f"## {inline(group)}\n\n"
        for passage in members:
            count += 1
            yield block(passage.text, prefix="> ")
            lines = [
                f"**{inline(passage.code_path)}**",
                *map(inline, (writing_in_words(passage), place_in_words(passage), *about_in_words(passage))),
            ]
            yield "\\\n".join(lines) + "\n\n"
    if not count:
        yield f"{NO_PASSAGES}\n"
