"""Entries made before the clock was set move to their right hour once it is."""

from collections import Counter

import sqlite_utils

from hardware.clock import SimulatedClock
from kiosk.decisions import App, Direction
from kiosk.logbook import Logbook

from .conftest import NOON
from .test_book import counted, tallies

THREE_WEEKS = 21 * 86400


def test_three_weeks_in_the_past_and_set_after_forty_minutes(path, entry, clock, correction):
    clock.set_utc(NOON - THREE_WEEKS, trusted=False)
    logbook = Logbook.open(path, clock)
    logbook.write([entry(1), entry(2, app=App.NOT_DETECTED)])
    clock.advance(40 * 60)
    logbook.write([entry(3, Direction.OUT), correction(2, app=App.SHOWN)])
    assert logbook.settle_clock() == 0
    clock.set_utc(NOON + 40 * 60)
    assert logbook.settle_clock() == 3
    assert logbook.settle_clock() == 0
    rows = list(sqlite_utils.Database(path).query("SELECT utc_ms, day, hour, app, clock_trusted FROM current_entries"))
    assert [row["utc_ms"] for row in rows] == [NOON * 1000, NOON * 1000, (NOON + 2400) * 1000]
    assert {(row["day"], row["hour"], row["clock_trusted"]) for row in rows} == {("2026-03-02", NOON, 1)}
    originals = list(sqlite_utils.Database(path)["entries"].rows)
    assert originals[0]["utc_ms"] == (NOON - THREE_WEEKS) * 1000
    assert tallies(path) == counted(path)
    assert tallies(path)[NOON, "in", "shown"] == 1


def test_a_later_correction_finds_the_entry_in_its_new_hour(path, entry, clock, correction):
    clock.set_utc(NOON - THREE_WEEKS, trusted=False)
    logbook = Logbook.open(path, clock)
    logbook.write([entry()])
    clock.set_utc(NOON)
    logbook.settle_clock()
    logbook.write([correction(cancelled=True)])
    assert tallies(path) == counted(path) == Counter()


def test_a_process_that_starts_again_in_the_same_boot_settles_for_the_one_before(path, entry, clock):
    clock.set_utc(NOON - THREE_WEEKS, trusted=False)
    first = Logbook.open(path, clock)
    first.write([entry()])
    first.close()
    clock.set_utc(NOON)
    assert Logbook.open(path, clock).settle_clock() == 1


def test_another_boot_is_left_alone(path, entry, clock):
    clock.set_utc(NOON - THREE_WEEKS, trusted=False)
    Logbook.open(path, clock).write([entry()])
    after = SimulatedClock(utc=NOON, monotonic=5.0, boot_id="another")
    assert Logbook.open(path, after).settle_clock() == 0
    assert tallies(path) == counted(path) == Counter({(NOON - THREE_WEEKS, "in", "detected"): 1})


def test_a_trusted_clock_that_steps_back_over_hour_and_day_moves_nothing(path, entry, clock):
    clock.set_utc(NOON + 12 * 3600 + 60)  # 00:01 of the next day
    logbook = Logbook.open(path, clock)
    logbook.write([entry(1)])
    clock.set_utc(NOON + 12 * 3600 - 60)  # 23:59 again
    saved = logbook.write([entry(2)])
    assert saved.today.day == "2026-03-02"
    assert tallies(path) == counted(path)
    assert sorted(cell[0] for cell in tallies(path)) == [NOON + 11 * 3600, NOON + 12 * 3600]


def test_many_entries_are_moved_in_bounded_transactions(path, entry, clock):
    clock.set_utc(NOON - THREE_WEEKS, trusted=False)
    logbook = Logbook.open(path, clock)
    logbook.write([entry(number) for number in range(1234)])
    clock.set_utc(NOON)
    assert logbook.settle_clock() == 1234
    assert tallies(path) == Counter({(NOON, "in", "detected"): 1234})


def test_a_reboot_before_the_clock_was_set_is_placed_before_the_boot_that_knows(path, entry, clock):
    clock.set_utc(NOON - THREE_WEEKS, trusted=False)
    first = Logbook.open(path, clock)
    clock.advance(600)
    first.write([entry(1)])
    clock.advance(60)
    first.report_parts({})
    after = SimulatedClock(utc=clock.utc() + 5, monotonic=20.0, trusted=False, boot_id="another")
    second = Logbook.open(path, after)
    second.report_parts({})
    second.write([entry(1, t=after.monotonic())])
    after.advance(40 * 60)
    after.set_utc(NOON)
    assert second.settle_clock() == 2
    began = NOON - 40 * 60
    rows = list(sqlite_utils.Database(path).query("SELECT utc_ms, clock_trusted FROM current_entries ORDER BY id"))
    assert [(row["utc_ms"] / 1000, row["clock_trusted"]) for row in rows] == [(began - 60, 0), (began, 1)]
    assert tallies(path) == counted(path)
    behind = [row["behind_ms"] for row in sqlite_utils.Database(path)["boots"].rows]
    assert behind[1] == round((began - (NOON - THREE_WEEKS + 665)) * 1000)
    assert behind[0] == behind[1] + 5000


def test_boots_before_one_with_a_clock_are_not_touched(path, entry, clock):
    clock.set_utc(NOON - THREE_WEEKS, trusted=False)
    first = Logbook.open(path, clock)
    first.write([entry(1)])
    first.report_parts({})
    for boot in ("second", "third"):
        known = SimulatedClock(utc=NOON, monotonic=20.0, trusted=True, boot_id=boot)
        logbook = Logbook.open(path, known)
        logbook.report_parts({})
        moved = logbook.settle_clock()
        assert moved == (1 if boot == "second" else 0)
