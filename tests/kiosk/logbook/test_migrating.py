"""Older logbooks are brought up to date, first on a copy; what is frozen here was written by each released schema."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

import kiosk.logbook.database
import kiosk.logbook.migrating
from kiosk.errors import LogbookError
from kiosk.logbook import Logbook, Reader
from kiosk.logbook.schema import migrations
from kiosk.logbook.verifying import verify

from .test_book import counted, tallies

FROZEN = sorted((Path(__file__).parent / "frozen").glob("*.sql"))


def thaw(frozen: Path, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(frozen.read_text(encoding="utf-8"))


def test_each_released_schema_is_frozen():

    released = {migration.name for migration in migrations.pending(Database(memory=True))}
    assert {frozen.stem for frozen in FROZEN} == released


@pytest.mark.parametrize("frozen", FROZEN, ids=lambda frozen: frozen.stem)
def test_an_older_logbook_keeps_all_it_holds(frozen, path, clock, entry):
    thaw(frozen, path)
    logbook = Logbook.open(path, clock)
    logbook.write([entry()])
    logbook.close()
    with Reader.open(path) as reader:
        entries = list(reader.entries())
    assert [one.id for one in entries] == [1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13]
    assert (entries[2].app, entries[2].corrected, entries[7].officer) == ("shown", True, None)
    assert tallies(path) == counted(path)
    assert verify(path).breaks == ()


@pytest.fixture
def next_schema(monkeypatch):
    """A newer kiosk, whose schema has one more migration."""

    def add(migration):
        newer = Migrations("entrance-kiosk")
        newer._migrations = list(migrations._migrations)
        newer(name="a_later_idea")(migration)
        monkeypatch.setattr(kiosk.logbook.database, "migrations", newer)
        monkeypatch.setattr(kiosk.logbook.migrating, "migrations", newer)

    return add


def test_a_migration_that_works_on_the_copy_is_made_for_real(next_schema, path, clock, entry):
    Logbook.open(path, clock).close()
    next_schema(lambda database: database.execute("ALTER TABLE parts ADD COLUMN remark TEXT"))
    logbook = Logbook.open(path, clock)
    logbook.write([entry()])
    logbook.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT remark FROM parts").fetchall() == []
    assert not list(path.parent.glob("*.rehearsal*"))


def test_a_migration_that_fails_on_the_copy_leaves_the_logbook_as_it_was(next_schema, path, clock, entry):
    logbook = Logbook.open(path, clock)
    logbook.write([entry()])
    logbook.close()
    before = path.read_bytes()

    def half_way(database):
        database.execute("ALTER TABLE parts ADD COLUMN remark TEXT")
        database.execute("SELECT nonsense")

    next_schema(half_way)
    with pytest.raises(LogbookError, match=r"not brought up to date \(a_later_idea\), tried on a copy") as caught:
        Logbook.open(path, clock)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == before
    assert not list(path.parent.glob("*.rehearsal*"))


def test_a_reader_of_an_older_logbook_says_what_to_do(next_schema, path, clock):
    Logbook.open(path, clock).close()
    next_schema(lambda database: database.execute("ALTER TABLE parts ADD COLUMN remark TEXT"))
    with pytest.raises(LogbookError, match="start `kiosk run` once"):
        Reader.open(path)
