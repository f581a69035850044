"""Many texts by different observers come in as one operation; which of them are there already can be asked before."""

from dataclasses import replace

import pytest

from polyvocal.domain.editmap import EditMap, apply_edits
from polyvocal.domain.errors import UserError
from polyvocal.domain.records import Authorship, Event, Person, Source, SourceVersion, TimeMark
from polyvocal.domain.text import normalise
from polyvocal.domain.words import MarkKind, Phase, SourceKind, Standing
from polyvocal.services.commands.incoming import About, Beside, FoundTime, Incoming
from polyvocal.services.commands.sources import import_all, import_sources
from polyvocal.services.queries.known import titles_of_texts
from polyvocal.services.queries.listing import list_observers, list_sources
from polyvocal.store.file import ProjectFile
from tests.conftest import TEXTS


def incoming(title: str, text: str) -> Incoming:
    words, edits = normalise(text)
    return Incoming(title, words, edits)


def by(*names: str, **more: object) -> About:
    return About(observers=names, **more)  # type: ignore[arg-type]


def test_texts_by_different_observers_come_in_as_one_operation(project: ProjectFile) -> None:
    result = import_all(
        project,
        [
            (incoming("Petra's card", "Tea, then talk."), by("Petra", standing=Standing.LAY_PANEL, event="Launch")),
            (incoming("Gwil's card", "No tea."), by("Gwil", standing=Standing.LAY_PANEL, event="Launch")),
            (incoming("Agenda", "1. Tea"), About(SourceKind.PAPER, event="Launch", phase=Phase.BEFORE)),
        ],
    )
    with project.view() as view:
        rows = {row.title: row for row in list_sources(view)}
        assert [(row.observers, row.phase) for row in rows.values()] == [
            ((), "before"),
            (("Gwil",), None),
            (("Petra",), None),
        ]
        assert view.count(Event) == 1
        assert {row.standing for row in list_observers(view)} == {Standing.LAY_PANEL}
    assert [identity for _, identity in result.sources] == [rows[one.title].id for one, _ in result.sources]
    project.undo()
    with project.view() as view:
        assert (view.count(Source), view.count(Person), view.count(Event)) == (0, 0, 0)


def test_fieldnote_without_observer_among_others_keeps_all_out(project: ProjectFile) -> None:
    with pytest.raises(UserError, match="a fieldnote has an observer"):
        import_all(project, [(incoming("One", "a"), by("Wren")), (incoming("Two", "b"), About())])
    with project.view() as view:
        assert view.count(Source) == 0


def test_text_that_stands_in_two_files_is_taken_once_by_its_first_observer(project: ProjectFile) -> None:
    result = import_all(project, [(incoming("One", "the same"), by("Wren")), (incoming("Two", "the same"), by("Ilse"))])
    assert [(one.title, title) for one, title in result.known] == [("Two", "One")]
    with project.view() as view:
        assert [row.observers for row in list_sources(view)] == [("Wren",)]
        assert [row.name for row in list_observers(view)] == ["Wren"]


def test_import_that_is_stopped_half_way_leaves_nothing(project: ProjectFile) -> None:
    class Stopped(Exception):
        pass

    seen = []

    def before_each(at: int, one: Incoming) -> None:
        seen.append((at, one.title))
        if at == 1:
            raise Stopped

    texts = [(incoming(name, name), by("Wren", event="Launch")) for name in ("One", "Two", "Three")]
    with pytest.raises(Stopped):
        import_all(project, texts, before_each=before_each)
    assert seen == [(0, "One"), (1, "Two")]
    with project.view() as view:
        assert (view.count(Source), view.count(Person), view.count(Event)) == (0, 0, 0)
        assert view.operations() == 1  # the project's own beginning
    assert len(import_all(project, texts).sources) == 3


def test_position_in_the_room_is_kept_with_the_observers(project: ProjectFile) -> None:
    import_sources(project, [incoming("One", "a")], by("Wren", "Ilse", position=" Table 2, by the door "))
    with project.view() as view:
        assert [one.position for one in view.all(Authorship)] == [" Table 2, by the door "] * 2


