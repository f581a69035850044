"""The head of a column: who wrote, from which standing and position, which account, how much of it, read by whom."""

from collections.abc import Iterator

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QToolButton, QWidget

from polyvocal.domain.words import ReadingState
from polyvocal.gui import labels
from polyvocal.gui.elided import Elided
from polyvocal.gui.parts import in_column, in_row
from polyvocal.services.queries.moment_columns import AccountInColumn, Column


class MomentHead(QFrame):
    """As many lines in every column, so that the texts begin at one height."""

    account_chosen = Signal(int)
    """Which of several accounts of an observer is to be shown."""
    menu_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.standing = QLabel()
        self.standing.setProperty("section", True)
        self.name, self.position, self.title, self.placed, self.read = (Elided() for _ in range(5))
        self.words = QLabel()
        self.name.setProperty("heading", True)
        labels_of_less: tuple[QLabel, ...] = (self.position, self.title, self.words, self.placed, self.read)
        for label in labels_of_less:
            label.setProperty("muted", True)
        for label in (self.standing, self.name, *labels_of_less):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.accounts = QComboBox()
        self.accounts.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.accounts.setMinimumContentsLength(10)
        self.accounts.setAccessibleName(self.tr("Account"))
        self.accounts.currentIndexChanged.connect(self.account_chosen)
        self.more = QToolButton()
        self.more.setText("⋯")
        self.more.setProperty("flat", True)
        self.more.clicked.connect(lambda _checked=False: self.menu_wanted.emit())
        lines = in_column(
            self.standing,
            in_row((self.name, 1), self.more),
            self.position,
            in_row((self.title, 1), (self.accounts, 1), self.words),
            self.placed,
            self.read,
            spacing=1,
        )
        lines.setContentsMargins(14, 2, 8, 6)
        self.setLayout(lines)

    def show_column(self, column: Column, which: int, *, begins_group: bool) -> None:
        """Show the head of a column, of whose accounts one is shown."""
        account = column.accounts[which]
        name = called(column)
        self.standing.setText(standing_called(column) if begins_group else "")
        self.name.setText(name)
        self.position.setText(", ".join(column.positions) or self.tr("position not noted"))
        self.title.setText(account.account.title)
        self.title.setVisible(len(column.accounts) == 1)
        self._offer(column, which)
        self.words.setText(
            self.tr("{here} of {words}").format(here=labels.number(account.words), words=labels.words(account.of_words))
        )
        self.words.setToolTip(self.tr("How many words of the account are of this moment"))
        self.placed.setText(how_placed(account))
        self.placed.setToolTip(self._placed_in_full(account))
        self.read.setText(read_by(account))
        self.more.setAccessibleName(self.tr("What can be done with the column of %s") % name)
        self.more.setToolTip(self.more.accessibleName())

    def _offer(self, column: Column, which: int) -> None:
        blocker = QSignalBlocker(self.accounts)
        self.accounts.clear()
        self.accounts.addItems([one.account.title for one in column.accounts])
        self.accounts.setCurrentIndex(which)
        self.accounts.setVisible(len(column.accounts) > 1)
        blocker.unblock()

    def _placed_in_full(self, account: AccountInColumn) -> str:
        lines = [how_placed(account)]
        for one in account.account.passages:
            if not one.certain:
                between = (f"{at:%H:%M}" if at is not None else "…" for at in (one.earliest, one.latest))
                lines.append(self.tr("between %s and %s, so perhaps in part beyond the moment") % tuple(between))
        return "\n".join(lines)


def called(column: Column) -> str:
    """Whose column it is."""
    return ", ".join(column.names) or "No observer"


def standing_called(column: Column) -> str:
    """The standing of a column's observers."""
    if column.standing is not None:
        return labels.capitalised(labels.STANDINGS[column.standing])
    return "Standing not said" if len(column.names) == 1 else "Of several standings" if column.names else "Other texts"


def how_placed(account: AccountInColumn) -> str:
    """By what the passages of an account were placed in the moment, and whether that is certain."""
    words = ", ".join(labels.ALIGNMENTS[one] for one in account.aligned)
    return words if account.is_certain else f"≈ {words}; not certain"


def read_by(account: AccountInColumn) -> str:
    """Who has read an account, and how far."""
    return "; ".join(_readers(account)) or "read by nobody yet"


def _readers(account: AccountInColumn) -> Iterator[str]:
    for state in (ReadingState.DONE, ReadingState.READ_TO_HERE):
        names = [one.coder for one in account.read_by if one.state is state]
        if names:
            yield f"{'read by' if state is ReadingState.DONE else 'in part by'} {', '.join(names)}"
