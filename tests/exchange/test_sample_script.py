"""The script of the sample project: how it is played, and that what does not fit is refused with its place."""

import shutil
from pathlib import Path

import pytest

from polyvocal.domain.errors import BugError, EnvironmentFault, UserError
from polyvocal.domain.passages import CodedPassage
from polyvocal.domain.records import Memo, Reading
from polyvocal.exchange import sample
from polyvocal.exchange.sample import sample_folder, write_sample
from polyvocal.exchange.sample_quotes import find_quote, flowing
from polyvocal.exchange.sample_script import Script, read_script
from polyvocal.services.queries.passages import coded_passages
from polyvocal.store.file import open_project


def test_sample_is_the_same_each_time_but_for_ids_and_times(passages: list[CodedPassage], tmp_path: Path) -> None:
    def told(found: list[CodedPassage]) -> list[tuple[object, ...]]:
        return [
            (one.source_title, one.start, one.end, one.code_path, one.coder, one.concerns, one.stances) for one in found
        ]

    write_sample(tmp_path / "again.polyvocal")
    with open_project(tmp_path / "again.polyvocal") as opened, opened.view() as view:
        again = sorted(coded_passages(view), key=lambda one: one.id)
    assert told(again) == told(passages)


def test_memos_flow_without_the_line_breaks_of_the_script() -> None:
    assert flowing("\none\ntwo\n\nthree\n") == "one two\n\nthree"


# --- what is refused ------------------------------------------------------------------------------------------------

SETTING_TOML = """
title = "Small"
approach = "reflexive"
entered_by = "Ines"
group = [{ name = "Panel", description = "Lay people." }]
person = [
    { name = "Ines", roles = ["coder"], description = "Codes." },
    { name = "Wren", roles = ["observer"], standing = "other", groups = ["Panel"], description = "Writes." },
]
term = [{ name = "Who decides", definition = "By whom it is settled." }]

[[event]]
title = "Launch"
series = "Launches"
place = "A hall"
zone = "Europe/London"
starts = "2024-05-14"
ends = "2024-05-14"
session = [{ title = "Morning", place = "Hall", starts = "2024-05-14", ends = "2024-05-14", who = [
    { person = "Wren", doing = "observing" },
] }]

[[account]]
title = "Coats"
file = "coats.txt"
kind = "fieldnote"
observers = ["Wren"]
event = "Launch"
session = "Morning"
phase = "during"
written_at = "2024-05-14"
"""
CODEBOOK_TOML = """
[[code]]
name = "Edges"
kind = "category"
definition = "d"
use_when = "u"
not_when = "n"
example = "e"
colour = "#5f6b76"

[[code]]
name = "Coat"
parent = "Edges"
definition = "d"
use_when = "u"
not_when = "n"
example = "e"
colour = "#0072b2"

[[revision]]
code = "Coat"
before = "Coats"
by = "Ines"
definition = "better"
why = "so"
"""
CODINGS_TOML = """
account = "Coats"
reading = [{ coder = "Ines", up_to = "the door" }]
memo = [{ coder = "Ines", kind = "reflexive", title = "On coats", text = "They hang." }]

[[passage]]
quote = "coats by"
until = "door"
coding = [{ coder = "Ines", code = "Coat", concerns = ["Panel"], memo = "Seldom.", stance = [
    { by = "Wren", stance = "contests", term = "Who decides", toward = "Panel" },
    { by = "Panel", stance = "affirms", term = "Who decides" },
] }]
"""


@pytest.fixture
def own_folder(tmp_path: Path) -> Path:
    """A small script, whole, to be spoilt."""
    folder = tmp_path / "own"
    for inner in ("accounts", "codings"):
        (folder / inner).mkdir(parents=True)
    (folder / "setting.toml").write_text(SETTING_TOML, "utf-8")
    (folder / "codebook.toml").write_text(CODEBOOK_TOML, "utf-8")
    (folder / "codings/coats.toml").write_text(CODINGS_TOML, "utf-8")
    (folder / "accounts/coats.txt").write_text("the coats by the door, the end", "utf-8")
    return folder


