"""Whether a kiosk holds its logbook at this moment: a lock that the kernel takes away in the instant a process ends.

A heartbeat alone says so only once several are missing. Whoever may read the logbook may look; nobody needs to write.
"""

import contextlib
import fcntl
import os
import time
from pathlib import Path
from typing import Final

PATIENCE: Final = 0.5
"""Seconds that a kiosk tries to leave its mark: one who looks holds the file for microseconds."""


class Presence:
    """The mark of a process that writes the logbook, until `end` or its death. Several may leave theirs."""

    def __init__(self, path: Path) -> None:
        self._file = -1
        tries_until = time.monotonic() + PATIENCE
        with contextlib.suppress(OSError):  # where the mark cannot be left, the heartbeat must do
            self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o640)
            while not _lock(self._file, fcntl.LOCK_SH) and time.monotonic() < tries_until:
                time.sleep(0.01)

    def end(self) -> None:
        """Take the mark away. May be called twice."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def is_held(path: Path) -> bool | None:
    """Whether a living process has left its mark there; None where that cannot be told."""
    try:
        file = os.open(path, os.O_RDONLY)
    except OSError:
        return None
    try:
        return not _lock(file, fcntl.LOCK_EX)
    except OSError:
        return None  # a file system without locks
    finally:
        os.close(file)


def _lock(file: int, how: int) -> bool:
    """Take the lock if nobody is in the way. Raises OSError where there are no locks."""
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
