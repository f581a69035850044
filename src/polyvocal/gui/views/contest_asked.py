"""What is asked of the page of a contest, and what answers it."""

from typing import TYPE_CHECKING, NamedTuple

from polyvocal.domain.ids import TermId
from polyvocal.domain.passages import Aspect, PassageQuery
from polyvocal.domain.records import Term
from polyvocal.gui import labels
from polyvocal.gui.views import passages_asked
from polyvocal.gui.views.compare_left import held_in, id_in, kept_as, text_in
from polyvocal.gui.views.contest_marks import glyph
from polyvocal.services.queries.passage_list import meant_by
from polyvocal.store.view import View

if TYPE_CHECKING:
    from polyvocal.services.analysis.contest import Contest, TermLine
    from polyvocal.services.analysis.ledger import Ledger

ROWS = (("actors", "people, by group"), ("groups", "groups"), ("terms", "terms"))
"""What the rows may be: `contest_axes.Rows`, and what that is called."""


class Asked(NamedTuple):
    """What is asked for: the term (None for all, "" for the one with most stances), the rows, and the filter."""

    term: TermId | str | None = ""
    rows: str = "actors"
    query: PassageQuery = PassageQuery()

    def to_json(self) -> str:
        """As it is kept."""
        return kept_as(term=self.term, rows=self.rows, filter=passages_asked.Asked(self.query).to_json())

    @classmethod
    def from_json(cls, kept: str) -> "Asked":
        """What was kept; what cannot be read of it is as at first."""
        held = held_in(kept)
        term, rows = id_in(held, "term"), text_in(held, "rows")
        return cls(
            term=None if "term" in held and held["term"] is None else "" if term is None else TermId(term),
            rows=rows if rows in dict(ROWS) else cls().rows,
            query=passages_asked.Asked.from_json(text_in(held, "filter")).query,
        )


class ContestShown(NamedTuple):
    """The answer to what was asked, with the names of what the filter asks for."""

    asked: Asked
    contest: "Contest"
    names: dict[Aspect, list[str]]


def term_words(contest: "Contest", line: "TermLine") -> str:
    """A term with the marks and numbers of its stances."""
    told = zip(contest.stances, line.counts, strict=True)
    marks = "  ".join(f"{glyph(contest.signs[stance])} {labels.number(count)}" for stance, count in told if count)
    return f"{line.name}   {marks}" if marks else line.name


def contest_for(ledger: "Ledger", view: View, asked: Asked) -> ContestShown:
    """The stances that are asked for; where no term was chosen yet, or it is gone, on the one with most of them."""
    from polyvocal.services.analysis.contest import contest_by
    from polyvocal.services.analysis.contest_axes import Rows

    query, rows = asked.query, Rows(asked.rows)
    chosen = meant_by(view, query)
    term = asked.term
    if isinstance(term, str) or (term is not None and view.get(Term, term) is None):
        most = max(contest_by(ledger, view, chosen, rows).terms, key=lambda one: sum(one.counts), default=None)
        term = None if most is None else TermId(most.id)
    found = contest_by(ledger, view, chosen if term is None else chosen.but(Aspect.TERM, {term}), rows)
    return ContestShown(asked, found, passages_asked.names_asked(view, query))
