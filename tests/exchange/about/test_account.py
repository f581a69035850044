"""A file says who wrote it, when and about what; what says it is taken out of the account, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyvocal.domain.editmap import EditMap
from polyvocal.domain.errors import UserError
from polyvocal.domain.structure import Piece, PieceKind
from polyvocal.domain.words import Fate, Standing
from polyvocal.exchange.about.account import Account, found_in, read_account
from polyvocal.exchange.about.file_name import FileName, NameReader
from polyvocal.exchange.about.found import Field, Found
from polyvocal.exchange.about.pattern import pattern_of
from polyvocal.exchange.about.settling import KnownNames
from polyvocal.services.commands.incoming import Beside, Comment, Incoming
from polyvocal.services.queries.names import Names

KNOWN = KnownNames(
    Names(
        people=(("Ines Varga", Standing.ETHNOGRAPHER), ("Jonah Pell", Standing.LAY_PANEL), ("Ada", None)),
        events=("Launch", "Follow-up"),
        sessions=(("Launch", "Plenary"), ("Launch", "Table: Stories"), ("Follow-up", "Plenary"), ("Launch", "Dinner")),
        notes=("Plenary, Ines",),
        groups=("Lay panel",),
        days=(("Launch", None, "2024-05-14"), ("Launch", "Dinner", "2024-05-15")),
    )
)


def read(text: str, **more: object) -> Account:
    return read_account(Incoming("x", text, edits=EditMap(), **more))  # type: ignore[arg-type]


def found(
    text: str = "words",
    name: str = "x",
    *folders: str,
    pattern: str = "",
    properties: dict[str, str] | None = None,
) -> Found:
    account = read(text, properties=properties or {})
    return found_in(account, FileName(name, folders), NameReader(KNOWN, pattern_of(pattern)), KNOWN)


def doubts(one: Found) -> str:
    return " ".join(doubt.sentence for doubt in one.doubts)


# --- the head --------------------------------------------------------------------------------------------------------


def test_lines_at_the_head_are_read_and_taken_out() -> None:
    text = "Observer: ines varga\nSession: Table: Stories\nTime: 13:15-14:45\nTable: by the window\n\nWe sat.\n"
    account, said = read(text), found(text)
    assert account.incoming.text == "We sat.\n"
    assert (
        said.values
        == {
            Field.OBSERVERS: ("Ines Varga",),
            Field.EVENT: ("Launch",),
            Field.SESSION: ("Table: Stories",),
            Field.OBSERVED_FROM: ("2024-05-14T13:15",),
            Field.OBSERVED_TO: ("2024-05-14T14:45",),
            Field.POSITION: ("by the window",),
        }
        or said.doubts
    )
    (note,) = account.incoming.notes
    assert note.fate is Fate.CARRIED_OVER
    assert "Table: by the window" in note.detail


@pytest.mark.parametrize(
    "text",
    [
        "Beobachterin: Ada\nSitzung: Dinner\nDatum: 15. Mai 2024\n\nWir sitzen.",
        "Observatrice : Ada\nSéance : Dinner\nDate : 15 mai 2024\n\nNous.",
        "Observadora: Ada\nSesión: Dinner\nFecha: 15 de mayo de 2024\n\nNos.",
        "Waarnemer: Ada\nSessie: Dinner\nDatum: 15 mei 2024\n\nWij.",
        "**Observer:** Ada\n- Session: Dinner\n- Date: 15/5/2024\n\nWe.",
        "Notes of a long day\n\nWritten by: Ada\nSession: Dinner\nDate: 2024-05-15\n\nWe.",
    ],
)
def test_head_is_read_in_several_tongues_and_shapes(text: str) -> None:
    said = found(text)
    assert said.values[Field.OBSERVERS] == ("Ada",)
    assert said.values[Field.SESSION] == ("Dinner",)
    assert said.values[Field.OBSERVED_FROM] == ("2024-05-15",)


@pytest.mark.parametrize(
    "text",
    [
        "Anna: hello\nBen: hi\n\nMore.",
        "Observer: so what happened?\nParticipants: nothing!\n\nMore.",
        "Observer: I see\nSession: yes\nObserver: and then\n\nMore.",
        "Note: this is text\n\nMore.",
        "Time: it flies\n\nMore.",
        "Session: Plenary\n\nMore.",
        "10:45 Back from coffee\n11:00 They turn\n",
        "Some words.\n\nAnd more of them, as they came.\n\nObserver: Ada\nSession: Dinner\n\nMore words.",
        "A first line that is much too long to be a title of anything, since it goes on and on.\nObserver: Ada\nDate: 1\n",
        "",
        "Observer: " + "x" * 400 + "\nSession: Dinner\n\nMore.",
    ],
)
def test_what_only_looks_like_a_head_stays_text(text: str) -> None:
    account = read(text)
    assert account.incoming.text == text
    assert account.claims == ()


def test_one_clear_line_is_a_head_if_a_blank_one_follows() -> None:
    assert found("Written by: Ada\n\nWe sat.").values == {Field.OBSERVERS: ("Ada",)}
    assert found("Written by: Ada\nWe sat.").values == {}


def test_labels_that_are_not_known_stay_in_the_text() -> None:
    account = read("Observer: Ada\nWeather: rain\nSession: Dinner\n\nWe sat.")
    assert account.incoming.text == "Weather: rain\nWe sat."


def test_table_at_the_head_is_read_with_cells_of_several_lines() -> None:
    rows = "Observer | Ada\nWhere | by the door,\n    then at the bar\nWeather | rain\nSession | Dinner"
    text = f"Day one\n\n{rows}\n\nWe sat."
    start = text.index(rows)
    table = Piece(PieceKind.TABLE, start, start + len(rows), 2)
    account = read(text, beside=Beside(structure=(table,)))
    said = found_in(account, FileName("x"), NameReader(KNOWN), KNOWN)
    assert said.values[Field.POSITION] == ("by the door, then at the bar",)
    assert said.values[Field.SESSION] == ("Dinner",)
    assert account.incoming.text == "Day one\n\nWeather | rain\nWe sat."


def test_head_alone_stays_and_is_doubted() -> None:
    account = read("Observer: Ada\nSession: Dinner\n")
    assert account.incoming.text == "Observer: Ada\nSession: Dinner\n"
    assert "nothing in it but its head" in account.doubts[0].sentence


def test_what_stands_beside_the_text_moves_along() -> None:
    text = "Observer: Ada\nSession: Dinner\n\nWe sat down."
    at = text.index("sat")
    account = read(text, beside=Beside(comments=(Comment(at, at + 3, "really?"),)))
    (comment,) = account.incoming.beside.comments
    assert account.incoming.text[comment.start : comment.end] == "sat"


@given(st.text(alphabet="Observer: Session\n|-#*AdaDinner?", max_size=200))
def test_the_map_leads_from_the_text_to_the_account_whatever_the_text(text: str) -> None:
    account = read(text)
    assert account.incoming.edits.length_after(len(text)) == len(account.incoming.text)


# --- front matter ----------------------------------------------------------------------------------------------------


def test_front_matter_is_read_and_what_is_not_known_is_told() -> None:
    account = read("---\nobserver: [Ada, Jonah Pell]\ntime: 10:45\nweather: {sky: grey}\n---\n\nWe sat.")
    assert account.incoming.text == "We sat."
    told = {note.what: note.detail for note in account.incoming.notes}
    assert told["front matter of other kinds"] == "weather: sky: grey"
    said = found("---\nobserver: [Ada, Jonah Pell]\nevent: Launch\ntime: 10:45\n---\n\nWe sat.")
    assert said.values[Field.OBSERVERS] == ("Ada", "Jonah Pell")
    assert said.values[Field.OBSERVED_FROM] == ("2024-05-14T10:45",)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("---\nobserver: &a [x]\nsession: *a\n---\nWe.", "refers to itself"),
        ("---\nobserver: [Ada\n---\nWe.", "line"),
        ("---\nobserver: " + "[" * 5_000 + "\n---\nWe.", ""),
        ("---\nobserver: 'Ada\nsession: x\n---\nWe.", "line"),
        ("---\nobserver: Ada\nobserver: Jonah Pell\n---\nWe.", "twice (line 3)"),
    ],
)
def test_wrong_front_matter_stays_text_and_is_told(text: str, why: str) -> None:
    account = read(text)
    assert account.incoming.text == text
    assert "front matter cannot be read" in account.doubts[0].sentence
    assert why in account.doubts[0].sentence


@pytest.mark.parametrize(
    "text", ["---\nA rule above.\n---\nWe.", "---\n\n---\nWe.", "---\nx: 1\n---\nWe.", "---\nnever closed: 1\n"]
)
def test_rules_around_text_are_no_front_matter(text: str) -> None:
    account = read(text)
    assert (account.incoming.text, account.doubts) == (text, ())


# --- names of files --------------------------------------------------------------------------------------------------


def test_names_that_the_project_knows_are_found_in_the_name_and_the_folders() -> None:
    said = found("words", "Ines_Varga 14.05.2024 dinner", "Launch", "after")
    assert said.values == {
        Field.OBSERVERS: ("Ines Varga",),
        Field.EVENT: ("Launch",),
        Field.SESSION: ("Dinner",),
        Field.PHASE: ("after",),
        Field.OBSERVED_FROM: ("2024-05-14",),
    }
    assert said.said[Field.EVENT].origin == "folder name"
    assert said.said[Field.OBSERVERS].origin == "file name"


def test_part_of_a_name_is_asked_and_not_taken() -> None:
    said = found("words", "Ines on the train")
    assert said.values == {}
    assert doubts(said) == "The file name has 'Ines': is it 'Ines Varga'?"


@pytest.mark.parametrize("name", ["Adabbo", "the day after lunch", "Dinners", "Fada 2"])
def test_parts_of_words_are_no_names(name: str) -> None:
    assert found("words", name).values == {}


@pytest.mark.parametrize(
    ("pattern", "name", "folders", "expected"),
    [
        ("{observer} {date} {session}", "Zoe 2024-05-14 Tea break", (), ("Zoe", "2024-05-14", "Tea break")),
        ("{event}_{observer}_{date}", "Launch_Ines Varga_14.5.2024", (), ("Ines Varga", "2024-05-14", None)),
        ("{phase}/{any} - {observer}", "04 - Ada", ("x", "before"), ("Ada", None, None)),
        ("{observer} {date} {any}", "Ines_Varga_2024-05-14_b", (), ("Ines Varga", "2024-05-14", None)),
    ],
)
def test_pattern_says_what_stands_where(
    pattern: str, name: str, folders: tuple[str, ...], expected: tuple[str | None, ...]
) -> None:
    said = found("words", name, *folders, pattern=pattern).values
    found_there = tuple((said.get(one) or (None,))[0] for one in (Field.OBSERVERS, Field.OBSERVED_FROM, Field.SESSION))
    assert found_there == expected


def test_name_that_does_not_fit_the_pattern_is_in_doubt() -> None:
    assert "does not fit the pattern" in doubts(found("words", "nothing", pattern="{observer} {date}"))


def test_name_that_does_not_fit_is_in_no_doubt_where_the_head_says_who_observed() -> None:
    assert doubts(found("Observer: Ines Varga\n\nWe sat.\n", "nothing", pattern="{observer} {date}")) == ""


def test_line_that_says_when_it_was_written_is_understood() -> None:
    said = found("Observer: Ines Varga\nWritten: 2024-05-14 22:25+01:00\n\nWe sat.\n")
    assert said.values[Field.WRITTEN_AT] == ("2024-05-14T22:25+01:00",)


@pytest.mark.parametrize(
    "words", ["{who}", "{observer}{date}", "{observer", "{observer} {observer}", "words", "{date}//{any}", "x" * 999]
)
def test_pattern_that_cannot_be_matched_is_refused(words: str) -> None:
    with pytest.raises(UserError, match="pattern"):
        pattern_of(words)


@given(st.text(max_size=300))
def test_no_name_makes_a_pattern_fail_or_wait(name: str) -> None:
    pattern = pattern_of("{observer} {any} {date} {any} {session} {any} {event}")
    assert pattern is not None
    pattern.match((), name, KNOWN.knows)
    pattern.match((), " " * 300, KNOWN.knows)


def test_pattern_of_most_names_is_proposed() -> None:
    names = ["Ines Varga 2024-05-13 train", "Jonah Pell 2024-05-14 lunch talk", "x", "Ada 2024-05-14"]
    proposed = NameReader(KNOWN).propose(FileName(one) for one in names)
    assert proposed is not None
    assert proposed.words == "{observer} {date} {any}"
    assert NameReader(KNOWN).propose([FileName("x"), FileName("Ada")]) is None


# --- which is believed -----------------------------------------------------------------------------------------------


def test_front_matter_goes_before_the_head_and_the_head_before_names_and_properties() -> None:
    text = "---\nobserver: Ada\n---\nObserver: Jonah Pell\nSession: Dinner\n\nWe."
    said = found(text, "Ines Varga 2024-05-14", properties={"creator": "Ines Varga"})
    assert said.values[Field.OBSERVERS] == ("Ada",)
    assert said.values[Field.SESSION] == ("Dinner",)
    assert "The front matter says 'Ada', the head of the text 'Jonah Pell'" in doubts(said)


@pytest.mark.parametrize("creator", ["Microsoft Office User", "python-docx", "Polyvocal", "Admin", "", "  "])
def test_a_program_is_no_observer(creator: str) -> None:
    said = found(properties={"creator": creator, "created": "2013-12-23T23:15:00Z"})
    assert (said.values, said.doubts) == ({}, ())


def test_creator_is_taken_if_known_and_else_asked_for() -> None:
    known = found(properties={"creator": "ines varga", "created": "2024-05-15T08:30:00Z"})
    assert known.values == {Field.OBSERVERS: ("Ines Varga",), Field.WRITTEN_AT: ("2024-05-15T08:30Z",)}
    unknown = found(properties={"creator": "Real Name"})
    assert unknown.values == {}
    assert "'Real Name' as its author" in doubts(unknown)


def test_near_names_are_asked_and_not_taken() -> None:
    said = found("Observer: Innes Varga\nEvent: Lunch\nSession: Dinner time\n\nWe.")
    assert said.values[Field.OBSERVERS] == ("Innes Varga",)
    assert "is it 'Ines Varga'?" in doubts(said)
    assert "There is no event 'Lunch' yet: is it 'Launch'?" in doubts(said)


def test_session_of_two_events_asks_for_the_event() -> None:
    said = found("Observer: Ada\nSession: Plenary\n\nWe.")
    assert Field.EVENT not in said.values
    assert "both have a session 'Plenary'" in doubts(said)


def test_comma_divides_names_only_where_they_are_known() -> None:
    assert found("Observer: Ada, Jonah Pell\nDate: 2024-05-14\n\nx").values[Field.OBSERVERS] == ("Ada", "Jonah Pell")
    assert found("Observer: Varga, Ines\nDate: 2024-05-14\n\nx").values[Field.OBSERVERS] == ("Ines Varga",)
    other = found("Observer: Petty, Zoe\nDate: 2024-05-14\n\nx")
    assert other.values[Field.OBSERVERS] == ("Petty, Zoe",)
    assert "one person or several" in doubts(other)


def test_names_on_lines_of_their_own_in_a_cell_are_several_where_they_are_known_and_else_asked() -> None:
    def in_table(names: str) -> Found:
        table = f"Observer | {names}\nDate | 2024-05-14"
        account = read(f"{table}\n\nx", beside=Beside((Piece(PieceKind.TABLE, 0, len(table), 2),)))
        return found_in(account, FileName("x"), NameReader(KNOWN), KNOWN)

    assert in_table("Ada\n    Jonah Pell").values[Field.OBSERVERS] == ("Ada", "Jonah Pell")
    other = in_table("Zoe\n    Petty")
    assert other.values[Field.OBSERVERS] == ("Zoe Petty",)
    assert "one person or several" in doubts(other)


def test_known_standing_stays() -> None:
    said = found("Observer: Jonah Pell\nStanding: ethnographer\n\nx")
    assert Field.STANDING not in said.values
    assert "known to write as lay-panel" in doubts(said)


def test_jottings_name_the_note_written_from_them() -> None:
    said = found("Jottings of: plenary, ines\nObserver: Ada\n\nx")
    assert said.values[Field.NOTE] == ("Plenary, Ines",)
    assert said.values[Field.KIND] == ("jottings",)


def test_phase_needs_to_know_of_which_event() -> None:
    assert "from before an event: say which" in doubts(found("words", "x", "before"))


def test_observing_over_midnight_ends_on_the_day_after() -> None:
    said = found("Observer: Ada\nDate: 14 May 2024\nTime: 22:00-01:30\n\nx")
    assert said.values[Field.OBSERVED_TO] == ("2024-05-15T01:30",)


@pytest.mark.parametrize(
    ("begins", "ends"),
    [("2024-05-14 23:30", "2024-05-14 22:30"), ("2024-05-15", "2024-05-14"), ("14 May 2024", "13.5.2024 9:00")],
)
def test_observing_that_ends_before_it_began_is_asked_where_both_days_are_said(begins: str, ends: str) -> None:
    said = found(f"Observer: Ada\nFrom: {begins}\nTo: {ends}\n\nx")
    assert Field.OBSERVED_TO not in said.values
    assert [doubt.field for doubt in said.doubts] == [Field.OBSERVED_TO]
