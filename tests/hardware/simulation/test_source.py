"""The simulated door reports in time with its clock, for as long as one likes."""

import threading

import pytest

from hardware.clock import SimulatedClock
from hardware.simulation import DoorParameters, simulate
from hardware.simulation.source import SimulatedHardware

DOOR = DoorParameters()


class Inbox(list):
    """Collects events and wakes whoever waits for them."""

    def __init__(self) -> None:
        super().__init__()
        self.changed = threading.Condition()

    def put(self, event: object) -> None:
        with self.changed:
            self.append(event)
            self.changed.notify_all()

    def wait_until(self, t: float) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: self and self[-1].t > t, timeout=20)


@pytest.fixture
def inbox():
    return Inbox()


def test_events_come_when_the_clock_has_reached_them_and_not_before(inbox):
    clock = SimulatedClock(monotonic=1000.0)
    hardware = SimulatedHardware(DOOR, clock, seed=1)
    expected = [event.t + 1000.0 for event in simulate(DOOR, 100, seed=1).events]

    hardware.start(inbox.put)
    clock.advance(100.0)
    inbox.wait_until(expected[-1] - 0.001)
    hardware.stop()

    assert [event.t for event in inbox] == pytest.approx(expected)
    assert {crossing.t for crossing in hardware.truth} >= {p.t + 1000.0 for p in simulate(DOOR, 60, seed=1).truth}


def test_history_lies_before_the_start_and_comes_at_once(inbox):
    clock = SimulatedClock(monotonic=50.0)
    hardware = SimulatedHardware(DOOR, clock, seed=1, history=3)

    hardware.start(inbox.put)
    hardware.stop()

    assert len(inbox) == len(simulate(DOOR, 180, seed=1).events)
    assert -130.0 <= inbox[0].t <= inbox[-1].t < 50.0


def test_who_is_around_is_known_beside_what_was_heard(inbox):
    clock = SimulatedClock()
    hardware = SimulatedHardware(DOOR, clock, seed=1, history=2)

    hardware.start(inbox.put)
    hardware.stop()

    around = hardware.people_at(-0.5)
    assert {person.role.value for person, _, _ in around} >= {"staff", "thing"}
    assert all(abs(x) <= DOOR.earshot and abs(y) <= DOOR.earshot for _, x, y in around)


def test_stopping_twice_is_no_error_and_ends_the_thread(inbox):
    hardware = SimulatedHardware(DOOR, SimulatedClock(), seed=1)
    hardware.start(inbox.put)

    hardware.stop()
    hardware.stop()

    assert "simulation" not in {thread.name for thread in threading.enumerate()}
