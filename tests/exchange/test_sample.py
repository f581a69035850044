"""The sample project: it is built by the same commands as anybody's, and has in it what its readers are promised."""

import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from polyvocal.domain.errors import BugError, UserError
from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.records import (
    Code,
    Coding,
    Concern,
    ConstituentGroup,
    Memo,
    Person,
    Presence,
    Reading,
    Role,
    Session,
    Source,
    Stance,
    Term,
)
from polyvocal.domain.words import CellState, CodeKind, Phase, ReadingState, RoleName, SourceKind, StanceName, Standing
from polyvocal.exchange import sample
from polyvocal.exchange.readers import read_source
from polyvocal.exchange.sample import sample_folder, write_sample
from polyvocal.exchange.sample_script import Script, find_quote, read_script
from polyvocal.services.analysis.compare import Comparison, compare
from polyvocal.services.queries.passages import coded_passages
from polyvocal.services.queries.setting import load_setting
from polyvocal.store.file import open_project
from tests.conftest import state_in

FUNCTIONS = {
    "Sense-making tool",
    "Social validating mechanism",
    "Evidence of working on an issue",
    "Means of protest and resolution",
}


@pytest.fixture(scope="module")
def sample_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample project, built once; it is for reading."""
    path = tmp_path_factory.mktemp("sample") / "sample.polyvocal"
    with state_in(tmp_path_factory):
        write_sample(path)
    return path


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    """The script, as it is written."""
    return tomllib.loads((sample_folder() / sample.SCRIPT).read_text("utf-8"))


@pytest.fixture(scope="module")
def texts(script: dict[str, Any]) -> dict[str, str]:
    """The accounts by title."""
    folder = sample_folder() / sample.ACCOUNTS
    return {one["title"]: read_source(folder / one["file"]).text for one in script["account"]}


@pytest.fixture
def own_folder(tmp_path: Path) -> Path:
    """A copy of the script and its accounts, to be spoilt."""
    return Path(shutil.copytree(sample_folder(), tmp_path / "own"))


def spoil(folder: Path, old: str, new: str) -> None:
    path = folder / sample.SCRIPT
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


# --- what is in it --------------------------------------------------------------------------------------------------


def test_everything_of_the_script_is_in_the_project(sample_path: Path, script: dict[str, Any]) -> None:
    codings = [one for passage in script["passage"] for one in passage["coding"]]
    with open_project(sample_path) as project, project.view() as view:
        assert view.count(Source) == len(script["account"]) == 6
        assert view.count(Code) == len(script["code"])
        assert view.count(Person) == len(script["person"])
        assert view.count(ConstituentGroup) == len(script["group"])
        assert view.count(Term) == len(script["term"])
        assert view.count(Session) == len(script["session"])
        assert view.count(Presence) == sum(len(one["who"]) for one in script["presence"])
        assert view.count(Coding) == len(codings) >= 30
        assert view.count(Concern) == sum(len(one.get("concerns", ())) for one in codings)
        assert view.count(Stance) == sum(len(one.get("stance", ())) for one in codings)
        assert view.count(Reading) == len(script["reading"])
        assert view.count(Memo) == len(script["memo"])


def test_accounts_are_short_and_unequal_and_by_three_observers(sample_path: Path) -> None:
    with open_project(sample_path) as project, project.view() as view:
        setting = load_setting(view)
        assert {one.source.kind for one in setting.sources} == {SourceKind.FIELDNOTE}
        assert all(150 <= one.current.words <= 355 for one in setting.sources)
        authors = {author.name: author.standing for one in setting.sources for author in one.authors}
        assert sorted(filter(None, authors.values())) == [
            Standing.ETHNOGRAPHER,
            Standing.LAY_PANEL,
            Standing.RESEARCH_TEAM,
        ]
        assert {occasion.phase for one in setting.sources for occasion in one.occasions} == set(Phase)


def test_every_code_says_how_it_is_used(sample_path: Path) -> None:
    with open_project(sample_path) as project, project.view() as view:
        codes = view.all(Code)
    assert all(code.definition and code.use_when and code.not_when and code.example for code in codes)
    assert {code.name for code in codes} >= FUNCTIONS
    assert len({code.colour for code in codes}) == len(codes)


def test_some_passages_have_several_functions_at_once(sample_path: Path) -> None:
    functions: dict[tuple[int, int, int], set[str]] = {}
    with open_project(sample_path) as project, project.view() as view:
        for one in coded_passages(view):
            if one.code in FUNCTIONS:
                functions.setdefault((one.source, one.start, one.end), set()).add(one.code)
    at_once = [len(codes) for codes in functions.values()]
    assert at_once.count(2) >= 2
    assert at_once.count(3) >= 2


def test_one_of_two_coders_codes_her_own_notes(sample_path: Path) -> None:
    with open_project(sample_path) as project, project.view() as view:
        passages = list(coded_passages(view))
        coders = {view.need(Person, role.person).name for role in view.find(Role, role=RoleName.CODER)}
    assert len(coders) == 2
    own = {one.coder for one in passages if one.coder in one.observers}
    assert len(own) == 1
    assert {one.coder for one in passages} == coders


def test_terms_are_contested_before_they_are_affirmed(sample_path: Path, script: dict[str, Any]) -> None:
    taken: dict[str, list[str]] = {}
    with open_project(sample_path) as project, project.view() as view:
        for one in sorted(coded_passages(view), key=lambda passage: passage.id):  # in the order of the event
            for stance in one.stances:
                taken.setdefault(stance.term, []).append(stance.stance)
    assert set(taken) == {one["name"] for one in script["term"]}
    contested = [term for term, stances in taken.items() if StanceName.CONTESTS in stances]
    assert any(
        StanceName.AFFIRMS in taken[term][taken[term].index(StanceName.CONTESTS) :]
        and StanceName.AFFIRMS not in taken[term][: taken[term].index(StanceName.CONTESTS)]
        for term in contested
    )


def test_polite_assent_affirms_and_contests_at_once(sample_path: Path) -> None:
    with open_project(sample_path) as project, project.view() as view:
        assert any(
            {one.stance for one in passage.stances if one.actor == stance.actor and one.term == stance.term}
            >= {StanceName.AFFIRMS, StanceName.CONTESTS}
            for passage in coded_passages(view)
            for stance in passage.stances
        )


def states_of(table: Comparison) -> set[str]:
    return {state for line in table.states for state in line}


def test_every_state_of_a_cell_is_in_the_comparison(sample_path: Path) -> None:
    with open_project(sample_path) as project, project.view() as view:
        (workshop,) = view.find(Session, title="Stories workshop")
        whole = compare(view)
        one_session = compare(view, chosen=PassageFilter(sessions=frozenset({workshop.id})))
    assert states_of(whole) == set(CellState) - {CellState.ELSEWHERE}  # of the whole event nobody is elsewhere
    assert states_of(one_session) == set(CellState)


def test_one_account_is_read_whole_one_in_part_and_one_not_yet(sample_path: Path) -> None:
    with open_project(sample_path) as project, project.view() as view:
        readings = view.all(Reading)
        unread = {one.title for one in view.all(Source)} - {view.need(Source, one.source).title for one in readings}
    assert {one.state for one in readings} == {ReadingState.DONE, ReadingState.READ_TO_HERE}
    assert unread == {"My afternoon"}


def test_passages_say_the_words_of_the_script(sample_path: Path, script: dict[str, Any]) -> None:
    with open_project(sample_path) as project, project.view() as view:
        found = {one.text for one in coded_passages(view)}
    assert found == {one["quote"] for one in script["passage"]}


def test_sample_is_the_same_each_time_but_for_ids_and_times(sample_path: Path, tmp_path: Path) -> None:
    def told(path: Path) -> list[tuple[object, ...]]:
        with open_project(path) as project, project.view() as view:
            return [
                (one.source_title, one.start, one.end, one.code_path, one.coder, one.concerns, one.stances)
                for one in coded_passages(view)
            ]

    write_sample(tmp_path / "again.polyvocal")
    assert told(tmp_path / "again.polyvocal") == told(sample_path)


# --- how it is written ----------------------------------------------------------------------------------------------


def test_each_quote_stands_once_in_its_account(script: dict[str, Any], texts: dict[str, str]) -> None:
    quotes = [(one["account"], one["quote"]) for one in script["passage"]]
    quotes += [(one["account"], one["up_to"]) for one in script["reading"] if "up_to" in one]
    assert [(account, quote) for account, quote in quotes if texts[account].count(quote) != 1] == []
    assert len(set(quotes)) == len(quotes)


def test_accounts_do_not_use_the_words_of_the_codebook(script: dict[str, Any], texts: dict[str, str]) -> None:
    names = [one["name"].casefold() for one in script["code"]]
    words = {word for name in names for word in re.findall(r"\w{5,}", name)}
    assert len(words) > 10
    for title, text in texts.items():
        used = set(re.findall(r"\w+", text.casefold()))
        assert not words & used, title
        assert not [name for name in names if name in text.casefold()], title


def test_only_codes_are_given_to_passages_and_no_categories(script: dict[str, Any]) -> None:
    categories = {one["name"] for one in script["code"] if one.get("kind") == CodeKind.CATEGORY}
    assert categories
    assert not categories & {one["code"] for passage in script["passage"] for one in passage["coding"]}


# --- what is refused ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('title = "Listening Wards', 'titel = "Listening Wards', "title"),
        ('approach = "reflexive"', 'approach = "musical"', "approach"),
        ('term = "Who decides"', 'term = "Who decided"', "there is no term 'Who decided'"),
        ('by = "Weir Ward"', 'by = "Wier Ward"', "there is no group or person 'Wier Ward'"),
        ('concerns = ["Lay panel"]', 'concerns = ["Lay Pannel"]', "there is no group or person 'Lay Pannel'"),
        ('code = "Levity"', 'code = "Wit"', "there is no code 'Wit'"),
        ('coder = "Ines Varga"', 'coder = "Inès Varga"', "there is no person 'Inès Varga'"),
        ("[[person]]", "[[person", "is no TOML"),
    ],
)
def test_script_that_does_not_hold_together_is_refused(own_folder: Path, old: str, new: str, told: str) -> None:
    spoil(own_folder, old, new)
    with pytest.raises(UserError, match=f"sample\\.toml .*{told}"):
        read_script(own_folder / sample.SCRIPT)


@pytest.mark.parametrize(
    ("quote", "told"), [("the", "stand 2 times"), ("Rain", "do not stand")], ids=["twice", "never"]
)
def test_quote_that_does_not_stand_once_is_refused(quote: str, told: str) -> None:
    with pytest.raises(UserError, match=f"'{quote}' {told} in the account 'Coats'"):
        find_quote(quote, "the coats by the door", "Coats")


def test_sample_that_cannot_be_built_leaves_no_file(own_folder: Path, tmp_path: Path) -> None:
    spoil(own_folder, "Nobody asked LP about", "Everybody asked LP about")
    path = tmp_path / "sample.polyvocal"
    with pytest.raises(UserError, match="do not stand in the account 'Before the doors'"):
        write_sample(path, folder=own_folder)
    assert not list(tmp_path.glob("*.polyvocal*"))


def test_file_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "mine.polyvocal"
    path.write_text("mine", "utf-8")
    with pytest.raises(UserError, match="exists already"):
        write_sample(path)
    assert path.read_text("utf-8") == "mine"


# --- where it is ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["site/polyvocal/resources", "resources"], ids=["installed", "in a checkout"])
def test_sample_is_found_beside_the_package(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(shutil.copytree(sample_folder(), tmp_path / place / "sample"))
    module = "site/polyvocal/exchange/sample.py" if place.startswith("site") else "src/polyvocal/exchange/sample.py"
    monkeypatch.setattr(sample, "__file__", str(tmp_path / module))
    assert sample_folder() == folder
    assert isinstance(read_script(sample_folder() / sample.SCRIPT), Script)


def test_installation_without_the_sample_is_a_fault_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample, "__file__", str(tmp_path / "src/polyvocal/exchange/sample.py"))
    with pytest.raises(BugError, match="missing from this installation"):
        sample_folder()
