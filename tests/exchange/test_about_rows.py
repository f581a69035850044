"""Tables of which each row is an account: what their columns are, and what comes of the rows."""

from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from polyvocal.domain.errors import UserError
from polyvocal.domain.records import Source
from polyvocal.domain.words import SourceKind
from polyvocal.exchange.about.columns import Use, decide_columns, propose_columns
from polyvocal.exchange.about.found import Key, Origin
from polyvocal.exchange.about.rows import Manner, Rows, TableFile, TextUnknown, accounts_in, read_rows, read_table_file
from polyvocal.exchange.readers import gather, read_source
from polyvocal.exchange.readers.given import file_on_disk
from polyvocal.exchange.readers.table import Table, read_table
from polyvocal.services.commands.incoming import About, ToldBy
from polyvocal.services.commands.sources import import_all
from polyvocal.store.file import ProjectFile

FORM = (
    "Timestamp,Name,Session,What did you see?,What did you feel?,Title\n"
    '2026-05-14 09:31,Ines,Plenary,"They turn the table round.\nNobody says why.",Cold.,Round\n'
    "2026-05-14 09:40,Omar,Corridor,,,\n"
    "2026-05-14 09:50,Ada,Corridor,Coats on the radiator.,,\n"
)
SAID = ("observer=Name", "text=What did you see?", "text=e", "written at=timestamp")


def table(text: str) -> Table:
    return read_table(text.encode(), "answers.csv")


def form(tmp_path: Path) -> TableFile:
    path = tmp_path / "answers.csv"
    path.write_bytes(FORM.encode())
    return read_table_file(file_on_disk(path))


def rows(read: TableFile) -> Rows:
    return read_rows(read, decide_columns(read.table, SAID))


# --- columns --------------------------------------------------------------------------------------------------------


def test_columns_are_proposed_by_their_names() -> None:
    columns = propose_columns(table("Observer,Beobachtung,Session,From,Age,Session\na,b,c,d,e,f\n"))
    assert columns == (Key.OBSERVER, Use.TEXT, Key.SESSION, Key.OBSERVED_FROM, Use.UNUSED, Use.UNUSED)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("When", Key.DATE),
        ("Date and time", Key.DATE),
        ("date/time", Key.DATE),
        ("Time", Key.TIME),
        ("Start time", Key.OBSERVED_FROM),
        ("Written at", Key.WRITTEN_AT),
    ],
)
def test_column_that_says_when_is_proposed_as_that(name: str, key: Key) -> None:
    assert propose_columns(table(f"Observer,{name},Notes\na,b,c\n"))[1] is key


def test_column_of_long_cells_is_proposed_as_text_where_no_name_says_so() -> None:
    long = "They turn the table round and nobody says why they do."
    assert propose_columns(table(f"Observer,Q1,Q2\nInes,{long},3\nOmar,,4\nAda,{long},5\n")) == (
        Key.OBSERVER,
        Use.TEXT,
        Use.UNUSED,
    )


def test_person_decides_by_names_and_letters() -> None:
    read = table("Note,Who,Q1\na,b,c\n")
    assert propose_columns(read) == (Use.TEXT, Use.UNUSED, Use.UNUSED)
    assert decide_columns(read, ["text=C", "observer=who"]) == (Use.UNUSED, Key.OBSERVER, Use.TEXT)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("Who", "does not say what a column is"),
        ("wizard=Who", "a column cannot be .*text, attribute, unused, title"),
        ("observer=Whom", "there is no column .*there are"),
        ("observer=Q", r"several columns are called .*\(B, C\)"),
        ("observer=Z", "there is no column"),
    ],
)
def test_what_cannot_be_decided_is_told(said: str, why: str) -> None:
    with pytest.raises(UserError, match=why):
        decide_columns(table("Who,Q,q\na,b,c\n"), [said])


def test_letter_is_that_of_the_spreadsheet_where_empty_columns_are_left_out() -> None:
    assert decide_columns(table("Who,,Said\nInes,,Rain\n"), ["text=C"]) == (Use.UNUSED, Use.TEXT)


# --- rows -----------------------------------------------------------------------------------------------------------


def test_row_becomes_an_account_with_its_columns_under_their_names(tmp_path: Path) -> None:
    found = rows(form(tmp_path))
    first, last = (account.incoming for account in found.accounts)
    assert (
        first.text == "What did you see?\nThey turn the table round.\nNobody says why.\n\nWhat did you feel?\nCold.\n"
    )
    assert [first.text[one.start : one.end] for one in first.beside.structure] == [
        "What did you see?",
        "What did you feel?",
    ]
    assert (first.title, first.file_name) == ("Round", "answers.csv, row 2")
    assert (last.title, last.file_name) == ("answers, row 4", "answers.csv, row 4")
    assert last.text == "What did you see?\nCoats on the radiator.\n"
    assert found.without_text == (3,)


