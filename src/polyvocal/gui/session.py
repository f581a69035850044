"""Where a person was: the project, and in it the view, the text and the place, so that they find it so again."""

import json
from dataclasses import asdict, dataclass, fields
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, QTimer

from polyvocal.domain.ids import SourceId
from polyvocal.domain.records import Source
from polyvocal.gui.bus import Job
from polyvocal.gui.settings import OPEN, RESUME
from polyvocal.gui.sitting import Place
from polyvocal.gui.views.passages_asked import Asked

if TYPE_CHECKING:
    from polyvocal.gui.opening import OpenedProject
    from polyvocal.gui.surface.text import TextSurface
    from polyvocal.gui.window import Window


@dataclass(frozen=True, slots=True)
class Left:
    """How a project was left: `at` is an offset in the source, in code points; `below` the list below the text.

    `beside` is the second text; `shown` which codings are shown in the first, `passages` what their list asks for.
    `compared` is what the pages of the Compare view have chosen.
    """

    view: int = 1
    coder: int | None = None
    source: int | None = None
    at: int = 0
    shown: str = ""
    beside: int | None = None
    beside_at: int = 0
    beside_shown: str = ""
    passages: str = ""
    below: int = 0
    upright: str = ""
    section: str = ""
    folded_occasions: tuple[tuple[int, ...], ...] = ()
    folded_codes: tuple[int, ...] = ()
    compared: str = ""

    def to_json(self) -> str:
        """As it is kept among the settings."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Left":
        """How it was kept; as a project is shown at first where that cannot be read."""
        try:
            held: dict[str, Any] = json.loads(text)
            known = {field.name: held[field.name] for field in fields(cls) if field.name in held}
            known["folded_occasions"] = tuple(tuple(map(int, key)) for key in known.get("folded_occasions", ()))
            known["folded_codes"] = tuple(map(int, known.get("folded_codes", ())))
            for name in known.keys() & {"view", "at", "beside_at", "below"}:
                known[name] = int(known[name])
            for name in known.keys() & {"upright", "section", "shown", "beside_shown", "passages", "compared"}:
                known[name] = str(known[name])
            for name in known.keys() & {"source", "beside", "coder"}:
                known[name] = int(known[name]) if known[name] is not None else None
            return cls(**known)
        except (TypeError, ValueError, AttributeError):
            return cls()


class Session(QObject):
    """Keeps how the project of a window was left, and brings it back."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window

    def resume(self) -> None:
        """Open the project that was open when the window was closed last, where that is wanted and it is there."""
        settings = self._window.settings
        path, settings[OPEN] = settings[OPEN], ""  # if opening it ends the program, the next start does without
        if not path or not settings[RESUME]:
            return
        job = Job(lambda _job: Path(path).is_file(), self)

        def go_on(there: object) -> None:
            job.deleteLater()
            if there is True and self._window.project is None:
                self._window.open_path(Path(path))

        job.ended.connect(go_on)
        job.start()

    def bring_back(self, project: "OpenedProject") -> None:
        """Show a project as it was left."""
        settings = self._window.settings
        settings[OPEN] = str(project.path)
        left = Left.from_json(settings.left(project.path))
        read = project.read
        read.occasions.folded = set(left.folded_occasions)
        read.codebook.folded = set(left.folded_codes)
        if 0 <= left.below < read.below.count():
            read.below.setCurrentIndex(left.below)
        read.passages.restore(Asked.from_json(left.passages))
        read.main.codings.take_up(left.shown)
        project.compare_left = left.compared
        first, second = _there(project, left.source, left.at), _there(project, left.beside, left.beside_at)
        if first is not None:
            read.open_place(first)
        if second is not None:
            read.open_beside(second, left.beside_shown)
            read.activate(read.main)
        QTimer.singleShot(0, read, lambda: read.divide_upright(left.upright))  # once the view has its height
        for changed in (
            read.source_shown,
            read.passages.asked_anew,
            project.sitting.coder_changed,
            project.compared_anew,
        ):
            changed.connect(partial(self.keep, project))  # a crash takes no more than the place
        if left.view != project.number_of(read) and 0 <= left.view < len(project.view_names):
            self._window.show_number(left.view)
            if left.section and left.view == 0 and left.section in project.setting.sections:
                project.setting.show_section(left.section)

    def keep(self, project: "OpenedProject") -> None:
        """Keep how a project is left."""
        read, stack = project.read, self._window.frame.stack
        main, beside = read.main, read.beside
        front = stack.currentWidget()
        number = next((n for n, view in enumerate(project.views_by_number()) if view is front), 1)
        left = Left(
            view=number,
            coder=project.sitting.me.id if project.sitting.me is not None else None,
            source=main.source.source.id if main.source is not None else None,
            at=_place_in(main.surface),
            shown=main.codings.kept,
            beside=beside.source.source.id if beside is not None and beside.source is not None else None,
            beside_at=_place_in(beside.surface) if beside is not None else 0,
            beside_shown=beside.codings.kept if beside is not None else "",
            passages=read.passages.asked.to_json(),
            compared=project.compare_now,
            below=read.below.currentIndex(),
            upright=read.divided_upright,
            section=project.setting.section if number == 0 else "",
            folded_occasions=tuple(sorted(read.occasions.folded)),
            folded_codes=tuple(sorted(read.codebook.folded)),
        )
        self._window.settings.remember_left(project.path, project.title, left.to_json())


def _there(project: "OpenedProject", source: int | None, at: int) -> Place | None:
    """A place in a source, or None where that is gone."""
    if source is None or project.sitting.bus.read(lambda view: view.get(Source, SourceId(source))) is None:
        return None
    return Place(SourceId(source), at)


def _place_in(surface: "TextSurface") -> int:
    """The cursor where it is seen, else what is in the upper third of the window, where it would be put."""
    if surface.viewport().rect().intersects(surface.cursorRect()):
        return surface.offset
    third = surface.cursorForPosition(QPoint(surface.viewport().width() // 2, surface.viewport().height() // 3))
    return surface.offsets.offset(third.position())
