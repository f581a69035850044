"""Work that may take long: done elsewhere, told of only when it does take long, and cancelled when a person says so."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QProgressBar, QVBoxLayout, QWidget

from polyvocal.gui.bus import Bus, Cancelled, Job
from polyvocal.gui.dialogs.fault import tell
from polyvocal.store.file import ProjectFile

APPEARS_AFTER = 600
"""Milliseconds for which work may go on before anything is shown of it."""

Then = Callable[[Any], None]
Failed = Callable[[Exception], None]


class Progress(QDialog):
    """What a job is doing, how far it is, and Cancel. It shows itself when the job takes long, and goes with it.

    Made by `run_job` and `run_act`. Its slots run on the window's thread.
    """

    def __init__(self, job: Job, title: str, parent: QWidget, then: Then, failed: Failed | None) -> None:
        super().__init__(parent)
        self.job = job
        job.setParent(self)
        self._then, self._failed = then, failed
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        width = self.fontMetrics().averageCharWidth() * 62
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 18, 20, 16)
        whole.setSpacing(12)
        self.what = QLabel(title)
        self.what.setTextFormat(Qt.TextFormat.PlainText)
        self.what.setFixedWidth(width)
        whole.addWidget(self.what)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(title)
        whole.addWidget(self.bar)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.cancel = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        self.cancel.setAutoDefault(False)  # it may appear while somebody types
        self.buttons.rejected.connect(self.reject)
        whole.addWidget(self.buttons)
        job.progress.connect(self._on_progress)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_long)
        self._timer.start(APPEARS_AFTER)

    def _on_long(self) -> None:
        self.setEnabled(True)  # a parent that waits may be disabled
        self.open()

    def _on_progress(self, done: int, of: int, what: str) -> None:
        self.bar.setRange(0, of)
        self.bar.setValue(done)
        if self.job.cancelled:
            return
        metrics = self.what.fontMetrics()
        self.what.setText(metrics.elidedText(what, Qt.TextElideMode.ElideMiddle, self.what.width()))
        self.what.setToolTip(what)
        self.bar.setAccessibleDescription(what)

    def reject(self) -> None:
        """Cancel the job. The dialog goes when the job has come to its end."""
        self.job.cancel()
        self.what.setText(self.tr("Cancelling…"))
        self.cancel.setEnabled(False)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.reject()

    def on_ended(self, outcome: object) -> None:
        """Go away, and hand on what came of the work."""
        parent = self.parentWidget()
        self._timer.stop()
        self.hide()
        self.deleteLater()
        if not isinstance(outcome, Exception):
            self._then(outcome)
        elif self._failed is not None:
            self._failed(outcome)
        elif not isinstance(outcome, Cancelled):
            tell(parent, outcome)


def run_job(
    parent: QWidget, title: str, work: Callable[[Job], Any], then: Then, failed: Failed | None = None
) -> Progress:
    """Do work on a thread of its own; returns at once. It reports and asks whether it was cancelled through its Job.

    `then` gets the value, on the window's thread; `failed` the fault, which is Cancelled where the person cancelled.
    Without `failed` a fault is told over the parent, and a cancelled job passes in silence. Neither is called when the
    parent is gone: then the job is cancelled.
    """
    job = Job(work)
    progress = Progress(job, title, parent, then, failed)
    job.ended.connect(progress.on_ended)
    progress.destroyed.connect(lambda: job.cancel())  # noqa: PLW0108 - a slot of the job's would go with the job
    job.start()
    return progress


def run_act(
    parent: QWidget,
    bus: Bus,
    title: str,
    command: Callable[[ProjectFile, Job], Any],
    *,
    then: Then,
    failed: Failed | None = None,
) -> Progress:
    """Have a command done as `Bus.act` does, with progress and Cancel as `run_job`.

    A command that asks `check` within its operation takes all of it back when the person cancels. It goes on when the
    parent is gone.
    """
    job = Job(lambda _job: None)  # it is not started: the work is the bus's
    progress = Progress(job, title, parent, then, failed)
    bus.act(lambda file: command(file, job), done=progress.on_ended, failed=progress.on_ended, owner=progress)
    return progress
