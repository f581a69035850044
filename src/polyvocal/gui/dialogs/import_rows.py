"""A row of the import table: one file, what it says, what the person says of it, and what stands in its way."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, IntEnum, auto

from PySide6.QtCore import QCoreApplication

from polyvocal.domain.errors import UserError
from polyvocal.domain.words import SourceKind
from polyvocal.exchange.about.account import Account
from polyvocal.exchange.about.batch import find_in_all
from polyvocal.exchange.about.file_name import FileName
from polyvocal.exchange.about.found import Doubt, Field, Found, Values
from polyvocal.exchange.about.pattern import Pattern
from polyvocal.exchange.about.rows import FOUND_OUT, Manner
from polyvocal.exchange.about.settling import KnownNames
from polyvocal.exchange.readers.given import GivenFile
from polyvocal.gui.bus import told
from polyvocal.gui.dialogs.import_reading import Outcome
from polyvocal.services.commands.incoming import Incoming, ToldBy
from polyvocal.services.commands.setting import checked_time
from polyvocal.services.queries.known import ALIKE, Candidate, Earlier, earlier_states, titles_of_texts
from polyvocal.services.queries.names import names_of
from polyvocal.services.references import folded
from polyvocal.store.view import View

FIELDNOTE = str(SourceKind.FIELDNOTE)
JOTTINGS = str(SourceKind.JOTTINGS)
TIMES = (Field.OBSERVED_FROM, Field.OBSERVED_TO, Field.WRITTEN_AT)
OCCASION = (Field.EVENT, Field.SESSION, Field.PHASE)


class Becomes(Enum):
    """What becomes of a text that seems to be a changed state of a source."""

    VERSION = auto()
    SEPARATE = auto()


Place = tuple[str | None, int | None]
"""A sheet, and the number of a row in it; both None for a file that is no table, or was not read yet."""


class Rank(IntEnum):
    """How much a row needs somebody: the first come first."""

    UNREADABLE = 0
    IN_DOUBT = 1
    CHANGED = 2
    FINE = 3


@dataclass(slots=True)
class Row:
    """One file, or one row of a table (its `part`).

    What was typed goes before what was found; an emptied cell leaves it to what is said of all.
    `same_as` is the title of the source that has its text already, `twin` the file before it in the table that has
    the same, `earlier` the source of which it seems to be a changed state.
    """

    given: GivenFile
    arrival: int
    part: int = 0
    chosen: bool = True
    manner: Manner = FOUND_OUT
    """How the person wants the file read, the same in all of its rows."""
    place: Place = (None, None)
    outcome: Outcome | None = None
    typed: dict[Field, Values] = field(default_factory=dict)
    found: Found = field(default_factory=Found)
    same_as: str | None = None
    twin: "Row | None" = None
    earlier: Earlier | None = None
    becomes: Becomes = Becomes.SEPARATE
    common: Mapping[Field, Values] = field(default_factory=dict)
    """What is said of all files of which nothing else is said."""
    kept: dict[Place, tuple[dict[Field, Values], bool]] = field(default_factory=dict)
    """What was typed in the rows of the file, and whether they are chosen, by their places; one for all its rows."""

    @property
    def key(self) -> str:
        """By what it is told from all other rows."""
        return f"{self.given.identity}/{self.part}"

    @property
    def account(self) -> Account | None:
        """What was read."""
        return self.outcome.accounts[self.part] if self.outcome and self.outcome.accounts else None

    @property
    def words(self) -> int:
        """How long the text is."""
        return self.outcome.words[self.part] if self.outcome and self.outcome.words else 0

    @property
    def name(self) -> str:
        """The file's name; of a row of a table also which row it is."""
        return (self.incoming.file_name if self.incoming else None) or self.given.name

    @property
    def incoming(self) -> Incoming | None:
        """The text that was read."""
        return self.account.incoming if self.account else None

    @property
    def title(self) -> str:
        """What it is to be called."""
        said = self.values(Field.TITLE)
        if said or Field.TITLE in self.typed:
            return said[0] if said else ""
        return self.incoming.title if self.incoming else self.given.stem

    @property
    def file_name(self) -> FileName:
        """Its name as names are read."""
        return FileName.of(self.given)

    def values(self, what: Field) -> Values:
        """What is said of this file itself."""
        if what in self.typed:
            return self.typed[what]
        return self.found.said[what].values if what in self.found.said else ()

    def origin(self, what: Field) -> str | None:
        """Where the value stood; None for one that was typed or is not there."""
        return None if what in self.typed or what not in self.found.said else self.found.said[what].origin

    @property
    def whole(self) -> dict[Field, Values]:
        """All that holds for this file. Session and phase that are said of all are those of the event said of all."""
        common = self.common
        own = {what: self.values(what) for what in Field if self.values(what)}
        if Field.PRESENT in self.found.said and Field.PRESENT not in self.typed:  # it may say that nobody was
            own[Field.PRESENT] = self.values(Field.PRESENT)
        if Field.OBSERVERS in self.typed and Field.OBSERVERS in self.found.said:  # it was said of other observers
            for what in {Field.STANDING, Field.POSITION} - self.typed.keys():
                own.pop(what, None)
        event = own.get(Field.EVENT, common.get(Field.EVENT, ()))
        is_same = [folded(one) for one in event] == [folded(one) for one in common.get(Field.EVENT, ())]
        shared = {
            what: value
            for what, value in common.items()
            if value and (is_same or what not in (Field.SESSION, Field.PHASE))
        }
        return {**shared, **own}

    @property
    def is_doubled(self) -> bool:
        """Whether the same text comes in from here already."""
        return self.same_as is not None or (self.twin is not None and self.twin.chosen)

    @property
    def renews(self) -> Earlier | None:
        """The source of which it is to be a new version."""
        return self.earlier if self.becomes is Becomes.VERSION and not self.is_doubled else None

    @property
    def stands_in_the_way(self) -> bool:
        """Whether the file is to be taken in but has no text."""
        return self.chosen and self.incoming is None

    @property
    def reason(self) -> str:
        """Why it cannot be read, in a sentence; empty where it can, or was not read yet."""
        if self.outcome is None or self.outcome.fault is None:
            return ""
        words = told(self.outcome.fault)[0]
        for name in (self.given.shown, self.given.name):
            if words.casefold().startswith(name.casefold()):
                words = words[len(name) :].lstrip(" :")
        return words[:1].upper() + words[1:]

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """What is still in doubt: what was typed settles it, and so does an occasion that is said of all."""
        if self.is_doubled or self.renews is not None:
            return ()
        settled = self.typed.keys() | {what for what in OCCASION if what in self.common and not self.values(what)}
        open_ones = [one for one in self.found.doubts if one.field not in settled]
        return (*open_ones, *self._wrong_times(), *self._at_odds())

    def _wrong_times(self) -> list[Doubt]:
        wrong = []
        for what in TIMES:
            for word in self.typed.get(what, ()):
                try:
                    checked_time(word, _tr("The time"))
                except UserError as fault:
                    wrong.append(Doubt(what, f"{fault}."))
        return wrong

    def _at_odds(self) -> Iterator[Doubt]:
        """What was typed, but would not be kept as the rest of the row stands."""
        said = self.whole
        if not said.get(Field.OBSERVERS) and not self.lacks_observer:
            for what in (Field.STANDING, Field.POSITION):
                if self.typed.get(what):
                    yield Doubt(what, _tr("It is said from where somebody observed, but not who: name the observer."))
        if self.typed.get(Field.NOTE) and said.get(Field.KIND) != (JOTTINGS,):
            yield Doubt(Field.NOTE, _tr("Only jottings are written up as a note: choose that kind, or clear the note."))

    @property
    def is_guessed(self) -> bool:
        """Whether its encoding was guessed, and nobody said that it is right. Of a table the first row tells it."""
        return self.incoming is not None and self.incoming.encoding_by is ToldBy.STATISTICS and not self.part

    @property
    def is_asking(self) -> bool:
        """Whether anything of it is in doubt."""
        return bool(self.doubts) or (self.is_guessed and not self.is_doubled)

    @property
    def rank(self) -> Rank:
        """How much it needs somebody."""
        if self.reason:
            return Rank.UNREADABLE
        if self.is_asking or self.lacks_observer:
            return Rank.IN_DOUBT
        return Rank.CHANGED if self.earlier is not None and not self.is_doubled else Rank.FINE

    @property
    def lacks_observer(self) -> bool:
        """Whether it is a fieldnote of which nobody says who wrote it."""
        if self.incoming is None or self.is_doubled or self.renews is not None:
            return False
        said = self.whole
        return said.get(Field.KIND, (FIELDNOTE,))[0] == FIELDNOTE and not said.get(Field.OBSERVERS)

    @property
    def needs_somebody(self) -> bool:
        """Whether anything is in the way or in doubt."""
        return self.rank is not Rank.FINE


