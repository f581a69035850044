"""A file that was changed outside comes in as a new version; presence is noted where an account tells of it."""

import pytest

from polyvocal.domain.errors import UserError
from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.records import ImportNote, Memo, Person, Presence, Reading, Session, Source, SourceVersion
from polyvocal.domain.text import normalise
from polyvocal.domain.versions import current
from polyvocal.domain.words import Doing, MemoKind, Phase, ReadingState
from polyvocal.services.commands.incoming import About, Beside, Comment, Incoming, Renewal
from polyvocal.services.commands.sources import ImportResult, import_all
from polyvocal.services.queries.known import Candidate, earlier_states
from polyvocal.services.queries.passages import coded_passages
from polyvocal.store.file import ProjectFile
from tests.conftest import TEXTS

PLENARY = "Plenary, Wren"
NOTHING = Beside()


def incoming(text: str, title: str = PLENARY, beside: Beside = NOTHING) -> Incoming:
    text, edits = normalise(text)
    return Incoming(
        title, text, edits, file_name=f"{title}.txt", content=text.encode(), encoding="utf-8", beside=beside
    )


def renewed(project: ProjectFile, text: str, beside: Beside = NOTHING) -> ImportResult:
    return import_all(project, [(incoming(text, beside=beside), Renewal(PLENARY))])


def test_changed_file_becomes_a_version_in_which_codings_follow_their_words(small_project: ProjectFile) -> None:
    text = TEXTS[PLENARY].replace("one microphone", "a single microphone").replace("a professor", "the professor")
    result = renewed(small_project, text)
    (one,) = result.renewed
    assert (one.title, one.lost, result.sources) == (PLENARY, (), ())
    assert one.followed == 4
    with small_project.view() as view:
        (source,) = view.find(Source, title=PLENARY)
        versions = view.find(SourceVersion, source=source.id)
        assert len(versions) == 2
        assert view.text(current(versions).text_hash) == text
        assert current(versions).reason == "file imported again"
        assert view.original(source.original or "") == text.encode()
        passages = list(coded_passages(view, PassageFilter(sources=frozenset({source.id}))))
        (done, *_) = view.find(Reading, source=source.id)
    assert "applause \U0001f468\u200d\U0001f469\u200d\U0001f467" in {one.text for one in passages}
    assert all(text[one.start : one.end] == one.text for one in passages)
    assert (done.state, done.read_to) == (ReadingState.DONE, len(text))


def test_passages_whose_words_are_gone_are_listed_and_kept_with_the_source(small_project: ProjectFile) -> None:
    text = TEXTS[PLENARY].split("\n\n")[0] + "\n"
    (one,) = renewed(small_project, text).renewed
    assert one.followed == 0
    assert {lost.made for lost in one.lost} == {"Whose time", "Protest"}
    assert "“Who is paid to be here?” asks a woman of the lay panel." in {lost.words for lost in one.lost}
    with small_project.view() as view:
        notes = view.find(ImportNote, source=one.source)
        assert [note.how_many for note in notes if note.what == "passage whose words are gone"] == [len(one.lost)]


def test_same_text_again_makes_no_version(small_project: ProjectFile) -> None:
    result = renewed(small_project, TEXTS[PLENARY])
    assert (result.renewed, [title for _, title in result.known]) == ((), [PLENARY])
    assert not result.changes.kinds


def test_one_undo_takes_the_new_version_back(small_project: ProjectFile) -> None:
    renewed(small_project, TEXTS[PLENARY] + "More.\n")
    small_project.undo()
    with small_project.view() as view:
        (source,) = view.find(Source, title=PLENARY)
        assert len(view.find(SourceVersion, source=source.id)) == 1
        assert view.original(source.original or "") == TEXTS[PLENARY].encode()