def test_position_without_an_observer_is_refused(project: ProjectFile) -> None:
    with pytest.raises(UserError, match="who that is"):
        import_sources(project, [incoming("One", "a")], About(SourceKind.PAPER, position="Table 2"))


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (About(observers=("a\x07b",)), "control character"),
        (About(observers=("Ines",), session="Plenary"), "there is no session called 'Plenary'"),
        (About(SourceKind.JOTTINGS, ("Ines",), note="Elsewhere"), "there is no source"),
    ],
)
def test_name_that_cannot_be_made_is_told_with_the_file_that_says_it(
    project: ProjectFile, wrong: About, why: str
) -> None:
    good, bad = incoming("Day", "Rain."), replace(incoming("Night", "Tea."), file_name="night.txt")
    with pytest.raises(UserError, match=rf"nothing was imported\. night\.txt: .*{why}"):
        import_all(project, [(good, by("Ines")), (bad, wrong)])


def test_title_that_no_source_can_have_is_told_with_its_file(project: ProjectFile) -> None:
    good, bad = incoming("Day", "Rain."), incoming("x" * 501, "Tea.")
    with pytest.raises(
        UserError, match=r"answers\.csv, row 7: the source has a name of 501 characters.*description\.$"
    ):
        import_all(project, [(good, by("Ines")), (replace(bad, file_name="answers.csv, row 7"), by("Ines"))])
    with project.view() as view:
        assert view.all(Source) == []


def test_titles_of_texts_tells_those_that_are_there(small_project: ProjectFile) -> None:
    with small_project.view() as view:
        assert titles_of_texts(view, []) == []
        assert titles_of_texts(view, [TEXTS["On the train"], "new", TEXTS["On the train"] + " "]) == [
            "On the train",
            None,
            None,
        ]


def test_times_of_a_file_become_time_marks_and_follow_what_normalising_changes(project: ProjectFile) -> None:
    text = "a\r\n[00:01:02] Anna: b\r\n"
    words, edits = normalise(text)
    times = (FoundTime(4, 12, MarkKind.ELAPSED, "0:01:02.500", "0:01:04"),)
    beside = Beside(times=times).follow(edits, len(words))
    import_all(project, [(Incoming("Plenary", words, edits, beside=beside), About(SourceKind.TRANSCRIPT))])
    with project.view() as view:
        (mark,) = view.all(TimeMark)
        (version,) = view.all(SourceVersion)
    assert words[mark.start : mark.end] == "00:01:02"
    assert (mark.version, mark.kind, mark.clock, mark.until) == (version.id, MarkKind.ELAPSED, "0:01:02.500", "0:01:04")
    assert (mark.day, mark.marked_by) == (None, None)


def test_time_of_which_nothing_is_left_is_dropped() -> None:
    text, edits = apply_edits("10:45 tea 10:50", [(0, 6, "")])
    times = (FoundTime(0, 5, MarkKind.CLOCK, "10:45"), FoundTime(10, 15, MarkKind.CLOCK, "10:50"))
    assert Beside(times=times).follow(edits, len(text)).times == (FoundTime(4, 9, MarkKind.CLOCK, "10:50"),)


def test_refusal_of_many_names_the_files_of_which_it_is_said(project: ProjectFile) -> None:
    texts = [Incoming(f"note {n}", f"Rain {n}.", EditMap(), file_name=f"note {n}.txt") for n in range(3)]
    known = About(observers=("Ines",))
    pairs = [(texts[0], known), (texts[1], About()), (texts[2], replace(known, phase=Phase.AFTER))]
    with pytest.raises(UserError, match=r"note 1\.txt: a fieldnote has an observer.* note 2\.txt: after what\?"):
        import_all(project, pairs)
    with project.view() as view:
        assert view.all(Source) == []


def test_same_words_in_rows_by_two_observers_are_two_accounts_and_by_one_observer_one(project: ProjectFile) -> None:
    texts = [Incoming(f"answer {n}", "Nothing.", EditMap(), row=n + 2) for n in range(3)]
    by = [About(observers=(name,)) for name in ("Ines", "Wren", "Ines")]
    result = import_all(project, list(zip(texts, by, strict=True)))
    assert [one.title for one, _ in result.sources] == ["answer 0", "answer 1"]
    assert [one.title for one, _ in result.known] == ["answer 2"]
