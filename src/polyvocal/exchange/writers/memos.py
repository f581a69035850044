"""Memos as a file: Word, Markdown or Excel."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from polyvocal.domain.memos import FREE, PASSAGE, WholeMemo
from polyvocal.exchange.writers.formats.characters import set_apart
from polyvocal.exchange.writers.formats.destination import ending_of, write_file, write_text
from polyvocal.exchange.writers.formats.markdown import block, inline

ENDINGS = (".docx", ".md", ".xlsx")
NO_MEMOS = "No memo is meant by these filters."
_HEADER = ("id", "kind", "title", "text", "about", "name", "source", "start", "end", "passage", "author", "written")
_BEGINS = 70
"""Of a memo without a title so many characters stand in its heading."""
_WIDTHS = (22, 14, 28, 80, 12, 32, 28, 9, 9, 50, 20, 26)


def export_memos(memos: Sequence[WholeMemo], path: Path, *, title: str, caption: str) -> None:
    """Write memos in the format that the path's ending names; `-` is Markdown on stdout. The caption says which.

    Raises UserError for another ending or a missing folder, and EnvironmentFault where the machine refuses; the file is
    replaced whole or left as it was.
    """
    ending = ending_of(path, ENDINGS)
    now = datetime.now(UTC).astimezone()
    if ending == ".md":
        write_text(path, _markdown(memos, title, caption))
    elif ending == ".docx":
        from polyvocal.exchange.writers.memos_manuscript import memos_manuscript

        write_file(path, memos_manuscript(memos, title=title, caption=caption, made_at=now).save)
    else:
        from polyvocal.exchange.writers.formats.workbook import Sheet, save_workbook

        sheet = Sheet("Memos", _HEADER, map(_row, memos), _WIDTHS, frozen_columns=0)
        write_file(path, lambda file: save_workbook(file, [sheet], title=title, made_at=now))


def _markdown(memos: Sequence[WholeMemo], title: str, caption: str) -> Iterator[str]:
    yield f"# {inline(title)}\n\n{inline(caption)}\n\n"
    for memo in memos:
        yield f"## {inline(heading_of(memo))}\n\n{inline(said_of(memo))}\n\n{block(memo.text)}"
        if memo.about.words:
            yield f"{block(memo.about.words, prefix='> ')}"
            yield f"{inline(place_of(memo))}\n\n"
    if not memos:
        yield f"{NO_MEMOS}\n"


def heading_of(memo: WholeMemo) -> str:
    """Under which heading a memo stands: its title, else its kind and how it begins, so that each can be found."""
    if memo.title:
        return memo.title
    words = " ".join(memo.text.split())
    begins = words if len(words) <= _BEGINS else f"{words[:_BEGINS].rpartition(' ')[0] or words[:_BEGINS]}…"
    return f"{memo.kind.capitalize()} memo: {set_apart(begins)}"


def said_of(memo: WholeMemo) -> str:
    """What a memo is, by whom, of when and about what, on a line."""
    parts = [f"{memo.kind.capitalize()} memo" if memo.title else "", set_apart(memo.author or ""), made_on(memo)]
    return " · ".join(part for part in (*parts, about_in_words(memo)) if part)


def about_in_words(memo: WholeMemo) -> str:
    """What a memo is about: "about the code Protest"; nothing of a free one."""
    if memo.about.kind == FREE:
        return ""
    if memo.about.kind == PASSAGE:
        return f"about a passage of {set_apart(memo.about.name)}"
    return f"about the {memo.about.kind} {set_apart(memo.about.name)}".rstrip()


def place_of(memo: WholeMemo) -> str:
    """Where the passage of a memo stands: characters of the source, half-open."""
    about = memo.about
    where = f"{about.place.start}-{about.place.end}" if about.place else "no longer in the current text"
    return f"{set_apart(about.source_title)}, {where}"


def made_on(memo: WholeMemo) -> str:
    """When a memo was written, in ISO 8601 without seconds, in UTC."""
    return datetime.fromtimestamp(memo.created_at / 1_000_000, tz=UTC).strftime("%Y-%m-%d %H:%M")


def _row(memo: WholeMemo) -> list[str | int]:
    about = memo.about
    place: list[int | str] = [*about.place] if about.place else ["", ""]
    written = datetime.fromtimestamp(memo.created_at / 1_000_000, tz=UTC).isoformat(timespec="seconds")
    return [
        str(memo.id),
        memo.kind,
        memo.title or "",
        memo.text,
        about.kind,
        "" if about.kind == PASSAGE else about.name,
        about.source_title,
        *place,
        about.words,
        memo.author or "",
        written,
    ]
