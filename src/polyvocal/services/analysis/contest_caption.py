"""What is said below a contest: what a mark is, of which codings, as read by whom, over which accounts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from polyvocal.domain.passages import OF_A_LAYER
from polyvocal.domain.text import counted
from polyvocal.services.analysis.caption import filters_in_words, jottings_left_out, project_and_time
from polyvocal.services.analysis.contest_axes import Rows
from polyvocal.services.analysis.question import Question

_BY = {
    Rows.ACTORS: "by actor",
    Rows.GROUPS: "by the actor's constituent group",
    Rows.TERMS: "by term",
}
_NAMED = 6


@dataclass(frozen=True, slots=True)
class Told:
    """What there is to tell of a contest. `in_several` are people of several groups; `by_coder` counts codings.

    `question` is the one under which the codings were found, whatever the terms.
    """

    question: Question
    terms: tuple[str, ...]
    kind: Rows
    filters: Mapping[str, list[str]]
    by_coder: Mapping[str, int]
    in_several: tuple[str, ...]
    in_several_columns: int
    untold_sessions: int
    other_events: int
    gone: int

    @property
    def title(self) -> str:
        """What it is, in a few words."""
        of = " and ".join(f"“{one}”" for one in self.terms) if self.terms else "all terms of collaboration"
        return f"Stances on {of}"


def caption(told: Told) -> str:
    """The caption as sentences."""
    return " ".join(one for one in _sentences(told) if one)


def _sentences(told: Told) -> Iterator[str]:
    question = told.question
    yield f"{told.title}, {_BY[told.kind]}, phase and session."
    yield (
        "A mark is a passage (each coding is one): it shows all that is done in it in that row; the same words coded "
        "by two people, or as two codes, are two."
    )
    yield _readers(told)
    accounts, held = question.accounts, question.held
    words = int(accounts.words.sum())
    words_read = int(held.words_read(question.chosen).sum())
    sources = counted(len(accounts), "source")
    yield f"Over {sources} of {counted(words, 'word')}, {words_read:,} of them read."
    if told.filters:
        yield filters_in_words(told.filters)
    if question.chosen.layers:
        yield OF_A_LAYER
    yield from _places(told)
    yield "An empty cell says that no such stance was coded, not that none was taken."
    yield jottings_left_out(question)
    if told.gone:
        yield f"Without words: passages whose words were corrected away ({told.gone:,})."
    yield project_and_time(question)


def _readers(told: Told) -> str:
    if not told.by_coder:
        return "No such stance is coded."
    readers = sorted(told.by_coder.items(), key=lambda one: (-one[1], one[0].casefold()))
    total = counted(sum(told.by_coder.values()), "passage")
    return f"{total}, as read by {', '.join(f'{name} ({number:,})' for name, number in readers)}."


def _places(told: Told) -> Iterator[str]:
    """Who and what stands in several places, and in which order marks are."""
    if told.kind is Rows.GROUPS:
        yield "A group stands for itself and its people, without the groups within it."
    people = told.in_several
    if people and told.kind is not Rows.TERMS:
        more = f" and {len(people) - _NAMED:,} more" if len(people) > _NAMED else ""
        yield f"Who belongs to several groups stands in each: {', '.join(people[:_NAMED])}{more}."
    if told.in_several_columns:
        yield f"A passage of several sessions or phases stands in each ({told.in_several_columns:,})."
    yield (
        "Within a cell marks follow the last time marked in their text before them; without one, the date of their "
        "source and the order of its text."
    )
    not_shown = []
    if told.untold_sessions:
        not_shown.append(f"sessions that no account is about ({told.untold_sessions:,})")
    if told.other_events:
        not_shown.append(f"events in whose accounts no stance is coded ({told.other_events:,})")
    if not_shown:
        yield f"Not shown: {'; '.join(not_shown)}."
