"""Opening the district's database: a SQLite file by default, PostgreSQL beside it."""

import sqlite3
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from sync.errors import DistrictError

WRITES: Final = {"district_writes": True}
"""Execution option of a connection that will write."""

POOL: Final = 8
"""Connections kept open. Two cores serve some ten writers before they only wait for each other."""


def database_url(database: str) -> URL:
    """A URL from what the admin wrote: `postgresql://...`, `sqlite:///...` or the path of a SQLite file.

    Raises DistrictError for any other kind of database.
    """
    if "://" not in database:
        return URL.create("sqlite", database=str(Path(database).absolute()))
    try:
        url = make_url(database)
    except ArgumentError as error:
        raise DistrictError(f"--database: not a database address ({error})") from error
    kind = url.drivername.partition("+")[0]
    if kind in {"postgresql", "postgres"}:
        return url.set(drivername="postgresql+psycopg")
    if kind == "sqlite":
        return url.set(drivername="sqlite")
    raise DistrictError(f"--database: {kind} is not supported; use a file or postgresql://USER@HOST/NAME")


def open_database(url: URL) -> Engine:
    """An engine with a pool. Nothing is opened before the first use."""
    if url.drivername == "sqlite":
        return _open_sqlite(url)
    # No ping before each use: it would cost every batch a round trip, and a connection that the server closed costs one
    # 503, after which the pool is renewed and the kiosk tries again.
    return create_engine(url, pool_size=POOL, max_overflow=0, pool_recycle=1800)


def make_file(url: URL) -> None:
    """Make an empty SQLite file that its owner and group alone can read; nothing for other databases.

    Raises DistrictError when the folder is not writable.
    """
    if url.drivername != "sqlite" or not url.database:
        return
    path = Path(url.database)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(0o640)
    except OSError as error:
        raise DistrictError(f"{path}: cannot make the database ({error.strerror})") from error


def _open_sqlite(url: URL) -> Engine:
    engine = create_engine(url, pool_size=POOL, max_overflow=0, connect_args={"timeout": 10.0})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    # Transactions are begun by _begin_sqlite; the driver's own guess at when to begin breaks DDL and SELECT alike.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    # An acknowledged count must survive a power cut: the kiosk will not send it again by itself.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that begins by reading and then writes may fail at once with "database is locked"; this one waits.
    writes = connection.get_execution_options().get("district_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
