"""Numbers, heads, names and captions of a comparison, counted by hand."""

import pytest

from polyvocal.domain.errors import BugError
from polyvocal.domain.records import (
    Code,
    Coding,
    Event,
    Occasion,
    Person,
    Reading,
    Role,
    Session,
    Source,
    SourceVersion,
)
from polyvocal.domain.words import Doing, Phase, ReadingState, RoleName, SourceKind, StanceName, Standing
from polyvocal.services.analysis.compare import Dimension, Measure, ObserverHead, TotalsTold, compare
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.codings import StanceDraft, add_coding, add_stance
from polyvocal.services.commands.people import add_person
from polyvocal.services.commands.reading import set_reading
from polyvocal.services.commands.setting import add_event, add_presence, add_session
from polyvocal.services.commands.sources import correct_source
from polyvocal.store.file import ProjectFile
from polyvocal.store.unit import Unit
from tests.services.compare_studies import code, compared, numbers, observer, write


@pytest.fixture
def study(project: ProjectFile) -> ProjectFile:
    """An event of one session, and two codes."""
    add_event(project, title="Launch")
    add_session(project, title="Plenary", event="Launch")
    add_code(project, name="Protest")
    add_code(project, name="Time")
    return project


# --- measures ----------------------------------------------------------------------------------------------------


def test_overlapping_nested_touching_and_equal_passages_are_each_counted_and_their_characters_once(
    study: ProjectFile,
) -> None:
    write(study, "Note", "Ines")
    for start, end in ((0, 6), (4, 10), (5, 7), (8, 9), (10, 12)):
        code(study, "Note", start, end)
    code(study, "Note", 0, 6, coder="Pim")
    assert numbers(compared(study)) == {("Protest", "Ines"): 6}
    assert numbers(compared(study, measure=Measure.SOURCES)) == {("Protest", "Ines"): 1}
    assert numbers(compared(study, measure=Measure.CHARACTERS)) == {("Protest", "Ines"): 12}
    assert numbers(compared(study, coder="Pim")) == {("Protest", "Ines"): 1}
    assert numbers(compared(study, measure=Measure.CHARACTERS, coder="Pim")) == {("Protest", "Ines"): 6}


def test_totals_count_each_thing_once_and_say_what_cells_do(study: ProjectFile) -> None:
    """Ines wrote alone and with Kim; of Ada nothing is read, and Bo wrote nothing."""
    write(study, "Alone", "Ines")
    write(study, "Together", "Ines", "Kim")
    write(study, "Unread", "Ada")
    observer(study, "Bo")
    code(study, "Alone", 0, 6)
    code(study, "Alone", 4, 10, "Time", "Pim")
    code(study, "Together", 0, 5)
    for source in ("Alone", "Together"):
        set_reading(study, source=source, coder="Oda", read_to=None)

    def of(measure: Measure, columns: Dimension = Dimension.OBSERVER) -> TotalsTold:
        with study.view() as view:
            found = compare(view, Dimension.CODE, columns, measure, totals=True)
        assert found.totals is not None
        assert found.rows == ("Protest", "Time")
        return found.totals

    passages = of(Measure.PASSAGES)
    assert (passages.rows, passages.columns, passages.whole) == ((2, 1), (0, 0, 3, 1), 3)  # Ada, Bo, Ines, Kim
    assert passages.column_states == ("written, not yet read", "not known", "coded", "coded")
    sources, characters = of(Measure.SOURCES), of(Measure.CHARACTERS)
    assert (sources.rows, sources.columns, sources.whole) == ((2, 1), (0, 0, 2, 1), 2)
    assert (characters.rows, characters.columns, characters.whole) == ((11, 6), (0, 0, 15, 5), 15)
    read = 2 * len("word three " * 2) + len("Alone") + len("Together")
    share = of(Measure.SHARE)
    assert (share.rows, share.whole) == ((11 / read, 6 / read), 15 / read)
    assert share.columns == (None, None, 15 / read, 5 / (read - 22 - len("Alone")))
    of_rows, of_columns = of(Measure.SHARE_OF_ROW), of(Measure.SHARE_OF_COLUMN)
    assert (of_rows.rows, of_rows.columns, of_rows.whole) == ((1, 1), (0, 0, 1, 1 / 3), 1)
    assert (of_columns.rows, of_columns.columns, of_columns.whole) == ((2 / 3, 1 / 3), (None, None, 1, 1), 1)
    coders = of(Measure.SHARE, Dimension.CODER)
    assert coders.columns == (11 / read, 1)  # Oda has read both, Pim what Pim coded
    assert coders.whole == 15 / read


