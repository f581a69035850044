"""Where a person was: the project, and in it the view, the text and the place, so that they find it so again."""

import json
from dataclasses import asdict, dataclass, fields
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QObject, QPoint, QTimer

from polyvocal.domain.ids import SourceId
from polyvocal.domain.records import Source
from polyvocal.gui.bus import Job
from polyvocal.gui.settings import OPEN, RESUME
from polyvocal.gui.sitting import Place

if TYPE_CHECKING:
    from polyvocal.gui.opening import OpenedProject
    from polyvocal.gui.views.read import ReadView
    from polyvocal.gui.window import Window


@dataclass(frozen=True, slots=True)
class Left:
    """How a project was left: `at` is an offset in the source, in code points; `below` the list below the text."""

    view: int = 1
    coder: int | None = None
    source: int | None = None
    at: int = 0
    below: int = 0
    upright: str = ""
    section: str = ""
    folded_occasions: tuple[tuple[int, ...], ...] = ()
    folded_codes: tuple[int, ...] = ()

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
            for name in known.keys() & {"view", "at", "below"}:
                known[name] = int(known[name])
            for name in known.keys() & {"upright", "section"}:
                known[name] = str(known[name])
            for name in known.keys() & {"source", "coder"}:
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
        source = SourceId(left.source) if left.source is not None else None
        if source is not None and project.sitting.bus.read(lambda view: view.get(Source, source)) is not None:
            read.open_place(Place(source, left.at))
        if left.upright:
            divided = QByteArray.fromHex(left.upright.encode())
            QTimer.singleShot(0, read, lambda: read.upright.restoreState(divided))  # once the view has its height
        for changed in (read.source_shown, project.sitting.coder_changed):  # a crash takes no more than the place
            changed.connect(partial(self.keep, project))
        if left.view != project.number_of(read) and 0 <= left.view < len(project.view_names):
            self._window.show_number(left.view)
            if left.section and left.view == 0 and left.section in project.setting.sections:
                project.setting.show_section(left.section)

    def keep(self, project: "OpenedProject") -> None:
        """Keep how a project is left."""
        read, stack = project.read, self._window.frame.stack
        front = stack.currentWidget()
        number = next((n for n, view in enumerate(project.views_by_number()) if view is front), 1)
        left = Left(
            view=number,
            coder=project.sitting.me.id if project.sitting.me is not None else None,
            source=read.source.source.id if read.source is not None else None,
            at=_place_in(read),
            below=read.below.currentIndex(),
            upright=bytes(read.upright.saveState().toHex().data()).decode(),
            section=project.setting.section if number == 0 else "",
            folded_occasions=tuple(sorted(read.occasions.folded)),
            folded_codes=tuple(sorted(read.codebook.folded)),
        )
        self._window.settings.remember_left(project.path, project.title, left.to_json())


def _place_in(read: "ReadView") -> int:
    """The cursor where it is seen, else what is in the upper third of the window, where it would be put."""
    surface = read.surface
    if surface.viewport().rect().intersects(surface.cursorRect()):
        return surface.offset
    third = surface.cursorForPosition(QPoint(surface.viewport().width() // 2, surface.viewport().height() // 3))
    return surface.offsets.offset(third.position())
