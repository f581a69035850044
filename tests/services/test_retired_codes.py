"""Codes that are retired: nothing is coded with them, and the way back is told."""

import pytest

from polyvocal.domain.errors import UserError
from polyvocal.domain.records import Coding
from polyvocal.services.commands.code_changes import bring_back_code, retire_code
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.recoding import (
    duplicate_coding,
    recode,
)
from polyvocal.store.file import ProjectFile
from tests.services.recoding_steps import coded, every, made_of
from tests.store.acts import contents


def retired(file: ProjectFile, name: str, parent: str | None = None) -> str:
    """A code that is retired, by its id."""
    code = str(add_code(file, name=name, parent=parent).created("code")[0])
    retire_code(file, code)
    return code


@pytest.mark.parametrize("by", ["name", "path", "id"])
def test_nothing_is_coded_with_a_retired_code_however_it_is_named(small_project: ProjectFile, by: str) -> None:
    identity = retired(small_project, "Pace", parent="Protest")
    code = {"name": "pace", "path": "Protest / Pace", "id": identity}[by]
    coding = coded(small_project, 0, 5)
    before = contents(small_project.path)
    way_back = f"'Pace' is retired: take it back into use first, or name another code.*{identity} --set retired=no"
    for act in (
        lambda: coded(small_project, 6, 10, code=code),
        lambda: recode(small_project, [coding], code),
        lambda: duplicate_coding(small_project, coding, code),
    ):
        with pytest.raises(UserError, match=way_back):
            act()
    assert contents(small_project.path) == before
    bring_back_code(small_project, identity)
    recode(small_project, [coding], code)
    assert made_of(small_project, "Pace") == [(0, 5)]


@pytest.mark.parametrize("name", ["Pace", "pace"])
def test_of_two_codes_of_a_name_the_one_in_use_is_meant(small_project: ProjectFile, name: str) -> None:
    retired(small_project, "Pace", parent="Protest")
    (in_use,) = add_code(small_project, name=name).created("code")
    first, second = coded(small_project, 0, 5, code="Pace"), coded(small_project, 6, 10)
    duplicate_coding(small_project, second, "Pace")
    assert {one.code for one in every(small_project, Coding, id=int(first))} == {in_use}
    assert len(every(small_project, Coding, code=in_use)) == 2


def test_new_code_is_not_called_as_a_retired_one_beside_it_and_the_way_back_is_told(small_project: ProjectFile) -> None:
    retired(small_project, "Pace")
    with pytest.raises(UserError, match=r"called 'Pace', retired, at the top .* or take it back into use"):
        add_code(small_project, name="pace")
