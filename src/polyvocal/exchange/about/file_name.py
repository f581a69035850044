"""What the name of a file says, and those of the folders in which it lies: by a pattern, and by names that are known.

Words are compared folded and whole. Without a pattern only what the project knows is recognised in a name, days, and
the phase where a part of the name that is set apart ("before/", "_after_") or a folder says nothing else.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from polyvocal.domain.text import shown
from polyvocal.exchange.about.found import Claim, Doubt, Field, Key, Origin
from polyvocal.exchange.about.keywords import PHASES, plain
from polyvocal.exchange.about.pattern import Pattern, pattern_of, words_in
from polyvocal.exchange.about.settling import KnownNames
from polyvocal.exchange.about.times import find_day
from polyvocal.exchange.readers.given import GivenFile
from polyvocal.services.references import folded

_WORD = re.compile(r"[^\W_]+")
_FIELDS = {Key.OBSERVER: "observer", Key.DATE: "date", Key.EVENT: "event", Key.SESSION: "session", Key.PHASE: "phase"}


class FileName(NamedTuple):
    """A file's name without its ending, and its folders, the innermost last."""

    stem: str
    folders: tuple[str, ...] = ()

    @classmethod
    def of(cls, given: GivenFile) -> "FileName":
        """That of a file that is given."""
        return cls(given.stem, tuple(given.folder.split("/")) if given.folder else ())


class Recognised(NamedTuple):
    """Something known that stands at [start, end) in a name."""

    start: int
    end: int
    key: Key
    words: str


