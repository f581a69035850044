"""Moments, divergences and counter-examples on the command line: adding them, and showing one whole."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.errors import UserError
from polyvocal.domain.records import Source
from polyvocal.domain.text import shown
from polyvocal.domain.words import Alignment, DivergenceKind, DivergenceStanding, Explanation
from polyvocal.services.commands import comparisons, divergences, moments
from polyvocal.services.commands.passage import Passage, text_of
from polyvocal.services.queries.divergences import DivergentPassage
from polyvocal.services.queries.moments import AccountOfMoment, MomentAsTold, NotPlaced, PlacedPassage
from polyvocal.services.references import kind_named, resolve
from polyvocal.store.file import ProjectFile
from polyvocal.store.view import View


def declare(kind: Callable[[str, str], Any]) -> None:
    """The words that each of these commands takes."""
    moment = kind("moment", "a moment of an event: a session, a time window, or what passages mark by hand")
    moment.add_argument("title", metavar="TITLE", nargs="?", help="may be left out where a session or window says it")
    moment.add_argument("--event", metavar="TITLE", help="the session's own, or the only one, without it")
    moment.add_argument("--session", metavar="TITLE")
    moment.add_argument("--from", dest="starts", metavar="TIME", help="10:45, or 2024-05-14T10:45, in the event's zone")
    moment.add_argument("--to", dest="ends", metavar="TIME")
    _passages(moment, "an account of it, marked by hand")

    anchor = kind("anchor", "an anchor: a passage that is its source's account of a moment, marked by hand")
    anchor.add_argument("--moment", required=True, metavar="REF")
    _passages(anchor, "the passage")

    divergence = kind("divergence", "a divergence: passages of two accounts or more that differ")
    divergence.add_argument("title", metavar="TITLE", nargs="?")
    divergence.add_argument("--kind", dest="divergence_kind", required=True, choices=[*map(str, DivergenceKind)])
    divergence.add_argument("--moment", metavar="REF", help="of which moment the accounts are")
    divergence.add_argument("--explanation", choices=[*map(str, Explanation)], help="what it is put down to")
    divergence.add_argument("--because", metavar="TEXT", help="more of the explanation, in words")
    divergence.add_argument(
        "--standing", dest="divergence_standing", choices=[*map(str, DivergenceStanding)],
        default=DivergenceStanding.OPEN, help="open without it",
    )  # fmt: skip
    divergence.add_argument("--memo", metavar="TEXT", help="a memo about it")
    _passages(divergence, "a passage that differs")

    passage = kind("divergence-passage", "a further passage of a divergence")
    passage.add_argument("--divergence", required=True, metavar="REF")
    _passages(passage, "the passage")

    against = kind("counter-example", "a coding that speaks against what a saved comparison seems to show")
    against.add_argument("--comparison", required=True, metavar="REF")
    against.add_argument("--coding", required=True, action="append", metavar="REF", help="may be repeated")
    against.add_argument("--why", metavar="TEXT")


def _passages(parser: ArgumentParser, meaning: str) -> None:
    parser.add_argument(
        "--passage", nargs=3, action="append", default=[], metavar=("SOURCE", "START", "END"),
        help=f"{meaning}, in code points; may be repeated",
    )  # fmt: skip
    parser.add_argument(
        "--quote", nargs=2, action="append", default=[], metavar=("SOURCE", "WORDS"),
        help=f"{meaning}, by its words, which stand in the source just once; may be repeated",
    )  # fmt: skip


def _given(project: ProjectFile, o: Namespace) -> list[Passage]:
    """The passages that are named by their ends or by their words."""
    found = []
    for source, start, end in o.passage:
        for word in (start, end):
            if not word.isdecimal():
                raise UserError(f"{shown(word)} is no place in a text: write --passage SOURCE START END in code points")
        found.append(Passage(source, int(start), int(end)))
    with project.view() as view:
        found += [_quoted(view, source, words) for source, words in o.quote]
    return found


def _quoted(view: View, source: str, words: str) -> Passage:
    where: Source = resolve(view, kind_named("source"), source)
    text = text_of(view, str(where.id))
    whole = view.text(text.version.text_hash)
    times = whole.count(words) if words else 0
    if times != 1:
        raise UserError(
            f"these words stand {f'{times} times' if times else 'nowhere'} in {shown(where.title)}: quote words that "
            "stand in it just once, or give --passage SOURCE START END"
        )
    start = whole.index(words)
    return Passage(str(where.id), start, start + len(words), text.version.id)


def _some(project: ProjectFile, o: Namespace) -> list[Passage]:
    found = _given(project, o)
    if not found:
        raise UserError("name a passage: --quote SOURCE WORDS, or --passage SOURCE START END")
    return found


def add_moment(project: ProjectFile, o: Namespace) -> tuple[str, ChangeSet]:
    """Enter a moment."""
    return "moment", moments.add_moment(
        project,
        title=o.title,
        event=o.event,
        session=o.session,
        starts=o.starts,
        ends=o.ends,
        passages=_given(project, o),
    )


def add_anchor(project: ProjectFile, o: Namespace) -> tuple[str, ChangeSet]:
    """Mark accounts of a moment."""
    return "moment_anchor", moments.add_anchors(project, moment=o.moment, passages=_some(project, o))


def add_divergence(project: ProjectFile, o: Namespace) -> tuple[str, ChangeSet]:
    """Record a divergence."""
    return "divergence", divergences.add_divergence(
        project,
        kind=DivergenceKind(o.divergence_kind),
        passages=_given(project, o),
        title=o.title,
        moment=o.moment,
        explanation=Explanation(o.explanation) if o.explanation else None,
        because=o.because,
        standing=DivergenceStanding(o.divergence_standing),
        memo=o.memo,
    )


def add_divergence_passage(project: ProjectFile, o: Namespace) -> tuple[str, ChangeSet]:
    """Take further passages into a divergence."""
    return "divergence_passage", divergences.add_divergence_passages(
        project, divergence=o.divergence, passages=_some(project, o)
    )


def add_counter_example(project: ProjectFile, o: Namespace) -> tuple[str, ChangeSet]:
    """Mark codings that speak against a comparison."""
    return "counter_example", comparisons.mark_counter_examples(
        project, comparison=o.comparison, codings=o.coding, why=o.why
    )


# --- one of them, whole ----------------------------------------------------------------------------------------------

_PLACED = {Alignment.HAND: "marked by hand", Alignment.SESSION: "by session", Alignment.TIME: "by time"}


def observers_of(moment: MomentAsTold) -> list[dict[str, Any]]:
    """What each observer wrote of a moment, for JSON; texts without an observer come last, under no name."""
    nobody: dict[str, Any] = {"observer": None, "standing": None, "state": None}
    named = [
        ({"observer": one.name, "standing": one.standing, "state": one.state}, one.accounts, one.not_placed)
        for one in moment.observers
    ]
    others = [(nobody, moment.others, moment.others_not_placed)] if moment.others or moment.others_not_placed else []
    return [
        {
            **head,
            "accounts": [
                {
                    "source": one.source,
                    "source_title": one.title,
                    "version": one.version,
                    "observers": one.observers,
                    "passages": [_passage(passage) for passage in one.passages],
                }
                for one in accounts
            ],
            "not_placed": [{"source": one.source, "source_title": one.title, "why": one.why} for one in not_placed],
        }
        for head, accounts, not_placed in [*named, *others]
    ]


def _passage(one: PlacedPassage) -> dict[str, Any]:
    return {
        "start": one.start,
        "end": one.end,
        "text": one.text,
        "by": one.by,
        "certain": one.certain,
        "earliest": one.earliest.isoformat() if one.earliest is not None else None,
        "latest": one.latest.isoformat() if one.latest is not None else None,
    }


def write_observers(moment: MomentAsTold) -> None:
    """What each observer wrote of a moment, on standard output."""
    for one in moment.observers:
        standing = f" ({one.standing})" if one.standing else ""
        state = "" if one.accounts else f": {one.state}"
        sys.stdout.write(f"\n{one.name}{standing}{state}\n")
        _write_accounts(one.accounts, one.not_placed)
    if moment.others or moment.others_not_placed:
        sys.stdout.write("\nWithout an observer\n")
        _write_accounts(moment.others, moment.others_not_placed)


def _write_accounts(accounts: Sequence[AccountOfMoment], not_placed: Sequence[NotPlaced]) -> None:
    for account in accounts:
        for passage in account.passages:
            sys.stdout.write(f"  {account.title} {passage.start}-{passage.end}, {_how(passage)}:\n")
            sys.stdout.write("".join(f"    {line}\n" for line in passage.text.strip().splitlines()))
    for other in not_placed:
        sys.stdout.write(f"  not placed: {other.title}. {other.why}\n")


def _how(passage: PlacedPassage) -> str:
    if passage.by is not Alignment.TIME:
        return _PLACED[passage.by]
    between = " to ".join(f"{at:%H:%M}" if at is not None else "?" for at in (passage.earliest, passage.latest))
    return f"by time ({between}{'' if passage.certain else ', may reach beyond'})"


def passages_told(passages: Iterable[DivergentPassage]) -> list[str]:
    """The passages of a divergence, a line each."""
    return [
        f"{', '.join(one.observers) or 'no observer'}, {one.source_title} {one.start}-{one.end}"
        f"{' (its words are gone)' if one.gone else ''}: {one.text}"
        for one in passages
    ]
