"""What is asked of a project by a comparison."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from polyvocal.domain.passages import PassageFilter
from polyvocal.services.analysis.accounts import Account
from polyvocal.services.analysis.holdings import Holdings
from polyvocal.services.queries.setting import Setting
from polyvocal.store.view import View

Id = TypeVar("Id", bound=int)


@dataclass(frozen=True, slots=True)
class Question:
    """A project as it is held and a view of that same moment, the filter, and the accounts that the filter leaves.

    An account is known by its place among these. `people` are names, told apart where two people share one.
    """

    view: View
    held: Holdings
    chosen: PassageFilter
    accounts: tuple[Account, ...]
    people: Mapping[int, str]

    @property
    def setting(self) -> Setting:
        """Who, where, when, which sources."""
        return self.held.setting

    @property
    def is_cut(self) -> bool:
        """Whether any of the accounts has stretches, so that its passages may belong elsewhere than itself."""
        return any(account.info.runs for account in self.accounts)


def ask(view: View, held: Holdings, chosen: PassageFilter) -> Question:
    """A question about a project, by a filter."""
    people: dict[int, str] = {one.id: one.name for one in held.setting.people.values()}
    return Question(view, held, chosen, held.accounts(chosen), told_apart(people))


def told_apart(names: Mapping[Id, str], longer: Mapping[Id, str] | None = None) -> dict[Id, str]:
    """The name of each thing by its id: where several share it the longer name, and where that is shared the id too."""
    shared = _shared(names)
    if longer is not None:
        names = {key: longer[key] if name in shared else name for key, name in names.items()}
        shared = _shared(names)
    return {key: f"{name} ({key})" if name in shared else name for key, name in names.items()}


def _shared(names: Mapping[Id, str]) -> set[str]:
    return {name for name, bearers in Counter(names.values()).items() if bearers > 1}
