"""Writing: what is confirmed is in the file, and the tallies are the entries counted."""

import sqlite3
import stat
from collections import Counter

import pytest
import sqlite_utils

from kiosk.decisions import App, Direction, Source
from kiosk.errors import LogbookError
from kiosk.health import State
from kiosk.logbook import Logbook, LogbookTroubleError, Reader, Trouble
from kiosk.logbook.places import Places
from kiosk.logbook.presence import is_held

from .conftest import NOON


def tallies(path) -> Counter:
    rows = sqlite_utils.Database(path).query("SELECT * FROM tallies WHERE count > 0")
    return Counter({(row["hour"], row["direction"], row["app"]): row["count"] for row in rows})


def counted(path) -> Counter:
    rows = sqlite_utils.Database(path).query("SELECT * FROM current_entries")
    return Counter((row["hour"], row["direction"], row["app"]) for row in rows)


def test_what_was_saved_is_in_the_file_at_once(logbook, reader, entry):
    saved = logbook.write([entry(), entry(2, Direction.OUT, App.UNKNOWN)])
    assert [(one.direction, one.app) for one in reader.entries()] == [
        (Direction.IN, App.DETECTED),
        (Direction.OUT, App.UNKNOWN),
    ]
    assert (saved.today.going(Direction.IN), saved.today.going(Direction.OUT)) == (1, 1)
    assert saved.today.with_app(App.DETECTED) == 1
    assert saved.today == logbook.today()


def test_an_entry_keeps_all_that_is_known_of_its_moment(logbook, path, clock, entry):
    earlier = entry(t=clock.monotonic() - 30)
    logbook.write([earlier])
    [row] = sqlite_utils.Database(path)["entries"].rows
    assert (row["utc_ms"], row["day"], row["hour"]) == ((NOON - 30) * 1000, "2026-03-02", NOON - 3600)
    assert (row["boot_id"], row["monotonic"], row["clock_trusted"]) == (clock.boot_id, earlier.t, 1)


def test_half_past_five_in_utc_is_tomorrow_in_viet_nam(logbook, clock, reader, entry):
    clock.advance(12.5 * 3600)
    saved = logbook.write([entry()])
    assert saved.today.day == "2026-03-03"
    assert reader.counts(reader.calendar.today(round(clock.utc() * 1000))).going(Direction.IN) == 1


def test_a_correction_moves_the_count_and_keeps_the_original(logbook, path, reader, entry, correction):
    logbook.write([entry(app=App.NOT_DETECTED)])
    saved = logbook.write([correction(app=App.SHOWN, direction=Direction.OUT)])
    assert saved.today.cells == {(Direction.OUT, App.SHOWN): 1}
    [current] = reader.entries()
    assert (current.direction, current.app, current.source, current.corrected) == (
        Direction.OUT,
        App.SHOWN,
        Source.OFFICER,
        True,
    )
    [original] = sqlite_utils.Database(path)["entries"].rows
    assert original["app"] == "not_detected"


def test_a_cancelled_entry_counts_no_more_whatever_comes_after(logbook, reader, entry, correction):
    logbook.write([entry()])
    logbook.write([correction(cancelled=True)])
    saved = logbook.write([correction(app=App.SHOWN)])
    assert saved.today.cells == {}
    assert list(reader.entries()) == []


def test_entry_and_correction_may_come_together(logbook, path, entry, correction):
    logbook.write([entry(7), correction(7, app=App.DECLINED)])
    assert tallies(path) == counted(path) == Counter({(NOON, "in", "declined"): 1})


def test_a_revision_grows_with_each_change(logbook, path, entry, correction):
    logbook.write([entry(1), entry(2)])
    logbook.write([correction(1, app=App.SHOWN)])
    rows = sqlite_utils.Database(path).query("SELECT app, count, revision FROM tallies ORDER BY app")
    assert [tuple(row.values()) for row in rows] == [("detected", 1, 3), ("shown", 1, 1)]


