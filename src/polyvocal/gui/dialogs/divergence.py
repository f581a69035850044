"""Recording where accounts differ, on the passages that are marked."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QLayout, QListWidget, QVBoxLayout, QWidget

from polyvocal.domain.words import DivergenceKind, DivergenceStanding, Explanation
from polyvocal.gui import labels
from polyvocal.gui.dialogs.form import Command, FormDialog, choice, line, lines, optional, value_of
from polyvocal.gui.parts import muted
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.divergences import add_divergence
from polyvocal.services.commands.passage import Passage
from polyvocal.services.queries.moments import MomentInOrder
from polyvocal.services.queries.passage_pages import PassageShown

_SHOWN, _NARROWEST = 400, 260


class DivergenceDialog(FormDialog):
    """Asks in what marked passages differ, of which moment they are, and, perhaps, what that is put down to."""

    def __init__(
        self,
        sitting: Sitting,
        passages: Sequence[PassageShown],
        moments: Sequence[MomentInOrder],
        *,
        by: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(sitting, "Record a divergence", ok="Record the divergence", parent=parent)
        self.finished.connect(self.deleteLater)
        self.setMinimumWidth(860)
        places = {_place(one): one for one in passages}
        self._passages, self._by = list(places), by
        self.between.addItems([_told(one) for one in places.values()])
        self.kind = choice((str(one), text) for one, text in labels.DIVERGENCE_KINDS.items())
        self.row(self.tr("They differ in"), self.kind)
        self.title = line(placeholder=self.tr("in a few words, such as: Silence, or a joke"))
        self.row(self.tr("Title"), self.title)
        self.moment = choice(
            [("", self.tr("of no moment in particular")), *((str(one.id), _moment(one)) for one in moments)]
        )
        self.row(self.tr("Moment"), self.moment)
        self.rule()
        self.explanation = choice(
            [("", self.tr("nothing, so far")), *((str(one), text) for one, text in labels.EXPLANATIONS.items())]
        )
        self.row(self.tr("Put down to"), self.explanation)
        self.because = lines(rows=2, placeholder=self.tr("where they were, what they were there to do"))
        self.row(self.tr("In words"), self.because)
        self.standing = choice((str(one), text) for one, text in labels.DIVERGENCE_STANDINGS.items())
        self.row(self.tr("It is"), self.standing)
        self.memo = lines(rows=3, placeholder=self.tr("what else is to be said; may be left empty"))
        self.row(self.tr("Memo"), self.memo)

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
        """Record it."""
        explanation = value_of(self.explanation)
        kind, standing = DivergenceKind(value_of(self.kind)), DivergenceStanding(value_of(self.standing))
        title, because, memo = optional(self.title), optional(self.because), optional(self.memo)
        moment = value_of(self.moment) or None
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


def _place(shown: PassageShown) -> Passage:
    one = shown.passage
    return Passage(str(one.source), one.start, one.end, one.version)


def _told(shown: PassageShown) -> str:
    one = shown.passage
    words = " ".join(one.text.split())
    short = words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"
    return f"{', '.join(one.observers) or one.source_title}: {short}"


def _moment(one: MomentInOrder) -> str:
    day = f"{labels.moment(one.day.isoformat())}: " if one.day is not None else ""
    return f"{day}{one.title}"
