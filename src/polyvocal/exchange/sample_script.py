"""The script of the sample project: what it may hold, and that its parts fit each other."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from polyvocal.domain.errors import UserError
from polyvocal.domain.words import (
    Approach,
    CodeKind,
    Doing,
    MemoKind,
    Phase,
    RoleName,
    SourceKind,
    StanceName,
    Standing,
)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_min_length=1)


class GroupPart(_Part):
    """A constituent group."""

    name: str
    description: str | None = None
    within: tuple[str, ...] = ()


class PersonPart(_Part):
    """A person with roles and groups."""

    name: str
    roles: tuple[RoleName, ...]
    standing: Standing | None = None
    groups: tuple[str, ...] = ()
    description: str | None = None


class EventPart(_Part):
    """The event; times in ISO 8601."""

    title: str
    series: str
    place: str
    zone: str
    starts: str
    ends: str


class SessionPart(_Part):
    """A session of the event."""

    title: str
    place: str
    starts: str
    ends: str
    scheduled: bool = True


class AttendancePart(_Part):
    """What one person did in a session."""

    person: str
    doing: Doing
    place: str | None = None


class PresencePart(_Part):
    """Who was, or was not, in a session."""

    session: str
    who: tuple[AttendancePart, ...]


class TermPart(_Part):
    """A term of collaboration."""

    name: str
    definition: str


class AccountPart(_Part):
    """A fieldnote in a file beside the script."""

    title: str
    file: str
    observer: str
    session: str
    phase: Phase
    kind: SourceKind = SourceKind.FIELDNOTE
    written_at: str | None = None
    observed_from: str | None = None
    observed_to: str | None = None


class CodePart(_Part):
    """A code, with every field of the codebook."""

    name: str
    parent: str | None = None
    kind: CodeKind = CodeKind.CODE
    definition: str
    use_when: str
    not_when: str
    example: str
    colour: str


class StancePart(_Part):
    """Who does what to which term, perhaps toward whom."""

    by: str
    stance: StanceName
    term: str
    toward: str | None = None


class CodingPart(_Part):
    """One code that one coder gave to a passage."""

    code: str
    coder: str
    concerns: tuple[str, ...] = ()
    stance: tuple[StancePart, ...] = ()


class PassagePart(_Part):
    """Words of an account, and what they were coded with."""

    account: str
    quote: str
    coding: tuple[CodingPart, ...] = Field(min_length=1)


class ReadingPart(_Part):
    """How far a coder has read an account: to the end of the words `up_to`, or whole."""

    coder: str
    account: str
    up_to: str | None = None


class MemoPart(_Part):
    """A memo on a code, on an account, or free."""

    kind: MemoKind
    title: str
    author: str
    text: str
    code: str | None = None
    account: str | None = None


class Script(_Part):
    """The whole sample project."""

    title: str
    approach: Approach
    group: tuple[GroupPart, ...]
    person: tuple[PersonPart, ...]
    event: EventPart
    session: tuple[SessionPart, ...]
    presence: tuple[PresencePart, ...]
    term: tuple[TermPart, ...]
    account: tuple[AccountPart, ...]
    code: tuple[CodePart, ...]
    passage: tuple[PassagePart, ...]
    reading: tuple[ReadingPart, ...]
    memo: tuple[MemoPart, ...]

    @model_validator(mode="after")
    def _names_are_known(self) -> Self:
        """The commands would make a group of a name that is misspelt: here it is a fault."""
        groups, people = {one.name for one in self.group}, {one.name for one in self.person}
        sessions, accounts = {one.title for one in self.session}, {one.title for one in self.account}
        codes, terms = {one.name for one in self.code}, {one.name for one in self.term}
        codings = [one for passage in self.passage for one in passage.coding]
        stances = [one for coding in codings for one in coding.stance]
        _known("group", groups, (name for one in self.group for name in one.within))
        _known("group", groups, (name for one in self.person for name in one.groups))
        _known("session", sessions, (one.session for one in self.presence))
        _known("session", sessions, (one.session for one in self.account))
        _known("person", people, (who.person for one in self.presence for who in one.who))
        _known("person", people, (one.observer for one in self.account))
        _known("person", people, (one.coder for one in codings))
        _known("person", people, (one.coder for one in self.reading))
        _known("person", people, (one.author for one in self.memo))
        _known("account", accounts, (one.account for one in self.passage))
        _known("account", accounts, (one.account for one in self.reading))
        _known("account", accounts, (one.account for one in self.memo))
        _known("code", codes, (one.parent for one in self.code))
        _known("code", codes, (one.code for one in codings))
        _known("code", codes, (one.code for one in self.memo))
        _known("term", terms, (one.term for one in stances))
        _known("group or person", groups | people, (name for one in codings for name in one.concerns))
        _known("group or person", groups | people, (name for one in stances for name in (one.by, one.toward)))
        return self


def _known(what: str, names: set[str], used: Iterable[str | None]) -> None:
    for name in used:
        if name is not None and name not in names:
            raise ValueError(f"there is no {what} {name!r} in the script")


def read_script(path: Path) -> Script:
    """Read and check a script. Raises UserError, naming the place, for one that is wrong."""
    try:
        return Script.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise UserError(f"{path.name} is no TOML: {fault}") from None
    except ValidationError as fault:
        first = fault.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the whole"
        raise UserError(f"{path.name} does not hold together: {place}: {first['msg']}") from None


def find_quote(quote: str, text: str, title: str) -> tuple[int, int]:
    """Where words stand in an account, as [start, end) in code points. UserError unless they stand there just once."""
    times = text.count(quote)
    if times != 1:
        how_often = "do not stand" if not times else f"stand {times} times"
        raise UserError(f"the words {quote[:60]!r} {how_often} in the account {title!r}: they must stand there once")
    start = text.index(quote)
    return start, start + len(quote)
