"""A USB stick for a kiosk that is never online: found by where it is mounted, given a checked copy, safe to remove."""

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from kiosk.errors import LogbookError
from kiosk.logbook.backups import Backup, make_backup
from kiosk.logbook.places import Places

ROOTS: Final = (Path("/media"), Path("/run/media"), Path("/mnt"))
"""Below these a desktop, udisks or an admin mounts what is plugged in."""


def find_stick(mounts: Path = Path("/proc/self/mounts"), roots: Sequence[Path] = ROOTS) -> Path:
    """The folder of the one stick that is mounted and may be written to.

    Raises LogbookError in one line when there is none, or more than one.
    """
    found = [
        folder
        for line in mounts.read_text(encoding="utf-8").splitlines()
        if (folder := _folder(line)) and any(root in folder.parents for root in roots) and os.access(folder, os.W_OK)
    ]
    if not found:
        raise LogbookError(f"no stick: put one in, and mount it below {', '.join(str(root) for root in roots)}")
    if len(found) > 1:
        names = ", ".join(str(folder) for folder in found)
        raise LogbookError(f"several sticks: {names}; take one out, or name the folder")
    return found[0]


def save_to_stick(places: Places, now: datetime, stick: Path | None = None) -> Backup:
    """Copy the logbook to the stick; on it and checked when this returns, so that the stick may be taken out.

    Raises LogbookError naming what went wrong; nothing half-made is left.
    """
    return make_backup(places, now, stick or find_stick())


def _folder(line: str) -> Path | None:
    """The folder of one line of /proc/mounts, whose blanks are written as \\040."""
    parts = line.split(" ")
    if len(parts) < 2:
        return None
    return Path(parts[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\"))
