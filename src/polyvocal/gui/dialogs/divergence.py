"""Recording that accounts differ, and saying more of it later."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from polyvocal.domain.errors import UserError
from polyvocal.domain.text import shown
from polyvocal.domain.words import DivergenceKind, DivergenceStanding, Explanation
from polyvocal.gui import labels
from polyvocal.gui.dialogs.form import Command, FormDialog, choice, line, lines, optional, value_of
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.divergences import add_divergence
from polyvocal.services.commands.passage import Passage
from polyvocal.services.queries.divergences import DivergenceRow

_KINDS = {
    DivergenceKind.OCCURRENCE: "occurrence: whether something happened, or how",
    DivergenceKind.ATTENTION: "attention: what was noticed, and what was not",
    DivergenceKind.MEANING: "meaning: what it is taken to mean",
}
_STANDINGS = {
    DivergenceStanding.OPEN: "open: to be talked about",
    DivergenceStanding.DISCUSSED: "discussed: the team has talked about it",
    DivergenceStanding.KEPT: "kept: the difference stays, as a finding",
}


class DivergenceDialog(FormDialog):
    """Asks in what accounts differ, and to what that is put down: of `passages`, or of a divergence that is there.

    `said` are the selected words, each with whose they are.
    """

    def __init__(
        self,
        sitting: Sitting,
        *,
        row: DivergenceRow | None = None,
        passages: Sequence[Passage] = (),
        said: Sequence[tuple[str, str]] = (),
        moment: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            sitting,
            self.tr("Edit the divergence") if row else self.tr("Record a divergence"),
            ok=self.tr("Save") if row else self.tr("Record it"),
            intro="\n".join(f"{name}: {shown(' '.join(words.split()))}" for name, words in said),
            parent=parent,
        )
        self.finished.connect(self.deleteLater)
        self._row, self._passages, self._moment = row, passages, moment
        self.kind = choice([(str(one), words) for one, words in _KINDS.items()], row.kind if row else "")
        self.row(self.tr("They differ in"), self.kind)
        titled = row is not None and row.title != f"of {row.kind}"
        self.title = line(row.title if row and titled else "", self.tr("what differs, in a few words"))
        self.row(self.tr("Title"), self.title)
        put_down = [("", self.tr("not explained")), *((str(one), words) for one, words in labels.EXPLANATIONS.items())]
        self.explanation = choice(put_down, row.explanation if row else "")
        self.row(self.tr("Put down to"), self.explanation)
        self.because = lines(row.because if row else "", rows=2)
        self.row(self.tr("Because"), self.because, self.tr("Why that may explain it. May be left empty."))
        self.standing = choice([(str(one), words) for one, words in _STANDINGS.items()], row.standing if row else "")
        self.row(self.tr("It is"), self.standing)
        self.memo = lines("", rows=3)
        if row is None:
            self.row(self.tr("Memo"), self.memo, self.tr("What it means for the study. May be left empty."))

    def command(self) -> Command:
        """Record the divergence, or change what differs."""
        kind, standing = DivergenceKind(value_of(self.kind)), DivergenceStanding(value_of(self.standing))
        title, because, memo = optional(self.title), optional(self.because), optional(self.memo)
        explanation = Explanation(value_of(self.explanation)) if value_of(self.explanation) else None
        if self._row is not None:
            identity = str(self._row.id)
            fields = {
                "kind": kind.value,
                "title": title or "",
                "explanation": explanation or "",
                "because": because or "",
                "standing": standing.value,
            }
            return lambda file: change(file, "divergence", identity, fields)
        if because is not None and explanation is None:
            raise UserError(self.tr("Say to what the difference is put down: to vantage, role or time of writing."))
        passages, moment = self._passages, self._moment
        return lambda file: add_divergence(
            file,
            kind=kind,
            passages=passages,
            title=title,
            moment=moment,
            explanation=explanation,
            because=because,
            standing=standing,
            memo=memo,
        )
