"""What is found about files that are given together: what the head of one says may explain the name of another."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from polyvocal.exchange.about.account import Account, found_in
from polyvocal.exchange.about.file_name import FileName, NameReader
from polyvocal.exchange.about.found import Field, Found, Key, Values
from polyvocal.exchange.about.pattern import Pattern, pattern_of
from polyvocal.exchange.about.settling import KnownNames, settle


class FoundTogether(NamedTuple):
    """What is found about each file, in their order, and the pattern by which their names were read."""

    found: list[Found]
    pattern: Pattern | None


def find_in_all(accounts: Sequence[tuple[Account, FileName]], known: KnownNames, pattern: str | None) -> FoundTogether:
    """What is found about files by the names of a project, by their own and by a pattern for names.

    None is for the pattern that most names follow, an empty one for none. Raises UserError for one that is none.
    """
    reader = NameReader(known, pattern_of(pattern or ""), _observers([account for account, _ in accounts], known))
    if pattern is None:
        reader.follow_most(name for _, name in accounts)
    return FoundTogether([found_in(account, name, reader, known) for account, name in accounts], reader.pattern)


def _observers(accounts: Iterable[Account], known: KnownNames) -> Values:
    """The observers that the files themselves name, each as it is written first."""
    claims = dict.fromkeys(one for account in accounts for one in account.claims if one.key is Key.OBSERVER)
    names = (name for one in claims for name in settle([one], known).values.get(Field.OBSERVERS, ()))
    return tuple(dict.fromkeys(names))
