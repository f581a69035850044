"""Fills the gutter beside the text that is read, and keeps it true while things change."""

from collections.abc import Iterable

from PySide6.QtCore import QObject

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.ids import SourceId
from polyvocal.gui import labels
from polyvocal.gui.sitting import Sitting
from polyvocal.gui.surface.gutter import Bar, Sign, SignKind
from polyvocal.gui.surface.text import TextSurface
from polyvocal.services.queries.beside import MemoHere, PictureHere, additions_here, memos_here, pictures_here
from polyvocal.services.queries.reading import SourceToRead
from polyvocal.services.queries.stretches import stretch_labels
from polyvocal.services.queries.time_marks import Times, times_of
from polyvocal.store.view import View

_ABOUT = frozenset({"memo", "picture", "time_mark", "stretch", "session", "event", "occasion"})
"""Of which a change may change the gutter. Of a new version it is told when its text is shown."""


class GutterFiller(QObject):
    """Asks what stands beside the source that is shown, and shows it."""

    def __init__(self, sitting: Sitting, surface: TextSurface) -> None:
        super().__init__(surface)
        self._sitting, self._surface = sitting, surface
        self._source: SourceId | None = None
        sitting.bus.changed.connect(self._on_changed)

    def show_source(self, source: SourceToRead | None) -> None:
        """Show what stands beside a source."""
        self._source = source.source.id if source is not None else None
        self._ask()

    def _on_changed(self, changes: ChangeSet) -> None:
        if _ABOUT & changes.kinds.keys():
            self._ask()

    def _ask(self) -> None:
        source = self._source
        if source is None:
            self._surface.show_beside((), ())
        else:
            self._sitting.bus.ask(self, lambda view: _read(view, source), self._show, about="gutter")

    def _show(self, found: tuple[list[Sign], list[Bar]]) -> None:
        self._surface.show_beside(*found)


def _read(view: View, source: SourceId) -> tuple[list[Sign], list[Bar]]:
    signs = [
        *_of_times(times_of(view, source)),
        *_of_memos(memos_here(view, source)),
        *_of_pictures(pictures_here(view, source)),
    ]
    bars = [Bar(start, end, label) for start, end, label in stretch_labels(view, source)]
    bars += [Bar(one.start, one.end, "later", labels.added(one), later=True) for one in additions_here(view, source)]
    return sorted(signs), sorted(bars, key=lambda one: (one.start, -one.end))


def _of_times(times: Times) -> Iterable[Sign]:
    for one in times.marked:
        if one.place is not None and one.mark.clock is not None:
            when = labels.moment(one.at.isoformat()) if one.at is not None else one.mark.clock
            tip = f"{when}. {one.trouble}" if one.trouble else when
            yield Sign(one.place.start, SignKind.TIME, tip, one.mark.clock[:5], weak=not one.counts)


def _of_memos(memos: Iterable[MemoHere]) -> Iterable[Sign]:
    for one in memos:
        if one.place is not None:
            who = f"{one.author}: " if one.author else ""
            yield Sign(one.place.start, SignKind.MEMO, f"{who}{one.memo.text}")


def _of_pictures(pictures: Iterable[PictureHere]) -> Iterable[Sign]:
    for one in pictures:
        yield Sign(one.at, SignKind.PICTURE, one.description or one.name or one.media_type)
