"""What the sample's team made of several accounts side by side: `moments.toml`, read, checked and played."""

from collections.abc import Mapping
from typing import Self

from pydantic import Field, model_validator

from polyvocal.domain.comparisons import Asked
from polyvocal.domain.records import Code, Coding, Person, Source, SourceVersion
from polyvocal.domain.words import DivergenceKind, DivergenceStanding, Explanation
from polyvocal.exchange.sample_parts import QuotePart, ScriptPart, known, once
from polyvocal.exchange.sample_quotes import find_passage, flowing
from polyvocal.services.choice import choose
from polyvocal.services.commands.comparisons import Taken, mark_counter_examples, save_comparison
from polyvocal.services.commands.divergences import add_divergence
from polyvocal.services.commands.memos import add_memo
from polyvocal.services.commands.moments import add_moment
from polyvocal.services.commands.passage import Passage
from polyvocal.store.file import ProjectFile
from polyvocal.store.view import View

MOMENTS = "moments.toml"


class PlacePart(QuotePart):
    """Words of an account: a longer passage runs from `quote` to the end of `until`."""

    source: str


class MomentPart(ScriptPart):
    """A moment; `account` are the accounts of it that are marked by hand, in the name of `by`."""

    title: str | None = None
    session: str
    starts: str | None = None
    ends: str | None = None
    by: str
    account: tuple[PlacePart, ...] = ()


class DivergencePart(ScriptPart):
    """Where accounts differ, and a memo about it."""

    title: str
    kind: DivergenceKind
    moment: str | None = None
    explanation: Explanation | None = None
    because: str | None = None
    standing: DivergenceStanding = DivergenceStanding.OPEN
    by: str
    passage: tuple[PlacePart, ...] = Field(min_length=2)
    memo: str | None = None


class AgainstPart(PlacePart):
    """A coding that speaks against a comparison: by its passage, its code and its coder."""

    code: str
    coder: str
    why: str


class ComparisonPart(ScriptPart):
    """A saved comparison, with a snapshot from `before` an account was coded, and counter-examples marked at the end.

    `choose` are the words of a filter, as at a terminal.
    """

    title: str
    rows: str
    columns: str
    measure: str
    before: str
    by: str
    choose: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    against: tuple[AgainstPart, ...] = ()
    memo: str | None = None


class MomentsPart(ScriptPart):
    """The whole file."""

    moment: tuple[MomentPart, ...] = ()
    divergence: tuple[DivergencePart, ...] = ()
    comparison: tuple[ComparisonPart, ...] = ()

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        titles = once("moment", (one.title or one.session for one in self.moment))
        once("divergence", (one.title for one in self.divergence))
        once("comparison", (one.title for one in self.comparison))
        known("moment", titles, (one.moment for one in self.divergence), "divergence")
        return self


class MomentsPlay:
    """Plays the file, once all is coded but for the comparisons, which are saved on the way."""

    def __init__(self, file: ProjectFile, part: MomentsPart, texts: Mapping[str, str]) -> None:
        self._file, self._part, self._texts = file, part, texts

    def play(self) -> None:
        """Enter the moments and the divergences, and mark what speaks against a comparison."""
        for moment in self._part.moment:
            self._in_the_name_of(moment.by)
            said = moment.model_dump(include={"title", "session", "starts", "ends"})
            add_moment(self._file, **said, passages=[self._passage(one) for one in moment.account])
        for divergence in self._part.divergence:
            self._in_the_name_of(divergence.by)
            add_divergence(
                self._file,
                **divergence.model_dump(exclude={"by", "passage", "memo"}),
                passages=[self._passage(one) for one in divergence.passage],
                memo=flowing(divergence.memo) if divergence.memo is not None else None,
            )
        for comparison in self._part.comparison:
            self._in_the_name_of(comparison.by)
            for one in comparison.against:
                coding = self._coding(one)
                mark_counter_examples(self._file, comparison=comparison.title, codings=[coding], why=one.why)
            if comparison.memo is not None:
                add_memo(
                    self._file,
                    text=flowing(comparison.memo),
                    author=comparison.by,
                    about=("comparison", comparison.title),
                )

    def save_comparisons(self, before: str) -> None:
        """Save the comparisons of which a snapshot is to be from before an account was coded."""
        from polyvocal.services.analysis.saved import answer

        for part in self._part.comparison:
            if part.before != before:
                continue
            self._in_the_name_of(part.by)
            with self._file.view() as view:
                asked = Asked(part.rows, part.columns, part.measure, choose(view, part.choose))
                found = answer(view, asked)
            save_comparison(self._file, title=part.title, asked=asked, taken=Taken(found.result, found.found.caption))

    def _passage(self, place: PlacePart) -> Passage:
        return Passage(place.source, *find_passage(place, self._texts[place.source], place.source))

    def _coding(self, one: AgainstPart) -> str:
        start, end = find_passage(one, self._texts[one.source], one.source)
        with self._file.view() as view:
            (source,), (code,) = view.find(Source, title=one.source), view.find(Code, name=one.code)
            (version,) = view.find(SourceVersion, source=source.id)
            (coding,) = view.find(
                Coding, version=version.id, start=start, end=end, code=code.id, coder=_person(view, one.coder)
            )
        return str(coding.id)

    def _in_the_name_of(self, name: str) -> None:
        with self._file.view() as view:
            self._file.person = _person(view, name)


def _person(view: View, name: str) -> int:
    (person,) = view.find(Person, name=name)
    return person.id


def check_moments(part: MomentsPart, texts: Mapping[str, str]) -> None:
    """Raise ValueError for the first quote that does not stand in its account, or for an account that is not there."""
    places = [
        *((one.title or one.session, place) for one in part.moment for place in one.account),
        *((one.title, place) for one in part.divergence for place in one.passage),
        *((one.title, place) for one in part.comparison for place in one.against),
    ]
    for title, place in places:
        known("account", set(texts), (place.source,), title)
        find_passage(place, texts[place.source], title)
    known("account", set(texts), (one.before for one in part.comparison), "comparison")
