"""The command palette: whatever can be done now, and whatever bears a name, found by a few letters."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, QTimer
from PySide6.QtGui import QColor

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.ids import DivergenceId, MomentId, PersonId, SourceId
from polyvocal.domain.passages import PassageFilter
from polyvocal.domain.words import CodeKind
from polyvocal.gui import labels
from polyvocal.gui.actions import shown_keys
from polyvocal.gui.finder import Finder
from polyvocal.gui.matching import match_folded
from polyvocal.gui.settings import USED
from polyvocal.gui.sitting import Me, PassagesMeant, Place
from polyvocal.gui.views.delegate import COUNT, MARK, SUBTITLE, Chip
from polyvocal.services.queries.finding import (
    Findable,
    NamedCode,
    NamedDivergence,
    NamedMoment,
    NamedPerson,
    NamedSource,
    findable,
)
from polyvocal.services.references import folded

if TYPE_CHECKING:
    from polyvocal.gui.opening import OpenedProject
    from polyvocal.gui.window import Window

Index = QModelIndex | QPersistentModelIndex

CONCERNED = frozenset({"source", "code", "person", "authorship", "role", "moment", "divergence", "event", "session"})
"""The kinds of record of which a change may change what bears a name."""
USED_KEPT = 60


class Offer(NamedTuple):
    """Something that can be taken: `key` tells it from all others, also at the next start; `held` is what it is found
    by, folded: its name, and perhaps where it is.

    `about` says what it is, `at_right` its keys or how often it was used.
    """

    key: str
    name: str
    held: str
    about: str
    at_right: str
    take: Callable[[], object]
    code: int | None = None
    hollow: bool = False


class OffersModel(QAbstractListModel):
    """The offers that answer to what was typed; the best first."""

    def __init__(self, colour_of: Callable[[int], QColor | None]) -> None:
        super().__init__()
        self._colour_of = colour_of
        self.rows: Sequence[Offer] = ()

    def show(self, rows: Sequence[Offer]) -> None:
        """Show others."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        one = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one.name
        if role == SUBTITLE:
            return one.about
        if role == COUNT:
            return one.at_right
        if role == MARK and one.code is not None:
            colour = self._colour_of(one.code)
            return Chip(colour, hollow=one.hollow) if colour is not None else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (one.name, one.about, one.at_right) if part)
        return None