def test_only_new_comments_of_the_file_become_memos(small_project: ProjectFile) -> None:
    first, second = Comment(0, 5, "so early?", "Oda"), Comment(6, 10, "why nine?", "Oda")
    renewed(small_project, TEXTS[PLENARY] + "More.\n", Beside(comments=(first,)))
    renewed(small_project, TEXTS[PLENARY] + "And more.\n", Beside(comments=(first, second)))
    with small_project.view() as view:
        words = [one.text for one in view.find(Memo, kind=MemoKind.IN_PROCESS)]
    assert sorted(words) == ["so early?", "why nine?"]


def test_source_that_is_not_there_is_not_renewed(small_project: ProjectFile) -> None:
    with pytest.raises(UserError, match="no source called 'Nothing'"):
        import_all(small_project, [(incoming("x"), Renewal("Nothing"))])


def test_earlier_state_is_known_by_file_name_or_by_title_and_observer(small_project: ProjectFile) -> None:
    text = TEXTS[PLENARY] + "More.\n"
    with small_project.view() as view:
        by_file, by_title, neither, other = earlier_states(
            view,
            [
                Candidate(text, "plenary, wren.TXT", "x", ()),
                Candidate(text, None, "plenary, wren", ("wren",)),
                Candidate(text, None, "plenary, wren", ("Ilse",)),
                Candidate("Quite something else, by somebody else.", f"{PLENARY}.txt", "x", ()),
            ],
        )
    assert by_file is not None
    assert by_title is not None
    assert other is not None
    assert by_file == by_title
    assert by_file.title == PLENARY
    assert by_file.alike > 0.9
    assert neither is None
    assert other.alike < 0.2


# --- who was present -------------------------------------------------------------------------------------------------


def told(project: ProjectFile, about: About) -> tuple[set[tuple[str, Doing, str | None]], dict[str, str]]:
    """Who is noted in the corridor after an import, and what is told."""
    result = import_all(project, [(incoming("Some words.", "corridor"), about)])
    ((one, _source),) = result.sources
    with project.view() as view:
        (corridor,) = view.find(Session, title="Corridor")
        there = view.find(Presence, session=corridor.id)
        names = {person.id: person.name for person in view.all(Person)}
    return {(names[one.person], one.doing, one.place) for one in there}, {n.what: n.detail for n in one.notes}


def test_account_that_tells_of_nobody_notes_nothing(small_project: ProjectFile) -> None:
    there, notes = told(small_project, About(observers=("Wren",), session="Corridor", event="Launch"))
    assert there == {("Bashir", Doing.TAKING_PART, None)}
    assert notes == {}


def test_presence_is_noted_where_nothing_was_and_groups_and_strangers_are_told(small_project: ProjectFile) -> None:
    about = About(
        observers=("Wren",),
        position="By the door",
        event="Launch",
        session="Corridor",
        present=("ilse", "Bashir", "Lay panel", "Mx Real Name"),
    )
    there, notes = told(small_project, about)
    assert there == {
        ("Bashir", Doing.TAKING_PART, None),
        ("Wren", Doing.OBSERVING, "By the door"),
        ("Ilse", Doing.TAKING_PART, None),
    }
    assert notes["presence"] == "noted in Corridor"
    assert notes["group that was present"] == "Lay panel"
    assert "Mx Real Name" in notes["name of somebody present"]


@pytest.mark.parametrize(
    "about",
    [
        About(observers=("Wren",), event="Launch", phase=Phase.DURING, present=("Ilse",)),
        About(observers=("Wren",), event="Launch", session="Corridor", phase=Phase.AFTER, present=("Ilse",)),
    ],
)
def test_presence_needs_a_session_during_the_event(small_project: ProjectFile, about: About) -> None:
    there, notes = told(small_project, about)
    assert there == {("Bashir", Doing.TAKING_PART, None)}
    assert "needs a session" in notes["name of somebody present"]


def test_two_accounts_of_one_import_note_a_person_once(small_project: ProjectFile) -> None:
    about = About(observers=("Wren",), event="Launch", session="Corridor", present=("Ilse",))
    import_all(small_project, [(incoming("One.", "one"), about), (incoming("Two.", "two"), about)])
    with small_project.view() as view:
        (corridor,) = view.find(Session, title="Corridor")
        assert len(view.find(Presence, session=corridor.id)) == 3