def test_nothing_of_a_refused_batch_is_kept(logbook, reader, path, entry, correction):
    with pytest.raises(LogbookError, match="no entry number 99"):
        logbook.write([entry(), correction(99, app=App.SHOWN)])
    with pytest.raises(LogbookTroubleError) as caught:
        logbook.write([entry(), entry(2, confidence=7.0)])
    assert caught.value.trouble is Trouble.REFUSED
    assert list(reader.entries()) == []
    assert tallies(path) == Counter()


def test_entries_cannot_be_changed_by_hand(logbook, path, entry):
    logbook.write([entry()])
    with pytest.raises(sqlite3.IntegrityError, match="only ever added"):
        sqlite3.connect(path).execute("UPDATE entries SET app = 'shown'")


def test_a_lock_is_trouble_of_its_own_kind_and_passes(logbook, path, entry):
    shell = sqlite3.connect(path, isolation_level=None)
    shell.execute("BEGIN IMMEDIATE")
    with pytest.raises(LogbookTroubleError) as caught:
        logbook.write([entry()])
    assert caught.value.trouble is Trouble.LOCKED
    shell.execute("ROLLBACK")
    assert logbook.write([entry()]).today.going(Direction.IN) == 1


def test_the_officer_on_duty_is_kept_for_what_the_officer_said(logbook, reader, entry):
    logbook.write([entry(1), entry(2, source=Source.OFFICER)], officer="Hoa")
    assert [one.officer for one in reader.entries()] == [None, "Hoa"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [("Hoa\0\n\tx", "Hoa x"), ("\ud800Hoa", "Hoa"), ("Nguye\u0302\u0303n", "Nguy\u1ec5n"), ("H" * 70_000, "H" * 60)],
)
def test_a_name_is_cleaned_and_bounded_before_it_is_kept(logbook, reader, entry, given, kept):
    logbook.write([entry(source=Source.OFFICER)], officer=given)
    assert [one.officer for one in reader.entries()] == [kept]


def test_only_owner_and_group_may_read(logbook, path, entry):
    logbook.write([entry()])
    logbook.hold_room()
    files = [file for file in path.parent.rglob("*") if file.is_file()]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o640}
    assert {file.suffix for file in files} >= {".db", ".db-wal", ".db-shm", ".jsonl", ".ballast"}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o750


def test_every_commit_is_synced(logbook):
    pragmas = {
        name: logbook._connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "journal_mode")
    }
    assert pragmas == {"synchronous": 2, "journal_mode": "wal"}


def test_parts_keep_since_when_they_are_so(logbook, reader, clock):
    logbook.report_parts({"door": (State.OK, ""), "radio:inside": (State.DOWN, "no adapter")})
    clock.advance(60)
    logbook.report_parts({"door": (State.DOWN, "stuck"), "radio:inside": (State.DOWN, "no adapter yet")})
    door, radio = reader.parts()
    assert (door.state, door.since_ms, door.detail) == (State.DOWN, (NOON + 60) * 1000, "stuck")
    assert (radio.since_ms, radio.seen_ms, radio.detail) == (NOON * 1000, (NOON + 60) * 1000, "no adapter yet")


def test_a_kiosk_runs_until_its_heart_stops(logbook, reader, clock):
    assert reader.heartbeat() is None
    logbook.report_parts({})
    heartbeat = reader.heartbeat()
    assert heartbeat is not None
    assert heartbeat.is_running(clock)
    clock.set_utc(NOON + 21 * 86400)  # the clock is set, and nobody takes the kiosk for dead
    assert heartbeat.is_running(clock)
    clock.advance(120)
    assert not heartbeat.is_running(clock)


def test_an_orderly_end_is_noted(path, clock):
    Logbook.open(path, clock).close()
    with Reader.open(path) as reader:
        heartbeat = reader.heartbeat()
    assert heartbeat is not None
    assert heartbeat.stopped


def test_closing_twice_is_no_error(path, clock):
    logbook = Logbook.open(path, clock)
    logbook.close()
    beaten = path.read_bytes()
    logbook.close()
    assert path.read_bytes() == beaten
    assert is_held(Places(path).presence) is False
