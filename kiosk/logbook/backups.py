"""Copies of the database: made beside the running kiosk, checked before they count, kept by number and age."""

import os
import re
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from kiosk.errors import LogbookError
from kiosk.logbook.database import explained, open_for_reading
from kiosk.logbook.places import Places
from kiosk.logbook.rows import newest_link

_NAME: Final = re.compile(r".*-(\d{8}T\d{6})Z-(\d+)\.db")


@dataclass(frozen=True, slots=True)
class Backup:
    """One finished backup: its file, when it was begun, and the newest link it holds."""

    path: Path
    made: datetime
    link: int


def backups(places: Places) -> list[Backup]:
    """The finished backups of a logbook, the newest first."""
    found = []
    for path in places.backups.glob("*.db"):
        if match := _NAME.fullmatch(path.name):
            made = datetime.strptime(match[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
            found.append(Backup(path, made, int(match[2])))
    return sorted(found, key=lambda backup: (backup.link, backup.made), reverse=True)


def make_backup(places: Places, now: datetime, folder: Path | None = None) -> Backup:
    """Copy the database as it is at this moment, beside whoever writes it, and check the copy.

    `folder` is the logbook's own backup folder unless given. The copy has its final name only once it is complete,
    checked and on the disk. Raises LogbookError naming what went wrong; nothing half-made is left.
    """
    folder = folder or places.backups
    partial = folder / f"{places.database.stem}.partial"
    open_for_reading(places.database).conn.close()  # before a folder is made for nothing
    try:
        folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    except OSError as error:
        raise LogbookError(f"{folder}: no backup made: {error.strerror}") from error
    try:
        _clear(partial)
        _copy(places.database, partial)
        link = check_backup(partial)
        backup = Backup(folder / f"{places.database.stem}-{now:%Y%m%dT%H%M%S}Z-{link}.db", now, link)
        _sync(partial)
        partial.rename(backup.path)
        _sync(backup.path)  # FAT keeps a file's size beside its name: a stick taken out now would hold an empty file
        _sync(folder)
    except OSError as error:
        raise LogbookError(f"{folder}: no backup made: {error.strerror or error}") from error
    finally:
        _clear(partial)
    return backup


def check_backup(path: Path) -> int:
    """Read every page of a backup; returns the newest link it holds. Raises LogbookError when it is no good."""
    database = open_for_reading(path)
    with explained(path):
        try:
            [verdict] = database.conn.execute("PRAGMA quick_check(1)").fetchone()
            if verdict != "ok":
                raise LogbookError(f"{path}: this backup is damaged; take another")
            return newest_link(database.conn)
        finally:
            database.conn.close()


def prune_backups(places: Places, keep: int, keep_days: int, now: datetime) -> list[Backup]:
    """Delete those beyond the newest `keep`, and those older than `keep_days` but for the newest; returns the rest."""
    kept = []
    for place, backup in enumerate(backups(places)):
        if place and (place >= keep or (now - backup.made).days >= keep_days):
            backup.path.unlink(missing_ok=True)
        else:
            kept.append(backup)
    return kept


def _copy(source: Path, target: Path) -> None:
    """VACUUM INTO: one read transaction, so that writing goes on meanwhile, and no free pages are copied."""
    database = open_for_reading(source)
    with explained(target):
        try:
            os.close(os.open(target, os.O_WRONLY | os.O_CREAT, 0o640))
            database.conn.execute("VACUUM INTO ?", (str(target),))
        except sqlite3.Error:
            target.unlink(missing_ok=True)
            raise
        finally:
            database.conn.close()


def _clear(partial: Path) -> None:
    """Leave nothing of an unfinished copy, nor SQLite's journal of it, which stays behind on a disk that is full."""
    for file in (partial, partial.with_name(f"{partial.name}-journal")):
        file.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