def spread(rows: Sequence[Row], outcome: Outcome) -> list[Row]:
    """The rows of a file that was read: one for each account in it, or one that says why there is none.

    Those that are there are used again. What a person said of a row stays with its place, also where a file is read
    in one way, then in another, and then in the first way again.
    """
    first = rows[0]
    for row in rows:
        first.kept[row.place] = row.typed, row.chosen
    unread = first.kept.get((None, None), ({}, True))
    found = []
    for part, account in enumerate(outcome.accounts or (None,)):
        row = (
            rows[part]
            if part < len(rows)
            else replace(first, part=part, found=Found(), same_as=None, twin=None, earlier=None)
        )
        row.outcome = outcome
        row.place = (row.manner.sheet, account.incoming.row) if account and account.incoming.row else (None, None)
        typed, row.chosen = first.kept.get(row.place, unread)
        row.typed = dict(typed)
        found.append(row)
    return found


def _tr(words: str) -> str:
    return QCoreApplication.translate("Row", words)


# --- what the project makes of them ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the project about a row."""

    key: str
    account: Account
    name: FileName
    title: str
    observers: Values


@dataclass(frozen=True, slots=True)
class Answer:
    """What the project makes of a row."""

    found: Found
    same_as: str | None
    earlier: Earlier | None


@dataclass(frozen=True, slots=True)
class Answers:
    """What it makes of all rows, by their keys; the names it has; the pattern by which names of files were read."""

    rows: Mapping[str, Answer]
    known: KnownNames
    pattern: Pattern | None


def ask_about(rows: Sequence[Asked], pattern: str | None, view: View) -> Answers:
    """Ask the project about rows. Without a pattern one is proposed and used. UserError for a pattern that is none."""
    known = KnownNames(names_of(view))
    found, used = find_in_all([(one.account, one.name) for one in rows], known, pattern)
    texts = [one.account.incoming for one in rows]
    same = titles_of_texts(view, [text.text for text in texts])
    states = earlier_states(
        view,
        [
            Candidate(text.text, text.file_name, row.title, row.observers or said.values.get(Field.OBSERVERS, ()))
            for row, text, said in zip(rows, texts, found, strict=True)
        ],
    )
    answers = {
        row.key: Answer(said, title, state if title is None else None)
        for row, said, title, state in zip(rows, found, same, states, strict=True)
    }
    return Answers(answers, known, used)


def is_likely(earlier: Earlier | None) -> bool:
    """Whether a text is so much like a source that it is taken for a changed state of it unless somebody says no."""
    return earlier is not None and earlier.alike >= ALIKE