def test_caption_says_that_totals_are_no_sums_only_where_they_are_none(study: ProjectFile) -> None:
    write(study, "Note", "Ines")
    code(study, "Note", 0, 5)
    with study.view() as view:
        alone = compare(view, totals=True).caption
        assert "Totals" not in compare(view).caption
    write(study, "Other", "Ines", "Kim")
    code(study, "Other", 0, 5)
    with study.view() as view:
        several = compare(view, totals=True).caption
    assert "Totals count each passage once. " in alone
    assert "Totals count each passage once, also where it lies in several cells" in several


def test_passage_of_two_observers_counts_for_both(study: ProjectFile) -> None:
    write(study, "Note", "Ines", "Kim")
    code(study, "Note", 0, 5)
    assert numbers(compared(study)) == {("Protest", "Ines"): 1, ("Protest", "Kim"): 1}
    assert numbers(compared(study, observer="Kim")) == {("Protest", "Kim"): 1}


def test_event_and_phase_are_of_the_same_occasion(study: ProjectFile) -> None:
    write(study, "Between", "Ines", phase=Phase.AFTER)
    add_event(study, title="Harvest")

    def work(unit: Unit) -> None:
        (source,), (event,) = unit.all(Source), unit.find(Event, title="Harvest")
        unit.add(Occasion(id=unit.new_id(), source=source.id, event=event.id, phase=Phase.BEFORE))

    study.write("also before the next", work)
    code(study, "Between", 0, 5)
    table = compared(study, Dimension.EVENT, Dimension.PHASE)
    assert numbers(table) == {("Launch", "after"): 1, ("Harvest", "before"): 1}
    assert numbers(compared(study, Dimension.CODE, Dimension.PHASE, event="Launch")) == {("Protest", "after"): 1}
    assert numbers(compared(study, event="Launch", phase="before")) == {}


def test_stance_and_term_are_of_the_same_stance(study: ProjectFile) -> None:
    write(study, "Note", "Ines")
    affirms = StanceDraft("Lay panel", StanceName.AFFIRMS, "Who decides")
    contests = StanceDraft("Lay panel", StanceName.CONTESTS, "Whose time")
    add_coding(study, source="Note", start=0, end=1, code="Time", coder="Oda", stance=affirms)
    add_coding(study, source="Note", start=0, end=2, code="Time", coder="Oda", stance=contests)
    with study.view() as view:
        first = view.all(Coding)[0]
    add_stance(study, coding=str(first.id), stance=contests)
    table = compared(study, Dimension.STANCE, Dimension.TERM)
    assert numbers(table) == {("affirms", "Who decides"): 1, ("contests", "Whose time"): 2}
    crossed = compared(study, Dimension.CODE, Dimension.TERM, stance="affirms", by="Lay panel")
    assert numbers(crossed) == {("Time", "Who decides"): 1}
    assert numbers(compared(study, stance="affirms", term="Whose time")) == {}


def test_observer_and_standing_of_a_filter_are_of_the_same_author(study: ProjectFile) -> None:
    add_person(study, name="Ines", standing=Standing.ETHNOGRAPHER)
    add_person(study, name="Kim", standing=Standing.LAY_PANEL)
    write(study, "Note", "Ines", "Kim")
    code(study, "Note", 0, 5)
    phases = Dimension.CODE, Dimension.PHASE
    assert numbers(compared(study, *phases, observer="Ines", standing="ethnographer")) == {("Protest", "during"): 1}
    assert numbers(compared(study, *phases, observer="Ines", standing="lay-panel")) == {}


