"""What is too old goes, and nothing that was not sent."""

import sqlite3
from datetime import date

import pytest

from kiosk.decisions import App
from kiosk.logbook import Logbook, LogbookTroubleError, Reader
from kiosk.logbook.retention import remove_before
from kiosk.logbook.verifying import verify

from .test_book import tallies

DAY = 86400
TODAY = date(2026, 3, 2)


@pytest.fixture
def ten_days(path, clock, entry, correction):
    """Ten days with three entries each, the second of each day corrected at once; the last day is 11 March."""
    logbook = Logbook.open(path, clock)
    for day in range(10):
        for one in range(3):
            logbook.write([entry(day * 10 + one)])
        logbook.write([correction(day * 10 + 1, app=App.SHOWN)])
        clock.advance(DAY)
    yield logbook
    logbook.close()


def acknowledge(path, before_hour):
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE tallies SET acknowledged = revision WHERE hour < ?", (before_hour,))


def days(path):
    with Reader.open(path) as reader:
        return sorted({reader.calendar.today(entry.utc_ms).day for entry in reader.entries()})


def test_whole_days_go_and_the_chain_and_the_tallies_stay(ten_days, path):
    before = tallies(path)
    removal = remove_before(path, date(2026, 3, 6), 0, sent_only=False)
    assert (removal.entries, removal.corrections) == (12, 4)
    assert days(path) == [6, 7, 8, 9, 10, 11]
    assert tallies(path) == before
    assert verify(path).breaks == ()
    assert remove_before(path, date(2026, 3, 6), 0, sent_only=False).entries == 0


def test_what_was_not_sent_stays_and_all_after_it(ten_days, path, clock):
    assert remove_before(path, date(2026, 3, 6), 0, sent_only=True).entries == 0
    acknowledge(path, before_hour=clock.utc() - 7.5 * DAY)
    remove_before(path, date(2026, 3, 6), 0, sent_only=True)
    assert days(path) == [5, 6, 7, 8, 9, 10, 11]


def test_an_entry_with_a_correction_that_stays_is_kept(ten_days, path, correction):
    ten_days.write([correction(11, cancelled=True)])  # of 3 March, corrected on the 12th
    remove_before(path, date(2026, 3, 6), 0, sent_only=False)
    with Reader.open(path) as reader:
        assert next(reader.entries()).id == 6
    assert verify(path).breaks == ()


def test_the_newest_entry_always_stays(ten_days, path, entry):
    remove_before(path, date(2099, 1, 1), 0, sent_only=False)
    with Reader.open(path) as reader:
        assert [kept.id for kept in reader.entries()] == [29, 30]  # the correction of 29 came after 30
    ten_days.write([entry(999)])
    assert verify(path).breaks == ()


def test_many_go_in_many_short_transactions(ten_days, path, monkeypatch):
    monkeypatch.setattr("kiosk.logbook.retention.BATCH", 4)
    remove_before(path, date(2026, 3, 10), 0, sent_only=False)
    assert days(path) == [10, 11]
    assert verify(path).breaks == ()


def test_a_lock_is_waited_for_another_time(ten_days, path):
    shell = sqlite3.connect(path, isolation_level=None)
    shell.execute("BEGIN IMMEDIATE")
    with pytest.raises(LogbookTroubleError, match="another program holds it"):
        remove_before(path, date(2026, 3, 6), 0, sent_only=False)
    shell.execute("ROLLBACK")
    shell.close()
    assert len(days(path)) == 10


def test_what_is_gone_leaves_no_trace_in_the_file(path, clock, entry):
    logbook = Logbook.open(path, clock)
    logbook.write([entry(1)])
    clock.advance(100 * DAY)
    logbook.write([entry(2)])
    remove_before(path, date(2026, 4, 1), 0, sent_only=False)
    logbook.close()
    assert b"2026-03-02" not in path.read_bytes()


def test_nobody_but_retention_removes(ten_days, path):
    remove_before(path, date(2026, 3, 6), 0, sent_only=False)
    with sqlite3.connect(path) as shell, pytest.raises(sqlite3.IntegrityError, match="retention alone"):
        shell.execute("DELETE FROM entries")
