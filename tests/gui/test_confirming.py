"""What is said once an act is done whose outcome may be out of sight: in the status line, and for the ear each time."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.words import DivergenceKind, DivergenceStanding
from polyvocal.gui import announcing
from polyvocal.gui.confirming import confirmed
from polyvocal.gui.opening import OpenedProject
from polyvocal.gui.window import Window
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.divergences import add_divergence, add_divergence_passages, settle_divergences
from polyvocal.services.commands.moments import add_anchors, add_moment, remove_anchors
from polyvocal.services.commands.passage import Passage
from polyvocal.services.commands.removal import remove
from polyvocal.services.commands.time_marks import TimeDraft, add_time_marks
from polyvocal.store.file import ProjectFile
from tests.conftest import TEXTS
from tests.gui.conftest import settle

WREN, ILSE = "Plenary, Wren", "Plenary, Ilse"
AT = TEXTS[WREN].index("10:05")
BOTH = [Passage(WREN, 0, 4), Passage(ILSE, 0, 4)]

Act = Callable[[ProjectFile], ChangeSet]


def made(changes: ChangeSet, kind: str) -> list[str]:
    return [str(one) for one in changes.created(kind)]


def test_acts_on_times_moments_and_divergences_are_confirmed(small_project: ProjectFile) -> None:
    said: list[str] = []

    def done(act: Act) -> ChangeSet:
        changes = act(small_project)
        said.append(confirmed(changes))
        return changes

    marked = done(lambda file: add_time_marks(file, source=WREN, marks=[TimeDraft(AT, AT + 5, "10:05")]))
    (mark,) = made(marked, "time_mark")
    done(lambda file: change(file, "time-mark", mark, {"clock": "10:06"}))
    done(lambda file: remove(file, "time-mark", mark))
    done(lambda file: add_time_marks(file, source=WREN, marks=[TimeDraft(AT, AT + 5, None)]))
    done(lambda file: add_moment(file, title="M", session="Plenary"))
    anchors = made(done(lambda file: add_anchors(file, moment="M", passages=BOTH)), "moment_anchor")
    done(lambda file: remove_anchors(file, anchors[:1]))
    done(lambda file: add_divergence(file, kind=DivergenceKind.MEANING, title="D", passages=BOTH))
    done(lambda file: add_divergence_passages(file, divergence="D", passages=[Passage(WREN, 6, 9)]))
    done(lambda file: add_divergence_passages(file, divergence="D", passages=[Passage(WREN, 6, 9)]))
    done(lambda file: settle_divergences(file, ["D"], DivergenceStanding.KEPT))
    done(lambda file: remove(file, "divergence", "D"))
    done(lambda file: file.undo())
    assert said == [
        "The time is marked",
        "The time is corrected",
        "The time is no longer marked",
        "Noted: this is no time",
        "The moment is added",
        "2 passages are marked as of the moment",
        "No longer marked as of the moment",
        "The divergence is recorded",
        "The words are added to the divergence",
        "These words are in the divergence already",
        "What became of the divergence is noted",
        "The divergence is removed",
        "",  # of what is undone the window says what it was
    ]


def test_each_is_said_in_the_status_line_and_for_the_ear_also_twice_running(
    qtbot: QtBot, main_window: Window, main_project: OpenedProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def hear(_widget: Any, words: str) -> None:
        said.append(words)

    monkeypatch.setattr(announcing, "announce", hear)
    for start in (0, 10):
        drafts = [TimeDraft(start, start + 5, "10:05")]
        main_project.sitting.bus.act(partial(add_time_marks, source=WREN, marks=drafts))
        settle(qtbot, main_project.sitting)
        assert main_window.frame.done.text() == "The time is marked"
    assert said.count("The time is marked") == 2
