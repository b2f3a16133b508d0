"""Files that are truncated, overwritten or gone: set aside and kept, the log whole again, and said so."""

import random
import resource
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from kiosk.health import State
from kiosk.logbook import Logbook, LogbookTroubleError, Reader, Trouble, Writer
from kiosk.logbook.backups import backups, make_backup
from kiosk.logbook.places import Places

from .test_book import counted, tallies
from .test_writer import Ears

NOW = datetime(2026, 3, 2, 5, tzinfo=UTC)


@pytest.fixture
def places(path):
    return Places(path)


@pytest.fixture
def filled(path, clock, entry, correction):
    """Fill a logbook with entries and corrections; made anew for every test, and closed as the test says."""

    def fill(backup_after=None, total=400):
        logbook = Logbook.open(path, clock)
        for first in range(1, total + 1, 10):
            clock.advance(70)
            last = min(first + 9, total)
            logbook.write([entry(number) for number in range(first, last + 1)])
            if last % 10 == 0:
                logbook.write([correction(last, cancelled=True)])
            if last == backup_after:
                backup = make_backup(Places(path), NOW)
                logbook.trail_begins_after(backup)
        return logbook

    return fill


def ids(path):
    with Reader.open(path) as reader:
        return [entry.id for entry in reader.entries()]


def truncate_to_nothing(path):
    path.write_bytes(b"")


