"""Where words occur: exact places, whatever the script, and only what is there now."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyvocal.domain.errors import UserError
from polyvocal.domain.text import normalise
from polyvocal.domain.words import SourceKind
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.incoming import About, Incoming
from polyvocal.services.commands.removal import remove
from polyvocal.services.commands.sources import correct_source, import_sources
from polyvocal.services.queries.search import Hit, find_words
from polyvocal.store.file import ProjectFile
from polyvocal.store.search import match_expression
from tests.conftest import TEXTS


def find(project: ProjectFile, query: str, limit: int = 50) -> list[Hit]:
    """What is found."""
    with project.view() as view:
        return find_words(view, query, limit)


def texts(project: ProjectFile, query: str) -> list[str | None]:
    """The words that are found in sources; each stands where the hit says."""
    found = [hit for hit in find(project, query) if hit.start is not None]
    for hit in found:
        assert hit.start is not None
        assert TEXTS[hit.title][hit.start : hit.end] == hit.text
    return [hit.text for hit in found]


def take_in(project: ProjectFile, title: str, text: str) -> None:
    """Import a paper."""
    kept, edits = normalise(text)
    import_sources(project, [Incoming(title, kept, edits)], About(SourceKind.PAPER))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("microphone", ["microphone"]),
        ("MICROPHONE", ["microphone"]),
        ("lay panel", ["lay panel"]),
        ('"lay panel"', ["lay panel"]),
        ('"panel lay"', []),
        ("panel lay", ["lay panel"]),
        ("micro*", ["microphone"]),
        ("micro", []),
        ("applause", ["applause", "applause"]),
        ("seance", ["se\u0301ance"]),
        ("s\u00e9ance", ["se\u0301ance"]),
        ("equipes", ["équipes"]),
        ("cafe", ["café"]),
        ("ward tables", ["tables", "ward tables"]),
        ("我们的时间", ["我们的时间"]),
        ("时间", ["时间"]),
        ("من يقرر", ["من يقرر"]),
        ("सुन", ["सुन"]),
    ],
)
def test_words_are_found_to_the_code_point(small_project: ProjectFile, query: str, expected: list[str]) -> None:
    assert texts(small_project, query) == expected


def test_place_after_emoji_is_in_code_points(small_project: ProjectFile) -> None:
    (hit,) = (one for one in find(small_project, "professor") if one.start is not None)
    assert hit.start == TEXTS["Plenary, Wren"].index("professor")
    assert (hit.kind, hit.title, hit.observers) == ("source", "Plenary, Wren", ("Wren",))
    assert "hands it to a professor. “Who is paid" in hit.context


def test_thai_is_found_as_it_is_written(project: ProjectFile) -> None:
    take_in(project, "Thai", "👋 เราคุยกันเรื่องเวลา แล้วก็เงียบ")
    (hit,) = find(project, "เวลา")
    assert (hit.start, hit.end, hit.text) == (17, 21, "เวลา")


@pytest.mark.parametrize(
    "query",
    [
        '"unbalanced', 'un"balanced', '"', 'AND', "a OR", "NOT", "NEAR(a b)", "body:x", "text_index:panel", "^panel",
        "-panel", "+panel", "(panel", "panel)", "a*b*", "*panel", "{panel}", "'panel", "panel;", "%", "_", "\\",
        '"a" "', "panel\0", "a\nb", "时 *", '"" 时', '时 ""', "x" * 10_000, "panel " * 2000, "😀",
    ],
)  # fmt: skip
def test_no_query_is_taken_for_a_command(small_project: ProjectFile, query: str) -> None:
    try:
        found = find(small_project, query)
    except UserError as refused:
        assert "word" in str(refused)  # noqa: PT017 - either answer is right, a fault is not
    else:
        assert all(hit.text != "" for hit in found)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_expression_of_any_query_is_words_in_quotes(query: str) -> None:
    try:
        expression = match_expression(query)
    except UserError:
        return
    outside = "".join(expression.split('"')[::2])
    assert outside.strip(" *") == ""


@pytest.mark.parametrize("query", ["zebra AND giraffe", "zebra OR giraffe", "NOT zebra", "giraffe NEAR zebra"])
def test_operators_are_words(small_project: ProjectFile, query: str) -> None:
    take_in(small_project, "Grammar", "Not a zebra and giraffe, or near a giraffe.")
    assert {hit.title for hit in find(small_project, query)} == {"Grammar"}


@pytest.mark.parametrize("query", ["", " ", "*", '""', "…", "\udc80"])
def test_query_without_a_word_is_refused(small_project: ProjectFile, query: str) -> None:
    with pytest.raises(UserError):
        find(small_project, query)


def test_old_versions_are_not_found(small_project: ProjectFile) -> None:
    start = TEXTS["Plenary, Wren"].index("microphone")
    correct_source(small_project, source="Plenary, Wren", edits=[(start, start + 10, "loudhailer")])
    assert [hit for hit in find(small_project, "microphone") if hit.start is not None] == []
    (hit,) = find(small_project, "loudhailer")
    assert hit.start == start
    small_project.undo()
    assert find(small_project, "loudhailer") == []
    assert len(find(small_project, "microphone")) == 1


def test_old_versions_do_not_crowd_out_what_is_there(project: ProjectFile) -> None:
    take_in(project, "First", "zebra " * 9)
    for number in range(3):
        correct_source(project, source="First", edits=[(0, 0, f"zebra {number} ")])
    take_in(project, "Second", "A long text in which, late, there is also one zebra among many other words.")
    correct_source(project, source="First", edits=[(0, 0, "x")])
    hits = find(project, "zebra", limit=40)
    assert {hit.title for hit in hits} == {"First", "Second"}


def test_undone_import_is_not_found_and_found_after_redo(project: ProjectFile) -> None:
    take_in(project, "Paper", "An unmistakable zebra. 斑马")
    project.undo()
    assert find(project, "zebra") == []
    assert find(project, "斑马") == []
    project.redo()
    assert [hit.text for hit in find(project, "zebra")] == ["zebra"]
    assert [hit.text for hit in find(project, "斑马")] == ["斑马"]


def test_removed_source_is_not_found(project: ProjectFile) -> None:
    take_in(project, "Paper", "An unmistakable zebra.")
    remove(project, "source", "Paper")
    assert find(project, "zebra") == []


@pytest.mark.parametrize(
    ("query", "kind", "title"),
    [
        ("decides", "code", "Who decides"),
        ("bored", "code", "Protest"),
        ("unpaid", "group", "Lay panel"),
        ("contesting", "memo", "On applause"),
        ("working hours", "term", "Whose time is paid"),
        ("town hall", "event", "Launch"),
        ("corridor", "session", "Corridor"),
        ("bashir", "person", "Bashir"),
        ("community", "series", "Learning community"),
        ("Train", "source", "On the train"),
    ],
)
def test_what_else_people_wrote_is_found_by_its_kind(
    small_project: ProjectFile, query: str, kind: str, title: str
) -> None:
    assert (kind, title) in {(hit.kind, hit.title) for hit in find(small_project, query) if hit.start is None}


def test_reason_of_a_correction_is_found_with_its_source(small_project: ProjectFile) -> None:
    correct_source(small_project, source="On the train", edits=[(0, 4, "Back")], reason="Unmistakably zebra")
    (hit,) = find(small_project, "zebra")
    assert (hit.kind, hit.title, hit.start) == ("source", "On the train", None)
    assert hit.context == "Unmistakably zebra"


def test_changed_name_is_found_and_the_old_one_is_not(small_project: ProjectFile) -> None:
    change(small_project, "code", "Sense-making", {"name": "Zebra"})
    assert [(hit.kind, hit.title) for hit in find(small_project, "zebra")] == [("code", "Zebra")]
    assert find(small_project, "sense") == []


def test_hits_are_frozen_and_at_most_as_many_as_asked_for(project: ProjectFile) -> None:
    take_in(project, "Paper", "zebra, then zebra, again zebra; and a zebra.")
    assert len(find(project, "zebra")) == 4
    hits = find(project, "zebra", limit=2)
    assert len(hits) == 2
    with pytest.raises(AttributeError):
        hits[0].title = "x"  # type: ignore[misc]
