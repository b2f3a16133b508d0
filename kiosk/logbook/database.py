"""Opens the SQLite file: for the one writer, with every commit synced to the disk, or for the many readers."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from kiosk.errors import LogbookError
from kiosk.logbook.migrating import bring_up_to_date
from kiosk.logbook.schema import APPLICATION_ID, migrations
from kiosk.logbook.trouble import LogbookTroubleError, Trouble, explain

OLDEST_SQLITE: Final = (3, 40, 0)
"""What Debian 12 has and the tests run on; STRICT tables came with 3.37, and before 3.39.1 rows deleted through
sqlite-utils could come back."""

WRITER_PATIENCE: Final = 0.25
"""Seconds a statement waits for another program's lock. Short, because the writer's thread tries again by itself and
must be able to stop in between."""

READER_PATIENCE: Final = 5.0
"""Seconds a command waits; a WAL reader waits only while the file is being recovered."""

QUICK: Final = 16 * 1024 * 1024
"""Bytes up to which every page is looked at before the first entry: some 50,000 entries, below a second on a small Pi.
A larger file is looked at by the keeper while the entrance is open already."""

PAGE: Final = 1024
"""Bytes a page of a new file has; one that is there keeps its own. An entry changes four pages, each of which goes to
the journal whole: with SQLite's usual 4096 that is 16 KiB a person on a card that wears with every byte."""

JOURNAL_LIMIT: Final = 4 * 1024 * 1024
"""Bytes the -wal file keeps after a checkpoint: SQLite checkpoints every 1000 pages."""


def open_for_writing(path: Path, *, thorough: bool = False) -> Database:
    """Open the logbook's file, making it and its folder where they are missing, and bring its schema up to date.

    Every page is looked at unless the file is large; `thorough` does so then, too.
    Raises LogbookTroubleError: DAMAGED, FOREIGN, LOCKED, FULL or BROKEN.
    """
    _check_sqlite()
    _make(path)
    with explained(path):
        connection = connect_for_writing(path)
        try:
            database = Database(connection)
            _check_identity(database, path)
            connection.execute(f"PRAGMA page_size = {PAGE}")
            if thorough or path.stat().st_size <= QUICK:
                check_pages(connection, path)
            database.enable_wal()
            bring_up_to_date(database, path)
        except BaseException:
            connection.close()
            raise
    return database


def connect_for_writing(path: Path) -> sqlite3.Connection:
    """A plain connection to a logbook that has been opened before: for housekeeping beside its writer.

    Raises sqlite3.Error; use it within `explained`.
    """
    connection = sqlite3.connect(path, timeout=WRITER_PATIENCE, isolation_level=None, check_same_thread=False)
    for pragma in ("synchronous = FULL", "foreign_keys = ON", f"journal_size_limit = {JOURNAL_LIMIT}"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def open_for_reading(path: Path) -> Database:
    """Open the logbook read-only, beside a running kiosk or without one.

    Raises LogbookError when there is none, LogbookTroubleError when it is not readable or not ours.
    """
    _check_sqlite()
    if not path.exists():
        raise LogbookError(f"{path}: no logbook yet; `kiosk run` begins one, --db names another")
    if path.is_dir():
        raise LogbookError(f"{path} is a folder; --db names a file in it")
    if not path.stat().st_size:
        raise LogbookError(f"{path}: an empty file, no logbook; `kiosk run` begins one in it, --db names another")
    with explained(path):
        connection = _connect_read_only(path)
        try:
            database = Database(connection)
            _check_identity(database, path)
            if migrations.pending(database):
                raise LogbookTroubleError(
                    Trouble.FOREIGN, f"{path}: written by an older kiosk; start `kiosk run` once to bring it up to date"
                )
        except BaseException:
            connection.close()
            raise
    return database


def look_at_pages(path: Path) -> None:
    """Read every page beside whoever writes. Raises LogbookTroubleError when one is not as it should be."""
    database = open_for_reading(path)
    with explained(path):
        try:
            check_pages(database.conn, path)
        finally:
            database.conn.close()


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ours, with the file's name and the remedy."""
    try:
        yield
    except sqlite3.Error as error:
        raise explain(error, path) from error


def _check_sqlite() -> None:
    """An older one would take our tables for damage."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        needed = ".".join(str(number) for number in OLDEST_SQLITE[:2])
        raise LogbookError(
            f"SQLite {sqlite3.sqlite_version} is too old: the logbook needs {needed} or later, as Debian 12 has it"
        )


def _make(path: Path) -> None:
    """An empty file that only the owner and the group may read; SQLite gives its -wal and -shm the same mode."""
    try:
        path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o640))
    except OSError as error:
        raise LogbookTroubleError(Trouble.BROKEN, f"{path}: {error.strerror}") from error


def _connect_read_only(path: Path) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode=ro"
    # Without a -wal file nobody writes, and a reader who may not make one reads the file as it lies there.
    if not path.with_name(path.name + "-wal").exists() and not os.access(path.parent, os.W_OK):
        address += "&immutable=1"
    return sqlite3.connect(address, uri=True, timeout=READER_PATIENCE, isolation_level=None, check_same_thread=False)


def _check_identity(database: Database, path: Path) -> None:
    """Refuse another program's database, and one of a newer kiosk. An empty file is a logbook that begins."""
    [application] = database.conn.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID and (application or set(database.table_names()) - {migrations.migrations_table}):
        raise LogbookTroubleError(
            Trouble.FOREIGN, f"{path}: another program's database, no logbook; name the right file with --db"
        )
    applied = {migration.name for migration in migrations.applied(database)}
    unknown = applied - _known_migrations()
    if unknown:
        raise LogbookTroubleError(
            Trouble.FOREIGN, f"{path}: written by a newer kiosk ({', '.join(sorted(unknown))}); update this one"
        )


def _known_migrations() -> set[str]:
    return {migration.name for migration in migrations.pending(Database(memory=True))}


def check_pages(connection: sqlite3.Connection, path: Path) -> None:
    """Read every page. Raises LogbookTroubleError when one is not as it should be."""
    [verdict] = connection.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise LogbookTroubleError(Trouble.DAMAGED, f"{path}: the file is damaged ({verdict.splitlines()[-1]})")