def test_jottings_from_which_a_note_was_written_count_with_the_note_only(study: ProjectFile) -> None:
    write(study, "Note", "Ines")
    write(study, "Jotted", "Ines", kind=SourceKind.JOTTINGS, note="Note")
    write(study, "Loose", "Ines", kind=SourceKind.JOTTINGS)
    for source in ("Note", "Jotted", "Loose"):
        code(study, source, 0, 5)
    table = compared(study)
    assert numbers(table) == {("Protest", "Ines"): 2}
    assert table.heads[0].accounts == 2
    assert "jottings from which a note was written (1)" in table.caption


def test_passages_follow_a_correction_and_cover_nothing_where_their_words_are_gone(study: ProjectFile) -> None:
    write(study, "Note", "Ines")
    code(study, "Note", 0, 4)
    code(study, "Note", 5, 10)
    code(study, "Note", 5, 10, "Time")
    correct_source(study, source="Note", edits=[(0, 4, "a longer word"), (5, 11, "")])
    characters = compared(study, measure=Measure.CHARACTERS)
    assert numbers(characters) == {("Protest", "Ines"): 13}
    assert numbers(compared(study)) == {("Protest", "Ines"): 2, ("Time", "Ines"): 1}
    assert characters.states == (("coded",), ("coded",))
    assert "passages whose words were corrected away (2)" in characters.caption
    assert "corrected away" not in compared(study, code="Protest", coder="Oda", phase="after").caption


# --- shares ------------------------------------------------------------------------------------------------------


def test_share_is_of_the_characters_that_were_read(study: ProjectFile) -> None:
    write(study, "Note", "Ines", tens=4)
    write(study, "Short", "Kim", tens=1)
    code(study, "Note", 2, 7)
    set_reading(study, source="Note", coder="Oda", read_to=20)
    table = compared(study, measure=Measure.SHARE)
    assert (table.columns, table.cells) == (("Ines", "Kim"), ((0.25, None), (0.0, None)))


def test_what_was_coded_beyond_the_place_of_reading_was_read(study: ProjectFile) -> None:
    write(study, "Note", "Ines", tens=4)
    code(study, "Note", 5, 15)
    code(study, "Note", 30, 40, "Time")
    set_reading(study, source="Note", coder="Oda", read_to=10)
    assert compared(study, measure=Measure.SHARE).cells == ((10 / 25,), (10 / 25,))


def test_share_of_a_code_does_not_change_when_only_that_code_is_asked_for(study: ProjectFile) -> None:
    write(study, "Note", "Ines", tens=4)
    code(study, "Note", 0, 10)
    code(study, "Note", 30, 40, "Time")
    assert compared(study, measure=Measure.SHARE, code="Time").cells == ((0.5,),)


def test_share_of_a_coder_is_of_what_that_coder_read(study: ProjectFile) -> None:
    write(study, "Note", "Ines", tens=4)
    code(study, "Note", 0, 10, coder="Oda")
    code(study, "Note", 0, 5, coder="Pim")
    add_person(study, name="Una", roles=(RoleName.CODER,))
    set_reading(study, source="Note", coder="Oda", read_to=40)
    table = compared(study, Dimension.CODER, measure=Measure.SHARE)
    assert (table.rows, table.cells) == (("Oda", "Pim", "Una"), ((0.25,), (1.0,), (None,)))
    by_code = compared(study, Dimension.CODE, Dimension.CODER, Measure.SHARE)
    assert by_code.cells == ((0.25, 1.0, None), (0.0, 0.0, None))


def test_share_of_an_observer_is_of_that_observers_accounts_whichever_way_the_table_lies(study: ProjectFile) -> None:
    write(study, "Note", "Ines", tens=9)
    write(study, "Short", "Kim", tens=2)
    for source, end in (("Note", 50), ("Short", 5)):
        code(study, source, 0, 5)
        code(study, source, 0, end, "Time")
    table = compared(study, Dimension.OBSERVER, Dimension.CODE, Measure.SHARE)
    assert table.cells == ((0.1, 1.0), (1.0, 1.0))