class NameReader:
    """Reads the names of many files against the names of one project.

    `claimed` are observers whom the files themselves name. Those of two words and more are recognised as the project's
    own names are: one word alone may mean anything in the name of a file.
    """

    def __init__(self, known: KnownNames, pattern: Pattern | None = None, claimed: Iterable[str] = ()) -> None:
        self._known = known
        self.pattern = pattern
        self._is_proposed = False
        self._people = {folded(name): name for name in claimed if len(words_in(name)) > 1} | known.people
        self._names: dict[tuple[str, ...], tuple[Key, str]] = {}
        for key, table in (
            (Key.OBSERVER, self._people),
            (Key.SESSION, known.all_sessions),
            (Key.EVENT, known.events),
            (Key.OBSERVER, known.people),
        ):
            self._names |= {tuple(words_in(name)): (key, name) for name in table.values()}
        self._names.pop((), None)
        self._longest = max(map(len, self._names), default=0)
        self._of_people: dict[str, list[str]] = {}
        for name in self._people.values():
            for word in dict.fromkeys(words_in(name)):
                self._of_people.setdefault(word, []).append(name)

    def read(self, name: FileName, *, needed: bool = True) -> tuple[list[Claim], list[Doubt]]:
        """What a name says; by the pattern first, where it fits. Where it does not is a doubt if the name is needed."""
        by_pattern = self.pattern.match(name.folders, name.stem, self._knows) if self.pattern else None
        claims = [Claim(key, self._spelt(key, words), Origin.FILE_NAME) for key, words in (by_pattern or {}).items()]
        doubts: list[Doubt] = []
        if self._is_proposed:
            claims, doubts = self._only_known(claims)
        if needed and self.pattern is not None and by_pattern is None and not self._is_proposed:
            doubts.append(Doubt(Field.TITLE, f"Its name does not fit the pattern {self.pattern.words}."))
        said = {one.key for one in claims}
        places = ((name.stem, Origin.FILE_NAME), *((one, Origin.FOLDER) for one in reversed(name.folders)))
        for words, origin in places:
            found = [one for one in self.recognise(words) if one.key not in said]
            for key in dict.fromkeys(one.key for one in found):
                same = list(dict.fromkeys(one.words for one in found if one.key is key))
                if len(same) == 1:
                    claims.append(Claim(key, same[0], origin))
                elif key is Key.OBSERVER:
                    listed = " and ".join(same)
                    doubts.append(Doubt(Field.OBSERVERS, f"The {origin} names {listed}: who observed?", tuple(same)))
            said |= {one.key for one in found}
        if Key.OBSERVER not in said and not any(one.field is Field.OBSERVERS for one in doubts):
            doubts += self._by_part_of_a_name(name.stem)
        return claims, doubts

    def recognise(self, name: str) -> list[Recognised]:
        """What in a name is known, in its order: days, names of the project (the longest first), a phase set apart."""
        found: list[Recognised] = []
        day = find_day(name)
        if day is not None:
            found.append(Recognised(day.start, day.end, Key.DATE, name[day.start : day.end]))
        words = [one for one in _WORD.finditer(name) if day is None or one.end() <= day.start or one.start() >= day.end]
        plain_words = [plain(one.group()) for one in words]
        at = 0
        while at < len(words):
            for length in range(min(self._longest, len(words) - at), 0, -1):
                known = self._names.get(tuple(plain_words[at : at + length]))
                if known is not None:
                    found.append(Recognised(words[at].start(), words[at + length - 1].end(), *known))
                    at += length - 1
                    break
            at += 1
        taken = [(one.start, one.end) for one in found]
        for part in re.finditer(r"[^,;()\[\]_–—-]+", name):
            whole = part.group().strip()
            if plain(whole) in PHASES and not any(start < part.end() and part.start() < end for start, end in taken):
                start = part.start() + part.group().index(whole)
                found.append(Recognised(start, start + len(whole), Key.PHASE, whole))
        return sorted(found)

    def _knows(self, key: Key, words: str) -> int | None:
        """How well words fit a field, as `pattern.Knows` has it."""
        return 2 if key is Key.OBSERVER and folded(words) in self._people else self._known.knows(key, words)

    def _spelt(self, key: Key, words: str) -> str:
        """Words of a name; an observer as the project, or another file, spells the name."""
        return self._people.get(folded(words), words) if key is Key.OBSERVER else words

    def _only_known(self, claims: list[Claim]) -> tuple[list[Claim], list[Doubt]]:
        """Of what a pattern finds for which nobody asked, what is known; of an observer who is not, it is asked."""
        kept = [one for one in claims if (self._knows(one.key, one.words) or 0) > 1]
        doubts = [
            Doubt(
                Field.OBSERVERS, f"By the file's name {shown(one.words)} observed, who is new: is it so?", (one.words,)
            )
            for one in claims
            if one.key is Key.OBSERVER and one not in kept
        ]
        return kept, doubts

    def _by_part_of_a_name(self, stem: str) -> Iterator[Doubt]:
        """Ask where a word of a file's name is a part of the name of one person, or of several."""
        for word in _WORD.findall(stem):
            people = self._of_people.get(plain(word), []) if len(word) > 2 else []
            if people:
                listed = " or ".join(shown(one) for one in people[:3])
                yield Doubt(Field.OBSERVERS, f"The file name has {shown(word)}: is it {listed}?", tuple(people[:3]))
                return

    def follow_most(self, names: Iterable[FileName]) -> None:
        """Read by the pattern that most of the names follow in which something is recognised, if there is one.

        It is no doubt where a name does not fit a pattern for which nobody asked.
        """
        self.pattern, self._is_proposed = self.propose(names), True

    def propose(self, names: Iterable[FileName]) -> Pattern | None:
        """The pattern that most of the names follow in which something is recognised; None where there is none."""
        found: Counter[str] = Counter()
        for name in names:
            recognised = self.recognise(name.stem)
            fields = [_FIELDS[one.key] for one in recognised if one.key in _FIELDS]
            if len(fields) >= 2 and len(set(fields)) == len(fields) and not set("{}/") & set(name.stem):
                found[_as_pattern(name.stem, recognised)] += 1
        if not found:
            return None
        return pattern_of(found.most_common(1)[0][0])


def _as_pattern(name: str, recognised: Iterable[Recognised]) -> str:
    """A name with fields in the place of what was recognised, and {any} for other words."""
    written, at = "", 0
    for one in recognised:
        written += _any(name[at : one.start]) + f"{{{_FIELDS[one.key]}}}"
        at = one.end
    return written + _any(name[at:])


def _any(between: str) -> str:
    """What stands between two fields, with {any} for the words in it."""
    words = list(_WORD.finditer(between))
    return between if not words else f"{between[: words[0].start()]}{{any}}{between[words[-1].end() :]}"
