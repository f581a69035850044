"""The codebook as a report tells it: each code with its quotes, counts and memos."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from polyvocal.domain.codetree import in_tree_order
from polyvocal.domain.passages import CodedPassage
from polyvocal.domain.records import Code, Memo, Person, Project
from polyvocal.services.queries.passages import coded_passages
from polyvocal.services.queries.setting import load_setting
from polyvocal.store.view import View

QUOTES = 3
QUOTE_LENGTH = 400
NO_OBSERVER = "no observer"
NO_PHASE = "no phase"


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage as an example; `shortened` where more than 400 code points were cut."""

    text: str
    shortened: bool
    observers: tuple[str, ...]
    phase: str | None
    source_title: str
    coder: str


@dataclass(frozen=True, slots=True)
class MemoShown:
    """A memo as a report shows it."""

    kind: str
    title: str | None
    text: str
    author: str | None
    created_at: int


@dataclass(frozen=True, slots=True)
class CodebookEntry:
    """A code with what was coded so. Counts are of passages; a passage by two observers counts for both."""

    code: Code
    depth: int
    path: str
    passages: int
    sources: int
    by_observer: tuple[tuple[str, int], ...]
    by_phase: tuple[tuple[str, int], ...]
    quotes: tuple[Quote, ...]
    memos: tuple[MemoShown, ...]


@dataclass(frozen=True, slots=True)
class CodebookReport:
    """The codebook in tree order, parents before children."""

    title: str
    made_at: datetime
    approach: str | None
    coders: tuple[str, ...]
    entries: tuple[CodebookEntry, ...]


class _Tally:
    def __init__(self) -> None:
        self.passages = 0
        self.sources: set[int] = set()
        self.observers: Counter[str] = Counter()
        self.phases: Counter[str] = Counter()
        self.quotes: dict[tuple[str, ...], CodedPassage] = {}

    def add(self, passage: CodedPassage) -> None:
        self.passages += 1
        self.sources.add(passage.source)
        self.observers.update(passage.observers or (NO_OBSERVER,))
        self.phases.update(passage.phase.split("; ") if passage.phase else (NO_PHASE,))
        # one quote an observer, so that the examples are of several voices; the first of a readable length
        voice = passage.observers
        known = self.quotes.get(voice)
        if known is None or (len(known.text) > QUOTE_LENGTH >= len(passage.text)):
            self.quotes[voice] = passage


def codebook_report(view: View) -> CodebookReport:
    """Read the codebook with all that was coded. Retired codes are in it, and say so."""
    setting = load_setting(view)
    tallies: dict[int, _Tally] = {}
    coders: Counter[str] = Counter()
    for passage in coded_passages(view, setting=setting):
        tallies.setdefault(passage.code_id, _Tally()).add(passage)
        coders[passage.coder] += 1
    memos: dict[int | None, list[Memo]] = {}
    for memo in view.find(Memo, about_kind="code"):
        memos.setdefault(memo.about, []).append(memo)
    (project,) = view.all(Project)
    return CodebookReport(
        title=project.title,
        made_at=datetime.now(UTC).astimezone(),
        approach=project.approach,
        coders=tuple(sorted(coders, key=str.casefold)),
        entries=tuple(
            _entry(
                code=code,
                depth=depth,
                path=setting.code_path(code.id),
                tally=tallies.get(code.id) or _Tally(),
                memos=memos.get(code.id, []),
                people=setting.people,
            )
            for depth, code in in_tree_order(setting.codes.values())
        ),
    )


def _entry(
    *, code: Code, depth: int, path: str, tally: _Tally, memos: list[Memo], people: dict[int, Person]
) -> CodebookEntry:
    return CodebookEntry(
        code=code,
        depth=depth,
        path=path,
        passages=tally.passages,
        sources=len(tally.sources),
        by_observer=_ordered(tally.observers),
        by_phase=tuple(
            (phase, tally.phases[phase]) for phase in ("before", "during", "after", NO_PHASE) if tally.phases[phase]
        ),
        quotes=tuple(_quote(passage) for passage in list(tally.quotes.values())[:QUOTES]),
        memos=tuple(
            MemoShown(
                memo.kind, memo.title, memo.text, people[memo.author].name if memo.author else None, memo.created_at
            )
            for memo in memos
        ),
    )


def _ordered(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0].casefold())))


def _quote(passage: CodedPassage) -> Quote:
    cut = passage.text[:QUOTE_LENGTH]
    shortened = len(passage.text) > QUOTE_LENGTH
    if shortened:
        cut = cut.rsplit(None, 1)[0] + " …"
    return Quote(cut, shortened, passage.observers, passage.phase, passage.source_title, passage.coder)