def spoil(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_small_script_is_played(own_folder: Path, tmp_path: Path) -> None:
    write_sample(tmp_path / "small.polyvocal", folder=own_folder)
    with open_project(tmp_path / "small.polyvocal") as opened, opened.view() as view:
        (passage,) = coded_passages(view)
        assert passage.text == "coats by the door"
        assert [one.stance for one in passage.stances] == ["contests", "affirms"]
        assert [one.title for one in view.all(Memo)] == ["Coat: why the definition changed", None, "On coats"]
        (reading,) = view.all(Reading)
        assert reading.read_to == len("the coats by the door")


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("setting", "title =", "titel =", r"titel: Extra inputs|title: Field required"),
        ("setting", '"reflexive"', '"musical"', "approach: "),
        ("setting", 'name = "Wren"', 'name = ""', r"person\.2\.name: "),
        ("setting", "group = [", "group = [[", "is no TOML"),
        ("setting", 'entered_by = "Ines"', 'entered_by = "Inès"', "entered_by: there is no person 'Inès'"),
        ("setting", 'groups = ["Panel"]', 'groups = ["Pannel"]', "person 'Wren': there is no group 'Pannel'"),
        ("setting", 'name = "Panel",', 'name = "Panel", within = ["All"],', "group 'Panel': there is no group 'All'"),
        ("setting", 'name = "Panel"', 'name = "Wren"', "there are two of the group or person 'Wren'"),
        ("setting", 'name = "Ines"', 'name = "Wren"', "there are two of the person 'Wren'"),
        ("setting", 'person = "Wren"', 'person = "Wern"', "session 'Morning': there is no person 'Wern'"),
        ("setting", 'observers = ["Wren"]', 'observers = ["Wern"]', "account 'Coats': there is no person 'Wern'"),
        ("setting", 'observers = ["Wren"]', "", "account 'Coats': a fieldnote has an observer"),
        ("setting", 'event = "Launch"', 'event = "Lunch"', "account 'Coats': there is no event 'Lunch'"),
        ("setting", 'session = "Morning"', 'session = "Noon"', "there is no session of Launch 'Noon'"),
        ("setting", 'phase = "during"', 'phase = "during"\nnote = "Notes"', "there is no account 'Notes'"),
        ("codebook", 'parent = "Edges"', 'parent = "Hems"', "code 'Coat': there is no code before it 'Hems'"),
        ("codebook", 'name = "Edges"', 'name = "Coat"', "there are two of the code 'Coat'"),
        ("codebook", 'code = "Coat"', 'code = "Cote"', "revision: there is no code 'Cote'"),
        ("codebook", 'before = "Coats"', 'before = "Hats"', "revision of 'Coat': there is no account 'Hats'"),
        ("codebook", 'by = "Ines"', 'by = "Wren"', "revision of 'Coat': there is no coder 'Wren'"),
        ("codings/coats", 'account = "Coats"', 'account = "Hats"', "'Hats', and setting.toml has no such account"),
        ("codings/coats", 'coder = "Ines", code', 'coder = "Wren", code', "passage 1: there is no coder 'Wren'"),
        ("codings/coats", 'code = "Coat"', 'code = "Cote"', "passage 1: there is no code .*'Cote'"),
        ("codings/coats", 'code = "Coat"', 'code = "Edges"', "that is a category.* 'Edges'"),
        ("codings/coats", '["Panel"]', '["Pannel"]', "passage 1: there is no group or person 'Pannel'"),
        ("codings/coats", 'by = "Wren"', 'by = "Wern"', "passage 1: there is no group or person 'Wern'"),
        ("codings/coats", 'toward = "Panel"', 'toward = "Pannel"', "passage 1: there is no group or person 'Pannel'"),
        ("codings/coats", '"Who decides", t', '"Who decided", t', "passage 1: there is no term 'Who decided'"),
        ("codings/coats", '"coats by"', '"the"', "passage 1: the words 'the' stand 3 times in the account"),
        ("codings/coats", '"coats by"', '"hats by"', "passage 1: the words 'hats by' do not stand in the account"),
        ("codings/coats", 'until = "door"', 'until = "coats"', "'coats' do not stand after 'coats by'"),
        ("codings/coats", 'up_to = "the door"', 'up_to = "noon"', "reading by Ines: the words 'noon' do not stand"),
        ("codings/coats", "up_to = ", "upto = ", r"reading\.1\.upto: "),
        ("codings/coats", "coding = [", "coding = [{ coder = 'Ines', code = 'Coat' }, ", "Ines has given 'Coat' .* already"),
    ],
)  # fmt: skip
def test_script_that_does_not_hold_together_is_refused(
    own_folder: Path, file: str, old: str, new: str, told: str
) -> None:
    spoil(own_folder / f"{file}.toml", old, new)
    with pytest.raises(UserError, match=told) as refused:
        read_script(own_folder)
    assert str(refused.value).startswith(f"{Path(file).name}.toml ")


def test_account_that_is_missing_is_told_by_its_name(own_folder: Path) -> None:
    (own_folder / "accounts/coats.txt").unlink()
    with pytest.raises(UserError, match=r"coats\.txt"):
        read_script(own_folder)


def test_codebook_that_is_missing_is_told_by_its_name(own_folder: Path) -> None:
    (own_folder / "codebook.toml").unlink()
    with pytest.raises(EnvironmentFault, match=r"codebook\.toml"):
        read_script(own_folder)


@pytest.mark.parametrize(
    ("quote", "told"), [("the", "stand 2 times"), ("Rain", "do not stand")], ids=["twice", "never"]
)
def test_quote_that_does_not_stand_once_is_refused(quote: str, told: str) -> None:
    with pytest.raises(ValueError, match=f"Coats: the words '{quote}' {told} in the account"):
        find_quote(quote, "the coats by the door", "Coats")


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("codings/coats", '"coats by"', '"hats by"', "do not stand in the account"),
        ("codebook", 'colour = "#0072b2"', 'colour = "blue"', "there is no colour 'blue'"),
        ("setting", 'zone = "Europe/London"', 'zone = "Europe/Aldermere"', "there is no time zone"),
    ],
    ids=["before it is played", "in the middle", "at the beginning"],
)
def test_sample_that_cannot_be_built_leaves_no_file(
    own_folder: Path, tmp_path: Path, file: str, old: str, new: str, told: str
) -> None:
    spoil(own_folder / f"{file}.toml", old, new)
    with pytest.raises(UserError, match=told):
        write_sample(tmp_path / "sample.polyvocal", folder=own_folder)
    assert not list(tmp_path.glob("*.polyvocal*"))
    assert not list(tmp_path.glob(".*"))


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
    assert isinstance(read_script(sample_folder()), Script)


def test_installation_without_the_sample_is_a_fault_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample, "__file__", str(tmp_path / "src/polyvocal/exchange/sample.py"))
    with pytest.raises(BugError, match="missing from this installation"):
        sample_folder()