@pytest.mark.parametrize("read_to", [None, 30])
def test_reading_follows_a_text_that_is_shortened(study: ProjectFile, read_to: int | None) -> None:
    write(study, "Note", "Ines", tens=4)
    code(study, "Note", 0, 10)
    set_reading(study, source="Note", coder="Oda", read_to=read_to)
    with study.view() as view:
        (version,) = view.all(SourceVersion)
    correct_source(study, source="Note", edits=[(20, version.length, "")])
    assert compared(study, measure=Measure.SHARE).cells == ((0.5,), (0.0,))


@pytest.mark.parametrize(("state", "read_to"), [(ReadingState.DONE, 3), (ReadingState.READ_TO_HERE, 99)])
def test_reading_that_a_merge_left_at_another_length_ends_with_the_text(
    study: ProjectFile, state: ReadingState, read_to: int
) -> None:
    write(study, "Note", "Ines")
    code(study, "Note", 0, 13)
    set_reading(study, source="Note", coder="Oda", read_to=10)

    def merge(unit: Unit) -> None:
        unit.change(unit.all(Reading)[0], state=state, read_to=read_to)

    study.write("merge", merge)
    table = compared(study, measure=Measure.SHARE)
    assert table.cells == ((0.5,), (0.0,))
    assert table.heads[0].words_read == table.heads[0].words == 5


# --- heads -------------------------------------------------------------------------------------------------------


def test_head_says_how_much_there_is_of_an_observer(study: ProjectFile) -> None:
    add_person(study, name="Ines", standing=Standing.ETHNOGRAPHER)
    add_session(study, title="Lunch", event="Launch")
    for session, doing in (("Plenary", Doing.OBSERVING), ("Lunch", Doing.ABSENT)):
        add_presence(study, person="Ines", session=session, doing=doing)
    write(study, "One", "Ines", tens=2)
    write(study, "Two", "Ines", "Kim", tens=3)
    code(study, "One", 0, 5)
    code(study, "One", 0, 5, "Time", coder="Ines")
    code(study, "Two", 0, 5, coder="Pim")
    code(study, "Two", 0, 5, coder="Kim")
    set_reading(study, source="One", coder="Oda", read_to=None)
    set_reading(study, source="Two", coder="Oda", read_to=10)
    set_reading(study, source="Two", coder="Pim", read_to=16)
    ines, kim = compared(study).heads
    assert ines == ObserverHead(
        observer="Ines",
        standing="ethnographer",
        coders=("Ines", "Kim", "Oda", "Pim"),
        self_coded=0.25,
        accounts=2,
        words=5 + 7,
        words_read=5 + 3,
        sessions=1,
    )
    assert (kim.coders, kim.self_coded, kim.accounts, kim.words, kim.words_read) == (("Kim", "Pim"), 0.5, 1, 7, 3)


def test_head_says_how_much_there_is_of_a_standing(study: ProjectFile) -> None:
    add_person(study, name="Ines", standing=Standing.ETHNOGRAPHER)
    add_person(study, name="Bo", standing=Standing.ETHNOGRAPHER)
    add_person(study, name="Kim", standing=Standing.LAY_PANEL)
    add_presence(study, person="Ines", session="Plenary", doing=Doing.OBSERVING)
    write(study, "Long", "Ines", tens=9)
    write(study, "Short", "Kim", "Ines", tens=1)
    write(study, "Late", "Bo", tens=1)
    set_reading(study, source="Short", coder="Oda", read_to=None)
    code(study, "Long", 0, 5, coder="Ines")
    code(study, "Long", 0, 5, coder="Bo")  # of that standing, and did not write it
    code(study, "Short", 0, 5, coder="Kim")  # of one of two standings
    code(study, "Short", 0, 5, "Time")
    for columns in (True, False):
        along = (Dimension.CODE, Dimension.STANDING) if columns else (Dimension.STANDING, Dimension.CODE)
        table = compared(study, *along)
        ethnographer, team, lay, other = table.heads
        assert table.columns_have_heads == columns
        assert ethnographer == ObserverHead(
            observer="ethnographer",
            standing=None,
            coders=("Bo", "Ines", "Kim", "Oda"),
            self_coded=0.25,
            accounts=3,
            words=22 + 3,
            words_read=3,
            sessions=1,
        )
        assert (lay.coders, lay.self_coded, lay.accounts, lay.words, lay.words_read, lay.sessions) == (
            ("Kim", "Oda"), 0.5, 1, 3, 3, 0
        )  # fmt: skip
        assert (team.accounts, team.coders, team.self_coded, other.words) == (0, (), None, 0)


