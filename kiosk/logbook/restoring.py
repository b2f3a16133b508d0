"""When the database is damaged: it is set aside and kept, and the newest good backup takes its place."""

import os
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from kiosk.errors import LogbookError
from kiosk.logbook.backups import Backup, backups, check_backup
from kiosk.logbook.places import Places


def set_aside(places: Places, paths: Sequence[Path] | None = None) -> Path | None:
    """Move files (the database's own unless given) below `damaged`; returns their folder, None if there were none."""
    files = [path for path in paths or places.of_sqlite() if path.exists()]
    if not files:
        return None
    number = 1 + len(list(places.damaged.glob("*")))
    folder = places.damaged / f"{number}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    folder.mkdir(mode=0o750, parents=True)
    for path in files:
        path.rename(folder / path.name)
    return folder


def put_back(places: Places, backup: Backup) -> None:
    """Put a checked backup in the database's place, whole or not at all. Raises LogbookError when it is no good."""
    check_backup(backup.path)
    partial = places.database.with_suffix(".restoring")
    try:
        shutil.copyfile(backup.path, partial)
        os.chmod(partial, 0o640)
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        partial.rename(places.database)
    except OSError as error:
        raise LogbookError(f"{places.database}: not restored: {error.strerror or error}") from error
    finally:
        partial.unlink(missing_ok=True)


def restore_newest(places: Places) -> Backup | None:
    """Put the newest good backup in place; None when there is none, and the log begins with the trail alone."""
    for backup in backups(places):
        try:
            put_back(places, backup)
        except LogbookError:
            continue  # an older one may be good
        return backup
    return None


def is_ours(places: Places) -> bool:
    """Whether a logbook has been kept here before, so that a file that is no database must be a damaged one."""
    return places.trail.exists() or places.backups.exists()
