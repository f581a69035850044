"""The codings in question as numpy columns, in the places that they have in the current versions."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from polyvocal.domain.ids import SourceVersionId
from polyvocal.domain.versions import map_between
from polyvocal.services.analysis.accounts import Question
from polyvocal.services.analysis.dimensions import Family
from polyvocal.services.analysis.places import placed
from polyvocal.services.analysis.sweep import Ints, numbered
from polyvocal.store.codings import coding_columns


@dataclass(frozen=True, slots=True)
class Codings:
    """The codings by the coders in question on the accounts in question, as columns of equal length.

    A coding is known by its place in them, `account` is the place in the question's. `start` and `end` are those in
    the current version, 0 and 0 where no words of the passage are left. `identity` is empty where nothing asks for it.
    """

    identity: Ints
    account: Ints
    start: Ints
    end: Ints
    code: Ints
    coder: Ints


def load_codings(question: Question, families: Iterable[Family]) -> Codings:
    """Read the codings, with their ids only where one of the families hangs on these."""
    names = ["version", "start", "end", "code", "coder"]
    if {Family.CONCERN, Family.STANCE} & set(families):
        names.append("id")
    version, start, end, code, coder, *rest = map(read_numbers, coding_columns(question.view, *names))
    account = _accounts_of(version, question)
    kept = account >= 0
    if question.coders:
        kept &= numbered(coder, sorted(question.coders)) >= 0
    version, account = version[kept], account[kept]
    start, end = _in_current(question, version, account, (start[kept], end[kept]))
    identity = rest[0][kept] if rest else np.zeros(0, np.int64)
    return Codings(identity, account, start, end, code[kept], coder[kept])


def read_numbers(text: str) -> Ints:
    """The numbers of a text that has commas between them."""
    return np.fromstring(text, np.int64, sep=",")


def _accounts_of(version: Ints, question: Question) -> Ints:
    """The account of each version, -1 where it is one of another source."""
    pairs = [(one.id, number) for number, account in enumerate(question.accounts) for one in account.info.versions]
    ids, accounts = np.array(pairs, np.int64).reshape(-1, 2).T
    at = numbered(version, ids)
    return np.where(at >= 0, accounts[at], -1) if len(ids) else at


def _in_current(question: Question, version: Ints, account: Ints, span: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """The places in the current versions, for one old version after another."""
    current = np.array([one.version.id for one in question.accounts], np.int64)
    old = np.flatnonzero(version != current[account])
    if not len(old):
        return span
    start, end = (place.copy() for place in span)
    old = old[np.argsort(version[old], kind="stable")]
    for alike in np.split(old, np.flatnonzero(np.diff(version[old])) + 1):
        made_in = SourceVersionId(int(version[alike[0]]))
        of = question.accounts[account[alike[0]]]
        path = map_between(of.info.versions, made_in, of.version.id)
        start[alike], end[alike] = placed(path, start[alike], end[alike])
    return start, end