def test_heads_are_of_observers_also_where_the_same_people_code(study: ProjectFile) -> None:
    """Ada and Bo wrote a note each, and each coded the other's."""
    for mine, other in (("Ada", "Bo"), ("Bo", "Ada")):
        write(study, mine, mine)
        code(study, mine, 0, 5, coder=other)
    beside = compared(study, Dimension.OBSERVER, Dimension.CODER)
    above = compared(study, Dimension.CODER, Dimension.OBSERVER)
    assert beside.rows == beside.columns == ("Ada", "Bo")
    assert (beside.columns_have_heads, above.columns_have_heads) == (False, True)


def test_head_of_an_observer_of_whom_nothing_is_coded_has_no_share(study: ProjectFile) -> None:
    observer(study, "Pat")
    (head,) = compared(study).heads
    assert (head.coders, head.self_coded, head.accounts, head.words, head.words_read, head.sessions) == (
        (), None, 0, 0, 0, 0
    )  # fmt: skip


def test_head_is_of_what_the_filter_leaves(study: ProjectFile) -> None:
    add_event(study, title="Harvest")
    add_session(study, title="Tasting", event="Harvest")
    observer(study, "Ines", Plenary=Doing.OBSERVING, Tasting=Doing.OBSERVING)
    write(study, "At the launch", "Ines")
    write(study, "At the harvest", "Ines", event="Harvest", tens=9)
    code(study, "At the launch", 0, 5, coder="Ines")
    code(study, "At the harvest", 0, 5)
    (head,) = compared(study, event="Launch").heads
    assert (head.accounts, head.words, head.sessions, head.coders, head.self_coded) == (1, 7, 1, ("Ines",), 1.0)


# --- names and order ---------------------------------------------------------------------------------------------


def test_things_that_share_a_name_are_told_apart(study: ProjectFile) -> None:
    add_event(study, title="Harvest")
    add_session(study, title="Plenary", event="Harvest")
    add_code(study, name="Voice", parent="Protest")
    add_code(study, name="Voice", parent="Time")
    write(study, "Note", "Ines")
    code(study, "Note", 0, 5)

    def twins(unit: Unit) -> None:
        (oda,) = unit.find(Person, name="Oda")
        (protest,) = unit.find(Code, name="Protest")
        (version,) = unit.all(SourceVersion)
        other = Person(id=unit.new_id(), name="Oda")
        unit.add(
            other,
            Role(id=unit.new_id(), person=other.id, role=RoleName.CODER),
            Coding(id=unit.new_id(), version=version.id, start=0, end=5, code=protest.id, coder=other.id, created_at=0),
        )
        twins_of.extend([oda.id, other.id])

    twins_of: list[int] = []
    study.write("merge two", twins)
    odas = tuple(f"Oda ({one})" for one in twins_of)
    table = compared(study, Dimension.CODE, Dimension.CODER)
    assert table.columns == odas
    assert table.rows == ("Protest", "Protest / Voice", "Time", "Time / Voice")
    assert compared(study).heads[0].coders == odas
    assert ", ".join(odas) in compared(study).caption
    assert set(compared(study, Dimension.SESSION).rows) == {"Launch / Plenary", "Harvest / Plenary"}


def test_observers_stand_by_standing_and_then_by_name(study: ProjectFile) -> None:
    add_person(study, name="zoe", standing=Standing.ETHNOGRAPHER)
    add_person(study, name="Bo", standing=Standing.LAY_PANEL)
    add_person(study, name="Ada", standing=Standing.LAY_PANEL)
    observer(study, "Abe")
    add_person(study, name="Anna", standing=Standing.ETHNOGRAPHER)
    assert compared(study).columns == ("Anna", "zoe", "Ada", "Bo", "Abe")
    assert compared(study, standing="lay-panel").columns == ("Ada", "Bo")


