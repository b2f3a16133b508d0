"""Room that is held back for the day on which the disk is full: given up, it lets the log go on for weeks."""

import os
import shutil
from pathlib import Path
from typing import Final

SIZE: Final = 8 * 1024 * 1024
"""Bytes: some 30,000 entries with the journal they need, weeks of a busy door."""

ROOM: Final = 8 * SIZE
"""Bytes that must be free before ballast is taken (again): else it would itself fill the disk."""


def take(path: Path) -> None:
    """Hold room back, if there is enough; a disk that refuses is no error."""
    if path.exists() or shutil.disk_usage(path.parent).free < ROOM:
        return
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o640)
    try:
        os.posix_fallocate(descriptor, 0, SIZE)
    except OSError:
        path.unlink(missing_ok=True)
    finally:
        os.close(descriptor)


def give_up(path: Path) -> bool:
    """Make room; returns whether there was any ballast."""
    there = path.exists()
    path.unlink(missing_ok=True)
    return there