def truncate_by_half(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def overwrite_the_beginning(path):
    with path.open("r+b") as file:
        file.write(random.Random(1).randbytes(4096))


def overwrite_in_places(path):
    chance = random.Random(2)
    with path.open("r+b") as file:
        for page in range(2, path.stat().st_size // 4096, 3):
            file.seek(page * 4096)
            file.write(chance.randbytes(512))


def delete(path):
    path.unlink()


DAMAGES = [truncate_to_nothing, truncate_by_half, overwrite_the_beginning, overwrite_in_places, delete]


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("backup_after", [None, 150])
def test_a_damaged_file_is_set_aside_and_the_log_is_whole_again(filled, path, places, clock, damage, backup_after):
    filled(backup_after).close()
    before, before_tallies = ids(path), tallies(path)
    damage(path)
    spoilt = path.read_bytes() if path.exists() else None
    logbook = Logbook.open(path, clock)
    assert ids(path) == before
    assert tallies(path) == before_tallies == counted(path)
    if spoilt is not None:
        [kept] = places.damaged.glob("*/logbook.db")
        assert kept.read_bytes() == spoilt
    assert "damaged" in logbook.fault()
    assert ("backup" in logbook.remark or "restored" in logbook.remark) == (backup_after is not None)
    logbook.close()


def test_damage_under_a_running_kiosk_costs_nothing_that_was_confirmed(filled, path, clock, entry):
    logbook = filled(backup_after=150)
    overwrite_in_places(path)
    ears = Ears()

    writer = Writer(logbook, ears.hear(ears.saved), ears.hear(ears.failed), ears.hear(ears.health))
    writer.start()
    for number in range(1001, 1101):
        writer.put([entry(number)])
    ears.until(lambda: len(ears.saved_numbers()) == 100)
    assert writer.stop()
    Logbook.open(path, clock).close()
    assert len(ids(path)) == 400 - 40 + 100
    assert tallies(path) == counted(path)


def test_a_damaged_newest_backup_gives_way_to_the_one_before(filled, path, places, clock):
    logbook = filled(backup_after=150)
    make_backup(places, NOW.replace(hour=6))
    logbook.close()
    before = ids(path)
    assert len(backups(places)) == 2
    overwrite_in_places(backups(places)[0].path)
    truncate_by_half(path)
    logbook = Logbook.open(path, clock)
    assert backups(places)[1].path.name in logbook.remark
    assert ids(path) == before


def test_without_backup_and_trail_a_file_that_is_no_database_is_left_alone(path, clock):
    path.parent.mkdir()
    path.write_bytes(b"my notes\n" * 1000)
    with pytest.raises(LogbookTroubleError, match="not an SQLite database"):
        Logbook.open(path, clock)
    assert path.read_bytes() == b"my notes\n" * 1000


def test_a_trail_that_was_cut_gives_what_it_has(filled, path, places, clock):
    filled(total=50).close()
    [trail] = places.trail.glob("*.jsonl")
    trail.write_bytes(trail.read_bytes()[:-30])  # the last line is the correction of entry 50
    truncate_to_nothing(path)
    Logbook.open(path, clock).close()
    assert ids(path) == [number for number in range(1, 51) if number % 10 or number == 50]


def test_the_fault_stands_until_somebody_has_looked(filled, path, places, clock):
    filled(total=20).close()
    truncate_by_half(path)
    logbook = Logbook.open(path, clock)
    logbook.hold_room()
    assert str(places.damaged) in logbook.fault()
    for file in sorted(places.damaged.rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    places.damaged.rmdir()
    assert logbook.fault() == ""
    logbook.close()


@contextmanager
def no_room(path):
    """A disk that takes nothing more: no file may grow beyond what the largest of SQLite's is now."""
    largest = max(file.stat().st_size for file in Places(path).of_sqlite() if file.exists())
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_disk_that_refuses_is_trouble_and_not_a_loss(filled, path, clock, entry):
    logbook = filled(total=5)
    confirmed, refused = 0, None
    with no_room(path):
        for number in range(1000, 3000):
            try:
                logbook.write([entry(number)])
                confirmed += 1
            except LogbookTroubleError as error:
                refused = error
                break
    assert refused is not None
    assert refused.trouble in (Trouble.FULL, Trouble.BROKEN)
    logbook.reopen()
    assert len(ids(path)) == 5 + confirmed
    logbook.write([entry(5000)])
    assert len(ids(path)) == 6 + confirmed
    assert tallies(path) == counted(path)


def test_health_names_a_restored_logbook_by_its_code(filled, path, clock, entry):

    filled(total=20).close()
    truncate_by_half(path)
    ears = Ears()
    logbook = Logbook.open(path, clock)
    writer = Writer(logbook, ears.hear(ears.saved), ears.hear(ears.failed), ears.hear(ears.health))
    writer.start()
    writer.put([entry(100)])
    ears.until(lambda: ears.health and ears.saved)
    state, detail = ears.health[-1]
    assert state is State.DEGRADED
    assert detail.startswith("L7 the database was damaged")
    writer.stop()


def test_a_file_found_damaged_is_restored_under_the_running_writer(filled, path, places, clock, entry):
    logbook = filled(backup_after=150)
    logbook._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    overwrite_in_places(path)
    ears = Ears()
    writer = Writer(logbook, ears.hear(ears.saved), ears.hear(ears.failed), ears.hear(ears.health))
    writer.start()
    writer.distrust(LogbookTroubleError(Trouble.DAMAGED, "found by the keeper"))
    ears.until(lambda: ears.health)
    assert ears.health[-1][1].startswith("L7")
    writer.put([entry(1001)])
    ears.until(lambda: ears.saved)
    assert writer.stop()
    assert len(ids(path)) == 400 - 40 + 1
    assert len(list(places.damaged.iterdir())) == 1


def test_a_trail_of_another_logbook_is_set_aside_and_a_right_one_begun(filled, path, places, clock, entry, tmp_path):
    other = Logbook.open(tmp_path / "other.db", clock)
    other.write([entry(number) for number in range(1, 6)])
    other.close()
    filled(total=20).close()
    path.write_bytes((tmp_path / "other.db").read_bytes())  # somebody puts another file in place
    logbook = Logbook.open(path, clock)
    assert "did not fit" in logbook.remark
    assert list(places.damaged.glob("*/logbook.trail/*.jsonl"))
    logbook.write([entry(6)])
    logbook.close()
    truncate_to_nothing(path)
    Logbook.open(path, clock).close()
    assert ids(path) == [1, 2, 3, 4, 5, 6]


def test_a_spoilt_line_in_the_trail_costs_nothing_while_the_database_is_whole(filled, path, places, clock, entry):
    filled(total=20).close()
    [trail] = places.trail.glob("*.jsonl")
    lines = trail.read_bytes().splitlines(keepends=True)
    trail.write_bytes(b"".join([*lines[:7], b"spoilt\n", *lines[8:]]))
    logbook = Logbook.open(path, clock)
    assert logbook.remark == ""
    logbook.write([entry(21)])
    logbook.close()
    assert ids(path) == [*range(1, 10), *range(11, 20), 21]
