"""The sample project: its codebook and its codings have in them what its readers are promised."""

from collections import Counter, defaultdict

from polyvocal.domain.passages import CodedPassage, PassageFilter
from polyvocal.domain.records import Code, Memo, Person, Reading, Role, Session, Source
from polyvocal.domain.words import CellState, CodeKind, MemoKind, Phase, ReadingState, RoleName, StanceName
from polyvocal.exchange.sample_quotes import find_passage
from polyvocal.exchange.sample_script import Script
from polyvocal.services.analysis.compare import Comparison, compare
from polyvocal.services.queries.project import HistoryLine, history
from polyvocal.store.schema import HEAD
from polyvocal.store.view import View
from tests.exchange.colours import apart, contrast_to_white

FUNCTIONS = {
    "Sense-making tool",
    "Social validating mechanism",
    "Evidence of working on an issue",
    "Means of protest and resolution",
}
PAID, DECIDES = "Whose time is paid", "Who decides what is measured"


def by_both(passages: list[CodedPassage]) -> list[tuple[set[str], set[str]]]:
    """For each passage that two coders coded, the codes of the one and of the other."""
    found: dict[tuple[int, int, int], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in passages:
        found[one.source, one.start, one.end][one.coder].add(one.code)
    return [(first, second) for coders in found.values() if len(coders) == 2 for first, second in [coders.values()]]


# --- the codebook ---------------------------------------------------------------------------------------------------


def test_every_code_says_how_it_is_used(view: View) -> None:
    codes = view.all(Code)
    assert len(codes) >= 20
    assert all(code.definition and code.use_when and code.not_when and code.example for code in codes)
    assert {code.name for code in codes} >= FUNCTIONS
    (functions,) = view.find(Code, name="Functions of the meeting")
    assert {code.name for code in view.find(Code, parent=functions.id)} == FUNCTIONS
    assert {code.kind for code in codes} == set(CodeKind)


def test_colours_are_told_apart(script: Script) -> None:
    codes = script.codebook.code
    assert len({code.colour for code in codes}) == len(codes)
    assert all(contrast_to_white(code.colour) >= 3 for code in codes)
    for one in codes:
        for other in codes:
            if one.name < other.name and one.parent == other.parent is not None:
                assert apart(one.colour, other.colour) >= 0.09, (one.name, other.name)


def test_a_definition_changed_half_way(view: View, passages: list[CodedPassage]) -> None:
    lines = list(history(view))
    (changed,) = [line for line in lines if line.kind == "change code"]
    assert (changed.name, changed.person) == ("Polite assent", "Ines Varga")
    (code,) = view.find(Code, name="Polite assent")
    old, new = definitions(view, changed), code.definition
    assert old is not None
    assert new is not None
    assert new.startswith(old.rstrip("."))
    assert new != old
    moments = [one.id < changed.operation for one in passages if one.code == "Polite assent"]
    assert sum(moments) >= 5
    assert moments.count(False) >= 5
    memos = view.find(Memo, about=code.id)
    assert MemoKind.CODE in {memo.kind for memo in memos}


def definitions(view: View, line: HistoryLine) -> str | None:
    """The definition of a code before an operation that changed it."""
    operation = next(one for one in view.journal.operations() if one.id == line.operation)
    images = view.journal.images("code", view.journal.columns_at("code", HEAD))
    (row,) = view.raw.execute(f"SELECT definition FROM ({images}) WHERE op = ?", (operation.n,)).fetchall()
    return str(row[0])


def test_there_are_memos_of_every_kind_by_both_coders(view: View) -> None:
    memos = view.all(Memo)
    assert {memo.kind for memo in memos} == set(MemoKind)
    assert {view.need(Person, memo.author).name for memo in memos if memo.author} == {"Maren Holt", "Ines Varga"}
    assert {memo.about_kind for memo in memos} == {
        None,
        "code",
        "coding",
        "source",
        "divergence",
        "comparison",
    }


# --- the codings ----------------------------------------------------------------------------------------------------


def test_two_coders_code_and_one_of_them_her_own_notes(view: View, passages: list[CodedPassage]) -> None:
    assert len(passages) >= 350
    coders = {view.need(Person, role.person).name for role in view.find(Role, role=RoleName.CODER)}
    assert {one.coder for one in passages} == coders == {"Maren Holt", "Ines Varga"}
    assert {one.coder for one in passages if one.coder in one.observers} == {"Maren Holt"}


def test_passages_are_coded_by_both_and_not_always_alike(passages: list[CodedPassage]) -> None:
    pairs = by_both(passages)
    assert len(pairs) >= 40
    assert sum(first == second for first, second in pairs) >= 10
    assert sum(not first & second for first, second in pairs) >= 5
    spans = {
        coder: {(one.source, one.start, one.end) for one in passages if one.coder == coder}
        for coder in ("Maren Holt", "Ines Varga")
    }
    overlapping = [
        1
        for mine in spans["Maren Holt"] - spans["Ines Varga"]
        for yours in spans["Ines Varga"] - spans["Maren Holt"]
        if mine[0] == yours[0] and mine[1] < yours[2] and yours[1] < mine[2]
    ]
    assert len(overlapping) >= 5


def test_every_code_is_used_and_no_category(script: Script, passages: list[CodedPassage]) -> None:
    used = {one.code for one in passages}
    codes = {kind: {code.name for code in script.codebook.code if code.kind is kind} for kind in CodeKind}
    assert codes[CodeKind.CODE] <= used
    assert codes[CodeKind.THEME] <= used
    assert not codes[CodeKind.CATEGORY] & used


def test_some_passages_have_three_functions_at_once(passages: list[CodedPassage]) -> None:
    functions = defaultdict(set)
    for one in passages:
        if one.code in FUNCTIONS:
            functions[one.source, one.start, one.end].add(one.code)
    assert sum(len(codes) >= 3 for codes in functions.values()) >= 6


def stances_on(passages: list[CodedPassage], term: str) -> list[tuple[str, CodedPassage]]:
    return [(stance.stance, one) for one in passages for stance in one.stances if stance.term == term]


def test_a_term_is_contested_before_it_is_generated_and_affirmed(passages: list[CodedPassage]) -> None:
    taken = stances_on(passages, PAID)
    assert {one.phase for stance, one in taken if stance == StanceName.CONTESTS} >= {Phase.BEFORE, Phase.DURING}
    assert {one.session for stance, one in taken if stance == StanceName.GENERATES} & {
        "By the coats",
        "Morning plenary",
    }
    assert Phase.AFTER in {one.phase for stance, one in taken if stance == StanceName.AFFIRMS}
    before = Counter(stance for stance, one in taken if one.phase == Phase.BEFORE)
    assert before[StanceName.CONTESTS] > before[StanceName.AFFIRMS]


def test_the_disputed_term_is_contested_again_and_again(passages: list[CodedPassage]) -> None:
    taken = Counter(stance for stance, _ in stances_on(passages, DECIDES))
    assert taken[StanceName.CONTESTS] == max(taken.values())
    contested = {one.source for stance, one in stances_on(passages, DECIDES) if stance == StanceName.CONTESTS}
    assert len(contested) >= 5


def test_every_term_has_stances(script: Script, passages: list[CodedPassage]) -> None:
    assert {stance.term for one in passages for stance in one.stances} == {one.name for one in script.setting.term}
    assert {stance.stance for one in passages for stance in one.stances} == set(StanceName)


def test_polite_assent_affirms_and_contests_at_once(passages: list[CodedPassage]) -> None:
    assert any(
        {one.stance for one in passage.stances if one.actor == stance.actor and one.term == stance.term}
        >= {StanceName.AFFIRMS, StanceName.CONTESTS}
        for passage in passages
        for stance in passage.stances
    )


def test_the_negative_case_says_that_it_is_one(view: View, passages: list[CodedPassage]) -> None:
    rising = [
        one
        for one in passages
        if one.code == "Taking the floor" and "With respect, nobody on nights fills in the card" in one.text
    ]
    assert any(view.count(Memo, about=one.id) for one in rising)


def test_some_accounts_are_half_read_and_some_not_at_all(view: View, passages: list[CodedPassage]) -> None:
    readings = view.all(Reading)
    assert {one.state for one in readings} == {ReadingState.DONE, ReadingState.READ_TO_HERE}
    unread = {one.title for one in view.all(Source)} - {view.need(Source, one.source).title for one in readings}
    assert unread
    assert not unread & {one.source_title for one in passages}


def test_nobody_codes_what_she_has_not_read(view: View, passages: list[CodedPassage]) -> None:
    read = {(one.source, view.need(Person, one.coder).name): one.read_to for one in view.all(Reading)}
    beyond = [
        (one.source_title, one.coder, one.text[:40])
        for one in passages
        if one.end > read.get((one.source, one.coder), 0)
    ]
    assert beyond == []


def states_of(table: Comparison) -> set[str]:
    return {state for line in table.states for state in line}


def test_every_state_of_a_cell_is_in_the_comparisons(view: View) -> None:
    found = states_of(compare(view))
    for session in view.all(Session):
        found |= states_of(compare(view, chosen=PassageFilter(sessions=frozenset({session.id}))))
    assert found == set(CellState)


def test_every_operation_is_in_the_name_of_who_did_it(view: View, passages: list[CodedPassage]) -> None:
    lines = {line.operation: line for line in history(view)}
    coded = [line for line in lines.values() if line.kind == "add coding"]
    assert Counter(line.person for line in coded) == Counter(one.coder for one in passages)
    others = {line.person for line in lines.values() if line.kind in ("add event", "import", "add code", "add term")}
    assert others == {"Ines Varga"}


def test_passages_say_the_words_of_the_script(
    passages: list[CodedPassage], script: Script, texts: dict[str, str]
) -> None:
    meant = set()
    for title, part in script.codings.items():
        for passage in part.passage:
            start, end = find_passage(passage, texts[title], title)
            meant.add((title, texts[title][start:end]))
    assert {(one.source_title, one.text) for one in passages} == meant
