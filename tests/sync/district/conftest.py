"""The district's database, both kinds: a SQLite file, and PostgreSQL in a private cluster of the test run."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from sync.district.database import database_url, open_database
from sync.district.migrations import upgrade
from tests.sync.district.desk import Desk

_numbers = count()


def _server_programs() -> Path | None:
    """Where Debian's `postgresql` keeps initdb and pg_ctl, the newest first; they are not on the PATH."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    found = shutil.which("initdb")
    return Path(found).parent if found else None


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of an empty cluster that only this test run sees: a socket in a folder of its own, no TCP port."""
    programs = _server_programs()
    if programs is None:
        pytest.skip("no PostgreSQL server here; Debian's package is named postgresql")
    # PostgreSQL refuses to run as root.
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    folder = Path(tempfile.mkdtemp(prefix="district-"))
    if as_user:
        shutil.chown(folder, "postgres")

    def run(program: str, *arguments: str) -> None:
        command = [*as_user, str(programs / program), "-D", str(folder / "data"), *arguments]
        # Files, not pipes: the server inherits them and would keep a pipe open for ever.
        with (folder / "log").open("a") as log:
            subprocess.run(command, check=True, cwd="/", stdout=log, stderr=log, timeout=60)

    try:
        (folder / "log").touch()
        run("initdb", "--auth=trust", "--username=district", "--encoding=UTF8", "--no-locale", "--no-sync")
        run("pg_ctl", "start", "--wait", "-o", f"-k {folder} -c listen_addresses='' -c max_connections=40")
        yield f"postgresql://district@/postgres?host={folder}"
        run("pg_ctl", "stop", "--wait", "--mode=fast")
    finally:
        shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of one kind."""
    if request.param == "sqlite":
        yield str(tmp_path / "district.db")
        return
    cluster = request.getfixturevalue("postgresql")
    name = f"district{next(_numbers)}"
    server = open_database(database_url(cluster)).execution_options(isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield cluster.replace("/postgres?", f"/{name}?")
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    """A migrated database of one kind."""
    opened = open_database(database_url(database))
    upgrade(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def desk(engine: Engine) -> Desk:
    return Desk(engine)
