"""What the files of the sample project may hold: its setting, its codebook, the codings of an account."""

from collections.abc import Iterable
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from polyvocal.domain.words import (
    Approach,
    CodeKind,
    Doing,
    LayerName,
    MemoKind,
    Phase,
    RoleName,
    SourceKind,
    StanceName,
    Standing,
)


class ScriptPart(BaseModel):
    """A part of the script: nothing in it that is not known, and nothing empty."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_min_length=1)


# --- setting.toml -------------------------------------------------------------------------------------------------


class GroupPart(ScriptPart):
    """A constituent group."""

    name: str
    description: str
    within: tuple[str, ...] = ()


class StatementPart(ScriptPart):
    """A dated statement of positionality."""

    dated: str
    statement: str


class PersonPart(ScriptPart):
    """A person with roles and groups."""

    name: str
    roles: tuple[RoleName, ...]
    standing: Standing | None = None
    groups: tuple[str, ...] = ()
    description: str
    positionality: tuple[StatementPart, ...] = ()


class PresencePart(ScriptPart):
    """What one person did in a session, or that the person was not there; `place` is where in it, or where else."""

    person: str
    doing: Doing
    place: str | None = None


class SessionPart(ScriptPart):
    """A session of an event, and who was in it. Times are ISO 8601."""

    title: str
    place: str
    starts: str
    ends: str
    scheduled: bool = True
    who: tuple[PresencePart, ...] = ()


class EventPart(ScriptPart):
    """An event with its sessions; one without anybody in it is still to come."""

    title: str
    series: str
    place: str
    zone: str
    starts: str
    ends: str
    session: tuple[SessionPart, ...]


class TermPart(ScriptPart):
    """A term of collaboration."""

    name: str
    definition: str


class AccountPart(ScriptPart):
    """A text in the folder of accounts: who wrote it and from where, and what it is about."""

    title: str
    file: str
    kind: SourceKind
    observers: tuple[str, ...] = ()
    position: str | None = None
    event: str
    session: str | None = None
    phase: Phase
    written_at: str
    observed_from: str | None = None
    observed_to: str | None = None
    note: str | None = None


class SettingPart(ScriptPart):
    """The whole setting. `entered_by` is in whose name it comes into the project."""

    title: str
    approach: Approach
    entered_by: str
    group: tuple[GroupPart, ...]
    person: tuple[PersonPart, ...]
    event: tuple[EventPart, ...]
    term: tuple[TermPart, ...]
    account: tuple[AccountPart, ...]

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        """The commands would make a group or an event of a name that is misspelt: here it is a fault."""
        groups = once("group", (one.name for one in self.group))
        people = once("person", (one.name for one in self.person))
        once("group or person", [*groups, *people])
        once("term", (one.name for one in self.term))
        once("file", (one.file for one in self.account))
        accounts = once("account", (one.title for one in self.account))
        sessions = {
            event.title: once(f"session of {event.title}", (one.title for one in event.session)) for event in self.event
        }
        once("event", (one.title for one in self.event))
        known("person", people, (self.entered_by,), "entered_by")
        for group in self.group:
            known("group", groups, group.within, f"group {group.name!r}")
        for person in self.person:
            known("group", groups, person.groups, f"person {person.name!r}")
        for session in (session for event in self.event for session in event.session):
            there = once("person", (one.person for one in session.who), f"session {session.title!r}: ")
            known("person", people, there, f"session {session.title!r}")
        for account in self.account:
            place = f"account {account.title!r}"
            known("person", people, account.observers, place)
            known("event", set(sessions), (account.event,), place)
            known(f"session of {account.event}", sessions[account.event], (account.session,), place)
            known("account", accounts, (account.note,), place)
            if account.kind is SourceKind.FIELDNOTE and not account.observers:
                raise ValueError(f"{place}: a fieldnote has an observer")
        return self


# --- codebook.toml ------------------------------------------------------------------------------------------------


class CodePart(ScriptPart):
    """A code, with every field of the codebook. Its parent stands before it."""

    name: str
    parent: str | None = None
    kind: CodeKind = CodeKind.CODE
    definition: str
    use_when: str
    not_when: str
    example: str
    colour: str


class RevisionPart(ScriptPart):
    """How a code's definition changed, `before` which account was coded, and why, which becomes a memo."""

    code: str
    before: str
    by: str
    definition: str
    use_when: str | None = None
    not_when: str | None = None
    why: str


class CodebookMemoPart(ScriptPart):
    """A memo on a code, or a free one."""

    kind: MemoKind
    title: str
    author: str
    text: str
    code: str | None = None


class CodebookPart(ScriptPart):
    """The codebook as it was at first, its revisions, and the memos that are not about one account."""

    code: tuple[CodePart, ...]
    revision: tuple[RevisionPart, ...] = ()
    memo: tuple[CodebookMemoPart, ...] = ()

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        codes = once("code", (one.name for one in self.code))
        before: set[str] = set()
        for one in self.code:
            known("code before it", before, (one.parent,), f"code {one.name!r}")
            before.add(one.name)
        known("code", codes, (one.code for one in self.revision), "revision")
        known("code", codes, (one.code for one in self.memo), "memo")
        return self


# --- codings/*.toml -----------------------------------------------------------------------------------------------


class StancePart(ScriptPart):
    """Who does what to which term, perhaps toward whom."""

    by: str
    stance: StanceName
    term: str
    toward: str | None = None


class CodingPart(ScriptPart):
    """One code that one coder gave to a passage."""

    coder: str
    code: str
    concerns: tuple[str, ...] = ()
    stance: tuple[StancePart, ...] = ()
    memo: str | None = None


class QuotePart(ScriptPart):
    """Words of an account; a longer passage runs from `quote` to the end of `until`."""

    quote: str
    until: str | None = None


class PassagePart(QuotePart):
    """Words of an account, and what they were coded with."""

    coding: tuple[CodingPart, ...] = Field(min_length=1)


class ReadingPart(ScriptPart):
    """How far a coder has read the account: to the end of the words `up_to`, or whole."""

    coder: str
    up_to: str | None = None


class AccountMemoPart(ScriptPart):
    """A memo about the account as a whole."""

    coder: str
    kind: MemoKind
    title: str
    text: str


class StretchPart(ScriptPart):
    """From the words `begins` on, up to the next one, the account is about another session or phase."""

    begins: str
    session: str | None = None
    phase: Phase | None = None


class CodingsPart(ScriptPart):
    """What two coders made of one account, and what was marked in it before: its stretches, with `times` the times
    that leave no doubt, and what the text itself proposes of the `layers`."""

    account: str
    times: bool = False
    layers: tuple[LayerName, ...] = ()
    stretch: tuple[StretchPart, ...] = ()
    passage: tuple[PassagePart, ...] = ()
    reading: tuple[ReadingPart, ...] = ()
    memo: tuple[AccountMemoPart, ...] = ()


# --- what fits ----------------------------------------------------------------------------------------------------


def once(what: str, names: Iterable[str], where: str = "") -> set[str]:
    """The names as a set. Raises ValueError for one that is borne twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"{where}there are two of the {what} {name!r}")
        seen.add(name)
    return seen


def known(what: str, names: set[str], used: Iterable[str | None], where: str) -> None:
    """Raise ValueError, saying where, for a name that is used and not among those that there are; None is no name."""
    for name in used:
        if name is not None and name not in names:
            raise ValueError(f"{where}: there is no {what} {name!r}")
