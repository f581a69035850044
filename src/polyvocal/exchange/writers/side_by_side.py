"""Accounts side by side for a data session: of a moment, of a divergence, or the passages that somebody chose."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from polyvocal.domain.passages import CodedPassage
from polyvocal.domain.words import Alignment, CellState
from polyvocal.exchange.writers.excerpts_words import filters_in_words
from polyvocal.exchange.writers.formats.characters import set_apart
from polyvocal.exchange.writers.formats.destination import ending_of, write_file

if TYPE_CHECKING:  # they bring SQLAlchemy, which a writer does not need
    from polyvocal.services.queries.divergences import DivergenceRow
    from polyvocal.services.queries.moment_columns import SelectedWords
    from polyvocal.services.queries.moments import MomentAsTold, MomentInOrder, ObserverOfMoment, PlacedPassage

ENDINGS = (".docx",)
NO_OBSERVER = "no observer"
_UNEQUAL = "They wrote different texts, of different lengths: these lie side by side and do not rank."


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of an account, and where they are from."""

    origin: str
    text: str


@dataclass(frozen=True, slots=True)
class Voice:
    """What one observer (or several who wrote together) wrote, from which standing."""

    name: str
    standing: str | None
    excerpts: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """What is laid side by side: a column a voice. `without` says of other observers why nothing of theirs is here,
    `not_placed` of texts."""

    title: str
    caption: str
    voices: tuple[Voice, ...]
    without: tuple[tuple[str, str], ...] = ()
    not_placed: tuple[tuple[str, str], ...] = ()


def export_side_by_side(found: SideBySide, path: Path) -> None:
    """Write accounts side by side as a landscape Word document, lines numbered, with room to write.

    The file is replaced whole or left as it was. Raises UserError for another ending or a missing folder, and
    EnvironmentFault where the machine refuses.
    """
    ending_of(path, ENDINGS)
    from polyvocal.exchange.writers.side_by_side_manuscript import side_by_side_manuscript

    write_file(path, side_by_side_manuscript(found).save)


# --- of a moment -----------------------------------------------------------------------------------------------------


def moment_side_by_side(told: "MomentAsTold", *, project: str) -> SideBySide:
    """A moment as each observer wrote it; those without an account, and what could not be placed, are told below."""
    moment = told.moment
    together: dict[tuple[int, ...], list[ObserverOfMoment]] = {}
    for one in told.observers:
        if one.accounts:
            together.setdefault(tuple(account.source for account in one.accounts), []).append(one)
    voices = [_voice(observers) for observers in together.values()]
    others = tuple(
        Excerpt(_origin(account.title, passage), passage.text)
        for account in told.others
        for passage in account.passages
    )
    if others:
        voices.append(Voice(NO_OBSERVER, None, others))
    without = [(_named(one), _STATES.get(one.state, one.state)) for one in told.observers if one.state is not None]
    not_placed = [one for observer in told.observers for one in observer.not_placed]
    seen = {one.source: one for one in (*not_placed, *told.others_not_placed)}
    return SideBySide(
        moment.title,
        f"{_where(moment)} What each observer wrote of it. {_UNEQUAL} Project {set_apart(project)}.",
        tuple(voices),
        tuple(without),
        tuple((one.title, one.why) for one in seen.values()),
    )


_STATES: Mapping[CellState, str] = {
    CellState.PRESENT_NOTHING_WRITTEN: "present, and wrote nothing of it",
    CellState.ELSEWHERE: "elsewhere, at something else at the same time",
    CellState.ABSENT: "absent",
    CellState.NOT_KNOWN: "not known whether they wrote of it",
}


def _named(observer: "ObserverOfMoment") -> str:
    return f"{observer.name} ({standing_in_words(observer.standing)})" if observer.standing else observer.name


def standing_in_words(standing: str | None) -> str:
    """A standing as it is read: "research team"."""
    return (standing or "").replace("-", " ")


def _voice(observers: "Sequence[ObserverOfMoment]") -> Voice:
    """What observers wrote who wrote just the same accounts."""
    standings = {one.standing for one in observers}
    return Voice(
        ", ".join(one.name for one in observers),
        standings.pop() if len(standings) == 1 else None,
        tuple(_excerpts(observers[0])),
    )


def _excerpts(observer: "ObserverOfMoment") -> Iterator[Excerpt]:
    for account in observer.accounts:
        for passage in account.passages:
            yield Excerpt(_origin(account.title, passage), passage.text)


