"""The core's thread: everything put in comes out decided, in order, whatever one event does."""

import pytest

from hardware.events import Action, Advert, Press
from kiosk.core import FLOOD, TICK, Core
from kiosk.decisions import App, Direction, Entry, Source


class Scribe:
    """An entrance that makes an entry of each press and cannot take an advert at all."""

    def __init__(self):
        self.finished = False

    def handle(self, event):
        if isinstance(event, Advert):
            raise ValueError(f"cannot take {event.address}")
        return [Entry(event.count, event.t, Direction.IN, App.SHOWN, 1.0, Source.OFFICER)]

    def advance(self, t):
        return []

    def due(self):
        return None

    def finish(self, t):
        self.finished = True
        return [Entry(0, t, Direction.OUT, App.UNKNOWN, 1.0, Source.DOOR)]


def test_events_are_decided_in_order_and_the_open_ones_settled_at_the_end():
    decided = []
    core = Core(Scribe(), lambda: 99.0, decided.extend)
    for number in range(1, 1200):
        core.put(Press(float(number), Action.SHOWN, number))
    core.start()
    assert core.stop(timeout=10)
    assert [entry.number for entry in decided] == [*range(1, 1200), 0]


def test_an_event_that_cannot_be_taken_is_counted_and_the_next_one_goes_on(caplog):
    decided = []
    core = Core(Scribe(), lambda: 0.0, decided.extend)
    core.put(Advert(1.0, "AA:BB:CC:DD:EE:FF", -50))
    core.put(Press(2.0, Action.SHOWN, 7))
    core.start()
    assert core.stop(timeout=10)
    assert core.failures == 1
    assert decided[0].number == 7
    assert "could not take Advert: ValueError" in caplog.text
    assert "AA:BB" not in caplog.text  # nothing that identifies a phone reaches a log


def test_a_flood_lets_adverts_go_but_never_a_press():
    core = Core(Scribe(), lambda: 0.0, lambda decisions: None)
    for _ in range(FLOOD + 10):
        core.put(Advert(1.0, "AA:BB:CC:DD:EE:FF", -50))
    core.put(Press(2.0, Action.SHOWN))
    assert core.dropped == 9
    assert core._events.qsize() == FLOOD + 3  # with the word that the radio does not listen


def test_it_waits_no_longer_than_until_an_edge_is_due():
    now = 10.0
    core = Core(Scribe(), lambda: now, list)
    assert core.longest_wait() == 0  # time has never passed yet
    core.turn(0)
    assert core.longest_wait() == TICK
    core._entrance.due = lambda: now + 0.02
    assert core.longest_wait() == pytest.approx(0.02)
    core._entrance.due = lambda: now - 1
    assert core.longest_wait() == 0
