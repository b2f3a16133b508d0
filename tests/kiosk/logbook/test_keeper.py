"""Backups when they are due, what is too old goes, and a damaged file is noticed."""

from datetime import UTC, datetime

import pytest

from kiosk.health import State
from kiosk.logbook import Reader
from kiosk.logbook.backups import backups, check_backup, prune_backups
from kiosk.logbook.keeper import Keeper
from kiosk.logbook.places import Places
from kiosk.settings import LogSection, Settings

from .test_damage import overwrite_in_places
from .test_verifying import by_hand

DAY = 86400


class Heard:
    def __init__(self):
        self.backups, self.errors, self.health, self.chain = [], [], [], ""

    def backup_made(self, backup):
        self.backups.append(backup)

    def distrust(self, error):
        self.errors.append(error)

    def chain_is(self, broken):
        self.chain = broken


@pytest.fixture
def heard():
    return Heard()


@pytest.fixture
def keeper(logbook, clock, heard):
    def keep(**log):
        settings = Settings(log=LogSection(**log))
        return Keeper(Places(logbook.path), clock, settings, heard, lambda *how: heard.health.append(how))

    return keep


def test_a_backup_is_made_when_it_is_due_and_not_before(keeper, heard, logbook, clock, entry):
    keeper = keeper(backup_hours=24)
    logbook.write([entry()])
    keeper.turn()
    clock.advance(23 * 3600)
    keeper.turn()
    assert len(heard.backups) == 1
    clock.advance(3600)
    keeper.turn()
    assert len(heard.backups) == 2
    assert [check_backup(backup.path) for backup in heard.backups] == [1, 1]
    assert set(heard.health) == {(State.OK, "")}


def test_backups_are_kept_by_number_and_age_and_the_newest_always(keeper, logbook, clock, path):
    keeper = keeper(backup_hours=24, backup_keep=3, backup_days=10)
    for _ in range(5):
        keeper.turn()
        clock.advance(DAY)
    assert len(backups(Places(path))) == 3
    clock.advance(100 * DAY)
    now = datetime.fromtimestamp(clock.utc(), UTC)
    assert [backup.made.day for backup in prune_backups(Places(path), 3, 10, now)] == [6]


def test_the_trail_reaches_back_to_the_oldest_backup(keeper, heard, logbook, clock, entry, path):
    keeper = keeper(backup_hours=24, backup_keep=2)
    for number in range(4):
        logbook.write([entry(number)])
        keeper.turn()
        logbook.trail_begins_after(heard.backups[-1])
        clock.advance(DAY)
    logbook.write([entry(9)])
    assert [file.stem for file in sorted(Places(path).trail.iterdir())] == ["000000000004", "000000000005"]


def test_a_trail_that_no_backup_reaches_asks_for_one_at_once(keeper, heard, logbook, path, entry, clock, monkeypatch):
    keeper = keeper(backup_hours=24)
    keeper.turn()
    logbook.write([entry(number) for number in range(30)])
    for file in Places(path).trail.iterdir():
        file.unlink()
    monkeypatch.setattr("kiosk.logbook.opening.WHOLE", 10)
    logbook.reopen()
    keeper.turn()
    assert [backup.link for backup in heard.backups] == [0, 30]
    keeper.turn()
    assert len(heard.backups) == 2


def test_nothing_is_due_while_the_clock_is_not_set(keeper, heard, clock):
    clock.set_utc(clock.utc() - 30 * DAY, trusted=False)
    keeper().turn()
    assert heard.backups == []


def test_a_failed_backup_is_said_and_leaves_nothing_half_made(keeper, heard, logbook, path):
    Places(path).backups.write_text("a file where the folder should be")
    keeper().turn()
    [(state, detail)] = heard.health
    assert state is State.DEGRADED
    assert "no backup made" in detail


def test_retention_follows_the_settings(keeper, logbook, clock, entry, path):
    for number in range(3):
        logbook.write([entry(number)])
        clock.advance(20 * DAY)
    keeper(keep_days=31, backup_hours=0).turn()
    with Reader.open(path) as reader:
        assert [one.id for one in reader.entries()] == [3]


def test_damage_of_a_large_file_is_noticed_while_the_entrance_is_open(keeper, heard, logbook, path, entry, monkeypatch):
    logbook.write([entry(number) for number in range(400)])
    logbook._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    keeper().look()
    assert heard.errors == []
    overwrite_in_places(path)
    keeper().look()
    assert len(heard.errors) == 1
    assert "damaged" in str(heard.errors[0])


def test_damage_that_comes_later_is_noticed_in_keeping(keeper, heard, logbook, path, entry):
    keeper = keeper()
    logbook.write([entry(number) for number in range(400)])
    logbook._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    keeper.turn()
    assert heard.errors == []
    overwrite_in_places(path)
    keeper.turn()
    assert "damaged" in str(heard.errors[0])


def test_a_row_that_is_not_as_it_was_written_is_found_without_being_asked(keeper, heard, logbook, path, entry):
    keeper = keeper()
    logbook.write([entry(number) for number in range(30)])
    keeper.turn()
    assert heard.chain == ""
    by_hand(path, "UPDATE entries SET app = 'shown' WHERE id = 7")
    keeper.turn()
    assert heard.chain == "L8 entry 7: the row is not as it was written; `kiosk log --verify` says more"
