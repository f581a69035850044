"""The program with its window: from the start to the end of a sitting."""

import signal
import sys
from pathlib import Path

import shiboken6
from PySide6.QtCore import QLocale, QMimeData, QStandardPaths
from PySide6.QtWidgets import QApplication

from polyvocal.gui.bus import Job, told
from polyvocal.gui.dialogs.progress import run_job
from polyvocal.gui.garbage import Garbage
from polyvocal.gui.settings import Settings
from polyvocal.gui.shell import SAMPLE
from polyvocal.gui.theme import Theme
from polyvocal.gui.window import Window


def run_window(path: Path | None) -> int:
    """Show the window, on a project or on the start page, until it is closed; give the exit status.

    There must be a display: see `polyvocal.gui.display`.
    """
    app = application()
    window = open_window(path)
    sys.excepthook = lambda _kind, fault, _trace: _on_fault(window, fault)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C in the terminal ends it; everything done is saved
    return app.exec()


def open_window(path: Path | None) -> Window:
    """The window on the screen, on its way to show a project if one is given."""
    settings = Settings()
    window = Window(settings, Theme(settings))
    window.sample_wanted.connect(lambda: open_sample(window))
    window.show()
    if path is not None:
        window.open_path(path)
    else:
        window.session.resume()
    return window


def application() -> QApplication:
    """The one QApplication, made if there is none."""
    there = QApplication.instance()
    if isinstance(there, QApplication):
        return there
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Polyvocal")
    app.setApplicationDisplayName("Polyvocal")
    app.setDesktopFileName("polyvocal")
    app.setStyle("Fusion")
    Garbage(app)
    app.aboutToQuit.connect(let_go_of_clipboard)
    if QLocale.system().language() is QLocale.Language.C:  # nobody's country: numbers and days as they are read most
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    return app


def let_go_of_clipboard() -> None:
    """Leave what was copied as plain words: what was made in Python must not be on the clipboard when Python has ended.

    Some platforms destroy it only then, and the program would end with a fault.
    """
    clipboard = QApplication.clipboard()
    copied: QMimeData | None = clipboard.mimeData()  # None where nothing was ever on it
    if copied is not None and shiboken6.createdByPython(copied):
        clipboard.setText(copied.text())


def open_sample(window: Window) -> None:
    """Open the sample project in the person's documents; it is made there the first time."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    path = (Path(documents) if documents else Path.home()) / SAMPLE
    if path.exists():
        window.open_path(path)
        return

    def work(job: Job) -> Path:
        from polyvocal.exchange.sample import write_sample

        job.report(0, 0, f"Making {path}")
        path.parent.mkdir(parents=True, exist_ok=True)
        write_sample(path)
        return path

    run_job(window, window.tr("Making the sample project"), work, window.open_path)


def _on_fault(window: Window, fault: BaseException) -> None:
    """The last door: told to the person, and to the terminal without anybody's words."""
    if isinstance(fault, Exception):
        words, report = told(fault)
        sys.stderr.write(f"polyvocal: {words if report is None else report}\n")
        window.show_fault(fault)
