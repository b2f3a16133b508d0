"""A recording plays through the core as at a live door: time passes between the events, and it ends settled."""

from datetime import UTC, datetime

import pytest

from hardware.beacons import load_profiles
from hardware.events import Advert, Beam
from hardware.recording import Header
from hardware.simulation import DoorParameters, simulate
from hardware.simulation.doors import no_sensor, one_beam, two_radios
from kiosk.core import TICK
from kiosk.decisions import Entry
from kiosk.replay import entrance_of, replay

PROFILES = tuple(profile for profile in load_profiles() if profile.name.startswith("bluezone"))


class Watched:
    """An entrance that only notes what it is asked."""

    def __init__(self) -> None:
        self.asked = []

    def handle(self, event):
        self.asked.append(event)
        return [event]

    def advance(self, t):
        self.asked.append(t)
        return []

    def finish(self, t):
        self.asked.append(("finish", t))
        return []


def entries(simulated):
    entrance = entrance_of(simulated.header, PROFILES)
    steps = replay(entrance, simulated.events, simulated.header.seconds)
    return [decision for step in steps for decision in step.decisions if isinstance(decision, Entry)]


def test_time_passes_before_each_event_and_the_end_comes_after_the_last():
    beam, advert = Beam(0.25, "outer", active=True), Advert(0.25, "A", -60)
    watched = Watched()

    steps = list(replay(watched, [beam, advert], seconds=0.3))

    ticks, rest = watched.asked[:5], watched.asked[5:]
    assert ticks == pytest.approx([TICK * number for number in range(1, 6)])
    assert rest == [beam, advert, ("finish", 1.25)]
    assert [(step.t, list(step.decisions)) for step in steps] == [(0.25, [beam]), (0.25, [advert])]


def test_a_recording_of_nothing_ends_too():
    header = Header(started_at=datetime(2026, 3, 2, tzinfo=UTC), seconds=10, door=("outer", "inner"))

    assert list(replay(entrance_of(header, PROFILES), [], header.seconds)) == []


def test_the_same_recording_gives_the_same_entries():
    simulated = simulate(DoorParameters(), 300, seed=3)

    assert entries(simulated) == entries(simulated)
    assert abs(len(entries(simulated)) - len(simulated.truth)) <= 2


@pytest.mark.parametrize("kind", [two_radios, one_beam, no_sensor])
def test_every_kind_of_door_replays(kind):
    assert entries(simulate(kind(DoorParameters()), 300, seed=3))
