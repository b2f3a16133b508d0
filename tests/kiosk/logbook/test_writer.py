"""The writer's thread: nobody waits for it, nothing is dropped in silence."""

import sqlite3
import threading
import time
from contextlib import contextmanager

import pytest

from kiosk.decisions import App, Direction
from kiosk.health import State
from kiosk.logbook import Logbook, Reader, Trouble, Writer
from kiosk.logbook.waiting import LATE_AFTER


class Ears:
    """Collects what the writer says, and lets a test wait for it."""

    def __init__(self):
        self.saved, self.failed, self.health = [], [], []
        self._heard = threading.Condition()

    def hear(self, where):
        def hear(*what):
            with self._heard:
                where.append(what[0] if len(what) == 1 else what)
                self._heard.notify_all()

        return hear

    def until(self, condition, timeout=10.0):
        with self._heard:
            assert self._heard.wait_for(condition, timeout), (self.saved, self.failed, self.health)

    def saved_numbers(self):
        return [decision.number for saved in self.saved for decision in saved.decisions]


@pytest.fixture
def ears():
    return Ears()


@pytest.fixture
def writing(path, clock, ears):
    """A writer that runs on a real file; ended at the latest with the test."""
    begun = []

    def begin(**options):
        logbook = Logbook.open(path, clock)
        writer = Writer(logbook, ears.hear(ears.saved), ears.hear(ears.failed), ears.hear(ears.health), **options)
        writer.start()
        begun.append(writer)
        return writer

    yield begin
    for writer in begun:
        writer.stop(0.1)


@contextmanager
def locked(path):
    """An admin's shell that holds the database."""
    shell = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    shell.execute("BEGIN IMMEDIATE")
    yield
    shell.execute("ROLLBACK")
    shell.close()


def test_saved_is_said_after_the_commit(writing, ears, path, entry):
    writer = writing()
    writer.put([entry(1), entry(2, Direction.OUT)])
    ears.until(lambda: ears.saved)
    assert ears.saved_numbers() == [1, 2]
    with Reader.open(path) as reader:
        assert len(list(reader.entries())) == 2


def test_putting_never_waits_and_all_is_saved_once_the_lock_is_gone(writing, ears, path, entry):
    writer = writing()
    with locked(path):
        started = time.monotonic()
        for number in range(100):
            writer.put([entry(number)])
        assert time.monotonic() - started < 0.1
        ears.until(lambda: ears.failed)
    ears.until(lambda: len(ears.saved_numbers()) == 100)
    assert ears.saved_numbers() == list(range(100))
    [late] = ears.failed
    assert (late.trouble, late.given_up, len(late.decisions)) == (Trouble.LOCKED, False, 100)
    ears.until(lambda: [state for state, _ in ears.health] == [State.DOWN, State.OK])


def test_an_officer_hears_within_reason_that_a_press_is_not_saved(writing, ears, path, entry):
    writer = writing()
    with locked(path):
        started = time.monotonic()
        writer.put([entry()])
        ears.until(lambda: ears.failed)
        assert LATE_AFTER <= time.monotonic() - started < LATE_AFTER + 2.0


def test_stop_saves_what_waits(writing, ears, entry):
    writer = writing()
    for number in range(500):
        writer.put([entry(number)])
    assert writer.stop(5.0)
    assert ears.saved_numbers() == list(range(500))
    assert writer.stop(5.0)


def test_stop_gives_up_in_bounded_time_and_says_so(writing, ears, path, entry):
    writer = writing()
    with locked(path):
        writer.put([entry(7)])
        started = time.monotonic()
        assert not writer.stop(0.3)
        assert time.monotonic() - started < 2.0
    [given_up] = [failed for failed in ears.failed if failed.given_up]
    assert [decision.number for decision in given_up.decisions] == [7]


def test_after_the_stop_nothing_is_taken_in_silence(writing, ears, entry):
    writer = writing()
    writer.stop()
    writer.put([entry(3)])
    assert [failed.given_up for failed in ears.failed] == [True]


def test_too_many_are_given_up_at_once_and_the_others_are_saved(writing, ears, path, entry):
    writer = writing(capacity=5)
    with locked(path):
        for number in range(8):
            writer.put([entry(number)])
        given_up = [decision.number for failed in ears.failed if failed.given_up for decision in failed.decisions]
        assert given_up == [5, 6, 7]
    ears.until(lambda: ears.saved_numbers() == [0, 1, 2, 3, 4])


