"""The script of the sample project: read from a folder, and checked that its parts fit each other.

A folder holds `setting.toml`, `codebook.toml`, perhaps `moments.toml`, the texts in `accounts/`, and in `codings/` one
file for each account that somebody has read, named as the text.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from polyvocal.domain.errors import EnvironmentFault, UserError
from polyvocal.domain.words import CodeKind, RoleName
from polyvocal.exchange.readers import read_source
from polyvocal.exchange.sample_moments import MOMENTS, MomentsPart, check_moments
from polyvocal.exchange.sample_parts import CodebookPart, CodingsPart, SettingPart, known, once
from polyvocal.exchange.sample_quotes import find_passage, find_quote
from polyvocal.services.commands.incoming import Incoming

SETTING = "setting.toml"
CODEBOOK = "codebook.toml"
ACCOUNTS = "accounts"
CODINGS = "codings"

P = TypeVar("P", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Script:
    """The whole sample project. Codings and texts are by the titles of the accounts, in the order of the setting."""

    setting: SettingPart
    codebook: CodebookPart
    codings: Mapping[str, CodingsPart]
    incoming: Mapping[str, Incoming]
    moments: MomentsPart


def read_script(folder: Path) -> Script:
    """Read and check a script. Raises UserError, naming file and place, where something does not fit."""
    setting, codebook = _read(folder / SETTING, SettingPart), _read(folder / CODEBOOK, CodebookPart)
    incoming = {one.title: read_source(folder / ACCOUNTS / one.file, title=one.title) for one in setting.account}
    files = {Path(one.file).stem: one.title for one in setting.account}
    found: dict[str, CodingsPart] = {}
    for path in sorted((folder / CODINGS).glob("*.toml")):
        codings = _read(path, CodingsPart)
        if files.get(path.stem) != codings.account:
            raise UserError(
                f"{path.name} is about the account {codings.account!r}, and {SETTING} has no such account in a file "
                f"{path.stem}: they must bear one name"
            )
        found[codings.account] = codings
    moments = _read(folder / MOMENTS, MomentsPart) if (folder / MOMENTS).is_file() else MomentsPart()
    codings_in_order = {title: found[title] for title in incoming if title in found}
    script = Script(setting, codebook, codings_in_order, incoming, moments)
    _Fitting(script).check()
    return script


def _read(path: Path, part: type[P]) -> P:
    try:
        return part.model_validate(tomllib.loads(path.read_text("utf-8")))
    except OSError as fault:
        raise EnvironmentFault(f"{path} cannot be read: {fault.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise UserError(f"{path.name} is no TOML: {fault}") from None
    except ValidationError as fault:
        first = fault.errors()[0]
        place = ".".join(str(step + 1 if isinstance(step, int) else step) for step in first["loc"])
        told = first["msg"].removeprefix("Value error, ")
        raise UserError(f"{path.name} does not hold together: {f'{place}: ' if place else ''}{told}") from None


class _Fitting:
    """Whether what is said in one file is there in the others."""

    def __init__(self, script: Script) -> None:
        self._script = script
        setting = script.setting
        self._coders = {one.name for one in setting.person if RoleName.CODER in one.roles}
        self._parties = {one.name for one in setting.group} | {one.name for one in setting.person}
        self._terms = {one.name for one in setting.term}
        self._sessions = {one.title: {session.title for session in one.session} for one in setting.event}
        self._events = {one.title: one.event for one in setting.account}
        self._codes = {one.name for one in script.codebook.code if one.kind is not CodeKind.CATEGORY}

    def check(self) -> None:
        """Raise UserError for the first thing that does not fit."""
        files = {one.title: Path(one.file).stem for one in self._script.setting.account}
        try:
            self._check_codebook()
        except ValueError as fault:
            raise UserError(f"{CODEBOOK} does not hold together: {fault}") from None
        for title, codings in self._script.codings.items():
            try:
                self._check_codings(codings, self._script.incoming[title].text)
            except ValueError as fault:
                raise UserError(f"{files[title]}.toml does not hold together: {fault}") from None

        try:
            self._check_moments()
        except ValueError as fault:
            raise UserError(f"{MOMENTS} does not hold together: {fault}") from None

    def _check_moments(self) -> None:
        part = self._script.moments
        check_moments(part, {title: one.text for title, one in self._script.incoming.items()})
        known("session", set().union(*self._sessions.values()), (one.session for one in part.moment), "moment")
        by = [
            *(one.by for one in part.moment),
            *(one.by for one in part.divergence),
            *(one.by for one in part.comparison),
        ]
        known("coder", self._coders, by, "by")
        for against in (against for one in part.comparison for against in one.against):
            known("coder", self._coders, (against.coder,), "counter-example")
            known("code", self._codes, (against.code,), "counter-example")

    def _check_codebook(self) -> None:
        for one in self._script.codebook.revision:
            place = f"revision of {one.code!r}"
            known("account", set(self._script.incoming), (one.before,), place)
            known("coder", self._coders, (one.by,), place)
        for memo in self._script.codebook.memo:
            known("coder", self._coders, (memo.author,), f"memo {memo.title!r}")

    def _check_codings(self, codings: CodingsPart, text: str) -> None:
        event = self._events[codings.account]
        for number, stretch in enumerate(codings.stretch, 1):
            find_quote(stretch.begins, text, f"stretch {number}")
            known(f"session of {event}", self._sessions[event], (stretch.session,), f"stretch {number}")
        taken: set[tuple[int, int, str, str]] = set()
        for number, passage in enumerate(codings.passage, 1):
            where = f"passage {number}"
            start, end = find_passage(passage, text, where)
            for coding in passage.coding:
                known("coder", self._coders, (coding.coder,), where)
                known("code (nor is one given that is a category)", self._codes, (coding.code,), where)
                known("group or person", self._parties, coding.concerns, where)
                known("group or person", self._parties, (one.by for one in coding.stance), where)
                known("group or person", self._parties, (one.toward for one in coding.stance), where)
                known("term", self._terms, (one.term for one in coding.stance), where)
                key = (start, end, coding.code, coding.coder)
                if key in taken:
                    raise ValueError(f"{where}: {coding.coder} has given {coding.code!r} to just these words already")
                taken.add(key)
        known("coder", self._coders, (one.coder for one in codings.memo), "memo")
        known("coder", self._coders, once("reading by", (one.coder for one in codings.reading)), "reading")
        for reading in codings.reading:
            if reading.up_to is not None:
                find_quote(reading.up_to, text, f"reading by {reading.coder}")
