"""Every memo with what it is about, and what there is to write one about."""

from collections.abc import Callable, Iterable
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

from polyvocal.domain.comparisons import Comparison, CounterExample
from polyvocal.domain.ids import CodingId, SourceVersionId
from polyvocal.domain.memos import FREE, PASSAGE, About, MemoFilter, WholeMemo
from polyvocal.domain.moments import Divergence, DivergencePassage, Moment
from polyvocal.domain.records import (
    Code,
    Coding,
    Concern,
    ConstituentGroup,
    Event,
    Layer,
    Memo,
    Person,
    Session,
    Source,
    Stance,
    Stretch,
    Term,
    TimeMark,
)
from polyvocal.domain.versions import led
from polyvocal.services.queries.called import divergence_called, moment_named
from polyvocal.services.queries.setting import Setting, SourceInfo, load_setting
from polyvocal.services.references import kind_of_record
from polyvocal.store.schema import RECORD_OF_KIND
from polyvocal.store.view import View

ALL = MemoFilter()
_WORDS = 300
"""Of a passage so many characters are told."""


def all_memos(view: View, wanted: MemoFilter = ALL) -> list[WholeMemo]:
    """The memos that are meant, in the order in which they were written."""
    memos = sorted(view.all(Memo), key=lambda one: (one.created_at, one.id))  # copies of a project number apart
    abouts = _Abouts(view, memos)
    shown = (
        WholeMemo(
            one.id,
            one.kind,
            one.title,
            one.text,
            abouts.setting.people[one.author].name if one.author is not None else None,
            one.created_at,
            abouts.of(one),
        )
        for one in memos
    )
    return [one for one in shown if wanted.holds(one)]


_OF_CODINGS = (Stance, Concern, CounterExample)
"""What is where its coding is."""


class _Abouts:
    """Finds what memos are about: read once for all of them."""

    def __init__(self, view: View, memos: Iterable[Memo]) -> None:
        self.setting = load_setting(view)
        self._view = view
        self._infos = {version.id: info for info in self.setting.sources for version in info.versions}
        self._text = cache(lambda version: view.text(self._text_hash(version)))
        self._things: dict[int, Any] = {}
        asked = sorted((one.about_kind, one.about) for one in memos if one.about_kind and one.about is not None)
        for kind, pairs in groupby(asked, key=lambda pair: pair[0]):
            self._take(RECORD_OF_KIND[kind], {identity for _, identity in pairs})
        parts = [one for one in self._things.values() if isinstance(one, _OF_CODINGS)]
        self._take(Coding, {one.coding for one in parts})

    def _take(self, cls: type[Any], ids: Iterable[int]) -> None:
        self._things |= {one.id: one for one in self._view.among(cls, "id", ids)}

    def _text_hash(self, version: SourceVersionId) -> str:
        return next(one.text_hash for one in self._infos[version].versions if one.id == version)

    def of(self, memo: Memo) -> About:
        if memo.version is not None:
            return self._placed(About(PASSAGE, self._infos[memo.version].source.title), memo)
        thing = self._things.get(memo.about or 0)
        if thing is None:
            return About(FREE)
        about = About(kind_of_record(type(thing)).singular, _named(self.setting, thing), thing.id)
        if isinstance(thing, Source):
            return about._replace(source=thing.id)
        if isinstance(thing, Moment):
            return about._replace(within=("session", thing.session) if thing.session else ("event", thing.event))
        if isinstance(thing, Divergence):
            first = min(self._view.find(DivergencePassage, divergence=thing.id), key=lambda one: one.id)
            return self._placed(about, first)._replace(words="")
        marked = self._things[thing.coding] if isinstance(thing, _OF_CODINGS) else thing
        if hasattr(marked, "version"):
            about = self._placed(about, marked)
        return about._replace(coding=CodingId(marked.id)) if isinstance(marked, Coding) else about

    def _placed(self, about: About, marked: Any) -> About:
        info: SourceInfo = self._infos[marked.version]
        words = self._text(marked.version)[marked.start : marked.end]
        return about._replace(
            source=info.source.id,
            source_title=info.source.title,
            place=next((place for place, _ in led(info.versions, [marked])), None),
            words=words if len(words) <= _WORDS else f"{words[: _WORDS - 1]}…",
        )


def _stretch(setting: Setting, one: Stretch) -> str:
    session = setting.sessions[one.session].title if one.session is not None else None
    return session or one.phase or setting.events[one.event].title


def _moment(setting: Setting, one: Moment) -> str:
    return moment_named(one, (setting.sessions[one.session] if one.session else setting.events[one.event]).title)


_CALLED: dict[type, Callable[[Setting, Any], str]] = {
    Code: lambda setting, one: setting.code_path(one.id),
    Coding: lambda setting, one: setting.codes[one.code].name,
    Stance: lambda setting, one: (
        f"{setting.party(one.actor_group or one.actor_person)} {one.stance} {setting.terms[one.term].name}"
    ),
    Concern: lambda setting, one: setting.party(one.constituent_group or one.person),
    Layer: lambda _, one: str(one.layer),
    Stretch: _stretch,
    TimeMark: lambda _, one: one.clock or "no time",
    Moment: _moment,
    Divergence: lambda _, one: divergence_called(one),
}
"""How things are called that have no name of their own, or more than that."""


def _named(setting: Setting, thing: Any) -> str:
    if type(thing) in _CALLED:
        return _CALLED[type(thing)](setting, thing)
    name = kind_of_record(type(thing)).name
    return str(getattr(thing, name)) if name else ""


class Subject(NamedTuple):
    """Something that a memo can be about: `kind` and `id` as a command takes them."""

    kind: str
    id: int
    name: str


_SUBJECTS: tuple[tuple[type[Any], Callable[[Setting, Any], str]], ...] = (
    (Code, lambda setting, one: setting.code_path(one.id)),
    (Source, lambda _, one: one.title),
    (Person, lambda _, one: one.name),
    (ConstituentGroup, lambda _, one: one.name),
    (Event, lambda _, one: one.title),
    (Session, lambda setting, one: f"{one.title} ({setting.events[one.event].title})"),
    (Term, lambda _, one: one.name),
    (Moment, _moment),
    (Divergence, lambda _, one: divergence_called(one)),
    (Comparison, lambda _, one: one.title),
)


def subjects(view: View) -> list[Subject]:
    """What has a name and can be written about: by kind, in the order of names; two of one name told apart by id."""
    setting = load_setting(view)
    found = []
    for cls, called in _SUBJECTS:
        kind = kind_of_record(cls).singular
        named = [(called(setting, one), one.id) for one in view.all(cls)]
        names = [name for name, _ in named]
        found += [
            Subject(kind, identity, name if names.count(name) == 1 else f"{name} ({identity})")
            for name, identity in sorted(named, key=lambda one: one[0].casefold())
        ]
    return found
