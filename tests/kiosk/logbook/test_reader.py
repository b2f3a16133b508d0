"""Reading beside a running kiosk, and refusing what is no logbook."""

import sqlite3
from datetime import date

import pytest

from kiosk.decisions import App, Direction, Source
from kiosk.errors import LogbookError
from kiosk.health import State
from kiosk.logbook import Logbook, Reader
from kiosk.logbook.reader import Wanted

from .conftest import NOON


def numbers(reader, limit=None, **wanted):
    return [entry.id for entry in reader.entries(Wanted(**wanted), limit)]


@pytest.fixture
def full(logbook, reader, clock, entry, correction):
    """Four entries, half an hour apart from noon on."""
    logbook.write([entry(1)])
    clock.advance(1800)
    logbook.write([entry(2, Direction.OUT, App.UNKNOWN)])
    clock.advance(1800)
    logbook.write([entry(3, app=App.DECLINED, source=Source.OFFICER)])
    clock.advance(1800)
    logbook.write([entry(4), correction(4, app=App.SHOWN)])
    return reader


def test_the_newest_come_last_and_limit_keeps_the_newest(full):
    assert numbers(full) == [1, 2, 3, 4]
    assert numbers(full, limit=2) == [3, 4]
    assert full.last_entry().app is App.SHOWN


def test_filters_are_about_what_is_held_true_now(full):
    assert numbers(full, directions=[Direction.OUT]) == [2]
    assert numbers(full, apps=[App.SHOWN, App.DECLINED]) == [3, 4]
    assert numbers(full, sources=[Source.OFFICER]) == [3, 4]
    assert numbers(full, apps=[App.DETECTED], sources=[Source.OFFICER]) == []
    assert numbers(full, after_id=2) == [3, 4]


def test_a_period_includes_its_start_and_not_its_end(full):
    half_past, one = (NOON + 1800) * 1000, (NOON + 3600) * 1000
    assert numbers(full, since_ms=half_past, until_ms=one) == [2]
    assert numbers(full, since_ms=half_past) == [2, 3, 4]
    assert numbers(full, until_ms=half_past) == [1]


def test_a_period_finds_entries_by_their_right_moment(path, clock, entry):
    clock.set_utc(NOON - 86400, trusted=False)
    logbook = Logbook.open(path, clock)
    logbook.write([entry()])
    clock.set_utc(NOON)
    logbook.settle_clock()
    with Reader.open(path) as reader:
        assert numbers(reader, since_ms=NOON * 1000) == [1]
        assert numbers(reader, until_ms=NOON * 1000) == []


def test_counts_are_of_whole_days(full, clock):
    assert full.counts(date(2026, 3, 2)).going(Direction.IN) == 3
    assert full.counts(date(2026, 3, 1)).cells == {}
    assert full.counts(date(2026, 2, 1), date(2026, 3, 31)).going(Direction.OUT) == 1


def test_what_the_district_has_not_confirmed_is_unsent(full, path):
    assert (full.unsent().rows, full.unsent().hours, full.unsent().oldest) == (5, 2, NOON)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE tallies SET acknowledged = revision WHERE hour = ?", (NOON,))
    assert (full.unsent().rows, full.unsent().hours, full.unsent().oldest) == (3, 1, NOON + 3600)


def test_a_reader_cannot_write(full):
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        full._database.execute("DELETE FROM tallies")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (None, "no logbook yet"),
        (b"notes " * 1000, "not an SQLite database"),
        ("CREATE TABLE notes (text)", "another program's database"),
        ("PRAGMA application_id = 7", "another program's database"),
        ("PRAGMA user_version = 1", "older kiosk"),
    ],
)
def test_what_is_no_logbook_is_refused_in_one_line(tmp_path, content, complaint):
    path = tmp_path / "other.db"
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content is not None:
        with sqlite3.connect(path) as connection:
            connection.execute(content)
    with pytest.raises(LogbookError, match=complaint) as caught:
        Reader.open(path)
    assert "\n" not in str(caught.value)


def test_another_programs_database_is_not_written_to_either(tmp_path, clock):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE notes (text)")
    before = path.read_bytes()
    with pytest.raises(LogbookError, match="another program's database"):
        Logbook.open(path, clock)
    assert path.read_bytes() == before


def test_a_newer_kiosks_logbook_is_refused_in_one_line(path, clock):
    Logbook.open(path, clock).close()
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO _sqlite_migrations VALUES (99, 'entrance-kiosk', 'far_future', '2040-01-01')")
    for opening in (lambda: Reader.open(path), lambda: Logbook.open(path, clock)):
        with pytest.raises(LogbookError, match=r"newer kiosk \(far_future\)") as caught:
            opening()
        assert "\n" not in str(caught.value)


def test_a_fault_is_kept_once_it_is_over_and_stands_in_the_period_it_touched(logbook, clock):
    begun = round(clock.utc() * 1000)
    logbook.report_parts({"air": (State.DEGRADED, "a flood"), "door": (State.OK, "")})
    clock.advance(60)
    logbook.report_parts({"air": (State.DEGRADED, "a greater flood")})
    with Reader.open(logbook.path) as reader:
        [lasting] = reader.faults(begun, begun + 1)
        assert (lasting.part, lasting.since_ms, lasting.until_ms) == ("air", begun, None)
    clock.advance(60)
    logbook.report_parts({"air": (State.OK, ""), "door": (State.OFF, "")})
    with Reader.open(logbook.path) as reader:
        [over] = reader.faults(begun + 119_000, begun + 999_000)
        assert (over.state, over.since_ms, over.until_ms) == (State.DEGRADED, begun, begun + 120_000)
        assert over.detail == "a greater flood"
        assert reader.faults(begun + 120_000, begun + 999_000) == []
        assert reader.faults(0, begun) == []
