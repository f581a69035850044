"""What is asked of a project by a comparison."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from polyvocal.domain.attributes import title_of
from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.records import Attribute
from polyvocal.services.analysis.accounts import Accounts
from polyvocal.services.analysis.holdings import Holdings
from polyvocal.services.queries.setting import Setting

Id = TypeVar("Id", bound=int)


@dataclass(frozen=True, slots=True)
class Question:
    """A project as it is held, the filter as it was asked and by ids alone, and the accounts that it leaves.

    An account is known by its place among these. `people` are names, told apart where two people share one.
    """

    held: Holdings
    asked: PassageFilter
    chosen: PassageFilter
    accounts: Accounts
    people: Mapping[int, str]

    @property
    def setting(self) -> Setting:
        """Who, where, when, which sources."""
        return self.held.setting

    @property
    def is_cut(self) -> bool:
        """Whether any of the accounts has stretches, so that its passages may belong elsewhere than itself."""
        return self.accounts.cut > 0

    def filter_words(self) -> dict[str, list[str]]:
        """What the filter asks for, in names, by what is asked for."""
        words = self.setting.filter_words(self.asked)
        for of, attribute, value in sorted(self.asked.attributes):
            words.setdefault(attribute_of_case(self.held.case_values.attributes[attribute], of), []).append(value)
        return words


def attribute_of_case(attribute: Attribute, case: str) -> str:
    """How an attribute that is read of a case is called: "years in the job (years) of the observer"."""
    return f"{title_of(attribute)} of the {case}"


def ask(held: Holdings, asked: PassageFilter) -> Question:
    """A question about a project, by a filter."""
    people: dict[int, str] = {one.id: one.name for one in held.setting.people.values()}
    chosen = held.by_ids(asked)
    return Question(held, asked, chosen, held.accounts(chosen), told_apart(people))


def told_apart(names: Mapping[Id, str], longer: Mapping[Id, str] | None = None) -> dict[Id, str]:
    """The name of each thing by its id: where several share it the longer name, and where that is shared the id too."""
    shared = _shared(names)
    if longer is not None:
        names = {key: longer[key] if name in shared else name for key, name in names.items()}
        shared = _shared(names)
    return {key: f"{name} ({key})" if name in shared else name for key, name in names.items()}


def _shared(names: Mapping[Id, str]) -> set[str]:
    return {name for name, bearers in Counter(names.values()).items() if bearers > 1}
