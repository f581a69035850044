"""Recording where accounts differ, on the passages that are meant, and saying more of it later."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QLayout, QListWidget, QVBoxLayout, QWidget

from polyvocal.domain.words import DivergenceKind, DivergenceStanding, Explanation
from polyvocal.gui import labels
from polyvocal.gui.dialogs.form import Command, FormDialog, choice, line, lines, optional, value_of
from polyvocal.gui.parts import muted
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.divergences import add_divergence
from polyvocal.services.commands.passage import Passage
from polyvocal.services.queries.divergences import DivergenceRow
from polyvocal.services.queries.moments import MomentInOrder
from polyvocal.services.queries.passage_pages import PassageShown

_SHOWN, _NARROWEST = 400, 260


class Between(NamedTuple):
    """One of the passages that differ: whose it is, what it says, and where it is."""

    who: str
    words: str
    passage: Passage


class DivergenceDialog(FormDialog):
    """Asks in what passages differ, of which moment they are, and, perhaps, what that is put down to.

    `moment` is the one that they are likely to be of. With a `row` it is that divergence that is changed.
    """

    def __init__(
        self,
        sitting: Sitting,
        between: Sequence[Between],
        moments: Sequence[MomentInOrder],
        *,
        by: str | None = None,
        moment: int | None = None,
        row: DivergenceRow | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title, ok = ("Edit the divergence", "Save") if row else ("Record a divergence", "Record the divergence")
        super().__init__(sitting, title, ok=ok, parent=parent)
        self.finished.connect(self.deleteLater)
        self.setMinimumWidth(860)
        places = {one.passage: one for one in between}
        self._passages, self._by, self._edited = list(places), by, row
        self.between.addItems([_told(one) for one in places.values()])
        self.kind = choice(((str(one), text) for one, text in labels.DIVERGENCE_KINDS.items()), row and row.kind)
        self.row(self.tr("They differ in"), self.kind)
        titled = row is not None and row.title != f"of {row.kind}"
        self.title = line(row.title if row and titled else "", self.tr("in a few words, such as: Silence, or a joke"))
        self.row(self.tr("Title"), self.title)
        self.moment = choice(_moments(moments, row), str((row.moment_id if row else moment) or ""))
        self.row(self.tr("Moment"), self.moment)
        self.rule()
        self.explanation = choice(
            [("", self.tr("nothing, so far")), *((str(one), text) for one, text in labels.EXPLANATIONS.items())],
            row and row.explanation,
        )
        self.row(self.tr("Put down to"), self.explanation)
        self.because = lines(
            row.because if row else "", rows=2, placeholder=self.tr("where they were, what they were there to do")
        )
        self.row(self.tr("In words"), self.because)
        self.standing = choice(
            ((str(one), text) for one, text in labels.DIVERGENCE_STANDINGS.items()), row and row.standing
        )
        self.row(self.tr("It is"), self.standing)
        self.memo = lines(rows=3, placeholder=self.tr("what else is to be said; may be left empty"))
        if row is None:
            self.row(self.tr("Memo"), self.memo)
        else:
            self.memo.hide()

    def around(self, form: QFormLayout) -> QLayout:
        """What differs at the left, the fields at the right."""
        self.between = QListWidget()
        self.between.setWordWrap(True)
        self.between.setSpacing(3)
        self.between.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.between.setMinimumWidth(_NARROWEST)
        self.between.setAccessibleName(self.tr("Between"))
        head = QLabel(self.tr("Between"))
        head.setProperty("section", True)
        head.setBuddy(self.between)
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(head)
        left.addWidget(self.between, 1)
        left.addWidget(muted(self.tr("Of two accounts at least. None of them is the right one.")))
        whole = QHBoxLayout()
        whole.setSpacing(18)
        whole.addLayout(left, 2)
        whole.addLayout(form, 3)
        return whole

    def command(self) -> Command:
        """Record it, or change what differs."""
        explanation = value_of(self.explanation)
        kind, standing = DivergenceKind(value_of(self.kind)), DivergenceStanding(value_of(self.standing))
        title, because, memo = optional(self.title), optional(self.because), optional(self.memo)
        moment = value_of(self.moment) or None
        if self._edited is not None:
            identity = str(self._edited.id)
            fields = {"kind": kind.value, "title": title or "", "explanation": explanation, "because": because or ""}
            fields |= {"standing": standing.value, "moment": moment or ""}
            return lambda file: change(file, "divergence", identity, fields)
        return lambda file: add_divergence(
            file,
            kind=kind,
            passages=self._passages,
            title=title,
            moment=moment,
            explanation=Explanation(explanation) if explanation else None,
            because=because,
            standing=standing,
            memo=memo,
            by=self._by,
        )


def between(shown: PassageShown) -> Between:
    """A passage of a list, as one of those that differ."""
    one = shown.passage
    place = Passage(str(one.source), one.start, one.end, one.version)
    return Between(", ".join(one.observers) or one.source_title, one.text, place)


def _told(one: Between) -> str:
    words = " ".join(one.words.split())
    return f"{one.who}: {words if len(words) <= _SHOWN else f'{words[: _SHOWN - 1]}…'}"


def _moments(moments: Sequence[MomentInOrder], row: DivergenceRow | None) -> list[tuple[str, str]]:
    """The moments to choose from; that of a divergence is among them, of whatever event it is."""
    found = {str(one.id): _moment(one) for one in moments}
    if row is not None and row.moment_id is not None:
        found.setdefault(str(row.moment_id), row.moment or "")
    return [("", "of no moment in particular"), *found.items()]


def _moment(one: MomentInOrder) -> str:
    day = f"{labels.moment(one.day.isoformat())}: " if one.day is not None else ""
    return f"{day}{one.title}"
