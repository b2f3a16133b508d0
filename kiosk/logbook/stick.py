"""A USB stick for a kiosk that is never online: found by where it is mounted, given a checked copy, safe to remove."""

import errno
import os
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from kiosk.errors import LogbookError
from kiosk.logbook.backups import Backup, make_backup
from kiosk.logbook.places import Places
from kiosk.logbook.trouble import LogbookTroubleError, Trouble

ROOTS: Final = (Path("/media"), Path("/run/media"), Path("/mnt"))
"""Below these a desktop, udisks or an admin mounts what is plugged in."""


class StickTrouble(StrEnum):
    """Why the log did not get onto a stick, as a word for which the screen has its own."""

    MISSING = "missing"
    SEVERAL = "several"
    READ_ONLY = "read_only"
    FULL = "full"
    BROKEN = "broken"


class StickError(LogbookError):
    """A LogbookError that knows what is the matter with the stick."""

    def __init__(self, trouble: StickTrouble, message: str) -> None:
        super().__init__(message)
        self.trouble = trouble


def find_stick(mounts: Path = Path("/proc/self/mounts"), roots: Sequence[Path] = ROOTS) -> Path:
    """The folder of the one stick that is mounted and may be written to.

    Raises StickError in one line when there is none, or more than one, or when it may only be read.
    """
    below = (
        folder
        for line in mounts.read_text(encoding="utf-8").splitlines()
        if (folder := _folder(line)) and any(root in folder.parents for root in roots)
    )
    mounted = list(dict.fromkeys(below))  # a confined service sees a stick's folder once for each way it came in
    found = [folder for folder in mounted if os.access(folder, os.W_OK)]
    if not mounted:
        places = ", ".join(str(root) for root in roots)
        raise StickError(StickTrouble.MISSING, f"no stick: put one in, and mount it below {places}")
    if not found:
        names = ", ".join(str(folder) for folder in mounted)
        raise StickError(StickTrouble.READ_ONLY, f"{names}: may only be read; take another stick, or mount it writable")
    if len(found) > 1:
        names = ", ".join(str(folder) for folder in found)
        raise StickError(StickTrouble.SEVERAL, f"several sticks: {names}; take one out, or name the folder")
    return found[0]


def save_to_stick(places: Places, now: datetime, stick: Path | None = None) -> Backup:
    """Copy the logbook to the stick; on it and checked when this returns, so that the stick may be taken out.

    Raises StickError naming what went wrong; nothing half-made is left.
    """
    folder = stick or find_stick()
    try:
        return make_backup(places, now, folder)
    except LogbookError as error:
        raise StickError(_trouble(error), str(error)) from error


def _trouble(error: BaseException | None) -> StickTrouble:
    """What is the matter, as the error or one of those that led to it knows."""
    if error is None:
        return StickTrouble.BROKEN
    number = getattr(error, "errno", None)
    if number == errno.ENOSPC or (isinstance(error, LogbookTroubleError) and error.trouble is Trouble.FULL):
        return StickTrouble.FULL
    return StickTrouble.READ_ONLY if number == errno.EROFS else _trouble(error.__cause__)


def _folder(line: str) -> Path | None:
    """The folder of one line of /proc/mounts, whose blanks are written as \\040."""
    parts = line.split(" ")
    if len(parts) < 2:
        return None
    return Path(parts[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\"))
