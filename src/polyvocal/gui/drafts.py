"""Keeping what is being written as a draft in the project, off the window's thread."""

import secrets
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal

from polyvocal.domain.drafts import Draft
from polyvocal.domain.ids import DraftId
from polyvocal.gui.bus import told
from polyvocal.gui.sitting import Sitting
from polyvocal.services.commands.drafts import discard_draft, keep_draft
from polyvocal.store.unit import now

AFTER_A_PAUSE = 800
"""Milliseconds without a change after which a draft is kept."""
AT_LATEST = 4_000
"""Milliseconds after which it is kept although the changes go on."""

Writing = Callable[[DraftId, int], Draft]
"""Makes a draft with an id, kept at a time, of a snapshot. It is called on the thread of the acts."""


class DraftKeeper(QObject):
    """Keeps one piece of writing at a time, from `begin` to `end` or `discard`.

    `snapshot` is called on the window's thread, must be quick, and gives None where there is nothing to keep.
    """

    changed = Signal()
    """What is known of the draft is another than before: it was kept, or could not be."""

    def __init__(self, sitting: Sitting, snapshot: Callable[[], Writing | None], parent: QObject) -> None:
        super().__init__(parent)
        self._sitting, self._snapshot = sitting, snapshot
        self.identity: DraftId | None = None
        """The draft that is written, once writing began."""
        self.kept_at: int | None = None
        """When it was kept last, in microseconds since 1970; None where it is not in the project."""
        self.fault = ""
        """Why it could not be kept, the last time."""
        self._changed = self._under_way = self._held = False
        self._awaited = False
        self._pause, self._latest = self._timer(AFTER_A_PAUSE), self._timer(AT_LATEST)

    def _timer(self, interval: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(self.keep)
        return timer

    @property
    def is_safe(self) -> bool:
        """Whether all that was written is in the project."""
        return self.kept_at is not None and not self._changed and not self._under_way

    def begin(self, draft: DraftId | None = None, kept_at: int | None = None) -> None:
        """Something is written from now on; or a draft is gone on with, as it was kept."""
        self.end()
        self.identity, self.kept_at = draft or DraftId(secrets.randbits(62) + 1), kept_at
        self._sitting.drafts_at_work.add(self.identity)

    def touch(self) -> None:
        """Something changed."""
        if self.identity is not None and self._sitting.bus.may_write:
            self._changed = True
            if not self._held:
                self._pause.start()
                if not self._latest.isActive():
                    self._latest.start()

    def hold(self) -> None:
        """What was written is being saved: keep nothing before it is known what came of it."""
        self._held = True
        self._rest()

    def release(self) -> None:
        """It was not saved."""
        self._held = False
        if self._changed:
            self.keep()

    def keep(self) -> None:
        """Keep it now, if it changed."""
        self._rest()
        if self.identity is None or self._held or self._under_way or not self._changed:
            return
        identity, writing, at = self.identity, self._snapshot(), now()
        self._changed = False
        if writing is None and self.kept_at is None:
            return
        self._under_way = True
        self._sitting.bus.act(
            (lambda file: keep_draft(file, writing(identity, at)))
            if writing is not None
            else (lambda file: discard_draft(file, identity)),
            done=lambda _: self._on_kept(identity, at if writing is not None else None),
            failed=lambda fault: self._on_failed(identity, fault),
            owner=self,
        )

    def keep_now(self) -> bool:
        """Keep all that was written, and wait for it; whether it is in the project. That it cannot be kept is told."""
        self._awaited = True
        loop = QEventLoop()
        self.changed.connect(loop.quit)
        while not self.is_safe:
            self.keep()
            if not self._under_way:
                break
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
            if self.fault:
                break
        self._awaited = False
        return self.is_safe

    def _on_kept(self, identity: DraftId, at: int | None) -> None:
        self._under_way = False
        if identity == self.identity:
            self.kept_at, self.fault = at, ""
            self.changed.emit()
        self._go_on()

    def _on_failed(self, identity: DraftId, fault: Exception) -> None:
        self._under_way = False
        if identity == self.identity:
            words, report = told(fault)
            if (report is not None and not self.fault) or self._awaited:
                self._sitting.bus.failed.emit(fault)  # ours: told once, with the lines to report; or somebody waits
            self._changed, self.fault = True, words
            self.changed.emit()
        self._go_on()

    def _go_on(self) -> None:
        """What changed meanwhile is kept as soon, and what could not be kept is tried again a while later."""
        if self._changed and not self._held and not self._pause.isActive():
            self._latest.start()

    def end(self) -> None:
        """Nothing more is written; what was kept stays as it is, or is gone with the operation that saved it."""
        self._rest()
        if self.identity is None:
            return
        self._sitting.drafts_at_work.discard(self.identity)
        self.identity, self.kept_at, self.fault = None, None, ""
        self._changed = self._held = False
        self._sitting.drafts_changed.emit()

    def discard(self) -> None:
        """Nothing more is written, and what was kept is let go."""
        identity = self.identity
        there = self.kept_at is not None or self._under_way
        self.end()
        if identity is not None and there:
            let_go(self._sitting, identity)

    def _rest(self) -> None:
        self._pause.stop()
        self._latest.stop()


def let_go(sitting: Sitting, draft: DraftId) -> None:
    """Discard a draft; whoever lists drafts learns of it."""
    sitting.bus.act(
        lambda file: discard_draft(file, draft), done=lambda _: sitting.drafts_changed.emit(), owner=sitting
    )
