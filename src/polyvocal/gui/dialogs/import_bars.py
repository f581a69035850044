"""What stands above and below the import table: how names of files are read, and what is wrong or in doubt."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from polyvocal.exchange.about.found import Origin
from polyvocal.exchange.about.pattern import KEYS
from polyvocal.exchange.readers import readable_endings
from polyvocal.exchange.readers.folder import LeftOut, Why
from polyvocal.gui import labels
from polyvocal.gui.dialogs.form import line
from polyvocal.gui.dialogs.import_how import can_look
from polyvocal.gui.dialogs.import_rows import Row
from polyvocal.gui.dialogs.import_words import how_told, told_of
from polyvocal.gui.parts import muted
from polyvocal.services.commands.incoming import ToldBy

_LISTED = 40
_NAMED = 3


class PatternBar(QWidget):
    """How the names of files are read, what that finds, and which rows are shown."""

    def __init__(self) -> None:
        super().__init__()
        self.pattern = line(placeholder=self.tr("no pattern; one would be %s") % "{observer} {date} {session}")
        self.pattern.setAccessibleName(self.tr("How the names of files are read"))
        fields = ", ".join(f"{{{one}}}" for one in KEYS)
        self.pattern.setToolTip(self.tr("Fields are %s; a slash divides folders.") % fields)
        label = QLabel(self.tr("Names of files are read as:"))
        label.setBuddy(self.pattern)
        self.finds = muted()
        self.only_problems = QCheckBox(self.tr("Only problems"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label)
        row.addWidget(self.pattern, 2)
        row.addWidget(self.finds, 3)
        row.addWidget(self.only_problems)

    def say_what_names_tell(self, rows: Iterable[Row]) -> None:
        """How many of the names tell what."""
        read = [row for row in rows if row.account is not None]
        told = Counter(
            what
            for row in read
            for what, said in row.found.said.items()
            if said.origin.startswith((Origin.FILE_NAME, Origin.FOLDER))
        )
        words = ", ".join(f"{what.replace('_', ' ')} {labels.number(count)}" for what, count in told.items())
        of = self.tr("1 file") if len(read) == 1 else self.tr("%s files") % labels.number(len(read))
        self.finds.setText(self.tr("They tell, of %s: %s") % (of, words) if words else "")


class FileBar(QWidget):
    """What there is to say of the current file; how it is read; adding more."""

    def __init__(self, how: QAction) -> None:
        super().__init__()
        self.detail = muted()
        self.detail.setMinimumHeight(self.detail.fontMetrics().lineSpacing() * 2)
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.how = QPushButton(how.text())
        self.how.clicked.connect(how.trigger)
        self.more = QPushButton(self.tr("Add files…"))
        self.folder = QPushButton(self.tr("Add a folder…"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.detail, 1, Qt.AlignmentFlag.AlignTop)
        for button in (self.how, self.more, self.folder):
            button.setAutoDefault(False)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def tell(self, row: Row | None, origins: str, *, is_empty: bool) -> None:
        """Tell it of the current file, with where what is said of it stood; or what can be done where there is none."""
        self.how.setEnabled(row is not None and can_look(row))
        if row is not None:
            self.detail.setText(" ".join(_told_whole(row, origins)))
        elif is_empty:
            endings = ", ".join(readable_endings())
            self.detail.setText(self.tr("Drop files here, or add them. What can be read: %s.") % endings)
        else:
            self.detail.setText(
                self.tr(
                    "What is said of one file is changed in the table (F2). How it is read, its encoding and what the "
                    "columns of a table say, is shown and chosen with Alt+Enter."
                )
            )


def _told_whole(row: Row, origins: str) -> Iterator[str]:
    told = told_of(row)
    yield f"{row.name}: {told}" if told.endswith((".", "?")) else f"{row.name}: {told}."
    incoming = row.incoming
    if incoming is not None and incoming.encoding_by not in (None, ToldBy.VALIDITY, ToldBy.STATISTICS):
        yield how_told(row.given, incoming.encoding, incoming.encoding_by)
    if origins:
        yield f"{labels.capitalised(origins)}."


class Notice(QFrame):
    """What cannot be read, was not read, is in doubt, or is in the folders and of no kind that is read."""

    leave_out = Signal()
    """What cannot be read is to be left out."""
    read_on = Signal()
    """What was not read is to be read."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("notice", True)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.leave_out_button = QPushButton(self.tr("Leave them out"))
        self.leave_out_button.clicked.connect(self.leave_out)
        self.read_on_button = QPushButton(self.tr("Read on"))
        self.read_on_button.clicked.connect(self.read_on)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        row.addWidget(self.words, 1)
        for button in (self.read_on_button, self.leave_out_button):
            button.setAutoDefault(False)
            row.addWidget(button)

    def show_of(self, rows: Sequence[Row], unread: int, left_in_folders: Sequence[LeftOut]) -> None:
        """Tell it of the rows, `unread` of which wait for somebody to say that they are to be read after all."""
        chosen = [row for row in rows if row.chosen]
        faulty = sum(1 for row in chosen if row.reason)
        asked = sum(1 for row in chosen if row.incoming is not None and row.is_asking)
        self.read_on_button.setVisible(bool(unread))
        self.leave_out_button.setVisible(bool(faulty))
        words = []
        if faulty:
            of = self.tr("1 file") if len(rows) == 1 else self.tr("%s files") % labels.number(len(rows))
            words.append(self.tr("%s of %s cannot be read.") % (labels.number(faulty), of))
        if unread:
            words.append(self.tr("%s were not read: you cancelled.") % labels.number(unread))
        if asked:
            one, several = self.tr("1 is in doubt."), self.tr("%s are in doubt; they stand first.")
            words.append(one if asked == 1 else several % labels.number(asked))
        unknown = sum(1 for one in left_in_folders if one.why is Why.UNKNOWN)
        if unknown:
            words.append(self.tr("%s in the folders are of a kind that is not read.") % labels.number(unknown))
        others = [_left_out(one) for one in left_in_folders if one.why is not Why.UNKNOWN]
        words += others[:_NAMED]
        if len(others) > _NAMED:
            words.append(self.tr("%s more cannot be opened.") % labels.number(len(others) - _NAMED))
        self.setToolTip("\n".join(_left_out(one) for one in left_in_folders[:_LISTED]))
        self.words.setText(" ".join(words))
        self.setVisible(bool(words))


def _left_out(one: LeftOut) -> str:
    return one.sentence or f"{one.shown}: {one.why}."
