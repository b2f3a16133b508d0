"""The officer's gesture for a kiosk that is never online: the log onto a USB stick, in a thread of its own."""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from hardware.clock import Clock
from kiosk.errors import LogbookError
from kiosk.exports import note_copy
from kiosk.logbook.backups import Backup
from kiosk.logbook.places import Places
from kiosk.logbook.stick import StickError, StickTrouble, save_to_stick
from kiosk.screen.cues import Cue, StickBegun, StickDone, StickFailed

PATIENCE: Final = 1.0
"""Seconds that stopping waits for a copy: a small log is through by then; a large one leaves nothing half-made that
counts, for a copy has its name only once it is whole."""

BY: Final = "the officer, at the kiosk"
"""Who takes the copy, as the logbook notes it: the gesture asks nobody for a name."""

_log = logging.getLogger(__name__)


class StickCopier:
    """Copies the logbook at `places` when asked to, and tells the screen by cues; `tell` is called in its thread.

    `stick` is the folder to copy to; None looks for the one stick that is mounted.
    """

    def __init__(
        self, places: Places, clock: Clock, tell: Callable[[Cue], None], stick: Callable[[], Path | None] = lambda: None
    ) -> None:
        self._places = places
        self._clock = clock
        self._tell = tell
        self._stick = stick
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Begin a copy; asked again while one is being made, nothing happens. Returns at once."""
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._run, name="stick", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Wait for a copy that is nearly through."""
        if self._thread is not None:
            self._thread.join(PATIENCE)

    def _run(self) -> None:
        self._tell(StickBegun(self._clock.monotonic()))
        try:
            made = self._save()
        except StickError as error:
            _log.warning("not copied to a stick: %s", error)
            self._tell(StickFailed(self._clock.monotonic(), error.trouble))
        except Exception as error:  # whatever a stick does, the officer gets an answer and counting goes on
            _log.error("not copied to a stick: unforeseen, %s", type(error).__name__)
            self._tell(StickFailed(self._clock.monotonic(), StickTrouble.BROKEN))
        else:
            _log.info("copied to the stick: %s", made.path)
            self._tell(StickDone(self._clock.monotonic()))

    def _save(self) -> Backup:
        now = datetime.fromtimestamp(self._clock.utc(), UTC)
        made = save_to_stick(self._places, now, self._stick())
        try:
            note_copy(self._places.database, round(now.timestamp() * 1000), BY)
        except LogbookError as error:  # a copy may be what saves a logbook that takes no more
            _log.warning("the copy is not noted: %s", error)
        return made