def _origin(title: str, passage: "PlacedPassage") -> str:
    return f"{set_apart(title)}, {passage.start}-{passage.end} · {how_placed(passage)}"


def how_placed(passage: "PlacedPassage") -> str:
    """By what a passage was placed in a moment, in words."""
    if passage.by is Alignment.HAND:
        return "marked by hand"
    if passage.by is Alignment.SESSION:
        return "placed by session"
    between = f"between {_clock(passage.earliest)} and {_clock(passage.latest)}"
    return f"placed by time, {between}{'' if passage.certain else ', perhaps beyond the moment'}"


def _clock(at: datetime | None) -> str:
    return f"{at:%H:%M}" if at is not None else "no marked time"


def _where(moment: "MomentInOrder") -> str:
    parts = [set_apart(moment.event), *([set_apart(moment.session)] if moment.session is not None else [])]
    if moment.begins is not None:
        begins, ends = moment.begins, moment.ends if moment.ends != moment.begins else None
        day = "%Y-%m-%d " if ends is not None and ends.date() != begins.date() else ""
        parts.append(f"{begins:%Y-%m-%d %H:%M}" + (f" to {ends:{day}%H:%M}" if ends is not None else ""))
    return f"{' · '.join(parts)}."


# --- of a divergence, of chosen passages -----------------------------------------------------------------------------


def divergence_side_by_side(row: "DivergenceRow", *, project: str) -> SideBySide:
    """The passages on which a divergence was recorded, by observer. What it is put down to is not told beforehand."""
    voices: dict[tuple[str, ...], list[Excerpt]] = {}
    for one in row.passages:
        gone = " · these words are no longer in the current text" if one.gone else ""
        origin = f"{set_apart(one.source_title)}, {one.start}-{one.end}{gone}"
        voices.setdefault(one.observers, []).append(Excerpt(origin, one.text))
    where = f"{set_apart(row.moment)} · " if row.moment is not None else ""
    untitled = row.title == f"of {row.kind}"
    return SideBySide(
        f"A divergence {row.title}" if untitled else row.title,
        f"{where}A divergence of {row.kind}, {row.standing}. {_UNEQUAL} Project {set_apart(project)}.",
        tuple(_voices(voices)),
    )


def passages_side_by_side(
    passages: Iterable[CodedPassage], *, title: str, project: str, filters: Mapping[str, Sequence[str]]
) -> SideBySide:
    """Chosen passages by observer, each once, without codes: in a data session one reads before one is told."""
    voices: dict[tuple[str, ...], list[Excerpt]] = {}
    standings: dict[tuple[str, ...], str | None] = {}
    seen = set()
    for one in passages:
        place = one.source, one.version, one.start, one.end
        if place not in seen:
            seen.add(place)
            standings[one.observers] = one.standing
            excerpt = Excerpt(f"{set_apart(one.source_title)}, {one.start}-{one.end}", one.text)
            voices.setdefault(one.observers, []).append(excerpt)
    return SideBySide(
        title,
        f"{filters_in_words(filters)} {_UNEQUAL} Project {set_apart(project)}.",
        tuple(_voices(voices, standings)),
    )


def selection_side_by_side(words: Iterable["SelectedWords"], *, title: str, project: str) -> SideBySide:
    """Selected words by whose they are, in the order in which they are given."""
    voices: dict[tuple[str, str | None], list[Excerpt]] = {}
    for one in words:
        excerpt = Excerpt(f"{set_apart(one.title)}, {one.start}-{one.end}", one.text)
        voices.setdefault((one.name, one.standing), []).append(excerpt)
    return SideBySide(
        title,
        f"Words that were selected in the accounts. {_UNEQUAL} Project {set_apart(project)}.",
        tuple(Voice(name, standing, tuple(excerpts)) for (name, standing), excerpts in voices.items()),
    )


def _voices(
    of: Mapping[tuple[str, ...], Sequence[Excerpt]], standings: Mapping[tuple[str, ...], str | None] | None = None
) -> Iterator[Voice]:
    for names, excerpts in sorted(of.items(), key=lambda item: (not item[0], [one.casefold() for one in item[0]])):
        yield Voice(", ".join(names) or NO_OBSERVER, (standings or {}).get(names), tuple(excerpts))
