"""A row changed, taken out or put in by hand breaks the chain, and the walk says where."""

import sqlite3

import pytest

from kiosk.decisions import App
from kiosk.errors import LogbookError
from kiosk.logbook import Logbook
from kiosk.logbook.verifying import verify


@pytest.fixture
def chain(path, clock, entry, correction):
    """Twenty entries, each fifth with a correction: 24 links."""
    logbook = Logbook.open(path, clock)
    for number in range(1, 21):
        logbook.write([entry(number)])
        if number % 5 == 0:
            logbook.write([correction(number, app=App.SHOWN)])
    logbook.close()
    return path


def by_hand(path, *statements):
    """What somebody with the file and some skill would do."""
    with sqlite3.connect(path) as connection:
        for [trigger] in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            connection.execute(statement)
    connection.close()


def test_an_untouched_log_is_whole(chain):
    verdict = verify(chain)
    assert (verdict.links, verdict.breaks) == (24, ())
    assert len(verdict.newest) == 64
    assert verify(chain) == verdict


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE entries SET app = 'shown' WHERE id = 7", "entry 7: the row is not as it was written"),
        ("UPDATE entries SET utc_ms = utc_ms - 1 WHERE id = 20", "entry 20: the row is not as it was written"),
        ("UPDATE corrections SET app = 'declined' WHERE id = 2", "correction 2: the row is not as it was written"),
        ("DELETE FROM entries WHERE id IN (8, 9)", "entry 10: links 9 to 10 are missing before it"),
        ("DELETE FROM corrections WHERE id = 1", "entry 6: links 6 to 6 are missing before it"),
    ],
)
def test_one_change_is_found_where_it_is(chain, statement, where):
    by_hand(chain, statement)
    assert verify(chain).breaks == (where,)


def test_a_row_put_in_is_found(chain):
    columns = "utc_ms, day, hour, direction, app, confidence, source, officer, boot_id, monotonic, clock_trusted"
    by_hand(chain, f"INSERT INTO entries SELECT 21, {columns}, 25, hash FROM entries WHERE id = 20")
    assert verify(chain).breaks == ("entry 21: the row is not as it was written",)


def test_an_empty_log_is_whole(path, clock):
    Logbook.open(path, clock).close()
    assert (verify(path).links, verify(path).breaks) == (0, ())


def test_two_that_write_by_mistake_do_not_fork_the_chain(path, clock, entry, correction):
    first, second = Logbook.open(path, clock), Logbook.open(path, clock)
    for number in range(1, 6):
        first.write([entry(number)])
        second.write([entry(number)])
        first.write([correction(number, app=App.SHOWN)])
    assert (verify(path).links, verify(path).breaks) == (15, ())
    first.close()
    second.close()


def test_what_was_taken_back_is_no_link(logbook, path, entry, correction):
    logbook.write([entry(1)])
    with pytest.raises(LogbookError):
        logbook.write([entry(2), correction(99, app=App.SHOWN)])
    logbook.write([entry(3)])
    assert (verify(path).links, verify(path).breaks) == (2, ())
