"""From what a file tells of codes to what would be written: looked at by a person before anything is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import CodeId
from polyvocal.domain.records import Code
from polyvocal.domain.text import clean_name, clean_text, shown
from polyvocal.exchange.codebook.entries import Entry, Found
from polyvocal.exchange.codebook.headings import TEXTS
from polyvocal.exchange.codebook.values import colour_of, kind_of, retired_of
from polyvocal.exchange.writers.formats.characters import legal, one_line
from polyvocal.services.commands.code_import import CodeDraft
from polyvocal.services.commands.incoming import Note
from polyvocal.services.references import folded


class Differing(StrEnum):
    """What becomes of codes that are there and of which the file says something else."""

    KEEP = "keep"
    FILL = "fill"
    TAKE = "take"


class Outcome(StrEnum):
    """What becomes of a code of the file."""

    NEW = "new"
    SAME = "as it is"
    DIFFERS = "differs"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class PlannedCode:
    """A code of the file, in its place in the tree; `differs` are the fields of which the file says something else.

    `told` says what is wrong with it, or where it lies in the codebook if that is elsewhere.
    """

    where: int
    name: str = field(repr=False)
    depth: int
    outcome: Outcome
    fields: Mapping[str, Any] = field(repr=False)
    known: CodeId | None = None
    differs: tuple[str, ...] = ()
    told: str = ""


@dataclass(frozen=True)
class CodebookPlan:
    """What an import would do. `problems` come first: (row or line, what is the matter)."""

    codes: tuple[PlannedCode, ...]
    problems: tuple[tuple[int, str], ...]
    notes: tuple[Note, ...]
    read_as: str
    differing: Differing
    drafts: tuple[CodeDraft, ...]

    @cached_property
    def counts(self) -> dict[Outcome, int]:
        """How many codes of the file become what."""
        return {outcome: sum(one.outcome is outcome for one in self.codes) for outcome in Outcome}

    @property
    def changes(self) -> int:
        """How many codes would be added or changed."""
        return sum(draft.known is None or bool(draft.fields) for draft in self.drafts)


def plan_codebook(found: Found, codes: Sequence[Code], differing: Differing = Differing.KEEP) -> CodebookPlan:
    """What would be written of the codes of a file, where these codes are there already.

    A code of the file is one that is there if it bears its id, or lies in the same place under the same name. What is
    there is only changed as `differing` says: not at all, where it is empty, or wherever the file says something; an
    empty cell says nothing.
    """
    planner = _Planner(codes, differing)
    planned = [planner.take(entry) for entry in found.entries]
    return CodebookPlan(
        codes=tuple(planned),
        problems=tuple(sorted((*found.problems, *planner.problems))),
        notes=found.notes,
        read_as=found.read_as,
        differing=differing,
        drafts=tuple(planner.drafts),
    )


class _Planner:
    def __init__(self, codes: Sequence[Code], differing: Differing) -> None:
        self._differing = differing
        self._codes = codes
        self._ids = {str(code.id): code for code in codes}
        self._places = {(code.parent, _key(code.name)): code for code in codes}
        self._line: list[tuple[int | None, tuple[str, ...]]] = []
        """The drafts above the one that comes next, by depth, with their paths."""
        self._taken: dict[tuple[str, ...], tuple[int, int]] = {}
        """By its path, where a code was first told of, and its draft."""
        self.drafts: list[CodeDraft] = []
        self.problems: list[tuple[int, str]] = []

    def take(self, entry: Entry) -> PlannedCode:
        """Decide what becomes of a code. What lies below one that is left out is put below the one above that."""
        depth = min(entry.depth, len(self._line))
        del self._line[depth:]
        above, path = self._line[-1] if self._line else (None, ())
        try:
            name = clean_name(one_line(entry.name), "code")
        except UserError as fault:
            self._line.append((above, path))
            return self._refused(entry, depth, str(fault))
        path = (*path, _key(name))
        if path in self._taken:
            first, draft = self._taken[path]
            self._line.append((draft, path))
            return self._refused(entry, depth, f"{shown(name)} is there twice: row or line {first:,} counts")
        self._taken[path] = entry.where, len(self.drafts)
        self._line.append((len(self.drafts), path))
        return self._planned(entry, name, depth, above)

    def _planned(self, entry: Entry, name: str, depth: int, above: int | None) -> PlannedCode:
        fields = {key: value for key, value in self._values(entry) if value is not None}
        known = self._known(entry, name, above)
        differs = tuple(_differing(known, name, fields)) if known is not None else ()
        written = self._written(known, name, fields, differs) if known is not None else fields
        identity = known.id if known is not None else None
        told = self._lies_elsewhere(known, above)
        self.drafts.append(CodeDraft(name, above, identity, written))
        outcome = Outcome.NEW if known is None else Outcome.DIFFERS if differs else Outcome.SAME
        return PlannedCode(entry.where, name, depth, outcome, fields, identity, differs, told)

    def _refused(self, entry: Entry, depth: int, why: str) -> PlannedCode:
        self.problems.append((entry.where, why))
        return PlannedCode(entry.where, entry.name, depth, Outcome.LEFT_OUT, {}, told=why)

    def _known(self, entry: Entry, name: str, above: int | None) -> Code | None:
        if entry.identity in self._ids:
            return self._ids[entry.identity]
        if entry.is_named_only:
            named = [code for code in self._codes if _key(code.name) == _key(name)]
            if len(named) == 1:
                return named[0]
        parent = self.drafts[above].known if above is not None else None
        return self._places.get((parent, _key(name))) if above is None or parent is not None else None

    def _lies_elsewhere(self, known: Code | None, above: int | None) -> str:
        if known is None or (above is not None and self.drafts[above].known == known.parent):
            return ""
        if above is None and known.parent is None:
            return ""
        there = next((code for code in self._codes if code.id == known.parent), None)
        return (
            f"lies below {shown(there.name)} here, and stays there"
            if there
            else "lies at the top here, and stays there"
        )

    def _values(self, entry: Entry) -> Iterator[tuple[str, Any]]:
        """The values that the words of an entry mean; what means nothing is told."""
        for name, words in entry.fields.items():
            try:
                value = _READERS[name](words) if name in _READERS else clean_text(legal(words))
            except UserError as fault:
                self.problems.append((entry.where, f"{name.replace('_', ' ')}: {fault}"))
                continue
            if value is None and words.strip():
                self.problems.append((entry.where, f"{shown(words)} is no {_CALLED.get(name, name)}: left out"))
            yield name, value

    def _written(self, known: Code, name: str, fields: Mapping[str, Any], differs: Sequence[str]) -> dict[str, Any]:
        match self._differing:
            case Differing.KEEP:
                return {}
            case Differing.FILL:
                return {one: fields[one] for one in differs if one != "name" and getattr(known, one) is None}
            case Differing.TAKE:
                return {one: name if one == "name" else fields[one] for one in differs}


_READERS: dict[str, Any] = {"kind": kind_of, "colour": colour_of, "retired": retired_of}
_CALLED = {"kind": "kind of code", "retired": "yes or no"}


def _differing(known: Code, name: str, fields: Mapping[str, Any]) -> Iterator[str]:
    if _key(known.name) != _key(name):
        yield "name"
    for one, value in fields.items():
        held = getattr(known, one)
        same = _normal(held or "") == _normal(value) if one in TEXTS else held == value
        if not same:
            yield one


def _key(name: str) -> str:
    """A name as it is compared with one that was written to a file."""
    return folded(legal(name))


def _normal(text: str) -> list[str]:
    """A text as every form of a codebook keeps it: its lines, without empty ones and white space around them."""
    return [line.strip() for line in legal(text).split("\n") if line.strip()]