def test_coder_without_the_role_has_a_column(study: ProjectFile) -> None:
    write(study, "Note", "Ines")
    code(study, "Note", 0, 5)
    study.write("no role", lambda unit: unit.remove(*unit.find(Role, role=RoleName.CODER)))
    assert compared(study, Dimension.CODE, Dimension.CODER).columns == ("Oda",)


def test_role_that_is_noted_twice_makes_one_column(study: ProjectFile) -> None:
    observer(study, "Ines")

    def again(unit: Unit) -> None:
        (person,) = unit.find(Person, name="Ines")
        unit.add(Role(id=unit.new_id(), person=person.id, role=RoleName.OBSERVER))

    study.write("merge", again)
    assert compared(study).columns == ("Ines",)


def test_sessions_are_those_of_the_events_in_question(study: ProjectFile) -> None:
    add_event(study, title="Harvest")
    add_session(study, title="Tasting", event="Harvest")
    assert compared(study, Dimension.SESSION, event="Harvest").rows == ("Tasting",)
    with study.view() as view:
        assert len(view.all(Session)) == 2


# --- captions ----------------------------------------------------------------------------------------------------


def test_caption_says_what_is_counted_over_what_by_whom_and_what_is_not_in_it(study: ProjectFile) -> None:
    write(study, "Note", "Ines", tens=2)
    write(study, "Nobody wrote it", kind=SourceKind.PAPER, tens=1)
    code(study, "Note", 0, 5, coder="Oda")
    code(study, "Note", 0, 5, coder="Bea")
    code(study, "Nobody wrote it", 0, 5, coder="Oda")
    set_reading(study, source="Note", coder="Oda", read_to=10)
    caption = compared(study).caption
    assert caption.startswith("Code by observer. Cells count passages: each coding is one, also where it overlaps")
    assert "Over 2 sources of 10 words, 2 of them read; coded by Bea, Oda." in caption
    assert "A code stands for just itself, without the codes below it." in caption
    assert "Not in the table: coded passages that belong to no row or no column (1)." in caption
    assert "the numbers lie side by side and do not rank" in caption
    assert "Project 'A study', 20" in caption


def test_caption_names_the_filter(study: ProjectFile) -> None:
    write(study, "Note", "Ines")
    code(study, "Note", 0, 5)
    table = compared(study, coder="Oda", phase=("during", "after"))
    assert "Only coder: Oda; phase: after, during." in table.caption
    assert table.filters == {"coder": ["Oda"], "phase": ["after", "during"]}


def test_caption_of_a_share_says_of_what(study: ProjectFile) -> None:
    share = compared(study, measure=Measure.SHARE)
    assert "as a share of the characters read in the accounts of that row and column" in share.caption
    assert "Read is what the coder of the cell has read." not in share.caption
    by_coder = compared(study, Dimension.CODE, Dimension.CODER, Measure.SHARE)
    assert "Read is what the coder of the cell has read." in by_coder.caption


def test_caption_says_how_many_sources_have_no_observer(study: ProjectFile) -> None:
    add_person(study, name="Ines", standing=Standing.ETHNOGRAPHER)
    write(study, "Note", "Ines", tens=1)
    assert " no observer" not in compared(study).caption
    write(study, "By Kim", "Kim", tens=2)
    write(study, "Agenda", kind=SourceKind.PAPER, tens=3)
    assert "1 of the sources (7 words) has no observer." in compared(study).caption
    by_standing = compared(study, Dimension.PHASE, Dimension.STANDING).caption
    assert "2 of the sources (13 words) have no standing." in by_standing
    assert " no observer" not in compared(study, Dimension.CODE, Dimension.PHASE).caption


def test_caption_over_neither_observers_nor_standings_does_not_speak_of_them(study: ProjectFile) -> None:
    caption = compared(study, Dimension.EVENT, Dimension.PHASE).caption
    assert "Observers wrote different texts" not in caption
    assert "A code stands for" not in caption


def test_rows_and_columns_of_one_dimension_are_refused(study: ProjectFile) -> None:
    with study.view() as view, pytest.raises(BugError):
        compare(view, Dimension.CODE, Dimension.CODE)