def test_single_column_of_text_has_no_heading() -> None:
    read = TableFile(file_on_disk(Path("log.csv")), b"", table("Observer,Text\nInes,Rain.\n"))
    (account,) = read_rows(read, propose_columns(read.table)).accounts
    assert account.incoming.text == "Rain.\n"
    assert not account.incoming.beside.structure


def test_row_says_who_when_and_where_and_other_columns_are_told(tmp_path: Path) -> None:
    read = form(tmp_path)
    first = read_rows(read, decide_columns(read.table, ["text=d", "observer=b"])).accounts[0]
    assert {(claim.key, claim.words) for claim in first.claims} == {
        (Key.TITLE, "Round"),
        (Key.OBSERVER, "Ines"),
        (Key.SESSION, "Plenary"),
    }
    assert {claim.origin for claim in first.claims} == {Origin.COLUMN}
    (others,) = (note for note in first.incoming.notes if note.what == "other column")
    assert others.detail == "Timestamp: 2026-05-14 09:31; What did you feel?: Cold."


def test_workbook_is_read_as_a_table_is(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["Observer", "Text"], ["Ines", "Rain."]):
        book.worksheets[0].append(row)
    kept = BytesIO()
    book.save(kept)
    path = tmp_path / "log.xlsx"
    path.write_bytes(kept.getvalue())
    read = read_table_file(file_on_disk(path))
    (account,) = read_rows(read, propose_columns(read.table)).accounts
    assert (account.incoming.text, account.incoming.file_name) == ("Rain.\n", "log.xlsx, row 2")


def test_file_is_kept_once_for_all_its_rows(tmp_path: Path, project: ProjectFile) -> None:
    found = [account.incoming for account in rows(form(tmp_path)).accounts]
    about = About(kind=SourceKind.FIELDNOTE, observers=("Ines",))
    import_all(project, [(one, about) for one in found])
    with project.view() as view:
        originals = [one.original for one in view.all(Source)]
    assert len(originals) == 2
    assert len(set(originals)) == 1
    assert None not in originals


def test_accounts_of_any_file_come_through_one_door(tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text(FORM, encoding="utf-8")
    (tmp_path / "note.txt").write_bytes("Observer: Inês\n\nRain.\n".encode("cp850"))
    manner = Manner(encoding="cp850", columns=partial(decide_columns, given=SAID))
    titles = [
        [account.incoming.title for account in accounts_in(one, manner).accounts] for one in gather([tmp_path]).files
    ]
    assert titles == [["Round", "answers, row 4"], ["note"]]


def test_table_in_which_no_row_names_the_columns_loses_no_row(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("Ines,,They turn the table round, slowly.\nOmar,,Rain.\n".replace(", s", " s"))
    manner = Manner(has_header=False, columns=partial(decide_columns, given=["observer=A", "text=C"]))
    found = accounts_in(file_on_disk(tmp_path / "log.csv"), manner).accounts
    assert [one.incoming.text for one in found] == ["They turn the table round slowly.\n", "Rain.\n"]
    assert [claim.words for one in found for claim in one.claims] == ["Ines", "Omar"]
    assert [one.incoming.file_name for one in found] == ["log.csv, row 1", "log.csv, row 2"]


def test_rows_of_a_text_file_know_its_encoding(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_bytes("Observer,Text\nInês,Chá.\n".encode("utf-16"))
    (one,) = accounts_in(file_on_disk(tmp_path / "log.csv")).accounts
    assert (one.incoming.encoding, one.incoming.encoding_by) == ("utf-16", ToldBy.MARK)


def test_table_without_a_column_of_text_is_refused() -> None:
    read = TableFile(file_on_disk(Path("log.csv")), b"", table("Observer,Age\nInes,3\n"))
    with pytest.raises(TextUnknown, match=r"which column is the text.*Observer, Age"):
        read_rows(read, propose_columns(read.table))


def test_table_without_text_in_any_row_is_refused() -> None:
    read = TableFile(file_on_disk(Path("log.csv")), b"", table("Observer,Text\nInes,\n"))
    with pytest.raises(UserError, match=r"log\.csv holds no text: no row has any in Text"):
        read_rows(read, propose_columns(read.table))


def test_table_in_a_folder_is_gathered_and_is_no_single_source(tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text(FORM, encoding="utf-8")
    (given,) = gather([tmp_path]).files
    with pytest.raises(UserError, match=r"answers\.csv is a table: each of its rows is a source"):
        read_source(given)
