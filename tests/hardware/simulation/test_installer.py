"""A simulated installer stands and walks where told, and the hardware reports it."""

from dataclasses import replace
from math import pi
from statistics import mean

import pytest

from hardware.clock import SimulatedClock
from hardware.events import Advert, Beam
from hardware.simulation import Carried, Crowd, DoorParameters
from hardware.simulation.emitters import Kind
from hardware.simulation.installer import SimulatedInstaller

NOBODY = Crowd(groups_per_minute=0, staff=0, passers_per_minute=0, lingerers_per_hour=0, things=0)
DOOR = DoorParameters(crowd=NOBODY)


@pytest.fixture
def clock():
    return SimulatedClock(monotonic=1000.0)


@pytest.fixture
def installer(clock):
    return SimulatedInstaller(replace(DOOR, receivers=replace(DOOR.receivers, spurious_per_minute=0)), clock, seed=1)


def reported(installer, seconds):
    events = []
    installer.start(events.append)
    for _ in range(round(seconds * 10)):
        installer.pass_time(0.1)
    installer.stop()
    return events


def strength(installer, metres):
    installer.stand((0.8 + metres, 1.2), pi, Carried.HAND, below=0.0)
    return mean(event.rssi for event in reported(installer, 60) if isinstance(event, Advert))


def test_nearer_is_stronger(installer):
    assert strength(installer, 0.3) > strength(installer, 1) + 5 > strength(installer, 3) + 10


def test_events_bear_the_clocks_time_in_order_and_none_comes_early(installer, clock):
    events = []
    installer.start(events.append)
    for _ in range(400):
        installer.pass_time(0.1)
        assert all(event.t <= clock.monotonic() for event in events)

    assert [event.t for event in events] == sorted(event.t for event in events)
    assert events[0].t >= 1000.0


def test_a_walk_breaks_the_beams_in_the_order_of_its_direction(installer):
    orders = []
    for start, end in (((-3.0, 0.0), (3.0, 0.0)), ((3.0, 0.0), (-3.0, 0.0))):
        installer.walk(start, end, Carried.HAND)
        beams = [event for event in reported(installer, 8) if isinstance(event, Beam)]
        orders.append([beam.sensor for beam in beams if beam.active])
        assert [beam.active for beam in beams].count(False) == 2

    assert orders == [["outer", "inner"], ["inner", "outer"]]


def test_android_is_silent_half_of_the_time_and_ios_is_not(clock):
    def seconds(kind):
        installer = SimulatedInstaller(DOOR, clock, seed=1, kind=kind)
        installer.stand((1.8, 1.2), pi, Carried.HAND)
        return {int(event.t) for event in reported(installer, 60) if isinstance(event, Advert)}

    assert len(seconds(Kind.ANDROID)) == pytest.approx(30, abs=3)
    assert len(seconds(Kind.IOS_OPEN)) == pytest.approx(60, abs=3)


def test_the_crowd_goes_on_around(clock):
    installer = SimulatedInstaller(DoorParameters(), clock, seed=1, kind=Kind.IOS_OPEN)
    addresses = {event.address for event in reported(installer, 30) if isinstance(event, Advert)}

    assert len(addresses) > 3


def test_stopped_it_reports_no_more(installer):
    events = reported(installer, 30)
    known = len(events)
    installer.pass_time(10)

    assert len(events) == known > 0
