"""Files that are given together: whom the heads of some name, the names of others may tell."""

import pytest

from polyvocal.domain.editmap import EditMap
from polyvocal.exchange.about.account import Account, read_account
from polyvocal.exchange.about.batch import find_in_all
from polyvocal.exchange.about.file_name import FileName
from polyvocal.exchange.about.found import Field, Found
from polyvocal.exchange.about.settling import KnownNames
from polyvocal.services.commands.incoming import Incoming
from polyvocal.services.queries.names import Names

KNOWN = KnownNames(Names((("Maria Rosi", None),), ("Launch",), (("Launch", "Lay Panel"),), (), ()))


def account(text: str) -> Account:
    return read_account(Incoming("x", text, edits=EditMap()))


def found(*named: tuple[str, str], pattern: str | None = "") -> list[Found]:
    """What is found of files, each with its name and its text."""
    return find_in_all([(account(text), FileName(name)) for name, text in named], KNOWN, pattern).found


HEAD = ("kitchen", "Observer: Nora Blum\nSession: Kitchen\n\nTea.\n")


@pytest.mark.parametrize("pattern", ["", "{observer} {date}", None])
def test_observer_in_the_head_of_one_file_is_recognised_in_the_name_of_another(pattern: str | None) -> None:
    _, other = found(HEAD, ("nora_blum 2016-04-12", "They wait."), pattern=pattern)
    assert other.values[Field.OBSERVERS] == ("Nora Blum",)
    assert other.said[Field.OBSERVERS].origin == "file name"
    assert not other.doubts


def test_part_of_an_observers_name_in_a_head_is_asked() -> None:
    _, other = found(HEAD, ("Blum 2016-04-12", "They wait."))
    assert Field.OBSERVERS not in other.values
    (doubt,) = other.doubts
    assert doubt.readings == ("Nora Blum",)


def test_one_word_in_a_head_is_not_looked_for_in_names() -> None:
    _, other = found(("x", "Observer: Tea\nSession: Kitchen\n\nHot.\n"), ("tea 2016-04-12", "They wait."))
    assert Field.OBSERVERS not in other.values


def test_session_that_the_project_knows_goes_before_an_observer_of_the_same_name() -> None:
    _, other = found(("x", "Observer: Lay panel\nDate: 2016-04-12\n\nHot.\n"), ("Lay panel 2016-04-12", "They wait."))
    assert other.values[Field.SESSION] == ("Lay Panel",)
    assert Field.OBSERVERS not in other.values


def test_new_name_of_a_head_is_still_asked_where_it_is_nearly_one_that_is_known() -> None:
    for one in found(("x", "Observer: Maria Rossi\nDate: 2016-04-12\n\nHot.\n"), ("Maria Rossi b", "They wait.")):
        assert [doubt.readings for doubt in one.doubts] == [("Maria Rosi",)]