class Palette(Finder):
    """Opens at once with what can be done; names of the project follow as soon as they are read."""

    def __init__(self, window: "Window") -> None:
        self.model = OffersModel(self._colour_of)
        super().__init__(
            self.model,
            window,
            asked=window.tr("What do you want to do, or to find?"),
            found=window.tr("What can be done, and what bears such a name"),
            nothing=window.tr("Nothing that can be done now, and nothing in the project, bears such a name."),
            hint=window.tr("Actions, sources, codes, people, moments · ↑ ↓ choose · Enter take · Esc leave"),
        )
        self._window = window
        self._project: OpenedProject | None = None
        self._is_read = self._is_wanted = False
        self.line.textEdited.connect(self._on_edited)
        self._acts: list[Offer] = []
        self.names: list[Offer] = []
        """What bears a name, as it was read."""

    def open(self) -> None:
        """Show it at the top of the window, with nothing typed."""
        window = self._window
        self._is_wanted = False
        self.heed(window.project)
        possible = sorted(window.all_actions.possible(), key=lambda one: one.place is None)
        self._acts = [
            Offer(f"do {one.act.name}", one.done.text(), folded(one.done.text()), one.act.section,
                  " · ".join(shown_keys(one.keys)), one.done.trigger)
            for one in possible if one.act.name != "view.palette"
        ]  # fmt: skip
        metrics = self.fontMetrics()
        self.resize(min(metrics.horizontalAdvance("m") * 46, window.width() - 24), metrics.height() * 27)
        top = window.frame.mapToGlobal(QPoint((window.width() - self.width()) // 2, 4))
        self.appear(top, "")
        project = self._project
        if project is not None and not self._is_read:
            project.sitting.bus.ask(self, findable, partial(self._on_read, project), about="names")

    # --- what bears a name ---------------------------------------------------------------------------------------

    def heed(self, project: "OpenedProject | None") -> None:
        """Offer the names of another project, or of none."""
        if project is not self._project:
            self._project, self.names, self._is_read = project, [], False
            if project is not None:
                project.sitting.bus.changed.connect(self._on_changed)

    def _on_changed(self, changes: ChangeSet) -> None:
        if CONCERNED & changes.kinds.keys():
            self._is_read = False

    def _on_read(self, project: "OpenedProject", read: Findable) -> None:
        if project is not self._project:
            return
        self._is_read = True
        self.names = [
            *(self._source(project, one) for one in read.sources),
            *(self._code(project, one) for one in read.codes),
            *(self._person(project, one) for one in read.people),
            *(self._moment(project, one) for one in read.moments),
            *(self._divergence(project, one) for one in read.divergences),
            *(self._coder(project, one) for one in read.people if one.coder and project.sitting.bus.may_write),
        ]
        if self.isVisible():
            chosen = self.list.currentIndex().row()
            self.answer(self.line.text())
            self.point_to(chosen)
            if self._is_wanted:
                self.take(self.list.currentIndex().row())

    def _source(self, project: "OpenedProject", one: NamedSource) -> Offer:
        about = " · ".join((labels.KINDS[one.kind], *one.observers))

        def show() -> None:
            self._window.show_view(project.read)  # with the keys in the text, to go on there
            project.sitting.place_wanted.emit(Place(SourceId(one.id)))

        return _named("source", one.id, one.title, about, show)

    def _code(self, project: "OpenedProject", one: NamedCode) -> Offer:
        kind = labels.CODE_KINDS[one.kind]
        about = f"{kind} · {one.path}" if one.path != one.name else kind
        name = self.tr("%s (retired)") % one.name if one.retired else one.name

        def show() -> None:
            self._window.show_view(project.read)
            project.sitting.code_wanted.emit(one.id)

        return _named("code", one.id, name, about, show)._replace(code=one.id, hollow=one.kind != CodeKind.CODE)

    def _person(self, project: "OpenedProject", one: NamedPerson) -> Offer:
        def show_passages() -> None:
            meant = PassagesMeant(
                self.tr("Written by %s") % one.name, PassageFilter(observers=frozenset({PersonId(one.id)}))
            )
            project.passages_wanted.emit(meant)

        def show_person() -> None:
            from polyvocal.gui.views.setting_section import Door

            self._window.show_view(project.setting)
            project.setting.open_door(Door("people", one.id))

        if not one.observer:
            return _named("person", one.id, one.name, self.tr("Person · shown in the setting"), show_person)
        standing = labels.standing(one.standing)
        about = self.tr("Observer · %s · passages") % standing if standing else self.tr("Observer · passages")
        return _named("person", one.id, one.name, about, show_passages)

    def _moment(self, project: "OpenedProject", one: NamedMoment) -> Offer:
        def show() -> None:
            self._window.show_view(project.compare)
            project.compare.open_moment(MomentId(one.id))

        about = " · ".join((self.tr("Moment"), *_places(one)))
        return _also_by(_named("moment", one.id, one.title, about, show), _places(one))

    def _divergence(self, project: "OpenedProject", one: NamedDivergence) -> Offer:
        def show() -> None:
            self._window.show_view(project.compare)
            project.compare.open_divergence(DivergenceId(one.id))

        standing = labels.in_short(labels.DIVERGENCE_STANDINGS[one.standing])
        about = " · ".join((self.tr("Divergence, %s") % standing, *([one.moment.title] if one.moment else ())))
        offer = _named("divergence", one.id, labels.capitalised(one.title), about, show)
        return _also_by(offer, (one.moment.title, *_places(one.moment))) if one.moment is not None else offer

    def _coder(self, project: "OpenedProject", one: NamedPerson) -> Offer:
        me = Me(PersonId(one.id), one.name)
        name = self.tr("Code as %s") % one.name
        return _named("coder", one.id, name, self.tr("Coder"), lambda: project.sitting.choose_coder(me))

    def _colour_of(self, code: int) -> QColor | None:
        return self._project.read.looks.mark(code) if self._project is not None else None

    # --- finding and taking --------------------------------------------------------------------------------------

    def _on_edited(self) -> None:
        self._is_wanted = False  # what Enter was for has changed

    def answer(self, typed: str) -> None:
        """What was used last comes first among what answers as well."""
        wanted = folded(typed)
        used = self._window.settings[USED]
        places = {key: place for place, key in enumerate(used)}
        self.model.show(best((*self._acts, *self.names), wanted, places))
        self.point_to(0)

    def take(self, row: int) -> None:
        """Do it once the palette is gone, so that the keys are where they were before.

        While names are being read it waits: the best answer may be one of them.
        """
        self._is_wanted = self._project is not None and not self._is_read and bool(self.line.text())
        if self._is_wanted or not 0 <= row < len(self.model.rows):
            return
        one = self.model.rows[row]
        settings = self._window.settings
        settings[USED] = [one.key, *(key for key in settings[USED] if key != one.key)][:USED_KEPT]
        self.hide()
        QTimer.singleShot(0, self._window, one.take)


def best(offers: Iterable[Offer], wanted: str, used: dict[str, int]) -> list[Offer]:
    """The offers that answer to what is wanted (folded): by how well, then by when they were used, then as given."""
    return [one for *_, one in sorted(_graded(offers, wanted, used), key=lambda graded: graded[:4])]


def _graded(offers: Iterable[Offer], wanted: str, used: dict[str, int]) -> Iterator[tuple[int, int, float, int, Offer]]:
    for number, one in enumerate(offers):
        score = match_folded(wanted, one.held)
        if score is not None:
            yield int(score) if wanted else 0, used.get(one.key, len(used)), score, number, one


def _places(moment: NamedMoment) -> tuple[str, ...]:
    """Where a moment is, as far as its title does not say it."""
    return tuple(one for one in (moment.session, moment.event) if one is not None and one != moment.title)


def _named(kind: str, identity: int, name: str, about: str, take: Callable[[], object]) -> Offer:
    return Offer(f"{kind} {identity}", name, folded(name), about, "", take)


def _also_by(offer: Offer, names: Sequence[str]) -> Offer:
    """The same, found also by other names after its own."""
    return offer._replace(held=" ".join((offer.held, *map(folded, names))))