def test_one_bad_row_takes_no_other_with_it(writing, ears, path, entry, correction):
    writer = writing()
    with locked(path):
        writer.put([entry(1)])
        writer.put([correction(99, app=App.SHOWN)])
        writer.put([entry(2, confidence=9.0)])
        writer.put([entry(3)])
    ears.until(lambda: ears.saved_numbers() == [1, 3])
    assert sorted(failed.trouble for failed in ears.failed if failed.given_up) == [Trouble.BROKEN, Trouble.REFUSED]


def test_a_bug_over_one_decision_does_not_hold_up_the_others(writing, ears, path, entry, monkeypatch):
    add_entry = Logbook._add_entry

    def stumbles(self, rows, one, officer):
        if one.number == 2:
            raise ZeroDivisionError("a bug of ours")
        add_entry(self, rows, one, officer)
        return one.number

    monkeypatch.setattr(Logbook, "_add_entry", stumbles)
    writer = writing()
    with locked(path):
        for number in (1, 2, 3):
            writer.put([entry(number)])
    ears.until(lambda: ears.saved_numbers() == [1, 3])
    assert [failed.decisions[0].number for failed in ears.failed if failed.given_up] == [2]


def test_a_listener_that_fails_does_not_end_the_thread(path, clock, ears, entry):
    def saved(what):
        ears.hear(ears.saved)(what)
        raise RuntimeError("a listener's fault")

    writer = Writer(Logbook.open(path, clock), saved, ears.hear(ears.failed))
    writer.start()
    writer.put([entry(1)])
    ears.until(lambda: ears.saved)
    writer.put([entry(2)])
    ears.until(lambda: len(ears.saved) == 2)
    assert ears.saved_numbers() == [1, 2]
    assert writer.stop()


def test_parts_and_heartbeat_reach_the_file(writing, path, clock):
    writer = writing(beat_every=0.05)
    writer.report_part("door", State.DOWN, "stuck since 08:41")
    deadline = time.monotonic() + 5
    with Reader.open(path) as reader:
        while not reader.parts() and time.monotonic() < deadline:
            time.sleep(0.01)
        [door] = reader.parts()
        assert (door.part, door.state, door.detail) == ("door", State.DOWN, "stuck since 08:41")
        clock.advance(60)
        while reader.heartbeat().age(clock) > 1 and time.monotonic() < deadline:
            time.sleep(0.01)
        assert reader.heartbeat().is_running(clock)


def test_a_broken_chain_is_said_until_it_is_whole_again(writing, ears):
    writer = writing()
    writer.chain_is("L8 entry 7: the row is not as it was written")
    ears.until(lambda: ears.health == [(State.DEGRADED, "L8 entry 7: the row is not as it was written")])
    writer.chain_is("")
    ears.until(lambda: ears.health[-1] == (State.OK, ""))


def test_the_clock_settles_by_itself(writing, ears, path, clock, entry):
    clock.set_utc(clock.utc() - 86400, trusted=False)
    writer = writing(beat_every=0.05)
    writer.put([entry()])
    ears.until(lambda: ears.saved)
    clock.set_utc(clock.utc() + 86400)
    deadline = time.monotonic() + 5
    with Reader.open(path) as reader:
        while reader.without_clock() and time.monotonic() < deadline:
            time.sleep(0.01)
        [moved] = reader.entries()
    assert (moved.clock_trusted, moved.corrected, moved.utc_ms) == (True, True, round(clock.utc() * 1000))


def test_a_kiosk_opens_while_somebody_holds_the_file(path, clock, ears, entry):
    Logbook.open(path, clock).close()
    with locked(path):
        writer = Writer(Logbook.open(path, clock), ears.hear(ears.saved), ears.hear(ears.failed))
        writer.start()
        writer.put([entry()])
        ears.until(lambda: ears.failed)
    ears.until(lambda: ears.saved)
    assert writer.stop()


@pytest.mark.long
def test_half_a_minute_of_an_admins_lock_costs_nothing(writing, ears, path, entry):
    writer = writing()
    with locked(path):
        end = time.monotonic() + 30
        number = 0
        while time.monotonic() < end:
            writer.put([entry(number)])
            number += 1
            time.sleep(0.05)
    ears.until(lambda: len(ears.saved_numbers()) == number)
    assert ears.saved_numbers() == list(range(number))
    assert not any(failed.given_up for failed in ears.failed)
